package external

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"photofinish/sim"
)

// protocol is the version that is spoken.
const protocol = 1

// hello is how a program introduces itself.
type hello struct {
	Protocol int      `json:"protocol"`
	Runs     string   `json:"runs"`
	Of       []string `json:"of"`
	Bundle   string   `json:"bundle"`
	Does     []string `json:"does"`
}

// greet says hello.
func greet(p program) (*hello, error) {
	line, err := p.turn([]byte(`{"hello":{"protocol":1}}`))
	if err != nil {
		return nil, after("at hello", err)
	}
	var a struct {
		Hello  *hello   `json:"hello"`
		Log    []string `json:"log"`
		Failed string   `json:"failed"`
	}
	switch err := strict(line, &a); {
	case err != nil:
		return nil, fmt.Errorf("to hello it said %s, which is no answer: %w", excerpt(line), err)
	case a.Failed != "":
		return nil, errors.New(clean(a.Failed))
	case a.Hello == nil:
		return nil, fmt.Errorf("to hello it said %s, which has no hello", excerpt(line))
	case a.Hello.Protocol != protocol:
		return nil, fmt.Errorf("it speaks version %d of the protocol, and this is version %d", a.Hello.Protocol, protocol)
	}
	a.Hello.Runs, a.Hello.Bundle = clean(a.Hello.Runs), clean(a.Hello.Bundle)
	for i, of := range a.Hello.Of {
		a.Hello.Of[i] = clean(of)
	}
	return a.Hello, nil
}

// answer is what a program says to a turn.
type answer struct {
	Out    []deed          `json:"out"`
	Screen json.RawMessage `json:"screen"`
	Error  string          `json:"error"`
	Busy   bool            `json:"busy"`
	Used   []string        `json:"used"`
	Log    []string        `json:"log"`
	Thrown []thrown        `json:"uncaught"`
	Failed string          `json:"failed"`

	Does []string `json:"does"` // to a start
	Path string   `json:"path"`
}

// thrown is an error that nobody caught.
type thrown struct {
	What string `json:"what"` // "threw", "unhandled rejection"
	Says string `json:"says"`
	At   string `json:"at"` // the line that threw it, as "save.tsx:17"
}

// deed is one thing that a program did.
type deed struct {
	Request *request `json:"request"`
	Timer   int      `json:"timer"`
	Clear   int      `json:"clear"`
	Abort   int      `json:"abort"`
	Block   int      `json:"block"`
	Unblock int      `json:"unblock"`
	Refuse  int      `json:"refuse"`
	Hold    int      `json:"hold"`
	Merge   int      `json:"merge"`
	Drop    int      `json:"drop"`
	Tell    *string  `json:"tell"`

	After  float64 `json:"after"`  // of a timer, in milliseconds
	By     int     `json:"by"`     // of a timer or a word to the user: the click in whose context it was
	Reason string  `json:"reason"` // of a no, or of what is held or dropped
}

// request is a message to the server, as the program's own fetch saw it.
type request struct {
	N       int             `json:"n"`
	Method  string          `json:"method"`
	URL     string          `json:"url"`
	JSON    json.RawMessage `json:"json"`    // its body
	Text    *string         `json:"text"`    // its body, if it is none of fields
	By      int             `json:"by"`      // the click in whose context it was made; 0: none
	Actions []int           `json:"actions"` // what it carries, if the program says so itself
	Do      string          `json:"do"`      // what the user's own route makes of it
	ID      json.RawMessage `json:"id"`
	Set     map[string]any  `json:"set"`
	Beacon  bool            `json:"beacon"` // no answer is ever read
	At      string          `json:"at"`     // the line that sent it, as "save.tsx:17"
}

// alarm returns what the user is told of a failure in this turn.
func (a *answer) alarm() string {
	for i := range a.Out {
		if a.Out[i].Tell != nil {
			return *a.Out[i].Tell
		}
	}
	return a.Error
}

// read reads the answer to a turn. What it holds belongs to the line.
func (a *answer) read(line []byte) error {
	clear(a.Out[:cap(a.Out)]) // what is read anew keeps what stood there
	*a = answer{Out: a.Out[:0]}
	if err := strict(line, a); err != nil {
		return err
	}
	if a.Screen == nil && a.Failed == "" {
		return errors.New("it has no screen")
	}
	for i := range a.Out {
		if err := a.Out[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// check sees to it that a deed is one thing.
func (d *deed) check() error {
	is := 0
	for _, one := range [...]bool{
		d.Request != nil, d.Timer != 0, d.Clear != 0, d.Abort != 0, d.Block != 0, d.Unblock != 0,
		d.Refuse != 0, d.Hold != 0, d.Merge != 0, d.Drop != 0, d.Tell != nil,
	} {
		if one {
			is++
		}
	}
	switch {
	case is != 1:
		return errors.New("what is out is one of request, timer, clear, abort, block, unblock, refuse, tell, hold, merge, drop")
	case d.After < 0 || d.After > 1e12:
		return fmt.Errorf("a timer of %g ms", d.After)
	case d.Request != nil && (d.Request.N < 1 || d.Request.Method == ""):
		return errors.New("a request has a number from 1 and a method")
	}
	return nil
}

// strict reads one JSON value, and nothing that is not known.
func strict(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return errors.New(clean(strings.TrimPrefix(err.Error(), "json: ")))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value stands in the line")
	}
	return nil
}

// pen writes a line. It knows the script in JSON already.
type pen struct {
	line   []byte
	script *sim.Script
	names  [sim.NumFields][]byte // of the fields, quoted
	values [][]byte
}

// of takes over a script.
func (w *pen) of(s *sim.Script) {
	if w.script == s {
		return
	}
	w.script = s
	for f := range w.names {
		w.names[f] = nil
		if f < len(s.Fields) || f == sim.Permissions {
			w.names[f], _ = json.Marshal(s.FieldName(f))
		}
	}
	w.values = w.values[:0]
	for _, v := range s.Values {
		b, err := json.Marshal(v)
		if err != nil {
			panic("a script has a value that is none: " + err.Error())
		}
		w.values = append(w.values, b)
	}
}

// at begins a line.
func (w *pen) at(t time.Duration) {
	w.line = w.number(append(w.line[:0], `{"t":`...), t)
}

// number adds a time in milliseconds.
func (w *pen) number(to []byte, t time.Duration) []byte {
	if t%time.Millisecond == 0 {
		return strconv.AppendInt(to, int64(t/time.Millisecond), 10)
	}
	return strconv.AppendFloat(to, float64(t)/float64(time.Millisecond), 'f', -1, 64)
}

func (w *pen) text(s string) { w.line = append(w.line, s...) }
func (w *pen) int(n int)     { w.line = strconv.AppendInt(w.line, int64(n), 10) }

// fields adds an object with the values of fields, behind an id if there is one.
func (w *pen) fields(id int, set sim.FieldSet, value func(f int) int) {
	w.text("{")
	first := true
	if id != 0 {
		w.text(`"id":`)
		w.int(id)
		first = false
	}
	for f := range set.All {
		if !first {
			w.text(",")
		}
		first = false
		w.line = append(append(append(w.line, w.names[f]...), ':'), w.values[value(f)]...)
	}
	w.text("}")
}

// record adds a record.
func (w *pen) record(id int, state *sim.State) {
	var set sim.FieldSet
	for f, by := range state {
		if by != sim.Nobody {
			set = set.With(f)
		}
	}
	w.fields(id, set, func(f int) int { return w.script.Value(state[f], f) })
}

// clean makes a text of a program's fit to be shown: what would do something to
// a terminal is written as an escape.
func clean(s string) string {
	if strings.IndexFunc(s, unseen) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unseen(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unseen(r rune) bool { return !unicode.IsPrint(r) }

// excerpt returns the beginning of what somebody said, quoted.
func excerpt(b []byte) string { return cut(clean(string(b)), 120) }

// cut returns a text, or its beginning if it has more than n runes.
func cut(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
