// Package exercise is the screen of an exercise: what is to be done, what all orders
// come to with the file as it was saved last, and the order that breaks it. It is drawn
// again whenever somebody sends [News]; who runs the file is somebody else.
package exercise

import (
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/grade"
	"photofinish/report/tell"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// News is what is known of an exercise now.
type News struct {
	Grade   *grade.Grade
	Running bool   // it is being run
	Err     error  // why it cannot be run; nil: it can, or nobody has tried
	Saved   string // the time of day at which the file was saved; may be empty
	Path    string // where the file is, for who is to fill it; may be empty
}

// Leave says where somebody goes from here.
type Leave uint8

// The ways to leave.
const (
	Stay  Leave = iota
	Quit        // to the shell
	Abort       // to the shell, by ctrl+c
	Play        // to the playground, with the order that is shown
	Next        // to the next exercise
)

// Model is the screen.
type Model struct {
	news  News
	more  <-chan News
	hints int
	leave Leave
	term  frame.Terminal
}

// New returns a screen that shows what it is sent, one after the other.
func New(more <-chan News, first News) *Model {
	m := &Model{news: first, more: more}
	m.term = frame.Terminal{Width: 80, Height: 24, Depth: ink.TrueColour}
	return m
}

// Left returns where the user went.
func (m *Model) Left() Leave { return m.leave }

// Last returns the news that are shown.
func (m *Model) Last() News { return m.news }

// Init asks for the terminal's background, and for news.
func (m *Model) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, m.wait) }

func (m *Model) wait() tea.Msg {
	if news, more := <-m.more; more {
		return news
	}
	return nil
}

// Update takes news, and keys.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case News:
		m.news = msg
		return m, m.wait
	case tea.KeyPressMsg:
		return m, m.key(msg.String())
	default:
		m.term.Note(msg)
	}
	return m, nil
}

type hint struct {
	frame.Hint
	key string
	do  func(m *Model) tea.Cmd
}

func to(l Leave) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		m.leave = l
		return tea.Quit
	}
}

// keys returns what can be pressed now, the most useful first.
func (m *Model) keys() (all []hint) {
	g := m.news.Grade
	add := func(key, what string, do func(*Model) tea.Cmd) {
		all = append(all, hint{frame.Key(key, what), key, do})
	}
	if n := len(g.Exercise.Hints); m.hints < n && !g.Solved() {
		add("h", fmt.Sprintf("hint (%d of %d)", m.hints+1, n), func(m *Model) tea.Cmd {
			m.hints++
			return nil
		})
	}
	if o := g.Told(); o != nil && o.Pinned != nil && !m.news.Running && m.news.Err == nil {
		add("o", "open it in the playground", to(Play))
	}
	if g.Exercise.Next != "" {
		add("n", "next", to(Next))
	}
	add("q", "leave", to(Quit))
	return all
}

func (m *Model) key(pressed string) tea.Cmd {
	if pressed == "ctrl+c" {
		return to(Abort)(m)
	}
	for _, h := range m.keys() {
		if h.key == pressed && (!m.small() || pressed == "q") {
			return h.do(m)
		}
	}
	return nil
}

// The least window in which an exercise can be read.
const minWidth, minHeight = 60, 16

func (m *Model) small() bool { return m.term.Width < minWidth || m.term.Height < minHeight }

// View returns the screen.
func (m *Model) View() tea.View {
	m.draw()
	return m.term.View("photofinish exercise")
}

func (m *Model) draw() {
	f := m.term.Frame()
	if m.small() {
		f.Notice("An exercise needs", minWidth, minHeight, "q leave")
		return
	}
	g := m.news.Grade
	right := ""
	switch {
	case m.news.Running:
		right = "running …"
	case m.news.Saved != "":
		right = "saved " + m.news.Saved
	}
	if file := ink.Printable(tell.Clean(g.File), 60); right != "" && ink.Width(g.Exercise.Name+file+right)+30 <= f.W {
		right = file + ", " + right
	}
	f.Header("exercise "+g.Exercise.Name, frame.Part{Text: right, Of: frame.Dim})
	s := sheet{Frame: f, News: m.news, hints: m.hints}
	s.fit(f.H - 2)
	s.paint(1, f.H-1)
	var hints []frame.Hint
	for _, h := range m.keys() {
		hints = append(hints, h.Hint)
	}
	f.Hints(f.H-1, 3, hints...)
}

// Write writes what the screen says, without what is around it, in as many colours.
func Write(w io.Writer, news News, width int, depth ink.Depth) error {
	var c ink.Canvas
	c.Resize(max(width, minWidth), 1)
	s := sheet{Frame: frame.Frame{Canvas: &c}, News: news, gap: 1, height: textHeight}
	s.lay()
	c.Resize(c.W, s.rows())
	s.paint(0, c.H)
	text := c.String()
	if depth != ink.NoColour {
		text = c.Render(ink.NewTheme(depth, false)) + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

const textHeight = 4
