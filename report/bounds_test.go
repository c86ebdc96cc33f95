package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"photofinish/internal/testkit"
	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// wholeText is a whole run of two scenarios as it is written down, over
// latencies of one's own if there are any.
func wholeText(t testing.TB, own latency.RoundTrip) []byte {
	t.Helper()
	ss, es := some(t, "create-then-two-updates", "create-then-update")
	for i := range ss {
		if own == (latency.RoundTrip{}) {
			break
		}
		var err error
		if ss[i], err = WithLatency(ss[i], own); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Seed: 5, Trials: 60, SavesADay: 7, Latency: own}
	return partialText(t, NewPartial(ss, append(es, testkit.Strategy(t, "callbacks")), o, 1, 1))
}

var measured = latency.RoundTrip{
	Measured: latency.Measured{P50: 80 * time.Millisecond, P90: 200 * time.Millisecond, P99: 900 * time.Millisecond, Samples: 40, Failed: 2},
	Reads:    latency.Measured{P50: 30 * time.Millisecond, P90: 50 * time.Millisecond, P99: 60 * time.Millisecond, Samples: 25, Failed: 1},
	From:     "samples.har",
}

// text runs a share and writes it down.
func partialText(t testing.TB, p *Partial) []byte {
	t.Helper()
	if err := p.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Write(&b, "v1"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// changed returns the text with a figure changed, at a path of keys and places.
func changed(t *testing.T, data []byte, value any, path ...any) []byte {
	t.Helper()
	root := decoded(t, data)
	change(root, value, path)
	return encoded(t, root)
}

func decoded(t *testing.T, data []byte) (root any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	return root
}

func encoded(t *testing.T, root any) []byte {
	t.Helper()
	out, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// change puts a value at a path of keys and places, and returns what was there.
func change(at, value any, path []any) (was any) {
	switch k := path[0].(type) {
	case string:
		m := at.(map[string]any)
		if was = m[k]; len(path) == 1 {
			m[k] = value
		}
	case int:
		l := at.([]any)
		if was = l[k]; len(path) == 1 {
			l[k] = value
		}
	}
	if len(path) > 1 {
		return change(was, value, path[1:])
	}
	return was
}

// figures yields the path of every number in a JSON value.
func figures(v any, path []any, yield func([]any)) {
	switch v := v.(type) {
	case json.Number:
		yield(slices.Clone(path))
	case []any:
		for i, inner := range v {
			figures(inner, append(path, i), yield)
		}
	case map[string]any:
		for k, inner := range v {
			figures(inner, append(path, k), yield)
		}
	}
}

// Whatever figure of a share is made negative, or absurd, or no whole number,
// the share is refused. A figure that is new is tried by itself.
func TestNoFigureOfAPartialIsBelieved(t *testing.T) {
	testkit.Alone(t)
	tried := everyFigure(t, wholeText(t, latency.RoundTrip{}), func(path []any) bool {
		if path[0] == "cells" && !testkit.All() && (path[1] != path[2].(int)/3 || path[2].(int)%3 > 0) {
			return true // of the eight cells one that goes wrong, and one that blocks
		}
		// A histogram has hundreds of buckets, all alike.
		return slices.Index(path, any("settled")) == len(path)-3 && path[len(path)-2] != 0
	})
	tried += everyFigure(t, wholeText(t, measured), func(path []any) bool { return path[0] != "Latency" })
	if tried < 90 {
		t.Errorf("only %d figures were found", tried)
	}
}

// everyFigure tries the figures that are not to be skipped, and returns how
// many they are.
func everyFigure(t *testing.T, data []byte, skip func(path []any) bool) (tried int) {
	t.Helper()
	if _, err := ReadPartial(bytes.NewReader(data), "v1", strategies.Catalogue); err != nil {
		t.Fatal(err)
	}
	root := decoded(t, data)
	figures(root, nil, func(path []any) {
		if skip(path) {
			return
		}
		if tried++; testing.Short() && tried%8 > 0 {
			return
		}
		for _, value := range testkit.Some([]any{-1, 1 << 61, 0.5}, 1) {
			if path[len(path)-1] == "Orders" && value == 1<<61 {
				continue // so many there can be
			}
			was := change(root, value, path)
			_, err := ReadPartial(bytes.NewReader(encoded(t, root)), "v1", strategies.Catalogue)
			change(root, was, path)
			if err == nil {
				t.Errorf("%v may be %v", path, value)
			} else if strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%v: %q is no line", path, err)
			}
		}
	})
	return tried
}

// Figures that are possible, each for itself, and not together.
func TestFiguresOfAPartialAgree(t *testing.T) {
	testkit.Alone(t)
	data, drawn := wholeText(t, latency.RoundTrip{}), wholeText(t, measured)
	p, err := ReadPartial(bytes.NewReader(data), "v1", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	// Naive goes wrong in the first scenario; callbacks does not in the second, and blocks.
	naive, callbacks := p.cells[0][0].sum, p.cells[1][3]
	wrong := naive.Verdicts[judge.Wrong]
	if wrong == 0 || naive.Verdicts[judge.OK] == 0 || callbacks.sum.Bad() != 0 || callbacks.blocked == 0 || p.orders[0][0].RaceFree() {
		t.Fatalf("the scenarios are not what they were: %+v, %+v, %+v", naive, callbacks.sum, p.orders[0][0])
	}
	cell := func(path ...any) []any { return append([]any{"cells", 0, 0}, path...) }
	good, ok := func(path ...any) []any { return append([]any{"cells", 1, 3, "ok"}, path...) }, &callbacks.costs.good[judge.OK]
	says, last := fmt.Sprintf("badAt does not fit %d bad trials of 60", wrong), 59
	for !p.cells[0][0].badAt.has(last) {
		last--
	}
	moved := func(from, to int) badAt { // to none, if it is the same
		b := slices.Clone(p.cells[0][0].badAt)
		b[from/8] &^= 1 << (from % 8)
		if from != to {
			b.add(to, 64)
		}
		return b
	}
	type lie struct {
		says  string
		value any
		path  []any
	}
	for _, x := range testkit.Some([]lie{
		{"create-then-two-updates under naive: verdicts adds up to", naive.Verdicts[judge.OK] - 1, cell("verdicts", 0)},
		{"verdicts has 4 counts", []int{59, 0, 0, 1}, cell("verdicts")},
		{"verdicts has 6 counts", append(slices.Clone(naive.Verdicts[:]), 0), cell("verdicts")},
		{"kinds has 3 counts", []int{0, 0, 0}, cell("kinds")},
		{"trials with monotonic-writes, and at most", wrong + 1, cell("kinds", int(judge.MonotonicWrites))},
		{"and kinds says why of 0", make([]int, len(judge.Kinds)), cell("kinds")},
		{"first is not there, and", nil, cell("first")},
		{"first is there, and no trial", map[string]int{"seed": 5, "verdict": 4, "kinds": 1}, []any{"cells", 1, 3, "first"}},
		{"first has seed 4", 4, cell("first", "seed")},
		{"first has seed 65", 65, cell("first", "seed")},
		{"does not end so", int(judge.Stuck), cell("first", "verdict")},
		{"does not end so", 1 << judge.StaleRead, cell("first", "kinds")},
		{fmt.Sprintf("naive: settled adds up to 1 trials, of %d", wrong), []any{[]int{0, 1, 0}}, cell("settled")},
		{"settled has [7 1 8000] after bucket -1", []any{[]int{7, 1, 8000}}, cell("settled")},
		{"settled has [3 1 3000] after bucket 3", []any{[]int{3, 1, 3000}, []int{3, 1, 3000}}, cell("settled")},
		{"settled has [3 60]", []any{[]int{3, 60}}, cell("settled")},
		{"settled has [3 60 3000]", []any{[]int{3, 60, 3000}}, cell("settled")},
		{"callbacks: ok: settled adds up to 1 trials, of 60", []any{[]int{0, 1, 0}}, good("settled")},
		{"ok is there: false, and 60 trials end so", nil, []any{"cells", 1, 3, "ok"}},
		{"loud is there: true, and 0 trials end so", map[string]any{}, []any{"cells", 1, 3, "loud"}},
		{"clicks is 121, of 60 trials with 2 actions", 121, good("clicks")},
		{"means is 60, for 10 answers", 10, good("clicks")},
		{"unanswered is 121, of 120 clicks", 121, good("unanswered")},
		{"means is 59, for 120 answers", 59, good("means")},
		{"means is 61, for 120 answers", 61, good("means")},
		{fmt.Sprintf("sum is %d µs of 60 means, and waits 0", ok.sum), 0, good("waits")},
		{"waits is 9000000000 µs", 9_000_000_000, good("waits")},
		{fmt.Sprintf("sum is %d µs of", ok.waits+1), ok.waits + 1, good("sum")},
		{"sum is 1 µs of", 1, good("sum")},
		{"squares is 1, of 60 means", 1, good("squares", 1)},
		{"squares is 184467", 1, good("squares", 0)},
		{"ok: blocked is 9000000000 µs", 9_000_000_000, good("blocked")},
		{fmt.Sprintf("blocked is %d µs, and %d of the good", callbacks.blocked, ok.blocked-1), ok.blocked - 1, good("blocked")},
		{fmt.Sprintf("blocked is %d µs, and %d of the good", ok.blocked+1, ok.blocked), ok.blocked + 1, []any{"cells", 1, 3, "blocked"}},
		{fmt.Sprintf("sent is %d, of %d requests", callbacks.requests+1, callbacks.requests), callbacks.requests + 1, []any{"cells", 1, 3, "sent"}},
		{"saves is 121, of 120 clicks", 121, []any{"cells", 1, 3, "saves"}},
		{"impeded is 61, of 60 trials", 61, []any{"cells", 1, 3, "impeded"}},
		{"answered is 121, and 120 of the good", 121, []any{"cells", 1, 3, "answered"}},
		{"answered is 0, and", 0, cell("answered")},
		{fmt.Sprintf("waited is %d µs, and %d of the good", ok.waits+1, ok.waits), ok.waits + 1, []any{"cells", 1, 3, "waited"}},
		{"waited is 9000000000 µs", 9_000_000_000, cell("waited")},
		{says, nil, cell("badAt")},
		{says, badAt([]byte{1, 2}), cell("badAt")},
		{says, moved(int(naive.FirstBad.Seed-5), 60), cell("badAt")},
		{says, moved(last, 60), cell("badAt")},
		{says, moved(last, last), cell("badAt")},
		{"badAt does not fit 0 bad trials of 60", "AAAAAAAAAAA=", []any{"cells", 1, 3, "badAt"}},
		{"blocked is 9000000000 µs", 9_000_000_000, []any{"cells", 1, 3, "blocked"}},
		{"requests is 12000001", 12_000_001, cell("requests")},
		{"orders has -1 that end wrong", -1, cell("orders", "Verdicts", int(judge.Wrong))},
		{"orders adds up to", 0, cell("orders", "Verdicts", int(judge.Wrong))},
		{"complete false", false, cell("orders", "Complete")},
		{"orders has 8 blocked and 0 refused, of 7", 8, cell("orders", "Blocked")},
		{"orders has 0 blocked and 8 refused, of 7", 8, cell("orders", "Refused")},
		{"replayed is 0, and", 0, cell("replayed")},
		{"replayed is 5, and", 5, cell("replayed")},
		{"orders has 1 orders in", 1, cell("orders", "Orders")},
		{"nothing can go wrong, and", map[string]any{"Classes": 7, "Orders": 90, "Verdicts": []int{7, 0, 0, 0, 0}, "Complete": true}, cell("orders")},
		{"its network does not draw the latency p50=81ms", 81_000_000, []any{"Latency", "P50"}},
		{"the quantiles must ascend", 201_000_000, []any{"Latency", "P50"}},
		{"19 samples", 19, []any{"Latency", "Samples"}},
		{"the strategy naive is there twice", "naive", []any{"strategies", 1}},
		{"row 2 has 0 cells", []any{}, []any{"cells", 1}},
		{"there are 1 rows of cells", []any{[]any{}}, []any{"cells"}},
		{"the last of 60 stays below 2^53", uint64(scenarios.MaxSeed), []any{"seed"}},
	}, 20) {
		of := data
		if x.path[0] == "Latency" {
			of = drawn // to work out its legs takes as long as a hundred of the others
		}
		_, err := ReadPartial(bytes.NewReader(changed(t, of, x.value, x.path...)), "v1", strategies.Catalogue)
		if err == nil || !strings.Contains(err.Error(), x.says) || !strings.HasSuffix(err.Error(), "run this share again, without this file") {
			t.Errorf("%v is %v: %v, want %s", x.path, x.value, err, x.says)
		}
	}
	if _, err := ReadPartial(strings.NewReader(string(data)+" {}"), "v1", strategies.Catalogue); err == nil || !strings.Contains(err.Error(), "something stands behind its end") {
		t.Error(err)
	}
}

// Orders of one share and trials of another belong together too.
func TestSharesDoNotContradictEachOther(t *testing.T) {
	ss, es := some(t, "create-then-two-updates")
	var parts []Named
	for i := 1; i <= 2; i++ {
		data := partialText(t, NewPartial(ss, es, Options{Seed: 1, Trials: 300}, i, 2))
		if i == 1 { // which has the orders of naive, and is made to have no trial of it that is wrong
			root := decoded(t, data)
			safe := decoded(t, encoded(t, change(decoded(t, data), nil, []any{"cells", 0, 2})))
			change(safe, map[string]any{"Classes": 7, "Orders": 90, "Verdicts": []int{7, 0, 0, 0, 0}, "Complete": true}, []any{"orders"})
			change(safe, 4, []any{"replayed"})
			change(root, safe, []any{"cells", 0, 0})
			data = encoded(t, root)
		}
		p, err := ReadPartial(bytes.NewReader(data), "v1", strategies.Catalogue)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, Named{fmt.Sprint(i), p})
	}
	if _, err := Merge(parts); err == nil || !strings.Contains(err.Error(), "create-then-two-updates under naive: orders says that nothing can go wrong") {
		t.Error(err)
	}
}

// What a run writes is what it reads: of every scenario, also where chance
// takes messages away.
func TestEveryPartialIsTaken(t *testing.T) {
	names := []string{"naive", "polling", "callbacks", "outbox", "implicit-callbacks", "action-queue+hold"}
	var es []strategies.Entry
	for _, name := range names {
		es = append(es, testkit.Strategy(t, name))
	}
	ss := testkit.Some(testkit.Part(scenarios.All(), 20), 5)
	data := partialText(t, NewPartial(ss, es, Options{Seed: 1, Trials: 200}, 1, 1))
	p, err := ReadPartial(bytes.NewReader(data), "v1", strategies.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	pages, cells := 0, len(ss)*len(es)
	for _, row := range p.cells {
		for _, c := range row {
			pages += c.pages()
		}
	}
	if n := pages*int(unsafe.Sizeof(page{})) + cells*int(unsafe.Sizeof(sums{})); n > cells*16_000 {
		t.Errorf("%d cells have %d bytes", cells, n)
	} else {
		t.Logf("%d bytes a cell", n/cells)
	}
	f, err := decodePartial(bytes.NewReader(data), maxPartial)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.partial(strategies.Catalogue, pages-1); err == nil || !strings.Contains(err.Error(), "spread too widely") {
		t.Error(err)
	}
}

// A file without end is not read to its end.
func TestEndlessPartial(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"photofinishPartial":3,"program":"`), endless{})
	if _, err := decodePartial(in, 1<<20); err == nil || !strings.Contains(err.Error(), "more than 1048576 bytes") {
		t.Error(err)
	}
}

// endless is letters without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestMostOfABucket(t *testing.T) {
	for _, us := range []int64{0, 1, 255, 256, 257, 511, 512, 1023, 1 << 20, 1<<30 + 12345, 1 << 44} {
		b := bucket(time.Duration(us) * time.Microsecond)
		edge := int64(most(b))
		if edge <= us || bucket(time.Duration(edge-1)*time.Microsecond) != b || bucket(time.Duration(edge)*time.Microsecond) != b+1 {
			t.Errorf("%d µs is in bucket %d, which ends at %d", us, b, edge)
		}
	}
}
