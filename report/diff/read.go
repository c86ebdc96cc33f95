package diff

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/tell"
)

// Report is a report that was read back, with every figure held to its bounds and to
// the others.
type Report struct {
	Name string // of its file, clean

	version    int
	program    string
	network    string
	seed       uint64
	trials     int
	answer     struct{ Strategy *string }
	scenarios  []scenario
	strategies []strategy
	programs   map[string]program
	cells      []*cell

	safe map[string]bool // scenarios in which somebody is
}

type scenario struct {
	Name    string
	Hash    string
	Network string
}

type strategy struct {
	Name   string
	Bundle *string // of a client of the user's own; nil of the catalogue
}

// program is what a client of the user's own ran on.
type program struct {
	Runs   string
	Of     []string
	Bundle string
}

// cell is one of the report, with the keys that [export.WriteMatrixJSON] tells of.
type cell struct {
	line int // of the file

	Scenario, Strategy string
	Trials             int
	Verdicts           struct{ OK, Loud, Unknown, Stuck, Wrong int }
	Share, Low, High   float64
	First              *struct{ Seed uint64 }
	State              string
	Replayed           *string
	Loud               float64
	Costs              *costs
	Orders             struct {
		Classes, Bad int64
		Complete     bool
	}
	Partial bool // it was interrupted
	BadAt   *[]byte
	Failed  string

	own bool // the client is the user's own
}

type costs struct {
	Good            int
	Of              *string
	Waits           *struct{ Mean, Low, High float64 }
	Unanswered      *float64
	P50, P99        *float64
	RequestsPerSave *float64
	Blocked         *float64
}

const (
	maxBytes = 256 << 20 // of a file
	maxPairs = 100_000   // trials of a cell of which a report says which were bad
)

// Of returns a report that has just been made as who reads it would see it.
func Of(name string, m *report.Matrix) (*Report, error) {
	var b bytes.Buffer
	if err := export.WriteMatrixJSON(&b, m); err != nil {
		return nil, err
	}
	return Read(name, &b)
}

// Read reads a report that was written as JSON, from a file of that name. The error
// says where it is not as a run writes it, and what to do.
func Read(name string, in io.Reader) (*Report, error) {
	r := &Report{Name: tell.Clean(name), safe: map[string]bool{}}
	data, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		err = fmt.Errorf("it has more than %d bytes, and no report has", maxBytes)
	}
	if err == nil {
		err = r.parse(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.Name, err)
	}
	return r, nil
}

// parse reads the keys that it knows. Others may come with a later program.
func (r *Report) parse(data []byte) error {
	keys := map[string]bool{}
	d := &decoder{Decoder: json.NewDecoder(bytes.NewReader(data)), data: data}
	fill := map[string]func() error{
		"version":    func() error { return d.Decode(&r.version) },
		"program":    func() error { return d.Decode(&r.program) },
		"network":    func() error { return d.Decode(&r.network) },
		"seed":       func() error { return d.Decode(&r.seed) },
		"trials":     func() error { return d.Decode(&r.trials) },
		"answer":     func() error { return d.Decode(&r.answer) },
		"programs":   func() error { return d.Decode(&r.programs) },
		"scenarios":  func() error { return list(d, &r.scenarios) },
		"strategies": func() error { return list(d, &r.strategies) },
		"cells":      func() error { return list(d, &r.cells) },
	}
	err := d.open('{')
	for err == nil && d.More() {
		var key json.Token
		if key, err = d.Token(); err != nil {
			break
		}
		name := key.(string)
		if name == "photofinishPartial" {
			return errors.New("this is the share of a report: put all of them together, by photofinish report merge --format json")
		}
		if keys[name] {
			return fmt.Errorf("the key %q is there twice: no run writes that; make it again", tell.Fit(name, 40))
		}
		keys[name] = true
		if read := fill[name]; read != nil {
			err = read()
		} else {
			err = d.Decode(new(json.RawMessage))
		}
	}
	if err == nil {
		err = d.end()
	}
	if err != nil {
		return fmt.Errorf("line %d: this is no report: %w; --format json writes one", d.line(), plainly(err))
	}
	if err := kind(keys, r.version); err != nil {
		return err
	}
	return r.check()
}

// kind says that a file is something else than a report with all that is needed.
func kind(keys map[string]bool, version int) error {
	switch {
	case !keys["version"] || !keys["cells"]:
		return errors.New("this is no report: photofinish report --format json writes one")
	case version != export.Version:
		return fmt.Errorf("it has version %d of the format, and this program knows version %d: make it again with this program", version, export.Version)
	}
	for _, key := range []string{"program", "network", "seed", "trials", "scenarios", "strategies"} {
		if !keys[key] {
			return fmt.Errorf("it does not say its %s, for it was made by an older program: make it again with this one", key)
		}
	}
	return nil
}

// plainly returns an error of the decoder without the names of our types.
func plainly(err error) error {
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return fmt.Errorf("%s cannot be %s", cmp.Or(key(wrong.Field), "it"), tell.Fit(wrong.Value, 40))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends too early")
	}
	return err
}

// key returns a key as the file has it, of the names of our fields.
func key(path string) string {
	parts := strings.Split(path, ".")
	for i, part := range parts {
		if strings.ToUpper(part) == part {
			parts[i] = strings.ToLower(part)
		} else {
			parts[i] = strings.ToLower(part[:1]) + part[1:]
		}
	}
	return tell.Fit(strings.Join(parts, "."), 60)
}

// decoder knows in which line it is.
type decoder struct {
	*json.Decoder
	data []byte

	lines, upTo int // ends of lines, and up to which byte they are counted
}

func (d *decoder) line() int {
	at := int(d.InputOffset())
	d.lines += bytes.Count(d.data[d.upTo:at], []byte("\n"))
	d.upTo = at
	return d.lines + 1
}

func (d *decoder) open(delim json.Delim) error {
	t, err := d.Token()
	if err == nil && t != delim {
		err = fmt.Errorf("it should begin with %v", delim)
	}
	return err
}

// end reads the end of the file, and nothing before it.
func (d *decoder) end() error {
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands behind its end")
	}
	return nil
}

// list reads a list of no more than a report can have of anything.
func list[T any](d *decoder, to *[]T) error {
	err := d.open('[')
	for err == nil && d.More() {
		var x T
		if len(*to) == report.MaxCells {
			return fmt.Errorf("it has more than %d of something, and no run has", report.MaxCells)
		}
		if err = d.Decode(&x); err != nil {
			break
		}
		if c, is := any(x).(*cell); is && c != nil {
			c.line = d.line()
		}
		*to = append(*to, x)
	}
	if err == nil {
		_, err = d.Token()
	}
	return err
}
