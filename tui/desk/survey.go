package desk

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// survey is what is known of every strategy, also of those without a lane. Odds and
// orders know nothing of latencies that are pinned: what was counted holds until
// something else of the script changes, whatever the seed and the lanes are.
type survey struct {
	counted                           // none of the user's own
	replayed map[string]judge.Verdict // of the trial in view, for those without a lane
	besides  []strategies.Entry       // listed too, while somebody looks at them
	begun    bool                     // for a guest it begins when they look
	wanted   bool                     // somebody looks at it

	news   int // counts what has changed any of it
	seen   int // the news for which the rest is
	best   answer.Row
	exists bool
}

// Listed returns the strategies that the survey is of: those of the lineup, the
// composition that is listed, and what else has a lane.
func (d *Desk) Listed() []strategies.Entry {
	all := slices.Clone(d.Lineup)
	for _, more := range [][]strategies.Entry{answer.Candidates(d.Lineup), d.Entries, d.survey.besides} {
		for _, e := range more {
			if !slices.ContainsFunc(all, func(l strategies.Entry) bool { return l.Name == e.Name }) {
				all = append(all, e)
			}
		}
	}
	return all
}

// Row returns what is known of a strategy: before its first trials nothing but its
// orders, if these. Of the user's own clients it is known what their lanes have come
// to.
func (d *Desk) Row(e strategies.Entry) answer.Row {
	row := answer.Row{Entry: e, Odds: d.Results.Odds[e.Name], Orders: d.Results.Orders[e.Name]}
	if odds, counted := d.survey.odds[e.Name]; counted {
		row.Odds = odds
	}
	if orders, counted := d.survey.orders[e.Name]; counted {
		row.Orders = orders
	}
	if row.Odds.Trials == 0 {
		return row
	}
	row.Replayed = d.survey.replayed[e.Name]
	for _, l := range d.Lanes {
		if l.Name == e.Name && !l.Waiting && l.Failed == "" {
			row.Replayed, row.Seen = judge.OK, l.Verdict
		}
	}
	return row
}

// Survey returns the rows of all that is listed, in the order of the catalogue.
func (d *Desk) Survey() []answer.Row {
	listed := d.Listed()
	rows := make([]answer.Row, len(listed))
	for i, e := range listed {
		rows[i] = d.Row(e)
	}
	return rows
}

// SurveyNews counts how often the survey has changed: as long as it stays the same, so
// do the rows.
func (d *Desk) SurveyNews() int { return d.survey.news }

// Surveyed reports whether it is known of all that is listed whether they survive, but
// for the user's own clients. What has been seen to end badly does not, whatever its
// orders are: those come later, or not at all if nobody looks.
func (d *Desk) Surveyed() bool {
	n, of := d.SurveyedOf()
	return of > 0 && n == of
}

// SurveyedOf returns of how many it is known of those that are listed and not the user's
// own; none of none where nothing has happened yet.
func (d *Desk) SurveyedOf() (n, of int) {
	if len(d.Session.Script.Actions) == 0 {
		return 0, 0
	}
	for _, e := range d.Listed() {
		if d.ours(e) {
			continue
		}
		of++
		odds, drawn := d.survey.odds[e.Name]
		if _, ordered := d.survey.orders[e.Name]; drawn && (ordered || odds.Bad() > 0) {
			n++
		}
	}
	return n, of
}

// OwnCounting reports whether a lane of the user's own is still being counted.
func (d *Desk) OwnCounting() bool {
	return slices.ContainsFunc(d.Entries, func(e strategies.Entry) bool {
		o := d.own[e.Name]
		return o != nil && o.busy
	})
}

// ours reports whether a strategy is a program of the user's.
func (d *Desk) ours(e strategies.Entry) bool {
	return d.own[e.Name] != nil || e.Group == strategies.Yours
}

// Survivor returns who loses nothing here, of several the answer, and what it comes
// to. It is not ok as long as not all have been counted, and where nobody does.
func (d *Desk) Survivor() (name string, state report.State, ok bool) {
	v := &d.survey
	if v.seen != v.news {
		v.best, v.exists = answer.Row{}, false
		if d.Surveyed() {
			v.best, v.exists = answer.Best(d.Survey())
		}
		v.seen = v.news
	}
	return v.best.Entry.Name, v.best.State(), v.exists
}

// AddSurvivor gives the answer a lane, the last one, and brings it into view.
func (d *Desk) AddSurvivor() tea.Cmd {
	name, _, ok := d.Survivor()
	lane := slices.Index(d.Session.Strategies, name)
	switch n, of := d.SurveyedOf(); {
	case of == 0:
		d.Message = "nothing has happened yet that anybody could lose"
	case n < of:
		d.Message = fmt.Sprintf("still counting who survives this: %d of %d", n, of)
		return d.Wanted()
	case !ok:
		d.Message = fmt.Sprintf("of %d there is none that is proved to lose nothing: L shows who loses how much", len(d.Listed()))
	case lane >= 0:
		d.Message = name + " has a lane already"
		return d.ShowLane(lane)
	case len(d.Session.Strategies) == session.MaxLanes:
		d.Message = fmt.Sprintf("%d lanes are as many as there can be: L takes one away, and then there is room for %s", session.MaxLanes, name)
	default:
		return d.AddLane(name)
	}
	return nil
}

// Wanted says that somebody looks at the survey: all orders are counted now, and for a
// guest it begins.
func (d *Desk) Wanted() tea.Cmd {
	v := &d.survey
	began, looked := v.begun, v.wanted
	v.begun, v.wanted = true, true
	drawn := len(slices.DeleteFunc(without(d.Listed(), v.odds), d.ours)) == 0
	switch {
	case looked || len(d.Session.Script.Actions) == 0:
	case !began:
		return d.more(d.surveyOf(d.Listed())...)
	case drawn: // else it is seen to when they are
		return d.more(d.orderTasks(d.Listed(), true)...)
	}
	return nil
}

// Count lists strategies beside the others, and counts them; none of the user's own
// are counted. Those that have been listed so before are listed no more.
func (d *Desk) Count(besides []strategies.Entry) tea.Cmd {
	was := d.Listed()
	d.survey.besides = slices.Clone(besides)
	d.survey.news++
	var added []strategies.Entry
	for _, e := range besides {
		if !slices.ContainsFunc(was, func(l strategies.Entry) bool { return l.Name == e.Name }) {
			added = append(added, e)
		}
	}
	if len(added) == 0 || len(d.Session.Script.Actions) == 0 {
		return nil
	}
	return d.more(d.surveyOf(added)...)
}

// resurvey begins a survey of the script in use. What is known of it stays, also of
// the lanes.
func (d *Desk) resurvey() {
	v, r := &d.survey, &d.Results
	of := d.Session.Script.Unpinned()
	if v.of == nil || !reflect.DeepEqual(of, v.of) {
		v.counted, v.wanted, v.begun = d.Counts.of(of), false, d.Guest == nil
		r.Runs = map[string]*Runs{}
	}
	v.replayed = map[string]judge.Verdict{}
	for _, e := range r.lanes {
		if odds, known := v.odds[e.Name]; known {
			r.Odds[e.Name] = odds
		}
		if orders, known := v.orders[e.Name]; known {
			r.Orders[e.Name] = orders
		}
	}
	v.news++
}

func (d *Desk) noteCounted() {
	v := &d.survey
	v.news++
	for _, e := range d.Results.lanes {
		if odds := d.Results.Odds[e.Name]; odds.Trials == d.Trials {
			v.odds[e.Name] = odds
		}
		if orders, known := d.Results.Orders[e.Name]; known {
			v.orders[e.Name] = orders
		}
	}
	d.Counts.note(v.counted)
}

// without returns those of some strategies of which something is not known.
func without[T any](all []strategies.Entry, known map[string]T) []strategies.Entry {
	return slices.DeleteFunc(slices.Clone(all), func(e strategies.Entry) bool {
		_, is := known[e.Name]
		return is
	})
}

// surveyed returns the strategies that are to be counted without anybody's asking.
func (d *Desk) surveyed() []strategies.Entry {
	if !d.survey.begun {
		return nil
	}
	return d.Listed()
}

func (d *Desk) surveyOf(all []strategies.Entry) []task {
	return append(d.draws(all), d.surveyOrders(all)...)
}

// draws returns the tasks for the trials of some strategies that have no lane: the one
// in view, and their odds.
func (d *Desk) draws(all []strategies.Entry) (tasks []task) {
	v := &d.survey
	all = slices.DeleteFunc(slices.Clone(all), func(e strategies.Entry) bool { return d.ours(e) || d.shown(e) })
	if len(all) > 0 {
		tasks = append(tasks, d.replays(all))
	}
	for _, e := range without(all, v.odds) {
		tasks = append(tasks, d.oddsOf(e, v.odds))
	}
	return tasks
}

// surveyOrders returns the task that, when all odds are known, has the orders counted
// of those of which no trial was bad, and, if somebody looks, of the others.
func (d *Desk) surveyOrders(all []strategies.Entry) []task {
	if len(all) == 0 {
		return nil
	}
	return []task{func(context.Context) func(*Results) {
		return func(r *Results) {
			r.tasks = append(r.tasks, d.orderTasks(all, false)...)
			if d.survey.wanted {
				r.tasks = append(r.tasks, d.orderTasks(all, true)...)
			}
		}
	}}
}

// orderTasks returns the tasks for the orders of some strategies: of those that have been
// seen to end badly, or of the others.
func (d *Desk) orderTasks(all []strategies.Entry, bad bool) (tasks []task) {
	v := &d.survey
	for _, e := range without(all, v.orders) {
		if odds := v.odds[e.Name]; d.ours(e) || d.shown(e) || odds.Bad() > 0 != bad {
			continue
		}
		tasks = append(tasks, d.ordersOf(e, v.orders))
	}
	return tasks
}

// replays returns the task of the trial in view of some strategies.
func (d *Desk) replays(all []strategies.Entry) task {
	s, seed, v := d.Session.Script, d.Session.Seed, &d.survey
	return func(context.Context) func(*Results) {
		var w sim.World
		var j judge.Judge
		ends := make(map[string]judge.Verdict, len(all))
		for _, e := range all {
			_, found := j.Run(&w, s, e.For(s), seed, sim.Options{})
			ends[e.Name] = found.Verdict
		}
		return func(*Results) { maps.Copy(v.replayed, ends) }
	}
}

// shown reports whether a strategy has a lane.
func (d *Desk) shown(e strategies.Entry) bool { return slices.Contains(d.Session.Strategies, e.Name) }
