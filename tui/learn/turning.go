package learn

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// turn works out where the lane in view was decided, if nobody has asked yet.
func (p *reveal) turn(m *Model) tea.Cmd {
	key := [2]int{p.scene, p.at}
	if _, asked := p.turned[key]; asked || p.truth == nil {
		return nil
	}
	p.turned[key] = nil
	return m.work(p, func(ctx context.Context, b *lesson.Book, n int) func() {
		t, err := b.Turned(ctx, n, key[0], key[1])
		if err != nil {
			return nil
		}
		return func() { p.turned[key] = t }
	})
}

// turnedHere is what is known of the lane in view; nil: nothing.
func (p *reveal) turnedHere() *lesson.Turned { return p.turned[[2]int{p.scene, p.at}] }

// asking reports whether it is still being worked out where the lane in view was
// decided.
func (p *reveal) asking() bool {
	f := p.finding()
	return f.Trial != nil && !f.Trial.Ordered
}

func (p *reveal) ways() []lesson.Way {
	if t := p.turnedHere(); t != nil {
		return t.Ways
	}
	return nil
}

// twin is a run beside the one that was turned: a smallest change, and all else as it
// was.
type twin struct {
	*playback
	ways []lesson.Way
	way  int
	of   *report.Trial
}

// moving and move are of the run in view: the one that was turned, where it is shown.
func (p *reveal) moving() bool {
	if p.twin != nil {
		return p.twin.moving()
	}
	return p.playback.moving()
}

func (p *reveal) move(d time.Duration) {
	if p.twin != nil {
		p.twin.move(d)
		return
	}
	p.playback.move(d)
}

func newTwin(p *reveal, way int) *twin {
	f := p.finding()
	t := &twin{ways: p.ways(), way: way, of: f.Trial}
	w := &t.ways[way]
	t.playback = newPlayback([]*report.Trial{f.Trial, w.Trial()})
	rail := p.lanes[p.at].View()
	for i, l := range t.lanes {
		t.lanes[i] = l.In(p.lanes[p.at].Field)
		t.lanes[i].LookAt(rail)
	}
	t.lanes[0].Name, t.lanes[1].Name = "as asked", "turned"
	if len(f.Name) < 12 {
		t.lanes[0].Name, t.lanes[1].Name = f.Name+" as asked", f.Name+" turned"
	}
	t.at, t.leg = 1, diagram.Leg{Action: w.Action, Leg: w.Leg}
	return t
}

func (t *twin) keys(m *Model, p *reveal, onward binding) []binding {
	all := t.playback.keys(onward)
	if m.term.Width >= beside { // both are in view
		all = slices.DeleteFunc(all, func(b binding) bool { return slices.Contains(b.Keys(), "up") })
	}
	for i := range all {
		if h := all[i].Help(); h.Key == "space" && t.over() {
			all[i].SetHelp("space", "again")
		}
	}
	back := bind("esc", "the run alone", then(func() { p.twin = nil }), "esc")
	if n := len(t.ways); n > 1 {
		next := func() { p.twin = newTwin(p, (t.way+1)%n) }
		back = bind("tab", fmt.Sprintf("another way (%d of %d)", t.way+1, n), then(next), "tab")
		all = append(all, hidden(bind("esc", "the run alone", then(func() { p.twin = nil }), "esc")))
	}
	return append(all[:1], append([]binding{back}, all[1:]...)...)
}

func (t *twin) draw(sc drawing, p *reveal) {
	w := &t.ways[t.way]
	text := []frame.Paragraph{}
	add := func(s string, worth int) {
		text = append(text, frame.Paragraph{Lines: ink.Wrap(clean(s), sc.room()), Style: plain, Worth: worth})
	}
	says := w.Change + ". "
	if tie := t.tie(w); tie != "" {
		says += sentence(tie) + " "
	}
	is := t.lanes[1].At(t.end)
	add(says+"It ends "+lesson.EndsOf(w.To)+".", 9)
	if is.Says != "" && w.To.Bad() {
		add(sentence(is.Says), 5)
	}
	add("All other clicks and latencies are as they were.", 4)
	y := sc.H - 1 - min(frame.Rows(text), sc.H-11)
	if sc.W >= beside {
		t.beside(sc, p, 2, y-1)
	} else {
		t.playback.draw(sc, 2, y-1)
	}
	if !t.over() {
		sc.Put(sc.left(), y, "The same once more, but for one thing …", dim)
		return
	}
	sc.Paragraphs(sc.left(), y, sc.H-1, text)
}

// beside is the least width at which the run that was turned stands beside the first,
// and not below it.
const beside = 120

// beside draws both runs side by side, each with its own clicks, below its name.
func (t *twin) beside(sc drawing, p *reveal, top, below int) {
	for i, l := range t.lanes {
		half, right := drawing{frame.Frame{Canvas: new(ink.Canvas)}, sc.m}, 16
		half.Resize(sc.W/2-1, below-top)
		if half.W >= 80 {
			right = 24
		}
		run := *t.playback
		run.lanes, run.at = t.lanes[i:i+1], 0
		if i == 0 {
			run.turning = p.turning
		}
		st := run.stage(half, max(12, ink.Width(screenOf(l, 0))+2), right)
		half.Put(st.Verdict(1, 0, l.At(t.now))+1, 0, l.Name, bold)
		st.hands(2)
		st.strip(l, 4, min(half.H-8, half.W/4), true)
		sc.Stamp(i*(sc.W-half.W), top, half.Canvas)
	}
}

// tie says what the change brings to the very instant of something else.
func (t *twin) tie(w *lesson.Way) string {
	if w.Leg == sim.NoLeg {
		return t.lanes[1].PressTie(w.Action)
	}
	return t.lanes[1].LandTie(t.leg)
}
