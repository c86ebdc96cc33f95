package judge_test

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// story reads a script as a scenario file has it, without the name.
func story(t *testing.T, yaml string) *sim.Script {
	t.Helper()
	s, err := scenarios.Parse("story", []byte("name: story\n"+yaml))
	if err != nil {
		t.Fatal(err)
	}
	return s.Script
}

// find returns a strategy of the catalogue, or the one that says no.
func find(t *testing.T, name string, s *sim.Script) sim.Strategy {
	t.Helper()
	if name == "never" {
		return never{}
	}
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e.For(s)
}

// everyStrategy lists the catalogue, and each of it over the held post if it
// can be put there.
func everyStrategy() []strategies.Entry {
	var all []strategies.Entry
	for _, e := range strategies.Catalogue {
		all = append(all, e)
		if held, err := strategies.Find(e.Name + "+hold"); err == nil {
			all = append(all, held)
		}
	}
	return all
}

// never is a client that posts a create, once, and says no to all the rest.
type never struct{}

func (never) Act(c *sim.Client, a *sim.Action) {
	if a.Number == 1 {
		c.Post(a)
		return
	}
	c.Refuse(a, "not now")
}
func (never) Reply(c *sim.Client, r *sim.Reply) { c.Take(r) }
func (never) Wake(*sim.Client, sim.Timer)       {}
func (never) Reset()                            {}

// try runs a trial with seed 1 and puts what the judge says into words: the
// verdict, and each anomaly with its actions and, if asked for, with the
// events that prove it and the sentence.
func try(t *testing.T, yaml, strategy string, proofs bool) (verdict string, anomalies []string) {
	t.Helper()
	s := story(t, yaml)
	var w sim.World
	var j judge.Judge
	end := w.Run(s, find(t, strategy, s), 1, sim.Options{Trace: true})
	judged := j.Judge(s, end)
	s = end.Script(s) // it has the errands too
	for _, a := range judged.Anomalies {
		words := a.Kind.String()
		for _, n := range a.Actions {
			words += " " + s.Action(n).Label()
		}
		if proofs {
			words += ": " + a.Says(s) + " [" + tell(s, w.Trace(), a.Proof) + "]"
		}
		anomalies = append(anomalies, words)
	}
	return judged.Verdict.String(), anomalies
}

// tell names the events of some moments, as "arrive u2".
func tell(s *sim.Script, trace sim.Trace, moments []sim.Moment) string {
	var words []string
	for _, m := range moments {
		e := trace.Events[m.Index()]
		actions := []int{e.Action}
		if e.Request != nil {
			actions = e.Request.Actions
		}
		word := e.Kind.String()
		for _, a := range actions {
			word += " " + s.Action(a).Label()
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// steps writes down a script for a message.
func steps(s *sim.Script) string {
	var out strings.Builder
	fmt.Fprintf(&out, "given %v %+v skew %v offline %v\n", s.Given, s.Network, s.Skew, s.Offline)
	for i := range s.Actions {
		a := &s.Actions[i]
		fmt.Fprintf(&out, "%v at %v, up %v, down %v", a.Label(), a.At, a.Up, a.Down)
		if a.View() != 0 {
			fmt.Fprintf(&out, ", client %d, person %d", a.Client+1, a.Person+1)
		}
		for f := range a.Sets.All {
			how := map[bool]string{true: "+="}[a.Adds.Has(f)]
			fmt.Fprintf(&out, ", %s %s%v", s.FieldName(f), how, s.Values[a.Values[f]])
		}
		for f := range a.Saves.All {
			fmt.Fprintf(&out, ", saved with %s %v", s.FieldName(f), s.Values[a.Saved[f]])
		}
		if a.Parent != 0 {
			fmt.Fprintf(&out, ", parent %d", a.Parent)
		}
		fmt.Fprintf(&out, ", status %d, lose %v, skip %v\n", a.Status, a.Lose, a.Skip)
	}
	return out.String()
}
