package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
)

// The headings of the help. That of the selection names what is selected.
const (
	ofSelection = "with an action selected"
	ofHands     = "act at the cursor"
	ofTime      = "time"
	ofLanes     = "lanes"
	ofChance    = "chance and proof"
	ofSession   = "session"
	ofFocus     = "in the focus"
	ofNetwork   = "you are the network"
	ofChart     = "in the chart"
)

// one is the key of a command without variants.
func one(keys ...string) [][]string { return [][]string{keys} }

// two are the keys of a command with two variants.
func two(a, b string) [][]string { return [][]string{{a}, {b}} }

// once makes a command of something that has no variants.
func once(do func() tea.Cmd) func(int) tea.Cmd {
	return func(int) tea.Cmd { return do() }
}

// commandTable is every key of the playground. What stands first wins.
func (m *Model) commandTable() []command {
	var table []command
	for _, part := range [][]command{m.focusCommands(), m.networkCommands(), m.chartCommands(), m.selectionCommands(), m.handCommands(), m.timeCommands(), m.laneCommands(), m.chanceCommands(), m.sessionCommands()} {
		table = append(table, part...)
	}
	return bound(table)
}

// selectionCommands edit the action that is selected, or else the nearest.
func (m *Model) selectionCommands() []command {
	here := onLanes | onFocus
	some := func() bool { return len(m.Session.Script.Actions) > 0 }
	picked := func() bool { return m.Session.Picked.Action != 0 }
	return []command{
		{keys: two("[", "]"), does: "earlier, later by 10 ms", short: "move it", group: ofSelection, in: here, when: some, do: m.Moves(10),
			names: []string{"selected action: 10 ms earlier", "selected action: 10 ms later"}},
		{keys: two("{", "}"), does: "by 100 ms", group: ofSelection, in: here, when: some, do: m.Moves(100),
			names: []string{"selected action: 100 ms earlier", "selected action: 100 ms later"}},
		{keys: two("(", ")"), does: "by 1 ms", group: ofSelection, in: here, when: some, do: m.Moves(1),
			names: []string{"selected action: 1 ms earlier", "selected action: 1 ms later"}},
		{keys: one("e"), does: "change what it sets", short: "edit", group: ofSelection, in: here, when: some, do: once(m.editValue),
			names: []string{"selected action: change what it sets"}},
		{keys: one("x", "delete"), does: "delete it", short: "delete", group: ofSelection, in: here, when: some, do: once(m.DeleteAction),
			names: []string{"selected action: delete it"}},
		{keys: two("g", "G"), does: "previous, next action", short: "select", group: ofSelection, in: here, when: some, do: m.SelectNext,
			names: []string{"select the previous action", "select the next action"}},
		{keys: one("m"), does: "pick one of its messages", short: "message", group: ofSelection, in: here, when: some, do: once(m.PickMessage),
			names: []string{"message: pick one of the selected action's"}},
		{keys: [][]string{{"+"}, {"-"}}, does: "message slower, faster", short: "slower, faster", group: ofSelection, in: onLanes, when: picked, do: m.PinMessage,
			names: []string{"message: 10 ms slower", "message: 10 ms faster"}},
		{keys: one("esc"), does: "let go of it", group: ofSelection, in: onLanes, do: once(m.LetGo),
			when: func() bool { return m.Session.Selected != 0 }},
		{keys: one("0"), does: "let luck draw it again", short: "luck", group: ofSelection, in: here, when: picked, do: once(m.UnpinMessage),
			names: []string{"message: let luck draw its latency again"}},
	}
}

// handCommands are what the user of the simulated client can do.
func (m *Model) handCommands() (table []command) {
	for do, name := range sim.Dos() {
		does := name
		if sim.Do(do) == sim.SetPermissions {
			does = "set permissions"
		}
		table = append(table, command{
			keys: one(sim.Do(do).Key()), does: does, group: ofHands, in: anywhere,
			names: []string{"act at the cursor: " + does},
			do:    once(func() tea.Cmd { return m.act(sim.Do(do)) }),
		})
	}
	return table
}

func (m *Model) timeCommands() []command {
	return []command{
		{keys: one("space"), does: "play, pause", short: "play", group: ofTime, in: onTimeline, do: once(m.PlayOrPause),
			names: []string{"play, or stop time"}},
		{keys: [][]string{{"left", "h"}, {"right", "l"}}, show: "← →", does: "10 ms back, on", short: "time", group: ofTime, in: onTimeline, do: m.Scrubs(10)},
		{keys: [][]string{{"shift+left", "H"}, {"shift+right"}}, show: "shift", does: "… 100 ms", group: ofTime, in: onTimeline, do: m.Scrubs(100)},
		{keys: two(",", "."), does: "previous, next event", short: "event", group: ofTime, in: onLanes | onChart, do: m.ToEvent,
			names: []string{"go to the previous event", "go to the next event"}},
		{keys: two("home", "end"), does: "first, last event", group: ofTime, in: onLanes | onChart, do: m.ToEnd,
			names: []string{"go to the start", "go to the end"}},
		{keys: two("<", ">"), does: "slower, faster", short: "speed", group: ofTime, in: onTimeline, do: m.SetSpeed,
			names: []string{"play slower", "play faster"}},
		{keys: one("v"), does: "show, hide the future", short: "future", group: ofTime, in: onTimeline, do: once(m.ToggleFuture),
			names: []string{"show or hide the future"}},
	}
}

func (m *Model) laneCommands() []command {
	var digits [][]string
	for d := '1'; d <= '9'; d++ {
		digits = append(digits, []string{string(d)})
	}
	return []command{
		{keys: [][]string{{"up", "k"}, {"down", "j"}}, show: "↑ ↓", does: "another lane", short: "lane", group: ofLanes, in: onLanes | onChart, do: m.OtherLane},
		{keys: digits, show: "1 … 9", does: "this lane", group: ofLanes, in: onTimeline, do: m.ShowLane},
		{keys: one("enter"), does: "focus: log and code", short: "focus", group: ofLanes, in: onLanes | onChart, do: once(m.openFocus),
			names: []string{"focus on this lane: log, states, source"}},
		{keys: one("w"), does: "strips or columns", short: "layout", group: ofLanes, in: onLanes, do: once(m.otherLayout),
			names: []string{"lanes as strips or as columns"}},
		{keys: one("L"), does: "choose and order lanes", short: "lanes", group: ofLanes, in: onTimeline, do: once(m.chooseLanes),
			names: []string{"choose and order lanes"}},
		{keys: one("="), does: "compare with another", short: "compare", group: ofLanes, in: onLanes | onFocus, do: once(m.compare),
			names: []string{"compare this lane with another"}},
		{keys: one("tab"), does: "another field", short: "field", group: ofLanes, in: onLanes, do: once(m.OtherField),
			when: m.SeveralFields, names: []string{"show another field"}},
		{keys: two("P", "C"), does: "other person, client", short: "person, client", group: ofLanes, in: onLanes, do: m.LookAround,
			names: []string{"another person: show them, act on them", "another client: show its screen, act there"}},
	}
}

func (m *Model) chanceCommands() []command {
	return []command{
		{keys: two("r", "R"), does: "next, previous seed", short: "reseed", group: ofChance, in: onTimeline, do: m.Reseed,
			names: []string{"latencies: draw again (next seed)", "latencies: as before (previous seed)"}},
		{keys: one("o"), does: "odds against the gap", short: "odds", group: ofChance, in: onLanes | onFocus, do: once(m.openChart),
			names: []string{"odds against the gap between two clicks"}},
		{keys: one("n"), does: "be the network", group: ofChance, in: onTimeline, do: once(m.beNetwork),
			names: []string{"be the network: pick what arrives next"}},
		{keys: one("b"), does: "can it be broken?", short: "break it", group: ofChance, in: onTimeline, do: once(m.breakIt),
			names: []string{"can this lane be broken? the shortest way, or a proof"}},
		{keys: one("N"), does: "another network", short: "network", group: ofChance, in: onTimeline, do: once(m.chooseNetwork),
			names: []string{"latencies: LAN, cable, 4G, 3G, flaky, satellite"}},
	}
}

func (m *Model) sessionCommands() []command {
	return []command{
		{keys: two("z", "Z"), does: "undo, redo", short: "undo", group: ofSession, in: onTimeline, do: m.Undo,
			names: []string{"undo", "redo"}},
		{keys: one("s"), does: "save as a scenario", short: "save", group: ofSession, in: anywhere, do: once(m.save),
			names: []string{"save as a scenario file"}},
		{keys: one("O"), does: "open", group: ofSession, in: anywhere, do: once(m.pick),
			names: []string{"open a scenario"}},
		{keys: one("y"), does: "copy the replay command", short: "copy replay", group: ofSession, in: anywhere, do: once(m.copy),
			names: []string{"copy the replay command"}},
		{keys: one("T"), does: "save the screen as text", group: ofSession, in: anywhere, do: once(m.export),
			names: []string{"save the screen as text"}},
		{keys: one(":"), does: "all commands", group: ofSession, in: anywhere, do: once(m.openPalette)},
		{keys: one("?"), does: "this", short: "help", group: ofSession, in: anywhere, do: once(m.openHelp),
			names: []string{"help"}},
		{keys: one("q", "ctrl+c"), does: "quit", group: ofSession, in: anywhere, do: once(m.quit),
			names: []string{"quit"}},
	}
}
