package page

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/desk"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// New returns a host on a desk, without pages.
func New(d *desk.Desk) Host {
	return Host{Desk: d, Terminal: frame.Terminal{Depth: ink.TrueColour, Width: 80, Height: 24}, Wall: time.Now}
}

// Begin opens the first of some pages, and makes the one table of commands:
// first the pages' own, then those that several have, among them those that open a
// page or a dialog. What stands first wins.
func (h *Host) Begin(dialogs []Command, pages ...Page) {
	h.Pages, h.Home, h.Page = pages, pages[0], pages[0]
	shared := h.shared()
	for _, c := range dialogs {
		shared = slices.Insert(shared, c.place(shared), c)
	}
	for _, p := range pages {
		for _, c := range p.Commands() {
			if c.In != 0 {
				shared = slices.Insert(shared, c.place(shared), c)
				continue
			}
			c.Group, _ = p.Profile()
			c.of = p
			h.Table = append(h.Table, c)
		}
	}
	h.Table = bound(append(h.Table, shared...))
	h.Changed = func() tea.Cmd { return h.Page.Follow() }
}

// Init asks for the terminal's background and lets time begin.
func (h *Host) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, h.Clock.Next(), h.Estimate())
}

// Route does what a message says.
func (h *Host) Route(msg tea.Msg) tea.Cmd {
	h.Note(msg)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return h.Changed()
	case tea.KeyPressMsg:
		return h.key(msg)
	case tea.PasteMsg:
		if over, takes := h.Over.(interface{ Paste(tea.PasteMsg) tea.Cmd }); takes {
			return over.Paste(msg)
		}
		if p, takes := h.Page.(interface{ Paste(tea.PasteMsg) tea.Cmd }); takes && h.Over == nil {
			return p.Paste(msg)
		}
	case tea.MouseMsg:
		return h.mouse(msg)
	}
	if cmd, own := h.Take(msg); own {
		return cmd
	}
	for _, p := range h.Pages {
		if cmd, own := p.Take(msg); own {
			return cmd
		}
	}
	return nil
}

func (h *Host) key(k tea.KeyPressMsg) tea.Cmd {
	arrives := h.Pressed()
	if h.Over != nil {
		return tea.Batch(arrives, h.Over.Key(k))
	}
	h.FirstRun = false
	cmd, is := h.Run(h.Turn(k))
	if p, finds := h.Page.(interface {
		Type(k tea.KeyPressMsg) tea.Cmd
	}); finds && !is {
		return tea.Batch(arrives, p.Type(k))
	}
	return tea.Batch(arrives, cmd)
}

// View returns the screen.
func (h *Host) View() tea.View {
	h.Draw()
	v := h.Terminal.View("photofinish")
	v.MouseMode = tea.MouseModeCellMotion
	return v
}

// Leave ends what is worked out in the background.
func (h *Host) Leave() {
	h.Desk.Leave()
	for _, p := range h.Pages {
		p.Leave()
	}
}
