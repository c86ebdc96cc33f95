package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Who watches a file sees it being written, and another one being put in its
// place, as many editors do.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	file, other := filepath.Join(dir, "save.js"), filepath.Join(dir, "other.js")
	write := func(path string) {
		if err := os.WriteFile(path, []byte("//"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(file)
	for name, change := range map[string]func(){
		"written":  func() { write(file) },
		"replaced": func() { write(other); must(t, os.Rename(other, file)) },
		"made":     func() { must(t, os.Remove(file)); write(file) },
	} {
		t.Run(name, func(t *testing.T) {
			write(file)
			p := programs{args: []string{"ours=" + file}}
			c, err := p.watch()
			if err != nil {
				t.Fatal(err)
			}
			defer c.close()
			change()
			if !c.wait(context.Background()) { // or it waits for ever
				t.Error("it does not see it")
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
