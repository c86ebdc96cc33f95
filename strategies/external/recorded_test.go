package external_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/internal/testkit"
	"photofinish/strategies/external"
)

// TestRecorded runs the real libraries in a lane, on the scenarios under which
// they were recorded in another way: all that goes over the wire, with its
// attribution to clicks, is the same, and so is what stands at the end.
func TestRecorded(t *testing.T) {
	testkit.Long(t, "small clients are run all the same")
	const libraries = "kit/testdata/libraries/"
	if _, err := os.Stat(libraries + "node_modules"); err != nil {
		t.Skipf("the libraries are not there: npm ci in strategies/external/%s", libraries)
	}
	names := []string{"mutation-scope", "switch", "exhaust", "queue-ball", "promise-chain"}
	client, choose := imported(t, libraries+"recorded", names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			choose(name)
			compared := 0
			for _, r := range recorded(t) {
				want, ok := r.traces[name]
				if !ok {
					continue
				}
				got := testkit.Record(r.scenario.Script, client.Entry().For(r.scenario.Script))
				compared++
				if reflect.DeepEqual(want, got) { // as most are
					continue
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-recorded +in the lane):\n%s", r.scenario.Name, diff)
				}
			}
			t.Logf("%d recordings compared", compared)
			if compared < 100 {
				t.Error("too few")
			}
		})
	}
}

// imported opens a client that imports several, and in each trial is the one that was
// chosen last.
func imported(t *testing.T, folder string, names []string) (c *external.Client, choose func(name string)) {
	t.Helper()
	folder, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(file, text string) {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, all := "", ""
	for i, name := range names {
		code += fmt.Sprintf("import client%d from %q;\n", i, filepath.ToSlash(filepath.Join(folder, name+".mjs")))
		all += fmt.Sprintf("%q: client%d, ", name, i)
	}
	chosen := filepath.ToSlash(filepath.Join(dir, "chosen"))
	write("all.mjs", code+fmt.Sprintf("export default from => ({ %s})[process.getBuiltinModule('fs').readFileSync(%q, 'utf8')](from);\n", all, chosen))
	return open(t, filepath.Join(dir, "all.mjs")), func(name string) { write("chosen", name) }
}
