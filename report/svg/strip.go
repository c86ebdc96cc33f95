package svg

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// The measures of a strip, in the units of its view box.
const (
	letter   = 7.25 // the width of a column of type
	gutter   = 58   // left of the axis: the names of the rails
	held     = 196  // right of it: what both sides hold at the end
	inset    = 16   // between the gutter and 0 ms
	axisRow  = 12
	waitRow  = 18
	chipHigh = 17
	depth    = 104 // between the rails
)

// strip is a lane in the making.
type strip struct {
	strings.Builder
	lane  *diagram.Lane
	focus bool // messages can be reached with the keyboard
	down  bool // time goes down: it is a column

	end                time.Duration
	plot               float64 // the width of the axis
	waits              []row   // above the screen's rail
	top, bottom, total float64
}

// Strip draws a lane. Its messages can be reached with the keyboard if focus
// says so, and carry what is to be said of them as their label.
func Strip(l *diagram.Lane, focus bool) string {
	s := newStrip(l, focus)
	width := gutter + s.plot + held
	fmt.Fprintf(s, `<svg class="pf" viewBox="0 0 %s %s" width="%s" height="%s" role="group" aria-label="%s">`,
		num(width), num(s.total), num(width), num(s.total), text(summary(l)))
	s.draw()
	s.WriteString("</svg>")
	return s.String()
}

// summary says in one line what a drawing shows.
func summary(l *diagram.Lane) string {
	at := l.At(l.Settled)
	return fmt.Sprintf("Space-time diagram of %s: %s, %s", l.Name, at.Kind, at.Says)
}

func newStrip(l *diagram.Lane, focus bool) *strip {
	s := &strip{lane: l, focus: focus, end: endOfAxis(last(l))}
	presses := 0
	for _, t := range l.Touches(0) {
		if t.Press != 0 {
			presses++
		}
	}
	s.plot = math.Max(560, float64(44*presses))
	s.waits = s.findRows()
	s.top = axisRow + 12 + waitRow*float64(len(s.waits)) + 12
	s.bottom = s.top + depth
	s.total = s.bottom + 30
	return s
}

// last returns when the last thing happens that is drawn.
func last(l *diagram.Lane) time.Duration {
	end := l.Settled
	for _, m := range l.Messages {
		if m.To != diagram.Forever {
			end = max(end, m.To)
		}
	}
	return end
}

func (s *strip) draw() {
	s.axis()
	s.rail("screen", s.top, s.lane.Screen())
	s.rail("server", s.bottom, s.lane.Server())
	for i := range s.lane.Messages {
		s.message(&s.lane.Messages[i])
	}
	s.crossings()
	s.arrivals()
	s.waiting()
	s.presses()
	s.holding()
}

// x returns where t is.
func (s *strip) x(t time.Duration) float64 {
	return gutter + inset + float64(min(t, s.end))/float64(s.end)*(s.plot-inset)
}

// point returns where something is at t and at a depth of 0, at the screen's
// rail, to 1, at the server's.
func (s *strip) point(t time.Duration, deep float64) (x, y float64) {
	if s.down {
		return columnScreen + 3 + float64(deep*(columnServer-columnScreen-6)), s.y(t)
	}
	return s.x(t), s.top + 3 + float64(deep*(depth-6))
}

// axis draws the ticks and their times.
func (s *strip) axis() {
	step := time.Duration(niceStep(float64(s.end) * 64 / s.plot))
	step = max(step, time.Millisecond)
	for t := time.Duration(0); t <= s.end; t += step {
		x := num(s.x(t))
		fmt.Fprintf(s, `<line class="tick rule" x1="%s" y1="%d" x2="%s" y2="%s"/>`, x, axisRow+5, x, num(s.bottom))
		label := strconv.FormatInt(t.Milliseconds(), 10)
		if t == 0 {
			label = "0 ms"
		}
		if s.x(t) < gutter+s.plot-8 {
			s.text(s.x(t), axisRow, "faint c", label)
		}
	}
}

// rail draws what one side holds, in the colour of who wrote it.
func (s *strip) rail(name string, y float64, holds []diagram.Hold) {
	s.text(gutter-12, y+4, "dim e", name)
	for _, p := range pieces(holds, gutter, gutter+s.plot, s.x) {
		fmt.Fprintf(s, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, p.class, num(p.from), num(y), num(p.to), num(y))
	}
}

// piece is a part of a rail in which it looks the same.
type piece struct {
	class    string
	from, to float64
}

// pieces cuts a rail where what is held changes.
func pieces(holds []diagram.Hold, begin, end float64, at func(time.Duration) float64) (out []piece) {
	from, h := begin, diagram.Hold{}
	draw := func(to float64) {
		class := "rail " + hue(h.Writer.Action())
		if !h.Exists {
			class = "none faint"
		}
		if n := len(out); n > 0 && out[n-1].class == class {
			out[n-1].to = to
		} else if to > from {
			out = append(out, piece{class, from, to})
		}
	}
	for _, next := range holds {
		to := begin
		if next.At > 0 {
			to = at(next.At)
		}
		draw(to)
		from, h = to, next
	}
	draw(end)
	return out
}

// text writes a text with its baseline at y.
func (s *strip) text(x, y float64, class, words string) {
	fmt.Fprintf(s, `<text class="%s" x="%s" y="%s">%s</text>`, class, num(x), num(y), text(words))
}

// chip writes a text on a filled ground that begins at x, and returns where it
// ends.
func (s *strip) chip(x, y float64, class, words string) float64 {
	w := wide(words) + 7
	fmt.Fprintf(s, `<g class="chip %s"><rect x="%s" y="%s" width="%s" height="%d" rx="3"/><text class="b c" x="%s" y="%s">%s</text></g>`,
		class, num(x), num(y-chipHigh/2.), num(w), chipHigh, num(x+w/2), num(y+4.2), text(words))
	return x + w
}

// wide returns how wide a text is.
func wide(words string) float64 { return letter * float64(tell.Columns(tell.Clean(words))) }

// text makes words fit to stand in XML.
func text(words string) string { return html.EscapeString(tell.Clean(words)) }

// num writes a number with at most one decimal.
func num(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// endOfAxis returns the length of an axis on which the last event is at t:
// about a seventh more, so that the last words have room, in round steps.
func endOfAxis(t time.Duration) time.Duration {
	raw := math.Max(float64(t)*7/6, float64(100*time.Millisecond))
	step := niceStep(raw / 24)
	return time.Duration(math.Ceil(raw/step) * step)
}

// niceStep returns the least of 1, 2, 5, 10, … that is not below x.
func niceStep(x float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(x)))
	for _, k := range []float64{1, 2, 5} {
		if k*p >= x*(1-1e-9) {
			return k * p
		}
	}
	return 10 * p
}
