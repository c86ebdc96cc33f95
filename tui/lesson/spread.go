package lesson

import (
	"context"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
)

// Elsewhere is what the same clicks come to on another network.
type Elsewhere struct {
	Name string  // of the network, as "3g"; of a spread, how long messages take
	Bad  float64 // of 100 trials
	Here bool    // it is the network that was asked about
}

// Spreads tells how odds hang on the network: on a few that are known by name, and on
// some with the mean of the one that was asked about, from no spread at all to its own.
type Spreads struct {
	Networks, Spread []Elsewhere
}

// spreads are the shares of the mean by which a message may be quicker or slower.
var spreads = []int{0, 25, 50, 75, 100}

// Spreads works out, for a question about odds, what the same clicks come to on other
// networks; nil for other steps. Slow the first time.
func (b *Book) Spreads(ctx context.Context, n int) (*Spreads, error) {
	n = b.of(n)
	if n < 0 || b.questions[n] == nil || b.Lesson.Steps[n].Answer != lessons.Odds {
		return nil, nil
	}
	s := &b.Lesson.Steps[n]
	return b.spreads.find(ctx, n, func() (*Spreads, error) {
		out := &Spreads{}
		for _, name := range []string{"lan", "4g", "3g"} {
			if p, ok := scenarios.Network(name); ok && s.Scenario.Network != name {
				out.Networks = append(out.Networks, elsewhere(ctx, s, name, p.Network.Up, p.Network.Down))
			}
		}
		here := &s.Scenario.Script.Network
		name := "this network"
		if s.Scenario.Network != "" {
			name = tell.Clean(s.Scenario.Network)
		}
		own := elsewhere(ctx, s, name, here.Up, here.Down)
		own.Here = true
		out.Networks = append(out.Networks, own)
		if here.Up.Dist == sim.Exponential && here.Down.Dist == sim.Exponential { // whose mean is known
			for _, percent := range spreads {
				up, down := around(here.Up.A, percent), around(here.Down.A, percent)
				says := tell.Rounded(here.Up.A) + " ms, always"
				if percent > 0 {
					says = tell.Rounded(up.A) + " to " + tell.Rounded(up.B) + " ms"
				}
				out.Spread = append(out.Spread, elsewhere(ctx, s, says, up, down))
			}
			own.Name = tell.Rounded(here.Up.A) + " ms on average, now and then much more"
			out.Spread = append(out.Spread, own)
		}
		return out, ctx.Err()
	})
}

// around returns a latency of a mean, and so many per cent of it to both sides.
func around(mean time.Duration, percent int) sim.Latency {
	by := mean * time.Duration(percent) / 100
	if by == 0 {
		l, _ := sim.NewLatency(sim.Constant, 0, mean) // of a mean that was a latency before
		return l
	}
	l, _ := sim.NewLatency(sim.Uniform, 0, mean-by, mean+by)
	return l
}

func elsewhere(ctx context.Context, s *lessons.Step, name string, up, down sim.Latency) Elsewhere {
	script := s.Scenario.Script.Unpinned()
	script.Network.Up, script.Network.Down = up, down
	o := report.Estimate(ctx, script, Entry(s.Strategies[0]), report.Options{Seed: oddsSeed, Trials: oddsTrials, Workers: workers()})
	return Elsewhere{Name: name, Bad: 100 * o.Share(o.Bad())}
}
