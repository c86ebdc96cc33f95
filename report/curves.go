package report

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// Curves are the odds of one scenario along something that is varied, a curve
// a strategy. Every point has the same seeds, so curves bend for a reason and
// not by chance.
type Curves struct {
	Made
	Against string // what is varied: "gap" or "latency"
	Title   string
	XLabel  string
	X       []float64
	Ticks   []Tick  // of the axis
	Now     float64 // where the scenario stands, one of X
	Curves  []Curve
	Failed  []error // why the curve of a client of the user's own is not there
}

// AsItIs returns the place in X that is nearest to where the scenario stands.
func (c *Curves) AsItIs() (best int) {
	for i, x := range c.X {
		if math.Abs(x-c.Now) < math.Abs(c.X[best]-c.Now) {
			best = i
		}
	}
	return best
}

// Tick is a place on an axis, with what stands there.
type Tick struct {
	X    float64
	Text string
}

// Curve is the line of one strategy, with a figure for each X of its [Curves].
type Curve struct {
	Strategy       string
	Look           Look
	Labelled       bool      // else it is grey, as one of many
	Trials         int       // of each point, if they are fewer than those of the others; else 0
	Bad, Low, High []float64 // share of trials that end wrong or stuck, and its 95 % interval
}

// How many points a curve has. Along the gap there are more: odds can have
// teeth as narrow as a client's timer.
const (
	points    = 25
	gapPoints = 49
)

// GapCurves varies the gap before an action; those after it move with it.
func GapCurves(ctx context.Context, s *scenarios.Scenario, es []strategies.Entry, action int, o Options) (*Curves, error) {
	actions := s.Script.Actions
	if action < 2 || action > len(actions) {
		return nil, fmt.Errorf("%s has no gap before action %d", tell.Clean(s.Name), action)
	}
	before, a := s.Script.Action(action-1), s.Script.Action(action)
	gap := a.At - before.At
	few := o
	few.Trials, few.Progress = 500, nil
	first := es[max(0, slices.IndexFunc(es, func(e strategies.Entry) bool { return e.Own() == nil }))]
	end := nice(max(2*ms(gap), ms(estimate(ctx, s.Script, first, few).P99)))
	c := &Curves{
		Made: madeOf(s, es, o, "gap", "--action", strconv.Itoa(action)), Against: "gap",
		Title:  fmt.Sprintf("odds against the gap between %s and %s", before.Label(), a.Label()),
		XLabel: fmt.Sprintf("ms from %s to %s", before.Label(), a.Label()), Now: ms(gap), Ticks: Ticks(end),
	}
	for i := range gapPoints {
		c.X = append(c.X, end*float64(i)/(gapPoints-1))
	}
	if i, there := slices.BinarySearch(c.X, c.Now); !there { // what is said of it must be of it
		c.X = slices.Insert(c.X, i, c.Now)
	}
	c.fill(ctx, es, o, func(x float64) *sim.Script {
		if x == c.Now {
			return s.Script
		}
		script := s.Script.Copy()
		shift := time.Duration(x*float64(time.Millisecond)) - gap
		for i := action - 1; i < len(actions); i++ {
			script.Actions[i].At += shift
		}
		return script
	})
	return c, ctx.Err()
}

// LatencyCurves varies the latencies of the network, from an eighth of what
// they are to eight times as much.
func LatencyCurves(ctx context.Context, s *scenarios.Scenario, es []strategies.Entry, o Options) (*Curves, error) {
	c := &Curves{
		Made: madeOf(s, es, o, "latency"), Against: "latency",
		Title: "odds against latency", XLabel: "times the latencies of the network",
	}
	for i := range points {
		c.X = append(c.X, -3+6*float64(i)/(points-1))
	}
	for k := -3.; k <= 3; k++ {
		text := fmt.Sprintf("x%g", math.Exp2(k))
		if k < 0 {
			text = fmt.Sprintf("x1/%g", math.Exp2(-k))
		}
		c.Ticks = append(c.Ticks, Tick{k, text})
	}
	var bad error
	c.fill(ctx, es, o, func(x float64) *sim.Script {
		if x == c.Now {
			return s.Script
		}
		script := *s.Script
		net := &script.Network
		for _, leg := range []*sim.Latency{&net.Up, &net.Down, &net.Save.Up.Latency, &net.Save.Down.Latency, &net.Read.Up.Latency, &net.Read.Down.Latency} {
			var err error
			*leg, err = leg.Times(math.Exp2(x))
			bad = cmp.Or(err, bad)
		}
		return &script
	})
	return c, cmp.Or(bad, ctx.Err())
}

// fill works the points out.
func (c *Curves) fill(ctx context.Context, es []strategies.Entry, o Options, at func(x float64) *sim.Script) {
	scripts := make([]*sim.Script, len(c.X))
	for i, x := range c.X {
		scripts[i] = at(x)
	}
	looks := Looks(es)
strategies:
	for i, e := range es {
		curve, o := Curve{Strategy: e.Name, Look: looks[i]}, o
		if e.Own() != nil {
			o.Trials = affordable(ctx, at(c.Now), e, o, len(c.X))
			curve.Trials = o.Trials
		}
		for _, odds := range estimates(ctx, scripts, e, o) {
			if odds.Failed != nil {
				c.Failed = append(c.Failed, fmt.Errorf("%s failed: %w", e.Name, odds.Failed))
				continue strategies
			}
			low, high := odds.Interval()
			curve.Bad = append(curve.Bad, odds.Share(odds.Bad()))
			curve.Low, curve.High = append(curve.Low, low), append(curve.High, high)
		}
		c.Curves = append(c.Curves, curve)
	}
	c.Label()
}

// Label names the curves of at most eight strategies: clients of the user's own, then
// those that lead, then the ones that are shown by default, and then the safest.
func (c *Curves) Label(lead ...string) {
	six := strategies.Default()
	for i, named := range labelled(len(c.Curves), func(i int) float64 {
		curve := &c.Curves[i]
		switch {
		case curve.Look.Hue == 0:
			return 0
		case slices.Contains(lead, curve.Strategy):
			return 1
		case slices.Contains(six, curve.Strategy):
			return 2
		}
		sum := 0.
		for _, share := range curve.Bad {
			sum += share
		}
		return 3 + sum
	}) {
		c.Curves[i].Labelled = named
	}
}

// Tabled gives the point as it is the figures of a table, whose trials are more. The
// command is then of a chart that has as many at every point.
func (c *Curves) Tabled(m *Matrix, scenario int) {
	now := c.AsItIs()
	for i := range c.Curves {
		curve := &c.Curves[i]
		j := slices.IndexFunc(m.Strategies, func(e strategies.Entry) bool { return e.Name == curve.Strategy })
		cell := m.Cell(scenario, j)
		curve.Bad[now] = cell.Share(cell.Bad())
		curve.Low[now], curve.High[now] = cell.Interval()
		if cell.Trials > c.Trials {
			c.AtNow = max(c.AtNow, cell.Trials)
		}
	}
	trials := func(n int) string { return fmt.Sprintf(" --trials %d ", n) }
	c.Command = strings.Replace(c.Command, trials(c.Trials), trials(m.Trials), 1)
}

// estimates returns the odds of each script. The trials of one are run by one
// worker, so that nobody waits for another after each; those of a client of the
// user's own by as many as it is given, until it fails.
func estimates(ctx context.Context, scripts []*sim.Script, e strategies.Entry, o Options) []Odds {
	all, workers := make([]Odds, len(scripts)), max(1, o.Workers)
	if e.Own() != nil {
		workers = 1
	} else {
		o.Workers = 1
	}
	var next atomic.Int64
	explore.Workers(workers, func(int) {
		for i := next.Add(1) - 1; i < int64(len(scripts)); i = next.Add(1) - 1 {
			if all[i] = Estimate(ctx, scripts[i], e, o); all[i].Failed != nil {
				return
			}
		}
	})
	return all
}

// TrialsAt returns how many trials point k of a curve has.
func (c *Curves) TrialsAt(curve *Curve, k int) int {
	switch {
	case curve.Trials > 0:
		return curve.Trials
	case c.AtNow > 0 && c.X[k] == c.Now:
		return c.AtNow
	}
	return c.Trials
}

// Notes say which curves have fewer trials a point than the others, and which are
// missing.
func (c *Curves) Notes() (list []string) {
	for _, curve := range c.Curves {
		if curve.Trials > 0 && curve.Trials < c.Trials {
			list = append(list, fmt.Sprintf("%s: %s trials a point, in the time that it had (--within)", curve.Strategy, tell.Grouped(curve.Trials)))
		}
	}
	return append(list, cleaned(c.Failed)...)
}

// affordable returns how many trials of each of so many points a client of the
// user's own has the time for, by how long a few take. All points have the same,
// so that a curve bends for a reason.
func affordable(ctx context.Context, s *sim.Script, e strategies.Entry, o Options, points int) int {
	few := o
	few.Trials, few.Progress = min(16, o.Trials), nil
	Estimate(ctx, s, e, few) // the first ones start its processes, and read its libraries
	began := time.Now()
	n := Estimate(ctx, s, e, few).Trials
	took := max(time.Since(began), time.Microsecond)
	most := float64(n) * float64(o.within()) / float64(took) / float64(points)
	return max(1, min(o.Trials, int(most)))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// nice rounds the end of an axis up.
func nice(x float64) float64 {
	x = math.Max(x, 20)
	p := math.Pow(10, math.Floor(math.Log10(x)))
	for _, k := range []float64{1, 1.5, 2, 3, 4, 5, 6, 8} {
		if k*p >= x {
			return k * p
		}
	}
	return 10 * p
}

// Ticks puts a tick at every fifth or so of an axis from 0 on.
func Ticks(end float64) (out []Tick) {
	step := math.Pow(10, math.Floor(math.Log10(end/3)))
	for _, k := range []float64{5, 2} {
		if end/(k*step) >= 3 {
			step *= k
			break
		}
	}
	for x := 0.; x <= end*1.0001; x += step {
		out = append(out, Tick{x, strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)})
	}
	return out
}
