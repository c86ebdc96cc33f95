package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// notHere is what a guest is told who asks for a file or the clipboard.
const notHere = "not in a class: there are no files and no clipboard here"

// refused reports whether the user is a guest, and says so.
func (m *Model) refused() bool {
	if m.guest != nil {
		m.message = notHere
	}
	return m.guest != nil
}

// spare lets a guest's work wait until the machine has time for it.
func (m *Model) spare(cmd tea.Cmd) tea.Cmd {
	if m.guest == nil || cmd == nil {
		return cmd
	}
	guest := m.guest
	return func() (msg tea.Msg) {
		guest(func() { msg = cmd() })
		return msg
	}
}

// Leave ends what is worked out in the background.
func (m *Model) Leave() {
	for _, cancel := range []func(){m.results.cancel, m.network.cancel, m.chart.cancel} {
		if cancel != nil {
			cancel()
		}
	}
}

// Sleeping is a model whose program does not wake up while nothing moves.
type Sleeping struct {
	tea.Model
	sleep sleeper
}

// Runs tells the model which program it is the model of. It must be called
// before that program runs.
func (s *Sleeping) Runs(p *tea.Program) { s.sleep = sleeper{program: p, rest: 2 * time.Second} }

// Asleep reports whether nothing moves. It is for tests, from within the
// program.
func (s *Sleeping) Asleep() bool { return s.sleep.asleep }

// Update hands a message on, and notes that something moves.
func (s *Sleeping) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, asks := msg.(sleepMsg); asks {
		return s, s.sleep.doze()
	}
	next, cmd := s.Model.Update(msg)
	s.Model = next
	return s, tea.Batch(cmd, s.sleep.stir())
}
