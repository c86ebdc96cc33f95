package learn

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios/lessons"
	"photofinish/tui/clock"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// Options say what is shown, and to whom. The zero value is somebody alone
// with the whole catalogue, of whom nothing is kept.
type Options struct {
	Lesson  *lessons.Lesson // open this one; nil: show the list
	State   string          // the folder of what outlives the program; "": nothing does
	Present bool            // for a wall: large, without an answer of one's own

	// Book returns the book of a lesson, so that several models can share what
	// has been worked out; nil: each model opens its own.
	Book func(*lessons.Lesson) *lesson.Book

	// Follows is for a student in a class: the model goes where an [At] says,
	// and no further by itself.
	Follows bool
	// Moved is told where the model is, whenever that has changed: nowhere, At{}, where a
	// lesson was left for the list of all.
	Moved func(At)
	// Answered is told each answer to a predict or a check, so that it can
	// become a vote. An error says why it is none. It must not block.
	Answered func(step int, a lesson.Answer) error
	// Doing is told how far somebody is with a break or a mend. It must not block.
	Doing func(step int, how Doing)
	// Answers returns what somebody who comes again has answered in a lesson
	// before, by step; nil: nothing.
	Answers func(*lessons.Lesson) map[int]lesson.Answer
}

// At is a place in a lesson. As a message it sends a model with
// Options.Follows there.
type At struct {
	Lesson *lessons.Lesson // nil: the one that is open
	Step   int             // from 0; the number of steps: the end
	Shown  bool            // what is true of the step may be shown
}

// In returns the step at a place; nil where there is none: between two lessons, or at the
// end of one.
func (at At) In() *lessons.Step {
	if at.Lesson == nil || at.Step >= len(at.Lesson.Steps) {
		return nil
	}
	return &at.Lesson.Steps[at.Step]
}

// Model is a reader of lessons.
type Model struct {
	o        Options
	progress *progress
	books    map[*lessons.Lesson]*lesson.Book

	run   *lesson.Run // of the lesson that is open; nil: none is
	slot  string      // under which its progress is kept; "": it is not
	page  page
	told  At      // what Moved was told last
	may   At      // follows: how far the teacher is
	armed string  // for a wall: the key that was pressed once, and takes two; "": none
	aside *aside  // where somebody was who looks at a question again; nil: they do not
	room  *asking // for a wall: what the room has said to the last question
	class *Class  // what a class says; nil: there is none

	over    *help // lies over the page; nil: nothing
	message string
	clock   clock.Clock
	ctx     context.Context
	cancel  context.CancelFunc

	term frame.Terminal
}

// shelf returns the shipped lessons: the same ones each time, so that their
// books can be shared. They are read side by side: the first screen waits for
// that.
var shelf = sync.OnceValue(func() []*lessons.Lesson {
	names := lessons.Names()
	all := make([]*lessons.Lesson, len(names))
	var wait sync.WaitGroup
	for i, name := range names {
		wait.Go(func() {
			l, err := lessons.Find(name)
			if err != nil {
				panic("learn: a shipped lesson is not there: " + err.Error())
			}
			all[i] = l
		})
	}
	wait.Wait()
	return all
})

// checks returns the first lesson and the last one.
func checks() [2]*lessons.Lesson { return [2]*lessons.Lesson{shelf()[0], shelf()[len(shelf())-1]} }

// New returns a reader of lessons.
func New(o Options) *Model {
	m := &Model{o: o, books: map[*lessons.Lesson]*lesson.Book{}}
	m.term = frame.Terminal{Width: 80, Height: 24, Depth: ink.TrueColour}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	if l := m.o.Lesson; l != nil && l.File == "" {
		if i := slices.IndexFunc(shelf(), func(s *lessons.Lesson) bool { return s.Name == l.Name }); i >= 0 {
			m.o.Lesson = shelf()[i]
		}
	}
	m.progress = openProgress(o.State)
	m.told = At{Step: -1}
	m.page = newContents(m)
	return m
}

// page stands between the header and the foot, for one kind of step. Each time that a
// step is come to it is made anew.
type page interface {
	// keys returns what can be pressed now, the most useful first.
	keys(m *Model) []binding
	draw(sc drawing)
}

type beginner interface {
	begin(m *Model) tea.Cmd
}

// awaiter is a page that waits for what is true of its step.
type awaiter interface {
	prepared(m *Model, err error) tea.Cmd
}

type mover interface {
	moving() bool
	move(d time.Duration)
}

// Init asks for the terminal's background and opens what is to be opened.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.begin(), m.playing())
}

func (m *Model) begin() tea.Cmd {
	var cmd tea.Cmd
	if m.o.Lesson != nil {
		cmd = m.open(m.o.Lesson, false)
	}
	m.message = m.progress.trouble
	return cmd
}

// Leave lets go of what works in the background.
func (m *Model) Leave() { m.cancel() }

// Update routes a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	return m, tea.Batch(cmd, m.playing())
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ColorProfileMsg:
		m.term.Note(msg)
	case clock.Tick:
		m.advance(msg)
	case At:
		return m.follow(msg)
	case Class:
		m.class = &msg
		if p, is := m.page.(*asking); is && msg.Closed && m.o.Follows {
			p.settle(m)
		}
		m.message = cmp.Or(msg.Message, m.message)
	case marksMsg:
		m.keepMarks(msg)
	case tea.KeyPressMsg:
		return m.key(msg)
	case foundMsg:
		if msg.page == m.page && msg.then != nil {
			msg.then()
		}
	case preparedMsg:
		if p, ok := m.page.(awaiter); ok && m.run != nil && m.run.Book() == msg.book {
			return p.prepared(m, msg.err)
		}
	}
	return nil
}

func (m *Model) playing() tea.Cmd {
	if p, ok := m.page.(mover); ok && p.moving() && m.over == nil {
		return m.clock.Next()
	}
	m.clock.Stop()
	return nil
}

func (m *Model) advance(t clock.Tick) {
	passed, awaited := m.clock.Passed(t)
	if p, ok := m.page.(mover); ok && awaited && p.moving() {
		p.move(passed)
	}
}

// View returns the screen.
func (m *Model) View() tea.View {
	m.draw()
	return m.term.View("photofinish learn")
}
