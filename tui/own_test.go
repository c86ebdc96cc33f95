package tui

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/clock"
	"photofinish/tui/desk"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

// openOwn returns a playground of three lanes, of which the last one is the user's
// own. It is in view, and nothing has been done for it yet.
func openOwn(t *testing.T, scenario string, ours *pagetest.Own, w, h int) *Model {
	t.Helper()
	s, err := scenarios.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	lineup := append(slices.Clip(strategies.Catalogue), ours.Entry())
	m, err := newModel(session.New(s, []string{"naive", "action-queue", ours.Name}, 1), lineup, false)
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Few(m.Desk)
	m.Width, m.Height = w, h
	m.MoveTo(268 * time.Millisecond)
	m.ShowLane(2)
	t.Cleanup(m.Leave)
	return m
}

// few returns odds over so many trials.
func few(trials, wrong int) report.Odds {
	o := report.Odds{Trials: trials}
	o.Verdicts[judge.OK], o.Verdicts[judge.Wrong] = trials-wrong, wrong
	return o
}

// work does what the playground has to do in the background.
func work(m *Model, cmd tea.Cmd) { pagetest.Work(m.Host.Route, cmd) }

// TestOwnScreens: a lane of the user's own as it waits, as it waits for another trial
// than the one that it had, as it is there, and as it has failed.
func TestOwnScreens(t *testing.T) {
	testkit.Alone(t)
	boom := errors.New("save.tsx: 数 after the click u2 it did not come to rest in 5 s: an endless loop? (save.tsx:41)\n\x1b[31m")
	there := func(m *Model) { work(m, m.Estimate()) }
	for i, tt := range []struct {
		file string
		w, h int
		ours *pagetest.Own
		set  func(*Model)
	}{
		{"own-waits-80x24.txt", 80, 24, &pagetest.Own{}, nil},
		{"own-waits-120x40.txt", 120, 40, &pagetest.Own{}, nil},
		{"own-edited-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { there(m); press(m, "u") }},
		{"own-edited-200x50.txt", 200, 50, &pagetest.Own{}, func(m *Model) { there(m); press(m, "u") }},
		{"own-60x16.txt", 60, 16, &pagetest.Own{}, there},
		{"own-80x24.txt", 80, 24, &pagetest.Own{}, there},
		{"own-120x40.txt", 120, 40, &pagetest.Own{}, there},
		{"own-200x50.txt", 200, 50, &pagetest.Own{}, there},
		{"own-few-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { there(m); m.Results.Odds["ours"] = few(64, 9) }},
		{"own-few-200x50.txt", 200, 50, &pagetest.Own{}, func(m *Model) { there(m); m.Results.Odds["ours"] = few(4_096, 0) }},
		{"own-few-80x24.txt", 80, 24, &pagetest.Own{}, func(m *Model) { there(m); m.Results.Odds["ours"] = few(256, 256) }},
		{"own-failed-80x24.txt", 80, 24, &pagetest.Own{Fails: boom}, there},
		{"own-failed-120x40.txt", 120, 40, &pagetest.Own{Fails: boom}, there},
		{"own-failed-200x50.txt", 200, 50, &pagetest.Own{Fails: boom}, there},
		{"own-rereads-120x40.txt", 120, 40, &pagetest.Own{Rereads: true}, func(m *Model) { there(m); m.MoveTo(m.End) }},
		{"own-lanes-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { there(m); work(m, press(m, "L")) }},
		{"own-missing-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) {
			work(m, m.Edit(m.Session.WithLanes([]string{"theirs", "naive"})))
			work(m, press(m, "L"))
		}},
		{"own-help-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { press(m, "?") }},
		{"own-palette-80x24.txt", 80, 24, &pagetest.Own{}, func(m *Model) { press(m, ":", "o", "w", "n") }},
	} {
		if testing.Short() && i%18 != 0 {
			continue // they count all odds of their lanes
		}
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tt.ours.Name = "ours"
				scenario, odds := "create-then-two-updates", pagetest.All
				if tt.ours.Rereads {
					scenario, odds = "overlapping-updates", pagetest.Few
				}
				m := openOwn(t, scenario, tt.ours, tt.w, tt.h)
				odds(m.Desk)
				if tt.set != nil {
					tt.set(m)
				}
				fits(t, m)
				testkit.Golden(t, tt.file, m.Canvas.String())
				testkit.Printable(t, tt.file, []byte(m.Canvas.String()))
			})
		})
	}
}

// TestOwnSleeps: a lane of the user's own that is waited for wakes nothing up; its
// result does, and so does another program in its place.
func TestOwnSleeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		m := openOwn(t, "create-then-two-updates", &pagetest.Own{Name: "ours", Gate: gate}, 120, 40)
		m.Trials, m.Counts = 60, new(desk.Counts)
		term := &terminal{screen: vt.NewEmulator(120, 40)}
		go io.Copy(io.Discard, term.screen)
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
		sees := func(after time.Duration, word string) {
			t.Helper()
			time.Sleep(after) // of the bubble's clock
			synctest.Wait()
			if text := term.text(); !strings.Contains(text, word) {
				t.Fatalf("no %q on the screen:\n%s", word, text)
			}
		}
		sees(time.Second, "running …")
		still := term.written()
		if sees(time.Hour, "running …"); term.written() != still || !root.Asleep() {
			t.Errorf("%d bytes written in an hour in which a program is waited for; asleep %v", term.written()-still, root.Asleep())
		}
		keys.Write([]byte("u"))
		sees(time.Second, "u4") // and the program is still at its first trial
		close(gate)
		if sees(time.Second, "u4"); strings.Contains(term.text(), "running …") {
			t.Error("its result wakes nothing up")
		}
		other := pagetest.Own{Name: "ours", Fails: errors.New("it is another one now")}
		p.Send(Reloaded{Entry: other.Entry()})
		sees(time.Second, "it is another one now")
		keys.Write([]byte("qq"))
		if err := <-ended; err != nil {
			t.Error(err)
		}
		keys.Close()
		term.screen.Close()
		time.Sleep(time.Minute)
	})
}

// TestOwnIsSaved: what a file asks of the user's own clients is in it when it is saved
// again, whether they are here or not; and nothing is asked of those that it does not
// name.
func TestOwnIsSaved(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, func(t *testing.T) {
		t.Chdir(t.TempDir())
		const asks = "  mine: {verdict: ok, orders: race-free}\n"
		text := `name: owned
clients: {mine: ./save.tsx}
given: {name: Ada}
network: {uplink: {constant: 100ms}, downlink: {constant: 100ms}}
steps:
  - {at: 0ms, do: update, set: {name: Ada Byron}}
expect:
` + asks
		if err := os.WriteFile("owned.yaml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := session.Load("owned.yaml")
		if err != nil {
			t.Fatal(err)
		}
		ours := pagetest.Own{Name: "ours"}
		m, err := newModel(session.New(s, []string{"naive", "ours", "mine"}, 1), append(slices.Clip(strategies.Catalogue), ours.Entry()), false)
		if err != nil {
			t.Fatal(err)
		}
		pagetest.Few(m.Desk)
		defer m.Leave()
		work(m, m.Init())
		work(m, press(m, "u"))
		trials := ours.Trials.Load()
		press(m, "s", "enter", "r")
		if ours.Trials.Load() != trials {
			t.Error("what is saved waits for the user's own client")
		}
		saved, err := os.ReadFile("owned.yaml")
		if err != nil {
			t.Fatal(err)
		}
		again, err := session.Load("owned.yaml")
		if err != nil {
			t.Fatalf("%v in\n%s", err, saved)
		}
		if len(again.Script.Actions) != 2 || !strings.Contains(string(saved), asks) || strings.Contains(string(saved), "ours") {
			t.Errorf("%s: saved is\n%s", m.Message, saved)
		}
	})
}

// TestOwnIsNotForGuests: a playground on somebody else's machine starts no program of
// theirs, whatever it is handed.
func TestOwnIsNotForGuests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := scenarios.Find("create-then-update")
		if err != nil {
			t.Fatal(err)
		}
		ours := pagetest.Own{Name: "ours"}
		lineup := append(slices.Clip(strategies.Catalogue), ours.Entry())
		m, err := New(s, Options{Lineup: lineup, Strategies: []string{"naive", "ours"}, Guest: func(work func()) { work() }})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Leave()
		work(m, m.Init())
		work(m, m.Host.Route(Reloaded{Entry: ours.Entry()}))
		if n := ours.Trials.Load(); n > 0 || m.Lanes[1].Failed == "" {
			t.Errorf("%d trials of a guest's own client: %q", n, m.Lanes[1].Failed)
		}
	})
}
