package class

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui"
	"photofinish/tui/class/door"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// driven is a model that a test drives by hand: nothing waits, and commands
// are run only where a test says so.
type driven struct {
	t *testing.T
	m tea.Model
}

func drive(t *testing.T, m tea.Model, w, h int, p colorprofile.Profile) *driven {
	d := &driven{t, m}
	d.get(tea.WindowSizeMsg{Width: w, Height: h})
	d.get(tea.ColorProfileMsg{Profile: p})
	return d
}

func (d *driven) get(msg tea.Msg) (cmd tea.Cmd) {
	d.m, cmd = d.m.Update(msg)
	return cmd
}

// press presses keys, which have the names that Bubble Tea gives them.
func (d *driven) press(keys ...string) (cmd tea.Cmd) {
	for _, k := range keys {
		cmd = d.get(pressed(k))
	}
	return cmd
}

func pressed(k string) tea.KeyPressMsg {
	codes := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown}
	if code, is := codes[k]; is {
		return tea.KeyPressMsg{Code: code}
	}
	if k == "ctrl+c" {
		return tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// look lets the model see what has changed.
func (d *driven) look() { d.get(changedMsg{}) }

func (d *driven) text() string { return ansi.Strip(d.m.View().Content) }

func (d *driven) shows(words ...string) {
	d.t.Helper()
	text := d.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			d.t.Errorf("no %q on the screen:\n%s", w, text)
		}
	}
}

// quits reports whether a command ends the program.
func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, is := cmd().(tea.QuitMsg)
	return is
}

// items are questions whose answers are known without an engine.
func items() []Item {
	about := choices
	about.About = "Two edits before the id is back"
	return []Item{
		{about, func(context.Context) (*lesson.Truth, error) {
			return &lesson.Truth{Picks: []int{1}, Says: "u2 overwrites u3 at 300 ms."}, nil
		}},
		{Question{About: about.About, Question: lesson.Question{
			Ask: "How often does naive lose something?", Form: lesson.Number, High: 100, Step: 5, Unit: "%",
		}}, nil},
	}
}

// atSchool is where the classes of the goldens are found.
var atSchool = door.Way{Join: []string{"ssh -p 2222 192.168.7.20"}, Open: "Open to this network: whoever can reach the address can join."}

// A whole ballot on the screens of a teacher and a student, side by side with
// what must not be seen yet.
func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI, colorprofile.ASCII} {
			name := fmt.Sprintf("ballot-%dx%d.txt", size[0], size[1])
			t.Run(fmt.Sprint(name, " ", p), func(t *testing.T) {
				got := story(t, size[0], size[1], p)
				testkit.Golden(t, name, got)
			})
		}
	}
}

// story plays a ballot and returns all its screens.
func story(t *testing.T, w, h int, p colorprofile.Profile) string {
	hub := newHub(10)
	m := newTeacher(hub, TeacherScreen{Title: "Two edits before the id is back", Way: atSchool, Key: "SHA256:BsOg6495mK8MEqJusj0Up8u9zfGs1HTvMfgcixoMApI", Items: items()})
	defer m.(*teacher).Leave()
	teacher := drive(t, m, w, h, p)
	ada, bob := join(t, hub, "ada"), join(t, hub, "bob")
	student := drive(t, newStudent(ada, StudentScreens{Play: func() (tea.Model, error) { return nil, errors.New("no playground today") }}), w, h, p)
	var out strings.Builder
	scene := func(what string) {
		teacher.look()
		student.look()
		for who, d := range map[string]*driven{"teacher": teacher, "student": student} {
			for _, line := range strings.Split(d.text(), "\n") {
				if n := ansi.StringWidth(line); n > w {
					t.Errorf("%s, %s: a line of %d columns in %d", what, who, n, w)
				}
			}
			if n := strings.Count(d.text(), "\n"); n >= h {
				t.Errorf("%s, %s: %d lines in %d", what, who, n+1, h)
			}
		}
		fmt.Fprintf(&out, "== %s: teacher\n%s\n== %s: student\n%s\n", what, trim(teacher.text()), what, trim(student.text()))
	}
	scene("nothing is asked")
	student.press("p")
	teacher.press("a")
	scene("a list")
	teacher.press("enter")
	scene("asked")
	student.press("1")
	scene("chosen")
	student.press("4")
	must(t, bob.Vote(1, vote(2, 1)))
	scene("voted")
	teacher.press("enter")
	scene("closed")
	teacher.press("enter")
	scene("shown")
	teacher.press("v")
	scene("once more")
	student.press("2", "3")
	must(t, bob.Vote(1, vote(4, 0)))
	teacher.press("enter", "enter", "R", "enter")
	scene("not revealed by enter")
	teacher.press("R")
	teacher.get(teacher.press("R")())
	scene("revealed")
	teacher.press("enter", "a", "down", "enter")
	student.press("right")
	scene("a number")
	student.press("enter", "2")
	teacher.press("enter", "enter", "q")
	scene("shown, and about to end")
	return out.String()
}

func trim(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// The teacher reveals nothing by accident: hitting every key at every step
// shows no answer before its time, and ends no class.
func TestNothingByAccident(t *testing.T) {
	hub := newHub(10)
	m := newTeacher(hub, TeacherScreen{Items: items()})
	defer m.(*teacher).Leave()
	teacher := drive(t, m, 80, 24, colorprofile.ASCII)
	ada := join(t, hub, "ada")
	must(t, hub.Ask(items()[0].Question))
	teacher.m.(interface{ ask(Item) }).ask(items()[0])
	for _, phase := range []Phase{Voting, Closed, Shown} {
		for k := ' '; k <= '~'; k++ {
			if k == 'x' || k == 'v' { // drop it, vote again
				continue
			}
			if quits(teacher.press(string(k))) || hub.Board().Phase != phase {
				t.Fatalf("at %d %q leads to %d", phase, k, hub.Board().Phase)
			}
			teacher.press("esc")
		}
		if v := ada.See(); v.Answer != nil || phase < Shown && v.Tallies != nil {
			t.Errorf("at %d a student sees %+v", phase, v)
		}
		teacher.press("enter")
		teacher.look()
	}
}

func TestOwnQuestionTyped(t *testing.T) {
	hub := newHub(10)
	m := newTeacher(hub, TeacherScreen{Items: items()})
	defer m.(*teacher).Leave()
	d := drive(t, m, 80, 24, colorprofile.ASCII)
	d.press("a", "down", "down", "down", "enter")
	d.press(strings.Split("only a question", "")...)
	d.press("enter")
	d.shows("the choices are missing")
	d.get(tea.PasteMsg{Content: " / *yes / no"})
	d.press("enter")
	d.shows("only a question", "1  yes", "2  no", "0 of 0 have voted")
}

func TestTeacherSaves(t *testing.T) {
	hub := newHub(10)
	saved := 0
	m := newTeacher(hub, TeacherScreen{Items: items(), Save: func() error { saved++; return errors.New("the disk \x1b is full") }})
	defer m.(*teacher).Leave()
	d := drive(t, m, 80, 24, colorprofile.ASCII)
	d.press("a", "enter")
	d.get(d.press("enter")()) // close
	d.shows(`the disk \x1b is full`)
	if saved != 1 {
		t.Errorf("saved %d times", saved)
	}
}

// The engine answers what is asked about a scenario, as the playground shows
// it.
func TestPredictions(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	must(t, err)
	var es []strategies.Entry
	for _, name := range strategies.Default() {
		e := testkit.Strategy(t, name)
		es = append(es, e)
	}
	all := predictions(s, es)
	if len(all) != 1+len(es) {
		t.Fatalf("%d questions", len(all))
	}
	for i, item := range all {
		must(t, item.Check())
		a, err := item.Answer(t.Context())
		must(t, err)
		if i == 0 {
			lose := strings.Split(item.Said(a.Picks, 0, "; "), "; ")
			for _, x := range s.Expect {
				if x.Verdict == nil || !slices.Contains(strategies.Default(), x.Strategy) {
					continue
				}
				if bad := *x.Verdict >= judge.Stuck; bad != slices.Contains(lose, x.Strategy) {
					t.Errorf("%s: the file expects %v, the answer is %q", x.Strategy, *x.Verdict, lose)
				}
			}
			continue
		}
		if err := item.Takes(lesson.Answer{Number: a.Number, Confidence: 1}); err != nil {
			t.Errorf("%s: the answer cannot be said: %v", item.Ask, err)
		}
	}
}

// A student's playground and a lesson each get their own messages, and the
// terminal's.
func TestScreensOfAStudent(t *testing.T) {
	hub := newHub(10)
	follows := &probe{}
	must(t, hub.Turn(learn.At{Lesson: &lessons.Lesson{}}, nil)) // the teacher has begun
	m := newStudent(join(t, hub, "ada"), StudentScreens{
		Play:   func() (tea.Model, error) { return &probe{}, nil },
		Follow: func(*Seat) tea.Model { return follows },
	})
	m.Init()
	d := drive(t, m, 80, 24, colorprofile.ASCII)
	d.press("x")
	d.shows("got x", "keys 1")
	d.press("P", "y")
	d.shows("got y", "keys 1")
	if follows.got != "x" {
		t.Errorf("the lesson got %q, a key of the playground", follows.got)
	}
	d.get(childMsg{onPlay, tea.QuitMsg{}})
	d.shows("got x")
	must(t, hub.Ask(choices))
	d.look()
	d.press("1", "1")
	d.shows("You said: first (a guess).")
	if follows.keys != 1 {
		t.Error("the lesson got a key of the ballot")
	}
	if _, cmd := m.Update(childMsg{onFollow, tea.QuitMsg{}}); !quits(cmd) {
		t.Error("who leaves the lesson stays")
	}
}

// A guest's playground, all of whose keys are pressed, touches no file.
func TestGuestPlayground(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", dir)
	t.Setenv("XDG_STATE_HOME", dir)
	s, err := scenarios.Find("create-then-two-updates")
	must(t, err)
	play, err := tui.New(s, tui.Options{Guest: func(work func()) { work() }})
	must(t, err)
	defer play.Leave()
	d := drive(t, play, 80, 24, colorprofile.ASCII)
	for _, k := range []string{"s", "T", "y"} {
		if cmd := d.press("c", k); cmd != nil {
			if msg := fmt.Sprintf("%T", cmd()); strings.Contains(strings.ToLower(msg), "clipboard") {
				t.Errorf("%s reaches for the clipboard", k)
			}
		}
		d.shows("not in a class")
	}
	d.press("O")
	for range 200 { // to the last: a file …
		d.press("down")
	}
	d.press("enter")
	d.shows("not in a class")
	if !quits(d.press("q")) {
		t.Error("q asks, though a guest loses nothing by it")
	}
	files, err := os.ReadDir(dir)
	must(t, err)
	if len(files) != 0 {
		t.Errorf("it has written %v", files)
	}
}

// A wall has room for three addresses, and says where the others are.
func TestManyAddresses(t *testing.T) {
	way := door.Way{Open: "Open to the networks of these addresses: whoever can reach one can join."}
	for _, host := range []string{"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"} {
		way.Join = append(way.Join, "ssh -p 2222 "+host)
	}
	hub := newHub(5)
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		m := newTeacher(hub, TeacherScreen{Title: "A class", Way: way, Key: "SHA256:BsOg6495mK8MEqJusj0Up8u9zfGs1HTvMfgcixoMApI"})
		d := drive(t, m, size[0], size[1], colorprofile.TrueColor)
		d.shows("10.0.0.3", "at 2 more addresses", "Open to the networks", "Nobody is here yet.", "q end the class")
		if strings.Contains(d.text(), "10.0.0.4") {
			t.Errorf("the fourth is there too:\n%s", d.text())
		}
		m.(interface{ Leave() }).Leave()
	}
}
