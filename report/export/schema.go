package export

import _ "embed" // schema.json

// Schema is the JSON Schema of what is written as JSON: a matrix, a trial, or
// what exploring came to.
//
//go:embed schema.json
var Schema []byte
