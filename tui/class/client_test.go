package class

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/internal/testkit"
	"photofinish/tui/class/host"
)

// patience is how long a test waits for what must come. It is only waited out
// where it does not, and in the time of a bubble where there is one.
const patience = time.Minute

func TestMain(m *testing.M) { goleak.VerifyTestMain(testkit.Tests{M: m}) }

// bubble runs a test in a time of its own, which passes while all wait: see [inMemory].
// Nothing of it goes on when the test is over.
func bubble(t *testing.T, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		t.Cleanup(func() { time.Sleep(time.Second) }) // for ticks on their way
		test(t)
	})
}

// hall is a class that tests go to.
type hall struct {
	t   testing.TB
	hub *Hub
	srv *host.Server
	net network
	key gossh.PublicKey

	mu  sync.Mutex
	log strings.Builder
}

var hostKey = sync.OnceValues(func() ([]byte, error) { return host.Key("") })

// open opens a class in memory, within a bubble, which is closed with the test. nil for
// the screen is that of students without a playground.
func open(t testing.TB, l host.Limits, screen func(*Seat) tea.Model) *hall {
	t.Helper()
	return openAt(t, inMemory(), l, screen, nil)
}

// openTCP opens a class on a real network. What writes more than is read, from several
// goroutines at once, waits for a mutex, and then no time passes in a bubble.
func openTCP(t testing.TB, l host.Limits, screen func(*Seat) tea.Model) *hall {
	t.Helper()
	n, err := tcp()
	must(t, err)
	return openAt(t, n, l, screen, nil)
}

// openAt opens a class whose teacher may have a console, too.
func openAt(t testing.TB, n network, l host.Limits, screen func(*Seat) tea.Model, console func(*hall) tea.Model) *hall {
	t.Helper()
	l.Handshake = cmp.Or(l.Handshake, patience) // a machine may be as slow as it is
	l.Stall = cmp.Or(l.Stall, patience)
	l.Memory = cmp.Or(l.Memory, 16<<30) // the clients and their terminals are in here, too
	h := &hall{t: t, hub: newHub(l.Names()), net: n}
	key, err := hostKey()
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.ParsePrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	h.key = signer.PublicKey()
	if screen == nil {
		screen = func(s *Seat) tea.Model { return newStudent(s, StudentScreens{}) }
	}
	config := host.Config{Key: key, Limits: l, Join: h.hub.admit(screen), Log: h.note}
	if console != nil {
		config.Console = func() tea.Model { return console(h) }
	}
	h.srv, err = host.NewServer(config)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- h.srv.Serve(n) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		h.srv.Close(ctx)
		if err := <-served; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	return h
}

func (h *hall) note(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log.WriteString(text + "\n")
}

func (h *hall) logged() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.log.String()
}

// dial connects without a session, by these ways to say who one is.
func (h *hall) dial(user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	conn, err := h.net.dial()
	if err != nil {
		return nil, err
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, "class", &gossh.ClientConfig{User: user, Auth: auth, HostKeyCallback: gossh.FixedHostKey(h.key)})
	if err != nil {
		return nil, err
	}
	return gossh.NewClient(c, chans, reqs), nil
}

func (h *hall) mustDial(user string) *gossh.Client {
	h.t.Helper()
	c, err := h.dial(user)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

// student is a real ssh client with a terminal.
type pupil struct {
	t       testing.TB
	client  *gossh.Client
	session *gossh.Session
	keys    io.Writer
	ended   chan error // of the session

	mu     sync.Mutex
	screen *vt.Emulator
	course *Course       // of a teacher
	never  string        // must not be seen
	early  bool          // but was
	tail   []byte        // what came last, as it came
	news   chan struct{} // something has come
}

// enter joins the class.
func (h *hall) enter(user string, w, ht int) *pupil {
	h.t.Helper()
	p, err := h.tryEnter(user, w, ht)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(p.hangUp)
	return p
}

func (h *hall) tryEnter(user string, w, ht int) (*pupil, error) {
	c, err := h.dial(user)
	if err != nil {
		return nil, err
	}
	return h.attach(c, w, ht)
}

// attach opens a terminal on a connection.
func (h *hall) attach(c *gossh.Client, w, ht int) (*pupil, error) {
	s, err := c.NewSession()
	if err != nil {
		c.Close()
		return nil, err
	}
	p := &pupil{t: h.t, client: c, session: s, ended: make(chan error, 1), screen: vt.NewEmulator(max(min(w, 300), 1), max(min(ht, 100), 1)), news: make(chan struct{}, 1)}
	p.keys, _ = s.StdinPipe()
	s.Stdout = p
	go io.Copy(io.Discard, p.screen) // what the terminal would answer
	if err := s.RequestPty("xterm-256color", ht, w, gossh.TerminalModes{}); err != nil {
		p.hangUp()
		return nil, err
	}
	if err := s.Shell(); err != nil {
		p.hangUp()
		return nil, err
	}
	go func() { p.ended <- s.Wait() }()
	return p, nil
}

func (p *pupil) hangUp() {
	p.client.Close()
	p.screen.InputPipe().(io.Closer).Close() // and not the screen, which races with its reader
}

// Write draws what the server sends.
func (p *pupil) Write(b []byte) (int, error) {
	p.mu.Lock()
	p.screen.Write(b)
	p.tail = append(p.tail, b...)
	if n := len(p.tail); n > 4096 {
		p.tail = append(p.tail[:0], p.tail[n-4096:]...)
	}
	if p.never != "" && !p.early {
		p.early = strings.Contains(p.screen.String(), p.never)
	}
	p.mu.Unlock()
	ring(p.news)
	return len(b), nil
}

func (p *pupil) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

func (p *pupil) last() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Clone(p.tail)
}

// sees waits until all words are on the screen.
func (p *pupil) sees(words ...string) bool {
	return p.waits(fmt.Sprintf("%q", words), func(screen string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(screen, w) })
	})
}

// skips moves time to the end of what plays, after which all words are on the
// screen. Where a client is served late, it may have come there by itself: the
// keys are such that they then change nothing.
func (p *pupil) skips(words ...string) {
	p.waits("trace that plays, or has played,", func(screen string) bool {
		return strings.Contains(screen, "slowly") || strings.Contains(screen, "to the end") || strings.Contains(screen, words[0])
	})
	p.types(strings.Repeat("\x1b[1;2C", 6)) // shift and right: ten cells of fifty
	p.sees(words...)
}

// waits waits until the screen is as it must be.
func (p *pupil) waits(what string, is func(screen string) bool) bool {
	wait := patience
	if p.t.Failed() {
		wait = time.Second // what has gone wrong is not waited out by everybody
	}
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	for {
		screen := p.text()
		if is(screen) {
			return true
		}
		select {
		case <-p.news:
		case <-timeout.C:
			p.t.Errorf("no %s on the screen:\n%s", what, screen)
			return false
		}
	}
}

// forbid says what must not be seen from now on, and holds that what was
// forbidden until now has not been.
func (p *pupil) forbid(words string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.early {
		p.t.Errorf("%q was seen too early", p.never)
	}
	p.never, p.early = words, words != "" && strings.Contains(p.screen.String(), words)
}

// types presses keys.
func (p *pupil) types(keys string) { io.WriteString(p.keys, keys) }

// leaves waits for the end of the session.
func (p *pupil) leaves() error {
	select {
	case err := <-p.ended:
		return err
	case <-time.After(patience):
		p.t.Error("the session does not end")
		return nil
	}
}

// until waits until something holds.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	end := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(end) {
			t.Fatalf("%s: not in time", what)
		}
		time.Sleep(time.Millisecond)
	}
}
