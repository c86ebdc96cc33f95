package sim_test

import (
	"slices"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestTrials tells small trials event by event.
func TestTrials(t *testing.T) {
	for _, c := range []struct {
		name     string
		strategy string
		story    string
		want     string
	}{
		{"pinned latencies are honoured", "naive", `
steps:
- {at: 5ms, do: create, set: {name: Ada}, up: 30ms, down: 40ms}
- {at: 90ms, do: fetch, up: 0, down: 250us}`,
			"5ms act c1, send c1; 35ms arrive c1 200 #1; 75ms reply c1 200 #1; " +
				"90ms act f2, send f2, arrive f2 200 #1; 90.25ms reply f2 200 #1"},
		{"latencies that are not pinned come from the network", "naive", `
network: {uplink: {constant: 7ms}, downlink: {constant: 8ms}}
steps:
- {at: 0, do: create, set: {name: Ada}}
- {at: 20ms, do: delete, up: 1ms}`,
			"0s act c1, send c1; 7ms arrive c1 200 #1; 15ms reply c1 200 #1; " +
				"20ms act d2, send d2; 21ms arrive d2 200 #1; 29ms reply d2 200 #1"},
		{"reads, and their answers, take their own time", "naive", `
given: {name: Ada}
network: {uplink: {constant: 7ms}, downlink: {constant: 8ms}, reads: {uplink: {samples: [2ms]}, downlink: {constant: 1ms}}}
steps:
- {at: 0, do: update, set: {name: Eve}}
- {at: 20ms, do: fetch}
- {at: 40ms, do: fetch, down: 5ms}`,
			"0s act u1, send u1; 7ms arrive u1 200 #1; 15ms reply u1 200 #1; " +
				"20ms act f2, send f2; 22ms arrive f2 200 #1; 23ms reply f2 200 #1; " +
				"40ms act f3, send f3; 42ms arrive f3 200 #1; 47ms reply f3 200 #1"},
		{"the server takes its time before it handles a request", "naive", `
given: {name: Ada}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, processing: {constant: 5ms}}
steps: [{at: 0, do: update, set: {name: Eve}}]`,
			"0s act u1, send u1; 15ms arrive u1 200 #1; 25ms reply u1 200 #1"},
		{"on one socket requests overtake each other at the workers", "naive", `
given: {name: Ada}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, fifo: true, workers: 2}
steps:
- {at: 0, do: update, set: {name: Eve}, processing: 50ms}
- {at: 1ms, do: update, set: {name: Eva}, processing: 20ms}
- {at: 2ms, do: update, set: {name: Evi}, processing: 5ms}`,
			"0s act u1, send u1; 1ms act u2, send u2; 2ms act u3, send u3; " +
				"31ms arrive u2 200 #1; 36ms arrive u3 200 #1; 41ms reply u2 200 #1; 46ms reply u3 200 #1; " +
				"60ms arrive u1 200 #1; 70ms reply u1 200 #1"},
		{"the server saves what it makes of an edit, and the answer need not say so", "naive", `
given: {name: Ada}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: eve}, saved: {name: Eve, slug: eve}}
- {at: 50ms, do: fetch}`,
			"0s act u1, send u1; 10ms arrive u1 200 #1; 20ms reply u1 200 #1; " +
				"50ms act f2, send f2; 60ms arrive f2 200 #1; 70ms reply f2 200 #1"},
		{"one worker does one after the other, in the order in which they came", "naive", `
given: {name: Ada}
network: {downlink: {constant: 10ms}, processing: {constant: 20ms}, workers: 1}
steps:
- {at: 0, do: update, set: {name: Eve}, up: 30ms}
- {at: 1ms, do: update, set: {name: Eva}, up: 10ms}
- {at: 2ms, do: update, set: {name: Evi}, up: 10ms}`,
			"0s act u1, send u1; 1ms act u2, send u2; 2ms act u3, send u3; " +
				"31ms arrive u2 200 #1; 41ms reply u2 200 #1; 51ms arrive u3 200 #1; 61ms reply u3 200 #1; " +
				"71ms arrive u1 200 #1; 81ms reply u1 200 #1"},
		{"a pinned status refuses, and nothing changes", "naive", `
given: {name: Ada}
steps: [{at: 0, do: delete, up: 10ms, down: 10ms, status: 409}]`,
			"0s act d1, send d1; 10ms arrive d1 409 #1; 20ms reply d1 409 #1"},
		{"a request is lost on the way there", "naive", `
given: {name: Ada}
steps: [{at: 0, do: update, set: {name: Eve}, up: 10ms, down: 10ms, lose: up}]`,
			"0s act u1, send u1, lost u1 up"},
		{"an answer is lost on the way back", "naive", `
given: {name: Ada}
steps: [{at: 0, do: update, set: {name: Eve}, up: 10ms, down: 10ms, lose: down}]`,
			"0s act u1, send u1; 10ms arrive u1 200 #1, lost u1 down"},
		{"ids count from 1", "naive", `
steps:
- {at: 0, do: create, set: {name: Ada}, up: 20ms, down: 20ms}
- {at: 5ms, do: create, set: {name: Ada}, up: 10ms, down: 10ms}`,
			"0s act c1, send c1; 5ms act c2, send c2; 15ms arrive c2 200 #1; 20ms arrive c1 200 #2; " +
				"25ms reply c2 200 #1; 40ms reply c1 200 #2"},
		{"a person who is given is record 1", "naive", `
given: {name: Ada}
steps: [{at: 0, do: create, set: {name: Eve}, up: 10ms, down: 10ms}]`,
			"0s act c1, send c1; 10ms arrive c1 200 #2; 20ms reply c1 200 #2"},
		{"what is deleted is not found", "naive", `
given: {name: Ada}
steps:
- {at: 0, do: update, set: {name: Eve}, up: 50ms, down: 10ms}
- {at: 1ms, do: set-permissions, to: open, up: 51ms, down: 10ms}
- {at: 2ms, do: fetch, up: 52ms, down: 10ms}
- {at: 3ms, do: delete, up: 10ms, down: 10ms}`,
			"0s act u1, send u1; 1ms act p2, send p2; 2ms act f3, send f3; 3ms act d4, send d4; " +
				"13ms arrive d4 200 #1; 23ms reply d4 200 #1; " +
				"50ms arrive u1 404 #1; 52ms arrive p2 404 #1; 54ms arrive f3 404 #1; " +
				"60ms reply u1 404 #1; 62ms reply p2 404 #1; 64ms reply f3 404 #1"},
		{"what is posted after a delete has no id", "action-queue", `
steps:
- {at: 0, do: create, set: {name: Ada}, up: 10ms, down: 10ms}
- {at: 5ms, do: delete, up: 10ms, down: 10ms}
- {at: 6ms, do: update, set: {name: Eve}, up: 5ms, down: 5ms}`,
			"0s act c1, send c1; 5ms act d2, hold d2; 6ms act u3, hold u3; 10ms arrive c1 200 #1; " +
				"20ms reply c1 200 #1, send d2, send u3; 25ms arrive u3 404; " +
				"30ms arrive d2 200 #1, reply u3 404; 40ms reply d2 200 #1"},
		{"read-only locks the record against updates, and nothing else", "naive", `
given: {name: Ada}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 1ms, down: 1ms}
- {at: 10ms, do: update, set: {name: Eve}, up: 1ms, down: 1ms}
- {at: 20ms, do: fetch, up: 1ms, down: 1ms}
- {at: 30ms, do: set-permissions, to: open, up: 1ms, down: 1ms}
- {at: 40ms, do: update, set: {name: Eve}, up: 1ms, down: 1ms}
- {at: 50ms, do: set-permissions, to: read-only, up: 1ms, down: 1ms}
- {at: 60ms, do: delete, up: 1ms, down: 1ms}`,
			"0s act p1, send p1; 1ms arrive p1 200 #1; 2ms reply p1 200 #1; " +
				"10ms act u2, send u2; 11ms arrive u2 403 #1; 12ms reply u2 403 #1; " +
				"20ms act f3, send f3; 21ms arrive f3 200 #1; 22ms reply f3 200 #1; " +
				"30ms act p4, send p4; 31ms arrive p4 200 #1; 32ms reply p4 200 #1; " +
				"40ms act u5, send u5; 41ms arrive u5 200 #1; 42ms reply u5 200 #1; " +
				"50ms act p6, send p6; 51ms arrive p6 200 #1; 52ms reply p6 200 #1; " +
				"60ms act d7, send d7; 61ms arrive d7 200 #1; 62ms reply d7 200 #1"},
		{"at one instant the user comes first, then the order of scheduling", "naive", `
given: {name: Ada}
steps:
- {at: 0, do: update, set: {name: B}, up: 20ms, down: 10ms}
- {at: 10ms, do: update, set: {name: C}, up: 10ms, down: 0}
- {at: 20ms, do: update, set: {name: D}, up: 0, down: 10ms}`,
			"0s act u1, send u1; 10ms act u2, send u2; " +
				"20ms act u3, send u3, arrive u1 200 #1, arrive u2 200 #1, arrive u3 200 #1, reply u2 200 #1; " +
				"30ms reply u1 200 #1, reply u3 200 #1"},
		{"two connections: the third request waits for the first answer", "naive", `
given: {name: Ada}
network: {connections: 2}
steps:
- {at: 0, do: update, set: {name: B}, up: 30ms, down: 30ms}
- {at: 1ms, do: update, set: {name: C}, up: 20ms, down: 20ms}
- {at: 2ms, do: update, set: {name: D}, up: 10ms, down: 10ms}
- {at: 3ms, do: update, set: {name: E}, up: 10ms, down: 10ms}
- {at: 90ms, do: update, set: {name: F}, up: 1ms, down: 1ms}`,
			"0s act u1, send u1; 1ms act u2, send u2; 2ms act u3, hold u3; 3ms act u4, hold u4; " +
				"21ms arrive u2 200 #1; 30ms arrive u1 200 #1; 41ms reply u2 200 #1, send u3; 51ms arrive u3 200 #1; " +
				"60ms reply u1 200 #1, send u4; 61ms reply u3 200 #1; 70ms arrive u4 200 #1; 80ms reply u4 200 #1; " +
				"90ms act u5, send u5; 91ms arrive u5 200 #1; 92ms reply u5 200 #1"},
		{"the network makes a copy: it is handled, and not answered", "naive", `
network: {uplink: {constant: 20ms}, duplicates: 100%}
steps: [{at: 0, do: create, set: {name: Ada}, up: 10ms, down: 30ms}]`,
			"0s act c1, send c1; 10ms arrive c1 200 #1; 20ms arrive c1 200 #2; 40ms reply c1 200 #1"},
		{"the copy may come first, and then it is the one that is answered", "naive", `
network: {uplink: {constant: 5ms}, duplicates: 100%}
steps: [{at: 0, do: create, set: {name: Ada}, up: 10ms, down: 30ms}]`,
			"0s act c1, send c1; 5ms arrive c1 200 #1; 10ms arrive c1 200 #2; 35ms reply c1 200 #1"},
		{"what waits, waits once: first for the id, then for the one before it", "action-queue+hold", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 2ms, do: update, set: {name: C}, up: 10ms, down: 10ms}`,
			"0s act c1, send c1; 1ms act u2, hold u2; 2ms act u3, hold u3; 10ms arrive c1 200 #1; " +
				"20ms reply c1 200 #1, send u2; 30ms arrive u2 200 #1; 40ms reply u2 200 #1, send u3; " +
				"50ms arrive u3 200 #1; 60ms reply u3 200 #1"},
		{"on a fifo link what is faster waits for what is before it", "naive", `
given: {name: Ada}
network: {fifo: true}
steps:
- {at: 0, do: update, set: {name: B}, up: 30ms, down: 30ms}
- {at: 1ms, do: update, set: {name: C}, up: 10ms, down: 10ms}`,
			"0s act u1, send u1; 1ms act u2, send u2; 30ms arrive u1 200 #1, arrive u2 200 #1; " +
				"60ms reply u1 200 #1, reply u2 200 #1"},
		{"no answer in time: the one that comes late is not for the strategy", "polling", `
network: {timeout: 100ms}
steps:
- {at: 0, do: create, set: {name: Ada}, up: 60ms, down: 60ms}
- {at: 200ms, do: update, set: {name: Eve}, up: 10ms, down: 10ms}`,
			"0s act c1, send c1; 60ms arrive c1 200 #1; 100ms timeout c1, tell c1; 120ms reply c1 200 #1 late ignored; " +
				"200ms act u2, drop u2"},
		{"an answer in time is not followed by a timeout", "polling", `
given: {name: Ada}
network: {timeout: 100ms}
steps: [{at: 0, do: update, set: {name: Eve}, up: 50ms, down: 49ms}]`,
			"0s act u1, send u1; 50ms arrive u1 200 #1; 99ms reply u1 200 #1"},
		{"a timeout frees the connection", "naive", `
given: {name: Ada}
network: {connections: 1, timeout: 100ms}
steps:
- {at: 0, do: update, set: {name: B}, lose: up}
- {at: 1ms, do: update, set: {name: C}, up: 10ms, down: 10ms}`,
			"0s act u1, send u1, lost u1 up; 1ms act u2, hold u2; 100ms timeout u1, send u2; " +
				"110ms arrive u2 200 #1; 120ms reply u2 200 #1"},
		{"a poller asks every 50 ms", "polling", `
given: {name: Ada}
steps:
- {at: 0, do: update, set: {name: B}, up: 60ms, down: 45ms}
- {at: 10ms, do: update, set: {name: C}, up: 5ms, down: 5ms}`,
			"0s act u1, send u1; 10ms act u2, hold u2; 60ms arrive u1 200 #1, wake u2; 105ms reply u1 200 #1; " +
				"110ms wake u2, send u2; 115ms arrive u2 200 #1; 120ms reply u2 200 #1"},
		{"updates that wait together leave as one patch", "merged-updates", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 5ms, down: 5ms}
- {at: 2ms, do: update, set: {email: C}, up: 1ms, down: 1ms}`,
			"0s act c1, send c1; 1ms act u2, hold u2; 2ms act u3, merge u3; 10ms arrive c1 200 #1; " +
				"20ms reply c1 200 #1, send u2+u3; 25ms arrive u2+u3 200 #1; 30ms reply u2+u3 200 #1"},
		{"a patch is refused if its first action is to be refused, not for the others", "merged-updates", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 5ms, down: 5ms}
- {at: 2ms, do: update, set: {email: C}, status: 500, lose: up}`,
			"0s act c1, send c1; 1ms act u2, hold u2; 2ms act u3, merge u3; 10ms arrive c1 200 #1; " +
				"20ms reply c1 200 #1, send u2+u3; 25ms arrive u2+u3 200 #1; 30ms reply u2+u3 200 #1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := run(story(t, c.story), find(t, c.strategy)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// What is skipped is not pressed, and the others keep their numbers.
func TestSkip(t *testing.T) {
	s := story(t, `
given: {name: A}
steps:
- {at: 0, do: fetch, up: 1ms, down: 1ms}
- {at: 10ms, do: delete, up: 1ms, down: 1ms}
- {at: 20ms, do: update, set: {name: B}, up: 1ms, down: 1ms}`)
	for _, c := range []struct {
		skip []int
		want string
	}{
		{[]int{2}, "0s act f1, send f1; 1ms arrive f1 200 #1; 2ms reply f1 200 #1; 20ms act u3, send u3; 21ms arrive u3 200 #1; 22ms reply u3 200 #1"},
		{[]int{1, 2}, "20ms act u3, send u3; 21ms arrive u3 200 #1; 22ms reply u3 200 #1"},
		{[]int{2, 3}, "0s act f1, send f1; 1ms arrive f1 200 #1; 2ms reply f1 200 #1"},
		{[]int{1, 2, 3}, ""},
	} {
		for i := range s.Actions {
			s.Actions[i].Skip = slices.Contains(c.skip, i+1)
		}
		if got, _ := run(s, find(t, "naive")); got != c.want {
			t.Errorf("without %v: got\n%s\nwant\n%s", c.skip, got, c.want)
		}
	}
}

// TestStates looks at both sides at the end of a trial.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		name, strategy, story, client, server string
	}{
		{"both sides begin with what is given", "naive", `
given: {name: Ada, email: e}
steps: [{at: 0, do: update, set: {email: f}, up: 1ms, down: 1ms}]`,
			"name=Ada(given) email=f(u1)", "name=Ada(given) email=f(u1)"},
		{"a create carries the person as it is when it is sent", "hold-outgoing", `
given: {name: Ada}
steps:
- {at: 0, do: delete, up: 50ms, down: 10ms}
- {at: 5ms, do: create, set: {name: B}, up: 10ms, down: 10ms}
- {at: 6ms, do: update, set: {email: e}, up: 10ms, down: 10ms}`,
			"name=B(c2) email=e(u3)", "name=B(c2) email=e(u3)"},
		{"permissions do not travel in a create", "naive", `
given: {name: Ada}
steps:
- {at: 0, do: set-permissions, to: open, up: 1ms, down: 1ms}
- {at: 10ms, do: delete, up: 1ms, down: 1ms}
- {at: 20ms, do: create, set: {name: B}, up: 1ms, down: 1ms}`,
			"name=B(c3) permissions=open(p1)", "name=B(c3)"},
		{"the body of a fetch keeps what the record lacks", "action-queue", `
steps:
- {at: 0, do: create, set: {name: A}, up: 1ms, down: 1ms}
- {at: 10ms, do: update, set: {email: e}, up: 50ms, down: 1ms}
- {at: 11ms, do: set-permissions, to: open, up: 50ms, down: 1ms}
- {at: 12ms, do: update, set: {name: B}, up: 50ms, down: 1ms}
- {at: 13ms, do: fetch, up: 1ms, down: 1ms}`,
			"name=A(c1) email=e(u2) permissions=open(p3)", "name=B(u4) email=e(u2) permissions=open(p3)"},
		{"a refused update changes nothing at the server", "naive", `
given: {name: Ada}
steps: [{at: 0, do: update, set: {name: Eve}, up: 1ms, down: 1ms, status: 500}]`,
			"name=Eve(u1)", "name=Ada(given)"},
		{"a later value covers an earlier one in a patch", "merged-updates", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 1ms, down: 1ms}
- {at: 2ms, do: update, set: {name: C}}`,
			"name=C(u3)", "name=C(u3)"},
		{"what is blocked for ever is not on the screen", "callbacks", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, lose: down}
- {at: 1ms, do: update, set: {name: B}}`,
			"name=A(c1)", "name=A(c1)"},
		{"what was blocked is on the screen once it runs", "callbacks", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, lose: up}`,
			"name=B(u2)", "name=A(c1)"},
		{"what a create sets stands in the form even if it is blocked", "callbacks", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, lose: down}
- {at: 1ms, do: create, set: {email: e}}`,
			"name=A(c1) email=e(c2)", "name=A(c1)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := story(t, c.story)
			_, end := run(s, find(t, c.strategy))
			if got := show(s, &end.Views[0].State); got != c.client {
				t.Errorf("the client has %q, want %q", got, c.client)
			}
			if got := show(s, &end.Records[len(end.Records)-1].State); got != c.server {
				t.Errorf("the server has %q, want %q", got, c.server)
			}
		})
	}
}

// An answer frees a connection, and what waited for it leaves; all that the
// trace shows from the answer on is the client that has taken it.
func TestTakenBehindASend(t *testing.T) {
	s := story(t, `
given: {name: G}
network: {connections: 1}
steps:
- {at: 0, do: fetch, up: 10ms, down: 10ms}
- {at: 5ms, do: update, set: {name: A}, up: 10ms, down: 10ms}`)
	var w sim.World
	w.Run(s, find(t, "naive"), 1, sim.Options{Trace: true})
	for _, e := range w.Trace().Events {
		want := "name=A(u2)"
		if e.At < 5*ms || e.At >= 20*ms {
			want = "name=G(given)"
		}
		if got := show(s, &e.Views[0].State); got != want {
			t.Errorf("at %v, %v %s, the client has %s, want %s", e.At, e.Kind, labels(s, &e), got, want)
		}
	}
}

// A blocked delete has not happened yet; a blocked create does not appear
// either, but for its form.
func TestBlockedIsNotApplied(t *testing.T) {
	s := story(t, `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: delete, up: 10ms, down: 10ms}
- {at: 2ms, do: create, set: {name: B}, up: 10ms, down: 10ms}`)
	var w sim.World
	end := w.Run(s, find(t, "callbacks"), 1, sim.Options{Trace: true})
	for _, e := range w.Trace().Events {
		if e.At < 20*ms && e.Views[0].Deleted {
			t.Errorf("at %v, %v: the person is deleted before the delete runs", e.At, e.Kind)
		}
	}
	if end.Views[0].Deleted || end.Views[0].ID != 2 || !end.Records[0].Deleted || end.Records[1].Deleted {
		t.Errorf("ends with %+v and %+v, want person 2", end.Views[0], end.Records)
	}
	if want := 19 * ms; end.Blocked != want {
		t.Errorf("blocked for %v, want %v", end.Blocked, want)
	}
}

// never is a client that says no to everything.
type never struct{}

func (never) Act(c *sim.Client, a *sim.Action) { c.Refuse(a, "no") }
func (never) Reply(*sim.Client, *sim.Reply)    {}
func (never) Wake(*sim.Client, sim.Timer)      {}
func (never) Reset()                           {}

// What is refused never happens, but what a create sets stands in the form.
func TestRefusedIsNotApplied(t *testing.T) {
	for _, c := range []struct{ name, story, want string }{
		{"update", `{at: 0, do: update, set: {name: B}}`, "name=A(given)"},
		{"delete", `{at: 0, do: delete}`, "name=A(given)"},
		{"create", `{at: 0, do: create, set: {email: e}}`, "name=A(given) email=e(c1)"},
	} {
		s := story(t, "given: {name: A}\nsteps: ["+c.story+"]")
		_, end := run(s, never{})
		if got := show(s, &end.Views[0].State); got != c.want || end.Views[0].Deleted {
			t.Errorf("%s: the client has %q, deleted %v, want %q", c.name, got, end.Views[0].Deleted, c.want)
		}
	}
}

// TestEnd: a trial ends when no message is left and no timer would change
// anything but itself. Firings in vain at the end leave no event.
func TestEnd(t *testing.T) {
	s := story(t, `
given: {name: A}
steps:
- {at: 0, do: update, set: {name: B}, up: 120ms, lose: down}
- {at: 10ms, do: update, set: {name: C}}`)
	got, end := run(s, find(t, "polling"))
	const want = "0s act u1, send u1; 10ms act u2, hold u2; 60ms wake u2; 110ms wake u2; 120ms arrive u1 200 #1, lost u1 down"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if end.Settled != 120*ms || end.Events != 8 || end.Fates[2].Waits != 4 {
		t.Errorf("settled at %v after %d events, u2 waits since event %d, want 120ms, 8, 4", end.Settled, end.Events, end.Fates[2].Waits)
	}
	var j judge.Judge
	if v := j.Judge(s, end); v.Verdict != judge.Stuck {
		t.Errorf("the verdict is %v, want stuck", v.Verdict)
	}
}

// A firing that changed something stays, even if nothing tells what.
func TestLastFiring(t *testing.T) {
	s := story(t, `
given: {name: A}
steps: [{at: 0, do: update, set: {name: B}}]`)
	if got, _ := run(s, hesitant{}); got != "0s act u1, hold u1; 100ms wake u1" {
		t.Errorf("got %s, want the firing at 100ms as the last event", got)
	}
}

// hesitant lets an action wait, and then wait.
type hesitant struct{}

func (hesitant) Act(c *sim.Client, a *sim.Action) { c.Queue(a, "later"); c.After(100*ms, a) }
func (hesitant) Reply(*sim.Client, *sim.Reply)    {}
func (hesitant) Wake(c *sim.Client, t sim.Timer)  { c.Queue(t.Action, "even later") }
func (hesitant) Reset()                           {}

// TestSettled: a firing by itself settles nothing.
func TestSettled(t *testing.T) {
	s := story(t, `
given: {name: A}
steps:
- {at: 0, do: delete, up: 10ms, down: 12ms}
- {at: 5ms, do: update, set: {name: B}}`)
	got, end := run(s, find(t, "polling"))
	const want = "0s act d1, send d1; 5ms act u2, hold u2; 10ms arrive d1 200 #1; 22ms reply d1 200 #1; 55ms wake u2, drop u2"
	if got != want || end.Settled != 55*ms {
		t.Errorf("got %s, settled at %v, want %s, 55ms", got, end.Settled, want)
	}
	s = story(t, `
given: {name: A}
steps: [{at: 0, do: update, set: {name: B}, up: 10ms, down: 12ms}]`)
	if got, end := run(s, &alarm{}); end.Settled != 22*ms {
		t.Errorf("%s: settled at %v, want 22ms: the alarm changes nothing", got, end.Settled)
	}
}

// alarm posts, and sets a timer that does nothing.
type alarm struct{}

func (*alarm) Act(c *sim.Client, a *sim.Action) { c.Post(a); c.After(100*ms, a) }
func (*alarm) Reply(*sim.Client, *sim.Reply)    {}
func (*alarm) Wake(*sim.Client, sim.Timer)      {}
func (*alarm) Reset()                           {}

// restless posts the same action again and again, and so never ends.
type restless struct{}

func (restless) Act(c *sim.Client, a *sim.Action)  { c.Post(a) }
func (restless) Reply(c *sim.Client, r *sim.Reply) { c.After(ms, r.First()) }
func (restless) Wake(c *sim.Client, t sim.Timer)   { c.Post(t.Action) }
func (restless) Reset()                            {}

// Past MaxEvents nobody knows.
func TestMaxEvents(t *testing.T) {
	s := story(t, `
given: {name: A}
steps: [{at: 0, do: update, set: {name: B}, up: 1ms, down: 1ms}]`)
	var w sim.World
	end := w.Run(s, restless{}, 1, sim.Options{})
	if !end.Bounded || end.Events < sim.MaxEvents || end.Events > sim.MaxEvents+10 {
		t.Errorf("bounded %v after %d events, want true soon after %d", end.Bounded, end.Events, sim.MaxEvents)
	}
	var j judge.Judge
	if v := j.Judge(s, end); v.Verdict != judge.Unknown || len(v.Anomalies) != 0 {
		t.Errorf("judged %v, want unknown", v)
	}
}

// TestSaved: the record holds what the server made of each action, whichever
// request brought it, and the screen what an answer that was taken showed.
func TestSaved(t *testing.T) {
	for _, c := range []struct {
		name, strategy, story, record, screen string
	}{
		{"without an echo the screen does not know", "naive", `
given: {name: Ada}
steps: [{at: 0, do: update, set: {name: eve}, saved: {name: Eve, slug: eve}, up: 10ms, down: 10ms}]`,
			"name=Eve(u1 as saved) slug=eve(u1 as saved)", "name=eve(u1)"},
		{"with one it does", "naive", `
given: {name: Ada}
network: {echo: true}
steps: [{at: 0, do: update, set: {name: eve}, saved: {name: Eve, slug: eve}, up: 10ms, down: 10ms}]`,
			"name=Eve(u1 as saved) slug=eve(u1 as saved)", "name=Eve(u1 as saved) slug=eve(u1 as saved)"},
		{"an echo brings back what it was before a newer edit", "naive", `
given: {name: Ada}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: Eve}, up: 10ms, down: 50ms}
- {at: 20ms, do: update, set: {name: Eva}, up: 10ms, down: 10ms, lose: down}`,
			"name=Eva(u2)", "name=Eve(u1)"},
		{"an edit that rides in a create is saved in the server's way", "naive", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, connections: 1}
steps:
- {at: 0, do: create, set: {name: Ada}}
- {at: 1ms, do: create, set: {name: Ada}}
- {at: 2ms, do: update, set: {name: eve}, saved: {name: Eve}}`,
			"name=Eve(u3 as saved)", "name=eve(u3)"},
		{"of a patch, the last action's own fields stand", "conflate", `
given: {name: Ada}
steps:
- {at: 0, do: update, set: {name: Eve}, up: 50ms, down: 50ms}
- {at: 1ms, do: update, set: {name: Eva}, saved: {slug: eva}, up: 10ms, down: 10ms}
- {at: 2ms, do: update, set: {name: Evi}, saved: {slug: evi}, up: 10ms, down: 10ms}`,
			"name=Evi(u3) slug=evi(u3 as saved)", "name=Evi(u3)"},
		{"an older stamp brings no field of the server's either", "last-write-wins", `
given: {name: Ada}
steps:
- {at: 0, do: update, set: {name: Eve}, saved: {name: EVE, slug: eve}, up: 50ms, down: 50ms}
- {at: 1ms, do: update, set: {name: Eva}, saved: {slug: eva}, up: 10ms, down: 10ms}`,
			"name=Eva(u2) slug=eva(u2 as saved)", "name=Eva(u2)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := story(t, c.story)
			_, l := run(s, find(t, c.strategy))
			record := l.Records[len(l.Records)-1].State
			if got := show(s, &record); got != c.record {
				t.Errorf("the record is %s, want %s", got, c.record)
			}
			if got := show(s, &l.Views[0].State); got != c.screen {
				t.Errorf("the screen is %s, want %s", got, c.screen)
			}
		})
	}
}

// TestRefusedOverAnother: of an edit that is refused while it waits, what
// another client had written, and an answer had shown, is seen again.
func TestRefusedOverAnother(t *testing.T) {
	s := story(t, `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 50ms, do: delete, client: 2, up: 10ms, down: 50ms, status: 500}
- {at: 60ms, do: update, client: 2, set: {name: B}}`)
	e, err := strategies.Find("save-queue")
	if err != nil {
		t.Fatal(err)
	}
	told, ledger := run(s, e.For(s))
	if ledger.Fates[4].Refused == 0 {
		t.Fatalf("u4 is not refused: %s", told)
	}
	if got := ledger.Views[s.Action(4).View()].State[0]; got != sim.By(1) {
		t.Errorf("the screen shows what %d wrote, want 1: %s", got.Action(), told)
	}
}
