package host

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/report/tell"
	"photofinish/tui/clock"
)

// Why a session ends otherwise than by its student.
var (
	errOver = errors.New("the class is over")
	errIdle = errors.New("nobody has pressed a key for a long time")
	errSlow = errors.New("the terminal does not read")
	errGone = errors.New("the connection is gone")
)

type lineKey struct{}

// channel takes a channel that a client opens: one session a connection.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, c gossh.NewChannel, ctx ssh.Context) {
	defer s.recovered("a channel")
	l := ctx.Value(lineKey{}).(*line)
	if !l.seated.CompareAndSwap(false, true) {
		c.Reject(gossh.ResourceShortage, "one session a connection")
		return
	}
	l.gate = &gate{NewChannel: c, limits: &s.Limits, sizes: make(chan tea.WindowSizeMsg, 1)}
	ssh.DefaultSessionHandler(srv, conn, l.gate, ctx)
}

// session seats a student, and returns when they leave. The line closes soon
// after that, also where the client would keep it open.
func (s *Server) session(sess ssh.Session) {
	defer s.recovered("a session")
	l := sess.Context().Value(lineKey{}).(*line)
	g := l.gate
	out := &patient{w: sess, stall: s.Limits.Stall, giveUp: func() { l.Close() }}
	l.expiry.Stop()
	defer l.expiry.Reset(s.Limits.Stall)
	if g.term == "" {
		fmt.Fprintln(out, "A class needs a terminal: ssh -t, please.")
		sess.Exit(1)
		return
	}
	if reserved(sess.User()) {
		s.teach(sess, g, out)
		return
	}
	student, err := s.seat(sess.User())
	if err != nil {
		fmt.Fprintf(out, "%s.\r\n", tell.Capital(err.Error()))
		sess.Exit(1)
		return
	}
	defer s.stand(student)
	s.log("%s has come, from %s", student.Name, l.address)
	why := s.play(sess, student.Name, student.Screen(), g, out)
	if out.gone.Load() {
		why = errSlow
	}
	s.log("%s has left%s", student.Name, because(why))
	fmt.Fprintf(out, "%s\r\n", farewell(why))
	sess.Exit(0)
}

// teach shows the console, until it ends or another one takes its place.
func (s *Server) teach(sess ssh.Session, g *gate, out *patient) {
	if s.Console == nil {
		fmt.Fprint(out, "This class has no console.\r\n")
		sess.Exit(1)
		return
	}
	screen := s.Console()
	last := farewell(s.play(sess, Teacher, screen, g, out))
	if c, is := screen.(interface{ Parting() string }); is {
		last = cmp.Or(c.Parting(), last)
	}
	fmt.Fprintf(out, "%s\r\n", last)
	sess.Exit(0)
}

func farewell(why error) string {
	switch {
	case why == nil || errors.Is(why, errGone):
		return "Goodbye."
	case errors.Is(why, errOver):
		return "The class is over. Goodbye."
	case errors.Is(why, errIdle):
		return "Nobody has pressed a key for a long time: come again with the same command."
	}
	return "This session broke: that is a mistake of ours. Come again with the same command."
}

func because(why error) string {
	if why == nil {
		return ""
	}
	return ": " + why.Error()
}

// play runs the program of a session until it ends, and says why if it was
// not the student's wish.
func (s *Server) play(sess ssh.Session, name string, screen tea.Model, g *gate, out io.Writer) error {
	if m, is := screen.(interface{ Leave() }); is { // it works in the background until then
		defer m.Leave()
	}
	ctx, end := context.WithCancelCause(s.ctx)
	defer end(nil)
	defer context.AfterFunc(sess.Context(), func() { end(errGone) })()
	most := s.Limits.idle(name)
	idle := time.AfterFunc(most, func() { end(errIdle) })
	defer idle.Stop()

	env := g.environ()
	never, hold := io.Pipe() // keys come by another way, see keys
	defer hold.Close()
	broken := make(chan error, 1)
	root := &clock.Sleeping{FPS: fps, Rest: 2 * time.Second, Model: &guard{Model: screen, broke: func(reason any, stack []byte) {
		s.log("the session of %s broke: %v\n%s", name, tell.Clean(fmt.Sprint(reason)), stack)
		broken <- errors.New("it broke")
	}}}
	begun, begin := context.WithCancel(ctx)
	p := tea.NewProgram(root, tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(fps),
		tea.WithInput(never), tea.WithOutput(out), tea.WithEnvironment(env),
		tea.WithColorProfile(colorprofile.Env(env)), tea.WithWindowSize(g.size.Width, g.size.Height),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, size := msg.(tea.WindowSizeMsg); size {
				begin()
			}
			return msg
		}))
	root.Runs(p)

	k := keys{in: sess, term: g.term, limits: &s.Limits, send: p.Send,
		typed: func() { idle.Reset(most) },
		pace:  bucket{rate: s.Limits.Keys, most: 4 * s.Limits.Keys}}
	go func() {
		defer s.recovered("the keys of a session")
		err := k.run(ctx)
		if err == nil {
			err = errGone
		}
		end(err)
	}()
	go func() {
		// The first size comes by a goroutine of Bubble Tea's, and must not come
		// after a newer one.
		<-begun.Done()
		s.resize(ctx, g.sizes, p)
	}()

	if _, err := p.Run(); err != nil && ctx.Err() == nil {
		end(err)
	}
	select {
	case err := <-broken:
		return err
	default:
		return context.Cause(ctx)
	}
}

const fps = 30

// resize hands new sizes on, not more of them than a hand at a window makes.
func (s *Server) resize(ctx context.Context, sizes <-chan tea.WindowSizeMsg, p *tea.Program) {
	for {
		select {
		case <-ctx.Done():
			return
		case size := <-sizes:
			p.Send(size)
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}
