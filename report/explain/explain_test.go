package explain_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/report/explain"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func written(t *testing.T, write func(b *strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExplainKnowsEveryName(t *testing.T) {
	names := slices.Concat(testkit.Part(strategies.Names(), 5), scenarios.Names(), judge.KindNames(), []string{"4g", "action-queue+hold"})
	for _, name := range testkit.Some(names, 12) {
		text := written(t, func(b *strings.Builder) error { return explain.Write(b, name, terminal.Palette{}) })
		if !strings.HasPrefix(text, name+"  ") {
			t.Errorf("%s: %q", name, text)
		}
		for line := range strings.Lines(text) {
			if ansi.StringWidth(line) > 81 {
				t.Errorf("%s: too wide: %q", name, line)
			}
		}
	}
	if err := explain.Write(io.Discard, "stale-reed", terminal.Palette{}); err == nil || !strings.Contains(err.Error(), `did you mean "stale-read"`) {
		t.Error(err)
	}
}

// Who is given, and when nobody has a network.
func TestExplainTellsOfTheWorld(t *testing.T) {
	own, err := scenarios.Parse("", []byte("name: own\ngiven: [{a: 1}, {}]\noffline: [{from: 1s, to: 2s}, {client: 2, from: 500ms}]\n"+
		"steps: [{at: 0, do: update, set: {a: 2}}, {at: 3s, do: fetch, client: 2}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, func(b *strings.Builder) error { return explain.Scenario(b, own, nil, terminal.Palette{}) })
	for _, want := range []string{"  given        #1 a 1\n               #2\n", "  offline      client 1 from 1000 to 2000 ms, client 2 from 500 ms on, for ever\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("got\n%s\nwithout\n%s", text, want)
		}
	}
}

func TestExplainTells(t *testing.T) {
	own, err := scenarios.Parse("", []byte("name: own\nseed: 7\nclients: [{}, {skew: 1500ms}]\n"+
		"steps: [{at: 0, do: create, set: {a: 1}, saved: {a: 2}, client: 2, person: 3, processing: 1.5ms, twice: true}]\n"+
		"expect: {naive: {anomalies: []}, switch: {verdict: wrong, odds: {below: 2%}, orders: racy}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, func(b *strings.Builder) error { return explain.Scenario(b, own, nil, terminal.Palette{}) })
	const want = `own

       0 ms  c1 create a 1, saved as a 2, on client 2, about person 3, server
             1.5 ms, delivered twice

  client 2     clock ahead by 1.5s
  network      4g
  uplink       median 38ms, p99 350ms
  downlink     median 32ms, p99 280ms
  seed         7
  expects      naive: no anomalies
               switch: wrong, odds below 2.0 %, orders racy
`
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
