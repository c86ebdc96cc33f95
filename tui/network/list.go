package network

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// question asks what happens next and lists what can, or says how it ended.
func (n *Network) question(sc page.Screen, g networkRows, l *diagram.Lane) {
	room := sc.W - 3
	if g.right > 0 {
		room = g.right - 4
	}
	if n.Now.Over() {
		n.end(sc, g, l, room)
		return
	}
	text := "What happens next?"
	if n.next[0].Message() && n.next[0].Choice.What != sim.RequestBegins {
		text = "Which one arrives next?"
	}
	x := 2
	if st := l.At(sc.Look.Now); st.Verdict.Bad() {
		of := frame.Colour(st)
		x = sc.Put(x, g.question, n.brokenText()+" ", ink.Style{FG: of, Bold: true})
		if x+ink.Width(text) > room {
			text = "What next?"
		}
	}
	x = sc.Put(x, g.question, text, ink.Style{FG: ink.Accent, Bold: true})
	first, shown, gap := n.listed(g)
	if more := len(n.next) - shown; more > 0 {
		sc.Put(x+3, g.question, strconv.Itoa(more)+" more", ink.Style{FG: ink.Faint})
	}
	for i := range shown {
		n.line(sc, first+i, g.list+i*gap, room)
	}
}

// listed returns which of the things that may happen next are listed, and how
// many rows apart they stand.
func (n *Network) listed(g networkRows) (first, shown, gap int) {
	rows := g.counts - g.list
	if g.keys > 1 {
		rows-- // a blank row
	}
	gap = 1
	if g.caption > 0 && 2*len(n.next) <= rows+1 {
		gap = 2
	}
	first, shown = frame.Window(len(n.next), rows, n.at)
	return first, shown, gap
}

// Click picks what is listed at a cell.
func (n *Network) Click(x, y int) tea.Cmd {
	g := networkLayout(n.Width, n.Height, len(n.next))
	first, shown, gap := n.listed(g)
	i := y - g.list
	if n.Width < page.MinWidth || n.Height < page.MinHeight || i < 0 || i%gap != 0 || i/gap >= shown || g.right > 0 && x >= g.right {
		return nil
	}
	return n.pick(first + i/gap)
}

func (n *Network) line(sc page.Screen, i, y, room int) {
	o := &n.next[i]
	words := ink.Style{FG: ink.Dim}
	if i == n.at {
		words = ink.Style{FG: ink.Text, Bold: true}
		sc.Put(1, y, "▶", ink.Style{FG: ink.Accent, Bold: true})
	}
	n.key(sc, i, 3, y)
	before, after := o.Before, o.After
	if 7+ink.Width(before+o.Name()+after) > room {
		before, after = o.Brief[0], o.Brief[1]
	}
	x := sc.Put(8, y, ink.Cut(before, room-7), words)
	x = sc.Put(x, y, ink.Cut(o.Name(), room+1-x), ink.Style{FG: ink.Hue(o.Action), Bold: true})
	sc.Put(x, y, ink.Cut(after, room+1-x), words)
}

// brokenText says that it is broken, and by whom.
func (n *Network) brokenText() string {
	if len(n.Turns) == n.shown {
		return "This breaks it."
	}
	return "You have broken it."
}

func (n *Network) end(sc page.Screen, g networkRows, l *diagram.Lane, room int) {
	st := l.At(sc.Look.Now)
	text := n.brokenText()
	switch st.Verdict {
	case judge.OK:
		text = "Not broken: this order ends well."
	case judge.Loud:
		text = "Not broken: the user was told."
	case judge.Unknown:
		text = "Nobody knows how this ends."
	}
	x := sc.Verdict(2, g.question, st)
	of := frame.Colour(st)
	sc.Put(x+1, g.question, text, ink.Style{FG: of, Bold: true})
	for i, line := range ink.Wrap(ink.Printable(st.Says, 200), room-4) {
		if g.list+i < g.counts {
			sc.Put(6, g.list+i, line, ink.Style{FG: ink.Text})
		}
	}
}

func (n *Network) picked(sc page.Screen, g networkRows) {
	if g.right == 0 {
		return
	}
	sc.Put(g.right, g.question, "picked so far", ink.Style{FG: ink.Dim})
	lines := n.pickedLines()
	rows := max(g.counts-1-g.list, 1)
	if !n.Now.Over() {
		rows--
	}
	if len(lines) > rows {
		lines = lines[len(lines)-rows:]
		sc.Put(g.right+15, g.question, "…", ink.Style{FG: ink.Faint})
	}
	y := g.list
	for _, line := range lines {
		x := sc.Put(g.right+2, y, line.number, ink.Style{FG: ink.Faint})
		x = max(x, g.right+4) + 1
		for _, p := range line.picks {
			x = sc.Put(x, y, p.label, ink.Style{FG: ink.Hue(p.action), Bold: true}) + 1
		}
		sc.Put(x, y, ink.Cut(line.picks[0].text, sc.W-x-1), ink.Style{FG: ink.Dim})
		y++
	}
	if !n.Now.Over() {
		x := sc.Put(g.right+2, y, strconv.Itoa(n.made()+1), ink.Style{FG: ink.Text, Bold: true})
		sc.Put(max(x, g.right+4)+1, y, "▌", ink.Style{FG: ink.Accent})
	}
}

// pickedLine is a line of what was picked: one pick, or several presses.
type pickedLine struct {
	picks  []pick
	number string // "" of presses
}

func (n *Network) pickedLines() (lines []pickedLine) {
	made := 0
	for i, p := range n.picks {
		if p.press && i > 0 && n.picks[i-1].press && len(lines[len(lines)-1].picks) < 8 {
			last := &lines[len(lines)-1]
			last.picks = append(last.picks, p)
			continue
		}
		line := pickedLine{picks: []pick{p}}
		if !p.press {
			made++
			line.number = strconv.Itoa(made)
		}
		lines = append(lines, line)
	}
	return lines
}
