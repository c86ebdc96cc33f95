package host

import (
	"bytes"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"photofinish/internal/testkit"
)

// A few bytes do not stand for millions of keys.
func TestRepeats(t *testing.T) {
	l := Limits{}.filled()
	for _, begin := range []string{"\x1b[", "\x9b"} {
		got := 0
		k := keys{in: strings.NewReader(strings.Repeat(begin+"65;30;97;1;0;65535_", 200) + "ě_[_"), term: "xterm", limits: &l, typed: func() { got++ }, send: func(tea.Msg) {}, pace: bucket{rate: 1, most: 1}}
		must(t, k.run(t.Context()))
		if got > 1000 {
			t.Errorf("%q: %d keys", begin, got)
		}
	}
}

// Text that only looks like such a sequence stays as it is, however it is cut.
func TestSieve(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"snake_case ě_ \x1b_apc\x1b\\ [1_", "snake_case ě_ \x1b_apc\x1b\\ [1_"},
		{"\x1b[1;2_\x9b1_ \x1b\x1b[3_", "\x1b[1;2~\x9b1~ \x1b\x1b[3~"},
		{"\x1b[A_ \x1b[1;5C_", "\x1b[A_ \x1b[1;5C_"},
		{"\x1b[1\x00;2_", "\x1b[1\x00;2~"},
		{"\x9bM \x1b[M \u009bM ÛM ⛀M", "\x9b~ \x1b[M \u009bM ÛM ⛀M"},
		{"\xaf\x9bM \xc0\x9bM \xe2\x9bM \xe2\x9b1_", "\xaf\x9b~ \xc0\x9b~ \xe2\x9b~ \xe2\x9b1~"},
	} {
		var s sieve
		got := []byte(c.in)
		for i := range got { // byte by byte
			s.clean(got[i : i+1])
		}
		if string(got) != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

// Whatever is typed, reading it ends with the input and hands on only what a
// program may have.
func FuzzKeys(f *testing.F) {
	for _, seed := range []string{"x", "\x1b[A", "\x1b[200~paste\x1b[201~", "\x1b[48;9;9;9;9t", "\x1b]11;rgb:0/0/0\x07", "\x1b[<0;1;1M", "\x1b[97;5u", "\x1bP1$r\x1b\\", "\x1b[1;1R\xff"} {
		f.Add([]byte(seed))
	}
	l := Limits{}.filled()
	testkit.Fuzz(f, func(t *testing.T, typed []byte) {
		k := keys{in: bytes.NewReader(typed), term: "xterm-256color", limits: &l, typed: func() {}, pace: bucket{rate: 1, most: 50},
			send: func(msg tea.Msg) {
				if _, size := msg.(uv.WindowSizeEvent); size {
					t.Errorf("%q is a new size", typed)
				}
			}}
		if err := k.run(t.Context()); err != nil && len(typed) < 1<<16 {
			t.Errorf("%q: %v", typed, err)
		}
	})
}
