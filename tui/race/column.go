package race

import (
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/sim/judge"
	"photofinish/tui/ink"
)

// A Column is a lane in which time goes down.
type Column struct {
	Canvas *ink.Canvas
	Lane   *diagram.Lane
	Axis   Axis
	View   View
	Left   int // the screen's rail
	Right  int // the server's rail
	Least  int // the first cell that is the column's own
}

// Draw draws the lane.
func (s Column) Draw() {
	s.rail(s.Left, s.Lane.Screen())
	s.rail(s.Right, s.Lane.Server())
	heads := s.lines()
	putHeads(s.Canvas, heads) // words make way for them
	s.waiting()
	s.presses()
	s.arrivals()
	s.marks()
	labelHeads(s.Canvas, heads, s.Left+1, s.Right)
}

func (s Column) rail(x int, holds []diagram.Hold) {
	drawRail(s.Canvas, s.Axis, s.View, holds, func(cell int, h diagram.Hold, past bool) (int, int, rune) {
		switch {
		case past && h.Exists:
			return x, cell, '┃'
		case past, !h.Exists:
			return x, cell, '┆'
		}
		return x, cell, '│'
	})
}

func (s Column) lines() (heads []head) {
	l, r := 2*(s.Left+1), 2*s.Right-1
	clip := ink.Box{X0: l, Y0: 4 * s.Axis.Origin, X1: r, Y1: 4*s.Axis.Last() - 1}
	for i := range s.Lane.Messages {
		m := landing(s.Lane, i, s.View.Now)
		x1, x2 := l, r-1
		if !m.Up {
			x1, x2 = r, l
		}
		if m.Lost {
			x2 = (x1 + x2) / 2
		}
		heads = append(heads, s.message(&m, x1, s.Axis.Dot(m.From), x2, s.Axis.Dot(m.To), clip)...)
	}
	return heads
}

func (s Column) message(m *diagram.Message, x1, y1, x2, y2 int, clip ink.Box) []head {
	x, y, flying := drawMessage(s.Canvas, s.Lane, m, s.View, x1, y1, x2, y2, clip)
	if !flying || y/4 >= s.Axis.Last() {
		return nil
	}
	return []head{headOf(s.Lane, s.View, m, min(max(x/2, s.Left+1), s.Right-1), y/4)}
}

// arrivals labels the server's rail, and says below a label what was wrong.
func (s Column) arrivals() {
	free := s.Axis.Origin
	for i := range s.Lane.Messages {
		m := &s.Lane.Messages[i]
		ghost := m.To > s.View.Now
		y := max(s.Axis.Cell(m.To), free)
		if !m.Up || m.Lost || ghost && !s.View.Future || y >= s.Axis.Last() {
			continue
		}
		s.Canvas.Put(s.Right, y, "▶", ink.Style{FG: ink.Hue(m.Actions[0]), Ghost: ghost})
		of, label := ink.Hue(m.Actions[len(m.Actions)-1]), s.Lane.Labels(m.Actions)
		if ink.Width(label) > 6 { // too much for the margin: the one that stands
			label = "+" + s.Lane.Label(m.Actions[len(m.Actions)-1])
		}
		if m.Writes {
			s.Canvas.Chip(s.Right+1, y, label, of, ghost)
		} else {
			s.Canvas.Put(s.Right+1, y, label, ink.Style{FG: of, Ghost: ghost})
		}
		free = y + 1
		if _, text, grave := s.Lane.Note(m); text != "" && free < s.Axis.Last() {
			s.note(free, text, grave, ghost)
			free++
		}
	}
}

// note writes what was wrong left of the server's rail, as far as there is
// room: between the rails, or with its mark on the screen's where nothing else
// is.
func (s Column) note(y int, text string, grave judge.Verdict, ghost bool) {
	for _, text := range []string{" " + text + " ", text, text[:len("✗")]} {
		least := s.Left + 1
		if ghost {
			text = strings.TrimSpace(text)
		}
		if !strings.HasPrefix(text, " ") && strings.ContainsRune("┃│┆", s.Canvas.Rune(s.Left, y)) {
			least = s.Left
		}
		x := s.Right - ink.Width(text)
		if x < least || !unwritten(s.Canvas, max(x, s.Left+1), y, s.Right-max(x, s.Left+1)) {
			continue
		}
		if ghost {
			s.Canvas.Put(x, y, text, ink.Style{FG: Grave(grave), Ghost: true})
		} else {
			s.Canvas.Chip(x, y, text, Grave(grave), false)
		}
		return
	}
}

// waiting draws a thin bar beside the rail for each action that waits.
func (s Column) waiting() {
	for i, w := range s.Lane.Waits {
		x := s.Left - 1 - i%2
		for y := s.Axis.Cell(w.From); y < min(s.cellOf(w.To), s.Axis.Last()); y++ {
			if past := s.Axis.Time(y) <= s.View.Now; past || s.View.Future {
				s.Canvas.Put(x, y, "┊", ink.Style{FG: ink.Hue(w.Action), Ghost: !past})
			}
		}
	}
}

func (s Column) cellOf(t time.Duration) int {
	if t >= s.Axis.End {
		return s.Axis.Last()
	}
	return s.Axis.Cell(t)
}

// presses labels the screen's rail: what the user did, and the answers.
func (s Column) presses() {
	free := s.Axis.Origin
	for _, it := range s.Lane.Touches(0) {
		ghost := it.At > s.View.Now
		y := max(s.Axis.Cell(it.At), free)
		if ghost && !s.View.Future || y >= s.Axis.Last() {
			continue
		}
		free = y + 1
		if it.Press != 0 {
			label := s.Lane.Label(it.Press)
			s.Canvas.Put(s.Left, y, "●", ink.Style{FG: ink.Hue(it.Press), Ghost: ghost})
			s.Canvas.Chip(s.Left-2-ink.Width(label), y, label, ink.Hue(it.Press), ghost)
			continue
		}
		s.Canvas.Put(s.Left, y, string(tip(it.Message, '◀', '◁')), ink.Style{FG: ink.Hue(it.Message.Actions[0]), Ghost: ghost})
		if it.Message.Taken && s.View.Words {
			s.Canvas.Right(s.Left-2, y, "id", ink.Style{FG: ink.Text, Bold: !ghost, Ghost: ghost})
		}
	}
}

// marks writes what happens to actions that do not go out at once, left of
// the labels, as far as there is room.
func (s Column) marks() {
	for i := range s.Lane.Marks {
		m := &s.Lane.Marks[i]
		ghost := m.At > s.View.Now
		y := s.Axis.Cell(m.At)
		if ghost && !s.View.Future || y >= s.Axis.Last() {
			continue
		}
		st := ink.Style{FG: markColour(m), Bold: !ghost, Ghost: ghost}
		if m.Wake {
			for i, w := range s.Lane.Waits {
				if w.Action == m.Action {
					s.Canvas.Put(s.Left-1-i%2, y, "?", st)
				}
			}
			continue
		}
		s.word(m, y, st)
	}
}

// word writes a mark as far as there is room: symbol, word and, where the
// rail does not show it, the label.
func (s Column) word(m *diagram.Mark, y int, st ink.Style) {
	end, label, n := s.Left-2, m.Label, ink.Width(m.Label)
	if !unwritten(s.Canvas, end-n, y, n) {
		end, label = end-n-1, ""
	}
	symbol := string([]rune(m.Symbol)[:1])
	if m.Symbol == m.Label {
		symbol = ""
	}
	for _, words := range [][]string{{symbol, m.Word, label}, {symbol + label}} {
		text := strings.TrimSpace(strings.Join(words, " "))
		if m.Symbol == m.Label {
			text = strings.TrimSpace(label + " " + m.Word)
		}
		if x := end - ink.Width(text); x >= s.Least && unwritten(s.Canvas, x, y, ink.Width(text)) && (s.View.Words || ink.Width(text) <= 3) {
			s.Canvas.Put(x, y, text, st)
			return
		}
	}
}
