package explore_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// What is counted by merging states is what is counted one by one, to the digit:
// for every strategy, every layer over it, and whatever the user does and meets.
func TestMergedAsOneByOne(t *testing.T) {
	names := everyComposition()
	testkit.Check(t, func(t *rapid.T) {
		s := anythingAtAll(t)
		name := rapid.SampledFrom(names).Draw(t, "strategy")
		e, err := strategies.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		asOneByOne(t, s, e)
	})
}

// So it is for every strategy in every scenario of the catalogue.
func TestMergedOverTheCatalogue(t *testing.T) {
	names := strategies.Names()
	if !testing.Short() {
		names = everyComposition()
	}
	for _, s := range scenarios.All() {
		for _, name := range names {
			asOneByOne(t, s.Script, testkit.Strategy(t, name))
		}
	}
}

func asOneByOne(t interface{ Fatalf(string, ...any) }, s *sim.Script, e strategies.Entry) {
	want := oneByOne(s, e.For(s), 6_000)
	if !want.Complete {
		return
	}
	got, states, ok := explore.Merged(s, e.For(s), 100_000)
	if !ok && states < 100_000 && !keepsFunctions(e.Name) {
		t.Fatalf("%s under %s cannot be merged", inFull(s), e.Name)
	}
	if ok && got != want {
		t.Fatalf("%s under %s:\nmerged     %+v\none by one %+v", inFull(s), e.Name, got, want)
	}
}

// keepsFunctions reports whether a client has functions among its fields, which
// cannot be compared: its orders are run one by one.
func keepsFunctions(name string) bool {
	return strings.HasPrefix(name, "implicit-callbacks")
}

// oneByOne counts the classes of a script by running each, up to a bound.
func oneByOne(s *sim.Script, strategy sim.Strategy, bound int) (r explore.Result) {
	for c := range new(explore.Explorer).Classes(s, strategy) {
		if r.Classes == bound {
			return r
		}
		r.Classes++
		r.Orders += c.Orders
		r.Verdicts[c.Judged.Verdict]++
		if c.Blocked {
			r.Blocked++
		}
		if c.Refused {
			r.Refused++
		}
	}
	r.Complete = true
	return r
}

// everyComposition lists the catalogue, and all that a layer can be put over.
func everyComposition() (all []string) {
	for _, name := range strategies.Names() {
		all = append(all, name)
		for _, layer := range strategies.Layers() {
			if _, err := strategies.Find(name + "+" + layer); err == nil {
				all = append(all, name+"+"+layer)
			}
		}
	}
	return all
}

// anythingAtAll draws a script in which all can come together that orders know of.
func anythingAtAll(t *rapid.T) *sim.Script {
	chance := func(of int, name string) bool { return rapid.IntRange(1, of).Draw(t, name) == 1 }
	value := func() sim.ValueID { return sim.ValueID(rapid.IntRange(1, 4).Draw(t, "value")) }
	s := &sim.Script{Fields: []string{"name", "email", "slug"}, Values: []any{"read-only", "a", "b", "c", "d"}}
	if s.Given = rapid.Bool().Draw(t, "given"); s.Given {
		s.GivenSets, s.GivenValues[0] = 1, value()
	}
	burst := chance(2, "burst") // of edits, as most orders are of
	several := !burst && chance(3, "several")
	if several && chance(2, "skew") {
		s.Skew[1] = time.Second
	}
	dos := []sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}
	few, mishaps := 1, chance(2, "mishaps")
	if burst {
		few, dos, mishaps = 3, dos[:rapid.IntRange(4, 5).Draw(t, "deletes")], chance(4, "mishaps")
	}
	for n := range rapid.IntRange(few, 5).Draw(t, "actions") {
		a := sim.Action{Number: n + 1, Do: rapid.SampledFrom(dos).Draw(t, "do"), Up: sim.Unpinned, Down: sim.Unpinned, At: time.Duration(n) * time.Millisecond}
		if several {
			a.Client, a.Person = uint8(rapid.IntRange(0, 1).Draw(t, "client")), uint8(rapid.IntRange(0, 1).Draw(t, "person"))
		}
		switch a.Do {
		case sim.Create, sim.Update:
			a.Sets = sim.FieldSet(rapid.IntRange(1, 3).Draw(t, "sets"))
			a.Values[0], a.Values[1] = value(), value()
			if chance(6, "the server has its own mind") {
				a.Saves = sim.FieldSet(rapid.IntRange(1, 7).Draw(t, "saves"))
				a.Saved[0], a.Saved[1], a.Saved[2] = value(), value(), value()
			}
		case sim.SetPermissions:
			a.Sets = 1 << sim.Permissions
			a.Values[sim.Permissions] = sim.ValueID(rapid.IntRange(0, 1).Draw(t, "to"))
		}
		if mishaps {
			switch rapid.IntRange(0, 9).Draw(t, "mishap") {
			case 5:
				a.Twice = true
			case 6:
				a.Skip = true
			case 7:
				a.Lose = sim.Uplink
			case 8:
				a.Lose = sim.Downlink
			case 9:
				a.Status = rapid.SampledFrom([]int{400, 403, 404, 500}).Draw(t, "status")
			}
		}
		s.Actions = append(s.Actions, a)
	}
	net := &s.Network
	net.Echo = chance(4, "echo")
	if net.Fifo = chance(4, "fifo"); net.Fifo && chance(2, "takes time") {
		net.Processing, _ = sim.NewLatency(sim.Exponential, 0, 80*time.Millisecond)
		net.Workers = rapid.IntRange(0, 3).Draw(t, "workers")
	}
	if chance(4, "impatient") && len(s.Actions) < 4 {
		net.Timeout = 300 * time.Millisecond
	}
	if chance(4, "few connections") {
		net.Connections = rapid.IntRange(1, 2).Draw(t, "connections")
	}
	return s
}

// inFull writes a script down so that it can be told from all others.
func inFull(s *sim.Script) string {
	text := fmt.Sprintf("given %v %v, skew %v, %+v", s.Given, s.GivenValues[0], s.Skew, s.Network)
	for i := range s.Actions {
		a := &s.Actions[i]
		text += fmt.Sprintf("\n%s client %d person %d sets %b %v saves %b %v status %d lose %v twice %v skip %v",
			a.Label(), a.Client, a.Person, a.Sets, a.Values[:3], a.Saves, a.Saved[:3], a.Status, a.Lose, a.Twice, a.Skip)
	}
	return text
}

// What takes seconds one by one, and what would take years. Of updates that wait for
// each other the classes are the Catalan numbers.
func TestMergedCounts(t *testing.T) {
	for _, c := range []struct {
		strategy string
		updates  int
		classes  int
		bad      int
	}{
		{"naive", 6, 1_566_813, 1_020_450},
		{"naive", 7, 93_109_737, 62_335_182},
		{"hold-outgoing", 20, 6_564_120_420, 0},
		{"hold-outgoing", 33, 212_336_130_412_243_110, 0},
		{"hold-outgoing", 34, 812_944_042_149_730_764, 0},
		{"hold-outgoing", 35, explore.Most, 0},
	} {
		e, err := strategies.Find(c.strategy)
		if err != nil {
			t.Fatal(err)
		}
		r := new(explore.Explorer).Count(context.Background(), updates(c.updates), e.New(), explore.Bounds{Classes: 20_000})
		if !r.Complete || r.Classes != c.classes || r.Bad() != c.bad || r.RaceFree() != (c.bad == 0) {
			t.Errorf("%d updates under %s: %+v, want %d, of which %d are bad", c.updates, c.strategy, r, c.classes, c.bad)
		}
	}
}
