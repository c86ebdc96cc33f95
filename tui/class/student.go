package class

import (
	"reflect"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
	"photofinish/tui/class/host"
	"photofinish/tui/learn"
)

// StudentScreens say what there is for students besides ballots. What stands
// here is made for each of them, when it is first seen.
type StudentScreens struct {
	// Play makes a playground of the student's own; nil: there is none.
	Play func() (tea.Model, error)
	// Race is what the playground begins with; nil: nobody knows.
	Race *sim.Script

	// Follow makes the lesson that is seen while nothing is asked and the teacher
	// has begun. It gets a [learn.At] whenever the teacher goes on, and a
	// [learn.Class] with what the class does. It has all keys but P, which opens
	// the playground, and ctrl+c; if it quits the student leaves. nil: a line
	// that says to wait.
	Follow func(*Seat) tea.Model
}

// student is the screen of one: a ballot while something is asked, otherwise
// the lesson, or their own playground.
type student struct {
	paper
	seat    *Seat
	screens StudentScreens
	seen    Sheet
	draft   draft
	message string
	at      learn.At // what the lesson was told last

	child    [2]tea.Model // nil: not made
	playing  bool         // the playground is in front
	terminal []tea.Msg    // what new screens must know of the terminal, by kind
}

// leaver is a screen that works in the background until it is left.
type leaver interface{ Leave() }

// newStudent returns the screen of a student.
func newStudent(seat *Seat, screens StudentScreens) tea.Model {
	m := &student{seat: seat, screens: screens}
	m.seen = seat.See()
	return m
}

// Leave lets go of what works in the background.
func (m *student) Leave() {
	for _, c := range m.child {
		if c, is := c.(leaver); is {
			c.Leave()
		}
	}
}

type changedMsg struct{}

func (m *student) wait() tea.Msg {
	select {
	case <-m.seat.changed:
		return changedMsg{}
	case <-m.seat.gone:
		return nil
	}
}

// Init asks for the terminal's background and begins to follow.
func (m *student) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, m.wait}
	if m.screens.Follow != nil {
		m.child[onFollow] = m.screens.Follow(m.seat)
		cmds = append(cmds, of(onFollow, m.child[onFollow].Init()), m.step())
	}
	m.draft.follow(&m.seen)
	return tea.Batch(cmds...)
}

// step tells the lesson where the teacher is, and what the class does.
func (m *student) step() (cmd tea.Cmd) {
	if m.seen.Step != m.at && m.seen.Step.Lesson != nil {
		m.at = m.seen.Step
		cmd = m.tell(onFollow, m.at)
	}
	return tea.Batch(cmd, m.tell(onFollow, m.around()))
}

// around tells the lesson whose screen it is on, and what has become of their vote:
// nothing while there is none.
func (m *student) around() learn.Class {
	v := &m.seen
	c := learn.Class{Head: v.Name, Bars: v.Tallies, Closed: v.Phase >= Closed}
	switch {
	case v.Phase == Closed:
		c.Says = "The vote is closed. " + m.mineInWords()
	case v.Phase == Shown:
		if c.Says = m.mineInWords(); voices(&v.Tallies[len(v.Tallies)-1]) > 1 {
			c.Says += " Who says otherwise, and why?"
		}
	case v.Phase != Voting:
	case v.Voted:
		c.Says = "You have voted; you can change it until the vote closes."
	case v.Round > 1:
		c.Says = "Once more: has talking changed your mind? Answer again."
	}
	if m.screens.Play != nil && m.barred() == "" {
		c.Keys = []key.Binding{playKey}
	}
	return c
}

var playKey = key.NewBinding(key.WithKeys("P"), key.WithHelp("P", "playground"))

// child is one of the screens that a student's consists of.
type child uint8

const (
	onFollow child = iota
	onPlay
)

// childMsg is a message for one of the screens: of two playgrounds each must
// get its own.
type childMsg struct {
	to  child
	msg tea.Msg
}

// of addresses what the commands of a screen bring to that screen, except for
// what Bubble Tea itself has to see.
func of(c child, cmd tea.Cmd) tea.Cmd {
	return host.Around(cmd, func(cmd tea.Cmd) tea.Msg {
		msg := cmd()
		if _, quits := msg.(tea.QuitMsg); quits {
			return childMsg{c, msg}
		}
		if msg == nil || reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.QuitMsg]().PkgPath() {
			return msg
		}
		return childMsg{c, msg}
	})
}

func (m *student) tell(c child, msg tea.Msg) (cmd tea.Cmd) {
	if m.child[c] != nil {
		m.child[c], cmd = m.child[c].Update(msg)
	}
	return of(c, cmd)
}

func (m *student) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case changedMsg:
		return m, tea.Batch(m.look(), m.wait)
	case childMsg:
		if _, quits := msg.msg.(tea.QuitMsg); quits {
			if msg.to == onFollow {
				return m, tea.Quit
			}
			m.playing = false
			return m, nil
		}
		return m, m.tell(msg.to, msg.msg)
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.MouseMsg, tea.PasteMsg, tea.KeyReleaseMsg:
		if m.asked() {
			return m, nil
		}
		return m, m.tell(m.front(), msg)
	case tea.WindowSizeMsg, tea.ColorProfileMsg, tea.BackgroundColorMsg:
		m.term.Note(msg)
		m.remember(msg)
		return m, tea.Batch(m.tell(onFollow, msg), m.tell(onPlay, msg))
	}
	return m, nil
}

func (m *student) remember(msg tea.Msg) {
	same := func(had tea.Msg) bool { return reflect.TypeOf(had) == reflect.TypeOf(msg) }
	m.terminal = append(slices.DeleteFunc(m.terminal, same), msg)
}

func (m *student) look() tea.Cmd {
	was := m.seen
	m.seen = m.seat.See()
	if was.Ballot != m.seen.Ballot || was.Phase != m.seen.Phase || was.Round != m.seen.Round {
		m.message = ""
		if m.seen.Phase != Idle {
			m.playing = m.playing && m.seen.Question.Place == 0 // a lesson calls back from the playground
		}
	}
	m.playing = m.playing && m.barred() == ""
	m.draft.follow(&m.seen)
	return m.step()
}

// asked reports whether a ballot of the class's is in front. A question of a
// lesson is answered there, with the votes below it, and what is true of it is told
// there.
func (m *student) asked() bool {
	return m.seen.Phase != Idle && (m.seen.Question.Place == 0 || !m.follows())
}

func (m *student) follows() bool { return m.child[onFollow] != nil }

// lobby reports whether there is nothing in front: the teacher has not begun.
func (m *student) lobby() bool { return !m.follows() || m.seen.Step.Lesson == nil }

func (m *student) front() child {
	if m.playing {
		return onPlay
	}
	return onFollow
}

func (m *student) key(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case !m.asked() && m.playing:
		cmd := m.tell(onPlay, k)
		if why := m.barred(); why != "" { // they have opened, or made, what is asked about
			m.playing = false
			cmd = tea.Batch(cmd, m.refuse(why))
		}
		return cmd
	case k.String() == "ctrl+c", k.String() == "q" && (m.asked() || m.lobby()):
		return tea.Quit
	case m.asked():
		m.vote(k)
	case m.screens.Play != nil && (k.String() == "P" || k.String() == "p" && m.lobby()):
		return m.openPlay()
	default:
		return m.tell(onFollow, k)
	}
	return nil
}

func (m *student) vote(k tea.KeyPressMsg) {
	m.message = ""
	if m.seen.Phase != Voting || m.seen.Question.Place > 0 && m.follows() {
		return
	}
	if !m.draft.key(k, &m.seen.Question) {
		return
	}
	if err := m.seat.Vote(m.seen.Ballot, m.draft.Answer); err != nil {
		m.message, m.draft.stage = err.Error(), choosing
		return
	}
	m.seen = m.seat.See()
}

func (m *student) openPlay() tea.Cmd {
	if why := m.barred(); why != "" {
		return m.refuse(why)
	}
	m.playing = true
	if m.child[onPlay] != nil {
		return nil
	}
	play, err := m.screens.Play()
	if err != nil {
		m.playing, m.message = false, err.Error()
		return nil
	}
	m.child[onPlay] = play
	cmds := []tea.Cmd{of(onPlay, play.Init())}
	for _, msg := range m.terminal {
		cmds = append(cmds, m.tell(onPlay, msg))
	}
	return tea.Batch(cmds...)
}
