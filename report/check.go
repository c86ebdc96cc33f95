package report

import (
	"cmp"
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

// Checked lists the expectations of a scenario file, in its order.
type Checked []Expected

// Failures returns those that do not hold.
func (c Checked) Failures() (failures []Expected) {
	for _, x := range c {
		if !x.Holds {
			failures = append(failures, x)
		}
	}
	return failures
}

// Unheld returns those of which nobody knows whether they hold.
func (c Checked) Unheld() (unheld []Expected) {
	for _, x := range c {
		if x.Unheld != "" {
			unheld = append(unheld, x)
		}
	}
	return unheld
}

// Expected is an expectation, with what became of it.
type Expected struct {
	Place     string // file, line and column
	Strategy  string
	Want, Got string
	Replay    string // the command that shows it; empty if no single trial does
	Holds     bool

	Unheld string // why a client of the user's own was not held to it at all; then Want and Got are empty
}

// NotStarted is why a client is not held to what its file expects.
const NotStarted = "not started (a file names it; --trust lets it run)"

// String says in two lines what does not hold, or in one if no command shows it.
func (x Expected) String() string {
	if x.Unheld != "" {
		return fmt.Sprintf("%s: %s: %s", x.Place, x.Strategy, x.Unheld)
	}
	text := fmt.Sprintf("%s: %s: expected %s, got %s", x.Place, x.Strategy, x.Want, x.Got)
	if x.Replay != "" {
		text += "\n  " + x.Replay
	}
	return text
}

// The first seed and the number of trials that expectations of odds speak of.
const (
	checkSeed   = 1
	checkTrials = 10_000
)

// MaxClasses is how many classes of orders are run, where they cannot be counted
// without that, before nothing more is said than what they show.
const MaxClasses = 100_000

// Check holds a scenario to its expectations: the verdict and the anomalies of
// the replay with the file's seed, the odds over 10,000 trials from seed 1 on, and all
// orders, up to [MaxClasses]; of clients of the user's own, as many trials and
// orders as there is time for. A client that the file names and the lineup has not
// is not held to anything. Of the options it takes the workers, the time, and
// who says whether a client is sound. When ctx ends, it returns its error and what was checked by then.
func Check(ctx context.Context, s *scenarios.Scenario, lineup strategies.Lineup, o Options) (Checked, error) {
	var c Checked
	for _, x := range s.Expect {
		if err := c.expectation(ctx, s, x, lineup, o); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (c *Checked) expectation(ctx context.Context, s *scenarios.Scenario, x scenarios.Expectation, lineup strategies.Lineup, o Options) error {
	h := holder{c, s, x, strategies.Entry{}}
	e, err := lineup.Find(x.Strategy)
	named := func(p scenarios.Program) bool { return p.Name == x.Strategy }
	switch {
	case err != nil && slices.ContainsFunc(s.Clients, named):
		h.unheld(NotStarted)
		return nil
	case err != nil:
		return err
	}
	h.entry = e
	if x.Verdict != nil || x.AnomaliesSet {
		h.trial(Replay(s.Name, s.Script, e, s.ReplaySeed()))
	}
	if x.HasOdds {
		o := o
		o.Seed, o.Trials = checkSeed, checkTrials
		odds := estimate(ctx, s.Script, e, o)
		if err := ctx.Err(); err != nil {
			return err
		}
		h.odds(&odds)
	}
	if x.Orders != "" {
		if e.Own() != nil && o.Sound != nil && h.failed(o.Sound(s, e)) {
			return nil
		}
		in, stop := ctx, func() {}
		if e.Own() != nil {
			in, stop = context.WithTimeout(ctx, cmp.Or(o.Within, OwnExplores))
		}
		o := Explore(in, s, e, explore.Bounds{Classes: MaxClasses})
		stop()
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
	entry    strategies.Entry
}

// place returns where the file expects it.
func (h holder) place() string {
	return fmt.Sprintf("%s:%d:%d", tell.Clean(h.scenario.Ref()), h.x.Line, h.x.Column)
}

// unheld says once why nothing could be held to it.
func (h holder) unheld(why string) {
	n := len(*h.Checked)
	if n > 0 && (*h.Checked)[n-1].Unheld != "" && (*h.Checked)[n-1].Place == h.place() {
		return
	}
	*h.Checked = append(*h.Checked, Expected{Place: h.place(), Strategy: h.x.Strategy, Unheld: why})
}

// failed reports whether the client could not go on, and says so.
func (h holder) failed(err error) bool {
	if err != nil {
		h.unheld("unknown: " + tell.Clean(err.Error()))
	}
	return err != nil
}

// expect adds an expectation.
func (h holder) expect(holds bool, want, got, replay string) {
	*h.Checked = append(*h.Checked, Expected{h.place(), h.x.Strategy, want, got, replay, holds, ""})
}

func (h holder) orders(o *Orders) {
	if h.failed(o.Failed) {
		return
	}
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
	if h.failed(t.Ledger.Failed) {
		return
	}
	replay := Command(h.scenario, h.entry, h.scenario.ReplaySeed(), false)
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
	if h.failed(o.Failed) {
		return
	}
	bad := o.Bad() + o.Verdicts[judge.Unknown]
	_, high := Wilson(bad, o.Trials)
	got := fmt.Sprintf("up to %s (%s of %s trials)", Percent(high), tell.Grouped(bad), tell.Grouped(o.Trials))
	replay := ""
	if o.Bad() > 0 {
		replay = Command(h.scenario, h.entry, o.FirstBad.Seed, Pinned(h.scenario.Script))
	}
	h.expect(high < h.x.OddsBelow, "odds below "+Percent(h.x.OddsBelow), got, replay)
}

func list(names []string) string {
	names = slices.Sorted(slices.Values(names))
	return "[" + strings.Join(names, ", ") + "]"
}
