package html_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/html"
	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// hostile has names and values that would do something wherever they are
// taken for more than text.
const hostile = `
name: "</script><script>pwned()</script>"
title: "\"><img src=x onerror=pwned()> {{.}} ' & ' --> ]]>"
about: "<svg onload=pwned()> \\u202e javascript:pwned()"
source: "<a href='javascript:pwned()'>here</a>"
steps:
  - {at: 0ms, do: create, set: {"</title><script>pwned()</script>": "</text></svg><script>pwned()</script>"}}
  - {at: 40ms, do: update, set: {"</title><script>pwned()</script>": "\e[31m\a ' \" < & \u202e ]]>"}}
  - {at: 50ms, do: update, set: {"onload=pwned()": "=cmd|' /C calc'!A0"}}
`

func parse(t testing.TB, text string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Parse("", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func find(t testing.TB, names ...string) (es []strategies.Entry) {
	t.Helper()
	for _, name := range names {
		es = append(es, testkit.Strategy(t, name))
	}
	return es
}

// six are the six strategies, and one that is put together of two.
var six = append(strategies.Default(), "action-queue+hold")

func written(t testing.TB, trials int, ss ...*scenarios.Scenario) []byte {
	t.Helper()
	return writtenUnder(t, six, trials, ss...)
}

// pages are those that several tests look at, written once for all of them.
var pages = map[string][]byte{}

func once(name string, write func() []byte) []byte {
	if pages[name] == nil {
		pages[name] = write()
	}
	return pages[name]
}

// cataloguePage returns the page of as many scenarios of the catalogue as it takes for
// their stories to be packed, or of the whole of it, see [testkit.All].
func cataloguePage(t testing.TB) []byte {
	return once("catalogue", func() []byte { return written(t, 200, many(t)...) })
}

// many returns scenarios from the whole catalogue, but none of so many clicks that its
// orders take seconds.
func many(t testing.TB) []*scenarios.Scenario {
	all := catalogue(t, "create-then-delete")
	for _, s := range testkit.Part(scenarios.All(), 16) {
		if s.Name != all[0].Name && (len(s.Script.Actions) < 8 || testkit.All()) {
			all = append(all, s)
		}
	}
	return all
}

// onePage returns the page of one scenario in which the six can lose, and the answer is
// somebody else.
func onePage(t testing.TB) []byte {
	return once("one", func() []byte { return written(t, 200, catalogue(t, "create-then-two-updates")...) })
}

// hostilePage returns the page of a scenario that would do harm.
func hostilePage(t testing.TB) []byte {
	return once("hostile", func() []byte { return written(t, 50, parse(t, hostile)) })
}

// packedPage returns a page of so many such scenarios that their stories are packed.
func packedPage(t testing.TB) []byte {
	return once("packed", func() []byte {
		return written(t, 2, slices.Repeat([]*scenarios.Scenario{parse(t, hostile)}, packed)...)
	})
}

// packed is of how many scenarios a page is packed, under [six] strategies.
const packed = 15

func writtenUnder(t testing.TB, names []string, trials int, ss ...*scenarios.Scenario) []byte {
	t.Helper()
	es := find(t, names...)
	m, err := report.Run(context.Background(), ss, es, report.Options{Seed: 1, Trials: trials, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	m.Answer = &report.Answer{
		Kind: report.Use, Strategy: es[len(es)-1],
		Says: []string{"Use " + es[len(es)-1].Name + ", <b>if</b> it is right.", "It waits for each answer.", "A click waits 311 ms."},
	}
	var b bytes.Buffer
	if err := html.Write(context.Background(), &b, m, "v1"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func catalogue(t testing.TB, names ...string) (ss []*scenarios.Scenario) {
	t.Helper()
	for _, name := range names {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, s)
	}
	return ss
}

// The body, without the style sheet, the script and the sources, is what a
// change should show.
func TestPageGolden(t *testing.T) {
	got := written(t, 200, catalogue(t, "create-then-update")...)
	for _, part := range []string{`(?s)<style>.*?</style>`, `(?s)<script>.*?</script>`, `(?s)<pre.*?</pre>`, `sha256-[^']*`} {
		got = regexp.MustCompile(part).ReplaceAll(got, nil)
	}
	testkit.Golden(t, "page.html", got)
}

// A legend explains what stands above it, and nothing twice.
func TestLegendsExplainWhatIsThere(t *testing.T) {
	for _, names := range [][]string{{"create-then-two-updates"}, {"create-then-update", "two-tabs"}} {
		page := string(writtenUnder(t, []string{"refuse", "conflate", "naive"}, 50, catalogue(t, names...)...))
		legends := regexp.MustCompile(`(?s)<ul class="legend">.*?</ul>`).FindAllStringIndex(page, -1)
		if len(legends) == 0 {
			t.Fatalf("%s: no legend", names)
		}
		for _, at := range legends {
			said := map[string]bool{}
			for _, label := range regexp.MustCompile(`<b>(.*?)</b>`).FindAllStringSubmatch(page[at[0]:at[1]], -1) {
				word := label[1]
				if said[word] {
					t.Errorf("%s: %s is explained twice", names, word)
				}
				said[word] = true
				if strings.HasPrefix(word, "(") && !strings.Contains(page[:at[0]], ">"+word+"<") {
					t.Errorf("%s: %s is explained and in no table", names, word)
				}
			}
		}
	}
}

// A network that has no name is described, and is not the scenario's own where the
// latencies are the user's.
func TestPageDescribesTheNetwork(t *testing.T) {
	yours := latency.RoundTrip{Measured: latency.Measured{P50: 80 * time.Millisecond, P90: 200 * time.Millisecond, P99: 900 * time.Millisecond}}
	for _, c := range []struct {
		latency latency.RoundTrip
		want    string
	}{
		{latency.RoundTrip{}, "Network: its own (uplink exp 120ms, downlink exp 80ms)."},
		{yours, "Network: your own latencies ("},
	} {
		o := report.Options{Seed: 1, Trials: 5, Workers: 1, Latency: c.latency}
		m, err := report.Run(context.Background(), catalogue(t, "create-then-update"), find(t, "naive"), o)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := html.Write(context.Background(), &b, m, "v1"); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.want) || strings.Contains(b.String(), "its own network") {
			t.Errorf("the page does not say %q", c.want)
		}
	}
}

// Beside the steps stands who is given, and who is offline when.
func TestPageDescribesTheWorld(t *testing.T) {
	page := string(written(t, 5, catalogue(t, "pulled-over")...))
	if want := "Given: #1 text &#34;Day 0&#34;. Offline: client 1 from 0 to 120000 ms. Network: its own ("; !strings.Contains(page, want) {
		t.Errorf("the page does not say %q", want)
	}
}

// The card of who fails aloud has no interval: that would be of what goes wrong.
func TestCardOfWhoIsLoud(t *testing.T) {
	page := string(writtenUnder(t, []string{"refuse", "naive", "conflate"}, 50, catalogue(t, "create-then-two-updates")...))
	var says []string
	for _, card := range regexp.MustCompile(`<a class="card .*?<span class="sub">(.*?)</span>`).FindAllStringSubmatch(page, -1) {
		word, _, _ := strings.Cut(card[1], ":")
		says = append(says, strings.Fields(word)[0])
	}
	if got := strings.Join(says, " "); got != "fails 95 waits" {
		t.Errorf("the cards of refuse, naive and conflate begin with %q", got)
	}
}

// Without its script the page says everything in words: the answer, all figures, and of
// each cell the command that shows its story, also where the stories are packed.
func TestPageWithoutScript(t *testing.T) {
	n := packed * len(six)
	page := regexp.MustCompile(`(?s)<script.*?</script>`).ReplaceAll(packedPage(t), nil)
	for want, times := range map[string]int{
		`<p class="lead">Use ` + strings.ReplaceAll(six[len(six)-1], "+", "&#43;") + `, &lt;b&gt;if&lt;/b&gt; it is right.</p>`: 1,
		`<p>It waits for each answer. A click waits 311 ms.</p>`:                                                                1,
		`<a class="cell" `: n, `<details class="story `: n, `<code>photofinish chart `: packed, `<svg`: 0,
	} {
		if got := bytes.Count(page, []byte(want)); got != times {
			t.Errorf("%d times %s, want %d", got, want, times)
		}
	}
	if got := len(regexp.MustCompile(`<code>photofinish (replay|explore) `).FindAll(page, -1)); got != n {
		t.Errorf("%d commands show the stories of %d cells", got, n)
	}
}

// The page is HTML that is XML as well, so that any parser says whether every
// element is closed and every quote in its place.
func TestPageIsWellFormed(t *testing.T) {
	testkit.Long(t, "short mode: goldens are read, not every page")
	for name, page := range map[string][]byte{
		"catalogue":      cataloguePage(t),
		"hostile":        hostilePage(t),
		"one strategy":   writtenUnder(t, []string{"callbacks"}, 50, many(t)...),
		"all strategies": writtenUnder(t, strategies.Names(), 2, parse(t, hostile)),
	} {
		page = regexp.MustCompile(`(?s)<script.*?</script>`).ReplaceAll(page, nil)
		d := xml.NewDecoder(bytes.NewReader(page))
		ids := map[string]bool{}
		var links []string
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, ok := token.(xml.StartElement)
			for _, a := range e.Attr {
				switch {
				case !ok:
				case a.Name.Local == "id" && ids[a.Value]:
					t.Errorf("%s: two elements are called %s", name, a.Value)
				case a.Name.Local == "id":
					ids[a.Value] = true
				case a.Name.Local == "href" && strings.HasPrefix(a.Value, "#"):
					links = append(links, a.Value[1:])
				case a.Name.Local == "href" && a.Value != "data:," || a.Name.Local == "src":
					t.Errorf("%s: it asks for %s", name, a.Value)
				case strings.HasPrefix(a.Name.Local, "on"):
					t.Errorf("%s: an attribute that runs something: %s", name, a.Name.Local)
				}
			}
		}
		for _, to := range links {
			if !ids[to] {
				t.Errorf("%s: a link leads to %s, which is not there", name, to)
			}
		}
	}
}

func TestPageOfWhatWasCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := report.Options{Seed: 1, Trials: 300, Progress: func(int) { cancel() }}
	m, err := report.Run(ctx, catalogue(t, "create-then-update", "create-then-delete"), find(t, "naive"), o)
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := html.Write(ctx, &b, m, ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Cancelled: 256 of 600 trials were run.", "not run", report.LeftOut} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

// A checker of HTML from npm finds no fault. It is tried where PHOTOFINISH_READERS
// names a folder with the node module html-validate.
func TestPageIsValid(t *testing.T) {
	testkit.Long(t, "short mode: no Node is started")
	modules := os.Getenv("PHOTOFINISH_READERS")
	if modules == "" {
		t.Skip("PHOTOFINISH_READERS names no folder with html-validate: the page was not checked by it")
	}
	command := []string{"--preset", "standard"}
	for name, page := range map[string][]byte{"catalogue.html": cataloguePage(t), "hostile.html": hostilePage(t)} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
		command = append(command, path)
	}
	out, err := exec.Command(filepath.Join(modules, "node_modules", ".bin", "html-validate"), command...).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
