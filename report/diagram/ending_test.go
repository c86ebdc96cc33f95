package diagram_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// history is what a trace says of each action, read another way than
// [diagram.Lane.Ending] does: action by action, and field by field.
type history struct {
	l *diagram.Lane
}

// times counts the events of a kind that are about action n, and for which is holds.
func (h history) times(n int, kind sim.EventKind, is func(*sim.Event) bool) (times int) {
	for i := range h.l.Events {
		if e := &h.l.Events[i]; e.Kind == kind && slices.Contains(e.About(), n) && is(e) {
			times++
		}
	}
	return times
}

func all(*sim.Event) bool { return true }

func refused(e *sim.Event) bool { return e.Status != 200 }

// heard reports whether a loss is not of an answer that reached a closed client.
func (h history) heard(e *sim.Event) bool {
	client, closed := h.l.Script.Action(e.First()).Client, false
	for i := range h.l.Events {
		a := &h.l.Events[i]
		if a == e {
			break
		}
		if a.Kind != sim.EventAct {
			continue
		}
		if press := h.l.Script.Action(a.Action); press.Client == client {
			closed = (closed || press.Do == sim.Close) && !press.Opens
		}
	}
	return e.Leg == sim.Uplink || !closed
}

// landed returns the first event at which the server accepted action n, -1 if it
// never did.
func (h history) landed(n int) int {
	return slices.IndexFunc(h.l.Events, func(e sim.Event) bool {
		return e.Kind == sim.EventArrive && e.Status == 200 && slices.Contains(e.About(), n)
	})
}

// faults lists what befell action n, by kind.
func (h history) faults(n int) (kinds []diagram.FaultKind) {
	if h.times(n, sim.EventAct, all) == 0 {
		return nil
	}
	sent, came := h.times(n, sim.EventSend, all), h.times(n, sim.EventArrive, all)
	for kind, is := range map[diagram.FaultKind]bool{
		diagram.Dropped:     h.times(n, sim.EventDrop, all) > 0,
		diagram.Refused:     h.times(n, sim.EventRefuse, all)+h.times(n, sim.EventArrive, refused) > 0,
		diagram.Lost:        h.times(n, sim.EventLost, h.heard) > 0,
		diagram.Told:        h.times(n, sim.EventTell, all) > 0,
		diagram.Overwritten: h.overwritten(n),
		diagram.Repeated:    sent > 1 || came > 1,
		diagram.Unsent:      h.l.Script.Action(n).Do != sim.Close && sent+h.times(n, sim.EventDrop, all)+h.times(n, sim.EventRefuse, all) == 0,
	} {
		if is {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// accepted calls do with every request that the server accepted and that may have
// changed a record, and with the record as it was, nil if there was none alive.
func (h history) accepted(do func(e *sim.Event, was *sim.Record)) {
	for i := range h.l.Events {
		e := &h.l.Events[i]
		if e.Kind != sim.EventArrive || e.Status != 200 || e.Request.Do == sim.Fetch {
			continue
		}
		var was *sim.Record
		for k := range i {
			if b := &h.l.Events[k]; b.Kind == sim.EventArrive && b.Status == 200 && b.ID == e.ID && b.Request.Do != sim.Fetch {
				was = &b.Record
			}
		}
		if was == nil && e.ID <= h.l.Script.Givens() {
			was = &sim.Record{State: h.l.Script.Start(e.ID - 1)}
		}
		if was != nil && was.Deleted {
			was = nil
		}
		do(e, was)
	}
}

// overwritten reports whether something that action n had written went to an older
// one, or went with the record that an older one deleted. What was added to, it has not.
func (h history) overwritten(n int) (is bool) {
	h.accepted(func(e *sim.Event, was *sim.Record) {
		if was == nil {
			return
		}
		for f := range was.State {
			by, last := e.Record.State[f], slices.Max(e.About())
			torn := h.l.Script.Network.Torn && by != was.State[f] && !e.Request.Sets.Has(f) // the whole row is written back
			if e.Record.Deleted || by == sim.Nobody || torn {
				by = sim.By(last)
			}
			is = is || h.l.Script.Wrote(was.State[f]) == n && h.l.Script.Wrote(by) < n && !h.l.Script.Has(by, n)
		}
	})
	return is
}

// stood reports whether all that action n writes has stood at the server.
func (h history) stood(n int) bool {
	a := h.l.Script.Action(n)
	if a.Do == sim.Delete || a.Do == sim.Fetch {
		return true
	}
	left := a.Sets
	h.accepted(func(e *sim.Event, _ *sim.Record) {
		for f, by := range e.Record.State {
			if h.l.Script.Has(by, n) {
				left &^= 1 << f
			}
		}
	})
	return left == 0
}

// once reports whether all that was asked for happened once and in order.
func (h history) once() bool {
	last := map[int]int{} // by screen and person
	for i := range h.l.Script.Actions {
		a := &h.l.Script.Actions[i]
		if a.Skip || a.Do == sim.Close { // which has happened with its press
			continue
		}
		at := h.landed(a.Number)
		if len(h.faults(a.Number)) > 0 || at < 0 || !h.stood(a.Number) || at < last[a.View()] {
			return false
		}
		last[a.View()] = at
	}
	return true
}

// holdEnding compares what a lane says of its ending with its trace.
func holdEnding(t interface{ Fatalf(string, ...any) }, l *diagram.Lane) (clean, healed bool) {
	h, e := history{l}, l.Ending()
	at := l.At(diagram.Forever)
	fail := func(what string, args ...any) {
		var events strings.Builder
		for i := range l.Events {
			fmt.Fprintf(&events, "\n  %s ms  %s", tell.Milliseconds(l.Events[i].At), tell.Says(l.Script, &l.Events[i]))
		}
		t.Fatalf("%s says at its end %q. %s%s\nIs the trace read wrongly here, by history, or by endingReader in ending.go?",
			l.Name, at.Says, fmt.Sprintf(what, args...), events.String())
	}
	if l.Verdict == judge.Unknown {
		return false, false
	}
	for i := range l.Script.Actions {
		n := i + 1
		var kinds []diagram.FaultKind
		for _, f := range e.Faults {
			if f.Action == n && !slices.Contains(kinds, f.Kind) {
				kinds = append(kinds, f.Kind)
			}
		}
		if slices.Sort(kinds); !slices.Equal(kinds, h.faults(n)) {
			fail("Of %s it has %v, and the trace has %v", l.Label(n), kinds, h.faults(n))
		}
	}
	if e.Clean() != h.once() {
		fail("That all happened once and in order is %v to it, and %v from the trace", e.Clean(), h.once())
	}
	if says := strings.Contains(at.Says, "once and in order"); says != (l.Verdict == judge.OK && len(l.Script.Actions) > 0 && h.once()) {
		fail("That all happened once and in order is %v from the trace, and the verdict is %v", h.once(), l.Verdict)
	}
	for _, f := range e.Faults {
		if f.Kind == diagram.Overwritten && (f.From > f.To || h.times(f.By, sim.EventArrive, func(e *sim.Event) bool { return e.At == f.From }) == 0) {
			fail("That %s overwrote %s at %v is not in the trace", l.Label(f.By), l.Label(f.Action), f.From)
		}
	}
	if e.Stands > 0 {
		stands := false
		h.accepted(func(a *sim.Event, _ *sim.Record) {
			for _, by := range a.Record.State {
				stands = stands || h.l.Script.Has(by, e.Stands)
			}
		})
		if !stands {
			fail("%s never stood", l.Label(e.Stands))
		}
	}
	return e.Clean() && l.Verdict == judge.OK, e.Healed() && l.Verdict == judge.OK
}

// TestEnding: what is said of the way to an end is what the trace says, over the
// catalogue of scenarios under all strategies.
func TestEnding(t *testing.T) {
	var w sim.World
	var j judge.Judge
	clean, healed := 0, 0
	for _, s := range scenarios.All() {
		for _, e := range strategies.Catalogue {
			is, was := holdEnding(t, diagram.Run(&w, &j, e, s.Script, s.ReplaySeed(), 0))
			if is {
				clean++
			}
			if was {
				healed++
			}
		}
	}
	if clean == 0 || healed == 0 {
		t.Errorf("%d trials are clean, %d are ok in the end", clean, healed)
	}
}

// TestAddedToANewer: what an older one is added to it has not overwritten.
func TestAddedToANewer(t *testing.T) {
	sc, err := scenarios.Parse("", []byte(`{name: count, title: Twice, given: {count: 0}, network: {uplink: {exponential: 100ms}}, steps: [
		{at: 0ms, do: update, add: {count: 1}, up: 10ms, twice: true}, {at: 1ms, do: update, add: {count: 1}, up: 10ms}]}`))
	if err != nil {
		t.Fatal(err)
	}
	l := diagram.Run(new(sim.World), new(judge.Judge), strategies.Naive(), sc.Script, 1, 0)
	holdEnding(t, l)
	var came []string
	for i := range l.Events {
		if e := &l.Events[i]; e.Kind == sim.EventArrive {
			came = append(came, tell.About(l.Script, e))
		}
	}
	faults := l.Ending().Faults
	if text := strings.Join(came, " "); text != "u1 u2 u1" || len(faults) != 1 || faults[0].Kind != diagram.Repeated {
		t.Errorf("%s came, and it says %+v", text, faults)
	}
}

// TestEndingOfAny: the same over random scripts.
func TestEndingOfAny(t *testing.T) {
	clean, healed := 0, 0
	property.Check(t, func(t *rapid.T) {
		s, seed := anyScript(t), rapid.Uint64Range(1, 1000).Draw(t, "seed")
		for _, e := range strategies.Catalogue {
			is, was := holdEnding(t, diagram.Run(new(sim.World), new(judge.Judge), e, s, seed, 0))
			if is {
				clean++
			}
			if was {
				healed++
			}
		}
	})
	if clean == 0 || healed == 0 {
		t.Errorf("%d trials are clean, %d are ok in the end", clean, healed)
	}
}

// anyScript draws a script of up to six actions of one or two clients and persons,
// in fair and in foul weather.
func anyScript(t *rapid.T) *sim.Script {
	exponential, err := sim.NewLatency(sim.Exponential, 0, 100*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	s := &sim.Script{
		Fields: []string{"name", "email"}, Values: []any{"read-only", "a", "b", "c"},
		Given: rapid.Bool().Draw(t, "given"), Network: sim.Network{Up: exponential, Down: exponential},
	}
	if s.Given {
		s.GivenSets, s.GivenValues[0] = 1, 1
	}
	rarely := func(name string) bool { return rapid.IntRange(0, 4).Draw(t, name) == 4 }
	if rarely("weather") {
		s.Network.Loss, s.Network.Errors, s.Network.Duplicates = 0.1, 0.1, 0.2
	}
	if rarely("connections") {
		s.Network.Connections = 1
	}
	if rarely("timeout") {
		s.Network.Timeout = 250 * time.Millisecond
	}
	several, at := rarely("several"), time.Duration(0)
	for n := range rapid.IntRange(1, 6).Draw(t, "actions") {
		at += time.Duration(rapid.IntRange(0, 200).Draw(t, "gap")) * time.Millisecond
		a := sim.Action{
			Number: n + 1, At: at, Up: sim.Unpinned, Down: sim.Unpinned,
			Do: rapid.SampledFrom([]sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}).Draw(t, "do"),
		}
		if n == 0 && !s.Given {
			a.Do = sim.Create
		}
		if several {
			a.Client, a.Person = uint8(rapid.IntRange(0, 1).Draw(t, "client")), uint8(rapid.IntRange(0, 1).Draw(t, "person"))
		}
		switch a.Do {
		case sim.Create, sim.Update:
			a.Sets = sim.FieldSet(rapid.IntRange(1, 3).Draw(t, "sets"))
			for f := range a.Sets.All {
				a.Values[f] = sim.ValueID(rapid.IntRange(1, 3).Draw(t, "value"))
			}
			if rarely("the server has its own mind") {
				a.Saves, a.Saved[0], a.Saved[1] = a.Sets, 1, 2
			}
		case sim.SetPermissions:
			a.Sets, a.Values[sim.Permissions] = 1<<sim.Permissions, sim.ValueID(rapid.IntRange(0, 1).Draw(t, "to"))
		}
		switch rapid.IntRange(0, 15).Draw(t, "mishap") {
		case 12:
			a.Twice = true
		case 13:
			a.Lose = sim.Uplink
		case 14:
			a.Status = 500
		case 15:
			a.Skip = true
		}
		s.Actions = append(s.Actions, a)
	}
	if rarely("sums") {
		testkit.Worldly(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "of what adds") }, s, sim.Adds)
	}
	return s
}
