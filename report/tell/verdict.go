package tell

import (
	"slices"

	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Role stands for a colour, of which each medium has its own. Red is for Wrong and
// nothing else.
type Role uint8

// The roles.
const (
	Dim Role = iota // to be read when nothing else is left
	Good
	Loud
	Unknown
	Stuck
	Wrong
)

// String returns the role's word, as style sheets name it.
func (r Role) String() string {
	return [...]string{"dim", "good", "loud", "unknown", "stuck", "wrong"}[r]
}

// Sign is how a verdict is shown: a glyph that is one column wide, and the role of
// its colour, which never carries the meaning alone.
type Sign struct {
	Glyph string
	Role  Role
}

// Open is the glyph of what is not decided yet.
const Open = "·"

var verdicts = [...]Sign{
	judge.OK:      {"✓", Good},
	judge.Loud:    {"!", Loud},
	judge.Unknown: {"?", Unknown},
	judge.Stuck:   {"…", Stuck},
	judge.Wrong:   {"✗", Wrong},
}

// Verdict returns how a verdict is shown.
func Verdict(v judge.Verdict) Sign { return verdicts[v] }

// Mark returns the glyph of a verdict.
func Mark(v judge.Verdict) string { return verdicts[v].Glyph }

// Harm returns the role of what harm may have come of: that of the verdict, or
// Dim if there was none.
func Harm(v judge.Verdict) Role {
	if v == judge.OK {
		return Dim
	}
	return verdicts[v].Role
}

// Orders tells of orders, of which so many are bad, one of three things: all were
// run and none is bad, which is a proof; some are bad; or none was found, and not
// all were run.
func Orders(bad, all int64, complete bool) string {
	switch {
	case complete && bad == 0 && all == 1:
		return "race-free: the only one"
	case complete && bad == 0:
		return "race-free: all " + classes(all)
	case complete:
		return classes(bad) + " of " + classes(all)
	case bad > 0:
		return Grouped(bad) + " of the first " + Grouped(all)
	}
	return "unknown: none of the first " + Grouped(all)
}

// OfOrders is Orders with the word behind it: "2 of 5 orders", and where there is one
// only, "the only order".
func OfOrders(bad, all int64, complete bool) string {
	switch {
	case !complete || all != 1:
		return Orders(bad, all, complete) + " orders"
	case bad == 0:
		return "race-free: the only order"
	}
	return "the only order"
}

// EndBadly says of how many orders, one at least, that they end badly.
func EndBadly(bad, all int64, complete bool) string {
	return OfOrders(bad, all, complete) + Ends(bad) + " badly"
}

// Ends is the verb behind so many orders.
func Ends(orders int64) string {
	if orders == 1 {
		return " ends"
	}
	return " end"
}

// AllOrders writes, behind "in", all of so many classes: "all 5 orders".
func AllOrders(all int64) string {
	if all == 1 {
		return "the one order"
	}
	return "all " + classes(all) + " orders"
}

// classes writes how many classes there are: of more than can be counted, that it
// is so.
func classes(n int64) string {
	if n >= explore.Most {
		return "over " + Grouped(n)
	}
	return Grouped(n)
}

// Gravity returns the gravest verdict of the anomalies that name one of some
// actions: [judge.OK] if none does.
func Gravity(anomalies []judge.Anomaly, actions ...int) judge.Verdict {
	worst := judge.OK
	for _, a := range anomalies {
		if slices.ContainsFunc(a.Actions, func(n int) bool { return slices.Contains(actions, n) }) {
			worst = max(worst, judge.Kinds[a.Kind].Verdict)
		}
	}
	return worst
}
