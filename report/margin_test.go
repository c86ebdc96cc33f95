package report_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

var (
	hint  = regexp.MustCompile(`^(\d+) ms (less|more|earlier|later) on [a-z](\d+)('s way up|'s way back|), and it would end (\w+)$`)
	click = regexp.MustCompile(`^([a-z]\d+) (\d+ ms (?:earlier|later))`)
)

// parts returns what is to be changed by a hint, as it stands in hint; nil if nobody can
// read it.
func parts(text string) []string {
	return hint.FindStringSubmatch(click.ReplaceAllString(text, "$2 on $1"))
}

// Every hint of the catalogue is carried out, as somebody does who reads it, and
// brings what it promised: another verdict, by an amount that can be had.
func TestHintsComeTrue(t *testing.T) {
	hints := 0
	everyTrial(t, func(t *testing.T, s *scenarios.Scenario, trial *report.Trial) {
		text := trial.Margin()
		if text == "" {
			return
		}
		hints++
		m := parts(text)
		if m == nil {
			t.Fatalf("nobody can read %q", text)
		}
		ms, _ := strconv.Atoi(m[1])
		by := time.Duration(ms) * time.Millisecond
		if m[2] == "less" || m[2] == "earlier" {
			by = -by
		}
		n, _ := strconv.Atoi(m[3])
		script := *s.Script
		script.Actions = append([]sim.Action(nil), s.Script.Actions...)
		a, drawn := script.Action(n), s.Script.Drawn(trial.Seed).Action(n)
		changed := &a.At
		switch m[4] {
		case "'s way up":
			a.Up, changed = drawn.Up, &a.Up
		case "'s way back":
			a.Down, changed = drawn.Down, &a.Down
		}
		if *changed += by; *changed < 0 {
			t.Errorf("%q asks for more than there is", text)
		}
		var w sim.World
		var j judge.Judge
		got := j.Judge(&script, w.Run(&script, find(t, trial.Strategy)[0].For(&script), trial.Seed, sim.Options{})).Verdict
		if got.String() != m[5] || got == trial.Verdict {
			t.Errorf("%q, and it is %v now, and ends %v then", text, trial.Verdict, got)
		}
	})
	t.Logf("%d hints carried out", hints)
	if hints == 0 {
		t.Error("no hint to carry out")
	}
}

// What the server takes for a request is no latency of the link.
func TestHintWhereTheServerTakesTime(t *testing.T) {
	s := load(t, "margin-processing.yaml")
	for _, e := range find(t, "refuse", "exhaust", "if-match", "naive", "batch", "debounce") {
		trial := report.Replay(s.Name, s.Script, e, 1)
		m := parts(trial.Margin())
		if m != nil && (m[5] == trial.Verdict.String() || m[4] == "'s way up" && m[2] == "less" && len(m[1]) > 2) {
			t.Errorf("%s ends %v, and is told %q", e.Name, trial.Verdict, m[0])
		}
	}
}
