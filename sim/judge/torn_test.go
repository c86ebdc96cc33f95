package judge_test

import "testing"

// TestNotIsolated: where requests are not isolated, one that writes back what it had read
// of a field takes a write off the record, if it does not set the field itself.
func TestNotIsolated(t *testing.T) {
	check(t, []rule{
		{"not over one that the server itself has covered since", "naive", `
given: {name: G, email: H, slug: S}
network: {isolation: none}
steps:
- {at: 0, do: update, set: {email: A}, up: 10ms, processing: 50ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 20ms, processing: 10ms, down: 10ms}
- {at: 100ms, do: update, set: {slug: s}, saved: {name: C}, up: 10ms, down: 10ms}`,
			"wrong: diverged u2 u3"},
		{"of two that take it off, the one after it came once more is to blame", "naive", `
given: {name: G, email: H, slug: S}
network: {isolation: none, uplink: {constant: 100ms}}
steps:
- {at: 0, do: update, set: {name: A}, up: 60ms, processing: 10ms, down: 10ms, twice: true}
- {at: 1ms, do: update, set: {email: B}, up: 60ms, processing: 20ms, down: 10ms}
- {at: 2ms, do: update, set: {slug: C}, up: 88ms, processing: 60ms, down: 10ms}`,
			"wrong: lost-update u1 u3"},
		{"what a delete took, nobody wrote back", "client-id-upsert", `
given: {name: G, email: H}
network: {isolation: none, uplink: {constant: 200ms}}
steps:
- {at: 0, do: update, set: {name: A}, up: 40ms, down: 10ms}
- {at: 10ms, do: update, set: {email: B}, up: 10ms, down: 10ms, twice: true}
- {at: 50ms, do: delete, client: 2, up: 50ms, down: 10ms}`,
			"wrong: diverged u1, orphan-record u2 d3"},
	})
}
