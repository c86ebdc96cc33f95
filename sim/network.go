package sim

import "time"

// Network delays, loses and repeats messages, and keeps the server busy. Its
// zero value is instant and never fails.
type Network struct {
	Up, Down   Latency // one direction each
	Processing Latency // the time the server takes before it handles a request
	Workers    int     // requests that the server works at together; the others wait, first in, first out; 0: no limit

	Echo bool // the reply to a save carries the whole record as it is then, and the client takes it over

	Fifo        bool          // messages never overtake on a link, as on one WebSocket
	Connections int           // requests under way at once, as in a browser; 0: no limit
	Timeout     time.Duration // after which the client stops waiting for a reply; 0: never

	Loss       float64 // share of legs that are lost
	Duplicates float64 // share of requests that the server gets, and handles, twice
	Errors     float64 // share of requests that the server replies to with 500
}

// luck is where the random numbers of one request come from. It depends on
// the seed, the first action that the request carries and the attempt, never
// on the order of sending, so that every strategy meets the same luck and
// their outcomes can be compared (common random numbers).
type luck uint64

// newLuck returns the luck of a trial.
func newLuck(seed uint64) luck { return luck(mix(seed + golden)) }

// of returns the luck of one attempt at one action.
func (l luck) of(action, attempt int) luck {
	return luck(mix(uint64(l) + uint64(action)<<32 + uint64(attempt)<<8))
}

// What is drawn for a request. The numbers are part of the trace format: they
// must not change.
const (
	drawUp = iota
	drawDown
	drawProcessing
	drawLostUp
	drawLostDown
	drawError
	drawDuplicate
	drawDuplicateUp
	drawJitter
	drawDuplicateProcessing
)

// bits returns 64 random bits for one kind of draw.
func (l luck) bits(kind uint64) uint64 { return mix(uint64(l) ^ (kind+1)*golden) }

// chance reports whether an event of the given share happens.
func (l luck) chance(kind uint64, share float64) bool {
	return share > 0 && float64(l.bits(kind)>>11)/(1<<53) < share
}

const golden = 0x9e3779b97f4a7c15

// mix is the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fortune is what one attempt meets on its way.
type fortune struct {
	luck     luck // its random numbers
	up, down time.Duration
}

// fortune returns that of an attempt with this luck, of which nothing is pinned.
func (n *Network) fortune(from luck) fortune {
	return fortune{from, n.Up.draw(from, drawUp), n.Down.draw(from, drawDown)}
}

// leg returns how long a leg takes: what is pinned, or what luck draws.
func leg(pin time.Duration, l *Latency, from luck, kind uint64) time.Duration {
	if pin != Unpinned {
		return pin
	}
	return l.draw(from, kind)
}
