package answer

import (
	"cmp"
	"slices"

	"photofinish/report"
	"photofinish/strategies"
)

// Known is what is known of a strategy in each of some scenarios, in their order.
type Known struct {
	strategies.Entry
	Rows []Row
}

// Choose returns the answer from what is known of all candidates. The second are
// compositions of which something is known because [Again] said so: one of them is
// the answer only where it is less often loud, or asks less, than the best of the
// first.
func Choose(first, second []Known) report.Answer {
	of := 0
	for _, k := range first {
		of = len(k.Rows)
	}
	a, b := candidates(first), candidates(second)
	answer := report.Answer{Kind: report.Nobody, Of: of, Candidates: len(a)}
	equal := survivors(a, b, of)
	switch {
	case len(equal) > 0:
		beside(&answer, equal, slices.Concat(safe(a, of), safe(b, of)), of)
	case of == 1:
		if c := closest(a); c != nil {
			answer.Also = []report.Also{{Entry: c.Entry, As: report.Closest}}
		}
	case of > 1:
		most(&answer, a)
	}
	return answer
}

// candidates returns those of which something is known, but the museum pieces.
func candidates(all []Known) (cs []*candidate) {
	for i, k := range all {
		if k.Group == strategies.Museum {
			continue
		}
		rows := make([]*Row, len(k.Rows))
		for j := range k.Rows {
			rows[j] = &k.Rows[j]
		}
		cs = append(cs, newCandidate(k.Entry, i, rows...))
	}
	return cs
}

// safe returns those that are safe in all of so many scenarios.
func safe(cs []*candidate, of int) []*candidate {
	return keep(cs, func(c *candidate) bool { return of > 0 && c.safe == of })
}

// survivors returns those that are equally the answer, the first of them first;
// nobody if nobody is safe in all of so many scenarios.
func survivors(first, second []*candidate, of int) []*candidate {
	first = safe(first, of)
	never := keep(first, func(c *candidate) bool { return c.quiet == of })
	if own := keep(never, func(c *candidate) bool { return c.own }); len(own) > 0 {
		return sieve(own)
	}
	if naive := keep(never, func(c *candidate) bool { return c.Name == strategies.Naive().Name }); len(naive) > 0 {
		return naive
	}
	equal := sieve(first)
	if again(equal) {
		composed := sieve(safe(second, of))
		if len(composed) > 0 && (len(equal) == 0 || asks(composed[0], equal[0]) < 0) {
			return composed
		}
	}
	return equal
}

// Again reports whether compositions are to be asked too: where nobody is safe in all
// scenarios, or the best is loud, or asks something of server or user.
func Again(first []Known) bool {
	if len(first) == 0 {
		return false
	}
	return again(survivors(candidates(first), nil, len(first[0].Rows)))
}

func again(equal []*candidate) bool { return len(equal) == 0 || asks(equal[0], new(candidate)) > 0 }

// mostLoud is up to which share of the trials it does not matter that a strategy is
// loud, where compositions are asked.
const mostLoud = 0.001

// asks compares by whether a strategy is loud, and by what it asks.
func asks(a, b *candidate) int {
	loud := func(c *candidate) bool { return c.tells() > mostLoud }
	return cmp.Or(first(!loud(a), !loud(b)), cmp.Compare(a.class, b.class))
}

// beside fills in the answer, which is the first of those that are equal, and what
// stands beside it of all that are safe.
func beside(a *report.Answer, equal, safe []*candidate, of int) {
	c := equal[0]
	a.Strategy, a.SafeIn = c.Entry, c.safe
	switch {
	case c.own && c.quiet == of:
		a.Kind = report.Keep
	case c.Name == strategies.Naive().Name && c.quiet == of:
		a.Kind = report.Needless
		return
	case c.loud > 0:
		a.Kind = report.Tells
	default:
		a.Kind = report.Use
	}
	for _, e := range equal[1:] {
		a.Also = append(a.Also, report.Also{Entry: e.Entry, As: report.AsGood})
	}
	if c.class == Server {
		if best := clientOnly(safe); best != nil {
			a.Also = append(a.Also, report.Also{Entry: best.Entry, As: report.ClientOnly})
		}
	} else if best := withServer(c, safe, of); best != nil {
		a.Also = append(a.Also, report.Also{Entry: best.Entry, As: report.WithServer})
	}
}

// clientOnly returns the best that needs nothing of the server: of those that ask
// nothing of the user either, if there is one.
func clientOnly(safe []*candidate) *candidate {
	for _, class := range []Class{Nothing, User} {
		if best := sieve(keep(safe, func(c *candidate) bool { return c.class == class && (class == Nothing || !c.needs) })); len(best) > 0 {
			return best[0]
		}
	}
	return nil
}

// withServer returns what the server's help would bring, with no more clicks that are
// never answered: beside an answer that changes something for the user the best that
// does not, else of those that wait at least 15 % less and are never loud the one that
// most of the catalogue is proved of.
func withServer(c *candidate, safe []*candidate, of int) (best *candidate) {
	helped := keep(safe, func(h *candidate) bool { return h.class == Server && h.unanswered <= c.unanswered+someUnanswered })
	if c.changes {
		if helped = sieve(helped); len(helped) > 0 {
			best = helped[0]
		}
		return best
	}
	for _, h := range helped {
		if h.quiet == of && h.waits <= 0.85*c.waits && (best == nil || cmp.Or(
			cmp.Compare(h.proved, best.proved), cmp.Compare(h.neverLoud, best.neverLoud)) > 0) {
			best = h
		}
	}
	return best
}

// closest returns who loses least in one scenario in which nobody is safe; nil where
// all lose in every trial.
func closest(cs []*candidate) *candidate {
	cs = keep(cs, func(c *candidate) bool { return c.trials > 0 && c.bad < c.trials })
	if len(cs) == 0 {
		return nil
	}
	cs = leastShare(cs, func(c *candidate) int { return c.bad })
	return preference(leastWaiting(leastAsked(cs)))[0]
}

// most fills in the answer where nobody is safe in all of several scenarios: who is
// safe in most, of those that ask nothing, unless another class is safe in at least
// a quarter more.
func most(a *report.Answer, cs []*candidate) {
	var best [User + 1]*candidate
	var is *candidate
	for class := range best {
		c := mostSafe(keep(cs, func(c *candidate) bool { return int(c.class) == class }), a.Of)
		if best[class] = c; c != nil && c.safe > 0 && (is == nil || 4*c.safe >= 5*is.safe) {
			is = c
		}
	}
	if is == nil {
		return
	}
	a.Strategy, a.SafeIn = is.Entry, is.safe
	for class, as := range [...]report.As{report.ClientOnly, report.WithServer, report.AsksUser} {
		if c := best[class]; c != nil && c.safe > is.safe {
			a.Also = append(a.Also, report.Also{Entry: c.Entry, As: as})
		}
	}
}

// mostSafe returns the best of those that are safe in most scenarios, and in most of
// them never loud, by what it costs where all of these are safe; nil of nobody.
func mostSafe(cs []*candidate, of int) *candidate {
	for _, count := range []func(*candidate) int{
		func(c *candidate) int { return c.safe }, func(c *candidate) int { return c.quiet },
	} {
		most := 0
		for _, c := range cs {
			most = max(most, count(c))
		}
		cs = keep(cs, func(c *candidate) bool { return count(c) == most })
	}
	if len(cs) == 0 {
		return nil
	}
	all := make([]bool, of)
	for i := range all {
		all[i] = !slices.ContainsFunc(cs, func(c *candidate) bool { return !c.rows[i].State().Safe() })
	}
	where := make([]*candidate, len(cs))
	for i, c := range cs {
		there := *c
		there.sum(all)
		where[i] = &there
	}
	best := preference(cheapest(where))[0]
	return cs[slices.IndexFunc(cs, func(c *candidate) bool { return c.Name == best.Name })]
}
