package report

import (
	"context"
	"fmt"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// A client of the user's own is a process of theirs, and a thousand times slower
// than a strategy of the catalogue. So it is given a time, and what is said of it
// says how far it came; and what it ran on stands beside its figures, which hold
// for that and for nothing else.

// How much a client of the user's own is given.
const (
	OwnWithin   = 10 * time.Second // a cell of a matrix, or a curve, unless told otherwise
	OwnExplores = 30 * time.Second // all orders, likewise
	OwnWorkers  = 2                // each is a process
	ownChunk    = 4                // trials that a worker takes at a time
)

// Ran says what a client of the user's own ran on, as
// "node 20.20.2, swr 2.5.1, sha256:0a1b2c3d4e5f".
func Ran(o *strategies.Own) string {
	words := []string{o.Runs}
	words = append(words, o.Of...)
	if kind, hash, ok := strings.Cut(o.Bundle, ":"); ok {
		words = append(words, kind+":"+hash[:min(12, len(hash))])
	}
	return tell.Clean(strings.Join(words, ", "))
}

// Varied says what all orders of a client of the user's own have varied, and what
// they have not, as "timers of 16 ms to 30 s at any time, one series of random
// numbers". What is proved is proved of no more.
func Varied(o *strategies.Own) string {
	words := []string{"timers of 16 ms to 30 s at any time"}
	if o.Used != nil {
		words = append(words, o.Used()...)
	}
	return tell.Clean(strings.Join(words, ", "))
}

// Naming returns the flags by which a command names a strategy, after a blank.
func Naming(e strategies.Entry) string {
	words := append([]string{""}, flags([]strategies.Entry{e})...)
	return strings.Join(append(words, "--strategy", tell.Quote(e.Name)), " ")
}

// flags returns those that strategies need besides their names.
func flags(es []strategies.Entry) (words []string) {
	for _, e := range es {
		if own := e.Own(); own != nil {
			for _, arg := range own.Args {
				words = append(words, tell.Quote(arg))
			}
		}
	}
	return words
}

// Program says of a client of the user's own in a matrix what it ran on, how many
// trials a cell has, and what its orders have varied.
type Program struct {
	strategies.Entry
	*strategies.Own
	Least, Most int // trials of a cell, of those that did not fail; 0 if none has any
	Within      time.Duration
	Over        bool // of some cell the time was over
}

// Programs lists the clients of the user's own in the matrix.
func (m *Matrix) Programs() (all []Program) {
	for j, e := range m.Strategies {
		own := e.Own()
		if own == nil {
			continue
		}
		p := Program{Entry: e, Own: own, Within: m.within()}
		for i := range m.Scenarios {
			c := &m.Cells[i][j]
			if c.Trials > 0 && (p.Least == 0 || c.Trials < p.Least) {
				p.Least = c.Trials
			}
			p.Most, p.Over = max(p.Most, c.Trials), p.Over || c.Over
		}
		all = append(all, p)
	}
	return all
}

// Says puts it into two sentences.
func (p Program) Says() string {
	text := fmt.Sprintf("%s ran on %s", p.Name, Ran(p.Own))
	if p.Over {
		n := tell.Grouped(p.Least)
		if p.Most > p.Least {
			n += " to " + tell.Grouped(p.Most)
		}
		text += fmt.Sprintf(": %s trials in the %g s that a cell had (--within)", n, p.Within.Seconds())
	}
	return text + ". What its orders vary: clicks, messages, " + Varied(p.Own) + "."
}

// Failures says of each cell whose client could not go on, in its trials or in
// its orders, why.
func (m *Matrix) Failures() (all []error) {
	for c := range m.Each {
		if err := c.Odds.Failed; err != nil {
			all = append(all, err)
		} else if err := c.Orders.Failed; err != nil {
			all = append(all, err)
		}
	}
	return all
}

// within returns how long a cell of a client of the user's own may take.
func (o Options) within() time.Duration {
	if o.Within > 0 {
		return o.Within
	}
	return OwnWithin
}

// estimate is [Estimate], of a client of the user's own within the time that it
// has.
func estimate(ctx context.Context, s *sim.Script, e strategies.Entry, o Options) Odds {
	if e.Own() != nil {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, o.within())
		defer stop()
	}
	return Estimate(ctx, s, e, o)
}

// own does all that there is time for of a cell of a client of the user's own:
// orders have half of it. The time begins when its processes have begun.
func (p *Partial) own(ctx context.Context, i, j int) {
	s, e, c, r := p.Scenarios[i], p.Strategies[j], p.cells[i][j], &p.orders[i][j]
	trials := func(ctx context.Context, most int) {
		if n := min(most, p.quota()-c.sum.Trials); n > 0 && c.failed == nil {
			c.merge(count(ctx, s.Script.Unpinned(), e, p.Options, p.from()+c.sum.Trials, n))
		}
	}
	orders := p.ownsOrders(i, j) && r.Classes == 0
	if orders && c.failed == nil {
		p.replayed[i][j] = Replayed(s, e)
	}
	if orders && p.Sound != nil {
		r.Failed = p.Sound(s, e)
	}
	if !c.over {
		trials(ctx, OwnWorkers*ownChunk) // so many in any case
	}
	began, within := time.Now(), p.within()
	if orders && r.Failed == nil && c.failed == nil {
		half, stop := context.WithTimeout(ctx, within/2)
		*r = explore.Count(half, s.Script, func() sim.Strategy { return e.For(s.Script) }, explore.Bounds{Classes: MatrixClasses}, 1)
		stop()
		if ctx.Err() != nil {
			*r = explore.Result{}
		} else if r.Failed != nil {
			*r = explore.Result{Failed: r.Failed}
		}
	}
	if !c.over {
		left, stop := context.WithTimeout(ctx, within-time.Since(began))
		trials(left, p.quota())
		stop()
		c.over = ctx.Err() == nil && c.sum.Trials < p.quota()
	}
	if c.failed != nil {
		*c, *r, p.replayed[i][j] = sums{failed: c.failed}, explore.Result{}, judge.OK
	}
	if left := p.quota() - c.sum.Trials; left > 0 && ctx.Err() == nil && p.Progress != nil {
		p.Progress(left) // nobody waits for them any more
	}
}
