package chart

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// point counts how the trials at one gap ended. They have the same seeds at
// every gap, so that a curve is as smooth as what it shows.
type point struct{ trials, wrong, stuck int }

// share returns the share of trials that end badly.
func (p point) share() float64 { return float64(p.wrong+p.stuck) / float64(max(1, p.trials)) }

// curve is one strategy's: its point i is at a gap of i steps. A point without
// trials is not known yet.
type curve struct {
	points []point
	timer  time.Duration // after which the strategy asks again, if it waits by a timer
	teeth  time.Duration // from one sudden fall to the next, if they come evenly
}

// stages are how curves come about: some points, within a frame or two, then
// all of them from few trials, then from as many as they are given for.
var stages = [...]stage{{16, 256}, {0, 512}, {0, 3072}}

type stage struct {
	points int // 0: all
	trials int
}

// How close the points of a curve are: one for each column of dots, but never
// further apart than a tenth of the teeth that a timer of 50 ms makes, unless
// that would be too many.
const (
	closest, farthest = time.Millisecond, 5 * time.Millisecond
	mostPoints        = 600
)

// chartMsg brings points of a curve, every so many from the first on.
type chartMsg struct {
	job, lane, every int
	found            []point
	timer            time.Duration
}

// apart returns the script with this gap before action n, and without pins.
func apart(s *sim.Script, n int, gap time.Duration) *sim.Script {
	c := s.Unpinned()
	by := gap - (c.Action(n).At - c.Action(n-1).At)
	for i := n - 1; i < len(c.Actions); i++ {
		c.Actions[i].At += by
	}
	return c
}

func sameScript(a, b *sim.Script) bool { return a != nil && b != nil && reflect.DeepEqual(a, b) }

// Leave drops what is being worked out.
func (c *Chart) Leave() {
	if c.cancel != nil {
		c.cancel()
		c.cancel = nil
	}
	c.job++
	c.working = false
}

// spread makes room for points up to the end of the axis, as close as the
// window shows them. Points that are known stay, if they are close enough.
func (c *Chart) spread() {
	span := c.end - c.base.Action(c.second-1).At
	ax := c.sheet().ax
	step := (c.end/time.Duration(2*ax.Cells) + closest - 1).Truncate(closest) // a dot, in whole ms
	step = min(max(step, closest), farthest)
	if least := span / mostPoints; step < least {
		step = least.Truncate(time.Millisecond) + time.Millisecond
	}
	n := int(span/max(step, 1)) + 1
	if c.step > 0 && c.step <= step && int(span/c.step) <= 2*mostPoints {
		step, n = c.step, int(span/c.step)+1
	}
	if step != c.step || len(c.curves) != len(c.names) {
		c.Leave()
		c.step, c.curves = step, make([]curve, len(c.names))
	}
	for i := range c.curves {
		if l := &c.curves[i]; len(l.points) < n {
			l.points = append(l.points, make([]point, n-len(l.points))...)
			l.teeth = 0
		}
	}
	c.news++
}

// own reports whether a lane is of the user's own client, which has no curve: it is
// too slow for so many trials.
func (c *Chart) own(lane int) bool { return c.Own(c.names[lane]) != nil }

// due returns the curve that is to be worked on next, and how: first the one in
// view, until it can be talked about, then all of them. It returns false if all is
// known.
func (c *Chart) due(inView int) (lane, every, trials int, ok bool) {
	for _, st := range stages[:2] {
		if every, lacks := c.lacks(inView, st); lacks {
			return inView, every, st.trials, true
		}
	}
	for _, st := range stages {
		for i := range c.curves {
			lane := (inView + i) % len(c.curves)
			if every, lacks := c.lacks(lane, st); lacks {
				return lane, every, st.trials, true
			}
		}
	}
	return 0, 0, 0, false
}

// lacks reports whether points of a curve have fewer trials than the stage wants,
// and every how many are looked at.
func (c *Chart) lacks(lane int, st stage) (every int, lacks bool) {
	if c.own(lane) {
		return 0, false
	}
	points := c.curves[lane].points
	every = 1
	if st.points > 0 {
		every = max(len(points)/st.points, 1)
	}
	for i := 0; i < len(points); i += every {
		lacks = lacks || points[i].trials < st.trials
	}
	return every, lacks
}

func (c *Chart) next() tea.Cmd {
	if c.working || c.second == 0 {
		return nil
	}
	lane, every, trials, ok := c.due(c.Session.Lane)
	if !ok {
		return nil
	}
	if c.cancel == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
	}
	c.working = true
	t := chartTask{c.base, c.second, c.step, c.Entries[lane], every, trials, nil}
	for i := 0; i < len(c.curves[lane].points); i += every {
		t.have = append(t.have, c.curves[lane].points[i].trials)
	}
	ctx, msg := c.ctx, chartMsg{job: c.job, lane: lane, every: every}
	return func() tea.Msg {
		if msg.found, msg.timer = t.run(ctx); ctx.Err() != nil {
			return nil
		}
		return msg
	}
}

// take notes points, if they are not stale, and asks for more while anybody
// looks.
func (c *Chart) take(msg chartMsg) tea.Cmd {
	if msg.job != c.job || msg.lane >= len(c.curves) {
		return nil
	}
	c.working = false
	l := &c.curves[msg.lane]
	for i, p := range msg.found {
		if at := i * msg.every; at < len(l.points) {
			q := &l.points[at]
			q.trials, q.wrong, q.stuck = q.trials+p.trials, q.wrong+p.wrong, q.stuck+p.stuck
		}
	}
	l.timer = max(l.timer, msg.timer)
	l.teeth = l.findTeeth(c.step)
	c.news++
	if c.Page != c {
		return nil
	}
	return c.next()
}

type chartTask struct {
	base          *sim.Script
	second        int
	step          time.Duration
	entry         strategies.Entry
	every, trials int
	have          []int // how many trials each point has had
}

// run returns what the points gain until each has had its trials.
func (t *chartTask) run(ctx context.Context) (found []point, timer time.Duration) {
	found = make([]point, len(t.have))
	explore.Spread(len(found), runtime.GOMAXPROCS(0), func(_, i int) { // nobody waits for another at every point
		if have := t.have[i]; have < t.trials && ctx.Err() == nil {
			s := apart(t.base, t.second, time.Duration(i*t.every)*t.step)
			o := report.Estimate(ctx, s, t.entry, report.Options{Seed: uint64(1 + have), Trials: t.trials - have})
			found[i] = point{o.Trials, o.Verdicts[judge.Wrong], o.Verdicts[judge.Stuck]}
		}
	})
	if t.every == 1 {
		timer = t.timer()
	}
	return found, timer
}

// timer returns after how long the strategy looks again, by a timer of its
// own, when it has to wait; 0 if no trial of a few shows that it does.
func (t *chartTask) timer() time.Duration {
	var w sim.World
	for seed := range uint64(8) {
		w.Run(apart(t.base, t.second, time.Duration(seed)*10*time.Millisecond), t.entry.For(t.base), seed+1, sim.Options{Trace: true})
		acted := map[int]time.Duration{}
		for _, ev := range w.Trace().Events {
			switch ev.Kind {
			case sim.EventAct:
				acted[ev.Action] = ev.At
			case sim.EventWake:
				return ev.At - acted[ev.Action]
			}
		}
	}
	return 0
}

// at returns the share of bad runs at a gap, between the two nearest points
// that are known.
func (l *curve) at(gap, step time.Duration) (share float64, ok bool) {
	i := int(gap / max(step, 1))
	before, after := i, i+1
	for before >= 0 && (before >= len(l.points) || l.points[before].trials == 0) {
		before--
	}
	for after < len(l.points) && l.points[after].trials == 0 {
		after++
	}
	switch {
	case before < 0:
		return 0, false
	case after >= len(l.points):
		return l.points[before].share(), true
	}
	a, b := l.points[before].share(), l.points[after].share()
	part := float64(gap-time.Duration(before)*step) / float64(time.Duration(after-before)*step)
	return a + (b-a)*part, true
}

// enough reports whether there are points, and each has so many trials.
func enough(points []point, trials int) bool {
	return len(points) > 0 && !slices.ContainsFunc(points, func(p point) bool { return p.trials < trials })
}

// whole reports whether every point up to a gap is known from enough trials to
// be talked about.
func (l *curve) whole(upTo, step time.Duration) bool {
	return enough(l.points[:min(int(upTo/max(step, 1))+1, len(l.points))], stages[1].trials)
}

// all is whole of all points.
func (l *curve) all() bool { return enough(l.points, stages[1].trials) }

// done reports whether every point has all the trials that it is given: nothing of the
// curve changes any more.
func (l *curve) done() bool { return enough(l.points, stages[len(stages)-1].trials) }

// counting says how many of the curves have all their trials, while that is not all of
// them; "" then.
func (c *Chart) counting() string {
	whole, all := 0, 0
	for i := range c.curves {
		if c.own(i) {
			continue
		}
		all++
		if c.curves[i].done() {
			whole++
		}
	}
	if whole == all {
		return ""
	}
	return fmt.Sprintf("counting: %d of %d curves", whole, all)
}
