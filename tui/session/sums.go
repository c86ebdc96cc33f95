package session

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"photofinish/scenarios"
	"photofinish/sim"
)

// counts reports whether actions add to a field: then there are numbers in it, and
// nothing else.
func counts(s *sim.Script, f int) bool {
	for i := range s.Actions {
		if s.Actions[i].Adds.Has(f) {
			return !s.Bag(f)
		}
	}
	return false
}

// Unfit says why a text is none that the selected action can write in a field; nil if
// it is one.
func (s Session) Unfit(field int, text string) error {
	a := s.Action()
	if a == nil || !counts(s.Script, field) {
		return nil
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	switch {
	case err != nil || v-v != 0:
		return fmt.Errorf("a number, please: something is added to it")
	case a.Adds.Has(field) && (v != math.Trunc(v) || math.Abs(v) > scenarios.MaxAdd):
		return fmt.Errorf("a whole number up to %d, please", scenarios.MaxAdd)
	}
	return nil
}

// more lets a new update add to a field, or append, where others do, and a create set
// a number there.
func more(script *sim.Script, a *sim.Action, f int) {
	update := a.Do == sim.Update
	switch {
	case counts(script, f):
		n := 0.0
		if update {
			n = 1
			a.Adds = a.Adds.With(f)
		}
		a.Values[f] = value(script, n)
	case update && f < sim.MaxFields && script.Bag(f):
		a.Adds, a.Bags = a.Adds.With(f), a.Bags.With(f)
	}
}
