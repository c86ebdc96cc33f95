package frame

import (
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/ink"
)

// Colour returns the colour of a standing.
func Colour(st diagram.Standing) ink.Colour {
	if st.Open {
		return ink.Dim
	}
	return ink.Of(tell.Verdict(st.Verdict).Role)
}

// Verdict writes the mark of a lane and returns the column behind it.
func (f Frame) Verdict(x, y int, st diagram.Standing) int {
	if st.Open {
		return f.Put(x, y, " "+st.Mark()+" ", ink.Style{FG: Colour(st), Bold: true})
	}
	return f.Chip(x, y, " "+st.Mark()+" ", Colour(st), false)
}

// Value writes what one side holds of the field in view, and who wrote it.
func (f Frame) Value(l *diagram.Lane, holds []diagram.Hold, x, y, room int) {
	h := diagram.At(holds, f.Look.Now)
	if !h.Exists {
		text := diagram.Absent(diagram.Until(holds, f.Look.Now))
		if ink.Width(text) > room {
			text = "–"
		}
		f.Put(x, y, text, Faint)
		return
	}
	label := tell.Writers(l.Script, h.Writer)
	text := ValueOf(l.Script, h.Writer, l.Field)
	of := ink.Style{FG: ink.Hue(l.Script.Wrote(h.Writer)), Bold: true}
	if room < 12 {
		if label == "" {
			label = text
		}
		f.Put(x, y, ink.Cut(label, room), of)
		return
	}
	text = ink.Cut(text, room-ink.Width(label)-1)
	end := f.Put(x, y, text, of)
	of.Bold = false
	f.Put(end+1, y, label, of)
}

// Agreement says whether screen and server hold the same, in all fields.
func (f Frame) Agreement(l *diagram.Lane, x, y int) {
	f.agreement(l, l.Screen(), Colour(l.At(f.Look.Now)), x, y)
}

// AgreementOf is Agreement of one screen among several, of which each may agree or
// not: it has a colour of its own.
func (f Frame) AgreementOf(l *diagram.Lane, screen []diagram.Hold, x, y int) {
	of := Colour(l.At(f.Look.Now))
	if st := l.At(f.Look.Now); !st.Open && l.Differ(diagram.At(screen, f.Look.Now), diagram.At(l.Server(), f.Look.Now)) == 0 {
		of = ink.Good
	}
	f.agreement(l, screen, of, x, y)
}

func (f Frame) agreement(l *diagram.Lane, screen []diagram.Hold, of ink.Colour, x, y int) {
	a, b := diagram.At(screen, f.Look.Now), diagram.At(l.Server(), f.Look.Now)
	s := ink.Style{FG: of, Bold: true}
	switch {
	case !b.Exists && l.At(f.Look.Now).Open, l.Failed != "", !a.Compared():
	case l.Differ(a, b) == 0:
		f.Put(x, y, "=", s)
	default:
		f.Put(x, y, "≠", s)
	}
}

// Wants returns what an action writes in a field: the value, or how much it adds.
func Wants(s *sim.Script, a *sim.Action, field int) string {
	if a.Adds.Has(field) {
		return ink.Printable(tell.Added(s, sim.By(a.Number), field), 40)
	}
	return ValueOf(s, sim.By(a.Number), field)
}

// ValueOf returns what a writer gave a field, fit for the screen.
func ValueOf(s *sim.Script, w sim.Writer, field int) string {
	return ink.Printable(tell.Value(s, w, field), 40)
}
