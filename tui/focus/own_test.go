package focus

import (
	"strings"
	"testing"
	"testing/synctest"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/tui/page/pagetest"
)

// reading returns the focus on a lane of the user's own, which reads by itself.
func reading(t *testing.T, w, h int) *model {
	t.Helper()
	m := alone.OnOwn(t, "overlapping-updates", &pagetest.Own{Name: "ours", Rereads: true}, w, h)
	pagetest.Work(m.Route, m.Estimate())
	m.Own.Open()
	return m
}

// TestOwnFocus: the user's own program is shown as a strategy of the catalogue is, at
// the line that sent what is selected; what it reads by itself is told of, and no key
// on the way does any harm.
func TestOwnFocus(t *testing.T) {
	for _, tt := range []struct {
		file string
		w, h int
		kind sim.EventKind
		tab  string
	}{
		{"own-source-60x16.txt", 60, 16, sim.EventSend, "tab"},
		{"own-source-80x24.txt", 80, 24, sim.EventSend, "tab"},
		{"own-120x40.txt", 120, 40, sim.EventSend, ""},
		{"own-200x50.txt", 200, 50, sim.EventSend, ""},
		{"own-asks-120x40.txt", 120, 40, sim.EventAsk, ""},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := reading(t, tt.w, tt.h)
				for i, e := range m.Own.lane.Events {
					if e.Kind == tt.kind {
						m.Own.selectEvent(i)
						break
					}
				}
				if m.Press(strings.Fields(tt.tab)...); m.Own.lane.Events[m.Own.at].Kind != tt.kind {
					t.Fatal("there is no such event")
				}
				pagetest.Fits(t, m.Host)
				testkit.Golden(t, tt.file, m.Canvas.String())
				testkit.Printable(t, tt.file, []byte(m.Canvas.String()))
			})
		})
	}
}

// TestOwnUnsure: where nobody can tell which click a request carries, the log says so.
func TestOwnUnsure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := alone.OnOwn(t, "overlapping-updates", &pagetest.Own{Name: "ours", Unsure: true}, 80, 24)
		pagetest.Work(m.Route, m.Estimate())
		m.ShowLane(1)
		m.Own.Open()
		pagetest.Fits(t, m.Host)
		if n := strings.Count(m.Canvas.String(), "u1 or u2"); n < 6 { // two requests leave, arrive and are answered
			t.Errorf("%d times on\n%s", n, m.Canvas.String())
		}
	})
}

// TestOwnErrands: whatever is selected, no key takes what a client reads by itself for
// one of the actions.
func TestOwnErrands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := reading(t, 120, 40)
		unasked := 0
		for i := range m.Own.lane.Events {
			if m.Own.selectEvent(i); m.Own.lane.Events[i].First() > sim.MaxActions {
				unasked++
			}
			was := m.Session.Script
			m.Press("+")
			if m.Own.lane.Events[i].First() > sim.MaxActions && (m.Session.Script != was || m.Session.Picked.Action > 0) {
				t.Errorf("event %d, which nobody asked for, has a latency to pin", i)
			}
			m.Press("-")
			for _, k := range []string{"m", "m", "0", "esc", "g", "F", "="} {
				m.Press(k)
				pagetest.Fits(t, m.Host)
			}
			if m.Page != m.Own {
				m.Own.Open()
			}
		}
		if unasked < 4 {
			t.Errorf("only %d events of what nobody asked for", unasked)
		}
	})
}
