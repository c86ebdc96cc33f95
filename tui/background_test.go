package tui

import (
	"testing"
	"time"
)

// work does in the foreground what the program does in the background after a
// change: the tasks from first on, before last.
func work(m *Model, first, last int) {
	for n := first; n < last; n++ {
		if cmd := m.task(n); cmd != nil {
			if msg, ok := cmd().(resultMsg); ok {
				m.Take(msg)
			}
		}
	}
}

func TestResults(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, time.Second)
	m.Estimate()
	work(m, 0, 1)
	for _, l := range m.Lanes {
		if o, ok := m.Odds(l.Name); !ok || o.Trials != roughTrials {
			t.Errorf("%s: %d trials after the first task, want %d", l.Name, o.Trials, roughTrials)
		}
	}
	work(m, 1, 1+3*len(m.Lanes))
	for _, l := range m.Lanes {
		if o, _ := m.Odds(l.Name); o.Trials != oddsTrials {
			t.Errorf("%s: %d trials, want %d", l.Name, o.Trials, oddsTrials)
		}
		if r, ok := m.Results.orders[l.Name]; !ok || !r.Complete {
			t.Errorf("%s: no orders", l.Name)
		}
	}
	if got, want := m.Results.margin["action-queue"], "90 ms less on u2's way up, and it would end ok"; got != want {
		t.Errorf("margin %q, want %q", got, want)
	}
	if cmd := m.task(1 + 3*len(m.Lanes)); cmd != nil {
		t.Error("there is always more to do")
	}
}

// A spinner turns only where something is late, and stops when all is known.
func TestSpinner(t *testing.T) {
	m := open(t, "create-then-two-updates", 120, 40, time.Second)
	m.Estimate()
	if m.Results.spinner() != "" {
		t.Error("a spinner before anything is late")
	}
	if cmd := m.Results.wait(lateMsg{m.Results.job - 1}); cmd != nil || m.Results.spinner() != "" {
		t.Error("an older job turns the spinner")
	}
	if cmd := m.Results.wait(lateMsg{m.Results.job}); cmd == nil || m.Results.spinner() == "" {
		t.Error("nothing turns though results are late")
	}
	work(m, 0, 1+3*len(m.Lanes))
	if cmd := m.Results.wait(lateMsg{m.Results.job}); cmd != nil {
		t.Error("the spinner goes on for ever")
	}
}

// BenchmarkLiveOdds is what passes between a key press and the odds of six
// lanes, of 1,000 trials each and then of 10,000.
func BenchmarkLiveOdds(b *testing.B) {
	for _, part := range []struct {
		name string
		last int
	}{{"rough", 1}, {"10000", 7}, {"all", 19}} {
		b.Run(part.name, func(b *testing.B) {
			m := open(b, "create-then-two-updates", 120, 40, time.Second)
			for b.Loop() {
				m.Estimate()
				work(m, 0, part.last)
			}
		})
	}
}
