package judge_test

import "testing"

// TestNotIsolated: where requests are not isolated, one that writes back what it had read
// of a field takes a write off the record, if it does not set the field itself.
func TestNotIsolated(t *testing.T) {
	check(t, []rule{
		{"a read that comes after it misses nothing, whatever is still to land", "polling", `
given: {count: 0}
network: {isolation: none, push: true, timeout: 300ms}
steps:
- {at: 0, do: update, client: 2, add: {count: 1}, up: 50ms, processing: 180ms, down: 10ms}
- {at: 60ms, do: update, set: {count: 2}, up: 20ms, processing: 40ms, down: 10ms}
- {at: 100ms, do: update, add: {count: 1}, up: 160ms, processing: 100ms, down: 200ms}`,
			"wrong: indeterminate u3, lost-update u2 u1, read-your-writes u1 <u2@2"},
	})
}
