package tui

import (
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// help lays the keys, and how to read a lane, over the screen.
func (sc screen) help() {
	sc.wipe(0, 1, sc.w, sc.h-1, plain)
	sc.put(2, 2, "keys", style{fg: accent, bold: true})
	sc.put(8, 2, "any key leaves", style{fg: dim})
	groups := sc.m.keys.groups()
	if sc.w < 76 || sc.h < 24 {
		sc.compactHelp(groups)
		return
	}
	lines := 0
	for _, g := range groups {
		lines += len(g.lines) + 2
	}
	cols := min(max(sc.w/38, 1), 3)
	per := max((lines+cols-1)/cols, 11)
	x, y, low := 2, 4, 4
	for _, g := range groups {
		if y > 4 && y-4+len(g.lines)+1 > per && x+38+30 <= sc.w {
			x, y = x+38, 4
		}
		sc.put(x, y, g.title, style{fg: fg, bold: true})
		for _, h := range g.lines {
			y++
			sc.right(x+9, y, h.keys, style{fg: fg, bold: true})
			sc.put(x+11, y, h.what, style{fg: dim})
		}
		y += 2
		low = max(low, y)
	}
	if rows := sc.h - low - 3; rows >= 9 && sc.w >= 90 {
		sc.howToRead(low + 1)
	}
}

// compactHelp lists the keys as running text, where there is no room for
// columns.
func (sc screen) compactHelp(groups []group) {
	y := 3
	for _, g := range groups {
		x := sc.put(2, y, g.title, style{fg: fg, bold: true}) + 2
		for _, h := range g.lines {
			if x+width(h.keys)+1+width(h.what) > sc.w {
				x, y = 4, y+1
			}
			x = sc.put(x, y, h.keys, style{fg: fg, bold: true})
			x = sc.put(x+1, y, h.what, style{fg: dim}) + 2
		}
		y++
	}
}

// howToRead draws a specimen lane with the code that draws the real ones.
func (sc screen) howToRead(y int) {
	sc.put(2, y, "how to read a lane", style{fg: fg, bold: true})
	ax := axis{10, 50, 340 * time.Millisecond, 2}
	s := strip{c: sc.canvas, l: specimen(), ax: ax, v: view{262 * time.Millisecond, true, true}, wait: y + 2, top: y + 3, bot: y + 9}
	s.draw()
	sc.right(9, s.top, "screen", style{fg: dim})
	sc.right(9, s.bot, "server", style{fg: dim})
	sc.nowLine2(ax, s.v.now, s.wait, s.bot)
	rows := [][2]string{
		{"━u2━", "what that side holds now, by who wrote it"},
		{"⠳⢦", "a request, heavy; its answer is thin"},
		{"●", "on its way, now"},
		{"▲ △", "an answer; one that came too late, or is ignored"},
		{"· · ·", "not yet happened (v hides it)"},
		{"…u2", "queued   ■ blocked   + merged   ? busy"},
		{"✗", "dropped, late or wrong: the word is beside it"},
		{"╳", "two requests cross"},
		{"= ≠", "screen and server agree, differ"},
	}
	for i, r := range rows {
		sc.right(72, y+2+i, r[0], style{fg: fg, bold: true})
		sc.put(74, y+2+i, r[1], style{fg: dim})
	}
}

// nowLine2 draws a cursor at another time than the session's.
func (sc screen) nowLine2(ax axis, now time.Duration, y0, y1 int) {
	sc.v.now = now
	sc.nowLine(ax, y0, y1)
}

// specimen is the lane that explains the marks: a queue whose drain inverts.
func specimen() *lane {
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
	return newLane(new(sim.World), new(judge.Judge), e, script, 1, 0)
}
