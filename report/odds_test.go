package report

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit"
	"photofinish/internal/testkit/property"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

func scenarioFile(t testing.TB, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOddsDoNotDependOnWorkers(t *testing.T) {
	all := scenarios.All()
	property.Check(t, func(r *rapid.T) {
		s := rapid.SampledFrom(all).Draw(r, "scenario").Script
		e := testkit.Strategy(t, rapid.SampledFrom(strategies.Names()).Draw(r, "strategy"))
		o := Options{Seed: rapid.Uint64Max(1<<52).Draw(r, "seed"), Trials: rapid.IntRange(1, 1500).Draw(r, "trials")}
		want := Estimate(context.Background(), s, e, o)
		o.Workers = rapid.IntRange(2, 5).Draw(r, "workers")
		if got := Estimate(context.Background(), s, e, o); got != want {
			r.Fatalf("%d workers: %+v\none: %+v", o.Workers, got, want)
		}
		if want.Trials != o.Trials {
			r.Fatalf("%d trials instead of %d", want.Trials, o.Trials)
		}
	})
}

// The odds are those of replays without pins, one by one.
func TestOddsCountReplays(t *testing.T) {
	s, trials := scenarioFile(t, "everything.yaml").Script, testkit.Sample(100, 40, 10)
	for _, name := range strategies.Names() {
		var want Odds
		for seed := uint64(7); seed < uint64(7+trials); seed++ {
			trial := Replay("", s.Unpinned(), testkit.Strategy(t, name), seed)
			want.Verdicts[trial.Verdict]++
			for k := range want.Kinds {
				want.Kinds[k] += int(trial.Kinds() >> k & 1)
			}
		}
		got := Estimate(context.Background(), s, testkit.Strategy(t, name), Options{Seed: 7, Trials: trials, Workers: 2})
		if got.Verdicts != want.Verdicts || got.Kinds != want.Kinds {
			t.Errorf("%s: %v %v, want %v %v", name, got.Verdicts, got.Kinds, want.Verdicts, want.Kinds)
		}
	}
}

// A cancelled run has done the first trials, without a gap.
func TestCancelledOdds(t *testing.T) {
	s, e := scenarioFile(t, "small.yaml").Script, testkit.Strategy(t, "naive")
	ctx, cancel := context.WithCancel(context.Background())
	got := Estimate(ctx, s, e, Options{Seed: 1, Trials: 1 << 30, Workers: 3, Progress: func(int) { cancel() }})
	if got.Trials == 0 || got.Trials == 1<<30 {
		t.Fatalf("%d trials", got.Trials)
	}
	want := Estimate(context.Background(), s, e, Options{Seed: 1, Trials: got.Trials})
	if want.BadAt = ""; got != want { // more were asked for than are noted one by one
		t.Errorf("cancelled: %+v\nonly that far: %+v", got, want)
	}
	if none := Estimate(ctx, s, e, Options{Trials: 1000}); none != (Odds{}) {
		t.Errorf("after the end: %+v", none)
	}
}

// Two updates sent g apart over exponential legs of mean m change places with
// probability ½·e^(−g/m).
func TestOddsAgreeWithTheory(t *testing.T) {
	s := scenarioFile(t, "small.yaml").Script
	o := Estimate(context.Background(), s, testkit.Strategy(t, "naive"), Options{Seed: 1, Trials: 40_000, Workers: 2})
	want := 0.5 * math.Exp(-0.5)
	if low, high := o.Interval(); want < low || want > high {
		t.Errorf("%v is outside of %v to %v", want, low, high)
	}
}

func TestTrialsDoNotAllocate(t *testing.T) {
	testkit.Alone(t)
	trials := testkit.Sample(300, 100, 50)
	for _, name := range testkit.Size(strategies.Names(), strategies.Default()) {
		if name == "implicit-callbacks" {
			continue // each chain is a coroutine of its own
		}
		w := &tally{script: scenarioFile(t, "everything.yaml").Script.Unpinned(), strategy: testkit.Strategy(t, name).For(nil), bench: new(bench)}
		w.run(1, trials)
		if n := testing.AllocsPerRun(5, func() { w.run(1, trials) }); n > 0 {
			t.Errorf("%s: %v allocations in %d trials", name, n, trials)
		}
	}
}

func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{0, 0, 0, 1}, {0, 10_000, 0, 0.000384}, {10_000, 10_000, 0.999616, 1},
		{50, 100, 0.403832, 0.596168}, {1, 10, 0.017876, 0.404150},
	} {
		low, high := Wilson(c.k, c.n)
		if math.Abs(low-c.low) > 1e-6 || math.Abs(high-c.high) > 1e-6 {
			t.Errorf("Wilson(%d, %d) = %.6f, %.6f, want %.6f, %.6f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// The percentiles are less than 1 % below the exact ones, however the
// durations were dealt out.
func TestHistogram(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(0, 1<<rapid.IntRange(0, 50).Draw(t, "bits")).Draw(t, "µs"))
		}), 1, 200).Draw(t, "durations")
		var parts [3]histogram
		for _, d := range all {
			parts[rapid.IntRange(0, 2).Draw(t, "part")].add(d)
		}
		parts[2].merge(&parts[0])
		parts[2].merge(&parts[1])
		slices.Sort(all)
		for _, p := range []int{1, 50, 99, 100} {
			exact := all[(len(all)*p+99)/100-1]
			if got := parts[2].percentile(p); got > exact || float64(got) < 0.99*float64(exact)-float64(time.Microsecond) {
				t.Fatalf("p%d of %v is %v, got %v", p, all, exact, got)
			}
		}
	})
}

func BenchmarkOdds(b *testing.B) {
	s, err := scenarios.Load("testdata/small.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			Estimate(context.Background(), s.Script, testkit.Strategy(b, "naive"), Options{Trials: b.N, Workers: workers})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "trials/s")
		})
	}
}

// The longest time there can be still has a bucket.
func TestLongestDuration(t *testing.T) {
	if b := bucket(math.MaxInt64); b != buckets-1 {
		t.Errorf("bucket %d of %d", b, buckets)
	}
	if b := bucket(sim.MaxLatency); b >= buckets-1 {
		t.Errorf("a day is in the last bucket")
	}
}
