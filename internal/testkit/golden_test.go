package testkit

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

// judged is a test that only notes whether it has failed.
type judged struct {
	testing.TB
	failed bool
}

func (j *judged) Helper()               {}
func (j *judged) Name() string          { return "TestScreens/small" }
func (j *judged) Errorf(string, ...any) { j.failed = true }

// compared reports whether a text passes for a golden file.
func compared(name, got string) (passes bool) {
	j := &judged{}
	Golden(j, name, got)
	return !j.failed
}

// away lets the goldens be those of another folder for a test.
func away(t *testing.T) (dir string) {
	dir = t.TempDir()
	home, used, updates := goldens.home, goldens.used, *update
	goldens.home, goldens.used, *update = dir, map[string]bool{}, false
	t.Cleanup(func() { goldens.home, goldens.used, *update = home, used, updates })
	return dir
}

func TestGolden(t *testing.T) {
	dir := away(t)
	if compared("a.txt", "one\n") {
		t.Error("a golden file that is not there passes")
	}
	*update = true
	if !compared("a.txt", "one\n") || !compared("../beside.json", "{}") {
		t.Error("-update does not write")
	}
	*update = false
	if !compared("a.txt", "one\n") || compared("a.txt", "two\n") || !compared("../beside.json", "{}") {
		t.Error("what was written does not pass, or something else does")
	}
	if text, err := os.ReadFile(filepath.Join(dir, "testdata", "a.txt")); err != nil || string(text) != "one\n" {
		t.Errorf("%q, %v", text, err)
	}
}

// What differs is told by lines, each whole; what would not be seen is quoted.
func TestLines(t *testing.T) {
	for _, tt := range []struct{ want, got, says string }{
		{"a\nb\n", "a\nb\n", ""},
		{"a\n●●\nc\nd\n", "a\n●○\nc\nD\n", "   2 - ●●\n   2 + ●○\n   4 - d\n   4 + D\n"},
		{"a\nb\nc", "b\nc\na", "   1 - a\n   2 - b\n   3 - c\n   1 + b\n   2 + c\n   3 + a\n"},
		{"a\nb\nc", "a\nc", "   2 - b\n"},
		{"a\nb", "a\nx\nb\ny", "   2 - b\n   2 + x\n   3 + b\n   4 + y\n"},
		{"a ", "a\x1b", "   1 - \"a \"\n   1 + \"a\\x1b\"\n"},
		{"a\n", "a", "   2 - \n"},
	} {
		if got := lines(tt.want, tt.got); got != tt.says {
			t.Errorf("of %q and %q it says\n%s\nwant\n%s", tt.want, tt.got, got, tt.says)
		}
	}
}

// What writes a golden file anew can be typed where the module is.
func TestUpdating(t *testing.T) {
	if got, want := updating(&judged{}), "go test ./internal/testkit -run '^TestScreens$' -update"; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// A file that no test compares anything with is named; one that tests read is not.
func TestUnusedGolden(t *testing.T) {
	dir := away(t)
	if err := os.Mkdir(filepath.Join(dir, "testdata"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"read.yaml", "left.svg", "used.txt"} {
		if err := os.WriteFile(filepath.Join(dir, "testdata", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compared("used.txt", "")
	if got, want := unused(dir), []string{filepath.Join(dir, "testdata", "left.svg")}; !slices.Equal(got, want) {
		t.Errorf("unused are %v, want %v", got, want)
	}
}
