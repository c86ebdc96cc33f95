package report_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"photofinish/report"
	"photofinish/sim/explore"
)

// A cell that goes wrong is shown by a trial that does, and the command beside
// it shows the same: the order that the schedule names, or that very seed.
func TestWitnessesShowWhatTheySay(t *testing.T) {
	kinds, apart := map[string]int{}, 0
	var cells []report.Cell
	for _, m := range matrices(t) {
		cells = slices.AppendSeq(cells, m.Each)
	}
	for _, c := range cells {
		w := c.Witness(context.Background())
		kind, _, _ := strings.Cut(w.What, " ")
		kinds[kind+" "+strings.Fields(w.What)[1]]++
		name := c.Scenario.Name + ", " + c.Strategy.Name
		if bad := c.Bad() > 0 || c.Orders.Bad() > 0; bad != w.Verdict.Bad() {
			t.Errorf("%s: bad is %v, and the witness ends %v", name, bad, w.Verdict)
		}
		if w.Schedule != nil {
			again, err := report.ReplaySchedule(c.Scenario.Name, c.Scenario.Script, c.Strategy, explore.ParseSchedule(w.Schedule.String()))
			if err != nil || again.Verdict != w.Verdict || again.Kinds() != w.Kinds() {
				t.Errorf("%s: %s does not show %v: %v", name, w.Command, w.Kinds().Names(), err)
				continue
			}
			for _, m := range again.Lane().Messages { // it has no times
				if m.Lands() {
					apart++
					if m.To <= m.From {
						t.Errorf("%s: without times a message is drawn from %v to %v", name, m.From, m.To)
					}
				}
			}
		} else if w.Verdict.Bad() && (w.Command != c.Replay() || w.Kinds() != c.FirstBad.Kinds) {
			t.Errorf("%s: the first bad trial shows %v, want %v", name, w.Kinds().Names(), c.FirstBad.Kinds.Names())
		}
		l := w.Lane()
		if l.At(l.Settled).Verdict != w.Verdict {
			t.Errorf("%s: the drawing ends %v, the trial %v", name, l.At(l.Settled).Verdict, w.Verdict)
		}
	}
	if apart == 0 {
		t.Error("no message was looked at")
	}
	for _, kind := range []string{"the shortest", "the first", "nothing bad"} {
		if kinds[kind] == 0 {
			t.Errorf("no witness is %s: %v", kind, kinds)
		}
	}
}
