package desk

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/clock"
)

var speeds = []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2}

const slowMotion = 3 // the default: 0.1×

// Playback lets time play.
type Playback struct {
	clock.Clock
	Playing bool
	speed   int
}

// Rate returns how fast time plays.
func (p *Playback) Rate() float64 { return speeds[p.speed] }

func (d *Desk) advance(t clock.Tick) tea.Cmd {
	passed, awaited := d.Clock.Passed(t)
	if !awaited || !d.Clock.Playing {
		return nil
	}
	d.Session.Now += time.Duration(float64(passed) * d.Clock.Rate())
	if d.Session.Now >= d.Settled {
		d.Session.Now = d.Settled
		d.Pause()
		if d.FirstRun { // the story is told: now the odds
			d.FirstRun = false
		}
		return d.Changed()
	}
	return tea.Batch(d.Clock.Next(), d.Changed())
}

// Pause stops time; the axis ends where the lanes do, or at the cursor.
func (d *Desk) Pause() {
	d.Clock.Playing = false
	d.Clock.Stop()
	d.Scale()
}

// Play lets time play on, from the start if every lane has come to rest.
func (d *Desk) Play() tea.Cmd {
	if d.SettledNow() {
		d.Session.Now = 0
	}
	d.Clock.Playing = true
	return d.Clock.Next()
}

// SettledNow reports whether every lane has come to rest.
func (d *Desk) SettledNow() bool { return d.Session.Now >= d.Settled }

// atRest reports whether the user looks at the end of all lanes.
func (d *Desk) atRest() bool { return !d.Clock.Playing && d.SettledNow() }

func (d *Desk) toRest() {
	d.Session.Now = d.Settled
	d.Scale()
}

// MoveTo moves the cursor, and stops time there.
func (d *Desk) MoveTo(t time.Duration) tea.Cmd {
	d.Pause()
	d.Session.Now = min(max(t, 0), d.End)
	d.Scale()
	return d.Changed()
}

// PlayOrPause lets time play, or stops it.
func (d *Desk) PlayOrPause() tea.Cmd {
	if d.Clock.Playing {
		d.Pause()
		return nil
	}
	return d.Play()
}

// Scrubs returns a command that moves the cursor.
func (d *Desk) Scrubs(ms int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		return d.scrub(d.Session.Now+time.Duration(Sign(v)*ms)*time.Millisecond, v)
	}
}

// scrub moves the cursor, and says so where it is at the end of its way already.
func (d *Desk) scrub(to time.Duration, v int) tea.Cmd {
	was := d.Session.Now
	cmd := d.MoveTo(to)
	if d.Session.Now == was {
		d.Message = [...]string{"this is the start: nothing has happened before it", "this is the end: nothing happens after it"}[v]
	}
	return cmd
}

// ToEvent goes to the next or the previous event of the lane in view.
func (d *Desk) ToEvent(v int) tea.Cmd {
	t, to := d.Session.Now, d.Settled
	if v == 0 {
		to = 0
	}
	for _, e := range d.Lane().Events {
		if v == 0 && e.At < t {
			to = e.At
		} else if v == 1 && e.At > t {
			to = min(e.At, to)
			break
		}
	}
	if v == 1 {
		to = max(to, t)
	}
	return d.scrub(to, v)
}

// ToEnd goes to the start, or to where every lane has come to rest.
func (d *Desk) ToEnd(v int) tea.Cmd {
	return d.scrub(time.Duration(v)*d.Settled, v)
}

// SetSpeed lets time play slower, or faster.
func (d *Desk) SetSpeed(v int) tea.Cmd {
	to := min(max(d.Clock.speed+Sign(v), 0), len(speeds)-1)
	if to == d.Clock.speed {
		d.Message = fmt.Sprintf("%v× is as %s as time plays", d.Clock.Rate(), [...]string{"slow", "fast"}[v])
	}
	d.Clock.speed = to
	return nil
}

// ToggleFuture shows what has not happened yet, or hides it.
func (d *Desk) ToggleFuture() tea.Cmd {
	if d.Future = !d.Future; d.Clock.Playing {
		d.Message = "nothing of the future is drawn while time plays"
	}
	return nil
}
