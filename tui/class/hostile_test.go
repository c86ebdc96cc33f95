package class

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/internal/testkit"
	"photofinish/tui/class/host"
	"photofinish/tui/lesson"
)

// well holds that somebody can still come, be asked and vote.
func (h *hall) well() {
	h.t.Helper()
	var p *pupil
	until(h.t, "there is room", func() bool { // also where a handshake has little time
		var err error
		p, err = h.tryEnter("honest", 80, 24)
		return err == nil
	})
	h.t.Cleanup(p.hangUp)
	p.sees("You are here as honest")
	must(h.t, h.hub.Ask(choices))
	p.sees("Who wins?")
	p.types("24")
	p.sees("You said: last (certain)")
	h.hub.Dismiss()
	p.types("q")
	if err := p.leaves(); err != nil {
		h.t.Errorf("who is honest leaves with %v", err)
	}
}

// What is no terminal session is refused, and the connection stays as it is.
func TestRefused(t *testing.T) { bubble(t, refused) }

func refused(t *testing.T) {
	h := open(t, host.Limits{}, nil)
	c := h.mustDial("mallory")
	s, err := c.NewSession()
	must(t, err)
	if err := s.RequestSubsystem("sftp"); err == nil {
		t.Error("sftp")
	}
	if err := s.Start("cat /etc/passwd"); err == nil {
		t.Error("a command")
	}
	for _, request := range []string{"exec", "x11-req", "auth-agent-req@openssh.com", "signal", "break", "subsystem", "nonsense"} {
		if ok, err := s.SendRequest(request, true, gossh.Marshal(struct{ Text string }{"scp -f /etc/passwd"})); ok || err != nil {
			t.Errorf("%s: %v, %v", request, ok, err)
		}
	}
	for _, request := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "no-more-sessions@openssh.com", "nonsense"} {
		payload := gossh.Marshal(struct {
			Host string
			Port uint32
		}{"127.0.0.1", 8080})
		if ok, _, err := c.SendRequest(request, true, payload); ok || err != nil {
			t.Errorf("%s: %v, %v", request, ok, err)
		}
	}
	if _, err := c.Dial("tcp", "127.0.0.1:22"); err == nil {
		t.Error("a connection from here to elsewhere")
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("a second session on the connection")
	}
	for _, channel := range []string{"direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "nonsense"} {
		if _, _, err := c.OpenChannel(channel, []byte("payload")); err == nil {
			t.Errorf("a channel %s", channel)
		}
	}
	h.well()
}

func TestNoTerminal(t *testing.T) { bubble(t, noTerminal) }

func noTerminal(t *testing.T) {
	h := open(t, host.Limits{}, nil)
	s, err := h.mustDial("ada").NewSession()
	must(t, err)
	var out bytes.Buffer
	s.Stdout = &out
	must(t, s.Shell())
	if err := s.Wait(); err == nil || !strings.Contains(out.String(), "needs a terminal") {
		t.Errorf("without a terminal: %q, %v", out.String(), err)
	}
}

func TestHostileNames(t *testing.T) { bubble(t, hostileNames) }

func hostileNames(t *testing.T) {
	h := open(t, host.Limits{}, nil)
	for _, name := range []string{"\x1b[2J\x1b]0;owned\x07", "a\u202eb", strings.Repeat("long", 5000), "", "\xff\x00", "student", "=1+1"} {
		h.enter(name, 80, 24).sees("You are here as ")
	}
	for _, m := range h.hub.Board().Members {
		if cleanName(m.Name) != m.Name {
			t.Errorf("somebody is called %q", m.Name)
		}
	}
	if strings.ContainsAny(h.logged(), "\x1b\x07\u202e") {
		t.Errorf("the log has what a terminal obeys: %q", h.logged())
	}
}

// No size of a window harms, neither at first nor later.
func TestWindows(t *testing.T) { bubble(t, anyWindow) }

func anyWindow(t *testing.T) {
	h := open(t, host.Limits{}, nil)
	for _, size := range testkit.Some([][2]int{{0, 0}, {1, 1}, {0, 24}, {80, 0}, {59, 16}, {60, 16}, {10_000, 10_000}, {1 << 31, 1 << 31}}, 2) {
		p := h.enter("ada", size[0], size[1])
		if size[0] >= 60 && size[1] >= 16 {
			p.sees("You are here as ada")
		}
		for _, then := range [][2]int{{10_000, 10_000}, {0, 0}, {1, 1}, {1 << 31, 1}, {3, 100}} {
			must(t, p.session.WindowChange(then[1], then[0]))
		}
		p.mu.Lock()
		p.screen.Resize(80, 24)
		p.mu.Unlock()
		must(t, p.session.WindowChange(24, 80))
		p.sees("You are here as ada")
		p.types("q")
		p.leaves()
	}
	h.well()
}

// A client that says within its keys that its window has grown is not believed.
func TestWindowsByKeys(t *testing.T) { bubble(t, windowsByKeys) }

func windowsByKeys(t *testing.T) {
	sizes := make(chan tea.WindowSizeMsg, 100)
	h := open(t, host.Limits{}, func(*Seat) tea.Model { return &probe{sizes: sizes} })
	p := h.enter("ada", 80, 24)
	p.types("\x1b[48;100000;100000;0;0t\x1b[8;100000;100000tx")
	p.sees("got x")
	close(sizes)
	for s := range sizes {
		if s.Width != 80 || s.Height != 24 {
			t.Errorf("the window is %dx%d", s.Width, s.Height)
		}
	}
}

// probe is a screen that shows what it gets.
type probe struct {
	sizes chan tea.WindowSizeMsg
	got   string
	keys  int
	paste int
}

func (m *probe) Init() tea.Cmd { return nil }

func (m *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if m.sizes != nil {
			m.sizes <- msg
		}
	case tea.KeyPressMsg:
		m.got, m.keys = msg.String(), m.keys+1
	case tea.PasteMsg:
		m.paste = len(msg.Content)
	}
	return m, nil
}

func (m *probe) View() tea.View {
	return tea.NewView(fmt.Sprintf("got %s\nkeys %d\npasted %d", m.got, m.keys, m.paste))
}

// Of too many keys most are dropped, and of a long paste the end.
func TestKeysAndPastes(t *testing.T) { bubble(t, keysAndPastes) }

func keysAndPastes(t *testing.T) {
	probes := make(chan *probe, 1)
	h := open(t, host.Limits{Keys: 1, Rate: 1 << 20, Paste: 100}, func(*Seat) tea.Model {
		m := &probe{}
		probes <- m
		return m
	})
	p := h.enter("ada", 80, 24)
	p.types("\x1b[200~" + strings.Repeat("ä", 500) + "\x1b[201~")
	p.sees("pasted 100")
	p.types(strings.Repeat("x", 20_000))
	p.sees("got x")
	p.types("\x04") // nothing; and the end of what it can type
	p.session.Close()
	p.hangUp()
	until(t, "ada has left", func() bool { return len(h.hub.Board().Members) == 0 })
	if m := <-probes; m.keys > 100 {
		t.Errorf("%d keys at once are taken", m.keys)
	}
}

// What is never finished, an escape sequence or a paste, ends the session.
func TestEndless(t *testing.T) { bubble(t, endless) }

func endless(t *testing.T) {
	h := open(t, host.Limits{Rate: 1 << 20}, nil)
	for _, begin := range testkit.Some([]string{"\x1b]0;", "\x1b[200~", "\x1bP", "\x1b_"}, 1) {
		p := h.enter("mallory", 80, 24)
		p.sees("You are here as")
		go io.WriteString(p.keys, begin+strings.Repeat("x", 1<<20))
		p.leaves()
	}
	h.well()
}

// Noise instead of ssh, and noise instead of keys.
func TestGarbage(t *testing.T) {
	testkit.Random(t, func(t *testing.T, r *rand.Rand) { bubble(t, func(t *testing.T) { garbage(t, r) }) })
}

func garbage(t *testing.T, r *rand.Rand) {
	h := open(t, host.Limits{Rate: 1 << 20}, nil)
	noise := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return b
	}
	for i := range testkit.Size(20, 4) {
		c, err := h.net.dial()
		must(t, err)
		if i%2 == 0 {
			io.WriteString(c, "SSH-2.0-noise\r\n")
		}
		c.Write(noise(2000))
		io.Copy(io.Discard, c)
		c.Close()
	}
	for range testkit.Size(5, 1) {
		p := h.enter("noise", 80, 24)
		p.sees("You are here as")
		for range 20 {
			p.keys.Write(noise(1000))
		}
		p.hangUp()
	}
	h.well()
}

// Connections that never become a session are closed, and take no seat.
func TestHalfOpen(t *testing.T) { bubble(t, halfOpen) }

func halfOpen(t *testing.T) {
	h := open(t, host.Limits{Sessions: 1, PerAddress: 50, Handshake: 500 * time.Millisecond}, nil)
	var all sync.WaitGroup
	for i := range testkit.Size(40, 8) {
		all.Go(func() {
			c, err := h.net.dial()
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			if i%2 == 0 {
				io.WriteString(c, "SSH-2.0-slow\r\n") // and then nothing
			}
			stays := time.AfterFunc(patience, func() {
				t.Error("a half-open connection stays")
				c.Close()
			})
			defer stays.Stop()
			io.Copy(io.Discard, c)
		})
	}
	var quiet *gossh.Client // comes in, and asks for nothing
	until(t, "a handshake in time", func() bool {
		c, err := h.dial("quiet")
		quiet = c
		return err == nil
	})
	defer quiet.Close()
	all.Go(func() { quiet.Wait() })
	all.Wait()
	h.well()
}

// Requests without end, of every kind, keep nobody else waiting.
func TestFloods(t *testing.T) {
	t.Parallel()
	h := openTCP(t, host.Limits{}, nil)
	c := h.mustDial("mallory")
	s, err := c.NewSession()
	must(t, err)
	var all sync.WaitGroup
	stop := make(chan struct{})
	flood := func(do func() error) {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if do() != nil {
						return
					}
				}
			}
		})
	}
	flood(func() error { return s.Setenv(strings.Repeat("K", 1000), strings.Repeat("v", 1000)) })
	flood(func() error { return s.WindowChange(24, 80) })
	flood(func() error {
		_, err := s.SendRequest("signal", false, gossh.Marshal(struct{ Name string }{"TERM"}))
		return err
	})
	flood(func() error { _, _, err := c.SendRequest("keepalive@openssh.com", true, nil); return err })
	flood(func() error { _, _, err := c.OpenChannel("session", nil); _ = err; return alive(c) })
	p := h.enter("resizer", 80, 24)
	n := 0
	flood(func() error { n++; return p.session.WindowChange(24+n%40, 80+n%100) })
	flood(func() error { _, err := io.WriteString(p.keys, "x"); return err })
	h.well()
	close(stop)
	c.Close()
	p.hangUp()
	all.Wait()
}

// alive reports whether a connection still answers.
func alive(c *gossh.Client) error {
	_, _, err := c.SendRequest("still-there", true, nil)
	return err
}

// breaks panics where it is told to.
type breaks struct {
	tea.Model
	where string
}

func (m breaks) Init() tea.Cmd {
	if m.where == "Init" {
		panic("in Init")
	}
	return m.Model.Init()
}

func (m breaks) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, key := msg.(tea.KeyPressMsg); key {
		boom := func() tea.Msg { panic("in a command") }
		switch m.where {
		case "Update":
			panic("in Update")
		case "a command":
			return m, boom
		case "a batch":
			return m, tea.Batch(func() tea.Msg { return nil }, tea.Batch(boom, func() tea.Msg { return nil }))
		case "a sequence":
			return m, tea.Sequence(func() tea.Msg { return nil }, boom)
		}
	}
	next, cmd := m.Model.Update(msg)
	m.Model = next
	if _, size := msg.(tea.WindowSizeMsg); size && m.where == "View" {
		m.where = "View now"
	}
	return m, cmd
}

func (m breaks) View() tea.View {
	if m.where == "View now" {
		panic("in View")
	}
	return m.Model.View()
}

// One session's panic is its own, wherever it happens, and says so.
func TestPanic(t *testing.T) {
	for _, where := range testkit.Some([]string{"the screen", "Init", "Update", "View", "a command", "a batch", "a sequence"}, 2) {
		t.Run(where, func(t *testing.T) { bubble(t, func(t *testing.T) { breaksAt(t, where) }) })
	}
}

func breaksAt(t *testing.T, where string) {
	h := open(t, host.Limits{}, func(s *Seat) tea.Model {
		if s.Name() != "mallory" {
			return newStudent(s, StudentScreens{})
		}
		if where == "the screen" {
			panic("in the screen")
		}
		return breaks{newStudent(s, StudentScreens{}), where}
	})
	honest := h.enter("ada", 80, 24)
	honest.sees("You are here as ada")
	p := h.enter("mallory", 80, 24)
	p.types("x")
	p.leaves()
	if text := string(p.last()); where != "the screen" && !strings.Contains(text, "That is a mistake of ours") && !strings.Contains(text, "that is a mistake of ours") {
		t.Errorf("the last words are %q", text)
	}
	end := "mallory has left: it broke\n" // and not caught by Bubble Tea, across the teacher's screen
	if where == "the screen" {
		end = "a session broke: in the screen\n"
	}
	until(t, "the log", func() bool { return strings.Contains(h.logged(), end) })
	must(t, h.hub.Ask(choices))
	honest.sees("Who wins?")
	until(t, "the seat is free", func() bool { return len(h.hub.Board().Members) == 1 })
}

// noisy is a screen that writes more than a connection holds.
type noisy struct{}

type noisyMsg struct{}

func (m noisy) Init() tea.Cmd {
	return tea.Tick(10*time.Millisecond, func(time.Time) tea.Msg { return noisyMsg{} })
}

func (m noisy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, is := msg.(noisyMsg); is {
		return m, tea.Batch(tea.Raw(strings.Repeat("x", 1<<18)), m.Init())
	}
	return m, nil
}

func (m noisy) View() tea.View { return tea.NewView("noise") }

// Who never reads is given up, and keeps nobody else waiting until then.
func TestNeverReads(t *testing.T) {
	t.Parallel()
	h := openTCP(t, host.Limits{Stall: testkit.Size(2*time.Second, 400*time.Millisecond)}, func(s *Seat) tea.Model {
		if s.Name() == "deaf" {
			return noisy{}
		}
		return newStudent(s, StudentScreens{})
	})
	honest := h.enter("ada", 80, 24)
	honest.sees("You are here as ada")
	c := h.mustDial("deaf")
	ch, requests, err := c.OpenChannel("session", nil)
	must(t, err)
	go gossh.DiscardRequests(requests)
	ask := struct {
		Term       string
		W, H, X, Y uint32
		Modes      string
	}{"xterm", 10_000, 10_000, 0, 0, "\x00"}
	for _, request := range []string{"pty-req", "shell"} {
		if ok, err := ch.SendRequest(request, true, gossh.Marshal(ask)); !ok || err != nil {
			t.Fatal(request, ok, err)
		}
	}
	gone := make(chan struct{})
	go func() {
		c.Wait()
		close(gone)
	}()
	for asked := range 2 { // meanwhile the others are asked and vote
		select {
		case <-gone:
			t.Error("the others were asked once only")
		default:
		}
		must(t, h.hub.Ask(Question{Question: lesson.Question{Ask: fmt.Sprint("Question ", asked), Choices: []string{"a", "b"}}}))
		honest.sees(fmt.Sprint("Question ", asked))
		honest.types("14")
		honest.sees("You said: a (certain)")
	}
	select {
	case <-gone:
	case <-time.After(patience):
		t.Fatal("who never reads stays")
	}
	until(t, "the log", func() bool { return strings.Contains(h.logged(), "does not read") })
}
