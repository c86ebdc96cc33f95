package desk

import (
	"context"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// turnOver forgets where lanes were decided, unless their trials are still the same.
func (r *Results) turnOver(s *sim.Script, seed uint64) {
	if r.Turning == nil || r.turned.script != s || r.turned.seed != seed {
		r.Turning, r.turned.script, r.turned.seed = map[string]diagram.Turning{}, s, seed
	}
}

// turning returns where the lane of a strategy was decided in a trial, the zero value
// if that is not known.
func (r *Results) turning(name string, s *sim.Script, seed uint64) diagram.Turning {
	if r.turned.script != s || r.turned.seed != seed {
		return diagram.Turning{}
	}
	return r.Turning[name]
}

// turnLanes lets the lanes know what has been worked out of them. Those of the
// user's own clients stay as they are: to run all their orders takes too long.
func (d *Desk) turnLanes() {
	for _, l := range d.Lanes {
		if d.own[l.Name] == nil {
			l.Turning = d.Results.turning(l.Name, d.Session.Script, d.Session.Seed)
		}
	}
}

// soonClasses is [Desk.Bound] of what time must not pass by.
const soonClasses = 1_000

// decided returns the tasks that work out where some lanes were decided, unless that
// is known: those that do not take long, and those that go on where that was too short.
func (d *Desk) decided(lanes []strategies.Entry) (soon, late []task) {
	s, seed := d.Session.Script, d.Session.Seed
	for _, e := range lanes {
		known := d.Results.turning(e.Name, s, seed)
		within := func(classes int) task {
			return func(ctx context.Context) func(*Results) {
				if !known.Known || known.TooMany && classes > soonClasses {
					l := diagram.Run(new(sim.World), new(judge.Judge), e, s, seed, 0)
					known = l.Turned(new(explore.Explorer).Decided(ctx, s, e.For(s), seed, classes))
				}
				is := known
				if is.TooMany && classes == soonClasses {
					return func(*Results) {} // the late one says so
				}
				return func(r *Results) { r.Turning[e.Name] = is }
			}
		}
		soon, late = append(soon, within(soonClasses)), append(late, within(d.Bound))
	}
	return soon, late
}
