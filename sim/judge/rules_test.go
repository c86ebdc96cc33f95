package judge_test

import (
	"strings"
	"testing"
)

// TestOwed: what is owed to the user, and what is not.
func TestOwed(t *testing.T) {
	check(t, []rule{
		{"nothing is owed for an action on nobody", "naive", `
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 10ms, do: fetch}
- {at: 20ms, do: delete}`,
			"ok"},
		{"nor for one after a delete, even if it waits for ever", "polling", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 30ms, lose: down}
- {at: 10ms, do: update, set: {name: A}}`,
			"ok"},
		{"nor for one that is refused", "polling", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 30ms, down: 30ms}
- {at: 80ms, do: create, set: {name: A}, up: 30ms, down: 30ms, status: 500}
- {at: 90ms, do: delete, status: 500, up: 30ms, down: 30ms}`,
			"loud: failed c2"},
		{"a create that the server refused makes nobody", "action-queue", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms, status: 500}
- {at: 10ms, do: update, set: {name: B}}`,
			"wrong: silent-failure c1"},
		{"a create that the client refused makes nobody", "never", `
steps:
- {at: 0, do: fetch}
- {at: 10ms, do: create, set: {name: A}}
- {at: 20ms, do: update, set: {name: B}}`,
			"loud: refused c2"},
		{"a delete that the client refused ends nothing", "never", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 1ms, down: 1ms}
- {at: 10ms, do: delete}
- {at: 20ms, do: update, set: {name: B}}`,
			"loud: refused d2, refused u3"},
		{"of an update that a lock forbids nothing is owed, though it came before the lock", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 40ms, down: 10ms}
- {at: 10ms, do: set-permissions, to: read-only, up: 60ms, down: 10ms}
- {at: 20ms, do: update, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: diverged u1 u3"},
		{"a delete ends the life even if it fails", "naive", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 60ms, down: 40ms, status: 500}
- {at: 30ms, do: update, set: {name: B}}`,
			"wrong: silent-failure d1"},
		{"a double click that was posted makes a second record in every order", "polling", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: create, set: {name: A}, up: 10ms, down: 10ms}`,
			"wrong: duplicate-record c1 c2"},
		{"a double click that would change nothing may be refused", "never", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: create, set: {name: A}}`,
			"ok"},
		{"or fail", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: create, set: {name: A}, up: 10ms, down: 10ms, status: 500}`,
			"ok"},
		{"what the second click sets is owed like an update", "never", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 10ms}
- {at: 30ms, do: create, set: {email: e}}`,
			"loud: refused c2"},
		{"fields that no write of this life set are not compared", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: open, up: 1ms, down: 1ms}
- {at: 10ms, do: delete, up: 1ms, down: 1ms}
- {at: 20ms, do: create, set: {email: e}, up: 1ms, down: 1ms}`,
			"ok"},
		{"a dropped action has not failed, whatever the script says of it", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}, status: 500}`,
			"wrong: unsent-write u2"},
		{"what an own lock refused is not in the intent", "polling", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 1ms, down: 1ms}
- {at: 10ms, do: update, set: {name: A}, up: 1ms, down: 1ms}`,
			"loud: failed u2"},
		{"a lock that was never sent stops nothing", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: set-permissions, to: read-only}
- {at: 90ms, do: update, set: {name: B}, up: 1ms, down: 1ms}`,
			"wrong: unsent-write p2"},
	})
}

// TestExcused: what does not matter in the end.
func TestExcused(t *testing.T) {
	check(t, []rule{
		{"a dropped update, and then the person is deleted", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}
- {at: 20ms, do: fetch}
- {at: 90ms, do: delete, up: 30ms, down: 30ms}`,
			"ok"},
		{"but the delete must have landed", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}
- {at: 20ms, do: fetch}
- {at: 90ms, do: delete, up: 30ms, down: 30ms, status: 500}`,
			"wrong: unsent-write u2, unsent-read f3, silent-failure d4"},
		{"a second press of delete will do", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}
- {at: 20ms, do: delete}
- {at: 90ms, do: delete, up: 30ms, down: 30ms}`,
			"ok"},
		{"an update that the delete overtook", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: delete, up: 30ms, down: 30ms}`,
			"ok"},
		{"a slip before the lock of a person who was deleted", "naive", `
given: {name: G}
steps:
- {at: 0, do: set-permissions, to: read-only, up: 60ms, down: 10ms}
- {at: 10ms, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 100ms, do: delete, up: 10ms, down: 10ms}`,
			"ok"},
		{"a dropped update that was overwritten", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}}
- {at: 90ms, do: update, set: {name: C}, up: 30ms, down: 30ms}`,
			"ok"},
		{"a lost one, too", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: B}, lose: up}
- {at: 90ms, do: update, set: {name: C}, up: 30ms, down: 30ms}`,
			"ok"},
		{"but each of its fields must have been", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B, email: e}}
- {at: 90ms, do: update, set: {name: C}, up: 30ms, down: 30ms}`,
			"wrong: unsent-write u2"},
		{"a dropped update whose value stands all the same", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: update, set: {name: A}}`,
			"ok"},
		{"a dropped update whose value rides in a create", "hold-outgoing", `
given: {name: G}
steps:
- {at: 0, do: delete, up: 60ms, down: 40ms}
- {at: 20ms, do: create, set: {name: B}, up: 30ms, down: 30ms}
- {at: 50ms, do: update, set: {name: C}}`,
			"ok"},
		{"two updates of one value cross", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 20ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"ok"},
		{"of three that cross, the first has the value of the last", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 20ms, do: update, set: {name: B}, up: 30ms, down: 30ms}
- {at: 30ms, do: update, set: {name: A}, up: 40ms, down: 30ms}`,
			"ok"},
		{"a field whose action failed, and the user knows", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 100ms, do: update, set: {name: B}, up: 10ms, down: 10ms, status: 500}`,
			"loud: failed u2"},
		{"but what the user is told is named all the same", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms, status: 500}
- {at: 100ms, do: delete, up: 10ms, down: 10ms}`,
			"loud: failed u1"},
		{"and a failure that nobody heard of is not excused", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, down: 10ms, status: 500}
- {at: 100ms, do: delete, up: 10ms, down: 10ms}`,
			"wrong: silent-failure u1"},
		{"an edit that an answer wiped out, and the user knows that it is in doubt", "polling", `
given: {name: G}
network: {timeout: 100ms}
steps:
- {at: 0, do: fetch, up: 10ms, down: 60ms}
- {at: 10ms, do: update, set: {name: A}, lose: up}`,
			"loud: indeterminate u2"},
		{"two edits that were both in doubt, and crossed", "polling", `
given: {name: G}
network: {timeout: 100ms}
steps:
- {at: 0, do: update, set: {name: A}, up: 250ms, down: 10ms}
- {at: 10ms, do: update, set: {name: B}, up: 50ms, down: 90ms}`,
			"loud: indeterminate u1, indeterminate u2"},
	})
}

// TestOneName: where several names would do for a fact, one of them is used.
func TestOneName(t *testing.T) {
	check(t, []rule{
		{"queue-stall before unsent-write and diverged", "polling", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 10ms, lose: down}
- {at: 10ms, do: update, set: {name: A}}`,
			"wrong: lost-read f1, queue-stall u2"},
		{"queue-stall before orphan-record", "polling", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, lose: down}
- {at: 10ms, do: delete}`,
			"stuck: queue-stall d2"},
		{"orphan-record before unsent-write", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: delete}`,
			"wrong: orphan-record c1 d2"},
		{"orphan-record before lost-write", "naive", `
given: {name: G}
steps: [{at: 0, do: delete, lose: up}]`,
			"wrong: orphan-record d1"},
		{"orphan-record before a 404 and duplicate-record", "action-queue", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 90ms}
- {at: 10ms, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 20ms, do: delete, up: 10ms, down: 10ms}`,
			"wrong: orphan-record c1 d3"},
		{"a dropped delete of what is not there is no anomaly", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, lose: up}
- {at: 10ms, do: delete}`,
			"wrong: lost-write c1"},
		{"silent-failure before orphan-record", "naive", `
given: {name: G}
steps: [{at: 0, do: delete, up: 10ms, down: 10ms, status: 500}]`,
			"wrong: silent-failure d1"},
		{"failed before orphan-record", "polling", `
given: {name: G}
steps: [{at: 0, do: delete, up: 10ms, down: 10ms, status: 500}]`,
			"loud: failed d1"},
		{"indeterminate before orphan-record", "polling", `
network: {timeout: 50ms}
steps: [{at: 0, do: create, set: {name: A}, up: 10ms, lose: down}]`,
			"loud: indeterminate c1"},
		{"monotonic-reads before read-your-writes", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 50ms, down: 10ms}
- {at: 10ms, do: fetch, up: 30ms, down: 90ms}
- {at: 20ms, do: fetch, up: 40ms, down: 10ms}`,
			"wrong: monotonic-reads f2 f3"},
		{"a fetch that goes back on two others names the one shown last", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 50ms, down: 10ms}
- {at: 10ms, do: fetch, up: 30ms, down: 90ms}
- {at: 20ms, do: fetch, up: 40ms, down: 10ms}
- {at: 30ms, do: fetch, up: 40ms, down: 10ms}`,
			"wrong: monotonic-reads f2 f4"},
		{"stale-read before read-your-writes", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 150ms, down: 10ms}
- {at: 10ms, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 50ms, do: update, set: {name: C}, up: 250ms, down: 10ms}
- {at: 60ms, do: fetch, up: 110ms, down: 10ms}`,
			"wrong: stale-read u2 f4"},
		{"one name for each field", "naive", `
given: {name: G, email: g}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 10ms}
- {at: 10ms, do: update, set: {email: e}, up: 90ms, down: 10ms}
- {at: 20ms, do: fetch, up: 10ms, down: 10ms}`,
			"wrong: read-your-writes u1 f3, read-your-writes u2 f3"},
		{"what the server had lost already is not a stale read too", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 10ms}
- {at: 10ms, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 100ms, do: fetch, up: 10ms, down: 10ms}`,
			"wrong: monotonic-writes u1 u2"},
		{"what it loses only later is missed all the same", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 150ms, down: 10ms}
- {at: 10ms, do: update, set: {name: B}, up: 50ms, down: 10ms}
- {at: 20ms, do: fetch, up: 10ms, down: 10ms}
- {at: 90ms, do: fetch, up: 10ms, down: 10ms}`,
			"wrong: read-your-writes u2 f3, monotonic-writes u1 u2"},
		{"a fetch that shows the newest value, though an older edit wrote it", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 10ms}
- {at: 10ms, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 20ms, do: update, set: {name: A}, up: 10ms, down: 10ms}
- {at: 100ms, do: fetch, up: 10ms, down: 10ms}`,
			"ok"},
		{"clobbered-edit before the unsent-write that it causes", "hold-outgoing", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 10ms, down: 90ms}
- {at: 10ms, do: delete, up: 10ms, down: 10ms}
- {at: 20ms, do: create, set: {name: A}, up: 10ms, down: 10ms}`,
			"wrong: clobbered-edit f1 c3"},
		{"but a dropped edit stays unsent", "naive", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 10ms, down: 190ms}
- {at: 20ms, do: delete, up: 10ms, down: 10ms}
- {at: 50ms, do: create, set: {name: A}, up: 50ms, down: 50ms}
- {at: 60ms, do: update, set: {name: B}}`,
			"wrong: clobbered-edit f1 u4, unsent-write u4"},
		{"a value on the other of two records is the duplicate's matter", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 90ms}
- {at: 10ms, do: create, set: {name: B}, up: 10ms, down: 10ms}`,
			"wrong: duplicate-record c1 c2"},
		{"an update that an own lock would have stopped is not failed by order", "action-queue", `
steps:
- {at: 0, do: create, set: {name: A}, up: 10ms, down: 90ms}
- {at: 10ms, do: delete, up: 10ms, down: 10ms}
- {at: 20ms, do: create, set: {name: B}, up: 10ms, down: 300ms}
- {at: 30ms, do: set-permissions, to: read-only, up: 10ms, down: 10ms}
- {at: 40ms, do: update, set: {name: C}, up: 20ms, down: 10ms}`,
			"wrong: failed-by-order p4, diverged c3 u5"},
	})
}

// What is refused one at a time too is refused for a reason of the server's own;
// what another order would have let pass is refused because of the order.
func TestRefusedInAnyOrder(t *testing.T) {
	check(t, []rule{
		{"a second create of the same id, long after the first", "client-id", `
steps:
- {at: 0, do: create, set: {a: 1}, up: 50ms, down: 50ms}
- {at: 10s, do: create, set: {a: 2}, up: 50ms, down: 50ms}`,
			"wrong: silent-failure c2"},
		{"the same, while the first is on its way", "client-id", `
steps:
- {at: 0, do: create, set: {a: 1}, up: 50ms, down: 50ms}
- {at: 10ms, do: create, set: {a: 2}, up: 50ms, down: 50ms}`,
			"wrong: silent-failure c2"},
		{"the second create came first", "client-id", `
steps:
- {at: 0, do: create, set: {a: 1}, up: 90ms, down: 50ms}
- {at: 10ms, do: create, set: {b: 2}, up: 20ms, down: 20ms}`,
			"wrong: failed-by-order c1 c2"},
		{"a second record of who is given, and a read of the first", "client-id", `
given: {a: 0}
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}
steps:
- {at: 0s, do: create, set: {a: 1}}
- {at: 10s, do: fetch}`,
			"wrong: duplicate-record c1"},
		{"a lock on another record", "naive", `
given: {a: 0}
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}
steps:
- {at: 0s, do: set-permissions, to: read-only}
- {at: 10s, do: create, set: {a: 1}}
- {at: 20s, do: update, set: {a: 2}}`,
			"wrong: duplicate-record c2"},
	})
}

// A read is made good by a later one; an answer that came and was thrown away is
// none that is missing.
func TestReadsMadeGood(t *testing.T) {
	check(t, []rule{
		{"thrown away, and asked again", "switch", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 100ms, down: 100ms}
- {at: 50ms, do: fetch, up: 100ms, down: 100ms}`,
			"ok"},
		{"thrown away for an edit", "switch", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 100ms, down: 100ms}
- {at: 50ms, do: update, set: {name: A}, up: 100ms, down: 100ms}`,
			"ok"},
		{"lost, and asked again", "naive", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 50ms, lose: down}
- {at: 50ms, do: fetch, up: 100ms, down: 100ms}`,
			"ok"},
		{"asked again first, and lost", "naive", `
given: {name: G}
steps:
- {at: 0, do: fetch, up: 50ms, down: 50ms}
- {at: 50ms, do: fetch, up: 100ms, lose: down}`,
			"wrong: lost-read f2"},
		{"dropped, and asked again", "naive", `
steps:
- {at: 0, do: create, set: {name: A}, up: 30ms, down: 30ms}
- {at: 10ms, do: fetch}
- {at: 90ms, do: fetch, up: 30ms, down: 30ms}`,
			"ok"},
		{"too late, and told", "polling", `
given: {name: G}
network: {timeout: 100ms}
steps:
- {at: 0, do: fetch, up: 50ms, down: 90ms}
- {at: 300ms, do: fetch, up: 20ms, down: 20ms}`,
			"loud: indeterminate f1"},
	})
}

type rule struct{ name, strategy, story, want string }

func check(t *testing.T, rules []rule) {
	t.Helper()
	for _, c := range rules {
		t.Run(c.name, func(t *testing.T) {
			verdict, anomalies := try(t, c.story, c.strategy, false)
			got := verdict
			if len(anomalies) > 0 {
				got += ": " + strings.Join(anomalies, ", ")
			}
			if got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestEchoes: an answer that brings the record is judged by what it takes off
// the screen.
func TestEchoes(t *testing.T) {
	check(t, []rule{
		{"of a newer edit", "hold-outgoing", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 50ms, do: update, set: {name: B}, up: 30ms, down: 30ms}`,
			"wrong: clobbered-edit u1 u2"},
		{"not of one that has the same value", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 50ms, do: update, set: {name: A}, up: 30ms, down: 30ms}`,
			"ok"},
		{"nor of another field that the record lacks", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 50ms, do: update, set: {email: e}, up: 30ms, down: 30ms}`,
			"ok"},
		{"but of one that it has", "naive", `
given: {name: G, email: g}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 50ms, do: update, set: {email: e}, up: 30ms, down: 30ms}`,
			"wrong: clobbered-edit u1 u2"},
		{"of an older edit that comes later to the server", "naive", `
given: {name: G, email: g}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: update, set: {email: e}, up: 30ms, down: 30ms}`,
			"wrong: read-your-writes u1 u2"},
		{"what the server has lost itself, the echo only tells", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: update, set: {name: B}, up: 30ms, down: 30ms}`,
			"wrong: monotonic-writes u1 u2"},
		{"answers that cross are one fact", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 90ms}
- {at: 10ms, do: update, set: {name: B}, up: 60ms, down: 20ms}`,
			"wrong: clobbered-edit u1 u2"},
		{"what is wiped off before a create leaves with it", "naive", `
given: {name: G}
network: {echo: true, connections: 1}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 20ms, do: delete, up: 30ms, down: 30ms}
- {at: 30ms, do: create, set: {name: B}, up: 30ms, down: 30ms}`,
			"wrong: clobbered-edit u1 c3"},
		{"an answer that is ignored shows nothing", "switch", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: A}, up: 30ms, down: 60ms}
- {at: 50ms, do: update, set: {name: B}, up: 30ms, down: 30ms}`,
			"ok"},
	})
}

// TestServersOwnMind: what the server makes of an edit is what the user is owed
// to see.
func TestServersOwnMind(t *testing.T) {
	check(t, []rule{
		{"without an echo the screen is wrong", "naive", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: a}, saved: {name: A}, up: 30ms, down: 30ms}]`,
			"wrong: diverged u1"},
		{"even if only a field of the server's own differs", "naive", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: A}, saved: {slug: a}, up: 30ms, down: 30ms}]`,
			"wrong: diverged u1"},
		{"with an echo all is well", "naive", `
given: {name: G}
network: {echo: true}
steps: [{at: 0, do: update, set: {name: a}, saved: {name: A, slug: a}, up: 30ms, down: 30ms}]`,
			"ok"},
		{"and so with a fetch", "naive", `
given: {name: G}
steps:
- {at: 0, do: update, set: {name: a}, saved: {name: A, slug: a}, up: 30ms, down: 30ms}
- {at: 90ms, do: fetch, up: 30ms, down: 30ms}`,
			"ok"},
		{"a server that changes nothing has no mind of its own", "naive", `
given: {name: G}
steps: [{at: 0, do: update, set: {name: A}, saved: {name: A}, up: 30ms, down: 30ms}]`,
			"ok"},
		{"an older edit that stands is an inversion, whatever the server made of it", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: a}, saved: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: update, set: {name: b}, saved: {name: B}, up: 30ms, down: 30ms}`,
			"wrong: monotonic-writes u1 u2"},
		{"unless it made the same of both", "naive", `
given: {name: G}
network: {echo: true}
steps:
- {at: 0, do: update, set: {name: a}, saved: {name: A}, up: 90ms, down: 30ms}
- {at: 10ms, do: update, set: {name: aa}, saved: {name: A}, up: 30ms, down: 30ms}`,
			"ok"},
		{"what never arrives has its own name", "naive", `
given: {name: G}
network: {echo: true}
steps: [{at: 0, do: update, set: {name: a}, saved: {name: A}, up: 30ms, lose: up}]`,
			"wrong: lost-write u1"},
	})
}
