package answer

import (
	"math"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Candidates returns who can be the answer: all of a lineup but the museum pieces,
// and the composition that is listed.
func Candidates(l strategies.Lineup) []strategies.Entry {
	all := slices.DeleteFunc(slices.Clone(l), func(e strategies.Entry) bool { return e.Group == strategies.Museum })
	if e, err := l.Find(strategies.Listed); err == nil && !among(l, e.Name) {
		all = append(all, e)
	}
	return all
}

// among reports whether one of that name is among them.
func among(es []strategies.Entry, name string) bool {
	return slices.ContainsFunc(es, func(e strategies.Entry) bool { return e.Name == name })
}

// Class says of whom a strategy asks something in a scenario.
type Class uint8

// The classes, from the least on.
const (
	Nothing Class = iota // it is the client's own affair
	Server               // the server has to do something for it
	User                 // it keeps the user from acting
)

// Class returns of whom the strategy asks something there. One that changes
// something for the user asks that of nobody where it kept no user from what was
// owed.
func (r *Row) Class() Class {
	switch {
	case r.Entry.Changes() != "" && (r.Odds.Costs.Impeded > 0 || r.Orders.Blocked > 0 || r.Orders.Refused > 0):
		return User
	case r.Entry.Needs() != "":
		return Server
	}
	return Nothing
}

// candidate is a strategy with its row in each of some scenarios.
type candidate struct {
	strategies.Entry
	rows  []*Row // by scenario
	place int    // where it stood

	// What it is preferred by.
	own, composed, changes, needs bool
	proved, neverLoud             int // see [strategies.Entry.Proved]

	figures
}

// figures are what some rows come to: of costs the mean of the scenarios' means, NaN
// where nothing is known.
type figures struct {
	safe, quiet      int // in how many scenarios it is safe, and never loud
	bad, loud, saves int // trials, and writes that stand, of all of them
	trials           int
	class            Class   // the most that it asks in any
	unanswered       float64 // share of the owed clicks
	waits, deviation float64 // in ns
	p50, sent        float64
	anyWaits         float64 // of all trials, in ns
	blocked          float64 // in ns
}

func newCandidate(e strategies.Entry, place int, rows ...*Row) *candidate {
	c := &candidate{
		Entry: e, place: place, rows: rows, own: e.Own() != nil, composed: strings.Contains(e.Name, "+"),
		changes: e.Changes() != "", needs: e.Needs() != "",
	}
	c.proved, c.neverLoud = e.Proved()
	c.sum(nil)
	return c
}

// sum works out what the rows of a candidate come to, in the scenarios that in
// names; nil stands for all.
func (c *candidate) sum(in []bool) {
	c.figures = figures{}
	var unanswered, waits, p50, sent, anyWaits, blocked mean
	variance := 0.0
	for i, r := range c.rows {
		if in != nil && !in[i] {
			continue
		}
		if s := r.State(); s.Safe() {
			c.safe++
			if s == report.Proved {
				c.quiet++
			}
		}
		o, k := &r.Odds, &r.Odds.Costs
		c.bad, c.loud, c.trials = c.bad+o.Bad(), c.loud+o.Verdicts[judge.Loud], c.trials+o.Trials
		c.saves += k.Saves
		c.class = max(c.class, r.Class())
		if k.Clicks > 0 {
			unanswered.add(float64(k.Unanswered) / float64(k.Clicks))
		}
		if k.Answered() > 0 {
			waits.add(float64(k.Waits))
			variance += float64(k.Deviation) * float64(k.Deviation)
		}
		if k.Good > 0 {
			p50.add(float64(k.P50))
			blocked.add(float64(k.Blocked))
		}
		if k.AnyAnswered > 0 {
			anyWaits.add(float64(k.AnyWaits))
		}
		if n, ok := k.PerSave(); ok {
			sent.add(n)
		}
	}
	c.unanswered, c.waits, c.p50, c.sent = unanswered.mean(), waits.mean(), p50.mean(), sent.mean()
	c.anyWaits, c.blocked = anyWaits.mean(), blocked.mean()
	c.deviation = math.Sqrt(variance) / max(1, waits.n)
}

// mean adds up numbers.
type mean struct{ sum, n float64 }

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }

// mean returns that of the numbers, NaN if there are none.
func (m *mean) mean() float64 { return m.sum / m.n }

// share returns a share of the trials, and its 95 % interval.
func (c *candidate) share(n int) (share, low, high float64) {
	low, high = report.Wilson(n, c.trials)
	return float64(n) / float64(max(1, c.trials)), low, high
}

// lost returns the share of the trials that end wrong or stuck, tells that of those
// that are loud.
func (c *candidate) lost() float64  { return float64(c.bad) / float64(max(1, c.trials)) }
func (c *candidate) tells() float64 { return float64(c.loud) / float64(max(1, c.trials)) }
