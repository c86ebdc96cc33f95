package latency_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/sim"
)

func TestParseQuantiles(t *testing.T) {
	want := latency.RoundTrip{Measured: latency.Measured{P50: 80 * time.Millisecond, P90: 200 * time.Millisecond, P99: 900 * time.Millisecond}}
	for _, text := range []string{"p50=80ms,p90=200ms,p99=900ms", "p99=.9s, p50=80ms, p90=200ms", "p50=80,p90=200,p99=900", "p50=80,p90=.2s,p99=900.0"} {
		got, err := latency.Parse(text, false)
		if err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if got, err := latency.Parse(want.String(), false); err != nil || got != want {
		t.Errorf("%v is read as %v, %v", want, got, err)
	}
	for text, says := range map[string]string{
		"p50=80ms,p90=200ms":                     "p99 is missing",
		"p50=80ms,p90=20ms,p99=1s":               "must ascend",
		"p50=80x,p90=200ms,p99=1s":               "p50=80x: want a duration",
		"p50=,p90=200ms,p99=1s":                  "p50=: want a duration",
		"p50=0,p90=200,p99=900":                  "p50=0: want a duration above 0",
		"p50=80,p90=NaN,p99=900":                 "p90=NaN: want a duration",
		"p50=80,p90=200,p99=86400001":            "want a duration above 0 and up to 24h0m0s, as 80ms, or milliseconds, as 80",
		"p50=80ms,p95=200ms,p99=1s":              `"p95" is none of`,
		"p50=80ms,p50=90ms,p90=1s,p99=2s":        "p50 is there twice",
		"p50=-1ms,p90=1s,p99=2s":                 "want a duration above 0",
		"p50=1ms,p90=1s,p99=99999999h":           "want a duration above 0 and up to",
		"p50=80ms,p90=200ms,p99=900ms,\x1b[31m=": "is none of",
		"no-such-file.csv":                       "no such file",
	} {
		if _, err := latency.Parse(text, false); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", text, err, says)
		}
	}
}

// The sum of two legs that are drawn one by one has the quantiles that were
// asked for: measured by trials of a client that saves once.
func TestLegsMakeTheRoundTrip(t *testing.T) {
	ms := func(p50, p90, p99 float64) latency.Measured {
		d := func(x float64) time.Duration { return time.Duration(x * float64(time.Millisecond)) }
		return latency.Measured{P50: d(p50), P90: d(p90), P99: d(p99)}
	}
	e := testkit.Strategy(t, "naive")
	s, err := scenarios.Parse("", []byte("name: one\nsteps: [{at: 0, do: create}]"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []latency.Measured{ms(80, 200, 900), ms(100, 110, 120), ms(1, 5, 200), ms(70, 180, 400), ms(50, 50, 50)} {
		leg, drawn, err := r.Legs()
		if err != nil {
			t.Fatal(err)
		}
		script := *s.Script
		script.Network.Up, script.Network.Down = leg, leg
		const n = 20_000
		var w sim.World
		var below [3]int
		strategy := e.For(nil)
		for seed := range uint64(n) {
			took := w.Run(&script, strategy, seed, sim.Options{}).Settled
			for i, q := range []time.Duration{drawn.P50, drawn.P90, drawn.P99} {
				if took <= q+time.Microsecond {
					below[i]++
				}
			}
		}
		for i, p := range []float64{0.5, 0.9, 0.99} {
			if got := float64(below[i]) / n; r.P50 != r.P99 && math.Abs(got-p) > 5*math.Sqrt(p*(1-p)/n) {
				t.Errorf("%v: %.4f of the round trips are below the %v quantile", r, got, p)
			}
			want, got := []time.Duration{r.P50, r.P90, r.P99}[i], []time.Duration{drawn.P50, drawn.P90, drawn.P99}[i]
			if off := math.Abs(float64(got)/float64(want) - 1); off > 0.06 {
				t.Errorf("%v is drawn as %v", r, drawn)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	var lines, table, semicolons, list, texts, objects, har strings.Builder
	table.WriteString("url,latency_ms\n")
	semicolons.WriteString("when;rtt\n")
	for i := 1; i <= 100; i++ {
		fmt.Fprintf(&lines, "%d\r\n", i)
		fmt.Fprintf(&table, "\"a,b\",%d.0\n", i)
		fmt.Fprintf(&semicolons, "x;%dms\n", i)
		fmt.Fprintf(&list, ",%d", i)
		fmt.Fprintf(&texts, ",\"%dms\"", i)
		fmt.Fprintf(&objects, `,{"x":1,"latency":%d}`, i)
		fmt.Fprintf(&har, `,{"time":9999,"request":{"method":"PATCH"},"timings":{"blocked":500,"send":0,"wait":%d,"receive":1}},{"time":1,"request":{"method":"GET"}}`, i-1)
	}
	dir := t.TempDir()
	files := map[string]string{
		"lines.txt": lines.String(), "table.csv": table.String(), "semicolons.csv#rtt": semicolons.String(),
		"list.json": "[" + list.String()[1:] + "]", "texts.json": "[" + texts.String()[1:] + "]",
		"objects.json": "[" + objects.String()[1:] + "]", "rec.har": `{"log":{"entries":[` + har.String()[1:] + "]}}",
		"bom.txt": "\ufeff" + lines.String(),
	}
	for name, data := range files {
		path, _, _ := strings.Cut(filepath.Join(dir, name), "#")
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := latency.Parse(filepath.Join(dir, name), false)
		want := latency.RoundTrip{Measured: latency.Measured{P50: 50 * time.Millisecond, P90: 90 * time.Millisecond, P99: 99 * time.Millisecond, Samples: 100}, From: path}
		if _, column, named := strings.Cut(name, "#"); named {
			want.Column = column
		}
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestBrokenFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samples")
	many := strings.Repeat("80\n", 30)
	for data, says := range map[string]string{
		"":                         "it is empty",
		"1\n2\n3\n":                "only 3 samples",
		many + "fast\n":            `line 31: "fast" is no latency`,
		many + "-5\n":              `line 31: "-5" is no latency`,
		many + "NaN\n":             `"NaN" is no latency`,
		many + "\x1b[31m\n":        `"\x1b[31m" is no latency`,
		"a,b\n1,2\n":               "which of the columns a, b",
		"x,rtt\n1,2\n3\n":          "line 3 has 1 fields",
		"rtt,x,RTT\n1,2,3\n":       `two columns are called "rtt"`,
		strings.Repeat("0\n", 30):  "half of the samples are 0",
		"[1, 2":                    "it begins as JSON, but",
		"[1, true]":                "element 2: it is no latency",
		`[{"a": 1}]`:               "which of its keys",
		`[{"ms": 1, "ms": 9}]`:     `element 1: the key "ms" is there twice`,
		`{"log": {"entries": []}}`: "neither a list of samples nor a HAR file",
		`{"log": {"entries": [{"request": {"method": "GET"}}]}}`:                                       "none of its 1 requests",
		`{"log": {"entries": [{"time": 7, "request": {"method": "PUT"}, "response": {"status": 0}}]}}`: "all 1 of its requests that save something failed",
	} {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := latency.Parse(path, false); err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%.30q: %v, want %s", data, err, says)
		}
	}
}

// Of two columns of one name neither is taken. A file may have others that
// nobody asked for.
func TestColumnsOfOneName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "table.csv")
	table := "url,rtt,url,ttfb,ttfb\n" + strings.Repeat("a,80,b,1,2\n", 30)
	if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, err := latency.Parse(path+"#rtt", false); err != nil || r.P50 != 80*time.Millisecond {
		t.Errorf("%v, %v", r, err)
	}
	if _, err := latency.Parse(path+"#ttfb", false); err == nil || !strings.Contains(err.Error(), `two columns are called "ttfb": rename`) {
		t.Error(err)
	}
}

// A request that failed made no round trip: it is left out, and said to be.
// Only those count that would have saved something, and an answer with an error
// is an answer.
func TestFailedRequests(t *testing.T) {
	request := func(method, status string) string {
		return fmt.Sprintf(`,{"time":80,"request":{"method":%q},"response":{"status":%s}}`, method, status)
	}
	entries := strings.Repeat(request("PUT", "200"), 29) + request("PUT", "500") +
		strings.Repeat(strings.Replace(request("POST", "0"), ":80", ":1", 1), 40) + request("GET", "0")
	path := filepath.Join(t.TempDir(), "rec.har")
	if err := os.WriteFile(path, []byte(`{"log":{"entries":[`+entries[1:]+"]}}"), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := latency.Parse(path, false)
	ms := 80 * time.Millisecond
	if want := (latency.RoundTrip{Measured: latency.Measured{P50: ms, P90: ms, P99: ms, Samples: 30, Failed: 40}, From: path}); err != nil || r != want {
		t.Fatalf("%+v, %v, want %+v", r, err, want)
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	says := strings.Join(r.Says(func(text string) string { return text }), "\n")
	if !strings.Contains(says, "those of 30 samples in "+path+".") || !strings.Contains(says, "40 requests that failed (status 0: no answer came) are left out.") {
		t.Error(says)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"p50=80ms,p90=200ms,p99=900ms", "[1]", "1,2\n", `{"log":{}}`} {
		f.Add(seed)
	}
	path := filepath.Join(f.TempDir(), "samples")
	testkit.Fuzz(f, func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{path, text} {
			for _, resample := range []bool{false, true} {
				r, err := latency.Parse(from, resample)
				if err != nil {
					continue
				}
				if err := r.Check(); err != nil {
					t.Errorf("%v is refused when it is read again: %v", r, err)
				}
				if _, err := r.On(sim.Network{}); err != nil {
					t.Errorf("%v has no legs: %v", r, err)
				}
			}
		}
	})
}
