package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func trials(t testing.TB, s *scenarios.Scenario) (all []*report.Trial) {
	t.Helper()
	for _, name := range append(strategies.Default(), "action-queue+hold") {
		e := testkit.Strategy(t, name)
		all = append(all, report.Replay(s.Name, s.Script, e, s.ReplaySeed()))
	}
	return all
}

// many returns trials of the catalogue.
func many(t testing.TB) (all []*report.Trial) {
	t.Helper()
	for _, s := range scenarios.All() {
		all = append(all, trials(t, s)...)
	}
	return testkit.Some(testkit.Part(all, 220), 60)
}

func document(t testing.TB, s *scenarios.Scenario) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := svg.WriteDocument(&b, s, trials(t, s), report.Made{Seed: 1, Network: "4g", Command: "photofinish replay it"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	everything, err := scenarios.Load("../testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	queue, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{
		"everything.svg": document(t, everything),
		"queue.svg":      document(t, queue),
		"column.svg":     []byte(svg.Column(trials(t, queue)[5].Lane(), true)),
	} {
		testkit.Golden(t, name, got)
	}
}

// Every scenario under every strategy is XML, and nothing lies outside of the
// picture.
func TestCatalogueIsXML(t *testing.T) {
	for _, tr := range many(t) {
		for _, drawing := range []string{svg.Strip(tr.Lane(), true), svg.Column(tr.Lane(), true)} {
			if strings.Contains(drawing, "NaN") || strings.Contains(drawing, "Inf") {
				t.Errorf("%s, %s: a number that is none", tr.Scenario, tr.Strategy)
			}
			parses(t, tr.Scenario+", "+tr.Strategy, []byte(drawing))
		}
	}
}

func parses(t *testing.T, name string, data []byte) (texts []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "svg", "g", "text", "rect", "line", "path", "title", "desc", "style":
			default:
				t.Errorf("%s: an element %s", name, e.Name.Local)
			}
		case xml.CharData:
			texts = append(texts, string(e))
		}
	}
}

func TestHostile(t *testing.T) {
	s, err := scenarios.Parse("", []byte(`
name: "<script>x()</script>"
title: "]]> & \"'"
steps:
  - {at: 0ms, do: create, set: {"<b onload='x()'>": "\e[31m</text><script>x()</script>"}}
`))
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.Join(parses(t, "hostile", document(t, s)), "\n")
	for _, want := range []string{"<script>x()</script>", `\x1b[31m</text>`} {
		if !strings.Contains(texts, want) {
			t.Errorf("it does not show %q", want)
		}
	}
}

// No text of a column begins left of the picture.
func TestColumnHasRoom(t *testing.T) {
	left := regexp.MustCompile(`<text class="b e [^"]*" x="([0-9.]+)" y="[0-9.]+">([^<]*)<`)
	for _, tr := range many(t) {
		for _, m := range left.FindAllStringSubmatch(svg.Column(tr.Lane(), false), -1) {
			if x, err := strconv.ParseFloat(m[1], 64); err != nil || x-7.25*float64(len([]rune(m[2]))) < 0 {
				t.Errorf("%s, %s: %q ends at %s", tr.Scenario, tr.Strategy, m[2], m[1])
			}
		}
	}
}

// Two clients have two screens, with the server between them.
func TestThreeRails(t *testing.T) {
	s, err := scenarios.Find("two-tabs")
	if err != nil {
		t.Fatal(err)
	}
	for _, tr := range trials(t, s) {
		l := tr.Lane()
		l.LookAt(0, sim.MaxPersons)
		for _, drawing := range []string{svg.Strip(l, true), svg.Column(l, true)} {
			texts := strings.Join(parses(t, tr.Strategy, []byte(drawing)), "\n")
			for _, want := range []string{"screen 1", "server", "screen 2", "u1", "u2"} {
				if !strings.Contains(texts, want) {
					t.Errorf("%s: it does not show %q", tr.Strategy, want)
				}
			}
		}
	}
}
