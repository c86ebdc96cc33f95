package diff_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/report/diff"
	"photofinish/sim"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func compare(t testing.TB, old, now fake, renames ...diff.Rename) *diff.Diff {
	t.Helper()
	d, err := diff.Compare(old.read(t, "old.json"), now.read(t, "new.json"), renames...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func of(trials int, cells ...fakeCell) fake { return fake{seed: 1, trials: trials, cells: cells} }

// The words, each for what brings it about.
func TestWords(t *testing.T) {
	none := fakeCell{scenario: "s", strategy: "ours"}
	with := func(change func(*fakeCell)) fakeCell {
		c := none
		change(&c)
		return c
	}
	bad := func(list ...int) fakeCell { return with(func(c *fakeCell) { c.bad = list }) }
	costs := func(v value) fakeCell { return with(func(c *fakeCell) { c.costs = v }) }
	waits := func(mean, half float64) fakeCell {
		return costs(value{"waits": value{"mean": mean, "low": mean - half, "high": mean + half}})
	}
	loud := func(n int) fakeCell { return with(func(c *fakeCell) { c.loud = n }) }
	possible := with(func(c *fakeCell) { c.ordersBad = 2 })
	open := with(func(c *fakeCell) {
		c.set = value{"state": "open", "orders": value{"classes": 5, "bad": 0, "complete": false}}
	})
	stuck := with(func(c *fakeCell) {
		c.bad = first(1000)
		c.set = value{"state": "stuck", "verdicts": value{"ok": 0, "loud": 0, "unknown": 0, "stuck": 1000, "wrong": 0}}
	})
	for name, x := range map[string]struct {
		old, now fakeCell
		want     diff.Word
	}{
		"nothing":                            {none, none, diff.Same},
		"the same trials":                    {bad(3, 5), bad(3, 5), diff.Same},
		"one trial went wrong":               {none, bad(7), diff.Worse},
		"possible was seen":                  {possible, bad(7), diff.Worse},
		"no proof any more":                  {none, possible, diff.Worse},
		"loud, and then not known":           {loud(3), open, diff.Worse},
		"as many, others":                    {bad(3, 5), bad(3, 6), diff.Changed},
		"six more: 2/2^6 = 0.031":            {bad(9), bad(9, 1, 2, 3, 4, 5, 6), diff.Worse},
		"five more: 2/2^5 = 0.063":           {bad(9), bad(9, 1, 2, 3, 4, 5), diff.Changed},
		"possible, and then not known":       {possible, open, diff.Changed},
		"it tells of failures":               {none, loud(1), diff.Changed},
		"loud in a twentieth less":           {loud(400), loud(380), diff.Same},
		"loud in a fifth less":               {loud(400), loud(320), diff.Changed},
		"waits a tenth more":                 {waits(200, 1), waits(220, 1), diff.Same},
		"waits more than that":               {waits(200, 1), waits(225, 1), diff.Changed},
		"waits more, by chance":              {waits(200, 18), waits(225, 19), diff.Same},
		"sends more":                         {costs(value{"requestsPerSave": 0.72}), costs(value{"requestsPerSave": 1}), diff.Changed},
		"half a millisecond":                 {costs(value{"blocked": 0.5}), costs(value{"blocked": 1.2}), diff.Same},
		"a click in a hundred":               {none, costs(value{"unanswered": 0.01}), diff.Same},
		"two":                                {none, costs(value{"unanswered": 0.02}), diff.Changed},
		"costs of what loses mean nothing":   {bad(5, 6), with(func(c *fakeCell) { c.bad, c.costs = []int{5, 6}, value{"blocked": 99} }), diff.Same},
		"all of them stuck":                  {bad(first(1000)...), stuck, diff.Changed},
		"stuck where some went wrong":        {bad(first(900)...), stuck, diff.Worse},
		"none where nobody had a good trial": {stuck, none, diff.Better},
	} {
		there, back := compare(t, of(1000, x.old), of(1000, x.now)), compare(t, of(1000, x.now), of(1000, x.old))
		turned := map[diff.Word]diff.Word{diff.Worse: diff.Better, diff.Better: diff.Worse, diff.Changed: diff.Changed, diff.Same: diff.Same}
		if got := there.Cells[0].Word; got != x.want {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
		if got := back.Cells[0].Word; got != turned[x.want] {
			t.Errorf("%s, turned round: %v, want %v", name, got, turned[x.want])
		}
	}
}

// Of many cells one goes wrong more often by chance: of two, six more (0.031) are no
// more than a change, and seven (2/2^7 = 0.016) are.
func TestManyCells(t *testing.T) {
	calm := fakeCell{scenario: "s", strategy: "calm"}
	for more, want := range map[int]diff.Word{6: diff.Changed, 7: diff.Worse} {
		was, is := fakeCell{scenario: "s", strategy: "ours", bad: []int{0}}, fakeCell{scenario: "s", strategy: "ours", bad: first(1 + more)}
		if got := compare(t, of(100, was, calm), of(100, is, calm)).Cells[0].Word; got != want {
			t.Errorf("%d more: %v, want %v", more, got, want)
		}
	}
}

// Of nobody that is safe, the costs of those that lose next to nothing are compared.
func TestEligible(t *testing.T) {
	almost := func(blocked float64) fakeCell {
		return fakeCell{scenario: "s", strategy: "almost", ordersBad: 1, costs: value{"blocked": blocked}}
	}
	safe := fakeCell{scenario: "s", strategy: "safe"}
	if d := compare(t, of(10_000, almost(10)), of(10_000, almost(99))); d.Cells[0].Word != diff.Changed {
		t.Error("nobody is safe: its costs count")
	}
	if d := compare(t, of(10_000, almost(10), safe), of(10_000, almost(99), safe)); d.Cells[0].Word != diff.Same {
		t.Error("somebody is safe: its costs do not count")
	}
	if d := compare(t, of(1000, almost(10)), of(1000, almost(99))); d.Cells[0].Word != diff.Same {
		t.Error("of 1,000 trials nobody knows that it loses so little")
	}
}

// Trial by trial, as a dumb count has it, with as many trials in both as either has.
func TestPairs(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		trials := rapid.IntRange(1, 40).Draw(t, "trials")
		cell := func(name string, trials int) (fakeCell, map[int]bool) {
			bad := map[int]bool{}
			c := fakeCell{scenario: "s", strategy: "ours", trials: trials}
			way := rapid.IntRange(0, 3).Draw(t, name)
			for k := range trials {
				if way == 0 || way > 1 && rapid.Bool().Draw(t, name) {
					bad[k], c.bad = true, append(c.bad, k)
				}
			}
			return c, bad
		}
		own := rapid.IntRange(1, trials).Draw(t, "of the one that was too slow")
		old, was := cell("old", trials)
		now, is := cell("new", own)
		f := of(trials, now)
		f.head = value{"programs": value{"ours": value{"runs": "node 22", "of": []string{}, "bundle": "sha256:1"}}}
		d, err := diff.Compare(of(trials, old).mustRead(t), f.mustRead(t))
		if err != nil {
			t.Fatal(err)
		}
		added, gone := 0, 0
		for k := range own {
			if is[k] && !was[k] {
				added++
			}
			if was[k] && !is[k] {
				gone++
			}
		}
		if c := d.Cells[0]; c.Pairs != own || c.Added != added || c.Gone != gone || c.P != diff.McNemar(added, gone) {
			t.Errorf("%+v: want %d pairs, %d new, %d gone", c, own, added, gone)
		}
	})
}

func (f fake) mustRead(t *rapid.T) *diff.Report {
	r, err := diff.Read("a.json", strings.NewReader(f.json()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Beyond so many trials a report does not say which were bad: none and all are known,
// and of the others the shares are compared.
func TestManyTrials(t *testing.T) {
	const n = 100_001
	cell := func(bad int) fakeCell { return fakeCell{scenario: "s", strategy: "ours", bad: first(bad)} }
	for _, x := range []struct {
		old, now, pairs, added, gone int
		word                         diff.Word
	}{
		{0, 3, n, 3, 0, diff.Worse},
		{n, n - 7, n, 0, 7, diff.Better},
		{n - 7, n, n, 7, 0, diff.Worse},
		{500, 500, 0, 0, 0, diff.Same},
		{500, 520, 0, 0, 0, diff.Changed},
		{500, 700, 0, 0, 0, diff.Worse},
	} {
		d := compare(t, of(n, cell(x.old)), of(n, cell(x.now)))
		c := d.Cells[0]
		if c.Pairs != x.pairs || c.Added != x.added || c.Gone != x.gone || c.Word != x.word {
			t.Errorf("%d and %d: %v %+v", x.old, x.now, c.Word, c)
		}
		if says := strings.Join(d.Lines(200), " "); strings.Contains(says, "Newcombe") != (x.pairs == 0) {
			t.Error(says)
		}
	}
	slow := cell(0)
	slow.trials = 90_000
	short := of(n, slow)
	short.head = value{"programs": value{"ours": value{"runs": "node 22", "of": []string{}, "bundle": "sha256:1"}}}
	if c := compare(t, of(n, cell(500)), short).Cells[0]; c.Pairs != 0 || c.Difference != -500./n {
		t.Errorf("of the first 90,000 nobody knows how many were bad: %+v", c)
	}
	c := compare(t, of(n, cell(500)), of(n, cell(700))).Cells[0]
	low, high := diff.Newcombe(500, n, 700, n)
	if c.Low != low || c.High != high || c.P != diff.Fisher(500, n, 700, n) {
		t.Errorf("%+v", c)
	}
}

// What cannot be compared is refused, and the error says what to do.
func TestRefused(t *testing.T) {
	s := fakeCell{scenario: "s", strategy: "ours"}
	own := func(f fake) fake {
		f.head = value{"programs": value{"ours": value{"runs": "node 22", "of": []string{}, "bundle": ""}}}
		return f
	}
	short := s
	short.trials = 7
	failed := s
	failed.set = value{"trials": 0, "failed": "gone", "state": "none"}
	other := of(10, s)
	other.head = value{"scenarios": []value{{"name": "s", "hash": "another", "network": "own"}}}
	for _, x := range []struct {
		old, now fake
		renames  []diff.Rename
		want     string
	}{
		{of(10, s), of(20, s), nil, "old.json has 10 trials from seed 1 on, and new.json has 20 from seed 1 on: only the same trials can be compared; rerun with --seed 1 --trials 10"},
		{of(10, s), fake{seed: 2, trials: 10, cells: []fakeCell{s}}, nil, "rerun with --seed 1 --trials 10"},
		{of(10, s), other, nil, "s is another script in new.json than in old.json"},
		{of(10, short), of(10, s), nil, "old.json was interrupted: s under ours has 7 of 10 trials: make it again"},
		{of(10, s), of(10, short), nil, "new.json was interrupted"},
		{of(10, s), of(10, fakeCell{scenario: "s", strategy: "theirs"}), nil, "no scenario is in both old.json and new.json under the same strategy: --rename OLD=NEW"},
		{own(of(10, failed)), own(of(10, s)), nil, "has no figures"},
		{of(10, s), of(10, s), []diff.Rename{{"our", "ours"}}, `--rename our=ours: old.json has no strategy and no scenario "our" (did you mean "ours"?)`},
		{of(10, s), of(10, s), []diff.Rename{{"ours", "x"}}, `new.json has no strategy and no scenario "x"`},
		{of(10, s), of(10, s), []diff.Rename{{"ours", "s"}}, "one of them is a strategy and the other a scenario"},
	} {
		_, err := diff.Compare(x.old.read(t, "old.json"), x.now.read(t, "new.json"), x.renames...)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("got %v, want %s", err, x.want)
		}
	}
}

// What has two names is compared under the new one, and what else had that is left out.
func TestRename(t *testing.T) {
	a, b := fakeCell{scenario: "s", strategy: "a", bad: []int{1}}, fakeCell{scenario: "s", strategy: "b"}
	d := compare(t, of(10, a, b), of(10, a, b), diff.Rename{Old: "a", New: "b"})
	if len(d.Cells) != 1 || d.Cells[0].Strategy != "b" || d.Cells[0].Word != diff.Better || d.OnlyOld != 1 || d.OnlyNew != 1 {
		t.Errorf("%+v", d)
	}
	d = compare(t, of(10, a, b), of(10, a, b), diff.Rename{Old: "a", New: "b"}, diff.Rename{Old: "b", New: "a"})
	if len(d.Cells) != 2 || d.Cells[0].Word != diff.Worse || d.Cells[1].Word != diff.Better {
		t.Errorf("%+v", d)
	}
	z := b
	z.scenario = "z"
	now := of(10, z)
	now.head = value{"scenarios": []value{{"name": "z", "hash": "hash of s", "network": "exp 120ms / exp 80ms"}}}
	if d := compare(t, of(10, a, b), now, diff.Rename{Old: "s", New: "z"}); len(d.Cells) != 1 || d.Cells[0].Scenario != "z" {
		t.Errorf("%+v", d)
	}
}

// mixed are two reports that have something of everything.
func mixed() (old, now fake) {
	cell := func(scenario, strategy string, bad int) fakeCell {
		return fakeCell{scenario: scenario, strategy: strategy, bad: first(bad)}
	}
	old = of(10_000, cell("create-then-two-updates", "ours", 4853), cell("create-then-two-updates", "conflate", 0),
		cell("two-tabs", "ours", 0), cell("two-tabs", "conflate", 30), cell("gone", "ours", 0), cell("gone", "conflate", 0))
	now = of(10_000, cell("create-then-two-updates", "ours", 639), cell("create-then-two-updates", "conflate", 0),
		cell("two-tabs", "ours", 1), cell("two-tabs", "conflate", 31))
	now.cells[1].costs = value{"waits": value{"mean": 311, "low": 309, "high": 313}, "requestsPerSave": 0.72}
	bundle := func(of string) []value {
		return []value{{"name": "ours", "bundle": "sha256:" + of}, {"name": "conflate", "bundle": nil}}
	}
	old.head, now.head = value{"strategies": bundle("1")}, value{"strategies": bundle("2"), "program": "1.1.0", "answer": value{"strategy": "conflate"},
		"scenarios": []value{
			{"name": "create-then-two-updates", "hash": "hash of create-then-two-updates", "network": "exp 120ms / exp 80ms"},
			{"name": "two-tabs", "hash": "hash of two-tabs", "network": "p50 30ms, p90 90ms, p99 400ms / p50 30ms, p90 90ms, p99 400ms"},
		}}
	return old, now
}

// The same text at every width, and at none more than fits.
func TestLines(t *testing.T) {
	d := compare(t, fst(mixed()), snd(mixed()))
	var all strings.Builder
	for _, width := range []int{60, 80, 120, 200} {
		lines := d.Lines(width)
		for _, line := range lines {
			if len([]rune(line)) > width {
				t.Errorf("%d columns: %q", width, line)
			}
		}
		fmt.Fprintf(&all, "%d columns\n%s\n\n", width, strings.Join(lines, "\n"))
		if got, want := strings.Fields(strings.Join(lines, " ")), strings.Fields(strings.Join(d.Lines(1000), " ")); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%d columns say something else", width)
		}
	}
	testkit.Golden(t, "mixed.txt", all.String())
	text, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	testkit.Golden(t, "mixed.json", string(text)+"\n")
}

// The luck of a seed runs the other way where the head says so, for every two kinds of
// latency.
func TestLuck(t *testing.T) {
	var kinds []sim.Latency
	for _, x := range []struct {
		dist  sim.Distribution
		alpha float64
		p     []time.Duration
	}{
		{sim.Uniform, 0, []time.Duration{1e6, 9e9}}, {sim.Exponential, 0, []time.Duration{1e9}}, {sim.Lognormal, 0, []time.Duration{1e9, 9e9}},
		{sim.Pareto, 1.5, []time.Duration{1e9}}, {sim.Quantiles, 0, []time.Duration{1e9, 2e9, 9e9}},
	} {
		l, err := sim.NewLatency(x.dist, x.alpha, x.p...)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, l)
	}
	var samples []time.Duration
	for i := range 1000 {
		samples = append(samples, time.Duration(i+1)*time.Millisecond)
	}
	sampled, err := sim.NewSampled(samples)
	if err != nil {
		t.Fatal(err)
	}
	kinds = append(kinds, sampled)
	took := func(l sim.Latency, seed uint64) time.Duration {
		s := &sim.Script{Actions: []sim.Action{{Number: 1, Do: sim.Create, Up: sim.Unpinned, Down: sim.Unpinned}}, Network: sim.Network{Up: l}}
		var w sim.World
		return w.Run(s, naive(t).For(s), seed, sim.Options{}).Settled
	}
	for _, a := range kinds {
		for _, b := range kinds {
			turned := 0
			for seed := range uint64(20) {
				if (took(a, seed) < took(a, seed+1)) != (took(b, seed) < took(b, seed+1)) {
					turned++
				}
			}
			c := fakeCell{scenario: "s", strategy: "ours"}
			old, now := of(10, c), of(10, c)
			old.head, now.head = network(a.String()+" / "+a.String()), network(b.String()+" / 80ms")
			says := strings.Contains(compare(t, old, now).Lines(1000)[0], "runs the other way")
			if turned != 0 && turned != 20 || says != (turned == 20) {
				t.Errorf("%v and %v: turned for %d of 20 seeds, and the head says so: %v", a, b, turned, says)
			}
		}
	}
}

func naive(t *testing.T) strategies.Entry {
	e, err := strategies.Find("naive")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func network(text string) value {
	return value{"scenarios": []value{{"name": "s", "hash": "hash of s", "network": text}}}
}

// More than one counts at a glance are counted.
func TestManyRows(t *testing.T) {
	for n, want := range map[int]string{20: "same    0 of 20", 21: "in all  1 worse, 20 better, 0 changed"} {
		var old, now []fakeCell
		for i := range n {
			c := fakeCell{scenario: "s", strategy: fmt.Sprint(i), bad: []int{2}}
			if i == 0 {
				now, c.bad = append(now, c), nil
				old = append(old, c)
				continue
			}
			old, c.bad = append(old, c), nil
			now = append(now, c)
		}
		lines := compare(t, of(5, old...), of(5, now...)).Lines(80)
		if got := lines[len(lines)-1]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func fst(a, _ fake) fake { return a }
func snd(_, b fake) fake { return b }

// The head says what else is another, and claims of nothing that it is the same which
// nobody knows to be.
func TestHead(t *testing.T) {
	head := func(old, now value) string {
		a, b := of(10, fakeCell{scenario: "s", strategy: "ours"}), of(10, fakeCell{scenario: "s", strategy: "ours"})
		a.head, b.head = old, now
		line := compare(t, a, b).Lines(1000)[0]
		return strings.TrimPrefix(line, "old.json -> new.json   10 pairs a cell; ")
	}
	program := func(runs, bundle string) value {
		return value{"programs": value{"ours": value{"runs": runs, "of": []string{"swr 2.5.1"}, "bundle": bundle}}}
	}
	const turned = ": the luck of a seed runs the other way, so the intervals hold, but are wider"
	for _, x := range []struct {
		old, now value
		want     string
	}{
		{nil, nil, "the same program and network"},
		{nil, value{"program": "2.0.0"}, "by program 2.0.0, and before by 1.0.0; the same network"},
		{value{"program": "(devel)"}, value{"program": "(devel)"}, "both by devel, which may be two programs; the same network"},
		{value{"program": "v1+dirty"}, value{"program": "v1+dirty"}, "both by v1+dirty, which may be two programs; the same network"},
		{program("node 22", "sha256:1"), program("node 22", "sha256:1"), "the same program and network"},
		{program("node 22", "sha256:1"), program("node 22", "sha256:2"), "ours: another bundle; the same program and network"},
		{program("node 22", "sha256:1"), program("node 24", "sha256:1"), "ours: on node 24, swr 2.5.1, and before on node 22, swr 2.5.1; the same program and network"},
		{program("node 22", ""), program("node 22", ""), "ours: a command, of which nothing says whether it is another; the same program and network"},
		{network("exp 1ms / exp 2ms"), network("exp 1ms / exp 3ms"), "another network (exp 1ms / exp 3ms, and before exp 1ms / exp 2ms); the same program"},
		{network("exp 1ms / exp 2ms"), network("median 1ms, p99 9ms / 2ms"), "another network (median 1ms, p99 9ms / 2ms, and before exp 1ms / exp 2ms)" + turned + "; the same program"},
		{network("1ms to 2ms / 1ms to 2ms"), network("from 1ms, alpha 2 / exp 1ms"), "another network (from 1ms, alpha 2 / exp 1ms, and before 1ms to 2ms / 1ms to 2ms)" + turned + "; the same program"},
		{network("exp 1ms / exp 2ms"), value{"network": "p50=80ms,p90=200ms,p99=900ms", "scenarios": network("p50 3ms")["scenarios"]}, "another network (p50=80ms,p90=200ms,p99=900ms, and before each scenario its own)" + turned + "; the same program"},
		{network("one of 9 samples, p50 1ms / 1ms"), network("one of 9 samples, p50 1ms / 1ms"), "both over as many samples of the same quantiles, which may be two networks; the same program"},
		{network("exp 1ms / median 1ms, p99 9ms"), network("exp 1ms / exp 1ms"), "another network (exp 1ms / exp 1ms, and before exp 1ms / median 1ms, p99 9ms); the same program"},
	} {
		if got := head(x.old, x.now); got != x.want {
			t.Errorf("got  %s\nwant %s", got, x.want)
		}
	}
}
