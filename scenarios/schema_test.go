package scenarios

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/schema"
	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// The schema that is shipped is what the tables of keys say.
func TestSchemaFile(t *testing.T) {
	testkit.Golden(t, "../schema.json", generated())
}

// generated returns the JSON Schema (draft 2020-12) of scenario files, as
// schema.json has it for editors.
func generated() []byte {
	root := object{
		`"$schema": "https://json-schema.org/draft/2020-12/schema"`,
		`"title": "Photofinish scenario"`,
	}
	root = append(root, scenarioKeys.object()...)
	root.add("$defs", definitions().lines())
	return []byte(root.lines() + "\n")
}

// definitions are what the rows of the tables refer to.
func definitions() (defs object) {
	const control = `\\u0000-\\u001f\\u007f-\\u009f`
	const shown, seen = `[^` + control + `]*`, `[^\\s` + control + `]`
	defs.add("line", `{"type": "string", "pattern": "^`+shown+`$"}`)
	defs.add("label", fmt.Sprintf(`{"type": "string", "minLength": 1, "maxLength": %d, "pattern": "^%s$"}`,
		strict.MaxLabel, shown+seen+shown))
	defs.add("value", `{"type": ["string", "number", "boolean"]}`)
	defs.add("fields", object{
		`"type": "object"`,
		`"propertyNames": {` + ref("label") + `, "not": {"enum": ["id", "permissions"]}}`,
		`"additionalProperties": {` + ref("value") + `}`,
		`"maxProperties": ` + strconv.Itoa(sim.MaxFields),
		describe(fmt.Sprintf("Names of fields, at most %d different ones in a scenario, and their values.", sim.MaxFields)),
	}.lines())
	defs.add("duration", object{
		describe("A duration as Go writes it, such as 40ms, 1.5s or 2m30s, at most 24h. Zero needs no unit."),
		`"oneOf": ` + array(
			`{"type": "string", "pattern": "^\\+?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$"}`,
			`{"const": 0}`),
	}.lines())
	defs.add("share", object{
		describe("A share of a whole, such as 2% or 0.02."),
		`"oneOf": ` + array(
			`{"type": "string", "pattern": "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?%$"}`,
			`{"type": "number", "minimum": 0, "maximum": 1}`),
	}.lines())
	defs.add("client", clientKeys.object().lines())
	defs.add("clients", object{
		describe("Programs of your own by name: each a file in the folder of this one or below it, as ./save.tsx. " +
			"check starts one only if --client names it or --trust allows it. And by number, what is to be said of a client."),
		`"type": "object"`,
		fmt.Sprintf(`"patternProperties": {"^[1-%d]$": {%s}, "^%s$": {"type": "string", "pattern": %q}}`,
			sim.MaxClients, ref("client"), strategies.OwnNames, programFile),
		`"additionalProperties": false`,
	}.lines())
	defs.add("step", append(stepKeys.object(), `"allOf": `+array(stepRules()...)).lines())
	defs.add("span", spanKeys.object().lines())
	defs.add("network", object{
		describe("What lies between client and server: the name of a preset, or its parts. " +
			"Without it, it is " + DefaultNetwork + "."),
		`"oneOf": ` + array("{"+ref("preset")+"}", "{"+ref("parts")+"}"),
	}.lines())
	defs.add("preset", `{"enum": `+words(networkNames())+`}`)
	defs.add("parts", networkKeys.object().lines())
	defs.add("apart", append(apartKeys.object(), `"minProperties": 1`).lines())
	distributions(&defs)
	defs.add("expectation", append(expectationKeys.object(), `"minProperties": 1`).lines())
	defs.add("verdict", object{
		`"enum": ` + words(judge.Verdicts()),
		describe("What becomes of the replay with the file's seed."),
	}.lines())
	defs.add("anomaly", `{"enum": `+words(judge.KindNames())+`}`)
	defs.add("odds", oddsKeys.object().lines())
	return defs
}

// stepRules are what a step must have, and must not have, because of what it
// does.
func stepRules() []string {
	rule := func(dos string, then string) string {
		return `{"if": {"required": ["do"], "properties": {"do": {"enum": ` + dos + `}}}, "then": {` + then + `}}`
	}
	writes := func(key string) string {
		return `{"required": ["` + key + `"], "properties": {"` + key + `": {"minProperties": 1}}}`
	}
	rules := []string{
		rule(words([]string{sim.Update.String()}), `"anyOf": [`+writes("set")+`, `+writes("add")+`, `+writes("append")+`]`),
		rule(words([]string{sim.SetPermissions.String()}), `"required": ["to"]`),
	}
	for _, k := range stepKeys.keys {
		var others []string
		for _, do := range does() {
			if k.only != nil && !slices.Contains(k.only, do) {
				others = append(others, do)
			}
		}
		if others != nil {
			rules = append(rules, rule(words(others), `"properties": {"`+k.name+`": false}`))
		}
	}
	return rules
}

// distributions defines a latency, and each distribution that has keys.
func distributions(defs *object) {
	var kinds, inner object
	for i, t := range latencies {
		name := sim.Distribution(i).String()
		if i == int(sim.Sampled) {
			kinds.add(name, "{"+samples.schema+", "+describe(t.about)+"}")
			continue
		}
		if t.keys == nil {
			kinds.add(name, "{"+duration.schema+", "+describe(t.about)+"}")
			continue
		}
		kinds.add(name, "{"+ref(name)+"}")
		inner.add(name, t.object().lines())
	}
	defs.add("latency", object{
		`"type": "object"`, `"minProperties": 1`, `"maxProperties": 1`, `"additionalProperties": false`,
		`"properties": ` + kinds.lines(),
	}.lines())
	*defs = append(*defs, inner...)
}

// object returns the members of the schema of a mapping.
func (t *table[T]) object() object {
	o := object{`"type": "object"`}
	var must []string
	var properties object
	for _, k := range t.keys {
		if k.must {
			must = append(must, k.name)
		}
		members := k.schema
		if k.about != "" {
			members += ", " + describe(k.about)
		}
		properties.add(k.name, "{"+members+"}")
		if k.was != "" {
			properties.add(k.was, "{"+k.schema+`, "deprecated": true, `+describe("What "+k.name+" was called before.")+"}")
			o.add("not", `{"required": `+words([]string{k.name, k.was})+`}`)
		}
	}
	if must != nil {
		o.add("required", words(must))
	}
	o.add("additionalProperties", "false")
	if t.about != "" {
		o = append(o, describe(t.about))
	}
	o.add("properties", properties.lines())
	return o
}

// object is a JSON object in the making: its members.
type object []string

func (o *object) add(key, value string) { *o = append(*o, strconv.Quote(key)+": "+value) }

// lines returns the object with each member on a line of its own.
func (o object) lines() string { return block("{", o, "}") }

// array returns a list with each item on a line of its own.
func array(items ...string) string { return block("[", items, "]") }

func block(open string, items []string, end string) string {
	inner := strings.ReplaceAll(strings.Join(items, ",\n"), "\n", "\n  ")
	return open + "\n  " + inner + "\n" + end
}

// describe is the member that tells people what something is.
func describe(about string) string { return `"description": ` + strconv.Quote(about) }

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
	if err := json.Unmarshal(generated(), &root); err != nil {
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
	follows := schema.Validator(t, generated())
	valid := func(text []byte) error {
		var v any
		if err := yaml.Unmarshal(text, &v); err != nil {
			return err
		}
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return follows(data)
	}
	for _, s := range testkit.Some(All(), 4) {
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
	"parent of their own", "field called parent beside a parent", "added to a word that is set", "set and added at once", "added and appended", "added to a word that is given", "added to half of something",
	"unknown strategy", "unknown strategy, nothing near", "unknown layer", "layer too many",
	"expects of a client that is not named", "client of your own with the name of a strategy",
	"steps out of order", "parameters out of order",
	"step of a closed client", "opened twice", "closed twice",
	"span turned round", "spans out of order", "span behind the last", "span of nobody", "push to nobody",
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
		do := append(k.only, "create")[0]
		bad([]string{k.name}, func(p string) string {
			return step1(strings.Join(instead(p, "at: 0", "do: "+do), ", "))
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
