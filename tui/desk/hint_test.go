package desk

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// ended returns a desk with a scenario at its end.
func ended(t testing.TB, s *scenarios.Scenario) *Desk {
	t.Helper()
	d, err := New(session.New(s, append(strategies.Default(), "retry", "if-match", "queue-ball"), 0), strategies.Catalogue, false)
	if err != nil {
		t.Fatal(err)
	}
	d.MoveTo(d.Settled)
	return d
}

func (d *Desk) findWays(lanes ...strategies.Entry) {
	d.Results.Ways = map[string][]explore.Way{}
	for _, e := range lanes {
		d.Results.Ways[e.Name] = explore.Ways(context.Background(), d.Session.Script, e.For(d.Session.Script), d.Session.Seed)
	}
}

// frames lets a hint arrive, and returns in how many frames after the first.
func (d *Desk) frames() (n int) {
	for d.swing.frame > 0 {
		d.Take(swingMsg{d.swing.n})
		n++
	}
	return n
}

var (
	tried   = regexp.MustCompile(`^try [a-z](\d+)('s way up|'s way back|) (\d+) ms (more|less|later|earlier)$`)
	took    = regexp.MustCompile(`^[a-z](\d+)'s way (up|back) (\d+) → (\d+) ms:$`)
	pressed = regexp.MustCompile(`^[a-z](\d+) (\d+) ms (later|earlier):$`)
	clause  = regexp.MustCompile(`^(.+?) (ends? ok|tells? the user|waits? for ever|loses?|ends? wrong|ends? nobody knows how) now$`)
)

// changed carries out what a hint says, as somebody does who reads it, and returns how
// each lane ends then.
func changed(t *testing.T, d *Desk, text string) map[string]judge.Verdict {
	t.Helper()
	m := tried.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("nobody can read %q", text)
	}
	n, _ := strconv.Atoi(m[1])
	ms, _ := strconv.Atoi(m[3])
	by := time.Duration(ms) * time.Millisecond
	if m[4] == "less" || m[4] == "earlier" {
		by = -by
	}
	script, drawn := d.Session.Script.Copy(), d.Session.Script.Drawn(d.Session.Seed).Action(n)
	a := script.Action(n)
	at := &a.At
	switch m[2] {
	case "'s way up":
		a.Up, at = drawn.Up, &a.Up
	case "'s way back":
		a.Down, at = drawn.Down, &a.Down
	}
	if *at += by; *at < 0 {
		t.Fatalf("%q asks for more than there is", text)
	}
	all := map[string]judge.Verdict{}
	for _, e := range d.Entries {
		all[e.Name] = report.Replay("", script, e, d.Session.Seed).Verdict
	}
	return all
}

// Every hint of the catalogue, and every one that follows it, does what is said: the
// lane is turned, by just that change, and the lanes that are named end as is said of
// them, and no others end otherwise.
func TestHintsComeTrue(t *testing.T) {
	testkit.Alone(t)
	hints, ties := 0, 0
	for i, s := range scenarios.All() {
		first := ended(t, s)
		for lane, l := range first.Lanes {
			if (i+lane)%testkit.Sample(2, 6, 24) != 0 {
				continue // the others are of the scenarios beside this one
			}
			d := ended(t, s)
			d.Session.Lane = lane
			d.findWays(d.Entries[lane])
			was, ways := d.verdicts(), d.Results.Ways[l.Name]
			for i, way := range ways {
				before := *d
				before.Session.Script = s.Script // all of them are changes of what was at first
				says := d.HintText()
				is := changed(t, &before, says)
				d.Hint()
				d.frames()
				if d.Session.Hint() == nil || d.Session.Hint().At != i || d.Lane().Verdict != way.To || !explore.Mends(was[l.Name], d.Lane().Verdict) {
					t.Fatalf("%s, %s: %q, and it ended %v, and ends %v, want %v", s.Name, l.Name, says, was[l.Name], d.Lane().Verdict, way.To)
				}
				for _, l := range d.Lanes {
					if l.Verdict != is[l.Name] {
						t.Fatalf("%s: %q, and %s ends %v; carried out by hand, %v", s.Name, says, l.Name, l.Verdict, is[l.Name])
					}
				}
				if took.FindString(d.Did) == "" && pressed.FindString(d.Did) == "" {
					t.Fatalf("%s: nobody can read %q", s.Name, d.Did)
				}
				endsAsSaid(t, d, was, is)
				if tiesAsSaid(t, d) {
					ties++
				}
				if i+1 < len(ways) {
					d.Pressed()
				}
				hints++
			}
			if d.Pressed(); len(ways) > 0 {
				if d.Hint(); !strings.HasPrefix(d.Message, "that was the ") || d.swing.frame > 0 {
					t.Fatalf("%s, %s: after the last way: %q", s.Name, l.Name, d.Message)
				}
			}
		}
	}
	t.Logf("%d hints came true, %d of them with a tie", hints, ties)
	if hints < testkit.Size(40, 12) || ties < testkit.Size(4, 1) {
		t.Errorf("%d hints came true: too few to tell", hints)
	}
}

// endsAsSaid holds what is said of all lanes against how they end.
func endsAsSaid(t *testing.T, d *Desk, was, is map[string]judge.Verdict) {
	t.Helper()
	says := d.Ends()
	said := map[string]string{}
	rest := 0
	for _, part := range split(says) {
		m := clause.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("nobody can read %q of %q", part, says)
		}
		for _, name := range strings.Split(strings.ReplaceAll(m[1], " and ", ", "), ", ") {
			if n, more := strings.CutSuffix(name, " more"); more {
				k, _ := strconv.Atoi(n)
				rest += k
				continue
			}
			said[name] = m[2]
		}
	}
	turned := 0
	for name, v := range is {
		if v == was[name] {
			if said[name] != "" {
				t.Fatalf("%q, and %s ended %v and ends so", says, name, v)
			}
			continue
		}
		turned++
		want := map[judge.Verdict]string{judge.OK: "ok", judge.Loud: "user", judge.Stuck: "ever", judge.Unknown: "knows", judge.Wrong: "lose wrong"}[v]
		words := strings.Fields(said[name])
		if len(words) > 0 && !strings.Contains(want, strings.TrimSuffix(words[len(words)-1], "s")) && !strings.Contains(said[name], want) {
			t.Fatalf("%q, and %s ends %v", says, name, v)
		}
	}
	if turned != len(said)+rest {
		t.Fatalf("%q, and %d lanes end otherwise", says, turned)
	}
}

// tiesAsSaid holds what is said of a tie against the trace, and reports whether
// anything is.
func tiesAsSaid(t *testing.T, d *Desk) bool {
	t.Helper()
	l := d.Lane()
	says := d.Tie(l)
	if says == "" {
		return false
	}
	m := regexp.MustCompile(`^(.+?)('s answer|) (lands|comes) with (.+?)('s answer|), and (first|last)$`).FindStringSubmatch(says)
	if m == nil {
		t.Fatalf("nobody can read %q", says)
	}
	kind := func(answer string) sim.EventKind {
		switch {
		case m[3] == "lands":
			return sim.EventArrive
		case answer != "":
			return sim.EventReply
		}
		return sim.EventAct
	}
	meet := false
	for i, a := range l.Events {
		for k, b := range l.Events {
			named := a.Kind == kind(m[2]) && label(l, &a) == m[1] && b.Kind == kind(m[5]) && label(l, &b) == m[4]
			meet = meet || named && a.At == b.At && i != k && (i < k) == (m[6] == "first")
		}
	}
	if !meet {
		t.Errorf("%s: %q is not so", l.Name, says)
	}
	return true
}

func label(l *diagram.Lane, e *sim.Event) string {
	if e.Request == nil {
		return l.Label(e.Action)
	}
	return l.Labels(e.Request.Actions)
}

// split takes the clauses of what is said of lanes apart.
func split(says string) (parts []string) {
	for {
		i := strings.Index(says, " now, ")
		if i < 0 {
			return append(parts, says)
		}
		parts, says = append(parts, says[:i+4]), says[i+6:]
	}
}

// The ways of the first example, in the order in which a offers them.
func TestHintsOfTheOpening(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	for lane, want := range map[int][]string{
		0: {"u3 131 ms later: naive and hold-outgoing end ok now, merged-updates loses now"},
		1: {
			"u2's way up 100 → 10 ms: callbacks and action-queue end ok now",
			"u3's way up 10 → 100 ms: callbacks and action-queue end ok now",
			"u3 220 ms later: callbacks, naive, action-queue and 2 more end ok now",
		},
	} {
		d, err := New(session.New(s, strategies.Default(), 0), strategies.Catalogue, false)
		if err != nil {
			t.Fatal(err)
		}
		d.MoveTo(d.Settled)
		d.findWays(d.Entries...)
		d.Session.Lane = lane
		var got []string
		for d.Hint(); d.swing.frame > 0; d.Hint() {
			d.frames()
			got = append(got, d.Did+" "+d.Ends())
			w, picked := d.Session.Hint().Way(), diagram.Leg{}
			if w.Leg != sim.NoLeg {
				picked = diagram.Leg{Action: w.Action, Leg: w.Leg}
			}
			if d.Session.Selected != w.Action || d.Session.Picked != picked {
				t.Errorf("%s: selected %d, picked %v", d.Did, d.Session.Selected, d.Session.Picked)
			}
			d.Pressed()
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", d.Lane().Name, got, want)
		}
	}
}

// A hint takes at most ten frames, and then nothing more is asked for; a key on the
// way lets it arrive at once; and it is one step of undo.
func TestHintMoves(t *testing.T) {
	d := open(t)
	d.findWays(d.Entries...)
	d.MoveTo(d.Settled)
	before := d.Session
	if cmd := d.Hint(); cmd == nil {
		t.Fatal("nothing moves")
	}
	leg, was, ok := d.Ghost()
	if want := (diagram.Leg{Action: 2, Leg: sim.Uplink}); leg != want || was != 100*time.Millisecond || !ok {
		t.Errorf("the ghost is %v at %v, %v", leg, was, ok)
	}
	last, end := was, d.End
	frames := 1
	for d.swing.frame > 0 {
		is, _ := d.Takes(leg)
		if is >= last || !d.SettledNow() {
			t.Fatalf("frame %d: it takes %v after %v, at %v of %v", frames, is, last, d.Session.Now, d.Settled)
		}
		last = is
		d.Take(swingMsg{d.swing.n - 1}) // of an older one
		d.Take(swingMsg{d.swing.n})
		frames++
	}
	is, _ := d.Takes(leg)
	if frames > 10 || is != 10*time.Millisecond || d.Session.Picked != leg || d.Session.Selected != 2 || !d.SettledNow() || d.End != end {
		t.Errorf("%d frames, %v, picked %v, at %v of %v, the axis ends at %v and ended at %v", frames, is, d.Session.Picked, d.Session.Now, d.Settled, d.End, end)
	}
	if cmd := d.swings(swingMsg{d.swing.n}); cmd != nil {
		t.Error("it has arrived, and still asks for a frame")
	}
	if turned := d.Turned()["callbacks"]; turned != [2]judge.Verdict{judge.Wrong, judge.OK} {
		t.Errorf("callbacks: %v", turned)
	}
	if got, want := d.Tie(d.Lane()), "u2 lands with u3, and first"; got != want {
		t.Errorf("the tie: %q, want %q", got, want)
	}
	d.Pressed()
	if _, _, ok := d.Ghost(); ok || d.Did != "" {
		t.Errorf("a key was pressed, and the ghost is there, or %q", d.Did)
	}
	after := d.Session
	d.Undo(0)
	if !d.Session.Same(&before) || d.Session.Hint() != nil || !d.SettledNow() {
		t.Error("one undo does not take it back")
	}
	if d.Undo(0); d.Message == "" {
		t.Error("a hint is more than one step")
	}
	d.Undo(1)
	if !d.Session.Same(&after) || d.Session.Hint() == nil {
		t.Error("redo does not bring it back")
	}

	d = open(t)
	d.findWays(d.Entries...)
	d.MoveTo(d.Settled)
	d.Hint()
	d.Take(swingMsg{d.swing.n})
	d.Pressed()
	if is, _ := d.Takes(leg); d.swing.frame != 0 || is != 10*time.Millisecond || d.Session.Picked != leg {
		t.Errorf("a key on the way: it takes %v", is)
	}
}

func TestNoHint(t *testing.T) {
	said := func(d *Desk, want string) {
		t.Helper()
		was := d.Session
		if d.Pressed(); d.Hint() != nil || d.Message != want || !d.Session.Same(&was) {
			t.Errorf("%s: %q, want %q", d.Lane().Name, d.Message, want)
		}
		if d.Undo(0); d.Message != "nothing more to take back" {
			t.Error("it was an edit")
		}
	}
	d := open(t)
	d.MoveTo(100 * time.Millisecond)
	d.Future = false
	said(d, "action-queue still runs: a comes later")
	d.Future = true
	d.MoveTo(d.Settled)
	d.Results.Ways = nil
	said(d, "still counting")
	d.Results.Ways = map[string][]explore.Way{"action-queue": nil}
	d.Results.Orders = map[string]explore.Result{}
	said(d, "no single change within 1 s turns it")
	d.Results.Orders["action-queue"] = explore.Result{Complete: true, Classes: 5, Verdicts: [5]int64{judge.Wrong: 5}}
	said(d, "no single change within 1 s turns it: every order loses")
	d.Results.Orders["action-queue"] = explore.Result{Complete: true, Classes: 5, Verdicts: [5]int64{judge.Wrong: 4, judge.Stuck: 1}}
	said(d, "no single change within 1 s turns it: every order ends badly")

	d.Show(d.Session.WithLanes([]string{"action-queue+hold"}))
	d.Results.Ways = map[string][]explore.Way{"action-queue+hold": nil}
	d.Results.Orders = map[string]explore.Result{"action-queue+hold": {Complete: true, Classes: 5, Verdicts: [5]int64{judge.OK: 5}}}
	said(d, "race-free: nothing turns it")
}

// What is called race-free is turned by nothing, and where every order loses nothing
// turns a loss: orders know more than times can bring about.
func TestNoWayAgainstOrders(t *testing.T) {
	testkit.Long(t, "it counts many orders")
	n, most := 0, testkit.Sample(500, 60, 60)
	for i, s := range scenarios.All() {
		if net := &s.Script.Network; net.Loss > 0 || net.Duplicates > 0 || net.Errors > 0 {
			continue // of which orders know nothing
		}
		for j, e := range strategies.Catalogue {
			if (i+j)%testkit.Sample(2, 6, 6) != 0 {
				continue // the others are of the scenarios beside this one
			}
			r := new(explore.Explorer).Count(context.Background(), s.Script, e.For(s.Script), explore.Bounds{Classes: most})
			always := r.Verdicts[judge.Wrong] == r.Classes
			if !r.Complete || !always && !r.RaceFree() {
				continue
			}
			n++
			for _, w := range explore.Ways(context.Background(), s.Script, e.For(s.Script), s.ReplaySeed()) {
				if always || w.From == judge.OK {
					t.Errorf("%s, %s: %d orders end %v, and %+v", s.Name, e.Name, r.Classes, r.Verdicts, w)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("of %d only is it known", n)
	}
}
