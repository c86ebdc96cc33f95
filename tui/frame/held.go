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
		text := "nothing yet"
		for _, was := range holds {
			if was.At <= f.Look.Now && was.Exists {
				text = "deleted"
			}
		}
		if ink.Width(text) > room {
			text = "–"
		}
		f.Put(x, y, text, Faint)
		return
	}
	label := l.Label(h.Writer.Action())
	text := ValueOf(l.Script, h.Writer, l.Field)
	of := ink.Style{FG: ink.Hue(h.Writer.Action()), Bold: true}
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
	a, b := diagram.At(l.Screen(), f.Look.Now), diagram.At(l.Server(), f.Look.Now)
	st := l.At(f.Look.Now)
	of := ink.Style{FG: Colour(st), Bold: true}
	switch {
	case !b.Exists && st.Open, l.Failed != "":
	case l.Differ(a, b) == 0:
		f.Put(x, y, "=", of)
	default:
		f.Put(x, y, "≠", of)
	}
}

// ValueOf returns what a writer gave a field, fit for the screen.
func ValueOf(s *sim.Script, w sim.Writer, field int) string {
	return ink.Printable(tell.Value(s, w, field), 40)
}
