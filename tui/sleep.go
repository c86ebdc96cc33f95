package tui

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"
)

// sleeper lets the program sleep while nothing moves.
//
// Bubble Tea looks 60 times a second whether there is something to write, by a
// ticker of its own that it gives nobody: 60 wake-ups a second for a screen
// that stands still, for as long as a lesson takes. The sleeper stops that
// ticker when no message has come for a while and starts it with the next.
// Where a later version of Bubble Tea has no such field, nothing is stopped and
// all works as before; a test says so.
type sleeper struct {
	program *tea.Program
	asleep  bool
	waiting bool // a sleepMsg is on its way
	stirred bool // something came since it was sent

	// How often it looks while asleep, 0 for never: on a machine that is busy
	// with many programs the last frame may not be written when sleep begins.
	rest time.Duration
}

// drowsy is how long nothing must have come before the program sleeps: long
// enough that the last frame is written.
const drowsy = 200 * time.Millisecond

// sleepMsg asks whether anything has come since it was sent.
type sleepMsg struct{}

// rate is how often Bubble Tea looks for something to write.
const rate = 60

// ticker returns Bubble Tea's, nil if it has none.
func (s *sleeper) ticker() *time.Ticker {
	if s.program == nil {
		return nil
	}
	f := reflect.ValueOf(s.program).Elem().FieldByName("ticker")
	if !f.IsValid() || f.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(f.UnsafePointer())
}

// stir notes that something has come; the answer asks later whether it was the
// last.
func (s *sleeper) stir() tea.Cmd {
	t := s.ticker()
	if t == nil {
		return nil
	}
	if s.asleep {
		s.asleep = false
		t.Reset(time.Second / rate)
	}
	s.stirred = true
	if s.waiting {
		return nil
	}
	s.waiting = true
	return s.later()
}

func (s *sleeper) later() tea.Cmd {
	s.stirred = false
	return tea.Tick(drowsy, func(time.Time) tea.Msg { return sleepMsg{} })
}

// doze sleeps if nothing has come since the question was asked.
func (s *sleeper) doze() tea.Cmd {
	if s.stirred {
		return s.later()
	}
	s.waiting, s.asleep = false, true
	if s.ticker().Stop(); s.rest > 0 {
		s.ticker().Reset(s.rest)
	}
	return nil
}
