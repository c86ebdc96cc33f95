package external

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTools: what is not there, what is too old and what says nothing of use each have
// their words.
func TestTools(t *testing.T) {
	dir := t.TempDir()
	program := func(name, script string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no /bin/sh: programs to ask were not made")
	}
	program("ssh", "echo OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.11 >&2")
	t.Setenv("PATH", dir)
	t.Setenv("PHOTOFINISH_PYTHON", "")
	for _, c := range []struct{ node, want string }{
		{"", "Node is not there: PATH has none (looked for: node)"},
		{filepath.Join(dir, "no"), "Node is not there: PHOTOFINISH_NODE names " + filepath.Join(dir, "no") + ", which cannot be run"},
		{program("old", "echo v18.19.1"), "Node is 18.19.1, and older than 20"},
		{program("mute", "echo"), "Node is there, and does not say its version"},
		{program("torn", "echo v22.1.0; exit 1"), "Node is there, and does not say its version"},
		{program("new", "echo v20.0.0"), ""},
		{program("newer", "echo v100.1"), ""},
	} {
		t.Setenv("PHOTOFINISH_NODE", c.node)
		node, python, ssh := Tools(t.Context())
		if got := ""; node.Err != nil {
			if got = node.Err.Error(); got != c.want {
				t.Errorf("%s: %s", c.node, got)
			}
		} else if c.want != "" || node.Version == "" {
			t.Errorf("%s: %+v", c.node, node)
		}
		if python.Err == nil || ssh.Version != "9.2p1" {
			t.Errorf("%+v %+v", python, ssh)
		}
	}
	for _, c := range []struct {
		version, least string
		want           bool
	}{{"3.9.2", "3.9", false}, {"3.8.20", "3.9", true}, {"3.11", "3.9", false}, {"20", "20", false}, {"4.0", "3.9", false}, {"2.12", "3.9", true}, {"3", "3.9", true}} {
		if older(c.version, c.least) != c.want {
			t.Errorf("%s and %s", c.version, c.least)
		}
	}
}
