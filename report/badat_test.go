package report

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestBadAt: what is noted of each trial is how it ends by itself, whatever the
// shards; and nothing is where all are bad, none is, or there are too many.
func TestBadAt(t *testing.T) {
	ss, es := some(t, "create-then-two-updates", "lost-answer")
	o := Options{Seed: 9, Trials: 203, Workers: 2}
	var parts []Named
	for i := 1; i <= 3; i++ {
		p := NewPartial(ss, es, o, i, 3)
		if err := p.Run(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, Named{fmt.Sprint(i), written(t, p)})
	}
	m, err := Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	noted := 0
	for c := range m.Each {
		if bad := c.Bad(); bad == 0 || bad == c.Trials {
			if c.BadAt != "" {
				t.Errorf("%s under %s: %d bad of %d are noted", c.Scenario.Name, c.Strategy.Name, bad, c.Trials)
			}
			continue
		}
		noted++
		var w sim.World
		var j judge.Judge
		s := c.Scenario.Script.Unpinned()
		for k := range o.Trials {
			_, found := j.Run(&w, s, c.Strategy.For(s), o.Seed+uint64(k), sim.Options{})
			if is := c.BadAt[k/8]>>(k%8)&1 != 0; is != found.Verdict.Bad() {
				t.Fatalf("%s under %s: trial %d ends %v, noted as bad: %v", c.Scenario.Name, c.Strategy.Name, k, found.Verdict, is)
			}
		}
	}
	if noted < 2 {
		t.Error("no cell has trials of both kinds")
	}
	few := &tally{script: ss[0].Script, strategy: es[0].For(ss[0].Script), bench: new(bench), begin: 1, keep: (&Options{Trials: MaxBadAt + 1}).keeps()}
	if few.run(1, 50); few.badAt != nil {
		t.Error("too many trials are noted one by one")
	}
}

func TestPartOfBadAt(t *testing.T) {
	property.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 70).Draw(r, "trials")
		var b badAt
		for _, k := range rapid.SliceOf(rapid.IntRange(0, n-1)).Draw(r, "bad") {
			b.add(k, n)
		}
		from := rapid.IntRange(0, n).Draw(r, "from")
		m := rapid.IntRange(0, n-from).Draw(r, "of the part")
		part, count := b.part(from, m), 0
		for k := range m {
			if part.has(k) != b.has(from+k) {
				r.Fatalf("%08b from %d on: %08b", b, from, part)
			}
			if part.has(k) {
				count++
			}
		}
		if part.count() != count || part != nil && len(part) != (m+7)/8 || (part == nil) != (count == 0) {
			r.Fatalf("%08b from %d on, of %d: %08b", b, from, m, part)
		}
	})
}

// Trials that are not the first cannot be told by their places.
func TestBadAtOfNotTheFirst(t *testing.T) {
	ss, es := some(t, "create-then-two-updates")
	o := Options{Seed: 1, Trials: 60}
	p := NewPartial(ss, es[:1], o, 2, 2)
	if err := p.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	whole := NewPartial(ss, es[:1], o, 1, 1)
	whole.add(p)
	if c := &whole.Matrix().Cells[0][0]; c.Bad() == 0 || c.BadAt != "" {
		t.Errorf("%d bad trials of the second half are noted as %q", c.Bad(), c.BadAt)
	}
}
