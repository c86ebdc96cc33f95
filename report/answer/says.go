package answer

import (
	"fmt"
	"slices"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/strategies"
)

// speech has what an answer is put into sentences from.
type speech struct {
	m     *report.Matrix // the run; nil if there is none
	found *Found
	of    int // scenarios
	first []Known
}

// says returns the sentences, the first of which is the answer.
func (s *speech) says(a *report.Answer) []string { return []string{s.verdict(a)} }

// verdict returns the answer.
func (s *speech) verdict(a *report.Answer) string {
	if a.Kind == report.Nobody {
		return s.nobody(a)
	}
	c := s.of1(a.Strategy)
	loses := s.orders(c)
	switch {
	case a.Kind == report.Needless:
		if share := c.unanswered; share > 0.01 {
			return fmt.Sprintf("Nothing is lost under %s (%s), but %s of its clicks are never answered.", c.Name, loses, report.Percent(share))
		}
		where := ""
		if s.of > 1 {
			where = fmt.Sprintf(" of the %d", s.of)
		}
		return fmt.Sprintf("Nothing special is needed: %s goes wrong in no order%s (%s)%s.", c.Name, where, loses, s.others(a))
	case a.Kind == report.Tells:
		share, _, _ := c.share(c.loud)
		all := ""
		if s.of > 1 {
			all = fmt.Sprintf(" in all %d", s.of)
		}
		return fmt.Sprintf("%s: it loses nothing silently%s (%s), and fails aloud in %s%s.", s.take(c), all, loses, report.Percent(share), s.asAll(a))
	case s.of > 1:
		return fmt.Sprintf("%s: no order goes wrong in any of the %d (%s).", s.take(c), s.of, loses)
	}
	return fmt.Sprintf("%s: no order goes wrong (%s).", s.take(c), loses)
}

// take says to use a strategy, with what it asks.
func (s *speech) take(c *candidate) string {
	if c.own {
		return "Keep " + tell.Clean(c.Name) + ", your own"
	}
	text := "Use " + c.Name
	if needs := c.Needs(); needs != "" {
		text += ", if the server " + needs
	}
	if changes := c.Changes(); changes != "" {
		text += ", which " + changes
	}
	return text
}

// orders says how many orders were run of a strategy that is safe.
func (s *speech) orders(c *candidate) string {
	n := int64(0)
	for _, r := range c.rows {
		n = min(n+r.Orders.Classes, 1e18)
	}
	switch {
	case s.of > 1:
		return fmt.Sprintf("all %s run", tell.Grouped(n))
	case n == 1:
		return "there is one order"
	case n == 2:
		return "both run"
	}
	return fmt.Sprintf("all %s run", tell.Grouped(n))
}

// others says how many are never loud and safe beside the one that is the answer.
func (s *speech) others(a *report.Answer) string {
	n := 0
	for _, c := range candidates(s.first) {
		if c.quiet == s.of && c.Name != a.Strategy.Name {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(", nor does 1 other of %d", a.Candidates)
	}
	return fmt.Sprintf(", nor do %d others of %d", n, a.Candidates)
}

// asAll says that whoever loses nothing fails aloud, where others do not lose
// anything either, and are not as good.
func (s *speech) asAll(a *report.Answer) string {
	equal := len(slices.DeleteFunc(slices.Clone(a.Also), func(b report.Also) bool { return b.As != report.AsGood }))
	all := safe(slices.Concat(candidates(s.first), candidates(s.found.second)), s.of)
	loud := func(c *candidate) bool { return c.loud > 0 }
	if len(all) > 1+equal && !slices.ContainsFunc(all, func(c *candidate) bool { return !loud(c) }) {
		return ", as all who lose nothing"
	}
	return ""
}

// nobody says that nobody is safe, and who comes closest.
func (s *speech) nobody(a *report.Answer) string {
	if s.of > 1 {
		text := fmt.Sprintf("None of %d is safe in all %d", a.Candidates, s.of)
		if a.Strategy.Name == "" {
			return text + ", or in any of them."
		}
		text += fmt.Sprintf("; %s is in %d", tell.Clean(a.Strategy.Name), a.SafeIn)
		if s.of1(a.Strategy).class == Nothing {
			return text + ", most of those that ask nothing of server or user."
		}
		return text + "."
	}
	for _, b := range a.Also {
		if b.As == report.Closest {
			c := s.of1(b.Entry)
			return fmt.Sprintf("None of %d is safe; %s comes closest: wrong in %s.", a.Candidates, tell.Clean(b.Name), s.share(c.bad, c.trials))
		}
	}
	return fmt.Sprintf("None of %d is safe: each loses in every trial.", a.Candidates)
}

// share writes a share with its interval.
func (s *speech) share(n, of int) string {
	low, high := report.Wilson(n, of)
	return fmt.Sprintf("%s (%s)", report.Percent(float64(n)/float64(max(1, of))), report.Interval(low, high))
}

// of1 returns what is known of a strategy: of each scenario the row of the run, if
// the probe has not seen more.
func (s *speech) of1(e strategies.Entry) *candidate {
	rows := make([]*Row, s.of)
	for i := range rows {
		rows[i] = s.row(e, i)
	}
	return newCandidate(e, 0, rows...)
}

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
