package session

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// begin returns a session on a scenario of the catalogue.
func begin(t testing.TB, name string) Session {
	t.Helper()
	sc, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return New(sc, strategies.Default(), 0)
}

// texts are what a user may type, to be taken for something else by somebody.
var texts = []string{"", " ", "Ada", "12", "-0", "1e400", "true", "no", "null", "~", "a: b", "# a", "- a", "'", `"`, `\`, "{", "2026-10-01",
	"\x1b[31m", "\x00", "\u202eadA", "\ufeff", "日本語", "a\nb", "read-only", strings.Repeat("long ", 60)}

// edits are all that a user can do to a session.
var edits = []func(r *rand.Rand, s Session) Session{
	func(r *rand.Rand, s Session) Session {
		next, err := s.Act(sim.Do(r.IntN(len(sim.Dos()))))
		if err != nil {
			return s
		}
		return next
	},
	func(r *rand.Rand, s Session) Session {
		s.View = r.IntN(sim.MaxViews)
		next, _, err := s.Press(sim.Do(r.IntN(len(sim.Dos()))))
		if err != nil {
			return s
		}
		return next
	},
	func(r *rand.Rand, s Session) Session {
		return s.Move(time.Duration(r.IntN(400)-200) * time.Millisecond)
	},
	func(r *rand.Rand, s Session) Session {
		return s.OpenGap(time.Duration(r.IntN(int(40*time.Hour))) - 20*time.Hour)
	},
	func(r *rand.Rand, s Session) Session { return s.Delete() },
	func(r *rand.Rand, s Session) Session {
		next, err := s.ToggleOffline()
		if err != nil {
			return s
		}
		return next
	},
	func(r *rand.Rand, s Session) Session {
		next, err := s.ToggleClosed()
		if err != nil {
			return s
		}
		return next
	},
	func(r *rand.Rand, s Session) Session {
		a := s.Action()
		if a == nil || a.Sets == 0 {
			return s
		}
		var fields []int
		for f := range a.Sets.All {
			fields = append(fields, f)
		}
		return s.Set(fields[r.IntN(len(fields))], texts[r.IntN(len(texts))])
	},
	func(r *rand.Rand, s Session) Session {
		leg := diagram.Leg{Action: r.IntN(len(s.Script.Actions) + 1), Leg: sim.Uplink + sim.Leg(r.IntN(2))}
		return s.Pin(leg, []time.Duration{sim.Unpinned, 0, time.Duration(r.IntN(1e9))}[r.IntN(3)])
	},
	func(r *rand.Rand, s Session) Session {
		e, err := strategies.Find(s.Strategies[r.IntN(len(s.Strategies))])
		if err != nil || len(s.Script.Actions) > 3 { // of more, the search takes longer than all else
			return s
		}
		ways := explore.Ways(context.Background(), s.Script, e.For(s.Script), s.Seed)
		if len(ways) == 0 {
			return s
		}
		h := NewHint(s, e.Name, ways, nil)
		for range r.IntN(len(ways)) {
			h, _ = h.Next()
		}
		return s.Turn(h)
	},
	func(r *rand.Rand, s Session) Session {
		n := s.Script.Network
		n.Echo, n.Reread, n.Push = r.IntN(2) > 0, r.IntN(2) > 0, r.IntN(2) > 0
		return s.WithHabits(n)
	},
	func(r *rand.Rand, s Session) Session { return s.Reseed(2*r.IntN(2) - 1) },
	func(r *rand.Rand, s Session) Session { return s.OnNetwork(scenarios.Networks()[r.IntN(6)]) },
	func(r *rand.Rand, s Session) Session {
		next, err := s.OnOwnNetwork(time.Duration(r.IntN(2e8)), time.Duration(r.IntN(2e9)))
		if err != nil {
			return s
		}
		return next
	},
	func(r *rand.Rand, s Session) Session {
		names := append(strategies.Default(), "merged-updates+hold", "action-queue+hold")
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		return s.WithLanes(names[:1+r.IntN(len(names))])
	},
}

// edited makes a few edits at random, at random places.
func edited(r *rand.Rand, s Session) Session {
	for range r.IntN(12) {
		s.Now = time.Duration(r.IntN(600)) * time.Millisecond
		if all := append(s.InOrder(), 0); r.IntN(3) > 0 {
			s = s.Select(all[r.IntN(len(all))])
		}
		s = edits[r.IntN(len(edits))](r, s)
	}
	return s
}

// trace returns what replay prints of a trial, with the order of keys left
// out: that of the fields is of no meaning, and a file has its own.
func trace(t testing.TB, script *sim.Script, strategy string, seed uint64) any {
	t.Helper()
	e := testkit.Strategy(t, strategy)
	var b bytes.Buffer
	var v any
	if err := export.WriteTrialJSON(&b, report.Replay("", script, e, seed)); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// A session is the same again in every lane when it is saved, and when it is kept
// against a crash; and what its file expects holds.
func TestSavedReplaysTheSame(t *testing.T) { testkit.Random(t, savedReplaysTheSame) }

func savedReplaysTheSame(t *testing.T, r *rand.Rand) {
	path := filepath.Join(t.TempDir(), "s.yaml")
	for _, sc := range testkit.Some(scenarios.All(), 12) {
		for range testkit.Sample(3, 1, 1) {
			s := edited(r, New(sc, strategies.Default(), uint64(r.IntN(3))*uint64(r.IntN(1000))))
			f, err := s.AsFile(path, strategies.Catalogue)
			if len(s.Script.Actions) == 0 {
				if err != ErrEmpty {
					t.Fatalf("an empty session: %v", err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", sc.Name, err)
			}
			again := New(f.Scenario, s.Strategies, 0)
			if again.Seed != s.Seed {
				t.Fatalf("%s: seed %d became %d\n%s", sc.Name, s.Seed, again.Seed, f.Data)
			}
			kept, err := scenarios.Parse("", autosave(&s))
			if err != nil {
				t.Fatalf("%v\n%s", err, autosave(&s))
			}
			for _, name := range s.Strategies {
				want := trace(t, s.Script, name, s.Seed)
				if got := trace(t, again.Script, name, again.Seed); !reflect.DeepEqual(want, got) {
					t.Fatalf("%s under %s: got\n%v\nwant\n%v\n%s", sc.Name, name, got, want, f.Data)
				}
				if got := trace(t, kept.Script, name, kept.ReplaySeed()); !reflect.DeepEqual(want, got) {
					t.Fatalf("%s under %s differs when it was kept:\n%s", sc.Name, name, autosave(&s))
				}
			}
			holds(t, f)
		}
	}
}

// holds holds a file to what it expects of single trials.
func holds(t *testing.T, f *File) {
	t.Helper()
	sc := *f.Scenario
	sc.Expect = slices.Clone(sc.Expect)
	for i := range sc.Expect {
		sc.Expect[i].HasOdds, sc.Expect[i].Orders = false, ""
	}
	c, err := report.Check(context.Background(), &sc, strategies.Catalogue, report.Options{Workers: 1})
	if err != nil || len(c.Failures()) > 0 || len(c) < len(sc.Expect) {
		t.Fatalf("%v, %d of %d expectations, %v\n%s", err, len(c), len(sc.Expect), c.Failures(), f.Data)
	}
}

// However far the user goes, a file can hold it.
func TestTheFarEndIsSaved(t *testing.T) {
	s := begin(t, "create-then-update").WithLanes([]string{"naive"})
	s = s.Pin(diagram.Leg{Action: 1, Leg: sim.Uplink}, sim.MaxLatency).Pin(diagram.Leg{Action: 1, Leg: sim.Downlink}, sim.MaxLatency)
	s.Now, s.Seed = 50*time.Hour, scenarios.MaxSeed
	s, _ = s.Act(sim.Fetch)
	s = s.Select(2).Move(30 * time.Hour).Select(1).OpenGap(30 * time.Hour).Reseed(1).Reseed(1)
	f, err := s.AsFile("far.yaml", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	if want, got := trace(t, s.Script, "naive", s.Seed), trace(t, f.Scenario.Script, "naive", f.Scenario.Seed); !reflect.DeepEqual(want, got) {
		t.Errorf("got\n%v\nwant\n%v\n%s", got, want, f.Data)
	}
}

func TestUndoReturnsTheExactSession(t *testing.T) { testkit.Random(t, undoReturnsTheExactSession) }

func undoReturnsTheExactSession(t *testing.T, r *rand.Rand) {
	for _, sc := range testkit.Some(scenarios.All(), 12) {
		var h History
		s := New(sc, strategies.Default(), 0)
		var all []Session
		var texts []string
		print := func(s Session) string { return fmt.Sprintf("%+v %+v %s", s, *s.Script, autosave(&s)) }
		for range testkit.Sample(12, 5, 5) {
			all, texts = append(all, s), append(texts, print(s))
			h.Did(s)
			s = edited(r, s)
		}
		last := s
		for i := len(all) - 1; i >= 0; i-- {
			var ok bool
			if s, ok = h.Undo(s); !ok || !reflect.DeepEqual(s, all[i]) || print(s) != texts[i] {
				t.Fatalf("%s: undo %d: %v, got %+v, want %+v", sc.Name, i, ok, s, all[i])
			}
		}
		if _, ok := h.Undo(s); ok {
			t.Fatal("one undo too many")
		}
		for i := range all {
			want := last
			if i+1 < len(all) {
				want = all[i+1]
			}
			var ok bool
			if s, ok = h.Redo(s); !ok || !reflect.DeepEqual(s, want) {
				t.Fatalf("%s: redo %d: %v, got %+v, want %+v", sc.Name, i, ok, s, want)
			}
		}
	}
}

func TestExpectations(t *testing.T) {

	s := begin(t, "create-then-update")
	s.Strategies = []string{"naive", "polling+hold"}
	for _, tt := range []struct {
		name string
		edit func(Session) Session
		want []string
	}{
		{"as it is", func(s Session) Session { return s }, []string{
			"naive: {verdict: wrong, anomalies: [unsent-write], orders: racy}",
			"polling+hold: {verdict: ok, anomalies: []}",
			"callbacks: {verdict: ok, orders: race-free}",
			"action-queue+hold: {verdict: ok, orders: race-free}"}},
		{"another pin", func(s Session) Session { return s.Pin(diagram.Leg{Action: 1, Leg: sim.Uplink}, 0).Reseed(0) }, []string{
			"naive: {verdict: wrong, anomalies: [unsent-write], orders: racy}",
			"action-queue+hold: {verdict: ok, orders: race-free}"}},
		{"no pins", func(s Session) Session { return s.Reseed(1).Reseed(1) }, []string{"seed: 2",
			"action-queue+hold: {verdict: ok, orders: race-free}"}},
		{"later", func(s Session) Session { return s.Select(2).Move(time.Second) }, []string{
			"naive: {verdict: ok, anomalies: []}",
			"action-queue+hold: {verdict: ok}"}},
		{"another network", func(s Session) Session { return s.OnNetwork(scenarios.Networks()[0]) }, []string{
			"action-queue+hold: {verdict: ok}"}},
		{"one more", func(s Session) Session { s.Now = time.Minute; s, _ = s.Act(sim.Fetch); return s }, []string{
			"action-queue+hold: {verdict: ok}"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			next := tt.edit(s)
			f, err := next.AsFile("s.yaml", strategies.Catalogue)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range tt.want {
				if !slices.Contains(strings.Split(string(f.Data), "\n"), strings.Repeat("  ", min(1, strings.Count(line, "{")))+line) {
					t.Errorf("no %q in\n%s", line, f.Data)
				}
			}
			if c, err := report.Check(context.Background(), f.Scenario, strategies.Catalogue, report.Options{Workers: 2}); err != nil || len(c.Failures()) > 0 {
				t.Errorf("%v %v", err, c.Failures())
			}
		})
	}
}

// Odds and orders that speak of nothing else are kept, or go, as a whole.
func TestExpectationsOfChanceAlone(t *testing.T) {
	sc, err := scenarios.Parse("", []byte(`name: a
steps:
  - {at: 0, do: create, set: {name: Ada}}
expect:
  polling: {odds: {below: 50%}}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := New(sc, []string{"naive"}, 0)
	f, err := s.AsFile("a.yaml", strategies.Catalogue)
	if err != nil || !bytes.Contains(f.Data, []byte("polling: {odds: {below: 0.5}}")) {
		t.Errorf("%v\n%s", err, f.Data)
	}
	s, _ = s.Act(sim.Update)
	f, err = s.AsFile("a.yaml", strategies.Catalogue)
	if err != nil || bytes.Contains(f.Data, []byte("polling")) {
		t.Errorf("%v\n%s", err, f.Data)
	}
}

func TestWhatStaysInAFile(t *testing.T) {
	sc, err := scenarios.Parse("bug.yaml", []byte("name: bug\ntitle: 'T: 1'\nabout: |\n  Two\n  lines.\nsource: ours\ngiven: {name: Ada, age: 3}\nnetwork: 3g\nseed: 9\nsteps: [{at: 0, do: fetch}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := New(sc, []string{"naive"}, 0)
	if s.Seed != 9 || s.Changed() {
		t.Fatalf("seed %d, changed %v", s.Seed, s.Changed())
	}
	f, err := s.AsFile("dir/other.yaml", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	got := f.Scenario
	if got.File != "dir/other.yaml" || got.Name != "other" || got.Title != sc.Title || got.About != sc.About || got.Source != sc.Source || got.Network != "3g" || got.Seed != 9 || !reflect.DeepEqual(got.Script, sc.Script) {
		t.Errorf("got %+v %+v\n%s", got, got.Script, f.Data)
	}
}

// TestEveryKeyStaysInAFile sets all that can be said of a scenario and of a
// strategy, and saves it unchanged: no key that comes later is left out either.
func TestEveryKeyStaysInAFile(t *testing.T) {
	sc, x := *begin(t, "create-then-update").Scenario, scenarios.Expectation{}
	for _, v := range []reflect.Value{reflect.ValueOf(&sc).Elem(), reflect.ValueOf(&x).Elem()} {
		for i := range v.NumField() {
			switch f := v.Field(i); f.Kind() {
			case reflect.String:
				f.SetString("text")
			case reflect.Bool:
				f.SetBool(true)
			case reflect.Uint64:
				f.SetUint(7)
			case reflect.Float64:
				f.SetFloat(0.5)
			}
		}
	}
	sc.File, sc.Network, x.Strategy, x.Orders = "", "", "naive", scenarios.Racy
	sc.Expect = []scenarios.Expectation{x}
	s := New(&sc, []string{"naive"}, 0)
	f, err := s.AsFile("text.yaml", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	got := *f.Scenario
	if len(got.Expect) != 1 || got.Expect[0].Verdict == nil || got.Expect[0].Anomalies == nil {
		t.Fatalf("nothing is expected of the trial:\n%s", f.Data)
	}
	was := got.Expect[0] // with the trial and the place, which are new
	x.Verdict, x.Anomalies, x.Line, x.Column = was.Verdict, was.Anomalies, was.Line, was.Column
	sc.Expect, sc.File = []scenarios.Expectation{x}, "text.yaml"
	if !cmp.Equal(got, sc, cmpopts.IgnoreUnexported(sim.Script{}, scenarios.Scenario{}), cmp.Comparer(func(a, b sim.Latency) bool { return a == b })) {
		t.Errorf("got %+v\nwant %+v\n%s", got, sc, f.Data)
	}
}

// Saving makes a session clean, and whatever else claimed to be in that file
// is in no file any more.
func TestSavedIsClean(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.yaml")
	write := func(f *File) {
		if err := os.WriteFile(f.Scenario.File, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	catalogue := begin(t, "create-then-update")
	first, err := catalogue.AsFile(path, strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	write(first)
	a := catalogue.Saved(first)
	b, _ := a.Act(sim.Fetch)
	if a.Changed() || !b.Changed() {
		t.Fatalf("saved: %v, edited: %v", a.Changed(), b.Changed())
	}
	var h History
	h.Did(catalogue)
	h.Did(a)
	second, err := b.AsFile(filepath.Join(dir, ".", "a.yaml"), strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	write(second)
	b = b.Saved(second)
	h.Saved(second)
	if b.Changed() {
		t.Error("changed right after saving")
	}
	if a, _ = h.Undo(b); !a.Changed() {
		t.Error("the file holds something else now, and this session claims to be in it")
	}
	if _, err := a.Command(); err == nil {
		t.Error("a command that replays something else")
	}
	if back, _ := h.Redo(a); back.Changed() {
		t.Error("done again, it is not in its file any more")
	}
	a, _ = h.Undo(a)
	if c, _ := h.Undo(a); c.Changed() {
		t.Error("the catalogue has it still")
	}
}

func TestUnsaved(t *testing.T) {
	s := begin(t, "create-then-update")
	if n := len(s.Unsaved()); n != 0 {
		t.Fatalf("%d unsaved at the start", n)
	}
	edit, _ := s.Act(sim.Fetch)
	other := begin(t, "timeout").Over(edit)
	if u := other.Unsaved(); len(u) != 1 || u[0].Script != edit.Script {
		t.Fatalf("opened over an edit: %d unsaved", len(u))
	}
	over := begin(t, "timeout").Over(other)
	if u := over.Unsaved(); len(u) != 1 || u[0].Script != edit.Script {
		t.Fatalf("and over that: %d unsaved", len(u))
	}
	second, _ := other.Act(sim.Delete)
	third := begin(t, "double-delete").Over(second)
	if u := third.Unsaved(); len(u) != 2 || u[0].Script != edit.Script || u[1].Script != second.Script {
		t.Fatalf("opened over two edits: %d unsaved", len(u))
	}
	path := filepath.Join(t.TempDir(), "a.yaml")
	f, err := edit.AsFile(path, strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	var h History
	h.Did(third)
	h.Saved(f)
	if third, _ = h.Undo(edit); len(third.Unsaved()) != 1 || third.Unsaved()[0].Script != second.Script {
		t.Errorf("%d unsaved, when the oldest has been saved", len(third.Unsaved()))
	}
	for s.Selected = 1; len(s.Script.Actions) > 0; s.Selected = 1 {
		s = s.Delete()
	}
	if n := len(s.Unsaved()); !s.Changed() || n != 0 {
		t.Errorf("an empty timeline has %d unsaved: no file can hold it", n)
	}
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	save := func(s Session, path string) Session {
		f, err := s.AsFile(path, strategies.Catalogue)
		if err == nil {
			err = os.WriteFile(path, f.Data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s.Saved(f)
	}
	s := begin(t, "create-then-update")
	edit, _ := s.Act(sim.Fetch)
	piped := s
	piped.Scenario = &scenarios.Scenario{Name: "a", File: "-", Script: s.Script}
	stale := save(edit, "stale.yaml")
	save(s, "stale.yaml")
	gone := save(edit, "gone.yaml")
	os.Remove("gone.yaml")
	seven := edit
	seven.Seed = 7
	for _, tt := range []struct {
		name string
		s    Session
		want string // an error if it does not begin with the program
	}{
		{"the catalogue", s, "photofinish replay create-then-update"},
		{"lanes", s.WithLanes([]string{"polling", "action-queue+hold"}), "photofinish replay create-then-update --strategy polling,action-queue+hold"},
		{"let go", s.Reseed(1), "photofinish replay create-then-update --unpinned"},
		{"third seed", s.Reseed(1).Reseed(2), "photofinish replay create-then-update --seed 3 --unpinned"},
		{"edited", edit, "what you made is in no file yet: s saves it"},
		{"another network", s.OnNetwork(scenarios.Networks()[0]), "what you made is in no file yet: s saves it"},
		{"saved", save(edit, "a.yaml"), "photofinish replay a.yaml"},
		{"saved with a seed", save(seven, "b.yaml"), "photofinish replay b.yaml"},
		{"saved, next seed", save(seven.Reseed(1), "c.yaml").Reseed(1), "photofinish replay c.yaml --seed 8"},
		{"a strange name", save(edit, "a b$.yaml"), "photofinish replay 'a b$.yaml'"},
		{"a name like a flag", save(edit, "-x.yaml"), "photofinish replay ./-x.yaml"},
		{"piped", piped, "what came by a pipe is in no file yet: s saves it"},
		{"changed meanwhile", stale, "stale.yaml has changed since it was opened: s saves what is on the screen"},
		{"gone meanwhile", gone, "gone.yaml has changed since it was opened: s saves what is on the screen"},
	} {
		got, err := tt.s.Command()
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestPaths(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, tt := range []struct{ text, want string }{
		{"a.yaml", "a.yaml"},
		{" a.yml ", "a.yml"},
		{"a", "a.yaml"},
		{"dir/a.b", "dir/a.b.yaml"},
		{"~/a", filepath.Join(home, "a.yaml")},
		{"~a", "~a.yaml"},
		{"-a", "./-a.yaml"},
		{"-", "./-.yaml"},
		{"日本 語", "日本 語.yaml"},
		{"a.json", "YAML"},
		{"", "name"},
		{"  ", "name"},
		{"dir/", "folder"},
	} {
		got, err := ScenarioPath(tt.text)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want && (err == nil || !strings.Contains(got, tt.want)) {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Whatever a file is called, its scenario has a name that the format allows.
func TestNames(t *testing.T) {
	s := begin(t, "create-then-update")
	for _, tt := range []struct{ path, want string }{
		{"dir/a.yaml", "a"},
		{"a.b.yaml", "a.b"},
		{".yaml", "scenario"},
		{" .yaml", "scenario"},
		{"\x1b[31mred\a.yaml", "-[31mred-"},
		{"two\nlines.yaml", "two-lines"},
		{"\u202etxt.yaml", "-txt"},
		{"\xff\xfe.yaml", "--"},
		{"no.yaml", "no"},
		{"a: b #.yaml", "a: b #"},
		{"- [{.yaml", "- [{"},
		{strings.Repeat("é", 200) + ".yaml", strings.Repeat("é", 100)},
	} {
		f, err := s.AsFile(tt.path, strategies.Catalogue)
		if err != nil {
			t.Errorf("%q: %v", tt.path, err)
		} else if f.Scenario.Name != tt.want {
			t.Errorf("%q is called %q, want %q", tt.path, f.Scenario.Name, tt.want)
		}
	}
	for _, tt := range []struct{ file, name, want string }{
		{"", "create-then-update", "create-then-update.yaml"},
		{"", "../../etc/passwd", "etc-passwd.yaml"},
		{"", "\x1b[31mred\a", "31mred.yaml"},
		{"", "?", "scenario.yaml"},
		{"", strings.Repeat("x", 100), strings.Repeat("x", 60) + ".yaml"},
		{"-", "piped", "piped.yaml"},
		{"dir/bug.yml", "x", "dir/bug.yml"},
		{"dir/bug.json", "x", "dir/bug.yaml"},
		{"bug", "x", "bug.yaml"},
	} {
		s.Scenario = &scenarios.Scenario{File: tt.file, Name: tt.name, Script: s.Script}
		if got := s.FileName(); got != tt.want {
			t.Errorf("%q, %q is to be saved as %q, want %q", tt.file, tt.name, got, tt.want)
		}
	}
}
