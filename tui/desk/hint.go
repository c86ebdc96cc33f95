package desk

import (
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// HintText names the change that would turn the lane in view, as
// "try u2's way up 90 ms less" or "try u3 131 ms later"; "" where it is not known, there
// is none, or it would give a verdict away.
func (d *Desk) HintText() string {
	ways := d.Results.Ways[d.Lane().Name]
	if len(ways) == 0 || d.FirstRun || d.Lane().At(d.Session.Now).Open {
		return ""
	}
	return "try " + d.changeText(ways[0])
}

// changeText says what a way changes, and by how much.
func (d *Desk) changeText(w explore.Way) string {
	more, less := "more", "less"
	of := d.LegText(diagram.Leg{Action: w.Action, Leg: w.Leg})
	if w.Leg == sim.NoLeg {
		more, less, of = "later", "earlier", d.Lane().Label(w.Action)
	}
	if w.By < 0 {
		more = less
	}
	return of + " " + tell.Rounded(max(w.By, -w.By)) + " ms " + more
}

// Ghost returns the message that the last key has moved, and what its latency was
// before; ok is false if none was.
func (d *Desk) Ghost() (leg diagram.Leg, was time.Duration, ok bool) { return }

// Turned returns the lanes that a hint has turned, by name: how they ended before,
// and how they end now.
func (d *Desk) Turned() map[string][2]judge.Verdict { return nil }
