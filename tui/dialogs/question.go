package dialogs

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// Question asks for one of a few keys.
type Question struct {
	*page.Host
	title   string
	Text    string // what there is to know before one answers
	answers []answer
}

// answer is a key and what it does. Escape stands for the last one. One that
// says nothing is not shown.
type answer struct {
	key, what string
	do        func() tea.Cmd
}

// Key gives the answer that a key stands for.
func (q *Question) Key(k tea.KeyPressMsg) tea.Cmd {
	pressed := k.String()
	for i, a := range q.answers {
		if pressed == a.key || pressed == "esc" && i == len(q.answers)-1 {
			q.Close()
			if a.do == nil {
				return nil
			}
			return a.do()
		}
	}
	return nil
}

// Asks returns what is asked, and the answers in a line.
func (q *Question) Asks() (title, keys string) {
	for _, a := range q.answers {
		if a.what != "" {
			keys += a.key + " " + a.what + "  "
		}
	}
	return q.title, keys
}

// Draw draws the question and its answers.
func (q *Question) Draw(sc page.Screen) {
	lines := ink.Wrap(ink.Printable(q.Text, 400), min(72, sc.W-2)-4)
	x, y, room := sc.Panel(72, 6+len(lines))
	sc.Put(x, y, ink.Cut(q.title, room), frame.On(ink.Accent, true))
	for i, line := range lines {
		sc.Put(x, y+1+i, ink.Cut(line, room), frame.On(ink.Dim, false))
	}
	var hints []frame.Hint
	for _, a := range q.answers {
		if a.what != "" {
			hints = append(hints, frame.Key(a.key, a.what))
		}
	}
	sc.HintsOn(x, y+3+len(lines)-1, room, hints...)
}
