package answer

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// mostAsked is how many strategies a user can have asked for that are each told of:
// who names more compares them.
const mostAsked = 3

// yours says what the clients of the user's own do, and the strategies that they
// asked for.
func (s *speech) yours() (says []string) {
	if s.m == nil {
		return nil
	}
	told := []strategies.Entry{s.Strategy}
	if s.is != nil {
		told = append(told, s.is.Entry)
	}
	asked := s.m.Asked()
	if len(asked) > mostAsked {
		asked = nil
	}
	for _, e := range slices.Concat(s.m.Strategies, asked) {
		own := e.Own() != nil
		if among(told, e.Name) || !own && !among(asked, e.Name) {
			continue
		}
		told, s.spoken = append(told, e), append(s.spoken, e.Name)
		text := s.of1(e)
		switch {
		case text == "":
		case own:
			says = append(says, fmt.Sprintf("Yours (%s) %s.", fileOf(e), text))
		default:
			says = append(says, fmt.Sprintf("You asked for %s: %s.", e.Name, text))
		}
	}
	return says
}

// someLoud is from which share of the trials on it is said of a client that can lose
// something that it fails aloud too.
const someLoud = 0.01

// fileOf returns the name of the file that a client of the user's own is, with its
// name, if that is another.
func fileOf(e strategies.Entry) string {
	file := ""
	if args := e.Own().Args; len(args) > 1 {
		_, of, named := strings.Cut(args[1], "=")
		if !named {
			of = args[1]
		}
		file = path.Base(of)
	}
	switch {
	case file == "" || file == "." || strings.Contains(file, " "):
		file = e.Name
	case strings.TrimSuffix(file, path.Ext(file)) != e.Name:
		file = e.Name + ", " + file
	}
	return tell.Clean(file)
}

// of1 says what a strategy does that somebody has: of several scenarios, in how many
// it is safe, and what it does in the worst.
func (s *speech) of1(e strategies.Entry) string {
	c := s.known(e)
	r := c.rows[0]
	it := "it "
	if c.own {
		it = ""
	}
	switch text := does(r); {
	case s.of > 1:
		return it + s.inSeveral(c)
	case text == "":
		return ""
	case !r.State().Safe() && c.bad > 0 && c.tells() > someLoud:
		return fmt.Sprintf("%s%s, and tells of a failed save in %s", it, text, report.Percent(c.tells()))
	case !r.State().Safe():
		return it + text
	}
	text := it
	if needs := c.Needs(); needs != "" {
		text = "if the server " + needs + ", " + it
	}
	equal := among(s.Beside(report.AsGood), e.Name)
	switch {
	case equal:
		text += "is as good"
	case c.loud > 0:
		text += fmt.Sprintf("loses nothing silently (%s), and fails aloud in %s", s.all(c), report.Percent(c.tells()))
	default:
		text += fmt.Sprintf("goes wrong in no order (%s)", s.all(c))
	}
	if changes := c.Changes(); changes != "" {
		text += ", but it " + changes
	}
	if !equal && c.loud == 0 && c.waits > 0 {
		text += fmt.Sprintf("; a click waits %s", inMs(c.waits, " ms"))
	}
	return text
}

func (s *speech) inSeveral(c *candidate) string {
	text := fmt.Sprintf("is safe in %s of %d", orNone(c.safe), s.of)
	if c.safe == s.of {
		text = "is safe" + s.several(" in all %d")
	}
	lost := func(i int) float64 { o := &c.rows[i].Odds; return o.Share(o.Bad()) }
	worst := 0
	for i := range c.rows {
		if lost(i) > lost(worst) {
			worst = i
		}
	}
	if lost(worst) > 0 {
		text += fmt.Sprintf("; in %s it %s", tell.Clean(s.found.scenarios[worst].Name), does(c.rows[worst]))
	}
	return text
}

// orNone writes a number.
func orNone(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}

// whomTheUserHas says what those do that the user has or has asked for; if these are
// nobody else, the six that everybody knows.
func (s *speech) whomTheUserHas() []string {
	if says := s.yours(); says != nil || s.Kind == report.Needless {
		return says
	}
	if s.of > 1 {
		return s.naiveIn()
	}
	var six []*candidate
	for _, e := range strategies.Catalogue[:len(strategies.Default())] {
		six = append(six, s.known(e))
	}
	naive := six[0]
	lose := !slices.ContainsFunc(six, func(c *candidate) bool { return c.rows[0].State().Safe() })
	can := keep(six, func(c *candidate) bool { return c.bad < c.trials })
	switch {
	case s.Kind == report.Nobody && s.is != nil && s.is.Name == naive.Name:
		return nil
	case naive.rows[0].State() == report.Proved:
		return []string{naive.Name + " loses nothing either."}
	case s.Kind == report.Nobody, !lose:
		return []string{fmt.Sprintf("%s %s.", naive.Name, does(naive.rows[0]))}
	case len(can) == 0:
		return []string{"All of the six lose in every trial."}
	}
	near := slices.MinFunc(can, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.lost(), b.lost()), cmp.Compare(a.class, b.class), cmp.Compare(a.waits, b.waits))
	})
	return []string{fmt.Sprintf("All of the six can lose: %s comes closest and %s.", near.Name, does(near.rows[0]))}
}

// stuck says who waits for ever, where a message is lost and no timeout ends that.
func (s *speech) stuck() []string {
	waiting, all := s.waiting()
	if len(waiting) == 0 {
		return nil
	}
	do := "waits"
	if len(waiting) > 1 {
		do = "wait"
	}
	if !all {
		do = "can wait"
	}
	return []string{fmt.Sprintf("%s %s for ever: a message is lost, and the network has no timeout.", list(waiting, 3), do)}
}

// waiting returns who gets stuck since a message is lost, and whether all of them do
// in every trial.
func (s *speech) waiting() (names []string, all bool) {
	if s.of > 1 {
		return nil, false
	}
	script := s.found.scenarios[0].Script
	net := &script.Network
	lost := net.Loss > 0 || slices.ContainsFunc(script.Actions, func(a sim.Action) bool { return a.Lose != sim.NoLeg })
	if !lost || net.Timeout > 0 {
		return nil, false
	}
	all = true
	for _, k := range s.first {
		if r := &k.Rows[0]; r.State() == report.Stuck {
			names, all = append(names, tell.Clean(k.Name)), all && r.Odds.Bad() == r.Odds.Trials
		}
	}
	return names, all
}

// notSo says who loses something, or fails aloud, where nothing special is needed.
func (s *speech) notSo() []string {
	if s.Kind != report.Needless {
		return nil
	}
	told, _ := s.waiting()
	told = append(told, s.spoken...)
	var others []*candidate
	for _, c := range candidates(s.first) {
		if c.quiet < s.of && !slices.Contains(told, c.Name) {
			others = append(others, c)
		}
	}
	slices.SortStableFunc(others, func(a, b *candidate) int {
		return cmp.Or(first(a.safe < s.of, b.safe < s.of), cmp.Compare(b.lost(), a.lost()))
	})
	if len(others) == 0 {
		return nil
	}
	var words []string
	for i, c := range others {
		word := tell.Clean(c.Name)
		if s.of == 1 && i < 2 {
			word += " (" + does(s.known(c.Entry).rows[0]) + ")"
		}
		words = append(words, word)
	}
	return []string{"Not so: " + list(words, 2) + "."}
}

// closest says who comes closest where nobody is safe, and what it does.
func (s *speech) closest() []string {
	c, r := s.is, s.is.rows[0]
	how := "wrong in " + strings.TrimPrefix(does(r), "goes wrong in ")
	if c.bad > 0 {
		how = fmt.Sprintf("wrong in %s", share(c.bad, c.trials))
		if r.State() == report.Stuck {
			how = fmt.Sprintf("stuck in %s", share(c.bad, c.trials))
		}
	}
	says := []string{fmt.Sprintf("None of %d is safe; %s comes closest: %s.", s.Candidates, tell.Clean(c.Name), how)}
	if kind, ok := r.Odds.Mostly(); ok {
		it := "It "
		if r.Odds.Kinds[kind] < r.Odds.Bad() {
			it = "Most often it "
		}
		says = append(says, it+anomalies[kind].does+".")
	}
	if c.loud > 0 {
		says = append(says, fmt.Sprintf("In %s it tells of a failed save.", report.Percent(r.Odds.Share(c.loud))))
	}
	if needs := c.Needs(); needs != "" {
		says = append(says, fmt.Sprintf("It is of use only if the server %s.", needs))
	}
	if changes := c.Changes(); changes != "" {
		says = append(says, fmt.Sprintf("It %s.", changes))
	}
	return says
}

// allLose says that nobody is safe, or comes close to that.
func (s *speech) allLose() []string {
	return []string{fmt.Sprintf("None of %d is safe: each loses in every trial.", s.Candidates)}
}

// needed says what it would take: of who comes closest, besides what it has; where all
// lose always, what most of them lack.
func (s *speech) needed() (says []string) {
	word := "Needed"
	var kinds [len(judge.Kinds)]int
	if s.is != nil {
		word = "Needed besides"
		kinds = s.is.rows[0].Odds.Kinds
		if n := len(s.found.lineup.Compositions()); len(s.found.second) > 0 {
			says = append(says, fmt.Sprintf("Nor is one of %d compositions.", n))
		}
	} else {
		for _, k := range s.first {
			for kind, n := range k.Rows[0].Odds.Kinds {
				kinds[kind] += n
			}
		}
	}
	if kind, ok := (&report.Odds{Kinds: kinds}).Mostly(); ok {
		needed := anomalies[kind].needed
		if (kind == judge.StaleRead || kind == judge.ReadYourWrites) && s.found.scenarios[0].Script.Habits()&sim.Lags != 0 {
			needed += ", and until the lag is over"
		}
		says = append(says, fmt.Sprintf("%s: %s.", word, needed))
	}
	return says
}

// share writes a share with its interval.
func share(n, of int) string {
	low, high := report.Wilson(n, of)
	return fmt.Sprintf("%s (%s)", report.Percent(float64(n)/float64(max(1, of))), report.Interval(low, high))
}
