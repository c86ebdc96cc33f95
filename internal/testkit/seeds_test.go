package testkit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What is kept of seeds is read again, and nothing else.
func TestKeptSeeds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "seeds", "TestRandom")
	for _, n := range []uint64{7, 9} {
		if err := keepSeed(file, n); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := keptSeeds(file); err != nil || !slices.Equal(kept, []uint64{7, 9}) {
		t.Errorf("%v, kept are %v", err, kept)
	}
	if err := os.WriteFile(file, []byte("7\nseven\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := keptSeeds(file); err == nil || !strings.Contains(err.Error(), "seven") {
		t.Errorf("seven is a seed: %v", err)
	}
}
