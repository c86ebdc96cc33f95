package external

import (
	"encoding/json"
	"slices"
	"strings"

	"photofinish/sim"
)

// What a value can be beside one of the script's.
const (
	noValue = -1 // it is none: null, or nothing
	strange = -2 // nobody ever writes it
)

// vocabulary has the values that each field of a script can have.
type vocabulary [sim.NumFields][]sim.ValueID

// of takes them from a script.
func (v *vocabulary) of(s *sim.Script) {
	for f := range v {
		v[f] = v[f][:0]
	}
	for p := range s.Givens() {
		for f := range s.Gave(p).All {
			v.add(f, sim.ValueID(s.Value(sim.GivenTo(p), f)))
		}
	}
	for i := range s.Actions {
		a := &s.Actions[i]
		for f := range a.Sets.All {
			v.add(f, a.Values[f])
		}
		for f := range a.Saves.All {
			v.add(f, a.Saved[f])
		}
	}
}

func (v *vocabulary) add(f int, id sim.ValueID) {
	if !slices.Contains(v[f], id) {
		v[f] = append(v[f], id)
	}
}

// read returns which value of a field a program's value is: the same string,
// number or boolean. A string that spells a number or a boolean is that one,
// unless the script has both; null is "" where the script has that.
func (v *vocabulary) read(s *sim.Script, f int, said any) int {
	if said == nil {
		if id := v.exactly(s, f, ""); id >= 0 {
			return id
		}
		return noValue
	}
	if id := v.exactly(s, f, said); id >= 0 {
		return id
	}
	if text, is := said.(string); is {
		var spelled any
		if json.Unmarshal([]byte(strings.TrimSpace(text)), &spelled) == nil {
			if _, still := spelled.(string); !still && spelled != nil {
				return v.exactly(s, f, spelled)
			}
		}
	}
	return strange
}

// exactly returns the value that is equal to x, or strange.
func (v *vocabulary) exactly(s *sim.Script, f int, x any) int {
	number, is := asNumber(x)
	for _, id := range v[f] {
		y := s.Values[id]
		if n, also := asNumber(y); x == y || is && also && n == number {
			return int(id)
		}
	}
	return strange
}

// blank reports whether a value is what a form has in a field in which nobody has
// written anything yet.
func blank(said any) bool { return said == "" || said == false || said == 0.0 }

func asNumber(x any) (float64, bool) {
	switch x := x.(type) {
	case float64:
		return x, true
	case int:
		return float64(x), true
	case int64:
		return float64(x), true
	case uint64:
		return float64(x), true
	}
	return 0, false
}
