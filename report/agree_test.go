package report_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	stdhtml "html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/report/html"
	"photofinish/report/tell"
	"photofinish/scenarios"
)

// TestFormatsAgree: text, Markdown, HTML and CSV say of every cell what JSON says of
// it: the mark of its state, each figure as people read it, and whether its costs are
// to be compared with nobody's.
func TestFormatsAgree(t *testing.T) {
	var ss []*scenarios.Scenario
	for _, name := range []string{"create-then-two-updates", "two-tabs", "early-update", "save-then-fetch", "lost-answer"} {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, s)
	}
	o := report.Options{Seed: 7, Trials: 150, Workers: 2}
	m, err := report.Run(context.Background(), ss, find(t, "naive", "block-ui", "refuse", "if-match", "hold-outgoing", "merged-updates", "conflate"), o)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	cells := read(t, m)
	for i := range ss {
		one, row := rows(m, i, i+1), cells[i*len(m.Strategies):][:len(m.Strategies)]
		for j := range row {
			row[j].compared = m.Eligible(i, j)
			seen[row[j].State] = true
		}
		textAgrees(t, one, row)
		markdownAgrees(t, one, row)
		htmlAgrees(t, one, row)
	}
	marksAgree(t, m, cells)
	csvAgrees(t, m, cells)
	for _, state := range []string{"wrong", "stuck", "possible", "loud", "proved"} {
		if !seen[state] {
			t.Errorf("no cell is %s", state)
		}
	}
}

// cellOf is a cell as JSON has it.
type cellOf struct {
	Scenario, Strategy, State string
	Replayed                  *string
	Trials                    int
	Verdicts                  map[string]int
	Low, High, Loud           float64
	Costs                     struct {
		Good                                      int
		Waits                                     *struct{ Mean float64 }
		P50, P99, Never, RequestsPerSave, Blocked *float64
		Unanswered                                *float64
	}
	Orders struct {
		Classes, Bad int
		Complete     bool
	}

	compared bool // its costs are
}

// read returns the cells of the matrix, by way of JSON.
func read(t *testing.T, m *report.Matrix) []cellOf {
	var got struct{ Cells []cellOf }
	if err := json.Unmarshal(written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) }), &got); err != nil {
		t.Fatal(err)
	}
	return got.Cells
}

var marks = map[string]string{"wrong": "✗", "stuck": "…", "possible": "○", "open": "?", "loud": "!", "proved": "✓"}

func (c *cellOf) of(verdict string) string {
	return report.Percent(float64(c.Verdicts[verdict]) / float64(c.Trials))
}

func inMS(x *float64) string {
	if x == nil {
		return "–"
	}
	return tell.Rounded(time.Duration(*x * float64(time.Millisecond)))
}

// figures are what is said of a cell in the columns of those names, costs without
// parentheses.
func (c *cellOf) figures() map[string]string {
	f := map[string]string{
		"wrong": c.of("wrong"), "stuck": c.of("stuck"), "loud": report.Percent(c.Loud),
		"95 %": strings.TrimSuffix(report.Interval(c.Low, c.High), " %"), "orders": c.orders(),
		"waits": "–", "p50": inMS(c.Costs.P50), "p99": inMS(c.Costs.P99), "blocked": inMS(c.Costs.Blocked), "sent": "none",
	}
	if w := c.Costs.Waits; w != nil {
		f["waits"] = inMS(&w.Mean)
	}
	if n := c.Costs.RequestsPerSave; n != nil {
		f["sent"] = fmt.Sprintf("%.2f", *n)
	}
	if c.Costs.Good == 0 && *c.Costs.Never > 0 {
		f["p50"], f["p99"] = "never "+report.Percent(*c.Costs.Never), ""
	}
	return f
}

func (c *cellOf) orders() string {
	if c.Orders.Bad > 0 {
		return fmt.Sprintf("%d/%d", c.Orders.Bad, c.Orders.Classes)
	}
	return strconv.Itoa(c.Orders.Classes)
}

// figure is what stands beside the mark of a cell.
func (c *cellOf) figure() string {
	switch c.State {
	case "wrong":
		if c.Verdicts["stuck"] > 0 {
			return c.of("wrong") + " …"
		}
		return c.of("wrong")
	case "stuck", "loud":
		return c.of(c.State)
	case "open":
		return c.of("unknown")
	case "possible":
		if c.Replayed != nil && (*c.Replayed == "wrong" || *c.Replayed == "stuck") {
			return "0 % · as pinned: " + marks[*c.Replayed]
		}
		return "0 % · " + c.orders()
	}
	return ""
}

// plainly takes parentheses away, and joins what a blank parts.
func plainly(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(s)), " ")
}

// columns compares the cells of a row with figures by the names of their columns.
func columns(t *testing.T, where string, c *cellOf, heads, row []string) {
	t.Helper()
	f, n := c.figures(), 0
	for k, head := range heads {
		want, known := f[head]
		if !known || k >= len(row) {
			continue
		}
		n++
		if got := plainly(row[k]); got != want && (want != "" || got != "–") {
			t.Errorf("%s: %s under %s: %s is %q, in JSON %q", where, c.Scenario, c.Strategy, head, got, want)
		}
		if head == "waits" && want != "–" && want != "0" && strings.HasPrefix(row[k], "(") == c.compared {
			t.Errorf("%s: %s under %s: waits is %s, and eligible: %v", where, c.Scenario, c.Strategy, row[k], c.compared)
		}
	}
	if n < 9 {
		t.Errorf("%s: only %d figures of %s", where, n, c.Strategy)
	}
}

// textAgrees holds the figures of one scenario: what stands in a line of text is told
// apart by the order of its words.
func textAgrees(t *testing.T, m *report.Matrix, cells []cellOf) {
	lines := strings.Split(string(written(t, func(b *bytes.Buffer) error { return inText(b, m, 200) })), "\n")
	head := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  strategy ") })
	if head < 0 {
		t.Fatalf("no table:\n%s", strings.Join(lines, "\n"))
	}
	heads := strings.Fields(strings.ReplaceAll(lines[head], "95 %", "95_%"))[1:]
	for i := range cells {
		c := &cells[i]
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, marks[c.State]+" "+c.Strategy+" ") })
		if at < 0 {
			t.Errorf("text: no %s %s in %s", marks[c.State], c.Strategy, c.Scenario)
			continue
		}
		f, want := c.figures(), []string{marks[c.State], c.Strategy}
		for _, h := range heads {
			if x := f[strings.ReplaceAll(h, "_", " ")]; x != "" {
				want = append(want, x)
			}
		}
		if got := plainly(lines[at]); got != strings.Join(want, " ") {
			t.Errorf("text: %s: %q, in JSON %q", c.Scenario, got, strings.Join(want, " "))
		}
		if w := f["waits"]; w != "–" && w != "0" && strings.Contains(lines[at], "("+w+")") == c.compared {
			t.Errorf("text: %s: %q, and eligible: %v", c.Scenario, lines[at], c.compared)
		}
	}
}

// inTable returns the cells of a table of Markdown that has those columns.
func inTable(t *testing.T, text string, columns ...string) (heads []string, body [][]string) {
	split := func(line string) []string {
		return strings.Split(strings.Trim(strings.ReplaceAll(line, `\`, ""), "|"), "|")
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch row := split(line); {
		case !strings.HasPrefix(line, "|"):
			if body != nil {
				return heads, body
			}
			heads = nil
		case heads != nil:
			body = append(body, row)
		case !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(row, c) }):
			heads = row
		}
	}
	if body == nil {
		t.Fatalf("no table with %v:\n%s", columns, text)
	}
	return heads, body
}

func markdownAgrees(t *testing.T, m *report.Matrix, cells []cellOf) {
	heads, body := inTable(t, string(written(t, func(b *bytes.Buffer) error { return inMarkdown(b, m) })), "strategy", "orders", "waits")
	name, state := slices.Index(heads, "strategy"), slices.Index(heads, "state")
	for i := range cells {
		c := &cells[i]
		at := slices.IndexFunc(body, func(row []string) bool { return row[name] == c.Strategy })
		if at < 0 || body[at][state] != marks[c.State]+" "+c.State {
			t.Errorf("Markdown: no %s %s: %v", c.State, c.Strategy, body)
			continue
		}
		columns(t, "Markdown", c, heads, body[at])
	}
}

var (
	hidden = regexp.MustCompile(`<span class="hide">([^<]*)</span>`)
	tag    = regexp.MustCompile(`<[^>]*>`)
	tr     = regexp.MustCompile(`(?s)<tr[^>]*>.*?</tr>`)
	td     = regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`)
)

// inHTML returns the rows of a table of a page, with the words for those who hear it
// if they are asked for.
func inHTML(t *testing.T, page, table string, words bool) (rows [][]string) {
	_, text, ok := strings.Cut(page, table)
	if !ok {
		t.Fatalf("no %s", table)
	}
	text, _, _ = strings.Cut(text, "</table>")
	for _, row := range tr.FindAllString(text, -1) {
		var cells []string
		for _, cell := range td.FindAllStringSubmatch(row, -1) {
			said := ""
			if words {
				said = " $1 "
			}
			plain := stdhtml.UnescapeString(tag.ReplaceAllString(hidden.ReplaceAllString(cell[1], said), ""))
			cells = append(cells, strings.Join(strings.Fields(plain), " "))
		}
		rows = append(rows, cells)
	}
	return rows
}

// pageOf returns a page without drawings, which take their time.
func pageOf(t *testing.T, m *report.Matrix) string {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return string(written(t, func(b *bytes.Buffer) error { return html.Write(ctx, b, m, "v1") }))
}

func htmlAgrees(t *testing.T, m *report.Matrix, cells []cellOf) {
	body := inHTML(t, pageOf(t, m), `id="main">`, true)
	for i := range cells {
		c := &cells[i]
		at := slices.IndexFunc(body, func(row []string) bool { return row[0] == marks[c.State]+" "+c.State+" "+c.Strategy })
		if at < 0 {
			t.Errorf("HTML: no %s %s: %v", c.State, c.Strategy, body)
			continue
		}
		columns(t, "HTML", c, body[0], body[at])
	}
}

// marksAgree holds the matrix of several scenarios.
func marksAgree(t *testing.T, m *report.Matrix, cells []cellOf) {
	heads, body := inTable(t, string(written(t, func(b *bytes.Buffer) error { return inMarkdown(b, m) })), "scenario", "naive", "if-match")
	page := inHTML(t, pageOf(t, m), `<table id="grid">`, true)
	text := string(written(t, func(b *bytes.Buffer) error { return inText(b, m, 200) }))
	for i := range cells {
		c := &cells[i]
		want := strings.TrimRight(marks[c.State]+" "+c.State+" "+c.figure(), " ")
		row := slices.IndexFunc(body, func(row []string) bool { return row[0] == c.Scenario })
		if got := body[row][slices.Index(heads, c.Strategy)]; got != want {
			t.Errorf("Markdown: %s under %s is %q, in JSON %q", c.Scenario, c.Strategy, got, want)
		}
		row = slices.IndexFunc(page, func(row []string) bool { return strings.HasPrefix(row[0], c.Scenario) })
		if got := page[row][slices.Index(page[0], c.Strategy)]; got != want {
			t.Errorf("HTML: %s under %s is %q, in JSON %q", c.Scenario, c.Strategy, got, want)
		}
	}
	for i, s := range m.Scenarios {
		line := ""
		for _, r := range m.Summaries(report.BySafety) {
			c := &cells[i*len(m.Strategies)+r.Column]
			line += marks[c.State] + c.figure()
		}
		want := s.Name + strings.ReplaceAll(line, " ", "")
		if !strings.Contains("\n"+strings.ReplaceAll(text, " ", ""), "\n"+want+"\n") {
			t.Errorf("text: no line of %s: %s\n%s", s.Name, want, text)
		}
	}
}

func csvAgrees(t *testing.T, m *report.Matrix, cells []cellOf) {
	text := written(t, func(b *bytes.Buffer) error { return export.WriteCSV(b, m) })
	body, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(body) != len(cells)+1 {
		t.Fatalf("%d rows, %v", len(body), err)
	}
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return strconv.FormatFloat(*x, 'f', -1, 64)
	}
	for i := range cells {
		c, k := &cells[i], &cells[i].Costs
		want := map[string]string{
			"scenario": c.Scenario, "strategy": c.Strategy, "state": c.State, "replayed": "", "trials": strconv.Itoa(c.Trials),
			"low": number(&c.Low), "high": number(&c.High), "loud_share": number(&c.Loud), "good": strconv.Itoa(k.Good), "waits_ms": "",
			"unanswered": number(k.Unanswered), "p50_ms": number(k.P50), "p99_ms": number(k.P99), "never": number(k.Never),
			"requests_per_save": number(k.RequestsPerSave), "good_blocked_ms": number(k.Blocked),
			"order_classes": strconv.Itoa(c.Orders.Classes), "order_classes_bad": strconv.Itoa(c.Orders.Bad),
		}
		if c.Replayed != nil {
			want["replayed"] = *c.Replayed
		}
		if k.Waits != nil {
			want["waits_ms"] = number(&k.Waits.Mean)
		}
		for v, n := range c.Verdicts {
			want[v] = strconv.Itoa(n)
		}
		for name, w := range want {
			at := slices.Index(body[0], name)
			if at < 0 || body[i+1][at] != w {
				t.Errorf("CSV: %s under %s: %s in column %d, in JSON %q", c.Scenario, c.Strategy, name, at, w)
			}
		}
	}
}
