package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// probed are the probes of single scenarios, which tests share.
var probed = map[string]*Found{}

// in returns what was found out in a scenario of the catalogue.
func in(t *testing.T, name string) *Found {
	t.Helper()
	if probed[name] == nil {
		probed[name] = probeOf(t, name, probe)
	}
	return probed[name]
}

// find returns scenarios of the catalogue.
func find(t *testing.T, names ...string) (ss []*scenarios.Scenario) {
	t.Helper()
	for _, name := range names {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, s)
	}
	return ss
}

func probeOf(t *testing.T, name string, o report.Options) *Found {
	t.Helper()
	found, err := Probe(t.Context(), find(t, name), Candidates(strategies.Catalogue), strategies.Catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// among returns what is found out in a scenario if there are only those strategies.
func (f *Found) among(t *testing.T, l strategies.Lineup) *Found {
	t.Helper()
	some := &Found{scenarios: f.scenarios, lineup: l, options: f.options}
	for _, k := range f.first {
		if among(Candidates(l), k.Name) {
			some.first = append(some.first, k)
		}
	}
	some.complete(t.Context(), nil)
	if err := some.again(t.Context()); err != nil {
		t.Fatal(err)
	}
	return some
}

// tried returns scenarios of the catalogue that are probed, in its order: all where that is
// asked for, or those that other tests ask of anyway, and every eleventh, without three
// whose orders take as long as those of all others.
func tried(t *testing.T) []*scenarios.Scenario {
	t.Helper()
	if testkit.All() {
		return scenarios.All()
	}
	wanted := map[string]bool{}
	quick := slices.DeleteFunc(scenarios.All(), func(s *scenarios.Scenario) bool {
		return slices.Contains([]string{"typing-burst", "timeout", "poison-in-the-queue"}, s.Name)
	})
	for _, s := range testkit.Part(quick, 8) {
		wanted[s.Name] = true
	}
	for _, of := range askedOne {
		wanted[strings.Fields(of)[0]] = true
	}
	for _, w := range testkit.Part(readWorked(t, "longer.jsonl"), 4) {
		wanted[w.Scenario] = true
	}
	return slices.DeleteFunc(scenarios.All(), func(s *scenarios.Scenario) bool { return !wanted[s.Name] })
}

// together returns what a probe of several scenarios finds out, from probes of each.
func together(t *testing.T, ss []*scenarios.Scenario) *Found {
	t.Helper()
	all := &Found{scenarios: ss, lineup: strategies.Catalogue, options: probe, one: map[int]*Found{}}
	for i, s := range ss {
		one := in(t, s.Name)
		all.one[i] = one
		for j, k := range one.first {
			if i == 0 {
				all.first = append(all.first, Known{Entry: k.Entry})
			}
			row := k.Rows[0]
			if s.Name == "typing-burst" && row.Orders.Classes == 0 {
				row.Orders = explore.Result{Classes: report.MatrixClasses} // more than are counted: to see that takes seconds, and TestProved does
			}
			all.first[j].Rows = append(all.first[j].Rows, row)
		}
	}
	all.complete(t.Context(), nil)
	return all
}

// run runs the six of a scenario, and what belongs beside them.
func run(t *testing.T, found *Found, trials int, named ...string) *report.Matrix {
	t.Helper()
	names := named
	if names == nil {
		names = strategies.Default()
	}
	var es []strategies.Entry
	for _, name := range names {
		es = append(es, testkit.Strategy(t, name))
	}
	added := found.Added(t.Context(), es)
	p := report.NewPartial(found.scenarios, append(es, added...), report.Options{Seed: 1, Trials: trials, Workers: workers}, 1, 1)
	p.Choice = report.Choice{Named: named, Added: strategies.Lineup(added).Names()}
	if err := p.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return p.Matrix()
}

// inLine writes an answer in a line.
func inLine(a *report.Answer) string {
	text := fmt.Sprintf("%s %s", a.Kind, a.Strategy.Name)
	for i, b := range a.Also {
		if i == 0 || a.Also[i-1].As != b.As {
			text += fmt.Sprintf("; %s", b.As)
		}
		text += " " + b.Name
	}
	return strings.TrimSpace(text)
}

// TestAnswers: the answer in each scenario of the catalogue that is tried, and what
// stands beside it; and, where all are, who is safe in most, and that nobody is in all.
func TestAnswers(t *testing.T) {
	testkit.Long(t, "some are tried by hand")
	answers := map[string]*report.Answer{}
	for _, s := range tried(t) {
		answers[s.Name] = in(t, s.Name).Answer(t.Context(), nil)
	}
	if testkit.All() {
		answers["all"] = together(t, scenarios.All()).Answer(t.Context(), nil)
	}
	golden(t, "answers.txt", answers, func(a *report.Answer) string { return ": " + inLine(a) + "\n" })
	golden(t, "says.txt", answers, func(a *report.Answer) string { return "\n  " + strings.Join(a.Says, "\n  ") + "\n" })
	if t.Failed() && !testkit.All() {
		t.Error("These are some scenarios. A strategy that is new is counted in all:\n\tPHOTOFINISH_ALL=1 go test ./report/answer -update")
	}
}

// golden compares answers with a golden file of all scenarios, which begins with the
// name of each. Of those without an answer it takes what is there.
func golden(t *testing.T, file string, answers map[string]*report.Answer, write func(*report.Answer) string) {
	t.Helper()
	old, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	text, untried := new(strings.Builder), map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^[^ ].*\n(  .*\n)*`).FindAllString(string(old), -1) {
		name := part[:strings.IndexAny(part, ":\n")]
		untried[name] = part[len(name):]
	}
	for _, name := range append(scenarios.Names(), "all") {
		says := untried[name]
		if a := answers[name]; a != nil {
			says = write(a)
		}
		text.WriteString(name + says)
	}
	testkit.Golden(t, file, text.String())
}

// worked is an answer that was worked out elsewhere.
type worked struct {
	Scenario string
	Answer   string // "": nobody
	Also     []struct{ Strategy, As string }
	Why      string // all sentences; "": they were not worked out, nor who stands beside it but is not as good
}

func readWorked(t *testing.T, name string) (all []worked) {
	t.Helper()
	file, err := os.ReadFile("testdata/elsewhere/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		var w worked
		if err := json.Unmarshal([]byte(line), &w); err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	return all
}

// is holds an answer to what was worked out. Where that names strategies that are as
// good as the answer, those are the first.
func (want *worked) is(t *testing.T, got *report.Answer) {
	t.Helper()
	if got.Strategy.Name != want.Answer {
		t.Errorf("%s: %s, want %s", want.Scenario, inLine(got), want.Answer)
	}
	asGood := 0
	for _, w := range want.Also {
		if !slices.ContainsFunc(got.Also, func(a report.Also) bool { return a.Name == w.Strategy && string(a.As) == w.As }) {
			t.Errorf("%s: %s, want %s %s", want.Scenario, inLine(got), w.Strategy, w.As)
		} else if w.As == string(report.AsGood) && got.Also[asGood].Name != w.Strategy {
			t.Errorf("%s: %s, want %s before", want.Scenario, inLine(got), w.Strategy)
		} else if w.As == string(report.AsGood) {
			asGood++
		}
	}
	if want.Why == "" {
		if more := asGood < len(got.Also) && got.Also[asGood].As == report.AsGood; more {
			t.Errorf("%s: %s, want no more than %d as good", want.Scenario, inLine(got), asGood)
		}
		return
	}
	if why := strings.Join(got.Says, " "); why != want.Why {
		t.Errorf("%s: %s\nwant %s", want.Scenario, why, want.Why)
	}
	if others := len(want.Also) > asGood; slices.ContainsFunc(got.Also, func(a report.Also) bool { return a.As != report.AsGood }) != others {
		t.Errorf("%s: %s, want others beside it: %v", want.Scenario, inLine(got), others)
	}
}

// TestAnswersByHand: what was worked out by other code, with 10,000 trials, of the
// strategies that there were then. Of equals the first is, by the rule, who is safe in most
// of the catalogue, as that is today.
func TestAnswersByHand(t *testing.T) {
	testkit.Long(t, "these are many trials")
	names, err := os.ReadFile("testdata/elsewhere/lineup.txt")
	if err != nil {
		t.Fatal(err)
	}
	var then strategies.Lineup
	for _, name := range strings.Fields(string(names)) {
		then = append(then, testkit.Strategy(t, name))
	}
	for _, want := range testkit.Part(readWorked(t, "answers.jsonl"), 6) {
		found := in(t, want.Scenario).among(t, then)
		want.is(t, found.Answer(t.Context(), run(t, found, 10_000)))
	}
}

// TestAnswersAmongAll: what was worked out from the figures of each strategy alone, filter
// by filter, by other code, of the strategies that there are.
func TestAnswersAmongAll(t *testing.T) {
	for _, want := range testkit.Some(testkit.Part(readWorked(t, "longer.jsonl"), 4), 1) {
		want.is(t, in(t, want.Scenario).Answer(t.Context(), nil))
	}
}

// TestAnswerOfOtherSeeds: they choose nobody else.
func TestAnswerOfOtherSeeds(t *testing.T) {
	testkit.Long(t, "these are the same scenarios again")
	other := probe
	other.Seed = 777_777
	for i, s := range tried(t) {
		if i%6 != 0 {
			continue
		}
		want := in(t, s.Name).Answer(t.Context(), nil)
		got := probeOf(t, s.Name, other).Answer(t.Context(), nil)
		if got.Kind != want.Kind || got.Strategy.Name != want.Strategy.Name {
			t.Errorf("%s, from seed %d on: %s, and from %d on %s", s.Name, other.Seed, inLine(got), probe.Seed, inLine(want))
		}
	}
}

// TestFigures: what the costs of some cells were found to be by other code.
func TestFigures(t *testing.T) {
	type cell struct {
		scenario, strategy string
		waits, p50, p99    int // in ms; 0 where nobody has counted
		sent, unanswered   float64
		state              report.State
	}
	for _, c := range testkit.Some([]cell{
		{"create-then-two-updates", "conflate", 311, 328, 965, 0.72, 0, report.Proved},
		{"create-then-two-updates", "merged-updates", 313, 315, 952, 0.77, 0, report.Wrong},
		{"create-then-two-updates", "naive", 128, 181, 669, 3.16, 0.24, report.Wrong},
		{"create-then-two-updates", "refuse", 78, 131, 596, 1.00, 0, report.Loud},
		{"create-then-update", "implicit-callbacks", 285, 0, 0, 1.00, 0, report.Proved},
		{"double-click-create", "disabled-buttons", 204, 0, 0, 1.00, 0, report.Proved},
		{"double-click-create", "client-id", 204, 0, 0, 2.00, 0, report.Proved},
		{"overlapping-updates", "implicit-callbacks", 263, 0, 0, 1.00, 0, report.Proved},
		{"overlapping-updates", "sequenced", 217, 0, 0, 1.00, 0, report.Proved},
		{"toggled-back", "block-ui", 332, 0, 0, 1.00, 0, report.Proved},
		{"typed-while-saving", "switch+hold", 243, 0, 0, 1.00, 0, report.Proved},
		{"typed-while-saving", "switch+last-write-wins", 202, 0, 0, 1.00, 0, report.Proved},
		{"failure-first", "outbox", 710, 0, 0, 1.33, 0, report.Proved},
		{"lost-answer", "naive", 200, 0, 0, 1.00, 0.50, report.Proved},
		{"two-tabs", "if-match", 202, 0, 0, 2.00, 0, report.Loud},
	}, 3) {
		s, err := scenarios.Find(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		o := report.Options{Seed: 1, Trials: 10_000, Workers: workers}
		r := Row{Entry: testkit.Strategy(t, c.strategy)}
		orders(context.Background(), new(explore.Explorer), s, &r)
		r.Odds = report.Estimate(context.Background(), s.Script, r.Entry, o)
		if got := r.State(); got != c.state {
			t.Errorf("%s under %s is %s, want %s", c.scenario, c.strategy, got, c.state)
		}
		k := &r.Odds.Costs
		sent, _ := k.PerSave()
		got := fmt.Sprintf("%d %d %d %.2f %.2f", k.Waits.Round(time.Millisecond)/time.Millisecond,
			k.P50.Round(time.Millisecond)/time.Millisecond, k.P99.Round(time.Millisecond)/time.Millisecond, sent,
			float64(k.Unanswered)/float64(k.Clicks))
		if c.p50 == 0 {
			c.p50, c.p99 = int(k.P50.Round(time.Millisecond)/time.Millisecond), int(k.P99.Round(time.Millisecond)/time.Millisecond)
		}
		if want := fmt.Sprintf("%d %d %d %.2f %.2f", c.waits, c.p50, c.p99, c.sent, c.unanswered); got != want {
			t.Errorf("%s under %s: %s, want %s", c.scenario, c.strategy, got, want)
		}
	}
}
