package tui

import "charm.land/bubbles/v2/key"

// keyMap is every key of the playground. Help, footer and Update read it.
type keyMap struct {
	Create, Update, Delete, Permissions, Fetch key.Binding

	Play, Slower, Faster         key.Binding
	Back, On, BackFar, OnFar     key.Binding
	Event, EventBack             key.Binding
	First, Last, Restart, Future key.Binding
	Up, Down, Lane               key.Binding
	Layout, Field                key.Binding
	Seed, SeedBack               key.Binding
	Undo, Redo, Open, Copy       key.Binding
	Help, Quit, Leave            key.Binding
}

func bind(help, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
}

func newKeyMap() keyMap {
	return keyMap{
		Create:      bind("c", "create", "c"),
		Update:      bind("u", "update", "u"),
		Delete:      bind("d", "delete", "d"),
		Permissions: bind("p", "set permissions", "p"),
		Fetch:       bind("f", "fetch", "f"),

		Play:      bind("space", "play, pause", "space"),
		Slower:    bind("<", "slower", "<"),
		Faster:    bind(">", "faster", ">"),
		Back:      bind("←", "10 ms back", "left", "h"),
		On:        bind("→", "10 ms on", "right", "l"),
		BackFar:   bind("shift ←", "100 ms back", "shift+left", "H"),
		OnFar:     bind("→", "100 ms on", "shift+right", "L"),
		EventBack: bind(",", "previous event", ","),
		Event:     bind(".", "next event", "."),
		First:     bind("home", "to the start", "home"),
		Last:      bind("end", "to the end", "end", "G"),
		Restart:   bind("0", "start again", "0"),
		Future:    bind("v", "show, hide the future", "v"),

		Up:     bind("↑", "lane above", "up", "k"),
		Down:   bind("↓", "lane below", "down", "j"),
		Lane:   bind("1 … 9", "this lane", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		Layout: bind("w", "strips or columns", "w"),
		Field:  bind("tab", "another field", "tab"),

		Seed:     bind("r", "another seed", "r"),
		SeedBack: bind("R", "the seed before", "R"),

		Undo:  bind("z", "undo", "z"),
		Redo:  bind("Z", "redo", "Z"),
		Open:  bind("O", "open a scenario", "O", "o"),
		Copy:  bind("y", "copy the replay command", "y"),
		Help:  bind("?", "help", "?"),
		Quit:  bind("q", "quit", "q", "ctrl+c"),
		Leave: bind("esc", "back", "esc"),
	}
}

// group is a part of the help; its lines are keys that belong together.
type group struct {
	title string
	lines []hint
}

// pair puts keys on one line.
func pair(what string, keys ...key.Binding) hint {
	h := hint{what: what}
	for i, k := range keys {
		if i > 0 {
			h.keys += " "
		}
		h.keys += k.Help().Key
	}
	return h
}

// groups lists the keys as the help shows them.
func (k keyMap) groups() []group {
	return []group{
		{"act at the cursor", []hint{hintOf(k.Create), hintOf(k.Update), hintOf(k.Delete), hintOf(k.Permissions), hintOf(k.Fetch)}},
		{"time", []hint{
			hintOf(k.Play), pair("10 ms back, on", k.Back, k.On), pair("100 ms", k.BackFar, k.OnFar), pair("previous, next event", k.EventBack, k.Event),
			pair("start, end", k.First, k.Last), hintOf(k.Restart), pair("slower, faster", k.Slower, k.Faster), hintOf(k.Future),
		}},
		{"lanes", []hint{pair("another lane", k.Up, k.Down), hintOf(k.Lane), hintOf(k.Layout), hintOf(k.Field)}},
		{"chance", []hint{pair("another seed, and back", k.Seed, k.SeedBack)}},
		{"session", []hint{hintOf(k.Open), pair("undo, redo", k.Undo, k.Redo), hintOf(k.Copy), hintOf(k.Help), hintOf(k.Quit)}},
	}
}
