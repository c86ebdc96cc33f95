package strategies_test

import (
	"context"
	"runtime"
	"testing"

	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// A chain that still waits for an answer when the trial is over, or when it is
// stopped, is ended: no coroutine is left behind.
func TestNoCoroutineIsLeft(t *testing.T) {
	lost := press("create update")
	lost.Actions[0].Lose = sim.Downlink
	before := runtime.NumGoroutine()
	for range 100 {
		var w sim.World
		w.Run(lost, named("implicit-callbacks", nil), 1, sim.Options{})
		new(clever.Explorer).Count(context.Background(), press("create update update"), named("implicit-callbacks", nil), clever.Bounds{Classes: 2})
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}
