package scenarios

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

// decoder turns the tree of a file into a scenario. It keeps the first mistake
// and carries on with zero values, so that nothing in between has to ask.
type decoder struct {
	file   string
	err    error // an *Error, or nil
	script *sim.Script
	values map[any]sim.ValueID
}

// object is a mapping of the file whose keys are distinct.
type object struct {
	d       *decoder
	node    ast.Node
	what    string // for messages
	entries []entry
}

type entry struct {
	key   string
	at    ast.Node // where the key is
	value ast.Node
}

// mapping reads a mapping whose keys are up to the user.
func (d *decoder) mapping(n ast.Node, what string) object {
	o := object{d: d, node: n, what: what}
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.wrong(n, what, "a mapping")
		return o
	}
	seen := make(map[string]bool)
	for _, v := range m.Values {
		key := d.text(v.Key, "a key")
		if seen[key] {
			d.fail(v.Key, "key %s is here twice", quote(key))
		}
		seen[key] = true
		o.entries = append(o.entries, entry{key, v.Key, v.Value})
	}
	return o
}

// object reads a mapping with keys that this format knows.
func (d *decoder) object(n ast.Node, what string, keys []string) object {
	o := d.mapping(n, what)
	for _, e := range o.entries {
		if !slices.Contains(keys, e.key) {
			d.fail(e.at, "%s", unknown("key", e.key, keys))
		}
	}
	return o
}

// find returns the entry of a key, if it is there.
func (o object) find(key string) (entry, bool) {
	for _, e := range o.entries {
		if e.key == key {
			return e, true
		}
	}
	return entry{}, false
}

// need returns the value of a key that must be there.
func (o object) need(key string) ast.Node {
	if e, ok := o.find(key); ok {
		return e.value
	}
	o.d.fail(o.node, "%s needs the key %q", o.what, key)
	return o.node
}

// optional decodes the value of a key that may be there.
func optional[T any](o object, key string, decode func(n ast.Node, what string) T, otherwise T) T {
	if e, ok := o.find(key); ok {
		return decode(e.value, key)
	}
	return otherwise
}

// list reads a list.
func (d *decoder) list(n ast.Node, what string) []ast.Node {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.wrong(n, what, "a list")
		return nil
	}
	return s.Values
}

// wrong says that n is not what it must be.
func (d *decoder) wrong(n ast.Node, what, must string) {
	var is string
	switch n := n.(type) {
	case *ast.MappingNode:
		is = "a mapping"
	case *ast.SequenceNode:
		is = "a list"
	case *ast.NullNode:
		is = "null"
	case *ast.StringNode:
		is = quote(n.Value)
	case *ast.LiteralNode:
		is = quote(n.Value.Value)
	default:
		is = shorten(n.GetToken().Value, maxQuoted)
	}
	d.fail(n, "%s must be %s, not %s", what, must, is)
}

// value returns a string, a number or a boolean, and nil for anything else.
func value(n ast.Node) any {
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

// scalar reads a value of a field.
func (d *decoder) scalar(n ast.Node, what string) any {
	v := value(n)
	if v == nil {
		d.wrong(n, what, "a string, a decimal number or a boolean")
	}
	return v
}

// text reads a string.
func (d *decoder) text(n ast.Node, what string) string {
	switch v := value(n).(type) {
	case string:
		return v
	case nil:
		d.wrong(n, what, "a string")
	default:
		d.wrong(n, what, "a string in quotes")
	}
	return ""
}

// line reads a string that is going to be shown as it is.
func (d *decoder) line(n ast.Node, what string) string {
	s := d.text(n, what)
	if unsafe(s, "") {
		d.fail(n, "%s has a control character in it: %s", what, quote(s))
	}
	return s
}

// prose reads a text of several lines that is going to be shown as it is.
func (d *decoder) prose(n ast.Node, what string) string {
	s := d.text(n, what)
	if unsafe(s, "\n\t") {
		d.fail(n, "%s has a control character in it: %s", what, quote(s))
	}
	return strings.TrimSpace(s)
}

// maxLabel is the length in characters of the longest name.
const maxLabel = 100

// label reads a name: one line, and neither empty nor endless.
func (d *decoder) label(n ast.Node, what string) string {
	s := d.line(n, what)
	switch {
	case strings.TrimSpace(s) == "":
		d.fail(n, "%s is empty", what)
	case utf8.RuneCountInString(s) > maxLabel:
		d.fail(n, "%s is longer than %d characters", what, maxLabel)
	}
	return s
}

// word reads one of a few words and returns its place among them.
func (d *decoder) word(n ast.Node, what string, among []string) int {
	s := d.text(n, what)
	i := slices.Index(among, s)
	if i < 0 {
		d.fail(n, "%s", unknown(what, s, among))
		return 0
	}
	return i
}

// flag reads a boolean.
func (d *decoder) flag(n ast.Node, what string) bool {
	b, ok := value(n).(bool)
	if !ok {
		d.wrong(n, what, "true or false")
	}
	return b
}

// whole returns a reader of whole numbers from least to most.
func (d *decoder) whole(least, most int64) func(n ast.Node, what string) int64 {
	return func(n ast.Node, what string) int64 {
		f, ok := value(n).(float64)
		if !ok || f != math.Trunc(f) || f < float64(least) || f > float64(most) {
			d.wrong(n, what, fmt.Sprintf("a whole number from %d to %d", least, most))
			return 0
		}
		return int64(f)
	}
}

// maxDuration is the longest time that a file may name. Sums of many do not
// overflow.
const maxDuration = sim.MaxLatency

// duration reads a duration as Go writes it. Zero needs no unit.
func (d *decoder) duration(n ast.Node, what string) time.Duration {
	v := value(n)
	if v == 0.0 {
		return 0
	}
	s, _ := v.(string)
	t, err := time.ParseDuration(s)
	switch {
	case err != nil:
		d.wrong(n, what, "a duration with its unit, such as 40ms or 1.5s")
		return 0
	case t < 0:
		d.wrong(n, what, "at least 0")
	case t > maxDuration:
		d.wrong(n, what, "at most 24h")
	}
	return t
}

// share reads a share of a whole: 2% or 0.02.
func (d *decoder) share(n ast.Node, what string) float64 {
	f, ok := value(n).(float64)
	if s, isText := value(n).(string); isText {
		percent, found := strings.CutSuffix(s, "%")
		p, err := strconv.ParseFloat(percent, 64)
		f, ok = p/100, found && err == nil && decimal(percent)
	}
	if !ok || f < 0 || f > 1 {
		d.wrong(n, what, "a share from 0 to 1, such as 2% or 0.02")
		return 0
	}
	return f
}
