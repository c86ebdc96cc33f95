package sim

import (
	"strings"
	"time"
)

// Network delays, loses and repeats messages, and keeps the server busy. Its
// zero value is instant and never fails.
type Network struct {
	Up, Down   Latency // one direction each
	Paired     bool    // a reply has the luck of its request: the slower that was, the slower it is
	Save, Read Apart   // what takes another time for fetches, and for all other requests
	Processing Latency // the time the server takes before it handles a request
	Workers    int     // requests that the server works at together; the others wait, first in, first out; 0: no limit

	Echo bool // the reply to a save carries the whole record as it is then, and the client takes it over

	Fifo        bool          // messages never overtake on a link, as on one WebSocket
	Connections int           // requests under way at once, as in a browser; 0: no limit
	Timeout     time.Duration // after which the client stops waiting for a reply; 0: never

	// Reads that nobody presses, by every client.
	Reread bool          // once a save is replied to, its record is read
	Poll   time.Duration // how often every person is read; 0: never
	Push   bool          // what a save has changed goes to the other clients
	Cancel bool          // to press a save cancels the reads that are under way

	Lag      Latency // how much later reads show what was written; zero: at once
	Torn     bool    // a request reads the row when it begins and writes it when it is done
	KeyInUse bool    // 409 while the first request under a key is being worked at

	Loss       float64 // share of legs that are lost
	Duplicates float64 // share of requests that the server gets, and handles, twice
	Errors     float64 // share of requests that the server replies to with 500
}

// Apart has the latencies of some requests that are not those of all.
type Apart struct{ Up, Down, Processing Own }

// Own is a latency that some requests have for themselves. The zero value is: as all.
type Own struct {
	Said bool // else it is not looked at
	Latency
}

// or returns the latency, or that of all if there is none.
func (o *Own) or(all *Latency) *Latency {
	if o.Said {
		return &o.Latency
	}
	return all
}

// apart returns what requests that do this have for themselves.
func (n *Network) apart(do Do) *Apart {
	if do == Fetch {
		return &n.Read
	}
	return &n.Save
}

// legs returns what a request that does this takes, and its reply.
func (n *Network) legs(do Do) (up, down *Latency) {
	of := n.apart(do)
	return of.Up.or(&n.Up), of.Down.or(&n.Down)
}

// processing returns what the server takes for a request that does this.
func (n *Network) processing(do Do) *Latency { return n.apart(do).Processing.or(&n.Processing) }

// String describes what is said of them, as "up exp 120ms; back 80ms; server 3s".
func (a Apart) String() string {
	var parts []string
	for _, o := range []struct {
		what string
		Own
	}{{"up ", a.Up}, {"back ", a.Down}, {"server ", a.Processing}} {
		if o.Said {
			parts = append(parts, o.what+o.Latency.String())
		}
	}
	return strings.Join(parts, "; ")
}

// back is the kind of draw for a reply's leg.
func (n *Network) back() uint64 {
	if n.Paired {
		return drawUp
	}
	return drawDown
}

// luck is where the random numbers of one request come from. It depends on
// the seed, the first action that the request carries and the attempt, never
// on the order of sending, so that every strategy meets the same luck and
// their outcomes can be compared (common random numbers).
type luck uint64

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
	drawLag
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

// fortune returns that of an attempt to do this with this luck, of which nothing is
// pinned.
func (n *Network) fortune(from luck, do Do) fortune {
	up, down := n.legs(do)
	return fortune{from, up.draw(from, drawUp), down.draw(from, n.back())}
}

// pin makes the legs of a first attempt take what its action pins, or what luck draws
// for a request that does this.
func (n *Network) pin(f *fortune, a *Action, do Do) {
	f.up, f.down = a.Up, a.Down
	up, down := n.legs(do)
	if f.up == Unpinned {
		f.up = up.draw(f.luck, drawUp)
	}
	if f.down == Unpinned {
		f.down = down.draw(f.luck, n.back())
	}
}
