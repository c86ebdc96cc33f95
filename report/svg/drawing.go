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
	"photofinish/sim"
)

// The measures of type, in the units of a view box.
const (
	letter   = 7.25 // the width of a column of type
	chipHigh = 17
	anywhere = 1e6
)

// parts returns units of a view box as cells of the axis, and pixels the other
// way round: a cell is a small part of a pixel.
func parts(x float64) int   { return int(math.Round(x * 1e6)) }
func pixels(at int) float64 { return float64(at) / 1e6 }

// pen writes the elements of a drawing.
type pen struct{ strings.Builder }

// text writes a text with its baseline at y.
func (p *pen) text(x, y float64, class, words string) {
	fmt.Fprintf(p, `<text class="%s" x="%s" y="%s">%s</text>`, class, num(x), num(y), text(words))
}

func (p *pen) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(p, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, num(x1), num(y1), num(x2), num(y2))
}

// element returns a drawing as an element of a page.
func element(wide, high float64, attributes, content string) string {
	return fmt.Sprintf(`<svg class="pf" viewBox="0 0 %s %s" width="%s" height="%s" role="group"%s>%s</svg>`,
		num(wide), num(high), num(wide), num(high), attributes, content)
}

// drawing is a lane in the making, with time going right or down.
type drawing struct {
	pen
	diagram.Layout
	focus      bool      // messages can be reached with the keyboard
	rails      []float64 // where they are, across the axis
	wide, high float64
}

// newDrawing begins one whose axis has a beginning and a length.
func newDrawing(l *diagram.Lane, focus bool, t diagram.Type, begin, long float64) *drawing {
	end := l.Settled // of the last thing that is drawn
	for i := range l.Messages {
		if m := &l.Messages[i]; m.To != diagram.Forever {
			end = max(end, m.To)
		}
	}
	ax := diagram.Axis{Origin: parts(begin), Cells: parts(long), End: diagram.EndOfAxis(end), Per: 1}
	return &drawing{focus: focus, Layout: diagram.Layout{Lane: l, Axis: ax, Now: diagram.Forever, Words: true, Type: t}}
}

// document returns the drawing as an element of its own.
func (d *drawing) document() string {
	at := d.Lane.At(d.Lane.Settled)
	summary := fmt.Sprintf("Space-time diagram of %s: %s, %s", d.Lane.Name, at.Kind, at.Says)
	return element(d.wide, d.high, ` aria-label="`+text(summary)+`"`, d.String())
}

// at returns where t is along the axis; what never ends is at its end.
func (d *drawing) at(t time.Duration) float64 { return pixels(d.Until(t)) }

// turn returns where something is that is so far along the axis and across it.
func (d *drawing) turn(along, across float64) (x, y float64) {
	if d.Type.Down {
		return across, along
	}
	return along, across
}

// line draws a line between two points along the axis and across it.
func (d *drawing) line(class string, along1, across1, along2, across2 float64) {
	x1, y1 := d.turn(along1, across1)
	x2, y2 := d.turn(along2, across2)
	d.pen.line(class, x1, y1, x2, y2)
}

// axis draws the ticks, from one side to the other, and their times, so far
// apart.
func (d *drawing) axis(from, to, apart float64) {
	step := d.Axis.Tick(parts(apart))
	for t := time.Duration(0); t <= d.Axis.End; t += step {
		d.line("tick rule", d.at(t), from, d.at(t), to)
		label := tell.Milliseconds(t)
		if t == 0 {
			label = "0 ms"
		}
		switch {
		case d.Type.Down:
			d.text(to, d.at(t)-2, "faint e", label)
		case d.at(t) < pixels(d.Axis.Last())-8:
			d.text(d.at(t), axisRow, "faint c", label)
		}
	}
}

// rail draws what a party holds, in the colour of who wrote it, from a little
// before the axis on.
func (d *drawing) rail(i int, begin float64) {
	for p := range d.Pieces(i) {
		class, from := "none faint", pixels(p.From)
		if p.Exists {
			class = "rail " + hue(d.Lane.Script.Wrote(p.Writer))
		}
		if p.From == d.Axis.Origin {
			from = begin
		}
		d.line(class, from, d.rails[i], pixels(p.To), d.rails[i])
	}
}

// away shades the screens' rails while their clients are not there, and marks what the
// server does by itself. A label stands where there is room for it.
func (d *drawing) away() {
	const half = 7
	for i, across := range d.rails {
		for _, a := range d.Lane.Gone(i) {
			from, to, says := d.at(a.From), d.at(a.To), "offline"
			if a.Closed {
				says = "closed"
			}
			x1, y1 := d.turn(from, across-half)
			x2, y2 := d.turn(to, across+half)
			about := says + " from " + ms(a.From)
			if a.To != diagram.Forever {
				about += " to " + ms(a.To)
			}
			fmt.Fprintf(d, `<g class="dim"><title>%s</title><rect class="band" x="%s" y="%s" width="%s" height="%s"/>`,
				text(about), num(x1), num(y1), num(x2-x1), num(y2-y1))
			if !d.Type.Down && to-from > wide(says)+4 {
				d.text(from+3, across+half+11, "faint", says)
			}
			d.WriteString("</g>")
		}
	}
	for _, t := range d.Lane.Ticks {
		x, y := d.turn(d.at(t.At), d.rails[1])
		fmt.Fprintf(d, `<g class="dim"><title>%s at %s</title>`, text(t.Says), ms(t.At))
		if t.Text == "" {
			d.line("begin", d.at(t.At), d.rails[1]-half, d.at(t.At), d.rails[1]+half)
		} else {
			d.text(x, y+4, "b c halo", t.Text)
		}
		d.WriteString("</g>")
	}
}

// label writes what is pressed, or what lands, filled if it changes something.
func (d *drawing) label(x, y float64, l *diagram.Label) {
	switch m := l.Message; {
	case l.Text == "":
	case m == nil:
		d.open("p", tell.Action(d.Lane.Script, d.Lane.Script.Action(l.Press))+" at "+ms(l.At))
		d.chip(x, y, hue(l.Press), l.Text)
		d.WriteString("</g>")
	case m.Writes:
		d.chip(x, y, hue(m.Actions[len(m.Actions)-1]), l.Text)
	default:
		d.text(x+3.5, y+4.2, "b "+hue(m.Actions[len(m.Actions)-1]), l.Text)
	}
}

// sign says whether a screen and the server hold the same at the end, in every
// field.
func (d *drawing) sign() (sign, class string) {
	screen, server := d.Lane.Ends()
	switch {
	case !screen.Compared():
		return "", "dim"
	case d.Lane.Differ(screen, server) != 0:
		return "≠", tell.Harm(d.Lane.Verdict).String()
	}
	return "=", "dim"
}

// value writes what a rail holds at the end.
func (d *drawing) value(x, y float64, rail int) {
	const most = 17
	r := &d.Lane.Rails[rail]
	switch h := diagram.Upto(r.Holds, len(d.Lane.Events)); {
	case !h.Exists && r.Server:
		d.text(x, y+4, "dim", "no record")
	case h.Closed:
		d.text(x, y+4, "dim", "closed")
	case !h.Exists:
		d.text(x, y+4, "dim", "nobody")
	case h.Writer == sim.Nobody:
		d.text(x, y+4, "dim", tell.Fit("no "+d.Lane.Script.FieldName(d.Lane.Field), most+3))
	default:
		value := tell.Fit(fmt.Sprint(d.Lane.Script.Values[d.Lane.Script.Value(h.Writer, d.Lane.Field)]), most)
		d.text(x, y+4, "text", value)
		if n := h.Writer.Action(); n > 0 {
			d.text(x+wide(value)+letter, y+4, "b "+hue(n), d.Lane.Label(n))
		}
	}
}

// chip writes a text on a filled ground that begins at x.
func (d *drawing) chip(x, y float64, class, words string) {
	w := chipWide(words)
	fmt.Fprintf(d, `<g class="chip %s"><rect x="%s" y="%s" width="%s" height="%d" rx="3"/><text class="b c" x="%s" y="%s">%s</text></g>`,
		class, num(x), num(y-chipHigh/2.), num(w), chipHigh, num(x+w/2), num(y+4.2), text(words))
}

// wide returns how wide a text is, and chipWide one on a filled ground.
func wide(words string) float64     { return letter * float64(tell.Columns(tell.Clean(words))) }
func chipWide(words string) float64 { return wide(words) + 7 }

// text makes words fit to stand in XML.
func text(words string) string { return html.EscapeString(tell.Clean(words)) }

// num writes a number with at most one decimal.
func num(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}
