package dialogs

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// laneChooser chooses which strategies have a lane, and in what order.
type laneChooser struct {
	*page.Host
	names []string // those with a lane first, in their order
	shown map[string]bool
	at    int
}

// ChooseLanes offers the strategies of the lineup; layers can be put over
// them.
func (ds Dialogs) ChooseLanes() tea.Cmd {
	c := &laneChooser{Host: ds.Host, shown: map[string]bool{}}
	for _, e := range ds.Entries {
		c.names = append(c.names, e.Name)
		c.shown[e.Name] = true
	}
	for _, name := range ds.Lineup.Names() {
		if !slices.Contains(c.names, name) {
			c.names = append(c.names, name)
		}
	}
	c.at = ds.Session.Lane
	ds.Pause()
	ds.Over = c
	return nil
}

// Key chooses, shows, hides and moves lanes.
func (c *laneChooser) Key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "ctrl+c", "q":
		c.Close()
	case "enter":
		return c.take()
	case "space", "x":
		name := c.names[c.at]
		c.shown[name] = !c.shown[name]
	case "up", "k":
		c.at = max(c.at-1, 0)
	case "down", "j":
		c.at = min(c.at+1, len(c.names)-1)
	case "pgup":
		c.at = max(c.at-10, 0)
	case "pgdown":
		c.at = min(c.at+10, len(c.names)-1)
	case "+":
		c.compose()
	case "[", "shift+up":
		c.move(-1)
	case "]", "shift+down":
		c.move(1)
	}
	return nil
}

// compose puts the next layer over the chosen strategy, as a lane of its own.
func (c *laneChooser) compose() {
	client, _, _ := strings.Cut(c.names[c.at], "+")
	for _, layer := range strategies.Layers() {
		e, err := c.Lineup.Find(client + "+" + layer)
		if err != nil || slices.Contains(c.names, e.Name) {
			continue
		}
		c.at++
		c.names = slices.Insert(c.names, c.at, e.Name)
		c.shown[e.Name] = true
		return
	}
	c.Message = "every layer is over " + client + " already"
}

// move moves the chosen strategy up or down.
func (c *laneChooser) move(by int) {
	if to := c.at + by; to >= 0 && to < len(c.names) {
		c.names[c.at], c.names[to] = c.names[to], c.names[c.at]
		c.at = to
	}
}

// take makes lanes of what was chosen.
func (c *laneChooser) take() tea.Cmd {
	var names []string
	for _, name := range c.names {
		if c.shown[name] && len(names) < session.MaxLanes {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		c.Message = "one lane at least"
		return nil
	}
	c.Close()
	if slices.Equal(names, c.Session.Strategies) {
		return nil
	}
	return c.Edit(c.Session.WithLanes(names))
}

// Draw draws the lanes, as many as fit around the chosen one.
func (c *laneChooser) Draw(sc page.Screen) {
	h := min(len(c.names)+6, sc.H-2, 34)
	x, y, room := sc.Panel(88, h)
	sc.Put(x, y, "lanes, in this order", frame.On(ink.Accent, true))
	rows := h - 6
	first, shown := frame.Window(len(c.names), rows, c.at)
	for i := range shown {
		c.line(sc, first+i, x, y+2+i, room)
	}
	sc.HintsOn(x, y+h-3, room,
		frame.Keys("space", "show, hide", "enter", "take", "esc", "leave", "[ ]", "move up, down", "+", "put a layer over it")...)
}

func (c *laneChooser) line(sc page.Screen, i, x, y, room int) {
	name := c.names[i]
	mark, s := "·", frame.On(ink.Dim, false)
	if c.shown[name] {
		mark, s = "✓", frame.On(ink.Text, false)
	}
	if i == c.at {
		s.Bold, s.FG = true, ink.Accent
		sc.Put(x-1, y, "▌", frame.On(ink.Accent, true))
	}
	sc.Put(x, y, mark, s)
	sc.Put(x+2, y, ink.Cut(name, 28), s)
	if room > 60 {
		sc.Put(x+31, y, ink.Cut(c.says(name), room-31), frame.On(ink.Faint, false))
	}
}

// says returns the rule of a strategy, and of the user's own client that it is one.
func (c *laneChooser) says(name string) string {
	e, err := c.Lineup.Find(name)
	if i := slices.Index(c.Session.Strategies, name); err != nil && i >= 0 {
		e = c.Entries[i] // which says why the lineup lacks it
	}
	if e.Group != strategies.Yours {
		return e.Rule
	}
	text := e.Rule
	if args := e.Own().Args; len(args) > 0 {
		text = args[len(args)-1] // as ours=./save.tsx
	}
	return string(e.Group) + ": " + ink.Printable(text, 100)
}
