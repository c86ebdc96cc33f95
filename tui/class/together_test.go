package class

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/tui/class/host"
	"photofinish/tui/clock"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/learn"
)

// lessonHall is a class over SSH that takes a lesson, and its teacher at a
// terminal.
func lessonHall(t testing.TB, l *lessons.Lesson, screen func(c *Course, s *Seat) tea.Model) (*hall, *pupil) {
	c := course(t, l)
	if screen == nil {
		screen = takes
	}
	h := openAt(t, inMemory(), host.Limits{}, func(s *Seat) tea.Model { return screen(c, s) }, func(h *hall) tea.Model {
		return newConsole(h.hub, ConsoleScreen{Title: c.first.Title, Word: h.srv.Word, Course: c})
	})
	return h, h.desk(c)
}

func takes(c *Course, s *Seat) tea.Model {
	return newStudent(s, StudentScreens{Follow: c.Follow})
}

// tty is a terminal of this machine: a program that does not own it leaves it to the
// system to begin a new line on the left.
type tty struct{ *pupil }

func (t tty) Write(b []byte) (int, error) {
	t.pupil.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
	return len(b), nil
}

// desk runs the teacher's screen as its program does.
func (h *hall) desk(c *Course) *pupil {
	m := newWall(h.hub, c, TeacherScreen{Title: c.first.Title})
	p := &pupil{t: h.t, course: c, screen: vt.NewEmulator(120, 40), news: make(chan struct{}, 1)}
	go io.Copy(io.Discard, p.screen)
	ctx, end := context.WithCancel(context.Background())
	root := &clock.Sleeping{Model: m, FPS: clock.FPS}
	in, hold := io.Pipe()
	program := tea.NewProgram(root, tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithInput(in), tea.WithOutput(tty{p}),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithWindowSize(120, 40), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	root.Runs(program)
	p.keys = hold
	var running sync.WaitGroup
	running.Go(func() { program.Run() })
	h.t.Cleanup(func() {
		end()
		hold.Close()
		running.Wait()
		m.(*wall).Leave()
		p.screen.InputPipe().(io.Closer).Close()
	})
	return p
}

// all lets all students do something at once.
func all(students []*pupil, do func(i int, p *pupil)) {
	var wait sync.WaitGroup
	for i, p := range students {
		wait.Go(func() { do(i, p) })
	}
	wait.Wait()
}

// A class with many clients and a console goes through a whole lesson: all follow, all
// vote, once again too, all see what is true when it is revealed and nobody
// before, and all leave. With PHOTOFINISH_ALL they are a hundred.
func TestClassTakesALesson(t *testing.T) { bubble(t, classTakesALesson) }

func classTakesALesson(t *testing.T) {
	n := testkit.Size(20, 4)
	if testkit.All() {
		n = 100
	}
	h, teacher := lessonHall(t, twoWrites(t, 1), nil)
	start, cpu := time.Now(), spent()
	step := func(what string) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Logf("%-12s %6.2f s, %5.2f s of processor, %3d MiB in use", what, time.Since(start).Seconds(), (spent() - cpu).Seconds(), m.HeapInuse>>20)
		start, cpu = time.Now(), spent()
	}
	students := make([]*pupil, n)
	all(students, func(i int, _ *pupil) { students[i] = h.enter(fmt.Sprint("student ", i), 80, 24) })
	everybody := append([]*pupil{teacher}, students...)
	sees := func(words ...string) { all(students, func(_ int, p *pupil) { p.sees(words...) }) }
	forbid := func(words string) { all(everybody, func(_ int, p *pupil) { p.forbid(words) }) }
	sees("You are here as")
	teacher.sees(fmt.Sprint(n, " here"))
	step("come")
	console := h.sit(h.dial(host.Teacher, gossh.Password(h.srv.Word())))
	console.sees(fmt.Sprint(n, " here"))
	step("console")

	quarter := frame.Tally{Votes: n, Bars: []frame.Bar{{Votes: n / 4}}}
	forbid("It hangs on the way") // stands beside what is true
	teacher.types("\r")
	sees("A colour is changed")
	teacher.types("\r")
	sees("Which colour stays?", "enter answer")
	step("follow")
	all(students, func(i int, p *pupil) { // 1 to 4 in turn, as sure as 1 to 4
		p.types(fmt.Sprintf("%d\r%d", 1+i%4, 1+i/4%4))
		p.sees("You have voted")
	})
	teacher.sees(fmt.Sprintf("%d of %d have voted", n, n))
	console.sees(fmt.Sprintf("round 1: %d of %d have voted", n, n), "truth", "green")
	step("vote")
	teacher.types("\r")
	sees("The vote is closed.")
	teacher.types("\r")
	sees("You said:", quarter.Share(0))
	teacher.sees(quarter.Share(0), "vote again")
	if diff := cmp.Diff([]int{n / 4, n / 4, n / 4, n / 4}, votesOf(h.hub, 0)); diff != "" {
		t.Error(diff)
	}
	teacher.types("v")
	sees("Once more", "enter answer")
	all(students, func(i int, p *pupil) { // after the discussion: nobody says 1
		p.types(fmt.Sprintf("%d\r%d", max(1+i%4, 2), 4))
		p.sees("You have voted")
	})
	teacher.sees(fmt.Sprintf("%d of %d have voted, for the second time", n, n))
	teacher.types("\r")
	sees("The vote is closed.")
	teacher.types("\r")
	sees("before " + quarter.Share(0))
	if diff := cmp.Diff([]int{0, n / 2, n / 4, n / 4}, votesOf(h.hub, 1)); diff != "" {
		t.Error(diff)
	}
	console.sees("sure and wrong", "1 ╲ 2")
	step("vote again")

	teacher.types("\r")
	teacher.sees("R twice")
	teacher.types("R")
	teacher.sees("R once more")
	forbid("")
	teacher.types("R")
	all(students, func(i int, p *pupil) {
		p.skips("you said", "it is      green", "It hangs on the way", [2]string{"not yet", "✓ right"}[ink.One(max(1+i%4, 2) == 2)])
	})
	teacher.sees(fmt.Sprintf("%d of %d right, %d sure and wrong", n/2, n, n/2))
	step("look")

	forbid("One for each click")
	teacher.skips("It hangs on the way")
	teacher.types("\r")
	sees("Once more.")
	teacher.skips("enter go on")
	teacher.types("\r")
	sees("How many messages", "enter answer")
	all(students, func(i int, p *pupil) { p.types("\x1b[C\x1b[D\r3"); p.sees("You have voted") })
	teacher.types("\r")
	sees("The vote is closed.")
	teacher.types("\r")
	sees("You said:")
	teacher.types("\r")
	teacher.sees("R twice")
	forbid("")
	teacher.types("RR")
	all(students, func(_ int, p *pupil) { p.skips("you said", "One for each click") })
	step("a number")

	forbid("Here too")
	teacher.skips("One for each click")
	teacher.types("\r")
	sees("Which of these lose?", "enter done")
	all(students, func(i int, p *pupil) { p.types("1\r4"); p.sees("You have voted") })
	teacher.sees(fmt.Sprintf("%d of %d have voted", n, n))
	teacher.types("\r")
	sees("The vote is closed.")
	teacher.types("\r")
	teacher.sees("R twice")
	forbid("")
	teacher.types("RR")
	all(students, func(_ int, p *pupil) { p.skips("✓ right", "Here too") })
	teacher.skips("Here too")
	teacher.types("\r")
	sees("remember", "The last to leave may be the first to land.")
	step("a check")

	all(students, func(_ int, p *pupil) {
		p.types("q")
		if err := p.leaves(); err != nil {
			t.Errorf("somebody leaves with %v", err)
		}
	})
	until(t, "all are gone", func() bool { return len(h.hub.Board().Members) == 0 })
	step("leave")
}

// votesOf returns how many have voted for each choice in a round of what is
// asked now.
func votesOf(h *Hub, round int) (all []int) {
	for _, b := range h.Board().Tallies[round].Bars {
		all = append(all, b.Votes)
	}
	return all
}

// Windows of all sizes take part in a lesson, as far as they can show it.
func TestLessonInAnyWindow(t *testing.T) { bubble(t, lessonInAnyWindow) }

func lessonInAnyWindow(t *testing.T) {
	testkit.Long(t, "a lesson in windows that come to have another size: not in short mode")
	h, teacher := lessonHall(t, twoWrites(t, 1), nil)
	small, usual, none := h.enter("small", 60, 16), h.enter("usual", 80, 24), h.enter("none", 0, 0)
	teacher.sees("3 here")
	teacher.types("\r")
	small.sees("A colour is changed")
	teacher.types("\r")
	for _, p := range []*pupil{small, usual} {
		p.sees("Which colour stays?", "enter answer")
		p.types("2\r4")
		p.sees("You have voted")
	}
	none.types("2\r4P")
	teacher.sees("2 of 3 have voted")
	none.mu.Lock()
	none.screen.Resize(80, 24)
	none.mu.Unlock()
	must(t, none.session.WindowChange(24, 80))
	none.sees("Which colour stays?", "enter answer")
	none.types("1\r1")
	teacher.sees("3 of 3 have voted")
	for range 3 {
		teacher.types("\r")
	}
	teacher.sees("R twice")
	teacher.types("RR")
	for _, p := range []*pupil{small, usual, none} {
		p.skips("you said", "it is", "green")
	}
}

// torn is a lesson that panics where the teacher asks.
type torn struct{ tea.Model }

func (b torn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if at, is := msg.(learn.At); is && at.Step == 1 {
		panic("this lesson is torn")
	}
	next, cmd := b.Model.Update(msg)
	return torn{next}, cmd
}

// A lesson that breaks in one session goes on in all others.
func TestLessonBreaksForOne(t *testing.T) { bubble(t, lessonBreaksForOne) }

func lessonBreaksForOne(t *testing.T) {
	h, teacher := lessonHall(t, twoWrites(t, 1), func(c *Course, s *Seat) tea.Model {
		follow := c.Follow
		if s.Name() == "mallory" {
			follow = func(s *Seat) tea.Model { return torn{c.Follow(s)} }
		}
		return newStudent(s, StudentScreens{Follow: follow})
	})
	mallory, ada := h.enter("mallory", 80, 24), h.enter("ada", 80, 24)
	teacher.sees("2 here")
	teacher.types("\r")
	mallory.sees("A colour is changed")
	ada.sees("A colour is changed")
	teacher.types("\r")
	mallory.sees("This session broke")
	mallory.leaves()
	ada.sees("Which colour stays?")
	ada.types("2\r4")
	teacher.sees("1 of 1 have voted")
}
