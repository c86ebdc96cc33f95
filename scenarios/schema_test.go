package scenarios

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"photofinish/internal/testkit"
	"photofinish/sim"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// The schema that is shipped is what the tables of keys say.
func TestSchemaFile(t *testing.T) {
	testkit.Golden(t, "../schema.json", Schema())
}

// TestSchemaDescribes checks that the schema says of every key what it is, if
// not beside the key, then where its kind of value is defined.
func TestSchemaDescribes(t *testing.T) {
	type node struct {
		Properties  map[string]node
		Description string
		Ref         string          `json:"$ref"`
		Defs        map[string]node `json:"$defs"`
	}
	var root node
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	objects := maps.Clone(root.Defs)
	objects["the file"] = root
	for name, object := range objects {
		for key, p := range object.Properties {
			if p.Description == "" && root.Defs[strings.TrimPrefix(p.Ref, "#/$defs/")].Description == "" {
				t.Errorf("%s: %s has no description", name, key)
			}
		}
	}
}

// TestSchemaAgrees holds a validator of others to the decoder: what is shipped
// is valid, and of what is broken all that a schema can know of is not.
func TestSchemaAgrees(t *testing.T) {
	// Go's regular expressions write these characters in another way.
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(Schema(), []byte(`\\u00`), []byte(`\\x`))))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text []byte) error {
		var v any
		if err := yaml.Unmarshal(text, &v); err != nil {
			return err
		}
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if v, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			return err
		}
		return schema.Validate(v)
	}
	for _, s := range All() {
		if err := valid(s.YAML()); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
	if err := valid([]byte(everything)); err != nil {
		t.Error(err)
	}
	for _, test := range mistakes {
		err := valid([]byte(test.text))
		if known := !slices.Contains(beyond, test.name); known != (err != nil) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// beyond are mistakes that no schema knows of: they are against the catalogue,
// an order of the whole file, or the way in which YAML is read here.
var beyond = []string{
	"unknown strategy", "unknown strategy, nothing near", "unknown layer", "layer too many",
	"steps out of order", "parameters out of order",
	"too long", "median of zero", "timeout of zero", "no time at the server", "odds below nothing", "share above 100 %", // amounts in words
	"writing turned round in the title", "bell in the text",
	"value is in hexadecimal", "value is too large a number",
	"two documents", "anchor", "merge key", "tag", "directive", "too many blank lines", "too large",
}

// TestKeysAreRead checks that no key is known but ignored: each changes what
// becomes of a file, if only its error.
func TestKeysAreRead(t *testing.T) {
	bad := func(keys []string, file func(pair string) string) {
		for _, key := range keys {
			_, err := Parse("", []byte(file(key+": [[1]]")))
			if err == nil {
				t.Errorf("%s can be anything", key)
			}
		}
	}
	// instead returns the pairs with p in the place of that which has its key.
	instead := func(p string, pairs ...string) []string {
		key, _, _ := strings.Cut(p, " ")
		return append(slices.DeleteFunc(pairs, func(q string) bool { return strings.HasPrefix(q, key) }), p)
	}
	bad(scenarioKeys.names(), func(p string) string {
		return strings.Join(instead(p, "name: a", "steps: [{at: 0, do: create}]"), "\n")
	})
	bad(clientKeys.names(), func(p string) string { return fine + "clients: [{" + p + "}]" })
	for _, k := range stepKeys.keys {
		do := append(k.only, sim.Create)[0]
		bad([]string{k.name}, func(p string) string {
			return step1(strings.Join(instead(p, "at: 0", "do: "+do.String()), ", "))
		})
	}
	bad(networkKeys.names(), network1)
	for i, l := range latencies {
		kind := sim.Distribution(i).String()
		bad([]string{kind}, func(p string) string { return network1("uplink: {" + p + "}") })
		for _, k := range l.keys {
			pairs := l.write(nil, &sim.Latency{A: 1, B: 1, C: 1, Alpha: 1})
			bad([]string{k.name}, func(p string) string {
				return network1("uplink: {" + kind + ": {" + strings.Join(instead(p, slices.Clone(pairs)...), ", ") + "}}")
			})
		}
	}
	bad(expectationKeys.names(), func(p string) string { return expect1("naive: {" + p + "}") })
	bad(oddsKeys.names(), func(p string) string { return expect1("naive: {odds: {" + p + "}}") })
}
