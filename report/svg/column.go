package svg

import (
	"fmt"
	"math"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// The measures of a column, in the units of its view box: as wide as a phone.
const (
	columnWide   = 330
	columnScreen = 116 // the first rail
	columnServer = 246 // the last
	columnTop    = 34
)

// down is how text lies along an axis that goes down: each label has a row.
var down = diagram.Type{
	Size: func(text string) int {
		if text == "" {
			return 0
		}
		return parts(chipHigh)
	},
	Gap: parts(1), Down: true, Late: [2]int{parts(anywhere), parts(anywhere)},
}

// Column draws a lane in which time goes down, as wide as a phone is, and as
// [Strip] otherwise.
func Column(l *diagram.Lane, focus bool) string {
	plot := math.Max(230, 26*float64(len(l.Messages)))
	d := newDrawing(l, focus, down, columnTop+10, plot-10)
	bottom := columnTop + plot
	d.wide, d.high = columnWide, bottom+10+18*float64(len(l.Rails))
	for i := range l.Rails {
		d.rails = append(d.rails, columnScreen+float64(i*(columnServer-columnScreen))/float64(len(l.Rails)-1))
	}
	d.axis(columnScreen, columnWide, 42)
	for i, x := range d.rails {
		d.text(x, 14, "dim c", l.Rails[i].Name)
		d.rail(i, columnTop-10)
	}
	for i, w := range l.Waits {
		x := float64(columnScreen - 15 - 5*(i%3))
		fmt.Fprintf(d, `<path class="wait %s" d="M%s %sV%s"/>`, hue(w.Action), num(x), num(d.at(w.From)), num(d.at(w.To)))
	}
	d.away()
	d.messages()
	d.arrivalsDown()
	d.marksDown(d.pressesDown())
	sign, class := d.sign()
	for i, r := range l.Rails {
		y := bottom + 20 + 18*float64(i)
		d.text(84, y, "dim e", r.Name)
		if r.Server {
			d.text(90, y, "b "+class, sign)
		}
		d.value(104, y-4, i)
	}
	return d.document()
}

// arrivalsDown labels the server's rail, and says below a label what was wrong.
func (d *drawing) arrivalsDown() {
	for l := range d.Labels(1) {
		d.label(d.rails[1]+6, pixels(l.TextAt), &l)
		if l.Note != "" {
			d.chip(columnWide-chipWide(l.Note), pixels(l.NoteAt), tell.Harm(l.Of).String(), l.Note)
		}
	}
}

// pressesDown labels the screens' rails, and returns where notes stand beside
// the first.
func (d *drawing) pressesDown() (noted []float64) {
	for i, x := range d.rails {
		if d.Lane.Rails[i].Server {
			continue
		}
		for l := range d.Labels(i) {
			if l.Note == "" {
				d.label(x-chipWide(l.Text)/2, pixels(l.TextAt), &l)
				continue
			}
			d.chip(x-11-chipWide(l.Note), pixels(l.NoteAt), tell.Harm(l.Of).String(), l.Note)
			noted = append(noted, pixels(l.NoteAt))
		}
	}
	return noted
}

// marksDown writes left of the rail what happens to actions that do not go out
// at once. What has no room beside the others is left to the text.
func (d *drawing) marksDown(noted []float64) {
	free := 0.
	if len(noted) > 0 {
		free = noted[len(noted)-1] + chipHigh
	}
	for i := range d.Lane.Marks {
		m := &d.Lane.Marks[i]
		y := math.Max(d.at(m.At), free)
		if m.Wake || y > d.at(m.At)+3*chipHigh {
			continue
		}
		say := m.Symbol + " " + m.Word // the rail has the label
		if wide(say) > columnScreen-34 {
			say = m.Symbol
		}
		d.text(columnScreen-32, y+4, "b e "+ofMark(m)+" halo", say)
		free = y + 15
	}
}
