package page

import tea "charm.land/bubbletea/v2"

// Intent asks for a dialog without naming it: the list of views says who answers
// ([Host.Answers]).
type Intent uint8

// The intents.
const (
	Value     Intent = iota // ask what the selected action is to set
	Lanes                   // choose and order the lanes
	Networks                // choose another network
	Save                    // save the session in a file
	Scenarios               // open another scenario
	Copy                    // copy the command that replays what is on the screen
	Text                    // write the screen into a file, as text
	Palette                 // list the commands by name
	Help                    // show the keys, and how to read a lane
	Quit                    // leave the playground

	NumIntents // how many there are
)

// asks makes a command of an intent. Where nobody answers it, it does nothing.
func (h *Host) asks(i Intent) func(int) tea.Cmd {
	return func(int) tea.Cmd {
		if answer := h.Answers[i]; answer != nil {
			return answer()
		}
		return nil
	}
}
