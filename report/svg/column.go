package svg

import (
	"fmt"
	"math"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// The measures of a column, in the units of its view box: as wide as a phone.
const (
	columnWide   = 330
	columnScreen = 116
	columnServer = 246
	columnTop    = 34
)

// Column draws a lane in which time goes down, as wide as a phone is, and as
// [Strip] otherwise.
func Column(l *diagram.Lane, focus bool) string {
	s := &strip{lane: l, focus: focus, down: true, end: endOfAxis(last(l))}
	s.plot = math.Max(230, 26*float64(len(l.Messages)))
	s.bottom = columnTop + s.plot
	s.total = s.bottom + 46
	fmt.Fprintf(s, `<svg class="pf" viewBox="0 0 %d %s" width="%d" height="%s" role="group" aria-label="%s">`,
		columnWide, num(s.total), columnWide, num(s.total), text(summary(l)))
	s.drawColumn()
	s.WriteString("</svg>")
	return s.String()
}

func (s *strip) drawColumn() {
	s.axisDown()
	s.railDown("screen", columnScreen, s.lane.Screen())
	s.railDown("server", columnServer, s.lane.Server())
	s.waitingDown()
	for i := range s.lane.Messages {
		s.message(&s.lane.Messages[i])
	}
	s.crossings()
	s.arrivalsDown()
	used := s.pressesDown()
	s.marksDown(used)
	s.holdingDown()
}

// y returns where t is in a column.
func (s *strip) y(t time.Duration) float64 {
	return columnTop + 10 + float64(min(t, s.end))/float64(s.end)*(s.plot-10)
}

func (s *strip) axisDown() {
	step := max(time.Duration(niceStep(float64(s.end)*44/s.plot)), time.Millisecond)
	for t := time.Duration(0); t <= s.end; t += step {
		y := num(s.y(t))
		fmt.Fprintf(s, `<line class="tick rule" x1="%d" y1="%s" x2="%d" y2="%s"/>`, columnScreen, y, columnWide, y)
		label := tell.Milliseconds(t)
		if t == 0 {
			label = "0 ms"
		}
		s.text(columnWide, s.y(t)-2, "faint e", label)
	}
}

func (s *strip) railDown(name string, x float64, holds []diagram.Hold) {
	s.text(x, 14, "dim c", name)
	for _, p := range pieces(holds, columnTop-10, s.bottom, s.y) {
		fmt.Fprintf(s, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, p.class, num(x), num(p.from), num(x), num(p.to))
	}
}

// waitingDown draws a dotted line beside the rail for as long as an action
// waits.
func (s *strip) waitingDown() {
	for i, w := range s.lane.Waits {
		x := float64(columnScreen - 15 - 5*(i%3))
		fmt.Fprintf(s, `<path class="wait %s" d="M%s %sV%s"/>`, hue(w.Action), num(x), num(s.y(w.From)), num(s.y(w.To)))
	}
}

func (s *strip) arrivalsDown() {
	free := 0.
	for i := range s.lane.Messages {
		m := &s.lane.Messages[i]
		if !m.Up || m.Lost || m.To == diagram.Forever {
			continue
		}
		y, label := math.Max(s.y(m.To), free), s.lane.Labels(m.Actions)
		class := hue(m.Actions[len(m.Actions)-1])
		if m.Writes {
			s.chip(columnServer+6, y, class, label)
		} else {
			s.text(columnServer+10, y+4.2, "b "+class, label)
		}
		free = y + chipHigh + 1
		if long, _, of := s.lane.Note(m); long != "" {
			s.chip(columnWide-wide(long)-7, free, grave(of), long)
			free += chipHigh + 1
		}
	}
}

// pressesDown labels the screen's rail, and returns where.
func (s *strip) pressesDown() (used []float64) {
	free := 0.
	for _, t := range s.lane.Touches(0) {
		y := math.Max(s.y(t.At), free)
		if t.Press == 0 {
			if long, _, of := s.lane.Note(t.Message); t.Message.Over != 0 {
				s.chip(columnScreen-wide(long)-18, y, grave(of), long)
				used = append(used, y)
				free = y + chipHigh + 1
			}
			continue
		}
		label := s.lane.Label(t.Press)
		s.open("p", tell.Action(s.lane.Script, s.lane.Script.Action(t.Press))+" at "+ms(t.At))
		s.chip(columnScreen-(wide(label)+7)/2, y, hue(t.Press), label)
		s.WriteString("</g>")
		free = y + chipHigh + 1
	}
	return used
}

// marksDown writes left of the rail what happens to actions that do not go out
// at once. What has no room beside the others is left to the text.
func (s *strip) marksDown(used []float64) {
	free := 0.
	if len(used) > 0 {
		free = used[len(used)-1] + chipHigh
	}
	for _, m := range s.lane.Marks {
		if m.Wake {
			continue
		}
		y := math.Max(s.y(m.At), free)
		if y > s.y(m.At)+3*chipHigh {
			continue
		}
		class := grave(m.Of)
		if m.Plain {
			class = hue(m.Action)
		}
		say := m.Symbol + " " + m.Word // the rail has the label
		if wide(say) > columnScreen-34 {
			say = m.Symbol
		}
		s.text(columnScreen-32, y+4, "b e "+class+" halo", say)
		free = y + 15
	}
}

// holdingDown says below the rails what both sides hold at the end.
func (s *strip) holdingDown() {
	screen, server := s.lane.Ends()
	sign, class := s.sign(screen, server)
	s.text(84, s.bottom+20, "dim e", "screen")
	s.value(104, s.bottom+16, screen, "nobody")
	s.text(84, s.bottom+38, "dim e", "server")
	s.text(90, s.bottom+38, "b "+class, sign)
	s.value(104, s.bottom+34, server, "no record")
}
