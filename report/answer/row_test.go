package answer

import (
	"testing"

	"photofinish/report"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// row returns a row of 1,000 trials and ten classes, of which some have a verdict.
func row(trials, orders map[judge.Verdict]int) Row {
	r := Row{Odds: report.Odds{Trials: 1000}, Orders: explore.Result{Classes: 10, Complete: true}}
	r.Odds.Verdicts[judge.OK], r.Orders.Verdicts[judge.OK] = 1000, 10
	for v, n := range trials {
		r.Odds.Verdicts[v] += n
		r.Odds.Verdicts[judge.OK] -= n
	}
	for v, n := range orders {
		r.Orders.Verdicts[v] += int64(n)
		r.Orders.Verdicts[judge.OK] -= int64(n)
	}
	return r
}

type verdicts = map[judge.Verdict]int

func TestState(t *testing.T) {
	bounded := func(r Row) Row { r.Orders.Complete = false; return r }
	replayed := func(v judge.Verdict, r Row) Row { r.Replayed = v; return r }
	seen := func(v judge.Verdict, r Row) Row { r.Seen = v; return r }
	for name, c := range map[string]struct {
		row  Row
		want report.State
	}{
		"all ok":               {row(nil, nil), report.Proved},
		"a loud trial":         {row(verdicts{judge.Loud: 1}, nil), report.Loud},
		"a loud order":         {row(nil, verdicts{judge.Loud: 1}), report.Proved},
		"told as pinned":       {replayed(judge.Loud, row(nil, nil)), report.Proved},
		"a wrong trial":        {row(verdicts{judge.Wrong: 1, judge.Stuck: 5}, nil), report.Wrong},
		"wrong, and bounded":   {bounded(row(verdicts{judge.Wrong: 1}, nil)), report.Wrong},
		"a stuck trial":        {row(verdicts{judge.Stuck: 1, judge.Loud: 5}, verdicts{judge.Wrong: 1}), report.Stuck},
		"a wrong order":        {row(nil, verdicts{judge.Wrong: 1}), report.Possible},
		"a stuck order":        {row(verdicts{judge.Loud: 3}, verdicts{judge.Stuck: 1}), report.Possible},
		"wrong, and more":      {bounded(row(nil, verdicts{judge.Wrong: 1})), report.Possible},
		"wrong as pinned":      {replayed(judge.Wrong, row(nil, nil)), report.Possible},
		"stuck as pinned":      {replayed(judge.Stuck, bounded(row(nil, nil))), report.Possible},
		"an unknown trial":     {row(verdicts{judge.Unknown: 1}, nil), report.Open},
		"an unknown order":     {row(nil, verdicts{judge.Unknown: 1}), report.Open},
		"unknown as pinned":    {replayed(judge.Unknown, row(nil, nil)), report.Open},
		"bounded":              {bounded(row(nil, nil)), report.Open},
		"wrong on the screen":  {seen(judge.Wrong, row(nil, nil)), report.Wrong},
		"stuck on the screen":  {seen(judge.Stuck, row(nil, verdicts{judge.Wrong: 1})), report.Stuck},
		"told on the screen":   {seen(judge.Loud, row(nil, nil)), report.Loud},
		"no end on the screen": {seen(judge.Unknown, row(nil, nil)), report.Open},
		"no trial":             {Row{Orders: row(nil, nil).Orders}, report.Open},
		"no order":             {Row{Odds: row(nil, nil).Odds}, report.Open},
		"nothing":              {Row{}, report.Open},
		"loud, and not proved": {bounded(row(verdicts{judge.Loud: 1}, nil)), report.Open},
	} {
		if got := c.row.State(); got != c.want {
			t.Errorf("%s is %s, want %s", name, got, c.want)
		}
	}
}
