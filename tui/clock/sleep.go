package clock

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Sleeping is a model whose program does not wake up while nothing moves.
//
// Bubble Tea looks many times a second whether there is something to write, by a
// ticker of its own that it gives nobody: 60 wake-ups a second for a screen
// that stands still, for as long as a lesson takes. Sleeping stops that ticker
// when no message has come for a while and starts it with the next. Where a
// later version of Bubble Tea has no such field, nothing is stopped and all
// works as before; a test says so.
type Sleeping struct {
	tea.Model
	FPS int // how often its program looks, a second

	// Rest is after how long it looks while asleep, 0 for never: on a machine
	// that is busy with many programs the last frame may not be written when
	// sleep begins.
	Rest time.Duration

	program *tea.Program
	asleep  bool
	waiting bool // a sleepMsg is on its way
	stirred bool // something came since it was sent
}

// FPS is how often Bubble Tea looks by itself, a second.
const FPS = 60

// drowsy is how long nothing must have come before the program sleeps: long
// enough that the last frame is written.
const drowsy = 200 * time.Millisecond

// sleepMsg asks whether anything has come since it was sent.
type sleepMsg struct{}

// Runs tells the model which program it is the model of. It must be called
// before that program runs.
func (s *Sleeping) Runs(p *tea.Program) { s.program = p }

// Asleep reports whether nothing moves. It is for tests, from within the
// program.
func (s *Sleeping) Asleep() bool { return s.asleep }

// Update hands a message on, and notes that something moves.
func (s *Sleeping) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, asks := msg.(sleepMsg); asks {
		s.doze()
		return s, nil
	}
	next, cmd := s.Model.Update(msg)
	s.Model = next
	s.stir()
	return s, cmd
}

// ticker returns Bubble Tea's, nil if it has none.
func (s *Sleeping) ticker() *time.Ticker {
	if s.program == nil {
		return nil
	}
	f := reflect.ValueOf(s.program).Elem().FieldByName("ticker")
	if !f.IsValid() || f.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(f.UnsafePointer())
}

// stir wakes the program up, and asks later whether what has come was the last.
func (s *Sleeping) stir() {
	t := s.ticker()
	if t == nil {
		return
	}
	if s.asleep {
		s.asleep = false
		t.Reset(time.Second / time.Duration(s.FPS))
	}
	s.stirred = true
	if s.waiting {
		return
	}
	s.waiting = true
	s.later()
}

// later asks by a timer and not by a command, which would stay behind for as
// long when the program ends.
func (s *Sleeping) later() {
	s.stirred = false
	time.AfterFunc(drowsy, func() { s.program.Send(sleepMsg{}) })
}

// doze sleeps if nothing has come since the question was asked.
func (s *Sleeping) doze() {
	if s.stirred {
		s.later()
		return
	}
	s.waiting, s.asleep = false, true
	if s.ticker().Stop(); s.Rest > 0 {
		s.ticker().Reset(s.Rest)
	}
}
