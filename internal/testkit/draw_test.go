package testkit_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
)

// code says what TestRapid and TestRandom test where a test runs them: code that
// is sound, or has a fault. Then they say what they draw.
const code = "PHOTOFINISH_TESTED"

const (
	sound  = code + "=sound"
	faulty = code + "=faulty"
)

func isFaulty() bool { return code+"="+os.Getenv(code) == faulty }

func drawn(n uint64) {
	if os.Getenv(code) != "" {
		fmt.Println("drawn", n)
	}
}

// unlucky is a number that a generator with the seed 7 begins with, and no other.
var unlucky = rand.New(rand.NewPCG(7, 0)).Uint64()

func TestRapid(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		n := rapid.Uint64().Draw(t, "n")
		drawn(n)
		if isFaulty() && n > 1000 {
			t.Errorf("%d is too large", n)
		}
	})
}

func TestRandom(t *testing.T) {
	testkit.Random(t, func(t *testing.T, r *rand.Rand) {
		n := r.Uint64()
		drawn(n)
		if isFaulty() && n == unlucky {
			t.Errorf("%d is unlucky", n)
		}
	})
}

// again runs a test of this file in a process of its own, in a folder, and
// returns whether it passed and what it drew.
func again(t *testing.T, dir, test, tested string, env ...string) (passed bool, drawn []string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run", "^"+test+"$")
	c.Dir = dir
	c.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "RAPID_") })
	c.Env = append(append(c.Env, tested), env...)
	out, err := c.CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if n, ok := strings.CutPrefix(line, "drawn "); ok {
			drawn = append(drawn, strings.TrimSpace(n))
		}
	}
	if len(drawn) == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	return err == nil, drawn
}

// What is drawn hangs on the seed, which is the same unless another is given.
func TestSeed(t *testing.T) {
	for _, test := range []string{"TestRapid", "TestRandom"} {
		_, one := again(t, t.TempDir(), test, sound)
		_, same := again(t, t.TempDir(), test, sound, "RAPID_SEED=1")
		_, other := again(t, t.TempDir(), test, sound, "RAPID_SEED=2")
		if !slices.Equal(one, same) || slices.Equal(one, other) {
			t.Errorf("%s draws %.200v, with 1 %.200v, with 2 %.200v", test, one, same, other)
		}
	}
}

// A case that another seed has found is a file, and fails from then on, until
// the fault is mended.
func TestFoundIsKept(t *testing.T) {
	for test, file := range map[string]string{
		"TestRapid":  "testdata/rapid/TestRapid/*.fail",
		"TestRandom": "testdata/seeds/TestRandom",
	} {
		dir := t.TempDir()
		if passed, _ := again(t, dir, test, faulty, "RAPID_SEED=7"); passed {
			t.Fatalf("%s finds nothing", test)
		}
		if found, _ := filepath.Glob(filepath.Join(dir, file)); len(found) != 1 {
			t.Fatalf("%s keeps %v", test, found)
		}
		if passed, drawn := again(t, dir, test, faulty, "RAPID_CHECKS=0"); passed {
			t.Errorf("%s draws %v, and passes", test, drawn)
		}
		if passed, drawn := again(t, dir, test, sound); !passed {
			t.Errorf("%s draws %.200v, and fails without the fault", test, drawn)
		}
	}
}

// What rapid has found is of the version that it writes now: it passes over any
// other without a word.
func TestFoundIsRead(t *testing.T) {
	version := func(file string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if v, _, ok := strings.Cut(line, "#"); ok && v != "" {
				return v
			}
		}
		return "none"
	}
	dir := t.TempDir()
	again(t, dir, "TestRapid", faulty)
	written, _ := filepath.Glob(filepath.Join(dir, "testdata/rapid/TestRapid/*.fail"))
	if len(written) != 1 {
		t.Fatalf("rapid writes %v", written)
	}
	want := version(written[0])
	err := filepath.WalkDir("../..", func(file string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(file) == ".fail" && version(file) != want {
			t.Errorf("%s is of version %s, and rapid reads %s", file, version(file), want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// The seed that a test always runs with is not kept, and one that is kept runs
// once.
func TestKeptOnce(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "testdata", "seeds", "TestRandom")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("7\n9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for seed, want := range map[string]int{"1": 3, "7": 2, "8": 3} {
		if _, drawn := again(t, dir, "TestRandom", faulty, "RAPID_SEED="+seed); len(drawn) != want {
			t.Errorf("with the seed %s it runs %d times, want %d", seed, len(drawn), want)
		}
	}
}
