// Package strict reads files that people write: YAML without its surprises,
// every key known, and every mistake with its line, its column and the way out.
// Scenarios and lessons are built on it.
package strict

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"
)

// Error is a mistake in a file.
type Error struct {
	File         string
	Line, Column int    // from 1, in characters; 0 if it is the file as a whole
	Message      string // what is wrong, and the way out
}

// Error returns the mistake in one printable line, such as
//
//	create.yaml:7:5: unknown action "crate" (did you mean "create"?)
func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(Printable(e.File) + ":")
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, "%d:%d:", e.Line, e.Column)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String() + e.Message
}

// mistake is an [Error] at a token of the file, or of the file as a whole.
func mistake(file string, at *token.Token, format string, args ...any) *Error {
	e := &Error{File: file, Message: OneLine(fmt.Sprintf(format, args...))}
	if at != nil && at.Position != nil {
		e.Line, e.Column = at.Position.Line, at.Position.Column
	}
	return e
}

// Printable returns the name of a file, quoted if a terminal might take a part
// of it for an order.
func Printable(file string) string {
	if strings.IndexFunc(file, func(r rune) bool { return !strconv.IsPrint(r) }) < 0 {
		return file
	}
	return strconv.Quote(file)
}

// maxMessage and maxQuoted bound, in characters, a message and each word that
// it quotes from a file.
const (
	maxMessage = 300
	maxQuoted  = 40
)

// Quote quotes a word of a file: short, and with every character escaped that
// does not show.
func Quote(s string) string { return strconv.Quote(shorten(s, maxQuoted)) }

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// OneLine makes a message safe to print, whatever it quotes.
func OneLine(message string) string {
	var b strings.Builder
	for _, r := range shorten(message, maxMessage) {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			escaped := strconv.QuoteRune(r)
			b.WriteString(escaped[1 : len(escaped)-1])
		}
	}
	return b.String()
}

// Unsafe reports whether s has a character that changes how what follows it is
// shown: a control character, a line break, or one that turns the direction of
// writing, which can make a line read as another. Those in but are fine.
func Unsafe(s, but string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) && !strings.ContainsRune(but, r)
	})
}

// Unknown says that a word is none of those there are.
func Unknown(what, word string, among []string) string {
	what = "unknown " + what + " " + Quote(word)
	if near := Suggest(word, among); near != "" {
		return what + fmt.Sprintf(" (did you mean %q?)", near)
	}
	if all := strings.Join(among, ", "); len(all) < 100 {
		return what + ": it is one of " + all
	}
	return what
}

// Failed says which file could not be read, and why.
func Failed(file string, err error) error {
	// The operating system's reason is enough: the path is there already.
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s: %w", Printable(file), err)
}
