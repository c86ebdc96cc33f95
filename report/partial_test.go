package report

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// same fails if two matrices are not the same in every figure.
func same(t interface{ Fatalf(string, ...any) }, what string, got, want *Matrix) {
	for i := range want.Cells {
		for j := range want.Cells[i] {
			if got.Cells[i][j] != want.Cells[i][j] || got.Orders[i][j] != want.Orders[i][j] || got.Replayed[i][j] != want.Replayed[i][j] {
				t.Fatalf("%s: cell %d, %d:\n%+v %+v\nwant\n%+v %+v", what, i, j, got.Cells[i][j], got.Orders[i][j], want.Cells[i][j], want.Orders[i][j])
			}
		}
	}
}

// written writes a share down and reads it again.
func written(t interface{ Fatalf(string, ...any) }, p *Partial) *Partial {
	var b bytes.Buffer
	if err := p.Write(&b, "v1"); err != nil {
		t.Fatalf("%v", err)
	}
	p, err := ReadPartial(&b, "v1", strategies.Catalogue)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return p
}

func some(t testing.TB, names ...string) (ss []*scenarios.Scenario, es []strategies.Entry) {
	t.Helper()
	for _, name := range names {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, s)
	}
	return ss, []strategies.Entry{testkit.Strategy(t, "naive"), testkit.Strategy(t, "polling"), testkit.Strategy(t, "action-queue+hold")}
}

// TestOrdersStop: a run stops counting where bounds.go says that it does, and what it has
// counted by then is read back. The server of the scenario lags, so that no states of it
// are merged first, which takes seconds.
func TestOrdersStop(t *testing.T) {
	testkit.Long(t, "these are many orders")
	text := "name: many\nnetwork: {lag: {constant: 10ms}}\ngiven: {name: G}\nsteps:\n" + strings.Repeat("- {at: 0, do: update, set: {name: A}}\n", 5)
	s, err := scenarios.Parse("", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p := NewPartial([]*scenarios.Scenario{s}, []strategies.Entry{testkit.Strategy(t, "naive")}, Options{Trials: 1}, 1, 1)
	if err := p.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if o := written(t, p).Matrix().Orders[0][0]; o.Complete || o.Classes != MatrixClasses {
		t.Errorf("%+v were counted, and there are more", o)
	}
}

// Whatever the number of shards, in whatever order they come, and wherever each
// of them was interrupted and went on: it is what one run gives.
func TestSharesMakeTheWhole(t *testing.T) {
	ss, es := some(t, "create-then-two-updates", "lost-answer")
	property.Check(t, func(r *rapid.T) {
		o := Options{Seed: rapid.Uint64Max(1<<52).Draw(r, "seed"), Trials: rapid.IntRange(1, 900).Draw(r, "trials")}
		want, err := Run(context.Background(), ss, es, o)
		if err != nil {
			r.Fatal(err)
		}
		var parts []Named
		of := rapid.IntRange(1, 7).Draw(r, "shards")
		for i := 1; i <= of; i++ {
			p := NewPartial(ss, es, o, i, of)
			stop := rapid.IntRange(0, 4).Draw(r, "interruptions")
			for range stop {
				ctx, cancel := context.WithCancel(context.Background())
				p.Progress = func(int) { cancel() }
				_ = p.Run(ctx, nil)
				cancel()
				again := NewPartial(ss, es, o, i, of)
				if what := again.Continues(written(r, p)); what != "" {
					r.Fatal(what)
				}
				p = again
			}
			p.Workers = rapid.IntRange(1, 3).Draw(r, "workers")
			if err := p.Run(context.Background(), nil); err != nil {
				r.Fatal(err)
			}
			parts = append(parts, Named{fmt.Sprint(i), written(r, p)})
		}
		got, err := Merge(rapid.Permutation(parts).Draw(r, "order"))
		if err != nil {
			r.Fatal(err)
		}
		same(r, "merged", got, want)
	})
}

func TestMergeSaysWhatDoesNotFit(t *testing.T) {
	ss, es := some(t, "create-then-update")
	share := func(o Options, i, of int) Named {
		p := NewPartial(ss, es, o, i, of)
		if err := p.Run(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		return Named{fmt.Sprintf("%d-of-%d", i, of), p}
	}
	o := Options{Seed: 1, Trials: 30}
	first := share(o, 1, 2)
	half := Named{"half", NewPartial(ss, es, o, 2, 2)}
	other := share(Options{Seed: 2, Trials: 30}, 2, 2)
	fewer := share(Options{Seed: 1, Trials: 20}, 2, 2)
	rates := share(Options{Seed: 1, Trials: 30, SavesADay: 1}, 2, 2)
	another := share(o, 2, 2)
	another.Scenarios, _ = some(t, "create-then-delete")
	for says, parts := range map[string][]Named{
		"nothing to merge":                    nil,
		"of 2 shards there is no 2":           {first},
		"shard 1 is there twice: 1-of-2":      {first, first},
		"half is not complete: 0 of 45":       {first, half},
		"differ in the seed (1, 2)":           {first, other},
		"differ in the number of trials":      {first, fewer},
		"differ in the saves a day":           {first, rates},
		"differ in the scenarios":             {first, another},
		"differ in how many shards there are": {first, share(o, 2, 3)},
	} {
		if _, err := Merge(parts); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %s", err, says)
		}
	}
}

// A file that is not as it was written is refused, and never a reason to panic.
func TestBrokenPartials(t *testing.T) {
	ss, es := some(t, "create-then-update")
	p := NewPartial(ss, es, Options{Seed: 1, Trials: 300}, 1, 2)
	if err := p.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Write(&b, "v1"); err != nil {
		t.Fatal(err)
	}
	good := b.String()
	for change, says := range map[[2]string]string{
		{`"photofinishPartial":3`, `"photofinishPartial":2`}: "of version 2",
		{`"program":"v1"`, `"program":"v2"`}:                 `made by version "v2"`,
		{`"shard":1`, `"shard":3`}:                           "no shard 3 of 2",
		{`"of":2`, `"of":0`}:                                 "no shard 1 of 0",
		{`"trials":300`, `"trials":-1`}:                      "trials is -1",
		{`"trials":150`, `"trials":151`}:                     "trials is 151",
		{`"naive"`, `"knave"`}:                               "unknown strategy",
		{`name: create`, `nme: create`}:                      "a scenario in it is broken",
		{`"first":{`, `"frist":{`}:                           "this is no partial result",
		{`"settled":[[`, `"settled":[[-1,1,1],[`}:            "settled has [-1 1 1]",
		{`{"photofinishPartial"`, `<`}:                       "this is no partial result",
	} {
		text := strings.Replace(good, change[0], change[1], 1)
		if text == good {
			t.Fatalf("there is no %s", change[0])
		}
		if _, err := ReadPartial(strings.NewReader(text), "v1", strategies.Catalogue); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", change[1], err, says)
		}
	}
	for i := 0; i < len(good); i += 1 + len(good)/50 {
		if _, err := ReadPartial(strings.NewReader(good[:i]), "v1", strategies.Catalogue); err == nil {
			t.Errorf("the first %d bytes are taken for the whole", i)
		}
	}
}
