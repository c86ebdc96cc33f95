package page

import (
	"fmt"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// The least window that is drawn in, and those from which on there is more to
// see.
const (
	MinWidth, MinHeight   = 60, 16
	MidWidth              = 100
	WideWidth, WideHeight = 188, 44
)

// Screen draws one frame.
type Screen struct {
	frame.Frame
	h *Host
}

// Screen returns an empty screen, at the cursor of the session.
func (h *Host) Screen() Screen {
	sc := Screen{h.Frame(), h}
	sc.Look = race.Look{Now: h.Session.Now, Future: h.FutureShown(), Words: true, Picked: h.Session.Picked}
	if leg, was, ok := h.Ghost(); ok && leg.Leg != sim.NoLeg {
		sc.Look.Ghost, sc.Look.Was = leg, was
	}
	return sc
}

// Draw fills the canvas as everything is.
func (h *Host) Draw() {
	h.Hit = Hits{}
	sc := h.Screen()
	if h.Width < MinWidth || h.Height < MinHeight {
		h.notice(sc)
		return
	}
	h.Page.Draw(sc)
	if h.Over != nil {
		h.Over.Draw(sc)
	}
}

func (h *Host) notice(sc Screen) {
	besides := []string{"Or print it instead:", "photofinish replay " + tell.Quote(h.Session.Scenario.Ref()), "", "q quit"}
	if ink.Printable(besides[1], sc.W-4) != besides[1] { // it can be typed only as it is
		besides[1] = "photofinish replay --help"
	}
	if q, asks := h.Over.(interface {
		Asks() (question, keys string)
	}); asks {
		title, keys := q.Asks()
		besides = append(besides[:2], title, keys)
	}
	sc.Notice("The lanes need", MinWidth, MinHeight, besides...)
}

// Head is the first line: what runs, and at the right where time is.
func (sc Screen) Head() {
	luck := sc.h.Session.Luck()
	if sc.h.Session.Changed() && sc.h.Guest == nil {
		luck += " · not saved"
	}
	sc.Headed(sc.h.Session.Title(), ink.Printable(sc.h.Session.NetworkText(), 70)+" · "+luck, luck)
}

// Headed is the first line with a title, and behind it the first of some texts
// that fits.
func (sc Screen) Headed(title string, texts ...string) {
	state, of := sc.h.state()
	x, end := sc.Header(ink.Printable(title, 60), frame.Part{Text: tell.Rounded(sc.Look.Now) + " ms", Of: frame.Accent},
		frame.Part{Text: state, Of: ink.Style{FG: of, Bold: true}, Chip: !sc.h.Clock.Playing})
	for _, text := range texts {
		if x+3+ink.Width(text)+2 <= end {
			sc.Put(x+3, 0, text, frame.Dim)
			return
		}
	}
}

func (h *Host) state() (string, ink.Colour) {
	switch {
	case h.Clock.Playing:
		return "▶ " + fmt.Sprint(h.Clock.Rate()) + "×", ink.Good
	case h.SettledNow():
		return "settled", ink.Dim
	}
	return "paused", ink.Dim
}
