package explore_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"photofinish/sim"
	"photofinish/sim/explore"
)

// Several workers find what one finds, where no states are merged: of a server whose
// keys are in use nothing is written down.
func TestCountInParts(t *testing.T) {
	s := updates(4)
	s.Network.KeyInUse, s.Network.Connections = true, 2
	want := new(explore.Explorer).Count(context.Background(), s, named(t, "naive"), explore.Bounds{})
	if want.Classes <= explore.Sequential || want.Bad() == 0 || !want.Complete {
		t.Errorf("%+v: too few to be cut", want)
	}
	for workers := 1; workers <= 3; workers++ {
		got := explore.Count(context.Background(), s, func() sim.Strategy { return named(t, "naive") }, explore.Bounds{}, workers)
		if got != want {
			t.Errorf("%d workers find %+v, one %+v", workers, got, want)
		}
	}
}

// A panic of a worker is one of whoever waits, who can catch it, and the
// others finish.
func TestWorkersPanic(t *testing.T) {
	var done atomic.Int32
	defer func() {
		text, _ := recover().(string)
		if !strings.HasPrefix(text, "a mistake\n") || !strings.Contains(text, "parallel_test.go") {
			t.Errorf("caught %q", text)
		}
		if done.Load() != 7 {
			t.Errorf("%d workers have finished, want 7", done.Load())
		}
	}()
	explore.Workers(8, func(i int) {
		if i == 3 {
			panic("a mistake")
		}
		done.Add(1)
	})
	t.Error("it goes on")
}
