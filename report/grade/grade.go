// Package grade runs exercises: what all orders of their scenarios come to with what a
// learner has written, the order that is worth showing, and the wrong idea behind it
// if it is one of those that are known.
package grade

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"photofinish/exercises"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Options say how far to go. The zero value is fine.
type Options struct {
	Within time.Duration // for each scenario; 0: [report.OwnExplores]

	// Sound says why orders of the client would prove nothing in a scenario; nil:
	// nobody is asked.
	Sound func(*scenarios.Scenario, strategies.Entry) error
	// Notes are what is known of the client beside its verdicts; nil: nothing.
	Notes Notes
}

// Notes are what somebody has noted of a client while it was run.
type Notes interface {
	// Cries returns what it has told the user of a failure while there was none, or "".
	Cries() string
	// Heard returns what it has printed, and which errors in its own code nobody caught,
	// since this was asked last: fit to be shown.
	Heard() (printed []string, uncaught []strategies.Uncaught)
}

// Grade is an exercise, and what became of it.
type Grade struct {
	Exercise *exercises.Exercise
	File     string          // what messages call it
	Text     string          // what is in it
	Hole     int             // the line at which nothing has been written yet, from 1; 0: it is filled
	Own      *strategies.Own // what it ran on; nil: it was not run
	Outcomes []Outcome       // one a scenario, in order; fewer if it was ended
	Met      *exercises.Wrong
	Cries    string // what it tells of a failure while there is none, so that nobody can believe it; "": it does not
}

// Outcome is what all orders of a scenario come to.
type Outcome struct {
	exercises.Trial
	Orders *report.Orders

	// Shown is the shortest order that ends otherwise than it is to, with all that was
	// pressed in it; nil: there is none. It is replayed by time where times were found
	// that bring it about.
	Shown    *report.Trial
	Pinned   *sim.Script      // of Shown, with those times; nil: none were found
	Schedule explore.Schedule // of Shown
	Decision explore.Decision // where Shown was decided
	Line     int              // of the file, which has to do with it, from 1; 0: none

	// What the file has printed, and errors in it that nobody caught: in Shown, or, where
	// every order ends as it is to, in any of them.
	Printed  []string
	Uncaught []strategies.Uncaught
}

// Of returns an exercise with what has been written, before anything is run. The name
// of the file serves messages.
func Of(e *exercises.Exercise, file, text string) *Grade {
	return &Grade{Exercise: e, File: file, Text: text, Hole: e.Hole(text)}
}

// Run runs all orders of each scenario until ctx ends, or until the client cannot go on.
// With a hole in it nothing is run.
func (g *Grade) Run(ctx context.Context, client strategies.Entry, o Options) {
	g.Outcomes, g.Met, g.Cries = nil, nil, ""
	if g.Hole > 0 {
		return
	}
	g.Own = client.Own()
	for _, t := range g.Exercise.Trials {
		out := run(ctx, t, client, o)
		if ctx.Err() != nil {
			return
		}
		out.Line = g.lineOf(&out)
		g.Outcomes = append(g.Outcomes, out)
		if out.Orders.Failed != nil {
			return
		}
	}
	g.Met = g.known(client)
	if o.Notes != nil {
		g.Cries = o.Notes.Cries()
	}
}

func run(ctx context.Context, t exercises.Trial, client strategies.Entry, o Options) Outcome {
	out := Outcome{Trial: t, Orders: &report.Orders{Scenario: t.Scenario, Strategy: client}}
	if o.Sound != nil {
		if out.Orders.Failed = o.Sound(t.Scenario, client); out.Orders.Failed != nil {
			return out
		}
	}
	ctx, stop := context.WithTimeout(ctx, cmp.Or(o.Within, report.OwnExplores))
	defer stop()
	bounds := explore.Bounds{Classes: report.MaxClasses}
	out.Orders = report.Explore(ctx, t.Scenario, client, bounds)
	out.heard(o.Notes) // in orders, and in some that lack a click
	if out.Orders.Failed == nil && !out.Proved() {
		out.show(ctx, client, bounds, o.Notes)
	}
	return out
}

// show finds the order that is shown, and where it was decided.
func (o *Outcome) show(ctx context.Context, client strategies.Entry, bounds explore.Bounds, notes Notes) {
	var x explore.Explorer
	script := o.Scenario.Script
	otherwise := func(v judge.Verdict) bool { return v != o.Ends }
	if o.Orders.Bad() > 0 { // what is silent is worse than what is told
		otherwise = func(v judge.Verdict) bool { return v >= judge.Unknown }
	}
	whole, _ := x.ShortestWhole(ctx, script, client.For(script), bounds, otherwise)
	if whole == nil {
		return
	}
	o.Schedule = whole.Schedule
	pinned, ok := explore.Pin(script, client.For(script), whole.Schedule)
	o.heard(notes) // in others
	if !ok {
		o.Shown, _ = report.ReplaySchedule(o.Scenario.Name, script, client, whole.Schedule)
		o.heard(notes)
		o.Decision.Event = -1
		return
	}
	const seed = 1 // for which the times were found
	o.Pinned = pinned
	o.Shown = report.Replay(o.Scenario.Name, pinned, client, seed)
	o.heard(notes)
	o.Decision = x.Decided(ctx, pinned, client.For(pinned), seed, report.MaxClasses)
}

// heard takes what was noted since this was called last, instead of what there was.
func (o *Outcome) heard(notes Notes) {
	if notes != nil {
		o.Printed, o.Uncaught = notes.Heard()
	}
}

// Heard returns what the file has printed, and the first error in it that nobody
// caught, or nil: in the order that is told of; if there is none, in any.
func (g *Grade) Heard() (printed []string, uncaught *strategies.Uncaught) {
	all := g.Outcomes
	if o := g.Told(); o != nil {
		all = []Outcome{*o}
	}
	for i := range all {
		for _, line := range all[i].Printed {
			if !slices.Contains(printed, line) {
				printed = append(printed, line)
			}
		}
		if uncaught == nil && len(all[i].Uncaught) > 0 {
			uncaught = &all[i].Uncaught[0]
		}
	}
	return printed, uncaught
}

// Proved reports whether every order was run, and ends as it is to. What the server has to
// refuse is told, and no click is refused by the client.
func (o *Outcome) Proved() bool {
	r := &o.Orders.Result
	return r.Failed == nil && r.Complete && r.Classes > 0 && r.Verdicts[o.Ends] == r.Classes && r.Refused == 0
}

// Solved reports whether that is proved in all scenarios.
func (g *Grade) Solved() bool {
	return g.Hole == 0 && g.Against() == "" && len(g.Outcomes) == len(g.Exercise.Trials) &&
		!slices.ContainsFunc(g.Outcomes, func(o Outcome) bool { return !o.Proved() })
}

// Failed returns why the client could not go on; nil if it could.
func (g *Grade) Failed() error {
	for _, o := range g.Outcomes {
		if o.Orders.Failed != nil {
			return o.Orders.Failed
		}
	}
	return nil
}

// Told returns the outcome that there is most to learn from: the one in which a wrong
// idea is met, else the first that is not proved; nil if all are.
func (g *Grade) Told() *Outcome {
	first := -1
	for i := range g.Outcomes {
		switch o := &g.Outcomes[i]; {
		case g.Met != nil && o.Scenario.Name == g.Met.In:
			return o
		case first < 0 && !o.Proved():
			first = i
		}
	}
	if first < 0 {
		return nil
	}
	return &g.Outcomes[first]
}

// known returns the first of the known fillings that loses as this one does: in the same
// scenario by the same shortest order and with the same anomaly, and written with the same
// word, if the idea is about one. Where two of them do,
// that which does so in as many orders goes before; and it has to be as many where an
// error breaks the file off, since then it is no idea that loses.
func (g *Grade) known(client strategies.Entry) (found *exercises.Wrong) {
	for i := range g.Exercise.Wrong {
		w := &g.Exercise.Wrong[i]
		for k := range g.Outcomes {
			o := &g.Outcomes[k]
			if o.Scenario.Name != w.In || !g.writes(w.Has) || !o.is(w, client) {
				continue
			}
			if fmt.Sprintf("%d of %d", o.Orders.Bad(), o.Orders.Classes) == w.Bad {
				return w
			}
			if found == nil && len(o.Uncaught) == 0 {
				found = w
			}
		}
	}
	return found
}

// writes reports whether something stands in the lines that were written.
func (g *Grade) writes(has string) bool {
	lines := strings.Split(g.Text, "\n")
	return has == "" || slices.ContainsFunc(g.Written(), func(n int) bool { return strings.Contains(lines[n-1], has) })
}

// is reports whether the shortest bad order is that of a known filling.
func (o *Outcome) is(w *exercises.Wrong, client strategies.Entry) bool {
	s := o.Orders.Shortest
	if s == nil || s.Schedule.String() != w.Order {
		return false
	}
	t, err := report.ReplaySchedule(o.Scenario.Name, o.Scenario.Script, client, s.Schedule)
	if err != nil {
		return false
	}
	worst := judge.Gravest(t.Anomalies)
	return worst != nil && worst.Kind == w.Anomaly
}

// lineOf returns the line that has to do with an outcome: of those that were written,
// the one that sent what was lost; if none did, the one that threw an error which nobody
// catches; else the first, or the last where something of it has never left.
func (g *Grade) lineOf(o *Outcome) int {
	written := g.Written()
	if o.Shown == nil || len(written) == 0 {
		return 0
	}
	if cause := o.Shown.Cause(); slices.Contains(written, cause.Line) {
		return cause.Line
	}
	for _, u := range o.Uncaught {
		if slices.Contains(written, u.At.Line) && u.At.File == g.File {
			return u.At.Line
		}
	}
	if a := o.Anomaly(); a != nil && slices.ContainsFunc(a.Actions, func(n int) bool { return n > 0 && len(o.sends([]int{n})) == 0 }) {
		return written[len(written)-1]
	}
	return written[0]
}

// Written returns the lines, from 1, that the file has and the start has not, blank
// ones left out.
func (g *Grade) Written() (lines []int) {
	n, had := 0, map[string]int{}
	for line := range strings.Lines(g.Exercise.Start) {
		had[strings.TrimSpace(line)]++
	}
	for line := range strings.Lines(g.Text) {
		n++
		switch line = strings.TrimSpace(line); {
		case had[line] > 0:
			had[line]--
		case line != "" && !strings.HasPrefix(line, "//"):
			lines = append(lines, n)
		}
	}
	return lines
}

// Anomaly returns the gravest one of what is shown; nil if there is none.
func (o *Outcome) Anomaly() *judge.Anomaly {
	if o.Shown == nil {
		return nil
	}
	return judge.Gravest(o.Shown.Anomalies)
}

// sends returns the requests of what is shown that carry one of some actions, as
// events, each with when it landed.
func (o *Outcome) sends(actions []int) (all []trip) {
	for i := range o.Shown.Events {
		e := &o.Shown.Events[i]
		if e.Kind == sim.EventSend && slices.ContainsFunc(actions, e.Concerns) {
			all = append(all, trip{e, o.landed(e.Request)})
		}
	}
	return all
}

// trip is a request on its way.
type trip struct {
	*sim.Event
	to time.Duration
}

// landed returns when a request did, or was lost.
func (o *Outcome) landed(r *sim.Sent) time.Duration {
	for i := range o.Shown.Events {
		e := &o.Shown.Events[i]
		if e.Request != nil && e.Request.Number == r.Number && (e.Kind == sim.EventArrive || e.Kind == sim.EventLost) {
			return e.At
		}
	}
	return 1<<63 - 1
}
