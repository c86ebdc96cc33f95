package report

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

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 1: "100 %", 0.4911: "49.1 %", 0.032: "3.2 %", 0.00037: "0.04 %", 0.00001: "0.001 %", 0.00000038: "0.00004 %", 0.9999: "99.99 %", 0.99999996: "99.999996 %",
	} {
		if got := Percent(share); got != want {
			t.Errorf("Percent(%v) = %q, want %q", share, got, want)
		}
	}
}
