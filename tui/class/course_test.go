package class

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// twoWrites returns a lesson on a race that the seed decides: nothing that may
// be seen before the reveal hangs on it.
func twoWrites(t testing.TB, seed int) *lessons.Lesson {
	t.Helper()
	data, err := os.ReadFile("testdata/lesson.yaml")
	must(t, err)
	l, err := lessons.Parse("lesson.yaml", []byte(strings.ReplaceAll(string(data), "SEED", fmt.Sprint(seed))))
	must(t, err)
	return l
}

func course(t testing.TB, l *lessons.Lesson) *Course {
	t.Helper()
	c, err := newCourse(l)
	must(t, err)
	return c
}

// known returns a course of [twoWrites] in which all has been worked out, as the
// background would do: the same each time, for what is to be seen does not hang on it.
func known(t testing.TB, seed int) *Course {
	t.Helper()
	if knownCourses[seed] == nil {
		c := course(t, twoWrites(t, seed))
		for n := range c.first.Steps {
			must(t, c.Book(c.first).Prepare(t.Context(), n))
		}
		knownCourses[seed] = c
	}
	return knownCourses[seed]
}

var knownCourses = map[int]*Course{}

// A class can vote on every question of every lesson, and its votes are right
// where a lesson would say so.
func TestLessonsAsBallots(t *testing.T) {
	for _, l := range append(lessons.All(), twoWrites(t, 1)) {
		c := course(t, l)
		for n := range l.Steps {
			at := learn.At{Lesson: l, Step: n}
			q := c.Asks(at)
			if q == nil || l.Steps[n].Kind == lessons.Predict || testing.Short() && n > 3 { // a predict never tells
				continue
			}
			must(t, c.Book(l).Prepare(t.Context(), n))
			a, err := c.answer(at)
			must(t, err)
			right := 0
			for _, v := range votesOn(q, a) {
				if q.Takes(v) != nil {
					continue
				}
				run := c.Book(l).Rejoin(passedBut(l, q.Place-1, v))
				for run.At() < n && run.Next() == nil {
				}
				if _, err := run.Truth(); err != nil {
					t.Fatalf("%s, step %d, %+v: %v, at %d", l.Name, n+1, v, err, run.At())
				}
				if run.Right() != q.Right(v, a) {
					t.Errorf("%s, step %d: %q is right: the lesson says %v, the class %v", l.Name, n+1, q.Said(v.Picks, v.Number, "; "), run.Right(), q.Right(v, a))
				}
				if run.Right() {
					right++
				}
			}
			if right == 0 {
				t.Errorf("%s, step %d: no vote is right", l.Name, n+1)
			}
		}
	}
}

// votesOn returns votes of all kinds on a question, right ones among them.
func votesOn(q *Question, a *lesson.Truth) (all []lesson.Answer) {
	if q.Form == lesson.Number {
		for d := -30.; d <= 30; d++ {
			all = append(all, lesson.Answer{Number: math.Trunc(a.Number) + d, Confidence: 1})
		}
		return all
	}
	for n := range 1 << len(q.Choices) {
		all = append(all, vote(1, subset(n)...))
	}
	return all
}

// passedBut returns answers to all questions: none, but for step n.
func passedBut(l *lessons.Lesson, n int, a lesson.Answer) map[int]lesson.Answer {
	all := map[int]lesson.Answer{n: a}
	for i := range l.Steps {
		if i != n {
			all[i] = lesson.Answer{Passed: true}
		}
	}
	return all
}

func TestLessonThatNobodyCanVoteOn(t *testing.T) {
	l := twoWrites(t, 1)
	for len(l.Steps[6].Strategies) <= maxChoices {
		l.Steps[6].Strategies = append(l.Steps[6].Strategies, "naive")
	}
	if _, err := newCourse(l); err == nil || !strings.Contains(err.Error(), "step 7: 10 choices") {
		t.Errorf("ten choices: %v", err)
	}
}

// room is a wall and a student, driven by hand.
type room struct {
	t       *testing.T
	hub     *Hub
	seat    *Seat
	wall    *driven
	student *driven
}

// newRoom opens a class that takes [twoWrites].
func newRoom(t *testing.T, seed, w, h int, p colorprofile.Profile) *room {
	r := &room{t: t, hub: newHub(10)}
	c := known(t, seed)
	r.seat = join(t, r.hub, "ada")
	m := newWall(r.hub, c, TeacherScreen{Title: c.first.Title, Way: atSchool, Key: "SHA256:BsOg6495mK8MEqJusj0Up8u9zfGs1HTvMfgcixoMApI"})
	m.(*wall).lesson.Init()
	s := newStudent(r.seat, StudentScreens{Follow: c.Follow, Play: func() (tea.Model, error) { return &probe{}, nil }})
	s.Init()
	t.Cleanup(func() { m.(*wall).Leave(); s.(*student).Leave() })
	r.wall, r.student = drive(t, m, w, h, p), drive(t, s, w, h, p)
	return r
}

// asked returns a room at the first question of [twoWrites].
func asked(t *testing.T) *room {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	r.wall.press("enter", "enter")
	r.look()
	return r
}

// look lets both see what is new.
func (r *room) look() {
	r.student.look()
	r.wall.look()
}

// both lets both see what is new, and returns their screens.
func (r *room) both() string {
	r.look()
	for who, d := range map[string]*driven{"teacher": r.wall, "student": r.student} {
		for _, line := range strings.Split(d.text(), "\n") {
			if n, w := ansi.StringWidth(line), d.m.(interface{ wide() int }).wide(); n > w {
				r.t.Errorf("%s: a line of %d columns in %d", who, n, w)
			}
		}
	}
	return fmt.Sprintf("== teacher\n%s\n== student\n%s\n", trim(r.wall.text()), trim(r.student.text()))
}

// at holds where the teacher is.
func (r *room) at(step int, phase Phase) {
	r.t.Helper()
	if at, is := r.hub.Board().Phase, r.wall.m.(*wall).at.Step; at != phase || is != step {
		r.t.Fatalf("the teacher is at step %d, phase %d", is, at)
	}
}

func (m *wall) wide() int    { return m.term.Width }
func (m *student) wide() int { return m.term.Width }

// A lesson from begin to end, on the screens of a teacher and a student.
func TestLessonScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
			name := fmt.Sprintf("lesson-%dx%d.txt", size[0], size[1])
			t.Run(fmt.Sprint(name, " ", p), func(t *testing.T) {
				got := lessonStory(newRoom(t, 1, size[0], size[1], p))
				testkit.Golden(t, name, got)
			})
		}
	}
}

func lessonStory(r *room) string {
	var out strings.Builder
	bob := join(r.t, r.hub, "bob")
	scene := func(what string, teacher, student []string) {
		for _, k := range teacher {
			r.wall.press(k)
			r.both()
		}
		r.student.press(student...)
		fmt.Fprintf(&out, "==== %s\n%s", what, r.both())
	}
	keys := func(k ...string) []string { return k }
	scene("before the lesson", nil, nil)
	scene("begun", keys("enter"), nil)
	scene("asked", keys("enter"), nil)
	scene("answered", nil, keys("2", "enter", "4"))
	must(r.t, bob.Vote(1, vote(3, 2)))
	scene("closed", keys("enter"), nil)
	scene("shown", keys("enter"), nil)
	scene("asked again", keys("v"), nil)
	must(r.t, bob.Vote(1, vote(1, 1)))
	scene("answered again", nil, keys("3", "enter", "2"))
	scene("shown again", keys("enter", "enter"), nil)
	scene("before the reveal", keys("enter", "R"), nil)
	scene("revealed", keys("R", "enter"), keys("enter"))
	scene("a number", keys("enter", "enter", "enter"), keys("right"))
	scene("nobody has voted", keys("enter"), nil)
	scene("a number, shown", keys("enter", "enter"), nil)
	scene("who is here", keys("c"), nil)
	return out.String()
}

// Two lessons that differ only in what is true show the same to everybody
// until it is revealed, and something else then.
func TestNothingTrueBeforeItsTime(t *testing.T) {
	frames := func(seed int) (before, after []string) {
		r := newRoom(t, seed, 80, 24, colorprofile.ASCII)
		shot := func(keys ...string) {
			for _, k := range keys {
				r.wall.press(k)
				before = append(before, r.both())
			}
		}
		shot("enter", "enter")
		r.student.press("1", "enter", "1")
		shot("R", "R", "space", "x", "g", "1", "3", "?", "esc", "b", "enter", "R", "c", "c", "R", "enter") // closed
		shot("R", "left", "enter", "R", "v", "enter", "R", "v", "R", "R")
		r.student.press("2", "enter", "2")
		shot("enter", "R", "c", "c", "enter", "R", "v", "enter", "x", "enter", "enter", "enter", "enter")
		r.at(2, Shown)
		shot("R", "enter", "R", "enter", "R", "v", "R", "c", "enter", "R")
		r.wall.press("R")
		after = append(after, r.both())
		r.wall.press("enter")
		r.student.press("enter")
		after = append(after, r.both())
		r.wall.press("enter", "enter", "enter") // the watch, to its end, and the number
		r.both()
		r.at(4, Voting)
		shot("enter", "enter", "enter", "enter", "R")
		r.wall.press("R", "enter", "enter") // and the check
		shot("R", "R", "enter", "enter", "R", "c", "c", "v", "enter", "R", "enter", "R")
		r.at(6, Shown)
		r.wall.press("R")
		r.wall.press("enter")
		r.both()
		r.student.press("enter")
		after = append(after, r.both())
		return before, after
	}
	one, oneAfter := frames(1)
	two, twoAfter := frames(2)
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("what is true is seen before it is revealed:\n%s", diff)
	}
	for i := range oneAfter {
		if oneAfter[i] == twoAfter[i] {
			t.Errorf("what is true is not shown when it is revealed:\n%s", oneAfter[i])
		}
	}
}

// From the first close on R, twice, reveals, also before the bars are shown: of a
// prediction and of a check.
func TestRevealFromTheFirstClose(t *testing.T) {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	r.wall.press("enter", "enter", "R", "R")
	r.both()
	r.at(1, Voting)
	r.student.press("1", "enter", "4")
	r.wall.press("enter", "R", "R", "enter")
	r.both()
	r.at(2, Revealed)
	r.student.press("enter")
	r.student.shows("you said", "it is")
	for range 8 { // to the number, and past it
		r.wall.press("enter")
	}
	r.both()
	r.at(5, Shown)
	r.wall.press("R", "R", "enter")
	for range 3 {
		r.wall.press("enter")
	}
	r.both()
	r.at(6, Closed)
	r.wall.press("R", "R")
	r.both()
	r.at(6, Revealed)
}

// No key of the teacher reveals anything but R, twice.
func TestWallByAccident(t *testing.T) {
	keys := []string{"enter", "esc", "left", "right", "up", "down"}
	for k := ' '; k <= '~'; k++ {
		keys = append(keys, string(k))
	}
	for _, k := range testkit.Some(keys, 30) {
		r := asked(t)
		r.student.press("2", "enter", "4") // so that one enter closes the vote
		for range 8 {
			for _, key := range []string{"R", k} {
				if quits(r.wall.press(key)) && k != "q" {
					t.Fatalf("%q ends the class", k)
				}
				r.look()
			}
			b := r.hub.Board()
			at := r.seat.See().Step
			if k != "R" && (b.Phase == Revealed || at.Shown) {
				t.Fatalf("%q reveals", k)
			}
			if b.Phase == Voting && k == "R" && at.Shown {
				t.Fatal("R reveals while votes are taken")
			}
		}
	}
}

// Back and forth: a question is taken up as it was left.
func TestBackInALesson(t *testing.T) {
	r := asked(t)
	r.student.press("1", "enter", "1")
	for _, back := range []string{"b", "left"} {
		r.wall.press(back)
		r.both()
		r.student.shows("A colour is changed")
		if v := r.seat.See(); v.Phase != Idle {
			t.Errorf("at a step that asks nothing there is %+v", v)
		}
		r.wall.press("enter")
		r.both()
		r.wall.shows("1 of 1 have voted")
		r.student.shows("You have voted", "1 ● red")
	}
	if n := len(r.hub.ballots); n != 1 {
		t.Errorf("%d ballots on one question", n)
	}
}

// A student who was in the playground is called back by a question, and may
// go there at any time.
func TestPlaygroundInALesson(t *testing.T) {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	r.student.press("p", "x")
	r.student.shows("got x")
	r.wall.press("enter")
	r.both()
	r.student.shows("got x")
	r.wall.press("enter")
	r.both()
	r.student.shows("Which colour stays?")
	r.student.press("P", "y")
	r.student.shows("got y")
	r.student.get(childMsg{onPlay, tea.QuitMsg{}})
	r.student.shows("Which colour stays?")
	r.wall.press("enter")
	r.wall.shows("Nobody has voted yet")
	r.wall.press("enter")
	r.both()
	r.student.shows("The vote is closed.")
	r.student.press("P", "z")
	r.student.shows("got z")
}

// The playground shows no race that is asked about before it is revealed, however it
// was opened and whatever its times are, and none at all while the teacher has locked
// it.
func TestPlaygroundIsBarred(t *testing.T) {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	p := &racing{race: r.wall.m.(*wall).course.first.Steps[1].Scenario.Script.Unpinned()}
	s := r.student.m.(*student)
	s.screens = StudentScreens{Race: p.race, Play: func() (tea.Model, error) { return p, nil }}
	r.student.press("p", "x")
	r.student.shows("got x")
	r.wall.press("enter", "enter")
	r.both()
	for range 2 {
		r.student.press("P")
		r.student.shows("Which colour stays?", "after the reveal")
		r.wall.press("enter", "enter") // nobody has voted; closed
		r.both()
	}
	p.race = nil // another one is opened in it
	r.student.press("P", "y")
	r.student.shows("got y")
	p.race = r.wall.m.(*wall).course.first.Steps[1].Scenario.Script
	r.student.press("z") // and this one is made there
	r.student.shows("Which colour stays?", "after the reveal")
	r.wall.press("P", "c", "c", "P")
	r.both()
	r.wall.shows("P once more")
	if r.hub.Board().Locked {
		t.Error("one P is enough")
	}
	r.wall.press("R", "R", "enter")
	r.both()
	r.student.press("enter", "P", "w")
	r.student.shows("got w")
	r.wall.press("P", "P")
	r.both()
	r.student.press("P")
	r.student.shows("the teacher has locked the playground")
	r.wall.press("P", "P")
	r.both()
	r.student.press("P", "v")
	r.student.shows("got v")
}

// racing is a playground that says what runs in it.
type racing struct {
	probe
	race *sim.Script
}

func (p *racing) Race() *sim.Script { return p.race }
func (p *racing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := p.probe.Update(msg)
	return p, cmd
}

// Who comes late is where the teacher is; who comes again finds the answers.
func TestLateAndAgain(t *testing.T) {
	r := asked(t)
	r.student.press("2", "enter", "3")
	r.seat.Leave()
	come := func(name string) *driven {
		m := newStudent(join(t, r.hub, name), StudentScreens{Follow: r.wall.m.(*wall).course.Follow})
		m.Init()
		return drive(t, m, 80, 24, colorprofile.ASCII)
	}
	bob := come("bob")
	bob.shows("Which colour stays?", "1 ○ red", "enter answer")
	ada := come("ada")
	ada.shows("You have voted", "2 ● green")
	r.wall.press("enter", "enter", "enter", "R", "R", "enter")
	for _, d := range []*driven{ada, bob} {
		d.look()
		d.press("enter")
	}
	ada.shows("you said", "green", "fairly sure", "✓ right")
	bob.shows("it is", "green")
	carol := come("carol")
	carol.press("enter")
	carol.shows("it is", "green")
	again := come("ada 2")
	again.press("enter")
	if strings.Contains(again.text(), "you said") {
		t.Error("somebody else's answer is shown")
	}
}

// A vote that came too late is none, and does not look like one.
func TestTooLateInALesson(t *testing.T) {
	r := asked(t)
	r.student.press("2", "enter")
	r.wall.press("enter", "enter") // the student's screen does not know yet
	r.student.press("4")
	r.student.shows("the vote is closed")
	if v := r.seat.See(); v.Voted {
		t.Error("it counts")
	}
	r.wall.press("enter", "enter", "R", "R", "enter")
	r.both()
	r.student.press("enter")
	if text := r.student.text(); !strings.Contains(text, "it is") || strings.Contains(text, "you said") {
		t.Errorf("a vote that does not count is shown:\n%s", text)
	}
}

// The ballots say of which lesson and step they are.
func TestLessonInCSV(t *testing.T) {
	r := asked(t)
	r.student.press("2", "enter", "3")
	r.wall.press("enter", "enter", "enter", "R", "R")
	var out strings.Builder
	must(t, r.hub.writeCSV(&out, false))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := "1,1,two-writes,2,Two writes,Which colour stays?,green,3,green,yes,"
	if len(lines) != 2 || !strings.HasPrefix(lines[1], want) {
		t.Errorf("the ballots are %q", lines)
	}
}

// TestLeavingALesson: one that was begun by mistake is left by esc, twice: nothing is
// asked any more, and whoever follows waits for the next.
func TestLeavingALesson(t *testing.T) {
	r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
	r.wall.press("enter", "enter", "esc")
	if r.at(1, Voting); !strings.Contains(r.both(), "esc once more leaves the lesson, for everybody") {
		t.Errorf("one esc says nothing:\n%s", r.wall.text())
	}
	r.wall.press("left", "right", "esc", "b", "esc")
	r.at(0, Idle)
	r.wall.press("enter", "esc", "esc")
	text := r.both()
	if v := r.hub.Overview(nil); v.Step.Lesson != nil || v.Phase != Idle {
		t.Errorf("after esc twice the class is at %+v, phase %d", v.Step, v.Phase)
	}
	for _, want := range []string{"enter begin", "The lost click", "When the teacher begins the lesson"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	r.wall.press("enter")
	if r.at(0, Idle); !strings.Contains(r.both(), "1 of ") {
		t.Errorf("no lesson has begun:\n%s", r.student.text())
	}
}
