package tell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"photofinish/sim/judge"
)

// Clean makes a text from outside fit for a terminal: control characters,
// those that turn the direction of writing, and bytes that are no text are
// written as escapes, so that they are seen and do nothing.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, Unsafe) < 0 {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case Unsafe(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String()
}

// Unsafe reports whether a rune does something to a terminal or a line
// instead of being seen. The two joiners are letters' business.
func Unsafe(r rune) bool {
	joiner := r == '\u200c' || r == '\u200d'
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Cf, r) && !joiner
}

// Cell makes a text from outside fit for a cell of a spreadsheet, which would
// take what begins with one of some signs for a formula, whatever blanks or
// quotes stand before it: an apostrophe before it says that it is a text. A
// number is no formula.
func Cell(s string) string {
	s = Clean(s)
	if _, err := strconv.Atoi(s); err == nil {
		return s
	}
	blank := func(r rune) bool { return unicode.IsSpace(r) || r == '\'' }
	if strings.IndexAny(strings.TrimLeftFunc(s, blank), "=+-@|%＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

// Fit cleans text and cuts it to at most width columns.
func Fit(s string, width int) string { return ansi.Truncate(Clean(s), width, "…") }

// Columns returns how wide text is in columns of a terminal, or of any type of
// one width.
func Columns(s string) int { return ansi.StringWidth(s) }

// Pad fills text with blanks up to width columns.
func Pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-Columns(s)))
}

// PadLeft is [Pad] with the blanks in front.
func PadLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-Columns(s))) + s
}

// Capital begins a sentence with a capital letter, unless it begins with a click, as "u2".
func Capital(text string) string {
	r := []rune(text)
	if len(r) == 0 || len(r) > 1 && unicode.IsDigit(r[1]) {
		return text
	}
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// AndMore lists words as [judge.And] does; of more than most the first few, and how many more
// there are: "u2, u3 and 4 more".
func AndMore(words []string, most, few int) string {
	if n := len(words); n > most {
		words = append(slices.Clone(words[:few]), Grouped(n-few)+" more")
	}
	return judge.And(words)
}

// Milliseconds writes a duration in milliseconds, with as many decimals as it
// has.
func Milliseconds(d time.Duration) string {
	const unit = time.Millisecond
	text := strconv.FormatInt(int64(d/unit), 10)
	if rest := d % unit; rest != 0 {
		text += strings.TrimRight("."+strconv.FormatInt(int64(unit+rest), 10)[1:], "0")
	}
	return text
}

// Rounded writes a duration in whole milliseconds.
func Rounded(d time.Duration) string {
	return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10)
}

// Grouped writes a number with commas, as "10,000".
func Grouped[N int | int64](n N) string {
	text := strconv.FormatInt(int64(n), 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Short writes a number of at least 0 in at most four cells, and
// rounded where it has more than three digits: 2449 as "2.4k", 1566813 as "1.6M".
func Short[N int | int64](n N) string {
	if n < 1000 {
		return strconv.FormatInt(int64(n), 10)
	}
	unit, of := "k", 1000.0
	for _, u := range []string{"M", "G", "T", "P", "E"} {
		if float64(n) < of*999.5 {
			break
		}
		unit, of = u, of*1000
	}
	digits := 0
	if float64(n) < of*9.95 {
		digits = 1
	}
	return strings.TrimSuffix(strconv.FormatFloat(float64(n)/of, 'f', digits, 64), ".0") + unit
}
