// Package dialogs holds the overlays of the playground: menus, prompts, questions, the help
// and the palette of commands; and what is done with what was answered, such as writing
// and opening files.
package dialogs

import "photofinish/tui/page"

// Dialogs open overlays over the page, and do what is answered in them.
type Dialogs struct{ *page.Host }

// Commands returns those that open a dialog, on whichever page is open.
func (ds Dialogs) Commands() []page.Command {
	some := func() bool { return len(ds.Session.Script.Actions) > 0 }
	return []page.Command{
		{Group: page.OfSelection, After: "( )", In: page.Editing, When: some, Why: "there is no action yet: c u d p f act at the cursor",
			Keys: "e", Does: "change what it sets", Short: "edit", Do: page.Once(ds.editValue),
			Names: "selected action: change what it sets"},
		{Group: page.OfChance, After: "r R", In: page.Timed,
			Keys: "N", Does: "another network", Short: "network", Do: page.Once(ds.chooseNetwork),
			Names: "latencies: LAN, cable, 4G, 3G, flaky, satellite"},
		{Group: page.OfSession, In: page.Any, Keys: "s", Does: "save as a scenario", Short: "save", Do: page.Once(ds.Save),
			Names: "save as a scenario file"},
		{Group: page.OfSession, In: page.Any, Keys: "O", Does: "open", Do: page.Once(ds.OpenScenario), Names: "open a scenario"},
		{Group: page.OfSession, In: page.Any, Keys: "y", Does: "copy the replay command", Short: "copy replay",
			Do: page.Once(ds.Copy), Names: "copy the replay command"},
		{Group: page.OfSession, In: page.Any, Keys: "T", Does: "save the screen as text", Do: page.Once(ds.saveText),
			Names: "save the screen as text"},
		{Group: page.OfSession, In: page.Any, Keys: ":", Does: "all commands", Do: page.Once(ds.openPalette)},
		{Group: page.OfSession, In: page.Any | page.Finding, Keys: "?", Does: "this", Short: "help", Do: page.Once(ds.OpenHelp), Names: "help"},
		{Group: page.OfSession, In: page.Any, Keys: "q|ctrl+c", Does: "quit", Do: page.Once(ds.Quit), Names: "quit"},
		{Group: page.OfSession, In: page.Finding, Keys: "ctrl+c", Does: "quit", Do: page.Once(ds.Quit)},
	}
}
