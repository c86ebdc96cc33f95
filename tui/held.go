package tui

import (
	"fmt"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// symbol returns the mark of a standing and its colour.
func symbol(st diagram.Standing) (string, ink.Colour) {
	if st.Open {
		return st.Mark(), ink.Dim
	}
	return st.Mark(), race.ColourOf(st.Verdict)
}

// verdict writes the mark of a lane and returns the column behind it.
func (sc screen) verdict(x, y int, st diagram.Standing) int {
	symbol, of := symbol(st)
	if st.Open {
		return sc.Put(x, y, " "+symbol+" ", ink.Style{FG: of, Bold: true})
	}
	return sc.Chip(x, y, " "+symbol+" ", of, false)
}

// value writes what one side holds of the field in view, and who wrote it.
func (sc screen) value(l *diagram.Lane, holds []diagram.Hold, x, y, room int) {
	h := diagram.At(holds, sc.v.Now)
	if !h.Exists {
		text := "nothing yet"
		for _, was := range holds {
			if was.At <= sc.v.Now && was.Exists {
				text = "deleted"
			}
		}
		if ink.Width(text) > room {
			text = "–"
		}
		sc.Put(x, y, text, ink.Style{FG: ink.Faint})
		return
	}
	label := l.Label(h.Writer.Action())
	text := valueOf(l.Script, h.Writer, l.Field)
	of := ink.Style{FG: ink.Hue(h.Writer.Action()), Bold: true}
	if room < 12 {
		if label == "" {
			label = text
		}
		sc.Put(x, y, ink.Cut(label, room), of)
		return
	}
	text = ink.Cut(text, room-ink.Width(label)-1)
	end := sc.Put(x, y, text, of)
	of.Bold = false
	sc.Put(end+1, y, label, of)
}

// agreement says whether screen and server hold the same, in all fields.
func (sc screen) agreement(l *diagram.Lane, x, y int) {
	a, b := diagram.At(l.Screen(), sc.v.Now), diagram.At(l.Server(), sc.v.Now)
	st := l.At(sc.v.Now)
	_, of := symbol(st)
	switch {
	case !b.Exists && st.Open:
	case l.Differ(a, b) == 0:
		sc.Put(x, y, "=", ink.Style{FG: of, Bold: true})
	default:
		sc.Put(x, y, "≠", ink.Style{FG: of, Bold: true})
	}
}

// valueOf returns what a writer gave a field, fit for the screen.
func valueOf(s *sim.Script, w sim.Writer, field int) string {
	if w == sim.Nobody {
		return "–"
	}
	switch v := s.Values[s.Value(w, field)].(type) {
	case string:
		if v == "" {
			return "(empty)"
		}
		return ink.Printable(v, 40)
	default:
		return ink.Printable(fmt.Sprint(v), 40)
	}
}
