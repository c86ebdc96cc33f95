package class

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/tui/class/host"
	"photofinish/tui/frame"
	"photofinish/tui/lesson"
)

// Many real clients at once: all vote, twice, the distribution is right, and all leave
// cleanly. TestClassTakesALesson has fewer of them in a short run, who do the same.
func TestHundred(t *testing.T) {
	testkit.Long(t, "many clients without a lesson: not in short mode")
	n := 20 // from then on shares are shown
	if testkit.All() {
		n = 100
	}
	t.Parallel()
	h := openTCP(t, host.Limits{}, nil)
	pupils := make([]*pupil, n)
	defer func() {
		for _, p := range pupils {
			if p != nil {
				p.hangUp()
			}
		}
	}()
	var all sync.WaitGroup
	each := func(do func(i int, p *pupil)) {
		t.Helper()
		for i, p := range pupils {
			all.Go(func() { do(i, p) })
		}
		all.Wait()
		if t.Failed() {
			t.FailNow()
		}
	}
	each(func(i int, _ *pupil) {
		p, err := h.tryEnter(fmt.Sprint("student", i), 80, 24)
		if err != nil {
			t.Error(err)
			return
		}
		pupils[i] = p
		p.sees(fmt.Sprintf("You are here as student%d.", i))
	})
	must(t, h.hub.Ask(choices))
	each(func(i int, p *pupil) {
		p.sees("Who wins?")
		p.types(fmt.Sprint(1+i%3, 1+i%4))
		p.sees("You said: "+choices.Choices[i%3], "("+lesson.Confidences[1+i%4]+")")
	})
	must(t, h.hub.Close())
	must(t, h.hub.Show())
	third, q := frame.Tally{Votes: n, Bars: []frame.Bar{{Votes: (n + 2) / 3}, {Votes: (n + 1) / 3}, {Votes: n / 3}}}, n/4
	each(func(_ int, p *pupil) { p.sees(third.Share(0), third.Share(1), third.Share(2)) })
	must(t, h.hub.Again())
	each(func(i int, p *pupil) {
		p.sees("Once more")
		p.types("24")
		p.sees("You said: last (certain)")
	})
	must(t, h.hub.Close())
	must(t, h.hub.Show())
	must(t, h.hub.Reveal(&lesson.Truth{Picks: []int{1}, Says: "it overwrote the first"}))
	each(func(_ int, p *pupil) {
		p.sees(fmt.Sprint(n, " (100 %)"), "before "+third.Share(1), "It is: last. You were right.", "it overwrote the first")
	})
	want := []frame.Tally{
		{Votes: n, Bars: []frame.Bar{{Label: "first", Votes: (n + 2) / 3}, {Label: "last", Votes: (n + 1) / 3, Right: true}, {Label: "nobody", Votes: n / 3}}, Sure: [4]int{q, q, q, q}},
		{Votes: n, Bars: []frame.Bar{{Label: "first", Votes: 0}, {Label: "last", Votes: n, Right: true}, {Label: "nobody", Votes: 0}}, Sure: [4]int{0, 0, 0, n}},
	}
	if diff := cmp.Diff(want, h.hub.Board().Tallies); diff != "" {
		t.Error(diff)
	}
	each(func(i int, p *pupil) {
		p.types([]string{"q", "\x03"}[i%2])
		if err := p.leaves(); err != nil {
			t.Errorf("student%d leaves with %v", i, err)
		}
		if !strings.Contains(string(p.last()), "Goodbye.\r\n") {
			t.Errorf("student%d leaves without a word: %q", i, p.last())
		}
	})
	until(t, "all have left", func() bool { return len(h.hub.Board().Members) == 0 })
}

// At the end of the class everybody gets a line, and the session ends well.
func TestTheClassIsOver(t *testing.T) {
	t.Parallel()
	h := openTCP(t, host.Limits{}, nil)
	var pupils []*pupil
	for i := range testkit.Size(5, 2) {
		p := h.enter(fmt.Sprint("student", i), 80, 24)
		p.sees("You are here as")
		pupils = append(pupils, p)
	}
	h.srv.Close(t.Context())
	for _, p := range pupils {
		if err := p.leaves(); err != nil {
			t.Errorf("a session ends with %v", err)
		}
		last := string(p.last())
		if !strings.Contains(last, "The class is over. Goodbye.\r\n") || !strings.Contains(last, "\x1b[?1049l") {
			t.Errorf("the terminal is left with %q", last)
		}
	}
	if _, err := h.dial("late"); err == nil {
		t.Error("somebody comes after the end")
	}
}

// Who is away for long is told, and has to come again.
func TestIdle(t *testing.T) { bubble(t, idle) }

func idle(t *testing.T) {
	h := open(t, host.Limits{Idle: 50 * time.Millisecond}, nil)
	p := h.enter("ada", 80, 24)
	if err := p.leaves(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(p.last()), "come again") {
		t.Errorf("the last words are %q", p.last())
	}
}

func TestNoRoom(t *testing.T) { bubble(t, noRoom) }

func noRoom(t *testing.T) {
	h := open(t, host.Limits{Sessions: 2, PerAddress: 4}, nil)
	for _, name := range []string{"ada", "bob"} {
		h.enter(name, 80, 24).sees("You are here as " + name)
	}
	third := h.enter("carol", 80, 24)
	third.leaves()
	if text := string(third.last()); !strings.Contains(text, "There is no room: 2 students are here.") {
		t.Errorf("a third is told %q", text)
	}
	c := h.mustDial("dave")
	if _, err := h.dial("eve"); err == nil {
		t.Error("an address has more connections than it may")
	}
	c.Close()
	until(t, "there is room again", func() bool {
		c, err := h.dial("frank")
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// Garbage takes nobody's place.
func TestGarbageIsNoMemory(t *testing.T) { bubble(t, garbageIsNoMemory) }

func garbageIsNoMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h := open(t, host.Limits{Memory: m.HeapAlloc + 64<<20}, nil)
	for range 10 {
		litter = make([]byte, 16<<20)
	}
	litter = nil
	h.enter("ada", 80, 24).sees("You are here as")
}

// litter keeps the compiler from throwing away what a test throws away.
var litter []byte

func TestNoMemory(t *testing.T) { bubble(t, noMemory) }

func noMemory(t *testing.T) {
	h := open(t, host.Limits{Memory: 1}, nil)
	p := h.enter("ada", 80, 24)
	p.leaves()
	if text := string(p.last()); !strings.Contains(text, "short of memory") {
		t.Errorf("the last words are %q", text)
	}
}
