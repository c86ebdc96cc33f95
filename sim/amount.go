package sim

import (
	"fmt"
	"slices"
	"strings"
)

// Amount is what the value of a field is made of to which actions add.
type Amount struct {
	Base  Writer                // who set it
	Times [MaxActions + 1]uint8 // by action: how often it was added
}

// Amount returns what a writer's value is made of.
func (s Sums) Amount(w Writer) (a Amount) {
	for w.isSum() {
		n, below := s.Last(w)
		a.Times[n]++
		w = below
	}
	a.Base = w
	return a
}

// Same reports whether two amounts are the same value of field f: the same number,
// or the same things, in whatever order they were appended.
func (s *Script) Same(a, b *Amount, f int) bool {
	if !s.Bag(f) {
		return s.number(a, f) == s.number(b, f)
	}
	if s.Value(a.Base, f) != s.Value(b.Base, f) {
		return false
	}
	for i := range s.Actions {
		more := 0
		for k := range s.Actions {
			if s.Actions[k].Adds.Has(f) && s.Actions[k].Values[f] == s.Actions[i].Values[f] {
				more += int(a.Times[k+1]) - int(b.Times[k+1])
			}
		}
		if s.Actions[i].Adds.Has(f) && more != 0 {
			return false
		}
	}
	return true
}

// Bag reports whether actions append to a field: its values are lists then, save
// where nothing has been appended.
func (s *Script) Bag(f int) bool {
	return slices.ContainsFunc(s.Actions, func(a Action) bool { return a.Bags.Has(f) })
}

// number returns an amount of a field that has numbers. What is none counts as 0.
func (s *Script) number(a *Amount, f int) float64 {
	sum, base := 0.0, 0.0
	if v := s.Value(a.Base, f); v >= 0 {
		base, _ = s.Values[v].(float64)
	}
	for i := range s.Actions {
		if times := a.Times[i+1]; times > 0 {
			add, _ := s.Values[s.Actions[i].Values[f]].(float64)
			sum += add * float64(times)
		}
	}
	return base + sum
}

// List is the value of a field to which something was appended: what was set, if
// anything was, and then what was appended, in the order of the user's hands. In
// which order the server did that nobody is to depend on.
type List []any

// String returns the list in one line, as "[w, x]".
func (l *List) String() string {
	all := make([]string, len(*l))
	for i, v := range *l {
		all[i] = fmt.Sprint(v)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// list returns an amount of a field to which things are appended.
func (s *Script) list(a *Amount, f int) *List {
	l := new(List)
	if v := s.Value(a.Base, f); v >= 0 {
		*l = append(*l, s.Values[v])
	}
	for i := range s.Actions {
		for range a.Times[i+1] {
			*l = append(*l, s.Values[s.Actions[i].Values[f]])
		}
	}
	return l
}

// total tells which value a sum is in a field.
type total struct {
	by    Writer
	field int
	value ValueID
}

// withSums makes s a script of its own that knows the values of the sums of a
// trial: [Script.Value] returns the same of two that are the same.
func (s *Script) withSums(sums Sums) {
	s.sums, s.totals, s.Values = slices.Clone(sums), nil, slices.Clone(s.Values)
	for i, sum := range sums {
		for f := range s.Actions[sum.Added-1].Adds.All {
			t := total{by: firstSum + Writer(i), field: f}
			t.value = s.valueOf(t, sums.Amount(t.by))
			s.totals = append(s.totals, t)
		}
	}
}

// valueOf returns the number of the value that an amount is, a new one if no sum
// before and nobody who set the field has it.
func (s *Script) valueOf(t total, a Amount) ValueID {
	for _, o := range s.totals {
		if other := s.sums.Amount(o.by); o.field == t.field && s.Same(&a, &other, t.field) {
			return o.value
		}
	}
	var v any = s.number(&a, t.field)
	if s.Bag(t.field) {
		v = s.list(&a, t.field)
	}
	if i := slices.Index(s.Values, v); i >= 0 {
		return ValueID(i)
	}
	s.Values = append(s.Values, v)
	return ValueID(len(s.Values) - 1)
}

// sum returns the value of a sum: -1 if it is of no trial that s knows.
func (s *Script) sum(w Writer, f int) int {
	for _, t := range s.totals {
		if t.by == w && t.field == f {
			return int(t.value)
		}
	}
	return -1
}

// Wrote returns the number of the action that wrote last, as [Writer.Action] does:
// of a sum, the one that was added last.
func (s *Script) Wrote(w Writer) int {
	n, _ := s.sums.Last(w)
	return n
}

// Last takes the last action off a writer's value: see [Sums.Last].
func (s *Script) Last(w Writer) (n int, below Writer) { return s.sums.Last(w) }

// Has reports whether what an action wrote is in a writer's value.
func (s *Script) Has(w Writer, action int) bool { return s.sums.Has(w, action) }
