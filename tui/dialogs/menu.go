package dialogs

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// Menu is a list of which one thing is chosen. Typing narrows it down.
type Menu struct {
	*page.Host
	title string
	say   string // what enter does
	Items []Item
	at    int // the chosen one, among those that are shown
	input textinput.Model
	typed bool // input has been made
}

// Item is a line of a menu.
type Item struct {
	Text, note string
	do         func() tea.Cmd
}

func (l *Menu) add(text, note string, do func() tea.Cmd) {
	l.Items = append(l.Items, Item{ink.Printable(text, 100), ink.Printable(note, 60), do})
}

// shown returns the items that hold every word that was typed.
func (l *Menu) shown() (out []Item) {
	if !l.typed {
		return l.Items
	}
	words := strings.Fields(strings.ToLower(l.input.Value()))
	for _, it := range l.Items {
		text, all := strings.ToLower(it.Text+" "+it.note), true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			out = append(out, it)
		}
	}
	return out
}

// Key moves in the menu, takes a line of it, or narrows it down.
func (l *Menu) Key(k tea.KeyPressMsg) tea.Cmd {
	shown := l.shown()
	switch k.String() {
	case "esc", "ctrl+c":
		l.Close()
	case "up", "ctrl+p":
		l.at--
	case "down", "ctrl+n":
		l.at++
	case "pgup":
		l.at -= 10
	case "pgdown":
		l.at += 10
	case "home":
		l.at = 0
	case "end":
		l.at = len(shown)
	case "enter":
		if l.at < len(shown) {
			l.Close()
			return shown[l.at].do()
		}
	default:
		return l.update(k)
	}
	l.at = min(max(l.at, 0), max(len(shown)-1, 0))
	return nil
}

// Paste narrows the menu down.
func (l *Menu) Paste(p tea.PasteMsg) tea.Cmd { return l.update(p) }

func (l *Menu) update(msg tea.Msg) (cmd tea.Cmd) {
	if !l.typed {
		l.typed, l.input = true, frame.NewInput("", longest)
	}
	was := l.input.Value()
	l.input, cmd = l.input.Update(msg)
	if l.input.Value() != was {
		l.at = 0
	}
	return cmd
}

// Draw draws the lines, as many as fit around the chosen one.
func (l *Menu) Draw(sc page.Screen) {
	shown := l.shown()
	h := min(len(l.Items)+6, sc.H-2, 30)
	x, y, room := sc.Panel(78, h)
	sc.Put(x, y, ink.Cut(l.title, room), frame.On(ink.Accent, true))
	if l.typed {
		end := x + min(ink.Width(l.title), room) + 2
		sc.Input(&l.input, end, y, max(x+room-end-12, 1), frame.On(ink.Text, false))
		count := strconv.Itoa(len(shown)) + " of " + strconv.Itoa(len(l.Items))
		sc.Right(x+room, y, count, frame.On(ink.Faint, false))
	}
	rows := h - 6
	first, n := frame.Window(len(shown), rows, l.at)
	for i := range n {
		it, s := shown[first+i], frame.On(ink.Dim, false)
		if first+i == l.at {
			s = frame.On(ink.Text, true)
			sc.Put(x-1, y+2+i, "▌", frame.On(ink.Accent, true))
		}
		n := ink.Width(it.note)
		if n > 0 && n < room/2 {
			sc.Right(x+room, y+2+i, it.note, frame.On(ink.Faint, first+i == l.at))
		} else {
			n = 0
		}
		sc.Put(x, y+2+i, ink.Cut(it.Text, room-n-1), s)
	}
	say := l.say
	if say == "" {
		say = "takes it"
	}
	sc.HintsOn(x, y+h-3, room, frame.Keys("enter", say, "esc", "leaves", "↑ ↓", "choose", "type", "to find")...)
}
