package desk

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Runs has how the first of the runs end that odds are made of: number i+1 is that
// with seed i+1, without pins.
type Runs [100]judge.Verdict

// Bad returns how many end wrong or stuck.
func (r *Runs) Bad() (n int) {
	for _, v := range r {
		if v.Bad() {
			n++
		}
	}
	return n
}

// Runs returns the first runs of a lane, nil if they are not to be seen or not known.
// Those of the user's own clients are not: a hundred of them take too long.
func (d *Desk) Runs(name string) *Runs {
	if d.FirstRun {
		return nil
	}
	return d.Results.Runs[name]
}

// OpenRun returns the number of the run that is on the screen, 0 if it is none of
// them: something is pinned.
func (d *Desk) OpenRun() int {
	if report.Pinned(d.Session.Script) || d.Session.Seed > uint64(len(Runs{})) {
		return 0
	}
	return int(d.Session.Seed)
}

// ShowRun opens a run by its number.
func (d *Desk) ShowRun(n int) tea.Cmd {
	next := d.Session.Run(uint64(n))
	return d.EditAs(next, next.Luck()+":", d.Session.Luck()+" is open already")
}

// firstRuns returns the task that runs those of some lanes, as far as they are not
// known.
func (d *Desk) firstRuns(lanes []strategies.Entry) task {
	s, known := d.survey.of, d.Results.Runs
	lanes = slices.DeleteFunc(slices.Clone(lanes), func(e strategies.Entry) bool { return known[e.Name] != nil })
	return func(context.Context) func(*Results) {
		all := map[string]*Runs{}
		var w sim.World
		var j judge.Judge
		for _, e := range lanes {
			runs, strategy := new(Runs), e.For(s)
			for i := range runs {
				_, found := j.Run(&w, s, strategy, uint64(i+1), sim.Options{})
				runs[i] = found.Verdict
			}
			all[e.Name] = runs
		}
		return func(r *Results) { maps.Copy(r.Runs, all) }
	}
}
