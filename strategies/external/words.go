package external

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"photofinish/sim"
)

// dialect is how a client's file says what an error asks of it.
type dialect struct {
	notAbout string // a path is not about the record; with the path
	about    string // it is
	means    string // what it asks for, where it is about a record that is known; with the path
	name     string // a field goes by another name
	shape    string // a body has another shape
	back     string // a value is another one on the wire; with the field
	skip     string // a request is not about the record

	permissions string // the function that sets them
}

// speaks returns that of a file or a command.
func speaks(s Spec) dialect {
	switch {
	case s.Command():
		return dialect{
			notAbout: `answer what has the path %[1]q yourself`,
			about:    `say "path": %[1]q in the answer to start`,
			means:    `say do and id with the request %[1]q`,
			name:     `translate it`,
			shape:    `say do, id and set with the request, and translate the answer`,
			back:     `say it with the request: "set": {%q: …}`,
			skip:     `answer it yourself`,

			permissions: "set-permissions",
		}
	case filepath.Ext(s.File) == ".py":
		return dialect{
			notAbout: `def route(request): return False if request.path == '%[1]s' else None`,
			about:    `MAP = {'path': '%[1]s'}`,
			means:    `def route(request): return {'do': …, 'id': …} if request.path == '%[1]s' else None`,
			name:     `MAP['fields']`,
			shape:    `route and answer`,
			back:     `Give it back in route: {'set': {'%s': …}}`,
			skip:     `return False for it in route`,

			permissions: "set_permissions",
		}
	}
	return dialect{
		notAbout: `export const route = r => r.path === %[1]q ? null : undefined`,
		about:    `export const map = { path: %[1]q }`,
		means:    `export const route = r => r.path === %[1]q ? { do: …, id: … } : undefined`,
		name:     `map.fields`,
		shape:    `route and answer (photofinish client new jsonapi|rails|apollo shows them)`,
		back:     `Give it back in route: { set: { %s: … } }`,
		skip:     `return null for it in route`,

		permissions: "setPermissions",
	}
}

// line names a request: "PATCH /people/1".
func (q *request) line() string { return cut(clean(q.Method+" "+q.path()), 80) }

// path returns the path of its address.
func (q *request) path() string {
	if u, err := url.Parse(q.URL); err == nil && u.Path != "" {
		return u.Path
	}
	return q.URL
}

// foreign is error 1: it is not about the record.
func (s *lane) foreign(q *request) error {
	known := "its path is not known yet"
	if s.path != "" {
		known = "its path is " + clean(s.path)
	}
	d, path := &s.client.speaks, clean(q.path())
	about := d.about
	if id, _ := s.idIn(strings.TrimRight(q.path(), "/")); id != 0 || s.path != "" && strings.HasPrefix(q.path(), s.path+"/") {
		about = d.means
	}
	return fmt.Errorf("%s is not about the record, as far as I can see (%s). If it is not: %s. If it is: %s",
		q.line(), known, fmt.Sprintf(d.notAbout, path), fmt.Sprintf(about, path))
}

// shapeless is error 2: it has no known field.
func (s *lane) shapeless(q *request) error {
	body := "it has no body"
	switch {
	case q.Text != nil:
		body = cut(clean(*q.Text), 120)
	case len(q.JSON) > 0:
		body = excerpt(q.JSON)
	}
	d := &s.client.speaks
	return fmt.Errorf("%s carries no field of the scenario (%s): %s. Another name: %s. Another shape: %s",
		q.line(), strings.Join(s.fieldNames(), ", "), body, d.name, d.shape)
}

func (s *lane) fieldNames() []string {
	names := []string{} // never null
	for f := range s.fields.All {
		names = append(names, s.script.FieldName(f))
	}
	return names
}

// unwritten is error 3: nobody wrote that value.
func (s *lane) unwritten(q *request, f int, v any) error {
	name := s.script.FieldName(f)
	return fmt.Errorf("%s sends %s = %s, which nobody wrote%s. %s",
		q.line(), name, inJSON(v), s.wroteInstead(f), fmt.Sprintf(s.client.speaks.back, name))
}

// unknownOnScreen is the same of the screen.
func (s *lane) unknownOnScreen(f int, v any) error {
	name := s.script.FieldName(f)
	return fmt.Errorf("the screen shows %s = %s %s, which nobody wrote%s", name, inJSON(v), s.moment, s.wroteInstead(f))
}

// wroteInstead says what the last click to set a field wrote: ` (u1 wrote "Ada")`.
func (s *lane) wroteInstead(f int) string {
	if set := s.setting(f); set != 0 {
		a := s.script.Action(set.latest())
		return fmt.Sprintf(" (%s wrote %s)", a.Label(), inJSON(s.script.Values[a.Values[f]]))
	}
	if person := s.view % sim.MaxPersons; s.script.Gave(person).Has(f) {
		return fmt.Sprintf(" (%s was given)", inJSON(s.script.Values[s.script.Value(sim.GivenTo(person), f)]))
	}
	return ""
}

// batched is error 4: it holds several operations.
func batched(q *request, n int) error {
	many := fmt.Sprintf("%d operations", n)
	if n == 1 {
		many = "a list of operations"
	}
	return fmt.Errorf("%s holds %s. A request stands for one: turn batching off here (batchMax: 1)", q.line(), many)
}

// ownID is error 5: the client has made the id.
func ownID(q *request, id string) error {
	short := q.path()
	if len(id) > 8 {
		at := strings.Index(short, id)
		short = short[:at] + cut(id, 4)
	}
	return fmt.Errorf("%s %s uses an id that your client made itself. Not understood yet: let the answer to the create give the id, or map it in route",
		clean(q.Method), clean(short))
}

// unasked is error 6: no click has asked for it.
func (s *lane) unasked(q *request, do sim.Do) error {
	article := "a "
	if do == sim.Update {
		article = "an "
	}
	var labels []string
	for n := range s.pressed.all {
		labels = append(labels, s.script.Action(n).Label())
	}
	so := cmp.Or(strings.Join(labels, ", "), "none")
	return fmt.Errorf("%s: no click has asked for %s%s (so far: %s). A request of its own: %s",
		q.line(), article, do, so, s.client.speaks.skip)
}

// inJSON writes a value as JSON, and not too long.
func inJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return cut(clean(string(b)), 60)
}

// says is an error in what a program says of a request by itself.
func (s *lane) says(q *request, what, value string) error {
	return fmt.Errorf("%s: route says %s %q, which is none", q.line(), what, clean(cut(value, 60)))
}

// badTag is one in whom it says that a request carries.
func (s *lane) badTag(q *request, n int) error {
	return fmt.Errorf("%s says that it carries click %d, and no click of that number has been done on this screen", q.line(), n)
}

// noScreen is one in what it says is on the screen.
func (s *lane) noScreen() error {
	return fmt.Errorf("the screen is %s %s: it is an object with the fields of the scenario, or null", excerpt(s.answer.Screen), s.moment)
}

// countsBack is one in the number of a request.
func countsBack(q *request, last int) error {
	return fmt.Errorf("%s is request %d, and the one before was %d: they count on, from 1 in each trial", q.line(), q.N, last)
}

// unknownRequest is one in whom it aborts.
func unknownRequest(n int) error { return fmt.Errorf("it aborts request %d, which it has not sent", n) }

// unknownClick is one in which click something happens to.
func unknownClick(n int) error {
	return fmt.Errorf("it speaks of click %d, and no click of that number has been done on this screen", n)
}

// tooMany says where the last of too many requests was sent.
func tooMany(q *request) error {
	where := ""
	if q.At != "" {
		where = " (" + clean(q.At) + ")"
	}
	return fmt.Errorf("it sent more than 1,000 requests in one trial%s: does it ever give up?", where)
}
