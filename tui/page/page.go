// Package page holds what the pages of the playground have in common. A [Page] fills
// the screen: the lanes, or one of its own. It is given a [Host], which has the
// desk, the terminal and the one table of commands, and draws on a [Screen]. What
// lies over a page is an [Overlay].
package page

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/frame"
	"photofinish/tui/session"
)

// Page fills the screen: the lanes, or something else. What all pages
// do alike they have from [Base].
type Page interface {
	// Profile returns what stands above the page's own commands in the help, and
	// what decides which of the shared ones work in it.
	Profile() (heading string, traits Trait)
	// Commands returns its own, which work while it is open; and with In and Group
	// those that open it, which work elsewhere.
	Commands() []Command
	// Follow lets the page show a session that has changed, while it is open.
	Follow() tea.Cmd
	Draw(sc Screen)
	// Click does what a click at a cell says that met no action.
	Click(x, y int) tea.Cmd
	// Wheel moves time by so much; y is the row of the mouse.
	Wheel(y int, by time.Duration) tea.Cmd
	// Act lets the user of all clients do something.
	Act(do sim.Do) tea.Cmd
	// Moved returns the session with the selected action moved by the mouse.
	Moved(by time.Duration) session.Session
	// Take does what a message says that is the page's own, and reports whether
	// it was.
	Take(msg tea.Msg) (cmd tea.Cmd, own bool)
	// Command returns what replays what is on the screen.
	Command() (string, error)
	// Leave ends what is worked out for the page in the background.
	Leave()
	// Down reports whether time goes down on the screen.
	Down() bool
	// Tall is from how many rows on the foot of the page has two lines.
	Tall() int
}

// Trait is a property of pages that commands depend on.
type Trait uint8

// The traits.
const (
	Any      Trait = 1 << iota
	Timed          // time is real
	Overview       // all lanes are there
	Editing        // so are single actions
	First          // the page with which the playground begins
	Finding        // letters find something, and are no commands: such a page has a method Type
)

// Host is shared by all pages: the desk, the terminal, the page that is open, the
// overlay, and the one table of commands.
type Host struct {
	*desk.Desk
	frame.Terminal
	Pages []Page  // in the order of their own commands
	Page  Page    // the one that is open
	Home  Page    // the lanes, to which all others lead back
	Over  Overlay // nil: nothing
	Table []Command
	Hit   Hits // where things were drawn, for the mouse
	drag  drag

	Wall    func() time.Time // what time it is, for double clicks
	clicked clicked
}

// Overlay lies over the screen and has the keys until it leaves. One that takes
// text may have a method Paste. One that asks for a single key may have a method
// Asks, which returns what it asks and those keys, for windows in which nothing is
// drawn.
type Overlay interface {
	Key(k tea.KeyPressMsg) tea.Cmd
	Draw(sc Screen)
}

// Base is a page with nothing of its own.
type Base struct{ *Host }

// Profile returns no heading, as for commands of its own, and [Any].
func (Base) Profile() (heading string, traits Trait) { return "", Any }

// Commands returns none.
func (Base) Commands() []Command { return nil }

// Follow does nothing: what is drawn is worked out anew in every frame.
func (Base) Follow() tea.Cmd { return nil }

// Act lets the user of all clients do something at the cursor.
func (b Base) Act(do sim.Do) tea.Cmd { return b.Desk.Act(do) }

// Wheel moves the cursor.
func (b Base) Wheel(_ int, by time.Duration) tea.Cmd { return b.MoveTo(b.Session.Now + by) }

// Moved returns the session with the selected action moved, and no other.
func (b Base) Moved(by time.Duration) session.Session { return b.Session.Move(by) }

// Take finds no message to be its own.
func (Base) Take(tea.Msg) (cmd tea.Cmd, own bool) { return nil, false }

// Command returns what replays the session, with the user's own clients that have a
// lane and are here.
func (b Base) Command() (string, error) {
	s := b.Session
	s.Strategies = slices.DeleteFunc(slices.Clone(s.Strategies), func(name string) bool {
		_, err := b.Lineup.Find(name)
		return err != nil
	})
	command, err := s.Command()
	if err != nil {
		return "", err
	}
	for _, e := range b.Entries {
		if own := e.Own(); own != nil {
			for _, arg := range own.Args {
				command += " " + tell.Quote(arg)
			}
		}
	}
	return command, nil
}

// Leave does nothing.
func (Base) Leave() {}

// Down reports that time goes right.
func (Base) Down() bool { return false }

// Tall is from how many rows on the foot has two lines.
func (Base) Tall() int { return WideHeight }

// Click brings the lane into view that was drawn at a cell, and moves the cursor
// there.
func (b Base) Click(x, y int) tea.Cmd {
	if lane, is := b.Hit.laneAt(x, y); is {
		b.ShowLane(lane)
	}
	return b.ScrubTo(x, y)
}

// Close takes the overlay away.
func (h *Host) Close() { h.Over = nil }
