package kit

import (
	"runtime"
	"strings"
	"testing"
)

const endless = `
export default () => ({
  async update({ name }) {
    const kept = [];
    while (name === 'microtasks') await null;
    while (name === 'memory') kept.push(new Array(1000).fill({}));
    for (;;);
  },
  screen: () => ({}),
});`

// A client in an endless loop is halted, and it is said where.
func TestEndlessLoop(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"loop", "after the click u2 it did not come to rest in 5 s: an endless loop? (save.js:7)"},
		{"microtasks", "after the click u2 it did not come to rest in 5 s: an endless loop? (save.js:5)"},
		{"memory", "it ran out of memory (512 MiB) after the click u2: an endless loop? (save.js:6)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, endless)
			s.start()
			if a := s.update(40, 2, c.name); a.Failed != c.want {
				t.Errorf("failed: %q\nwant    %q", a.Failed, c.want)
			}
		})
	}
}

var _ = runtime.GOOS
var _ = strings.Contains
