package terminal

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// WriteMatrix writes the matrix for people, at most width columns wide if that
// can be done. A single scenario gets its figures in full, several share one
// table. Below stands, for everything bad, the command that replays its first bad
// trial.
func WriteMatrix(w io.Writer, m *report.Matrix, width int, p Palette) error {
	var b strings.Builder
	legend := m.Legend()
	if len(m.Scenarios) == 1 {
		figures(&b, m, p)
		legend = append(legend,
			"95 %: where the share of wrong or stuck is, with 95 % certainty",
			"sent: requests; p50, p99: ms from the last click until all is settled",
			"blocked: ms that a button was disabled when the user wanted it")
	} else {
		table(&b, m, width, p, report.Cell.Short, colour)
	}
	fmt.Fprintf(&b, "\n%s\n", m.What())
	for _, line := range m.Assumptions() {
		Hang(&b, "", line)
	}
	for _, p := range m.Programs() {
		Hang(&b, "", p.Says())
	}
	for _, line := range legend {
		fmt.Fprintf(&b, "%s\n", Paint(p.Faint, line))
	}
	b.WriteString("\nEvery order of clicks and messages; those nobody can tell apart count once.\n\n")
	table(&b, m, width, p, report.Cell.OrdersShort, ordersColour)
	b.WriteByte('\n')
	for _, line := range ordersLegend(m) {
		fmt.Fprintf(&b, "%s\n", Paint(p.Faint, line))
	}
	bad(&b, m, p)
	if m.Diff != nil {
		fmt.Fprintf(&b, "\n%s\n", strings.Join(m.Diff.Lines(width), "\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// figures writes what there is to say of one scenario, a row a strategy.
func figures(b *strings.Builder, m *report.Matrix, p Palette) {
	b.WriteString(heading(m.Scenarios[0], p) + "\n")
	const strategyWidth = 19
	const format = "%s %6s %6s %6s %9s %5s %6s %7s %7s"
	header := fmt.Sprintf(format, tell.Pad("strategy", strategyWidth), "wrong", "stuck", "loud", "95 %", "sent", "p50", "p99", "blocked")
	fmt.Fprintf(b, "%s\n", Paint(p.Faint, header))
	for c := range m.Each {
		switch {
		case c.Failed != nil:
			fmt.Fprintf(b, "%s %s\n", tell.Pad("? "+c.Strategy.Name, strategyWidth), Paint(p.Of(judge.Unknown), c.Short()))
			continue
		case c.Trials == 0:
			fmt.Fprintf(b, "%s not run\n", tell.Pad(c.Strategy.Name, strategyWidth))
			continue
		}
		name := tell.Pad(tell.Mark(c.Gravest())+" "+c.Strategy.Name, strategyWidth)
		line := fmt.Sprintf(format, name, c.Of(judge.Wrong), c.Of(judge.Stuck), c.Of(judge.Loud),
			strings.TrimSuffix(report.Interval(c.Interval()), " %"), strconv.FormatFloat(c.Requests, 'f', 2, 64),
			tell.Rounded(c.P50), tell.Rounded(c.P99), tell.Rounded(c.Blocked))
		fmt.Fprintf(b, "%s\n", Paint(colour(c, p), line))
	}
}

// ordersLegend explains the signs of the table of orders.
func ordersLegend(m *report.Matrix) []string {
	lines := []string{"✗ 3/7: three of seven orders end wrong or stuck", "✓ 14: race-free, all fourteen were run: a proof"}
	for c := range m.Each {
		if c.Orders.Classes > 0 && !c.Orders.Complete && c.Strategy.Own() == nil {
			lines = append(lines, fmt.Sprintf("k+: more than the %s that were run; explore says more", tell.Grouped(report.MatrixClasses)))
			break
		}
	}
	for c := range m.Each {
		if c.Orders.Classes > 0 && !c.Orders.Complete && c.Strategy.Own() != nil {
			lines = append(lines, "12+: more than the 12 that there was time for: nothing is proved")
			break
		}
	}
	for c := range m.Each {
		if r := c.Orders; r.Complete && r.Gravest() == judge.Unknown {
			lines = append(lines, "? 2/7: of two of seven orders nobody knows how they end")
			break
		}
	}
	for c := range m.Each {
		if c.Orders.Failed != nil {
			return append(lines, "?: nothing is proved; why stands below")
		}
	}
	return lines
}

// table writes a row a scenario, a column a strategy.
func table(b *strings.Builder, m *report.Matrix, width int, p Palette,
	short func(report.Cell) string, hue func(report.Cell, Palette) string) {
	heads := heads(m)
	widths := widths(m, heads, short)
	names := nameWidth(m, width, widths)
	for _, head := range heads {
		line := tell.Pad("", names)
		for j, part := range head {
			line += " " + tell.Pad(part, widths[j])
		}
		fmt.Fprintf(b, "%s\n", Paint(p.Faint, strings.TrimRight(line, " ")))
	}
	for i, s := range m.Scenarios {
		b.WriteString(tell.Pad(tell.Fit(s.Name, names), names))
		gap := 1
		for j, w := range widths {
			c := m.Cell(i, j)
			b.WriteString(tell.Pad("", gap) + Paint(hue(c, p), short(c)))
			gap = 1 + w - tell.Columns(short(c))
		}
		b.WriteByte('\n')
	}
}

// heads returns the names of the strategies, broken at their hyphens, as lines
// of columns.
func heads(m *report.Matrix) (heads [][]string) {
	broken := strings.NewReplacer("-", "- ", "+", " +")
	for j, e := range m.Strategies {
		for k, part := range strings.Fields(broken.Replace(e.Name)) {
			if k == len(heads) {
				heads = append(heads, make([]string, len(m.Strategies)))
			}
			heads[k][j] = part
		}
	}
	return heads
}

// widths returns how wide the column of each strategy has to be.
func widths(m *report.Matrix, heads [][]string, short func(report.Cell) string) []int {
	widths := make([]int, len(m.Strategies))
	for j := range widths {
		widths[j] = 8
		for _, head := range heads {
			widths[j] = max(widths[j], tell.Columns(head[j]))
		}
		for i := range m.Scenarios {
			widths[j] = max(widths[j], tell.Columns(short(m.Cell(i, j))))
		}
	}
	return widths
}

// nameWidth returns how wide the names of the scenarios may be: as long as the
// longest, or as the other columns leave it.
func nameWidth(m *report.Matrix, width int, widths []int) (names int) {
	for _, w := range widths {
		width -= 1 + w
	}
	for _, s := range m.Scenarios {
		names = max(names, tell.Columns(tell.Clean(s.Name)))
	}
	return min(names, max(12, width))
}

// bad lists every cell with something bad in it, by scenario.
func bad(b *strings.Builder, m *report.Matrix, p Palette) {
	var last *scenarios.Scenario
	for c := range m.Each {
		v := c.Gravest()
		if v < judge.Unknown && c.Failed == nil && c.Orders.Failed == nil {
			continue
		}
		if c.Scenario != last {
			last = c.Scenario
			fmt.Fprintf(b, "\n%s\n", Paint(p.Strong, tell.Clean(last.Name)))
		}
		if c.Failed != nil {
			v = judge.Unknown
		}
		fmt.Fprintf(b, "  %s %s\n", Paint(p.Of(v), tell.Mark(v)+" "+c.Strategy.Name), c.Says())
		if c.Orders.Failed != nil {
			fmt.Fprintf(b, "    its orders: %s\n", c.OrdersLong())
		}
		if c.Bad() > 0 {
			fmt.Fprintf(b, "    %s\n", c.Replay())
		}
	}
}

// colour returns the colour of a cell.
func colour(c report.Cell, p Palette) string {
	switch {
	case c.Failed != nil:
		return p.Of(judge.Unknown)
	case c.Trials == 0:
		return p.Faint
	}
	return p.Of(c.Gravest())
}

// ordersColour returns the colour of a cell in the table of orders.
func ordersColour(c report.Cell, p Palette) string {
	switch r := c.Orders; {
	case r.RaceFree():
		return p.Of(judge.OK)
	case r.Bad() > 0:
		return p.Of(r.Gravest())
	}
	return p.Faint
}
