package exercises

import _ "embed" // schema.json

// Schema is the JSON Schema (draft 2020-12) of exercise.yaml, for editors.
//
//go:embed schema.json
var Schema []byte
