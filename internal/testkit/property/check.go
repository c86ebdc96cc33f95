// Package property tries what must hold of all that rapid draws, from the seed of all
// tests. It is no part of testkit, since rapid costs every test that is linked with it.
package property

import (
	"flag"
	"os"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/sim"
)

// prepare sets the seed, and how often a property is tried where nobody says it.
var prepare = sync.OnceFunc(func() {
	flag.Set("rapid.seed", strconv.FormatUint(testkit.Seed(), 10))
	if n := flag.Lookup("rapid.checks"); os.Getenv("RAPID_CHECKS") == "" && n.Value.String() == n.DefValue {
		n.Value.Set(strconv.Itoa(testkit.Sample(40, 16, 8*5))) // of which rapid takes a fifth in a short run
	}
})

// Check is [rapid.Check] from a seed that is known.
func Check(t rapid.TB, prop func(*rapid.T)) {
	t.Helper()
	prepare()
	rapid.Check(t, prop)
}

// MakeCheck is [rapid.MakeCheck] from a seed that is known.
func MakeCheck(prop func(*rapid.T)) func(*testing.T) {
	prepare()
	return rapid.MakeCheck(prop)
}

// Closing turns one of the steps of a script into a close of its client, and the
// client's next one, if there is one, into an open.
func Closing(t *rapid.T, s *sim.Script) {
	at := rapid.IntRange(0, len(s.Actions)-1).Draw(t, "close")
	shut := &s.Actions[at]
	*shut = sim.Action{Number: shut.Number, At: shut.At, Client: shut.Client, Do: sim.Close, Up: sim.Unpinned, Down: sim.Unpinned}
	for i := at + 1; i < len(s.Actions); i++ {
		if a := &s.Actions[i]; a.Client == shut.Client && !a.Skip {
			a.Do, a.Opens, a.Sets, a.Saves = sim.Fetch, true, 0, 0
			return
		}
	}
}
