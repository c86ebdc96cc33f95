package sim_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report"
	"photofinish/sim"
)

// What holds of any trial, where the world has more in it than clicks and messages,
// whatever of it comes together.

// worldly draws a script with something of that.
func worldly(t *rapid.T) *sim.Script {
	s := drawScript(t)
	const all = testkit.Built &^ sim.Adds // what is told of sums is held in other tests
	testkit.Worldly(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "of the world") }, s, all)
	return s
}

// TestWorldDeterminism: a trial is a function of script, strategy and seed there too,
// and its choices repeat it.
func TestWorldDeterminism(t *testing.T) {
	var used sim.World
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		script, seed := worldly(t), rapid.Uint64().Draw(t, "seed")
		strategy := e.For(script)
		var w, silent sim.World
		choices := &testkit.Recorder{Chooser: sim.ByTime{}}
		first := w.Run(script, e.For(script), seed, sim.Options{Trace: true})
		again := used.Run(script, strategy, seed, sim.Options{Trace: true, Chooser: choices})
		if differ(script, first, again) != "" || !reflect.DeepEqual(w.Trace(), used.Trace()) {
			t.Fatalf("%s\nonce:  %s\nagain: %s", e.Name, tell(script, w.Trace().Events), tell(script, used.Trace().Events))
		}
		replay := &sim.Replay{Choices: choices.Choices}
		again = used.Run(script, strategy, seed, sim.Options{Trace: true, Chooser: replay})
		if replay.Err != nil || differ(script, first, again) != "" || !reflect.DeepEqual(w.Trace(), used.Trace()) {
			t.Fatalf("%s, %v\nonce:     %s\nrepeated: %s", e.Name, replay.Err, tell(script, w.Trace().Events), tell(script, used.Trace().Events))
		}
		if diff := differ(script, first, silent.Run(script, strategy, seed, sim.Options{})); diff != "" {
			t.Fatalf("%s, traced, and not:\n%s", e.Name, diff)
		}
	})
}

// TestWorldScreens: the trace, the ledger and the rails of a drawing tell the same
// state at every event.
func TestWorldScreens(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		toldAlike(t, worldly(t), e, rapid.Uint64().Draw(t, "seed"))
	})
}

// TestWorldScreensInWords: and so do the text and the JSON at the end.
func TestWorldScreensInWords(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		saysAlike(t, report.Replay("drawn", worldly(t), e, rapid.Uint64().Draw(t, "seed")))
	})
}

// TestWorldDrawn: to pin what luck draws changes nothing there either.
func TestWorldDrawn(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		script, seed := worldly(t), rapid.Uint64().Draw(t, "seed")
		var w, v sim.World
		w.Run(script, e.For(script), seed, sim.Options{Trace: true})
		v.Run(script.Drawn(seed), e.For(script), seed, sim.Options{Trace: true})
		if !reflect.DeepEqual(w.Trace(), v.Trace()) {
			t.Fatalf("%s\ndrawn:  %s\npinned: %s", e.Name, tell(script, w.Trace().Events), tell(script, v.Trace().Events))
		}
	})
}

// TestWorldLedgerFromTrace: the trace of a trial says all that the ledger does, but who
// the errands are, and when the server sent news.
func TestWorldLedgerFromTrace(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		script, seed := worldly(t), rapid.Uint64().Draw(t, "seed")
		var w sim.World
		kept := w.Run(script, e.For(script), seed, sim.Options{Trace: true})
		if kept.Bounded {
			return
		}
		rebuilt := rebuild(kept.Script(script), w.Trace().Events)
		rebuilt.Errands = kept.Errands
		unbegun(kept, rebuilt)
		if script.Habits()&sim.Lists != 0 {
			rebuilt.Away = kept.Away // a list loads a screen of which its row brings nothing new, too
		}
		for i, a := range kept.Errands {
			if n := sim.MaxActions + 1 + i; a.Errand.News {
				was, is := &kept.Fates[n], &rebuilt.Fates[n]
				is.Pressed, is.Landed, is.Status, is.Record = was.Pressed, was.Landed, was.Status, was.Record
				for k := range rebuilt.Reads {
					if r := &rebuilt.Reads[k]; r.Action == n {
						r.Landed = was.Landed
					}
				}
			}
		}
		if diff := differ(script, kept, rebuilt); diff != "" {
			t.Fatalf("%s, kept and rebuilt:\n%s\n%s", e.Name, diff, tell(kept.Script(script), w.Trace().Events))
		}
	})
}

// unbegun leaves out what an arrival alone does not tell: when the server began to work
// at a request, and what is in the copy that reads lag behind with.
func unbegun(kept, rebuilt *sim.Ledger) {
	kept.Commits = nil
	for n := range kept.Fates {
		kept.Fates[n].Began, kept.Fates[n].Behind = 0, false
	}
	for i := range rebuilt.Reads {
		if i < len(kept.Reads) {
			rebuilt.Reads[i].Landed, rebuilt.Reads[i].Was = kept.Reads[i].Landed, kept.Reads[i].Was
		}
	}
}
