package judge_test

import (
	"slices"
	"strings"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestKinds reaches every anomaly by a trial, and holds the actions it names,
// its sentence, and the events that prove it.
func TestKinds(t *testing.T) {
	reached := map[string]bool{}
	for _, c := range []struct {
		name, strategy, story string
		verdict               string
		want                  []string
	}{
		{"nothing is wrong", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 80ms, do: update, set: {name: B}, up: 30ms, down: 30ms}`,
			"ok", nil},
		{"an update before the id", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}`,
			"wrong", []string{"unsent-write u2: u2 never left, and nobody was told [drop u2]"}},
		{"a fetch before the id", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: fetch}`,
			"wrong", []string{"unsent-read f2: f2 was never asked, and nobody was told [drop f2]"}},
		{"an update is lost on the way", "naive", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: A}, lose: up}]`,
			"wrong", []string{"lost-write u1: u1 was lost on the way, and nobody was told [send u1]"}},
		{"the answer to a fetch is lost", "naive", `
given: {name: G}
steps: [{at: 0, do: fetch, up: 30ms, lose: down}]`,
			"wrong", []string{"lost-read f1: no answer to f1, and nobody was told [send f1]"}},
		{"two updates cross", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 20ms, do: update, set: {name: B}, up: 30ms, down: 30ms}`,
			"wrong", []string{"monotonic-writes u1 u2: newer edit u2 was overwritten by older u1 [arrive u2, arrive u1]"}},
		{"what is added is sent again", "retry", `
given: {count: 0}
network: {timeout: 1s}
steps: [{at: 0, do: update, add: {count: 1}, up: 30ms, lose: down}]`,
			"wrong", []string{"applied-twice u1: u1 counts twice [arrive u1, arrive u1]"}},
		{"a queue is sent at once", "action-queue", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}, up: 90ms, down: 30ms}
- {at: 20ms, do: update, set: {name: C}, up: 30ms, down: 30ms}`,
			"wrong", []string{"monotonic-writes u2 u3: newer edit u3 was overwritten by older u2 [arrive u3, arrive u2]"}},
		{"two clients write unseen", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 30ms}
- {at: 100ms, do: update, client: 2, set: {name: B}, up: 30ms, down: 30ms}`,
			"wrong", []string{"lost-update u1 u2: u2 of another client replaced u1, which it had not seen [arrive u1, arrive u2]"}},
		{"a waiting delete takes the next person", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 60ms, down: 55ms}
- {at: 10ms, do: delete, up: 20ms, down: 20ms}
- {at: 20ms, do: create, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong", []string{"orphan-record d2: a record lives on after its delete d2 [act d2, arrive d2]", "monotonic-writes d2 c3: older delete d2 took what newer c3 had made [arrive c3, arrive d2]"}},
		{"an update slips in before the lock", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 90ms, down: 30ms}
- {at: 20ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"wrong", []string{"monotonic-writes p1 u2: u2 slipped in before the older lock p1 [arrive u2, arrive p1]"}},
		{"a fetch shows less than the one before", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 60ms, down: 30ms}
- {at: 10ms, do: fetch, up: 40ms, down: 90ms}
- {at: 20ms, do: fetch, up: 50ms, down: 30ms}`,
			"wrong", []string{"monotonic-reads f2 f3: f2 shows less than f3 had shown [reply f3, reply f2]"}},
		{"a confirmed update is not shown", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 150ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}, up: 30ms, down: 30ms}
- {at: 100ms, do: fetch, up: 80ms, down: 30ms}
- {at: 300ms, do: update, set: {name: C}, up: 30ms, down: 30ms}`,
			"wrong", []string{"stale-read u2 f3: f3 does not show u2, which was confirmed before [reply u2, arrive f3, reply f3]"}},
		{"a fetch overtakes an update", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: fetch, up: 30ms, down: 30ms}`,
			"wrong", []string{"read-your-writes u1 f2: f2 does not show u1, pressed before it [arrive f2, reply f2]"}},
		{"the late answer to a fetch wipes out an edit", "action-queue+hold", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 60ms, down: 60ms}
- {at: 30ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"wrong", []string{"clobbered-edit f1 u2: the late answer to f1 replaced newer edit u2 [act u2, reply f1]"}},
		{"a double click", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: create, set: {name: A}, up: 30ms, down: 30ms}`,
			"wrong", []string{"duplicate-record c1 c2: two records of one person, made by c1 and c2 [arrive c1, arrive c2]"}},
		{"a delete before the id", "merged-updates", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: delete}`,
			"wrong", []string{"orphan-record c1 d2: a record lives on after its delete d2 [arrive c1, act d2, drop d2]"}},
		{"the answer to a create is lost", "naive", `
steps: [{at: 0, do: create, set: {name: A}, up: 30ms, lose: down}]`,
			"wrong", []string{"orphan-record c1: the record of c1 lives on, its id never learned [arrive c1]"}},
		{"a lock overtakes an update", "callbacks", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 20ms, do: set-permissions, to: read-only, up: 30ms, down: 30ms}`,
			"wrong", []string{"failed-by-order u1 p2: u1 failed because p2 came first, and nobody was told [arrive p2, arrive u1]"}},
		{"an update overtakes the unlock", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 30ms, down: 30ms}
- {at: 100ms, do: set-permissions, to: open, up: 90ms, down: 30ms}
- {at: 120ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"wrong", []string{"failed-by-order u3: u3 failed because it came too early, and nobody was told [arrive u3]"}},
		{"the server refuses, and nobody is told", "naive", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: A}, up: 30ms, down: 30ms, status: 500}]`,
			"wrong", []string{"silent-failure u1: u1 failed, and nobody was told [arrive u1]"}},
		{"an own lock refuses, and nobody is told", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 30ms, down: 30ms}
- {at: 100ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"wrong", []string{"silent-failure u2: u2 failed, and nobody was told [arrive u2]"}},
		{"a fetch reads one record of two, and the client takes the other", "naive", `
given: {name: G}
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 150ms}
- {at: 10ms, do: fetch, up: 60ms, down: 30ms}`,
			"wrong", []string{"duplicate-record c1: a second record of one person, made by c1 [arrive c1]"}},
		{"two records of a person whose delete failed", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 20ms, down: 100ms}
- {at: 10ms, do: create, set: {name: B}, up: 100ms, down: 100ms}
- {at: 1s, do: delete, status: 500, up: 20ms, down: 20ms}`,
			"wrong", []string{"silent-failure d3: d3 failed, and nobody was told [arrive d3]", "duplicate-record c1 c2: two records of one person, made by c1 and c2 [arrive c1, arrive c2]"}},
		{"the server saves another value, and does not say so", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, saved: {name: a}, up: 30ms, down: 30ms}`,
			"wrong", []string{"diverged u1: screen and server do not agree, and nothing says why [reply u1]"}},
		{"a lock that was lifted too early", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 10ms, down: 10ms}
- {at: 20ms, do: update, set: {name: A}, up: 80ms, down: 10ms}
- {at: 30ms, do: set-permissions, to: none, up: 10ms, down: 10ms}`,
			"wrong", []string{"monotonic-writes p1 u2: u2 landed though the older lock p1 was to stop it [arrive u2, arrive p1]"}},
		{"an answer is lost, and the lock is never let go", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, lose: down}
- {at: 10ms, do: update, set: {email: e}}`,
			"stuck", []string{"queue-stall u2: still waiting when all is quiet: u2 [hold u2]"}},
		{"the client says no", "never", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}`,
			"loud", []string{"refused u2: refused, and you were told: u2 [refuse u2]"}},
		{"the server refuses, and the user is told", "polling", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: A}, up: 30ms, down: 30ms, status: 500}]`,
			"loud", []string{"failed u1: u1 failed, and you were told [arrive u1, tell u1]"}},
		{"no answer in time, and the user is told", "polling", `
given: {name: G}
network: {timeout: 100ms}
steps: [{at: 0, do: update, set: {name: A}, lose: up}]`,
			"loud", []string{"indeterminate u1: no answer to u1: it may have happened, you were told [tell u1]"}},
		{"a row is written back as it was read", "naive", writtenBack,
			"wrong", []string{"lost-update u2 u1: u1, which had read before it, wrote over u2 [begin u1, arrive u2, arrive u1]"}},
		{"a row is written back over a copy", "naive", writtenBackTwice,
			"wrong", []string{"lost-update u1 u3: u3, which had read a row without it, wrote over u1 [begin u3, arrive u1, arrive u3]"}},
		{"the waiting ones go on after a failure", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 60ms, down: 45ms, status: 500}
- {at: 20ms, do: update, set: {email: e}, up: 30ms, down: 30ms}`,
			"loud", []string{"failed u1: u1 failed, and you were told [arrive u1, tell u1]", "continued-past-failure u1 u2: u2 went on after u1 had failed [tell u1, arrive u2]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict, got := try(t, c.story, c.strategy, true)
			if verdict != c.verdict || !slices.Equal(got, c.want) {
				t.Errorf("got %s:\n\t%s\nwant %s:\n\t%s", verdict, strings.Join(got, "\n\t"), c.verdict, strings.Join(c.want, "\n\t"))
			}
			for _, a := range got {
				kind, _, _ := strings.Cut(a, " ")
				reached[kind] = true
			}
		})
	}
	for k, kind := range judge.Kinds {
		if !reached[kind.Name] {
			says := judge.Anomaly{Kind: judge.Kind(k), Actions: []int{1, 2}}.Says(story(t, "steps: [{at: 0, do: create}, {at: 1ms, do: update, set: {name: A}}]"))
			t.Errorf("no trial shows %s. Add one, as\n\t\t{\"in words\", \"naive\", `\nsteps:\n- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}`,\n\t\t\t%q, []string{\"%s c1 u2: %s [arrive c1, arrive u2]\"}},",
				kind.Name, kind.Verdict, kind.Name, says)
		}
	}
}

// Where several anomalies of one action each are put together, what is said of
// them is still so.
func TestSaysOfSeveral(t *testing.T) {
	s := story(t, `
steps:
- {at: 0, do: create, set: {name: A}}
- {at: 10ms, do: create, person: 2, set: {name: B}}
- {at: 20ms, do: delete, person: 2}`)
	for want, a := range map[string]judge.Anomaly{
		"the record of c2 lives on, its id never learned":     {Kind: judge.OrphanRecord, Actions: []int{1, 2}},
		"a record lives on after its delete d3":               {Kind: judge.OrphanRecord, Actions: []int{1, 3}},
		"c1 was lost on the way, and nobody was told":         {Kind: judge.LostWrite, Actions: []int{1}},
		"c1 and c2 were lost on the way, and nobody was told": {Kind: judge.LostWrite, Actions: []int{1, 2}},
		"c1 and c2 were said to have failed, and happened":    {Kind: judge.Indeterminate, Actions: []int{1, 2}, Server: true},
	} {
		if got := a.Says(s); got != want {
			t.Errorf("%v: %q, want %q", a, got, want)
		}
	}
}

// A bound that was reached is never shown as safe, nor as anything else.
func TestUnknown(t *testing.T) {
	s := story(t, "given: {name: G}\nsteps: [{at: 0, do: update, set: {name: A}, lose: up}]")
	var w sim.World
	var j judge.Judge
	end := w.Run(s, find(t, "naive", s), 1, sim.Options{})
	end.Bounded = true
	if v := j.Judge(s, end); v.Verdict != judge.Unknown || len(v.Anomalies) > 0 {
		t.Errorf("got %v %v, want unknown and no anomaly", v.Verdict, v.Anomalies)
	}
}
