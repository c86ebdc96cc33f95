package svg

import (
	"fmt"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
)

// row is one line above the screen's rail: waits and marks that do not touch.
type row struct {
	marks []diagram.Mark
	waits []diagram.Wait
	free  float64
}

// mostRows is how many rows there are; what has no room in them is left to the
// text beside the drawing.
const mostRows = 4

// findRows puts every mark into the first row in which it has room. A waiting
// action keeps its row until it leaves, so that its later marks stand in it.
func (s *strip) findRows() []row {
	var rows []row
	of := map[int]int{} // the row of an action that waits
	for _, m := range s.lane.Marks {
		x := s.x(m.At)
		if r, ok := of[m.Action]; ok {
			rows[r].marks = append(rows[r].marks, m)
			continue
		}
		r := 0
		for r < len(rows) && rows[r].free > x {
			r++
		}
		if r == mostRows {
			continue
		}
		if r == len(rows) {
			rows = append(rows, row{})
		}
		rows[r].marks = append(rows[r].marks, m)
		rows[r].free = x + wide(words(m)) + 10
		for _, w := range s.lane.Waits {
			if w.Action == m.Action && w.From == m.At {
				of[m.Action] = r
				rows[r].waits = append(rows[r].waits, w)
				rows[r].free = max(rows[r].free, s.x(w.To)+6)
			}
		}
	}
	return rows
}

// words returns what a mark says.
func words(m diagram.Mark) string {
	if m.Wake {
		return "?"
	}
	text := m.Symbol
	if !strings.Contains(text, m.Label) {
		text += " " + m.Label
	}
	return strings.TrimSpace(text + " " + m.Word)
}

// waiting draws the rows: what waits in the client, and what was thrown away.
func (s *strip) waiting() {
	for i, r := range s.waits {
		y := s.top - 24 - waitRow*float64(i)
		for _, w := range r.waits {
			s.wait(w, y)
		}
		free := 0.
		for _, m := range r.marks {
			free = s.mark(m, y, free)
		}
	}
}

// wait draws a dotted line for as long as an action waits, and down to the
// rail where it leaves.
func (s *strip) wait(w diagram.Wait, y float64) {
	x2 := s.x(w.To)
	path := fmt.Sprintf("M%s %sH%s", num(s.x(w.From)), num(y), num(x2))
	if w.Leaves {
		path += "V" + num(s.top-10)
	}
	fmt.Fprintf(s, `<path class="wait %s" d="%s"/>`, hue(w.Action), path)
}

// mark writes a mark on the ground, so that no line runs through it.
func (s *strip) mark(m diagram.Mark, y, free float64) float64 {
	x := s.x(m.At)
	if m.Wake && x < free {
		return free
	}
	x = max(x, free)
	class := grave(m.Of)
	if m.Plain {
		class = hue(m.Action)
	}
	say := words(m)
	fmt.Fprintf(s, `<rect class="bg" x="%s" y="%s" width="%s" height="14"/>`, num(x-1), num(y-7), num(wide(say)+3))
	s.text(x, y+4, "b "+class, say)
	return x + wide(say) + 3
}

// holding says right of the rails what both sides hold at the end.
func (s *strip) holding() {
	screen, server := s.lane.Ends()
	sign, class := s.sign(screen, server)
	x := gutter + s.plot + 10
	s.value(x+14, s.top, screen, "nobody")
	s.text(x, s.bottom+4, "b "+class, sign)
	s.value(x+14, s.bottom, server, "no record")
}

// sign says whether both sides hold the same, in every field.
func (s *strip) sign(screen, server diagram.Hold) (sign, class string) {
	if s.lane.Differ(screen, server) != 0 {
		return "≠", grave(s.lane.Verdict)
	}
	return "=", "dim"
}

func (s *strip) value(x, y float64, h diagram.Hold, none string) {
	if !h.Exists {
		s.text(x, y+4, "dim", none)
		return
	}
	if h.Writer == sim.Nobody {
		s.text(x, y+4, "dim", tell.Fit("no "+s.lane.Script.FieldName(s.lane.Field), 20))
		return
	}
	const most = 17
	value := tell.Fit(fmt.Sprint(s.lane.Script.Values[s.lane.Script.Value(h.Writer, s.lane.Field)]), most)
	s.text(x, y+4, "text", value)
	if n := h.Writer.Action(); n > 0 {
		s.text(x+wide(value)+letter, y+4, "b "+hue(n), s.lane.Label(n))
	}
}
