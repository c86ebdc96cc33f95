package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/strategies"
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
	m.Width, m.Height = w, h
	m.MoveTo(268 * time.Millisecond)
	m.ShowLane(2)
	t.Cleanup(m.Leave)
	return m
}

// work does what the playground has to do in the background.
func work(m *Model, cmd tea.Cmd) { pagetest.Work(m.Host.Route, cmd) }

// TestOwnScreens: a lane of the user's own as it waits, as it waits for another trial
// than the one that it had, as it is there, and as it has failed.
func TestOwnScreens(t *testing.T) {
	boom := errors.New("save.tsx: after the click u2 it did not come to rest in 5 s: an endless loop? (save.tsx:41)\n\x1b[31m")
	there := func(m *Model) { work(m, m.Estimate()) }
	for _, tt := range []struct {
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
		{"own-failed-80x24.txt", 80, 24, &pagetest.Own{Fails: boom}, there},
		{"own-failed-120x40.txt", 120, 40, &pagetest.Own{Fails: boom}, there},
		{"own-failed-200x50.txt", 200, 50, &pagetest.Own{Fails: boom}, there},
		{"own-rereads-120x40.txt", 120, 40, &pagetest.Own{Rereads: true}, func(m *Model) { there(m); m.MoveTo(m.End) }},
		{"own-lanes-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { there(m); press(m, "L") }},
		{"own-missing-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) {
			work(m, m.Edit(m.Session.WithLanes([]string{"theirs", "naive"})))
			press(m, "L")
		}},
		{"own-help-120x40.txt", 120, 40, &pagetest.Own{}, func(m *Model) { press(m, "?") }},
		{"own-palette-80x24.txt", 80, 24, &pagetest.Own{}, func(m *Model) { press(m, ":", "o", "w", "n") }},
	} {
		t.Run(strings.TrimSuffix(tt.file, ".txt"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tt.ours.Name = "ours"
				scenario := "create-then-two-updates"
				if tt.ours.Rereads {
					scenario = "overlapping-updates"
				}
				m := openOwn(t, scenario, tt.ours, tt.w, tt.h)
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
