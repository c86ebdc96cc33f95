package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Checked counts the expectations of a scenario file that hold, and lists all.
type Checked struct {
	Held     int // expectations that hold
	Failures []Failure
	All      []Expected // every one, in the order of the file
}

// Expected is an expectation, with what became of it.
type Expected struct {
	Strategy, Want string
	Failure        *Failure // nil if it holds
}

// Add adds what another check came to.
func (c *Checked) Add(o Checked) {
	c.Held += o.Held
	c.Failures = append(c.Failures, o.Failures...)
	c.All = append(c.All, o.All...)
}

// Failure is an expectation that does not hold.
type Failure struct {
	Place     string // file, line and column
	Strategy  string
	Want, Got string
	Replay    string // the command that shows it; empty if no single trial does
}

// String returns the failure in two lines, or one if no command shows it.
func (f Failure) String() string {
	text := fmt.Sprintf("%s: %s: expected %s, got %s", f.Place, f.Strategy, f.Want, f.Got)
	if f.Replay != "" {
		text += "\n  " + f.Replay
	}
	return text
}

// The first seed and the number of trials that expectations of odds speak of.
const (
	checkSeed   = 1
	checkTrials = 10_000
)

// MaxClasses is how many classes of orders are run before nothing more is
// said than what they show.
const MaxClasses = 100_000

// Check holds a scenario to its expectations: the verdict and the anomalies of
// the replay with the file's seed, the odds over 10,000 trials from seed 1 on, and all
// orders, up to [MaxClasses]. When ctx ends, it returns its error and what was checked by then.
func Check(ctx context.Context, s *scenarios.Scenario, lineup strategies.Lineup, workers int) (Checked, error) {
	var c Checked
	for _, x := range s.Expect {
		if err := c.expectation(ctx, s, x, lineup, workers); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (c *Checked) expectation(ctx context.Context, s *scenarios.Scenario, x scenarios.Expectation, lineup strategies.Lineup, workers int) error {
	e, err := lineup.Find(x.Strategy)
	if err != nil {
		return err
	}
	h := holder{c, s, x}
	if x.Verdict != nil || x.AnomaliesSet {
		h.trial(Replay(s.Name, s.Script, e, s.ReplaySeed()))
	}
	if x.HasOdds {
		o := Estimate(ctx, s.Script, e, Options{Seed: checkSeed, Trials: checkTrials, Workers: workers})
		if err := ctx.Err(); err != nil {
			return err
		}
		h.odds(&o)
	}
	if x.Orders != "" {
		o := Explore(ctx, s, e, explore.Bounds{Classes: MaxClasses})
		if err := ctx.Err(); err != nil {
			return err
		}
		h.orders(o)
	}
	return nil
}

// holder holds one expectation against what happened.
type holder struct {
	*Checked
	scenario *scenarios.Scenario
	x        scenarios.Expectation
}

func (h holder) place() string {
	return fmt.Sprintf("%s:%d:%d", tell.Clean(h.scenario.Ref()), h.x.Line, h.x.Column)
}

// expect counts an expectation that holds, and keeps one that does not.
func (h holder) expect(holds bool, want, got, replay string) {
	x := Expected{Strategy: h.x.Strategy, Want: want}
	if holds {
		h.Held++
	} else {
		x.Failure = &Failure{h.place(), h.x.Strategy, want, got, replay}
		h.Failures = append(h.Failures, *x.Failure)
	}
	h.All = append(h.All, x)
}

func (h holder) orders(o *Orders) {
	replay := ""
	if o.Shortest != nil {
		replay = o.Command()
	}
	is := ""
	switch v := o.Verdict(); {
	case v == judge.OK:
		is = scenarios.RaceFree
	case v.Bad():
		is = scenarios.Racy
	}
	h.expect(is == h.x.Orders, "orders "+h.x.Orders, o.Says(), replay)
}

func (h holder) trial(t *Trial) {
	replay := Command(h.scenario, h.x.Strategy, h.scenario.ReplaySeed(), false)
	if v := h.x.Verdict; v != nil {
		got := t.Verdict.String()
		if len(t.Anomalies) > 0 {
			got += " (" + t.Anomalies[0].Says(t.Script) + ")"
		}
		h.expect(*v == t.Verdict, "verdict "+v.String(), got, replay)
	}
	if h.x.AnomaliesSet {
		want := Kinds(0)
		for _, k := range h.x.Anomalies {
			want |= 1 << k
		}
		h.expect(want == t.Kinds(), "anomalies "+list(want.Names()), list(t.Kinds().Names()), replay)
	}
}

// odds counts trials whose end nobody saw as bad: unknown is never safe.
func (h holder) odds(o *Odds) {
	bad := o.Bad() + o.Verdicts[judge.Unknown]
	_, high := Wilson(bad, o.Trials)
	got := fmt.Sprintf("up to %s (%s of %s trials)", Percent(high), tell.Grouped(bad), tell.Grouped(o.Trials))
	replay := ""
	if o.Bad() > 0 {
		replay = Command(h.scenario, h.x.Strategy, o.FirstBad.Seed, Pinned(h.scenario.Script))
	}
	h.expect(high < h.x.OddsBelow, "odds below "+Percent(h.x.OddsBelow), got, replay)
}

func list(names []string) string {
	names = slices.Sorted(slices.Values(names))
	return "[" + strings.Join(names, ", ") + "]"
}
