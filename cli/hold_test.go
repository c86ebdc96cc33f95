package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
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

// TestExceedsAtTheBound: what may go wrong in as many as was asked, passes; what does go
// wrong in as many may be above.
func TestExceedsAtTheBound(t *testing.T) {
	odds := report.Odds{Trials: 1000, Verdicts: [judge.Wrong + 1]int{judge.OK: 900, judge.Wrong: 100}}
	cell := report.Cell{Odds: &odds, Orders: &explore.Result{}, Scenario: &scenarios.Scenario{}, Matrix: &report.Matrix{}}
	_, high := report.Wilson(100, 1000)
	if says := exceeds(cell, high); says != "" {
		t.Errorf("of a share that is the upper end: %s", says)
	}
	if says := exceeds(cell, 0.1); !strings.Contains(says, "may be above 10 %") {
		t.Errorf("of a share that is that of the trials: %s", says)
	}
}

// TestFailAbove: a report that was asked to hold a share ends with exit code 1 if it does
// not, of whom the user has named, and so do shares of it that are put together.
func TestFailAbove(t *testing.T) {
	stderr := os.Stderr
	defer func() { os.Stderr = stderr }()
	os.Stderr = nil // each line of what does not hold
	folder := t.TempDir()
	part := func(i string) string { return filepath.Join(folder, i) }
	const fails, fine = "1 expectation does not hold", ""
	const nobody = "--fail-above looks at your own clients and at what --strategy names: say --client FILE or --strategy NAME"
	naive := []string{"report", "overlapping-updates", "--trials", "40", "--strategy", "naive", "--format", "csv"}
	shard := func(args []string, i, of string) []string {
		return append(args[:len(args):len(args)], "--shard", i+"/"+of, "--output", part(i+of))
	}
	for _, args := range [][]string{shard(naive[:6], "1", "2"), shard(naive[:6], "2", "2"), shard(naive[:4], "1", "1")} {
		if _, err := ran(t, args...); err != nil {
			t.Fatal(err)
		}
	}
	merge := []string{"report", "merge", part("12"), part("22"), "--format", "csv"}
	ours := append(naive[:4:4], "--client")
	conflate := []string{"report", "overlapping-updates", "--trials", "40", "--strategy", "conflate"}
	for _, c := range []struct {
		args  []string
		above string
		says  string
	}{
		{naive, "", fine}, {naive, "10%", fails}, {naive, "0.1", fails}, {naive, "60%", fine}, {naive, "0.6", fine}, {naive, "0", fails},
		{merge, "", fine}, {merge, "10%", fails}, {merge, "60%", fine}, {merge, "0%", fails},
		{conflate, "0", fine}, {conflate, "0.1%", fails},
		{append(ours[:5:5], "ours=fakeclient queues"), "0", fine}, {append(ours[:5:5], "ours=fakeclient sends"), "0", fails},
		{naive[:4], "10%", nobody}, {[]string{"report", "merge", part("11")}, "10%", nobody},
		{shard(naive[:6], "1", "2"), "10%", "a shard is not all of the trials: say --fail-above to photofinish report merge"},
		{shard(naive, "1", "2"), "", "a shard is written as a partial result: say --format to photofinish report merge"},
		{append(shard(naive[:6], "1", "2"), "--at-most", "1%"), "", "a shard compares no costs: say --at-most to photofinish report merge"},
	} {
		if c.above != "" {
			c.args = append(c.args[:len(c.args):len(c.args)], "--fail-above", c.above)
		}
		_, err := ran(t, c.args...)
		e, failed := errors.AsType[exit](err)
		if says := text(err); says != c.says || failed && e.code != 1 || failed != (says == fails) {
			t.Errorf("%v: %q, and not %q", c.args, says, c.says)
		}
	}
	whole, _ := ran(t, naive...)
	if together, _ := ran(t, merge...); !bytes.Equal(together, whole) {
		t.Errorf("two shares are put together as\n%s, and not as one run\n%s", together, whole)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestShare: what is read of a flag that takes a share of what may go wrong, and of one
// that takes a share of the work.
func TestShare(t *testing.T) {
	for word, want := range map[string]float64{"0": 0, "0%": 0, "1%": 0.01, " 1 % ": 0.01, "0.01": 0.01, "99%": 0.99, "1e-3": 0.001,
		"1": -1, "100%": -1, "-1%": -1, "-0.5": -1, "nan": -1, "inf": -1, "": -1, "%": -1, "1/2": -1} {
		var b bound
		err := below(&b).Set(word)
		if want < 0 && (err == nil || b.asked) || want >= 0 && (err != nil || b != bound{want, true}) {
			t.Errorf("%q: %+v, %v", word, b, err)
		}
	}
	for word, want := range map[string]shard{"1/1": {1, 1}, "1/8": {1, 8}, "8/8": {8, 8}, "100000/100000": {100_000, 100_000},
		"0/8": {}, "9/8": {}, "1/0": {}, "-1/8": {}, "1/100001": {}, "1": {}, "/": {}, "a/8": {}, "1/b": {}, "": {}} {
		var s shard
		if err := share(&s).Set(word); s != want || (err == nil) != (want.of > 0) {
			t.Errorf("%q: %+v, %v", word, s, err)
		}
	}
}
