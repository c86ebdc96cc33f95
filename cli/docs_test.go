package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"photofinish/strategies/external/examples"
)

// marked returns the code blocks of a page that stand below a line of their own.
func marked(t *testing.T, page, mark string) (code []string) {
	t.Helper()
	for i, part := range strings.Split(read(t, "../docs/"+page), "<!-- "+mark+" -->\n```") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "\n")
			part, _, _ = strings.Cut(part, "```")
			code = append(code, part)
		}
	}
	if len(code) == 0 {
		t.Fatalf("%s has nothing marked %q", page, mark)
	}
	return code
}

// TestClientPage runs the commands of docs/YOUR-CLIENT.md and docs/PROTOCOL.md, one
// after the other, as a reader does.
func TestClientPage(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode: the packages are tested, not the whole command")
	}
	for _, program := range []string{"node", "python3"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s: the commands of docs/YOUR-CLIENT.md were not run", program)
		}
	}
	libraries, err := filepath.Abs("../strategies/external/kit/testdata/libraries/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(libraries, "swr-0.2")); err != nil {
		t.Skip("libraries are not installed (npm ci in strategies/external/kit/testdata/libraries): the commands of docs/YOUR-CLIENT.md were not run")
	}
	script := "env HOME=$WORK/home\nenv XDG_CACHE_HOME=$WORK/cache\nsymlink node_modules -> " + libraries + "\n"
	const commands = "a test runs these commands"
	for _, block := range append(marked(t, "YOUR-CLIENT.md", commands), marked(t, "PROTOCOL.md", commands)...) {
		for line := range strings.Lines(block) {
			command, _, _ := strings.Cut(line, "  #")
			command, file, into := strings.Cut(strings.TrimSpace(command), " > ")
			script += "exec " + command + "\n"
			if into {
				script += "cp stdout " + strings.TrimSpace(file) + "\n"
			}
		}
	}
	toggle := marked(t, "YOUR-CLIENT.md", "a test runs this ticket: toggle.tsx")[0]
	_, component, _ := examples.File("component")
	for name, text := range map[string]string{
		"save.tsx":        string(component),
		"edit-twice.yaml": marked(t, "YOUR-CLIENT.md", "a test checks this file: edit-twice.yaml")[0],
		"toggle.tsx":      toggle,
		"toggle-then.tsx": strings.ReplaceAll(toggle, "'swr'", "'swr-0.2'"),
		"toggle.yaml":     marked(t, "YOUR-CLIENT.md", "a test runs this ticket: toggle.yaml")[0],
		"kit.py":          marked(t, "PROTOCOL.md", "a test runs this program")[0],
	} {
		script += "-- " + name + " --\n" + text
	}
	file := filepath.Join(t.TempDir(), "page.txtar")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Files: []string{file}, RequireExplicitExec: true})
}
