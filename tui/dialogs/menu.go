package dialogs

import (
	"cmp"
	"fmt"
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
	say   string // what enter does; "": take it
	width int    // in cells; 0: 78
	rows  int    // of an item, at most and where there is room; 0: 1
	head  string // above what stands at the right of the items
	below string // below it
	short string // the same where pictures have half their room
	Items []Item
	at    int // the chosen one, among those that are shown
	input textinput.Model
	typed bool // input has been made
}

// Item is an entry of a menu: a line, and where there is room more of them. At its
// right stands a note, or a picture.
type Item struct {
	Text, note string
	more       string // a second line
	picture    picture
	do         func() tea.Cmd
}

// picture draws something whose right end is before column x, on so many rows from y on,
// in at most so many cells, and returns how many it took: 0 where it does not fit.
type picture func(sc page.Screen, x, y, rows, room int, chosen bool) (width int)

func (l *Menu) add(text, note string, do func() tea.Cmd) *Item {
	l.Items = append(l.Items, Item{Text: ink.Printable(text, 100), note: ink.Printable(note, 60), do: do})
	return &l.Items[len(l.Items)-1]
}

// shown returns the items that hold every word that was typed.
func (l *Menu) shown() (out []Item) {
	if !l.typed {
		return l.Items
	}
	words := strings.Fields(strings.ToLower(l.input.Value()))
	for _, it := range l.Items {
		text, all := strings.ToLower(it.Text+" "+it.note+" "+it.more), true
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

// Draw draws the items, as many as fit around the chosen one.
func (l *Menu) Draw(sc page.Screen) {
	shown, around := l.shown(), 6
	if l.below != "" {
		around++
	}
	most := sc.H - 2
	per := min(max((most-around)/max(len(l.Items), 1), 1), max(l.rows, 1))
	h := min(len(l.Items)*per+around, most, max(30, len(l.Items)*l.rows+around))
	x, y, room := sc.Panel(cmp.Or(l.width, 78), h)
	sc.Put(x, y, ink.Cut(l.title, room), frame.On(ink.Accent, true))
	if l.typed {
		end := x + min(ink.Width(l.title), room) + 2
		sc.Input(&l.input, end, y, max(x+room-end-12, 1), frame.On(ink.Text, false))
		count := strconv.Itoa(len(shown)) + " of " + strconv.Itoa(len(l.Items))
		sc.Right(x+room, y, count, frame.On(ink.Faint, false))
	} else if ink.Width(l.title)+ink.Width(l.head)+2 <= room {
		sc.Right(x+room, y, l.head, frame.On(ink.Dim, false))
	}
	first, n := frame.Window(len(shown), (h-around)/per, l.at)
	for i := range n {
		l.item(sc, &shown[first+i], x, y+2+i*per, per, room, first+i == l.at)
	}
	if n > 0 {
		below := l.below
		if room/2 < spreadRoom {
			below = l.short
		}
		sc.Right(x+room, y+2+n*per, below, frame.On(ink.Faint, false))
	}
	if n < len(shown) { // it goes on
		sc.Put(x, y+2+n*per, fmt.Sprintf("%d–%d of %d", first+1, first+n, len(shown)), frame.On(ink.Dim, false))
	}
	sc.HintsOn(x, y+h-3, room, frame.Keys("enter", cmp.Or(l.say, "take it"), "esc", "leave", "↑ ↓", "choose", "", "type to find")...)
}

func (l *Menu) item(sc page.Screen, it *Item, x, y, rows, room int, chosen bool) {
	s := frame.On(ink.Dim, false)
	if chosen {
		s = frame.On(ink.Text, true)
		for i := range min(rows, 2) {
			sc.Put(x-1, y+i, "▌", frame.On(ink.Accent, true))
		}
	}
	taken := 0
	switch n := ink.Width(it.note); {
	case it.picture != nil:
		taken = it.picture(sc, x+room, y, min(rows, 2), room/2, chosen)
	case n > 0 && n < room/2:
		sc.Right(x+room, y, it.note, frame.On(ink.Faint, chosen))
		taken = n
	}
	sc.Put(x, y, ink.Cut(it.Text, room-taken-1), s)
	if rows > 1 {
		sc.Put(x, y+1, ink.Cut(it.more, room-taken-1), frame.On(ink.Faint, false))
	}
}
