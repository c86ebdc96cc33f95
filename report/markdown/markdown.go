// Package markdown writes what a pull request shows: the matrix, and trials as
// diagrams of Mermaid.
package markdown

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Write writes the matrix, the figures behind it and the commands that
// replay what is bad, as a pull request shows them: diagrams are Mermaid's.
// When ctx ends, the shortest bad orders that were not found by then are left
// out.
func Write(ctx context.Context, w io.Writer, m *report.Matrix) error {
	var b strings.Builder
	b.WriteString("# Outcomes\n\n" + m.What() + "\n\n")
	table(&b, m)
	for _, line := range m.Assumptions() {
		fmt.Fprintf(&b, "%s\n\n", escape(line))
	}
	for _, p := range m.Programs() {
		fmt.Fprintf(&b, "%s\n\n", escape(p.Says()))
	}
	for _, line := range m.Legend() {
		fmt.Fprintf(&b, "* %s\n", line)
	}
	b.WriteString("\n## Figures\n\n")
	figures(&b, m)
	bad(ctx, &b, m)
	if m.Diff != nil {
		b.WriteString("\n## Compared\n\n")
		WriteDiff(&b, m.Diff)
	}
	made(&b, m)
	if ctx.Err() != nil {
		fmt.Fprintf(&b, "\n%s\n", report.LeftOut)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func table(b *strings.Builder, m *report.Matrix) {
	tableRow(b, append([]string{"scenario"}, strategies.Lineup(m.Strategies).Names()...)...)
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

func figures(b *strings.Builder, m *report.Matrix) {
	tableRow(b, "scenario", "strategy", "trials", "wrong", "stuck", "loud", "wrong or stuck, 95 %",
		"requests", "settled p50", "p99", "blocked", "orders that end badly")
	tableRow(b, "---|---"+strings.Repeat("|--:", 10))
	for c := range m.Each {
		if c.Failed != nil {
			tableRow(b, escape(c.Scenario.Name), c.Strategy.Name, "failed", "", "", "", "", "", "", "", "", "failed")
			continue
		}
		tableRow(b, escape(c.Scenario.Name), c.Strategy.Name, tell.Grouped(c.Trials),
			c.Of(judge.Wrong), c.Of(judge.Stuck), c.Of(judge.Loud),
			report.Interval(c.Interval()), fmt.Sprintf("%.2f", c.Requests),
			tell.Rounded(c.P50)+" ms", tell.Rounded(c.P99)+" ms", tell.Rounded(c.Blocked)+" ms", c.OrdersLong())
	}
}

// WriteDiff writes how a report compares with an earlier one.
func WriteDiff(w io.Writer, d report.Compared) error {
	_, err := fmt.Fprintf(w, "    %s\n", strings.Join(d.Lines(100), "\n    "))
	return err
}

// bad writes of each bad cell the trial that shows it. Cells of one
// scenario that show the same share a diagram.
func bad(ctx context.Context, b *strings.Builder, m *report.Matrix) {
	title := "\n## What goes wrong\n"
	for i, s := range m.Scenarios {
		drawn := map[string]string{} // by diagram, who has it
		head := fmt.Sprintf("\n### %s\n", escape(s.Name))
		for j := range m.Strategies {
			c := m.Cell(i, j)
			if c.Failed != nil {
				b.WriteString(title + head)
				title, head = "", ""
				fmt.Fprintf(b, "\n**%s** %s\n", c.Strategy.Name, escape(c.Says()))
			} else if c.Gravest() >= judge.Unknown || c.Orders.Bad() > 0 {
				b.WriteString(title + head)
				title, head = "", ""
				cell(ctx, b, c, drawn)
			}
		}
	}
}

// cell writes what there is to say of a bad cell.
func cell(ctx context.Context, b *strings.Builder, c report.Cell, drawn map[string]string) {
	w := c.Witness(ctx)
	fmt.Fprintf(b, "\n**%s %s** %s; orders that end badly: %s\n", tell.Mark(max(c.Gravest(), w.Verdict)), c.Strategy.Name, c.Says(), c.OrdersLong())
	if c.Bad() > 0 {
		fmt.Fprintf(b, "\n```sh\n%s\n```\n", c.Replay())
	}
	if !w.Verdict.Bad() {
		return
	}
	diagram := mermaid(w.Trial)
	if who, ok := drawn[diagram]; ok {
		fmt.Fprintf(b, "\nIts shortest story is that of %s.\n", who)
		return
	}
	drawn[diagram] = c.Strategy.Name
	fmt.Fprintf(b, "\n<details><summary>%s</summary>\n\n```mermaid\n%s```\n\n```sh\n%s\n```\n\n</details>\n", escape(w.What), diagram, w.Command)
}

func tableRow(b *strings.Builder, columns ...string) {
	fmt.Fprintf(b, "|%s|\n", strings.Join(columns, "|"))
}

var (
	markup  = strings.NewReplacer("<", "&lt;", "&", "&amp;")
	special = regexp.MustCompile("[\\\\`*_{}\\[\\]()#+!|~>@$]")
)

// escape makes text from a scenario plain text in Markdown.
func escape(s string) string { return special.ReplaceAllString(markup.Replace(tell.Clean(s)), `\$0`) }

// made says how the figures were made.
func made(b *strings.Builder, m *report.Matrix) {
	b.WriteString("\n## How it was made\n\n")
	b.WriteString("A trial is wrong if what the user asked for does not stand, once and in order, and nobody was told; stuck if something waits for ever. ")
	b.WriteString("The interval is Wilson's, at 95 %. Trial *k* of every cell has the same seed and meets the same luck. ")
	b.WriteString("Orders are all the orders of clicks, messages and timers, whatever the latencies; those that nobody can tell apart count once.\n\n")
	for i, s := range m.Scenarios {
		if i == 0 || s.Script.Network != m.Scenarios[i-1].Script.Network {
			fmt.Fprintf(b, "* %s: %s\n", escape(s.Name), escape(explain.Network(&s.Script.Network)))
		}
	}
	fmt.Fprintf(b, "\n```sh\n%s --format markdown\n```\n", m.Command())
}
