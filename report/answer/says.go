package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/strategies"
)

// speech has what an answer is put into sentences from.
type speech struct {
	*report.Answer
	m     *report.Matrix // the run; nil if there is none
	found *Found
	first []Known
	of    int        // scenarios
	is    *candidate // the answer, or who comes closest; nil of nobody
	ctx   context.Context
	told  map[string]*candidate // by name: see [speech.known]

	spoken []string // whom the user has: see [speech.yours]
}

// says returns the sentences, the first of which is the answer.
func (s *speech) says() (says []string) {
	s.is = s.known(s.Strategy)
	if near := s.Beside(report.Closest); len(near) > 0 {
		s.is = s.known(near[0])
	}
	kinds := []func() []string{s.answer, s.price, s.beside, s.whomTheUserHas, s.stuck, s.notSo}
	switch {
	case s.Kind == report.Nobody && s.of > 1:
		kinds = []func() []string{s.nobodyInAll, s.yours, s.elsewhere, s.naiveIn}
	case s.Kind == report.Nobody && s.is != nil:
		kinds = []func() []string{s.closest, s.whomTheUserHas, s.stuck, s.needed}
	case s.Kind == report.Nobody:
		kinds = []func() []string{s.allLose, s.whomTheUserHas, s.needed}
	}
	for _, kind := range kinds {
		says = append(says, kind()...)
	}
	return says
}

// answer says whom to take, and by what rule it works.
func (s *speech) answer() (says []string) {
	c, all := s.is, s.all(s.is)
	switch {
	case s.Kind == report.Needless && c.unanswered > someUnanswered:
		return []string{fmt.Sprintf("Nothing is lost under %s (%s), but %s of its clicks are never answered.", c.Name, all, report.Percent(c.unanswered))}
	case s.Kind == report.Needless:
		return []string{fmt.Sprintf("Nothing special is needed: %s goes wrong in no order%s (%s)%s.", c.Name, s.several(" of the %d"), all, s.norOthers())}
	case c.loud > 0:
		says = append(says, fmt.Sprintf("%s: it loses nothing silently%s (%s), and fails aloud in %s%s.",
			s.take(), s.several(" in all %d"), all, report.Percent(c.tells()), s.asAll()))
	default:
		says = append(says, fmt.Sprintf("%s: no order goes wrong%s (%s).", s.take(), s.several(" in any of the %d"), all))
	}
	if !c.own {
		says = append(says, s.rule())
	}
	return says
}

// rule says by what rule the answer works.
func (s *speech) rule() string { return tell.Clean(s.is.Name + ": " + s.is.Rule + ".") }

// several writes the number of scenarios into a phrase, if there are several.
func (s *speech) several(phrase string) string {
	switch s.of {
	case 1:
		return ""
	case 2:
		return strings.NewReplacer("all %d", "both", "any of the %d", "either", "of the %d", "of either").Replace(phrase)
	}
	return fmt.Sprintf(phrase, s.of)
}

// take says to use a strategy, with what it asks.
func (s *speech) take() string {
	if s.is.own {
		return "Keep " + tell.Clean(s.is.Name) + ", your own"
	}
	text := "Use " + s.is.Name
	if needs := s.is.Needs(); needs != "" {
		text += ", if the server " + needs
	}
	if changes := s.is.Changes(); changes != "" {
		text += ", which " + changes
	}
	return text
}

// all says how many orders were run of a strategy that is safe.
func (s *speech) all(c *candidate) string {
	n := int64(0)
	for _, r := range c.rows {
		n = min(n+r.Orders.Classes, 1e18)
	}
	switch {
	case n == 1:
		return "there is one order"
	case n == 2 && s.of == 1:
		return "both run"
	}
	return fmt.Sprintf("all %s run", tell.Grouped(n))
}

// norOthers says how many others are never loud and safe.
func (s *speech) norOthers() string {
	n := 0
	for _, c := range candidates(s.first) {
		if c.quiet == s.of && c.Name != s.is.Name {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(", nor does 1 other of %d", s.Candidates)
	}
	return fmt.Sprintf(", nor do %d others of %d", n, s.Candidates)
}

// asAll says that whoever loses nothing fails aloud, where there are others that are
// not as good.
func (s *speech) asAll() string {
	all := safe(slices.Concat(candidates(s.first), candidates(s.found.second)), s.of)
	never := func(c *candidate) bool { return c.loud == 0 }
	if len(all) > 1+len(s.Beside(report.AsGood)) && !slices.ContainsFunc(all, never) {
		return ", as all who lose nothing"
	}
	return ""
}

// same is up to which part two waits are told to be the same.
const same = 0.05

// price says what the answer costs.
func (s *speech) price() (says []string) {
	c := s.is
	if s.Kind == report.Needless {
		return nil
	}
	if c.waits > 0 {
		says = append(says, s.waits())
	}
	if c.sent > 0 {
		text := fmt.Sprintf("%.2f requests a save", c.sent)
		if blocked := inMs(c.blocked, " ms"); !strings.HasPrefix(blocked, "0 ") {
			text += fmt.Sprintf("; for %s a button is disabled", blocked)
		}
		says = append(says, text+".")
	}
	if c.unanswered > 0 {
		says = append(says, fmt.Sprintf("%s of its clicks are never answered.", report.Percent(c.unanswered)))
	}
	return says
}

// waits says how long a click waits. Where some trials fail aloud, that is of those that
// did not, in which the network was quick, and is compared with nothing.
func (s *speech) waits() string {
	c := s.is
	text := fmt.Sprintf("click waits %s for its answer", inMs(c.waits, " ms"))
	if share := c.tells(); share > mostLoud && share < 1 {
		return "Where nothing fails, a " + text + "."
	}
	naive := s.known(strategies.Naive())
	if once := naive.anyWaits; naive.bad < naive.trials && once > 0 && (once < c.waits*(1-same) || once > c.waits*(1+same)) {
		text += fmt.Sprintf("; posted at once it would be %s", inMs(once, ""))
	}
	return "A " + text + "."
}

// inMs writes a number of nanoseconds in whole milliseconds.
func inMs(ns float64, unit string) string {
	return tell.Grouped(time.Duration(ns).Round(time.Millisecond).Milliseconds()) + unit
}

// beside says who is as good, and what is there without the server's help, and with
// it.
func (s *speech) beside() (says []string) {
	var equal []string
	for _, e := range s.Beside(report.AsGood) {
		text := e.Name
		if asks := asked(e); asks != "" && asks != asked(s.is.Entry) {
			text += " (" + asks + ")"
		}
		equal = append(equal, text)
	}
	if len(equal) > 0 {
		says = append(says, "As good: "+list(equal, 3)+".")
	}
	if s.Kind != report.Needless && s.is.class == Server {
		says = append(says, s.withoutServer())
	}
	if with := s.Beside(report.WithServer); len(with) > 0 {
		h := s.known(with[0])
		says = append(says, fmt.Sprintf("With the server's help: %s, %s (%s).", h.Name, inMs(h.waits, " ms"), strings.Replace(asked(h.Entry), "the server", "it", 1)))
	}
	return says
}

// withoutServer says who is safe without the server's help, or comes closest to that.
func (s *speech) withoutServer() string {
	if alone := s.Beside(report.ClientOnly); len(alone) > 0 {
		c := s.known(alone[0])
		text := "Without the server's help: " + c.Name
		if c.loud > 0 {
			text += ", which tells of a failed save in " + report.Percent(c.tells())
		}
		if changes := c.Changes(); changes != "" {
			text += " (it " + changes + ")"
		}
		return text + "."
	}
	text := "Without the server's help none is safe"
	near := keep(candidates(s.first), func(c *candidate) bool {
		return s.of == 1 && !c.needs && c.rows[0].State() == report.Possible && c.rows[0].Orders.Complete
	})
	if near = sieve(near); len(near) > 0 {
		text += fmt.Sprintf("; %s %s", near[0].Name, does(s.known(near[0].Entry).rows[0]))
	}
	return text + "."
}

// mostTrials is up to how many trials are run of a strategy that is told of and is
// not in the run, so that its figures are of as many as those beside it.
const mostTrials = 10_000

// known returns what is known of a strategy that is told of: of each scenario what
// the run has found out; where that is not in the run, of as many trials. It is nil of
// one without a name.
func (s *speech) known(e strategies.Entry) *candidate {
	if e.Name == "" {
		return nil
	}
	if c := s.told[e.Name]; c != nil {
		return c
	}
	rows := make([]*Row, s.of)
	for i := range rows {
		rows[i] = s.row(e, i)
		if o := &rows[i].Odds; s.m != nil && e.Own() == nil && o.Trials > 0 && o.Trials < min(s.m.Trials, mostTrials) {
			more := report.Options{Seed: s.m.Seed, Trials: min(s.m.Trials, mostTrials), Workers: s.m.Workers}
			if all := report.Estimate(s.ctx, s.found.scenarios[i].Script, e, more); all.Trials > o.Trials {
				*o = all
			}
		}
	}
	c := newCandidate(e, 0, rows...)
	s.told[e.Name] = c
	return c
}

// row returns what the run knows of a strategy in a scenario, or, where that is more,
// the probe.
func (s *speech) row(e strategies.Entry, i int) *Row {
	r := Row{Entry: e}
	for _, k := range slices.Concat(s.first, s.found.second) {
		if k.Name == e.Name {
			r = k.Rows[i]
		}
	}
	if s.m == nil {
		return &r
	}
	j := slices.Index(strategies.Lineup(s.m.Strategies).Names(), e.Name)
	if j < 0 {
		return &r
	}
	run := rowOf(s.m.Cell(i, j))
	if run.Odds.Trials < r.Odds.Trials {
		run.Odds = r.Odds
	}
	if run.Orders.Classes == 0 && run.Orders.Failed == nil {
		run.Orders, run.Replayed = r.Orders, r.Replayed
	}
	return &run
}

// list lists so many, or two, and counts the rest.
func list(words []string, most int) string {
	return tell.AndMore(words, most, 2)
}
