package exercises

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit/schema"
	"photofinish/scenarios"
)

// TestCatalogue: every folder is an exercise of the catalogue under its own name, one
// leads to the next, and each of its files can be read on one screen.
func TestCatalogue(t *testing.T) {
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range folders {
		if f.IsDir() {
			n++
			if !slices.Contains(catalogue, f.Name()) {
				t.Errorf("%s is not in the catalogue", f.Name())
			}
		}
	}
	if n != len(catalogue) {
		t.Errorf("%d folders for %d exercises", n, len(catalogue))
	}
	for i, e := range All() {
		next := ""
		if i+1 < len(catalogue) {
			next = catalogue[i+1]
		}
		if e.Name != catalogue[i] || e.Next != next {
			t.Errorf("%s: is called %s, and leads to %q, not %q", catalogue[i], e.Name, e.Next, next)
		}
		if title, lesson := Head(catalogue[i]); title != e.Title || lesson != e.Lesson {
			t.Errorf("%s is listed as %q of %s, and is %q of %s", e.Name, title, lesson, e.Title, e.Lesson)
		}
		if len(e.Warnings) > 0 {
			t.Errorf("%s: %v", e.Name, e.Warnings)
		}
		texts := map[string]string{"start.mjs": e.Start, "right.mjs": e.Right}
		for _, w := range e.Wrong {
			texts[w.File] = w.Text
		}
		for name, text := range texts {
			if n := strings.Count(text, "\n"); n > MaxLines || n < 5 {
				t.Errorf("%s/%s has %d lines, of at most %d", e.Name, name, n, MaxLines)
			}
			if hole := e.Hole(text); (hole > 0) != (name == "start.mjs") {
				t.Errorf("%s/%s: the hole is in line %d", e.Name, name, hole)
			}
		}
		there, err := fs.Glob(files, e.Name+"/*.mjs")
		if err != nil || len(there) != len(texts) {
			t.Errorf("%s has %v, and names %d of them", e.Name, there, len(texts))
		}
	}
}

// TestHole: what is written makes it filled, and nothing else does.
func TestHole(t *testing.T) {
	e, err := Find("in-turn")
	if err != nil {
		t.Fatal(err)
	}
	hole := "/* HOLE: save, so that a newer edit can never be overwritten by an older one. */"
	for _, test := range []struct {
		instead string
		line    int
	}{
		{hole, 8},
		{"\n\n    " + hole + " // later", 10},
		{"// what now?", 8},
		{"", 8},
		{hole + "\n      await save(set);", 0},
		{"last = save(set);", 0},
	} {
		if got := e.Hole(strings.Replace(e.Start, hole, test.instead, 1)); got != test.line {
			t.Errorf("%q: %d, not %d", test.instead, got, test.line)
		}
	}
}

// TestWarnings: each of them comes where it should, and the exercise has none without it.
func TestWarnings(t *testing.T) {
	with := func(name, text string) []*scenarios.Error {
		folder := fstest.MapFS{}
		for _, file := range []string{"exercise.yaml", "start.mjs", "right.mjs", "wrong.mjs", "wrong2.mjs"} {
			data, err := fs.ReadFile(files, "in-turn/"+file)
			if err != nil {
				t.Fatal(err)
			}
			folder[file] = &fstest.MapFile{Data: data}
		}
		folder[name] = &fstest.MapFile{Data: []byte(text)}
		e, err := Read(folder)
		if err != nil {
			t.Fatal(err)
		}
		return e.Warnings
	}
	e, err := Find("in-turn")
	if err != nil {
		t.Fatal(err)
	}
	own, err := fs.ReadFile(files, "in-turn/exercise.yaml")
	if err != nil {
		t.Fatal(err)
	}
	yaml := string(own)
	none := yaml[:strings.Index(yaml, "wrong:")] + "wrong: []\n" + yaml[strings.Index(yaml, "hints:"):]
	for _, test := range []struct{ name, file, text, want string }{
		{"nothing", "start.mjs", e.Start, ""},
		{"no hole", "start.mjs", strings.Replace(e.Start, "HOLE", "HOLLE", 1), "exercise.yaml:1:1: start.mjs has no hole"},
		{"nothing written", "right.mjs", e.Start, "exercise.yaml:1:1: right.mjs is start.mjs"},
		{"too long", "wrong.mjs", e.Wrong[0].Text + "//\n//\n//\n", "exercise.yaml:1:1: wrong.mjs has 15 lines"},
		{"not named", "wrong3.mjs", e.Right, "exercise.yaml:9:3: wrong3.mjs is not named"},
		{"leads nowhere", "exercise.yaml", strings.Replace(yaml, "next: both-rules", "next: both", 1), "exercise.yaml:15:7: next is none of"},
		{"no wrong one", "exercise.yaml", none, "exercise.yaml:8:8: no filling is known to be wrong"},
	} {
		all := with(test.file, test.text)
		if test.want == "" && len(all) > 0 || test.want != "" && (len(all) == 0 || !strings.HasPrefix(all[0].Error(), test.want)) {
			t.Errorf("%s: %v, not %q", test.name, all, test.want)
		}
	}
}

// fine is an exercise without a mistake; the files that it names are there.
const fine = `name: a
title: A
lesson: crossing
story: B.
scenarios: [overlapping-updates, own.yaml]
ends: {own: told}
wrong:
  - {file: wrong.mjs, in: own, bad: 1 of 2, order: "u1 u1> <u1", anomaly: monotonic-writes, meets: my tab is alone}
hints: [d, e, f]
next: g
`

func read(text string) (*Exercise, error) {
	return Read(fstest.MapFS{
		"exercise.yaml": {Data: []byte(text)}, "start.mjs": {Data: []byte("s")}, "right.mjs": {Data: []byte("r")}, "wrong.mjs": {Data: []byte("w")},
		"own.yaml": {Data: []byte("name: own\ngiven: {name: Ada}\nsteps: [{at: 0, do: update, set: {name: Bob}}]\n")},
	})
}

var mistakes = []struct{ name, old, new, want string }{
	{"unknown key", "title: A", "titel: A", `exercise.yaml:2:1: unknown key "titel" (did you mean "title"?)`},
	{"unknown lesson", "crossing", "crosing", `exercise.yaml:3:9: unknown lesson "crosing" (did you mean "crossing"?)`},
	{"no story", "B.", `""`, `exercise.yaml:4:8: story is empty`},
	{"unknown scenario", "overlapping-updates", "overlaping-updates", `exercise.yaml:5:13: unknown scenario "overlaping-updates" (did you mean "overlapping-updates"?)`},
	{"file that is not there", "own.yaml", "our.yaml", `exercise.yaml:5:34: there is no "our.yaml" beside this file`},
	{"file elsewhere", "own.yaml", "../own.yaml", `exercise.yaml:5:34: unknown scenario "../own.yaml"`},
	{"scenario twice", "own.yaml]", "overlapping-updates]", `exercise.yaml:5:34: "overlapping-updates" is here twice`},
	{"end of another", "{own: told}", "{three-waiters: told}", `exercise.yaml:6:8: unknown scenario of this exercise "three-waiters": it is one of overlapping-updates, own`},
	{"unknown end", "told", "loud", `exercise.yaml:6:13: unknown end "loud": it is one of ok, told`},
	{"wrong that is not there", "file: wrong", "file: wrang", `exercise.yaml:8:12: there is no "wrang.mjs" beside this file`},
	{"no number", "1 of 2", "half", `exercise.yaml:8:37: bad must be so many of all orders, such as 2 of 5, not "half"`},
	{"unknown anomaly", "monotonic-writes", "monotonic-write", `exercise.yaml:8:75: unknown anomaly "monotonic-write" (did you mean "monotonic-writes"?)`},
	{"wrong in another", "in: own", "in: three-waiters", `exercise.yaml:8:27: unknown scenario of this exercise "three-waiters": it is one of overlapping-updates, own`},
	{"unknown misconception", "tab is alone", "tab is lonely", `exercise.yaml:8:100: unknown misconception "my tab is lonely" (did you mean "my tab is alone"?)`},
	{"two hints", "[d, e, f]", "[d, e]", `exercise.yaml:9:8: an exercise has 3 hints, the vaguest first`},
}

func TestMistakes(t *testing.T) {
	if e, err := read(fine); err != nil || e.Trials[1].End() != "told" || e.Trials[0].End() != "ok" {
		t.Fatalf("%+v, %v", e, err)
	}
	for _, m := range mistakes {
		text := strings.Replace(fine, m.old, m.new, 1)
		if text == fine {
			t.Errorf("%s changes nothing", m.name)
		}
		if _, err := read(text); err == nil || !strings.HasPrefix(err.Error(), m.want) {
			t.Errorf("%s: %v\nwant %s", m.name, err, m.want)
		}
	}
	for _, file := range []string{"exercise.yaml", "start.mjs", "right.mjs"} {
		all := fstest.MapFS{"wrong.mjs": {}, "own.yaml": {Data: []byte("name: own\nsteps: [{at: 0, do: create, set: {name: Bob}}]\n")}}
		for _, other := range []string{"exercise.yaml", "start.mjs", "right.mjs"} {
			if other != file {
				all[other] = &fstest.MapFile{Data: []byte(fine)}
			}
		}
		if _, err := Read(all); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("without %s: %v", file, err)
		}
	}
}

// TestSchema holds the schema to the decoder: the same keys, each described; what is
// shipped is valid, and of what is broken all that a schema can know of.
func TestSchema(t *testing.T) {
	text, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type node struct {
		Properties           map[string]struct{ Description string }
		AdditionalProperties any
		Defs                 map[string]node `json:"$defs"`
	}
	var root node
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	for _, o := range []struct {
		of   node
		keys []string
	}{{root, fileKeys}, {root.Defs["wrong"], wrongKeys}} {
		var keys []string
		for key, p := range o.of.Properties {
			if keys = append(keys, key); p.Description == "" {
				t.Errorf("%s has no description", key)
			}
		}
		slices.Sort(keys)
		if want := slices.Sorted(slices.Values(o.keys)); !slices.Equal(keys, want) || o.of.AdditionalProperties != false {
			t.Errorf("the schema has %v, the decoder %v", keys, want)
		}
	}
	follows := schema.Validator(t, text)
	valid := func(text []byte) error {
		data, err := yaml.YAMLToJSON(text)
		if err != nil {
			return err
		}
		return follows(data)
	}
	for _, name := range catalogue {
		data, err := files.ReadFile(name + "/exercise.yaml")
		if err == nil {
			err = valid(data)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	known := []string{"unknown key", "no story", "scenario twice", "unknown end", "no number", "two hints"} // without the catalogue
	for _, m := range mistakes {
		if err := valid([]byte(strings.Replace(fine, m.old, m.new, 1))); slices.Contains(known, m.name) == (err == nil) {
			t.Errorf("%s: %v", m.name, err)
		}
	}
}
