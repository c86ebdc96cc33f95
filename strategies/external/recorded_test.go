package external_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/internal/testkit"
	"photofinish/strategies/external"
)

// TestRecorded runs the real libraries in a lane, on the scenarios under which
// they were recorded in another way: all that goes over the wire, with its
// attribution to clicks, is the same, and so is what stands at the end.
func TestRecorded(t *testing.T) {
	testkit.Long(t, "small clients are run all the same")
	const libraries = "kit/testdata/libraries/"
	if _, err := os.Stat(libraries + "node_modules"); err != nil {
		t.Skipf("the libraries are not there: npm ci in strategies/external/%s", libraries)
	}
	for _, name := range []string{"mutation-scope", "switch", "exhaust", "queue-ball", "promise-chain"} {
		t.Run(name, func(t *testing.T) {
			client, err := external.Open(t.Context(), external.Spec{Name: "real-" + name, File: libraries + "recorded/" + name + ".mjs"}, external.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			compared := 0
			for _, r := range recorded(t) {
				want, ok := r.traces[name]
				if !ok {
					continue
				}
				got := testkit.Record(r.scenario.Script, client.Entry().For(r.scenario.Script))
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-recorded +in the lane):\n%s", r.scenario.Name, diff)
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
