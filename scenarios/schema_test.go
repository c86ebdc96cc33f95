package scenarios

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
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
	MaxProperties        int
	MaxLength            int
	Maximum              float64
	OneOf                []node
	Items                *node
}

func schema(t *testing.T) node {
	var n node
	if err := json.Unmarshal(Schema, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSchemaHasTheKeys(t *testing.T) {
	root := schema(t)
	var kinds []string
	objects := map[string]struct {
		node node
		keys []string
	}{
		"file":        {root, fileKeys},
		"step":        {root.Defs["step"], stepKeys},
		"network":     {root.Defs["parts"], networkKeys},
		"expectation": {root.Defs["expectation"], expectationKeys},
		"odds":        {root.Defs["odds"], oddsKeys},
		"client":      {root.Defs["client"], clientKeys},
	}
	for d, l := range latencies {
		if l.name != sim.Distribution(d).String() {
			t.Errorf("distribution %v is called %s", sim.Distribution(d), l.name)
		}
		kinds = append(kinds, l.name)
		if l.keys != nil {
			objects[l.name] = struct {
				node node
				keys []string
			}{root.Defs[l.name], l.keys}
		}
	}
	objects["latency"] = struct {
		node node
		keys []string
	}{root.Defs["latency"], kinds}

	for name, o := range objects {
		var keys []string
		for key, p := range o.node.Properties {
			keys = append(keys, key)
			if p.Description == "" && root.Defs[p.Ref[len("#/$defs/"):]].Description == "" {
				t.Errorf("%s: %s has no description", name, key)
			}
		}
		slices.Sort(keys)
		if want := slices.Sorted(slices.Values(o.keys)); !slices.Equal(keys, want) {
			t.Errorf("%s: the schema has %v, the decoder %v", name, keys, want)
		}
		if o.node.AdditionalProperties != false {
			t.Errorf("%s: other keys are allowed", name)
		}
	}
}

func TestSchemaHasTheWords(t *testing.T) {
	root := schema(t)
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"do", root.Defs["step"].Properties["do"].Enum, sim.Dos()},
		{"lose", root.Defs["step"].Properties["lose"].Enum, []string{sim.Uplink.String(), sim.Downlink.String()}},
		{"legs", legs, []string{sim.Uplink.String(), sim.Downlink.String()}},
		{"network", root.Defs["preset"].Enum, networkNames()},
		{"verdict", root.Defs["verdict"].Enum, judge.Verdicts()},
		{"anomaly", root.Defs["anomaly"].Enum, judge.KindNames()},
		{"orders", root.Defs["expectation"].Properties["orders"].Enum, orders},
		{"steps", root.Properties["steps"].MaxItems, sim.MaxActions},
		{"fields", root.Defs["fields"].MaxProperties, sim.MaxFields},
		{"label", root.Defs["label"].MaxLength, maxLabel},
		{"seed", root.Properties["seed"].Maximum, float64(MaxSeed)},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: the schema has %v, the decoder %v", test.name, test.got, test.want)
		}
	}
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
	bad([]string{"title", "about", "source", "seed", "given", "clients", "network", "expect"}, func(p string) string { return fine + p })
	bad([]string{"name"}, func(p string) string { return p + "\nsteps: [{at: 0, do: create}]" })
	bad([]string{"steps"}, func(p string) string { return "name: a\n" + p })
	bad(clientKeys, func(p string) string { return fine + "clients: [{" + p + "}]" })
	bad([]string{"client", "person", "set", "saved", "up", "down", "processing", "status", "lose", "twice"}, func(p string) string { return step1("at: 0, do: create, " + p) })
	bad([]string{"to"}, func(p string) string { return step1("at: 0, do: set-permissions, " + p) })
	bad([]string{"at"}, func(p string) string { return step1("do: create, " + p) })
	bad([]string{"do"}, func(p string) string { return step1("at: 0, " + p) })
	bad(networkKeys, network1)
	bad(expectationKeys, func(p string) string { return expect1("naive: {" + p + "}") })
	bad(oddsKeys, func(p string) string { return expect1("naive: {odds: {" + p + "}}") })
	for _, l := range latencies {
		bad([]string{l.name}, func(p string) string { return network1("uplink: {" + p + "}") })
	}
}
