package tui

import (
	"context"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"photofinish/tui/ink"
)

// Window runs a program on a terminal, and believes nothing of its size beyond
// what can be drawn: a terminal may say that it has a billion cells, and Bubble
// Tea would make them all. What is larger is drawn on in its upper left corner.
type Window struct {
	ctx context.Context
	out *os.File
	odd bool // larger than can be drawn when the program begins
}

// NewWindow returns the window that a file is, until ctx ends.
func NewWindow(ctx context.Context, out *os.File) *Window {
	w, h, err := term.GetSize(out.Fd())
	return &Window{ctx, out, err == nil && (w > ink.MaxWidth || h > ink.MaxHeight)}
}

// Options returns what its program is made with. Sizes that come later are bounded on their
// way; of the first one Bubble Tea asks the terminal by itself, and so, where it
// is too large, is not told that it is one.
func (win *Window) Options() []tea.ProgramOption {
	opts := []tea.ProgramOption{tea.WithFilter(bounded)}
	if win.odd {
		opts = append(opts, tea.WithOutput(struct{ io.Writer }{win.out}), tea.WithWindowSize(ink.MaxWidth, ink.MaxHeight),
			tea.WithColorProfile(colorprofile.Detect(win.out, os.Environ())))
	}
	return opts
}

// Runs tells the window which program is on it. It must be called before that
// program runs.
func (win *Window) Runs(p *tea.Program) {
	if win.odd {
		go eachResize(win.ctx, func() {
			if w, h, err := term.GetSize(win.out.Fd()); err == nil {
				p.Send(tea.WindowSizeMsg{Width: w, Height: h})
			}
		})
	}
}

// bounded lets no size in that is larger than what can be drawn.
func bounded(_ tea.Model, msg tea.Msg) tea.Msg {
	if size, is := msg.(tea.WindowSizeMsg); is {
		return tea.WindowSizeMsg{Width: min(size.Width, ink.MaxWidth), Height: min(size.Height, ink.MaxHeight)}
	}
	return msg
}
