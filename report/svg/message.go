package svg

import (
	"fmt"
	"math"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// message draws one leg of a request, with what is to be said of it.
func (s *strip) message(m *diagram.Message) {
	from, to, class := 0., 1., "up"
	if !m.Up {
		from, to, class = 1, 0, "down"
	}
	x1, y1 := s.point(m.From, from)
	x2, y2 := s.point(m.To, to)
	if m.Lost {
		x2, y2 = (x1+x2)/2, (y1+y2)/2
	}
	s.open("m "+hue(m.Actions[0]), s.about(m))
	fmt.Fprintf(s, `<path class="hit" d="M%s %sL%s %s"/>`, num(x1), num(y1), num(x2), num(y2))
	if m.To == diagram.Forever {
		fmt.Fprintf(s, `<path class="%s wait" d="M%s %sL%s %s"/></g>`, class, num(x1), num(y1), num(x2), num(y2))
		return
	}
	fmt.Fprintf(s, `<path class="%s" d="M%s %sL%s %s"/>`, class, num(x1), num(y1), num(x2), num(y2))
	if !m.Lost {
		s.tip(x1, y1, x2, y2, m.Late || !m.Up && m.Create && !m.Taken)
	}
	s.WriteString("</g>")
	switch {
	case m.Lost:
		s.text(x2+4, y2+4, "b "+grave(s.lane.Gravity(m.Actions...)), "✗ lost")
	case m.Taken && s.down:
		s.text(x2+8, y2-4, "b text halo", "id")
	case m.Taken:
		s.text(x2+8, y2+14, "b text halo", "id")
	}
}

// open begins a group that has something to say.
func (s *strip) open(class, about string) {
	fmt.Fprintf(s, `<g class="%s"`, class)
	if s.focus {
		fmt.Fprintf(s, ` tabindex="0" role="img" aria-label="%s"`, text(about))
	}
	fmt.Fprintf(s, `><title>%s</title>`, text(about))
}

// tip draws an arrowhead at the second of two points.
func (s *strip) tip(x1, y1, x2, y2 float64, hollow bool) {
	const long, half = 9, 3.6
	d := math.Hypot(x2-x1, y2-y1)
	ux, uy := (x2-x1)/d, (y2-y1)/d
	bx, by := x2-float64(long*ux), y2-float64(long*uy)
	class := "tip"
	if hollow {
		class = "tip hollow"
	}
	fmt.Fprintf(s, `<path class="%s" d="M%s %sL%s %sL%s %sZ"/>`, class, num(x2), num(y2),
		num(bx-float64(half*uy)), num(by+float64(half*ux)), num(bx+float64(half*uy)), num(by-float64(half*ux)))
}

// about says of a message what it is, when, and what came of it.
func (s *strip) about(m *diagram.Message) string {
	labels := s.lane.Labels(m.Actions)
	var b strings.Builder
	if m.Up {
		fmt.Fprintf(&b, "%s to the server, request %d: leaves at %s", labels, m.Request, ms(m.From))
	} else {
		fmt.Fprintf(&b, "answer to %s, request %d: leaves at %s", labels, m.Request, ms(m.From))
	}
	switch {
	case m.Lost:
		return b.String() + " and is lost"
	case m.To == diagram.Forever:
		return b.String() + " and is still on its way"
	}
	fmt.Fprintf(&b, ", arrives at %s, %s later", ms(m.To), ms(m.To-m.From))
	if m.Up {
		fmt.Fprintf(&b, "; the server answers %d", m.Status)
	} else {
		fmt.Fprintf(&b, "; it says %d", m.Status)
	}
	if long, _, _ := s.lane.Note(m); m.Over != 0 && long != "" {
		b.WriteString("; it" + strings.TrimPrefix(long, "✗"))
	} else if m.Under != 0 {
		b.WriteString(";" + strings.TrimPrefix(long, "✗"))
	}
	switch {
	case m.Taken:
		b.WriteString("; the client learns the id")
	case m.Late:
		b.WriteString("; too late, the client has given up")
	case !m.Up && m.Create && m.Status == 200:
		b.WriteString("; the client does not take the id")
	}
	return b.String()
}

// ms writes a time as "240 ms".
func ms(t time.Duration) string { return tell.Milliseconds(t) + " ms" }

// crossings marks where two requests cross.
func (s *strip) crossings() {
	for _, c := range s.lane.Crossings() {
		x, y := s.point(c.At, c.Depth)
		const r = 4.5
		fmt.Fprintf(s, `<path class="x %s" d="M%s %sL%s %sM%s %sL%s %s"><title>%s</title></path>`, grave(c.Gravity),
			num(x-r), num(y-r), num(x+r), num(y+r), num(x-r), num(y+r), num(x+r), num(y-r),
			text("here one request overtakes another, at "+ms(c.At)))
	}
}

// arrivals labels the server's rail from below.
func (s *strip) arrivals() {
	free, y := float64(gutter), s.bottom+16
	for i := range s.lane.Messages {
		m := &s.lane.Messages[i]
		if !m.Up || m.Lost || m.To == diagram.Forever {
			continue
		}
		label := s.lane.Labels(m.Actions)
		x := math.Max(s.x(m.To)-(wide(label)+7)/2, free)
		if x > s.x(m.To)+36 {
			continue // its message says all the same what it is
		}
		if m.Writes {
			free = s.chip(x, y, hue(m.Actions[len(m.Actions)-1]), label) + 3
		} else {
			s.text(x+3.5, y+4.2, "b "+hue(m.Actions[len(m.Actions)-1]), label)
			free = x + wide(label) + 8
		}
		free = s.note(free, y, i)
	}
}

// note writes what was wrong about message i, as far as there is room until
// the next of its direction; for the mark alone there is always room.
func (s *strip) note(x, y float64, i int) float64 {
	m := &s.lane.Messages[i]
	long, short, of := s.lane.Note(m)
	if short == "" {
		return x
	}
	room := gutter + s.plot - x
	if m.Up {
		room += held // below the rail nothing stands there
	}
	for k := range s.lane.Messages {
		if next := &s.lane.Messages[k]; next.Up == m.Up && !next.Lost && next.To > m.To {
			room = math.Min(room, s.x(next.To)-x-wide(s.lane.Labels(next.Actions))/2)
		}
	}
	words := "✗"
	for _, more := range []string{long, short} {
		if wide(more)+7 <= room {
			words = more
			break
		}
	}
	return s.chip(x, y, grave(of), words) + 3
}

// presses labels the screen's rail: what the user did, and what a late answer
// wiped away.
func (s *strip) presses() {
	free := float64(0)
	for _, t := range s.lane.Touches(0) {
		if t.Press == 0 {
			if i := s.indexOf(t.Message); t.Message.Over != 0 {
				free = s.note(math.Max(s.x(t.At)+4, free), s.top, i)
			}
			continue
		}
		label := s.lane.Label(t.Press)
		x := math.Max(s.x(t.At)-(wide(label)+7)/2, free)
		s.open("p", tell.Action(s.lane.Script, s.lane.Script.Action(t.Press))+" at "+ms(t.At))
		free = s.chip(x, s.top, hue(t.Press), label) + 2
		s.WriteString("</g>")
	}
}

func (s *strip) indexOf(m *diagram.Message) int {
	for i := range s.lane.Messages {
		if &s.lane.Messages[i] == m {
			return i
		}
	}
	return 0
}
