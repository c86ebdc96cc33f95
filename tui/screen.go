package tui

import (
	"fmt"
	"strconv"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
	"photofinish/tui/session"
)

// screen draws one frame.
type screen struct {
	frame.Frame
	m     *Model
	s     *session.Session
	lanes []*diagram.Lane
}

// draw fills the canvas for the model as it is.
func (m *Model) draw() {
	m.canvas.Resize(m.w, m.h)
	m.hit = hitMap{}
	sc := screen{m: m, s: &m.Session, lanes: m.Lanes}
	sc.Canvas, sc.View = &m.canvas, race.View{Now: m.Session.Now, Future: m.FutureShown(), Words: true, Picked: m.Session.Picked}
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
	besides := []string{"Or print it instead:", "photofinish replay " + report.Quote(sc.s.Scenario.Ref()), "", "q quit"}
	if ink.Printable(besides[1], sc.W-4) != besides[1] { // it can be typed only as it is
		besides[1] = "photofinish replay --help"
	}
	if q, asked := sc.m.over.(*question); asked {
		besides = append(besides[:2], q.title, q.keys())
	}
	sc.Notice("The lanes need", minWidth, minHeight, besides...)
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
	state, of := sc.m.state()
	x, end := sc.Header(ink.Printable(title, 60), frame.Part{Text: race.MS(sc.View.Now) + " ms", Of: frame.Accent},
		frame.Part{Text: state, Of: ink.Style{FG: of, Bold: true}, Chip: !sc.m.Clock.Playing})
	for _, text := range texts {
		if x+3+ink.Width(text)+2 <= end {
			sc.Put(x+3, 0, text, frame.Dim)
			return
		}
	}
}

// itoa writes a number.
func itoa(n int) string { return strconv.Itoa(n) }

// state returns what time does, in a word.
func (m *Model) state() (string, ink.Colour) {
	switch {
	case m.Clock.Playing:
		return "▶ " + fmt.Sprint(m.Clock.Rate()) + "×", ink.Good
	case m.SettledNow():
		return "settled", ink.Dim
	}
	return "paused", ink.Dim
}
