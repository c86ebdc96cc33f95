package external

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
)

// order is what a request asks the server for.
type order struct {
	do     sim.Do
	id     int  // the record it is for; 0: none that there is
	list   bool // of a fetch: whoever this client has got, wherever they are
	sets   sim.FieldSet
	values [sim.NumFields]int // see [vocabulary]
}

// route finds out what a request asks for: what the user's own route has said of
// it, or else what the conventions of REST make of its method and its address.
func (s *lane) route(q *request) (order, error) {
	var o order
	body, err := s.body(q)
	if err != nil {
		return o, err
	}
	if q.Do != "" {
		err = s.told(q, &o)
	} else {
		err = s.conventions(q, body, &o)
	}
	if err != nil || o.do == sim.Delete || o.do == sim.Fetch {
		return o, err
	}
	if err := s.fieldsOf(q, body, &o); err != nil {
		return o, err
	}
	if o.do == sim.Update && o.sets == 1<<sim.Permissions {
		o.do = sim.SetPermissions
	}
	if o.sets == 0 && o.do != sim.Create {
		for f := range s.fields.All { // a known one without a value
			if said, there := body[s.script.FieldName(f)]; there {
				return o, s.unwritten(q, f, said)
			}
		}
		return o, s.shapeless(q)
	}
	return o, nil
}

// told takes over what the user's own route says.
func (s *lane) told(q *request, o *order) error {
	do := slices.Index(sim.Dos(), q.Do)
	if do < 0 {
		return s.says(q, "do", q.Do)
	}
	o.do = sim.Do(do)
	var id any
	if len(q.ID) > 0 && json.Unmarshal(q.ID, &id) != nil {
		return s.says(q, "id", string(q.ID))
	}
	o.id = number(id)
	o.list = o.do == sim.Fetch && len(q.ID) == 0
	return nil
}

// conventions reads the method and the address.
func (s *lane) conventions(q *request, body map[string]any, o *order) error {
	u, err := url.Parse(q.URL)
	if err != nil {
		return s.foreign(q)
	}
	path := strings.TrimRight(u.Path, "/")
	if id := s.madeItself(path); id != "" {
		return ownID(q, id)
	}
	if s.path != "" && path != s.path && !strings.HasPrefix(path, s.path+"/") {
		return s.foreign(q)
	}
	id, collection := s.idIn(path)
	if id == 0 {
		id, collection = s.gotten(u.Query().Get("id")), path
	}
	if id == 0 {
		id = s.gotten(body["id"])
	}
	o.id = id
	known := s.knows(body)
	switch method := strings.ToUpper(q.Method); {
	case method == "GET" && id != 0:
		o.do = sim.Fetch
	case method == "GET" && s.path != "" && path == s.path:
		o.do, o.list = sim.Fetch, true
	case method == "GET" && s.path != "" && slices.Contains(nobody[:], strings.TrimPrefix(path, s.path+"/")):
		o.do = sim.Fetch
	case method == "POST" && id != 0 && known:
		o.do = sim.Update
	case method == "POST" && id == 0 && (known || s.bareCreate()):
		o.do = sim.Create
		s.made(body)
	case method == "POST" && wrapped(body) && (s.path == "" || path == s.path):
		return s.shapeless(q)
	case method == "PUT", method == "PATCH":
		o.do = sim.Update
	case method == "DELETE":
		o.do = sim.Delete
	default:
		return s.foreign(q)
	}
	if s.path == "" && (id != 0 || o.do == sim.Create) {
		s.path = collection
	}
	return nil
}

// nobody is what stands in a path for an id that is not there.
var nobody = [...]string{"null", "undefined", "NaN"}

// idIn returns the last part of a path that is all digits, and the path before
// it. Where the collection is known, what stands before it is no id; nor is what
// something else stands behind, unless it is that of a record that this client has
// got: 42 is none in "/teams/42/people".
func (s *lane) idIn(path string) (id int, collection string) {
	parts := strings.Split(path, "/")
	from := 0
	if s.path != "" {
		from = strings.Count(s.path, "/") + 1
	}
	for i := len(parts) - 1; i >= from; i-- {
		if n := number(parts[i]); n != 0 && (i == len(parts)-1 || s.gotten(parts[i]) != 0) {
			return n, strings.Join(parts[:i], "/")
		}
	}
	return 0, path
}

// number returns a whole number from 1 that stands for itself or in digits,
// else 0.
func number(v any) int {
	switch v := v.(type) {
	case string:
		if strings.Trim(v, "0123456789") == "" && len(v) < 10 {
			n, _ := strconv.Atoi(v)
			return n
		}
	case float64:
		if n := int(v); float64(n) == v && 0 < n && n < 1e9 {
			return n
		}
	}
	return 0
}

// gotten returns the id of a record that this client has got, else 0.
func (s *lane) gotten(v any) int {
	if n := number(v); slices.Contains(s.got, n) {
		return n
	}
	return 0
}

// made remembers the ids that a client gives to what it creates.
func (s *lane) made(body map[string]any) {
	for _, key := range [...]string{"id", "_id", "uuid", "key"} {
		var id string
		switch v := body[key].(type) {
		case string:
			id = v
		case float64:
			id = strconv.FormatFloat(v, 'f', -1, 64)
		}
		if id != "" && s.gotten(id) == 0 && !slices.Contains(s.named, id) {
			s.named = append(s.named, id)
		}
	}
}

// madeItself returns the part of a path that is such an id.
func (s *lane) madeItself(path string) string {
	for part := range strings.SplitSeq(path, "/") {
		if slices.Contains(s.named, part) {
			return part
		}
	}
	return ""
}

// isPatch reports whether an element of a list is a step of a JSON Patch, which is
// one operation of another shape.
func isPatch(v any) bool {
	step, _ := v.(map[string]any)
	return step["op"] != nil && step["path"] != nil
}

// knows reports whether a body has a field of the script.
func (s *lane) knows(body map[string]any) bool {
	return slices.ContainsFunc(s.fieldNames(), func(name string) bool {
		_, there := body[name]
		return there
	})
}

// wrapped reports whether the fields of a body may stand deeper in it.
func wrapped(body map[string]any) bool {
	for _, v := range body {
		if _, is := v.(map[string]any); is {
			return true
		}
	}
	return false
}

// body returns the fields in the body of a request.
func (s *lane) body(q *request) (map[string]any, error) {
	if q.Set != nil {
		return q.Set, nil
	}
	if q.Text != nil && *q.Text != "" && q.Do == "" && q.Method != "GET" {
		return nil, s.shapeless(q)
	}
	if len(q.JSON) == 0 {
		return nil, nil
	}
	var v any
	if err := json.Unmarshal(q.JSON, &v); err != nil {
		return nil, s.shapeless(q)
	}
	fields, is := v.(map[string]any)
	if is || v == nil || q.Do != "" {
		return fields, nil
	}
	if list, is := v.([]any); is && len(list) > 0 && !isPatch(list[0]) {
		return nil, batched(q, len(list))
	}
	if q.Method != "GET" {
		return nil, s.shapeless(q)
	}
	return nil, nil
}

// fieldsOf reads which fields the body has, and their values.
func (s *lane) fieldsOf(q *request, body map[string]any, o *order) error {
	for f := range s.fields.All {
		said, there := body[s.script.FieldName(f)]
		if !there {
			continue
		}
		switch id := s.words.read(s.script, f, said); id {
		case noValue:
		case strange:
			if !blank(said) || len(s.had[f]) > 0 || s.setting(f) != 0 {
				return s.unwritten(q, f, said)
			}
		default:
			o.sets, o.values[f] = o.sets.With(f), id
		}
	}
	return nil
}
