package sim_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/sim"
)

// whim chooses any event that may happen next, as the numbers of luck have it.
type whim uint64

func (o *whim) Choose(w *sim.World, pending []sim.Pending) int {
	for {
		*o = *o*6364136223846793005 + 1442695040888963407
		if i := int(*o>>33) % len(pending); !w.Idle(&pending[i]) {
			return i
		}
	}
}

func TestByTime(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		var v, w sim.World
		a := v.Run(script, strategy, seed, sim.Options{Trace: true})
		b := w.Run(script, strategy, seed, sim.Options{Trace: true, Chooser: sim.ByTime{}})
		if differ(script, a, b) != "" || !reflect.DeepEqual(v.Trace(), w.Trace()) {
			t.Fatal("ByTime is not what happens without a chooser")
		}
	})
}

// TestReplay: what was recorded, whoever chose it, can be repeated, also when
// it has been a line of text meanwhile.
func TestReplay(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		script, strategy, seed := drawTrial(t)
		luck := whim(rapid.Uint64().Draw(t, "whim"))
		chooser := rapid.SampledFrom([]sim.Chooser{sim.ByTime{}, &luck}).Draw(t, "chooser")
		record := testkit.Recorder{Chooser: chooser}
		var v, w sim.World
		a := v.Run(script, strategy, seed, sim.Options{Trace: true, Chooser: &record})
		if a.Bounded {
			t.Skip("the whim went on for ever")
		}
		text := strings.Trim(fmt.Sprint(record.Choices), "[]")
		choices, err := testkit.ParseChoices(text)
		if err != nil {
			t.Fatal(err)
		}
		replay := sim.Replay{Choices: choices}
		b := w.Run(script, strategy, seed, sim.Options{Trace: true, Chooser: &replay})
		if replay.Err != nil {
			t.Fatalf("%s: %v", text, replay.Err)
		}
		if differ(script, a, b) != "" || !reflect.DeepEqual(v.Trace(), w.Trace()) {
			t.Fatalf("recorded: %s\nreplayed: %s", tell(script, v.Trace().Events), tell(script, w.Trace().Events))
		}
	})
}

// Of the orders in which two overlapping updates can be delivered, a list of
// choices picks one; when the list ends, time decides.
func TestReplayChoices(t *testing.T) {
	script := story(t, `
given: {name: A}
steps:
- {at: 0, do: update, set: {name: B}, up: 10ms, down: 10ms}
- {at: 5ms, do: update, set: {name: C}, up: 10ms, down: 10ms}`)
	for _, c := range []struct{ choices, want, err string }{
		{"", "0s act u1, send u1; 5ms act u2, send u2; 10ms arrive u1 200 #1; 15ms arrive u2 200 #1; 20ms reply u1 200 #1; 25ms reply u2 200 #1", ""},
		{"a1 a2 r2 p2", "0s act u1, send u1; 5ms act u2, send u2; 15ms arrive u2 200 #1; 25ms reply u2 200 #1, arrive u1 200 #1; 35ms reply u1 200 #1", ""},
		{"a1 r1 r2", "0s act u1, send u1; 10ms arrive u1 200 #1", "choice 3, r2, is not possible here"},
		{"a2", "", "choice 1, a2, is not possible here"},
		{"a1 g1", "0s act u1, send u1", "choice 2, g1, is not possible here"},
	} {
		choices, err := testkit.ParseChoices(c.choices)
		if err != nil {
			t.Fatal(err)
		}
		replay := sim.Replay{Choices: choices}
		var w sim.World
		w.Run(script, find(t, "naive"), 1, sim.Options{Trace: true, Chooser: &replay})
		if got := tell(script, w.Trace().Events); got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.choices, got, c.want)
		}
		if got := fmt.Sprint(replay.Err); got != c.err && !(c.err == "" && replay.Err == nil) {
			t.Errorf("%q: the error is %v, want %q", c.choices, replay.Err, c.err)
		}
	}
}

func TestParseChoices(t *testing.T) {
	got, err := testkit.ParseChoices(" a1\tr12  p2\ng3 t4 d5 ")
	want := []sim.Choice{
		{What: sim.UserActs, N: 1}, {What: sim.RequestArrives, N: 12}, {What: sim.ReplyArrives, N: 2},
		{What: sim.ClientGivesUp, N: 3}, {What: sim.TimerFires, N: 4}, {What: sim.DuplicateArrives, N: 5},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, text := range []string{"x1", "a", "a0", "a-1", "a1 z2", "a1.5", "1a", "a1,r1", "ä1"} {
		if got, err := testkit.ParseChoices(text); err == nil || !strings.Contains(err.Error(), "is no choice") {
			t.Errorf("%q is read as %v, %v, want an error", text, got, err)
		}
	}
}
