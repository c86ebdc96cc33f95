package page

import tea "charm.land/bubbletea/v2"

// Intent asks for another page, or for a dialog, without naming it: the list of
// views says who answers ([Host.Answers]).
type Intent uint8

// The intents.
const (
	Closer     Intent = iota // the lane in view, large
	Comparison               // of it with another
	Odds                     // against the gap between two clicks
	BeNetwork                // of the lane in view
	Break                    // the shortest way to break it
	Layout                   // another one of the lanes
	Value                    // another one of the selected action
	Lanes                    // others, or in another order
	Networks                 // another one
	Save
	Scenarios // another one
	Copy      // what replays what is on the screen
	Text      // the screen, in a file
	Palette
	Help
	Quit
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
