package host

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/wish/v2"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/report/tell"
)

// Config says who is served, and how.
type Config struct {
	Key    []byte // as PEM, see [Key]
	Limits Limits

	// Join seats a student who calls themselves so, or says why not.
	Join func(user string) (Guest, error)

	// Console returns what the teacher sees who comes as [Teacher], from this machine
	// or with [Server.Word]; nil: nobody does. One that implements Parting has the last word
	// where it is not "".
	Console func() tea.Model

	Log func(text string) // one line, or several of a stack; nil: nothing is logged
}

// Guest is a student who has come in.
type Guest struct {
	Name   string
	Screen func() tea.Model // it gets the messages of any program
	Leave  func()           // gives the seat up
}

// Server lets students in over SSH.
type Server struct {
	Config
	word  onceWord // opens the console
	ssh   *ssh.Server
	ctx   context.Context // of all sessions; ended: the class is over
	end   context.CancelCauseFunc
	lines sync.WaitGroup

	mu    sync.Mutex
	open  map[*line]bool
	taken int       // seats
	swept time.Time // when garbage was collected last to make room
}

// NewServer returns a server that does not listen yet. An error means that the
// host key is none.
func NewServer(c Config) (*Server, error) {
	s := &Server{Config: c, open: map[*line]bool{}}
	s.Limits = c.Limits.filled()
	s.ctx, s.end = context.WithCancelCause(context.Background())
	srv, err := wish.NewServer(
		wish.WithHostKeyPEM(c.Key),
		wish.WithVersion("photofinish"),
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler { return s.session }),
	)
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	// Without handlers for keys and passwords nobody is asked for one. There
	// are none either for forwarding, subsystems and requests of a connection:
	// they are refused.
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel}
	srv.RequestHandlers = map[string]ssh.RequestHandler{}
	srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	srv.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
		c := offer()
		s.admits(ctx.Value(lineKey{}).(*line), c)
		return c
	}
	srv.ConnCallback = func(ctx ssh.Context, c net.Conn) net.Conn {
		ctx.SetValue(lineKey{}, c)
		return c
	}
	s.ssh = srv
	return s, nil
}

// offer returns what a class offers a client: nothing that stands on SHA-1, on
// CBC or on RC4, which the library offers by itself. Every ssh of the last ten
// years knows some of each.
func offer() *gossh.ServerConfig {
	c := &gossh.ServerConfig{MaxAuthTries: 3}
	c.KeyExchanges = []string{
		gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519,
		gossh.KeyExchangeECDHP256, gossh.KeyExchangeECDHP384, gossh.KeyExchangeECDHP521,
	}
	c.Ciphers = []string{
		gossh.CipherAES128GCM, gossh.CipherAES256GCM, gossh.CipherChaCha20Poly1305,
		gossh.CipherAES128CTR, gossh.CipherAES192CTR, gossh.CipherAES256CTR,
	}
	c.MACs = []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM, gossh.HMACSHA256, gossh.HMACSHA512}
	c.PublicKeyAuthAlgorithms = []string{gossh.KeyAlgoED25519} // nobody is asked for a key, but clients are told
	return c
}

// Serve lets in who comes by a listener, until the class is over, which is no
// error.
func (s *Server) Serve(in net.Listener) error {
	defer in.Close()
	defer context.AfterFunc(s.ctx, func() { in.Close() })()
	for {
		c, err := in.Accept()
		switch {
		case s.ctx.Err() != nil:
			if err == nil {
				c.Close()
			}
			return nil
		case errors.Is(err, net.ErrClosed):
			return err
		case err != nil: // as too many open files: it passes
			s.log("nobody can come in: %v", err)
			select {
			case <-s.ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
			continue
		}
		s.lines.Go(func() { s.serve(c) })
	}
}

func (s *Server) serve(c net.Conn) {
	defer s.recovered("a connection")
	l := s.admit(c)
	if l == nil {
		c.Close()
		return
	}
	defer l.Close()
	s.ssh.HandleConn(l)
}

// admit lets a connection in, or returns nil.
func (s *Server) admit(c net.Conn) *line {
	l := &line{Conn: c, server: s, address: c.RemoteAddr().String(), gone: make(chan struct{})}
	if host, _, err := net.SplitHostPort(l.address); err == nil {
		l.address = host
	}
	if _, l.local = c.(*net.UnixConn); l.local {
		l.address = "this machine"
	}
	l.pace = bucket{rate: s.Limits.Rate, most: 4 * s.Limits.Rate}
	s.mu.Lock()
	defer s.mu.Unlock()
	from := 0
	for other := range s.open {
		if other.address == l.address {
			from++
		}
	}
	if s.ctx.Err() != nil || len(s.open) >= s.Limits.Sessions+waiting || from >= s.Limits.PerAddress {
		return nil
	}
	s.open[l] = true
	l.expiry = time.AfterFunc(s.Limits.Handshake, func() { l.Close() })
	return l
}

func (s *Server) forget(l *line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.expiry.Stop()
	delete(s.open, l)
}

// Close ends the class: every student sees so, and all have left when it
// returns. Those who do not leave within the time that is given, or by the end
// of ctx, are not waited for.
func (s *Server) Close(ctx context.Context) {
	s.end(errOver)
	for s.occupied() > 0 && ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
	s.mu.Lock()
	open := slices.Collect(maps.Keys(s.open))
	s.mu.Unlock()
	for _, l := range open {
		l.Close()
	}
	s.lines.Wait()
}

func (s *Server) occupied() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

func (s *Server) seat(user string) (g Guest, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.ctx.Err() != nil:
		return g, errOver
	case s.taken >= s.Limits.Sessions:
		return g, fmt.Errorf("there is no room: %d students are here", s.taken)
	case s.crowded():
		return g, errors.New("there is no room: the teacher's machine is short of memory")
	}
	if g, err = s.Join(user); err == nil {
		s.taken++
	}
	return g, err
}

// crowded reports whether too much memory is in use. Garbage is not in use: it
// is collected before anybody is sent away, but not more often than once a
// second, however many knock. The lock is held.
func (s *Server) crowded() bool {
	if inUse() <= s.Limits.Memory {
		return false
	}
	if time.Since(s.swept) > time.Second {
		runtime.GC()
		s.swept = time.Now()
	}
	return inUse() > s.Limits.Memory
}

// inUse returns how much memory the program's values take, in bytes, together
// with what has not been collected yet.
func inUse() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64()
}

func (s *Server) stand(g Guest) {
	s.mu.Lock()
	s.taken--
	s.mu.Unlock()
	g.Leave()
}

// recovered logs a panic and goes on: it is one session's.
func (s *Server) recovered(where string) {
	if r := recover(); r != nil {
		s.log("%s broke: %v\n%s", where, tell.Clean(fmt.Sprint(r)), debug.Stack())
	}
}

func (s *Server) log(format string, args ...any) {
	if s.Log != nil {
		s.Log(fmt.Sprintf(format, args...))
	}
}
