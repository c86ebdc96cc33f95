package scenarios_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/report/explain"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// fixed are the fields that are not free, with what they have in a scenario in
// which all others are set: an update on a network that is spelled out.
var fixed = map[string]any{
	"File":                     "", // where it was read from
	"Network":                  "", // spelled out: no preset
	"Script.Actions[0].Number": 1,  // its place
	"Script.Actions[0].Do":     sim.Update,
	"Script.Actions[0].Skip":   false, // what is skipped is not saved
	"Script.Actions[0].Opens":  false, // an update does neither
	"Script.Actions[0].Lists":  false,
	"Script.Actions[0].Parent": uint8(0),
	"Script.Fields":            []string{"name"},
	"Script.Values":            []any{"read-only", "Ada"},
	"Script.ReadOnly":          sim.ValueID(0),     // always the first value
	"Script.Actions[0].Errand": (*sim.Errand)(nil), // a script has none
	"Clients[0].Name":          "ours",
	"Clients[0].File":          "./save.tsx",
	"Expect[0].Strategy":       "naive",
	"Expect[0].Line":           0, // places of a file
	"Expect[0].Column":         0,
	"Expect[0].Orders":         scenarios.Racy,
}

// sample returns a value for a field that is free, another one for each n.
func sample(t *testing.T, path string, of reflect.Type, n int) any {
	if v, ok := fixed[path]; ok {
		return v
	}
	switch reflect.Zero(of).Interface().(type) {
	case string:
		return fmt.Sprint("text ", n)
	case bool:
		return true
	case int:
		return 400 + n // also a status
	case uint8:
		return uint8(1)
	case uint64:
		return uint64(n)
	case float64:
		return float64(n) / 1000
	case time.Duration:
		return time.Duration(n) * time.Millisecond
	case sim.Latency:
		l, err := sim.NewLatency(sim.Uniform, 0, time.Duration(n)*time.Millisecond, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		return l
	case sim.Leg:
		return sim.Uplink
	case sim.FieldSet:
		return sim.FieldSet(0).With(0)
	case [sim.NumFields]sim.ValueID:
		return [sim.NumFields]sim.ValueID{1}
	case *judge.Verdict:
		v := judge.Wrong
		return &v
	case []judge.Kind:
		return []judge.Kind{judge.LostWrite}
	}
	return nil
}

// filled returns a scenario of which every field is set, and calls do with each.
func filled(t *testing.T, do func(path string, v reflect.Value)) *scenarios.Scenario {
	t.Helper()
	var s scenarios.Scenario
	var n int
	fill(t, reflect.ValueOf(&s).Elem(), "", &n, do)
	return &s
}

// fill sets a value, or all that is in it, and calls do with what it has set.
func fill(t *testing.T, v reflect.Value, path string, n *int, do func(path string, v reflect.Value)) {
	*n++
	if s := sample(t, path, v.Type(), *n); s != nil {
		v.Set(reflect.ValueOf(s))
		do(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path, n, do)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0), path+"[0]", n, do)
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i), n, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fill(t, v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), n, do)
			}
		}
	default:
		t.Fatalf("%s is a %v: this test knows no value to try of it", path, v.Type())
	}
}

// lost reports each field that is not the same in two scenarios.
type lost struct {
	t    *testing.T
	path cmp.Path
}

func (l *lost) PushStep(s cmp.PathStep) { l.path = append(l.path, s) }
func (l *lost) PopStep()                { l.path = l.path[:len(l.path)-1] }

func (l *lost) Report(r cmp.Result) {
	if !r.Equal() {
		was, is := l.path.Last().Values()
		l.t.Errorf("%s is %v, but %v in the file that is saved: it has no key. %s", l.path, was, is, l.row())
	}
}

// row is the row of a key for the field that is lost, if it is one of a struct.
func (l *lost) row() string {
	field, ok := l.path.Last().(cmp.StructField)
	if !ok {
		return "Give it a row in keys.go"
	}
	forms := map[string]string{"bool": "boolean", "string": "line", "float64": "share", "time.Duration": "duration",
		"int": "whole[int](0, 1)", "uint64": "whole[uint64](0, 1)", "uint8": "ordinal(1)"}
	kind, in := field.Type().String(), l.path.Index(-2).Type()
	form, known := forms[kind]
	if !known {
		form = "…"
	}
	return fmt.Sprintf("Give it a row in keys.go, as\n\t\t{name: %q,\n\t\t\tslot:  in(%s, func(x *%v) *%s { return &x.%s }),\n\t\t\tabout: \"For people, in a sentence.\"},",
		strings.ToLower(field.Name()), form, in, kind, field.Name())
}

// TestEveryFieldIsSaved sets all that a scenario, its script, its actions and its network have, and
// reads again what is written: what no key says is lost.
func TestEveryFieldIsSaved(t *testing.T) {
	s := filled(t, func(string, reflect.Value) {})
	saved, err := scenarios.Parse("", s.YAML())
	if err != nil {
		t.Fatalf("%v\n%s", err, s.YAML())
	}
	for i := range saved.Expect {
		saved.Expect[i].Line, saved.Expect[i].Column = 0, 0
	}
	same := cmp.Comparer(func(a, b sim.Latency) bool { return a == b })
	if !cmp.Equal(s, saved, same, cmpopts.IgnoreUnexported(sim.Script{}, scenarios.Scenario{}), cmp.Reporter(&lost{t: t})) {
		t.Logf("the file:\n%s", s.YAML())
	}
}

// TestEveryFieldIsExplained takes one field after the other back: explain
// tells the difference.
func TestEveryFieldIsExplained(t *testing.T) {
	var paths []string
	explain := func(s *scenarios.Scenario) string {
		var b bytes.Buffer
		if err := explain.Scenario(&b, s, nil, terminal.Palette{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole := explain(filled(t, func(path string, v reflect.Value) {
		if !v.IsZero() && !slices.Contains(numbering, path) {
			paths = append(paths, path)
		}
	}))
	for _, path := range paths {
		without := filled(t, func(p string, v reflect.Value) {
			if p == path {
				v.SetZero()
			}
		})
		if explain(without) == whole {
			t.Errorf("explain says nothing of %s:\n%s", path, whole)
		}
	}
}

// numbering are fields that others count on.
var numbering = []string{"Script.Actions[0].Number", "Script.Fields", "Script.Values"}
