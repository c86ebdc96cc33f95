package explore_test

import (
	"testing"
	"time"

	"photofinish/sim"
	"photofinish/sim/explore"
)

// twoThatPoll is a script of two clients that poll, of which the second is closed.
func twoThatPoll() *sim.Script {
	return &sim.Script{
		Fields: []string{"name"}, Values: []any{"read-only", "given"},
		Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1},
		Actions: []sim.Action{{Number: 1, Do: sim.Close, Client: 1, Up: sim.Unpinned, Down: sim.Unpinned}},
		Network: sim.Network{Poll: time.Second},
	}
}

// Which event it is that makes all quiet is not the same in all orders of a class: each
// class is told by one in which no client has polled once too often by then.
func TestSchedulesWithPolls(t *testing.T) {
	s, strategy := twoThatPoll(), named(t, "naive")
	all := explore.Schedules(s, strategy)
	if len(all) != 63 { // a dumb explorer counts as many
		t.Errorf("%d classes, want 63", len(all))
	}
	var w sim.World
	for _, schedule := range all {
		c := schedule.Chooser()
		w.Run(explore.Script(s), strategy, 0, sim.Options{Chooser: c})
		if err := c.Unused(); err != nil {
			t.Errorf("%v: %v", schedule, err)
		}
	}
}

// Whatever of it has happened already, a client polls twice at any moment: what may come
// next is what orders begin with.
func TestPollsAfterABeginning(t *testing.T) {
	s, strategy := twoThatPoll(), named(t, "naive")
	begin := []sim.Choice{}
	for range 2 {
		begin = append(begin, sim.Choice{What: sim.PollDue, N: len(begin)*sim.MaxClients + 1})
	}
	for c := range new(explore.Explorer).After(s, strategy, begin) {
		polls := 0
		for _, choice := range c.Choices {
			if choice.What == sim.PollDue && choice.N&1 == 1 {
				polls++
			}
		}
		if polls > 1 {
			t.Fatalf("client 1 has polled twice, and does so %d times more: %v", polls, c.Choices)
		}
	}
}
