package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// table holds the keys of one mapping of a file, in the order in which they
// are read, written and told. The mapping is decoded into a T.
type table[T any] struct {
	what  string // what messages call it
	about string // what the schema says of it
	blank T      // what holds where no key says anything
	keys  []key[T]
}

// key is a row of a table. A key is named nowhere else: how it is read, written,
// described and told follows from its row.
type key[T any] struct {
	name   string
	was    string // what it was called before, and is still read as; "": nothing else
	must   bool   // it must be there
	always bool   // it is written, even if it says nothing new
	says   string // what explain calls it, or what a flag means; "": its name
	about  string // for the schema; "": the definition that it refers to says it
	slot[T]
}

// elsewhere stands for what explain calls a key, if it is not listed as a fact
// but told in words of its own.
const elsewhere = "elsewhere"

// slot is where in a T the value of a key is, and how it gets there and back.
type slot[T any] struct {
	schema string                                  // the members of the value's JSON Schema
	only   []string                                // the words of the steps that take the key; nil: all
	read   func(d *decoder, e strict.Entry, to *T) // keeps what a file says
	said   func(from, blank *T) bool               // whether there is anything that the blank has not
	write  func(s *sim.Script, from *T) string     // the value as a file has it
	value  func(from *T) any                       // for a [Fact]; nil if it is told elsewhere
}

// in returns the slot of a value that is a field of T.
func in[T any, V comparable](f form[V], field func(*T) *V) slot[T] {
	return slot[T]{
		schema: f.schema,
		read:   func(d *decoder, e strict.Entry, to *T) { *field(to) = f.read(d, e.Value, e.Key) },
		said:   func(from, blank *T) bool { return *field(from) != *field(blank) },
		write:  func(_ *sim.Script, from *T) string { return f.write(*field(from)) },
		value:  func(from *T) any { return *field(from) },
	}
}

// only returns the slot of a key that no other steps take. What the step does has
// been read by then: its row comes first.
func only(s slot[sim.Action], words ...string) slot[sim.Action] {
	do := " does"
	if len(words) > 1 {
		do = " do"
	}
	return taken(s, words, "only "+judge.And(words)+do)
}

// but returns the slot of a key that these steps do not take.
func but(s slot[sim.Action], words ...string) slot[sim.Action] {
	takes := slices.DeleteFunc(does(), func(word string) bool { return slices.Contains(words, word) })
	return taken(s, takes, "leave it out")
}

// taken returns the slot of a key that some steps take, and what to say of others.
func taken(s slot[sim.Action], words []string, instead string) slot[sim.Action] {
	read := s.read
	s.only = words
	s.read = func(d *decoder, e strict.Entry, a *sim.Action) {
		if !slices.Contains(words, a.Word()) {
			d.Fail(e.At, "%s takes no %q: %s", a.Word(), e.Key, instead)
			return
		}
		read(d, e, a)
	}
	return s
}

// names returns the name of every key.
func (t *table[T]) names() []string {
	names := make([]string, len(t.keys))
	for i, k := range t.keys {
		names[i] = k.name
	}
	return names
}

// known returns every key that is read.
func (t *table[T]) known() []string {
	known := t.names()
	for _, k := range t.keys {
		if k.was != "" {
			known = append(known, k.was)
		}
	}
	return known
}

// decode reads a mapping. What it does not say stays as it is.
func (t *table[T]) decode(d *decoder, n ast.Node, to *T) strict.Object {
	o := d.Object(n, t.what, t.known())
	for _, k := range t.keys {
		e, ok := o.Find(k.name)
		if old, was := o.Find(k.was); was && k.was != "" {
			if ok {
				d.Fail(old.At, "%q is what %q was called before: say one of them", k.was, k.name)
			}
			e, ok = old, true
		}
		if ok {
			k.read(d, e, to)
		} else if k.must {
			k.read(d, strict.Entry{Key: k.name, At: n, Value: o.Need(k.name)}, to)
		}
	}
	return o
}

// write writes a mapping. What it need not say is left out.
func (t *table[T]) write(s *sim.Script, from *T) (p pairs) {
	for _, k := range t.keys {
		if t.has(k, from) {
			p.add(k.name, k.write(s, from))
		}
	}
	return p
}

// has reports whether a mapping has the key when it is written.
func (t *table[T]) has(k key[T], from *T) bool { return k.must || k.always || k.said(from, &t.blank) }

// says reports whether there is anything that the blank has not.
func (t *table[T]) says(from *T) bool {
	return slices.ContainsFunc(t.keys, func(k key[T]) bool { return k.said(from, &t.blank) })
}

// form is a kind of value: how it is described, read and written.
type form[V any] struct {
	schema string // the members of its JSON Schema
	read   func(d *decoder, n ast.Node, what string) V
	write  func(V) string
}

// ref is the member that refers to a definition.
func ref(definition string) string { return `"$ref": "#/$defs/` + definition + `"` }

// words returns a list of words in one line.
func words(list []string) string { return `["` + strings.Join(list, `", "`) + `"]` }

// The kinds of values that several keys have.
var (
	label    = form[string]{ref("label"), (*decoder).Label, writeText}
	line     = form[string]{ref("line"), (*decoder).Line, writeText}
	prose    = form[string]{`"type": "string"`, (*decoder).Prose, writeProse}
	boolean  = form[bool]{`"type": "boolean"`, (*decoder).Flag, strconv.FormatBool}
	duration = form[time.Duration]{ref("duration"), (*decoder).Duration, writeDuration}
	share    = form[float64]{ref("share"), (*decoder).Share, writeNumber}
	latency  = form[sim.Latency]{ref("latency"), (*decoder).latency, writeLatency}
	samples  = form[sim.Samples]{
		fmt.Sprintf(`"type": "array", "items": {%s}, "minItems": 1, "maxItems": %d`, ref("duration"), sim.MaxSamples),
		(*decoder).samples, writeSamples}
)

// aboveZero is a duration above 0, with what to do instead of writing 0.
func aboveZero(instead string) form[time.Duration] {
	f := duration
	f.read = func(d *decoder, n ast.Node, what string) time.Duration { return d.AboveZero(instead)(n, what) }
	return f
}

// whole is a whole number from least to most.
func whole[V int | uint8 | uint64](least, most int64) form[V] {
	return form[V]{
		fmt.Sprintf(`"type": "integer", "minimum": %d, "maximum": %d`, least, most),
		func(d *decoder, n ast.Node, what string) V { return V(d.Whole(least, most)(n, what)) },
		func(v V) string { return strconv.FormatUint(uint64(v), 10) },
	}
}

// said is a flag that a word sets.
func said(word string) form[bool] {
	return form[bool]{
		`"const": "` + word + `"`,
		func(d *decoder, n ast.Node, what string) bool {
			if strict.Value(n) != word {
				d.Wrong(n, what, word)
			}
			return true
		},
		func(bool) string { return word },
	}
}

// ordinal is one of so many things that a file counts from 1, and the script
// from 0.
func ordinal(many int64) form[uint8] {
	f := whole[int](1, many)
	return form[uint8]{
		f.schema,
		func(d *decoder, n ast.Node, what string) uint8 { return uint8(f.read(d, n, what) - 1) },
		func(v uint8) string { return f.write(int(v) + 1) },
	}
}

// word is one of a few words, the first of which stands for first. A message
// calls it what it is.
func word[V sim.Do | sim.Leg](what string, first V, among []string) form[V] {
	return form[V]{
		`"enum": ` + words(among),
		func(d *decoder, n ast.Node, _ string) V { return first + V(d.Word(n, what, among)) },
		func(v V) string { return among[v-first] },
	}
}
