package report

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain, 数学 é ✓":         "plain, 数学 é ✓",
		"\x1b[31mred":           `\x1b[31mred`,
		"a\r\n\tb\x00\x7f":      `a\r\n\tb\x00\x7f`,
		"\u009b31m":             `\u009b31m`,
		"abc\u202edef\u2066":    `abc\u202edef\u2066`,
		"line\u2028end":         `line\u2028end`,
		"\xff\xef\xbf":          `\xff\xef\xbf`,
		"\uFFFD stays":          "\uFFFD stays",
		"\uFEFFmark":            `\ufeffmark`,
		"नमस्\u200dते":          "नमस्\u200dते",
		"tag \U000E0041 hidden": `tag \U000e0041 hidden`,
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanIsPrintable(t *testing.T) {
	testkit.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		out := Clean(in)
		if i := strings.IndexFunc(out, unicode.IsControl); i >= 0 || Clean(out) != out {
			t.Fatalf("%q became %q", in, out)
		}
		if width := rapid.IntRange(1, 40).Draw(t, "width"); columns(fit(in, width)) > width {
			t.Fatalf("%q is wider than %d", fit(in, width), width)
		}
	})
}

func TestMilliseconds(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                              "0",
		120 * time.Millisecond:         "120",
		500 * time.Microsecond:         "0.5",
		95_716 * time.Microsecond:      "95.716",
		time.Nanosecond:                "0.000001",
		24*time.Hour + time.Nanosecond: "86400000.000001",
		100_010 * time.Microsecond:     "100.01",
	} {
		if got := milliseconds(d).String(); got != want {
			t.Errorf("milliseconds(%v) = %s, want %s", d, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"create-then-update": "create-then-update",
		"a b.yaml":           "'a b.yaml'",
		"":                   "''",
		"it's.yaml":          `$'it\'s.yaml'`,
		"\x1b[31m.yaml":      `$'\x1b[31m.yaml'`,
		"$(rm -r).yaml":      "'$(rm -r).yaml'",
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
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
