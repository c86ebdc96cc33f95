package judge_test

import "testing"

// TestNotIsolated: where requests are not isolated, one that writes back what it had read
// of a field takes a write off the record, if it does not set the field itself.
func TestNotIsolated(t *testing.T) {
	check(t, []rule{
		{"too late by its stamp for what it had read", "last-write-wins", `
given: {name: G}
network: {isolation: none}
clients: [{skew: 1s}]
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, processing: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: B}, up: 10ms, processing: 100ms, down: 10ms}
- {at: 50ms, do: update, set: {name: A}, up: 10ms, processing: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
	})
}
