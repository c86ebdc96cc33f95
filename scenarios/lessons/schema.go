package lessons

import (
	"bytes"
	_ "embed" // schema.json

	"photofinish/scenarios"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of lesson files, for editors.
// That of scenario files is inside of it: with an id of its own, what it refers
// to is looked for in itself.
func Schema() []byte {
	const id = `"$id": "urn:photofinish:scenario",`
	inner := bytes.Replace(bytes.TrimSpace(scenarios.Schema()), []byte("{"), []byte("{\n  "+id), 1)
	inner = bytes.ReplaceAll(inner, []byte("\n"), []byte("\n    "))
	return bytes.Replace(schema, []byte(`{"$id": "urn:photofinish:scenario"}`), inner, 1)
}
