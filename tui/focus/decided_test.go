package focus

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/page/pagetest"
)

// Enter lands where the loss is seen, and , goes back from there to what decided it; of
// what ends well it lands there; on the way it lands at the last event so far.
func TestEnterLandsOnTheProof(t *testing.T) {
	for _, c := range []struct {
		lane          string
		now           int // ms; 0: at rest
		lands, behind string
	}{
		{"callbacks", 0, "300ms arrive u2", "210ms arrive u3"},
		{"naive", 0, "70ms drop u3", "70ms act u3"},
		{"merged-updates", 0, "70ms act u3", "40ms hold u2"},
		{"callbacks", 235, "210ms arrive u3", "210ms arrive u3"},
	} {
		m := alone.Open(t, "create-then-two-updates", 120, 40, 0)
		m.Show(m.Session.WithLanes([]string{c.lane}))
		m.ShowLane(0)
		decided(m)
		m.MoveTo(m.Settled)
		if c.now > 0 {
			m.MoveTo(time.Duration(c.now) * time.Millisecond)
		}
		m.Own.Open()
		at := func() string {
			e := &m.Own.lane.Events[m.Own.at]
			return fmt.Sprint(e.At, " ", e.Kind, " ", m.Own.lane.Label(e.First()))
		}
		if got := at(); got != c.lands {
			t.Errorf("%s at %d: enter lands on %s, want %s", c.lane, c.now, got, c.lands)
		}
		m.Press(",")
		if got := at(); got != c.behind {
			t.Errorf("%s at %d: , goes to %s, want %s", c.lane, c.now, got, c.behind)
		}
	}
	m := alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Show(m.Session.WithLanes([]string{"callbacks"}))
	m.ShowLane(0)
	decided(m)
	m.MoveTo(m.Settled)
	m.Own.Open()
	m.Press("up", "down", ",") // whoever has gone on goes event by event
	if e := &m.Own.lane.Events[m.Own.at]; e.At != 240*time.Millisecond {
		t.Errorf("one event before the proof is %v", e.At)
	}
}

// How a lane that ends well says so, one that loses by its rule, and one of which
// nobody can say.
func TestDecidedScreens(t *testing.T) {
	for _, tt := range []struct {
		file, scenario, lane string
		w, h, run            int
	}{
		{"focus-run-120x40.txt", "create-then-two-updates", "callbacks", 120, 40, 7},
		{"focus-run-100x34.txt", "create-then-two-updates", "callbacks", 100, 34, 7},
		{"focus-rule-120x40.txt", "two-tabs", "naive", 120, 40, 0},
		{"focus-free-120x40.txt", "create-then-update", "action-queue", 120, 40, 0},
		{"focus-at-once-80x24.txt", "create-then-two-updates", "naive", 80, 24, 0},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			m := alone.Open(t, tt.scenario, tt.w, tt.h, 0)
			m.Show(m.Session.WithLanes([]string{tt.lane}))
			m.ShowLane(0)
			if tt.run > 0 {
				m.ShowRun(tt.run)
			}
			decided(m)
			e := m.Entries[0]
			m.Results.Odds = map[string]report.Odds{tt.lane: report.Estimate(t.Context(), m.Session.Script, e, report.Options{Seed: 1, Trials: 1_000})}
			m.Results.Orders = map[string]explore.Result{tt.lane: new(explore.Explorer).Count(t.Context(), m.Session.Script, e.For(m.Session.Script), explore.Bounds{})}
			m.Results.Ways = map[string][]explore.Way{tt.lane: explore.Ways(t.Context(), m.Session.Script, e.For(m.Session.Script), m.Session.Seed)}
			m.MoveTo(m.Settled)
			if m.Own.Open(); tt.run > 0 {
				m.Own.toEndOfLog(1)
			}
			m.Did = "" // a key has been pressed since
			pagetest.Fits(t, m.Host)
			testkit.Golden(t, tt.file, m.Canvas.String())
		})
	}
}

var untilThenIs = regexp.MustCompile(`Until then ([\d,]+) of ([\d,]+) orders? ended (\w+)\.`)

// What is said of the event that decided is so, in every trial of the catalogue.
func TestDecidedSaysWhatIsSo(t *testing.T) {
	said := map[string]int{}
	for _, name := range append(testkit.Some(scenarios.Names(), 8), "create-then-two-updates") {
		m := alone.Open(t, name, 120, 40, 0)
		m.Show(m.Session.WithLanes(strategies.Default()))
		for i := range m.Lanes {
			m.ShowLane(i)
			decided(m)
			m.MoveTo(m.Settled)
			m.Own.Open()
			l := m.Own.lane
			m.Own.selectEvent(len(l.Events) - 1)
			what := name + ", " + l.Name
			says := ""
			if all := m.Own.decidedBy(l.Upto(m.Own.at)); len(all) > 0 {
				says = all[0]
			}
			turning := &l.Turning
			same := turning.Always && (l.Verdict == judge.OK || turning.Shared == explore.Each)
			if strings.Contains(says, "no order ends otherwise") != same || strings.Contains(says, "every order ends") != (turning.Always && !same) || strings.Contains(says, "not a race") && l.Verdict == judge.OK {
				t.Errorf("%s: %q, %+v", what, says, turning)
			}
			if turning.Decided >= 0 {
				holdsDecided(t, m, what, says, said)
			} else {
				said["always"]++
			}
		}
	}
	for _, kind := range []string{"always", "landed first", "you pressed", "Until then"} {
		if said[kind] == 0 {
			t.Errorf("nothing says %q", kind)
		}
	}
}

// holdsDecided holds what is said of an event that decided against the trace and the
// orders before it.
func holdsDecided(t *testing.T, m *model, what, says string, said map[string]int) {
	t.Helper()
	l := m.Own.lane
	e := &l.Events[l.Turning.Decided]
	if !strings.HasPrefix(says, "decided ") {
		t.Errorf("%s: %q", what, says)
	}
	underWay := map[int]bool{}
	for i := range l.Events[:l.Turning.Decided] {
		switch b := &l.Events[i]; b.Kind {
		case sim.EventSend:
			underWay[b.Request.Number] = true
		case sim.EventArrive:
			delete(underWay, b.Request.Number)
		case sim.EventLost:
			delete(underWay, b.Request.Number)
		}
	}
	others := len(underWay)
	if e.Request != nil && underWay[e.Request.Number] {
		others--
	}
	if first := strings.Contains(says, " landed first"); first && (e.Kind != sim.EventArrive || others == 0) {
		t.Errorf("%s: %q, and %d others were under way", what, says, others)
	}
	for _, kind := range []string{"landed first", "you pressed", "Until then"} {
		if strings.Contains(says, kind) {
			said[kind]++
		}
	}
	found := untilThenIs.FindStringSubmatch(says)
	if found == nil {
		t.Errorf("%s: %q", what, says)
		return
	}
	r := &l.Turning.Before
	some, _ := strconv.ParseInt(strings.ReplaceAll(found[1], ",", ""), 10, 64)
	all, _ := strconv.ParseInt(strings.ReplaceAll(found[2], ",", ""), 10, 64)
	if some == 0 || all != r.Classes || some != all-r.Verdicts[l.Verdict] {
		t.Errorf("%s: %q of %+v", what, says, r)
	}
	if v := slices.Index(judge.Verdicts(), found[3]); v >= 0 && (r.Verdicts[v] != some || judge.Verdict(v) == l.Verdict) {
		t.Errorf("%s: %q of %+v", what, says, r)
	}
}

// A run of the strip is opened by a click, and r and R go on from there; the one that is
// open is filled.
func TestRunsAreOpened(t *testing.T) {
	m := focused(t, "create-then-two-updates", 120, 40, story, "callbacks")
	decided(m)
	m.Draw()
	at := m.Own.hit.runs
	if at.w*at.h != 100 {
		t.Fatalf("the runs are at %+v", at)
	}
	filled := func() (open int) {
		decided(m) // in the program it happens in the background
		m.Draw()
		for n := range 100 {
			if _, s := m.Canvas.At(at.x+n%at.w, at.y+n/at.w); s.Bold {
				if open != 0 {
					t.Fatalf("%d and %d are filled", open, n+1)
				}
				open = n + 1
			}
		}
		return open
	}
	if n := filled(); n != 0 {
		t.Errorf("as scripted is none of them, and %d is filled", n)
	}
	m.Route(tea.MouseClickMsg{X: at.x + 6, Y: at.y, Button: tea.MouseLeft})
	m.Route(tea.MouseReleaseMsg{X: at.x + 6, Y: at.y, Button: tea.MouseLeft})
	if n := filled(); n != 7 || m.Session.Seed != 7 || !m.SettledNow() || report.Pinned(m.Session.Script) {
		t.Errorf("run 7 was clicked: %d is filled, seed %d", n, m.Session.Seed)
	}
	if m.Press("r"); filled() != 8 {
		t.Errorf("r leads to %d", filled())
	}
	if m.Press("R", "R"); filled() != 6 {
		t.Errorf("R leads to %d", filled())
	}
	if m.Press("z", "z", "z", "z"); m.Session.Luck() != "as scripted" {
		t.Errorf("taken back: %s", m.Session.Luck())
	}
}
