package latency_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/sim"
)

// entries are requests of a recording: the i-th of n takes so many milliseconds.
func entries(method, rest string, n int, ms func(i int) float64) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,{"time":%g,"request":{"method":%q}%s}`, ms(i), method, rest)
	}
	return b.String()
}

// recording writes a HAR file.
func recording(t *testing.T, entries string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rec.har")
	if err := os.WriteFile(path, []byte(`{"log":{"entries":[`+entries[1:]+`]}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const data = `,"response":{"status":200,"content":{"mimeType":"application/json; charset=utf-8"}}`

// What is drawn as it is comes out as it was: every trial of a client that saves
// once, or reads once, takes as long as one of the round trips of its kind in the
// file, and each of them comes up as often as another.
func TestResampledRoundTrips(t *testing.T) {
	saves := func(i int) float64 { return 40 + float64(i*i)/7 }
	reads := func(i int) float64 { return 5.001 + float64(i) }
	r, err := latency.Parse(recording(t, entries("PATCH", "", 40, saves)+entries("GET", data, 30, reads)), true)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		n  int
		ms func(i int) float64
	}{"update, set: {a: 1}": {40, saves}, "fetch": {30, reads}} {
		s, err := scenarios.Parse("", []byte("name: one\ngiven: {a: 0}\nsteps: [{at: 0, do: "+name+"}]"))
		if err != nil {
			t.Fatal(err)
		}
		if s.Script.Network, err = r.On(s.Script.Network); err != nil {
			t.Fatal(err)
		}
		const each = 400
		var w sim.World
		strategy, took := testkit.Strategy(t, "naive").For(nil), map[time.Duration]int{}
		for seed := range uint64(c.n * each) {
			took[w.Run(s.Script, strategy, seed, sim.Options{}).Settled]++
		}
		if len(took) != c.n {
			t.Errorf("%s takes %d different times, and there are %d samples", name, len(took), c.n)
		}
		for i := range c.n {
			d := time.Duration(c.ms(i) * float64(time.Millisecond)).Round(time.Microsecond)
			if n := took[d]; n < each-100 || n > each+100 { // five standard deviations
				t.Errorf("%s takes %v in %d trials, not about %d", name, d, n, each)
			}
		}
	}
}

// Of more samples than are drawn each is the middle of its thousandth.
func TestThinned(t *testing.T) {
	for _, n := range []int{1000, 1001, 2345, 30_000} {
		var b strings.Builder
		for i := range n {
			fmt.Fprintln(&b, float64((i*7919)%n+1)/10) // in no order
		}
		path := filepath.Join(t.TempDir(), "samples.txt")
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := latency.Parse(path, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Errorf("%d samples: %v", n, err)
		}
		drawn := slices.Collect(r.Drawn.All)
		for i, d := range drawn {
			rank := float64(d)/float64(time.Millisecond)*10 - 1 // from 0, of the sample
			if from, to := float64(i*n)/1000, float64((i+1)*n)/1000; rank < from-1 || rank > to {
				t.Fatalf("%d samples: drawn is number %g, and its part goes from %g to %g", n, rank, from, to)
			}
		}
		if len(drawn) != 1000 || r.Samples != n {
			t.Errorf("%d of %d samples are drawn", len(drawn), r.Samples)
		}
	}
}

// A recording has reads of their own: what scripts asked for, and not what comes
// with a page or out of the cache. Both kinds are fitted, or drawn, and told.
func TestReadsOfARecording(t *testing.T) {
	ms := func(x float64) func(int) float64 { return func(int) float64 { return x } }
	all := entries("PUT", "", 30, ms(80)) + entries("GET", data, 20, ms(30)) +
		entries("GET", `,"_resourceType":"fetch"`, 5, ms(40)) + // one of the last tenth
		entries("GET", `,"_resourceType":"image"`+data, 50, ms(900)) +
		entries("GET", `,"_resourceType":"xhr","_fromCache":"memory"`, 50, ms(0)) +
		entries("GET", `,"_resourceType":"xhr","response":{"status":0}`, 3, ms(1)) +
		entries("GET", "", 50, ms(900)) + entries("OPTIONS", data, 50, ms(900))
	path := recording(t, all)
	fitted, err := latency.Parse(path, false)
	if err != nil {
		t.Fatal(err)
	}
	m := time.Millisecond
	want := latency.RoundTrip{
		Measured: latency.Measured{P50: 80 * m, P90: 80 * m, P99: 80 * m, Samples: 30},
		Reads:    latency.Measured{P50: 30 * m, P90: 40 * m, P99: 40 * m, Samples: 25, Failed: 3}, From: path,
	}
	if fitted != want {
		t.Errorf("%+v, want %+v", fitted, want)
	}
	drawn, err := latency.Parse(path, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		latency.RoundTrip
		says []string
	}{
		{fitted, []string{"Latencies are your own: round trips of saves with p50 80ms", "Reads have their own: round trips with p50 30ms, p90 40ms",
			"those of 30 saves and 25 reads in " + path, "3 requests that failed", "the 99th percentile is only the greatest"}},
		{drawn, []string{"the round trip of saves is one of 30 samples in " + path + " (p50 80ms", "That of reads is one of 25 samples in the same file (p50 30ms, p90 40ms, p99 40ms, the longest 40ms).",
			"3 requests that failed"}},
	} {
		says := strings.Join(c.Says(func(text string) string { return text }), "\n")
		for _, s := range c.says {
			if !strings.Contains(says, s) {
				t.Errorf("%q is not in\n%s", s, says)
			}
		}
		if err := c.Check(); err != nil {
			t.Error(err)
		}
		net, err := c.On(sim.Network{})
		if err != nil || !net.Read.Up.Said || net.Read.Up.Latency == net.Up || net.Paired != c.Resampled() {
			t.Errorf("%+v, %v", net, err)
		}
	}
}

// Too few reads take what saves take, and it is said.
func TestFewReads(t *testing.T) {
	ms := func(int) float64 { return 80 }
	r, err := latency.Parse(recording(t, entries("PUT", "", 30, ms)+entries("GET", data, 19, ms)), true)
	if err != nil || r.Apart() || r.Reads.Samples != 19 || r.Check() != nil {
		t.Fatalf("%+v, %v, %v", r, err, r.Check())
	}
	if says := strings.Join(r.Says(strings.ToLower), "\n"); !strings.Contains(says, "Its 19 reads are too few") {
		t.Error(says)
	}
}

// What a command is told makes it draw the same, and what is written down is the
// same when it is read again.
func TestFlags(t *testing.T) {
	var table strings.Builder
	table.WriteString("url,rtt\n")
	for i := range 30 {
		fmt.Fprintf(&table, "x,%d\n", 80+i)
	}
	csv := filepath.Join(t.TempDir(), "samples.csv")
	if err := os.WriteFile(csv, []byte(table.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	har := recording(t, entries("PUT", "", 30, func(i int) float64 { return 80 + float64(i) })+entries("GET", data, 20, func(i int) float64 { return 7 }))
	for _, from := range []string{csv + "#rtt", har, "p50=80ms,p90=90ms,p99=1s,read-p50=7ms,read-p90=8ms,read-p99=9ms"} {
		for _, resample := range []bool{false, true} {
			if strings.Contains(from, "=") && resample {
				if _, err := latency.Parse(from, true); err == nil || !strings.Contains(err.Error(), "no samples to draw") {
					t.Error(err)
				}
				continue
			}
			r, err := latency.Parse(from, resample)
			if err != nil {
				t.Fatal(err)
			}
			flags := r.Flags()
			again, err := latency.Parse(flags[1], slices.Contains(flags, "--resample"))
			one, err1 := r.On(sim.Network{})
			other, err2 := again.On(sim.Network{})
			if err != nil || err1 != nil || err2 != nil || one != other {
				t.Errorf("%v draws other latencies than %s: %v, %v, %v", flags, from, err, err1, err2)
			}
			var read latency.RoundTrip
			text, err := json.Marshal(r)
			if err == nil {
				err = json.Unmarshal(text, &read)
			}
			if err != nil || read != r {
				t.Errorf("%s is read as %+v, %v", text, read, err)
			}
		}
	}
}

// What was written down of samples that are drawn is held to itself.
func TestDrawnIsNotBelieved(t *testing.T) {
	r, err := latency.Parse(recording(t, entries("PUT", "", 30, func(i int) float64 { return 80 + float64(i) })), true)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := sim.NewSamples(make([]time.Duration, 30))
	few, _ := sim.NewSamples(make([]time.Duration, 29))
	for name, change := range map[string]func(*latency.RoundTrip){
		"other samples":           func(r *latency.RoundTrip) { r.Drawn = other },
		"too few":                 func(r *latency.RoundTrip) { r.Drawn = few },
		"of quantiles":            func(r *latency.RoundTrip) { r.Samples, r.From = 0, "" },
		"of nowhere":              func(r *latency.RoundTrip) { r.From = "" },
		"a median of another":     func(r *latency.RoundTrip) { r.P50++ },
		"reads that are not both": func(r *latency.RoundTrip) { r.Reads = latency.Measured{P50: 1, P90: 1, P99: 1, Samples: 30} },
		"too many to be few":      func(r *latency.RoundTrip) { r.Reads.Samples = 20 },
		"failed less than never":  func(r *latency.RoundTrip) { r.Reads.Failed = -1 },
	} {
		is := r
		if change(&is); is.Check() == nil {
			t.Errorf("%s: %+v is believed", name, is)
		}
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
}
