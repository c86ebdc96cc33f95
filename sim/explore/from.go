package explore

import (
	"context"
	"iter"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Outlook counts the orders that begin in one way.
type Outlook struct {
	Result
	// Sure has the anomalies that every one of them ends with and that the
	// beginning alone proves: nobody can put them right any more. It means
	// something only where the result is complete.
	Sure []judge.Anomaly
}

// From counts the classes of the orders that begin with some events, until
// there are limit of them (0: all) or ctx ends. What the beginning was decides
// nothing but where the orders start: it need not be the normal form of
// anything, and timers may have fired in vain in it. Messages are lost or
// refused where the script says so. If the beginning is none of the script's,
// the result proves nothing.
func (e *Explorer) From(ctx context.Context, script *sim.Script, strategy sim.Strategy, begin []sim.Choice, limit int) Outlook {
	var o Outlook
	past := e.second.Run(Script(script), strategy, 0, sim.Options{Chooser: &behind{begin: begin}}).Events
	e.from(ctx, script, strategy, begin, limit, &o.Result, func(c *Class) { o.agree(&c.Judged, past) })
	return o
}

// from counts into r, and looks at each class that it has counted.
func (e *Explorer) from(ctx context.Context, script *sim.Script, strategy sim.Strategy, begin []sim.Choice, limit int, r *Result, look func(*Class)) {
	r.Complete = true
	for c := range e.After(script, strategy, begin) {
		if !r.count(ctx, c, nil, limit) {
			return
		}
		look(c)
	}
	if r.Classes == 0 {
		r.Complete = false
	}
}

// agree keeps of what is sure what another class ends with too. What the first
// past events prove of the first class is to begin with.
func (o *Outlook) agree(j *judge.Judgement, past int) {
	if o.Classes == 1 {
		for _, a := range j.Anomalies {
			if len(a.Proof) > 0 && a.At().Index() < past {
				o.Sure = append(o.Sure, a.Clone())
			}
		}
	}
	o.Sure = slices.DeleteFunc(o.Sure, func(sure judge.Anomaly) bool {
		return !slices.ContainsFunc(j.Anomalies, func(a judge.Anomaly) bool {
			return a.Kind == sure.Kind && slices.Equal(a.Actions, sure.Actions)
		})
	})
}

// After yields every class of the orders that begin with some events: what
// the client and the server see after them, each in order. The choices of a
// class are those after the beginning.
func (e *Explorer) After(script *sim.Script, strategy sim.Strategy, begin []sim.Choice) iter.Seq[*Class] {
	return func(yield func(*Class) bool) {
		e.behind = behind{path: &e.path, begin: begin}
		defer func() { e.behind = behind{} }()
		e.run(script, strategy, nil, yield)
	}
}

// behind lets a beginning happen and then hands over to the path, or stops if
// there is none. Nothing of the beginning counts as an event of the order: not
// as one that the first of those could be exchanged with, nor as a cause that
// it would have to come after.
type behind struct {
	path  *path
	begin []sim.Choice
	next  int
}

// chooser returns what chooses the events of the next order.
func (e *Explorer) chooser() sim.Chooser {
	if len(e.behind.begin) == 0 {
		return &e.path
	}
	e.behind.next = 0
	return &e.behind
}

// Choose takes the next event of the beginning, or lets the path choose.
func (b *behind) Choose(w *sim.World, pending []sim.Pending) int {
	switch {
	case b.next < len(b.begin):
	case b.path == nil:
		return -1
	default:
		return b.path.Choose(w, pending)
	}
	i := b.begin[b.next].Among(pending)
	switch {
	case i >= 0:
		b.next++
	case b.path != nil:
		b.path.dead = true
	}
	return i
}

// Next returns the indices of the pending events of which any may come next, as
// orders of a script know it, save that the first to come need not begin one in
// normal form.
func Next(w *sim.World, pending []sim.Pending, s *sim.Script) (next []int) {
	var p path
	p.over(s)
	for i := range pending {
		e := &pending[i]
		if e.What == sim.PollDue && !w.Due(e) && w.Polled(w.Client(e)) >= maxPolls {
			continue
		}
		if !w.Idle(e) && p.inTurn(w, pending, i) {
			next = append(next, i)
		}
	}
	return next
}
