package sim

// stillness knows when a trial is over: no action and no message is left, and
// no timer would change anything but itself.
type stillness struct {
	others  int   // events to come that are no timers
	changes int32 // counts what could make a timer's firing matter
	fired   int32 // that count, when the last timer fired; -1: none has
	quiet   int   // the events before the first of the timers that alone are left; -1: more is left
}

func (s *stillness) reset() { s.others, s.changes, s.fired, s.quiet = 0, 0, -1, -1 }

// begin takes note of an event that is no timer, and that somebody sees.
func (s *stillness) begin() {
	s.others--
	s.changes++
}

// fire takes note that a timer fires.
func (s *stillness) fire() { s.fired = s.changes }

// inVain reports, right after a timer has fired, that nothing has changed but
// the timer itself. Every other event has changed something.
func (s *stillness) inVain() bool { return s.changes == s.fired }

// idle returns the count of changes at which a timer that is set now fires in
// vain, since it is set by a firing in vain; else -1.
func (s *stillness) idle() int32 {
	if s.inVain() {
		return s.changes
	}
	return -1
}
