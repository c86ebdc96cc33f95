package svg

import (
	"fmt"
	"math"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// The measures of a strip, in the units of its view box.
const (
	gutter  = 58  // left of the axis: the names of the rails
	held    = 196 // right of it: what both sides hold at the end
	inset   = 16  // between the gutter and 0 ms
	axisRow = 12
	waitRow = 18
	depth   = 104 // between the rails
)

// across is how text lies along an axis that goes right.
var across = diagram.Type{
	Size: func(text string) int {
		if text == "" {
			return 0
		}
		return parts(chipWide(text))
	},
	Sign: parts(4), Gap: parts(3), Centred: true, Late: [2]int{parts(anywhere), parts(36)}, Beyond: parts(held),
}

// marked is how marks lie in their rows.
var marked = diagram.Type{
	Size: func(text string) int { return parts(wide(text)) }, Gap: parts(3), Late: [2]int{parts(anywhere)}, Beyond: parts(held),
}

// Strip draws a lane in which time goes right. Its messages can be reached with
// the keyboard if focus says so, and carry what is to be said of them as their
// label.
func Strip(l *diagram.Lane, focus bool) string { return newStrip(l, focus).document() }

func newStrip(l *diagram.Lane, focus bool) *drawing {
	presses := 0
	for i := range l.Rails {
		for _, t := range l.Touches(i) {
			if t.Press != 0 {
				presses++
			}
		}
	}
	plot := math.Max(560, float64(44*presses))
	d := newDrawing(l, focus, across, gutter+inset, plot-inset)
	rows, waits := d.rows()
	top := axisRow + 24 + waitRow*float64(len(waits))
	for i := range l.Rails {
		d.rails = append(d.rails, top+depth*float64(i))
	}
	bottom := d.rails[len(d.rails)-1]
	d.wide, d.high = gutter+plot+held, bottom+30
	d.axis(axisRow+5, bottom, 62)
	for i, y := range d.rails {
		d.text(math.Max(gutter-12, wide(l.Rails[i].Name)), y+4, "dim e", l.Rails[i].Name)
		d.rail(i, gutter)
	}
	d.away()
	d.messages()
	d.labelsAcross(1)
	d.waiting(rows, waits)
	for i, r := range l.Rails {
		if !r.Server {
			d.labelsAcross(i)
		}
	}
	d.holding(gutter + plot + 10)
	return d
}

// labelsAcross labels a rail: a screen's on it, the server's below it.
func (d *drawing) labelsAcross(rail int) {
	y := d.rails[rail]
	if d.Lane.Rails[rail].Server {
		y += 16
	}
	for l := range d.Labels(rail) {
		d.label(pixels(l.TextAt), y, &l)
		if l.Note != "" {
			d.chip(pixels(l.NoteAt), y, tell.Harm(l.Of).String(), l.Note)
		}
	}
}

// mostRows is how many rows of marks there are; what has no room in them is left
// to the text beside the drawing.
const mostRows = 4

// rows puts every mark into the first row in which it has room, and says in
// which waits stand. A waiting action keeps its row until it leaves, so that its
// later marks stand in it.
func (d *drawing) rows() (marks []int, waits [][]diagram.Wait) {
	of := map[int]int{} // the row of an action that waits
	var free []float64
	for i := range d.Lane.Marks {
		m := &d.Lane.Marks[i]
		r, kept := of[m.Action]
		if !kept {
			for r < len(free) && free[r] > d.at(m.At) {
				r++
			}
			if r == mostRows {
				r = -1
			} else if r == len(free) {
				free, waits = append(free, 0), append(waits, nil)
			}
		}
		if marks = append(marks, r); kept || r < 0 {
			continue
		}
		free[r] = d.at(m.At) + wide(m.Says()) + 10
		for _, w := range d.Lane.Waits {
			if w.Action == m.Action && w.From == m.At {
				of[m.Action], waits[r] = r, append(waits[r], w)
				free[r] = max(free[r], d.at(w.To)+6)
			}
		}
	}
	return marks, waits
}

// waiting draws the rows: what waits in the client, with a line down to the rail
// where it leaves, and what was thrown away. A mark stands on the ground, so that
// no line runs through it.
func (d *drawing) waiting(rows []int, waits [][]diagram.Wait) {
	row := func(i int) float64 { return d.rails[0] - 24 - waitRow*float64(i) }
	for i := range waits {
		for _, w := range waits[i] {
			path := fmt.Sprintf("M%s %sH%s", num(d.at(w.From)), num(row(i)), num(d.at(w.To)))
			if w.Leaves {
				path += "V" + num(d.rails[0]-10)
			}
			fmt.Fprintf(d, `<path class="wait %s" d="%s"/>`, hue(w.Action), path)
		}
	}
	for w := range d.Marks(marked, rows) {
		x, y := pixels(w.At), row(w.Row)
		fmt.Fprintf(d, `<rect class="bg" x="%s" y="%s" width="%s" height="14"/>`, num(x-1), num(y-7), num(wide(w.Text)+3))
		d.text(x, y+4, "b "+ofMark(w.Mark), w.Text)
	}
}

// holding says right of the rails what each holds at the end.
func (d *drawing) holding(x float64) {
	sign, class := d.sign()
	for i, y := range d.rails {
		if d.Lane.Rails[i].Server {
			d.text(x, y+4, "b "+class, sign)
		}
		d.value(x+14, y, i)
	}
}
