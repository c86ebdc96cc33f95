package tui

import (
	"strconv"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// screen draws one frame.
type screen struct {
	*ink.Canvas
	m     *Model
	s     *session.Session
	lanes []*diagram.Lane
	v     race.View
}

// draw fills the canvas for the model as it is.
func (m *Model) draw() {
	m.canvas.Resize(m.w, m.h)
	m.hit = hitMap{}
	sc := screen{Canvas: &m.canvas, m: m, s: &m.Session, lanes: m.Lanes, v: race.View{Now: m.Session.Now, Future: m.FutureShown(), Words: true, Picked: m.Session.Picked}}
	if m.w < minWidth || m.h < minHeight {
		sc.notice()
		return
	}
	switch m.place {
	case onFocus:
		m.focus.draw(sc)
	case onNetwork:
		m.network.draw(sc)
	case onChart:
		m.chart.draw(sc)
	default:
		sc.lanesPlace()
	}
	if m.over != nil {
		m.over.draw(sc)
	}
}

// lanesPlace draws the lanes, all of them if they fit.
func (sc screen) lanesPlace() {
	switch layoutFor(sc.W, sc.H, sc.m.choice) {
	case columnsLayout:
		sc.columns()
	case strips:
		sc.strips()
	default:
		sc.small()
	}
}

// notice says that the window is too small, and what to do.
func (sc screen) notice() {
	sc.Chip(0, 0, ink.Cut(" photofinish ", sc.W), ink.Accent, false)
	command := "photofinish replay " + report.Quote(sc.s.Scenario.Ref())
	if ink.Printable(command, sc.W-4) != command { // it can be typed only as it is
		command = "photofinish replay --help"
	}
	lines := []string{
		"This window is " + itoa(sc.W) + "×" + itoa(sc.H) + ".",
		"The lanes need " + itoa(minWidth) + "×" + itoa(minHeight) + " to be read.",
		"",
		"Make it larger: nothing is lost.",
		"Or print it instead:",
		command,
		"",
		"q quit",
	}
	if q, asked := sc.m.over.(*question); asked {
		lines = append(lines[:len(lines)-2], q.title, q.keys())
	}
	x, y := 4, 3
	if sc.H < 12 {
		y = 1
	}
	if sc.W < 40 {
		x = 0
	}
	for i, line := range lines {
		s := ink.Style{FG: ink.Dim}
		if i == 0 {
			s = ink.Style{FG: ink.Text, Bold: true}
		}
		sc.Put(x, y+i, line, s)
	}
}

// header is the first line: what runs, and at the right where time is.
func (sc screen) header() {
	luck := sc.s.Luck()
	if sc.s.Changed() && sc.m.Guest == nil {
		luck += " · not saved"
	}
	sc.headed(sc.s.Title(), ink.Printable(sc.s.NetworkText(), 70)+" · "+luck, luck)
}

// headed is the first line with a title, and behind it the first of some texts
// that fits.
func (sc screen) headed(title string, texts ...string) {
	x := sc.Chip(0, 0, " photofinish ", ink.Accent, false) + 2
	clock := race.MS(sc.v.Now) + " ms"
	end := sc.W - 1 - ink.Width(clock)
	sc.Put(end, 0, clock, ink.Style{FG: ink.Accent, Bold: true})
	state, of := sc.m.state()
	if sc.m.Clock.playing {
		end -= ink.Width(state) + 2
		sc.Put(end, 0, state, ink.Style{FG: of, Bold: true})
	} else {
		end -= ink.Width(state) + 4
		sc.Chip(end, 0, " "+state+" ", of, false)
	}
	title = ink.Cut(ink.Printable(title, 60), end-x-2)
	x = sc.Put(x, 0, title, ink.Style{FG: ink.Text, Bold: true}) + 3
	for _, text := range texts {
		if x+ink.Width(text)+2 <= end {
			sc.Put(x, 0, text, ink.Style{FG: ink.Dim})
			return
		}
	}
}

// itoa writes a number.
func itoa(n int) string { return strconv.Itoa(n) }
