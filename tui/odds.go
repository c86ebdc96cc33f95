package tui

import (
	"context"
	"math"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// oddsTrials is how many trials stand behind the odds of a lane.
const oddsTrials = 10_000

// liveClasses is how many classes of orders are run for a lane before the
// screen says that it does not know.
const liveClasses = 20_000

// odds are the lanes' odds and orders, as far as they are known. They are
// worked out in the background; what belongs to an older script is dropped by
// its job.
type odds struct {
	job    int
	ctx    context.Context
	cancel context.CancelFunc
	known  map[string]chance
	orders map[string]explore.Result
}

// chance is how often a lane ends badly.
type chance struct{ bad, stuck float64 }

// oddsMsg brings the odds of one lane, or its orders, and asks for the next.
type oddsMsg struct {
	job    int
	task   int
	name   string
	c      chance
	orders *explore.Result // nil if this is about odds
}

// oddsShown reports whether any odds are to be seen: not in a first run,
// which is about this one trial.
func (m *Model) oddsShown() bool { return !m.firstRun && len(m.odds.known) > 0 }

// chance returns a lane's odds, if they are to be seen and known.
func (m *Model) chance(name string) (chance, bool) {
	c, ok := m.odds.known[name]
	return c, ok && !m.firstRun
}

// short returns the share in at most four cells.
func (c chance) short() string {
	if p := 100 * c.bad; p > 0 && p < 0.5 {
		return "<1 %"
	} else if p > 99.5 && p < 100 {
		return ">99%"
	}
	return itoa(int(math.Round(100*c.bad))) + " %"
}

// begin forgets the odds of an older script and starts on a new one's.
func (o *odds) begin(s *sim.Script, names []string) tea.Cmd {
	if o.cancel != nil {
		o.cancel()
	}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	o.job, o.known, o.orders = o.job+1, map[string]chance{}, map[string]explore.Result{}
	return estimate(o.ctx, o.job, 0, s, names)
}

// take notes what is known of one lane, if it is not stale.
func (o *odds) take(msg oddsMsg) bool {
	if msg.job != o.job {
		return false
	}
	if msg.orders != nil {
		o.orders[msg.name] = *msg.orders
	} else {
		o.known[msg.name] = msg.c
	}
	return true
}

// estimate works out the odds of one lane; when all lanes have theirs, the
// orders of one lane.
func estimate(ctx context.Context, job, task int, s *sim.Script, names []string) tea.Cmd {
	if task >= 2*len(names) || len(s.Actions) == 0 {
		return nil
	}
	return func() tea.Msg {
		e, err := strategies.Find(names[task%len(names)])
		if err != nil {
			return nil
		}
		msg := oddsMsg{job: job, task: task, name: e.Name}
		if task < len(names) {
			r := report.Estimate(ctx, s, e, report.Options{Seed: 1, Trials: oddsTrials, Workers: 1})
			msg.c = chance{r.Share(r.Bad()), r.Share(r.Verdicts[judge.Stuck])}
		} else {
			r := new(explore.Explorer).Count(ctx, s, e.New(), explore.Bounds{Classes: liveClasses})
			msg.orders = &r
		}
		if ctx.Err() != nil {
			return nil
		}
		return msg
	}
}

// ordersText says what all orders of a lane come to: a proof, a count, or
// that the bound was reached.
func ordersText(r explore.Result) (mark, text string, of style) {
	bad := "✗"
	if r.Verdicts[judge.Wrong] == 0 {
		bad = "…"
	}
	switch {
	case r.RaceFree():
		return "✓", "race-free: all " + report.Grouped(r.Classes), style{fg: good, bold: true}
	case r.Bad() > 0 && r.Complete:
		return bad, report.Grouped(r.Bad()) + " of " + report.Grouped(r.Classes) + " orders", style{fg: dim}
	case r.Bad() > 0:
		return bad, "in " + report.Grouped(r.Bad()) + " orders, or more", style{fg: dim}
	}
	return "?", "of " + report.Grouped(r.Classes) + "+", style{fg: unknown}
}

// ordersLine draws them.
func (sc screen) ordersLine(name string, x, y, room int) {
	r, ok := sc.m.odds.orders[name]
	if !ok || sc.m.firstRun {
		return
	}
	mark, text, of := ordersText(r)
	sc.put(x, y, mark, of)
	sc.put(x+2, y, cut(text, room-2), of)
}

// oddsLine draws the share of runs that end badly, with a bar in which what
// is stuck is dashed.
func (sc screen) oddsLine(c chance, x, y, bar int) {
	switch {
	case c.bad > c.stuck:
		sc.put(x, y, "✗", style{fg: dim})
	case c.bad > 0:
		sc.put(x, y, "…", style{fg: dim})
	default:
		sc.put(x, y, "✓", style{fg: good, bold: true})
	}
	if text := c.short(); width(text) == 5 {
		sc.put(x+2, y, text, style{fg: fg, bold: true})
		x, bar = x+1, bar-1
	} else {
		sc.right(x+6, y, text, style{fg: fg, bold: true})
	}
	n := int(math.Round(c.bad * float64(bar)))
	if c.bad > 0 {
		n = max(n, 1)
	}
	k := min(int(math.Round(c.stuck*float64(bar))), n)
	sc.repeat(x+7, y, n-k, '━', style{fg: wrong})
	sc.repeat(x+7+n-k, y, k, '╍', style{fg: stuck})
	sc.repeat(x+7+n, y, bar-n, '─', style{fg: rule})
}
