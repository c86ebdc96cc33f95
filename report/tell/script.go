package tell

import (
	"fmt"
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

// Labels joins the short names of what a request carries, as "u2+u3".
func Labels(s *sim.Script, actions []int) string {
	labels := make([]string, len(actions))
	for i, n := range actions {
		labels[i] = Label(s, n)
	}
	return strings.Join(labels, "+")
}

// About puts the labels of the actions that an event is about into one: "u2+u3",
// or "u1 or u3" where nobody can tell which of them a request carries.
func About(s *sim.Script, e *sim.Event) string {
	if e.Request == nil || len(e.Request.Or) == 0 {
		return Labels(s, e.About())
	}
	labels := make([]string, len(e.Request.Or))
	for i, n := range e.Request.Or {
		labels[i] = Label(s, n)
	}
	return strings.Join(labels, " or ")
}

// Action puts an action into a few words, as `u2 update name "Ada"`.
func Action(s *sim.Script, a *sim.Action) string { return a.Label() + " " + Asks(s, a) }

// Asks says what an action asks for, as `update name "Ada"`.
func Asks(s *sim.Script, a *sim.Action) string {
	fields := Fields(s, a.Sets.By(sim.By(a.Number)), a.Sets)
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
	var list []string
	for f := range set.All {
		if state[f] != sim.Nobody {
			list = append(list, Field(s, state, f))
		}
	}
	return strings.Join(list, ", ")
}

// Field returns a field and what it holds, as `name "Ada"`.
func Field(s *sim.Script, state sim.State, f int) string {
	const most = 24
	v := s.Values[s.Value(state[f], f)]
	text := fmt.Sprint(v)
	if quoted, ok := v.(string); ok {
		text = `"` + Fit(quoted, most) + `"`
	}
	return Fit(s.FieldName(f), most) + " " + text
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
