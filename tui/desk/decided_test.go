package desk

import (
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/sim"
)

// A lane is seen to have lost something when that is decided, not when the drop
// happens that another click could still make good. Until it is known when that
// is, the proof counts; and what is known is of one trial.
func TestSeenNotBeforeDecided(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	open := func(ms time.Duration) bool { return d.Lanes[0].At(ms * time.Millisecond).Open }
	if open(40) {
		t.Error("naive: nothing is known, and the drop is not shown as a loss")
	}
	d.Estimate()
	work(d, 0, len(d.Results.tasks))
	if !open(69) || open(70) {
		t.Errorf("naive: open at 69 ms %v, at 70 ms %v", open(69), open(70))
	}
	if at := d.Lanes[1].Turning; !at.Known || d.Lanes[1].Events[at.Decided].At != 210*time.Millisecond || d.Lanes[1].Events[at.Seen].At != 300*time.Millisecond {
		t.Errorf("callbacks: %+v", at)
	}
	s := d.Session.WithLanes([]string{"callbacks", "naive"})
	d.Edit(s)
	if !d.Lanes[0].Turning.Known || !d.Lanes[1].Turning.Known {
		t.Error("the trials are the same, and it is forgotten where they were decided")
	}
	d.Act(sim.Update)
	for _, l := range d.Lanes {
		if l.Turning != (diagram.Turning{}) {
			t.Errorf("%s: another trial, %+v", l.Name, l.Turning)
		}
	}
}
