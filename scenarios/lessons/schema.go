package lessons

import (
	_ "embed" // the schemas
	"strings"

	"photofinish/scenarios"
)

//go:embed schema.json
var schemaFile string

// MisconceptionSchema is the JSON Schema (draft 2020-12) of a list of misconceptions.
//
//go:embed misconceptions.schema.json
var MisconceptionSchema []byte

// Schema returns the JSON Schema (draft 2020-12) of lesson files. What schema.json
// takes from that of scenario files, which lies above it, is part of it: it can lie
// anywhere by itself.
func Schema() []byte {
	const here, defs = `"#/$defs/scenario-file`, "  \"$defs\": {\n"
	inner := strings.ReplaceAll(strings.TrimSpace(string(scenarios.Schema)), `"#/`, here+"/")
	inner = strings.ReplaceAll(inner, "\n", "\n    ")
	text := strings.NewReplacer(`"../schema.json#`, here, `"../schema.json`, here).Replace(schemaFile)
	return []byte(strings.Replace(text, defs, defs+`    "scenario-file": `+inner+",\n", 1))
}
