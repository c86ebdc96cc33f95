package class

import (
	"math/bits"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// tour takes a class through the catalogue: ada is right in all, bob is wrong, and cy
// says that he does not know. All are looked at in windows of several sizes.
type tour struct {
	*testing.T
	hub    *Hub
	course *Course
	wall   *driven
	seats  []*Seat
	pupils []*driven
	looks  int
}

// Lessons of the catalogue (with PHOTOFINISH_ALL all of them) can be taken by a class, by
// right, by wrong and by no answers; nothing is shown before R, R; enter leads from each
// to the next; and all that a frame has to have is there, in windows of several sizes.
func TestClassTakesTheCatalogue(t *testing.T) {
	names := lessons.Names()
	first, err := lessons.Find(names[0])
	must(t, err)
	r := &tour{T: t, hub: newHub(10), course: course(t, first)}
	w := newWall(r.hub, r.course, TeacherScreen{Title: first.Title})
	w.(*wall).lesson.Init()
	t.Cleanup(w.(*wall).Leave)
	for _, name := range []string{"ada", "bob", "cy"} {
		seat := join(t, r.hub, name)
		s := newStudent(seat, StudentScreens{Follow: r.course.Follow})
		s.Init()
		t.Cleanup(s.(*student).Leave)
		r.seats, r.pupils = append(r.seats, seat), append(r.pupils, drive(t, s, 80, 24, colorprofile.ASCII))
	}
	r.wall = drive(t, w, 120, 40, colorprofile.ASCII)
	r.press("enter")
	n := testkit.Size(8, 3)
	if testkit.All() {
		n = len(names)
	}
	for _, name := range names[:n] {
		if at := r.at(); at.Lesson.Name != name || at.Step != 0 {
			t.Fatalf("the class is at step %d of %s, and not in %s", at.Step+1, at.Lesson.Name, name)
		}
		r.take(r.at().Lesson)
		r.press("enter")
	}
}

func (r *tour) at() learn.At { return r.wall.m.(*wall).at }

// press presses keys of the teacher's, and lets all see what is new.
func (r *tour) press(keys ...string) {
	for _, k := range keys {
		if cmd := r.wall.press(k); k == "q" && quits(cmd) {
			r.Fatal("the class ends")
		}
		for _, p := range r.pupils {
			p.look()
		}
		r.wall.look()
	}
}

// take takes a lesson to its end.
func (r *tour) take(l *lessons.Lesson) {
	r.Helper()
	for n := range l.Steps {
		must(r, r.course.Book(l).Prepare(r.Context(), n)) // what the background would do
	}
	for n := range l.Steps {
		if at := r.at(); at.Step != n {
			r.Fatalf("%s: the class is at step %d, not %d", l.Name, at.Step+1, n+1)
		}
		switch s := &l.Steps[n]; s.Kind {
		case lessons.Predict, lessons.Check:
			r.vote(l, n)
			if s.Kind == lessons.Check {
				r.reveal(l, n)
			}
		case lessons.Reveal:
			r.reveal(l, n)
		case lessons.Break, lessons.Mend:
			r.try(l, n)
		}
		for range 4 {
			if r.at().Step == n {
				r.look(l, n, true)
				r.press("enter")
			}
		}
	}
	for _, p := range r.pupils {
		if got := flat(p); !strings.Contains(got, strings.Join(strings.Fields(l.Remember), " ")) {
			r.Errorf("%s: nobody is told what to remember:\n%s", l.Name, p.text())
		}
	}
}

func flat(d *driven) string { return strings.Join(strings.Fields(d.text()), " ") }

// tells returns the step at which the answer to step n is told, -1 if none.
func tells(l *lessons.Lesson, n int) int {
	if l.Steps[n].Kind == lessons.Check {
		return n
	}
	return slices.IndexFunc(l.Steps, func(s lessons.Step) bool { return s.Kind == lessons.Reveal && s.Of == n })
}

// vote lets all answer the question of a step, and shows how they have voted.
func (r *tour) vote(l *lessons.Lesson, n int) {
	r.Helper()
	q, answer, told := r.course.Asks(r.at()), &lesson.Truth{}, tells(l, n)
	if told >= 0 {
		a, err := r.course.answer(learn.At{Lesson: l, Step: told})
		must(r, err)
		answer = a
	}
	r.look(l, n, false)
	r.pupils[2].press("i")
	for i, p := range r.pupils[:2] {
		v, found := lesson.Answer{}, false
		for _, v = range candidates(q) {
			if found = told < 0 || q.Right(v, answer) == (i == 0); found {
				break
			}
		}
		if !found {
			r.Fatalf("%s, step %d: there is no such answer, right %v", l.Name, n+1, i == 0)
		}
		p.press(keysOf(q, v)...)
		got := r.seats[i].See()
		if !got.Voted || !slices.Equal(got.Mine.Picks, v.Picks) || got.Mine.Number != v.Number || got.Mine.Confidence != 4 {
			r.Fatalf("%s, step %d: %v became %+v:\n%s", l.Name, n+1, v, got.Mine, p.text())
		}
	}
	r.accidents(l, n)
	r.secrets(l, n, r.look(l, n, false))
	for _, phase := range testkit.Size([]Phase{Closed, Shown, Voting, Closed, Shown}, []Phase{Closed, Shown}) {
		if r.press(map[bool]string{true: "v", false: "enter"}[phase == Voting]); phase == Voting {
			r.voteAgain()
		}
		if got := r.hub.Board().Phase; got != phase {
			r.Fatalf("%s, step %d: phase %d, not %d", l.Name, n+1, got, phase)
		}
		r.secrets(l, n, r.look(l, n, false))
	}
}

// candidates are votes on a question.
func candidates(q *Question) (all []lesson.Answer) {
	if q.Form == lesson.Number {
		for v := q.Low; v <= q.High; v += q.Step {
			all = append(all, lesson.Answer{Number: v, Confidence: 4})
		}
		return all
	}
	for n := range 1 << len(q.Choices) {
		if v := vote(4, subset(n)...); q.Takes(v) == nil {
			all = append(all, v)
		}
	}
	return all
}

// subset returns the places of the ones in a number.
func subset(n int) (picks []int) {
	for i := range bits.Len(uint(n)) {
		if n>>i&1 != 0 {
			picks = append(picks, i)
		}
	}
	return picks
}

// keysOf are the keys by which a student votes so.
func keysOf(q *Question, v lesson.Answer) (keys []string) {
	if q.Form == lesson.Number {
		for range int((q.High-q.Low)/q.Step/10 + 1) {
			keys = append(keys, "down")
		}
		for range int((v.Number - q.Low) / q.Step) {
			keys = append(keys, "right")
		}
	}
	if q.Form == lesson.Number && v.Number == q.Low {
		keys = append(keys, "left") // it is theirs, also where it cannot go on
	}
	for _, i := range v.Picks {
		keys = append(keys, string(rune('1'+i)))
	}
	if q.Form == lesson.Some && len(v.Picks) == 0 {
		keys = append(keys, "0")
	}
	return append(keys, "enter", "4")
}

// accidents presses what reveals nothing, and holds that it does not.
func (r *tour) accidents(l *lessons.Lesson, n int) {
	r.Helper()
	r.press("R", "x", "R", "g", "R", "c", "R", "?", "esc", "R", "n", "R", "q", "esc")
	if r.at().Step != n || r.at().Shown || r.hub.Board().Phase == Revealed {
		r.Fatalf("%s, step %d: revealed by accident, or left", l.Name, n+1)
	}
	say := strings.Join(strings.Fields(l.Steps[n].Say), " ")
	if told := tells(l, n); l.Steps[n].Asks() && told >= 0 {
		say = strings.Join(strings.Fields(l.Steps[told].Say), " ")
	}
	for _, d := range append([]*driven{r.wall}, r.pupils...) {
		if screen := flat(d); strings.Contains(screen, "it is ") && strings.Contains(screen, "you said") || say != "" && strings.Contains(screen, say) {
			r.Fatalf("%s, step %d: told too early:\n%s", l.Name, n+1, d.text())
		}
	}
}

// reveal reveals: ada was right, and bob was not.
func (r *tour) reveal(l *lessons.Lesson, n int) {
	r.Helper()
	r.accidents(l, n)
	r.press("R", "R")
	if b := r.hub.Board(); b.Phase != Revealed || b.Right != 1 || b.Misled != 1 {
		r.Fatalf("%s, step %d: phase %d, %d right, %d sure and wrong", l.Name, n+1, b.Phase, b.Right, b.Misled)
	}
	for _, p := range r.pupils {
		p.press("enter")
	}
	r.wall.press("enter") // to its end
	r.look(l, n, true)
	for i, p := range r.pupils[:2] {
		screen := flat(p)
		if right := strings.Contains(screen, "✓ right") || strings.Contains(screen, "✓ near enough"); right != (i == 0) || !strings.Contains(screen, "you said") {
			r.Errorf("%s, step %d: right is %v:\n%s", l.Name, n+1, right, p.text())
		}
	}
}

// try lets all say that nobody can break it, or choose; then it is revealed.
func (r *tour) try(l *lessons.Lesson, n int) {
	r.Helper()
	if l.Steps[n].Kind == lessons.Break {
		for _, p := range r.pupils {
			p.press("n", "4")
			p.shows("You said: nobody can make it lose", "The teacher shows")
		}
	}
	r.accidents(l, n)
	r.secrets(l, n, r.look(l, n, true))
	r.press("R", "R")
	r.look(l, n, true)
	if !r.at().Shown {
		r.Fatalf("%s, step %d: R, R does not reveal", l.Name, n+1)
	}
	for _, p := range r.pupils {
		if screen := flat(p); strings.Contains(screen, "The teacher shows") || l.Steps[n].Kind == lessons.Break && !strings.Contains(screen, "You are right") && !strings.Contains(screen, "It can be broken") {
			r.Errorf("%s, step %d: it is not told:\n%s", l.Name, n+1, p.text())
		}
	}
}

// Who loses is told of what a client has read by itself too.
func TestWhichLoseOfErrands(t *testing.T) {
	s, err := scenarios.Find("members-flash")
	if err != nil {
		t.Fatal(err)
	}
	got, err := whichLose(s, []strategies.Entry{testkit.Strategy(t, "naive")}).Answer(t.Context())
	if want := "naive: f·u1 does not show u1, confirmed before: reads lag behind."; err != nil || got.Says != want {
		t.Errorf("it says %q, want %q (%v)", got.Says, want, err)
	}
}
