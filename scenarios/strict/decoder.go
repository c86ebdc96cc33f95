package strict

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"photofinish/sim"
)

// Decoder reads the tree of a file. It keeps the first mistake and carries on
// with zero values, so that nothing in between has to ask.
type Decoder struct {
	File string // its name, for messages; may be empty
	What string // what such a file is, as "scenario"
	Err  error  // the first mistake, an [*Error]; nil if there is none
}

// Object is a mapping of the file whose keys are distinct.
type Object struct {
	Node    ast.Node
	What    string // for messages
	Entries []Entry

	d *Decoder
}

// Entry is one key of a mapping, with its value.
type Entry struct {
	Key   string
	At    ast.Node // where the key is
	Value ast.Node
}

// Mapping reads a mapping whose keys are up to the user.
func (d *Decoder) Mapping(n ast.Node, what string) Object {
	o := Object{Node: n, What: what, d: d}
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.Wrong(n, what, "a mapping")
		return o
	}
	seen := make(map[string]bool)
	for _, v := range m.Values {
		key := d.Text(v.Key, "a key")
		if seen[key] {
			d.Fail(v.Key, "key %s is here twice", Quote(key))
		}
		seen[key] = true
		o.Entries = append(o.Entries, Entry{key, v.Key, v.Value})
	}
	return o
}

// Object reads a mapping with keys that this format knows.
func (d *Decoder) Object(n ast.Node, what string, keys []string) Object {
	o := d.Mapping(n, what)
	for _, e := range o.Entries {
		if d.Err != nil {
			break // a file may have thousands of them
		}
		if slices.Contains(keys, e.Key) {
			continue
		}
		among := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { _, there := o.Find(key); return there })
		if Suggest(e.Key, among) == "" { // nothing that is not there already
			among = keys
		}
		d.Fail(e.At, "%s", Unknown("key", e.Key, among))
	}
	return o
}

// Find returns the entry of a key, if it is there.
func (o Object) Find(key string) (Entry, bool) {
	for _, e := range o.Entries {
		if e.Key == key {
			return e, true
		}
	}
	return Entry{}, false
}

// Need returns the value of a key that must be there.
func (o Object) Need(key string) ast.Node {
	if e, ok := o.Find(key); ok {
		return e.Value
	}
	o.d.Fail(o.Node, "%s needs the key %q", o.What, key)
	return o.Node
}

// Optional decodes the value of a key that may be there.
func Optional[T any](o Object, key string, decode func(n ast.Node, what string) T, otherwise T) T {
	if e, ok := o.Find(key); ok {
		return decode(e.Value, key)
	}
	return otherwise
}

// List reads a list.
func (d *Decoder) List(n ast.Node, what string) []ast.Node {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.Wrong(n, what, "a list")
		return nil
	}
	return s.Values
}

// Wrong says that n is not what it must be.
func (d *Decoder) Wrong(n ast.Node, what, must string) {
	var is string
	switch n := n.(type) {
	case *ast.MappingNode:
		is = "a mapping"
	case *ast.SequenceNode:
		is = "a list"
	case *ast.NullNode:
		is = "null"
	case *ast.StringNode:
		is = Quote(n.Value)
	case *ast.LiteralNode:
		is = Quote(n.Value.Value)
	default:
		is = shorten(n.GetToken().Value, maxQuoted)
	}
	d.Fail(n, "%s must be %s, not %s", what, must, is)
}

// Value returns a string, a number or a boolean, and nil for anything else.
func Value(n ast.Node) any {
	word := n.GetToken().Value
	switch n := n.(type) {
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.StringNode:
		if n.Token.Type != token.StringType {
			return n.Value // in quotes
		}
		if !decimal(word) {
			return n.Value
		}
	case *ast.IntegerNode, *ast.FloatNode:
		if !decimal(word) {
			return nil
		}
	default:
		return nil
	}
	// The number is not left to the library, for which 1e3 is a string and
	// 010 is eight.
	f, err := strconv.ParseFloat(word, 64)
	if errors.Is(err, strconv.ErrSyntax) {
		return word // such as 2026-10-01
	}
	if err != nil {
		return nil
	}
	return f
}

// decimal reports whether a word has only what numbers are written with in
// JSON and YAML 1.2.
func decimal(word string) bool { return strings.Trim(word, "+-.0123456789eE") == "" }

// Scalar reads a value of a field.
func (d *Decoder) Scalar(n ast.Node, what string) any {
	v := Value(n)
	if v == nil {
		d.Wrong(n, what, "a string, a decimal number or a boolean")
	}
	return v
}

// Text reads a string.
func (d *Decoder) Text(n ast.Node, what string) string {
	switch v := Value(n).(type) {
	case string:
		return v
	case nil:
		d.Wrong(n, what, "a string")
	default:
		d.Wrong(n, what, "a string in quotes")
	}
	return ""
}

// Line reads a string that is going to be shown as it is.
func (d *Decoder) Line(n ast.Node, what string) string {
	s := d.Text(n, what)
	if Unsafe(s, "") {
		d.Fail(n, "%s has a control character in it: %s", what, Quote(s))
	}
	return s
}

// Prose reads a text of several lines that is going to be shown as it is.
func (d *Decoder) Prose(n ast.Node, what string) string {
	s := d.Text(n, what)
	if Unsafe(s, "\n\t") {
		d.Fail(n, "%s has a control character in it: %s", what, Quote(s))
	}
	return strings.TrimSpace(s)
}

// MaxLabel is the length in characters of the longest name.
const MaxLabel = 100

// Label reads a name: one line, and neither empty nor endless.
func (d *Decoder) Label(n ast.Node, what string) string {
	s := d.Line(n, what)
	switch {
	case strings.TrimSpace(s) == "":
		d.Fail(n, "%s is empty", what)
	case utf8.RuneCountInString(s) > MaxLabel:
		d.Fail(n, "%s is longer than %d characters", what, MaxLabel)
	}
	return s
}

// Word reads one of a few words and returns its place among them.
func (d *Decoder) Word(n ast.Node, what string, among []string) int {
	s := d.Text(n, what)
	i := slices.Index(among, s)
	if i < 0 {
		d.Fail(n, "%s", Unknown(what, s, among))
		return 0
	}
	return i
}

// Flag reads a boolean.
func (d *Decoder) Flag(n ast.Node, what string) bool {
	b, ok := Value(n).(bool)
	if !ok {
		d.Wrong(n, what, "true or false")
	}
	return b
}

// Whole returns a reader of whole numbers from least to most.
func (d *Decoder) Whole(least, most int64) func(n ast.Node, what string) int64 {
	return func(n ast.Node, what string) int64 {
		f, ok := Value(n).(float64)
		if !ok || f != math.Trunc(f) || f < float64(least) || f > float64(most) {
			d.Wrong(n, what, fmt.Sprintf("a whole number from %d to %d", least, most))
			return 0
		}
		return int64(f)
	}
}

// MaxDuration is the longest time that a file may name. Sums of many do not
// overflow.
const MaxDuration = sim.MaxLatency

// Duration reads a duration as Go writes it. Zero needs no unit.
func (d *Decoder) Duration(n ast.Node, what string) time.Duration {
	v := Value(n)
	if v == 0.0 {
		return 0
	}
	s, _ := v.(string)
	t, err := time.ParseDuration(s)
	switch {
	case err != nil:
		d.Wrong(n, what, "a duration with its unit, such as 40ms or 1.5s")
		return 0
	case t < 0:
		d.Wrong(n, what, "at least 0")
	case t > MaxDuration:
		d.Wrong(n, what, "at most 24h")
	}
	return t
}

// AboveZero returns a reader of durations above 0, which says what to do
// instead of writing 0.
func (d *Decoder) AboveZero(instead string) func(n ast.Node, what string) time.Duration {
	return func(n ast.Node, what string) time.Duration {
		s, _ := Value(n).(string)
		if t, err := time.ParseDuration(s); err == nil && t < 0 {
			d.Wrong(n, what, "above 0")
			return 0
		}
		t := d.Duration(n, what)
		if t == 0 {
			d.Fail(n, "%s must be above 0: %s", what, instead)
		}
		return t
	}
}

// Share reads a share of a whole: 2% or 0.02.
func (d *Decoder) Share(n ast.Node, what string) float64 {
	f, ok := Value(n).(float64)
	if s, isText := Value(n).(string); isText {
		percent, found := strings.CutSuffix(s, "%")
		p, err := strconv.ParseFloat(percent, 64)
		f, ok = p/100, found && err == nil && decimal(percent)
	}
	if !ok || f < 0 || f > 1 {
		d.Wrong(n, what, "a share from 0 to 1, such as 2% or 0.02")
		return 0
	}
	return f
}
