package scenarios

import (
	"bytes"
	_ "embed" // schema.json
)

// Schema is the JSON Schema (draft 2020-12) of scenario files, for editors.
//
//go:embed schema.json
var Schema []byte

// SchemaFile is the name of the file in which the schema lies beside scenarios.
const SchemaFile = "scenario.schema.json"

// modeline begins the comment by which editors know where the schema of a file is.
const modeline = "# yaml-language-server: $schema="

// Modeline returns the first line of a file that leads an editor to its schema: a
// path from the folder of the file, with slashes.
func Modeline(path string) []byte { return []byte(modeline + path + "\n") }

// ModelineOf returns the [Modeline] among the comments at the top of a file, or nothing.
func ModelineOf(file []byte) []byte {
	for line := range bytes.Lines(file) {
		if bytes.HasPrefix(line, []byte(modeline)) {
			return append(bytes.TrimRight(line, "\r\n"), '\n')
		}
		if !bytes.HasPrefix(line, []byte("#")) {
			return nil
		}
	}
	return nil
}
