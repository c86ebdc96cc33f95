package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Schema returns the JSON Schema (draft 2020-12) of scenario files, for
// editors. It is that of schema.json.
func Schema() []byte {
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
	defs.add("step", append(stepKeys.object(), `"allOf": `+array(stepRules()...)).lines())
	defs.add("network", object{
		describe("What lies between client and server: the name of a preset, or its parts. " +
			"Without it, it is " + DefaultNetwork + "."),
		`"oneOf": ` + array("{"+ref("preset")+"}", "{"+ref("parts")+"}"),
	}.lines())
	defs.add("preset", `{"enum": `+words(networkNames())+`}`)
	defs.add("parts", networkKeys.object().lines())
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
	rules := []string{
		rule(words([]string{sim.Update.String()}), `"required": ["set"], "properties": {"set": {"minProperties": 1}}`),
		rule(words([]string{sim.SetPermissions.String()}), `"required": ["to"]`),
	}
	for _, k := range stepKeys.keys {
		var others []string
		for i, do := range sim.Dos() {
			if k.only != nil && !slices.Contains(k.only, sim.Do(i)) {
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

// words returns a list of words in one line.
func words(list []string) string { return `["` + strings.Join(list, `", "`) + `"]` }

// ref is the member that refers to a definition.
func ref(definition string) string { return `"$ref": "#/$defs/` + definition + `"` }

// describe is the member that tells people what something is.
func describe(about string) string { return `"description": ` + strconv.Quote(about) }
