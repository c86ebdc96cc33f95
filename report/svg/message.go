package svg

import (
	"fmt"
	"math"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
)

// messages draws all of them, and where requests cross.
func (d *drawing) messages() {
	for i := range d.Lane.Messages {
		d.message(&d.Lane.Messages[i])
	}
	for _, c := range d.Lane.Crossings() {
		x, y := d.point(c.At, c.Rail, c.Depth)
		const r = 4.5
		fmt.Fprintf(d, `<path class="x %s" d="M%s %sL%s %sM%s %sL%s %s"><title>%s</title></path>`, tell.Harm(c.Gravity),
			num(x-r), num(y-r), num(x+r), num(y+r), num(x-r), num(y+r), num(x+r), num(y-r),
			text("here one request overtakes another, at "+ms(c.At)))
	}
}

// point returns where something is at t, between a screen's rail, at a depth of
// 0, and the server's, at 1.
func (d *drawing) point(t time.Duration, screen int, depth float64) (x, y float64) {
	from, to, air := d.rails[screen], d.rails[1], 3.
	if from > to {
		air = -air
	}
	return d.turn(d.at(t), from+air+depth*(to-from-2*air))
}

// message draws one leg of a request, with what is to be said of it.
func (d *drawing) message(m *diagram.Message) {
	from, to, class := 0., 1., "up"
	if !m.Up {
		from, to, class = 1, 0, "down"
	}
	screen := d.Lane.RailOf(m)
	x1, y1 := d.point(m.From, screen, from)
	x2, y2 := d.point(m.To, screen, to)
	if m.Lost {
		x2, y2 = (x1+x2)/2, (y1+y2)/2
	}
	line := fmt.Sprintf("M%s %sL%s %s", num(x1), num(y1), num(x2), num(y2))
	if m.To == diagram.Forever {
		class += " wait"
	}
	group := "m " + hue(m.Actions[0])
	if m.Errand {
		group += " rest" // nobody pressed for it
	}
	d.open(group, d.about(m))
	fmt.Fprintf(d, `<path class="hit" d="%s"/><path class="%s" d="%s"/>`, line, class, line)
	if m.Lands() {
		d.tip(x1, y1, x2, y2, m.Spent())
	}
	d.WriteString("</g>")
	switch {
	case m.Lost:
		d.text(x2+4, y2+4, "b "+tell.Harm(d.Lane.Gravity(m.Actions...)).String(), "✗ lost")
	case m.Taken && d.Type.Down:
		d.text(x2+8, y2-4, "b text halo", "id")
	case m.Taken:
		d.text(x2+8, y2+14, "b text halo", "id")
	}
}

// open begins a group that has something to say.
func (d *drawing) open(class, about string) {
	fmt.Fprintf(d, `<g class="%s"`, class)
	if d.focus {
		fmt.Fprintf(d, ` tabindex="0" role="img" aria-label="%s"`, text(about))
	}
	fmt.Fprintf(d, `><title>%s</title>`, text(about))
}

// tip draws an arrowhead at the second of two points.
func (d *drawing) tip(x1, y1, x2, y2 float64, hollow bool) {
	const long, half = 9, 3.6
	way := math.Hypot(x2-x1, y2-y1)
	ux, uy := (x2-x1)/way, (y2-y1)/way
	bx, by := x2-float64(long*ux), y2-float64(long*uy)
	class := "tip"
	if hollow {
		class = "tip hollow"
	}
	fmt.Fprintf(d, `<path class="%s" d="M%s %sL%s %sL%s %sZ"/>`, class, num(x2), num(y2),
		num(bx-float64(half*uy)), num(by+float64(half*ux)), num(bx+float64(half*uy)), num(by-float64(half*ux)))
}

// about says of a message what it is, when, and what came of it.
func (d *drawing) about(m *diagram.Message) string {
	labels := d.Lane.Labels(m.Actions)
	var b strings.Builder
	switch {
	case m.News:
		fmt.Fprintf(&b, "news of %s: leaves the server at %s", tell.News(d.Lane.Script, &sim.Event{Action: m.Actions[0]}), ms(m.From))
	case m.Beacon && m.Up:
		fmt.Fprintf(&b, "%s to the server as a beacon, request %d: leaves at %s", labels, m.Request, ms(m.From))
	case m.Up:
		fmt.Fprintf(&b, "%s to the server, request %d: leaves at %s", labels, m.Request, ms(m.From))
	default:
		fmt.Fprintf(&b, "answer to %s, request %d: leaves at %s", labels, m.Request, ms(m.From))
	}
	switch {
	case m.Lost:
		return b.String() + " and is lost"
	case m.To == diagram.Forever:
		return b.String() + " and is still on its way"
	}
	fmt.Fprintf(&b, ", arrives at %s, %s later", ms(m.To), ms(m.To-m.From))
	switch {
	case m.News:
	case m.Up:
		fmt.Fprintf(&b, "; the server answers %d", m.Status)
	default:
		fmt.Fprintf(&b, "; it says %d", m.Status)
	}
	if long, _, _ := d.Lane.Note(m); m.Over != 0 && long != "" {
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
