package class

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/tui/class/host"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// consoleOf opens the console of a room, at a time that stands still.
func consoleOf(t *testing.T, r *room, w, h int) *driven {
	m := newConsole(r.hub, ConsoleScreen{Title: "Two writes", Way: atSchool, Word: func() string { return "abcdefgh" }, Course: r.wall.m.(*wall).course}).(*console)
	m.now = func() time.Time { return r.hub.since.Add(100 * time.Second) }
	t.Cleanup(m.Leave)
	return drive(t, m, w, h, colorprofile.ASCII)
}

// see lets the console see what is new, with what is true.
func (d *driven) see() {
	m := d.m.(*console)
	if cmd := m.look(); cmd != nil {
		d.get(cmd())
	}
}

// typed lets the wall take what was pressed at the console.
func (r *room) typed() {
	for len(r.hub.pressed) > 0 {
		r.wall.press((<-r.hub.pressed).String())
	}
	r.both()
}

// The console of a lesson, at all sizes: it drives the wall, and says what the class
// must not see.
func TestConsoleScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
		c := consoleOf(t, r, size[0], size[1])
		bob, carol := join(t, r.hub, "bob"), join(t, r.hub, "carol")
		var out strings.Builder
		scene := func(what string, keys ...string) {
			for _, k := range keys {
				c.press(k)
				r.typed()
			}
			r.hub.began, r.hub.closedAt = r.hub.since, r.hub.since
			c.see()
			fmt.Fprintf(&out, "== %s\n%s\n", what, trim(c.text()))
		}
		scene("before the lesson")
		scene("asked", "enter", "enter")
		r.student.press("2", "enter", "4")
		must(t, bob.Vote(1, vote(4, 2)))
		scene("two have voted")
		scene("shown", "enter", "enter")
		must(t, carol.hub.Again())
		r.both()
		r.student.press("2", "enter", "4")
		must(t, bob.Vote(1, vote(2, 1)))
		must(t, carol.Vote(1, vote(1, 3)))
		scene("shown again", "enter", "enter")
		scene("R once", "R")
		scene("revealed", "R")
		scene("the checks", "k")
		if text := out.String(); strings.Contains(text, "ada") || strings.Contains(text, "carol") {
			t.Error("names are shown")
		}
		r.at(2, Revealed)
		testkit.Golden(t, fmt.Sprintf("console-%dx%d.txt", size[0], size[1]), out.String())
	}
}

// The teacher comes with a key, once, or from this machine; nobody else is the teacher.
func TestTeacherByKey(t *testing.T) { bubble(t, teacherByKey) }

func teacherByKey(t *testing.T) {
	h := openAt(t, inMemory(), host.Limits{}, nil, func(h *hall) tea.Model { return newConsole(h.hub, ConsoleScreen{Title: "a class"}) })
	with := func(user, word string) (*gossh.Client, error) {
		if word == "" {
			return h.dial(user)
		}
		return h.dial(user, gossh.Password(word))
	}
	key := h.srv.Word()
	if !regexp.MustCompile(`^[a-z]{8}$`).MatchString(key) {
		t.Errorf("the key is %q", key)
	}
	for _, c := range [][2]string{{"teacher", ""}, {"Teacher", ""}, {" TEACHER ", "abcdefgh"}, {"teacher", "x" + key}} {
		if client, err := with(c[0], c[1]); err == nil {
			client.Close()
			t.Errorf("%q comes in with %q", c[0], c[1])
		}
	}
	first := h.sit(with("teacher", key))
	first.sees("teacher", "a class")
	if again, err := with("teacher", key); err == nil {
		again.Close()
		t.Error("a key opens two consoles")
	}
	second := h.sit(with("teacher", strings.ToUpper(h.srv.Word())))
	first.sees("open somewhere else now")
	second.sees("has taken its place")
	first.leaves()
	if n := len(h.hub.Board().Members); n != 0 {
		t.Errorf("%d students", n)
	}
	for _, name := range []string{"teacher", "Teacher 2", " tea\u200bcher", "TEACHER"} {
		if got := join(t, newHub(9), name).Name(); got != "student" {
			t.Errorf("%q sits as %q", name, got)
		}
	}
	if got := cleanName("teachers"); got != "teachers" {
		t.Errorf("teachers are %q", got)
	}
}

// sit opens a terminal on a connection.
func (h *hall) sit(c *gossh.Client, err error) *pupil {
	h.t.Helper()
	must(h.t, err)
	p, err := h.attach(c, 80, 24)
	must(h.t, err)
	h.t.Cleanup(p.hangUp)
	return p
}

// From this machine the console needs no key: its socket is for this account alone.
func TestTeacherHere(t *testing.T) {
	h := openAt(t, inMemory(), host.Limits{}, nil, func(h *hall) tea.Model { return newConsole(h.hub, ConsoleScreen{Title: "a class"}) })
	dir, err := os.MkdirTemp("", "pf") // the path of a socket is short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "class-2222.sock")
	must(t, os.WriteFile(path, nil, 0o644)) // of a class that is gone
	end, err := h.srv.Here(dir, ":2222")
	must(t, err)
	info, err := os.Lstat(path)
	must(t, err)
	if info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("it is %v", info.Mode())
	}
	if all, _ := filepath.Glob(filepath.Join(dir, "*")); len(all) != 1 {
		t.Errorf("there are %q", all)
	}
	conn, err := net.Dial("unix", path)
	must(t, err)
	c, chans, reqs, err := gossh.NewClientConn(conn, path, &gossh.ClientConfig{User: host.Teacher, HostKeyCallback: gossh.FixedHostKey(h.key)})
	must(t, err)
	p := h.sit(gossh.NewClient(c, chans, reqs), nil)
	p.sees("teacher", "a class")
	p.client.Close()
	end()
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("the socket is left: %v", err)
	}
}

// How far a class is with a break, in the order of time, and only of those who are at it.
func TestDoing(t *testing.T) {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	ada, bob := r.seat, join(t, r.hub, "bob")
	must(t, r.hub.Turn(learn.At{Lesson: r.wall.m.(*wall).course.first, Step: 3}, nil))
	bob.Do(3, Done)
	bob.Do(3, learn.GivenUp) // it has been done
	ada.Do(2, Done)          // elsewhere
	ada.Do(3, learn.GivenUp)
	ada.Do(3, learn.Doubting)
	v := r.hub.Overview(nil)
	if v.Doing != [4]int{0, 1, 1, 0} || len(v.Done) != 1 || v.Finished != 2 {
		t.Errorf("%+v %v, %d are done", v.Doing, v.Done, v.Finished)
	}
	ada.Do(3, Done)
	if v = r.hub.Overview(nil); len(v.Done) != 2 || v.Done[0] > v.Done[1] {
		t.Errorf("%v", v.Done)
	}
	must(t, r.hub.Turn(learn.At{Lesson: r.wall.m.(*wall).course.first, Step: 4}, nil))
	if v = r.hub.Overview(nil); v.Finished != 0 {
		t.Error("another step begins where the last has ended")
	}
}

// Of both checks only those count who took both.
func TestBothChecks(t *testing.T) {
	h := newHub(9)
	ada, bob := join(t, h, "ada"), join(t, h, "bob")
	check := func(name string, votes map[*Seat]int) {
		q := choices
		q.Lesson, q.Place = name, 1
		must(t, h.Turn(learn.At{}, &q))
		for s, pick := range votes {
			must(t, s.Vote(s.See().Ballot, vote(1, pick)))
		}
		must(t, h.Close())
		must(t, h.Reveal(&lesson.Truth{Picks: []int{1}}))
	}
	check(lessons.FirstCheck, map[*Seat]int{ada: 0, bob: 1})
	check(lessons.LastCheck, map[*Seat]int{ada: 1})
	got := h.Checks(lessons.FirstCheck, lessons.LastCheck, func(_ string, _ int, a lesson.Answer) bool { return a.Picks[0] == 1 })
	if len(got) != 1 || got[0] != (Pair{choices.Ask, 0, 1, 1}) {
		t.Errorf("%+v", got)
	}
}

// Both checks as one picture: six pairs of bars, also in the least window.
func TestPictureOfTheChecks(t *testing.T) {
	first, err := lessons.Find(lessons.FirstCheck)
	must(t, err)
	last, err := lessons.Find(lessons.LastCheck)
	must(t, err)
	c, h := course(t, first), newHub(9)
	ada, bob, carol := join(t, h, "ada"), join(t, h, "bob"), join(t, h, "carol")
	for _, l := range []*lessons.Lesson{first, last} {
		for n := range l.Steps {
			at := learn.At{Lesson: l, Step: n}
			q := c.Asks(at)
			if q == nil {
				continue
			}
			must(t, c.Book(l).Prepare(t.Context(), n))
			truth, err := c.answer(at)
			must(t, err)
			must(t, h.Turn(at, q))
			knows := lesson.Answer{Picks: truth.Picks, Number: truth.Number, Confidence: 2}
			for s, says := range map[*Seat]lesson.Answer{ada: knows, bob: lesson.DoNotKnow(), carol: knows} {
				if l == last && s == bob && n%2 == 0 {
					says = knows
				}
				if l == first || s != carol {
					must(t, s.Vote(s.See().Ballot, says))
				}
			}
			must(t, h.Close())
			must(t, h.Reveal(truth))
		}
	}
	var out strings.Builder
	w := newWall(h, c, TeacherScreen{}).(*wall)
	defer w.Leave()
	w.over, w.begun, w.at = nothing, true, learn.At{Lesson: last, Step: len(last.Steps) - 1}
	wd := drive(t, w, 80, 24, colorprofile.ASCII)
	if wd.press("k"); strings.Contains(wd.text(), "before █") {
		t.Errorf("the wall says before the end how the class did:\n%s", wd.text())
	}
	w.at.Step++
	if wd.press("k"); strings.Count(wd.text(), "before █") != 6 || strings.Count(wd.text(), "after  █") != 6 {
		t.Errorf("no pairs on the wall:\n%s", wd.text())
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		m := newConsole(h, ConsoleScreen{Course: c}).(*console)
		m.now = func() time.Time { return h.since }
		d := drive(t, m, size[0], size[1], colorprofile.ASCII)
		d.press("k")
		if n := strings.Count(d.text(), "before █"); n != 6 || strings.Count(d.text(), "after  █") != 6 {
			t.Errorf("%v: %d pairs", size, n)
		}
		h.began = h.since
		d.see()
		fmt.Fprintf(&out, "== %v\n%s\n", size, trim(d.text()))
		m.Leave()
	}
	testkit.Golden(t, "checks.txt", out.String())
}

// TestLongAnswers: two answers that begin alike are told apart.
func TestLongAnswers(t *testing.T) {
	h := newHub(9)
	q := Question{Question: lesson.Question{Ask: "Which?", Form: lesson.Some, Choices: []string{"many connections to a server", "one worker", "two workers"}}}
	must(t, h.Ask(q))
	for name, picks := range map[string][]int{"ada": {0, 1}, "bob": {0, 2}} {
		s := join(t, h, name)
		must(t, s.Vote(s.See().Ballot, lesson.Answer{Picks: picks, Confidence: 2}))
	}
	m := newConsole(h, ConsoleScreen{}).(*console)
	defer m.Leave()
	d := drive(t, m, 80, 24, colorprofile.ASCII)
	for _, want := range []string{"many connections to a server + one worker", "many connections to a server + two workers"} {
		if !strings.Contains(d.text(), want) {
			t.Errorf("there is no %q in\n%s", want, d.text())
		}
	}
}
