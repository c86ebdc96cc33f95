package focus

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// focusHits is where the parts of the focus were drawn, for the mouse.
type focusHits struct {
	from, to int // the rows of the diagram
	log      box
	first    int // the log's first row that is shown
	states   box
	runs     box // of the first runs, a cell each
	fields   []fieldHit
}

// fieldHit is where fields were written one below the other.
type fieldHit struct {
	y      int
	fields []int
}

func (b box) in(x, y int) bool { return x >= b.x && x < b.x+b.w && y >= b.y && y < b.y+b.h }

// Click selects an event of the log, opens a run, brings a field into view, or moves
// the cursor along the diagram.
func (f *Focus) Click(x, y int) tea.Cmd {
	h := &f.hit
	if f.Hit.Axis.Cells == 0 { // too small a window shows nothing
		return nil
	}
	if h.log.in(x, y) && h.first+y-h.log.y < f.rows() {
		if p := f.pairAt(h.first, h.log.h, y-h.log.y); p.here >= 0 {
			return f.selectEvent(p.here)
		}
		return nil
	}
	if n := h.runAt(x, y); n > 0 {
		cmd := f.ShowRun(n)
		return tea.Batch(cmd, f.MoveTo(f.Settled)) // its mark says how it ends
	}
	for _, at := range h.fields {
		if n := y - at.y; h.states.in(x, y) && n >= 0 && n < len(at.fields) {
			s := f.Session
			s.Field = at.fields[n]
			return f.Show(s)
		}
	}
	return f.ScrubTo(x, y)
}

// Wheel steps along the log; over the diagram it moves the cursor.
func (f *Focus) Wheel(y int, by time.Duration) tea.Cmd {
	if y >= f.hit.from && y <= f.hit.to {
		return f.MoveTo(f.Session.Now + by)
	}
	if by < 0 {
		return f.steps(1)(0)
	}
	return f.steps(1)(1)
}
