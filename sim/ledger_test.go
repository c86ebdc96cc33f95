package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestLedgerFromTrace: the trace of a trial says all that the ledger does.
func TestLedgerFromTrace(t *testing.T) {
	testkit.Alone(t)
	var w sim.World
	var j, k judge.Judge
	for _, e := range everyStrategy() {
		t.Run(e.Name, property.MakeCheck(func(t *rapid.T) {
			script, seed := drawScript(t), rapid.Uint64().Draw(t, "seed")
			kept := w.Run(script, e.For(script), seed, sim.Options{Trace: true})
			told := kept.Script(script)
			rebuilt := rebuild(told, w.Trace().Events)
			rebuilt.Errands = kept.Errands
			if diff := differ(script, kept, rebuilt); diff != "" {
				t.Fatalf("kept, and rebuilt:\n%s\n%s", diff, tell(told, w.Trace().Events))
			}
			if diff := cmp.Diff(j.Judge(script, kept), k.Judge(script, rebuilt)); diff != "" {
				t.Fatalf("judged (-kept +rebuilt):\n%s", diff)
			}
		}))
	}
}

// rebuild makes the ledger of a trial out of its trace.
func rebuild(s *sim.Script, events []sim.Event) *sim.Ledger {
	l := &sim.Ledger{Events: len(events), Bounded: len(events) >= sim.MaxEvents}
	for p := range s.Givens() {
		given := sim.Person{ID: p + 1}
		for f := range s.Gave(p).All {
			given.State[f] = sim.GivenTo(p)
		}
		l.Records = append(l.Records, sim.Record{Version: 1, State: given.State})
		for c := range sim.MaxClients {
			l.Views[c*sim.MaxPersons+p] = given
		}
	}
	arrived := map[int]bool{}  // by request
	disabled := map[int]bool{} // by action
	since := time.Duration(0)  // when something began to be blocked
	for i := range events {
		e := &events[i]
		m := sim.Moment(i + 1)
		copied := false // the network did, and this one comes second
		if e.Kind == sim.EventArrive {
			copied = arrived[e.Request.Number]
			arrived[e.Request.Number] = true
		}
		note(s, l, e, m, copied)
		if e.Kind == sim.EventPush && !e.Ignored {
			l.Reads = append(l.Reads, sim.Read{
				Action: e.Action, View: uint8(viewOf(s, e)), Shown: m, Record: e.ID, Body: e.Body, Before: l.Views[viewOf(s, e)].State, Kept: e.Kept,
			})
		}
		shows := e.Kind == sim.EventReply && (e.Request.Do == sim.Fetch || s.Network.Echo && e.Request.Do != sim.Delete)
		if shows && e.Status == 200 && !e.Late && s.Action(e.First()).Lists {
			l.Reads = append(l.Reads, listed(l, e, m)...)
		} else if shows && e.Status == 200 && !e.Late && !e.Ignored {
			a := e.Request.Actions[len(e.Request.Actions)-1]
			l.Reads = append(l.Reads, sim.Read{
				Action: a, View: uint8(viewOf(s, e)), Landed: l.Fates[a].Landed, Was: l.Fates[a].Landed, Shown: m,
				Record: e.ID, Body: e.Body, Before: l.Views[viewOf(s, e)].State, Kept: e.Kept,
			})
			l.Away &^= 1 << viewOf(s, e)
		}
		if e.Kind == sim.EventRevert {
			view := viewOf(s, e)
			l.Reverts = append(l.Reverts, sim.Revert{Action: e.Action, At: m, Before: l.Views[view].State, After: e.Views[view].State})
		}
		if !inPassing(e) {
			l.Settled = e.At
		}
		if e.Kind == sim.EventBlock {
			if len(disabled) == 0 {
				since = e.At
			}
			disabled[e.Action] = true
		}
		enabled := e.Unblocked
		if e.Kind == sim.EventDrop && disabled[e.Action] && !slices.Contains(enabled, e.Action) {
			enabled = append(enabled, e.Action)
		}
		for _, n := range enabled {
			if delete(disabled, n); len(disabled) == 0 {
				l.Blocked += e.At - since
			}
		}
		if e.Kind == sim.EventAct && s.Action(e.Action).Do == sim.Close {
			first := int(s.Action(e.Action).Client) * sim.MaxPersons
			l.Away |= s.Views() & ((1<<sim.MaxPersons - 1) << first)
		}
		l.Views = *e.Views
	}
	if len(disabled) > 0 {
		l.Blocked += l.Settled - since
	}
	return l
}

// listed returns what the answer to a list showed, person by person.
func listed(l *sim.Ledger, e *sim.Event, m sim.Moment) (reads []sim.Read) {
	a := e.First()
	for v := range sim.MaxViews {
		for _, r := range e.Rows {
			if r.Shown && r.View == v {
				reads = append(reads, sim.Read{
					Action: a, View: uint8(v), Landed: l.Fates[a].Landed, Shown: m, Record: r.ID, Body: r.Body, Before: l.Views[v].State, Kept: r.Kept,
				})
			}
		}
	}
	return reads
}

// inPassing reports whether an event settles nothing: it is the firing of a timer, or of
// a read that nobody pressed, or a client goes offline or is back, or reads show what
// had been written.
func inPassing(e *sim.Event) bool {
	switch e.Kind {
	case sim.EventWake, sim.EventPush, sim.EventVisible, sim.EventOffline, sim.EventOnline:
		return true
	}
	return e.First() > sim.MaxActions
}

// viewOf returns the place of the screen and person that an event is about.
func viewOf(s *sim.Script, e *sim.Event) int { return s.Action(e.About()[0]).View() }

// note enters one event in the fates of its actions, and in the records.
func note(s *sim.Script, l *sim.Ledger, e *sim.Event, m sim.Moment, copied bool) {
	if e.Kind == sim.EventSend {
		if !inPassing(e) {
			l.Requests++
		}
		l.Fates[e.Request.Actions[0]].Attempts++
		noteBody(s, l, e.Request)
	}
	if e.Kind == sim.EventFail {
		l.Fates[e.First()].Fails++
	}
	if e.Kind == sim.EventArrive && e.Status == 200 && e.Request.Do == sim.Create && !copied {
		for f, by := range e.Request.Body {
			if by.Action() > 0 {
				fate := &l.Fates[by.Action()]
				fate.Rode, fate.RodeAt, fate.RodeOn = fate.Rode.With(f), m, int16(e.ID)
			}
		}
	}
	if e.Kind == sim.EventArrive && e.ID > 0 {
		for e.ID > len(l.Records) && e.Record != (sim.Record{}) {
			l.Records = append(l.Records, sim.Record{Deleted: true})
		}
		if e.ID <= len(l.Records) {
			l.Records[e.ID-1] = e.Record
		}
	}
	for _, a := range e.About() {
		fate := &l.Fates[a]
		if e.Kind == sim.EventArrive && e.Status == 200 && fate.Status != 200 {
			fate.Beaten = beaten(s.Action(a), e)
		}
		switch e.Kind {
		case sim.EventAct, sim.EventAsk:
			fate.Pressed = m
		case sim.EventHold, sim.EventMerge, sim.EventBlock:
			fate.Waits = m
			fate.Blocked = fate.Blocked || e.Kind == sim.EventBlock
		case sim.EventDrop:
			fate.Dropped, fate.Waits = m, 0
		case sim.EventRefuse:
			fate.Refused, fate.Waits = m, 0
			noteEnd(fate, e)
		case sim.EventSend:
			fate.Sent, fate.Waits = m, 0
		case sim.EventFail:
			fate.Failed, fate.Waits = m, 0
		case sim.EventArrive:
			if fate.Status != 200 {
				fate.Landed, fate.Status, fate.Record, fate.Parent = m, int16(e.Status), int16(e.ID), int16(e.Request.Parent)
				fate.Reason = e.Status == 500 || e.Status != 200 && slices.ContainsFunc(e.About(), func(n int) bool { return s.Action(n).Status == e.Status })
			}
		case sim.EventReply:
			if !e.Late {
				fate.Replied = m
				noteEnd(fate, e)
			}
		case sim.EventPush:
			fate.Replied = m
		case sim.EventTimeout:
			fate.TimedOut = m
		case sim.EventTell:
			fate.Told = m
			noteEnd(fate, e)
		}
	}
}

// noteEnd enters when the user could know what became of an action: the first
// success is the last word.
func noteEnd(fate *sim.Fate, e *sim.Event) {
	if !fate.Done {
		fate.Ended, fate.Done = e.At, e.Kind == sim.EventReply && e.Status == 200
	}
}

// beaten lists the fields of an action that arrived and is not to be seen: what
// stands has a later stamp.
func beaten(a *sim.Action, e *sim.Event) (set sim.FieldSet) {
	if e.Request.Do != sim.Update && e.Request.Do != sim.SetPermissions {
		return 0
	}
	for f := range (a.Sets | a.Saves).All {
		if !slices.Contains(e.Request.Actions, e.Record.State[f].Action()) {
			set = set.With(f)
		}
	}
	return set
}

// noteBody enters which actions left with their values.
func noteBody(s *sim.Script, l *sim.Ledger, r *sim.Sent) {
	for f, by := range r.Body {
		for _, a := range r.Actions {
			if action := s.Action(a); action.Sets.Has(f) && s.Value(by, f) == int(action.Values[f]) {
				l.Fates[a].Carried = l.Fates[a].Carried.With(f)
			}
		}
		if r.Do == sim.Create && by.Action() > 0 {
			l.Fates[by.Action()].Carried = l.Fates[by.Action()].Carried.With(f)
		}
	}
}
