package focus

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/internal/testkit"
	"photofinish/tui/page"
	"photofinish/tui/page/pagetest"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// model is a playground that has nothing but the focus.
type model struct {
	*page.Host
	focus *Focus
}

// open returns one on a scenario of the catalogue, paused at now.
func open(t testing.TB, scenario string, w, h int, now time.Duration) *model {
	t.Helper()
	m := with(pagetest.Open(t, scenario, w, h))
	m.MoveTo(now)
	return m
}

func with(h *page.Host) *model {
	b := page.Base{Host: h}
	m := &model{h, &Focus{Base: b}}
	m.Begin(pagetest.Blank{Base: b}, m.focus)
	return m
}

func press(m *model, keys ...string) tea.Cmd { return pagetest.Press(m.Host, keys...) }
