package lesson

import (
	"time"

	"photofinish/report"
)

// Remedy is what somebody chooses in a mend.
type Remedy struct {
	Strategy string // one of the step's, as "action-queue+hold"
	// Order is the order of the clicks: Order[0] is the number of the action
	// that comes first. Empty: as they are. Only where the step allows it.
	Order []int
}

// Remedied is what came of a remedy, over all orders, and what it costs.
type Remedied struct {
	Remedy
	Holds  bool           // no order ends badly: a proof
	Says   string         // "race-free: all 14 orders", or how many end badly
	Orders *report.Orders // with the shortest counterexample, if it does not hold
	Lost   *Finding       // the counterexample; nil if it holds

	Requests float64       // sent, mean of 10,000 trials
	Blocked  time.Duration // how long something the user wanted was blocked, mean
	Settled  time.Duration // from the last click until all has settled, median
}
