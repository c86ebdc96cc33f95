// Package schema holds JSON to its schema, in tests. It is no part of testkit, since what
// it stands on costs each start of a test some milliseconds.
package schema

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Validator returns what holds JSON to a JSON Schema, formats and all.
func Validator(t testing.TB, schema []byte) func(text []byte) error {
	t.Helper()
	// Go's regular expressions write these characters in another way.
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(schema, []byte(`\\u00`), []byte(`\\x`))))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(text []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		return compiled.Validate(v)
	}
}
