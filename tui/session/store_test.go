package session

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// files returns the names in a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// later returns a store as another process has it, begun afterwards.
func later(dir string) *Store {
	st := NewStore(dir)
	st.id += "x"
	return st
}

func keep(t *testing.T, st *Store, s Session) {
	t.Helper()
	if err := st.Keep(st.Ask(), s.Unsaved()); err != nil {
		t.Fatal(err)
	}
}

func TestStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "state")
	clean := begin(t, "create-then-update")
	edit, _ := clean.Act(sim.Fetch)
	edit.Seed = 12

	st := NewStore(dir)
	keep(t, st, clean)
	if names := files(t, dir); len(names) != 0 {
		t.Fatalf("nothing is unsaved, and there are %v", names)
	}
	keep(t, st, edit)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	for _, name := range files(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	other := later(dir)
	if left := other.Left(); len(left) != 0 {
		t.Fatalf("offered while it runs: %+v", left)
	}
	st.Abandon()
	keep(t, st, clean) // too late: this one has ended
	left := other.Left()
	if len(left) != 1 || time.Since(left[0].When) > time.Hour {
		t.Fatalf("left: %+v", left)
	}
	again := left[0].Session(strategies.Default())
	if !again.Changed() || again.Seed != 12 || again.Title() != edit.Title() || again.Scenario.File != "" || len(again.Unsaved()) != 1 {
		t.Errorf("%+v", again)
	}
	if want, got := trace(t, edit.Script, "naive", 12), trace(t, again.Script, "naive", 12); !reflect.DeepEqual(want, got) {
		t.Errorf("another trace: %v, want %v", got, want)
	}

	// It goes when it is kept by the one that took it, and not before.
	other.Take(left[0])
	third := later(dir)
	if len(third.Left()) != 1 {
		t.Error("gone before it was kept by another")
	}
	keep(t, other, again)
	if len(third.Left()) != 0 {
		t.Error("offered though it is open")
	}
	keep(t, other, edit)
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	keep(t, other, edit)
	third.Left()
	if names := files(t, dir); len(names) != 0 {
		t.Errorf("after the end there are %v", names)
	}
}

// Only what is unsaved is kept, each session in a file of its own, and it is
// removed when it is saved.
func TestStoreKeepsAll(t *testing.T) {
	dir := t.TempDir()
	a, _ := begin(t, "create-then-update").Act(sim.Fetch)
	b, _ := begin(t, "timeout").Over(a).Act(sim.Fetch)
	st := NewStore(dir)
	titles := func() (all []string) {
		st.mu.Lock()
		defer st.mu.Unlock()
		for i := range st.kept {
			l, ok := readLeft(st.path(st.unsavedFile(i)))
			if !ok {
				t.Fatal("cannot be read")
			}
			all = append(all, l.Scenario.Name)
		}
		return all
	}
	for i, step := range []struct {
		s    Session
		want []string
	}{
		{a, []string{"create-then-update"}},
		{begin(t, "timeout").Over(a), []string{"create-then-update"}},
		{b, []string{"create-then-update", "timeout"}},
		{a, []string{"create-then-update"}},
		{b, []string{"create-then-update", "timeout"}},
		{begin(t, "timeout"), nil},
	} {
		keep(t, st, step.s)
		if got := titles(); !slices.Equal(got, step.want) {
			t.Errorf("step %d: kept %v, want %v", i, got, step.want)
		}
	}
	if n := len(files(t, dir)); n != 1 {
		t.Errorf("%d files, want the lock alone", n)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
}

// Whatever the order in which calls come through, the last that was asked for
// stands.
func TestOlderNeverOvertakes(t *testing.T) {
	st := NewStore(t.TempDir())
	s := begin(t, "create-then-update")
	for range 20 {
		var all sync.WaitGroup
		for range 20 {
			s, _ = s.Act(sim.Fetch)
			if len(s.Script.Actions) > 60 {
				s = begin(t, "create-then-update")
				s, _ = s.Act(sim.Delete)
			}
			asked, unsaved := st.Ask(), s.Unsaved()
			all.Go(func() {
				if err := st.Keep(asked, unsaved); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		l, ok := readLeft(st.path(st.unsavedFile(0)))
		if !ok || len(l.Scenario.Script.Actions) != len(s.Script.Actions) {
			t.Fatalf("%v, %d actions, want %d", ok, len(l.Scenario.Script.Actions), len(s.Script.Actions))
		}
	}
	st.Close()
}

func TestLeftFromAFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "\x1b[31mred \"bug\".yaml")
	s := begin(t, "create-then-update")
	f, err := s.AsFile(path, strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, f.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	edit, _ := s.Saved(f).Act(sim.Fetch)
	st := NewStore(filepath.Join(dir, "state"))
	keep(t, st, edit)
	st.Abandon()
	left := later(st.dir).Left()
	if len(left) != 1 || left[0].Scenario.File != path {
		t.Fatalf("%+v", left)
	}
	again := left[0].Session(strategies.Default())
	if !again.Changed() {
		t.Error("its file does not hold it")
	}
}

// What was unsaved is a change of what it was made from, if that is still the
// same: then it is saved as if nothing had happened.
func TestLeftKnowsItsScenario(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.yaml")
	crash := func(s Session) Session {
		t.Helper()
		st := NewStore(filepath.Join(dir, "state"))
		keep(t, st, s)
		st.Abandon()
		left := later(st.dir).Left()
		if len(left) != 1 {
			t.Fatalf("%d left", len(left))
		}
		st.Forget(left[0])
		return left[0].Session(strategies.Default())
	}
	s := begin(t, "create-then-update")
	edit, _ := s.Act(sim.Fetch)
	if again := crash(edit); !again.Changed() || !reflect.DeepEqual(again.Scenario, s.Scenario) {
		t.Errorf("%+v, want that of the catalogue", again.Scenario)
	}
	f, err := s.AsFile(path, strategies.Catalogue)
	if err == nil {
		err = os.WriteFile(path, f.Data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	edit, _ = s.Saved(f).Act(sim.Fetch)
	again := crash(edit)
	if !again.Changed() || !reflect.DeepEqual(again.Scenario, f.Scenario) {
		t.Errorf("%+v, want that of the file", again.Scenario)
	}
	tomorrow := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(path, tomorrow, tomorrow); err != nil {
		t.Fatal(err)
	}
	if again = crash(edit); again.Scenario.File != path || len(again.Scenario.Expect) > 0 {
		t.Errorf("%+v, though the file has changed since", again.Scenario)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if again = crash(edit); again.Scenario.File != path || again.Scenario.Name != "a" {
		t.Errorf("%+v, though the file is gone", again.Scenario)
	}
}

// What is not ours, or not whole, is left out, and left alone.
func TestLeftIsCareful(t *testing.T) {
	dir := t.TempDir()
	good := "name: a\nsteps: [{at: 0, do: create}]\n"
	for name, text := range map[string]string{
		"unsaved-1-a-0.yaml":       "name: [",
		"unsaved-2-a-0.yaml":       good,
		"unsaved-.yaml":            good,
		"unsaved-3-a-0.yaml.swp":   good,
		"unsaved-99999999999.yaml": "\x00\xff",
		"unsaved-4-a-0.yaml":       good + strings.Repeat("#", scenarios.MaxSize),
		"other.yaml":               good,
		"running-5-a.lock":         "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "unsaved-6-a-0.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	os.Chtimes(filepath.Join(dir, "unsaved-2-a-0.yaml"), yesterday, yesterday)
	n := len(files(t, dir))
	left := NewStore(dir).Left()
	if len(left) != 2 || left[1].path != filepath.Join(dir, "unsaved-2-a-0.yaml") {
		t.Errorf("%+v", left)
	}
	now := files(t, dir)
	if len(now) != n-1 || slices.Contains(now, "running-5-a.lock") {
		t.Errorf("left there: %v", now)
	}
}

// A folder that cannot be written is an error of Keep and Flush, and nothing
// else.
func TestUnwritableState(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	edit, _ := begin(t, "create-then-update").Act(sim.Fetch)
	st := NewStore(filepath.Join(file, "state"))
	if left := st.Left(); left != nil {
		t.Errorf("%v", left)
	}
	if s := st.State(); s.Layout != "" || s.Recent != nil {
		t.Errorf("%v", s)
	}
	if err := st.Keep(st.Ask(), edit.Unsaved()); err == nil {
		t.Error("kept in a file that is no folder")
	}
	st.Note(func(s *State) { s.Layout = "strips" })
	if err := st.Flush(); err == nil {
		t.Error("written in a file that is no folder")
	}
	if st.State().Layout != "strips" {
		t.Error("not even remembered until the end")
	}
	st.Close()
}

func TestState(t *testing.T) {
	dir := t.TempDir()
	st := NewStore(dir)
	for i := range 12 {
		st.Note(func(s *State) { s.Opened(fmt.Sprintf("/tmp/%d.yaml", i)) })
	}
	st.Note(func(s *State) { s.Opened("/tmp/5.yaml") })
	st.Note(func(s *State) { s.Layout = "columns" })
	st.Note(func(s *State) { s.Layout = "strips" })
	if err := st.Flush(); err != nil {
		t.Fatal(err)
	}
	// Another playground writes too: neither forgets what the other has.
	other := later(dir)
	other.Note(func(s *State) { s.Opened("/tmp/other.yaml") })
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	st.Note(func(s *State) { s.Layout = "columns" })
	st.Close()
	want := State{"columns", []string{"/tmp/other.yaml", "/tmp/5.yaml", "/tmp/11.yaml", "/tmp/10.yaml", "/tmp/9.yaml", "/tmp/8.yaml", "/tmp/7.yaml", "/tmp/6.yaml", "/tmp/4.yaml", "/tmp/3.yaml"}}
	if got := NewStore(dir).State(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if names := files(t, dir); !slices.Equal(names, []string{stateFile}) {
		t.Errorf("%v", names)
	}
}

func TestBrokenState(t *testing.T) {
	many, _ := json.Marshal(State{Recent: slices.Repeat([]string{"/x"}, 50)})
	for _, tt := range []struct {
		text string
		want State
	}{
		{"", State{}},
		{"{", State{}},
		{"[]", State{}},
		{"null", State{}},
		{"\x00\xff", State{}},
		{`{"layout": 5, "recent": ["/a", "b", ""], "new": {"x": 1}}`, State{Recent: []string{"/a"}}},
		{`{"layout": "strips", "recent": {"a": 1}}`, State{Layout: "strips"}},
		{string(many), State{Recent: slices.Repeat([]string{"/x"}, 10)}},
		{strings.Repeat("[", 2<<20), State{}},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, stateFile), []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		st := NewStore(dir)
		got := st.State()
		if got.Layout != tt.want.Layout || !slices.Equal(got.Recent, tt.want.Recent) {
			t.Errorf("%.60q is read as %+v, want %+v", tt.text, got, tt.want)
		}
		st.Note(func(s *State) { s.Layout = "columns" })
		if err := st.Close(); err != nil || NewStore(dir).State().Layout != "columns" {
			t.Errorf("%.60q is not mended: %v", tt.text, err)
		}
	}
}

// The number of a process tells where files cannot be locked.
func TestProcessRuns(t *testing.T) {
	if !processRuns(os.Getpid()) || runtime.GOOS != "windows" && !processRuns(1) {
		t.Error("this process does not run, or the first one")
	}
	if processRuns(1 << 30) {
		t.Error("a process runs that cannot be")
	}
}
