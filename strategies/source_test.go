package strategies_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/strategies"
)

// TestSource: an event that a strategy caused names the line of its code that
// did, and no other event names one.
func TestSource(t *testing.T) {
	calls := map[sim.EventKind][]string{
		sim.EventSend:   {".Post(", ".PostOwn(", ".PostState(", ".Release(", ".Send("},
		sim.EventHold:   {".Queue(", ".Hold(", ".Persist("},
		sim.EventMerge:  {".Merge("},
		sim.EventBlock:  {".Block("},
		sim.EventDrop:   {".Drop("},
		sim.EventRefuse: {".Refuse("},
		sim.EventTell:   {".Tell("},
		sim.EventRevert: {".TakeBack(", ".TakeBackRow("},
	}
	seen := map[sim.EventKind]bool{}
	var w sim.World
	lines := slices.Collect(testkit.JSONLines[struct{ Scenario json.RawMessage }](t, conformance+"traces.jsonl"))
	for _, line := range testkit.Part(lines, testkit.Size(24, 6)) {
		script := parse(t, line.Scenario).Script
		for _, entry := range everyStrategy() {
			w.Run(script, entry.For(script), 1, sim.Options{Trace: true})
			for i, e := range w.Trace().Events {
				words, caused := calls[e.Kind]
				if !caused {
					if e.Source != (sim.Source{}) || e.Frames != nil {
						t.Fatalf("%s: event %d, %v, has the source %v, %v, want none", entry.Name, i, e.Kind, e.Source, e.Frames)
					}
					continue
				}
				seen[e.Kind] = true
				framed(t, &entry, &e)
				if code := codeLine(t, e.Source); !containsAny(code, words) {
					t.Fatalf("%s: event %d, %v, comes from %v, %q, want a call of %v", entry.Name, i, e.Kind, e.Source, code, words)
				}
			}
		}
	}
	for kind := range calls {
		if !seen[kind] {
			t.Errorf("no trial has a %v", kind)
		}
	}
}

// framed fails unless the frames of an event lead, by lines that call something, to
// its source.
func framed(t *testing.T, entry *strategies.Entry, e *sim.Event) {
	n := len(e.Frames)
	if n == 0 || n > sim.MaxFrames || e.Frames[n-1] != e.Source {
		t.Fatalf("%s: %v from %v by %v", entry.Name, e.Kind, e.Source, e.Frames)
	}
	for _, f := range e.Frames {
		if code := codeLine(t, f); !strings.Contains(code, "(") {
			t.Fatalf("%s: %v by %v, of which %q calls nothing", entry.Name, e.Kind, e.Frames, code)
		}
	}
}

// TestFrames: what a strategy lets another one do has the lines of both, also where
// a layer lies over them.
func TestFrames(t *testing.T) {
	script := press("create update update")
	for name, want := range map[string]string{
		"callbacks":      "callbacks.go s.run(c, a)/callbacks.go s.naive.Act(c, a)/naive.go c.Post(a)",
		"callbacks+hold": "callbacks.go s.run(c, a)/callbacks.go s.naive.Act(c, a)/naive.go c.Post(a)/hold.go c.Send(r)",
		"naive+hold":     "naive.go c.Post(a)/hold.go c.Send(r)",
	} {
		entry, err := strategies.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var w sim.World
		w.Run(script, entry.For(script), 1, sim.Options{Trace: true})
		var all []string
		for _, e := range w.Trace().Events {
			var lines []string
			for _, f := range e.Frames {
				lines = append(lines, f.File+" "+strings.TrimSpace(codeLine(t, f)))
			}
			all = append(all, strings.Join(lines, "/"))
		}
		if !slices.Contains(all, want) {
			t.Errorf("%s: %q, want %q among them", name, all, want)
		}
	}
}

// What waits for a connection was caused by the strategy; that it leaves when
// one is free was not.
func TestSourceOfTheBrowser(t *testing.T) {
	script := press("update update")
	script.Network.Connections = 1
	var w sim.World
	w.Run(script, find(t, "naive"), 1, sim.Options{Trace: true})
	var sends []sim.Source
	for _, e := range w.Trace().Events {
		switch e.Kind {
		case sim.EventHold:
			if code := codeLine(t, e.Source); !strings.Contains(code, ".Post(") {
				t.Errorf("the hold comes from %q, want the call of Post", code)
			}
		case sim.EventSend:
			sends = append(sends, e.Source)
		}
	}
	if len(sends) != 2 || sends[0].File != "naive.go" || sends[1] != (sim.Source{}) {
		t.Errorf("the sends come from %v, want naive.go and nowhere", sends)
	}
}

// code has the lines of the files that were asked for.
var code = map[string][]string{}

func codeLine(t *testing.T, s sim.Source) string {
	t.Helper()
	lines, read := code[s.File]
	if !read {
		text, err := strategies.Code(s.File)
		if err != nil {
			t.Fatal(err)
		}
		lines = strings.Split(text, "\n")
		code[s.File] = lines
	}
	if s.Line < 1 || s.Line > len(lines) {
		t.Fatalf("%s has no line %d", s.File, s.Line)
	}
	return lines[s.Line-1]
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// everyStrategy lists the catalogue, and each of it under every layer that can
// be put over it.
var everyStrategy = sync.OnceValue(func() (all []strategies.Entry) {
	for _, e := range strategies.Catalogue {
		all = append(all, e)
		for _, layer := range strategies.Layers() {
			if over, err := strategies.Find(e.Name + "+" + layer); err == nil {
				all = append(all, over)
			}
		}
	}
	return all
})
