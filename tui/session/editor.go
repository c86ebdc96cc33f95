package session

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"photofinish/report/disk"
	"photofinish/scenarios"
)

// ForEditor returns a scenario file as it is to be written to a path: a line before it
// leads editors to its schema, by a path from its own folder. A file that is there
// keeps what it has, a line of the user's own or none. Of a new one the schema is
// looked for in its folder and in those above, as far as the repository goes.
//
// A scenario that takes the schema's own name has none.
//
// Missing is where the schema has to be written, "" if that is nowhere.
func ForEditor(path string, file []byte) (text []byte, missing string) {
	line := line(path)
	if line == nil {
		if _, err := os.Stat(path); err == nil || strings.EqualFold(filepath.Base(path), scenarios.SchemaFile) {
			return file, ""
		}
		up, found := schemaAbove(filepath.Dir(path))
		if !found {
			missing = filepath.Join(filepath.Dir(path), scenarios.SchemaFile)
		}
		line = scenarios.Modeline(up + scenarios.SchemaFile)
	}
	return append(line, file...), missing
}

// AsItLies returns a scenario as its file at a path has it, if nobody has changed it:
// with the line for editors that it has now.
func AsItLies(path string, s *scenarios.Scenario) []byte { return append(line(path), s.YAML()...) }

// line returns the line for editors that a file has, or nothing.
func line(path string) []byte {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	begin, _ := io.ReadAll(io.LimitReader(file, 4096))
	return scenarios.ModelineOf(begin)
}

// schemaAbove looks for a schema in a folder and in those above, and returns how many
// of them up it is, as "../../". What has the name of one and is a folder, or a link to
// nowhere, is the user's, and counts.
func schemaAbove(dir string) (up string, found bool) {
	dir, err := filepath.Abs(dir)
	for ; err == nil; up += "../" {
		if _, err := os.Lstat(filepath.Join(dir, scenarios.SchemaFile)); err == nil {
			return up, true
		}
		_, top := os.Stat(filepath.Join(dir, ".git"))
		if above := filepath.Dir(dir); top == nil || above == dir {
			break
		} else {
			dir = above
		}
	}
	return "", false
}

// WriteSchema writes the schema of scenarios to a path, unless something is there, or the
// path is "".
func WriteSchema(path string) error {
	if _, err := os.Lstat(path); path == "" || err == nil {
		return nil
	}
	f, err := disk.New(path)
	if err != nil {
		return err
	}
	return f.Write(func(w io.Writer) error {
		_, err := w.Write(scenarios.Schema)
		return err
	})
}
