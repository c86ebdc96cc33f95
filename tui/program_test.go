package tui

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"photofinish/tui/clock"
	"photofinish/tui/desk"
)

// terminal is a screen that the program writes to, and counts.
type terminal struct {
	mu     sync.Mutex
	screen *vt.Emulator
	bytes  int
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes += len(p)
	// A terminal's driver turns a line feed into both.
	t.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), nil
}

func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

func (t *terminal) written() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes
}

// The whole program, in a terminal, under a clock of the test's own: it plays,
// stops, acts, and writes nothing while nothing moves.
func TestProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := open(t, "create-then-two-updates", 120, 40, 0)
		m.Trials, m.Counts = 60, new(desk.Counts)
		m.FirstRun, m.Clock.Playing = true, true
		term := &terminal{screen: vt.NewEmulator(120, 40)}
		go io.Copy(io.Discard, term.screen) // what the terminal answers to queries
		root := &clock.Sleeping{Model: m, FPS: clock.FPS}
		in, keys := io.Pipe()
		p := tea.NewProgram(root, tea.WithInput(in), tea.WithOutput(term), tea.WithWindowSize(120, 40),
			tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
		root.Runs(p)
		ended := make(chan error)
		go func() {
			_, err := p.Run()
			ended <- err
		}()
		running := true
		defer func() { // also after a failure: a bubble that something waits in takes all other tests along
			if running {
				p.Kill()
				<-ended
			}
			keys.Close()
			term.screen.Close()
			time.Sleep(time.Minute) // timers that nobody waits for any more
		}()
		see := func(after time.Duration, words ...string) {
			t.Helper()
			time.Sleep(after) // of the bubble's clock: no time passes outside
			synctest.Wait()
			text := term.text()
			for _, w := range words {
				if !strings.Contains(text, w) {
					t.Fatalf("no %q on the screen:\n%s", w, text)
				}
			}
		}
		see(time.Second, "photofinish", "▶ 0.1×", "during a create, queues")
		keys.Write([]byte(" "))
		see(time.Second, "paused", "c1 on its way in 6 lanes", "play")
		if !root.Asleep() {
			t.Error("the renderer's ticker runs on while nothing moves")
		}
		still := term.written()
		see(time.Hour)
		if n := term.written() - still; n != 0 {
			t.Errorf("%d bytes written in an hour in which nothing moved", n)
		}
		keys.Write([]byte("u"))
		see(time.Second, "u4")
		keys.Write([]byte("?"))
		see(time.Second, "what works now comes first")
		keys.Write([]byte("?"))
		see(time.Second, "held now")
		p.Send(tea.WindowSizeMsg{Width: 50, Height: 12})
		see(time.Second, "This window is 50×12.")
		keys.Write([]byte("q"))
		see(time.Second, "leave without saving?", "q leave anyway")
		keys.Write([]byte("q"))
		if err := <-ended; err != nil {
			t.Error(err)
		}
		running = false
	})
}
