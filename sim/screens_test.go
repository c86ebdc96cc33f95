package sim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/export"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestScreens: whatever happens, and to whom, the trace, the ledger and the rails
// of a drawing tell the same state at every event.
func TestScreens(t *testing.T) {
	testkit.Alone(t)
	for _, e := range testkit.Some(everyStrategy(), 20) {
		t.Run(e.Name, property.MakeCheck(func(t *rapid.T) {
			toldAlike(t, drawSeveral(t), e, rapid.Uint64().Draw(t, "seed"))
		}))
	}
}

// TestScreensInWords: and so do the text and the JSON at the end.
func TestScreensInWords(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		saysAlike(t, report.Replay("drawn", drawSeveral(t), e, rapid.Uint64().Draw(t, "seed")))
	})
}

// Of two persons behind one post, what happens to the one changes the other.
func TestScreensOfTwoBehindOnePost(t *testing.T) {
	for name, text := range map[string]string{
		"two persons, one held post": `
network: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}
steps:
- {at: 0ms, do: create, set: {name: Ada}}
- {at: 10ms, do: create, set: {name: Bea}}
- {at: 20ms, do: create, person: 2, set: {name: Cid}, lose: up}
- {at: 30ms, do: update, set: {name: Dot}}`,
		"the rail says equal": `
network: {uplink: {constant: 20ms}, downlink: {constant: 20ms}}
steps:
- {at: 0ms, do: create, set: {name: Ada}}
- {at: 1ms, do: update, set: {name: Ada L}}
- {at: 2ms, do: create, person: 2, set: {name: Cid}, lose: down}`,
	} {
		s := story(t, text)
		for _, e := range everyStrategy() {
			t.Run(name+"/"+e.Name, func(t *testing.T) {
				toldAlike(t, s, e, 1)
				saysAlike(t, report.Replay("two", s, e, 1))
			})
		}
	}
}

// drawSeveral draws a script with more than one person or client in it.
func drawSeveral(t *rapid.T) *sim.Script {
	s := drawScript(t)
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Client = uint8(rapid.IntRange(0, sim.MaxClients-1).Draw(t, "client"))
		a.Person = uint8(rapid.IntRange(0, 2).Draw(t, "person"))
	}
	return s
}

// stop lets time decide for some steps, and then stops the trial.
type stop int

func (s *stop) Choose(*sim.World, []sim.Pending) int {
	if *s--; *s < 0 {
		return -1
	}
	return 0
}

// toldAlike stops a trial after each of its steps, and compares what the ledger
// has then with what all others make of the trace up to there.
func toldAlike(t interface{ Fatalf(string, ...any) }, s *sim.Script, e strategies.Entry, seed uint64) {
	whole := diagram.Run(new(sim.World), new(judge.Judge), e, s, seed, 0)
	var w sim.World
	for steps := 1; ; steps++ {
		until := stop(steps)
		ledger := w.Run(s, e.For(s), seed, sim.Options{Trace: true, Chooser: &until})
		events, s := w.Trace().Events, ledger.Script(s)
		last := len(events) - 1
		if last < 0 {
			return // the user does nothing
		}
		lane := diagram.New(e, ledger.Script(s), events, judge.Judgement{}, ledger.Settled, 0)
		for v := range s.Views().All {
			p := &ledger.Views[v]
			exists := !p.Deleted && p.State != sim.State{}
			if got := &events[last].Views[v]; *got != *p {
				t.Fatalf("%s, view %d, after event %d: the trace has %+v, the ledger %+v\n%s", e.Name, v, last, *got, *p, tell(s, events))
			}
			lane.LookAt(v)
			whole.LookAt(v)
			for _, l := range []*diagram.Lane{lane, whole} {
				if rail := diagram.Upto(l.Screen(), last); rail.ID != p.ID || rail.State != p.State || rail.Exists != exists {
					t.Fatalf("%s, view %d, after event %d: the rail has %+v, the ledger %+v\n%s", e.Name, v, last, rail, *p, tell(s, events))
				}
			}
		}
		if until >= 0 {
			return
		}
	}
}

// saysAlike compares the text of a trial, and its JSON, with the trace.
func saysAlike(t interface{ Fatalf(string, ...any) }, trial *report.Trial) {
	if len(trial.Events) == 0 {
		return
	}
	s, end := trial.Script, trial.Events[len(trial.Events)-1].Views
	var text, object bytes.Buffer
	if err := terminal.WriteStories(&text, &scenarios.Scenario{Script: s}, []*report.Trial{trial}, terminal.Palette{}); err != nil {
		t.Fatalf("%v", err)
	}
	if err := export.WriteTrialJSON(&object, trial); err != nil {
		t.Fatalf("%v", err)
	}
	type screen struct {
		ID         *int
		Deleted    bool
		Attributes map[string]string
	}
	var told struct {
		Client  screen
		Screens []screen
	}
	if err := json.Unmarshal(object.Bytes(), &told); err != nil {
		t.Fatalf("%v", err)
	}
	if len(told.Screens) == 0 {
		told.Screens = []screen{told.Client}
	}
	var lines []string
	for _, l := range strings.Split(text.String(), "\n") {
		if strings.HasPrefix(l, "  screen ") {
			lines = append(lines, l)
		}
	}
	k := 0
	for v := range s.Views().All {
		p, line := &end[v], lines[k]
		id := 0
		if told.Screens[k].ID != nil {
			id = *told.Screens[k].ID
		}
		name := fmt.Sprint(map[bool]any{true: "", false: s.Values[max(s.Value(p.State[0], 0), 0)]}[p.State[0] == sim.Nobody])
		if id != p.ID || told.Screens[k].Deleted != p.Deleted || told.Screens[k].Attributes["name"] != name {
			t.Fatalf("view %d: the JSON has %+v, the trace %+v", v, told.Screens[k], *p)
		}
		said := strings.Contains(line, "no id") == (p.ID == 0) && strings.Contains(line, ", deleted") == p.Deleted &&
			(p.ID == 0 || strings.Contains(line, fmt.Sprint("#", p.ID))) && strings.Contains(line, `  name "`+name+`"`) == (name != "")
		if !said {
			t.Fatalf("view %d: the text has %q, the trace %+v", v, line, *p)
		}
		k++
	}
}
