package dialogs

import (
	"time"

	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// endings draws how the lanes would end if a scenario was opened, a mark each, and
// when all had settled; left of them, where there is room, how the scenario is called.
// The trials are run when it is first drawn. A client of the user's own is too slow
// for that: its mark is open.
func (ds Dialogs) endings(called string, load func() (*scenarios.Scenario, error)) picture {
	var signs []tell.Sign
	var settled string
	called = ink.Printable(called, 60)
	return func(sc page.Screen, x, y, _, room int, chosen bool) int {
		if load != nil {
			if s, err := load(); err == nil {
				var end time.Duration
				signs, end = ds.trials(s)
				settled = tell.Rounded(end) + " ms"
			}
			load = nil
		}
		width := len(signs) + settledRoom
		if len(signs) == 0 || width > room {
			return 0
		}
		sc.Right(x, y, settled, frame.On(ink.Dim, chosen))
		for i, sign := range signs {
			sc.Put(x-width+i, y, sign.Glyph, frame.On(ink.Of(sign.Role), true))
		}
		if all := width + 3 + ink.Width(called); all <= room && sc.W >= page.MidWidth {
			sc.Right(x-width-3, y, called, frame.On(ink.Faint, chosen))
			width = all
		}
		return width
	}
}

// settledRoom is that of a time behind the marks, as of 120,000 ms.
const settledRoom = 11

// trials runs a scenario as it is written in every lane.
func (ds Dialogs) trials(s *scenarios.Scenario) (signs []tell.Sign, settled time.Duration) {
	if len(s.Script.Actions) == 0 {
		return nil, 0
	}
	var w sim.World
	var j judge.Judge
	for _, e := range ds.Entries {
		if e.Own() != nil {
			signs = append(signs, tell.Sign{Glyph: tell.Open, Role: tell.Dim})
			continue
		}
		l, found := j.Run(&w, s.Script, e.For(s.Script), max(s.Seed, 1), sim.Options{})
		signs = append(signs, tell.Verdict(found.Verdict))
		settled = max(settled, l.Settled)
	}
	return signs, settled
}
