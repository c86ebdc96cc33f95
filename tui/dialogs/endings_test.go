package dialogs

import (
	"math"
	"slices"
	"testing"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// TestTrials opens every scenario: the lanes end as the list said they would.
func TestTrials(t *testing.T) {
	lanes := []string{"naive", "callbacks", "polling", "if-match", "outbox", "action-queue+hold"}
	kinds := map[string]bool{}
	for _, s := range scenarios.All() {
		d, err := desk.New(session.New(s, lanes, 0), strategies.Catalogue, false)
		if err != nil {
			t.Fatal(err)
		}
		h := page.New(d)
		signs, settled := Dialogs{&h}.trials(s)
		if settled > d.Settled || settled < d.Settled && s.Script.Habits() == 0 { // lanes go on to what nobody waits for
			t.Errorf("%s: settled after %v, in its lanes after %v", s.Name, settled, d.Settled)
		}
		for i, l := range d.Lanes {
			if signs[i] != tell.Verdict(l.Verdict) {
				t.Errorf("%s: %s is marked %s, and its lane ends %v", s.Name, l.Name, signs[i].Glyph, l.Verdict)
			}
			kinds[signs[i].Glyph] = true
		}
	}
	if len(kinds) < 4 {
		t.Errorf("only the marks %v were seen", kinds)
	}
}

// TestSpread holds histograms to the parameters of what was drawn.
func TestSpread(t *testing.T) {
	column := func(d time.Duration) int {
		return int(math.Log10(float64(d)/float64(time.Millisecond)) / 4 * float64(len(spread{})))
	}
	for _, p := range scenarios.Networks() {
		s := spreadOf(&p.Network.Up)
		peak := slices.Index(s[:], 1)
		if want := column(p.Network.Up.A); peak < want-4 || peak > want+4 {
			t.Errorf("%s is highest in column %d, and its median is in %d", p.Name, peak, want)
		}
		if p99 := column(p.Network.Up.B); p99+4 < len(s) && s[p99+4] > 0.15 {
			t.Errorf("%s: a share of %v beyond its 99th percentile", p.Name, s[p99+4])
		}
	}
	for _, d := range []time.Duration{0, 100 * time.Millisecond, time.Minute} {
		var want spread
		if d == 100*time.Millisecond {
			want[column(d)] = 1
		}
		if got := spreadOf(&sim.Latency{A: d}); *got != want {
			t.Errorf("a constant latency of %v is drawn as %v", d, *got)
		}
	}
}
