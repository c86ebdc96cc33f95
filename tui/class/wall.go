package class

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/learn"
)

// wall is the teacher's screen of a class that takes a lesson: the lesson as
// it is presented, with what the class says to it.
type wall struct {
	lectern
	course *Course
	lesson *learn.Model

	at    learn.At // where the lesson is
	begun bool
	hasty bool    // enter was pressed before anybody has voted
	todo  tea.Cmd // what a step has left to do
}

// newWall returns the screen of the teacher of a class that takes a lesson.
func newWall(h *Hub, c *Course, t TeacherScreen) tea.Model {
	m := &wall{lectern: newLectern(h, t), course: c}
	m.over = members
	m.lesson = learn.New(learn.Options{Lesson: c.first, Present: true, Book: c.Book, Moved: m.moved})
	m.look()
	return m
}

func (m *wall) Leave() {
	m.lectern.Leave()
	m.lesson.Leave()
}

func (m *wall) Init() tea.Cmd { return tea.Batch(m.lesson.Init(), m.wait, m.remote) }

func (m *wall) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.term.Note(msg)
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case remoteMsg:
		_, cmd = m.Update(msg.KeyPressMsg)
		return m, tea.Batch(cmd, m.remote)
	case changedMsg:
		m.look()
		return m, m.soon()
	case savedMsg:
		m.try(msg.err)
	case tea.KeyPressMsg:
		m.message, m.locking = "", m.locking && msg.String() == "P"
		m.hasty = m.hasty && msg.String() == "enter"
		cmd = m.key(msg)
		m.look()
	default:
		cmd = m.tell(msg)
	}
	cmd = tea.Batch(cmd, m.todo)
	m.todo = nil
	return m, cmd
}

func (m *wall) tell(msg tea.Msg) tea.Cmd {
	_, cmd := m.lesson.Update(msg)
	return cmd
}

func (m *wall) moved(at learn.At) {
	m.at = at
	if m.begun {
		m.turn()
	}
}

func (m *wall) turn() {
	if m.at.Lesson == nil { // between two lessons
		m.try(m.hub.Turn(m.at, nil))
		return
	}
	q := m.course.Asks(m.at)
	if q != nil && m.at.Shown && closed(m.hub.Board().Phase) {
		a, err := m.course.answer(m.at)
		if err == nil {
			err = m.hub.Reveal(a)
		}
		m.try(err)
		m.todo = m.save()
	}
	m.try(m.hub.Turn(m.at, q))
}

// closed reports whether the votes are in, and what is true has not been told.
func closed(p Phase) bool { return p == Closed || p == Shown }

func (m *wall) try(err error) {
	if m.failed(err) {
		m.over = members
	}
}

func (m *wall) key(k tea.KeyPressMsg) tea.Cmd {
	pressed := k.String()
	switch {
	case m.over == leaving:
		if m.over = nothing; ends(k) {
			return tea.Quit
		}
		if !m.begun {
			m.over = members
		}
		return nil
	case pressed == "ctrl+c", pressed == "q" && !m.lesson.Covered():
		m.lesson.Disarm()
		m.over = leaving
		return nil
	case m.small():
		return nil
	case m.over == members, m.over == checking:
		m.open(pressed)
		return nil
	case m.lesson.Covered():
		return m.tell(k)
	}
	for _, b := range m.keys() {
		if key.Matches(k, b.Binding) {
			m.lesson.Disarm()
			b.do()
			return nil
		}
	}
	return m.tell(k)
}

func (m *wall) open(pressed string) {
	switch {
	case m.begun:
		m.over = nothing
	case pressed == "enter":
		m.over, m.begun = nothing, true
		m.turn()
	}
}

type classKey struct {
	key.Binding
	do func()
}

func classBinding(k, does string, do func()) classKey {
	return classKey{key.NewBinding(key.WithKeys(k), key.WithHelp(k, does)), do}
}

// keys returns the keys that the class takes before the lesson. Enter shows how the
// class has voted, and never what is true.
func (m *wall) keys() (all []classKey) {
	if m.asks() {
		switch m.seen.Phase {
		case Voting:
			all = append(all, classBinding("enter", "close the vote", m.close))
		case Closed:
			all = append(all, classBinding("enter", "show how the class voted", func() { m.try(m.hub.Show()) }))
		case Shown:
			all = append(all, classBinding("v", "vote again", func() { m.try(m.hub.Again()) }))
		}
	}
	if m.at.Lesson != nil && m.at.Step == len(m.at.Lesson.Steps) && slices.ContainsFunc(m.course.Checks(m.hub), func(p Pair) bool { return p.Of > 0 }) {
		all = append(all, classBinding("k", "both checks", func() { m.over = checking }))
	}
	return append(all,
		classBinding("c", "class", func() { m.over = members }),
		classBinding("q", "end the class", func() { m.over = leaving }),
		classBinding("P", lockKeys[m.seen.Locked], m.lock))
}

// lockKeys say what P does, by whether the playgrounds are locked.
var lockKeys = map[bool]string{false: "twice: lock playgrounds", true: "twice: open playgrounds"}

// close closes the vote. Where nobody has voted, as after an enter too many,
// that takes two.
func (m *wall) close() {
	m.seen = m.hub.Board()
	nobody := len(m.seen.Members) > 0 && m.tally().Votes == 0
	if m.hasty = nobody && !m.hasty; m.hasty {
		return
	}
	m.try(m.hub.Close())
	m.todo = m.save()
}

func (m *wall) asks() bool {
	s := m.at.In()
	return s != nil && m.seen.Phase != Idle && (s.Kind == lessons.Predict || s.Kind == lessons.Check)
}

func (m *wall) look() {
	m.seen = m.hub.Board()
	c := learn.Class{Head: m.head(), Says: m.says(), Closed: m.seen.Phase >= Closed}
	if m.locking || m.over == nothing {
		c.Message = m.message
	}
	if m.seen.Phase >= Shown {
		c.Bars = m.seen.Tallies
	}
	for _, b := range m.keys() {
		c.Keys = append(c.Keys, b.Binding)
	}
	m.tell(c)
}

// tried reports whether something is to be brought about in a step: a break or a mend.
func tried(s *lessons.Step) bool { return s.Kind == lessons.Break || s.Kind == lessons.Mend }

// working says how many are done with a break or a mend; "" elsewhere.
func (m *wall) working() string {
	if s := m.at.In(); s == nil || !tried(s) {
		return ""
	}
	return fmt.Sprintf("%d of %d are done", m.seen.Finished, max(len(m.seen.Members), m.seen.Finished))
}

// head says for the first line how many are here, or how they did.
func (m *wall) head() string {
	if text := m.working(); text != "" {
		return text
	}
	if m.seen.Phase != Revealed {
		return m.here()
	}
	if m.tally().Votes == 0 {
		return "nobody has voted"
	}
	return fmt.Sprintf("%d of %d right, %d sure and wrong", m.seen.Right, m.tally().Votes, m.seen.Misled)
}

func (m *wall) says() string {
	b := &m.seen
	if b.Phase == Idle {
		return ""
	}
	t := m.tally()
	switch b.Phase {
	case Revealed:
		return "How sure? " + sureness(t)
	case Shown:
		if voices(t) < 2 {
			return m.voted() + "."
		}
		return m.voted() + ". Talk to somebody who voted otherwise."
	}
	if m.hasty && b.Phase == Voting && t.Votes == 0 {
		return "Nobody has voted yet: enter once more closes the vote"
	}
	text := m.voted()
	if len(b.Tallies) > 1 {
		text += ", for the " + ordinal(len(b.Tallies)) + " time"
	}
	return text
}
