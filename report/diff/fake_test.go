package diff_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"photofinish/report"
	"photofinish/report/diff"
)

// value is a JSON object.
type value = map[string]any

// fake is a report by what its cells have: it is written as a run writes it.
type fake struct {
	seed, trials int
	cells        []fakeCell
	head         value // replaces keys
}

// fakeCell is a cell whose trials with these numbers are bad.
type fakeCell struct {
	scenario, strategy string
	trials             int // 0: all of the report
	bad                []int
	loud               int // trials
	ordersBad          int // of 5
	costs              value
	set                value // replaces keys
}

// json writes the report, a cell a line.
func (f fake) json() string {
	scenarios, strategies := []any{}, []any{}
	var seen []string
	add := func(list []any, name string, v value) []any {
		if slices.Contains(seen, name) {
			return list
		}
		seen = append(seen, name)
		return append(list, v)
	}
	var cells []string
	for _, c := range f.cells {
		scenarios = add(scenarios, "scenario "+c.scenario, value{"name": c.scenario, "hash": "hash of " + c.scenario, "network": "exp 120ms / exp 80ms", "pinned": true})
		strategies = add(strategies, "strategy "+c.strategy, value{"name": c.strategy, "bundle": nil})
		text, _ := json.Marshal(c.value(f.seed, f.trials))
		cells = append(cells, string(text))
	}
	head := value{
		"version": 1, "program": "1.0.0", "command": "photofinish report", "seed": f.seed, "trials": f.trials, "network": "own",
		"scenarios": scenarios, "strategies": strategies, "answer": value{"strategy": f.cells[0].strategy},
	}
	maps.Copy(head, f.head)
	text, _ := json.Marshal(head)
	return strings.TrimSuffix(string(text), "}") + ",\"cells\":[\n" + strings.Join(cells, ",\n") + "\n]}\n"
}

func (c fakeCell) value(seed, trials int) value {
	if c.trials > 0 {
		trials = c.trials
	}
	n := len(c.bad)
	at := make([]byte, (trials+7)/8)
	for _, k := range c.bad {
		at[k/8] |= 1 << (k % 8)
	}
	low, high := report.Wilson(n, trials)
	state, of := "proved", "ok"
	switch {
	case n > 0:
		state = "wrong"
	case c.ordersBad > 0:
		state = "possible"
	case c.loud > 0:
		state = "loud"
	}
	good := trials - n - c.loud
	if good == 0 {
		of, good = "loud", c.loud
	}
	costs := value{
		"good": good, "of": of, "waits": value{"mean": 203, "low": 201, "high": 205}, "unanswered": 0, "p50": 181, "p99": 669,
		"never": 0, "requestsPerSave": 1, "blocked": 0,
	}
	if good == 0 {
		costs = value{"good": 0, "of": nil, "waits": nil, "unanswered": nil, "p50": nil, "p99": nil, "never": 0, "requestsPerSave": nil, "blocked": nil}
	}
	maps.Copy(costs, c.costs)
	out := value{
		"scenario": c.scenario, "strategy": c.strategy, "trials": trials, "state": state, "replayed": nil,
		"verdicts": value{"ok": trials - n - c.loud, "loud": c.loud, "unknown": 0, "stuck": 0, "wrong": n},
		"share":    float64(n) / float64(trials), "low": low, "high": high, "loud": float64(c.loud) / float64(trials),
		"first": nil, "costs": costs,
		"orders": value{"classes": 5, "orders": 7, "bad": c.ordersBad, "complete": true},
	}
	if n > 0 {
		out["first"] = value{"seed": seed + slices.Min(c.bad), "verdict": "wrong"}
	}
	if 0 < n && n < trials && trials <= 100_000 {
		out["badAt"] = at
	}
	maps.Copy(out, c.set)
	return out
}

// read reads a report, which has to be one.
func (f fake) read(t testing.TB, name string) *diff.Report {
	t.Helper()
	r, err := diff.Read(name, bytes.NewReader([]byte(f.json())))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// first returns the numbers from 0 to n-1.
func first(n int) (list []int) {
	for k := range n {
		list = append(list, k)
	}
	return list
}
