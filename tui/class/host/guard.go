package host

import (
	"reflect"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// guard keeps a panic of a screen within its session. Bubble Tea would too,
// and write the stack across the teacher's screen.
type guard struct {
	tea.Model
	broke  func(reason any, stack []byte)
	broken bool
}

type brokenMsg struct {
	reason any
	stack  []byte
}

// caught is deferred: it makes of a panic the end of the program.
func (g *guard) caught(cmd *tea.Cmd) {
	if r := recover(); r != nil {
		*cmd = g.fail(r, debug.Stack())
	}
}

func (g *guard) fail(reason any, stack []byte) tea.Cmd {
	if !g.broken {
		g.broken = true
		g.broke(reason, stack)
	}
	return tea.Quit
}

func (g *guard) Init() (cmd tea.Cmd) {
	defer g.caught(&cmd)
	return guarded(g.Model.Init())
}

func (g *guard) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = g // also where it panics
	if b, is := msg.(brokenMsg); is {
		return g, g.fail(b.reason, b.stack)
	}
	if g.broken {
		return g, tea.Quit
	}
	defer g.caught(&cmd)
	g.Model, cmd = g.Model.Update(msg)
	return g, guarded(cmd)
}

// View returns the screen; an empty one of what is broken.
func (g *guard) View() (v tea.View) {
	if g.broken {
		return v
	}
	defer g.caught(new(tea.Cmd))
	return g.Model.View()
}

// guarded makes a message of a panic in a command, and in the commands that it
// brings.
func guarded(cmd tea.Cmd) tea.Cmd {
	return Around(cmd, func(cmd tea.Cmd) (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = brokenMsg{r, debug.Stack()}
			}
		}()
		return cmd()
	})
}

// Around lets do call a command and make something of its message; the same
// with all the commands that it brings.
func Around(cmd tea.Cmd, do func(tea.Cmd) tea.Msg) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		msg := do(cmd)
		// A batch and a sequence are lists of commands; the latter has no name.
		list := reflect.ValueOf(msg)
		if list.IsValid() && list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range list.Len() {
				list.Index(i).Set(reflect.ValueOf(Around(list.Index(i).Interface().(tea.Cmd), do)))
			}
		}
		return msg
	}
}
