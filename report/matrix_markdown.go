package report

import (
	"fmt"
	"io"
	"strings"

	"photofinish/sim/judge"
)

// WriteMarkdown writes the matrix, the figures behind it and the commands that
// replay what is bad, as GitHub shows them.
func (m *Matrix) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Outcomes\n\n" + m.What() + "\n\n")
	m.markdownMatrix(&b)
	for _, line := range m.Legend() {
		fmt.Fprintf(&b, "* %s\n", line)
	}
	b.WriteString("\n## Figures\n\n")
	m.markdownFigures(&b)
	m.markdownBad(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (m *Matrix) markdownMatrix(b *strings.Builder) {
	header := []string{"scenario"}
	for _, e := range m.Strategies {
		header = append(header, e.Name)
	}
	tableRow(b, header...)
	tableRow(b, "---"+strings.Repeat("|---", len(m.Strategies)))
	for i, s := range m.Scenarios {
		row := []string{escape(s.Name)}
		for j := range m.Strategies {
			row = append(row, m.Cell(i, j).Short())
		}
		tableRow(b, row...)
	}
	b.WriteByte('\n')
}

func (m *Matrix) markdownFigures(b *strings.Builder) {
	tableRow(b, "scenario", "strategy", "trials", "wrong", "stuck", "loud", "wrong or stuck, 95 %", "requests", "settled p50", "p99", "blocked", "orders that end badly")
	tableRow(b, "---|---"+strings.Repeat("|--:", 10))
	m.Each(func(c Cell) {
		tableRow(b, escape(c.Scenario.Name), c.Strategy.Name, Grouped(c.Trials),
			percent(c.Share(c.Verdicts[judge.Wrong])), percent(c.Share(c.Verdicts[judge.Stuck])), percent(c.Share(c.Verdicts[judge.Loud])),
			Interval(c.Interval()), fmt.Sprintf("%.2f", c.Requests),
			rounded(c.P50)+" ms", rounded(c.P99)+" ms", rounded(c.Blocked)+" ms", c.OrdersLong())
	})
}

// OrdersLong returns what all orders come to, in words.
func (c Cell) OrdersLong() string {
	r := c.Orders
	switch {
	case r.Classes == 0:
		return "not run"
	case r.RaceFree():
		return "race-free: all " + Grouped(r.Classes)
	case r.Complete:
		return Grouped(r.Bad()) + " of " + Grouped(r.Classes)
	case r.Bad() > 0:
		return Grouped(r.Bad()) + " of the first " + Grouped(r.Classes)
	}
	return "unknown: none of the first " + Grouped(r.Classes)
}

func (m *Matrix) markdownBad(b *strings.Builder) {
	title := "\n## Bad cells, each with its first bad trial\n"
	m.Each(func(c Cell) {
		if c.Gravest() < judge.Unknown {
			return
		}
		fmt.Fprintf(b, "%s\n%s · %s: %s\n", title, escape(c.Scenario.Name), c.Strategy.Name, c.Says())
		title = ""
		if c.Bad() > 0 {
			fmt.Fprintf(b, "\n```sh\n%s\n```\n", c.Replay())
		}
	})
}

func tableRow(b *strings.Builder, columns ...string) {
	fmt.Fprintf(b, "|%s|\n", strings.Join(columns, "|"))
}

// escape makes text from a scenario plain text in Markdown.
func escape(s string) string {
	var b strings.Builder
	for _, r := range Clean(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_{}[]()#+!|~>@$", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
