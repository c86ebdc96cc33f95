package strategies_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// The files are described in the README beside them.
const conformance = "../testdata/conformance/"

// TestTraces replays what real clients did and compares all that went over
// the wire, the records that are alive at the end, and the client.
func TestTraces(t *testing.T) {
	compared := 0
	lines := slices.Collect(testkit.JSONLines[struct {
		Scenario json.RawMessage
		Traces   map[string]testkit.Recording
	}](t, conformance+"traces.jsonl"))
	for _, line := range testkit.Some(lines, len(lines)/5) {
		scenario := parse(t, line.Scenario)
		for name, want := range line.Traces {
			entry, err := strategies.Find(name)
			if err != nil {
				t.Error(err)
				continue
			}
			compared++
			got := testkit.Record(scenario.Script, entry.For(scenario.Script))
			if want.Sort(); reflect.DeepEqual(want, got) { // which is a hundred times as fast
				continue
			}
			if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s under %s (-recorded +replayed):\n%s", scenario.Name, name, diff)
			}
		}
	}
	t.Logf("%d traces compared", compared)
	if least := testkit.Size(1661, 300); compared < least {
		t.Errorf("compared %d traces, want %d or more", compared, least)
	}
}

// TestJudged compares verdicts with those that a careful reader gave by hand.
func TestJudged(t *testing.T) {
	compared := compareJudged(t, conformance+"judged.jsonl")
	t.Logf("%d judgements compared", compared)
	if compared < 59 {
		t.Errorf("compared %d judgements, want 59 or more", compared)
	}
}

// TestJudgedWorld does so of the world as people meet it: reads that nobody pressed,
// clients that are offline or closed, and the server's other habits.
func TestJudgedWorld(t *testing.T) {
	files, err := filepath.Glob("../testdata/world/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if compareJudged(t, file) == 0 {
			t.Errorf("%s has no lines", file)
		}
	}
}

// compareJudged compares the verdicts of a file, and returns how many there are.
func compareJudged(t *testing.T, file string) (compared int) {
	t.Helper()
	var w sim.World
	var j judge.Judge
	for line := range testkit.JSONLines[struct {
		Scenario               json.RawMessage
		Strategy, Verdict, Why string
		Kinds                  []string
		Names                  []string // kinds and clicks, if the reader said which: "lost-update 1 2"
	}](t, file) {
		entry, err := strategies.Find(line.Strategy)
		if err != nil {
			t.Error(err)
			continue
		}
		compared++
		scenario := parse(t, line.Scenario)
		got := j.Judge(scenario.Script, w.Run(scenario.Script, entry.For(scenario.Script), 1, sim.Options{}))
		kinds, names := map[string]bool{}, []string{}
		for _, a := range got.Anomalies {
			kinds[a.Kind.String()] = true
			names = append(names, naming(a))
		}
		if slices.Sort(names); line.Names != nil && !slices.Equal(names, line.Names) {
			t.Errorf("%s under %s: %q, want %q: %s", scenario.Name, line.Strategy, names, line.Names, line.Why)
		}
		if have := slices.Sorted(maps.Keys(kinds)); got.Verdict.String() != line.Verdict || !slices.Equal(have, line.Kinds) {
			t.Errorf("%s under %s: %v %v, want %s %v: %s",
				scenario.Name, line.Strategy, got.Verdict, have, line.Verdict, line.Kinds, line.Why)
		}
	}
	return compared
}

// naming is an anomaly and the clicks that it names, without the errands.
func naming(a judge.Anomaly) string {
	words := []string{a.Kind.String()}
	for _, n := range a.Actions {
		if n <= sim.MaxActions {
			words = append(words, strconv.Itoa(n))
		}
	}
	return strings.Join(words, " ")
}

// TestOrders compares the numbers of orders with those that an independent
// program counted.
func TestOrders(t *testing.T) {
	data, err := os.ReadFile(conformance + "orders.json")
	if err != nil {
		t.Fatal(err)
	}
	var lines []struct {
		Scenario json.RawMessage
		Expected map[string]struct {
			Orders, Classes, Bad int
			Verdicts             map[string]int
		}
	}
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	compared, skipped := 0, 0
	for _, line := range lines {
		scenario := parse(t, line.Scenario)
		for name, want := range line.Expected {
			entry, err := strategies.Find(name)
			if err != nil {
				t.Error(err)
				continue
			}
			if want.Orders > testkit.Sample(1_000_000, 6_000, 600) {
				skipped++
				continue
			}
			compared++
			got := explore(scenario.Script, entry.For(scenario.Script))
			if got.orders != want.Orders || len(got.classes) != want.Classes || got.bad() != want.Bad || !maps.Equal(got.verdicts(), want.Verdicts) {
				t.Errorf("%s under %s: %d orders, %d classes, %d bad, %v; want %+v",
					scenario.Name, name, got.orders, len(got.classes), got.bad(), got.verdicts(), want)
			}
		}
	}
	t.Logf("%d counts compared, %d skipped", compared, skipped)
	if compared+skipped < 210 {
		t.Errorf("found %d counts, want 210 or more", compared+skipped)
	}
}

func parse(t *testing.T, scenario []byte) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Parse("", scenario)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
