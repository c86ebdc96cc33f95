// Package diagram turns a trial into what a picture of it needs: the messages
// with their ends, what both sides hold and who wrote it, where something
// waits, and when the verdict is proved. A [Layout] says where all that stands
// along an axis of time. Neither knows cells or colours: the playground paints a
// [Lane] on a terminal, a report paints it as SVG.
package diagram

import (
	"slices"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Forever is the end of what does not end.
const Forever = time.Duration(1<<63 - 1)

// Lane is one strategy's trial, prepared for drawing. It does not change while
// time passes.
type Lane struct {
	Name, Rule string
	Script     *sim.Script
	Events     []sim.Event
	Verdict    judge.Verdict
	Anomalies  []judge.Anomaly
	Settled    time.Duration // the last event that is no timer, be it of what nobody waits for
	Field      int           // the field in view
	Stopped    bool          // the trial was stopped on the way: only what is proved is known
	Waiting    bool          // it is that of an older script: the one of this is not over yet
	Why        string        // why its end is unknown, if a client of the user's own said so. It is cleaned
	Turning    Turning       // where its end was decided, as far as that is known: nothing of it is shown to be proved before
	Failed     string        // why a client of the user's own could not go on; then nothing is known. It is cleaned

	Messages []Message // in the order in which they end
	Rails    []Rail    // a screen, the server, and what other screens are looked at
	Marks    []Mark    // what happens to actions that do not go out at once
	Waits    []Wait
	Aways    []Away
	Ticks    []Tick // at the server

	ending Ending
}

// Run runs a trial and prepares it.
func Run(w *sim.World, j *judge.Judge, e strategies.Entry, script *sim.Script, seed uint64, field int) *Lane {
	ledger, found := j.Run(w, script, e.For(script), seed, sim.Options{Trace: true})
	l := New(e, ledger.Script(script), w.Trace().Events, found, ledger.Settled, field)
	l.Why = tell.Clean(ledger.Why)
	if ledger.Failed != nil {
		l.Failed = tell.Clean(ledger.Failed.Error())
	}
	return l
}

// In returns the same trial with a field in view.
func (l *Lane) In(field int) *Lane {
	found := judge.Judgement{Verdict: l.Verdict, Anomalies: l.Anomalies}
	is := New(strategies.Entry{Name: l.Name, Rule: l.Rule}, l.Script, l.Events, found, l.Settled, field)
	is.Stopped, is.Waiting, is.Why, is.Failed, is.Turning = l.Stopped, l.Waiting, l.Why, l.Failed, l.Turning
	return is
}

// New prepares a trial that has been run.
func New(e strategies.Entry, script *sim.Script, events []sim.Event, found judge.Judgement, settled time.Duration, field int) *Lane {
	l := &Lane{
		Name: e.Name, Rule: e.Rule, Script: script, Events: events,
		Verdict: found.Verdict, Settled: settled, Field: field,
	}
	for _, a := range found.Anomalies {
		l.Anomalies = append(l.Anomalies, a.Clone())
	}
	for i := range events {
		if events[i].Kind != sim.EventWake {
			l.Settled = max(l.Settled, events[i].At)
		}
	}
	l.findMessages()
	l.LookAt(telling(script, found.Anomalies))
	l.findMarks()
	l.findAway()
	l.findEnding()
	return l
}

// telling returns the screen and person that the first anomaly is about, or
// else the first action.
func telling(s *sim.Script, anomalies []judge.Anomaly) int {
	for _, a := range anomalies {
		n := a.Actions[0]
		if n > 0 && s.Action(n).Lists { // which is of everybody
			n = a.Actions[len(a.Actions)-1]
		}
		if n > 0 && judge.Kinds[a.Kind].Verdict.Bad() {
			return s.Action(n).View()
		}
	}
	return s.First()
}

// of returns the first action that event i is about.
func (l *Lane) of(i int) *sim.Action { return l.Script.Action(l.Events[i].First()) }

// Shown returns the person that event i is about, as the screen shows them from
// then on.
func (l *Lane) Shown(i int) sim.Person { return l.Events[i].Views[l.of(i).View()] }

// Before returns that person as they were shown before event i, which begins a
// step.
func (l *Lane) Before(i int) sim.Person {
	if i == 0 {
		return sim.Person{}
	}
	return l.Events[i-1].Views[l.of(i).View()]
}

// Newer reports whether what a wrote was pressed after what b wrote. What was
// given, or never there, is older than all that is pressed.
func (l *Lane) Newer(a, b sim.Writer) bool { return l.pressed(a) > l.pressed(b) }

// pressed returns the place of the event at which the action of a writer was
// pressed; before all of them what was given, and before that nobody.
func (l *Lane) pressed(by sim.Writer) int {
	n := l.Script.Wrote(by)
	if n < 1 {
		return n - 1
	}
	return slices.IndexFunc(l.Events, func(e sim.Event) bool { return e.Kind == sim.EventAct && e.Action == n })
}

// Label returns the short name of action n, "" if there is none.
func (l *Lane) Label(n int) string { return tell.Label(l.Script, n) }

// Labels joins the short names of several actions, as "u2+u3".
func (l *Lane) Labels(actions []int) string { return tell.Labels(l.Script, actions) }

// Gravity returns the gravest verdict of an anomaly that names one of some
// actions: [judge.OK] if none does.
func (l *Lane) Gravity(actions ...int) judge.Verdict { return tell.Gravity(l.Anomalies, actions...) }

// Proves returns the gravest verdict that event i is a proof of.
func (l *Lane) Proves(i int) judge.Verdict {
	worst := judge.OK
	for _, a := range l.Anomalies {
		if slices.ContainsFunc(a.Proof, func(m sim.Moment) bool { return m.Index() == i }) {
			worst = max(worst, judge.Kinds[a.Kind].Verdict)
		}
	}
	return worst
}

// After returns the place of the first event after t, the number of events if
// there is none.
func (l *Lane) After(t time.Duration) int {
	i := slices.IndexFunc(l.Events, func(e sim.Event) bool { return e.At > t })
	if i < 0 {
		return len(l.Events)
	}
	return i
}
