package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/ink"
)

// A size that comes while the program runs, from the system or as keys, is
// bounded before anybody makes cells of it. Other messages pass as they are.
func TestSizesAreBounded(t *testing.T) {
	for _, x := range []struct{ w, h, wantW, wantH int }{
		{80, 24, 80, 24},
		{ink.MaxWidth, ink.MaxHeight, ink.MaxWidth, ink.MaxHeight},
		{32767, 32767, ink.MaxWidth, ink.MaxHeight},
		{65535, 24, ink.MaxWidth, 24},
		{80, 1 << 40, 80, ink.MaxHeight},
	} {
		got := bounded(nil, tea.WindowSizeMsg{Width: x.w, Height: x.h})
		if got != (tea.WindowSizeMsg{Width: x.wantW, Height: x.wantH}) {
			t.Errorf("%+v becomes %+v", x, got)
		}
	}
	if got := bounded(nil, "a message"); got != "a message" {
		t.Errorf("%v", got)
	}
}

// A model that is told such a size all the same draws no more.
func TestHugeScreen(t *testing.T) {
	m := open(t, "create-then-two-updates", 80, 24, 0)
	m.Update(tea.WindowSizeMsg{Width: 32767, Height: 32767})
	m.View()
	if m.Canvas.W > ink.MaxWidth || m.Canvas.H > ink.MaxHeight {
		t.Errorf("%d×%d", m.Canvas.W, m.Canvas.H)
	}
}
