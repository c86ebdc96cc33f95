package latency

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// most is the size in bytes of the largest file of samples.
const most = 64 << 20

// readFile reads samples from a file: one a line, CSV, JSON or HAR.
func readFile(name string, resample bool) (r RoundTrip, err error) {
	path, column := name, ""
	if _, err := os.Stat(name); err != nil {
		path, column, _ = strings.Cut(name, "#")
	}
	f, err := os.Open(path)
	if err != nil {
		return RoundTrip{}, fmt.Errorf("%s: %w; want quantiles, as p50=80ms,p90=200ms,p99=900ms, or a file of samples", path, cmp.Or(errors.Unwrap(err), err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return RoundTrip{}, fmt.Errorf("%s: %w", path, cmp.Or(errors.Unwrap(err), err))
	case len(data) > most:
		return RoundTrip{}, fmt.Errorf("%s: larger than %d MiB: take a part of it, or its quantiles, as p50=80ms,p90=200ms,p99=900ms", path, most>>20)
	}
	r.From, r.Column = path, column
	saves, reads, err := read(data, column)
	if err == nil {
		r.Measured, err = saves.measured(resample)
	}
	if err == nil && len(reads.samples) >= fewest {
		r.Reads, err = reads.measured(resample)
	} else {
		r.Reads.Samples, r.Reads.Failed = len(reads.samples), reads.failed
	}
	if err != nil {
		return RoundTrip{}, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// kind holds the round trips of requests of one kind, and how many failed besides.
type kind struct {
	samples []time.Duration
	failed  int
}

// read reads samples, and those of reads where a file tells them apart.
func read(data []byte, column string) (saves, reads kind, err error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch start := bytes.TrimSpace(data); {
	case len(start) == 0:
		err = errors.New("it is empty")
	case start[0] == '{':
		return readHAR(data)
	case start[0] == '[':
		saves.samples, err = readJSON(data, column)
	default:
		saves.samples, err = readCSV(data, column)
	}
	return saves, reads, err
}

// sample reads one latency: a number of milliseconds, or a duration.
func sample(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	ms, err := strconv.ParseFloat(text, 64)
	d := time.Duration(ms * float64(time.Millisecond))
	if err != nil {
		d, err = time.ParseDuration(text)
		ms = float64(d) / float64(time.Millisecond)
	}
	if err != nil || !(ms >= 0 && ms <= float64(longest/time.Millisecond)) {
		return 0, fmt.Errorf("%q is no latency: want milliseconds, or a duration as 80ms", cut(text))
	}
	return d, nil
}

func cut(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// known are names of columns that hold latencies.
var known = []string{"latency", "latency_ms", "latency ms", "duration", "duration_ms", "elapsed", "elapsed_ms", "rtt", "rtt_ms", "round_trip", "response_time", "time_ms", "ms", "time"}

// readCSV reads a column of a table with commas, semicolons or tabs between
// the fields; one sample a line is a table of one column.
func readCSV(data []byte, column string) ([]time.Duration, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.ReuseRecord, r.TrimLeadingSpace = -1, true, true
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for _, sep := range "\t;" {
		if bytes.ContainsRune(line, sep) {
			r.Comma = sep
		}
	}
	at := -1
	var samples []time.Duration
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return samples, nil
		}
		if err != nil {
			return nil, err
		}
		if at < 0 {
			var header bool
			if at, header, err = pick(row, column); err != nil {
				return nil, err
			} else if header {
				continue
			}
		}
		line, _ := r.FieldPos(0)
		if at >= len(row) {
			return nil, fmt.Errorf("line %d has %d fields, and the latency is in field %d", line, len(row), at+1)
		}
		d, err := sample(row[at])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		samples = append(samples, d)
	}
}

// pick says which column holds the latencies, and whether the first row names
// the columns.
func pick(row []string, column string) (at int, header bool, err error) {
	names := make([]string, len(row))
	for i, name := range row {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		if _, err := sample(name); err != nil {
			header = true
		}
	}
	if column != "" {
		if at, err = only(names, strings.ToLower(column)); at < 0 {
			return 0, false, fmt.Errorf("no column %q: there are %s", column, cut(strings.Join(names, ", ")))
		}
		return at, true, err
	}
	if len(row) == 1 {
		return 0, header, nil
	}
	for _, name := range known {
		if at, err := only(names, name); at >= 0 {
			return at, true, err
		}
	}
	return 0, false, fmt.Errorf("which of the columns %s has the latencies? Say so, as samples.csv#%s", cut(strings.Join(names, ", ")), names[len(names)-1])
}

// only returns the place of a name, -1 if it is not there. The error says that
// it is there twice.
func only(names []string, name string) (int, error) {
	at := slices.Index(names, name)
	if at >= 0 && slices.Contains(names[at+1:], name) {
		return at, fmt.Errorf("two columns are called %q: rename the one that is not meant", cut(name))
	}
	return at, nil
}

// readJSON reads a list of numbers, of texts, or of objects with such a field.
func readJSON(data []byte, column string) ([]time.Duration, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("it begins as JSON, but: %w", err)
	}
	var samples []time.Duration
	for i, text := range list {
		v, err := jsonValue(text)
		var d time.Duration
		if err == nil {
			d, err = jsonSample(v, column)
		}
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
		samples = append(samples, d)
	}
	return samples, nil
}

// jsonValue reads a number, a text, or an object in which no key is there twice.
func jsonValue(text json.RawMessage) (v any, err error) {
	if text[0] != '{' {
		return v, json.Unmarshal(text, &v)
	}
	object := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.Token() // the brace
	for d.More() {
		key, _ := d.Token()
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, err
		}
		if _, twice := object[key.(string)]; twice {
			return nil, fmt.Errorf("the key %q is there twice", cut(key.(string)))
		}
		object[key.(string)] = v
	}
	return object, nil
}

func jsonSample(v any, column string) (time.Duration, error) {
	switch v := v.(type) {
	case float64:
		return sample(strconv.FormatFloat(v, 'g', -1, 64))
	case string:
		return sample(v)
	case map[string]any:
		names := known
		if column != "" {
			names = []string{column}
		}
		for _, name := range names {
			if inner, ok := v[name]; ok {
				if _, deep := inner.(map[string]any); !deep {
					return jsonSample(inner, "")
				}
			}
		}
		return 0, fmt.Errorf("which of its keys has the latency? Say so, as samples.json#latency")
	}
	return 0, errors.New("it is no latency: want milliseconds, or a duration as \"80ms\"")
}

// har has the keys that are read of a recording that a browser exports.
type har struct {
	Log struct {
		Entries []harEntry
	}
}

type harEntry struct {
	Time     float64
	Request  struct{ Method string }
	Response *struct {
		Status  *int
		Content struct{ MimeType string }
	}
	Timings      *struct{ Send, Wait, Receive float64 }
	ResourceType string `json:"_resourceType"` // in Chromium: what asked
	FromCache    string `json:"_fromCache"`
}

func (e *harEntry) saves() bool {
	return slices.Contains([]string{"POST", "PUT", "PATCH", "DELETE"}, e.Request.Method)
}

// reads reports whether a script has asked for data: pictures and styles come from
// elsewhere, and what was in the cache from nowhere.
func (e *harEntry) reads() bool {
	switch {
	case e.Request.Method != "GET" || e.FromCache != "":
		return false
	case e.ResourceType != "":
		return e.ResourceType == "xhr" || e.ResourceType == "fetch"
	}
	return e.Response != nil && strings.Contains(e.Response.Content.MimeType, "json")
}

// took returns how long the round trip was, without the time that the request
// waited for a connection, which is another matter.
func (e *harEntry) took() (time.Duration, error) {
	ms := e.Time
	if t := e.Timings; t != nil {
		ms = max(0, t.Send) + max(0, t.Wait) + max(0, t.Receive)
	}
	return sample(strconv.FormatFloat(ms, 'g', -1, 64))
}

// failed reports whether no answer came, of which the browser writes status 0: such
// a request made no round trip.
func (e *harEntry) failed() bool {
	return e.Response != nil && e.Response.Status != nil && *e.Response.Status == 0
}

// readHAR reads the round trips of the requests that save something, and of those
// that read. Those that failed are counted.
func readHAR(data []byte) (saves, reads kind, err error) {
	var h har
	if err := json.Unmarshal(data, &h); err != nil {
		return saves, reads, fmt.Errorf("it begins as a HAR file, but: %w", err)
	}
	if len(h.Log.Entries) == 0 {
		return saves, reads, errors.New("it is neither a list of samples nor a HAR file with requests in it")
	}
	for i := range h.Log.Entries {
		e, of := &h.Log.Entries[i], &saves
		switch {
		case e.saves():
		case e.reads():
			of = &reads
		default:
			continue
		}
		if e.failed() {
			of.failed++
			continue
		}
		d, err := e.took()
		if err != nil {
			return saves, reads, fmt.Errorf("request %d: %w", i+1, err)
		}
		of.samples = append(of.samples, d)
	}
	switch n := len(h.Log.Entries); {
	case len(saves.samples) > 0:
	case saves.failed > 0:
		err = fmt.Errorf("all %d of its requests that save something failed: record a session in which they are answered", saves.failed)
	default:
		err = fmt.Errorf("none of its %d requests is a POST, PUT, PATCH or DELETE: record a session in which something is saved", n)
	}
	return saves, reads, err
}
