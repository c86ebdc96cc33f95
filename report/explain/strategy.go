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

// compared writes what the strategy does to the scenarios of the catalogue.
func (p *page) compared(e strategies.Entry) {
	c := Compare(e)
	if c.Others {
		p.fact("compared", fmt.Sprintf("with naive, in all orders of %d scenarios of the catalogue", c.Cost.scenarios-c.Cut)+inTheFirst(c.Cut))
	}
	lines := func(list []Proof) (lines []string) {
		for _, f := range list {
			lines = append(lines, f.Scenario+": "+f.String())
		}
		return lines
	}
	var fixes []string
	for _, f := range c.Fixes {
		fixes = append(fixes, f.Scenario+f.told())
	}
	p.fact("fixes", strings.Join(fixes, ", "))
	p.fact("breaks", lines(c.Breaks)...)
	p.fact("loses", lines(c.Loses)...)
	p.fact("not proved", lines(c.Open)...)
	p.fact("cost", c.Cost.String())
	if c.Others {
		p.fact("", "naive: "+c.Naive.String())
	}
}

// Comparison says what a strategy does to the scenarios of the catalogue, those in
// which naive can lose something and those in which it cannot.
type Comparison struct {
	Others      bool    // it is not naive itself
	Cut         int     // scenarios of which not all orders were run
	Fixes       []Proof // naive loses something, and this does not
	Breaks      []Proof // the other way round
	Loses       []Proof // so does naive, or nobody knows
	Open        []Proof // nothing bad was found, and not all orders were run
	Cost, Naive Costs
}

// Compare runs orders and trials of the whole catalogue.
func Compare(e strategies.Entry) (c Comparison) {
	naive := strategies.Naive()
	c.Others = e.Name != naive.Name
	for _, s := range scenarios.All() {
		got, before := proveIn(s, e), Proof{}
		c.Cost.add(s, e)
		if c.Others {
			before = proveIn(s, naive)
			c.Naive.add(s, naive)
		}
		if !got.Complete || c.Others && !before.Complete {
			c.Cut++
		}
		switch {
		case got.Bad > 0 && before.raceFree():
			c.Breaks = append(c.Breaks, got)
		case got.Bad > 0:
			c.Loses = append(c.Loses, got)
		case !got.Complete:
			c.Open = append(c.Open, got)
		case before.Bad > 0:
			c.Fixes = append(c.Fixes, got)
		}
	}
	return c
}

// inTheFirst says of how many scenarios not all orders were run.
func inTheFirst(cut int) string {
	if cut == 0 {
		return ""
	}
	return fmt.Sprintf(", and in the first %s of %d more", tell.Grouped(mostClasses), cut)
}

// Proof counts the orders of a scenario, up to a thousand classes of them.
type Proof struct {
	Scenario     string
	Classes, Bad int
	Complete     bool
	Kinds        report.Kinds // of the bad classes; if there are none, of all
}

func proveIn(s *scenarios.Scenario, e strategies.Entry) (p Proof) {
	p.Scenario = s.Name
	var loud report.Kinds
	var x explore.Explorer
	for c := range x.Classes(s.Script, e.For(s.Script)) {
		if p.Classes == mostClasses {
			return p
		}
		p.Classes++
		kinds := report.KindsOf(c.Judged)
		if loud |= kinds; c.Judged.Verdict.Bad() {
			p.Bad++
			p.Kinds |= kinds
		}
	}
	if p.Complete = true; p.Bad == 0 {
		p.Kinds = loud
	}
	return p
}

func (p Proof) raceFree() bool { return p.Complete && p.Bad == 0 }

// String says in how many orders what goes wrong.
func (p Proof) String() string {
	all := tell.Grouped(p.Classes) + " orders"
	if !p.Complete {
		all = "the first " + all
	}
	if p.Bad == 0 {
		return "none of " + all + " is bad, and there are more"
	}
	return fmt.Sprintf("%s of %s, %s", tell.Grouped(p.Bad), all, strings.Join(p.Kinds.Names(), ", "))
}

// told says what the user hears where nothing is lost.
func (p Proof) told() string {
	if p.Kinds == 0 {
		return ""
	}
	return " (" + strings.Join(p.Kinds.Names(), ", ") + ")"
}

// Costs sums up what correctness is paid with, over several scenarios.
type Costs struct {
	scenarios        int
	requests         float64
	blocked, settled time.Duration
}

func (c *Costs) add(s *scenarios.Scenario, e strategies.Entry) {
	o := report.Estimate(context.Background(), s.Script, e, report.Options{Seed: 1, Trials: trials})
	c.scenarios++
	c.requests += o.Requests
	c.blocked += o.Blocked
	c.settled += o.P50
}

// Means returns the mean number of requests, and how long it took on average after
// the last click until all had settled, and how long something was blocked.
func (c *Costs) Means() (requests float64, settled, blocked time.Duration) {
	n := max(1, c.scenarios)
	return c.requests / float64(n), c.settled / time.Duration(n), c.blocked / time.Duration(n)
}

// String gives the means.
func (c *Costs) String() string {
	requests, settled, blocked := c.Means()
	text := fmt.Sprintf("%.1f requests a scenario, settled %s ms after the last click", requests, tell.Rounded(settled))
	if c.blocked > 0 {
		text += ", blocked for " + tell.Rounded(blocked) + " ms"
	}
	return text
}

// code writes the files that the strategy is written in, and the one in which it is
// written over fetch, if there is one.
func (p *page) code(e strategies.Entry) error {
	for _, f := range e.Files() {
		text, err := strategies.Code(f)
		if err != nil {
			return err
		}
		p.file(f, text)
	}
	if f, text := strategies.JavaScript(e.Name); f != "" {
		p.file(f+", the same as a client of your own", text)
	}
	return nil
}

func (p *page) file(head, text string) {
	fmt.Fprintf(p, "\n%s\n", terminal.Paint(p.palette.Faint, head))
	for line := range strings.Lines(text) {
		if line != "\n" {
			line = "  " + strings.ReplaceAll(line, "\t", "  ")
		}
		p.WriteString(line)
	}
}
