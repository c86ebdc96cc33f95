package dialogs

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// Prompt asks for a line of text. It stays until done has no error, or the
// user leaves.
type Prompt struct {
	*page.Host
	title string
	done  func(text string) (tea.Cmd, error)

	Input textinput.Model
	Wrong string // about what was entered last; "": nothing
}

// longest is how many characters a prompt takes.
const longest = 500

func (ds Dialogs) ask(title, text string, done func(text string) (tea.Cmd, error)) *Prompt {
	p := &Prompt{Host: ds.Host, title: title, done: done, Input: frame.NewInput(text, longest)}
	ds.Over = p
	return p
}

// Key edits the line, enters it, or leaves.
func (p *Prompt) Key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "ctrl+c":
		p.Close()
		return nil
	case "enter":
		p.Close()
		cmd, err := p.done(p.Input.Value())
		if err != nil {
			p.fail(err)
			return nil
		}
		return cmd
	}
	return p.update(k)
}

// Paste puts text into the line.
func (p *Prompt) Paste(t tea.PasteMsg) tea.Cmd { return p.update(t) }

func (p *Prompt) update(msg tea.Msg) (cmd tea.Cmd) {
	p.Wrong = ""
	p.Input, cmd = p.Input.Update(msg)
	return cmd
}

// Draw draws the line, and what was wrong with the last one.
func (p *Prompt) Draw(sc page.Screen) {
	lines := ink.Wrap(ink.Printable(p.Wrong, 300), min(72, sc.W-2)-4)
	x, y, room := sc.Panel(72, 7+len(lines))
	sc.Put(x, y, ink.Cut(p.title, room), frame.On(ink.Accent, true))
	sc.Input(&p.Input, x, y+2, room, frame.On(ink.Text, false))
	for i, line := range lines {
		sc.Put(x, y+4+i, ink.Cut(line, room), frame.On(ink.Loud, false))
	}
	sc.HintsOn(x, y+4+len(lines), room, frame.Keys("enter", "do it", "esc", "leave")...)
}
