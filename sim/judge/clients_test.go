package judge_test

import "testing"

// TestSeveral: each person on each client's screen is judged alone, and what
// another client does to the same record is the weather, unless it comes
// unseen over a write that was accepted.
func TestSeveral(t *testing.T) {
	check(t, []rule{
		{"another person's edit is no matter of this one", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 5ms, do: create, person: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 40ms, do: update, person: 2, set: {name: C}, up: 30ms, down: 30ms}
- {at: 80ms, do: update, set: {name: D}, up: 10ms, down: 10ms}`,
			"ok"},
		{"who has no id yet is lost, and only they", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 5ms, do: create, person: 2, set: {name: B}, up: 30ms, down: 30ms}
- {at: 30ms, do: update, person: 2, set: {name: C}}
- {at: 40ms, do: update, set: {name: D}, up: 10ms, down: 10ms}`,
			"wrong: unsent-write u3"},
		{"two persons made at once are no double click", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: create, person: 2, set: {name: A}, up: 10ms, down: 10ms}`,
			"ok"},
		{"a person who is not given is each client's own", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 100ms, do: update, client: 2, set: {name: B}}`,
			"ok"},
		{"what was seen may be replaced", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 100ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"ok"},
		{"not if it is seen too late", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: fetch, client: 2, up: 10ms, down: 60ms}
- {at: 50ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u3, clobbered-edit f2 u3"},
		{"other fields are no matter", "naive", `
given: {name: G, email: H}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, client: 2, set: {email: B}, up: 10ms, down: 10ms}`,
			"ok"},
		{"nor is the same value", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 1ms, do: update, client: 2, set: {name: A}, up: 10ms, down: 10ms}`,
			"ok"},
		{"who lands last, not who clicks last, is the one that replaces", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 10ms}
- {at: 10ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
		{"the first that came over it is named", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 60ms, do: update, client: 2, set: {name: C}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u2"},
		{"what is put right by its own hand is not lost", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 60ms, do: fetch, up: 10ms, down: 10ms}
- {at: 90ms, do: update, set: {name: A}, up: 10ms, down: 10ms}`,
			"ok"},
		{"412 tells, and replaces nothing", "if-match", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"loud: failed u2"},
		{"to rebase unseen is to replace", "if-match-rebase", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u2"},
		{"the clock that is ahead wins, though it clicked first", "last-write-wins", `
given: {name: G}
clients: [{skew: 1s}]
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u3 u1"},
		{"without skew the later one stands", "last-write-wins", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"ok"},
		{"a delete takes what it had not seen", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: delete, client: 2, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 d2"},
		{"or does not, if it had", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 20ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: delete, client: 2, up: 10ms, down: 10ms}`,
			"ok"},
		{"it is the one that came first over the edit, if something did", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 5ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 60ms, do: delete, client: 2, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u2"},
		{"of two edits it takes the one that it had not seen", "naive", `
given: {name: G, email: H}
steps:
- {at: 0, do: update, set: {email: A}, up: 40ms, down: 10ms}
- {at: 5ms, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 20ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: delete, client: 2, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 d4"},
		{"to delete what another client has deleted does no harm", "naive", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 10ms, down: 10ms}
- {at: 5ms, do: delete, client: 2, up: 10ms, down: 10ms}`,
			"ok"},
		{"a lock that another client has lifted stops nothing", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 10ms, down: 10ms}
- {at: 30ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: set-permissions, client: 2, to: open, up: 10ms, down: 10ms}
- {at: 90ms, do: update, set: {name: A}, up: 10ms, down: 10ms}`,
			"ok"},
		{"what was too late for an own write is lost to what came next", "last-write-wins", `
given: {name: G, email: G}
steps:
- {at: 0, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 20ms, do: update, set: {name: C}, up: 100ms, down: 10ms}
- {at: 40ms, do: update, set: {email: E}, saved: {name: D}, up: 10ms, down: 10ms}
- {at: 60ms, do: delete, client: 2, up: 100ms, down: 10ms}`,
			"wrong: lost-update u2 d4, lost-update u3 d4"},
		{"what was added before an own value need not be shown", "naive", `
given: {count: 0}
network: {push: true, downlink: {constant: 1ms}}
steps:
- {at: 0, do: update, client: 2, add: {count: 1}, up: 200ms, down: 10ms}
- {at: 10ms, do: update, client: 2, set: {count: 5}, up: 40ms, down: 10ms}
- {at: 60ms, do: update, set: {count: 9}, up: 40ms, down: 10ms}`,
			"ok"},
		{"what was added with a later stamp is there until something later covers it", "last-write-wins", `
given: {count: 0}
clients: [{skew: 1s}]
steps:
- {at: 0, do: update, add: {count: 1}, up: 10ms, down: 10ms}
- {at: 20ms, do: update, client: 2, set: {count: 5}, up: 10ms, down: 10ms}
- {at: 2s, do: update, client: 2, set: {count: 7}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u3"},
		{"who only adds replaces nothing, whatever an own write has taken off", "naive", `
given: {count: 0, email: H}
steps:
- {at: 0, do: update, set: {count: 2}, up: 10ms, down: 10ms}
- {at: 15ms, do: set-permissions, to: read-only, up: 95ms, down: 10ms}
- {at: 20ms, do: update, set: {email: A}, saved: {count: 0}, up: 30ms, down: 10ms}
- {at: 30ms, do: update, client: 2, add: {count: 5}, up: 30ms, down: 10ms}`,
			"wrong: monotonic-writes p2 u3"},
		{"what came too late by its stamp has replaced nothing", "last-write-wins", `
given: {name: G}
steps:
- {at: 0, do: update, client: 2, set: {name: B}, up: 100ms, down: 10ms}
- {at: 10ms, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 120ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 160ms, do: update, client: 2, set: {name: C}, up: 10ms, down: 10ms}`,
			"ok"},
		{"what gave the same value has replaced nothing", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 5ms, do: update, client: 2, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 60ms, do: update, client: 2, set: {name: C}, up: 10ms, down: 10ms}`,
			"ok"},
		{"an echo that goes back behind what a fetch had shown of another client", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 90ms}
- {at: 20ms, do: fetch, client: 2, up: 5ms, down: 5ms}
- {at: 40ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 60ms, do: fetch, up: 5ms, down: 5ms}`,
			"wrong: monotonic-reads u1 f4"},
		{"what one person's loss names does not excuse another screen", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 5ms, do: update, client: 2, set: {name: B}, saved: {name: b}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u1 u2, diverged u2"},
		{"an edit of what another client has deleted is refused, silently", "naive", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: A}, up: 10ms, down: 10ms}`,
			"wrong: silent-failure u2"},
		{"a record made anew after a delete here is not wanted here", "client-id-upsert", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: A}, up: 10ms, down: 10ms}`,
			"wrong: orphan-record u2 d1"},
		{"a lock of another client is a reason of its own", "retry", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: A}, up: 10ms, down: 10ms}`,
			"loud: failed u2"},
		{"a fetch that another client's write has covered misses nothing", "naive", `
given: {name: G}
steps:
- {at: 0, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 10ms, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 40ms, do: fetch, client: 2, up: 10ms, down: 10ms}
- {at: 70ms, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 100ms, do: fetch, up: 10ms, down: 10ms}`,
			"ok"},
		{"a fetch that shows an older state than one before it", "naive", `
given: {name: G}
steps:
- {at: 0, do: fetch, client: 2, up: 5ms, down: 90ms}
- {at: 10ms, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: fetch, client: 2, up: 10ms, down: 10ms}`,
			"wrong: monotonic-reads f1 f3"},
		{"one queue for all persons of a client", "hold-outgoing", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, lose: down}
- {at: 5ms, do: create, person: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: orphan-record c1, queue-stall c2"},
		{"or one a person", "hold-per-person", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, lose: down}
- {at: 5ms, do: create, person: 2, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: orphan-record c1"},
		{"clients do not wait for each other", "hold-outgoing", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 200ms}
- {at: 5ms, do: create, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 50ms, do: update, client: 2, set: {name: C}, up: 10ms, down: 10ms}`,
			"ok"},
	})
}
