package explore_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
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

// From the start there are as many orders as there are.
func TestFromTheStart(t *testing.T) {
	data, err := os.ReadFile("../../testdata/conformance/orders.json")
	if err != nil {
		t.Fatal(err)
	}
	var lines []struct {
		Scenario json.RawMessage
		Expected map[string]struct {
			Orders       uint64
			Classes, Bad int64
		}
	}
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	var e explore.Explorer
	compared := 0
	for _, line := range lines {
		s, err := scenarios.Parse("", line.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range line.Expected {
			if testing.Short() && want.Orders > 2_000 {
				continue
			}
			got := e.From(context.Background(), s.Script, named(t, name), nil, 0)
			if !got.Complete || got.Orders != want.Orders || got.Classes != want.Classes || got.Bad() != want.Bad {
				t.Errorf("%s under %s: %+v, want %+v", s.Name, name, got.Result, want)
			}
			if all := e.Count(context.Background(), s.Script, named(t, name), explore.Bounds{}); all != got.Result {
				t.Errorf("%s under %s: from the start %+v, in all %+v", s.Name, name, got.Result, all)
			}
			compared++
		}
	}
	if least := testkit.Size(200, 100); compared < least {
		t.Errorf("compared %d counts, want %d or more", compared, least)
	}
}

// The state on the target picture: both edits have left, and who comes first
// decides.
func TestFromThePicture(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		strategy, begin string
		bad, classes    int64
		sure            string
	}{
		{"action-queue", "a1 a2 a3 r1 p1", 2, 4, ""},
		{"action-queue", "a1 a2 a3", 2, 4, ""},
		{"action-queue", "a1 a2 a3 r1 p1 r3", 2, 2, ""},
		{"action-queue", "a1 a2 a3 r1 p1 r3 p3", 1, 1, ""}, // it will be, and is not yet
		{"action-queue", "a1 a2 a3 r1 p1 r3 r2", 2, 2, "monotonic-writes [2 3]"},
		{"action-queue", "a1 a2 a3 r1 p1 r2 r3 p3 p2", 0, 1, ""},
		{"action-queue+hold", "a1 a2 a3", 0, 1, ""},
		{"naive", "a1 a2", 1, 2, ""}, // a later edit of the same field may make up for it
		{"naive", "a1 a2 a3", 1, 1, "unsent-write [2], unsent-write [3]"},
	} {
		begin, err := testkit.ParseChoices(c.begin)
		if err != nil {
			t.Fatal(err)
		}
		got := new(explore.Explorer).From(context.Background(), s.Script, named(t, c.strategy), begin, 0)
		sure := []string{}
		for _, a := range got.Sure {
			sure = append(sure, fmt.Sprint(a.Kind, a.Actions))
		}
		if !got.Complete || got.Bad() != c.bad || got.Classes != c.classes || strings.Join(sure, ", ") != c.sure {
			t.Errorf("%s after %s: %d of %d, sure are %q (complete: %v), want %d of %d and %q",
				c.strategy, c.begin, got.Bad(), got.Classes, sure, got.Complete, c.bad, c.classes, c.sure)
		}
	}
}

// What one order ends with is not sure if another ends badly in its own way.
func TestFromWhatIsSure(t *testing.T) {
	s := updates(3)
	s.Given, s.GivenSets = false, 0
	for i := range s.Actions {
		s.Actions[i].Do = sim.Create
	}
	s.Actions[1].Lose = sim.Uplink // under polling, who asks next waits for ever
	begin, err := testkit.ParseChoices("a1 r1 a2 a3")
	if err != nil {
		t.Fatal(err)
	}
	var e explore.Explorer
	o := e.From(context.Background(), s, named(t, "polling"), begin, 0)
	stuck := int64(0)
	for c := range e.After(s, named(t, "polling"), begin) {
		if c.Judged.Verdict == judge.Stuck || c.Judged.Verdict == judge.Wrong {
			stuck++
		}
	}
	if len(o.Sure) != 0 || stuck != o.Classes || o.Bad() != stuck || stuck < 2 {
		t.Errorf("%+v, %d bad", o, stuck)
	}
}

// What the clever explorer counts from any point of any order, a dumb one
// counts too; and all orders from there are those by what comes next.
func TestFromAnywhere(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t)
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		begin := someBeginning(s, named(t, name), rapid.Uint64().Draw(t, "luck"))
		what := fmt.Sprintf("%s under %s after %v", labelled(s), name, begin)

		var e explore.Explorer
		got := e.From(context.Background(), s, named(t, name), begin, 20_000)
		if !got.Complete || got.Orders > 20_000 {
			return // too many for the dumb one
		}
		want := everyOrder(s, named(t, name), begin)
		if !got.Complete || got.Classes != int64(len(want.classes)) || got.Orders != want.orders || got.Verdicts != want.verdicts() {
			t.Fatalf("%s: %+v, want %d orders in %d classes that end %v", what, got.Result, want.orders, len(want.classes), want.verdicts())
		}
		if want.differ {
			t.Fatalf("%s: what may come next differs", what)
		}
		for _, a := range got.Sure {
			for class, end := range want.classes {
				if !slices.Contains(end.anomalies, fmt.Sprint(a.Kind, a.Actions)) {
					t.Fatalf("%s: %v %v is sure, but not in %s", what, a.Kind, a.Actions, class)
				}
			}
		}
		if len(want.next) == 0 {
			return
		}
		orders, most := uint64(0), int64(0)
		for _, c := range want.next {
			r := e.From(context.Background(), s, named(t, name), append(slices.Clip(begin), c), 0)
			orders, most = orders+r.Orders, most+r.Classes
		}
		if orders != got.Orders || most < got.Classes {
			t.Fatalf("%s: %d orders in %d classes, by what comes next %d in %d at most", what, got.Orders, got.Classes, orders, most)
		}
	})
}

// What was written before, and has yet to become visible, comes after nothing: the read
// arrives before that or after it, and with each of them its click and its answer come
// before the answer to the save or after it, but for the click that comes last.
func TestFromWhatIsNotVisible(t *testing.T) {
	s := updates(2)
	s.Network.Lag = sim.Latency{Dist: sim.Constant, A: time.Second}
	s.Actions[1].Do, s.Actions[1].Sets = sim.Fetch, 0
	begin, err := testkit.ParseChoices("a1 r1")
	if err != nil {
		t.Fatal(err)
	}
	if o := new(explore.Explorer).From(context.Background(), s, named(t, "naive"), begin, 0); !o.Complete || o.Classes != 6 {
		t.Errorf("%+v, want six classes", o)
	}
}

// Nobody can tell a request from its copy: the request arrives first, and both
// in their turn.
func TestNextOfACopy(t *testing.T) {
	s := updates(2)
	s.Actions[0].Twice = true
	s.Network.Fifo = true
	var seen []string
	var w sim.World
	w.Run(explore.Script(s), named(t, "naive"), 0, sim.Options{Chooser: pick(func(w *sim.World, pending []sim.Pending) int {
		next, line := explore.Next(w, pending, s), ""
		for _, i := range next {
			line += " " + w.Label(&pending[i])
		}
		seen = append(seen, strings.TrimSpace(line))
		return next[0]
	})})
	want := []string{"u1", "u2 u1>", "u1>", "u1>> <u1", "u2> <u1", "<u1", "<u2"}
	if !slices.Equal(seen, want) {
		t.Errorf("what may come next is %q, want %q", seen, want)
	}
}

// pick is a [sim.Chooser].
type pick func(*sim.World, []sim.Pending) int

func (p pick) Choose(w *sim.World, pending []sim.Pending) int { return p(w, pending) }

// A bound, an end of patience and a beginning of something else prove nothing.
func TestFromProvesNothing(t *testing.T) {
	var e explore.Explorer
	s := updates(4)
	if o := e.From(context.Background(), s, named(t, "naive"), nil, 100); o.Complete || o.Classes != 100 || o.RaceFree() {
		t.Errorf("bounded: %+v", o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if o := e.From(ctx, s, named(t, "naive"), nil, 0); o.Complete || o.RaceFree() {
		t.Errorf("cancelled: %+v", o)
	}
	if o := e.From(context.Background(), s, named(t, "naive"), []sim.Choice{{What: sim.ReplyArrives, N: 7}}, 0); o.Complete || o.RaceFree() {
		t.Errorf("another beginning: %+v", o)
	}
	if all := e.Count(context.Background(), updates(2), named(t, "naive"), explore.Bounds{}); all.Classes != 5 {
		t.Errorf("counted after that: %+v", all)
	}
}

// named returns a strategy that is known to be there.
func named(t interface{ Fatal(...any) }, name string) sim.Strategy {
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e.For(nil)
}

func everyStrategy() []string {
	names := strategies.Names()
	for _, name := range strategies.Names() {
		if _, err := strategies.Find(name + "+hold"); err == nil {
			names = append(names, name+"+hold")
		}
	}
	return names
}

// anyScript draws a few actions, with faults or without, on a network of any
// kind.
func anyScript(t *rapid.T) *sim.Script {
	s := updates(rapid.IntRange(1, 4).Draw(t, "actions"))
	s.Given = rapid.Bool().Draw(t, "given")
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Do = sim.Do(rapid.SampledFrom([]int{0, 1, 1, 1, 2, 4}).Draw(t, "do"))
		if a.Do == sim.Delete || a.Do == sim.Fetch {
			a.Sets = 0
		}
		switch rapid.IntRange(0, 12).Draw(t, "fault") {
		case 0:
			a.Status = 500
		case 1:
			a.Lose = sim.Uplink
		case 2:
			a.Lose = sim.Downlink
		}
	}
	if !s.Given {
		s.GivenSets = 0
	}
	s.Network.Fifo = rapid.IntRange(0, 3).Draw(t, "fifo") == 0
	if rapid.IntRange(0, 4).Draw(t, "few connections") == 0 {
		s.Network.Connections = 1
	}
	if len(s.Actions) < 4 && rapid.IntRange(0, 4).Draw(t, "impatient") == 0 {
		s.Network.Timeout = 300 * time.Millisecond
	}
	return s
}

func labelled(s *sim.Script) string {
	out := fmt.Sprintf("given %v, fifo %v, connections %d, timeout %v:", s.Given, s.Network.Fifo, s.Network.Connections, s.Network.Timeout)
	for i := range s.Actions {
		a := &s.Actions[i]
		out += fmt.Sprint(" ", a.Label(), " ", a.Status, a.Lose)
	}
	return out
}

// someBeginning runs part of a trial, any event first, also timers that fire
// in vain.
func someBeginning(s *sim.Script, strategy sim.Strategy, luck uint64) []sim.Choice {
	rnd := rand.New(rand.NewPCG(luck, 1))
	r := testkit.Recorder{Chooser: anyOf{rnd, s.Network.Fifo, 1 + rnd.IntN(14)}}
	new(sim.World).Run(explore.Script(s), strategy, 0, sim.Options{Chooser: &r})
	return r.Choices
}

// anyOf chooses any event, until it stops.
type anyOf struct {
	rnd  *rand.Rand
	fifo bool
	of   int
}

func (a anyOf) Choose(w *sim.World, pending []sim.Pending) int {
	if a.rnd.IntN(a.of) == 0 {
		return -1
	}
	for {
		if i := a.rnd.IntN(len(pending)); !a.fifo || first(pending, i) {
			return i
		}
	}
}

// first reports whether no message of the same direction was sent before.
func first(pending []sim.Pending, i int) bool {
	p := &pending[i]
	if p.What != sim.RequestArrives && p.What != sim.ReplyArrives {
		return true
	}
	for k := range pending {
		if pending[k].What == p.What && pending[k].Order() < p.Order() {
			return false
		}
	}
	return true
}

// everything is what a dumb explorer finds: it runs every order after the
// beginning, and puts those into one class that the client and the server
// cannot tell apart.
type everything struct {
	orders  uint64
	classes map[string]ending
	next    []sim.Choice // what may come right after the beginning
	differ  bool         // what may come next is something else for [explore.Next]
}

type ending struct {
	verdict   judge.Verdict
	anomalies []string
}

func (e *everything) verdicts() (n [judge.Wrong + 1]int64) {
	for _, c := range e.classes {
		n[c.verdict]++
	}
	return n
}

func everyOrder(s *sim.Script, strategy sim.Strategy, begin []sim.Choice) everything {
	s = explore.Script(s)
	all := everything{classes: map[string]ending{}}
	var w sim.World
	var j judge.Judge
	for todo := [][]sim.Choice{nil}; len(todo) > 0; {
		o := dumb{begin: begin, then: todo[len(todo)-1], fifo: s.Network.Fifo}
		todo = todo[:len(todo)-1]
		ledger := w.Run(s, strategy, 0, sim.Options{Chooser: &o})
		if o.vain || o.fired && w.FiredInVain() {
			continue
		}
		if len(o.then) == 1 {
			all.next = append(all.next, o.then[0])
		}
		all.differ = all.differ || o.differ
		if len(o.may) > 0 {
			for _, c := range o.may {
				todo = append(todo, append(slices.Clip(o.then), c))
			}
			if !o.onlyTimers {
				continue
			}
			// It is the end if all the timers fire in vain.
			stirs := false
			for _, c := range o.may {
				again := dumb{begin: begin, then: append(slices.Clip(o.then), c), fifo: s.Network.Fifo}
				w.Run(s, strategy, 0, sim.Options{Chooser: &again})
				stirs = stirs || !w.FiredInVain()
			}
			if stirs {
				continue
			}
		}
		judged := j.Judge(s, ledger)
		end := ending{verdict: judged.Verdict}
		for _, a := range judged.Anomalies {
			end.anomalies = append(end.anomalies, fmt.Sprint(a.Kind, a.Actions))
		}
		all.orders++
		all.classes[o.class()] = end
	}
	return all
}

// dumb makes the choices it is told to, and stops to say what may come next.
type dumb struct {
	begin, then []sim.Choice
	fifo        bool
	at          int
	may         []sim.Choice
	onlyTimers  bool
	fired, vain bool // the last event, after the beginning, was a timer; in vain
	differ      bool
}

func (d *dumb) Choose(w *sim.World, pending []sim.Pending) int {
	if d.vain = d.fired && w.FiredInVain(); d.vain {
		return -1
	}
	if n := len(d.begin); d.at < n+len(d.then) {
		want := append(slices.Clip(d.begin), d.then...)[d.at]
		d.fired = d.at >= n && want.What == sim.TimerFires
		d.at++
		return slices.IndexFunc(pending, func(p sim.Pending) bool { return p.What == want.What && int(p.N) == want.N })
	}
	d.onlyTimers = true
	for i := range pending {
		d.onlyTimers = d.onlyTimers && pending[i].What == sim.TimerFires
		if !w.Idle(&pending[i]) && (!d.fifo || first(pending, i)) {
			d.may = append(d.may, pending[i].Choice())
		}
	}
	next := explore.Next(w, pending, &sim.Script{Network: sim.Network{Fifo: d.fifo}})
	d.differ = !slices.EqualFunc(next, d.may, func(i int, c sim.Choice) bool { return pending[i].What == c.What && int(pending[i].N) == c.N })
	return -1
}

func (d *dumb) class() string {
	client, server := "", ""
	for _, c := range d.then {
		switch c.What {
		case sim.RequestArrives, sim.DuplicateArrives, sim.RequestBegins, sim.DuplicateBegins, sim.WriteVisible:
			server += c.String()
		case sim.SpanEnds:
			client, server = client+c.String(), server+c.String()
		default:
			client += c.String()
		}
	}
	return client + "|" + server
}
