package strategies_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/scenarios"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
)

// The switch that flashes back, and the list that is ticked quickly.
const (
	flash = `{name: x, title: x, given: {on: false}, network: {echo: true}, steps: [
		{at: 0ms, do: update, set: {on: true}}, {at: 100ms, do: update, set: {on: false}}]}`
	ticks = `{name: x, title: x, given: {a: false, b: false, c: false}, steps: [
		{at: 0ms, do: update, set: {a: true}}, {at: 80ms, do: update, set: {b: true}}, {at: 110ms, do: fetch},
		{at: 160ms, do: update, set: {c: true}}, {at: 190ms, do: fetch}, {at: 270ms, do: fetch}]}`
)

// TestOverlayClasses compares how many classes end badly with what was counted by
// hand: own edits over an answer leave only what two saves do to each other, and over
// one message at a time nothing.
func TestOverlayClasses(t *testing.T) {
	for _, c := range []struct {
		scenario     string
		classes, bad int64
	}{
		{"fetch-then-edit", 0, 0}, {"crossed-revalidations", 0, 0}, {"answer-too-old", 0, 0},
		{"save-then-fetch", 0, 0}, {"poll-during-save", 0, 0},
		{"toggled-back", 57, 20}, {"typed-while-saving", 5, 2}, {"computed-and-echoed", 5, 3},
		{flash, 5, 2},
	} {
		s := scripted(t, c.scenario)
		if c.classes == 0 {
			c.classes = badly(t, s, "naive").Classes
		}
		if naive := badly(t, s, "naive"); naive.Bad() <= c.bad {
			t.Errorf("%s: naive is bad in %d classes: then overlay would show nothing", c.scenario, naive.Bad())
		}
		if got := badly(t, s, "overlay"); got.Bad() != c.bad || c.classes != got.Classes {
			t.Errorf("%s: overlay is bad in %d of %d classes, want %d of %d", c.scenario, got.Bad(), got.Classes, c.bad, c.classes)
		}
		if got := badly(t, s, "overlay+hold"); got.Bad() != 0 {
			t.Errorf("%s: overlay+hold is bad in %d of %d classes", c.scenario, got.Bad(), got.Classes)
		}
	}
	if got := badly(t, scripted(t, ticks), "overlay+hold"); got.Bad() != 0 || got.Classes != 132 {
		t.Errorf("%d of %d classes of the list are bad, want none of 132", got.Bad(), got.Classes)
	}
}

// badly counts the classes of a script under a strategy.
func badly(t *testing.T, s *sim.Script, name string) clever.Result {
	var x clever.Explorer
	r := x.Count(context.Background(), s, testkit.Strategy(t, name).For(s), clever.Bounds{})
	if !r.Complete {
		t.Fatalf("%s was not counted to the end", name)
	}
	return r
}

// scripted returns the script of a scenario of the catalogue, or of one written out.
func scripted(t *testing.T, of string) *sim.Script {
	if of[0] == '{' {
		return parse(t, []byte(of)).Script
	}
	s, err := scenarios.Find(of)
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

// What goes off the screen with a row that is put back is said.
func TestWipedOut(t *testing.T) {
	s := scripted(t, `{name: x, title: x, given: {a: 0, b: 0}, steps: [
		{at: 0ms, do: update, set: {a: 1}, up: 60ms, down: 40ms, status: 422}, {at: 40ms, do: update, set: {b: 1}, up: 60ms, down: 40ms}]}`)
	var w sim.World
	var j judge.Judge
	found := j.Judge(s, w.Run(s, named("rollback-row", s), 1, sim.Options{}))
	if got := found.Anomalies[0].Says(s); got != "taking u1 back wiped out u2" {
		t.Errorf("it says %q", got)
	}
}

// TestOverlayKeeps: what is kept over an answer are the fields of the edits that had
// not ended when its request left, as the trace has it, and no others.
func TestOverlayKeeps(t *testing.T) {
	kept := 0
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 6)
		at := time.Duration(0)
		for i := range s.Actions {
			a := &s.Actions[i]
			at += time.Duration(rapid.IntRange(0, 150).Draw(t, "gap")) * time.Millisecond
			if a.At, a.Twice = at, false; a.Status != 0 {
				a.Status = 422 // a try that is made again would be no end
			}
		}
		s.Network.Up, _ = sim.NewLatency(sim.Exponential, 0, 100*time.Millisecond)
		s.Network.Down, s.Network.Timeout = s.Network.Up, 0
		s.Network.Reread, s.Network.Push = rapid.Bool().Draw(t, "reread"), s.Clients() > 1
		name := rapid.SampledFrom([]string{"overlay", "overlay+hold", "rollback", "local-first"}).Draw(t, "strategy")
		var w sim.World
		l := w.Run(s, named(name, s), rapid.Uint64().Draw(t, "seed"), sim.Options{Trace: true})
		know := overlaid{all: l.Script(s), left: map[int]int{}, landed: map[int]int{}}
		for i, e := range w.Trace().Events {
			if want, takes := know.next(i, &e); takes && e.Kept != want {
				t.Fatalf("%s under %s: event %d, %v of %s, keeps %b, want %b", written(s), name, i, e.Kind, know.all.Action(e.First()).Label(), e.Kept, want)
			}
			kept += e.Kept.Count()
		}
	})
	if kept == 0 {
		t.Error("nothing was ever kept")
	}
}

// overlaid reads in a trace which edits have ended, and when.
type overlaid struct {
	all          *sim.Script
	edits        []sinceWhen
	left, landed map[int]int // by request; and by action: the events
}

// sinceWhen is an edit, and the event that ended it; 0: none has.
type sinceWhen struct {
	*sim.Action
	ended int
}

// next reads an event, and says of one that shows a record what is to be kept.
func (k *overlaid) next(i int, e *sim.Event) (keep sim.FieldSet, takes bool) {
	a := k.all.Action(e.First())
	switch e.Kind {
	case sim.EventAct:
		k.press(a, i)
	case sim.EventDrop:
		k.edits = slices.DeleteFunc(k.edits, func(e sinceWhen) bool { return e.Action == a })
	case sim.EventSend:
		k.left[e.Request.Number] = i
	case sim.EventArrive:
		for _, n := range e.Request.Actions {
			k.landed[n] = i
		}
	case sim.EventPush:
		return k.keep(e, a, k.landed[a.Errand.Cause.Number], 0), true
	case sim.EventReply:
		for j := range k.edits {
			if d := &k.edits[j]; d.ended == 0 && slices.Contains(e.Request.Actions, d.Number) {
				d.ended = i
			}
		}
		return k.keep(e, a, k.left[e.Request.Number], e.Request.Sets), !e.Ignored
	}
	return 0, false
}

// press: a delete ends a life, and a create after it begins another one.
func (k *overlaid) press(a *sim.Action, i int) {
	deleted := false
	for j := range k.edits {
		if d := &k.edits[j]; d.View() == a.View() {
			deleted = d.Do == sim.Delete
		}
	}
	for j := range k.edits {
		if d := &k.edits[j]; a.Do == sim.Create && deleted && d.View() == a.View() && d.ended == 0 {
			d.ended = i
		}
	}
	if a.Do != sim.Create && a.Do != sim.Fetch {
		k.edits = append(k.edits, sinceWhen{a, 0})
	}
}

// keep: of what the request carried itself, only edits made later are kept.
func (k *overlaid) keep(e *sim.Event, first *sim.Action, left int, carried sim.FieldSet) (keep sim.FieldSet) {
	for _, d := range k.edits {
		fields := d.Sets
		if d.Do == sim.Delete {
			fields = sim.AllFields
		}
		if d.Number <= first.Number {
			fields &^= carried
		}
		if d.View() == first.View() && (d.ended == 0 || d.ended > left) {
			keep |= fields
		}
	}
	for f, by := range e.Body {
		if by == sim.Nobody {
			keep &^= 1 << f
		}
	}
	return keep
}
