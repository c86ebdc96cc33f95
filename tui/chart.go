package tui

import (
	"context"
	"slices"
	"time"

	"photofinish/tui/desk"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// chart is odds against the gap between two clicks: what share of runs ends
// badly if the second click, and with it all that follows, had come sooner or
// later. It hangs on the axis of the user's hands, so that the mark of the gap
// stands under the second click, and moving the click moves the mark along
// curves that stay where they are.
type chart struct {
	second int         // the later click of the pair, the one before it is the other; 0: there is no pair
	base   *sim.Script // without the gap and without pins: all that the curves depend on
	seen   *sim.Script // the session's script that base was made of
	names  []string    // the strategies, one curve each
	end    time.Duration
	step   time.Duration // between two points of a curve
	curves []curve

	job     int
	ctx     context.Context
	cancel  context.CancelFunc
	working bool // a message is on its way

	log   bool // the scale of the shares
	width int  // the window's, for which the points are close enough
	news  int  // counts what has changed the curves
	plot  plot
}

// leastGap is the shortest gap that the axis has room for.
const leastGap = 400 * time.Millisecond

// openChart shows the chart.
func (m *Model) openChart() tea.Cmd {
	if len(m.Session.Script.Actions) < 2 {
		m.Message = "a gap needs two clicks: c u d p f add one at the cursor"
		return nil
	}
	m.Pause()
	m.place = onChart
	m.chart.end, m.chart.seen = 0, nil
	return m.chart.follow(m)
}

// closeChart goes back to the lanes. What was being worked out is dropped;
// what is known stays for the next time.
func (m *Model) closeChart() tea.Cmd {
	m.place = onLanes
	m.chart.stop()
	return m.Changed()
}

// follow lets the chart show what the session holds now. Curves are worked
// out anew only if they would come out differently.
func (c *chart) follow(m *Model) tea.Cmd {
	n := m.pair()
	if m.Session.Selected == 0 && n > 0 {
		m.Session = m.Session.Select(n) // a cursor that moves must not change the pair
	}
	if s := m.Session.Script; s != c.seen || n != c.second || m.w != c.width || !slices.Equal(c.names, m.Session.Strategies) {
		c.aim(m, n)
		c.seen, c.width = s, m.w
	}
	return c.next(m)
}

// aim makes n the later click of the pair.
func (c *chart) aim(m *Model, n int) {
	if n == 0 {
		c.stop()
		c.second, c.base, c.curves = 0, nil, nil
		return
	}
	base := gapless(m.Session.Script, n)
	same := n == c.second && slices.Equal(c.names, m.Session.Strategies) && sameScript(base, c.base)
	if !same {
		c.stop()
		c.second, c.base, c.names = n, base, slices.Clone(m.Session.Strategies)
		c.curves, c.step, c.end = nil, 0, 0
	}
	first, second := c.clicks(m)
	switch {
	case c.end == 0:
		c.end = max(m.End, first+leastGap, first+first/2, race.EndOfAxis(second))
	case second > c.last() && !m.Held:
		c.end = race.EndOfAxis(second)
	}
	c.spread(m)
}

// last returns the latest time of the second click for which the axis is long
// enough: there must be room for its label.
func (c *chart) last() time.Duration { return c.end - c.end/16 }

// clicks returns when the two clicks are.
func (c *chart) clicks(m *Model) (first, second time.Duration) {
	s := m.Session.Script
	return s.Action(c.second - 1).At, s.Action(c.second).At
}

// moved returns the session with the selected action moved, and in the chart
// also all that follow it, up to the end of the axis.
func (m *Model) moved(by time.Duration) session.Session {
	if m.place != onChart || m.Session.Selected != m.chart.second {
		return m.Session.Move(by)
	}
	_, at := m.chart.clicks(m)
	return m.Session.OpenGap(min(by, m.chart.last()-at))
}

// opens returns a command that moves the second click and what follows it.
func (m *Model) opens(ms int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		next := m.Session.Select(m.chart.second).OpenGap(time.Duration(desk.Sign(v)*ms) * time.Millisecond)
		if next.Script == m.Session.Script {
			s := m.Session.Script
			m.Message = s.Action(m.chart.second).Label() + " cannot come before " + s.Action(m.chart.second-1).Label()
			return nil
		}
		return m.Edit(next)
	}
}

// nextPair goes to the next two clicks, or back.
func (c *chart) nextPair(m *Model, v int) tea.Cmd {
	pairs := len(m.Session.Script.Actions) - 1
	if pairs == 1 {
		m.Message = "there are only these two clicks"
		return nil
	}
	n := c.second - 2 + [...]int{1, -1}[v]
	m.Session = m.Session.Select(2 + (n+pairs)%pairs)
	return c.follow(m)
}

// chartCommands are the keys of the chart.
func (m *Model) chartCommands() []command {
	some := func() bool { return m.chart.second > 0 }
	return []command{
		{keys: two("[", "]"), does: "second click by 10 ms", short: "move it", group: ofChart, in: onChart, when: some, do: m.opens(10),
			names: []string{"chart: second click 10 ms earlier", "chart: second click 10 ms later"}},
		{keys: two("{", "}"), does: "by 100 ms", short: "100 ms", group: ofChart, in: onChart, when: some, do: m.opens(100),
			names: []string{"chart: second click 100 ms earlier", "chart: second click 100 ms later"}},
		{keys: two("(", ")"), does: "by 1 ms", short: "1 ms", group: ofChart, in: onChart, when: some, do: m.opens(1),
			names: []string{"chart: second click 1 ms earlier", "chart: second click 1 ms later"}},
		{keys: two("tab", "shift+tab"), show: "tab", does: "another pair of clicks", short: "another pair", group: ofChart, in: onChart, when: some,
			do: func(v int) tea.Cmd { return m.chart.nextPair(m, v) }, names: []string{"chart: next pair of clicks", "chart: previous pair of clicks"}},
		{keys: one("l"), does: "log scale, or not", short: "log scale", group: ofChart, in: onChart, do: once(m.otherScale),
			names: []string{"chart: log scale, or not"}},
		{keys: one("o", "esc"), show: "o esc", does: "back to the lanes", group: ofChart, in: onChart, do: once(m.closeChart),
			names: []string{"chart: back to the lanes"}},
	}
}

func (m *Model) otherScale() tea.Cmd {
	m.chart.log = !m.chart.log
	return nil
}

// pair returns the later click of the pair that the chart is of: the selected
// one, or else the nearest, but never the first.
func (m *Model) pair() int {
	if len(m.Session.Script.Actions) < 2 {
		return 0
	}
	n := m.Session.Selected
	if n == 0 {
		n = m.Session.Nearest()
	}
	return max(n, 2)
}
