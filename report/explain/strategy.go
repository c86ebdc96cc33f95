package explain

import (
	"context"
	"fmt"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// What explaining a strategy runs of each scenario of the catalogue.
const (
	mostClasses = 1000
	trials      = 200
)

func (p *page) strategy(e strategies.Entry) error {
	p.heading(e.Name, "strategy: "+e.Rule)
	p.fact("group", string(e.Group))
	p.fact("source", e.Source)
	p.compared(e)
	return p.code(e)
}

// compared writes what the strategy does to the scenarios of the catalogue in
// which naive can lose something, and to those in which it cannot.
func (p *page) compared(e strategies.Entry) {
	naive := strategies.Catalogue[0]
	var fixes, breaks, open, loses []string
	var cost, plain costs
	cut := 0
	for _, s := range scenarios.All() {
		got, before := proveIn(s, e), proof{}
		cost.add(s, e)
		if e.Name != naive.Name {
			before = proveIn(s, naive)
			plain.add(s, naive)
		}
		if !got.complete || e.Name != naive.Name && !before.complete {
			cut++
		}
		switch {
		case got.bad > 0 && before.raceFree():
			breaks = append(breaks, s.Name+": "+got.String())
		case got.bad > 0:
			loses = append(loses, s.Name+": "+got.String())
		case !got.complete:
			open = append(open, s.Name+": "+got.String())
		case before.bad > 0:
			fixes = append(fixes, s.Name+got.told())
		}
	}
	if e.Name != naive.Name {
		p.fact("compared", fmt.Sprintf("with naive, in all orders of %d scenarios of the catalogue", cost.scenarios-cut)+inTheFirst(cut))
	}
	p.fact("fixes", strings.Join(fixes, ", "))
	p.fact("breaks", breaks...)
	p.fact("loses", loses...)
	p.fact("not proved", open...)
	p.fact("cost", cost.String())
	if e.Name != naive.Name {
		p.fact("", "naive: "+plain.String())
	}
}

// inTheFirst says of how many scenarios not all orders were run.
func inTheFirst(cut int) string {
	if cut == 0 {
		return ""
	}
	return fmt.Sprintf(", and in the first %s of %d more", tell.Grouped(mostClasses), cut)
}

// proof counts the orders of a scenario, up to [mostClasses].
type proof struct {
	classes, bad int
	complete     bool
	kinds        report.Kinds // of the bad classes; if there are none, of all
}

func proveIn(s *scenarios.Scenario, e strategies.Entry) (p proof) {
	var loud report.Kinds
	var x explore.Explorer
	for c := range x.Classes(s.Script, e.For(s.Script)) {
		if p.classes == mostClasses {
			return p
		}
		p.classes++
		kinds := report.KindsOf(c.Judged)
		if loud |= kinds; c.Judged.Verdict.Bad() {
			p.bad++
			p.kinds |= kinds
		}
	}
	if p.complete = true; p.bad == 0 {
		p.kinds = loud
	}
	return p
}

func (p proof) raceFree() bool { return p.complete && p.bad == 0 }

// String says in how many orders what goes wrong.
func (p proof) String() string {
	all := tell.Grouped(p.classes) + " orders"
	if !p.complete {
		all = "the first " + all
	}
	if p.bad == 0 {
		return "none of " + all + " is bad, and there are more"
	}
	return fmt.Sprintf("%s of %s, %s", tell.Grouped(p.bad), all, strings.Join(p.kinds.Names(), ", "))
}

// told says what the user hears where nothing is lost.
func (p proof) told() string {
	if p.kinds == 0 {
		return ""
	}
	return " (" + strings.Join(p.kinds.Names(), ", ") + ")"
}

// costs sums up what correctness is paid with, over several scenarios.
type costs struct {
	scenarios        int
	requests         float64
	blocked, settled time.Duration
}

func (c *costs) add(s *scenarios.Scenario, e strategies.Entry) {
	o := report.Estimate(context.Background(), s.Script, e, report.Options{Seed: 1, Trials: trials})
	c.scenarios++
	c.requests += o.Requests
	c.blocked += o.Blocked
	c.settled += o.P50
}

// String gives the means.
func (c *costs) String() string {
	n := max(1, c.scenarios)
	mean := func(d time.Duration) string {
		return tell.Rounded(d / time.Duration(n))
	}
	text := fmt.Sprintf("%.1f requests a scenario, settled %s ms after the last click", c.requests/float64(n), mean(c.settled))
	if c.blocked > 0 {
		text += ", blocked for " + mean(c.blocked) + " ms"
	}
	return text
}

// code writes the files that the strategy is written in.
func (p *page) code(e strategies.Entry) error {
	for _, f := range e.Files() {
		text, err := strategies.Code(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(p, "\n%s\n", terminal.Paint(p.palette.Faint, f))
		for line := range strings.Lines(text) {
			if line != "\n" {
				line = "  " + strings.ReplaceAll(line, "\t", "  ")
			}
			p.WriteString(line)
		}
	}
	return nil
}
