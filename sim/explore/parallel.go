package explore

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"photofinish/sim"
)

// sequential is how many classes are run before others are asked to help: for
// fewer it does not pay.
const sequential = 2_000

// Count counts every class of orders within the bounds, until ctx ends, with
// as many workers as it is given, each with a strategy of its own. The result
// does not depend on their number. Where the classes are bounded, one worker
// does it all: what others did beyond the bound would be thrown away.
func Count(ctx context.Context, script *sim.Script, strategy func() sim.Strategy, b Bounds, workers int) Result {
	var e Explorer
	if b.Classes > 0 || workers < 2 {
		return e.Count(ctx, script, strategy(), b)
	}
	r := e.count(ctx, script, strategy(), Bounds{sequential, b.Faults}, maxStates, maxStates)
	if r.Complete || ctx.Err() != nil {
		return r
	}
	r = Result{Complete: true}
	for s, faults := range faulty(script, b.Faults) {
		r.share(ctx, s, faults, strategy, workers)
	}
	return r
}

// Workers calls work with 0 to n-1, each in a goroutine of its own, and waits
// for all. A panic of one becomes a panic of Workers: the caller may be ready
// for it, as a program is that has a terminal to put right, and nobody can be
// in a goroutine that is not theirs.
func Workers(n int, work func(i int)) {
	var all sync.WaitGroup
	var broke atomic.Pointer[string]
	for i := range n {
		all.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					text := fmt.Sprintf("%v\n\nin a worker:\n%s", r, debug.Stack())
					broke.CompareAndSwap(nil, &text)
				}
			}()
			work(i)
		})
	}
	all.Wait()
	if text := broke.Load(); text != nil {
		panic(*text)
	}
}

// Spread calls work with every i from 0 to n-1 once, in no order, by so many [Workers]:
// each takes the next when it is done with one. Worker says which of them it is, from
// 0, for what it has of its own.
func Spread(n, workers int, work func(worker, i int)) {
	var next atomic.Int64
	Workers(workers, func(worker int) {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			work(worker, i)
		}
	})
}

// share adds the classes of one script. It cuts the orders into many parts by
// how they begin, and lets the workers take them.
func (r *Result) share(ctx context.Context, s *sim.Script, faults []Fault, strategy func() sim.Strategy, workers int) {
	parts := cut(s, strategy(), 16*workers)
	if parts == nil {
		r.Failed, r.Complete = ErrStray, false
		return
	}
	results, es, own := make([]Result, workers), make([]Explorer, workers), make([]sim.Strategy, workers)
	for i := range results {
		results[i].Complete, own[i] = true, strategy()
	}
	Spread(len(parts), workers, func(i, n int) {
		if sum := &results[i]; sum.Complete {
			es[i].run(s, own[i], parts[n], func(c *Class) bool { return sum.count(ctx, c, faults, 0) })
		}
	})
	for _, sum := range results {
		r.add(sum)
	}
}

// cut returns the beginnings of all orders, in their order: so long that there
// are at least n of them, if there are that many; nil if they are not the same
// each time.
func cut(s *sim.Script, strategy sim.Strategy, n int) (begins [][]step) {
	var e Explorer
	e.path.over(s)
	s = Script(s)
	for depth := 1; depth < 64; depth++ {
		begins = begins[:0]
		p := &e.path
		p.steps, p.cut = p.steps[:0], depth
		for more := true; more; more = p.next() {
			p.begin()
			if l := e.world.Run(s, strategy, 0, sim.Options{Chooser: p}); p.stray || l.Failed != nil {
				return nil
			}
			// An order that has ended before is a beginning too: of itself.
			begins = append(begins, slices.Clone(p.steps))
		}
		if len(begins) >= n {
			break
		}
	}
	return begins
}
