package explore_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"photofinish/sim/explore"
)

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
