package desk

import (
	"testing"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// TestRuns: a run of the strip is what replay --unpinned shows of its seed, and what
// its lane shows once it is open; and they stay while only latencies change.
func TestRuns(t *testing.T) {
	for _, name := range []string{"create-then-two-updates", "nobody-else-edits", "update-then-delete"} {
		d := on(t, name, strategies.Default()...)
		d.Estimate()
		work(d, 0, len(d.Results.lanes)+2)
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range d.Entries {
			runs := d.Runs(e.Name)
			if runs == nil {
				t.Fatalf("%s, %s: no runs", name, e.Name)
			}
			bad := 0
			for n, v := range runs {
				if got := report.Replay(s.Name, s.Script.Unpinned(), e, uint64(n+1)).Verdict; got != v {
					t.Errorf("%s, %s: run %d ends %v, replayed %v", name, e.Name, n+1, v, got)
				}
				if v.Bad() {
					bad++
				}
			}
			if runs.Bad() != bad {
				t.Errorf("%s, %s: %d are bad, counted %d", name, e.Name, bad, runs.Bad())
			}
			n := 3 * (i + 1)
			d.ShowRun(n)
			if d.OpenRun() != n || d.Lanes[i].Verdict != runs[n-1] || d.Runs(e.Name) != runs {
				t.Errorf("%s, %s: run %d is opened, %d is open, ends %v", name, e.Name, n, d.OpenRun(), d.Lanes[i].Verdict)
			}
		}
	}
	d := open(t)
	d.Estimate()
	work(d, 0, len(d.Lanes)+2)
	if runs := d.Runs("callbacks"); runs.Bad() != 66 || d.OpenRun() != 0 {
		t.Errorf("%d of callbacks' end badly, want 66; %d is open as scripted", runs.Bad(), d.OpenRun())
	}
	d.Act(1)
	if d.Runs("callbacks") != nil {
		t.Error("the runs of another script are shown")
	}
}
