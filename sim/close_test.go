package sim_test

import (
	"fmt"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestCloses tells trials in which a client is closed, event by event, and what they
// come to.
func TestCloses(t *testing.T) {
	const net = "\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n"
	for _, c := range []struct {
		name     string
		strategy string
		story    string
		want     string
		verdict  string
	}{
		{"what has left arrives, and nobody hears of it", "naive", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 10ms, do: close}]`,
			"0s act u1, send u1; 10ms act x2; 50ms arrive u1 200 #1, lost u1 down", "ok"},
		{"an answer on its way is lost at once", "naive", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 60ms, do: close}]`,
			"0s act u1, send u1; 50ms arrive u1 200 #1; 60ms act x2, lost u1 down", "ok"},
		{"what waits is thrown away, in order", "queue-ball", `
given: {name: Ada, age: 3}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: update, set: {age: 4}}, {at: 2ms, do: fetch}, {at: 10ms, do: close}]`,
			"0s act u1, send u1; 1ms act u2, hold u2; 2ms act f3, hold f3; 10ms act x4, drop u2, drop f3; 50ms arrive u1 200 #1, lost u1 down",
			"wrong unsent-write[2] unsent-read[3]"},
		{"so is what is blocked", "block-ui", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: update, set: {name: Eva}}, {at: 10ms, do: close}]`,
			"0s act u1, send u1; 1ms act u2, block u2; 10ms act x3, drop u2; 50ms arrive u1 200 #1, lost u1 down",
			"wrong unsent-write[2]"},
		{"timers are taken back", "debounce", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 200ms, do: close}]`,
			"0s act u1, hold u1; 200ms act x2, drop u1", "wrong unsent-write[1]"},
		{"so are timeouts, and what waits for a connection goes", "naive", `
given: {name: Ada, age: 3}
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}, connections: 1, timeout: 1s}
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: update, set: {age: 4}}, {at: 10ms, do: close}, {at: 20ms, do: open}, {at: 200ms, do: update, set: {age: 5}}]`,
			"0s act u1, send u1; 1ms act u2, hold u2; 10ms act x3, drop u2; 20ms act o4, send o4; 50ms arrive u1 200 #1, lost u1 down; " +
				"70ms arrive o4 200 #1; 120ms reply o4 200 #1; 200ms act u5, send u5; 250ms arrive u5 200 #1; 300ms reply u5 200 #1",
			"ok"},
		{"a beacon passes the layer and the limit, once, and has no answer", "debounce-beacon+hold", `
given: {name: Ada, age: 3}
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}, connections: 1, timeout: 1s}
steps: [{at: 0, do: fetch}, {at: 1ms, do: update, set: {name: Eve}}, {at: 2ms, do: update, set: {age: 4}}, {at: 10ms, do: close}]`,
			"0s act f1, send f1; 1ms act u2, hold u2; 2ms act u3, merge u3; 10ms act x4, send u2+u3; " +
				"50ms arrive f1 200 #1, lost f1 down; 60ms arrive u2+u3 200 #1", "wrong lost-read[1]"},
		{"what is lost with a beacon is lost", "debounce-beacon", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}, lose: up}, {at: 10ms, do: close}]`,
			"0s act u1, hold u1; 10ms act x2, send u1, lost u1 up", "wrong lost-write[1]"},
		{"without an id there is nobody to send a beacon to", "debounce-beacon", net + `
steps: [{at: 0, do: create, set: {name: Eve}}, {at: 1ms, do: update, set: {name: Eva}}, {at: 10ms, do: close}]`,
			"0s act c1, send c1; 1ms act u2, hold u2; 10ms act x3, drop u2; 50ms arrive c1 200 #1, lost c1 down",
			"wrong unsent-write[2]"},
		{"a durable queue goes on: what got no answer, what waits, and then the read", "outbox", `
given: {name: Ada, age: 3}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 20ms, do: update, set: {age: 4}}, {at: 30ms, do: close}, {at: 1s, do: open}]`,
			"0s act u1, send u1; 20ms act u2, hold u2; 30ms act x3; 50ms arrive u1 200 #1, lost u1 down; " +
				"1s act o4, send u1, hold o4; 1.05s arrive u1 200 #1; 1.1s reply u1 200 #1, send u2; 1.15s arrive u2 200 #1; " +
				"1.2s reply u2 200 #1, send o4; 1.25s arrive o4 200 #1; 1.3s reply o4 200 #1", "ok"},
		{"what it still holds when nobody opens it waits for ever", "outbox", `
given: {name: Ada, age: 3}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 20ms, do: update, set: {age: 4}}, {at: 30ms, do: close}]`,
			"0s act u1, send u1; 20ms act u2, hold u2; 30ms act x3; 50ms arrive u1 200 #1, lost u1 down",
			"stuck queue-stall[2]"},
		{"the other client is not concerned", "queue-ball", `
given: {name: Ada, age: 3}` + net + `
steps: [{at: 0, client: 2, do: update, set: {name: Eve}}, {at: 1ms, client: 2, do: update, set: {age: 4}}, {at: 10ms, do: close}]`,
			"0s act u1, send u1; 1ms act u2, hold u2; 10ms act x3; 50ms arrive u1 200 #1; 100ms reply u1 200 #1, send u2; " +
				"150ms arrive u2 200 #1; 200ms reply u2 200 #1", "ok"},
		{"numbers begin anew, and nobody waits for those before", "sequenced", `
given: {name: Ada, age: 3}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}, lose: up}, {at: 1ms, do: update, set: {name: Eva}}, {at: 10ms, do: close}, {at: 1s, do: open}]`,
			"0s act u1, send u1, lost u1 up; 1ms act u2, send u2; 10ms act x3; 1s act o4, send o4; 1.05s arrive o4 200 #1; 1.1s reply o4 200 #1",
			"wrong lost-write[1] lost-write[2]"},
		{"a key that is tried again by a timer is gone with it", "idempotency-key", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}, status: 500}, {at: 150ms, do: close}]`,
			"0s act u1, send u1; 50ms arrive u1 500 #1; 100ms reply u1 500 #1; 150ms act x2", "wrong silent-failure[1]"},
		{"a read finds the youngest that was made there", "naive", net + `
steps: [{at: 0, do: create, set: {name: Ada}}, {at: 20ms, do: close}, {at: 1s, do: open}, {at: 2s, do: delete}, {at: 3s, do: create, set: {name: Eve}},
  {at: 4s, do: close}, {at: 5s, do: open}]`,
			"0s act c1, send c1; 20ms act x2; 50ms arrive c1 200 #1, lost c1 down; 1s act o3, send o3; 1.05s arrive o3 200 #1; 1.1s reply o3 200 #1; " +
				"2s act d4, send d4; 2.05s arrive d4 200 #1; 2.1s reply d4 200 #1; 3s act c5, send c5; 3.05s arrive c5 200 #2; 3.1s reply c5 200 #2; " +
				"4s act x6; 5s act o7, send o7; 5.05s arrive o7 200 #2; 5.1s reply o7 200 #2", "ok"},
		{"a create that nobody heard of has happened", "naive", net + `
steps: [{at: 0, do: create, set: {name: Ada}}, {at: 20ms, do: close}]`,
			"0s act c1, send c1; 20ms act x2; 50ms arrive c1 200 #1, lost c1 down", "ok"},
		{"a delete that waits leaves its record behind", "queue-ball", net + `
steps: [{at: 0, do: create, set: {name: Ada}}, {at: 1ms, do: delete}, {at: 20ms, do: close}]`,
			"0s act c1, send c1; 1ms act d2, hold d2; 20ms act x3, drop d2; 50ms arrive c1 200 #1, lost c1 down", "wrong orphan-record[1 2]"},
		{"a read that overtakes the save shows what was", "naive", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}, up: 300ms}, {at: 20ms, do: close}, {at: 30ms, do: open}]`,
			"0s act u1, send u1; 20ms act x2; 30ms act o3, send o3; 80ms arrive o3 200 #1; 130ms reply o3 200 #1; 300ms arrive u1 200 #1, lost u1 down",
			"wrong read-your-writes[1 3]"},
		{"a read that brings nothing leaves an empty screen, which tells", "naive", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: update, set: {name: Eve}}, {at: 200ms, do: close}, {at: 300ms, do: open, lose: down}]`,
			"0s act u1, send u1; 50ms arrive u1 200 #1; 100ms reply u1 200 #1; 200ms act x2; 300ms act o3, send o3; 350ms arrive o3 200 #1, lost o3 down",
			"ok"},
		{"an edit of an empty screen is wiped out by what comes late", "naive", `
given: {name: Ada}` + net + `
steps: [{at: 0, do: close}, {at: 100ms, do: open}, {at: 110ms, do: update, set: {name: Eve}, up: 200ms}]`,
			"0s act x1; 100ms act o2, send o2; 110ms act u3, send u3; 150ms arrive o2 200 #1; 200ms reply o2 200 #1; 310ms arrive u3 200 #1; 360ms reply u3 200 #1",
			"wrong clobbered-edit[2 3]"},
		{"the other persons are read unasked", "naive", net + `
steps: [{at: 0, do: create, set: {name: Ada}}, {at: 1ms, person: 2, do: create, set: {name: Eve}}, {at: 20ms, do: close}, {at: 1s, do: open}, {at: 2s, person: 2, do: update, set: {name: Eva}}]`,
			"0s act c1, send c1; 1ms act c2, send c2; 20ms act x3; 50ms arrive c1 200 #1, lost c1 down; 51ms arrive c2 200 #2, lost c2 down; " +
				"1s act o4, send o4, ask f·o4/2, send f·o4/2; 1.05s arrive o4 200 #1, arrive f·o4/2 200 #2; 1.1s reply o4 200 #1, reply f·o4/2 200 #2; " +
				"2s act u5, send u5; 2.05s arrive u5 200 #2; 2.1s reply u5 200 #2", "ok"},
	} {
		t.Run(c.name, func(t *testing.T) {
			script := story(t, c.story)
			var w sim.World
			ledger := w.Run(script, entry(t, c.strategy).For(script), 1, sim.Options{Trace: true})
			whole := ledger.Script(script)
			if got := tell(whole, w.Trace().Events); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
			judged := new(judge.Judge).Judge(script, ledger)
			got := judged.Verdict.String()
			for _, a := range judged.Anomalies {
				got += " " + a.Kind.String() + fmt.Sprint(a.Actions)
			}
			if got != c.verdict {
				t.Errorf("%s, want %s", got, c.verdict)
			}
		})
	}
}
