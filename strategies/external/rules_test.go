package external_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/strategies/external"
)

// rules are those of the catalogue that can be written over fetch.
var rules = []struct {
	name string
	// Of so many trials, or of the orders of so many scenarios, nobody can tell
	// from outside whose a request is, or what the screen has taken; and then it
	// says why. With tags only the latter is left.
	unclear, unread, orders int
	why                     string
}{
	{name: "naive"},
	{name: "action-queue"},
	{name: "merged-updates"},
	{"action-queue+hold-per-person", 0, 0, 1, twice},
	{"polling", 0, 0, 39, "a timer that a client of one's own set later, and for as long, does not fire first"},
	{name: "update-queue"},
	{name: "merging-queue"},
	{name: "disabled-buttons"},
	{"queue-ball", 0, 0, 1, twice},
	{name: "promise-chain"},
	{name: "refuse"},
	{name: "exhaust"},
	{"mutation-scope", 0, 0, 1, twice},
	{"conflate", 0, 0, 1, twice},
	{"hold-per-person", 4, 0, 1, merged + "; " + twice},
	{"debounce", 2, 0, 0, merged},
	{"batch", 3, 0, 0, merged},
	{"switch", 1, 1, 0, taken},
	{"ignore-stale", 1, 1, 0, taken},
}

// written is where they are.
const written = "testdata/rules/rules.mjs"

const (
	merged = "what was dropped for want of an id might have been merged into what waited"
	taken  = "an answer that is ignored, and has what the screen shows, looks like one that is taken"
	twice  = "of two creates of the same value, of which one has failed, nobody can tell which is sent then: it is unknown, since only one of them was to fail"
)

// ending is what is compared of a trial.
type ending struct{ Wire, End, Outcome string }

// TestRules holds rules of the catalogue that are written over fetch, of which
// nothing is known but what goes over the wire and what the screen shows, against
// the same rules as they are here: messages, with whose they are, what stands at
// the end, and what is named. With tags, and with nothing but inference.
func TestRules(t *testing.T) {
	node(t)
	testkit.Alone(t)
	testkit.Long(t, "small clients are run all the same")
	over := overFetch(t, written)
	type run struct {
		name, rule, tag string
		differ          int
	}
	var runs []run
	for _, rule := range rules {
		runs = append(runs, run{rule.name, rule.name, "", rule.unclear}, run{rule.name + ", tagged", rule.name, "1", rule.unread})
	}
	for _, r := range testkit.Part(runs, 6) {
		t.Run(r.name, func(t *testing.T) { over.again(t, r.rule, r.tag, r.differ) })
	}
}

// again runs a rule of the catalogue beside the same one over fetch, and sees
// to it that no more trials than that differ.
func (c *chosen) again(t *testing.T, rule, tag string, differ int) {
	t.Helper()
	entry, err := strategies.Find(rule)
	if err != nil {
		t.Fatal(err)
	}
	var w sim.World
	var j judge.Judge
	n := 0
	var unlike []string
	for s := range public(t) {
		client := c.rule(rule, tag, s)
		for seed := uint64(1); seed <= seeds(); seed++ {
			script := s.Script
			if seed > 1 {
				script = script.Unpinned()
			}
			n++
			want := played(&w, &j, script, entry.For(script), seed)
			if got := played(&w, &j, script, client.Entry().For(script), seed); got != want {
				unlike = append(unlike, fmt.Sprintf("%s, seed %d:\n%s", s.Name, seed, gocmp.Diff(want, got)))
			}
		}
	}
	if n < 100*int(seeds()) {
		t.Errorf("only %d trials", n)
	}
	if len(unlike) != differ && !(seeds() < 3 && len(unlike) < differ) {
		t.Errorf("%d of %d trials differ, and not %d (-here +over fetch):\n%s", len(unlike), n, differ, strings.Join(unlike[:min(len(unlike), 3)], "\n"))
	}
}

// seeds is with how many a rule is tried: as the scenario says, and with two more
// where all is to be run.
func seeds() uint64 {
	if testkit.All() {
		return 3
	}
	return 1
}

// overFetch opens a file that is each of the rules, as variables say.
func overFetch(t *testing.T, file string) *chosen {
	t.Helper()
	return openOneOf(t, map[string]string{"RULE": rules[0].name}, file)
}

// rule returns it as a rule, as that is for a scenario: where a save takes over the record
// in its answer, or where it does not.
func (c *chosen) rule(name, tag string, s *scenarios.Scenario) *external.Client {
	echo := ""
	if s.Script.Network.Echo {
		echo = "1"
	}
	c.choose("rules", map[string]string{"RULE": name, "TAG": tag, "ECHO": echo})
	return c.Client
}

// played runs a trial and keeps what went over the wire, and with what, what
// stands at the end, and what became of it.
func played(w *sim.World, j *judge.Judge, s *sim.Script, strategy sim.Strategy, seed uint64) ending {
	l, found := j.Run(w, s, strategy, seed, sim.Options{Trace: true})
	if l.Failed != nil {
		return ending{Wire: l.Failed.Error()}
	}
	s = l.Script(s)
	var lines []string
	for _, e := range w.Trace().Events {
		switch e.Kind {
		case sim.EventSend, sim.EventArrive, sim.EventReply:
			body := ""
			if e.Kind == sim.EventSend {
				body = values(s, &e.Request.Body)
			}
			lines = append(lines, fmt.Sprint(e.At.Round(time.Microsecond), e.Kind, e.Request.Do, e.Request.Actions, e.ID, e.Status, body))
		}
	}
	slices.Sort(lines)
	end := ""
	for i := range l.Records {
		if r := &l.Records[i]; !r.Deleted {
			end += fmt.Sprintln(i+1, values(s, &r.State))
		}
	}
	for v := range s.Views().All {
		if p := &l.Views[v]; p.Deleted {
			end += fmt.Sprintln("screen", v, "nobody") // of whom nothing is shown, no id either
		} else {
			end += fmt.Sprintln("screen", v, p.ID, values(s, &p.State))
		}
	}
	return ending{strings.Join(lines, "\n"), end, outcome(found)}
}

func values(s *sim.Script, state *sim.State) string {
	out := ""
	for f, by := range state {
		if by != sim.Nobody {
			out += fmt.Sprintf(" %s=%v", s.FieldName(f), s.Values[s.Value(by, f)])
		}
	}
	return out
}

// recording is a scenario, and what several clients did in it.
type recording struct {
	scenario *scenarios.Scenario
	traces   map[string]testkit.Recording
}

var (
	reading    sync.Once
	recordings []recording
)

// recorded returns what stands in the recorded traces, read once.
func recorded(t *testing.T) []recording {
	reading.Do(func() {
		for line := range testkit.JSONLines[struct {
			Scenario json.RawMessage
			Traces   map[string]testkit.Recording
		}](t, "../../testdata/conformance/traces.jsonl") {
			s, err := scenarios.Parse("", line.Scenario)
			if err != nil {
				t.Fatal(err)
			}
			for _, trace := range line.Traces {
				trace.Sort()
			}
			recordings = append(recordings, recording{s, line.Traces})
		}
	})
	return recordings
}

// public yields the scenarios of the recorded traces.
func public(t *testing.T) iter.Seq[*scenarios.Scenario] {
	return func(yield func(*scenarios.Scenario) bool) {
		for _, r := range recorded(t) {
			if !yield(r.scenario) {
				return
			}
		}
	}
}
