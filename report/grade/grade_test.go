package grade_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photofinish/exercises"
	"photofinish/internal/testkit"
	"photofinish/report/grade"
	"photofinish/strategies"
	"photofinish/strategies/external"
)

// fillings are files that exercises are run with, as if something had been written into
// them: one client that is each of them in its turn.
type fillings struct {
	*external.Client
	files  map[string]string
	choose func(name string, env map[string]string)
}

func open(t *testing.T, files map[string]string) *fillings {
	t.Helper()
	file, choose := testkit.OneOf(t, files, nil)
	c, err := external.Open(t.Context(), external.Spec{Name: "yours", File: file}, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return &fillings{c, files, choose}
}

// graded runs an exercise with one of them.
func (f *fillings) graded(t *testing.T, e *exercises.Exercise, name string) *grade.Grade {
	t.Helper()
	f.choose(strings.TrimSuffix(name, ".mjs"), nil)
	g := grade.Of(e, name, f.files[name])
	g.Hole = 0
	g.Run(t.Context(), f.Entry(), grade.Options{Notes: f})
	if err := g.Failed(); err != nil {
		t.Error(err)
	}
	return g
}

// TestFillings: each exercise begins with its hole, and as it is loses; each filling that
// is known to be wrong has exactly the orders and the idea that are written down, and the
// right one is proved.
func TestFillings(t *testing.T) {
	testkit.Needs(t, "no exercise was run", "node")
	all := testkit.Some(exercises.All(), 1)
	files := map[string]string{}
	for _, e := range all {
		files[e.Name+"/start.mjs"], files[e.Name+"/right.mjs"] = e.Start, e.Right
		for _, w := range e.Wrong {
			files[e.Name+"/"+w.File] = w.Text
		}
	}
	client := open(t, files)
	for _, e := range all {
		t.Run(e.Name, func(t *testing.T) {
			graded := func(file string) *grade.Grade { return client.graded(t, e, e.Name+"/"+file) }
			if g := graded("start.mjs"); e.Hole(e.Start) == 0 || g.Solved() || g.Told().Orders.Bad() == 0 {
				t.Errorf("as it begins:\n%s", says(g))
			}
			if g := graded("right.mjs"); !g.Solved() || g.Met != nil || g.Told() != nil {
				t.Errorf("right:\n%s", says(g))
			}
			for i := range e.Wrong {
				w := &e.Wrong[i]
				g := graded(w.File)
				if o := g.Told(); g.Solved() || g.Met != w || o.Scenario.Name != w.In ||
					fmt.Sprintf("%d of %d", o.Orders.Bad(), o.Orders.Classes) != w.Bad || o.Orders.Shortest.Schedule.String() != w.Order {
					t.Errorf("%s: meets %+v\n%s", w.File, g.Met, says(g))
				} else if o.Line == 0 || strings.Split(w.Text, "\n")[o.Line-1] == strings.Split(e.Start, "\n")[o.Line-1] {
					t.Errorf("%s: nothing was written in line %d", w.File, o.Line)
				} else if whole(o) {
					t.Errorf("%s: %s leaves out a click", w.File, o.Schedule)
				}
			}
		})
	}
}

// TestTricks: who shows an error always, or refuses what comes after one, has not solved
// what asks for the user to be told, though no order ends badly.
func TestTricks(t *testing.T) {
	testkit.Long(t, "other fillings are tried all the same")
	testkit.Needs(t, "no exercise was run", "node")
	e, err := exercises.Find("after-a-no")
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("({ given })", "({ given, refuse })", "catch(() => {})", "catch(e => { error = e; })")
	for trick, want := range map[string]string{
		"error = 'no';":                   `the user is told "no" while nothing has failed`,
		"if (error) return refuse('no');": "3 of 4 orders have a click refused, and none has to be",
	} { // one process each, as what a client has told of once is held against it for good
		text := strings.Replace(filled.Replace(e.Wrong[1].Text), "last = last", trick+" last = last", 1)
		g := open(t, map[string]string{"trick.mjs": text}).graded(t, e, "trick.mjs")
		bad := slices.ContainsFunc(g.Outcomes, func(o grade.Outcome) bool { return o.Orders.Bad() > 0 })
		if told := g.Against() + says(g); g.Solved() || bad || !strings.Contains(told, want) {
			t.Errorf("%s: solved %v, bad %v, %s", trick, g.Solved(), bad, told)
		}
	}
}

// TestUncaught: a filling whose orders all end well has solved nothing while an error in it
// is caught by nobody; one that breaks off is shown the line, and no idea; and what it
// prints in the order that is shown is kept.
func TestUncaught(t *testing.T) {
	testkit.Long(t, "other fillings are tried all the same")
	testkit.Needs(t, "no exercise was run", "node")
	e, err := exercises.Find("in-turn")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for name, filling := range map[string]string{
		"late.mjs":   "last = last.then(() => save(set)); await lst;",
		"broken.mjs": "console.log('\\x1b[31m' + set.name);\nlst();\nawait save(set);",
		"naive.mjs":  "await save(set); console.log('saved', set.name);",
	} {
		files[name] = strings.Replace(e.Right, "last = last.then(() => save(set));", filling, 1)
	}
	client := open(t, files)
	g := client.graded(t, e, "late.mjs")
	if got := g.Against(); g.Solved() || g.Told() != nil || got != "nobody catches this error: lst is not defined (late.mjs:8)" {
		t.Errorf("solved %v: %s\n%s", g.Solved(), got, says(g))
	}
	g = client.graded(t, e, "broken.mjs")
	o := g.Told()
	if o == nil || o.Line != 9 || g.Met != nil || !slices.Equal(o.Printed, []string{`\x1b[31mAda Byron`, `\x1b[31mAda Lovelace`}) {
		t.Errorf("line %d, met %v, printed %q", o.Line, g.Met, o.Printed)
	}
	if g = client.graded(t, e, "naive.mjs"); g.Met == nil || !slices.Equal(g.Told().Printed, []string{"saved Ada Lovelace", "saved Ada Byron"}) {
		t.Errorf("met %v, printed %q, in the order that is shown", g.Met, g.Told().Printed)
	}
}

// TestEndless: who tries for ever is told so, instead of waited for.
func TestEndless(t *testing.T) {
	testkit.Long(t, "a client that tries for ever")
	testkit.Needs(t, "no exercise was run", "node")
	e, err := exercises.Find("try-again")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "try-again.mjs")
	text := strings.Replace(e.Right, "if (n > 1)", "if (true)", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := external.Open(t.Context(), external.Spec{Name: "yours", File: path}, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	g := grade.Of(e, "try-again.mjs", text)
	g.Run(t.Context(), c.Entry(), grade.Options{})
	const want = "try-again.mjs: it sent more than 1,000 requests in one trial: does it ever give up?"
	if err := g.Failed(); err == nil || err.Error() != want || g.Solved() {
		t.Errorf("solved %v: %v\nwant %s", g.Solved(), err, want)
	}
}

// whole reports whether what is shown lacks a click of its scenario.
func whole(o *grade.Outcome) bool {
	for i := range o.Shown.Script.Actions {
		if o.Shown.Script.Actions[i].Skip {
			return true
		}
	}
	return len(o.Shown.Script.Actions) != len(o.Scenario.Script.Actions)
}

func says(g *grade.Grade) string {
	var lines []string
	for i := range g.Outcomes {
		o := &g.Outcomes[i]
		lines = append(lines, o.Scenario.Name+": "+o.Says()+"; "+o.Schedule.String())
	}
	return strings.Join(lines, "\n")
}

// TestEnds: a client that says no to everything, or that tells of a failure where there is
// none to tell of, has solved nothing, though none of its orders is bad; and where the user
// is to be told, it is not enough that none is.
func TestEnds(t *testing.T) {
	in := func(exercise, strategy, filling string) *grade.Grade {
		e, err := exercises.Find(exercise)
		if err != nil {
			t.Fatal(err)
		}
		client, err := strategies.Find(strategy)
		if err != nil {
			t.Fatal(err)
		}
		g := grade.Of(e, "x.mjs", strings.Replace(e.Right, "last = last.then(() => save(set));", filling, 1))
		g.Run(t.Context(), client, grade.Options{})
		return g
	}
	g := in("in-turn", "refuse", "refuse();")
	o := g.Told()
	if g.Solved() || o == nil || o.Orders.Bad() > 0 || o.Shown == nil || !strings.Contains(o.Says(), " with the user told, and none has to") {
		t.Errorf("refuse: solved %v\n%s", g.Solved(), says(g))
	}
	if g := in("in-turn", "hold-outgoing", "hold(set);"); !g.Solved() {
		t.Errorf("hold-outgoing:\n%s", says(g))
	}
	if g := in("in-turn", "naive", "await save(set);"); g.Met == nil || g.Met.Meets != "await holds the others" {
		t.Errorf("naive meets %+v", g.Met)
	}
	if g := in("in-turn", "naive", "last = last.then(save(set));"); g.Met != nil || g.Told() == nil {
		t.Errorf("who writes no await meets %+v", g.Met)
	}
}
