package answer

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// workers is how many there are in tests.
var workers = runtime.GOMAXPROCS(0)

// probe is how everything is probed here.
var probe = report.Options{Seed: 1, Trials: Trials, Workers: workers}

// TestProved: strategies/proved.txt has in how many scenarios of the catalogue each
// strategy is safe, and never loud: as the probe counts them. With PHOTOFINISH_ALL all
// are counted anew, else some.
func TestProved(t *testing.T) {
	some := !testkit.All()
	few := testkit.Some([]string{"conflate", "naive", "refuse", "switch+hold"}, 1)
	counted := slices.DeleteFunc(slices.Concat(strategies.Catalogue, strategies.Catalogue.Compositions()), func(e strategies.Entry) bool {
		return e.Group == strategies.Museum || some && !slices.Contains(few, e.Name)
	})
	text := new(strings.Builder)
	fmt.Fprintln(text, "# strategy, in how many scenarios of the catalogue it is safe, in how many of these it is never loud")
	all, found := scenarios.All(), known(scenarios.All(), counted)
	each(len(all)*len(counted), workers, func(x *explore.Explorer, n int) {
		i, j := n%len(all), n/len(all)
		prove(context.Background(), x, all[i], &found[j].Rows[i], probe)
	})
	for _, k := range found {
		c := candidates([]Known{k})[0]
		fmt.Fprintln(text, k.Name, c.safe, c.quiet)
		if safe, quiet := k.Proved(); some && (safe != c.safe || quiet != c.quiet) {
			t.Errorf("%s is safe in %d scenarios, and never loud in %d of them; strategies/proved.txt has %d and %d: PHOTOFINISH_ALL=1 go test ./report/answer -update",
				k.Name, c.safe, c.quiet, safe, quiet)
		}
	}
	if !some {
		testkit.Golden(t, "../../../strategies/proved.txt", text.String())
	}
}

// TestProvedLines: nobody is without a line in strategies/proved.txt.
func TestProvedLines(t *testing.T) {
	lines, err := os.ReadFile("../../strategies/proved.txt")
	if err != nil {
		t.Fatal(err)
	}
	var without []string
	for _, e := range slices.Concat(strategies.Catalogue, strategies.Catalogue.Compositions()) {
		if e.Group != strategies.Museum && !strings.Contains(string(lines), "\n"+e.Name+" ") {
			without = append(without, e.Name)
		}
	}
	if without != nil {
		t.Errorf("strategies/proved.txt has no line for %s. In minutes this writes it, and what is answered in every scenario:\n\tPHOTOFINISH_ALL=1 go test ./report/answer -update",
			strings.Join(without, ", "))
	}
}
