package explore

import (
	"context"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Decision says at which of its events a trial was decided: from which on no
// order ends with another verdict, whatever the rest of the network and of the
// user's hand does. Verdicts are compared, not anomalies: to lose a save in
// another way is the same end. A decision is only as good as its proof: unless
// it is Always or has an Event, it is not known, or there is none.
type Decision struct {
	Verdict judge.Verdict // how the trial ends
	Event   int           // the place in its trace of the first event of the choice that decided; else -1
	Always  bool          // it was decided before the first event: no order of the script ends otherwise
	TooMany bool          // more orders than the bound: where it was decided is not known
	Before  Result        // the orders that were possible until then; where it is Always, all of them
	Shared  Shared        // where it is Always, whether every order ends so for the same reasons
}

// Shared says whether every order of a script has what makes a trial end as it does:
// anomalies of the same kinds, whichever of the actions they befall.
type Shared uint8

const (
	Unsaid  Shared = iota // not known, or no anomaly makes it
	Each                  // every order has all of these kinds
	NotEach               // some order lacks one
)

// Decided finds where a trial was decided, of one of our own strategies, and runs
// at most so many classes of orders for each beginning that it looks at (0: any
// number). What chance did to the messages of the trial counts as certain. The
// later the beginning, the fewer verdicts can follow, so that it is enough to halve.
func (e *Explorer) Decided(ctx context.Context, script *sim.Script, strategy sim.Strategy, seed uint64, bound int) Decision {
	script = script.Certain(seed)
	var r recorder
	judged := e.judge.Judge(script, e.world.Run(script, strategy, seed, sim.Options{Chooser: &r, Trace: true}))
	end, reasons := judged.Verdict, reasonsOf(&judged)
	r.trim(len(e.world.Trace().Events))
	d := Decision{Verdict: end, Event: -1}

	look := func(n int) ends { return e.ends(ctx, script, strategy, r.choices[:n], end, bound) }
	low, high := -1, len(r.choices) // behind so many choices the end is open, and behind so many it is not
	if high == 0 || look(high) != alike {
		return d
	}
	before := other
	for low+1 < high {
		n := (low + high) / 2
		if is := look(n); is == alike {
			high = n
		} else {
			low, before = n, is
		}
	}
	switch {
	case ctx.Err() != nil:
		return d
	case before == unsure:
		d.TooMany = true
		return d
	case high == 0:
		d.Always = true
	default:
		d.Event = r.events[high-1]
	}
	begin, shared := r.choices[:max(high-1, 0)], Each
	e.from(ctx, script, strategy, begin, bound, &d.Before, func(c *Class) {
		if !hasAll(&c.Judged, reasons) {
			shared = NotEach
		}
	})
	switch {
	case !d.Before.Complete:
		if all, ok := follow(ctx, script, strategy, begin, bound); ok {
			d.Before = all
		}
	case d.Always && len(reasons) > 0:
		d.Shared = shared
	}
	return d
}

// reasonsOf returns the kinds of anomaly that make a trial end as it does.
func reasonsOf(j *judge.Judgement) (kinds []judge.Kind) {
	for i := range j.Anomalies {
		if k := j.Anomalies[i].Kind; judge.Kinds[k].Verdict == j.Verdict {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// hasAll reports whether a trial has anomalies of all these kinds.
func hasAll(j *judge.Judgement, kinds []judge.Kind) bool {
	for _, k := range kinds {
		if !slices.ContainsFunc(j.Anomalies, func(a judge.Anomaly) bool { return a.Kind == k }) {
			return false
		}
	}
	return true
}

// ends says how the orders end that begin in one way.
type ends uint8

const (
	unsure ends = iota // there are too many of them, or none
	alike              // all with the verdict that is asked for
	other              // one with another
)

// ends looks at the orders that begin with some choices until one ends with
// another verdict.
func (e *Explorer) ends(ctx context.Context, script *sim.Script, strategy sim.Strategy, begin []sim.Choice, v judge.Verdict, bound int) ends {
	n := 0
	for c := range e.After(script, strategy, begin) {
		switch {
		case n%256 == 0 && ctx.Err() != nil, c.Failed != nil:
			return unsure
		case bound > 0 && n == bound:
			all, ok := follow(ctx, script, strategy, begin, bound)
			return all.ends(v, ok)
		case c.Judged.Verdict != v:
			return other
		}
		n++
	}
	if n == 0 {
		return unsure
	}
	return alike
}

// follow counts the orders that begin with some choices by the states that they go
// through, and reports false if those are too many, or cannot be compared.
func follow(ctx context.Context, script *sim.Script, strategy sim.Strategy, begin []sim.Choice, bound int) (Result, bool) {
	if _, foreign := strategy.(sim.Foreign); foreign {
		return Result{}, false
	}
	m := merger{script: script, strategy: strategy, begin: begin}
	return m.count(ctx, statesEach*bound)
}

// ends says whether all that was counted ends with a verdict, if all was.
func (r *Result) ends(v judge.Verdict, all bool) ends {
	if !all || r.Classes == 0 {
		return unsure
	}
	for w, n := range r.Verdicts {
		if n > 0 && judge.Verdict(w) != v {
			return other
		}
	}
	return alike
}

// recorder lets time decide and notes what it chose, and which event of the trace
// came of it first. That a request asks for a worker is seen by nobody, and orders
// do not have it.
type recorder struct {
	choices []sim.Choice
	events  []int
}

// Choose lets the earliest event happen.
func (r *recorder) Choose(w *sim.World, pending []sim.Pending) int {
	p := &pending[0]
	if !w.Unseen(p) {
		r.choices = append(r.choices, p.Choice())
		r.events = append(r.events, len(w.Trace().Events))
	}
	return 0
}

// trim forgets what timers did in vain behind the end of the trial.
func (r *recorder) trim(events int) {
	for n := len(r.events); n > 0 && r.events[n-1] >= events; n-- {
		r.choices, r.events = r.choices[:n-1], r.events[:n-1]
	}
}
