package network

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// Draw draws the page.
func (n *Network) Draw(sc page.Screen) {
	if len(n.Turns) == 0 {
		return
	}
	g := networkLayout(sc.W, sc.H, len(n.next))
	s := along(sc.W, g.origin, n.Now.Steps, n.Now.Over())
	l := n.lane(s)
	sc.Look = race.Look{Now: time.Duration(s.now) * paceTime, Words: true, Future: true, Head: func(*diagram.Message) string { return "" }}
	if n.Now.Over() {
		sc.Look.Now, sc.Look.Future = time.Duration(sc.W-g.origin)*paceTime, false
	}
	n.header(sc)
	n.diagram(sc, g, s, l)
	n.question(sc, g, l)
	n.picked(sc, g)
	n.counts(sc, g, l)
	n.foot(sc, g)
}

// header is the first line: what is played, and how far.
func (n *Network) header(sc page.Screen) {
	x := sc.Chip(0, 0, " photofinish ", ink.Accent, false) + 2
	count := "pick " + strconv.Itoa(n.made()+1)
	if n.Now.Over() {
		count = "all quiet"
	}
	end := sc.W - ink.Width(count)
	sc.Put(end, 0, count, ink.Style{FG: ink.Accent, Bold: true})
	who := " you are the network "
	if sc.W < 80 {
		who = " the network "
	}
	end -= ink.Width(who) + 2
	sc.Chip(end, 0, who, ink.Loud, false)
	title := ink.Printable(n.Session.Title(), 60)
	if room := end - x - ink.Width(n.entry.Name) - 5; room >= 12 {
		x = sc.Put(x, 0, ink.Cut(title, room), ink.Style{FG: ink.Text, Bold: true}) + 3
	}
	sc.Put(x, 0, ink.Cut(n.entry.Name, end-x-1), ink.Style{FG: ink.Dim})
}

// made counts what the network has done so far; what the user pressed is no
// pick.
func (n *Network) made() (count int) {
	for _, p := range n.picks {
		if !p.press {
			count++
		}
	}
	return count
}

// lane returns the order so far as a lane, in which a step takes as long as
// any other. What leaves the picture is taken out.
func (n *Network) lane(s paces) *diagram.Lane {
	events := make([]sim.Event, len(n.Now.Events))
	for i, e := range n.Now.Events {
		e.At = s.at(n.Now.Step[i])
		events[i] = e
	}
	found := n.Now.Judged
	if !n.Now.Over() && n.outlook != nil && n.outlook.Complete {
		found = judge.Judgement{Anomalies: n.outlook.Sure}
	}
	l := diagram.New(n.entry, n.Now.Script, events, found, s.at(n.Now.Steps), n.Session.Field)
	if n.Now.Failed != nil {
		l.Failed = tell.Clean(n.Now.Failed.Error())
	}
	l.LookAt(n.Session.View)
	for i := range n.next {
		if o := &n.next[i]; o.Choice.What == sim.PushArrives {
			l.Flies(o.Action)
		}
	}
	l.Stopped = !n.Now.Over()
	l.Settled = s.at(n.Now.Steps - 1)
	for i := range l.Messages {
		if m := &l.Messages[i]; m.Lost {
			m.To = n.lostAt(m, s)
		}
	}
	crop(l)
	return l
}

// crop takes the words and messages out of a lane that end before the picture
// begins. What both sides hold from there on stays.
func crop(l *diagram.Lane) {
	l.Messages = slices.DeleteFunc(l.Messages, func(m diagram.Message) bool { return m.To < 0 })
	l.Marks = slices.DeleteFunc(l.Marks, func(m diagram.Mark) bool { return m.At < 0 })
	for i, h := range l.Screen() {
		if h.At < 0 {
			l.Screen()[i].Press = 0
		}
	}
}

// lostAt returns when a message is lost: when the user said so, or else a step
// after it was sent.
func (n *Network) lostAt(m *diagram.Message, s paces) time.Duration {
	for k, l := range n.Turn().Losses {
		if l.Request == m.Request && (l.Leg == sim.Uplink) == m.Up {
			return s.at(n.Now.Lost[k])
		}
	}
	return m.From + time.Duration(s.width)*paceTime
}

// diagram draws what has happened, in order, and what is on its way.
func (n *Network) diagram(sc page.Screen, g networkRows, s paces, l *diagram.Lane) {
	ax := race.Axis{Origin: g.origin, Cells: sc.W - g.origin, End: time.Duration(sc.W-g.origin) * paceTime, Per: 2}
	strip := race.Strip{Canvas: sc.Canvas, Lane: l, Axis: ax, Look: sc.Look, Wait: g.wait, Top: g.top, Bottom: g.bottom}
	strip.Draw()
	for y := g.wait; y <= g.bottom; y++ {
		sc.Wipe(0, y, g.origin, 1, ink.Plain)
	}
	sc.Right(g.origin-1, g.top, n.screen(g), ink.Style{FG: ink.Dim})
	sc.Right(g.origin-1, g.bottom, "server", ink.Style{FG: ink.Dim})
	text, earlier := "in order, not in time: one column a step", s.hidden()
	if earlier > 0 {
		text = "◂ " + strconv.Itoa(earlier) + " earlier   " + text
		sc.Put(g.origin-1, g.top, "◂", ink.Style{FG: ink.Faint})
	}
	if g.caption > 0 {
		sc.Put(g.origin+2, g.caption, text, ink.Style{FG: ink.Faint})
	}
	if n.Now.Over() {
		return
	}
	x := g.origin + s.now
	n.noFuture(sc, g, x)
	above, below := g.wait, g.bottom
	if g.keys > 1 {
		above, below = g.wait-1, g.bottom+1
	}
	sc.Cursor(ax, above, below)
	if sc.H >= 34 {
		sc.Right(x+2, g.bottom+2, "now", ink.Style{FG: ink.Accent, Bold: true})
	}
	n.heads(sc, g, x)
	n.atHome(sc, g, x)
}

// screen names the screen in view, by its client where there are two.
func (n *Network) screen(g networkRows) string {
	if n.Session.Script.Clients() < 2 {
		return "screen"
	}
	client := strconv.Itoa(n.Session.View/sim.MaxPersons + 1)
	if g.origin < 12 {
		return "scr " + client
	}
	return "screen " + client
}

// noFuture takes away what looks like a future: what both sides will hold, and
// for how long something waits, is what the user decides.
func (n *Network) noFuture(sc page.Screen, g networkRows, x int) {
	for ; x < sc.W; x++ {
		for _, y := range []int{g.top, g.bottom} {
			if strings.ContainsRune("━─╌", sc.Rune(x, y)) {
				sc.Put(x, y, "╌", ink.Style{FG: ink.Rule})
			}
		}
		if sc.Rune(x, g.wait) == '┄' {
			sc.Wipe(x, g.wait, 1, 1, ink.Plain)
		}
	}
}

// free returns the first column from x on in which a row has no words.
func free(sc page.Screen, x, y int) int {
	for x < sc.W && !strings.ContainsRune("\x00 ╌│", sc.Rune(x, y)) {
		x++
	}
	return x
}

// heads writes beside each message on its way which key lets it arrive, and
// what it is. Where several heads fall into one row, only the keys are there.
func (n *Network) heads(sc page.Screen, g networkRows, x int) {
	var rows []int
	for y := g.top + 1; y < g.bottom; y++ {
		if sc.Rune(x, y) == '●' || sc.Rune(x-1, y) == '●' {
			rows = append(rows, y)
		}
	}
	var flying []int
	for i := range n.next {
		if n.next[i].Message() {
			flying = append(flying, i)
		}
	}
	if len(rows) == 0 {
		return
	}
	ends := map[int]int{}
	for k, i := range flying {
		o, y := &n.next[i], rows[k*len(rows)/len(flying)]
		if ends[y] == 0 {
			ends[y] = x + 2
		}
		end := sc.Put(n.key(sc, i, ends[y], y), y, " ", ink.Style{})
		ends[y] = end
		if len(rows) < len(flying) {
			continue
		}
		end = sc.Put(end, y, o.Name()+" ", ink.Style{FG: ink.Hue(o.Action), Bold: true})
		if end+ink.Width(o.Head+o.Value) < sc.W {
			end = sc.Put(end, y, o.Head, ink.Style{FG: ink.Dim})
		}
		sc.Put(end, y, ink.Cut(o.Value, sc.W-end-2)+" ", ink.Style{FG: ink.Text, Bold: true})
	}
}

// atHome writes the keys of what happens at the client: the next press on the
// screen's rail, timers and timeouts above it.
func (n *Network) atHome(sc page.Screen, g networkRows, x int) {
	above := free(sc, free(sc, x, g.wait)+2, g.wait)
	for i := range n.next {
		o := &n.next[i]
		of := ink.Style{FG: ink.Hue(o.Action), Bold: true}
		switch {
		case o.Message():
		case o.Choice.What == sim.UserActs:
			at := free(sc, free(sc, x, g.top)+2, g.top)
			end := sc.Put(n.key(sc, i, at, g.top), g.top, " "+o.Head+" ", ink.Style{FG: ink.Dim})
			sc.Put(sc.Put(end, g.top, o.Name(), of), g.top, " ", ink.Style{})
		case above+ink.Width(o.Name()+o.Head)+5 < sc.W:
			above = sc.Put(n.key(sc, i, above, g.wait)+1, g.wait, o.Name(), of)
			above = sc.Put(above+1, g.wait, o.Head, ink.Style{FG: ink.Dim}) + 2
		}
	}
}

// key writes the key that picks an option, and returns the column behind it.
func (n *Network) key(sc page.Screen, i, x, y int) int {
	if i >= 9 {
		return sc.Put(x, y, " · ", ink.Style{FG: ink.Hue(n.next[i].Action), Bold: true})
	}
	return sc.Chip(x, y, " "+strconv.Itoa(i+1)+" ", ink.Hue(n.next[i].Action), false)
}
