package testkit

import (
	"photofinish/sim"
	"photofinish/sim/explore"
)

// Orders counts classes of orders by running one after the other, up to a bound (0:
// all): what [explore.Explorer.Count] comes to where it merges no states. So those of two
// strategies can be compared of which it would merge only one's.
func Orders(s *sim.Script, strategy sim.Strategy, bound int) (r explore.Result) {
	for c := range new(explore.Explorer).Classes(s, strategy) {
		if r.Failed = c.Failed; r.Failed != nil || bound > 0 && r.Classes == int64(bound) {
			return r
		}
		r.Classes++
		r.Orders += c.Orders
		r.Verdicts[c.Judged.Verdict]++
		if c.Blocked {
			r.Blocked++
		}
		if c.Refused {
			r.Refused++
		}
		if why := c.Ledger.Why; why != "" && (r.Why == "" || why < r.Why) {
			r.Why = why
		}
	}
	r.Complete = true
	return r
}
