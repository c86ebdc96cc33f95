package desk

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/tui/session"
)

// A hint moves within 300 ms, in so many frames.
const (
	swingFrames = 10
	swingFrame  = 30 * time.Millisecond
)

// swing is a hint on its way.
type swing struct {
	n       int // counts them: the frames of an older one are dropped
	frame   int // the one that is shown; 0: nothing is on its way
	hint    *session.Hint
	rest    bool // all had come to rest before
	playing bool // time was playing
	fresh   bool // nobody has pressed anything since
}

// swingMsg asks for the next frame.
type swingMsg struct{ n int }

// HintText names the change that would turn the lane in view, as
// "try u2's way up 90 ms less" or "try u3 131 ms later"; "" where it is not known, there
// is none, or it would give a verdict away.
func (d *Desk) HintText() string {
	l := d.Lane()
	ways := d.Results.Ways[l.Name]
	if h := d.Session.Hint(); h != nil && h.Lane == l.Name {
		if ways = h.Ways[h.At+1:]; len(ways) == 0 {
			return ""
		}
	}
	if len(ways) == 0 || d.FirstRun || d.untold(l) {
		return ""
	}
	return "try " + d.changeText(ways[0])
}

// untold reports whether the end of a lane is not on the screen yet: then no hint gives
// it away.
func (d *Desk) untold(l *diagram.Lane) bool {
	return l.At(d.Session.Now).Open && !d.FutureShown()
}

// Change says of the lane in view what a way changes, and by how much: "u2's way up",
// "90 ms less".
func (d *Desk) Change(w explore.Way) (on, by string) { return report.Change(d.Session.Script, w) }

func (d *Desk) changeText(w explore.Way) string {
	on, by := d.Change(w)
	return on + " " + by
}

// Hint turns the lane in view by the smallest change that does; given again, by the
// next one of those that were found before the first, in its place.
func (d *Desk) Hint() tea.Cmd {
	l := d.Lane()
	if h := d.Session.Hint(); h != nil && h.Lane == l.Name {
		next, ok := h.Next()
		if !ok {
			if d.Message = "that was the only way"; len(h.Ways) > 1 {
				d.Message = fmt.Sprintf("that was the last of %d ways", len(h.Ways))
			}
			return nil
		}
		return d.try(next)
	}
	ways, known := d.Results.Ways[l.Name]
	switch {
	case len(d.Session.Script.Actions) == 0:
		d.Message = "nothing has happened yet: there is nothing to turn"
	case d.own[l.Name] != nil:
		d.Message = "no hint for a client of your own: it would take thousands of its runs"
	case d.untold(l):
		d.Message = l.Name + " still runs: a comes later"
	case !known:
		d.Message = "still counting"
	case len(ways) == 0:
		d.Message = d.hopeless(l)
	default:
		return d.try(session.NewHint(d.Session, l.Name, ways, d.verdicts()))
	}
	return nil
}

// hopeless says why nothing turns a lane, as far as that is known.
func (d *Desk) hopeless(l *diagram.Lane) string {
	orders, counted := d.Results.Orders[l.Name]
	within := "1 s"
	if most := explore.WaysWithin(len(d.Session.Script.Actions)); most < time.Second {
		within = tell.Rounded(most) + " ms"
	}
	none := "no single change within " + within + " turns it"
	switch {
	case l.Verdict == judge.Unknown:
		return "nobody knows how this ends, and so what would turn it"
	case counted && orders.RaceFree() && l.Verdict == judge.OK:
		return "race-free: nothing turns it"
	case counted && orders.Complete && orders.Classes == orders.Verdicts[judge.Wrong] && losesSave(l):
		return none + ": every order loses"
	case counted && orders.Complete && orders.Classes == orders.Bad():
		return none + ": every order ends badly"
	}
	return none
}

func (d *Desk) verdicts() map[string]judge.Verdict {
	all := map[string]judge.Verdict{}
	for _, l := range d.Lanes {
		all[l.Name] = l.Verdict
	}
	return all
}

// try lets a hint turn the session: one edit, in a few frames.
func (d *Desk) try(h *session.Hint) tea.Cmd {
	d.swing = swing{n: d.swing.n + 1, frame: 1, hint: h, rest: d.atRest(), playing: d.Clock.Playing, fresh: true}
	d.Pause()
	d.History.Did(d.Session)
	w := h.Way()
	leg := diagram.Leg{Action: w.Action, Leg: w.Leg}
	if d.Did = d.changeText(w) + ":"; w.Leg != sim.NoLeg {
		d.Did = d.LegText(leg) + " " + tell.Rounded(h.Took(leg)) + " → " + tell.Rounded(h.Took(leg)+w.By) + " ms:"
	}
	return d.swung()
}

// swung shows the frame of the hint that is on its way, and asks for the next one.
func (d *Desk) swung() tea.Cmd {
	s := &d.swing
	d.Session = d.Session.Part(s.hint, s.frame, swingFrames)
	d.RunLanes()
	if s.rest {
		d.toRest()
	}
	n := s.n
	return tea.Batch(d.Changed(), tea.Tick(swingFrame, func(time.Time) tea.Msg { return swingMsg{n} }))
}

func (d *Desk) swings(msg swingMsg) tea.Cmd {
	s := &d.swing
	switch {
	case msg.n != s.n || s.frame == 0:
		return nil
	case s.frame+1 == swingFrames:
		return d.arrive()
	}
	s.frame++
	return d.swung()
}

// arrive shows at once what the hint on its way, if one is, leads to.
func (d *Desk) arrive() tea.Cmd {
	s := &d.swing
	if s.frame == 0 {
		return nil
	}
	s.frame = 0
	change := d.show(d.Session.Turn(s.hint))
	var on tea.Cmd
	switch {
	case s.rest:
		d.toRest()
	case s.playing:
		d.Session.Now = 0
		on = d.Play()
	}
	return tea.Batch(change.cmd, d.Changed(), on)
}

// Pressed takes note that the user goes on: what was said is read, and what is on
// its way arrives.
func (d *Desk) Pressed() tea.Cmd {
	d.Message, d.Did, d.Left, d.swing.fresh = "", "", "", false
	return d.arrive()
}

// hint returns by which way the session has been turned, or is being; nil if it has
// not.
func (d *Desk) hint() *session.Hint {
	if d.swing.frame > 0 {
		return d.swing.hint
	}
	return d.Session.Hint()
}
