package network

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// alone makes playgrounds that have nothing but the network.
var alone = pagetest.Maker[*Network](func(b page.Base) *Network { return &Network{Base: b} })

type model = pagetest.Playground[*Network]

// settled carries out what the network's page asks for in the background.
func settled(m *model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			settled(m, c)
		}
	case networkMsg:
		next := m.Route(msg)
		if m.Page == m.Own {
			settled(m, next)
		}
	}
}

// play presses keys and waits for what comes of each.
func play(m *model, keys ...string) {
	for _, k := range keys {
		settled(m, m.Press(k))
	}
}

// gaming returns a playground in which the user is the network of a lane.
func gaming(t testing.TB, scenario string, w, h, lane int, now time.Duration) *model {
	t.Helper()
	m := alone.Open(t, scenario, w, h, now)
	m.Session.Lane = lane
	play(m, "n")
	if m.Page != m.Own {
		t.Fatalf("n opens nothing: %s", m.Message)
	}
	return m
}

// picture is where the target picture begins: both edits have left, and nothing
// has arrived since.
const picture = 205 * time.Millisecond

func TestNetworkScreens(t *testing.T) {
	for _, tt := range []struct {
		file, scenario string
		w, h, lane     int
		now            time.Duration
		keys           string
	}{
		{"network-120x40", "create-then-two-updates", 120, 40, 2, picture, ""},
		{"network-80x24", "create-then-two-updates", 80, 24, 2, picture, ""},
		{"network-60x16", "create-then-two-updates", 60, 16, 2, picture, ""},
		{"network-200x50", "create-then-two-updates", 200, 50, 2, picture, ""},
		{"network-broken-120x40", "create-then-two-updates", 120, 40, 2, picture, "2 1"},
		{"network-over-120x40", "create-then-two-updates", 120, 40, 2, picture, "2 1 1 1"},
		{"network-over-60x16", "create-then-two-updates", 60, 16, 2, picture, "2 1 1 1"},
		{"network-safe-80x24", "create-then-two-updates", 80, 24, 2, picture, "1 1 1 1"},
		{"network-polling-120x40", "create-then-two-updates", 120, 40, 5, 100 * time.Millisecond, "1 1"},
		{"network-faults-120x40", "create-then-two-updates", 120, 40, 2, picture, "x e u"},
		{"network-long-80x24", "typing-burst", 80, 24, 0, time.Second, "c u d p f down down"},
		{"network-long-60x16", "typing-burst", 60, 16, 0, 0, "c u d p f u u u u down down"},
		{"network-news-120x40", "property-pushed-over", 120, 40, 0, 0, "1 1"},
		{"network-shortest-120x40", "create-then-two-updates", 120, 40, 3, 0, "b"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			if testing.Short() && tt.scenario == "typing-burst" {
				t.Skip("it has many orders to count")
			}
			m := alone.Open(t, tt.scenario, tt.w, tt.h, tt.now)
			m.Session.Lane = tt.lane
			var last tea.Cmd // of those before it nobody waits for what they come to
			for _, k := range append([]string{"n"}, strings.Fields(tt.keys)...) {
				if cmd := m.Press(k); cmd != nil {
					last = cmd
				}
			}
			settled(m, last)
			pagetest.Fits(t, m.Host)
			testkit.Golden(t, tt.file+".txt", m.Canvas.String())
		})
	}
	m := gaming(t, "create-then-two-updates", 80, 24, 2, picture)
	play(m, "2", "1")
	pagetest.Fits(t, m.Host)
	testkit.Golden(t, "network-80x24-none.ans", m.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
	testkit.Golden(t, "network-80x24-dark.ans", m.Canvas.Render(ink.NewTheme(ink.TrueColour, false))+"\n")
}

// options writes what may happen next.
func options(m *model) string {
	var out []string
	for i := range m.Own.next {
		o := m.Own.next[i]
		out = append(out, o.Before+o.Name()+o.After)
	}
	return strings.Join(out, " | ")
}

// What a server with habits, and a client that goes away, let happen next.
func TestNetworkOfTheWorld(t *testing.T) {
	for _, tt := range []struct{ scenario, keys, options, screen string }{
		{"property-pushed-over", "1", "the answer to u1: done | the news of u1 to client 1 | you press u2: set name to Pump A", "screen 2"},
		{"status-restores-data", "", "the server begins with u1 | you press u2: set status to done", "What happens next?"},
		{"status-restores-data", "1", "the server is done with u1, which sets data to new | you press u2: set status to done", "Which one arrives next?"},
		{"typed-through-the-cut", "1 1", "on@1: the client is back online", "What happens next?"},
		{"left-while-saving", "2 3", "u1 a request that sets mood to calm | u2 a request that sets mood to tired", "closed"},
	} {
		m := gaming(t, tt.scenario, 120, 40, 0, 0)
		if play(m, strings.Fields(tt.keys)...); options(m) != tt.options {
			t.Errorf("%s after %q: %s", tt.scenario, tt.keys, options(m))
		}
		m.Draw()
		if text := m.Canvas.String(); !strings.Contains(text, tt.screen) {
			t.Errorf("%s after %q: no %q on\n%s", tt.scenario, tt.keys, tt.screen, text)
		}
	}
}

// The game on the target picture, played both ways.
func TestNetworkPlayed(t *testing.T) {
	for _, tt := range []struct {
		keys, here, end string
		verdict         judge.Verdict
	}{
		{"", "✗ 2 of 4 orders end wrong", "", 0},
		{"2", "✗ all 2 orders end wrong", "", 0},
		{"2 1", "✗ all 2 orders end wrong", "", 0},
		{"2 down enter up enter 1", "nothing more can happen", "newer edit u3 was overwritten by older u2", judge.Wrong},
		{"1", "✓ all 2 orders end well", "", 0},
		{"1 2 1 1", "nothing more can happen", "all you asked for happened, once and in order", judge.OK},
		{"1 1 space", "nothing more can happen", "all you asked for happened, once and in order", judge.OK},
	} {
		m := gaming(t, "create-then-two-updates", 120, 40, 2, picture)
		n := m.Own
		play(m, strings.Fields(tt.keys)...)
		m.Draw()
		if text, _ := n.fromHere(60); text != tt.here {
			t.Errorf("after %q: from here %q, want %q", tt.keys, text, tt.here)
		}
		if text, _ := n.inAll(90); text != "✗ 6 of 14: this strategy can be broken. Break it." {
			t.Errorf("after %q: in all %q", tt.keys, text)
		}
		if n.Now.Over() != (tt.end != "") || n.Now.Judged.Verdict != tt.verdict || !strings.Contains(m.Canvas.String(), tt.end) {
			t.Errorf("after %q: over %v, %v, and not %q:\n%s", tt.keys, n.Now.Over(), n.Now.Judged.Verdict, tt.end, m.Canvas.String())
		}
	}
}

// What is wrong is said when it is proved, and not before.
func TestNetworkSaysWhenProved(t *testing.T) {
	m := gaming(t, "create-then-two-updates", 120, 40, 2, picture)
	says := func() string {
		m.Draw()
		s := along(m.Width, 12, m.Own.Now.Steps, false)
		text, _ := m.Own.soFar(m.Own.lane(s).At(s.at(m.Own.Now.Steps)), 60)
		return text
	}
	for _, step := range []struct{ key, want string }{
		{"2", "nothing is wrong"},
		{"1", "✗ newer edit u3 was overwritten by older u2"},
		{"z", "nothing is wrong"},
		{"z", "nothing is wrong"},
	} {
		play(m, step.key)
		if got := says(); got != step.want {
			t.Errorf("after %s: %q, want %q", step.key, got, step.want)
		}
	}
}

// The page begins with what has happened in the lane: both sides hold the
// same, and the same messages are on their way.
func TestNetworkBeginsAtTheCursor(t *testing.T) {
	begun := 0
	for i, sc := range append(testkit.Some(scenarios.All(), 15), flaky(t)) {
		m := alone.On(t, session.New(sc, append(strategies.Default(), "action-queue+hold", "polling+hold"), 1), 120, 40)
		for seed := range uint64(testkit.Sample(2, 1, 1)) {
			m.Session.Seed = seed + 1
			m.RunLanes()
			for lane := range m.Lanes {
				if !testkit.All() && (i+lane+int(seed))%testkit.Size(4, 3) != 0 {
					continue // others are of the scenarios beside this one
				}
				m.Session.Lane = lane
				for _, e := range m.Lane().Events {
					now, l := e.At, m.Lane()
					if now >= l.Settled {
						continue
					}
					m.Session.Now = now
					m.Own.Open()
					n := m.Own
					got := n.lane(along(m.Width, 12, n.Now.Steps, false))
					for side, want := range map[string][2][]diagram.Hold{"screen": {got.Screen(), l.Screen()}, "server": {got.Server(), l.Server()}} {
						is, was := diagram.At(want[0], diagram.Forever), diagram.At(want[1], now)
						if is.State != was.State || is.Exists != was.Exists {
							t.Fatalf("%s, %s, seed %d at %v: the %s holds %v, want %v", sc.Name, l.Name, seed+1, now, side, is, was)
						}
					}
					if is, was := flying(got, diagram.Forever-1), flying(l, now); is != was {
						t.Fatalf("%s, %s, seed %d at %v: on their way are %s, want %s", sc.Name, l.Name, seed+1, now, is, was)
					}
					m.Page = m.Home
					begun++
				}
			}
		}
	}
	if begun < testkit.Size(1000, 300) {
		t.Errorf("%d beginnings compared", begun)
	}
}

// flying lists the messages on their way at t.
func flying(l *diagram.Lane, t time.Duration) string {
	out := map[string]bool{}
	for i := range l.Messages {
		m := &l.Messages[i]
		to := m.To
		if m.Lost {
			to -= 60 * time.Millisecond // so long it is drawn that it never arrives
		}
		if m.From <= t && to > t && !m.Copy { // copies are not seen before they arrive
			out[l.Labels(m.Actions)+m.Leg().Leg.String()] = true
		}
	}
	return fmt.Sprint(out)
}

// flaky is a burst of saves on a network that loses and refuses.
func flaky(t *testing.T) *scenarios.Scenario {
	sc, err := scenarios.Parse("flaky.yaml", []byte(`
name: flaky
title: Everything goes wrong
network: {uplink: {exponential: 120ms}, downlink: {exponential: 80ms}, loss: 20%, errors: 20%, timeout: 400ms, connections: 2}
steps:
  - {at: 0ms, do: create, set: {name: Ada}}
  - {at: 40ms, do: update, set: {name: Ada Byron}}
  - {at: 90ms, do: fetch}
  - {at: 130ms, do: update, set: {name: Ada Lovelace}}
  - {at: 200ms, do: delete}
`))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func TestNetworkWords(t *testing.T) {
	m := gaming(t, "create-then-two-updates", 120, 40, 5, 0)
	for _, step := range []struct{ key, want string }{
		{"", "c1 a request that creates a person, name Ada | you press u2: set name to Ada Byron"},
		{"2", "c1 a request that creates a person, name Ada | you press u3: set name to Ada Lovelace"},
		{"2", "c1 a request that creates a person, name Ada"},
		{"1", "the answer to c1: id 1"},
		{"1", "u2's timer fires | u3's timer fires"},
		{"2", "u3 a request that sets name to Ada Lovelace"},
		{"p", "u3 a request that sets name to Ada Lovelace"}, // p4 waits
		{"e", "the answer to u3: 500"},
		{"1", "u2's timer fires | p4's timer fires"},
		{"2", "p4 a request that sets permissions to read-only"},
		{"x", ""},
	} {
		if step.key != "" {
			play(m, step.key)
		}
		if got := options(m); got != step.want {
			t.Fatalf("after %q: %s, want %s", step.key, got, step.want)
		}
	}
	m = gaming(t, "timeout", 120, 40, 0, 0)
	play(m, "2", "f", "d")
	if got, want := options(m), "u1 a request that sets name to Ada Byron | u2 a request that sets name to Ada Lovelace | f3 a request that reads record 1 | d4 a request that deletes record 1 | "+
		"the client gives up waiting for u1 | the client gives up waiting for u2 | the client gives up waiting for f3 | the client gives up waiting for d4"; got != want {
		t.Errorf("options: %s, want %s", got, want)
	}
}

// Each key that changes something is taken back by one z, exactly.
func TestNetworkUndo(t *testing.T) { testkit.Random(t, networkUndo) }

func networkUndo(t *testing.T, rnd *rand.Rand) {
	keys := []string{"1", "2", "3", "enter", "x", "e", "c", "u", "d", "p", "f", "space"}
	all := 0
	for _, name := range []string{"create-then-two-updates", "three-waiters", "timeout"} {
		for lane := 0; lane < 6; lane += testkit.Size(1, 3) {
			m := alone.Open(t, name, 120, 40, 0)
			m.Session.Lane = lane
			m.Press("n")
			shown := func() string {
				m.Message = ""
				pagetest.Fits(t, m.Host)
				return m.Canvas.String()
			}
			var was []string
			for range 14 {
				before, turns := shown(), len(m.Own.Turns)
				m.Press(keys[rnd.IntN(len(keys))])
				for range len(m.Own.Turns) - turns {
					was = append(was, before)
				}
			}
			all += len(was)
			for i := len(was) - 1; i >= 0; i-- {
				m.Press("z")
				if got := shown(); got != was[i] {
					t.Fatalf("%s, lane %d: after z\n%s\nwant\n%s", name, lane, got, was[i])
				}
			}
			m.Press("z")
			if len(m.Own.Turns) != 1 || m.Message == "" {
				t.Errorf("%s, lane %d: z goes back behind the beginning", name, lane)
			}
		}
	}
	if all < testkit.Size(18, 6)*4 { // of 14 keys each
		t.Errorf("only %d turns are taken back", all)
	}
}

func TestNetworkFaults(t *testing.T) {
	m := gaming(t, "create-then-two-updates", 120, 40, 2, picture)
	play(m, "2", "x") // u3 lands, u2 gets lost
	n := m.Own
	if n.Turn().Script.Action(2).Lose != sim.Uplink || len(n.Turn().Losses) != 1 || n.picks[len(n.picks)-1].text != "lost on its way" {
		t.Fatalf("losses: %+v, picks %+v", n.Turn().Losses, n.picks)
	}
	play(m, "x") // and so does the answer to u3: nothing is left
	if !n.Now.Over() || n.Now.Judged.Verdict != judge.OK || n.Turn().Script.Action(3).Lose != sim.Downlink {
		t.Errorf("both lost: %v", n.Now.Judged)
	}
	m = gaming(t, "create-then-two-updates", 120, 40, 2, picture)
	n = m.Own
	script := m.Session.Script
	play(m, "down", "x", "space")
	if !n.Now.Over() || n.Now.Judged.Verdict != judge.Wrong || n.Turn().Script.Action(3).Lose != sim.Uplink {
		t.Errorf("u3 lost: %v", n.Now.Judged)
	}
	play(m, "z", "z", "e", "space")
	if !n.Now.Over() || n.Now.Judged.Verdict != judge.Wrong || n.Turn().Script.Action(2).Status != 500 || n.Turn().Script.Action(3).Lose != sim.NoLeg {
		t.Errorf("u2 refused: %v", n.Now.Judged)
	}
	if text, _ := n.inAll(90); !strings.Contains(text, "with what you changed") {
		t.Errorf("in all, of another script: %s", text)
	}
	play(m, "z", "z", "1", "e")
	if !strings.Contains(m.Message, "only a request") || n.Turn().Script.Action(2).Status != 0 {
		t.Errorf("an answer answered with 500: %q", m.Message)
	}
	if m.Session.Script != script {
		t.Error("the session has changed")
	}
}

func TestNetworkBreakIt(t *testing.T) {
	m := alone.Open(t, "create-then-two-updates", 120, 40, 0)
	play(m, "b")
	n := m.Own
	if m.Page != m.Own || !n.Now.Over() || n.Now.Judged.Verdict != judge.Wrong {
		t.Fatalf("b: page %T, %v, %q", m.Page, n.Now.Judged, m.Message)
	}
	if want := "the shortest way to break action-queue"; !strings.Contains(m.Message, want) {
		t.Errorf("b says %q", m.Message)
	}
	steps := len(n.Turns)
	for i := range steps - 1 {
		play(m, "z")
		if n.Now.Over() || n.Now.Steps != steps-1-i {
			t.Fatalf("%d steps back: %d of %d steps", i+1, n.Now.Steps, steps)
		}
	}
	play(m, "esc")
	if m.Page != m.Home {
		t.Fatal("esc does not leave")
	}

	// It needs only one update here, and says so.
	m = alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Session.Lane = 0
	play(m, "b")
	if got := n.Turn(); m.Page != m.Own || len(m.Own.Turn().Script.Actions) != 3 || !m.Own.Turn().Script.Action(3).Skip {
		t.Errorf("naive: %+v", got)
	}

	schedule := fmt.Sprint(m.Own.Turn().Choices)
	play(m, "b")
	if got := m.Own.Turn(); fmt.Sprint(got.Choices) != schedule || !got.Script.Action(3).Skip || !m.Own.Now.Over() {
		t.Errorf("naive, b again: %+v", got)
	}

	// On the timeline there is no trace of the click that it does not need.
	cmd := m.Route(pagetest.Key("t"))
	m.Route(cmd())
	if got := pagetest.Actions(m.Host); m.Page != m.Home || !strings.HasPrefix(got, "c1@0 u2@") || strings.Contains(got, "u3") || m.Lane().Verdict != judge.Wrong {
		t.Errorf("on the timeline: page %T, %s", m.Page, got)
	}

	// Nobody can break this one, here or inside.
	m = alone.Open(t, "create-then-two-updates", 120, 40, 0)
	m.Press("L")
	m.Over = nil
	m.Show(m.Session.WithLanes([]string{"action-queue+hold", "naive"}))
	m.Session.Lane = 0
	play(m, "b")
	const proof = "action-queue+hold: ✓ race-free: all 5 orders tried, nobody can break it"
	if m.Page != m.Home || m.Message != proof {
		t.Errorf("b on a race-free lane: page %T, %q", m.Page, m.Message)
	}
	play(m, "n", "b")
	if m.Page != m.Own || m.Message != proof || len(m.Own.Turns) != 1 {
		t.Errorf("b inside a race-free lane: page %T, %q", m.Page, m.Message)
	}
	if text, of := m.Own.inAll(90); text != "✓ race-free: all 5: nobody can break it" || of.FG != ink.Good {
		t.Errorf("in all: %q", text)
	}
	m.Session = m.Session.Select(0)
	m.Session.Script = &sim.Script{}
	m.Page = m.Home
	if cmd := m.Press("b"); cmd != nil || m.Message == "" {
		t.Errorf("b on nothing: %q", m.Message)
	}
	if cmd := m.Press("n"); cmd != nil || m.Message == "" || m.Page != m.Home {
		t.Errorf("n on nothing: %q", m.Message)
	}
}

// What was picked replays on the timeline, with the same end; undo brings the
// session back.
func TestNetworkOntoTheTimeline(t *testing.T) { testkit.Random(t, networkOntoTheTimeline) }

func networkOntoTheTimeline(t *testing.T, rnd *rand.Rand) {
	tried, timed := 0, 0
	for i, sc := range append(testkit.Some(scenarios.All(), 15), flaky(t)) {
		if len(sc.Script.Actions) > 6 {
			continue
		}
		for lane := range strategies.Default() {
			if !testkit.All() && (i+lane)%testkit.Size(2, 4) != 0 {
				continue // others are of the scenarios beside this one
			}
			for range testkit.Sample(2, 1, 1) {
				m := alone.On(t, session.New(sc, strategies.Default(), 1), 120, 40)
				m.Session.Lane = lane
				was := m.Session
				m.Press("n")
				n := m.Own
				for i := 0; i < 60 && !n.Now.Over(); i++ {
					key := "enter"
					if rnd.IntN(12) == 0 {
						key = []string{"x", "e", "u"}[rnd.IntN(3)]
					}
					n.at = rnd.IntN(len(n.next))
					m.Press(key)
				}
				want, order := fmt.Sprint(n.Now.Judged.Verdict), made(n.Now.Events)
				cmd := m.Route(pagetest.Key("t"))
				tried++
				m.Route(cmd())
				if m.Page == m.Own {
					if !strings.Contains(m.Message, "no clicks") {
						t.Fatalf("%s: %q", sc.Name, m.Message)
					}
					continue
				}
				timed++
				if got := fmt.Sprint(m.Lane().Verdict); got != want || made(m.Lane().Events) != order {
					t.Fatalf("%s under %s: %s on the timeline, want %s:\n%s\n%s", sc.Name, m.Lane().Name, got, want, made(m.Lane().Events), order)
				}
				if m.Session.Now != m.Lane().Settled {
					t.Errorf("%s: the cursor is at %v, want %v", sc.Name, m.Session.Now, m.Lane().Settled)
				}
				m.Press("z")
				if m.Session.Script != was.Script || m.Session.Network != was.Network {
					t.Fatalf("%s: undo does not bring the session back", sc.Name)
				}
			}
		}
	}
	t.Logf("%d of %d orders came onto the timeline", timed, tried)
	if timed < tried*9/10 {
		t.Errorf("only %d of %d orders came onto the timeline", timed, tried)
	}
}

// made writes what happened, save timers that fired in vain. Actions that
// nobody pressed are not counted.
func made(events []sim.Event) string {
	var out []string
	number := map[int]int{}
	for i := range events {
		e := &events[i]
		switch {
		case e.Kind == sim.EventAct:
			number[e.Action] = len(number) + 1
		case e.Kind == sim.EventWake:
			continue
		}
		text := e.Kind.String() + strconv.Itoa(number[e.Action])
		if e.Request != nil {
			text = e.Kind.String() + " " + strconv.Itoa(e.Request.Number)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestNetworkDropsWhatIsStale(t *testing.T) {
	m := alone.Open(t, "create-then-two-updates", 120, 40, picture)
	old := m.Press("n")
	settled(m, m.Press("2"))
	was, _ := m.Own.fromHere(60)
	settled(m, old)
	if now, _ := m.Own.fromHere(60); now != was {
		t.Errorf("from here: %q, and then of an older turn %q", was, now)
	}
	m.Press("1")
	if text, of := m.Own.fromHere(60); text != counting || of.FG == ink.Good {
		t.Errorf("not counted yet: %q", text)
	}
	m = alone.Open(t, "create-then-two-updates", 120, 40, 0)
	late := m.Press("b")
	m.Press("3", "4")
	settled(m, late)
	if m.Page != m.Home {
		t.Error("an answer about another lane opens the page")
	}
	late = m.Press("b")
	m.Press("u")
	settled(m, late)
	if m.Page != m.Home {
		t.Error("an answer about another script opens the page")
	}
}

// Where a bound was reached nothing is called safe.
func TestNetworkBounds(t *testing.T) {
	m := gaming(t, "typing-burst", 120, 40, 4, 0)
	n := m.Own
	n.outlook = &explore.Outlook{Result: explore.Result{Classes: 20_000, Verdicts: [5]int64{judge.OK: 20_000}}}
	if text, of := n.fromHere(60); text != "? of 20,000+ orders" || of.FG != ink.Unknown {
		t.Errorf("from here: %q", text)
	}
	n.all, n.of = &n.outlook.Result, n.Turn().Script
	if text, of := n.inAll(90); text != "? of 20,000+: nobody knows" || of.FG != ink.Unknown {
		t.Errorf("in all: %q", text)
	}
	if text := proof(n.all); !strings.HasPrefix(text, "? none of the first 20,000") {
		t.Errorf("no proof: %q", text)
	}
	n.outlook.Verdicts = [5]int64{judge.OK: 19_000, judge.Stuck: 1_000}
	if text := proof(n.all); !strings.HasPrefix(text, "✗ 1,000 of the first 20,000") {
		t.Errorf("no shortest: %q", text)
	}
	if text, of := n.fromHere(60); text != "… 1,000 of the first 20,000 orders end stuck" || of.FG != ink.Stuck {
		t.Errorf("from here: %q", text)
	}
}

func TestNetworkMouse(t *testing.T) {
	m := gaming(t, "create-then-two-updates", 120, 40, 2, picture)
	m.Draw()
	y := -1
	for i, line := range strings.Split(m.Canvas.String(), "\n") {
		if strings.Contains(line, "u3 a request") {
			y = i
		}
	}
	turns := len(m.Own.Turns)
	m.Route(tea.MouseClickMsg{X: 20, Y: y + 1, Button: tea.MouseLeft})
	m.Route(tea.MouseClickMsg{X: 100, Y: y, Button: tea.MouseLeft})
	if len(m.Own.Turns) != turns {
		t.Fatal("a click beside the list picks something")
	}
	m.Route(tea.MouseClickMsg{X: 20, Y: y, Button: tea.MouseLeft})
	if c := m.Own.Turn().Choices; len(m.Own.Turns) != turns+1 || c[len(c)-1].String() != "r3" {
		t.Errorf("a click on u3 picks %v", c)
	}
}

// Any key in this place, at any size: no panic, nothing wider than the window,
// and every option that is offered can be taken.
func TestNetworkAnyKeyAnySize(t *testing.T) { testkit.Random(t, networkAnyKeyAnySize) }

func networkAnyKeyAnySize(t *testing.T, rnd *rand.Rand) {
	keys := []string{"1", "2", "3", "9", "up", "down", "enter", "x", "e", "z", "b", "space", "c", "u", "d", "p", "f", "esc", "n", "j", "k", "?", ":", "y", "tab", "0", "[", "m", "o", "é", "\x00"}
	names := append(strategies.Default(), "action-queue+hold", "polling+hold", "callbacks+hold")
	for _, sc := range testkit.Some([]string{"create-then-two-updates", "three-waiters", "timeout", "failure-first", "fetch-then-edit", "lost-create-answer"}, 2) {
		m := alone.Open(t, sc, 80, 24, 0)
		m.Show(m.Session.WithLanes(names))
		at := time.Duration(0)
		for range testkit.Sample(250, 85, 20) {
			if m.Page != m.Own && m.Over == nil {
				m.Session.Lane = rnd.IntN(len(names))
				at = time.Duration(rnd.IntN(400)) * time.Millisecond
				m.MoveTo(at)
				m.Press([]string{"n", "n", "n", "b"}[rnd.IntN(4)])
			}
			switch rnd.IntN(8) {
			case 0:
				m.Route(tea.WindowSizeMsg{Width: rnd.IntN(220), Height: rnd.IntN(70)})
			case 1:
				m.Route(tea.WindowSizeMsg{Width: 60 + rnd.IntN(60), Height: 16 + rnd.IntN(24)})
			case 2:
				m.Route(tea.MouseClickMsg{X: rnd.IntN(220) - 5, Y: rnd.IntN(70) - 5, Button: tea.MouseLeft})
			case 3:
				if n := m.Own; m.Page == m.Own && len(n.next) > 0 {
					turns := len(n.Turns)
					m.Over = nil
					n.at = rnd.IntN(len(n.next))
					if m.Press("enter"); len(n.Turns) != turns+1 {
						t.Fatalf("%s: an option cannot be taken: %s", sc, m.Message)
					}
				}
			default:
				key := keys[rnd.IntN(len(keys))]
				cmd := m.Press(key)
				if len(m.Session.Script.Actions) < 4 && rnd.IntN(8) == 0 && (m.Page == m.Own || key == "b") {
					settled(m, cmd)
				}
			}
			if n := m.Own; m.Page == m.Own && len(n.Turn().Script.Actions) > 9 {
				m.Press("esc", "esc")
			}
			pagetest.Fits(t, m.Host)
		}
	}
}

func BenchmarkNetworkFrame(b *testing.B) {
	m := gaming(b, "typing-burst", 200, 50, 0, time.Second)
	b.ReportAllocs()
	for b.Loop() {
		m.View()
	}
}
