package testkit

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"
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
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("testdata/%s: %v. If that is new,\n\t%s", name, err, updating(t))
		return
	}
	if diff := lines(string(want), string(got)); diff != "" {
		t.Errorf("testdata/%s is not what it was (-want +got):\n%.20000sIf it is to be so,\n\t%s", name, diff, updating(t))
	}
}

// updating returns what writes the golden files of a test anew.
func updating(t testing.TB) string {
	root := goldens.home
	for root != filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	dir, _ := filepath.Rel(root, goldens.home)
	test, _, _ := strings.Cut(t.Name(), "/")
	return fmt.Sprintf("go test ./%s -run '^%s$' -update", filepath.ToSlash(dir), test)
}

// lines writes those in which two texts differ, with their numbers. Where some
// have come or gone, it writes all from the first to the last that differ.
func lines(want, got string) string {
	a, b, n := strings.Split(want, "\n"), strings.Split(got, "\n"), 1
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, n = a[1:], b[1:], n+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var out strings.Builder
	write := func(sign string, from int, text []string) {
		for i, line := range text {
			if strings.ContainsFunc(line, unicode.IsControl) || strings.TrimRight(line, " ") != line {
				line = strconv.Quote(line) // for what would not be seen
			}
			fmt.Fprintf(&out, "%4d %s %s\n", from+i, sign, line)
		}
	}
	if len(a) != len(b) {
		write("-", n, a)
		write("+", n, b)
		return out.String()
	}
	for i := 0; i < len(a); i++ {
		from := i
		for i < len(a) && a[i] != b[i] {
			i++
		}
		write("-", n+from, a[from:i])
		write("+", n+from, b[from:i])
	}
	return out.String()
}

// Main is the TestMain of a package that has golden files: [Tests].
func Main(m *testing.M) { os.Exit(Tests{m}.Run()) }

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
