package export

import (
	"io"
	"slices"
	"time"

	"photofinish/exercises"
	"photofinish/report/explain"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// WriteListJSON writes what there is of a topic of [explain.Topics], or of all of
// them, as one object:
//
//	{"version":1,
//	 "strategies":[{"name":"conflate","group":"…","rule":"…","needs":null,"changes":null}],
//	 "scenarios":[{"name":"two-tabs","title":"…"}],
//	 "networks":[{"name":"4g","about":"…"}],
//	 "anomalies":[{"name":"lost-update","verdict":"wrong","when":"…"}],
//	 "exercises":[{"name":"in-turn","title":"…","lesson":"crossing"}]}
func WriteListJSON(w io.Writer, topic string) error {
	all := map[string][]object{}
	for _, name := range append(strategies.Names(), strategies.Listed) {
		e, err := strategies.Find(name)
		if err != nil {
			return err
		}
		all["strategies"] = append(all["strategies"], strategyObject(e))
	}
	for _, name := range scenarios.Names() {
		all["scenarios"] = append(all["scenarios"], object{"name", name, "title", scenarios.Title(name)})
	}
	for _, n := range scenarios.Networks() {
		all["networks"] = append(all["networks"], object{"name", n.Name, "about", n.About})
	}
	for _, k := range judge.Kinds {
		all["anomalies"] = append(all["anomalies"], object{"name", k.Name, "verdict", k.Verdict.String(), "when", k.When})
	}
	for _, name := range exercises.Names() {
		title, lesson := exercises.Head(name)
		all["exercises"] = append(all["exercises"], object{"name", name, "title", title, "lesson", lesson})
	}
	for _, name := range lessons.Names() {
		title, minutes, inClass := lessons.Head(name)
		all["lessons"] = append(all["lessons"], object{"name", name, "title", title, "minutes", minutes, "in_class", inClass})
	}
	o := object{"version", Version}
	for _, t := range explain.Topics() {
		if topic == "" || topic == t {
			o = append(o, t, all[t])
		}
	}
	return writeLine(w, o)
}

func strategyObject(e strategies.Entry) object {
	return object{"name", e.Name, "group", string(e.Group), "rule", e.Rule, "needs", orNull(e.Needs()), "changes", orNull(e.Changes())}
}

// WriteNameJSON writes what there is to know of a name of the catalogue, as an object
// that says of what kind it is, and of which schema.json has the keys. The error is
// that of [explain.Write].
func WriteNameJSON(w io.Writer, name string) error {
	if e, err := strategies.Find(name); err == nil {
		o, err := explainedStrategy(e)
		if err != nil {
			return err
		}
		return writeLine(w, o)
	}
	if s, err := scenarios.Find(name); err == nil {
		return WriteScenarioJSON(w, s)
	}
	if n, ok := scenarios.Network(name); ok {
		return writeLine(w, object{"version", Version, "kind", "network", "name", n.Name, "about", n.About, "is", facts(scenarios.NetworkFacts(&n.Network))})
	}
	if i := slices.Index(judge.KindNames(), name); i >= 0 {
		k := judge.Kinds[i]
		return writeLine(w, object{"version", Version, "kind", "anomaly", "name", k.Name, "verdict", k.Verdict.String(), "when", k.When, "term", k.Source})
	}
	if e, err := exercises.Find(name); err == nil {
		trials := []object{}
		for _, t := range e.Trials {
			trials = append(trials, object{"scenario", t.Scenario.Name, "ends", t.End()})
		}
		return writeLine(w, object{"version", Version, "kind", "exercise", "name", e.Name, "title", e.Title, "lesson", e.Lesson,
			"story", e.Story, "scenarios", trials, "file", e.Start})
	}
	return explain.NoSuch(name)
}

// WriteScenarioJSON writes what a scenario is about, what happens in it, and its file.
func WriteScenarioJSON(w io.Writer, s *scenarios.Scenario) error {
	steps := []object{}
	for _, step := range explain.Steps(s.Script) {
		steps = append(steps, object{"number", step.Number, "label", step.Label, "at", milliseconds(s.Script.Action(step.Number).At), "says", step.Says, "pins", orNull(step.Pins)})
	}
	expects := object{}
	for _, x := range s.Expect {
		expects = append(expects, x.Strategy, facts(x.Facts()))
	}
	return writeLine(w, object{"version", Version, "kind", "scenario", "name", s.Name, "title", s.Title, "about", s.About,
		"preset", orNull(s.Network), "network", facts(scenarios.NetworkFacts(&s.Script.Network)), "steps", steps, "expects", expects, "file", string(s.YAML())})
}

// facts are keys of a scenario with their values as its file has them.
func facts(list []scenarios.Fact) object {
	o := object{}
	for _, f := range list {
		o = append(o, f.Key, f.Text)
	}
	return o
}

func explainedStrategy(e strategies.Entry) (object, error) {
	files := []object{}
	for _, f := range e.Files() {
		code, err := strategies.Code(f)
		if err != nil {
			return nil, err
		}
		files = append(files, object{"name", f, "code", code})
	}
	if f, code := strategies.JavaScript(e.Name); f != "" {
		files = append(files, object{"name", f, "code", code})
	}
	c := explain.Compare(e)
	proofs := func(list []explain.Proof) []object {
		all := []object{}
		for _, p := range list {
			kinds := append([]string{}, p.Kinds.Names()...)
			all = append(all, object{"scenario", p.Scenario, "classes", p.Classes, "bad", p.Bad, "complete", p.Complete, "anomalies", kinds})
		}
		return all
	}
	costs := func(c *explain.Costs) object {
		requests, settled, blocked := c.Means()
		return object{"requests", requests, "settled", milliseconds(settled.Round(time.Microsecond)), "blocked", milliseconds(blocked.Round(time.Microsecond))}
	}
	o := append(object{"version", Version, "kind", "strategy"}, strategyObject(e)...)
	o = append(o, "source", orNull(e.Source), "fixes", proofs(c.Fixes), "breaks", proofs(c.Breaks), "loses", proofs(c.Loses), "open", proofs(c.Open), "costs", costs(&c.Cost))
	if c.Others {
		o = append(o, "naive", costs(&c.Naive))
	}
	return append(o, "files", files), nil
}
