package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// CostKind is something that safety costs.
type CostKind struct {
	Name string // as on the command line
	Long string
	Unit string // behind a figure, "" if it has none
	Of   func(*Costs) (mean, low, high float64, known bool)
}

// CostKinds lists what safety costs, each with a chart of its own.
var CostKinds = []CostKind{
	{"waits", "how long a click waits for its answer", "ms", func(c *Costs) (mean, low, high float64, known bool) {
		from, to := c.Interval()
		return ms(c.Waits), ms(max(0, from)), ms(to), c.Answered() > 0
	}},
	{"sent", "requests for a save that stands", "", func(c *Costs) (mean, low, high float64, known bool) {
		mean, known = c.PerSave()
		return mean, mean, mean, known
	}},
}

// Title says what the figures are, with their unit.
func (k CostKind) Title() string {
	if k.Unit == "" {
		return k.Long
	}
	return k.Long + ", in " + k.Unit
}

// Figure writes a cost, as "311 ms" or "0.72".
func (k CostKind) Figure(cost float64) string {
	if k.Unit == "" {
		return fmt.Sprintf("%.2f", cost)
	}
	return tell.Rounded(time.Duration(cost*float64(time.Millisecond))) + " " + k.Unit
}

// Frontier sets what strategies cost in one scenario against how safe they are. Only
// those that are eligible are compared: one that loses ends well when the network was
// quick, and seems cheap by that.
type Frontier struct {
	Made
	Kind   CostKind
	AtMost float64 // what may be lost, and how much louder than the least loud one may be
	Points []Point // those that are compared first, the cheapest of them first
	Failed []error // why there is no figure of a client of the user's own
}

// Point is a strategy in a [Frontier].
type Point struct {
	Strategy       string
	Look           Look
	Labelled       bool
	State          State
	Bad, Low, High float64 // share of trials that end wrong or stuck, and its 95 % interval
	Loud           float64 // share of trials

	Cost, CostLow, CostHigh float64 // mean and its 95 % interval, where there is one
	Known                   bool    // there is a figure

	Why  Why
	Best bool // no other that is compared loses and costs less, or as much of one and less of the other
}

// Why says whether a strategy is compared with others, and if not, why.
type Why uint8

// Within those that are compared, or the reason why not.
const (
	Within  Why = iota
	Loses       // it is not eligible
	Louder      // it fails aloud more often than another that is eligible
	Unknown     // it has no figure
)

// String returns the word that JSON has.
func (w Why) String() string { return [...]string{"compared", "loses", "louder", "unknown"}[w] }

// Frontier returns what the strategies cost in scenario i. Lead are those that are to
// be named before others.
func (m *Matrix) Frontier(i int, kind CostKind, lead ...string) *Frontier {
	s := m.Scenarios[i]
	f := &Frontier{Made: madeOf(s, m.Strategies, m.Options, kind.Name), Kind: kind, AtMost: m.mayLose()}
	if m.AtMost > 0 {
		f.Command += " --at-most " + strconv.FormatFloat(m.AtMost, 'g', -1, 64)
	}
	looks, harmless := Looks(m.Strategies), m.harmless(i)
	for j, e := range m.Strategies {
		c := m.Cell(i, j)
		if c.Failed != nil {
			f.Failed = append(f.Failed, fmt.Errorf("%s failed: %w", e.Name, c.Failed))
		}
		if c.Trials == 0 {
			continue
		}
		p := Point{Strategy: e.Name, Look: looks[j], State: c.State(), Bad: c.Share(c.Bad()), Loud: c.Share(c.Verdicts[judge.Loud])}
		p.Low, p.High = c.Interval()
		p.Cost, p.CostLow, p.CostHigh, p.Known = kind.Of(&c.Costs)
		switch {
		case !harmless[j]:
			p.Why = Loses
		case !p.Known:
			p.Why = Unknown
		}
		f.Points = append(f.Points, p)
	}
	f.choose()
	slices.SortStableFunc(f.Points, func(a, b Point) int {
		if a.Why == Within && b.Why == Within {
			return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.Bad, b.Bad))
		}
		return cmp.Or(cmp.Compare(a.Why, b.Why), cmp.Compare(a.Bad, b.Bad))
	})
	f.label(lead)
	return f
}

// Both says how charts of one run are made: of several costs, by one command.
func Both(all []*Frontier) Made {
	m := all[0].Made
	if len(all) > 1 {
		m.Command = strings.Replace(m.Command, " --against "+all[0].Kind.Name, " --against cost", 1)
	}
	return m
}

// choose says who is compared, and who of them is beaten by nobody.
func (f *Frontier) choose() {
	least := 1.
	for _, p := range f.Points {
		if p.Why == Within {
			least = min(least, p.Loud)
		}
	}
	for i := range f.Points {
		if p := &f.Points[i]; p.Why == Within && p.Loud > least+f.AtMost {
			p.Why = Louder
		}
	}
	for i := range f.Points {
		p := &f.Points[i]
		p.Best = p.Why == Within && !slices.ContainsFunc(f.Points, func(o Point) bool {
			return o.Why == Within && o.Bad <= p.Bad && o.Cost <= p.Cost && (o.Bad < p.Bad || o.Cost < p.Cost)
		})
	}
}

// label names clients of the user's own, those that lead, the frontier, the naive client,
// of which everybody thinks, and the cheapest of the others.
func (f *Frontier) label(lead []string) {
	naive := strategies.Naive().Name
	for i, named := range labelled(len(f.Points), func(i int) float64 {
		p := &f.Points[i]
		switch {
		case p.Look.Hue == 0:
			return 0
		case slices.Contains(lead, p.Strategy):
			return 1
		case p.Best:
			return 2
		case p.Strategy == naive:
			return 3
		}
		return 4 + float64(i)
	}) {
		f.Points[i].Labelled = named
	}
}

// Compared returns the points whose costs are compared, the cheapest first, and the
// others.
func (f *Frontier) Compared() (compared, others []Point) {
	n := slices.IndexFunc(f.Points, func(p Point) bool { return p.Why != Within })
	if n < 0 {
		n = len(f.Points)
	}
	return f.Points[:n], f.Points[n:]
}

// Outside says of one whose costs are not compared why.
func (p *Point) Outside() string {
	switch p.Why {
	case Louder:
		return p.Strategy + " (aloud " + Percent(p.Loud) + ")"
	case Unknown:
		return p.Strategy + " (no figure)"
	}
	return p.Strategy + " " + Percent(p.Bad)
}

// Notes say whose figures are missing.
func (f *Frontier) Notes() []string { return cleaned(f.Failed) }

// mayLose returns the share of bad trials up to which costs are compared.
func (m *Matrix) mayLose() float64 { return cmp.Or(m.AtMost, AtMost) }
