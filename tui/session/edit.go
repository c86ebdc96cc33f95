package session

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
)

// ErrFull refuses an action beyond those that a scenario can hold.
var ErrFull = errors.New("64 actions are as many as fit: z takes the last one back")

// latest is when the user can act last, in a scenario file too.
const latest = sim.MaxLatency

// copied returns a copy of the script of which everything may be changed.
func copied(s *sim.Script) *sim.Script {
	c := s.Copy()
	c.Fields, c.Values, c.Offline = slices.Clone(s.Fields), slices.Clone(s.Values), slices.Clone(s.Offline)
	return c
}

// with returns the session with a new script, renumbered.
func (s Session) with(script *sim.Script) Session {
	for i := range script.Actions {
		script.Actions[i].Number = i + 1
	}
	s.Script, s.Picked = reachable(script), diagram.Leg{}
	if _, _, end := s.SpanEnd(); !end {
		s.Selected = min(s.Selected, len(script.Actions))
	}
	return s
}

// insert puts an action into the order of time, after those of its instant
// that stand before place, and returns its number.
func insert(script *sim.Script, a sim.Action, place int) int {
	at := 0
	for at < len(script.Actions) {
		if b := &script.Actions[at]; b.At > a.At || b.At == a.At && at >= place {
			break
		}
		at++
	}
	script.Actions = slices.Insert(script.Actions, at, a)
	return at + 1
}

// Act lets the user do something at the cursor. All lanes get it.
func (s Session) Act(do sim.Do) (Session, error) {
	switch {
	case len(s.Script.Actions) >= sim.MaxActions:
		return s, ErrFull
	case s.Closed():
		return s, ErrClosed
	}
	script := copied(s.Script)
	a := newAction(script, do, s.Field)
	a.Client, a.Person = uint8(s.View/sim.MaxPersons), uint8(s.View%sim.MaxPersons)
	a.At = min(s.Now.Truncate(time.Millisecond), latest) // as the screen says it
	insert(script, a, len(script.Actions))
	return s.with(script).Select(0), nil
}

func newAction(script *sim.Script, do sim.Do, field int) sim.Action {
	a := sim.Action{Do: do, Up: sim.Unpinned, Down: sim.Unpinned}
	switch do {
	case sim.Create, sim.Update:
		if field == sim.Permissions {
			field = 0
		}
		if len(script.Fields) == 0 {
			script.Fields = append(script.Fields, "name")
		}
		a.Sets = a.Sets.With(field)
		a.Values[field] = value(script, nextName(script, field))
		more(script, &a, field)
	case sim.SetPermissions:
		a.Sets = a.Sets.With(sim.Permissions)
		a.Values[sim.Permissions] = value(script, nextPermissions(script))
	}
	return a
}

// Move moves the selected action earlier or later, or the end of a span. One that
// passes another takes its number; it stays selected. Nothing moves to where its
// client is closed.
func (s Session) Move(by time.Duration) Session {
	if _, _, ok := s.SpanEnd(); ok {
		return s.moveEnd(by)
	}
	a := s.Action()
	if a == nil || a.At+by < 0 && a.At == 0 {
		return s
	}
	moved := *a
	moved.At = min(max(0, a.At+by), latest)
	script := copied(s.Script)
	script.Actions = slices.Delete(script.Actions, s.Selected-1, s.Selected)
	n := insert(script, moved, s.Selected-1)
	if !coherent(script) && coherent(s.Script) {
		return s
	}
	return s.with(script).Select(n)
}

// OpenGap moves the selected action and all that follow it, so that the gap to
// the one before grows or shrinks; it does not become less than nothing.
func (s Session) OpenGap(by time.Duration) Session {
	a := s.Action()
	if a == nil {
		return s
	}
	least := time.Duration(0)
	if s.Selected > 1 {
		least = s.Script.Action(s.Selected - 1).At
	}
	by = min(max(by, least-a.At), latest-s.Script.Actions[len(s.Script.Actions)-1].At)
	if by == 0 {
		return s
	}
	script := copied(s.Script)
	for i := s.Selected - 1; i < len(script.Actions); i++ {
		script.Actions[i].At += by
	}
	return s.with(script).Select(s.Selected)
}

// Delete takes the selected action out, and selects the one that follows: with what
// closed a client what opens it, and the other way round. Or it takes out the span of
// which an end is selected.
func (s Session) Delete() Session {
	if _, _, ok := s.SpanEnd(); ok {
		return s.deleteSpan()
	}
	if s.Action() == nil {
		return s
	}
	script := copied(s.Script)
	other := pair(script, s.Selected)
	script.Actions = slices.Delete(script.Actions, s.Selected-1, s.Selected)
	if other > s.Selected {
		other--
	}
	if other > 0 {
		script.Actions = slices.Delete(script.Actions, other-1, other)
	}
	return s.with(script).Select(s.Selected)
}

// Set changes what the selected action sets, in one field. Text that reads as
// a number or as true or false becomes one where the old value was one. What is
// [Session.Unfit] changes nothing.
func (s Session) Set(field int, text string) Session {
	a := s.Action()
	if a == nil || s.Unfit(field, text) != nil {
		return s
	}
	script := copied(s.Script)
	next := script.Action(s.Selected)
	var v any = text
	if a.Sets.Has(field) {
		v = like(s.Script.Values[a.Values[field]], text)
	} else if counts(s.Script, field) {
		v = like(0.0, text)
	}
	next.Sets = next.Sets.With(field)
	next.Values[field] = value(script, v)
	return s.with(script).Select(s.Selected)
}

// like reads text as a value of the same kind as another, if it can.
func like(old any, text string) any {
	switch old.(type) {
	case float64:
		if v, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && v-v == 0 {
			return v
		}
	case bool:
		if v, err := strconv.ParseBool(text); err == nil {
			return v
		}
	}
	return text
}

// Pin makes a message take as long as is said; [sim.Unpinned] lets luck draw
// it again.
func (s Session) Pin(leg diagram.Leg, takes time.Duration) Session {
	if leg.Action < 1 || leg.Action > len(s.Script.Actions) || s.Script.Action(leg.Action).Do == sim.Close {
		return s // nothing is sent for it
	}
	script := copied(s.Script)
	*Takes(script.Action(leg.Action), leg.Leg) = takes
	next := s.with(script)
	next.Picked = leg
	return next
}

// Reseed goes by seeds: forward from the script's own latencies to seed 1, 2,
// 3, and back. What the user pins on the way stays pinned.
func (s Session) Reseed(by int) Session {
	switch {
	case by > 0 && s.bare == nil && report.Pinned(s.Script):
		s.pinned, s.bare, s.letGo = s.Script, s.Script.Unpinned(), s.Seed
		s.Script, s.Picked = s.bare, diagram.Leg{}
	case by < 0 && s.bare != nil && s.Script == s.bare && s.Seed <= s.letGo:
		s.Script, s.pinned, s.bare = s.pinned, nil, nil
	default:
		s.Seed = uint64(min(max(1, int64(s.Seed)+int64(by)), scenarios.MaxSeed))
	}
	return s
}

// Run goes to a seed, and lets go of all that is pinned.
func (s Session) Run(seed uint64) Session {
	if s.bare == nil && report.Pinned(s.Script) {
		s = s.Reseed(1)
	}
	if report.Pinned(s.Script) {
		script := s.Script.Unpinned()
		if reflect.DeepEqual(script, s.bare) {
			script = s.bare
		}
		s.Script = script
	}
	s.Seed, s.Picked = min(max(seed, 1), scenarios.MaxSeed), diagram.Leg{}
	return s
}

// OnNetwork puts the script onto a preset.
func (s Session) OnNetwork(p scenarios.Preset) Session {
	s.Network = p.Name
	return s.on(p.Network)
}

// OnScenarioNetwork puts the script back onto the network that its scenario has.
func (s Session) OnScenarioNetwork() Session {
	s.Network = ""
	return s.on(s.Scenario.Script.Network)
}

// OnOwnNetwork puts the script onto a network whose legs have this median and
// this 99th percentile.
func (s Session) OnOwnNetwork(median, p99 time.Duration) (Session, error) {
	leg, err := sim.NewLatency(sim.Lognormal, 0, median, p99)
	if err != nil {
		return s, err
	}
	n := s.Script.Network
	n.Up, n.Down, n.Paired, n.Save, n.Read = leg, leg, false, sim.Apart{}, sim.Apart{}
	s.Network = ""
	return s.on(n), nil
}

// WithHabits puts the script onto a network that differs in nothing that is drawn: what
// is pinned stays so.
func (s Session) WithHabits(n sim.Network) Session {
	script := copied(s.Script)
	script.Network = n
	next := s.with(script)
	next.Network, next.Selected = "", s.Selected
	return next
}

// on puts the script onto a network; its latencies are drawn from there.
func (s Session) on(n sim.Network) Session {
	script := s.Script.Unpinned()
	script.Network = n
	next := s.with(script)
	next.Selected = s.Selected
	return next
}

// WithLanes returns the session with other lanes; the one in view stays in
// view if it is still there.
func (s Session) WithLanes(names []string) Session {
	at := slices.Index(names, s.Strategies[s.Lane])
	s.Strategies, s.Lane = slices.Clone(names), max(at, 0)
	return s
}

// value returns the id of v, a new one if need be.
func value(s *sim.Script, v any) sim.ValueID {
	if i := slices.Index(s.Values, v); i >= 0 {
		return sim.ValueID(i)
	}
	s.Values = append(s.Values, v)
	return sim.ValueID(len(s.Values) - 1)
}

var names = []string{"Ada", "Ada Byron", "Ada Lovelace", "Countess Ada", "A. Lovelace", "Augusta Ada", "Lady Ada", "Ada King"}

// nextName returns a name that no action has set yet, while there are any.
func nextName(s *sim.Script, f int) string {
	for _, n := range names {
		if !slices.ContainsFunc(s.Actions, func(a sim.Action) bool { return a.Sets.Has(f) && s.Values[a.Values[f]] == n }) {
			return n
		}
	}
	return fmt.Sprintf("Ada %d", len(s.Actions)+1)
}

// nextPermissions locks a person that is open, and opens one that is locked.
func nextPermissions(s *sim.Script) string {
	for i := len(s.Actions) - 1; i >= 0; i-- {
		if a := &s.Actions[i]; a.Do == sim.SetPermissions {
			if a.Values[sim.Permissions] == s.ReadOnly {
				return "admin"
			}
			break
		}
	}
	return "read-only"
}
