package clock

import (
	"testing"
	"time"
)

// One tick is awaited at a time, an older one brings nothing, and a program that
// was held up does not leap.
func TestClock(t *testing.T) {
	var c Clock
	if c.Next() == nil || c.Next() != nil {
		t.Fatal("not one tick is awaited")
	}
	start := time.Unix(0, 0)
	for _, step := range []struct {
		t       Tick
		want    time.Duration
		awaited bool
	}{
		{Tick{c.N - 1, start}, 0, false},
		{Tick{c.N, start}, Frame, true},
		{Tick{c.N, start.Add(time.Millisecond)}, time.Millisecond, true},
		{Tick{c.N, start.Add(time.Hour)}, 4 * Frame, true},
		{Tick{c.N, start}, 0, true}, // the machine's clock was put back
	} {
		if got, awaited := c.Passed(step.t); got != step.want || awaited != step.awaited {
			t.Errorf("%v brings %v, %v, want %v, %v", step.t, got, awaited, step.want, step.awaited)
		}
	}
	last := c.N
	c.Stop()
	if _, awaited := c.Passed(Tick{last, start}); awaited {
		t.Error("a tick from before it was stopped brings something")
	}
	if c.Next() == nil {
		t.Error("stopped, it does not go on")
	}
}
