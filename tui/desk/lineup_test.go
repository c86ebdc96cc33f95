package desk

import (
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// A lane can be of a client that the catalogue lacks; one that cannot be is told
// of, and nothing else changes.
func TestLanesAreOfTheLineup(t *testing.T) {
	testkit.Alone(t)
	d := open(t)
	ours := strategies.Catalogue[0]
	ours.Name = "ours"
	d.Lineup = append(slices.Clip(strategies.Catalogue), ours)
	d.Edit(d.Session.WithLanes([]string{"ours+hold", "naive"}))
	if len(d.Lanes) != 2 || d.Lanes[0].Name != "ours+hold" || d.Message != "" {
		t.Fatalf("%d lanes, %q", len(d.Lanes), d.Message)
	}
	work(d, 0, len(d.Results.tasks))
	if o, known := d.Odds("ours+hold"); !known || o.Trials != d.Trials {
		t.Errorf("%d trials of ours+hold", o.Trials)
	}
	d.Edit(d.Session.WithLanes([]string{"naive", "naive+theirs"}))
	if !strings.Contains(d.Message, `unknown strategy "naive+theirs"`) || len(d.Lanes) != 2 || d.Session.Strategies[0] != "ours+hold" {
		t.Errorf("%d lanes of %v, %q", len(d.Lanes), d.Session.Strategies, d.Message)
	}
	d.RunLanes()
	if d.Lanes[1].Name != "naive" {
		t.Errorf("the second lane is %s", d.Lanes[1].Name)
	}
	if _, err := New(session.New(d.Session.Scenario, []string{"ours+hold"}, 1), strategies.Catalogue, false); err == nil {
		t.Error("a desk with a lane of nobody")
	}
}
