package explore

import (
	"iter"
	"slices"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// shifter runs a trial again and again with one of its times changed.
//
// While a time changes and the order of what happens at each client and at the server
// does not, nor which of two clicks was first by the clocks of their clients, nothing
// that a strategy can see changes, and the trial ends as it did. So it is enough to look
// where two events of one site meet, or two stamps. Events move at a steady pace, those
// behind what was shifted along with it, the others not at all: two trials a millisecond
// apart tell how fast, and with that when the next two meet. Where an event begins to
// wait for another one unseen (on a fifo link, for a worker) the pace changes on the way;
// therefore the trial that is jumped to is held to have the same events at the times that
// were expected, and the jump is halved until it does.
type shifter struct {
	script   *sim.Script // with every latency pinned
	strategy sim.Strategy
	seed     uint64
	world    sim.World
	judge    judge.Judge
	base     course    // the trial as it is
	spare    [3]course // of trials with something shifted
}

// course is what happened in a trial at each site, and when: at the clients, and last
// at the server.
type course struct {
	sites   [sites]struct{ events, rivals []moment } // a rival would have been next there, had it come before
	verdict judge.Verdict
}

type moment struct {
	sim.Choice
	at time.Duration
}

// Choose lets time decide, and takes it down.
func (c *course) Choose(w *sim.World, pending []sim.Pending) int {
	note := func(p *sim.Pending) moment { return moment{p.Choice(), p.At} }
	for at := range c.sites {
		if !happensAt(w, &pending[0], at) {
			continue
		}
		rival := moment{at: -1}
		for i := range pending[1:] {
			if p := &pending[1+i]; happensAt(w, p, at) {
				rival = note(p)
				break
			}
		}
		s := &c.sites[at]
		s.events, s.rivals = append(s.events, note(&pending[0])), append(s.rivals, rival)
	}
	return 0
}

// happensAt reports whether a pending event happens at a site: that a client goes
// offline, or is back, does at that client and at the server.
func happensAt(w *sim.World, p *sim.Pending, site int) bool {
	switch {
	case atServer(p.What):
		return site == server || site == w.Tells(p)
	case p.What == sim.SpanEnds && site == server:
		return true
	}
	return site == w.Client(p)
}

// direction is a time of the script that is changed, and which way.
type direction struct {
	action int
	leg    sim.Leg
	sign   time.Duration // 1 is later or slower
}

func newShifter(script *sim.Script, strategy sim.Strategy, seed uint64) *shifter {
	s := &shifter{script: script.Drawn(seed), strategy: strategy, seed: seed}
	s.run(&s.base)
	return s
}

// from returns how the trial ends as it is.
func (s *shifter) from() judge.Verdict { return s.base.verdict }

// directions yields all of them, in the order in which [Margin] prefers them.
func (s *shifter) directions() iter.Seq[direction] {
	return func(yield func(direction) bool) {
		for n := range s.script.Actions {
			for _, leg := range []sim.Leg{sim.Uplink, sim.Downlink, sim.NoLeg} {
				if leg != sim.NoLeg && s.script.Actions[n].Do == sim.Close {
					continue // it sends nothing
				}
				if !yield(direction{n + 1, leg, 1}) || !yield(direction{n + 1, leg, -1}) {
					return
				}
			}
		}
	}
}

// time returns the one that a direction changes, and how far it can be changed:
// nothing takes less than no time, and no click passes another.
func (s *shifter) time(d direction) (at *time.Duration, room time.Duration) {
	a := s.script.Action(d.action)
	least, most := time.Duration(0), time.Duration(sim.MaxLatency)
	switch d.leg {
	case sim.Uplink:
		at = &a.Up
	case sim.Downlink:
		at = &a.Down
	default:
		at = &a.At
		if d.action > 1 {
			least = s.script.Action(d.action - 1).At
		}
		if d.action < len(s.script.Actions) {
			most = s.script.Action(d.action + 1).At
		}
	}
	if d.sign < 0 {
		return at, *at - least
	}
	return at, most - *at
}

func (s *shifter) run(c *course) {
	for i := range c.sites {
		s := &c.sites[i]
		s.events, s.rivals = s.events[:0], s.rivals[:0]
	}
	c.verdict = s.judge.Judge(s.script, s.world.Run(s.script, s.strategy, s.seed, sim.Options{Chooser: c})).Verdict
}

// first returns the smallest change in a direction, of whole milliseconds and within
// some limit, with which the trial ends as is wanted.
func (s *shifter) first(d direction, limit time.Duration, wanted func(judge.Verdict) bool) (by time.Duration, to judge.Verdict, ok bool) {
	at, room := s.time(d)
	was, last := *at, int(min(room, limit)/time.Millisecond)
	defer func() { *at = was }()
	run := func(c *course, ms int) *course {
		*at = was + d.sign*time.Duration(ms)*time.Millisecond
		s.run(c)
		return c
	}
	here, ahead, far := &s.base, &s.spare[0], &s.spare[1]
	for ms := 0; ms < last; {
		ms++
		run(ahead, ms)
		if wanted(ahead.verdict) {
			return d.sign * time.Duration(ms) * time.Millisecond, ahead.verdict, true
		}
		for jump := min(meet(here, ahead), s.stamps(d), last-ms); jump > 0; jump /= 2 {
			if along(here, ahead, run(far, ms+jump), jump) {
				ms, ahead, far = ms+jump, far, ahead
				break
			}
		}
		if here == &s.base {
			here = &s.spare[2]
		}
		here, ahead = ahead, here
	}
	return 0, 0, false
}

// stamps returns for how many milliseconds more the click that is moved passes none of
// another client by their clocks: [FlipWithin] if there is none.
func (s *shifter) stamps(d direction) int {
	free := int(FlipWithin / time.Millisecond)
	if d.leg != sim.NoLeg || s.script.Skew == ([sim.MaxClients]time.Duration{}) {
		return free
	}
	stamp := func(a *sim.Action) time.Duration { return a.At + s.script.Skew[a.Client] }
	moved := s.script.Action(d.action)
	for i := range s.script.Actions {
		if a := &s.script.Actions[i]; a.Client != moved.Client {
			if gap := d.sign * (stamp(a) - stamp(moved)); gap >= 0 {
				free = min(free, int(max(gap-1, 0)/time.Millisecond)) // of equal ones the next step parts them
			}
		}
	}
	return free
}

// meet returns for how many milliseconds from the second of two trials on, which
// are one apart, no two events meet. None if they differ in more than their times.
func meet(was, is *course) int {
	free := int(FlipWithin / time.Millisecond)
	closer := func(a, b, from, to *moment) { // an event, as it was and is, and one behind it
		if pace := (b.at - a.at) - (to.at - from.at); pace > 0 {
			free = min(free, int((to.at-b.at-1)/pace))
		}
	}
	for i := range is.sites {
		was, is := &was.sites[i], &is.sites[i]
		if !slices.EqualFunc(was.events, is.events, func(a, b moment) bool { return a.Choice == b.Choice }) {
			return 0
		}
		for k := range is.events {
			if k+1 < len(is.events) {
				closer(&was.events[k], &is.events[k], &was.events[k+1], &is.events[k+1])
			}
			if a, b := &was.rivals[k], &is.rivals[k]; a.Choice == b.Choice && b.at >= 0 {
				closer(&was.events[k], &is.events[k], a, b)
			}
		}
	}
	return max(free, 0)
}

// along reports whether the third of three trials has what the others have, each
// event where its pace brings it in so many milliseconds from the second one on.
func along(was, is, far *course, ms int) bool {
	for i := range far.sites {
		was, is, far := was.sites[i].events, is.sites[i].events, far.sites[i].events
		if len(far) != len(is) {
			return false
		}
		for k := range far {
			if far[k].Choice != is[k].Choice || far[k].at-is[k].at != (is[k].at-was[k].at)*time.Duration(ms) {
				return false
			}
		}
	}
	return true
}
