package race

import (
	"photofinish/report/diagram"
	"photofinish/tui/ink"
)

// ServerLine draws a lane in one row: what the server holds.
func ServerLine(c *ink.Canvas, l *diagram.Lane, ax Axis, v View, y int) {
	s := Strip{Canvas: c, Lane: l, Axis: ax, View: v, Bottom: y}
	s.rail(y, l.Server())
	free := ax.Origin
	for i := range l.Messages {
		m := &l.Messages[i]
		ghost := m.To > v.Now
		if !m.Up || m.Lost || ghost && !v.Future {
			continue
		}
		x, near := beside(ax.Cell(m.To), free)
		if x >= ax.Last() || !near {
			continue
		}
		of, label := ink.Hue(m.Actions[len(m.Actions)-1]), l.Labels(m.Actions)
		switch {
		case x+ink.Width(label) > ax.Last():
			continue
		case m.Writes:
			free = c.Chip(x, y, label, of, ghost)
		case m.Status >= 400:
			free = c.Put(x, y, label, ink.Style{FG: of, Ghost: ghost})
		default:
			continue
		}
		if _, short, of := l.Note(m); short != "" && free < ax.Last() {
			free = c.Put(free, y, "✗", ink.Style{FG: Grave(of), Bold: true, Ghost: ghost})
		}
	}
}
