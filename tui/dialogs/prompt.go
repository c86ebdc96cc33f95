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

	input textinput.Model
	err   string
}

// longest is how many characters a prompt takes.
const longest = 500

// ask shows a prompt with text to begin with.
func (ds Dialogs) ask(title, text string, done func(text string) (tea.Cmd, error)) *Prompt {
	p := &Prompt{Host: ds.Host, title: title, done: done, input: frame.NewInput(text, longest)}
	ds.Over = p
	return p
}

// Value returns what stands in the line.
func (p *Prompt) Value() string { return p.input.Value() }

// Fill puts text into the line in the place of what stands there.
func (p *Prompt) Fill(text string) { p.input.SetValue(text) }

// Wrong says what was wrong with what was entered last, "" if nothing was.
func (p *Prompt) Wrong() string { return p.err }

// Key edits the line, enters it, or leaves.
func (p *Prompt) Key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "ctrl+c":
		p.Close()
		return nil
	case "enter":
		p.Close()
		cmd, err := p.done(p.input.Value())
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
	p.err = ""
	p.input, cmd = p.input.Update(msg)
	return cmd
}

// Draw draws the line, and what was wrong with the last one.
func (p *Prompt) Draw(sc page.Screen) {
	lines := ink.Wrap(ink.Printable(p.err, 300), min(72, sc.W-2)-4)
	x, y, room := sc.Panel(72, 7+len(lines))
	sc.Put(x, y, ink.Cut(p.title, room), frame.On(ink.Accent, true))
	sc.Input(&p.input, x, y+2, room, frame.On(ink.Text, false))
	for i, line := range lines {
		sc.Put(x, y+4+i, ink.Cut(line, room), frame.On(ink.Loud, false))
	}
	sc.HintsOn(x, y+4+len(lines), room, frame.Keys("enter", "do it", "esc", "leave")...)
}
