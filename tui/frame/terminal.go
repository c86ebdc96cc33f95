package frame

import (
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
)

// Terminal has the size and the colours of the terminal that a screen is drawn
// on, and its cells. The zero value has no size and no colours.
type Terminal struct {
	Canvas ink.Canvas
	Width  int
	Height int
	Light  bool // its background
	Depth  ink.Depth
}

// Note takes from a message what it says of the terminal.
func (t *Terminal) Note(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.Width, t.Height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		t.Light = !msg.IsDark()
	case tea.ColorProfileMsg:
		t.Depth = ink.DepthOf(msg.Profile)
	}
}

// Frame returns an empty picture of the terminal's size.
func (t *Terminal) Frame() Frame {
	t.Canvas.Resize(t.Width, t.Height)
	return Frame{Canvas: &t.Canvas}
}

// View returns what has been drawn, as the whole screen.
func (t *Terminal) View(title string) tea.View {
	v := tea.NewView(t.Canvas.Render(ink.NewTheme(t.Depth, t.Light)))
	v.AltScreen = true
	v.WindowTitle = title
	return v
}
