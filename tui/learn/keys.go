package learn

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// binding is something that can be pressed now, as foot and help show it.
type binding struct {
	key.Binding
	quiet bool // in the help only
	do    func(k string) tea.Cmd
}

// bind binds keys, as Bubble Tea names them.
func bind(show, does string, do func(k string) tea.Cmd, keys ...string) binding {
	return binding{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(show, does)), do: do}
}

// hidden leaves a binding out of the foot.
func hidden(b binding) binding {
	b.quiet = true
	return b
}

// silent is for keys that another binding speaks of.
func silent(do func(k string) tea.Cmd, keys ...string) binding {
	return hidden(bind("", "", do, keys...))
}

// then is for what needs no key and brings no work; then1 wants to know the key.
func then(do func()) func(string) tea.Cmd { return then1(func(string) { do() }) }

func then1(do func(k string)) func(string) tea.Cmd {
	return func(k string) tea.Cmd {
		do(k)
		return nil
	}
}

// strides say how far a key goes back or on.
var strides = map[string]int{
	"up": -1, "k": -1, "left": -1, "h": -1, "shift+tab": -1, "[": -1, ",": -1,
	"down": 1, "j": 1, "right": 1, "l": 1, "tab": 1, "]": 1, ".": 1,
	"pgup": -10, "shift+left": -10, "pgdown": 10, "shift+right": 10,
}

func walk(at *int, n int, k string) {
	if n > 0 {
		*at = (*at + n + strides[k]) % n
	}
}

// digits are the keys of the first n things to pick from, at most nine.
func digits(n int) []string {
	return strings.Split("123456789"[:min(n, 9)], "")
}

func digit(k string) int { return int(k[0] - '1') }

// upTo shows the digits of n things: "1–4".
func upTo(n int) string {
	if n = min(n, 9); n <= 1 {
		return "1"
	}
	return "1–" + itoa(n)
}

// bindings returns what can be pressed now: what the page takes, and what
// works everywhere. A key of the page goes before one of everywhere.
func (m *Model) bindings() []binding {
	own := m.page.keys(m)
	return append(own, m.everywhere(own)...)
}

func (m *Model) everywhere(own []binding) (all []binding) {
	if m.class != nil {
		for _, b := range m.class.Keys {
			all = append(all, binding{Binding: b, do: then(func() {})})
		}
	}
	taken := func(k string) bool {
		return slices.ContainsFunc(slices.Concat(own, all), func(b binding) bool { return slices.Contains(b.Keys(), k) })
	}
	if m.run != nil && m.run.At() > 0 && !m.o.Follows {
		back := bind("b", "one step back", func(string) tea.Cmd { return m.back() }, "b", "backspace")
		if back.quiet = true; m.o.Present {
			back = bind("b", "back", func(string) tea.Cmd { return m.back() }, "b", "backspace", "left")
		}
		all = append(all, back)
	}
	if m.run != nil && !m.o.Follows && !taken("esc") {
		all = append(all, hidden(bind("esc", "all lessons", func(string) tea.Cmd {
			if m.o.Moved != nil && m.twice("esc") { // a class comes along
				m.message = "esc once more leaves the lesson, for everybody"
				return nil
			}
			return m.toContents()
		}, "esc")))
	}
	all = append(all, bind("?", "help", then(func() { m.over = &help{} }), "?"))
	if !taken("q") {
		all = append(all, bind("q", "leave", func(string) tea.Cmd { return m.quit() }, "q", "ctrl+c"))
	}
	return all
}

func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	pressed := k.String()
	if m.message = ""; m.armed != pressed {
		m.armed = ""
	}
	switch {
	case pressed == "ctrl+c":
		return m.quit()
	case m.over != nil:
		m.over.key(m, pressed)
		return nil
	case m.slip() != nil && pressed == "c":
		m.slip().turned = !m.slip().turned
		return nil
	case m.small() && m.slip() == nil && pressed != "q":
		return nil
	}
	for _, b := range m.bindings() {
		if key.Matches(k, b.Binding) {
			return b.do(pressed)
		}
	}
	return nil
}

func (m *Model) quit() tea.Cmd {
	m.keep()
	m.cancel()
	return tea.Quit
}
