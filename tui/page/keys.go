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
// stand among them in help and palette. What opens a page or a
// dialog is that one's own.
func (h *Host) shared() []Command {
	return slices.Concat(h.selectionCommands(), h.handCommands(), h.timeCommands(), h.laneCommands(), h.chanceCommands(), h.sessionCommands())
}

// group puts commands under a heading of the help.
func group(heading string, table []Command) []Command {
	for i := range table {
		table[i].Group = heading
	}
	return table
}

// selectionCommands edit the action that is selected, or else the nearest.
func (h *Host) selectionCommands() []Command {
	some := func() bool { return len(h.Session.Script.Actions) > 0 }
	picked := func() bool { return h.Session.Picked.Action != 0 }
	const nothing, unpicked = "there is no action yet: c u d p f act at the cursor", "no message is picked: m picks one of an action's"
	return group(OfSelection, []Command{
		{Keys: "[ ]", Does: "earlier, later by 10 ms", Short: "move it", In: Editing, When: some, Why: nothing, Do: h.Moves(10),
			Names: "selected action: 10 ms earlier; selected action: 10 ms later"},
		{Keys: "{ }", Does: "by 100 ms", In: Editing, When: some, Why: nothing, Do: h.Moves(100),
			Names: "selected action: 100 ms earlier; selected action: 100 ms later"},
		{Keys: "( )", Does: "by 1 ms", In: Editing, When: some, Why: nothing, Do: h.Moves(1),
			Names: "selected action: 1 ms earlier; selected action: 1 ms later"},
		{Keys: "x|delete", Does: "delete it", Short: "delete", In: Editing, When: some, Why: nothing, Do: Once(h.DeleteAction),
			Names: "selected action: delete it"},
		{Keys: "g G", Does: "next, previous action", Short: "select", In: Editing, When: some, Why: nothing, Do: h.SelectNext,
			Names: "select the next action; select the previous action"},
		{Keys: "m", Does: "pick one of its messages", Short: "message", In: Editing, When: some, Why: nothing, Do: Once(h.PickMessage),
			Names: "message: pick one of the selected action's"},
		{Keys: "+ -", Does: "message slower, faster", Short: "slower, faster", In: First, When: picked, Why: unpicked, Do: h.PinMessage,
			Names: "message: 10 ms slower; message: 10 ms faster"},
		{Keys: "esc", Does: "let go of it", In: First, Do: Once(h.LetGo),
			When: func() bool { return h.Session.Selected != 0 }},
		{Keys: "0", Does: "let luck draw it again", Short: "luck", In: Editing, When: picked, Why: unpicked, Do: Once(h.UnpinMessage),
			Names: "message: let luck draw its latency again"},
	})
}

// handCommands has one for each [sim.Do]: the page that is open says on whom it is
// done, and when.
func (h *Host) handCommands() (table []Command) {
	for do, name := range sim.Dos() {
		does := name
		if sim.Do(do) == sim.SetPermissions {
			does = "set permissions"
		}
		table = append(table, Command{
			Keys: sim.Do(do).Key(), Does: does, In: Any, Names: "act at the cursor: " + does,
			Do: Once(func() tea.Cmd { return h.Page.Act(sim.Do(do)) }),
		})
	}
	return group(OfHands, table)
}

func (h *Host) timeCommands() []Command {
	return group(OfTime, []Command{
		{Keys: "space", Does: "play, pause", Short: "play", In: Timed, Do: Once(h.PlayOrPause), Names: "play, or stop time"},
		{Keys: "left|h right|l", Show: "← →", Does: "10 ms back, on", Short: "time", In: Timed, Do: h.Scrubs(10)},
		{Keys: "shift+left|H shift+right", Show: "shift", Does: "… 100 ms", In: Timed, Do: h.Scrubs(100)},
		{Keys: ", .", Does: "previous, next event", Short: "event", In: Overview, Do: h.ToEvent,
			Names: "go to the previous event; go to the next event"},
		{Keys: "home end", Does: "first, last event", In: Overview, Do: h.ToEnd, Names: "go to the start; go to the end"},
		{Keys: "< >", Does: "slower, faster", Short: "speed", In: Timed, Do: h.SetSpeed, Names: "play slower; play faster"},
		{Keys: "v", Does: "show, hide the future", Short: "future", In: Timed, Do: Once(h.ToggleFuture),
			Names: "show or hide the future"},
	})
}

func (h *Host) laneCommands() []Command {
	return group(OfLanes, []Command{
		{Keys: "up|k down|j", Show: "↑ ↓", Does: "another lane", Short: "lane", In: Overview, Do: h.OtherLane},
		{Keys: "1 2 3 4 5 6 7 8 9", Show: "1 … 9", Does: "this lane", In: Timed, Do: h.ShowLane},
		{Keys: "tab", Does: "another field", Short: "field", In: First, Do: Once(h.OtherField),
			When: h.SeveralFields, Why: "there is one field only, of one person on one screen", Names: "show another field"},
		{Keys: "P C", Does: "other person, client", Short: "person, client", In: First, Do: h.LookAround,
			Names: "another person: show them, act on them; another client: show its screen, act there"},
	})
}

func (h *Host) chanceCommands() []Command {
	return group(OfChance, []Command{
		{Keys: "a", Does: "what would turn this lane", Short: "what would turn it", In: Editing, Do: Once(h.Hint),
			Names: "hint: the smallest change that turns this lane, then the next"},
		{Keys: "r R", Does: "next, previous seed", Short: "reseed", In: Timed, Do: h.Reseed,
			Names: "latencies: draw again (next seed); latencies: as before (previous seed)"},
		{Keys: "F X", Does: "client offline, closed", Short: "offline, closed", In: First, Do: h.Away,
			Names: "client: take its network away at the cursor, or give it back; client: close it at the cursor, or open it again"},
	})
}

func (h *Host) sessionCommands() []Command {
	return group(OfSession, []Command{
		{Keys: "ctrl+z", Does: "stop: fg brings it back", In: Any, Do: Once(h.cannotStop)},
		{Keys: "z Z", Does: "undo, redo", Short: "undo", In: Timed, Do: h.Undo, Names: "undo; redo"},
	})
}

// cannotStop says why ctrl+z, which comes this far only then, stops nothing.
func (h *Host) cannotStop() tea.Cmd {
	h.Message = "no shell is here that could bring the program back"
	return nil
}
