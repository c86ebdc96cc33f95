package sim

// stillness knows when a trial is over: no action and no message is left, and
// no timer would change anything but itself.
type stillness struct {
	others  int   // events to come that are no timers
	changes int32 // counts what could make a timer's firing matter
	reads   int32 // so many of these were only reads that nobody asked for: see [Errand]
	fired   int32 // the count of changes, when the last timer fired; -1: none has
	vain    int   // so many timers have fired in vain since anything changed
	asked   int32 // and that of reads
	quiet   int   // the events before the first of the timers that alone are left; -1: more is left
}

// begin takes note of an event that is no timer, and that somebody sees.
func (s *stillness) begin() {
	s.others--
	s.changes++
}

// effects returns the count of changes without the reads.
func (s *stillness) effects() int32 { return s.changes - s.reads }

// again returns the count of effects at which a timer that is set now asks again
// in vain, since from the last firing on the client has read, nothing new has come
// of it, and nothing else has happened; else -1.
func (s *stillness) again() int32 {
	if now := s.effects(); s.reads != s.asked && s.fired-s.asked == now {
		return now
	}
	return -1
}

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
