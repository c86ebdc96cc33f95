package tell

import (
	"runtime"
	"testing"
)

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"create-then-update": "create-then-update",
		"a b.yaml":           "'a b.yaml'",
		"":                   "''",
		"it's.yaml":          `$'it\'s.yaml'`,
		"\x1b[31m.yaml":      `$'\x1b[31m.yaml'`,
		"$(rm -r).yaml":      "'$(rm -r).yaml'",
	} {
		if got := quotePOSIX(in); got != want {
			t.Errorf("quotePOSIX(%q) = %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"create-then-update":                  "create-then-update",
		`C:\races\a.yaml`:                     `C:\races\a.yaml`,
		`ours=C:\Users\Ada Lovelace\save.tsx`: `"ours=C:\Users\Ada Lovelace\save.tsx"`,
		"u1> u2>":                             `"u1> u2>"`,
		"":                                    `""`,
		"it's.yaml":                           `"it's.yaml"`,
		"$home's.yaml":                        `'$home''s.yaml'`,
		"100%.yaml":                           `'100%.yaml'`,
		"„Ada’s“.yaml":                        `'„Ada’’s“.yaml'`,
	} {
		if got := quoteWindows(in); got != want {
			t.Errorf("quoteWindows(%q) = %s, want %s", in, got, want)
		}
	}
	if got, want := Quote("a b"), map[bool]string{false: "'a b'", true: `"a b"`}[runtime.GOOS == "windows"]; got != want {
		t.Errorf("Quote: %s, want %s", got, want)
	}
}
