package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/strategies"
	"photofinish/tui/clock"
	"photofinish/tui/desk"
	"photofinish/tui/session"
)

// Options say how the playground begins.
type Options struct {
	Strategies []string          // one lane each; none: those of [session.Opening]
	Lineup     strategies.Lineup // what lanes can be of; none: the catalogue
	Seed       uint64            // 0: the one of the scenario; any other lets its pins go
	NoColour   bool              // draw without colours
	FirstRun   bool              // nobody asked for this scenario: explain a little
	Input      io.Reader         // the keyboard; nil: standard input
	Output     io.Writer         // the screen; nil: standard output
	State      string            // the folder of what outlives the program; "": nothing does
	Panic      bool              // for tests: ctrl+p breaks the program

	// Reloads brings word of own clients of the lineup whose program is another one
	// now, while the playground runs; nil: none does.
	Reloads <-chan Reloaded

	// Sound says why orders of an own client would prove nothing: it does not do the
	// same in another process. It is asked in the background; nil: nobody is.
	Sound func(*scenarios.Scenario, strategies.Entry) error

	Guest func(work func()) // somebody else's machine, see [New]; nil: the user's own
}

// Reloaded says that the program of a client of the user's own is another one now,
// or cannot be read.
type Reloaded = desk.Reloaded

// StateDir returns the user's folder for what outlives the program, "" if they
// have no home: that of the XDG Base Directory Specification, or where the
// system keeps such things.
func StateDir() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "photofinish")
	}
	return stateDir()
}

// Run opens the playground on a scenario and returns when the user leaves. An
// error means that a strategy is unknown, that there is no terminal, that, if
// it is a [Signal], one has ended the program, or that we have made a mistake;
// the terminal is put right first, and what is not saved is offered at the
// next start.
func Run(ctx context.Context, s *scenarios.Scenario, o Options) error {
	m, err := New(s, o)
	if err != nil {
		return err
	}
	if o.State != "" {
		m.remember(session.NewStore(o.State))
	}
	var root tea.Model = m
	if o.Panic {
		root = fragile{m}
	}
	err = runProgram(ctx, root, o)
	kept := m.LeaveStore(err == nil)
	if errors.Is(err, tea.ErrProgramPanic) {
		err = errors.New("the playground broke: that is a mistake of ours")
		if kept {
			err = fmt.Errorf("%w; what was not saved is offered at the next start", err)
		}
	}
	return err
}

// Show runs a model that is no playground until the user leaves. Of the
// options only the terminal's count. An error is as that of [Run]; the model
// has to keep by itself what must outlive it.
func Show(ctx context.Context, root tea.Model, o Options) error {
	err := runProgram(ctx, root, o)
	if errors.Is(err, tea.ErrProgramPanic) {
		err = errors.New("the screen broke: that is a mistake of ours")
	}
	return err
}

// New returns a playground on a scenario, for a program of somebody else: what
// its options say of that program's terminal is left to the caller. An error
// means that the lineup lacks a strategy. A client of the user's own that it lacks
// has a lane that says so.
//
// Where [Options.Guest] is set the user sits at another machine than the one
// on which the playground runs: it touches no file and no clipboard, starts no
// program, leaves without a question, and hands the work that it does unasked to Guest, which
// may let it wait.
func New(s *scenarios.Scenario, o Options) (*Model, error) {
	names := o.Strategies
	if len(names) == 0 {
		names = session.Opening(s)
	}
	begin := session.New(s, names, o.Seed)
	if o.Seed != 0 && report.Pinned(s.Script) {
		begin = begin.Reseed(1)
	}
	lineup := o.Lineup
	if lineup == nil || o.Guest != nil {
		lineup = strategies.Catalogue
	}
	m, err := newModel(begin, lineup, o.FirstRun)
	if err != nil {
		return nil, err
	}
	m.Guest, m.Sound = o.Guest, o.Sound
	return m, nil
}

// runProgram runs the event loop until the user leaves or a signal comes.
func runProgram(ctx context.Context, root tea.Model, o Options) error {
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
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(clock.FPS)}
	if o.Input != nil {
		opts = append(opts, tea.WithInput(o.Input))
	}
	win := NewWindow(ctx, os.Stdout)
	opts = append(opts, win.Options()...)
	if o.Output != nil {
		opts = append(opts, tea.WithOutput(o.Output))
	}
	if o.NoColour {
		opts = append(opts, tea.WithColorProfile(colorprofile.Ascii))
	}
	sleeping := &clock.Sleeping{Model: suspending{root}, FPS: clock.FPS}
	p := tea.NewProgram(sleeping, opts...)
	sleeping.Runs(p)
	win.Runs(p)
	go func() {
		for {
			select {
			case r, more := <-o.Reloads:
				if !more {
					return
				}
				p.Send(r)
			case <-ctx.Done():
				return
			}
		}
	}()
	_, err := p.Run()
	if cause, ok := context.Cause(ctx).(Signal); ok {
		return cause
	}
	return err
}

// fragile is a playground that ctrl+p breaks: what happens then has to be
// tested.
type fragile struct{ *Model }

// Update panics when it is asked to.
func (f fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "ctrl+p" && f.Over == nil && f.Page == f.Home {
		panic("as --panic wants it")
	}
	_, cmd := f.Model.Update(msg)
	return f, cmd
}

// Signal is the error of a playground that a signal has ended.
type Signal syscall.Signal

// Error names the signal.
func (s Signal) Error() string { return syscall.Signal(s).String() }

// remember lets the model keep in a store what must outlive the program, and
// takes up what others have left there.
func (m *Model) remember(st *session.Store) {
	m.Store = st
	m.lanes.Recall(st.State())
	if file := m.Session.Scenario.File; file != "" && file != "-" {
		st.Note(func(s *session.State) { s.Opened(file) })
	}
	m.dialogs.Offer(st.Left())
}
