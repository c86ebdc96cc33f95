package cli

import (
	"testing"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// TestExceeds: what is unknown is never safe, no share allows that somebody waits for
// ever, and of what is bad nothing passes for a proof.
func TestExceeds(t *testing.T) {
	all := explore.Result{Classes: 2, Orders: 2, Complete: true, Verdicts: [judge.Wrong + 1]int64{judge.OK: 2}}
	some := explore.Result{Classes: 2, Orders: 2, Verdicts: [judge.Wrong + 1]int64{judge.OK: 2}}
	for _, c := range []struct {
		name   string
		counts [judge.Wrong + 1]int // ok, loud, unknown, stuck, wrong
		orders explore.Result
		most   float64
		says   string
	}{
		{"proved", [5]int{1000}, all, 0, ""},
		{"loud", [5]int{0, 1000}, all, 0, ""},
		{"not all orders", [5]int{1000}, some, 0, "0 % (0–0.38 %), but not all of its orders are known to end well"},
		{"one unknown", [5]int{999, 0, 1}, all, 0, "0.10 % (0.02–0.56 %) is above 0 %"},
		{"few are wrong", [5]int{998, 0, 0, 0, 2}, all, 0.01, ""},
		{"few are stuck", [5]int{998, 0, 0, 2}, all, 0.01, "0.20 % (0.05–0.73 %) wait for ever"},
		{"few are unknown", [5]int{998, 0, 2}, all, 0.01, ""},
		{"many are unknown", [5]int{900, 0, 100}, all, 0.01, "10.0 % (8.3–12.0 %) is above 1 %"},
		{"nobody knows", [5]int{998, 0, 0, 0, 2}, all, 0.005, "0.20 % (0.05–0.73 %) may be above 0.5 %: more --trials would tell"},
		{"proved, by few trials", [5]int{1000}, all, 0.001, "0 % (0–0.38 %) may be above 0.1 %: more --trials would tell, or --fail-above 0, as it is proved"},
		{"above 7 %", [5]int{900, 0, 0, 0, 100}, all, 0.07, "10.0 % (8.3–12.0 %) is above 7 %"},
	} {
		odds := report.Odds{Trials: 1000, Verdicts: c.counts}
		cell := report.Cell{Odds: &odds, Orders: &c.orders, Scenario: &scenarios.Scenario{}, Matrix: &report.Matrix{}}
		if says := exceeds(cell, c.most); says != c.says {
			t.Errorf("%s: it says %q, and not %q", c.name, says, c.says)
		}
	}
}
