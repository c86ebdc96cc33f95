package page

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
)

// The headings of the help. That of the selection names what is selected.
const (
	OfSelection = "with an action selected"
	OfHands     = "act at the cursor"
	OfTime      = "time"
	OfLanes     = "lanes"
	OfChance    = "chance and proof"
	OfSession   = "session"
)

// shared lists the keys that several pages have, and those of the first page, which
// stand among them in help and palette.
func (h *Host) shared() []Command {
	return slices.Concat(h.selectionCommands(), h.handCommands(), h.timeCommands(), h.laneCommands(), h.chanceCommands(), h.sessionCommands())
}

// selectionCommands edit the action that is selected, or else the nearest.
func (h *Host) selectionCommands() []Command {
	some := func() bool { return len(h.Session.Script.Actions) > 0 }
	picked := func() bool { return h.Session.Picked.Action != 0 }
	return []Command{
		{Keys: Two("[", "]"), Does: "earlier, later by 10 ms", Short: "move it", Group: OfSelection, In: Editing, When: some, Do: h.Moves(10),
			Names: []string{"selected action: 10 ms earlier", "selected action: 10 ms later"}},
		{Keys: Two("{", "}"), Does: "by 100 ms", Group: OfSelection, In: Editing, When: some, Do: h.Moves(100),
			Names: []string{"selected action: 100 ms earlier", "selected action: 100 ms later"}},
		{Keys: Two("(", ")"), Does: "by 1 ms", Group: OfSelection, In: Editing, When: some, Do: h.Moves(1),
			Names: []string{"selected action: 1 ms earlier", "selected action: 1 ms later"}},
		{Keys: One("e"), Does: "change what it sets", Short: "edit", Group: OfSelection, In: Editing, When: some, Do: h.asks(Value),
			Names: []string{"selected action: change what it sets"}},
		{Keys: One("x", "delete"), Does: "delete it", Short: "delete", Group: OfSelection, In: Editing, When: some, Do: Once(h.DeleteAction),
			Names: []string{"selected action: delete it"}},
		{Keys: Two("g", "G"), Does: "previous, next action", Short: "select", Group: OfSelection, In: Editing, When: some, Do: h.SelectNext,
			Names: []string{"select the previous action", "select the next action"}},
		{Keys: One("m"), Does: "pick one of its messages", Short: "message", Group: OfSelection, In: Editing, When: some, Do: Once(h.PickMessage),
			Names: []string{"message: pick one of the selected action's"}},
		{Keys: [][]string{{"+"}, {"-"}}, Does: "message slower, faster", Short: "slower, faster", Group: OfSelection, In: First, When: picked, Do: h.PinMessage,
			Names: []string{"message: 10 ms slower", "message: 10 ms faster"}},
		{Keys: One("esc"), Does: "let go of it", Group: OfSelection, In: First, Do: Once(h.LetGo),
			When: func() bool { return h.Session.Selected != 0 }},
		{Keys: One("0"), Does: "let luck draw it again", Short: "luck", Group: OfSelection, In: Editing, When: picked, Do: Once(h.UnpinMessage),
			Names: []string{"message: let luck draw its latency again"}},
	}
}

// handCommands are what the user of the simulated client can do.
func (h *Host) handCommands() (table []Command) {
	for do, name := range sim.Dos() {
		does := name
		if sim.Do(do) == sim.SetPermissions {
			does = "set permissions"
		}
		table = append(table, Command{
			Keys: One(sim.Do(do).Key()), Does: does, Group: OfHands, In: Any,
			Names: []string{"act at the cursor: " + does},
			Do:    Once(func() tea.Cmd { return h.Page.Act(sim.Do(do)) }),
		})
	}
	return table
}

func (h *Host) timeCommands() []Command {
	return []Command{
		{Keys: One("space"), Does: "play, pause", Short: "play", Group: OfTime, In: Timed, Do: Once(h.PlayOrPause),
			Names: []string{"play, or stop time"}},
		{Keys: [][]string{{"left", "h"}, {"right", "l"}}, Show: "← →", Does: "10 ms back, on", Short: "time", Group: OfTime, In: Timed, Do: h.Scrubs(10)},
		{Keys: [][]string{{"shift+left", "H"}, {"shift+right"}}, Show: "shift", Does: "… 100 ms", Group: OfTime, In: Timed, Do: h.Scrubs(100)},
		{Keys: Two(",", "."), Does: "previous, next event", Short: "event", Group: OfTime, In: Overview, Do: h.ToEvent,
			Names: []string{"go to the previous event", "go to the next event"}},
		{Keys: Two("home", "end"), Does: "first, last event", Group: OfTime, In: Overview, Do: h.ToEnd,
			Names: []string{"go to the start", "go to the end"}},
		{Keys: Two("<", ">"), Does: "slower, faster", Short: "speed", Group: OfTime, In: Timed, Do: h.SetSpeed,
			Names: []string{"play slower", "play faster"}},
		{Keys: One("v"), Does: "show, hide the future", Short: "future", Group: OfTime, In: Timed, Do: Once(h.ToggleFuture),
			Names: []string{"show or hide the future"}},
	}
}

func (h *Host) laneCommands() []Command {
	var digits [][]string
	for d := '1'; d <= '9'; d++ {
		digits = append(digits, []string{string(d)})
	}
	return []Command{
		{Keys: [][]string{{"up", "k"}, {"down", "j"}}, Show: "↑ ↓", Does: "another lane", Short: "lane", Group: OfLanes, In: Overview, Do: h.OtherLane},
		{Keys: digits, Show: "1 … 9", Does: "this lane", Group: OfLanes, In: Timed, Do: h.ShowLane},
		{Keys: One("enter"), Does: "focus: log and code", Short: "focus", Group: OfLanes, In: Overview, Do: h.asks(Closer),
			Names: []string{"focus on this lane: log, states, source"}},
		{Keys: One("w"), Does: "strips or columns", Short: "layout", Group: OfLanes, In: First, Do: h.asks(Layout),
			Names: []string{"lanes as strips or as columns"}},
		{Keys: One("L"), Does: "choose and order lanes", Short: "lanes", Group: OfLanes, In: Timed, Do: h.asks(Lanes),
			Names: []string{"choose and order lanes"}},
		{Keys: One("="), Does: "compare with another", Short: "compare", Group: OfLanes, In: Editing, Do: h.asks(Comparison),
			Names: []string{"compare this lane with another"}},
		{Keys: One("tab"), Does: "another field", Short: "field", Group: OfLanes, In: First, Do: Once(h.OtherField),
			When: h.SeveralFields, Names: []string{"show another field"}},
		{Keys: Two("P", "C"), Does: "other person, client", Short: "person, client", Group: OfLanes, In: First, Do: h.LookAround,
			Names: []string{"another person: show them, act on them", "another client: show its screen, act there"}},
	}
}

func (h *Host) chanceCommands() []Command {
	return []Command{
		{Keys: Two("r", "R"), Does: "next, previous seed", Short: "reseed", Group: OfChance, In: Timed, Do: h.Reseed,
			Names: []string{"latencies: draw again (next seed)", "latencies: as before (previous seed)"}},
		{Keys: One("o"), Does: "odds against the gap", Short: "odds", Group: OfChance, In: Editing, Do: h.asks(Odds),
			Names: []string{"odds against the gap between two clicks"}},
		{Keys: One("n"), Does: "be the network", Group: OfChance, In: Timed, Do: h.asks(BeNetwork),
			Names: []string{"be the network: pick what arrives next"}},
		{Keys: One("b"), Does: "can it be broken?", Short: "break it", Group: OfChance, In: Timed, Do: h.asks(Break),
			Names: []string{"can this lane be broken? the shortest way, or a proof"}},
		{Keys: One("N"), Does: "another network", Short: "network", Group: OfChance, In: Timed, Do: h.asks(Networks),
			Names: []string{"latencies: LAN, cable, 4G, 3G, flaky, satellite"}},
	}
}

func (h *Host) sessionCommands() []Command {
	return []Command{
		{Keys: Two("z", "Z"), Does: "undo, redo", Short: "undo", Group: OfSession, In: Timed, Do: h.Undo,
			Names: []string{"undo", "redo"}},
		{Keys: One("s"), Does: "save as a scenario", Short: "save", Group: OfSession, In: Any, Do: h.asks(Save),
			Names: []string{"save as a scenario file"}},
		{Keys: One("O"), Does: "open", Group: OfSession, In: Any, Do: h.asks(Scenarios),
			Names: []string{"open a scenario"}},
		{Keys: One("y"), Does: "copy the replay command", Short: "copy replay", Group: OfSession, In: Any, Do: h.asks(Copy),
			Names: []string{"copy the replay command"}},
		{Keys: One("T"), Does: "save the screen as text", Group: OfSession, In: Any, Do: h.asks(Text),
			Names: []string{"save the screen as text"}},
		{Keys: One(":"), Does: "all commands", Group: OfSession, In: Any, Do: h.asks(Palette)},
		{Keys: One("?"), Does: "this", Short: "help", Group: OfSession, In: Any, Do: h.asks(Help),
			Names: []string{"help"}},
		{Keys: One("q", "ctrl+c"), Does: "quit", Group: OfSession, In: Any, Do: h.asks(Quit),
			Names: []string{"quit"}},
	}
}
