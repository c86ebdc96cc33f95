package learn

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// shared keeps what has been worked out for all tests.
var shared = struct {
	sync.Mutex
	books map[*lessons.Lesson]*lesson.Book
}{books: map[*lessons.Lesson]*lesson.Book{}}

func bookOf(l *lessons.Lesson) *lesson.Book {
	shared.Lock()
	defer shared.Unlock()
	if shared.books[l] == nil {
		shared.books[l] = lesson.Open(l)
	}
	return shared.books[l]
}

// reader is somebody at the keyboard. What the model asks for is done before
// the next key, and the clock stands still.
type reader struct {
	testing.TB
	m        *Model
	lines    []string // of the last frame
	measured int      // the width of its window
	idle     bool     // nothing is done of what the model asks for
	unknown  bool     // they answer that they do not know
	quit     bool
}

func read(t testing.TB, o Options, w, h int) *reader {
	t.Helper()
	if o.Book == nil {
		o.Book = bookOf
	}
	r := &reader{TB: t, m: New(o)}
	t.Cleanup(r.m.Leave)
	r.m.term.Width, r.m.term.Height = w, h
	r.do(r.m.begin())
	return r
}

// do does what the model has asked for.
func (r *reader) do(cmd tea.Cmd) {
	if cmd == nil || r.idle {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		r.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			r.do(c)
		}
	default:
		r.do(r.m.route(msg))
	}
}

var special = map[string]rune{"space": tea.KeySpace, "left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp}

func keyPress(name string) tea.KeyPressMsg {
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: special[rest], Mod: tea.ModShift}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if r, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: r}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// press sends keys, and looks at the screen after each.
func (r *reader) press(keys ...string) {
	r.Helper()
	for _, k := range keys {
		r.do(r.m.route(keyPress(k)))
		r.m.playing() // asks for a tick that nobody waits for
		r.fits()
	}
}

// look draws the screen and says what it shows.
func (r *reader) look() string {
	r.Helper()
	r.fits()
	return r.m.term.Canvas.String()
}

// fits draws the screen and checks that it is no larger than the window.
func (r *reader) fits() {
	r.Helper()
	lines := strings.Split(r.m.View().Content, "\n")
	if len(lines) > max(r.m.term.Height, 1) {
		r.Fatalf("%d lines in a window of %d", len(lines), r.m.term.Height)
	}
	for i, line := range lines {
		if i < len(r.lines) && r.lines[i] == line && r.measured == r.m.term.Width {
			continue // it has been measured
		}
		if n := ansi.StringWidth(line); n > r.m.term.Width {
			r.Fatalf("line %d is %d wide in a window of %d: %q", i, n, r.m.term.Width, line)
		}
	}
	r.lines, r.measured = lines, r.m.term.Width
}

// sees checks that the screen shows some texts.
func (r *reader) sees(texts ...string) {
	r.Helper()
	screen := strings.Join(strings.Fields(r.look()), " ")
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			r.Fatalf("the screen does not show %q:\n%s", text, r.m.term.Canvas.String())
		}
	}
}

// truthOf works out what is true of a step, without the model.
func truthOf(t testing.TB, l *lessons.Lesson, n int) *lesson.Truth {
	t.Helper()
	book := bookOf(l)
	if err := book.Prepare(context.Background(), n); err != nil {
		t.Fatal(err)
	}
	run := book.Resume(lesson.State{})
	for run.At() < n {
		run.Pass()
		if err := run.Next(); err != nil {
			t.Fatal(err)
		}
	}
	run.Pass()
	if run.Step().Kind == lessons.Predict {
		run.Next()
	}
	truth, err := run.Truth()
	if err != nil {
		return nil // a prediction that is never told
	}
	return truth
}

// through takes the open lesson to its end, right or wrong in all of it.
func (r *reader) through(right bool) {
	r.Helper()
	for steps := 0; !r.m.run.Over(); steps++ {
		if steps > 100 {
			r.Fatalf("it does not end:\n%s", r.look())
		}
		at := r.m.run.At()
		r.step(right)
		if r.m.run.At() != at+1 {
			r.Fatalf("step %d of %s does not go on:\n%s", at+1, r.m.run.Book().Lesson.Name, r.look())
		}
	}
}

// step takes the present step.
func (r *reader) step(right bool) {
	r.Helper()
	l, n := r.m.run.Book().Lesson, r.m.run.At()
	switch s := &l.Steps[n]; s.Kind {
	case lessons.Tell, lessons.Explain:
		r.press("enter")
	case lessons.Watch:
		r.press("space", "right", "shift+right", "left", "enter", "enter")
	case lessons.Predict:
		r.answer(truthOf(r, l, n), right)
	case lessons.Check:
		r.answer(truthOf(r, l, n), right)
		r.told()
	case lessons.Reveal:
		r.told()
	case lessons.Break:
		r.breaks(truthOf(r, l, n), right)
	case lessons.Mend:
		r.mends(truthOf(r, l, n), right)
	}
}

// told reads a reveal to its end.
func (r *reader) told() {
	r.Helper()
	r.press("enter") // to the end of the story
	r.sees("you said", "it is")
	at := r.m.run.At()
	for range 2 {
		if r.press("enter"); r.m.run.At() != at {
			return
		}
	}
}

// answer answers a question, rightly or wrongly, after a change of mind.
func (r *reader) answer(t *lesson.Truth, right bool) {
	r.Helper()
	if r.unknown {
		r.press("i")
		return
	}
	q := r.m.run.Question()
	a := lesson.Answer{Confidence: 4}
	switch {
	case q.Form == lesson.Number:
		want := q.Low
		if t != nil && (right || t.Number <= q.Within+q.Step) {
			want = t.Number
		}
		if t != nil && !right && want == t.Number {
			want = q.High
		}
		for range 2000 {
			page := r.m.page.(*asking)
			switch d := want - page.draft.Number; {
			case d >= 10*q.Step:
				r.press("up")
			case d <= -10*q.Step:
				r.press("down")
			case d >= q.Step/2+0.01:
				r.press("right")
			case d <= -q.Step/2-0.01:
				r.press("left")
			case !page.draft.Moved:
				r.press("right", "left") // it says nothing by itself
			default:
				r.press("enter", "esc", "enter", "4")
				return
			}
		}
		r.Fatal("the slider does not get there")
	case t == nil:
	case right:
		a.Picks = t.Picks
	default:
		for i := range q.Choices { // the opposite, or another one
			if !slices.Contains(t.Picks, i) && (q.Form == lesson.Some || len(a.Picks) == 0) {
				a.Picks = append(a.Picks, i)
			}
		}
	}
	if len(a.Picks) == 0 && q.Form == lesson.One {
		a.Picks = []int{0}
	}
	for _, p := range a.Picks {
		r.press(itoa(p + 1))
	}
	if len(a.Picks) == 0 {
		r.press("enter") // says nothing
		r.press("0")
	}
	r.press("enter", "esc", "enter", "down", "down", "down", "enter")
}

// breaks breaks a strategy, or says that nobody can; or the wrong one of both.
func (r *reader) breaks(t *lesson.Truth, right bool) {
	r.Helper()
	free := t.Lanes[0].Orders.RaceFree()
	if free == right {
		r.press("n", "up", "esc", "n", "4")
		if right {
			r.sees("You are right: ")
		} else {
			r.sees("It can be broken")
		}
		r.press("enter")
		return
	}
	page := r.m.page.(*breaking)
	if !right { // it cannot be broken: they try, and give up
		for range len(r.m.run.Step().Hints) {
			r.press("h")
		}
		r.press("g")
		r.sees("So it is: ")
		r.press("enter")
		return
	}
	if page.step.By == lessons.Clicks {
		r.shift(page)
	} else {
		r.network(page)
	}
	r.sees("You have broken it")
	r.press("enter")
}

// shift moves clicks towards each other until the strategy loses.
func (r *reader) shift(p *breaking) {
	r.Helper()
	for _, k := range []string{"left", "right"} {
		for range len(p.g.Script().Actions) {
			for range 100 {
				if r.press(k); p.g.Broken() {
					return
				}
			}
			r.press("r", "tab")
		}
	}
	r.Fatal("no click breaks it")
}

// network lets messages arrive so that the strategy loses.
func (r *reader) network(p *breaking) {
	r.Helper()
	for !p.g.Broken() {
		moves, found := len(p.g.Moves()), false
		for i := range min(moves, 9) {
			r.press(itoa(i + 1))
			if bad, _, _ := p.g.Outlook(); bad > 0 {
				found = true
				break
			}
			r.press("z")
		}
		if !found {
			r.Fatalf("no message breaks it:\n%s", r.look())
		}
	}
}

// mends chooses what holds, or tries what does not and gives up.
func (r *reader) mends(t *lesson.Truth, right bool) {
	r.Helper()
	p := r.m.page.(*mending)
	to := func(i int) {
		for p.at != i {
			r.press("down")
		}
	}
	if right {
		if len(t.Picks) == 0 {
			r.Fatal("nothing that is offered holds")
		}
		to(t.Picks[0])
		r.press("enter")
		r.sees("It holds")
		r.press("enter")
		return
	}
	for i := range p.names {
		if !slices.Contains(t.Picks, i) && len(p.tried) < 2 {
			to(i)
			r.press("enter")
		}
	}
	for range len(r.m.run.Step().Hints) {
		r.press("h")
	}
	if slices.ContainsFunc(r.m.bindings(), func(b binding) bool { return b.Help().Key == "g" }) {
		r.press("g")
	}
	r.press("enter")
}

// Every lesson can be taken to its end, right and wrong, in some window or other, and
// without colours; with PHOTOFINISH_ALL in each.
func TestEveryLesson(t *testing.T) {
	testkit.Alone(t)
	type way struct {
		name  string
		right bool
		w, h  int
		depth ink.Depth
	}
	ways := []way{ // taken in turn
		{"right", true, 80, 24, ink.TrueColour},
		{"wrong", false, 80, 24, ink.NoColour},
		{"do not know", false, 80, 24, ink.TrueColour},
		{"right-60", true, 60, 16, ink.Colours16},
		{"wrong-120", false, 120, 40, ink.Colours16},
		{"do not know-60", false, 60, 16, ink.NoColour},
		{"right-120", true, 120, 40, ink.NoColour},
		{"wrong-200", false, 200, 50, ink.TrueColour},
	}
	for k, l := range testkit.Some(shelf(), 4) {
		n := testkit.Size(2, 1)
		if testkit.All() {
			n = len(ways)
		}
		for i := range n {
			o := ways[(k+i)%len(ways)]
			t.Run(l.Name+"/"+o.name, func(t *testing.T) {
				r := read(t, Options{Lesson: l}, o.w, o.h)
				r.m.term.Depth = o.depth
				r.unknown = strings.HasPrefix(o.name, "do not know")
				r.through(o.right)
				r.sees(strings.Join(strings.Fields(clean(l.Remember)), " "))
				for _, q := range r.m.run.Marks() {
					told := l.Steps[q.Step].Kind != lessons.Predict || truthOf(t, l, q.Step) != nil
					if asks := l.Steps[q.Step].Kind; r.unknown && (asks == lessons.Predict || asks == lessons.Check) && (!q.Unknown || q.Confidence != 0 || len(q.Is) > 0) {
						t.Errorf("step %d: %+v of who does not know", q.Step+1, q)
					}
					if told && (!q.Known || q.Right != o.right) {
						t.Errorf("step %d: right %v, known %v", q.Step+1, q.Right, q.Known)
					}
				}
			})
		}
	}
}
