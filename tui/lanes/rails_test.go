package lanes

import (
	"strconv"
	"strings"
	"testing"

	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// What a margin says of an edit that another client has replaced is what the verdict
// says, with the number of that client.
func TestUnseen(t *testing.T) {
	var w sim.World
	var j judge.Judge
	said := 0
	for _, s := range scenarios.All() {
		for _, name := range strategies.Default() {
			e, err := strategies.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			l := diagram.Run(&w, &j, e, s.Script, 1, 0)
			st := l.At(diagram.Forever)
			text := unseen(l, st)
			if text == "" {
				continue
			}
			said++
			by := l.Script.Action(st.Actions[1])
			want := strings.NewReplacer(" of another client", "", "which it", "which client "+strconv.Itoa(int(by.Client)+1)).Replace(st.Says)
			if text != want || by.Client == l.Script.Action(st.Actions[0]).Client {
				t.Errorf("%s, %s: %q, but the verdict is %q", s.Name, name, text, st.Says)
			}
		}
	}
	if said == 0 {
		t.Error("no lane of the catalogue says it")
	}
}
