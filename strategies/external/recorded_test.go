package external

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
)

// TestRecorded runs the real libraries in a lane, on the scenarios under which
// they were recorded in another way: all that goes over the wire, with its
// attribution to clicks, is the same, and so is what stands at the end.
func TestRecorded(t *testing.T) {
	const libraries = "kit/testdata/libraries/"
	if _, err := os.Stat(libraries + "node_modules"); err != nil {
		t.Skipf("the libraries are not there: npm ci in strategies/external/%s", libraries)
	}
	for _, name := range testkit.Some([]string{"mutation-scope", "switch", "exhaust", "queue-ball", "promise-chain"}, 1) {
		t.Run(name, func(t *testing.T) {
			client, err := Open(t.Context(), Spec{Name: "real-" + name, File: libraries + "recorded/" + name + ".mjs"}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			compared := 0
			for line := range testkit.JSONLines[struct {
				Scenario json.RawMessage
				Traces   map[string]testkit.Recording
			}](t, "../../testdata/conformance/traces.jsonl") {
				want, ok := line.Traces[name]
				if !ok {
					continue
				}
				scenario, err := scenarios.Parse("", line.Scenario)
				if err != nil {
					t.Fatal(err)
				}
				want.Sort()
				got := testkit.Record(scenario.Script, client.Entry().For(scenario.Script))
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-recorded +in the lane):\n%s", scenario.Name, diff)
				}
				compared++
			}
			t.Logf("%d recordings compared", compared)
			if compared < 100 {
				t.Error("too few")
			}
		})
	}
}
