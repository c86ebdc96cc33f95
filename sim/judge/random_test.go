package judge_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestAgainstDumbJudge holds the judge against the dumb one, on random trials
// of every strategy, of a client without a rule, and of one that reads by itself: verdict, anomalies, and
// the actions they name.
func TestAgainstDumbJudge(t *testing.T) { testkit.Random(t, againstDumbJudge) }

func againstDumbJudge(t *testing.T, r *rand.Rand) {
	scripts := testkit.Sample[uint64](3000, 1000, 100)
	met := map[judge.Verdict]int{}
	var w sim.World
	var j judge.Judge
	for n := range scripts {
		s, seed := randomScript(r), r.Uint64()
		if n%4 == 0 {
			scatter(r, s)
		}
		clients := map[string]sim.Strategy{"whim": &whim{seed: seed}, "reader": &reader{seed: seed}}
		if s.Views() != 1 {
			delete(clients, "whim") // it would hand one person's action on in another's name
		}
		for _, e := range everyStrategy() {
			clients[e.Name] = e.For(s)
		}
		for _, name := range slices.Sorted(maps.Keys(clients)) {
			end := w.Run(s, clients[name], seed, sim.Options{})
			judged := j.Judge(s, end)
			met[judged.Verdict]++
			var got []string
			for _, a := range judged.Anomalies {
				got = append(got, fmt.Sprint(a.Kind, a.Actions))
			}
			slices.Sort(got)
			if verdict, want := dumbJudges(s, end, nil); judged.Verdict != verdict || !slices.Equal(got, want) {
				t.Fatalf("script %d under %s is %v:\n\t%v\nthe dumb judge, in dumb_test.go, which has each rule too, says %v:\n\t%v\n%s",
					n, name, judged.Verdict, got, verdict, want, steps(s))
			}
		}
	}
	for _, v := range []judge.Verdict{judge.OK, judge.Loud, judge.Stuck, judge.Wrong} {
		if met[v] == 0 {
			t.Errorf("no trial ends %v", v)
		}
	}
}

// randomScript writes a script in which much goes wrong: few values, so that
// some are the same; refusals and losses; sometimes bad weather on the way.
func randomScript(r *rand.Rand) *sim.Script {
	s := &sim.Script{
		Fields: []string{"name", "email", "slug"},
		Values: []any{"read-only", "open", "a", "b", "c"},
		Given:  r.IntN(2) == 0,
	}
	one := func(in int) bool { return r.IntN(in) == 0 }
	ms := func(below int) time.Duration { return time.Duration(r.IntN(below)) * time.Millisecond }
	value := func() sim.ValueID { return sim.ValueID(2 + r.IntN(3)) }
	if s.Given {
		s.GivenSets, s.GivenValues[0] = 1, value()
	}
	if one(4) {
		s.Network.Timeout = 150*time.Millisecond + ms(200)
	}
	if one(8) {
		s.Network.Connections = 1 + r.IntN(2)
	}
	if one(6) {
		s.Network.Loss, s.Network.Errors, s.Network.Duplicates = 0.1, 0.1, 0.2
	}
	s.Network.Fifo, s.Network.Echo = one(8), one(3)
	at := time.Duration(0)
	for n := range 1 + r.IntN(8) {
		gap := 100
		if one(3) {
			gap = 1000
		}
		at += ms(gap)
		a := sim.Action{
			Number: n + 1, At: at, Up: ms(300), Down: ms(300), Skip: one(20),
			Do: []sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}[r.IntN(7)],
		}
		if n == 0 && !s.Given && !one(8) {
			a.Do = sim.Create
		}
		switch a.Do {
		case sim.Create, sim.Update:
			a.Sets = sim.FieldSet(1 + r.IntN(3))
			a.Values[0], a.Values[1] = value(), value()
			if one(6) { // the server has its own mind
				a.Saves = sim.FieldSet(1 + r.IntN(7))
				a.Saved[0], a.Saved[1], a.Saved[2] = value(), value(), value()
			}
		case sim.SetPermissions:
			a.Sets = 1 << sim.Permissions
			a.Values[sim.Permissions] = sim.ValueID(r.IntN(2))
		}
		if one(10) {
			a.Status = 500
		}
		a.Twice = one(15)
		if one(15) {
			a.Lose = sim.Leg(1 + r.IntN(2))
		}
		s.Actions = append(s.Actions, a)
	}
	return s
}

// TestNoAllocations: once warm, a trial and its judgement allocate nothing.
func TestNoAllocations(t *testing.T) {
	for _, more := range []string{"", ", processing: {exponential: 30ms}, workers: 1, echo: true, fifo: true, timeout: 400ms, duplicates: 5%"} {
		noAllocations(t, more, "")
	}
	noAllocations(t, ", timeout: 400ms, duplicates: 5%", `
- {at: 960ms, do: update, add: {count: 1}, append: {tags: x}}
- {at: 980ms, do: update, add: {count: 2}, append: {tags: y}}
- {at: 1500ms, do: fetch}
- {at: 1510ms, do: update, add: {count: 3}}`)
}

func noAllocations(t *testing.T, more, steps string) {
	s := story(t, `
network: {uplink: {exponential: 100ms}, downlink: {exponential: 100ms}`+more+`}
steps:
- {at: 0, do: create, set: {name: A}, saved: {slug: a}}
- {at: 50ms, do: update, set: {name: B}}
- {at: 100ms, do: set-permissions, to: open}
- {at: 150ms, do: fetch}
- {at: 200ms, do: update, set: {name: C, email: e}}
- {at: 900ms, do: delete}
- {at: 950ms, do: create, set: {name: D}}`+steps)
	const trials = 50 // the same ones, once warm
	var w sim.World
	var j judge.Judge
	for _, e := range everyStrategy() {
		if e.File == "implicit_callbacks.go" {
			continue // each chain is a coroutine of its own
		}
		strategy, seed := e.For(nil), uint64(0)
		trial := func() {
			seed = seed%trials + 1
			j.Judge(s, w.Run(s, strategy, seed, sim.Options{}))
		}
		for range trials {
			trial()
		}
		if n := testing.AllocsPerRun(trials, trial); n != 0 {
			t.Errorf("%s allocates %v times a trial%s%s", e.Name, n, more, steps)
		}
	}
}

// scatter gives the actions of a script to several persons and clients, so that
// no two clients share a record.
func scatter(r *rand.Rand, s *sim.Script) {
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Client, a.Person = uint8(r.IntN(sim.MaxClients)), uint8(r.IntN(2))
		if s.Given && a.Person == 0 {
			a.Client = 0
		}
	}
}

// dumbJudges asks the dumb judge about each screen and person. Of a record that
// two clients share it wants to know the events.
func dumbJudges(s *sim.Script, l *sim.Ledger, events []sim.Event) (verdict judge.Verdict, anomalies []string) {
	for v := range s.Views().All {
		worst, found := dumbJudge(s, l, v, events)
		verdict, anomalies = max(verdict, worst), append(anomalies, found...)
	}
	slices.Sort(anomalies)
	return verdict, slices.Compact(anomalies)
}
