package tell

import (
	"fmt"
	"slices"
	"strings"

	"photofinish/sim"
)

// Label returns the short name of action n, as "u2"; "" if there is none.
func Label(s *sim.Script, n int) string {
	if n <= 0 {
		return ""
	}
	return s.Action(n).Label()
}

// Leg names a leg of the message of action n, as "u2's way up"; without one it is the
// action.
func Leg(s *sim.Script, n int, leg sim.Leg) string {
	switch leg {
	case sim.Uplink:
		return Label(s, n) + "'s way up"
	case sim.Downlink:
		return Label(s, n) + "'s way back"
	}
	return Label(s, n)
}

// Labels joins the short names of what a request carries, as "u2+u3".
func Labels(s *sim.Script, actions []int) string {
	return joined(s, actions, "+")
}

func joined(s *sim.Script, actions []int, sep string) string {
	labels := make([]string, len(actions))
	for i, n := range actions {
		labels[i] = Label(s, n)
	}
	return strings.Join(labels, sep)
}

// About puts the labels of the actions that an event is about into one: "u2+u3",
// or "u1 or u3" where nobody can tell which of them a request carries.
func About(s *sim.Script, e *sim.Event) string {
	if e.Request == nil || len(e.Request.Or) == 0 {
		return Labels(s, e.About())
	}
	return joined(s, e.Request.Or, " or ")
}

// Action puts an action into a few words, as `u2 update name "Ada"`.
func Action(s *sim.Script, a *sim.Action) string { return a.Label() + " " + Asks(s, a) }

// Asks says what an action asks for, as `update name "Ada"`.
func Asks(s *sim.Script, a *sim.Action) string {
	fields := Changes(s, a.Sets.By(sim.By(a.Number)), a.Sets, a.Adds)
	switch {
	case fields == "":
		return a.Word()
	case a.Do == sim.SetPermissions:
		return fields
	}
	return a.Word() + " " + fields
}

// All is every field that a person has.
const All = sim.AllFields

// Fields lists those of some fields that somebody wrote, as `name "Ada", age 36`.
func Fields(s *sim.Script, state sim.State, set sim.FieldSet) string {
	return Changes(s, state, set, 0)
}

// Changes lists what is made of some fields, as Fields does; and of those that are
// added to, how much: `count +1`, `tags +["x"]`.
func Changes(s *sim.Script, state sim.State, set, adds sim.FieldSet) string {
	var list []string
	for f := range set.All {
		switch {
		case state[f] == sim.Nobody:
		case adds.Has(f):
			list = append(list, Fit(s.FieldName(f), most)+" "+Added(s, state[f], f))
		default:
			list = append(list, Field(s, state, f))
		}
	}
	return strings.Join(list, ", ")
}

// Added says what is added to a field by the actions that a writer names: "+1",
// "-2", `+["x"]`.
func Added(s *sim.Script, by sim.Writer, f int) string {
	v := s.Values[s.Value(by, f)]
	if s.Bag(f) {
		v = List(v)
	}
	text := quoted(v)
	if strings.HasPrefix(text, "-") {
		return text
	}
	return "+" + text
}

// List returns a list as it is, and of anything else a list that has nothing else.
func List(v any) *sim.List {
	if l, is := v.(*sim.List); is {
		return l
	}
	return &sim.List{v}
}

// Writers names the actions that wrote what a field has: "u2", or of a value to
// which several have added "u1+u2", as they came; "" if none did.
func Writers(s *sim.Script, by sim.Writer) string {
	var all []int
	for by != sim.Nobody {
		n, below := s.Last(by)
		if by = below; n > 0 {
			all = append(all, n)
		}
	}
	slices.Reverse(all)
	return Labels(s, all)
}

// most is how many columns of a name or a text are told.
const most = 24

// quoted writes a value, and a text in quotes.
func quoted(v any) string {
	switch v := v.(type) {
	case string:
		return `"` + Fit(v, most) + `"`
	case *sim.List:
		all := make([]string, len(*v))
		for i, item := range *v {
			all[i] = quoted(item)
		}
		return Fit("["+strings.Join(all, ", ")+"]", 2*most)
	}
	return fmt.Sprint(v)
}

// Field returns a field and what it holds, as `name "Ada"`.
func Field(s *sim.Script, state sim.State, f int) string {
	return Fit(s.FieldName(f), most) + " " + quoted(s.Values[s.Value(state[f], f)])
}

// Value returns what a writer gave a field, "–" for nobody. It is not cleaned.
func Value(s *sim.Script, w sim.Writer, f int) string {
	if w == sim.Nobody {
		return "–"
	}
	if text := fmt.Sprint(s.Values[s.Value(w, f)]); text != "" {
		return text
	}
	return "(empty)"
}
