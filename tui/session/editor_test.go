package session

import (
	"os"
	"path/filepath"
	"testing"

	"photofinish/scenarios"
)

// TestForEditor: a new file leads to a schema in its folder or above, as far as its
// repository goes; one that is there keeps what it has.
func TestForEditor(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(in(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(scenarios.SchemaFile, "{}")
	write("here/deep/x", "")
	write("repository/.git/x", "")
	write("repository/sub/x", "")
	write("repository/with/"+scenarios.SchemaFile, "{}")
	write("repository/with/sub/x", "")
	write("old/none.yaml", "# mine\nname: a\n")
	write("old/own.yaml", "# mine\n# yaml-language-server: $schema=https://example.com/s.json\r\nname: a\n")
	write("old/late.yaml", "name: a\n# yaml-language-server: $schema=x\n")
	write("folder/"+scenarios.SchemaFile+"/x", "")
	write("linked/x", "")
	if err := os.Symlink("nowhere", in("linked/"+scenarios.SchemaFile)); err != nil {
		t.Skip("no links here:", err)
	}
	const file = "name: a\n"
	for _, c := range []struct{ path, line, missing string }{
		{"new.yaml", "scenario.schema.json", ""},
		{"here/deep/new.yaml", "../../scenario.schema.json", ""},
		{"repository/new.yaml", "scenario.schema.json", "repository/scenario.schema.json"},
		{"repository/sub/new.yaml", "scenario.schema.json", "repository/sub/scenario.schema.json"},
		{"repository/with/new.yaml", "scenario.schema.json", ""},
		{"repository/with/sub/new.yaml", "../scenario.schema.json", ""},
		{"old/none.yaml", "", ""},
		{"old/own.yaml", "https://example.com/s.json", ""},
		{"old/late.yaml", "", ""},
		{"old", "", ""},
		{"folder/new.yaml", "scenario.schema.json", ""},
		{"linked/new.yaml", "scenario.schema.json", ""},
		{"repository/scenario.schema.json", "", ""},
		{"repository/Scenario.Schema.JSON", "", ""},
	} {
		want := file
		if c.line != "" {
			want = "# yaml-language-server: $schema=" + c.line + "\n" + file
		}
		if c.missing != "" {
			c.missing = in(c.missing)
		}
		text, missing := ForEditor(in(c.path), []byte(file))
		if string(text) != want || missing != c.missing {
			t.Errorf("%s: %q, and %q is missing", c.path, text, missing)
		}
		if _, err := scenarios.Parse("", append(text, "steps: [{at: 0, do: create}]"...)); err != nil {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

// TestWriteSchema: it takes the place of nothing that is there.
func TestWriteSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.json")
	for _, was := range []string{string(scenarios.Schema), "mine"} {
		if err := WriteSchema(path); err != nil {
			t.Fatal(err)
		}
		if is, err := os.ReadFile(path); err != nil || string(is) != was {
			t.Errorf("%v: %.40q is there", err, is)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
