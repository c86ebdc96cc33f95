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

// decidedOf returns the task that works out where a lane was decided, unless that
// is known.
func (d *Desk) decidedOf(e strategies.Entry) task {
	s, seed := d.Session.Script, d.Session.Seed
	known := d.Results.turning(e.Name, s, seed)
	return func(ctx context.Context) func(*Results) {
		if !known.Known {
			l := diagram.Run(new(sim.World), new(judge.Judge), e, s, seed, 0)
			known = l.Turned(new(explore.Explorer).Decided(ctx, s, e.For(s), seed, LiveClasses))
		}
		return func(r *Results) { r.Turning[e.Name] = known }
	}
}
