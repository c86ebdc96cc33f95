package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Checked lists the expectations of a scenario file, in its order.
type Checked []Expected

// Failures returns those that do not hold.
func (c Checked) Failures() []Expected {
	return slices.DeleteFunc(slices.Clone(c), func(x Expected) bool { return x.Holds })
}

// Unheld returns those of which nobody knows whether they hold.
func (c Checked) Unheld() []Expected {
	return slices.DeleteFunc(slices.Clone(c), func(x Expected) bool { return x.Unheld == "" })
}

// Expected is an expectation, with what became of it.
type Expected struct {
	Ref          string // the file that expects it, or the name of a scenario of the catalogue
	Line, Column int    // where it does, from 1
	Strategy     string
	What         string // its key in the file, as "verdict"; empty where nobody was held to it
	Want, Got    string
	Replay       string // the command that shows it; empty if no single trial does
	Holds        bool

	Ended judge.Verdict // the gravest end that was seen; OK if nobody was held to it
	Shows func() *Trial // replays the trial that shows what does not hold; nil if none does
	Took  time.Duration // since the expectation before it: wall time, and never the same

	Unheld string // why a client of the user's own was not held to it at all; then What, Want and Got are empty
}

// Place returns where it is expected, as "bug.yaml:5:10".
func (x Expected) Place() string {
	return fmt.Sprintf("%s:%d:%d", tell.Clean(x.Ref), x.Line, x.Column)
}

// NotStarted is why a client is not held to what its file expects.
const NotStarted = "not started (a file names it; --trust lets it run)"

// String says in two lines what does not hold, or in one if no command shows it.
func (x Expected) String() string {
	if x.Unheld != "" {
		return fmt.Sprintf("%s: %s: %s", x.Place(), x.Strategy, x.Unheld)
	}
	text := fmt.Sprintf("%s: %s: expected %s, got %s", x.Place(), x.Strategy, x.Want, x.Got)
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

// fewClasses are those among which most scenarios that race have a bad order.
const fewClasses = 500

// Check holds a scenario to its expectations: the verdict and the anomalies of
// the replay with the file's seed, the odds over 10,000 trials from seed 1 on, and all
// orders, up to [MaxClasses]; of clients of the user's own, as many trials and
// orders as there is time for. A client that the file names and the lineup has not
// is not held to anything. Of the options it takes the workers, the time, and
// who says whether a client is sound. When ctx ends, it returns its error and what was checked by then.
func Check(ctx context.Context, s *scenarios.Scenario, lineup strategies.Lineup, o Options) (Checked, error) {
	var c Checked
	began := time.Now()
	for _, x := range s.Expect {
		h := holder{&c, &began, s, x, strategies.Entry{}}
		if err := h.hold(ctx, lineup, o); err != nil {
			return c, err
		}
	}
	return c, nil
}

// holder holds one expectation against what happened.
type holder struct {
	*Checked
	began    *time.Time // what is held next
	scenario *scenarios.Scenario
	x        scenarios.Expectation
	entry    strategies.Entry
}

// hold runs what the expectation is about.
func (h holder) hold(ctx context.Context, lineup strategies.Lineup, o Options) error {
	s, x := h.scenario, h.x
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
		o := &Orders{}
		if x.Orders == scenarios.Racy && e.Own() == nil { // one bad order is enough
			o = Explore(in, s, e, explore.Bounds{Classes: fewClasses})
		}
		if o.Shortest == nil {
			o = Explore(in, s, e, explore.Bounds{Classes: MaxClasses})
		}
		stop()
		if err := ctx.Err(); err != nil {
			return err
		}
		h.orders(o)
	}
	return nil
}

// unheld says once why nothing could be held to it.
func (h holder) unheld(why string) {
	n := len(*h.Checked)
	if n > 0 && (*h.Checked)[n-1].Unheld != "" && (*h.Checked)[n-1].Strategy == h.x.Strategy {
		return
	}
	h.add(Expected{Unheld: why})
}

// failed reports whether the client could not go on, and says so.
func (h holder) failed(err error) bool {
	if err != nil {
		h.unheld("unknown: " + tell.Clean(err.Error()))
	}
	return err != nil
}

// add adds what became of it, with where and how long.
func (h holder) add(x Expected) {
	x.Ref, x.Line, x.Column, x.Strategy = h.scenario.Ref(), h.x.Line, h.x.Column, h.x.Strategy
	now := time.Now()
	x.Took, *h.began = now.Sub(*h.began), now
	if x.Holds {
		x.Shows = nil // nobody asks
	}
	*h.Checked = append(*h.Checked, x)
}

func (h holder) orders(o *Orders) {
	if h.failed(o.Failed) {
		return
	}
	x := Expected{What: "orders", Want: "orders " + h.x.Orders, Got: o.Says(), Ended: o.Verdict()}
	if o.Shortest != nil {
		x.Replay, x.Shows = o.Command(), o.Trial
	}
	is := ""
	switch {
	case x.Ended == judge.OK:
		is = scenarios.RaceFree
	case x.Ended.Bad():
		is = scenarios.Racy
	}
	x.Holds = is == h.x.Orders
	h.add(x)
}

func (h holder) trial(t *Trial) {
	if h.failed(t.Ledger.Failed) {
		return
	}
	x := Expected{
		Ended: t.Verdict, Shows: func() *Trial { return t },
		Replay: Command(h.scenario, h.entry, h.scenario.ReplaySeed(), false),
	}
	if v := h.x.Verdict; v != nil {
		x.What, x.Want, x.Got, x.Holds = "verdict", "verdict "+v.String(), t.Verdict.String(), *v == t.Verdict
		if len(t.Anomalies) > 0 {
			x.Got += " (" + t.Anomalies[0].Says(t.Script) + ")"
		}
		h.add(x)
	}
	if h.x.AnomaliesSet {
		want := Kinds(0)
		for _, k := range h.x.Anomalies {
			want |= 1 << k
		}
		x.What, x.Want, x.Got, x.Holds = "anomalies", "anomalies "+list(want.Names()), list(t.Kinds().Names()), want == t.Kinds()
		h.add(x)
	}
}

// odds counts trials whose end nobody saw as bad: unknown is never safe.
func (h holder) odds(o *Odds) {
	if h.failed(o.Failed) {
		return
	}
	bad := o.Bad() + o.Verdicts[judge.Unknown]
	_, high := Wilson(bad, o.Trials)
	x := Expected{
		What: "odds", Want: "odds below " + Percent(h.x.OddsBelow), Holds: high < h.x.OddsBelow, Ended: o.Gravest(),
		Got: fmt.Sprintf("up to %s (%s of %s trials)", Percent(high), tell.Grouped(bad), tell.Grouped(o.Trials)),
	}
	if o.Bad() > 0 {
		pinned, seed := Pinned(h.scenario.Script), o.FirstBad.Seed
		x.Replay = Command(h.scenario, h.entry, seed, pinned)
		x.Shows = func() *Trial { return Replay(h.scenario.Name, h.scenario.Script.Unpinned(), h.entry, seed) }
	}
	h.add(x)
}

func list(names []string) string {
	names = slices.Sorted(slices.Values(names))
	return "[" + strings.Join(names, ", ") + "]"
}
