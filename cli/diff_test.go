package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"photofinish/internal/testkit"
)

// TestDiffPage runs the commands of docs/REPORTS.md that compare two reports, and holds
// what the page says that the last of them prints. The program of a test has no version,
// by which one could tell whether it is the same.
func TestDiffPage(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	script := ""
	for line := range strings.Lines(marked(t, "REPORTS.md", "a test runs these commands")[0]) {
		script += "exec " + line
	}
	printed := marked(t, "REPORTS.md", "the last of them prints")[0]
	at := strings.Index(printed, "\nbetter")
	if at < 0 {
		t.Fatal("nothing gets better on the page")
	}
	script += "cp stdout printed\ngrep '^before.json -> after.json   10,000 pairs a cell; callbacks is compared with$' printed\n" +
		"exec tail -n 3 printed\ncmp stdout want\n-- want --\n" + printed[at+1:]
	file := filepath.Join(t.TempDir(), "page.txtar")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Files: []string{file}, RequireExplicitExec: true})
}
