package focus

import (
	"slices"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestFocusWords: what the focus says of an event is so, also where it would be
// said of another one in the same words.
func TestFocusWords(t *testing.T) {
	const slow = "network: {uplink: {constant: 600ms}, downlink: {constant: 600ms}}\n"
	for _, c := range []struct{ name, strategy, script, label, want string }{
		{"a record that is not there yet is not gone", "client-id", slow + `steps:
  - {at: 0s, do: create, set: {a: 1}}
  - {at: 100ms, do: update, set: {a: 2}, up: 100ms, down: 100ms}`, "u2", "arrives, 404 no record"},
		{"a record that the server denies is there", "naive", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, set: {a: 1}, status: 404}`, "u1", "arrives, 404"},
		{"what is forbidden is not locked", "naive", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, set: {a: 1}, status: 403}`, "u1", "arrives, 403"},
		{"what is locked is", "naive", slow + `given: {a: 0}
steps:
  - {at: 0s, do: set-permissions, to: read-only, up: 10ms}
  - {at: 100ms, do: update, set: {a: 1}}`, "u2", "arrives, 403 locked"},
		{"a create lacks no id", "naive", slow + `steps:
  - {at: 0s, do: create, set: {a: 1}, status: 404}`, "c1", "arrives, 404"},
		{"nobody waits for another client", "polling", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, client: 2, set: {a: 1}}
  - {at: 100ms, do: update, set: {a: 2}}
  - {at: 200ms, do: update, set: {a: 3}}`, "u3", "busy: after u2"},
		{"who is queued waits for the create", "action-queue", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, set: {a: 1}}
  - {at: 100ms, do: create, set: {a: 2}}
  - {at: 200ms, do: delete}`, "d3", "queued: after c2"},
		{"no create is under way any more", "action-queue", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, set: {a: 1}}
  - {at: 100ms, do: create, set: {a: 2}, up: 10ms, down: 10ms, status: 500}
  - {at: 200ms, do: delete}`, "d3", "queued"},
		{"one post for all persons is held for another one", "hold-outgoing", slow + `steps:
  - {at: 0s, do: create, set: {a: 1}}
  - {at: 100ms, do: create, person: 2, set: {a: 2}}`, "c2", "held: after c1"},
		{"a pause that is over asks nobody", "debounce", slow + `given: {a: 0}
steps:
  - {at: 0s, do: update, set: {a: 1}}
  - {at: 100ms, do: update, set: {a: 2}}`, "u2", "its time has come"},
	} {
		l := teller{laneOf(t, c.strategy, c.script)}
		var words []string
		for i := range l.Events {
			if told := l.words().Event(i); told.Label == c.label {
				words = append(words, told.Long)
			}
		}
		if !slices.Contains(words, c.want) {
			t.Errorf("%s: of %s it says %q, want %q among it", c.name, c.label, slices.Compact(words), c.want)
		}
	}
}

// Who waits for the clock waits for nobody's answer.
func TestWaitsForNobody(t *testing.T) {
	l := teller{laneOf(t, "debounce", `given: {a: 0}
network: {uplink: {constant: 1s}, downlink: {constant: 1s}}
steps:
  - {at: 0s, do: update, set: {a: 1}}
  - {at: 400ms, do: update, set: {a: 2}}`)}
	if got := l.words().Waits(2, l.After(l.Script.Action(2).At)-1); got != "u2 waits" {
		t.Errorf("it says %q while u1 is under way, want that u2 waits", got)
	}
}

// What the focus says of the field in view is so where clients are closed, requests write
// back what they have read, and news comes.
func TestFieldOfTheWorld(t *testing.T) {
	for _, c := range []struct {
		scenario, strategy string
		field              string
		kind               sim.EventKind // the last event of its kind is told
		want               string
	}{
		{"closed-in-the-pause", "debounce", "due", sim.EventDrop,
			"The client is closed. The server has due as it was from the start."},
		{"closed-in-the-pause", "naive", "due", sim.EventAct,
			"The client is closed. The server has the due that u1 wrote at 60 ms."},
		{"flow-left", "naive", "nodes", sim.EventSend,
			"The client is open again and shows nothing yet. The server has the nodes that u1 wrote at 60 ms."},
		{"status-restores-data", "naive", "data", sim.EventArrive,
			"u2 put data back as it was from the start, at 350 ms, over u1's of 250 ms. For 100 ms the server had it right."},
		{"property-pushed-over", "naive", "name", sim.EventPush,
			"The news of u1 put Pump back at 140 ms, over your newer u2."},
	} {
		sc, err := scenarios.Find(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		field := slices.Index(sc.Script.Fields, c.field)
		l := teller{diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, c.strategy), sc.Script, sc.ReplaySeed(), field)}
		l.LookAt(0)
		at := -1
		for i := range l.Events {
			if l.Events[i].Kind == c.kind && (c.kind != sim.EventPush || at < 0) {
				at = i
			}
		}
		if got := l.field(at); got != c.want {
			t.Errorf("%s, %s: it says %q, want %q", c.scenario, c.strategy, got, c.want)
		}
	}
}

func laneOf(t *testing.T, strategy, script string) *diagram.Lane {
	t.Helper()
	s, err := scenarios.Parse("words.yaml", []byte("name: words\n"+script+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := testkit.Strategy(t, strategy)
	return diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
}
