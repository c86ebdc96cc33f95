package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

const ms = time.Millisecond

// story reads a script as a scenario file has it, without the name.
func story(t *testing.T, yaml string) *sim.Script {
	t.Helper()
	s, err := scenarios.Parse("story", []byte("name: story\n"+yaml))
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

// find returns a strategy of the catalogue.
func find(t *testing.T, name string) sim.Strategy { return entry(t, name).For(nil) }

// entry returns its entry.
func entry(t *testing.T, name string) strategies.Entry {
	t.Helper()
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// run runs a traced trial with seed 1 and tells it.
func run(s *sim.Script, strategy sim.Strategy) (string, *sim.Ledger) {
	var w sim.World
	ledger := w.Run(s, strategy, 1, sim.Options{Trace: true})
	return tell(s, w.Trace().Events), ledger
}

// tell puts a trace into words: "0s act c1, send c1; 30ms arrive c1 200 #1".
func tell(s *sim.Script, events []sim.Event) string {
	var out strings.Builder
	for i, e := range events {
		switch {
		case i == 0:
			fmt.Fprintf(&out, "%v ", e.At)
		case e.At == events[i-1].At:
			out.WriteString(", ")
		default:
			fmt.Fprintf(&out, "; %v ", e.At)
		}
		out.WriteString(e.Kind.String() + " " + labels(s, &e))
		if e.Status != 0 {
			fmt.Fprintf(&out, " %d", e.Status)
		}
		if e.ID != 0 && e.Kind != sim.EventSend {
			fmt.Fprintf(&out, " #%d", e.ID)
		}
		if e.Leg != sim.NoLeg {
			out.WriteString(" " + e.Leg.String())
		}
		if e.Late {
			out.WriteString(" late")
		}
		if e.Ignored {
			out.WriteString(" ignored")
		}
	}
	return out.String()
}

// labels names the actions of an event, as "u2" or, of a patch, "u2+u3".
func labels(s *sim.Script, e *sim.Event) string {
	switch {
	case e.Kind == sim.EventOffline || e.Kind == sim.EventOnline:
		return fmt.Sprint("client ", e.Client+1)
	case e.Request == nil:
		return s.Action(e.Action).Label()
	}
	var all []string
	for _, n := range e.Request.Actions {
		all = append(all, s.Action(n).Label())
	}
	return strings.Join(all, "+")
}

// show puts a state into words: "name=Ada(c1) email=e(u2)".
func show(s *sim.Script, state *sim.State) string {
	var all []string
	for f, by := range state {
		if by == sim.Nobody {
			continue
		}
		who := "given"
		if !by.WasGiven() {
			who = s.Action(by.Action()).Label()
		}
		if by.ByServer() {
			who += " as saved"
		}
		all = append(all, fmt.Sprintf("%s=%v(%s)", s.FieldName(f), s.Values[s.Value(by, f)], who))
	}
	return strings.Join(all, " ")
}
