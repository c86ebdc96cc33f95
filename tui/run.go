package tui

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/tui/session"
)

// Options say how the playground begins.
type Options struct {
	Strategies []string  // one lane each; none: the six
	Seed       uint64    // 0: the one of the scenario; any other lets its pins go
	NoColour   bool      // draw without colours
	FirstRun   bool      // nobody asked for this scenario: explain a little
	Input      io.Reader // the keyboard; nil: standard input
}

// Run opens the playground on a scenario and returns when the user leaves. An
// error means that a strategy is unknown, that there is no terminal, or, if it
// is a [Signal], that one has ended the program; the terminal is put right
// first.
func Run(ctx context.Context, s *scenarios.Scenario, o Options) error {
	names := o.Strategies
	if len(names) == 0 {
		names = strategies.Default()
	}
	begin := session.New(s, names, o.Seed)
	if o.Seed != 0 && report.Pinned(s.Script) {
		begin = begin.Reseed(1)
	}
	m, err := newModel(begin, o.FirstRun)
	if err != nil {
		return err
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGTERM)
	defer signal.Stop(signals)
	go func() {
		select {
		case s := <-signals:
			end(Signal(s.(syscall.Signal)))
		case <-ctx.Done():
		}
	}()
	// The program's own handler knows two of these signals, and waits for its
	// event loop even when that has ended.
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(rate)}
	if o.Input != nil {
		opts = append(opts, tea.WithInput(o.Input))
	}
	if o.NoColour {
		opts = append(opts, tea.WithColorProfile(colorprofile.Ascii))
	}
	p := tea.NewProgram(m, opts...)
	m.sleep.program = p
	_, err = p.Run()
	if cause, ok := context.Cause(ctx).(Signal); ok {
		return cause
	}
	return err
}

// Signal is the error of a playground that a signal has ended.
type Signal syscall.Signal

// Error names the signal.
func (s Signal) Error() string { return syscall.Signal(s).String() }
