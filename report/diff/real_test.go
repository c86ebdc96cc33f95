package diff_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"photofinish/internal/testkit/schema"
	"photofinish/report"
	"photofinish/report/diff"
	"photofinish/report/export"
	"photofinish/report/html"
	"photofinish/report/latency"
	"photofinish/report/markdown"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// run makes a report of one scenario of the catalogue.
func run(t testing.TB, scenario string, trials int, r *latency.RoundTrip, names ...string) *report.Matrix {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	o := report.Options{Seed: 7, Trials: trials, Workers: 2}
	if r != nil {
		if s, err = report.WithLatency(s, *r); err != nil {
			t.Fatal(err)
		}
		o.Latency = *r
	}
	var es []strategies.Entry
	for _, name := range names {
		e, err := strategies.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	m, err := report.Run(context.Background(), []*scenarios.Scenario{s}, es, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func readBack(t testing.TB, m *report.Matrix) *diff.Report {
	t.Helper()
	r, err := diff.Of("this report", m)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A report that a run has made is read back, and is the same as itself, over some of the
// catalogue.
func TestSame(t *testing.T) {
	names := append(strategies.Default(), "refuse", "conflate", "if-match")
	for i, name := range scenarios.Names() {
		if i%9 != 0 { // to count all orders takes long
			continue
		}
		r := readBack(t, run(t, name, 20, nil, names...))
		d, err := diff.Compare(r, r)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d)
	}
}

// The pairs are those that one gets by running each trial by itself.
func TestTrialByTrial(t *testing.T) {
	const trials = 203
	m := run(t, "create-then-two-updates", trials, nil, "callbacks", "merged-updates")
	r := readBack(t, m)
	d, err := diff.Compare(r, r, diff.Rename{Old: "callbacks", New: "merged-updates"})
	if err != nil {
		t.Fatal(err)
	}
	s, added, gone := m.Scenarios[0].Script.Unpinned(), 0, 0
	for seed := m.Seed; seed < m.Seed+trials; seed++ {
		was := report.Replay("", s, m.Strategies[0], seed).Verdict.Bad()
		is := report.Replay("", s, m.Strategies[1], seed).Verdict.Bad()
		if is && !was {
			added++
		}
		if was && !is {
			gone++
		}
	}
	if c := d.Cells[0]; len(d.Cells) != 1 || c.Added != added || c.Gone != gone || gone == 0 {
		t.Errorf("%+v: want %d new, %d gone", d.Cells, added, gone)
	}
}

// Every format that has a place for it says the same below the report, and JSON what its
// schema says.
func TestFormats(t *testing.T) {
	roundTrip, err := latency.Parse("p50=80ms,p90=200ms,p99=900ms", false)
	if err != nil {
		t.Fatal(err)
	}
	old := readBack(t, run(t, "create-then-two-updates", 500, nil, "callbacks", "conflate"))
	m := run(t, "create-then-two-updates", 500, &roundTrip, "callbacks", "conflate")
	d, err := diff.Compare(old, readBack(t, m))
	if err != nil {
		t.Fatal(err)
	}
	m.Diff = d
	words := func(text string) string {
		text = regexp.MustCompile(`&[#a-z0-9]+;`).ReplaceAllStringFunc(text, func(s string) string {
			return map[string]string{"&gt;": ">", "&#43;": "+", "&#39;": "'"}[s]
		})
		return strings.Join(strings.Fields(regexp.MustCompile(`</?p>`).ReplaceAllString(text, "")), " ")
	}
	want := words(strings.Join(d.Lines(100), " "))
	for name, write := range map[string]func(io.Writer) error{
		"text": func(w io.Writer) error {
			return terminal.WriteMatrix(context.Background(), w, m, terminal.Layout{Width: 80}, terminal.Palette{})
		},
		"markdown": func(w io.Writer) error { return markdown.Write(context.Background(), w, m, markdown.Layout{}) },
		"html": func(w io.Writer) error {
			if testing.Short() {
				_, err := fmt.Fprint(w, want)
				return err
			}
			return html.Write(context.Background(), w, m, "")
		},
		"json alone": func(w io.Writer) error {
			return follows(t, w, func(b io.Writer) error { return export.WriteDiffJSON(b, d) }, want)
		},
		"json": func(w io.Writer) error {
			return follows(t, w, func(b io.Writer) error { return export.WriteMatrixJSON(b, m) }, want)
		},
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(words(b.String()), want) {
			t.Errorf("%s does not say %s", name, want)
		}
	}
}

// follows holds what is written to the schema, and to being read back, and then writes
// what is wanted.
func follows(t *testing.T, w io.Writer, write func(io.Writer) error, want string) error {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validator(t, export.Schema)(b.Bytes()); err != nil {
		t.Error(err)
	}
	var v struct{ Diff any }
	if err := json.Unmarshal(b.Bytes(), &v); err != nil || v.Diff == nil {
		t.Errorf("there is no diff: %v", err)
	}
	_, err := io.WriteString(w, want)
	return err
}
