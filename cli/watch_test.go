package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"photofinish/internal/testkit"
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

// The playground is sent a client whose file has changed: what it is now, or why
// it cannot be read.
func TestReloads(t *testing.T) {
	testkit.Long(t, "short mode: no program is started")
	testkit.Needs(t, "no file of JavaScript was run", "node")
	t.Setenv("XDG_CACHE_HOME", around()["XDG_CACHE_HOME"])
	file := filepath.Join(t.TempDir(), "save.js")
	write := func(text string) { must(t, os.WriteFile(file, []byte(text), 0o644)) }
	write("export default () => ({ update() {}, screen: () => null });")
	p := programs{args: []string{"ours=" + file}}
	defer p.close()
	lineup, err := p.lineup()
	if err != nil {
		t.Fatal(err)
	}
	news, stop, err := p.reloads(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	was := lineup[0].Own().Bundle
	write("export default () => ({ delete() {}, screen: () => null });")
	if r := <-news; r.Err != nil || r.Entry.Name != "ours" || r.Entry.Own().Bundle == was || len(r.Entry.Own().Args) != 2 {
		t.Errorf("another program: %v %+v", r.Err, r.Entry.Own())
	}
	write("export default () => ({")
	if r := <-news; r.Err == nil || !strings.Contains(r.Err.Error(), "save.js") || r.Entry.Name != "ours" {
		t.Errorf("one that cannot be read: %+v", r)
	}
	write("export default () => ({ update() {}, screen: () => null });")
	if r := <-news; r.Err != nil || r.Entry.Own().Bundle != was {
		t.Errorf("mended: %v %+v", r.Err, r.Entry.Own())
	}
}
