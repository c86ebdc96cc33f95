package testkit

import (
	"pgregory.net/rapid"

	"photofinish/sim"
)

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
