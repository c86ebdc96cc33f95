package export

import (
	"fmt"
	"io"
	"strings"

	"photofinish/report/grade"
	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// WriteGradeJSON writes what became of an exercise as one JSON object on a line of its
// own. Failed says why the file does not run; nil: it does.
func WriteGradeJSON(w io.Writer, g *grade.Grade, failed error) error {
	hole := "filled"
	if g.Hole > 0 {
		hole = "empty"
	}
	trials := []object{}
	for i := range g.Outcomes {
		trials = append(trials, outcomeObject(g, &g.Outcomes[i]))
	}
	out := object{
		"version", Version, "exercise", g.Exercise.Name, "file", tell.Clean(g.File),
		"solved", g.Solved(), "hole", hole, "scenarios", trials,
	}
	against := g.Against()
	out = out.when(against != "", "says", against)
	if g.Own != nil {
		name, version, _ := strings.Cut(tell.Clean(g.Own.Runs), " ")
		out = append(out, name, version)
	}
	if failed != nil {
		out = append(out, "failed", tell.Clean(failed.Error()))
	}
	return writeLine(w, out)
}

func outcomeObject(g *grade.Grade, o *grade.Outcome) object {
	r, ends := o.Orders, object{}
	for v, n := range r.Verdicts {
		if n > 0 {
			ends = append(ends, judge.Verdict(v).String(), n)
		}
	}
	out := object{
		"scenario", o.Scenario.Name, "orders", r.Classes, "bad", r.Bad(), "proof", o.Proved(), "ends", ends,
	}
	if a := o.Anomaly(); a != nil {
		out = append(out, "anomaly", a.Kind.String(), "says", tell.Clean(a.Says(o.Shown.Script)))
	} else if !o.Proved() {
		out = append(out, "says", tell.Clean(o.Says()))
	}
	if o.Shown != nil {
		out = append(out, "schedule", o.Schedule.String())
	}
	out = out.when(o.Line > 0, "line", o.Line)
	if m := g.Met; m != nil && m.In == o.Scenario.Name {
		out = append(out, "meets", m.Meets)
	}
	return out
}

// WriteGradesJUnit writes what became of exercises as JUnit XML: a suite an exercise, a
// case a scenario. Of each exercise failed says why its file does not run, or nil.
func WriteGradesJUnit(w io.Writer, all []*grade.Grade, failed []error) error {
	out := junitSuites{junitCounts: junitCounts{Name: "photofinish exercise"}}
	for i, g := range all {
		out.add(gradeSuite(g, failed[i]))
	}
	return out.write(w)
}

func gradeSuite(g *grade.Grade, failed error) junitSuite {
	file := tell.Clean(g.File)
	j := junitSuite{junitCounts: junitCounts{Name: g.Exercise.Name}, File: file}
	if g.Own != nil {
		j.Properties = &junitProperties{[]junitProperty{{"runs", tell.Clean(g.Own.Runs)}}}
	}
	add := func(name string, c junitCase) {
		c.Class, c.Name, c.File = g.Exercise.Name, name, file
		j.Cases = append(j.Cases, c)
	}
	switch {
	case failed != nil && len(g.Outcomes) == 0:
		j.Errors++
		add("can be run", junitCase{Error: &junitMessage{Message: tell.Clean(failed.Error())}})
	case g.Hole > 0:
		j.Failures++
		add("is filled", junitCase{Line: g.Hole, Failure: &junitMessage{Message: tell.Clean(g.Empty())}})
	}
	for i := range g.Outcomes {
		o := &g.Outcomes[i]
		c := junitCase{Line: o.Line}
		switch {
		case o.Orders.Failed != nil:
			j.Errors++
			c.Error = &junitMessage{Message: tell.Clean(o.Says())}
		case !o.Proved():
			j.Failures++
			c.Failure = &junitMessage{Message: tell.Clean(o.Says())}
			lines := o.Lost()
			if o.Shown != nil {
				lines = append(lines, "in this order: "+o.Schedule.String())
			}
			if m := g.Met; m != nil && m.In == o.Scenario.Name {
				lines = append(lines, fmt.Sprintf("%q", m.Meets))
			}
			c.Failure.Text = strings.Join(cleaned(lines), "\n")
		}
		add(o.Scenario.Name, c)
	}
	if against := g.Against(); against != "" {
		c := junitCase{Failure: &junitMessage{Message: against}}
		if _, u := g.Heard(); g.Cries == "" && u.At.File == g.File {
			c.Line = u.At.Line
		}
		j.Failures++
		add("tells of what failed, and of nothing else", c)
	}
	j.Tests = len(j.Cases)
	return j
}
