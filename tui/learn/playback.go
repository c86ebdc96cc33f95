package learn

import (
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
	"photofinish/tui/race"
)

// playback is lanes that play in slow motion.
type playback struct {
	lanes   []*diagram.Lane
	at      int // the lane in view
	now     time.Duration
	end     time.Duration // of the axis
	settled time.Duration // of the last lane
	speed   float64
	playing bool

	ordered bool          // things come in order, at no particular time
	pointed bool          // an event is pointed at in the lane in view
	point   time.Duration // when it is

	turning *diagram.Turning // where the lane in view was decided, and is seen; nil: it is not marked
	notes   []string         // of each lane, in place of its server line once all is over; nil: there are none
	leg     diagram.Leg      // of a message that has been changed, for all lanes; zero: none has
}

// speeds are shares of real time.
var speeds = []float64{0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5}

// longest bounds how long a story plays, in real time.
const longest = 7 * time.Second

func newPlayback(trials []*report.Trial) *playback {
	p := &playback{playing: true}
	s := sightOf(trials)
	for _, t := range trials {
		l := laneOf(t, s)
		p.lanes, p.settled = append(p.lanes, l), max(p.settled, l.Settled)
	}
	p.end = diagram.EndOfAxis(p.settled)
	for _, p.speed = range speeds {
		if time.Duration(float64(p.settled)/p.speed) <= longest {
			break
		}
	}
	return p
}

func (p *playback) over() bool   { return p.now >= p.settled }
func (p *playback) moving() bool { return p != nil && p.playing && !p.over() }

func (p *playback) move(d time.Duration) {
	p.now = min(p.now+time.Duration(float64(d)*p.speed), p.settled)
	p.playing = !p.over()
}

func (p *playback) finish() { p.now, p.playing = p.settled, false }

// toggle plays or stops; at the end it plays again.
func (p *playback) toggle() {
	if p.playing = !p.playing; p.over() {
		p.now, p.playing = 0, true
	}
}

func (p *playback) scrub(by int) {
	p.playing = false
	p.now = min(max(p.now+time.Duration(by)*p.end/50, 0), p.settled)
}

// keys move time, and choose the lane in view. At the end, enter goes on.
func (p *playback) keys(onward binding) []binding {
	what := "stop"
	switch {
	case p.over():
		what = "once more"
	case !p.playing:
		what = "play"
	}
	all := []binding{
		bind("space", what, then(p.toggle), "space"),
		bind("← →", "time", then1(func(k string) { p.scrub(strides[k]) }), "left", "right", "shift+left", "shift+right"),
	}
	if len(p.lanes) > 1 {
		all = append(all, bind("↑ ↓", "lane", then1(func(k string) { walk(&p.at, len(p.lanes), k) }), "up", "down"))
	}
	if p.over() {
		return append([]binding{onward}, all...)
	}
	return append(all, bind("enter", "to the end", then(p.finish), "enter"))
}

// sight chooses what the rails show of a trial: a view, and a field.
type sight struct{ view, field int }

func laneOf(t *report.Trial, s sight) *diagram.Lane {
	l := diagram.New(lesson.Entry(t.Strategy), t.Script, t.Events, t.Judgement, t.Ledger.Settled, s.field)
	l.LookAt(s.view)
	return l
}

// sightOf returns where screen and server end apart in the most trials, or else
// what is written most.
func sightOf(trials []*report.Trial) (best sight) {
	var apart, written [sim.MaxViews][sim.NumFields]int
	for _, t := range trials {
		for i := range t.Script.Actions {
			a := &t.Script.Actions[i]
			for f := range a.Sets.All {
				written[a.View()][f]++
			}
		}
		l := laneOf(t, sight{})
		for v := range t.Script.Views().All {
			l.LookAt(v)
			for f := range l.Differ(l.Ends()).All {
				apart[v][f]++
			}
		}
	}
	best = sight{view: trials[0].Script.First()}
	for v := range apart {
		for f := range sim.NumFields {
			more, most := apart[v][f]-apart[best.view][best.field], written[best.view][best.field]
			if written[v][f] > 0 && (more > 0 || more == 0 && written[v][f] > most) {
				best = sight{v, f}
			}
		}
	}
	return best
}

// stage puts an axis between so many columns at the left and at the right.
func (p *playback) stage(sc drawing, left, right int) stage {
	sc.Look = race.Look{Now: p.now, Words: true}
	if p.leg.Leg != sim.NoLeg {
		sc.Look.Picked = p.leg
	}
	return stage{sc, p, race.Axis{Origin: left, Cells: sc.W - left - right, End: p.end, Per: 2}, right}
}

// draw draws the lanes between two rows, the lower one not included: each as
// a strip if there is room, else the one in view and a server line each.
func (p *playback) draw(sc drawing, top, below int) {
	left, right := 19, 15
	if sc.W >= 80 {
		right = 18
	}
	if sc.W >= 110 {
		left, right = 24, 26
	}
	for _, l := range p.lanes {
		left = max(left, min(ink.Width(l.Name)+6, 26))
	}
	st := p.stage(sc, left, right)
	st.hands(top)
	y, n := top+2, len(p.lanes)
	tall := max(sc.H*2/5, 9)
	if rows := (below - y) / n; rows >= 6 {
		for i, l := range p.lanes {
			st.strip(l, y, min(rows-4-min(rows/8, 1), tall), i == p.at)
			st.name(l, y, i == p.at)
			y += min(rows, tall+5)
		}
		return
	}
	rows, lines := below-y, 0
	if n > 1 && !(p.notes != nil && p.over() && sc.low()) {
		lines = min(n, max(rows-5, 1))
	}
	if rows-lines >= stripRows {
		k := max(min(rows-lines-stripRows, tall), 1)
		st.strip(p.lanes[p.at], y, k, true)
		st.name(p.lanes[p.at], y, true)
		if y += k + 3; lines > 0 {
			y = min(y+2, below-lines)
		}
	} else {
		lines = min(n, rows)
	}
	if lines < 1 {
		return
	}
	first, _ := st.List(sc.W-1, y, 1, n, lines, p.at)
	for i := range lines {
		l := p.lanes[first+i]
		st.name(l, y+i, first+i == p.at)
		if p.notes != nil && p.over() {
			sc.Put(left, y+i, ink.Cut(p.notes[first+i], sc.W-left-1), plain)
			continue
		}
		race.ServerLine(sc.Canvas, l, st.ax, st.Look, y+i)
		st.held(l, y+i)
	}
}

const stripRows = 4
