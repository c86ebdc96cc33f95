package class

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/class/door"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// link is the place of the one console of a class.
type link struct {
	hub     *Hub
	changed chan struct{}
	over    chan struct{} // closed when another console takes its place
	left    chan struct{} // closed when this one is left
}

// link takes the place of the console, and reports whether it takes it from another.
func (h *Hub) link() (l *link, taken bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if taken = h.console != nil; taken {
		close(h.console.over)
	}
	h.console = &link{h, make(chan struct{}, 1), make(chan struct{}), make(chan struct{})}
	return h.console, taken
}

func (l *link) leave() {
	close(l.left)
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	if l.hub.console == l {
		l.hub.console = nil
	}
}

// ringTeacher says to the teacher's screens that something has changed. The lock is
// held.
func (h *Hub) ringTeacher() {
	ring(h.changed)
	if h.console != nil {
		ring(h.console.changed)
	}
}

// press hands a key of the console to the wall; one that the wall does not take in
// time is lost.
func (h *Hub) press(k tea.KeyPressMsg) {
	select {
	case h.pressed <- k:
	default:
	}
}

// ConsoleScreen says what a console shows.
type ConsoleScreen struct {
	Title    string
	door.Way               // how another console is opened
	Word     func() string // that opens it
	Course   *Course       // nil: the class takes no lesson
	Names    bool          // of those who have not voted
}

// console is the teacher's second screen: what a class must not see, and the keys of
// the wall.
type console struct {
	paper
	ConsoleScreen
	hub  *Hub
	link *link
	now  func() time.Time

	seen    Overview
	truth   *lesson.Truth // of what is asked, once it is known
	met     map[string][]string
	about   learn.At // whose truth that is
	cancel  context.CancelFunc
	message string
	armed   string // a key that was pressed once, and takes two
	note    int    // the first line of the notes that is shown
	checks  bool   // both checks are shown instead
	taken   bool   // by another console
}

// newConsole returns the console of a class; if there was one, that ends.
func newConsole(h *Hub, s ConsoleScreen) tea.Model {
	m := &console{ConsoleScreen: s, hub: h, now: time.Now, cancel: func() {}}
	var taken bool
	if m.link, taken = h.link(); taken {
		m.message = "the console that was open has ended: this one has taken its place"
	}
	m.seen = h.Overview(nil)
	return m
}

// Parting says why the console has ended, where somebody else has ended it.
func (m *console) Parting() string {
	if m.taken {
		return "The console is open somewhere else now."
	}
	return ""
}

// Leave gives the place of the console up.
func (m *console) Leave() {
	m.cancel()
	m.link.leave()
}

type takenMsg struct{}
type secondMsg struct{}

type knownMsg struct {
	at    learn.At
	truth *lesson.Truth
}

func (m *console) wait() tea.Msg {
	select {
	case <-m.link.changed:
		return changedMsg{}
	case <-m.link.over:
		return takenMsg{}
	case <-m.link.left:
		return nil
	}
}

func (m *console) tick() tea.Msg {
	select {
	case <-time.After(time.Second):
		return secondMsg{}
	case <-m.link.left:
		return nil
	}
}

func (m *console) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.wait, m.tick, m.look())
}

func (m *console) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.term.Note(msg)
	switch msg := msg.(type) {
	case changedMsg:
		again := tea.Tick(time.Second/10, func(time.Time) tea.Msg { return m.wait() })
		return m, tea.Batch(m.look(), again)
	case secondMsg:
		return m, m.tick
	case takenMsg:
		m.taken = true
		return m, tea.Quit
	case knownMsg:
		if msg.at == m.about {
			m.truth = msg.truth
			m.seen = m.hub.Overview(m.truth)
		}
	case tea.KeyPressMsg:
		return m, m.key(msg)
	}
	return m, nil
}

// look takes what is new, and asks what is true of another step.
func (m *console) look() tea.Cmd {
	m.seen = m.hub.Overview(m.truth)
	at := m.seen.Step
	at.Shown = false
	if at == m.about {
		return nil
	}
	m.cancel()
	m.about, m.truth, m.note, m.met = at, nil, 0, map[string][]string{}
	m.seen = m.hub.Overview(nil)
	if m.Course == nil || at.Lesson == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	return func() tea.Msg {
		if m.Course.Book(at.Lesson).Prepare(ctx, at.Step) != nil {
			return nil
		}
		t, _ := m.Course.answer(at)
		return knownMsg{at, t}
	}
}

// twice are the keys that count when they are pressed twice, with what they do.
var twice = map[string]string{"R": "R once more reveals, on the wall and everywhere", "P": "P once more locks or opens the students' playgrounds", "q": "q once more ends the class for everybody"}

func (m *console) key(k tea.KeyPressMsg) tea.Cmd {
	pressed := k.String()
	armed := m.armed
	m.message, m.armed = "", ""
	switch {
	case pressed == "ctrl+c":
		return tea.Quit
	case twice[pressed] != "" && armed != pressed:
		m.armed, m.message = pressed, twice[pressed]
	case twice[pressed] != "":
		m.hub.press(k)
		m.hub.press(k)
	case pressed == "n":
		m.note += notesRows
	case pressed == "k":
		m.checks = !m.checks
	case slices.Contains([]string{"enter", "v", "b", "left", "right", "space", "c"}, pressed):
		m.hub.press(k)
	}
	return nil
}

// wrong says which ideas stand behind a wrong answer, by their names, or "".
func (m *console) wrong(b *Question, a lesson.Answer) []string {
	if m.Course == nil || m.about.Lesson == nil || m.truth == nil || b.Place == 0 {
		return nil
	}
	label := b.label(a)
	if said, known := m.met[label]; known {
		return said
	}
	run := m.Course.Book(m.about.Lesson).Rejoin(map[int]lesson.Answer{b.Place - 1: a})
	var all []string
	for _, mark := range run.Marks() {
		if mark.Step == b.Place-1 {
			all = mark.Is
		}
	}
	m.met[label] = all
	return all
}
