package dialogs

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// help shows the keys, those that work now first, and how to read a lane.
type help struct {
	*page.Host
	groups []Group
	from   int    // the first line that is shown, where not all fit
	find   string // only keys that have to do with this
	typing bool
	legend bool // there is no room for the picture that explains the signs: they are among the keys
}

// Group is a part of the help.
type Group struct {
	title string
	Lines []frame.Hint
}

// OpenHelp shows the help.
func (ds Dialogs) OpenHelp() tea.Cmd {
	ds.Pause()
	ds.Over = &help{Host: ds.Host, groups: ds.Groups()}
	return nil
}

// Groups lists the keys as the help shows them: those of the place first, and in
// a group those that can be given now.
func (ds Dialogs) Groups() (out []Group) {
	own, _ := ds.Page.Profile()
	for _, title := range []string{own, page.OfSelection, page.OfHands, page.OfTime, page.OfLanes, page.OfChance, page.OfSession} {
		g := Group{title: title}
		for _, works := range []bool{true, false} {
			for i := range ds.Table {
				if c := &ds.Table[i]; c.Group == title && ds.Here(c) && ds.Works(c) == works {
					g.Lines = append(g.Lines, frame.Key(ds.AsPressed(c.Show), c.Does))
				}
			}
		}
		switch {
		case title != page.OfSelection:
		case ds.Session.Action() != nil:
			g.title = "with " + ds.Session.Action().Label() + " selected"
		case len(ds.Session.Script.Actions) > 0:
			g.title = "on the nearest action"
		}
		if len(g.Lines) > 0 {
			out = append(out, g)
		}
		if own := slices.ContainsFunc(ds.Entries, func(e strategies.Entry) bool { return e.Own() != nil }); own && title == page.OfLanes {
			out = append(out, Group{string(strategies.Yours), ofOwn})
		}
	}
	return out
}

// ofOwn says what is other about the lanes of the user's own clients.
var ofOwn = frame.Keys(
	"running …", "its trial runs: what is faint is of the one before",
	"of 256", "runs so far; there come more, for 10 s",
	"of 2,000+", "more orders than are run here",
	"saved", "the file: its lane runs again by itself",
)

// Key scrolls, looks for what is typed, or leaves.
func (h *help) Key(k tea.KeyPressMsg) tea.Cmd {
	switch pressed := k.String(); {
	case pressed == "esc" || pressed == "enter" || pressed == "ctrl+c":
		h.Close()
	case h.typing && pressed == "backspace":
		h.find = h.find[:max(len(h.find)-1, 0)]
	case h.typing && len(k.Text) == 1:
		h.find += k.Text
	case pressed == "/":
		h.typing, h.from = true, 0
	case pressed == "up" || pressed == "k":
		h.from = max(h.from-1, 0)
	case pressed == "down" || pressed == "j":
		h.from++
	case pressed == ":":
		h.Close()
		return Dialogs{Host: h.Host}.openPalette()
	case pressed == "q" || pressed == "?":
		h.Close()
	}
	return nil
}

// found returns the lines that have to do with what is looked for.
func (h *help) found() (out []Group) {
	groups := h.groups
	if h.legend {
		groups = append(slices.Clip(groups), Group{"how to read a lane", legend})
	}
	for _, g := range groups {
		kept := Group{title: g.title}
		for _, l := range g.Lines {
			if strings.Contains(strings.ToLower(l.Keys+" "+l.What), strings.ToLower(h.find)) {
				kept.Lines = append(kept.Lines, l)
			}
		}
		if len(kept.Lines) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// Draw draws the keys in columns, and below them how to read a lane.
func (h *help) Draw(sc page.Screen) {
	sc.Wipe(0, 1, sc.W, sc.H-1, ink.Plain)
	sc.Put(2, 2, "keys", ink.Style{FG: ink.Accent, Bold: true})
	sc.Put(8, 2, "what works now comes first", ink.Style{FG: ink.Dim})
	if h.typing {
		sc.Put(8, 2, ink.Cut("find: "+ink.Printable(h.find, 30)+"█", sc.W-10)+strings.Repeat(" ", 20), ink.Style{FG: ink.Text})
	}
	n := max(min(sc.W/helpWide, 3), 1)
	picture := sc.H - 1 - len(legend)
	h.legend = sc.W < 118 || sc.H < 40 || firstHelp+tallest(flow(h.groups, n))+2 > picture
	low := h.columns(sc, flow(h.found(), n), sc.H-6)
	if !h.legend && low+2 <= picture {
		howToRead(sc, low+1, min(low+3, picture))
	}
	sc.HintLine(sc.H-1, frame.Keys("esc", "back", "/", "find a key", "↑ ↓", "scroll", ":", "all commands by name"))
}

// helpWide is the width of a column of the help, in cells: two stand in a window of 80.
const helpWide = 40

// helpLine is a line of the help: a heading, a key, or a blank.
type helpLine struct {
	frame.Hint
	heading bool
}

// firstHelp is the row in which the columns begin.
const firstHelp = 4

// columns draws so many rows of the columns, and returns the row below them.
func (h *help) columns(sc page.Screen, cols [][]helpLine, rows int) int {
	high := tallest(cols)
	h.from = min(h.from, max(high-rows, 0))
	for c, col := range cols {
		for i := h.from; i < min(len(col), h.from+rows); i++ {
			drawHelpLine(sc, col[i], 2+c*helpWide, firstHelp+i-h.from)
		}
	}
	return firstHelp + min(high-h.from, rows)
}

// tallest returns how many lines the longest column has.
func tallest(cols [][]helpLine) (lines int) {
	for _, col := range cols {
		lines = max(lines, len(col))
	}
	return lines
}

func drawHelpLine(sc page.Screen, l helpLine, x, y int) {
	if l.heading {
		sc.Put(x+1, y, l.What, ink.Style{FG: ink.Text, Bold: true})
		return
	}
	sc.Right(x+11, y, l.Keys, ink.Style{FG: ink.Text, Bold: true})
	sc.Put(x+13, y, ink.Cut(l.What, min(helpWide-14, sc.W-x-13)), ink.Style{FG: ink.Dim})
}

// flow divides groups among n columns of about the same height, without tearing one
// apart.
func flow(groups []Group, n int) [][]helpLine {
	total := 0
	for _, g := range groups {
		total += len(g.Lines) + 2
	}
	cols := make([][]helpLine, 1, n)
	for _, g := range groups {
		last := &cols[len(cols)-1]
		if len(*last) > 0 && len(*last)+1+len(g.Lines)/2 > total/n && len(cols) < n {
			cols = append(cols, nil)
			last = &cols[len(cols)-1]
		}
		if len(*last) > 0 {
			*last = append(*last, helpLine{})
		}
		*last = append(*last, helpLine{frame.Key("", g.title), true})
		for _, l := range g.Lines {
			for i, line := range ink.Wrap(l.What, helpWide-15) {
				*last = append(*last, helpLine{frame.Key(map[bool]string{true: l.Keys}[i == 0], line), false})
			}
		}
	}
	return cols
}

var legend = frame.Keys(
	"━u2━", "what that side holds now, by who wrote it",
	"⠳⢦", "a request, heavy; its answer is thin",
	"● ╳", "on its way, now; two requests cross",
	"▲ △", "an answer; △ as its tip: too late, not needed",
	"△ ✗", "under a rail, in the margin: decided, seen",
	"· · ·", "not yet happened (v hides it)",
	"…u2", "queued   ■ blocked   + merged   ? busy",
	"✗", "dropped, late or wrong: the word is beside it",
	"= ≠", "screen and server agree, differ",
	"✗ 49 %", "runs that end wrong, of 10,000",
	"✓ all 5", "every order tried: race-free, a proof",
	"· ✓ ✗", "not proved yet, all is well, data lost",
	"! … ?", "you were told; waits for ever; unknown",
)

// howToRead draws a specimen lane with the code that draws the real ones, from the row
// top on, and its heading in row y.
func howToRead(sc page.Screen, y, top int) {
	sc.Put(2, y, "how to read a lane", ink.Style{FG: ink.Text, Bold: true})
	ax := race.Axis{Origin: 10, Cells: 50, End: 340 * time.Millisecond, Per: 2}
	sc.Look = race.Look{Now: 262 * time.Millisecond, Future: true, Words: true}
	s := race.Strip{Canvas: sc.Canvas, Lane: specimen(), Axis: ax, Look: sc.Look, Wait: top, Top: top + 1, Bottom: top - 1 + len(legend)}
	s.Draw()
	sc.Right(9, s.Top, "screen", ink.Style{FG: ink.Dim})
	sc.Right(9, s.Bottom, "server", ink.Style{FG: ink.Dim})
	sc.Cursor(ax, s.Wait, s.Bottom)
	for i, r := range legend {
		sc.Right(72, top+i, r.Keys, ink.Style{FG: ink.Text, Bold: true})
		sc.Put(74, top+i, r.What, ink.Style{FG: ink.Dim})
	}
}

// specimen is the lane that explains the marks: a queue whose drain inverts.
func specimen() *diagram.Lane {
	at := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	script := &sim.Script{Fields: []string{"name"}, Values: []any{"Ada", "Ada Byron", "Ada Lovelace"}, ReadOnly: 9}
	for i, t := range [][3]int{{0, 120, 80}, {40, 100, 30}, {70, 10, 30}} {
		a := sim.Action{Number: i + 1, Do: sim.Update, At: at(t[0]), Up: at(t[1]), Down: at(t[2])}
		if i == 0 {
			a.Do = sim.Create
		}
		a.Sets = a.Sets.With(0)
		a.Values[0] = sim.ValueID(i)
		script.Actions = append(script.Actions, a)
	}
	e, err := strategies.Find("action-queue")
	if err != nil {
		panic("the catalogue has no action-queue: " + err.Error())
	}
	return diagram.Run(new(sim.World), new(judge.Judge), e, script, 1, 0)
}
