package tui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/dialogs"
	"photofinish/tui/ink"
	"photofinish/tui/session"
)

// write types text over what a prompt holds, and enters it.
func write(t *testing.T, m *Model, text string) tea.Cmd {
	t.Helper()
	p, ok := m.Over.(*dialogs.Prompt)
	if !ok {
		t.Fatalf("no prompt, but %T", m.Over)
	}
	p.Input.SetValue(text)
	return press(m, "enter")
}

// prompted returns what a prompt holds.
func prompted(t *testing.T, m *Model) string {
	t.Helper()
	p, ok := m.Over.(*dialogs.Prompt)
	if !ok {
		t.Fatalf("no prompt, but %T, and %q", m.Over, m.Message)
	}
	return p.Input.Value()
}

// quits reports whether a command ends the program.
func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, quit := cmd().(tea.QuitMsg)
	return quit
}

// said checks what the user is told.
func said(t *testing.T, m *Model, want string) {
	t.Helper()
	got := m.Message
	if p, ok := m.Over.(*dialogs.Prompt); ok {
		got = p.Wrong
	} else if q, ok := m.Over.(*dialogs.Question); ok {
		title, _ := q.Asks()
		got = title + " " + q.Text
	}
	if !strings.Contains(got, want) {
		t.Errorf("the user is told %q, want %q in it", got, want)
	}
}

func TestSave(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir(".git", 0o700); err != nil { // a schema that lies above is of others
		t.Fatal(err)
	}
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	press(m, "u", "s")
	if got := prompted(t, m); got != "create-then-update.yaml" {
		t.Errorf("proposed: %q", got)
	}
	fits(t, m)
	press(m, "enter")
	said(t, m, "saved: photofinish replay create-then-update.yaml shows it again. scenario.schema.json is for editors")
	if m.Over != nil || m.Session.Changed() || m.Session.Scenario.File != "create-then-update.yaml" {
		t.Fatalf("over %v, changed %v, file %q", m.Over, m.Session.Changed(), m.Session.Scenario.File)
	}
	press(m, "y")
	said(t, m, "copied: photofinish replay create-then-update.yaml")

	// Its own file is replaced without a question.
	press(m, "d", "s", "enter")
	said(t, m, "saved: photofinish replay create-then-update.yaml")
	// What it held before is in no file any more.
	press(m, "z")
	if !m.Session.Changed() {
		t.Error("the session before the last edit claims to be in its file")
	}
	press(m, "Z")
	if m.Session.Changed() {
		t.Error("the saved session claims to be in no file")
	}
	// One that somebody wrote by hand is not.
	text, err := os.ReadFile("create-then-update.yaml")
	if err != nil {
		t.Fatal(err)
	}
	byHand := append([]byte("# mine\n"), text...)
	if err := os.WriteFile("create-then-update.yaml", byHand, 0o600); err != nil {
		t.Fatal(err)
	}
	press(m, "f", "s", "enter")
	said(t, m, "replace it? create-then-update.yaml holds something else")
	fits(t, m)
	press(m, "enter", "x", "esc")
	if got := prompted(t, m); got != "create-then-update.yaml" {
		t.Errorf("no leads to %q", got)
	}
	press(m, "enter", "r")
	said(t, m, "saved")
	if text, _ := os.ReadFile("create-then-update.yaml"); bytes.Contains(text, []byte("mine")) || !bytes.HasPrefix(text, scenarios.Modeline(scenarios.SchemaFile)) {
		t.Errorf("not replaced:\n%s", text)
	}
	if text, _ := os.ReadFile(scenarios.SchemaFile); !bytes.Equal(text, scenarios.Schema) {
		t.Error("beside it lies no schema")
	}
}

// A file that holds what ours did is another all the same.
func TestSaveKeepsCopies(t *testing.T) {
	t.Chdir(t.TempDir())
	m := open(t, "create-then-update", 80, 24, 300*time.Millisecond)
	press(m, "s")
	write(t, m, "a")
	text, err := os.ReadFile("a.yaml")
	if err == nil {
		err = os.WriteFile("backup.yaml", bytes.Replace(text, []byte("name: a"), []byte("name: backup"), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	press(m, "s")
	write(t, m, "backup")
	said(t, m, "saved") // the same again
	if err := os.WriteFile("copy.yaml", m.Session.Scenario.YAML(), 0o600); err != nil {
		t.Fatal(err)
	}
	press(m, "u", "s")
	write(t, m, "copy")
	said(t, m, "replace it? copy.yaml is there already")
}

func TestSaveErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder.yaml", 0o700); err != nil {
		t.Fatal(err)
	}
	m := open(t, "create-then-update", 80, 24, 300*time.Millisecond)
	press(m, "u", "s")
	for _, tt := range []struct{ name, want string }{
		{"", "a file needs a name"},
		{"dir/", "that is a folder"},
		{"folder", "is not a regular file"},
		{"no/such", "no: no such file or directory"},
		{"a.json", ".yaml"},
		{"folder.yaml/../x.yaml/", "that is a folder"},
		{strings.Repeat("x", 300), "file name too long"},
	} {
		write(t, m, tt.name)
		said(t, m, tt.want)
		if got := prompted(t, m); got != tt.name {
			t.Errorf("%q has become %q", tt.name, got)
		}
		fits(t, m)
	}
	press(m, "esc")
	if !m.Session.Changed() {
		t.Error("nothing was saved, and nothing is to be saved")
	}
	if entries, _ := os.ReadDir("."); len(entries) != 1 {
		t.Errorf("left there: %v", entries)
	}
	press(m, "x", "x", "x", "x", "s")
	said(t, m, "nothing to save")
}

// What a user types becomes a file that can be opened, whatever it is.
func TestHostileNames(t *testing.T) {
	t.Chdir(t.TempDir())
	m := open(t, "create-then-update", 80, 24, 300*time.Millisecond)
	for _, name := range []string{"no", "a: b", "- x", "-x", "#", "'", "{", "\x1b[31mred", "\u202etxt", "日本", "a\nb", "$(reboot)", strings.Repeat("é", 120), "…"} {
		press(m, "u", "s")
		write(t, m, name)
		said(t, m, "saved")
		fits(t, m)
		file := m.Session.Scenario.File
		press(m, "O", "end", "enter")
		write(t, m, file)
		if m.Over != nil || m.Session.Scenario.File != file {
			t.Fatalf("%q cannot be opened as %q: %T %s", name, file, m.Over, m.Message)
		}
		fits(t, m)
		press(m, "y")
		said(t, m, "copied")
	}
}

// lines returns what a menu shows.
func lines(t *testing.T, m *Model) (all []string) {
	t.Helper()
	l, ok := m.Over.(*dialogs.Menu)
	if !ok {
		t.Fatalf("no menu, but %T", m.Over)
	}
	for _, it := range l.Items {
		all = append(all, it.Text)
	}
	return all
}

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const fine = "name: mine\ntitle: \"My\\u202e bug\"\nseed: 7\nsteps: [{at: 0, do: create, set: {x: \"\\e[31m\"}}, {at: 5ms, do: fetch}]\n"
	const broken = "name: mine\nsteps: [{at: 0, do: crate}]\n"
	if err := os.WriteFile("broken.yaml", []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	noPipe := pipe("pipe.yaml")
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	m.remember(session.NewStore(filepath.Join(dir, "state")))
	press(m, "u")
	edit := m.Session
	press(m, "O", "end", "enter")
	for _, tt := range []struct{ path, want string }{
		{"missing.yaml", "missing.yaml: no such file or directory"},
		{"broken.yaml", `broken.yaml:2:21: unknown action "crate" (did you mean "create"?)`},
		{".", "is a directory"},
		{"pipe.yaml", "no regular file"},
		{"", "needs a name"},
	} {
		if tt.path == "pipe.yaml" && noPipe != nil {
			continue
		}
		write(t, m, tt.path)
		said(t, m, tt.want)
		if !reflect.DeepEqual(m.Session, edit) {
			t.Fatal("the session has changed")
		}
		fits(t, m)
	}
	os.WriteFile("fine.yaml", []byte(strings.Replace(fine, `\u202e`, "", 1)), 0o600)
	write(t, m, "fine.yaml")
	said(t, m, "nothing is lost: z brings back")
	if m.Session.Title() != "My bug" || m.Session.Seed != 7 || !m.Clock.Playing {
		t.Errorf("%q, seed %d, playing %v", m.Session.Title(), m.Session.Seed, m.Clock.Playing)
	}
	fits(t, m)
	press(m, "z")
	back := m.Session
	back.Now = edit.Now // time was playing, and plays from the start
	if !reflect.DeepEqual(back, edit) {
		t.Error("undo does not bring back what was edited")
	}

	// The next time it is among the first, and one that is gone is not.
	press(m, "s")
	write(t, m, "other/../saved")
	press(m, "s")
	write(t, m, "saved")
	press(m, "O")
	if got := lines(t, m); !slices.Equal(got[:2], []string{"saved.yaml", "fine.yaml"}) || len(got) != len(scenarios.Names())+3 || got[len(got)-1] != "a file …" {
		t.Errorf("offered: %v", got)
	}
	press(m, "esc")
	os.Remove("saved.yaml")
	os.WriteFile("fine.yaml", []byte(broken), 0o600)
	press(m, "O")
	if got := lines(t, m)[0]; got != "fine.yaml" {
		t.Errorf("offered first: %q", got)
	}
	press(m, "home", "enter")
	said(t, m, "did you mean")
	if got := prompted(t, m); got != filepath.Join(dir, "fine.yaml") {
		t.Errorf("to be mended: %q", got)
	}
}

func TestQuit(t *testing.T) {
	t.Chdir(t.TempDir())
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	if !quits(press(m, "q")) {
		t.Error("nothing is unsaved, and it stays")
	}
	press(m, "r", "r", "L", "home", "space", "enter", "j", "left")
	if !quits(press(m, "ctrl+c")) {
		t.Error("nothing is unsaved but what a command can say, and it stays")
	}
	press(m, "u", "space")
	if quits(press(m, "q")) || m.Clock.Playing {
		t.Error("something is unsaved, and it leaves, or plays on")
	}
	said(t, m, "What you made of “Update before the id is back” is in no file")
	fits(t, m)
	if quits(press(m, "x")) || quits(press(m, "enter")) || m.Over == nil || quits(press(m, "esc")) || m.Over != nil {
		t.Error("only q leaves, and only esc stays")
	}
	press(m, "q")
	if !quits(press(m, "q")) {
		t.Error("q q stays")
	}
	press(m, "ctrl+c")
	if !quits(press(m, "ctrl+c")) {
		t.Error("ctrl+c twice stays")
	}
	press(m, "q", "s")
	if quits(write(t, m, "no/such")) {
		t.Error("it leaves without having saved")
	}
	press(m, "esc")
	if m.Over != nil || !m.Session.Changed() {
		t.Error("who leaves the prompt stays")
	}
	press(m, "q", "s")
	if !leaves(write(t, m, "a.yaml")) {
		t.Error("saved, and it stays")
	}
	if _, err := scenarios.Load("a.yaml"); err != nil {
		t.Error(err)
	}
}

// leaves reports whether one of several commands ends the program.
func leaves(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	switch msg := cmd().(type) {
	case tea.QuitMsg:
		return true
	case tea.BatchMsg:
		return slices.ContainsFunc(msg, leaves)
	}
	return false
}

// What was opened over is asked for too.
func TestQuitAfterOpening(t *testing.T) {
	t.Chdir(t.TempDir())
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	press(m, "u")
	edit := m.Session
	press(m, "O", "down", "down", "enter", "q")
	said(t, m, "What you made of “Update before the id is back”, before you opened this")
	press(m, "z")
	if m.Session.Script != edit.Script {
		t.Fatal("it is not brought back")
	}
	press(m, "q", "s")
	if !leaves(write(t, m, "a.yaml")) {
		t.Error("all is saved, and it stays")
	}
	press(m, "d", "O", "down", "enter", "d", "q", "s")
	if leaves(write(t, m, "b.yaml")) {
		t.Error("one is saved, the other is not, and it leaves")
	}
	said(t, m, "before you opened this")
	if !quits(press(m, "q")) {
		t.Error("q stays")
	}
}

func TestExport(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}, {40, 10}} {
		m := open(t, "create-then-two-updates", size[0], size[1], 268*time.Millisecond)
		press(m, "left", "right") // nothing to say any more
		m.Draw()
		want := m.Canvas.String()
		press(m, "T")
		if got := prompted(t, m); got != "photofinish-create-then-two-updates-268ms.txt" {
			t.Errorf("proposed: %q", got)
		}
		fits(t, m)
		name := strconv.Itoa(size[0]) + ".txt"
		write(t, m, name)
		said(t, m, "written: "+name)
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
		}
	}
	m := open(t, "create-then-two-updates", 80, 24, 0)
	press(m, "T")
	write(t, m, "120.txt")
	said(t, m, "replace it? 120.txt is there already")
	press(m, "esc")
	write(t, m, "no/such.txt")
	said(t, m, "no such file")
}

// events returns what replay prints of a trial.
func events(t *testing.T, script *sim.Script, strategy string, seed uint64) any {
	t.Helper()
	e := testkit.Strategy(t, strategy)
	var b bytes.Buffer
	var v any
	err := export.WriteTrialJSON(&b, report.Replay("", script, e, seed))
	if err == nil {
		err = json.Unmarshal(b.Bytes(), &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// replayed runs what a command line says.
func replayed(t *testing.T, command string) map[string]any {
	t.Helper()
	words := strings.Fields(command)
	if len(words) < 3 || words[0] != "photofinish" || words[1] != "replay" {
		t.Fatalf("no replay: %q", command)
	}
	s, err := scenarios.Find(words[2])
	if strings.HasSuffix(words[2], ".yaml") {
		s, err = scenarios.Load(words[2])
	}
	if err != nil {
		t.Fatal(err)
	}
	script, seed, names := s.Script, s.ReplaySeed(), strategies.Default()
	for i := 3; i < len(words); i++ {
		switch words[i] {
		case "--seed":
			i++
			if seed, err = strconv.ParseUint(words[i], 10, 64); err != nil {
				t.Fatal(err)
			}
		case "--strategy":
			i++
			names = strings.Split(words[i], ",")
		case "--unpinned":
			script = script.Unpinned()
		default:
			t.Fatalf("%q in %q", words[i], command)
		}
	}
	out := map[string]any{}
	for _, name := range names {
		out[name] = events(t, script, name, seed)
	}
	return out
}

// Whatever the user has done, what is copied shows what is on the screen: of
// what is in no file, once it is saved.
func TestCopyReplaysTheScreen(t *testing.T) { testkit.Random(t, copyReplaysTheScreen) }

func copyReplaysTheScreen(t *testing.T, r *rand.Rand) {
	t.Chdir(t.TempDir())
	keys := []string{"u", "d", "c", "p", "f", "x", "[", "]", "{", "}", "g", "m", "+", "-", "0", "r", "r", "R", "z", "Z", "left", "right", "shift+right", "home", "end", "j", "k"}
	copied, saved := 0, 0
	names := scenarios.Names()
	names = testkit.Part(names, testkit.Sample(len(names), 20, 5))
	for _, name := range names {
		m := open(t, name, 80, 24, 0)
		for range 10 {
			press(m, keys[r.IntN(len(keys))])
			if r.IntN(8) == 0 {
				n := 1 + r.IntN(3)
				m.Edit(m.Session.WithLanes(strategies.Default()[:n]))
			}
			command, err := m.Session.Command()
			if err != nil && r.IntN(3) == 0 && len(m.Session.Script.Actions) > 0 {
				press(m, "s")
				write(t, m, fmt.Sprintf("%d.yaml", r.IntN(3)))
				press(m, "r") // replaces, or draws again
				saved++
				command, err = m.Session.Command()
			}
			if err != nil {
				continue
			}
			copied++
			got := replayed(t, command)
			if len(got) != len(m.Lanes) {
				t.Fatalf("%s: %d lanes, on the screen %d", command, len(got), len(m.Lanes))
			}
			for _, l := range m.Lanes {
				e, _ := strategies.Find(l.Name)
				if !reflect.DeepEqual(l.Events, report.Replay("", m.Session.Script, e, m.Session.Seed).Events) {
					t.Fatalf("%s: the lane %s shows another trial than its session's", name, l.Name)
				}
				if want := events(t, m.Session.Script, l.Name, m.Session.Seed); !reflect.DeepEqual(got[l.Name], want) {
					t.Fatalf("%s shows for %s\n%v\nand the screen\n%v", command, l.Name, got[l.Name], want)
				}
			}
		}
	}
	if copied < 2*len(names) || saved < len(names)/3 {
		t.Errorf("only %d copied and %d saved", copied, saved)
	}
}

// Any key in any question, prompt and menu: no panic, nothing too wide, and
// what claims to be saved is in its file.
func TestAnyFileKey(t *testing.T) { testkit.Random(t, anyFileKey) }

func anyFileKey(t *testing.T, r *rand.Rand) {
	dir := t.TempDir()
	t.Chdir(dir)
	keys := []string{"s", "s", "enter", "enter", "O", "T", "q", "esc", "r", "z", "Z", "y", "u", "d", "x", "end", "home", "down", "up", "backspace", "a", "é", "漢", "/", "ctrl+c", "o"}
	sizes := [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}, {10, 3}}
	m := open(t, "create-then-update", 80, 24, 0)
	m.remember(session.NewStore(filepath.Join(dir, "state")))
	rounds := testkit.Sample(1500, 500, 70)
	for range rounds {
		if r.IntN(20) == 0 {
			size := sizes[r.IntN(len(sizes))]
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		}
		press(m, keys[r.IntN(len(keys))])
		fits(t, m)
		if file := m.Session.Scenario.File; file != "" && !m.Session.Changed() {
			s, err := scenarios.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			if want, got := events(t, m.Session.Script, "naive", 1), events(t, s.Script, "naive", 1); !m.Session.Scripted() && report.Pinned(s.Script) != report.Pinned(m.Session.Script) {
				continue // its pins are let go
			} else if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s holds something else", file)
			}
		}
	}
	m.LeaveStore(true)
	if n := len(unsaved(t, filepath.Join(dir, "state"))); n != 0 {
		t.Errorf("%d kept after a clean end", n)
	}
}

// unsaved returns the names of what is kept in a folder.
func unsaved(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "unsaved-*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// The running program keeps what is unsaved after each edit, and nothing when
// nothing is.
func TestKeeps(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	state := filepath.Join(dir, "state")
	synctest.Test(t, func(t *testing.T) {
		m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
		m.Show(m.Session.WithLanes(strategies.Default()[:1])) // whose odds take the least
		m.Trials, m.Counts = 60, new(desk.Counts)
		m.remember(session.NewStore(state))
		in, keys := io.Pipe()
		p := tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(io.Discard), tea.WithWindowSize(120, 40), tea.WithoutSignalHandler())
		ended := make(chan error)
		go func() {
			_, err := p.Run()
			ended <- err
		}()
		type_ := func(text string) {
			keys.Write([]byte(text))
			time.Sleep(time.Second) // of the bubble's clock: no time passes outside
			synctest.Wait()
		}
		holds := func(want ...int) {
			t.Helper()
			var got []int
			for _, name := range unsaved(t, state) {
				s, err := scenarios.Load(name)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, len(s.Script.Actions))
			}
			if !slices.Equal(got, want) {
				t.Errorf("kept: %v actions, want %v", got, want)
			}
		}
		type_(" ")
		holds()
		type_("u")
		holds(3)
		if !testing.Short() { // all odds are counted after each
			type_("ud")
			holds(5)
			type_("z")
			holds(4)
			type_("zz")
			holds()
			type_("Z")
			holds(3)
		}
		type_("s\r")
		holds()
		type_("u")
		holds(4)
		if !testkit.Raced {
			type_("O\x1b[B\x1b[B\r") // another one over it
			holds(4)
			type_("f")
			holds(4, 3)
			type_("w")
			if m.Session.Changed() != true || !strings.HasSuffix(m.Session.Scenario.File, "") {
				t.Error("nothing has changed")
			}
		}
		type_("qq")
		if err := <-ended; err != nil {
			t.Error(err)
		}
		keys.Close()
		m.LeaveStore(true)
		holds()
	})
	names, err := os.ReadDir(state)
	if err != nil || len(names) != 1 || names[0].Name() != "state.json" {
		t.Errorf("left there: %v, %v", names, err)
	}
}

// What another playground has left is offered, once, and can be opened, thrown
// away or left for later.
func TestOffer(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	leave := func(name, key string) {
		m := open(t, name, 80, 24, 300*time.Millisecond)
		m.Store = session.NewStore(state)
		press(m, key, key)
		m.LeaveStore(false)
		if n := len(unsaved(t, state)); n == 0 {
			t.Fatal("nothing is kept")
		}
	}
	leave("create-then-update", "u")
	first := unsaved(t, state)[0]
	old := time.Date(2026, time.November, 20, 9, 5, 0, 0, time.Local)
	os.Chtimes(first, old, old)
	leave("timeout", "d")

	begin := func() *Model {
		m := open(t, "double-delete", 120, 40, 0)
		m.remember(session.NewStore(state))
		return m
	}
	m := begin()
	said(t, m, "“Given up, and yet on its way” with 4 actions, of ")
	said(t, m, "1 older")
	fits(t, m)
	press(m, "enter", "esc")
	if m.Over != nil || len(unsaved(t, state)) != 2 {
		t.Error("later is not later")
	}
	m.LeaveStore(true)
	for _, key := range []string{"q", "ctrl+c"} {
		m = begin()
		if _, quits := press(m, key)().(tea.QuitMsg); !quits || len(unsaved(t, state)) != 2 {
			t.Errorf("%s does not leave what was left as it is", key)
		}
		m.LeaveStore(true)
	}

	m = begin()
	run(press(m, "x"))
	said(t, m, "“Update before the id is back” with 4 actions, of Friday 20 November 2026, 09:05.")
	if n := len(unsaved(t, state)); n != 1 {
		t.Errorf("%d are there, after one was thrown away", n)
	}
	m.Draw()
	testkit.Golden(t, "left-120x40.txt", m.Canvas.String())
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
	m.Draw()
	testkit.Golden(t, "left-60x16.txt", m.Canvas.String())
	press(m, "o")
	if m.Over != nil || !m.Session.Changed() || len(m.Session.Script.Actions) != 4 || m.Session.Scenario.Name != "create-then-update" || !m.Clock.Playing {
		t.Fatalf("%+v", m.Session)
	}
	run(m.Keep())
	if now := unsaved(t, state); len(now) != 1 || now[0] == first {
		t.Errorf("kept in %v", now)
	}
	m.LeaveStore(false) // it breaks too
	m = begin()
	said(t, m, "“Update before the id is back” with 4 actions")
	run(press(m, "x"))
	if m.Over != nil || !m.Clock.Playing || len(unsaved(t, state)) != 0 {
		t.Error("not thrown away")
	}
	m.LeaveStore(true)
	if m = begin(); m.Over != nil {
		t.Error("offered once more")
	}
}

// run runs what commands do at once; what waits for a clock is left out.
func run(cmd tea.Cmd) {
	done := make(chan tea.Msg)
	go func() {
		if cmd == nil {
			done <- nil
			return
		}
		done <- cmd()
	}()
	select {
	case msg := <-done:
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, cmd := range batch {
				run(cmd)
			}
		}
	case <-time.After(30 * time.Second):
	}
}

// A folder that cannot be written is told once, and all works without.
func TestNothingKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	m := open(t, "create-then-update", 120, 40, 300*time.Millisecond)
	m.remember(session.NewStore(filepath.Join(file, "state")))
	press(m, "u")
	m.Update(m.Keep()())
	said(t, m, "nothing is kept here against a crash")
	said(t, m, "not a directory")
	fits(t, m)
	press(m, "u")
	m.Update(m.Keep()())
	if m.Message != "" {
		t.Errorf("told again: %q", m.Message)
	}
	m.LeaveStore(false)
	m.LeaveStore(true)
}

func TestLayoutIsRemembered(t *testing.T) {
	state := t.TempDir()
	begin := func(w, h int) *Model {
		m := open(t, "create-then-update", w, h, 0)
		m.remember(session.NewStore(state))
		return m
	}
	m := begin(120, 40)
	if m.lanes.Down() {
		t.Fatal("not by the window")
	}
	run(press(m, "w"))
	m = begin(120, 40)
	if !m.lanes.Down() {
		t.Error("columns are not remembered")
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(m, "w") // they do not fit: nothing is chosen
	m.Update(tea.WindowSizeMsg{Width: 130, Height: 40})
	if !m.lanes.Down() {
		t.Error("a resize overrides the choice")
	}
	run(press(m, "w"))
	if m = begin(200, 50); m.lanes.Down() {
		t.Error("strips are not remembered")
	}
	for _, text := range []string{`{"layout": "circles"}`, `{"layout": ""}`, `{`} {
		os.WriteFile(filepath.Join(state, "state.json"), []byte(text), 0o600)
		if wide, narrow := begin(200, 50), begin(120, 40); !wide.lanes.Down() || narrow.lanes.Down() { // by the window
			t.Errorf("%s is read as a choice", text)
		}
	}
}

func TestFileScreens(t *testing.T) {
	dir := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	const now = 268 * time.Millisecond
	for _, tt := range []struct {
		file string
		w, h int
		keys []string
	}{
		{"save-80x24.txt", 80, 24, []string{"s"}},
		{"save-200x50.txt", 200, 50, []string{"s"}},
		{"replace-60x16.txt", 60, 16, []string{"s", "enter"}},
		{"quit-50x12.txt", 50, 12, []string{"u", "q"}},
		{"quit-60x16.txt", 60, 16, []string{"u", "q"}},
		{"quit-80x24.txt", 80, 24, []string{"u", "q"}},
		{"quit-120x40.txt", 120, 40, []string{"u", "q"}},
		{"quit-after-120x40.txt", 120, 40, []string{"u", "O", "down", "enter", "space", "home", "q"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(dir, "create-then-two-updates.yaml"), []byte("# by hand"), 0o600); err != nil {
				t.Fatal(err)
			}
			m := open(t, "create-then-two-updates", tt.w, tt.h, now)
			os.Chdir(dir) // and back, for the golden files are here
			press(m, tt.keys...)
			os.Chdir(here)
			fits(t, m)
			testkit.Golden(t, tt.file, m.Canvas.String())
			if tt.file == "quit-80x24.txt" {
				testkit.Golden(t, "quit-80x24-none.ans", m.Canvas.Render(ink.NewTheme(ink.NoColour, false))+"\n")
			}
		})
	}
}

// modes are what the program changes of a terminal, and puts right.
var modes = []struct{ name, on, off string }{
	{"alternate screen", "\x1b[?1049h", "\x1b[?1049l"},
	{"cursor", "\x1b[?25l", "\x1b[?25h"},
	{"mouse", "\x1b[?1002h", "\x1b[?1002l"},
}

// restored checks that the last that a terminal was sent puts it right.
func restored(t *testing.T, sent string) {
	t.Helper()
	for _, mode := range modes {
		on, off := strings.LastIndex(sent, mode.on), strings.LastIndex(sent, mode.off)
		if on < 0 || off < on {
			t.Errorf("%s: last on at %d, last off at %d", mode.name, on, off)
		}
	}
}

// eventually waits for what other goroutines bring about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// runs runs the playground until it ends, and returns what it sent to the
// terminal and why it ended.
func runs(t *testing.T, o Options, during func(keys io.Writer)) (string, error) {
	t.Helper()
	sc, err := scenarios.Find("create-then-update")
	if err != nil {
		t.Fatal(err)
	}
	in, keys := io.Pipe()
	defer keys.Close()
	term := newRecorder()
	o.Input, o.Output = in, term
	ended := make(chan error, 1)
	go func() { ended <- Run(context.Background(), sc, o) }()
	<-term.begun
	during(keys)
	select {
	case err = <-ended:
	case <-time.After(30 * time.Second):
		t.Fatal("it does not end")
	}
	return term.text(), err
}

// recorder is a terminal that remembers all it was sent.
type recorder struct {
	mu    sync.Mutex
	sent  strings.Builder
	modes int           // how many of [modes] are on
	begun chan struct{} // closed when all are
}

func newRecorder() *recorder { return &recorder{begun: make(chan struct{})} }

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n, err := r.sent.Write(p)
	for r.modes < len(modes) && strings.Contains(r.sent.String(), modes[r.modes].on) {
		if r.modes++; r.modes == len(modes) {
			close(r.begun)
		}
	}
	return n, err
}

func (r *recorder) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent.String()
}

// ending is a way in which the program ends.
type ending struct {
	end  func(keys io.Writer)
	want error // nil: any
}

// Whatever ends the program, the terminal is put right, and what is unsaved is
// there at the next start.
func TestEndings(t *testing.T) {
	all := ends()
	all["panic"] = ending{func(keys io.Writer) { keys.Write([]byte("\x10")) }, nil}
	for name, tt := range all {
		if testing.Short() && name != "panic" {
			continue // each runs a program
		}
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			sent, err := runs(t, Options{State: state, Panic: name == "panic"}, func(keys io.Writer) {
				keys.Write([]byte("u"))
				eventually(t, "it is kept", func() bool { return len(unsaved(t, state)) == 1 })
				keys.Write([]byte("d"))
				tt.end(keys)
			})
			if err == nil || tt.want != nil && err != tt.want {
				t.Errorf("it ends with %v, want %v", err, tt.want)
			}
			if name == "panic" && (err == nil || !strings.HasSuffix(err.Error(), "is offered at the next start")) {
				t.Errorf("the user is told: %v", err)
			}
			restored(t, sent)
			left := session.NewStore(state).Left()
			if len(left) != 1 || len(left[0].Scenario.Script.Actions) < 3 {
				t.Errorf("left: %+v", left)
			}
		})
	}
	t.Run("quit", func(t *testing.T) {
		state := t.TempDir()
		sent, err := runs(t, Options{State: state}, func(keys io.Writer) {
			keys.Write([]byte("yu"))
			eventually(t, "it is kept", func() bool { return len(unsaved(t, state)) == 1 })
			keys.Write([]byte("qq"))
		})
		if err != nil {
			t.Error(err)
		}
		restored(t, sent)
		if copied := ansi.SetSystemClipboard("photofinish replay create-then-update"); !strings.Contains(sent, copied) {
			t.Errorf("%q is not sent", copied)
		}
		if entries, _ := os.ReadDir(state); len(entries) > 0 {
			t.Errorf("left there: %v", entries)
		}
	})
}

// mistaken is a strategy with a mistake in it.
type mistaken struct{ sim.Strategy }

func (mistaken) Reset()                       {}
func (mistaken) Act(*sim.Client, *sim.Action) { panic("a mistake in a strategy") }

// breaks is a playground that begins with a command.
type breaks struct {
	*Model
	cmd tea.Cmd
}

func (b breaks) Init() tea.Cmd { return b.cmd }

func (b breaks) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := b.Model.Update(msg)
	return b, cmd
}

// A mistake in what works in the background ends the program, and not the
// terminal.
func TestPanicInTheBackground(t *testing.T) {
	m := open(t, "create-then-update", 80, 24, 0)
	e := strategies.Entry{Name: "broken", New: func() sim.Strategy { return mistaken{} }}
	script := m.Session.Script
	for name, cmd := range map[string]tea.Cmd{
		"command": func() tea.Msg { panic("a mistake") },
		"odds": func() tea.Msg {
			report.Estimate(context.Background(), script, e, report.Options{Trials: 1000, Workers: 4})
			return nil
		},
		"orders": func() tea.Msg {
			explore.Count(context.Background(), script, func() sim.Strategy { return e.For(script) }, explore.Bounds{}, 4)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			in, keys := io.Pipe()
			defer keys.Close()
			term := newRecorder()
			later := func() tea.Msg {
				<-term.begun
				return cmd()
			}
			p := tea.NewProgram(breaks{m, later}, tea.WithInput(in), tea.WithOutput(term), tea.WithoutSignalHandler())
			if _, err := p.Run(); !errors.Is(err, tea.ErrProgramPanic) {
				t.Errorf("it ends with %v", err)
			}
			restored(t, term.text())
		})
	}
}

// What is remembered lies in a folder of the user's own, not that of what can be made
// again; XDG's comes first.
func TestStateDir(t *testing.T) {
	xdg, home := t.TempDir(), t.TempDir()
	homes := []string{"HOME", "LOCALAPPDATA"}
	for _, name := range homes {
		t.Setenv(name, home)
	}
	want := filepath.Join(home, map[string]string{
		"windows": "photofinish/state", "darwin": "Library/Application Support/photofinish",
	}[runtime.GOOS])
	if want == home {
		want = filepath.Join(home, ".local/state/photofinish")
	}
	for _, tt := range []struct{ xdg, want string }{
		{xdg, filepath.Join(xdg, "photofinish")}, {"relative", want}, {"", want},
	} {
		t.Setenv("XDG_STATE_HOME", tt.xdg)
		if got := StateDir(); got != tt.want {
			t.Errorf("with %q: %s, want %s", tt.xdg, got, tt.want)
		}
	}
	for _, name := range homes {
		t.Setenv(name, "")
	}
	if got := StateDir(); got != "" {
		t.Errorf("without a home: %s", got)
	}
}
