package strategies_test

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// TestShows writes down beside each rule, as it stands in lists and in the empty
// lanes, what a reader who has nothing else could take it to say, and what the
// strategy can show. Who changes one of them has to read both.
//
// First, what becomes of each press before the first answer is there: of somebody
// new, of somebody given, and where somebody given is created once more. Then, over
// all orders, the bad classes of all classes, and the anomalies in all of them, loud
// ones too. What is not listed it cannot show: 0 of n is a proof. At last the same
// where two clients edit one record (the same field, each its own field, after the
// second client has looked), and where one of two persons is still unknown.
func TestShows(t *testing.T) {
	var text strings.Builder
	for _, name := range append(strategies.Names(), "action-queue+hold", "action-queue+hold-per-person",
		"action-queue+sequenced", "action-queue+last-write-wins", "queue-ball+idempotency-key") {
		e := testkit.Strategy(t, name)
		fmt.Fprintf(&text, "%s: %s\n", e.Name, e.Rule)
		row := func(actions, shows string) { fmt.Fprintf(&text, "  %-35s %s\n", actions, shows) }
		for _, actions := range []string{"create update update delete fetch", "update update delete fetch"} {
			row(actions, onPress(e, press(actions)))
		}
		row("create update delete of a given", onPress(e, given(press("create update delete"))))
		for _, actions := range []string{"create update", "create delete", "update update", "create update update"} {
			row(actions, shown(e, press(actions)))
		}
		for _, actions := range []string{"u1 u2@2", "u1 e2@2", "u1 f2@2 u3@2", "c1 c2.2 p3.2"} {
			row(actions, shown(e, scattered(actions)))
		}
	}
	testkit.Golden(t, "shows.txt", text.String())
}

func shown(e strategies.Entry, s *sim.Script) string {
	all := exploreSome(s, e.For(s), mostRuns)
	return all.String()
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
