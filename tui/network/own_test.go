package network

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/page/pagetest"
)

// ownGame returns a playground in which the user is the network of a lane of their
// own, from an instant on.
func ownGame(t *testing.T, ours *pagetest.Own, w, h int, from time.Duration) *model {
	t.Helper()
	m := alone.OnOwn(t, "overlapping-updates", ours, w, h)
	m.ShowLane(1)
	m.End = time.Second
	m.MoveTo(from)
	play(m, "n")
	return m
}

// TestOwnNetwork: no key waits for the user's own client, which is asked what may
// happen next in the background; what it reads by itself is told of as it is, and
// cannot be lost.
func TestOwnNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours := &pagetest.Own{Name: "ours", Rereads: true}
		m := alone.OnOwn(t, "overlapping-updates", ours, 120, 40)
		m.ShowLane(1)
		cmd := m.Press("n")
		if n := ours.Trials.Load(); n != 0 || m.Page == m.Own {
			t.Fatalf("n has waited for %d trials", n)
		}
		if settled(m, cmd); m.Page != m.Own {
			t.Fatalf("n opens nothing: %s", m.Message)
		}
		was := ours.Trials.Load()
		cmd = m.Press("1")
		if m.Press("1"); ours.Trials.Load() != was || !strings.Contains(m.Message, "still at the last") {
			t.Errorf("%d trials while keys are pressed, %q", ours.Trials.Load()-was, m.Message)
		}
		settled(m, cmd)
		unasked := false
		for range 20 {
			if m.Own.Now.Over() {
				break
			}
			for i, o := range m.Own.Now.Next {
				if o.Action <= sim.MaxActions {
					continue
				}
				unasked, m.Own.at = true, i
				for _, key := range []string{"x", "e"} {
					if play(m, key); !strings.Contains(m.Message, "only") {
						t.Errorf("%s befalls what it reads by itself: %q", key, m.Message)
					}
				}
			}
			pagetest.Fits(t, m.Host)
			play(m, "1")
			pagetest.Fits(t, m.Host)
		}
		if !unasked || !m.Own.Now.Over() {
			t.Errorf("unasked %v, over %v", unasked, m.Own.Now.Over())
		}
		if play(m, "z", "b", "t"); m.Message == "" {
			t.Error("t says nothing")
		}
		pagetest.Fits(t, m.Host)
	})
}

// TestOwnNetworkScreen is one such position.
func TestOwnNetworkScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := ownGame(t, &pagetest.Own{Name: "ours", Rereads: true}, 120, 40, 0)
		play(m, "1", "1", "1", "1")
		pagetest.Fits(t, m.Host)
		testkit.Golden(t, "own-120x40.txt", m.Canvas.String())
		m = ownGame(t, &pagetest.Own{Name: "ours", Rereads: true}, 120, 40, 200*time.Millisecond)
		if n := len(m.Own.Turns); n < 7 {
			t.Errorf("%d things have happened by 200 ms", n)
		}
	})
}

// TestOwnNetworkFails: a client that cannot go on says why.
func TestOwnNetworkFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := ownGame(t, &pagetest.Own{Name: "ours", Fails: errors.New("it ended (exit 3)\x1b[31m")}, 80, 24, 0)
		pagetest.Fits(t, m.Host)
		testkit.Golden(t, "own-failed-80x24.txt", m.Canvas.String())
		if play(m, "b"); !strings.Contains(m.Message, "it ended") {
			t.Errorf("b: %q", m.Message)
		}
	})
}

// TestOwnReloaded: where the program is another one, the game begins anew with it.
func TestOwnReloaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := ownGame(t, &pagetest.Own{Name: "ours", Rereads: true}, 120, 40, 0)
		play(m, "1", "1", "1")
		other := pagetest.Own{Name: "ours", Again: true}
		was := m.Press("1") // of the old program
		now := m.Route(desk.Reloaded{Entry: other.Entry()})
		pagetest.Fits(t, m.Host)
		settled(m, was)
		if settled(m, now); !strings.Contains(m.Message, "another program") || len(m.Own.Turns) != 1 {
			t.Errorf("%d turns: %q", len(m.Own.Turns), m.Message)
		}
		for range 9 {
			play(m, "1")
			pagetest.Fits(t, m.Host)
		}
		if n := len(m.Own.Now.Events); !m.Own.Now.Over() || m.Own.Now.Events[n-1].Reason != "it does nothing" {
			t.Errorf("it is still the old one: %+v", m.Own.Now.Events[n-1])
		}
	})
}
