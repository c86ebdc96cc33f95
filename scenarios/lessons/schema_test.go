package lessons

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit/schema"
	"photofinish/scenarios/strict"
)

// node is a part of a JSON Schema.
type node struct {
	Properties           map[string]node
	AdditionalProperties any
	Description          string
	Enum                 []string
	Defs                 map[string]node `json:"$defs"`
	Ref                  string          `json:"$ref"`
	MaxItems             int
	MaxLength            int
	Maximum              int
	Items                *node
}

func root(t *testing.T) node {
	var n node
	if err := json.Unmarshal(Schema(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSchemaHasTheKeys(t *testing.T) {
	root := root(t)
	objects := map[string][]string{"file": fileKeys, "step": slices.Concat(kinds, tellKeys), "again": againKeys}
	nodes := map[string]node{"file": root, "step": root.Defs["step"], "again": *root.Defs["again"].Items}
	for k, keys := range stepKeys {
		if keys != nil {
			objects[kinds[k]], nodes[kinds[k]] = keys, root.Defs["step"].Properties[kinds[k]]
		}
	}
	for name, want := range objects {
		var keys []string
		for key, p := range nodes[name].Properties {
			keys = append(keys, key)
			if local, ok := strings.CutPrefix(p.Ref, "#/$defs/"); p.Description == "" && (!ok || root.Defs[local].Description == "") {
				t.Errorf("%s: %s has no description", name, key)
			}
		}
		slices.Sort(keys)
		if want := slices.Sorted(slices.Values(want)); !slices.Equal(keys, want) {
			t.Errorf("%s: the schema has %v, the decoder %v", name, keys, want)
		}
		if nodes[name].AdditionalProperties != false {
			t.Errorf("%s: other keys are allowed", name)
		}
	}
}

func TestSchemaHasTheWords(t *testing.T) {
	root := root(t)
	steps := root.Defs["step"].Properties
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"answer", root.Defs["answer"].Enum, asks},
		{"by", steps["break"].Properties["by"].Enum, bys},
		{"steps", root.Properties["steps"].MaxItems, maxSteps},
		{"hints of a break", steps["break"].Properties["hints"].MaxItems, maxHints},
		{"hints of a mend", steps["mend"].Properties["hints"].MaxItems, maxHints},
		{"strategies", root.Defs["strategies"].MaxItems, maxLanes},
		{"tell", steps["tell"].MaxLength, maxText},
		{"sentence", root.Defs["sentence"].MaxLength, maxLine},
		{"notes", root.Defs["notes"].MaxLength, maxNotes},
		{"minutes of a step", root.Defs["minutes"].Maximum, maxStep},
		{"wrong", root.Defs["wrong"].MaxItems, maxWrong},
		{"again", root.Defs["again"].MaxItems, maxAgain},
		{"worlds", root.Defs["worlds"].MaxItems, maxLanes},
		{"if", slices.Sorted(maps.Keys(root.Defs["wrong"].Items.Properties["if"].Properties)), slices.Sorted(slices.Values(ifs))},
		{"rule", root.Defs["rule"].Enum, rules},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: the schema has %v, the decoder %v", test.name, test.got, test.want)
		}
	}
}

// TestKeysAreRead checks that no key is known but ignored.
func TestKeysAreRead(t *testing.T) {
	for k, keys := range stepKeys {
		for _, key := range keys {
			file := step1("tell: a\n  - predict: {ask: a, answer: lanes}\n  - " + kinds[k] + ": {" + key + ": [[1]]}")
			if _, err := Parse("", []byte(file)); err == nil {
				t.Errorf("%s: %s can be anything", kinds[k], key)
			}
		}
	}
	for _, key := range fileKeys {
		var lines []string
		for line := range strings.Lines(fine) {
			if !strings.HasPrefix(line, key+":") && (key != "steps" || !strings.HasPrefix(line, " ")) {
				lines = append(lines, line)
			}
		}
		if _, err := Parse("", []byte(strings.Join(lines, "")+key+": [[1]]\n")); err == nil || strings.Contains(err.Error(), "needs the key") {
			t.Errorf("%s can be anything: %v", key, err)
		}
	}
}

// validator returns what holds YAML to a schema.
func validator(t *testing.T, text []byte) func(text string) error {
	follows := schema.Validator(t, text)
	return func(text string) error {
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return follows(data)
	}
}

// TestSchemaAgrees holds a validator of others to the decoder: what is shipped
// is valid, and of what is broken all that a schema can know of.
func TestSchemaAgrees(t *testing.T) {
	valid := validator(t, Schema())
	for _, name := range catalogue {
		data, err := files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(string(data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What these want, only the catalogue, the whole file or the reader of
	// YAML knows.
	beyond := []string{
		"unknown scenario", "unknown strategy", "no scenario", "no strategies", "which field", "unknown field", "no field", "field that is added to", "no field, and one is named",
		"told of a page that there is not", "a page untold", "worlds of two pages", "worlds and a value", "worlds and a scenario", "a world twice",
		"unknown choice", "a value that is not there", "a tick of a page that is not asked about", "a tick of what is no tick", "a number of what is none",
		"a choice of a number", "unknown misconception", "reveal of nothing", "reveal of a check", "revealed twice", "nothing to choose", "anchor", "too large", "two documents",
	}
	for _, test := range mistakes {
		err := valid(test.text)
		if known := !slices.Contains(beyond, test.name); known != (err != nil) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestMisconceptionSchema holds the schema of misconceptions to their decoder.
func TestMisconceptionSchema(t *testing.T) {
	valid := validator(t, MisconceptionSchema)
	if err := valid(string(misconceptionFile)); err != nil {
		t.Error(err)
	}
	var root node
	if err := json.Unmarshal(MisconceptionSchema, &root); err != nil {
		t.Fatal(err)
	}
	if root.Defs["sentence"].MaxLength != maxLine || root.Defs["label"].MaxLength != strict.MaxLabel {
		t.Errorf("a sentence of %d, a label of %d characters", root.Defs["sentence"].MaxLength, root.Defs["label"].MaxLength)
	}
	for key, p := range root.Defs["misconception"].Properties {
		if p.Description == "" && root.Defs[strings.TrimPrefix(p.Ref, "#/$defs/")].Description == "" {
			t.Errorf("%s has no description", key)
		}
	}
	for _, text := range misconceptionMistakes {
		known := !strings.Contains(text.want, "unknown scenario")
		if err := valid(text.text); known != (err != nil) {
			t.Errorf("%s: %v", text.want, err)
		}
	}
}

// TestForeign: what is shipped, and whatever has a mistake, is of ours; what others have
// beside it is not.
func TestForeign(t *testing.T) {
	for _, text := range []string{
		`{"name": "a", "version": "1.0.0", "dependencies": {}}`, `{"compilerOptions": {"strict": true}}`,
		"name: a\nservices:\n  a: {image: b}\n", "version: 2\n", "name: races\non: push\njobs:\n  a: {steps: [{run: b}]}\n",
	} {
		if !Foreign([]byte(text)) {
			t.Errorf("taken for one of ours: %s", text)
		}
	}
	ours := []string{"", "nme: typo", "name: a\nstepps: []\n", "name: a\ntitel: b\n", "{name: a}", "- a", "# nothing\n"}
	for _, m := range mistakes {
		ours = append(ours, m.text)
	}
	for _, name := range catalogue {
		data, err := files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		ours = append(ours, string(data))
	}
	for _, text := range ours {
		if Foreign([]byte(text)) {
			t.Errorf("taken for one of others: %s", text)
		}
	}
}
