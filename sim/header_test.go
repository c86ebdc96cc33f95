package sim_test

import (
	"testing"
)

// What a request can say to the server, told as stories of the strategies that
// say it.
func TestHeaders(t *testing.T) {
	for _, c := range []struct{ about, strategy, story, want, server string }{
		{"the server waits for the number before", "sequenced", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}, up: 90ms}
- {at: 10ms, do: update, set: {name: B}, up: 20ms}
- {at: 20ms, do: update, set: {name: C}, up: 50ms}`,
			"0s act u1, send u1; 10ms act u2, send u2; 20ms act u3, send u3; 90ms arrive u1 200 #1, arrive u2 200 #1, arrive u3 200 #1; 100ms reply u1 200 #1, reply u2 200 #1, reply u3 200 #1",
			"name=C(u3); screen: name=C(u3)"},
		{"of two requests with one key one is carried out", "idempotency-key", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, timeout: 100ms}
steps:
- {at: 0, do: create, set: {name: A}, lose: down}`,
			"0s act c1, send c1; 10ms arrive c1 200 #1, lost c1 down; 100ms timeout c1; 269.901ms wake c1, send c1; 279.901ms arrive c1 200 #1; 289.901ms reply c1 200 #1",
			"name=A(c1); screen: name=A(c1)"},
		{"of a request and its copy too, and the copy is of the same record", "idempotency-key", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: create, set: {name: A}, twice: true}`,
			"0s act c1, send c1; 10ms arrive c1 200 #1, arrive c1 200 #1; 20ms reply c1 200 #1",
			"name=A(c1); screen: name=A(c1)"},
		{"without a key both are", "retry", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, timeout: 100ms}
steps:
- {at: 0, do: create, set: {name: A}, lose: down}`,
			"0s act c1, send c1; 10ms arrive c1 200 #1, lost c1 down; 100ms timeout c1; 269.901ms wake c1, send c1; 279.901ms arrive c1 200 #2; 289.901ms reply c1 200 #2",
			"name=A(c1); name=A(c1); screen: name=A(c1)"},
		{"a status below 500 meets every attempt, and is not tried again", "retry", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}, status: 422}`,
			"0s act u1, send u1; 10ms arrive u1 422 #1; 20ms reply u1 422 #1, tell u1 422",
			"name=G(given); screen: name=A(u1)"},
		{"three attempts, then the user is told", "retry", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}, errors: 100%}
steps:
- {at: 0, do: update, set: {name: A}}`,
			"0s act u1, send u1; 10ms arrive u1 500 #1; 20ms reply u1 500 #1; 189.901ms wake u1, send u1; 199.901ms arrive u1 500 #1; 209.901ms reply u1 500 #1; 563.178ms wake u1, send u1; 573.178ms arrive u1 500 #1; 583.178ms reply u1 500 #1, tell u1 500",
			"name=G(given); screen: name=A(u1)"},
		{"another version", "if-match", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 5ms, do: update, set: {name: B}}
- {at: 100ms, do: update, set: {name: C}}`,
			"0s act u1, send u1; 5ms act u2, send u2; 10ms arrive u1 200 #1; 15ms arrive u2 412 #1; 20ms reply u1 200 #1; 25ms reply u2 412 #1, tell u2 412; 100ms act u3, send u3; 110ms arrive u3 200 #1; 120ms reply u3 200 #1",
			"name=C(u3); screen: name=C(u3)"},
		{"once more upon the new version", "if-match-rebase", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 5ms, do: update, set: {name: B}}`,
			"0s act u1, send u1; 5ms act u2, send u2; 10ms arrive u1 200 #1; 15ms arrive u2 412 #1; 20ms reply u1 200 #1; 25ms reply u2 412 #1, send u2; 35ms arrive u2 200 #1; 45ms reply u2 200 #1",
			"name=B(u2); screen: name=B(u2)"},
		{"an id that the server has not seen", "client-id", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: create, set: {name: A}, up: 50ms}
- {at: 5ms, do: update, set: {name: B}}
- {at: 100ms, do: create, set: {name: C}}
- {at: 200ms, do: delete}
- {at: 210ms, do: create, set: {name: D}}`,
			"0s act c1, send c1; 5ms act u2, send u2; 15ms arrive u2 404 #1; 25ms reply u2 404 #1; 50ms arrive c1 200 #1; 60ms reply c1 200 #1 ignored; 100ms act c3, send c3; 110ms arrive c3 409 #1; 120ms reply c3 409 #1; 200ms act d4, send d4; 210ms act c5, send c5, arrive d4 200 #1; 220ms arrive c5 200 #2, reply d4 200 #1; 230ms reply c5 200 #2 ignored",
			"deleted; name=D(c5); screen: name=D(c5)"},
		{"the server makes the record", "client-id-upsert", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: create, set: {name: A}, up: 50ms}
- {at: 5ms, do: update, set: {email: e}}
- {at: 100ms, do: update, set: {name: B}, up: 50ms}
- {at: 110ms, do: delete}`,
			"0s act c1, send c1; 5ms act u2, send u2; 15ms arrive u2 200 #1; 25ms reply u2 200 #1; 50ms arrive c1 200 #1; 60ms reply c1 200 #1 ignored; 100ms act u3, send u3; 110ms act d4, send d4; 120ms arrive d4 200 #1; 130ms reply d4 200 #1; 150ms arrive u3 200 #1; 160ms reply u3 200 #1",
			"name=B(u3); screen: name=B(u3) email=e(u2) deleted"},
		{"the second id is there before the first", "client-id", `
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: create, set: {name: A}, up: 50ms}
- {at: 5ms, do: delete}
- {at: 10ms, do: create, set: {name: B}}`,
			"0s act c1, send c1; 5ms act d2, send d2; 10ms act c3, send c3; 15ms arrive d2 404 #1; 20ms arrive c3 200 #2; 25ms reply d2 404 #1; 30ms reply c3 200 #2 ignored; 50ms arrive c1 200 #1; 60ms reply c1 200 #1 ignored",
			"name=A(c1); name=B(c3); screen: name=B(c3)"},
		{"the latest stamp stands", "last-write-wins", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A, email: e}, up: 50ms}
- {at: 5ms, do: update, set: {name: B}}`,
			"0s act u1, send u1; 5ms act u2, send u2; 15ms arrive u2 200 #1; 25ms reply u2 200 #1; 50ms arrive u1 200 #1; 60ms reply u1 200 #1",
			"name=B(u2) email=e(u1); screen: name=B(u2) email=e(u1)"},
		{"what waits and is refused is not shown any more", "save-queue", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}, status: 422}
- {at: 5ms, do: update, set: {name: B, email: e}}
- {at: 10ms, do: delete}`,
			"0s act u1, send u1; 5ms act u2, hold u2; 10ms act d3, hold d3, arrive u1 422 #1; 20ms reply u1 422 #1, tell u1 422, refuse u2, refuse d3",
			"name=G(given); screen: name=A(u1)"},
		{"a clock that is stopped does not strike", "debounce", `
given: {name: G}
network: {uplink: {constant: 10ms}, downlink: {constant: 10ms}}
steps:
- {at: 0, do: update, set: {name: A}}
- {at: 100ms, do: update, set: {name: B}}`,
			"0s act u1, hold u1; 100ms act u2, merge u2; 400ms wake u2, send u1+u2; 410ms arrive u1+u2 200 #1; 420ms reply u1+u2 200 #1",
			"name=B(u2); screen: name=B(u2)"},
	} {
		s := story(t, c.story)
		got, end := run(s, find(t, c.strategy))
		server := ""
		for i := range end.Records {
			if r := &end.Records[i]; r.Deleted {
				server += "deleted; "
			} else {
				server += show(s, &r.State) + "; "
			}
		}
		server += "screen: " + show(s, &end.Views[0].State)
		if end.Views[0].Deleted {
			server += " deleted"
		}
		if got != c.want || server != c.server {
			t.Errorf("%s:\n%q, %q},", c.about, got, server)
		}
	}
}
