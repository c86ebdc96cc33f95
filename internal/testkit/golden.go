package testkit

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "rewrite the golden files that the tests compare with")

// goldens are the files that a test has asked for, by their paths, and the
// folder of the package, which is "" until [Main] runs.
var goldens struct {
	sync.Mutex
	home string
	used map[string]bool
}

// Golden compares what a test got with a file of the package's testdata, or with
// -update writes it there. A file that no test asks for fails the package, which
// is why its TestMain must be [Main].
func Golden[T string | []byte](t testing.TB, name string, got T) {
	t.Helper()
	goldens.Lock()
	defer goldens.Unlock()
	if goldens.home == "" {
		t.Fatal("a package with golden files needs: func TestMain(m *testing.M) { testkit.Main(m) }")
	}
	file := filepath.Join(goldens.home, "testdata", filepath.FromSlash(name))
	goldens.used[file] = true
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("%v (go test -update writes it)", err)
		return
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("testdata/%s (-want +got), go test -update rewrites it:\n%.20000s", name, diff)
	}
}

// Main is the TestMain of a package that has golden files: [Tests], after which
// nothing runs on.
func Main(m *testing.M) { goleak.VerifyTestMain(Tests{m}) }

// Tests are those of a package that has golden files: when all have run, and
// passed, there is no such file that none has asked for.
type Tests struct{ *testing.M }

// Run runs the tests and returns the exit code.
func (t Tests) Run() (code int) {
	home, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	goldens.home, goldens.used = home, map[string]bool{}
	if code = t.M.Run(); code != 0 || testing.Short() {
		return code
	}
	for _, name := range []string{"run", "skip", "list", "fuzz"} {
		if flag.Lookup("test."+name).Value.String() != "" {
			return code
		}
	}
	for _, file := range unused(home) {
		fmt.Fprintf(os.Stderr, "FAIL: no test compares anything with %s\n", file)
		code = 1
	}
	return code
}

// unused returns the golden files of a package that no test has asked for.
// Tests only read scenarios and lessons (.yaml). The folders of rapid, seeds and
// fuzzing have no dot in their names.
func unused(home string) (left []string) {
	files, _ := filepath.Glob(filepath.Join(home, "testdata", "*.*"))
	return slices.DeleteFunc(files, func(file string) bool {
		return filepath.Ext(file) == ".yaml" || goldens.used[file]
	})
}
