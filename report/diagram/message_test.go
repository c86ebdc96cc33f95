package diagram_test

import (
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestNotes: what two clients write over each other is noted where it lands,
// and so is what comes too late by its stamp.
func TestNotes(t *testing.T) {
	for _, c := range []struct{ scenario, strategy, want string }{
		{"two-tabs", "naive", "✗ overwrites u1"},
		{"clock-ahead", "last-write-wins", "✗ u1 stays"},
		{"clock-ahead", "naive", ""},
	} {
		s, err := scenarios.Find(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		e := testkit.Strategy(t, c.strategy)
		lane := diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
		got := ""
		for i := range lane.Messages {
			long, _, _ := lane.Note(&lane.Messages[i])
			got += long
		}
		if got != c.want {
			t.Errorf("%s under %s notes %q, want %q", c.scenario, c.strategy, got, c.want)
		}
	}
}

// TestTimers: a timer that lets a patch go has found something to do, though
// the patch is named for another action.
func TestTimers(t *testing.T) {
	s, err := scenarios.Find("typing-burst")
	if err != nil {
		t.Fatal(err)
	}
	for strategy, vain := range map[string]bool{"debounce": false, "batch": false, "polling": true} {
		e := testkit.Strategy(t, strategy)
		lane := diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
		goes, wakes := 0, 0
		for _, m := range lane.Marks {
			if m.Wake {
				wakes++
			}
			if m.Word == "goes" {
				goes++
			}
		}
		if goes == 0 || wakes > 0 != vain {
			t.Errorf("%s: of its timers %d let something go, and %d do nothing", strategy, goes, wakes)
		}
	}
}

// TestLostNews: news that is lost is drawn from where the server sent it.
func TestLostNews(t *testing.T) {
	s, err := scenarios.Parse("", []byte("name: lost-news\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 30ms}, push: true}\ngiven: {name: Ada}\n"+
		"offline: [{client: 2, from: 100ms, to: 200ms}, {client: 2, from: 320ms, to: 400ms}]\n"+
		"steps: [{at: 90ms, do: update, set: {name: Bo}}, {at: 260ms, do: update, set: {name: Cy}}, {at: 500ms, do: fetch, client: 2}]"))
	if err != nil {
		t.Fatal(err)
	}
	lane := diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, "naive"), s.Script, 1, 0)
	var left []string
	for _, m := range lane.Messages {
		if m.News && m.Lost {
			left = append(left, m.From.String())
		}
	}
	if got := strings.Join(left, " "); got != "140ms 310ms" {
		t.Errorf("lost news left at %s, want 140ms 310ms", got)
	}
}

// What is sent on leaving is marked as such, where it is sent.
func TestBeaconIsMarked(t *testing.T) {
	l := laneOf(t, "closed-in-the-pause", "debounce-beacon")
	var says []string
	for i := range l.Marks {
		if m := &l.Marks[i]; m.At == l.Script.Actions[1].At {
			says = append(says, m.Says())
		}
	}
	if !slices.Equal(says, []string{"u1 beacon"}) {
		t.Errorf("marked is %q", says)
	}
}

// laneOf runs a scenario of the catalogue.
func laneOf(t *testing.T, scenario, strategy string) *diagram.Lane {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, strategy), s.Script, s.ReplaySeed(), 0)
}
