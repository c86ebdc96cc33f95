package tui

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/page"
)

// walker uses the playground as a person who tries everything would. What the
// program does in the background it does when the walker has it done, so that
// the same seed is the same walk.
type walker struct {
	*testing.T
	m       *Model
	rnd     *rand.Rand
	keys    []string
	x, y    int // the mouse
	pending []tea.Cmd
	met     map[string]int // how many frames each page had, and each dialog
}

// walkKeys are tried anywhere; those that open something more often.
var walkKeys = strings.Fields("c u d p f c u u p [ ] { } ( ) e x g G m m + - 0 esc esc esc tab shift+tab F L L " +
	"space space left right shift+left shift+right , . home end < > v up down k j h l 1 2 3 4 5 6 9 " +
	"enter enter enter enter w w L = = P C r R o o o n n n b b N z z z Z s O y T : : ? q t pgup pgdown backspace")

// overKeys are tried while a dialog has the keys.
var overKeys = strings.Fields("enter enter enter esc esc up down space x + [ ] a e 1 5 / . backspace home end q r s z pgdown")

// tableKeys are tried where letters find.
var tableKeys = strings.Fields("enter esc esc up down down space space tab + [ ] a q x pgdown home end backspace backspace ?")

var walkSizes = [][2]int{{60, 16}, {80, 24}, {100, 34}, {120, 40}, {120, 40}, {160, 45}, {188, 44}, {200, 50}, {50, 12}}

func (w *walker) do(msg tea.Msg) {
	_, cmd := w.m.Update(msg)
	w.await(cmd)
}

func (w *walker) await(cmd tea.Cmd) {
	if cmd != nil {
		w.pending = append(w.pending, cmd)
	}
}

// work does one thing that waits in the background.
func (w *walker) work() {
	if len(w.pending) == 0 {
		return
	}
	cmd := w.pending[0]
	w.pending = w.pending[1:]
	switch msg := cmd().(type) {
	case nil, tea.QuitMsg: // the walker stays
	case tea.BatchMsg:
		for _, cmd := range msg {
			w.await(cmd)
		}
	default:
		w.do(msg)
	}
}

// key presses one of some keys.
func (w *walker) key(keys []string) {
	name := keys[w.rnd.IntN(len(keys))]
	press := keyPress(name)
	switch name {
	case "pgup":
		press = tea.KeyPressMsg{Code: tea.KeyPgUp}
	case "pgdown":
		press = tea.KeyPressMsg{Code: tea.KeyPgDown}
	}
	w.do(press)
}

// step does one thing.
func (w *walker) step() {
	switch n := w.rnd.IntN(40); {
	case n == 0:
		size := walkSizes[w.rnd.IntN(len(walkSizes))]
		w.do(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
	case n == 1:
		w.do(tea.WindowSizeMsg{Width: w.rnd.IntN(220), Height: w.rnd.IntN(70)})
	case n < 5:
		w.x, w.y = w.rnd.IntN(max(w.m.Width, 1)), w.rnd.IntN(max(w.m.Height, 1))
		if chips := w.m.Hit.Chips; len(chips) > 0 && w.rnd.IntN(2) == 0 {
			c := chips[w.rnd.IntN(len(chips))]
			w.x, w.y = c.X, c.Y
		}
		w.do(tea.MouseClickMsg{X: w.x, Y: w.y, Button: tea.MouseLeft})
	case n < 7:
		w.x, w.y = w.x+w.rnd.IntN(21)-10, w.y+w.rnd.IntN(5)-2
		w.do(tea.MouseMotionMsg{X: w.x, Y: w.y, Button: tea.MouseLeft})
	case n == 7:
		w.do(tea.MouseReleaseMsg{X: w.x, Y: w.y, Button: tea.MouseLeft})
	case n == 8:
		button := [...]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[w.rnd.IntN(2)]
		w.do(tea.MouseWheelMsg{X: w.rnd.IntN(max(w.m.Width, 1)), Y: w.rnd.IntN(max(w.m.Height, 1)), Button: button})
	case n == 9:
		w.do(tea.PasteMsg{Content: [...]string{"80ms 900ms", "walk\x1b[31m漢\n", "own.yaml", "screen.txt"}[w.rnd.IntN(4)]})
	case w.m.Over != nil && n < 36:
		w.key(overKeys)
	case w.m.Over == nil && w.m.Page == page.Page(w.m.table) && n < 36:
		w.key(tableKeys)
	case w.m.Over == nil && n < 30:
		w.key(w.keys)
	default:
		w.work()
	}
}

// drawn names what fills the screen, and what lies over it.
func (w *walker) drawn() string {
	name := nameOf(w.m.Page)
	w.met[name]++
	if w.m.Over != nil {
		over := nameOf(w.m.Over)
		w.met[over]++
		name += "+" + over
	}
	return name
}

// nameOf returns the name of the type of a page, or of what lies over one.
func nameOf(drawn any) string { return strings.ToLower(reflect.TypeOf(drawn).Elem().Name()) }

// TestWalk holds a long walk through all of the playground against the one
// that is written down: a line for each frame, with what it is a hash of. A
// change that is meant to change nothing leaves it as it is.
func TestWalk(t *testing.T) {
	testkit.Alone(t)
	testkit.Long(t, "it walks 2,000 steps; a few in each scenario with habits are left")
	t.Chdir(t.TempDir())
	var got strings.Builder
	synctest.Test(t, func(t *testing.T) { // timers take no time in it
		w := walker{T: t, rnd: rand.New(rand.NewPCG(14, 0)), met: map[string]int{}}
		for i, scenario := range []string{"create-then-two-updates", "two-tabs", "fetch-then-edit", "lost-answer", "one-queue-for-all"} {
			w.m, w.pending = open(t, scenario, 120, 40, 0), nil
			w.m.Counts = new(desk.Counts)
			w.m.FirstRun, w.m.Clock.Playing = i == 0, i == 0
			w.keys = slices.Clone(walkKeys)
			for _, c := range w.m.Table { // what is new is tried by itself
				if k := c.Bindings[0].Keys()[0]; len(c.Bindings) == 1 && !slices.Contains(w.keys, k) {
					w.keys = append(w.keys, k, k, k)
				}
			}
			w.await(w.m.Init())
			for range 400 {
				w.step()
				sum := fnv.New64a()
				sum.Write([]byte(fits(t, w.m)))
				fmt.Fprintf(&got, "%016x %s %d×%d\n", sum.Sum64(), w.drawn(), w.m.Width, w.m.Height)
			}
			w.m.Leave()
		}
		names := strings.Fields("help menu prompt question")
		for _, p := range w.m.Pages {
			names = append(names, nameOf(p))
		}
		for _, name := range names {
			if w.met[name] < 10 {
				t.Errorf("only %d frames of %s: which key opens it?", w.met[name], name)
			}
		}
		time.Sleep(time.Minute) // timers that nobody waits for any more
	})
	testkit.Golden(t, "walk.txt", got.String())
}

// TestWalkOfTheWorld: whatever is pressed in a scenario with habits, the screen fits, and
// nothing of it is a raw control character.
func TestWalkOfTheWorld(t *testing.T) {
	t.Chdir(t.TempDir())
	habits := func(sc *scenarios.Scenario) bool {
		n := &sc.Script.Network
		return n.Reread || n.Poll > 0 || n.Push || n.Cancel || n.Torn || n.KeyInUse || n.Lag != (sim.Latency{}) || len(sc.Script.Offline) > 0 ||
			slices.ContainsFunc(sc.Script.Actions, func(a sim.Action) bool {
				return a.Do == sim.Close || a.Lists || a.Adds != 0 || a.Parent != 0
			})
	}
	synctest.Test(t, func(t *testing.T) {
		met := 0
		for i, sc := range scenarios.All() {
			if !habits(sc) {
				continue
			}
			met++
			w := walker{T: t, rnd: rand.New(rand.NewPCG(uint64(i), 18)), keys: append(slices.Clone(walkKeys), "X", "X", "F", "n", "enter"), met: map[string]int{}}
			size := walkSizes[w.rnd.IntN(len(walkSizes)-1)]
			w.m = open(t, sc.Name, size[0], size[1], 0)
			w.m.Trials, w.m.Counts = 60, new(desk.Counts) // a trial with habits takes long
			w.m.Show(w.m.Session.WithLanes([]string{"naive", "debounce-beacon", "rollback", "local-first"}))
			w.m.MoveTo(w.m.Settled)
			for range testkit.Sample(25, 15, 8) {
				w.step()
				fits(t, w.m)
				if at := strings.IndexFunc(w.m.Canvas.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }); at >= 0 {
					t.Errorf("%s: a raw control character on\n%q", sc.Name, w.m.Canvas.String())
				}
			}
			w.m.Leave()
		}
		if met < 20 {
			t.Errorf("only %d scenarios have habits", met)
		}
		time.Sleep(time.Minute) // timers that nobody waits for any more
	})
}
