package strategies_test

import (
	"strings"
	"testing"

	"photofinish/sim"
	"photofinish/strategies"
)

// TestRules holds beside each rule, as it stands in lists and in the empty
// lanes, what a reader who has nothing else could take it to say: what becomes
// of each press before the first answer is there, of somebody new, of somebody
// given, and where somebody given is created once more. Who changes one of them
// has to read both.
func TestRules(t *testing.T) {
	scripts := []*sim.Script{
		press("create update update delete fetch"),
		press("update update delete fetch"),
		given(press("create update delete")),
	}
	does := func(e strategies.Entry) (row [3]string) {
		for i, s := range scripts {
			row[i] = onPress(e, s)
		}
		return row
	}
	stated := map[string]bool{}
	for _, row := range []struct {
		strategy, rule string
		want           [3]string
	}{
		{"naive", "posts at once; drops what lacks its id",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"callbacks", "greys the buttons from a create to its success",
			[...]string{"send block block block block", "send send send drop", "send block block"}},
		{"action-queue", "during a create, queues what needs its id",
			[...]string{"send hold hold hold hold", "send send send drop", "send send hold"}},
		{"merged-updates", "merges the updates that wait for a create's id",
			[...]string{"send hold merge drop drop", "send send send drop", "send send send"}},
		{"hold-outgoing", "waits for each answer; drops what lacks its id",
			[...]string{"send drop drop drop drop", "send hold hold drop", "send hold hold"}},
		{"polling", "each action asks every 50 ms until it may go",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"update-queue", "queues only updates that need a create's id",
			[...]string{"send hold hold drop drop", "send send send drop", "send send send"}},
		{"merging-queue", "the action queue, with updates in a row merged",
			[...]string{"send hold merge hold hold", "send send send drop", "send send hold"}},
		{"disabled-buttons", "refuses a second create, and the rest before the id",
			[...]string{"send refuse refuse refuse refuse", "send send send drop", "refuse send send"}},
		{"queue-ball", "starts an action when the one before has ended",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"implicit-callbacks", "waits for each answer; an error rejects what waits",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"sequenced", "numbers its messages; the server keeps the order",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"promise-chain", "chains the saves; after an error, no more is sent",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"save-queue", "one action at a time; an error rejects what waits",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"refuse", "refuses to save while it waits for another save",
			[...]string{"send refuse refuse refuse drop", "send refuse refuse send", "send refuse refuse"}},
		{"allow-concurrent", "each update sends the unconfirmed ones again",
			[...]string{"send send send drop drop", "send send send drop", "send send send"}},
		{"block-ui", "blocks the screen while it waits for an answer",
			[...]string{"send block block block block", "send block block block", "send block block"}},
		{"switch", "cancels the action before: its answer is ignored",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"exhaust", "ignores what is done while it waits for an answer",
			[...]string{"send drop drop drop drop", "send drop drop drop", "send drop drop"}},
		{"mutation-scope", "runs the actions on a person one after the other",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"conflate", "one at a time; updates that wait in a row are merged",
			[...]string{"send hold merge hold hold", "send hold hold hold", "send hold hold"}},
		{"debounce", "gathers updates until none came for 300 ms",
			[...]string{"send hold merge drop drop", "hold merge send drop", "send hold send"}},
		{"batch", "gathers the updates of 100 ms into one",
			[...]string{"send hold merge drop drop", "hold merge send drop", "send hold send"}},
		{"ignore-stale", "takes only answers to creates and the newest action",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"hold-per-person", "waits for each answer about the same person",
			[...]string{"send drop drop drop drop", "send hold hold drop", "send hold hold"}},
		{"client-id", "makes new ids itself, so that nothing waits for one",
			[...]string{"send send send send drop", "send send send drop", "send send send"}},
		{"client-id-upsert", "makes new ids itself; any write can make the record",
			[...]string{"send send send send drop", "send send send drop", "send send send"}},
		{"last-write-wins", "stamps its edits; the latest stamp stands",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"if-match", "names the version it last heard of; 412 is told",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"if-match-rebase", "names the version it last heard of; retries on 412",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"optimistic-lock", "names the version it has seen; 412 is told",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"retry", "posts again after a timeout or a 5xx, twice at most",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"idempotency-key", "posts again under one key: one at most is done",
			[...]string{"send drop drop drop drop", "send send send drop", "send send send"}},
		{"outbox", "a durable queue, with retries; what fails is told",
			[...]string{"send hold hold hold hold", "send hold hold hold", "send hold hold"}},
		{"hold-as-published", "holds messages, and never sends what it holds",
			[...]string{"send drop drop drop drop", "send hold hold drop", "send hold hold"}},
		{"delete-as-published", "the action queue; outside it, a delete never leaves",
			[...]string{"send hold hold hold hold", "send send drop drop", "send send hold"}},
		{"queue-as-published", "the action queue, whose queue throws",
			[...]string{"send drop drop drop drop", "send send send drop", "send send drop"}},
		{"action-queue+hold", "during a create, queues what needs its id; waits for each answer",
			[...]string{"send hold hold hold hold", "send hold hold drop", "send hold hold"}},
	} {
		stated[row.strategy] = true
		e, err := strategies.Find(row.strategy)
		if err != nil {
			t.Fatal(err)
		}
		if e.Rule != row.rule {
			t.Errorf("the rule of %s is %q: is it what it does?", e.Name, e.Rule)
		}
		if got := does(e); got != row.want {
			t.Errorf("%s, which %q, does\n\t%s\nwant\n\t%s", e.Name, e.Rule, quoted(got[:]), quoted(row.want[:]))
		}
	}
	for _, e := range strategies.Catalogue {
		if !stated[e.Name] {
			got := does(e)
			t.Errorf("the table has no row for %s. If its rule says what it does, add\n\t\t{%q, %q,\n\t\t\t[...]string{%s}},",
				e.Name, e.Name, e.Rule, quoted(got[:]))
		}
	}
}

// onPress says what becomes of each action when it is pressed, all of them
// before the first answer comes.
func onPress(e strategies.Entry, s *sim.Script) string {
	var w sim.World
	w.Run(s, e.For(s), 1, sim.Options{Trace: true})
	words := make([]string, len(s.Actions))
	for _, event := range w.Trace().Events {
		switch event.Kind {
		case sim.EventArrive:
			return strings.Join(words, " ")
		case sim.EventSend:
			for _, n := range event.Request.Actions {
				words[n-1] = event.Kind.String()
			}
		case sim.EventHold, sim.EventMerge, sim.EventBlock, sim.EventDrop, sim.EventRefuse:
			words[event.Action-1] = event.Kind.String()
		}
	}
	return strings.Join(words, " ")
}

// given makes the person of a script exist from the start.
func given(s *sim.Script) *sim.Script {
	s.Given, s.GivenSets, s.GivenValues[0] = true, 1, 1
	return s
}
