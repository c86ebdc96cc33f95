package class

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/tui/class/door"
	"photofinish/tui/frame"
)

// TeacherScreen says what the teacher's screen shows and can do.
type TeacherScreen struct {
	Title string // of the class
	door.Way
	Key   string       // the fingerprint that their terminals show
	Items []Item       // what can be asked
	Save  func() error // writes the ballots down; nil: nothing does
}

// lectern is the common part of the teacher's screens: they watch the class, say
// how to join it, save its ballots, and end it.
type lectern struct {
	paper
	TeacherScreen
	hub     *Hub
	left    chan struct{}
	seen    Board
	over    overlay
	message string
	locking bool // P was pressed once
}

// overlay lies over a teacher's screen and has the keys.
type overlay uint8

const (
	nothing overlay = iota
	list
	typing
	members // who is here, and how to join
	leaving
	checking // how the class did in both checks
)

func newLectern(h *Hub, t TeacherScreen) lectern {
	return lectern{TeacherScreen: t, hub: h, seen: h.Board(), left: make(chan struct{})}
}

func (m *lectern) Leave() { close(m.left) }

func (m *lectern) wait() tea.Msg {
	select {
	case <-m.hub.changed:
		return changedMsg{}
	case <-m.left:
		return nil
	}
}

// soon is wait after a blink: a hundred votes within it are one new screen.
func (m *lectern) soon() tea.Cmd {
	return tea.Tick(time.Second/20, func(time.Time) tea.Msg { return m.wait() })
}

// remoteMsg is a key that was pressed at the console.
type remoteMsg struct{ tea.KeyPressMsg }

func (m *lectern) remote() tea.Msg {
	select {
	case k := <-m.hub.pressed:
		return remoteMsg{k}
	case <-m.left:
		return nil
	}
}

type savedMsg struct{ err error }

// save writes the ballots down, as far as they are.
func (m *lectern) save() tea.Cmd {
	if m.Save == nil {
		return nil
	}
	return func() tea.Msg { return savedMsg{m.Save()} }
}

func (m *lectern) failed(err error) bool {
	if err != nil {
		m.message = tell.Clean(err.Error())
	}
	return err != nil
}

// ends reports whether a key ends the class, when the teacher has been asked.
func ends(k tea.KeyPressMsg) bool { return k.String() == "q" || k.String() == "ctrl+c" }

// lock takes P: pressed twice with nothing between it locks the playgrounds, or opens
// them again.
func (m *lectern) lock() {
	if m.locking = !m.locking; m.locking {
		m.message = "P once more locks the students' playgrounds"
		if m.seen.Locked {
			m.message = "P once more opens the students' playgrounds"
		}
		return
	}
	m.hub.Lock(!m.seen.Locked)
	m.seen = m.hub.Board()
	m.message = "the students' playgrounds are open"
	if m.seen.Locked {
		m.message = "the students' playgrounds are locked"
	}
}

// saying asks whether to end the class, or else says what there is to say.
func (m *lectern) saying() {
	if m.over == leaving {
		m.say("End the class for everybody?")
		m.keys("q", "end it", "esc", "stay")
	} else if m.message != "" {
		m.say(m.message)
	}
}

func (m *lectern) door() {
	m.text("Students join with", 1, dim)
	for i, join := range m.Join {
		if i == 3 {
			m.text("or at "+strconv.Itoa(len(m.Join)-i)+" more addresses, which stand on the standard error output,", 1, dim)
			break
		}
		m.text(join, 1, accent)
	}
	if m.Key != "" {
		m.text("and are shown this key: "+m.Key, 2, dim)
	}
	m.text(m.Open, 2, dim)
	m.gap(4)
	if len(m.seen.Members) == 0 {
		m.text("Nobody is here yet.", 1, dim)
		return
	}
	var all []string
	for _, p := range m.seen.Members {
		all = append(all, p.Name)
	}
	m.text(strings.Join(all, ", "), max(m.H-m.y-3, 1), plain)
}

func (m *lectern) here() string { return strconv.Itoa(len(m.seen.Members)) + " here" }

// voted says how many have voted. Who has voted and left counts.
func (m *lectern) voted() string {
	votes := m.tally().Votes
	of := votes
	for _, p := range m.seen.Members {
		if !p.Voted {
			of++
		}
	}
	text := strconv.Itoa(votes) + " of " + strconv.Itoa(of) + " have voted"
	if m.seen.Phase == Closed {
		return "The vote is closed: " + text
	}
	return text
}

// tally returns the last round of what is asked.
func (m *lectern) tally() *frame.Tally { return &m.seen.Tallies[len(m.seen.Tallies)-1] }
