package diff_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/diff"
)

// small is a report with a cell of each kind.
func small() fake {
	return of(20, fakeCell{scenario: "s", strategy: "naive", bad: []int{3, 17}}, fakeCell{scenario: "s", strategy: "refuse", loud: 4},
		fakeCell{scenario: "s", strategy: "always", bad: first(20)}, fakeCell{scenario: "s", strategy: "some", ordersBad: 1})
}

// Whatever a run does not write is refused, with the place and what to do.
func TestBroken(t *testing.T) {
	if _, err := diff.Read("a.json", strings.NewReader(small().json())); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ from, to, want string }{
		{`"seed":1,"strategies"`, `"seed":9007199254740991,"strategies"`, "seed is 9007199254740991, and the last of 20 stays below 2^53"},
		{`"trials":20,"version"`, `"trials":0,"version"`, "trials is 0, and goes from 1 to 10000000"},
		{`"trials":20,"version"`, `"trials":19,"version"`, "line 2, s under naive: trials is 20, and goes from 0 to 19"},
		{`"version":1`, `"version":2`, "it has version 2 of the format, and this program knows version 1: make it again with this program"},
		{`"program":"1.0.0",`, ``, "it does not say its program, for it was made by an older program: make it again with this one"},
		{`"network":"own",`, ``, "it does not say its network"},
		{`"hash":"hash of s"`, `"hash":""`, "no name or no hash"},
		{`"answer":{"strategy":"naive"}`, `"answer":{"strategy":"x"}`, `the answer is "x", which is no strategy of it`},
		{`"seed":1,"strategies"`, `"seed":1,"seed":1,"strategies"`, `the key "seed" is there twice`},
		{`"bundle":null,"name":"refuse"`, `"bundle":null,"name":"naive"`, `the strategy "naive" is there twice`},
		{`,{"bundle":null,"name":"some"}`, ``, "there are 4 cells of 1 scenarios under 3 strategies"},
		{`"strategy":"refuse","trials"`, `"strategy":"naive","trials"`, "line 3, s under naive: here should be s under refuse"},
		{`"ok":18`, `"ok":-18`, "line 2, s under naive: verdicts has -18 that end ok, of 20 trials: no run writes that; make it again"},
		{`"ok":18`, `"ok":17`, "verdicts adds up to 19, of 20 trials"},
		{`"share":0.1,`, `"share":0.01,`, "share is 0.01"},
		{`"low":0,`, `"low":0.5,`, "line 3, s under refuse: share is 0 (0.5 to"},
		{`"loud":0.2`, `"loud":0`, "loud is 0, and 4 of 20 trials end so"},
		{`"bad":1,"classes":5`, `"bad":6,"classes":5`, "orders has 6 bad of 5 classes"},
		{`"state":"wrong"`, `"state":"proved"`, `state is "proved", and its trials and orders come to "wrong"`},
		{`"state":"loud"`, `"state":"proved"`, `state is "proved", and its trials and orders come to "loud"`},
		{`"state":"possible"`, `"state":"loud"`, `come to "possible"`},
		{`"state":"possible"`, `"state":"nonsense"`, `state is "nonsense"`},
		{`"replayed":null`, `"replayed":"fine"`, `replayed is "fine", which is no verdict`},
		{`"costs":`, `"coasts":`, "it has no costs"},
		{`"good":18`, `"good":17`, `costs are of 17 trials that end "ok", and there are 18 that end "ok"`},
		{`"of":null`, `"of":"ok"`, `costs are of 0 trials that end "ok", and there are 0 that end ""`},
		{`"mean":203`, `"mean":403`, "costs: waits is 403, from 201 to 205"},
		{`"p50":181`, `"p50":700`, "costs: p50 is 700, and p99 669"},
		{`"unanswered":0,`, `"unanswered":1.5,`, "costs: unanswered is 1.5, and goes from 0 to 1"},
		{`"blocked":0`, `"blocked":-1`, "costs: blocked is -1"},
		{`"badAt":"CAAC",`, ``, "badAt is there, or is not, and 2 of 20 trials are bad"},
		{`"badAt":"CAAC"`, `"badAt":"CAA="`, "badAt has 2 bytes, and 20 trials need 3"},
		{`"badAt":"CAAC"`, `"badAt":"CACA"`, "badAt has more than the 20 trials"},
		{`"badAt":"CAAC"`, `"badAt":"CAAD"`, "badAt has 3 bad trials, of 2"},
		{`"badAt":"CAAC"`, `"badAt":"AQAC"`, "badAt begins with seed 1, and first with 4"},
		{`"badAt":"CAAC"`, `"badAt":"CA*C"`, "line 2: this is no report: illegal base64"},
		{`"badAt":"CAAC"`, `"badAt":7`, "line 2: this is no report: badAt cannot be number"},
		{`{"seed":4,`, `{"seed":24,`, "first has seed 24"},
		{`"first":null`, `"first":{"seed":1}`, "first is there, or is not, and 0 trials are bad"},
		{"[\n{", "[\nnull,{", "there are 5 cells"},
		{"\n]}\n", "\n]", "line 6: this is no report: it ends too early; --format json writes one"},
		{"\n]}\n", "\n]} x", "line 6: this is no report: something stands behind its end"},
		{"\n]}\n", "\n]} {}", "line 6: this is no report: something stands behind its end"},
		{`"cells"`, `"sells"`, "this is no report: photofinish report --format json writes one"},
		{`{"answer"`, `{"photofinishPartial":3,"answer"`, "this is the share of a report: put all of them together, by photofinish report merge"},
	} {
		text := small().json()
		broken := strings.Replace(text, x.from, x.to, 1)
		if broken == text {
			t.Errorf("%s is not in %s", x.from, text)
		}
		_, err := diff.Read("a\x1b.json", strings.NewReader(broken))
		if err == nil || !strings.HasPrefix(err.Error(), `a\x1b.json: `) || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v\nwant %s", x.to, err, x.want)
		}
	}
	for text, want := range map[string]string{
		"": "it ends too early", "Outcomes": "invalid character", "[]": "it should begin with {", "{}": "this is no report",
		`{"scenarios":[` + strings.Repeat("{},", 20_000) + "{}]}": "more than 20000",
	} {
		if _, err := diff.Read("a.json", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s: got %v, want %s", text, err, want)
		}
	}
	if _, err := diff.Read("a.json", io.MultiReader(strings.NewReader("{"), failing{})); !errors.Is(err, errGone) {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

var errGone = errors.New("gone")

func (failing) Read([]byte) (int, error) { return 0, errGone }

// What is read can be compared with itself, and nothing differs, whatever was in the
// file; and what is said of it does nothing to a terminal.
func FuzzRead(f *testing.F) {
	text := small().json()
	f.Add([]byte(text))
	f.Add([]byte(strings.Replace(text, `"name":"s"`, `"name":"\u001b[31m"`, 1)))
	testkit.Fuzz(f, func(t *testing.T, data []byte) {
		r, err := diff.Read("a.json", bytes.NewReader(data))
		if err == nil {
			var d *diff.Diff
			if d, err = diff.Compare(r, r); err == nil {
				holds(t, d)
			}
		}
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q", err)
		}
	})
}

func holds(t *testing.T, d *diff.Diff) {
	for i := range d.Cells {
		if c := &d.Cells[i]; c.Word != diff.Same || c.Difference != 0 || c.P != 1 {
			t.Errorf("%+v", c)
		}
	}
	for _, line := range d.Lines(80) {
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q", line)
		}
	}
	if _, err := json.Marshal(d); err != nil {
		t.Error(err)
	}
}
