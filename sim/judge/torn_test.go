package judge_test

import "testing"

// TestNotIsolated: where requests are not isolated, one that writes back what it had read
// of a field takes a write off the record, if it does not set the field itself.
func TestNotIsolated(t *testing.T) {
	check(t, []rule{
		{"what is written back as it was read comes over a write", "naive", `
given: {name: G, email: H}
network: {isolation: none}
steps:
- {at: 0, do: update, set: {email: A}, up: 10ms, processing: 50ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 20ms, processing: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
		{"a patch that sets what it has added to carries the field", "batch", `
given: {count: 0}
network: {isolation: none}
steps:
- {at: 0, do: update, add: {count: 5}, up: 10ms, processing: 100ms, down: 10ms}
- {at: 10ms, do: update, client: 2, set: {count: 1}, up: 20ms, processing: 20ms, down: 10ms}
- {at: 40ms, do: update, set: {count: 2}}`,
			"wrong: lost-update u2 u3"},
		{"and so does a state, whatever was added to it", "allow-concurrent", `
given: {count: 0}
network: {isolation: none}
steps:
- {at: 0, do: update, add: {count: 1}, up: 10ms, processing: 200ms, down: 10ms}
- {at: 20ms, do: update, set: {count: 5}}`,
			"wrong: monotonic-writes u1 u2"},
		{"who adds to it writes back what it had read", "naive", `
given: {count: 0}
network: {isolation: none}
steps:
- {at: 0, do: update, add: {count: 1}, up: 10ms, processing: 100ms, down: 10ms}
- {at: 10ms, do: update, client: 2, set: {count: 5}, up: 10ms, processing: 20ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
	})
}
