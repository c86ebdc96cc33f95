package judge_test

import "testing"

// TestParents: a create that came before the record it needs failed by the order of
// things, and one that would be refused one at a time too for a reason of its own.
func TestParents(t *testing.T) {
	const early = `
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}
steps:
- {at: 0, do: create, set: {kind: folder}}
- {at: 20ms, do: create, person: 2, parent: 1, set: {kind: page}}`
	const refused = `
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}
steps:
- {at: 0, do: create, set: {kind: shelf}, status: 422}
- {at: 20ms, do: create, person: 2, parent: 1, set: {kind: folder}}
- {at: 40ms, do: create, person: 3, parent: 2, set: {kind: page}}`
	check(t, []rule{
		{"the parent has no id yet", "naive", early, "wrong: failed-by-order c2"},
		{"it has one when the request leaves", "hold-outgoing", early, "ok"},
		{"the parent is not made, and nobody below it", "naive", refused, "wrong: silent-failure c1, silent-failure c2, silent-failure c3"},
		{"the same, one at a time", "hold-outgoing", refused, "wrong: silent-failure c1, silent-failure c2, silent-failure c3"},
		{"the same, aloud", "polling", refused, "loud: failed c1, failed c2, failed c3"},
		{"the parent was lost", "naive", `
steps:
- {at: 0, do: create, set: {kind: folder}, lose: up}
- {at: 1s, do: create, person: 2, parent: 1, set: {kind: page}}`,
			"wrong: lost-write c1, failed-by-order c2"},
		{"the parent comes later in the script", "naive", `
steps:
- {at: 0, do: create, person: 2, parent: 1, set: {kind: page}}
- {at: 1s, do: create, set: {kind: folder}}`,
			"wrong: silent-failure c1"},
		{"it was deleted before", "naive", `
given: {kind: folder}
steps:
- {at: 0, do: delete, up: 10ms, down: 10ms}
- {at: 1s, do: create, person: 2, parent: 1, set: {kind: page}}`,
			"wrong: silent-failure c2"},
		{"it was deleted after, and the delete came first", "naive", `
given: {kind: folder}
steps:
- {at: 0, do: create, person: 2, parent: 1, set: {kind: page}, up: 90ms, down: 10ms}
- {at: 10ms, do: delete, up: 10ms, down: 10ms}`,
			"wrong: failed-by-order c1 d2"},
		{"to delete it later does nothing", "naive", `
given: {kind: folder}
steps:
- {at: 0, do: create, person: 2, parent: 1, set: {kind: page}, up: 10ms, down: 10ms}
- {at: 1s, do: delete}`,
			"ok"},
		{"another client deleted it", "naive", `
given: {kind: folder}
steps:
- {at: 0, do: delete, client: 2, up: 10ms, down: 10ms}
- {at: 1s, do: create, person: 2, parent: 1, set: {kind: page}}`,
			"wrong: silent-failure c2"},
		{"it is another client's own", "naive", `
steps:
- {at: 0, do: create, set: {kind: folder}, up: 10ms, down: 10ms}
- {at: 1s, do: create, client: 2, person: 2, parent: 1, set: {kind: page}}`,
			"wrong: silent-failure c2"},
		{"a new one after the old one was deleted, too early", "naive", `
given: {kind: folder}
steps:
- {at: 0, do: delete, up: 10ms, down: 10ms}
- {at: 100ms, do: create, set: {kind: shelf}, up: 50ms, down: 50ms}
- {at: 120ms, do: create, person: 2, parent: 1, set: {kind: page}, up: 10ms, down: 10ms}`,
			"wrong: failed-by-order c3"},
		{"tried again it finds the parent", "retry", `
network: {timeout: 300ms}
steps:
- {at: 0, do: create, set: {kind: folder}, up: 50ms, down: 50ms}
- {at: 20ms, do: create, person: 2, parent: 1, set: {kind: page}, up: 10ms, down: 10ms, lose: up}`,
			"ok"},
	})
}
