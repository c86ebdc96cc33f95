package sim

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSamples(t *testing.T) {
	s, err := NewSamples([]time.Duration{80*ms + 499, 0, 95500 * time.Microsecond, 80 * ms})
	if err != nil {
		t.Fatal(err)
	}
	want := []time.Duration{0, 80 * ms, 80 * ms, 95500 * time.Microsecond}
	if got := slices.Collect(s.All); !slices.Equal(got, want) || s.Len() != 4 {
		t.Errorf("%v, want %v", got, want)
	}
	if text, _ := s.MarshalText(); string(text) != "0s 80ms 80ms 95.5ms" {
		t.Errorf("%s", text)
	}
	var again Samples
	if err := again.UnmarshalText([]byte("95.5ms 80ms  0s 80ms")); err != nil || again != s {
		t.Errorf("%v, %v", again, err)
	}
	for text, says := range map[string]string{
		"": "from 1 to 1000 samples, and not 0", strings.Repeat("1ms ", MaxSamples+1): "and not 1001",
		"1ms -1ms": "from -1ms to 1ms", "1ms 25h": "from 1ms to 25h0m0s", "1ms 2": `"2" is no duration`,
	} {
		if err := again.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.20q: %v, want %s", text, err, says)
		}
	}
}

// Of every delay a draw returns the one whose turn it is, the first and the last
// included, and allocates nothing.
func TestSamplesOfLuck(t *testing.T) {
	l := sampled(hundred)
	for i := range uint64(100) {
		for _, luck := range []uint64{i*(1<<64/100) + 1<<40, (i+1)*(1<<64/100) - 1<<40} {
			if got := l.Samples.of(luck); got != time.Duration(i+1)*ms {
				t.Errorf("%#x is %v, want %v", luck, got, time.Duration(i+1)*ms)
			}
		}
	}
	if got := l.Samples.of(1<<64 - 1); got != 100*ms {
		t.Errorf("the most luck is %v", got)
	}
	from := newLuck(1)
	if n := testing.AllocsPerRun(100, func() { l.draw(from, drawUp) }); n > 0 {
		t.Errorf("a draw allocates %v times", n)
	}
}

// What is longer by a factor draws delays that are longer by that factor.
func TestTimes(t *testing.T) {
	for _, s := range shapes {
		long, err := s.latency.Times(2)
		if err != nil {
			t.Fatal(err)
		}
		for i := range uint64(100) {
			d, twice := s.latency.draw(newLuck(i), drawUp), long.draw(newLuck(i), drawUp)
			if off := twice - 2*d; off < -time.Microsecond || off > time.Microsecond {
				t.Errorf("%s: %v becomes %v", s.name, d, twice)
			}
		}
	}
	if zero, err := (Latency{}).Times(8); err != nil || zero != (Latency{}) {
		t.Errorf("%v, %v", zero, err)
	}
}

// Legs that are the halves of round trips add up to one of them where an answer has
// the luck of its request; and those of a read to one of the reads'.
func TestPairedLegs(t *testing.T) {
	reads := []time.Duration{3 * ms, 5 * ms, 9 * ms}
	s := &Script{Network: Network{
		Up: sampled(hundred), Down: sampled(hundred), Paired: true,
		Read: Apart{Up: Own{true, sampled(reads)}, Down: Own{true, sampled(reads)}},
	}}
	for n := range MaxActions {
		s.Actions = append(s.Actions, Action{Number: n + 1, Do: []Do{Update, Fetch}[n%2], Up: Unpinned, Down: Unpinned})
	}
	seen := map[time.Duration]int{}
	for seed := range uint64(500) {
		for _, a := range s.Drawn(seed).Actions {
			if a.Up != a.Down || a.Do == Fetch && !slices.Contains(reads, a.Up) {
				t.Fatalf("a %v takes %v, and its answer %v", a.Do, a.Up, a.Down)
			}
			if a.Do == Update {
				seen[a.Up]++
			}
		}
	}
	for _, d := range hundred { // 16,000 draws: 160 each, ±13
		if n := seen[d]; n < 100 || n > 220 {
			t.Errorf("%v was drawn %d times of 16,000", d, n)
		}
	}
}
