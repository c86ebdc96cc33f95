package external

import (
	"fmt"
	"slices"
	"time"

	"photofinish/sim"
)

// Wake tells it that a timer fires.
func (s *lane) Wake(c *sim.Client, t sim.Timer) {
	if s.failed {
		return
	}
	s.c, s.turn = c, 0
	i := slices.IndexFunc(s.timers, func(o timer) bool { return o.engine == t.Number })
	if i < 0 {
		return // it was taken back
	}
	fired := s.timers[i]
	s.timers = slices.Delete(s.timers, i, i+1)
	if !s.wake(s.h.Now(), fired.n, t.Action) {
		return
	}
	again, before := s.onlyAgain(&fired), len(s.sent)
	if !again {
		s.h.Ask()
	}
	s.happen(nil, fired.by)
	if !again && !s.onlyRead(before) {
		s.h.Stir()
	}
}

// wake tells it that a timer of its number fires, which was set for a click. It reports
// whether the trial goes on.
func (s *lane) wake(at time.Duration, n int, of *sim.Action) bool {
	w := &s.pen
	w.at(at)
	w.text(`,"wake":`)
	w.int(n)
	w.text("}")
	return s.say("after a timer of " + of.Label())
}

// onlyAgain reports whether a timer that fired has done nothing but set itself.
func (s *lane) onlyAgain(fired *timer) bool {
	out := s.answer.Out
	return len(out) == 1 && out[0].Timer != 0 && out[0].After == fired.after && string(s.answer.Screen) == string(s.raw)
}

// onlyRead reports whether the program has done nothing in the turn of a timer,
// before which it had sent so many requests, or nothing but read by itself and set
// timers.
func (s *lane) onlyRead(sent int) bool {
	for i := range s.answer.Out {
		if d := &s.answer.Out[i]; d.Request == nil && d.Timer == 0 && d.Clear == 0 {
			return false
		}
	}
	for _, q := range s.sent[sent:] {
		if q.r.First().Errand == nil {
			return false
		}
	}
	return len(s.sent) > sent || len(s.answer.Out) == 0 // a limit, of what has long been answered
}

// End accounts for the clicks that never left: those of a busy client still
// wait, those of one that is at rest were dropped.
func (s *lane) End(h *sim.Host, view int) {
	if s.failed {
		return
	}
	if h.Explored() {
		if after, counts := s.counts(); counts {
			h.Wonder(notWaited(after))
			return
		}
	}
	for n := range s.pressed.all {
		f := h.Fate(n)
		if f.Sent != 0 || f.Refused != 0 || f.Dropped != 0 || f.Failed != 0 && f.Waits == 0 {
			continue
		}
		if after, far := s.far(); far && h.Explored() {
			h.Wonder(notWaited(after))
			return
		}
		if a := s.script.Action(n); !s.busy {
			reason := "never left"
			if s.of[n].told { // which says what a user can call then; the story has room for no more
				reason = "never left; refuse()?"
			}
			if a.Sets != 0 && a.Sets&^f.Carried == 0 {
				reason = "its values left with others"
			}
			s.c.Drop(a, reason)
		}
	}
}

func notWaited(after time.Duration) string {
	return fmt.Sprintf("a timer of %g s was not waited for", after.Seconds())
}

// counts lets the timers that only set themselves again go on doing so, now that
// all is quiet, and reports whether anything comes of it in the end: then the order
// was not over. It returns how long the timer was set for.
func (s *lane) counts() (after time.Duration, counts bool) {
	s.turn = 0
	now := s.h.Now()
	for range sim.Countdown {
		i := slices.IndexFunc(s.timers, func(t timer) bool { return t.engine != 0 })
		if i < 0 {
			return 0, false
		}
		fired := s.timers[i]
		s.timers = slices.Delete(s.timers, i, i+1)
		now += milliseconds(fired.after)
		if !s.wake(now, fired.n, s.first()) {
			return 0, false
		}
		if string(s.answer.Screen) != string(s.raw) {
			return milliseconds(fired.after), true
		}
		asks := func(d deed) bool {
			return d.Request != nil && (d.Request.Method == "GET" || d.Request.Do == sim.Fetch.String())
		}
		reads := slices.ContainsFunc(s.answer.Out, asks) // and nobody answers
		for _, d := range s.answer.Out {
			switch {
			case asks(d), d.Timer != 0 && reads:
			case d.Timer != 0:
				s.timers = slices.DeleteFunc(s.timers, func(t timer) bool { return t.n == d.Timer })
				s.timers = append(s.timers, timer{n: d.Timer, engine: fired.engine, after: d.After, by: d.By})
			case d.Clear != 0:
				s.timers = slices.DeleteFunc(s.timers, func(t timer) bool { return t.n == d.Clear })
			default:
				return milliseconds(fired.after), true
			}
		}
	}
	return 0, false
}

// far returns the shortest timer that nobody waits for.
func (s *lane) far() (after time.Duration, far bool) {
	for _, t := range s.timers {
		if d := milliseconds(t.after); t.engine == 0 && (!far || d < after) {
			after, far = d, true
		}
	}
	return after, far
}

func milliseconds(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }
