package scenarios

import (
	"fmt"
	"math"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
	"photofinish/sim"
)

// MaxAdd is how much a step may add at most, or take away.
const MaxAdd = 1_000_000_000

var addSlot = slot[sim.Action]{
	schema: fmt.Sprintf(`"type": "object", "propertyNames": {%s, "not": {"enum": ["id", "permissions"]}}, `+
		`"additionalProperties": {"type": "integer", "minimum": %d, "maximum": %d}, "maxProperties": %d`,
		ref("label"), -MaxAdd, MaxAdd, sim.MaxFields),
	read: func(d *decoder, e strict.Entry, to *sim.Action) {
		to.Adds |= d.more(e, to, func(n ast.Node, what string) any { return float64(d.Whole(-MaxAdd, MaxAdd)(n, what)) })
	},
	said: func(from, _ *sim.Action) bool { return from.Adds&^from.Bags != 0 },
	write: func(s *sim.Script, from *sim.Action) string {
		return writeFields(s, from.Adds&^from.Bags, &from.Values)
	},
}

var appendSlot = slot[sim.Action]{
	schema: ref("fields"),
	read: func(d *decoder, e strict.Entry, to *sim.Action) {
		to.Bags = d.more(e, to, d.Scalar)
		to.Adds |= to.Bags
	},
	said:  func(from, _ *sim.Action) bool { return from.Bags != 0 },
	write: func(s *sim.Script, from *sim.Action) string { return writeFields(s, from.Bags, &from.Values) },
}

// more decodes what an action adds to fields, or appends, and returns the fields.
func (d *decoder) more(e strict.Entry, to *sim.Action, read func(ast.Node, string) any) (adds sim.FieldSet) {
	var values [sim.NumFields]any
	for _, in := range d.Mapping(e.Value, e.Key).Entries {
		f := d.field(in)
		if f < 0 {
			return 0
		}
		if to.Sets.Has(f) {
			d.Fail(in.At, "the step writes %s already: a field once a step", strict.Quote(in.Key))
		}
		if by := &d.adds[f]; by.At == nil {
			*by = strict.Entry{Key: e.Key, At: in.At}
		} else if by.Key != e.Key {
			d.Fail(in.At, "a step before says %q of %s, and this one %q: a field has numbers or lists", by.Key, strict.Quote(in.Key), e.Key)
		}
		adds = adds.With(f)
		values[f] = read(in.Value, strict.Quote(in.Key))
	}
	for f := range adds.All {
		to.Values[f] = d.intern(values[f])
	}
	to.Sets |= adds
	return adds
}

// sums checks that there are whole numbers only where something is added.
func (d *decoder) sums() {
	s := d.script
	for f := range s.Fields {
		e := d.adds[f]
		if e.At == nil || e.Key == "append" {
			continue
		}
		check := func(has bool, value sim.ValueID, what string) {
			if !has {
				return
			}
			if n, number := s.Values[value].(float64); !number || n != math.Trunc(n) || math.Abs(n) > MaxAdd {
				d.Fail(e.At, "to add to %s it must be a whole number everywhere, from -%d to %[2]d, and %s %s",
					strict.Quote(s.Fields[f]), MaxAdd, what, strict.Quote(fmt.Sprint(s.Values[value])))
			}
		}
		check(s.GivenSets.Has(f), s.GivenValues[f], "it is given as")
		for i := range s.Beside {
			check(s.Beside[i].Sets.Has(f), s.Beside[i].Values[f], "it is given as")
		}
		for i := range s.Actions {
			a := &s.Actions[i]
			check(a.Sets.Has(f), a.Values[f], a.Label()+" sets it to")
			check(a.Saves.Has(f), a.Saved[f], a.Label()+" is saved as")
		}
	}
}
