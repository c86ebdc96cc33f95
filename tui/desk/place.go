package desk

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
)

// Place is where time stands in a session, for a page that looks elsewhere and goes back.
// The zero value is no place.
type Place struct {
	script  *sim.Script
	seed    uint64
	lanes   []string
	now     time.Duration
	rest    bool // all lanes had come to rest
	playing bool
}

// Place returns the place on the screen.
func (d *Desk) Place() Place {
	s := &d.Session
	return Place{s.Script, s.Seed, slices.Clone(s.Strategies), s.Now, d.SettledNow(), d.Clock.Playing}
}

// Return goes back to a place, and lets time play on if it did there. If the session has
// been edited since, everything stays as it is: what there was is no more.
func (d *Desk) Return(p Place) tea.Cmd {
	s := &d.Session
	if p.script != s.Script || p.seed != s.Seed || !slices.Equal(p.lanes, s.Strategies) {
		return d.Changed()
	}
	d.Pause()
	if s.Now = p.now; p.rest {
		s.Now = max(p.now, d.Settled)
	}
	d.Scale()
	if p.playing {
		d.Clock.Playing = true
		return tea.Batch(d.Clock.Next(), d.Changed())
	}
	return d.Changed()
}
