package explore_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// What is counted by merging states is what is counted one by one, to the digit:
// for every strategy, every layer over it, and whatever the user does and meets.
func TestMergedAsOneByOne(t *testing.T) {
	names := everyComposition()
	property.Check(t, func(t *rapid.T) {
		s := anythingAtAll(t, 5)
		asOneByOne(t, s, drawn(t, names))
	})
}

// drawn draws one of some strategies.
func drawn(t *rapid.T, names []string) strategies.Entry {
	e, err := strategies.Find(rapid.SampledFrom(names).Draw(t, "strategy"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// So it is for every strategy in every scenario of the catalogue, and for every layer
// over it in some: each composition meets another part of them.
func TestMergedOverTheCatalogue(t *testing.T) {
	testkit.Alone(t)
	names, part := everyComposition(), testkit.Sample(6, 12, 48)
	for i, s := range scenarios.All() {
		for j, name := range names {
			if (i+j)%part == 0 || !testing.Short() && slices.Contains(strategies.Names(), name) {
				asOneByOne(t, s.Script, testkit.Strategy(t, name))
			}
		}
	}
}

func asOneByOne(t interface{ Fatalf(string, ...any) }, s *sim.Script, e strategies.Entry) {
	want := testkit.Orders(s, e.For(s), testkit.Sample(2_000, 300, 200))
	if !want.Complete {
		return
	}
	got, states, ok := explore.Merged(s, e.For(s), 100_000)
	if !ok && states < 100_000 && !keepsFunctions(e.Name) && !unwritten(s) {
		t.Fatalf("%s under %s cannot be merged", inFull(s), e.Name)
	}
	if ok && got != want {
		t.Fatalf("%s under %s:\nmerged     %+v\none by one %+v", inFull(s), e.Name, got, want)
	}
}

// unwritten reports whether a script asks for what no state has: clients that poll, of
// which it takes the whole order to tell when all is quiet, and what the server does
// besides. Its orders are run one by one.
func unwritten(s *sim.Script) bool {
	return s.Habits()&(sim.Polls|sim.Lags|sim.Torn|sim.UsesKeys) != 0
}

// So it is from any beginning on, also where timers have fired in vain in it.
func TestMergedFromAnywhere(t *testing.T) {
	names := everyComposition()
	property.Check(t, func(t *rapid.T) {
		s := anythingAtAll(t, 5)
		e := drawn(t, names)
		begin := someBeginning(s, e.For(s), rapid.Uint64().Draw(t, "luck"))
		want := new(explore.Explorer).From(context.Background(), s, e.For(s), begin, 6_000).Result
		if !want.Complete {
			return
		}
		if got, _, ok := explore.Merged(s, e.For(s), 100_000, begin...); ok && got != want {
			t.Fatalf("%s under %s from %v:\nmerged     %+v\none by one %+v", inFull(s), e.Name, begin, got, want)
		}
	})
}

// keepsFunctions reports whether a client has functions among its fields, which
// cannot be compared: its orders are run one by one.
func keepsFunctions(name string) bool {
	return strings.HasPrefix(name, "implicit-callbacks")
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

// Two trials in the same state go on alike, however they came there: the same can
// happen next, it leads to the same state again, and they end alike. This needs no
// order to be run in full, so that scripts can be longer.
func TestEqualStatesGoOnAlike(t *testing.T) {
	testkit.Alone(t)
	names := everyComposition()
	property.Check(t, func(t *rapid.T) {
		s := anythingAtAll(t, 8)
		e := drawn(t, names)
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "luck"), 1))
		known := map[string][]uint32{} // how a state was come to
		strategy := e.For(s)
		for range 40 {
			w := walk{rnd: rnd}
			w.run(s, strategy)
			for i, state := range w.states {
				before, met := known[state]
				known[state] = w.events[:i:i]
				if met && !slices.Equal(before, w.events[:i]) {
					alike(t, s, e.Name, strategy, before, w.events[:i], rnd.Uint64())
				}
			}
		}
	})
}

// alike lets two trials go on from what is said to be one state.
func alike(t *rapid.T, s *sim.Script, name string, strategy sim.Strategy, a, b []uint32, luck uint64) {
	var one, two walk
	for range 2 { // the second time, the strategy has all the memory that it needs
		one = walk{begin: a, rnd: rand.New(rand.NewPCG(luck, 2))}
		two = walk{begin: b, rnd: rand.New(rand.NewPCG(luck, 2))}
		one.run(s, strategy)
		two.run(s, strategy)
	}
	x, y := one.states[len(a):], two.states[len(b):]
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			t.Fatalf("%s under %s: %v and %v come to one state, and %v leads to two:\n%x\n%x", inFull(s), name, a, b, one.events[len(a):][:i], x[i], y[i])
		}
	}
	if one.end != two.end || !slices.Equal(one.events[len(a):], two.events[len(b):]) || !slices.Equal(x, y) {
		t.Fatalf("%s under %s: %v and %v come to one state, and go on as %v, to end %s, and %v, to end %s",
			inFull(s), name, a, b, one.events[len(a):], one.end, two.events[len(b):], two.end)
	}
}

// walk lets anything happen next, after a beginning.
type walk struct {
	begin  []uint32
	rnd    *rand.Rand
	states []string // before each event
	events []uint32 // by their names
	end    string

	script   *sim.Script
	snapshot sim.Snapshot
	fired    bool // a timer has
	vain     bool // and changed nothing: there the walk ends
}

func (a *walk) run(s *sim.Script, strategy sim.Strategy) {
	var w sim.World
	var j judge.Judge
	a.script = s
	l := w.Run(explore.Script(s), strategy, 0, sim.Options{Chooser: a})
	if a.vain = a.vain || a.fired && w.FiredInVain(); a.vain {
		return
	}
	v := j.Judge(explore.Script(s), l).Verdict
	blocked, refused := j.Impeded()
	a.end = fmt.Sprint(v, blocked, refused)
}

func (a *walk) Choose(w *sim.World, pending []sim.Pending) int {
	if a.fired && w.FiredInVain() {
		a.vain = true
		return -1
	}
	state, ok := a.snapshot.Of(w)
	if !ok {
		a.vain = true
		return -1
	}
	a.states = append(a.states, string(judge.Gist(slices.Clone(state), w.Script(), w.Ledger())))
	places := map[uint32]int{}
	var names []uint32
	for _, i := range explore.Next(w, pending, a.script) {
		name := a.snapshot.Event(&pending[i])
		places[name], names = i, append(names, name)
	}
	slices.Sort(names)
	name := uint32(0)
	if n := len(a.events); n < len(a.begin) {
		name = a.begin[n]
	} else {
		name = names[a.rnd.IntN(len(names))]
	}
	a.events = append(a.events, name)
	a.fired = pending[places[name]].What == sim.TimerFires
	return places[name]
}

// Where a bad order is further than one wants to run, one is found all the same: it
// is bad, and has no more events than the shortest that running them all finds.
func TestShortestAmongStates(t *testing.T) {
	for _, c := range []struct {
		scenario, strategy string
		few, many          int
	}{
		{"timeout", "outbox", 2_000, 0},
		{"three-waiters", "naive", 2, 1_000},
		{"typing-burst", "naive", 5, 20_000},
	} {
		s, err := scenarios.Find(c.scenario)
		if err != nil {
			t.Fatal(err)
		}
		e := testkit.Strategy(t, c.strategy)
		found, complete := new(explore.Explorer).Shortest(context.Background(), s.Script, e.For(s.Script), explore.Bounds{Classes: c.few})
		if found == nil || complete {
			t.Fatalf("%s under %s: %+v, complete %v", c.scenario, c.strategy, found, complete)
		}
		only, err := found.Schedule.Only(s.Script)
		if err != nil {
			t.Fatal(err)
		}
		again := found.Schedule.Chooser()
		var j judge.Judge
		got := j.Judge(only, new(sim.World).Run(explore.Script(only), e.For(only), 1, sim.Options{Chooser: again}))
		if err := again.Unused(); err != nil || got.Verdict != found.Verdict || !got.Verdict.Bad() {
			t.Errorf("%s under %s: %v replays to %v, want %v (%v)", c.scenario, c.strategy, found.Schedule, got.Verdict, found.Verdict, err)
		}
		if c.many > 0 {
			want, _ := new(explore.Explorer).Shortest(context.Background(), s.Script, e.For(s.Script), explore.Bounds{Classes: c.many})
			if len(found.Schedule) != len(want.Schedule) {
				t.Errorf("%s under %s: %v is no shortest: %v is", c.scenario, c.strategy, found.Schedule, want.Schedule)
			}
		}
	}
}

// anythingAtAll draws a script in which all can come together that orders know of.
func anythingAtAll(t *rapid.T, most int) *sim.Script {
	chance := func(of int, name string) bool { return rapid.IntRange(1, of).Draw(t, name) == 1 }
	value := func() sim.ValueID { return sim.ValueID(rapid.IntRange(1, 4).Draw(t, "value")) }
	s := &sim.Script{Fields: []string{"name", "email", "slug"}, Values: []any{"read-only", "a", "b", "c", "d"}}
	if s.Given = rapid.Bool().Draw(t, "given"); s.Given {
		s.GivenSets, s.GivenValues[0] = 1, value()
	}
	burst := chance(2, "burst") // of edits, as most orders are of
	several := !burst && chance(3, "several")
	if several && s.Given && chance(2, "given besides") {
		s.Beside = []sim.Gift{{Sets: 1, Values: [sim.NumFields]sim.ValueID{value()}}}
	}
	if several && chance(2, "skew") {
		s.Skew[1] = time.Second
	}
	dos := []sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}
	few, mishaps := 1, chance(2, "mishaps")
	if burst {
		few, dos, mishaps = 3, dos[:rapid.IntRange(4, 5).Draw(t, "deletes")], chance(4, "mishaps")
	}
	for n := range rapid.IntRange(few, most).Draw(t, "actions") {
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
		if several && a.Do == sim.Create && chance(2, "parent") {
			a.Parent = 2 - a.Person
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
	if chance(4, "impatient") && (len(s.Actions) < 4 || most > 5) {
		net.Timeout = 300 * time.Millisecond
	}
	if chance(4, "few connections") {
		net.Connections = rapid.IntRange(1, 2).Draw(t, "connections")
	}
	if chance(4, "a client is closed") {
		property.Closing(t, s)
	}
	if chance(3, "offline") {
		s.Offline = someSpans(t, len(s.Actions), several)
	}
	if chance(3, "reads that nobody pressed") {
		net.Reread, net.Cancel = chance(2, "reread"), chance(2, "cancel")
		net.Push = s.Clients() > 1 && chance(2, "push")
	}
	if chance(3, "adds") {
		testkit.Worldly(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "of what adds") }, s, sim.Adds)
	}
	return s
}

// someSpans draws when clients are offline, between clicks a millisecond apart.
func someSpans(t *rapid.T, clicks int, several bool) (spans []sim.Span) {
	for c := range uint8(sim.MaxClients) {
		if c > 0 && !several {
			break
		}
		at := func(name string) time.Duration {
			return time.Duration(rapid.IntRange(0, 2*clicks).Draw(t, name)) * time.Millisecond / 2
		}
		if from := at("from"); c == 0 || rapid.Bool().Draw(t, "both") {
			span := sim.Span{Client: c, From: from}
			if span.To = max(from+time.Microsecond, at("to")); rapid.IntRange(0, 3).Draw(t, "for ever") == 0 {
				span.To = 0
			}
			spans = append(spans, span)
		}
	}
	return spans
}

// inFull writes a script down so that it can be told from all others.
func inFull(s *sim.Script) string {
	text := fmt.Sprintf("given %v %v %v, skew %v, %+v, offline %v", s.Given, s.GivenValues[0], s.Beside, s.Skew, s.Network, s.Offline)
	for i := range s.Actions {
		a := &s.Actions[i]
		text += fmt.Sprintf("\n%s client %d person %d sets %b adds %b appends %b %v saves %b %v status %d lose %v twice %v skip %v parent %d",
			a.Label(), a.Client, a.Person, a.Sets, a.Adds, a.Bags, a.Values[:3], a.Saves, a.Saved[:3], a.Status, a.Lose, a.Twice, a.Skip, a.Parent)
	}
	return text
}

// What takes seconds one by one, and what would take years. Of updates that wait for
// each other the classes are the Catalan numbers.
func TestMergedCounts(t *testing.T) {
	testkit.Alone(t)
	for _, c := range testkit.Some([]struct {
		strategy string
		updates  int
		classes  int64
		bad      int64
	}{
		{"naive", 6, 1_566_813, 1_020_450},
		{"naive", 7, 93_109_737, 62_335_182},
		{"hold-outgoing", 20, 6_564_120_420, 0},
		{"hold-outgoing", 33, 212_336_130_412_243_110, 0},
		{"hold-outgoing", 34, 812_944_042_149_730_764, 0},
		{"hold-outgoing", 35, explore.Most, 0},
	}, 3) {
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

// An answer that is lost when its client goes away tells states apart: what is pressed
// there later may have met the server alone, or not.
func TestStatesOfLostAnswers(t *testing.T) {
	s := &sim.Script{Fields: []string{"name"}, Values: []any{"read-only", "given"}, Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1}}
	s.Network.Timeout = time.Second
	for i, do := range []sim.Do{sim.Update, sim.Delete, sim.Close, sim.Fetch} {
		s.Actions = append(s.Actions, sim.Action{Number: i + 1, Do: do, At: time.Duration(i), Opens: do == sim.Fetch, Up: sim.Unpinned, Down: sim.Unpinned})
	}
	s.Actions[0].Sets, s.Actions[0].Values[0] = 1, 1
	const u1, d2, x3 = 1 << 4, 2 << 4, 3 << 4
	const lands, answered = 1<<5 | uint32(sim.RequestArrives), 1<<5 | uint32(sim.ReplyArrives)
	const givesUp, landsToo = 2<<5 | uint32(sim.ClientGivesUp), 2<<5 | uint32(sim.RequestArrives)
	var states []string
	for _, begin := range [][]uint32{{u1, lands, answered, d2, givesUp, x3, landsToo}, {u1, d2, givesUp, x3, lands, landsToo}} {
		w := walk{begin: begin, rnd: rand.New(rand.NewPCG(1, 1))}
		w.run(s, named(t, "naive"))
		states = append(states, w.states[len(begin)])
	}
	if states[0] == states[1] {
		t.Error("whether u1 was answered is not in the state")
	}
}

// What was set under what is added, and what was added, tell states apart that agree
// in all else: saves of one number in three orders at once.
func TestMergedSums(t *testing.T) {
	for _, what := range []string{"+=+", "==+", "+++", "+=?", "=+2", "+2=", "+=2+"} {
		s := &sim.Script{
			Fields: []string{"count"}, Values: []any{"read-only", 0.0, 1.0, 5.0},
			Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1},
		}
		for i, do := range what {
			a := sim.Action{Number: i + 1, Do: sim.Update, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
			a.Values[0] = 2
			switch do {
			case '=':
				a.Values[0] = 3
			case '?':
				a.Do, a.Sets = sim.Fetch, 0
			case '2':
				a.Client = 1
			}
			if do == '+' || do == '2' {
				a.Adds = 1
			}
			s.Actions = append(s.Actions, a)
		}
		for _, name := range []string{"naive", "debounce", "last-write-wins", "debounce+last-write-wins", "allow-concurrent", "overlay"} {
			asOneByOne(t, s, testkit.Strategy(t, name))
		}
	}
}
