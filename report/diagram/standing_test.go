package diagram_test

import (
	"strconv"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// A lane says of an edit that another client has done away with what the verdict says,
// with the number of that client: it may be the one that is looked at.
func TestStandingNumbersTheClient(t *testing.T) {
	said := 0
	for _, s := range scenarios.All() {
		for _, name := range strategies.Default() {
			l := diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, name), s.Script, 1, 0)
			st := l.At(diagram.Forever)
			if st.Kind != judge.LostUpdate.String() || !strings.Contains(l.Anomalies[0].Says(l.Script), "another client") {
				continue
			}
			said++
			client := "client " + strconv.Itoa(int(l.Script.Action(st.Actions[1]).Client)+1)
			want := strings.NewReplacer(" of another client", "", "which it", "which "+client).Replace(l.Anomalies[0].Says(l.Script))
			if st.Says != want || strings.Contains(st.Says, "another client") || !strings.Contains(st.Says, client) {
				t.Errorf("%s, %s: %q, want %q", s.Name, name, st.Says, want)
			}
		}
	}
	if said == 0 {
		t.Error("no lane of the catalogue says it")
	}
}
