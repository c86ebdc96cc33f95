//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesIn: a folder that cannot be read, for its path is too long, is told, and those
// after it are looked at all the same; what is hidden is not.
func TestFilesIn(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := root.MkdirAll(strings.Repeat(strings.Repeat("m", 250)+"/", 17), 0o700); err != nil {
		t.Skip("no path is too long here:", err)
	}
	for _, name := range []string{"a.yaml", "z.yaml", "._a.yaml", ".pre-commit-config.yaml"} {
		if err := root.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := root.Symlink("ada@host.42", ".#a.yaml"); err != nil { // as Emacs locks a file
		t.Fatal(err)
	}
	files, faults := filesIn(dir)
	if !slices.Equal(files, []string{filepath.Join(dir, "a.yaml"), filepath.Join(dir, "z.yaml")}) {
		t.Errorf("%q", files)
	}
	if len(faults) != 1 || !strings.HasPrefix(faults[0].path, filepath.Join(dir, "mmm")) {
		t.Errorf("%d faults: %.99v", len(faults), faults)
	}
}
