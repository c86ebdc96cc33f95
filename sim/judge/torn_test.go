package judge_test

import "testing"

// A row is written back as it was read: over a write, and over one that a copy has brought
// once more.
const (
	writtenBack = `
given: {name: G, email: H}
network: {isolation: none}
steps:
- {at: 0, do: update, set: {email: A}, up: 10ms, processing: 50ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 20ms, processing: 10ms, down: 10ms}`
	writtenBackTwice = `
given: {name: G, email: H, slug: S}
network: {isolation: none, uplink: {constant: 100ms}}
steps:
- {at: 0, do: update, set: {name: A}, up: 60ms, processing: 10ms, down: 10ms, twice: true}
- {at: 1ms, do: update, set: {email: B}, up: 60ms, processing: 20ms, down: 10ms}
- {at: 2ms, do: update, set: {slug: C}, up: 88ms, processing: 60ms, down: 10ms}`
)

// TestNotIsolated: where requests are not isolated, one that writes back what it had read
// of a field takes a write off the record, if it does not set the field itself.
func TestNotIsolated(t *testing.T) {
	check(t, []rule{
		{"what is written back as it was read comes over a write", "naive", writtenBack,
			"wrong: lost-update u2 u1"},
		{"not over one that the server itself has covered since", "naive", `
given: {name: G, email: H, slug: S}
network: {isolation: none}
steps:
- {at: 0, do: update, set: {email: A}, up: 10ms, processing: 50ms, down: 10ms}
- {at: 1ms, do: update, set: {name: B}, up: 20ms, processing: 10ms, down: 10ms}
- {at: 100ms, do: update, set: {slug: s}, saved: {name: C}, up: 10ms, down: 10ms}`,
			"wrong: diverged u2 u3"},
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
		{"of two that take it off, the one after it came once more is to blame", "naive", writtenBackTwice,
			"wrong: lost-update u1 u3"},
		{"what a delete took, nobody wrote back", "client-id-upsert", `
given: {name: G, email: H}
network: {isolation: none, uplink: {constant: 200ms}}
steps:
- {at: 0, do: update, set: {name: A}, up: 40ms, down: 10ms}
- {at: 10ms, do: update, set: {email: B}, up: 10ms, down: 10ms, twice: true}
- {at: 50ms, do: delete, client: 2, up: 50ms, down: 10ms}`,
			"wrong: diverged u1, orphan-record u2 d3"},
		{"too late by its stamp for what it had read", "last-write-wins", `
given: {name: G}
network: {isolation: none}
clients: [{skew: 1s}]
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, processing: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: B}, up: 10ms, processing: 100ms, down: 10ms}
- {at: 50ms, do: update, set: {name: A}, up: 10ms, processing: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
		{"a read that comes after it misses nothing, whatever is still to land", "polling", `
given: {count: 0}
network: {isolation: none, push: true, timeout: 300ms}
steps:
- {at: 0, do: update, client: 2, add: {count: 1}, up: 50ms, processing: 180ms, down: 10ms}
- {at: 60ms, do: update, set: {count: 2}, up: 20ms, processing: 40ms, down: 10ms}
- {at: 100ms, do: update, add: {count: 1}, up: 160ms, processing: 100ms, down: 200ms}`,
			"wrong: indeterminate u3, lost-update u2 u1, read-your-writes u1 <u2@2"},
		{"who had written an earlier value, which comes back, has not come over it", "naive", `
given: {name: G, email: H}
network: {isolation: none, uplink: {constant: 100ms}}
steps:
- {at: 0, do: update, client: 2, set: {name: B}, up: 10ms, down: 10ms}
- {at: 5ms, do: update, set: {name: A}, up: 45ms, processing: 10ms, down: 10ms, twice: true}
- {at: 6ms, do: update, client: 2, set: {email: E}, up: 30ms, processing: 50ms, down: 10ms}
- {at: 120ms, do: update, client: 2, set: {name: C}, up: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u4"},
		{"too late by its stamp, whoever comes over both", "last-write-wins", `
given: {name: G}
network: {isolation: none}
clients: [{skew: 1s}]
steps:
- {at: 0, do: update, set: {name: A}, up: 10ms, processing: 10ms, down: 10ms}
- {at: 30ms, do: update, client: 2, set: {name: B}, up: 10ms, processing: 10ms, down: 10ms}
- {at: 100ms, do: update, set: {name: C}, up: 10ms, processing: 10ms, down: 10ms}`,
			"wrong: lost-update u2 u1"},
		{"what was taken off before is another's, though its value is the same", "last-write-wins", `
given: {name: G, email: H}
network: {isolation: none}
clients: [{}, {skew: 1s}]
steps:
- {at: 0, do: update, client: 2, set: {name: C}, up: 10ms, processing: 10ms, down: 10ms}
- {at: 40ms, do: update, client: 2, set: {name: B}, up: 20ms, processing: 10ms, down: 10ms}
- {at: 45ms, do: update, set: {email: E}, up: 5ms, processing: 40ms, down: 10ms}
- {at: 100ms, do: update, set: {name: B}, up: 10ms, processing: 10ms, down: 10ms}`,
			"wrong: lost-update u4 u1, lost-update u2 u3"},
	})
}
