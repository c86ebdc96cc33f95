package tui

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/page"

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
)

// commandTable is every key of the playground: first those of the pages' own.
// What stands first wins.
func (m *Model) commandTable() (table []page.Command) {
	for _, p := range m.all {
		for _, c := range p.Commands() {
			c.Group, c.In = p.Heading(), []page.Page{p}
			table = append(table, c)
		}
	}
	for _, part := range [][]page.Command{m.selectionCommands(), m.handCommands(), m.timeCommands(), m.laneCommands(), m.chanceCommands(), m.sessionCommands()} {
		table = append(table, part...)
	}
	return page.Bound(table)
}

// selectionCommands edit the action that is selected, or else the nearest.
func (m *Model) selectionCommands() []page.Command {
	some := func() bool { return len(m.Session.Script.Actions) > 0 }
	picked := func() bool { return m.Session.Picked.Action != 0 }
	return []page.Command{
		{Keys: page.Two("[", "]"), Does: "earlier, later by 10 ms", Short: "move it", Group: ofSelection, In: m.editing, When: some, Do: m.Moves(10),
			Names: []string{"selected action: 10 ms earlier", "selected action: 10 ms later"}},
		{Keys: page.Two("{", "}"), Does: "by 100 ms", Group: ofSelection, In: m.editing, When: some, Do: m.Moves(100),
			Names: []string{"selected action: 100 ms earlier", "selected action: 100 ms later"}},
		{Keys: page.Two("(", ")"), Does: "by 1 ms", Group: ofSelection, In: m.editing, When: some, Do: m.Moves(1),
			Names: []string{"selected action: 1 ms earlier", "selected action: 1 ms later"}},
		{Keys: page.One("e"), Does: "change what it sets", Short: "edit", Group: ofSelection, In: m.editing, When: some, Do: page.Once(m.dialogs.editValue),
			Names: []string{"selected action: change what it sets"}},
		{Keys: page.One("x", "delete"), Does: "delete it", Short: "delete", Group: ofSelection, In: m.editing, When: some, Do: page.Once(m.DeleteAction),
			Names: []string{"selected action: delete it"}},
		{Keys: page.Two("g", "G"), Does: "previous, next action", Short: "select", Group: ofSelection, In: m.editing, When: some, Do: m.SelectNext,
			Names: []string{"select the previous action", "select the next action"}},
		{Keys: page.One("m"), Does: "pick one of its messages", Short: "message", Group: ofSelection, In: m.editing, When: some, Do: page.Once(m.PickMessage),
			Names: []string{"message: pick one of the selected action's"}},
		{Keys: [][]string{{"+"}, {"-"}}, Does: "message slower, faster", Short: "slower, faster", Group: ofSelection, In: m.only, When: picked, Do: m.PinMessage,
			Names: []string{"message: 10 ms slower", "message: 10 ms faster"}},
		{Keys: page.One("esc"), Does: "let go of it", Group: ofSelection, In: m.only, Do: page.Once(m.LetGo),
			When: func() bool { return m.Session.Selected != 0 }},
		{Keys: page.One("0"), Does: "let luck draw it again", Short: "luck", Group: ofSelection, In: m.editing, When: picked, Do: page.Once(m.UnpinMessage),
			Names: []string{"message: let luck draw its latency again"}},
	}
}

// handCommands are what the user of the simulated client can do.
func (m *Model) handCommands() (table []page.Command) {
	for do, name := range sim.Dos() {
		does := name
		if sim.Do(do) == sim.SetPermissions {
			does = "set permissions"
		}
		table = append(table, page.Command{
			Keys: page.One(sim.Do(do).Key()), Does: does, Group: ofHands, In: m.all,
			Names: []string{"act at the cursor: " + does},
			Do:    page.Once(func() tea.Cmd { return m.Page.Act(sim.Do(do)) }),
		})
	}
	return table
}

func (m *Model) timeCommands() []page.Command {
	return []page.Command{
		{Keys: page.One("space"), Does: "play, pause", Short: "play", Group: ofTime, In: m.timeline, Do: page.Once(m.PlayOrPause),
			Names: []string{"play, or stop time"}},
		{Keys: [][]string{{"left", "h"}, {"right", "l"}}, Show: "← →", Does: "10 ms back, on", Short: "time", Group: ofTime, In: m.timeline, Do: m.Scrubs(10)},
		{Keys: [][]string{{"shift+left", "H"}, {"shift+right"}}, Show: "shift", Does: "… 100 ms", Group: ofTime, In: m.timeline, Do: m.Scrubs(100)},
		{Keys: page.Two(",", "."), Does: "previous, next event", Short: "event", Group: ofTime, In: m.overview, Do: m.ToEvent,
			Names: []string{"go to the previous event", "go to the next event"}},
		{Keys: page.Two("home", "end"), Does: "first, last event", Group: ofTime, In: m.overview, Do: m.ToEnd,
			Names: []string{"go to the start", "go to the end"}},
		{Keys: page.Two("<", ">"), Does: "slower, faster", Short: "speed", Group: ofTime, In: m.timeline, Do: m.SetSpeed,
			Names: []string{"play slower", "play faster"}},
		{Keys: page.One("v"), Does: "show, hide the future", Short: "future", Group: ofTime, In: m.timeline, Do: page.Once(m.ToggleFuture),
			Names: []string{"show or hide the future"}},
	}
}

func (m *Model) laneCommands() []page.Command {
	var digits [][]string
	for d := '1'; d <= '9'; d++ {
		digits = append(digits, []string{string(d)})
	}
	return []page.Command{
		{Keys: [][]string{{"up", "k"}, {"down", "j"}}, Show: "↑ ↓", Does: "another lane", Short: "lane", Group: ofLanes, In: m.overview, Do: m.OtherLane},
		{Keys: digits, Show: "1 … 9", Does: "this lane", Group: ofLanes, In: m.timeline, Do: m.ShowLane},
		{Keys: page.One("enter"), Does: "focus: log and code", Short: "focus", Group: ofLanes, In: m.overview, Do: page.Once(m.focus.Open),
			Names: []string{"focus on this lane: log, states, source"}},
		{Keys: page.One("w"), Does: "strips or columns", Short: "layout", Group: ofLanes, In: m.only, Do: page.Once(m.lanes.otherLayout),
			Names: []string{"lanes as strips or as columns"}},
		{Keys: page.One("L"), Does: "choose and order lanes", Short: "lanes", Group: ofLanes, In: m.timeline, Do: page.Once(m.dialogs.chooseLanes),
			Names: []string{"choose and order lanes"}},
		{Keys: page.One("="), Does: "compare with another", Short: "compare", Group: ofLanes, In: m.editing, Do: page.Once(m.focus.Compare),
			Names: []string{"compare this lane with another"}},
		{Keys: page.One("tab"), Does: "another field", Short: "field", Group: ofLanes, In: m.only, Do: page.Once(m.OtherField),
			When: m.SeveralFields, Names: []string{"show another field"}},
		{Keys: page.Two("P", "C"), Does: "other person, client", Short: "person, client", Group: ofLanes, In: m.only, Do: m.LookAround,
			Names: []string{"another person: show them, act on them", "another client: show its screen, act there"}},
	}
}

func (m *Model) chanceCommands() []page.Command {
	return []page.Command{
		{Keys: page.Two("r", "R"), Does: "next, previous seed", Short: "reseed", Group: ofChance, In: m.timeline, Do: m.Reseed,
			Names: []string{"latencies: draw again (next seed)", "latencies: as before (previous seed)"}},
		{Keys: page.One("o"), Does: "odds against the gap", Short: "odds", Group: ofChance, In: m.editing, Do: page.Once(m.chart.Open),
			Names: []string{"odds against the gap between two clicks"}},
		{Keys: page.One("n"), Does: "be the network", Group: ofChance, In: m.timeline, Do: page.Once(m.network.Open),
			Names: []string{"be the network: pick what arrives next"}},
		{Keys: page.One("b"), Does: "can it be broken?", Short: "break it", Group: ofChance, In: m.timeline, Do: page.Once(m.network.Break),
			Names: []string{"can this lane be broken? the shortest way, or a proof"}},
		{Keys: page.One("N"), Does: "another network", Short: "network", Group: ofChance, In: m.timeline, Do: page.Once(m.dialogs.chooseNetwork),
			Names: []string{"latencies: LAN, cable, 4G, 3G, flaky, satellite"}},
	}
}

func (m *Model) sessionCommands() []page.Command {
	return []page.Command{
		{Keys: page.Two("z", "Z"), Does: "undo, redo", Short: "undo", Group: ofSession, In: m.timeline, Do: m.Undo,
			Names: []string{"undo", "redo"}},
		{Keys: page.One("s"), Does: "save as a scenario", Short: "save", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.save),
			Names: []string{"save as a scenario file"}},
		{Keys: page.One("O"), Does: "open", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.pick),
			Names: []string{"open a scenario"}},
		{Keys: page.One("y"), Does: "copy the replay command", Short: "copy replay", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.copy),
			Names: []string{"copy the replay command"}},
		{Keys: page.One("T"), Does: "save the screen as text", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.export),
			Names: []string{"save the screen as text"}},
		{Keys: page.One(":"), Does: "all commands", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.openPalette)},
		{Keys: page.One("?"), Does: "this", Short: "help", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.openHelp),
			Names: []string{"help"}},
		{Keys: page.One("q", "ctrl+c"), Does: "quit", Group: ofSession, In: m.all, Do: page.Once(m.dialogs.quit),
			Names: []string{"quit"}},
	}
}
