package class

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View returns the screen.
func (m *wall) View() tea.View {
	if m.over == nothing && !m.small() {
		return m.lesson.View()
	}
	return m.view(m.drawMembers)
}

// drawMembers says who is here, and how to join.
func (m *wall) drawMembers() {
	m.header(m.Title, strconv.Itoa(len(m.seen.Members))+" here")
	m.door(&m.TeacherScreen, &m.seen)
	switch {
	case m.over == leaving:
		m.say("End the class for everybody?")
		m.paper.keys("q", "end it", "esc", "stay")
		return
	case m.message != "":
		m.say(m.message)
	}
	if m.begun {
		m.paper.keys("enter", "back to the lesson", "q", "end the class")
	} else {
		m.paper.keys("enter", "begin the lesson", "q", "end the class")
	}
}

// whoIsHere returns their names, in one text.
func whoIsHere(b *Board) string {
	var all []string
	for _, p := range b.Members {
		all = append(all, p.Name)
	}
	return strings.Join(all, ", ")
}

// voted says how many have voted. Who has voted and left counts.
func voted(b *Board) string {
	votes := b.Tallies[len(b.Tallies)-1].Votes
	of := votes
	for _, p := range b.Members {
		if !p.Voted {
			of++
		}
	}
	return strconv.Itoa(votes) + " of " + strconv.Itoa(of) + " have voted"
}

// sureness says how sure a class is.
func sureness(t *Tally) string {
	var all []string
	for i, word := range sureWords {
		all = append(all, strconv.Itoa(t.Sure[i])+" "+word)
	}
	return strings.Join(all, " · ")
}

func ordinal(n int) string {
	return [...]string{"second", "third", "fourth", "fifth"}[min(max(n, 2), 5)-2]
}
