package page

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
)

// Command is something that the user can do. The one table of commands (see
// [Host]) is what a key press looks in, what the help lists, what the
// palette offers and what the foot of the screen names.
//
// A command may have variants, such as earlier and later, with keys of their
// own: do is told which.
type Command struct {
	Keys  string      // by variant, as "left|h right|l"; of each, the first is the one that is shown
	Show  string      // the keys as they are written; "" for the first ones
	Does  string      // in the help
	Short string      // at the foot of the screen; "" as in the help
	Names string      // in the palette, by variant, as "undo; redo"; "": it is not there
	Group string      // the heading in the help
	In    Trait       // of a page in which it can be given, where it is none's own, as one that opens a page
	After string      // the keys of the command behind which it stands among those of its group; "": the last
	of    Page        // whose own it is; nil: nobody's
	When  func() bool // nil: always
	Why   string      // what the user is told while When says no; "": nothing
	Do    func(variant int) tea.Cmd

	Bindings []key.Binding // by variant, made of Keys
	first    string        // of the keys
}

// place returns where in a table a command is to stand.
func (c *Command) place(table []Command) (at int) {
	for i := range table {
		if table[i].Group != c.Group {
			continue
		}
		if at = i + 1; table[i].Keys == c.After {
			break
		}
	}
	return at
}

// bound makes the bindings of a table.
func bound(table []Command) []Command {
	for i := range table {
		c := &table[i]
		var shown []string
		for variant := range strings.FieldsSeq(c.Keys) {
			keys := strings.Split(variant, "|")
			c.Bindings = append(c.Bindings, key.NewBinding(key.WithKeys(keys...)))
			shown = append(shown, keys[0])
		}
		c.first = shown[0]
		c.Show = cmp.Or(c.Show, strings.Join(shown, " "))
		c.Short = cmp.Or(c.Short, c.Does)
	}
	return table
}

// Works reports whether a command can be given now.
func (h *Host) Works(c *Command) bool { return h.Here(c) && (c.When == nil || c.When()) }

// Here reports whether a command is one of the page that is open.
func (h *Host) Here(c *Command) bool {
	_, traits := h.Page.Profile()
	return c.of == h.Page || c.of == nil && c.In&traits != 0
}

// Run gives the command that a key stands for, if there is one. Of one that cannot be
// given now it says why.
func (h *Host) Run(k tea.KeyPressMsg) (tea.Cmd, bool) {
	why := ""
	for i := range h.Table {
		c := &h.Table[i]
		if !h.Here(c) {
			continue
		}
		v := slices.IndexFunc(c.Bindings, func(b key.Binding) bool { return key.Matches(k, b) })
		switch {
		case v < 0:
		case h.Works(c):
			return c.Do(v), true
		default:
			why = cmp.Or(why, c.Why)
		}
	}
	h.Message = why
	return nil, false
}

// Hints returns the keys of some commands, named by the first of their keys, that
// can be given now.
func (h *Host) Hints(keys ...string) (out []frame.Hint) {
	for _, k := range keys {
		for i := range h.Table {
			if c := &h.Table[i]; c.first == k && h.Works(c) {
				out = append(out, frame.Key(h.AsPressed(c.Show), c.Short))
				break
			}
		}
	}
	return out
}

// AsPressed returns keys as they are to be pressed: where time goes down, arrows
// follow the picture.
func (h *Host) AsPressed(keys string) string {
	if !h.Page.Down() {
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

// Turn returns the key that stands, where time goes right, for what k stands
// for where time goes down.
func (h *Host) Turn(k tea.KeyPressMsg) tea.KeyPressMsg {
	if !h.Page.Down() {
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

// Once makes a command of something that has no variants.
func Once(do func() tea.Cmd) func(int) tea.Cmd {
	return func(int) tea.Cmd { return do() }
}
