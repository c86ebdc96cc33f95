package explore

import (
	"slices"
	"strings"

	"photofinish/sim"
)

// Fault is something that the network or the server does to the first request
// of an action: a leg of it is lost, it is delivered twice, or it is refused
// with 500.
type Fault struct {
	Action int
	Lose   sim.Leg // the leg, or [sim.NoLeg]
	Twice  bool    // if no leg is lost; else the server fails
}

// label returns the fault as it stands in a schedule.
func (f Fault) label(s *sim.Script) string {
	a := s.Action(f.Action).Label()
	switch f.Lose {
	case sim.Uplink:
		return "lost:" + a + ">"
	case sim.Downlink:
		return "lost:<" + a
	}
	if f.Twice {
		return "twice:" + a
	}
	return "fails:" + a
}

// faultsOf returns every fault that can happen to the actions of a script,
// save where the script itself says what happens.
func faultsOf(s *sim.Script) []Fault {
	var all []Fault
	for i := range s.Actions {
		a := &s.Actions[i]
		if a.Skip || a.Do == sim.Close || a.Status != 0 || a.Lose != sim.NoLeg || a.Twice {
			continue
		}
		all = append(all, Fault{Action: a.Number, Lose: sim.Uplink}, Fault{Action: a.Number, Lose: sim.Downlink},
			Fault{Action: a.Number, Twice: true}, Fault{Action: a.Number})
	}
	return all
}

func with(s *sim.Script, faults []Fault) *sim.Script {
	c := s.Copy()
	for _, f := range faults {
		a := c.Action(f.Action)
		a.Lose, a.Twice = f.Lose, f.Twice
		if f.Lose == sim.NoLeg && !f.Twice {
			a.Status = 500
		}
	}
	return c
}

// happened reports whether each of the faults has: one that is to befall a
// request that is never sent is none.
func happened(l *sim.Ledger, faults []Fault) bool {
	for _, f := range faults {
		fate := &l.Fates[f.Action]
		switch {
		case fate.Attempts == 0:
			return false
		case f.Lose == sim.Downlink && fate.Landed == 0:
			return false
		}
	}
	return true
}

// faulty yields the script with up to k faults: without any first, then with
// each one, and so on. Two faults never befall one action.
func faulty(s *sim.Script, k int) func(yield func(*sim.Script, []Fault) bool) {
	all := faultsOf(s)
	return func(yield func(*sim.Script, []Fault) bool) {
		for n := 0; n <= min(k, len(all)); n++ {
			if !choose(all, nil, n, func(f []Fault) bool { return yield(with(s, f), f) }) {
				return
			}
		}
	}
}

// choose yields every way to add n more of the faults to those picked.
func choose(from, picked []Fault, n int, yield func([]Fault) bool) bool {
	if n == 0 {
		return yield(picked)
	}
	for i, f := range from {
		if m := len(picked); m > 0 && picked[m-1].Action == f.Action {
			continue
		}
		if !choose(from[i+1:], append(slices.Clip(picked), f), n-1, yield) {
			return false
		}
	}
	return true
}

func (s Schedule) split(script *sim.Script) (events Schedule, faults []Fault) {
	for _, label := range s {
		f, ok := faultNamed(script, label)
		if ok {
			faults = append(faults, f)
		} else {
			events = append(events, label)
		}
	}
	return events, faults
}

// faultNamed returns the fault that a label of a schedule means.
func faultNamed(script *sim.Script, label string) (Fault, bool) {
	if !strings.Contains(label, ":") {
		return Fault{}, false
	}
	for _, f := range faultsOf(script) {
		if f.label(script) == label {
			return f, true
		}
	}
	return Fault{}, false
}
