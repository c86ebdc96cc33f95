package learn

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/tui/clock"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// everyKind is a lesson that has a step of every kind, the same one each time.
func everyKind(t testing.TB) *lessons.Lesson {
	t.Helper()
	l, err := readEveryKind()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var readEveryKind = sync.OnceValues(func() (*lessons.Lesson, error) {
	const path = "testdata/every-kind.yaml"
	data, err := scenarios.ReadFile(path, "lesson")
	if err != nil {
		return nil, err
	}
	return lessons.Parse(path, data)
})

// Each kind of step, as it looks.
func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		at := "-" + itoa(size[0]) + "x" + itoa(size[1]) + ".txt"
		r := read(t, Options{Lesson: everyKind(t)}, size[0], size[1])
		shot := func(name string, keys ...string) {
			t.Helper()
			r.press(keys...)
			testkit.Golden(t, name+at, r.look())
		}
		shot("tell")
		r.to(1)
		r.m.page.(*watch).move(time.Second)
		shot("watch")
		r.to(2)
		shot("predict", "1", "3")
		shot("sure", "enter")
		shot("reveal", "4", "enter")
		r.to(4)
		shot("slider", "right")
		shot("odds", "enter", "1", "enter")
		shot("curve", "enter", "right")
		r.to(6)
		shot("clicks", "left", "left", "h")
		for range 60 {
			r.press("left")
		}
		shot("broken")
		r.to(7)
		shot("network", "1")
		shot("network-sure", "n")
		shot("nobody", "4")
		r.to(8)
		shot("mend", "enter")
		shot("mended", "down", "down", "+", "enter")
		r.to(9)
		shot("explain", "down")
		r.to(10)
		shot("check", "4", "enter", "2", "enter")
		shot("end", "enter")
		shot("help", "?")
	}
}

// For a wall: the same, large.
func TestPresentScreens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		at := "-" + itoa(size[0]) + "x" + itoa(size[1]) + ".txt"
		r := read(t, Options{Lesson: everyKind(t), Present: true}, size[0], size[1])
		testkit.Golden(t, "wall-tell"+at, r.look())
		r.press("enter", "enter", "enter", "1", "5")
		testkit.Golden(t, "wall-predict"+at, r.look())
		r.press("enter")
		testkit.Golden(t, "wall-closed"+at, r.look())
		r.press("R", "R", "enter")
		testkit.Golden(t, "wall-reveal"+at, r.look())
	}
}

// The list, at first and later.
func TestContents(t *testing.T) {
	r := read(t, Options{State: t.TempDir()}, 80, 24)
	r.sees("minutes, a few at a time", "enter begin")
	first := shelf()[0]
	r.press("enter")
	r.sees(first.Title)
	r.press("enter", "esc")
	r.sees("step 2 of", "enter go on")
	r.press("enter")
	r.through(false)
	r.sees("next: " + shelf()[1].Title)
	r.press("esc")
	r.sees("1 of " + itoa(len(shelf())) + " done")
	r.press("up", "down", "enter")
	r.sees(shelf()[1].Title)
}

// asks lists the steps of a lesson that ask something.
func asks(l *lessons.Lesson) (all []int) {
	for i := range l.Steps {
		if k := l.Steps[i].Kind; k == lessons.Predict || k == lessons.Check {
			all = append(all, i)
		}
	}
	return all
}

// at returns a reader who has come to step n.
func at(t testing.TB, l *lessons.Lesson, n int, o Options) *reader {
	o.Lesson = l
	r := read(t, o, 120, 40)
	r.to(n)
	return r
}

// to goes on to step n, and passes what is asked before it.
func (r *reader) to(n int) {
	for r.m.run.At() < n {
		r.m.run.Pass()
		r.m.run.Next()
	}
	r.do(r.m.turn())
}

// blankAt returns a reader at step n for whom nothing is worked out.
func blankAt(t testing.TB, l *lessons.Lesson, n int) *reader {
	r := read(t, Options{Book: lesson.Open}, 120, 40)
	r.idle = true
	r.do(r.m.open(l, true))
	r.to(n)
	if r.m.run.Book().Ready(n) {
		t.Fatalf("%s, step %d is worked out", l.Name, n+1)
	}
	return r
}

// While nothing has been answered no screen shows what is true: it is the same
// whether that has been worked out or not, and says none of its words.
func TestNothingIsRevealed(t *testing.T) {
	for _, l := range testkit.Part(shelf(), testkit.Size(8, 2)) {
		for _, n := range asks(l) {
			truth := truthOf(t, l, n)
			known := at(t, l, n, Options{})
			blank := blankAt(t, l, n)
			for _, keys := range [][]string{{}, {"1"}, {"2", "down"}, {"left"}, {"up"}, {"enter"}, {"3"}, {"esc"}, {"?"}, {"x"}, {"enter"}} {
				for _, r := range []*reader{known, blank} {
					if keys != nil && r.m.run.At() == n && !isAnswered(r.m) {
						r.press(keys...)
					}
				}
				if isAnswered(known.m) {
					break
				}
				a, b := known.m.View().Content, blank.m.View().Content
				if a != b {
					t.Fatalf("%s, step %d, after %v: the screen depends on what is true:\n%s\n%s", l.Name, n+1, keys, a, b)
				}
				if truth != nil {
					saysNothing(t, known, truth)
				}
			}
		}
	}
}

func isAnswered(m *Model) bool { _, ok := m.run.Answered(); return ok }

// saysNothing checks that none of the words of a truth is on the screen.
func saysNothing(t testing.TB, r *reader, truth *lesson.Truth) {
	t.Helper()
	if r.m.over != nil {
		return // the help says how to read what is not there
	}
	screen := strings.Join(strings.Fields(r.m.term.Canvas.String()), " ")
	words := []string{"you said", "✓ right", "not yet", "▲ here", "△", "decided", " ✗ ", " ✓ "}
	for i := range truth.Lanes {
		f := &truth.Lanes[i]
		words = append(words, f.Says)
		if f.Orders != nil {
			words = append(words, f.Orders.Says())
		}
	}
	if q := r.m.run.Question(); q != nil && !slices.Contains(q.Choices, truth.Says) {
		words = append(words, truth.Says)
	}
	for _, w := range words {
		if w != "" && strings.Contains(screen, w) && !strings.Contains(r.m.run.Question().Ask, w) {
			t.Fatalf("%q is shown before the answer:\n%s", w, r.m.term.Canvas.String())
		}
	}
}

// On a wall no key but R, and that twice, shows what is true.
func TestWallRevealsNothingByAccident(t *testing.T) {
	all := []string{"enter", "space", "r", "1", "2", "left", "up", "down", "tab", "x", "g", "n", "h", "?", "esc", "q"}
	for _, l := range testkit.Part(shelf(), testkit.Size(5, 1)) {
		for _, n := range asks(l) {
			var shown []At
			r := at(t, l, n, Options{Present: true, Moved: func(a At) { shown = append(shown, a) }})
			truth := truthOf(t, l, n)
			for _, k := range append(all, all...) {
				for _, key := range []string{"R", k} { // R, but not twice
					if r.m.run == nil || r.m.run.At() > n+1 || r.m.run.Over() {
						break
					}
					r.press(key)
				}
				if r.m.run == nil || r.m.run.At() > n+1 || r.m.run.Over() {
					break
				}
				if truth != nil && r.m.run.Question() != nil && r.m.run.At() == n {
					saysNothing(t, r, truth)
				}
			}
			for _, a := range shown {
				if a.Shown {
					t.Fatalf("%s, step %d was revealed by accident", l.Name, a.Step+1)
				}
			}
		}
	}
}

// R, twice, reveals.
func TestWallReveals(t *testing.T) {
	var moved []At
	l := everyKind(t)
	r := at(t, l, 3, Options{Present: true, Moved: func(a At) { moved = append(moved, a) }})
	r.sees("R twice: reveal")
	r.press("R")
	r.sees("R once more: reveal")
	r.press("1", "R", "enter")
	r.sees("R twice: reveal")
	r.press("R", "R", "enter")
	r.sees("hold-outgoing: u2 never left", "Two of them had no id yet.")
	if last := moved[len(moved)-1]; last != (At{l, 3, true}) {
		t.Errorf("the class is told %v", last)
	}
	r.press("enter")
	if r.m.run.At() != 4 {
		t.Error("enter does not go on")
	}
	check := at(t, l, 10, Options{Present: true})
	check.press("R", "R", "enter")
	check.sees("u2 never left", "As before.")
	broken := at(t, l, 7, Options{Present: true})
	broken.press("R", "R")
	broken.sees("So it is: nobody can")
}

// A student follows the teacher, and no further.
func TestFollows(t *testing.T) {
	l := everyKind(t)
	var votes []lesson.Answer
	r := read(t, Options{Follows: true, Answered: func(_ int, a lesson.Answer) error { votes = append(votes, a); return nil }}, 80, 24)
	r.sees("The teacher has not begun yet.")
	go1 := func(a At) { t.Helper(); r.do(r.m.route(a)); r.look() }
	go1(At{Lesson: l})
	r.sees("You press create")
	r.press("enter", "enter")
	r.sees("the teacher goes on")
	go1(At{Step: 2})
	r.sees("Which of these pages lose")
	choices := r.m.run.Question().Choices
	naive, hold := slices.Index(choices, "naive"), slices.Index(choices, "hold-outgoing")
	r.press("enter")
	r.sees("tick one, or 0: none of them")
	r.press(itoa(naive+1), "enter", "4")
	r.press(itoa(hold+1), "enter", "3")
	both := []int{min(naive, hold), max(naive, hold)}
	said := choices[both[0]] + ", " + choices[both[1]]
	if len(votes) != 2 || !slices.Equal(votes[1].Picks, both) || votes[1].Confidence != 3 {
		t.Errorf("the votes are %v", votes)
	}
	r.sees("may change it until")
	go1(At{Step: 3})
	r.sees("You said: " + said + ".")
	r.press("enter", "R", "R", "enter")
	r.sees("The teacher shows")
	go1(At{Step: 3, Shown: true})
	r.press("enter")
	r.sees("you said "+said, "✓ right")
	go1(At{Step: 2})
	go1(At{Step: 10})
	r.press("1", "enter", "1")
	r.sees("may change it until")
	go1(At{Step: 10, Shown: true})
	r.press("enter")
	r.sees("not yet")
	go1(At{Step: 99})
	r.sees("remember")
	if len(votes) != 3 {
		t.Errorf("%d votes", len(votes))
	}
}

// Time plays by itself, and where nothing moves nothing is asked for.
func TestClock(t *testing.T) {
	r := at(t, everyKind(t), 1, Options{})
	m := r.m
	m.clock = clock.Clock{}
	if m.playing() == nil || m.playing() != nil {
		t.Fatal("one tick is awaited at a time")
	}
	p := m.page.(*watch)
	now := time.Unix(0, 0)
	for range 1000 {
		was := p.now
		now = now.Add(clock.Frame)
		m.Update(clock.Tick{N: m.clock.N, At: now})
		if p.over() {
			break
		}
		if p.now <= was {
			t.Fatal("time stands still")
		}
	}
	if !p.over() || m.playing() != nil {
		t.Error("it does not come to rest")
	}
	r.press("space")
	m.clock = clock.Clock{}
	if m.Update(clock.Tick{N: -1, At: now}); p.now != 0 {
		t.Error("an old tick moves time")
	}
	r.press("?")
	if m.playing() != nil {
		t.Error("time goes on behind the help")
	}
}

// Whatever the terminal's colours, the text is the same; without colours there
// are none.
func TestColours(t *testing.T) {
	for n := range everyKind(t).Steps {
		r := at(t, everyKind(t), n, Options{})
		r.press("enter")
		want := strings.TrimRight(r.look(), "\n")
		for _, d := range []ink.Depth{ink.NoColour, ink.Colours16, ink.TrueColour} {
			for _, light := range []bool{false, true} {
				text := r.m.term.Canvas.Render(ink.NewTheme(d, light))
				lines := strings.Split(ansi.Strip(text), "\n")
				for i := range lines {
					lines[i] = strings.TrimRight(lines[i], " ")
				}
				if got := strings.TrimRight(strings.Join(lines, "\n"), "\n"); got != want {
					t.Errorf("step %d, depth %d: the text differs", n+1, d)
				}
				if d == ink.NoColour && (strings.Contains(text, ";3") || strings.Contains(text, ";4")) {
					t.Errorf("step %d: colours without colour", n+1)
				}
			}
		}
	}
}

// anyKey lists the keys that do something, and some that do not; the first is
// the one that goes on.
var anyKey = []string{"enter", "space", "up", "down", "left", "right", "shift+left", "1", "2", "3", "4", "9", "b", "h", "n", "g", "z", "r", "R", "a", "esc", "tab", "+", "[", "]", "?", "x", ",", "k", "j", "backspace", "pgdown"}

// Any keys at all, in any window, in any lesson: it never breaks, and never
// shows too much.
func TestAnyKeys(t *testing.T) { testkit.Random(t, anyKeys) }

func anyKeys(t *testing.T, rnd *rand.Rand) {
	sizes := [][2]int{{0, 0}, {60, 16}, {80, 24}, {250, 255}}
	all := append(slices.Clone(shelf()), everyKind(t))
	for n := range testkit.Sample(28, 12, 4) {
		size := sizes[n%len(sizes)]
		r := read(t, Options{Lesson: all[rnd.IntN(len(all))], Present: rnd.IntN(3) == 0}, size[0], size[1])
		for range 150 {
			r.press(anyKey[max(rnd.IntN(len(anyKey)+2)-2, 0)])
			if rnd.IntN(40) == 0 {
				r.m.route(tea.WindowSizeMsg{Width: rnd.IntN(210), Height: rnd.IntN(60)})
				r.fits()
			}
		}
	}
}

// The same for keys that somebody looks for: few at a time, so that a great many
// are tried.
func FuzzKeys(f *testing.F) {
	for _, walk := range []string{"", "\x00\x00", "\x00\x00\x07\x09\x00\x0a", "\x00\x19\x02\xff\x00", "\x01\x05\x04\x15\x10"} {
		f.Add([]byte(walk), uint8(80), uint8(24), false)
		f.Add([]byte(walk), uint8(60), uint8(16), true)
	}
	f.Add([]byte("\x00"), uint8(0), uint8(0), false)
	f.Add([]byte("\x00"), uint8(250), uint8(255), true)
	l := everyKind(f)
	testkit.Fuzz(f, func(t *testing.T, typed []byte, w, h uint8, present bool) {
		r := read(t, Options{Lesson: l, Present: present}, int(w), int(h))
		for _, b := range typed[:min(len(typed), 60)] {
			if b < 240 {
				r.press(anyKey[int(b)%len(anyKey)])
				continue
			}
			r.m.route(tea.WindowSizeMsg{Width: int(b-240) * 14, Height: int(b-240) * 4})
			r.fits()
		}
	})
}

// A model that is left works on nothing any more.
func TestLeave(t *testing.T) {
	r := at(t, everyKind(t), 4, Options{Book: lesson.Open})
	r.press("q")
	if !r.quit || r.m.ctx.Err() != context.Canceled {
		t.Error("it goes on working")
	}
}

// BenchmarkNew is what a start costs before the first frame, but for reading
// the lessons, which is done once.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Options{}).View()
	}
}

// BenchmarkFrame is a frame with six lanes in it.
func BenchmarkFrame(b *testing.B) {
	r := at(b, everyKind(b), 2, Options{})
	r.press("1", "enter", "4", "enter")
	r.m.term.Width, r.m.term.Height = 200, 50
	for b.Loop() {
		r.m.View()
	}
}

// BenchmarkShelf reads all shipped lessons.
func BenchmarkShelf(b *testing.B) {
	for b.Loop() {
		lessons.All()
	}
}

// Every question can be answered in the smallest window: its choices are
// there, and the four degrees of confidence.
func TestQuestionsFit(t *testing.T) {
	for _, l := range testkit.Some(shelf(), 5) {
		for _, n := range asks(l) {
			r := at(t, l, n, Options{})
			r.m.term.Width, r.m.term.Height = minWidth, minHeight
			for _, c := range r.m.run.Question().Choices {
				r.sees(string([]rune(c)[:min(len([]rune(c)), 40)]))
			}
			r.press("1", "right", "enter")
			r.sees("You say: ", "1 a guess", "2 not sure", "3 fairly sure", "4 certain")
		}
	}
}

// Clicks may change places, where a mend allows it.
func TestReorder(t *testing.T) {
	r := at(t, everyKind(t), 8, Options{})
	p := r.m.page.(*mending)
	r.press("]")
	if !slices.Equal(p.order, []int{2, 1}) {
		t.Fatalf("the order is %v", p.order)
	}
	r.sees("u2 update name", "◂c1▸")
	r.press("enter")
	if p.last == nil || !slices.Equal(p.last.Order, []int{2, 1}) {
		t.Error("the order was not tried")
	}
	r.press("[", "[")
	if p.order != nil {
		t.Errorf("the old order is %v", p.order)
	}
	r.press("tab", "]")
}

// Behind a wrong answer the question can be looked at again, and what is right then is no
// more on the list; where it was is where one comes back to.
func TestLookAgain(t *testing.T) {
	r := read(t, Options{State: t.TempDir()}, 80, 24)
	i := slices.IndexFunc(shelf(), func(l *lessons.Lesson) bool { return l.Name == "crossing" })
	r.do(r.m.open(shelf()[i], true))
	r.press("enter", "3", "enter", "4", "enter", "enter", "3", "enter", "4", "enter")
	r.sees("it is Ada Byron", "you had “sent first lands first”", "△", "40 ms less on u1's way up, and it would end well.", "l look again")
	if n := len(r.m.again()); n != 1 {
		t.Fatalf("%d to look at again", n)
	}
	r.press("space")
	p := r.m.page.(*reveal)
	if now := p.twin.now; !p.moving() {
		t.Error("the run that was turned does not play")
	} else if p.move(time.Second); p.twin.now <= now {
		t.Error("time does not pass in it")
	}
	r.press("enter")
	r.sees("naive turned", "u1's way up 150 → 110 ms", "u1 lands with u2, and first", "another way (1 of")
	for _, at := range []struct {
		width  int
		beside bool
	}{{119, false}, {120, true}, {200, true}} { // below the first, or beside it
		wide := tea.WindowSizeMsg{Width: at.width, Height: 40}
		r.do(func() tea.Msg { return wide })
		first := regexp.MustCompile(`naive as asked.*naive turned`)
		if text := r.look(); first.MatchString(text) != at.beside || strings.Contains(text, "↑ ↓ lane") == at.beside {
			t.Errorf("at %d columns:\n%s", at.width, text)
		}
		if at.beside {
			r.sees("Messages that cross", "△ seen", "u1's way up 150 → 110 ms", "another way (1 of")
		}
	}
	r.do(func() tea.Msg { return tea.WindowSizeMsg{Width: 80, Height: 24} })
	r.press("tab", "enter")
	r.sees("another way (2 of")
	r.press("esc", "l")
	r.sees("1 of 2", "Which name does the server keep?")
	r.press("2", "enter", "4", "enter")
	r.sees("✓ right")
	r.press("enter")
	r.sees("2 of 2", "Which one does the server keep?")
	r.press("i", "enter")
	r.sees("you did not know")
	r.press("enter")
	r.sees("5 of 15", "it is Ada Byron")
	if n := len(r.m.again()); n != 0 {
		t.Errorf("%d to look at again", n)
	}
}

// An order that not all lose in is one of several, and tab shows the next.
func TestOneOrderAfterTheOther(t *testing.T) {
	l, err := lessons.Parse("", []byte("name: a\ntitle: A\nminutes: 3\nremember: b\nsteps:\n"+
		"  - predict: {ask: Who?, answer: possible, strategies: [naive, polling, merged-updates], scenario: {name: b, steps: [{at: 0, do: create, set: {n: 1}}, {at: 10ms, do: update, set: {n: 2}}, {at: 20ms, do: update, set: {n: 3}}]}}\n  - reveal: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, Options{Lesson: l, Book: lesson.Open}, 80, 24)
	r.press("0", "enter", "1", "enter")
	r.sees("tab another order (1 of 2)")
	r.press("tab")
	r.sees("tab another order (2 of 2)")
}

// The end of a lesson names its exercises: not to a student of a class, nor to whoever
// takes a lesson of their own.
func TestEndNamesExercises(t *testing.T) {
	l, err := lessons.Find("failures")
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []struct {
		lesson  *lessons.Lesson
		follows bool
		named   bool
	}{{l, false, true}, {l, true, false}, {everyKind(t), false, false}} {
		r := at(t, of.lesson, len(of.lesson.Steps), Options{Follows: of.follows})
		r.m.page = &ending{}
		if text := r.look(); strings.Contains(text, "photofinish exercise after-a-no, or try-again.") != of.named {
			t.Errorf("%s, in a class %v:\n%s", of.lesson.Name, of.follows, text)
		}
	}
}

// Behind a question about odds stand other networks, and one comes back to it.
func TestSpread(t *testing.T) {
	testkit.Long(t, "90,000 trials: not in short mode")
	r := at(t, everyKind(t), 4, Options{})
	r.press("right", "enter", "1", "enter", "N")
	r.sees("on other networks", "this network", "120 ms, always", "enter back")
	for range 9 {
		r.press("-")
	}
	r.sees("▶ 120 ms, always")
	r.press("enter")
	r.sees("you said", "N other networks")
}

// The run that was turned, of a script of two clients: below the first, or beside it.
func TestTurnedOfTwoClients(t *testing.T) {
	l, err := lessons.Find("two-tabs")
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 50}} {
		r := read(t, Options{Lesson: l, Book: lesson.Open}, size[0], size[1])
		turns := func() bool {
			p, is := r.m.page.(*reveal)
			if is && p.playback != nil {
				r.press("enter") // to its end
			}
			return is && p.playback != nil && len(p.ways()) > 0
		}
		for !turns() && !r.m.run.Over() {
			if r.m.run.Step().Asks() {
				r.m.run.Pass()
			}
			r.m.run.Next()
			r.do(r.m.turn())
		}
		r.press("space", "enter")
		if p, is := r.m.page.(*reveal); !is || p.twin == nil {
			t.Fatalf("%v: no run is turned:\n%s", size, r.look())
		}
		testkit.Golden(t, "turned-"+itoa(size[0])+"x"+itoa(size[1])+".txt", r.look())
	}
}
