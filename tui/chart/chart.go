// Package chart is the page of odds against the gap between two clicks: curves
// that trials in the background fill in, a plot of them, and what they say.
package chart

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// Chart is odds against the gap between two clicks: what share of runs ends
// badly if the second click, and with it all that follows, had come sooner or
// later. It hangs on the axis of the user's hands, so that the mark of the gap
// stands under the second click, and moving the click moves the mark along
// curves that stay where they are.
type Chart struct {
	page.Base
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

// Profile lets the shared commands work that suit the page.
func (*Chart) Profile() (heading string, traits page.Trait) {
	return "in the chart", page.Any | page.Timed | page.Overview
}

// leastGap is the shortest gap that the axis has room for.
const leastGap = 400 * time.Millisecond

// Open shows the chart.
func (c *Chart) Open() tea.Cmd {
	if len(c.Session.Script.Actions) < 2 {
		c.Message = "a gap needs two clicks: c u d p f add one at the cursor"
		return nil
	}
	if c.Page == c.Home {
		c.Whence = c.Place()
	}
	c.Pause()
	c.Page = c
	c.end, c.seen = 0, nil
	return c.Follow()
}

// close goes back to the lanes, as they were left. What was being worked out is dropped;
// what is known stays for the next time.
func (c *Chart) close() tea.Cmd {
	c.Page = c.Home
	c.Leave()
	return c.Return(c.Whence)
}

// Follow lets the chart show what the session holds now. Curves are worked
// out anew only if they would come out differently.
func (c *Chart) Follow() tea.Cmd {
	n := c.pair()
	if c.Session.Selected == 0 && n > 0 {
		c.Session = c.Session.Select(n) // a cursor that moves must not change the pair
	}
	if s := c.Session.Script; s != c.seen || n != c.second || c.Width != c.width || !slices.Equal(c.names, c.Session.Strategies) {
		c.aim(n)
		c.seen, c.width = s, c.Width
	}
	return c.next()
}

// Take notes points of a curve.
func (c *Chart) Take(msg tea.Msg) (cmd tea.Cmd, own bool) {
	if points, is := msg.(chartMsg); is {
		return c.take(points), true
	}
	return nil, false
}

// aim makes n the later click of the pair.
func (c *Chart) aim(n int) {
	if n == 0 {
		c.Leave()
		c.second, c.base, c.curves = 0, nil, nil
		return
	}
	base := apart(c.Session.Script, n, 0)
	same := n == c.second && slices.Equal(c.names, c.Session.Strategies) && sameScript(base, c.base)
	if !same {
		c.Leave()
		c.second, c.base, c.names = n, base, slices.Clone(c.Session.Strategies)
		c.curves, c.step, c.end = nil, 0, 0
	}
	first, second := c.clicks()
	switch {
	case c.end == 0:
		c.end = max(c.End, first+leastGap, first+first/2, diagram.EndOfAxis(second))
	case second > c.last() && !c.Held:
		c.end = diagram.EndOfAxis(second)
	}
	c.spread()
}

// last returns the latest time of the second click for which the axis is long
// enough: there must be room for its label.
func (c *Chart) last() time.Duration { return c.end - c.end/16 }

func (c *Chart) clicks() (first, second time.Duration) {
	s := c.Session.Script
	return s.Action(c.second - 1).At, s.Action(c.second).At
}

// Moved returns the session with the selected action moved, and with the second
// click all that follow it, up to the end of the axis.
func (c *Chart) Moved(by time.Duration) session.Session {
	if c.Session.Selected != c.second {
		return c.Session.Move(by)
	}
	_, at := c.clicks()
	return c.Session.OpenGap(min(by, c.last()-at))
}

// opens returns a command that moves the second click and what follows it.
func (c *Chart) opens(ms int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		next := c.Session.Select(c.second).OpenGap(time.Duration(desk.Sign(v)*ms) * time.Millisecond)
		if next.Script == c.Session.Script {
			s := c.Session.Script
			c.Message = s.Action(c.second).Label() + " cannot come before " + s.Action(c.second-1).Label()
			return nil
		}
		return c.Edit(next)
	}
}

func (c *Chart) nextPair(v int) tea.Cmd {
	pairs := len(c.Session.Script.Actions) - 1
	if pairs == 1 {
		c.Message = "there are only these two clicks"
		return nil
	}
	n := c.second - 2 + [...]int{1, -1}[v]
	c.Session = c.Session.Select(2 + (n+pairs)%pairs)
	return c.Follow()
}

// Commands moves the second click instead of the selected one, and opens the chart.
func (c *Chart) Commands() []page.Command {
	some := func() bool { return c.second > 0 }
	return []page.Command{
		{Keys: "[ ]", Does: "second click by 10 ms", Short: "move it", When: some, Do: c.opens(10),
			Names: "chart: second click 10 ms earlier; chart: second click 10 ms later"},
		{Keys: "{ }", Does: "by 100 ms", Short: "100 ms", When: some, Do: c.opens(100),
			Names: "chart: second click 100 ms earlier; chart: second click 100 ms later"},
		{Keys: "( )", Does: "by 1 ms", Short: "1 ms", When: some, Do: c.opens(1),
			Names: "chart: second click 1 ms earlier; chart: second click 1 ms later"},
		{Keys: "tab shift+tab", Show: "tab", Does: "another pair of clicks", Short: "another pair", When: some,
			Do: c.nextPair, Names: "chart: next pair of clicks; chart: previous pair of clicks"},
		{Keys: "l", Does: "log scale, or not", Short: "log scale", Do: page.Once(c.otherScale),
			Names: "chart: log scale, or not"},
		{Keys: "o|esc", Show: "o esc", Does: "back to the lanes", Do: page.Once(c.close), Names: "chart: back to the lanes"},
		{Group: page.OfChance, After: "r R", In: page.Editing,
			Keys: "o", Does: "odds against the gap", Short: "odds", Do: page.Once(c.Open),
			Names: "odds against the gap between two clicks"},
	}
}

func (c *Chart) otherScale() tea.Cmd {
	c.log = !c.log
	return nil
}

// pair returns the later click of the pair that the chart is of: the selected
// one, or else the nearest, but never the first.
func (c *Chart) pair() int {
	if len(c.Session.Script.Actions) < 2 {
		return 0
	}
	if c.Session.Action() == nil {
		return max(c.Session.Nearest(), 2)
	}
	return max(c.Session.Selected, 2)
}
