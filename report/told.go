package report

import (
	"context"
	"fmt"

	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// Story is what shows the state of a cell that may lose something: what happens in one of
// its trials, in a sentence, and the command that replays that one. There is neither of
// a cell of which all that is known is that its state is open.
type Story struct {
	Says    string // plain text, clean
	Command string // "" if there is none
}

// Story returns the cell's first bad trial, or where there is none, the shortest bad
// order, or the run as its file pins it. When ctx ends, it does not look for orders.
func (c Cell) Story(ctx context.Context) Story {
	switch c.State() {
	case Wrong, Stuck:
		seed := c.FirstBad.Seed
		t := Replay(c.Scenario.Name, c.Scenario.Script.Unpinned(), c.Strategy, seed)
		return Story{c.Says() + c.sentence(t, fmt.Sprintf("; seed %d: ", seed)), c.Replay()}
	case Possible:
		if w := c.Witness(ctx); w.Verdict.Bad() {
			return Story{c.possibly(&w) + c.sentence(w.Trial, ": "), w.Command}
		}
	}
	return Story{Says: c.Says()}
}

// possibly says what a witness is that no trial is.
func (c Cell) possibly(w *Witness) string {
	none := "in none of " + tell.Grouped(c.Trials) + " trials, "
	if w.Schedule == nil {
		return none + "but as its file pins it"
	}
	says := none + "but in " + tell.OfOrders(c.Orders.Bad(), c.Orders.Classes, c.Orders.Complete)
	if n, all := len(w.Script.Actions), len(c.Scenario.Script.Actions); n < all {
		says += fmt.Sprintf(", the shortest of which needs %d of the %d clicks", n, all)
	}
	return says
}

// sentence says what a trial shows of what the most trials show, or else of what is
// gravest; after a text that goes before it.
func (c Cell) sentence(t *Trial, before string) string {
	most, known := c.Mostly()
	for _, a := range t.Anomalies {
		if known && a.Kind == most {
			return before + tell.Clean(a.Says(t.Script))
		}
	}
	for _, a := range t.Anomalies {
		if judge.Kinds[a.Kind].Verdict == t.Verdict {
			return before + tell.Clean(a.Says(t.Script))
		}
	}
	return ""
}
