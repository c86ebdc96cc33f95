package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// WriteText writes the matrix for people, at most width columns wide if that
// can be done. A single scenario gets its figures in
// full, several share one table. Below stands, for everything bad, the command
// that replays its first bad trial.
func (m *Matrix) WriteText(w io.Writer, width int, p Palette) error {
	var b strings.Builder
	legend := m.Legend()
	if len(m.Scenarios) == 1 {
		m.figures(&b, p)
		legend = append(legend,
			"95 %: where the share of wrong or stuck is, with 95 % certainty",
			"sent: requests; p50, p99: ms from the last click until all is settled",
			"blocked: ms that a button was disabled when the user wanted it")
	} else {
		m.table(&b, width, p, Cell.Short, Cell.colour)
	}
	fmt.Fprintf(&b, "\n%s\n", m.What())
	for _, line := range m.Assumptions() {
		hanging(&b, "", line)
	}
	for _, line := range legend {
		fmt.Fprintf(&b, "%s\n", paint(p.Faint, line))
	}
	fmt.Fprintf(&b, "\n%s\n\n", "Every order of clicks and messages; those nobody can tell apart count once.")
	m.table(&b, width, p, Cell.OrdersShort, Cell.ordersColour)
	b.WriteByte('\n')
	for _, line := range m.ordersLegend() {
		fmt.Fprintf(&b, "%s\n", paint(p.Faint, line))
	}
	m.bad(&b, p)
	_, err := io.WriteString(w, b.String())
	return err
}

// figures writes what there is to say of one scenario, a row a strategy.
func (m *Matrix) figures(b *strings.Builder, p Palette) {
	s := m.Scenarios[0]
	fmt.Fprintf(b, "%s  %s\n\n", paint(p.Strong, tell.Clean(s.Name)), tell.Fit(s.Title, max(20, 78-tell.Columns(s.Name))))
	const strategyWidth = 19
	const format = "%s %6s %6s %6s %9s %5s %6s %7s %7s"
	header := fmt.Sprintf(format, tell.Pad("strategy", strategyWidth), "wrong", "stuck", "loud", "95 %", "sent", "p50", "p99", "blocked")
	fmt.Fprintf(b, "%s\n", paint(p.Faint, header))
	m.Each(func(c Cell) {
		if c.Trials == 0 {
			fmt.Fprintf(b, "%s not run\n", tell.Pad(c.Strategy.Name, strategyWidth))
			return
		}
		share := func(v judge.Verdict) string { return Percent(c.Share(c.Verdicts[v])) }
		line := fmt.Sprintf(format, tell.Pad(tell.Mark(c.Gravest())+" "+c.Strategy.Name, strategyWidth), share(judge.Wrong), share(judge.Stuck), share(judge.Loud),
			strings.TrimSuffix(Interval(c.Interval()), " %"), strconv.FormatFloat(c.Requests, 'f', 2, 64),
			rounded(c.P50), rounded(c.P99), rounded(c.Blocked))
		fmt.Fprintf(b, "%s\n", paint(c.colour(p), line))
	})
}

// ordersLegend explains the signs of the table of orders.
func (m *Matrix) ordersLegend() []string {
	lines := []string{"✗ 3/7: three of seven orders end wrong or stuck", "✓ 14: race-free, all fourteen were run: a proof"}
	unknown := false
	m.Each(func(c Cell) { unknown = unknown || c.Orders.Classes > 0 && !c.Orders.Complete })
	if unknown {
		lines = append(lines, fmt.Sprintf("k+: more than the %s that were run; explore says more", tell.Grouped(matrixClasses)))
	}
	return lines
}

// table writes a row a scenario, a column a strategy.
func (m *Matrix) table(b *strings.Builder, width int, p Palette, short func(Cell) string, colour func(Cell, Palette) string) {
	heads := m.heads()
	widths := m.widths(heads, short)
	names := m.nameWidth(width, widths)
	for _, head := range heads {
		line := tell.Pad("", names)
		for j, part := range head {
			line += " " + tell.Pad(part, widths[j])
		}
		fmt.Fprintf(b, "%s\n", paint(p.Faint, strings.TrimRight(line, " ")))
	}
	for i, s := range m.Scenarios {
		b.WriteString(tell.Pad(tell.Fit(s.Name, names), names))
		gap := 1
		for j, w := range widths {
			c := m.Cell(i, j)
			b.WriteString(tell.Pad("", gap) + paint(colour(c, p), short(c)))
			gap = 1 + w - tell.Columns(short(c))
		}
		b.WriteByte('\n')
	}
}

// heads returns the names of the strategies, broken at their hyphens, as lines
// of columns.
func (m *Matrix) heads() (heads [][]string) {
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
func (m *Matrix) widths(heads [][]string, short func(Cell) string) []int {
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
func (m *Matrix) nameWidth(width int, widths []int) (names int) {
	for _, w := range widths {
		width -= 1 + w
	}
	for _, s := range m.Scenarios {
		names = max(names, tell.Columns(tell.Clean(s.Name)))
	}
	return min(names, max(12, width))
}

// What says what was run.
func (m *Matrix) What() string {
	last := m.Seed + uint64(m.Trials) - 1
	from := "from the network"
	if m.Latency != (latency.RoundTrip{}) {
		from = "from your own"
	}
	text := fmt.Sprintf("%s trials each, seeds %d to %d, latencies drawn %s.", tell.Grouped(m.Trials), m.Seed, last, from)
	if done, all := m.Done(); done < all {
		text += fmt.Sprintf("\nCancelled: %s of %s trials were run.", tell.Grouped(done), tell.Grouped(all))
	}
	return text
}

// Legend explains the signs in use. Nothing found is no proof, so it gives the
// upper end of the interval with it.
func (m *Matrix) Legend() []string {
	var used [judge.Wrong + 1]bool
	m.Each(func(c Cell) { used[c.Gravest()] = used[c.Gravest()] || c.Trials > 0 })
	var lines []string
	for v := judge.Wrong; ; v-- {
		if used[v] {
			lines = append(lines, tell.Mark(v)+" "+m.means(v))
		}
		if v == judge.OK {
			break
		}
	}
	if done, all := m.Done(); done < all {
		lines = append(lines, "~ cancelled before its last trial; · before its first")
	}
	return lines
}

func (m *Matrix) means(v judge.Verdict) string {
	_, high := Wilson(0, m.Trials)
	none := fmt.Sprintf("0 of %s wrong or stuck, so at most %s of all (95 %%)", tell.Grouped(m.Trials), Percent(high))
	switch v {
	case judge.Wrong:
		return "silently wrong (…: some are stuck as well)"
	case judge.Stuck:
		return "none wrong, some stuck: an action waits for ever"
	case judge.Unknown:
		return "none seen wrong or stuck, but some did not end"
	case judge.Loud:
		return none + "; some failed aloud"
	}
	return none
}

// bad lists every cell with something bad in it, by scenario.
func (m *Matrix) bad(b *strings.Builder, p Palette) {
	var last *scenarios.Scenario
	m.Each(func(c Cell) {
		v := c.Gravest()
		if v < judge.Unknown {
			return
		}
		if c.Scenario != last {
			last = c.Scenario
			fmt.Fprintf(b, "\n%s\n", paint(p.Strong, tell.Clean(last.Name)))
		}
		fmt.Fprintf(b, "  %s %s\n", paint(p.Of(v), tell.Mark(v)+" "+c.Strategy.Name), c.Says())
		if c.Bad() > 0 {
			fmt.Fprintf(b, "    %s\n", c.Replay())
		}
	})
}

// rounded writes a duration in whole milliseconds.
func rounded(d time.Duration) string {
	return strconv.FormatInt(int64(d.Round(time.Millisecond)/time.Millisecond), 10)
}
