package scenarios

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"photofinish/sim"
)

// YAML writes the scenario as a file that [Parse] reads as the same scenario
// again. A preset stands in it by name, if the network is still that preset.
// Skipped actions are left out.
func (s *Scenario) YAML() []byte {
	lines := scenarioKeys.write(s.Script, s)
	return []byte(strings.Join(lines, "\n") + "\n")
}

// pairs is a mapping in the making.
type pairs []string

// add adds a key. A value that begins with a line break stands below its key.
func (p *pairs) add(key, value string) {
	if !strings.HasPrefix(value, "\n") {
		value = " " + value
	}
	*p = append(*p, key+":"+value)
}

// String returns the mapping in one line.
func (p pairs) String() string { return "{" + strings.Join(p, ", ") + "}" }

// writeList writes a list in one line.
func writeList[T any](list []T, write func(T) string) string {
	var items []string
	for _, item := range list {
		items = append(items, write(item))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// writeFields writes what is set, in the order in which the fields first
// appeared.
func writeFields(s *sim.Script, set sim.FieldSet, values *[sim.NumFields]sim.ValueID) string {
	var p pairs
	for f := range set.All {
		p.add(scalar(s.FieldName(f)), scalar(s.Values[values[f]]))
	}
	return p.String()
}

// writeDuration writes a duration in ASCII.
func writeDuration(t time.Duration) string { return strings.Replace(t.String(), "µ", "u", 1) }

func writeNumber(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// scalar writes a value of a field.
func scalar(v any) string {
	switch v := v.(type) {
	case float64:
		return writeNumber(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return writeText(v.(string))
}

// writeText writes a string, in quotes where something else could be read.
func writeText(s string) string {
	if plain(s) {
		return s
	}
	// The escapes of Go are escapes of YAML too.
	return strconv.Quote(s)
}

// plain reports whether a string needs no quotes anywhere in a file.
func plain(s string) bool {
	reserved := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	if s == "" || strings.HasSuffix(s, " ") || slices.Contains(reserved, strings.ToLower(s)) {
		return false
	}
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !strings.ContainsRune(" -_+./'", r)) {
			return false
		}
	}
	return true
}

// writeProse writes a paragraph in lines, and any other text in quotes.
func writeProse(s string) string {
	const width = 96
	words := strings.Fields(s)
	if len(s) <= width || strings.Join(words, " ") != s || strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return writeText(s)
	}
	var b strings.Builder
	b.WriteByte('>')
	column := width
	for _, w := range words {
		if column += 1 + utf8.RuneCountInString(w); column > width {
			b.WriteString("\n  " + w)
			column = 2 + utf8.RuneCountInString(w)
		} else {
			b.WriteString(" " + w)
		}
	}
	return b.String()
}
