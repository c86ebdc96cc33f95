package tell

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
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
	property.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		out := Clean(in)
		if i := strings.IndexFunc(out, unicode.IsControl); i >= 0 || Clean(out) != out {
			t.Fatalf("%q became %q", in, out)
		}
		if width := rapid.IntRange(1, 40).Draw(t, "width"); Columns(Fit(in, width)) > width {
			t.Fatalf("%q is wider than %d", Fit(in, width), width)
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
		if got := Milliseconds(d); got != want {
			t.Errorf("Milliseconds(%v) = %s, want %s", d, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"name":        "name",
		"=1+1":        "'=1+1",
		" '=1+1":      "' '=1+1",
		"\u00a0@SUM":  "'\u00a0@SUM",
		"＝1":          "'＝1",
		"|calc":       "'|calc",
		"-5":          "-5",
		"-5+A1":       "'-5+A1",
		"a=b":         "a=b",
		"\t=x":        `\t=x`,
		"":            "",
		"'quoted":     "'quoted",
		"%x":          "'%x",
		"+44 20 7946": "'+44 20 7946",
	} {
		if got := Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 999: "999", 1000: "1k", 1259: "1.3k", 2449: "2.4k", 9949: "9.9k", 9951: "10k", 20_000: "20k",
		999_499: "999k", 999_500: "1M", 1_566_813: "1.6M", 35_505: "36k", 2_000_000_000: "2G",
	} {
		if got := Short(n); got != want {
			t.Errorf("Short(%d) = %q, want %q", n, got, want)
		}
	}
}

// TestOrders: how many are bad of how many, and of one that it is the only one.
func TestOrders(t *testing.T) {
	for _, c := range []struct {
		bad, all       int64
		complete       bool
		says, of, ends string
	}{
		{0, 5, true, "race-free: all 5", "race-free: all 5 orders", ""},
		{2, 5, true, "2 of 5", "2 of 5 orders", "2 of 5 orders end badly"},
		{0, 1, true, "race-free: the only one", "race-free: the only order", ""},
		{1, 1, true, "1 of 1", "the only order", "the only order ends badly"},
		{1, 1, false, "1 of the first 1", "1 of the first 1 orders", "1 of the first 1 orders ends badly"},
	} {
		if says, of, ends := Orders(c.bad, c.all, c.complete), OfOrders(c.bad, c.all, c.complete), EndBadly(c.bad, c.all, c.complete); says != c.says || of != c.of || c.bad > 0 && ends != c.ends {
			t.Errorf("%d of %d: %q, %q, %q", c.bad, c.all, says, of, ends)
		}
	}
}

func TestCapital(t *testing.T) {
	for text, want := range map[string]string{"": "", "a": "A", "every order": "Every order", "u2 landed": "u2 landed", "été": "Été"} {
		if got := Capital(text); got != want {
			t.Errorf("%q begins a sentence as %q", text, got)
		}
	}
}
