package testkit

import (
	"bytes"
	"testing"
	"unicode"
)

// Printable fails a test if a text has a character in it that does something to
// a terminal, or turns the direction of writing round. Lines may end.
func Printable(t testing.TB, name string, text []byte) {
	t.Helper()
	if i := bytes.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r == '\u202e' }); i >= 0 {
		t.Errorf("%s: a control character: %q", name, text[max(0, i-20):min(len(text), i+20)])
	}
}
