package class

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// windows are what frames are looked at in: a lesson has no room in the last two.
var windows = [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}, {30, 8}, {45, 12}}

// windowsOf returns those in which somebody's screen is looked at, the wall's (0) or a
// student's: each time another one, and in a full run of the students two each, so that
// all three together are looked at in all of them. With PHOTOFINISH_ALL everybody is.
func (r *tour) windowsOf(who int) (some [][2]int) {
	n := testkit.Size(2, 1)
	if testkit.All() {
		n = len(windows)
	}
	for i := range n {
		some = append(some, windows[(r.looks+who*n+i)%len(windows)])
	}
	return some
}

// look looks at all screens of the class, holds that each has what it has to have, and
// returns what is to be read on them. While a question is open or its votes are, all that
// is known of it has to stand there.
func (r *tour) look(l *lessons.Lesson, n int, told bool) string {
	r.Helper()
	q := r.course.Asks(r.at())
	if told {
		q = nil
	}
	var all strings.Builder
	for i, d := range append([]*driven{r.wall}, r.pupils...) {
		who := []string{"the wall", "ada", "bob", "cy"}[i]
		for _, size := range r.windowsOf(i) {
			d.get(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			text := d.text()
			fmt.Fprintln(&all, text)
			for _, fault := range faults(text, i, size, &l.Steps[n], q) {
				r.Errorf("%s, step %d, %s at %v, phase %d: %s:\n%s", l.Name, n+1, who, size, r.hub.Board().Phase, fault, text)
			}
		}
		d.get(tea.WindowSizeMsg{Width: 120, Height: 40}) // that of the rest of the tour
	}
	r.looks++
	return strings.Join(strings.Fields(all.String()), " ")
}

// beyond says what of a frame lies beyond its window.
func beyond(text string, size [2]int) (all []string) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) > size[1] {
		all = append(all, fmt.Sprint(len(lines), " lines"))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > size[0] {
			all = append(all, fmt.Sprintf("line %d has %d columns", i+1, w))
		}
	}
	return all
}

// faults says what a frame of a step lacks, of the wall (0) or of a student; the question
// is that which is voted on, nil if none is.
func faults(text string, who int, size [2]int, s *lessons.Step, q *Question) (all []string) {
	if all = beyond(text, size); size[0] < minWidth {
		return all
	}
	lines := strings.Split(strings.TrimRight(text, "\n "), "\n")
	if foot := lines[len(lines)-1]; !strings.Contains(foot, "? help") || strings.Contains(foot, "…") {
		all = append(all, "the foot")
	}
	if q == nil {
		return all
	}
	has := func(what, word string) {
		if !strings.Contains(text, word) {
			all = append(all, fmt.Sprintf("%s: no %q", what, word))
		}
	}
	if large := who == 0 && size[0] >= 80; !large {
		has("the question", strings.Join(strings.Fields(q.Ask)[:2], " "))
	}
	drawn := s.Answer == lessons.Odds || s.Answer == lessons.Possible || s.Answer == lessons.RaceFree // by luck, or all orders
	for i := range s.Scenario.Script.Actions {
		a := &s.Scenario.Script.Actions[i]
		has("a click", " "+a.Label()+" ")
		if !drawn && a.Up >= 0 && a.Down >= 0 {
			up, down := tell.Rounded(a.Up), tell.Rounded(a.Down)
			if short := up + "↑ " + down + "↓ ms"; !strings.Contains(text, short) {
				has("latencies", up+" ms up, "+down+" ms back")
			}
		}
	}
	for i := range q.Pages {
		if i == 0 || q.Form == lesson.Some && len(s.Worlds) == 0 {
			has("what has been told", strings.Join(strings.Fields(q.Pages[i].Told)[:2], " "))
		}
	}
	return all
}

// voteAgain lets all say the same once more.
func (r *tour) voteAgain() {
	r.pupils[0].press("enter", "4")
	r.pupils[1].press("enter", "4")
	r.pupils[2].press("i")
	r.press("x") // which means nothing
}

// secrets holds that frames from before a reveal have no verdict, odds, rule or what is
// true in them.
func (r *tour) secrets(l *lessons.Lesson, n int, frames string) {
	r.Helper()
	at, step := learn.At{Lesson: l, Step: n}, &l.Steps[n]
	q := r.course.Asks(at)
	if q == nil {
		return
	}
	truth, err := r.course.answer(at)
	must(r, err)
	told := strings.Join(append(step.Lines, q.Ask+strings.Join(q.Choices, " ")), " ")
	holds := func(what, text string) {
		text = strings.Join(strings.Fields(tell.Clean(text)), " ")
		if len(text) > 12 && !strings.Contains(told, text) && strings.Contains(frames, text) {
			r.Errorf("%s, step %d: %s is seen before the reveal: %q", l.Name, n+1, what, text)
		}
	}
	holds("what is true", truth.Says)
	for i := range truth.Lanes {
		f := &truth.Lanes[i]
		holds("what decided", f.Says)
		if !step.Rule {
			holds("the rule", lesson.Entry(f.Strategy).Rule)
		}
		if f.Odds != nil {
			holds("odds", tell.Grouped(f.Odds.Bad())+" of "+tell.Grouped(f.Odds.Trials))
		}
		if f.Orders != nil {
			holds("orders", f.Orders.Says())
		}
	}
	for _, verdict := range []string{"as you said", "something else", "not yet", "you were right"} {
		if strings.Contains(frames, verdict) {
			r.Errorf("%s, step %d: a verdict is seen before the reveal: %q", l.Name, n+1, verdict)
		}
	}
}
