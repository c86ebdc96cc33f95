package tui

import (
	"context"
	"math"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// oddsTrials is how many trials stand behind the odds of a lane.
const oddsTrials = 10_000

// odds are the lanes' odds, as far as they are known. They are worked out in
// the background; what belongs to an older script is dropped by its job.
type odds struct {
	job    int
	ctx    context.Context
	cancel context.CancelFunc
	known  map[string]chance
}

// chance is how often a lane ends badly.
type chance struct{ bad, stuck float64 }

// oddsMsg brings the odds of one lane, and asks for the next.
type oddsMsg struct {
	job  int
	lane int
	name string
	c    chance
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
	o.job, o.known = o.job+1, map[string]chance{}
	return estimate(o.ctx, o.job, 0, s, names)
}

// take notes the odds of one lane, if they are not stale.
func (o *odds) take(msg oddsMsg) bool {
	if msg.job != o.job {
		return false
	}
	o.known[msg.name] = msg.c
	return true
}

// estimate works out the odds of one lane.
func estimate(ctx context.Context, job, lane int, s *sim.Script, names []string) tea.Cmd {
	if lane >= len(names) || len(s.Actions) == 0 {
		return nil
	}
	return func() tea.Msg {
		e, err := strategies.Find(names[lane])
		if err != nil || ctx.Err() != nil {
			return nil
		}
		r := report.Estimate(ctx, s, e, report.Options{Seed: 1, Trials: oddsTrials, Workers: 1})
		if ctx.Err() != nil {
			return nil
		}
		return oddsMsg{job, lane, e.Name, chance{r.Share(r.Bad()), r.Share(r.Verdicts[judge.Stuck])}}
	}
}

// oddsLine draws the share of runs that end badly, with a bar in which what
// is stuck is dashed.
func (sc screen) oddsLine(c chance, x, y, bar int) {
	if c.bad > 0 {
		sc.put(x, y, "✗", style{fg: dim})
	} else {
		sc.put(x, y, "✓", style{fg: good, bold: true})
	}
	sc.right(x+6, y, c.short(), style{fg: fg, bold: true})
	n := int(math.Round(c.bad * float64(bar)))
	if c.bad > 0 {
		n = max(n, 1)
	}
	k := min(int(math.Round(c.stuck*float64(bar))), n)
	sc.repeat(x+7, y, n-k, '━', style{fg: wrong})
	sc.repeat(x+7+n-k, y, k, '╍', style{fg: stuck})
	sc.repeat(x+7+n, y, bar-n, '─', style{fg: rule})
}
