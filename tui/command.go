package tui

import (
	"slices"

	"photofinish/tui/frame"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// place is what fills the screen: the lanes, or a view of its own.
type place uint8

const (
	onLanes place = 1 << iota
	onFocus
	onNetwork
	onChart

	anywhere   = onLanes | onFocus | onNetwork | onChart
	onTimeline = onLanes | onFocus | onChart // where time is real
)

// command is something that the user can do. The one table of commands (see
// [Model.commandTable]) is what a key press looks in, what the help lists, what the
// palette offers and what the foot of the screen names.
//
// A command may have variants, such as earlier and later, with keys of their
// own: do is told which.
type command struct {
	keys  [][]string // by variant; of each, the first is the one that is shown
	show  string     // the keys as they are written; "" for the first ones
	does  string     // in the help
	short string     // at the foot of the screen; "" as in the help
	names []string   // in the palette, by variant; none: it is not there
	group string     // the heading in the help
	in    place
	when  func() bool // nil: always
	do    func(variant int) tea.Cmd

	bindings []key.Binding
}

// bound makes the bindings of a table.
func bound(table []command) []command {
	for i := range table {
		c := &table[i]
		shown := c.show
		for _, keys := range c.keys {
			c.bindings = append(c.bindings, key.NewBinding(key.WithKeys(keys...), key.WithHelp(keys[0], c.does)))
			if c.show == "" {
				shown += " " + keys[0]
			}
		}
		if c.show == "" {
			c.show = shown[1:]
		}
		if c.short == "" {
			c.short = c.does
		}
	}
	return table
}

// works reports whether a command can be given now.
func (m *Model) works(c *command) bool { return c.in&m.place != 0 && (c.when == nil || c.when()) }

// run gives the command that a key stands for, if there is one.
func (m *Model) run(k tea.KeyPressMsg) (tea.Cmd, bool) {
	for i := range m.commands {
		c := &m.commands[i]
		if !m.works(c) {
			continue
		}
		if v := slices.IndexFunc(c.bindings, func(b key.Binding) bool { return key.Matches(k, b) }); v >= 0 {
			return c.do(v), true
		}
	}
	return nil, false
}

// hints returns those of some commands, named by the first of their keys, that
// can be given now.
func (m *Model) hints(keys ...string) (out []frame.Hint) {
	for _, k := range keys {
		for i := range m.commands {
			if c := &m.commands[i]; c.keys[0][0] == k && m.works(c) {
				out = append(out, frame.Key(m.turned(c.show), c.short))
				break
			}
		}
	}
	return out
}

// turned returns keys as they are to be pressed: where time goes down, arrows
// follow the picture.
func (m *Model) turned(keys string) string {
	if !m.isDown() {
		return keys
	}
	switch keys {
	case "← →":
		return "↑ ↓"
	case "↑ ↓":
		return "← →"
	}
	return keys
}

// turn returns the key that stands, where time goes right, for what k stands
// for where time goes down.
func (m *Model) turn(k tea.KeyPressMsg) tea.KeyPressMsg {
	if !m.isDown() {
		return k
	}
	arrows := map[rune]rune{tea.KeyUp: tea.KeyLeft, tea.KeyDown: tea.KeyRight, tea.KeyLeft: tea.KeyUp, tea.KeyRight: tea.KeyDown}
	if to, is := arrows[k.Code]; is {
		k.Code = to
		return k
	}
	letters := map[string]rune{"k": 'h', "j": 'l', "h": 'k', "l": 'j'}
	if to, is := letters[k.Text]; is {
		k.Code, k.Text = to, string(to)
	}
	return k
}
