package diff

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
)

// Lines writes what differs, at most width columns wide where that can be done: what
// was compared, a line a cell that is not the same, and how many are.
func (d *Diff) Lines(width int) []string {
	lines := fold(d.head(), " ", wordWidth, width)
	var rows [][]string
	for w := Worse; w < Same; w++ {
		for i := range d.Cells {
			if c := &d.Cells[i]; c.Word == w {
				rows = append(rows, c.fields())
			}
		}
	}
	lines = append(lines, table(rows, width)...)
	last := []string{tell.Pad(Same.String(), wordWidth) + fmt.Sprintf("%s of %s", tell.Grouped(d.count(Same)), tell.Grouped(len(d.Cells)))}
	var left []string
	if d.OnlyOld > 0 {
		left = append(left, cells(d.OnlyOld)+" of "+d.Old.Name)
	}
	if d.OnlyNew > 0 {
		left = append(left, cells(d.OnlyNew)+" of "+d.New.Name)
	}
	if left != nil {
		last = append(last, "not compared: "+strings.Join(left, ", "))
	}
	lines = append(lines, fold(last, gap, wordWidth, width)...)
	if len(rows) > manyRows {
		lines = append(lines, fmt.Sprintf("in all  %s worse, %s better, %s changed",
			tell.Grouped(d.count(Worse)), tell.Grouped(d.count(Better)), tell.Grouped(d.count(Changed))))
	}
	return lines
}

const (
	gap       = "  " // between columns
	wordWidth = len("changed ")

	manyRows = 20 // more than one counts at a glance
)

func cells(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return tell.Grouped(n) + " cells"
}

// table writes a row in a line each, the first fields below those of the others, if that
// fits, and else breaks each between its fields.
func table(rows [][]string, width int) (lines []string) {
	const columns = 3
	var wide [columns]int
	for _, row := range rows {
		for i := range wide {
			wide[i] = max(wide[i], tell.Columns(row[i]))
		}
	}
	fits := true
	for _, row := range rows {
		line := ""
		for i, field := range row {
			if i < columns {
				field = tell.Pad(field, wide[i])
			}
			line += field + gap
		}
		line = strings.TrimRight(line, " ")
		lines, fits = append(lines, line), fits && tell.Columns(line) <= width
	}
	if fits {
		return lines
	}
	lines = nil
	for _, row := range rows {
		lines = append(lines, fold(row, gap, wordWidth, width)...)
	}
	return lines
}

// fold puts fields into lines, with sep between them, the later lines indented. A field
// stays whole, as in a table, however long it is.
func fold(fields []string, sep string, indent, width int) (lines []string) {
	line := fields[0]
	for _, field := range fields[1:] {
		if tell.Columns(line)+len(sep)+tell.Columns(field) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = strings.Repeat(" ", indent) + field
			continue
		}
		line += sep + field
	}
	return append(lines, line)
}

// fields returns the columns of a cell.
func (c *Cell) fields() []string {
	row := []string{tell.Pad(c.Word.String(), wordWidth) + tell.Clean(c.Scenario), tell.Clean(c.Strategy), c.became()}
	if c.Difference != 0 || c.Added+c.Gone > 0 {
		how := "not paired"
		if c.Pairs > 0 {
			how = fmt.Sprintf("%s new, %s gone", tell.Grouped(c.Added), tell.Grouped(c.Gone))
		}
		if c.Pairs > 0 && c.Pairs < max(c.old.Trials, c.now.Trials) {
			how += fmt.Sprintf(" of %s pairs", tell.Grouped(c.Pairs))
		}
		row = append(row, c.difference(), how)
	}
	for _, m := range c.Moved {
		row = append(row, m.says())
	}
	return row
}

// became says what the share of bad trials was and is; and if the states are others,
// these too.
func (c *Cell) became() string {
	was, is := c.old.state(), c.now.state()
	if was == is && grade(is) == 2 {
		return report.Percent(c.old.Share) + " -> " + report.Percent(c.now.Share)
	}
	before, after := c.old.text(), c.now.text()
	if before == after {
		return after
	}
	return before + " -> " + after
}

// text returns what a cell comes to, with its mark, its word and the share that made it
// so.
func (c *cell) text() string {
	s := c.state()
	text := s.Mark() + " " + s.String()
	switch odds := (report.Odds{Trials: c.Trials}); {
	case s == report.Wrong, s == report.Stuck:
		return text + " " + report.Percent(c.Share)
	case s == report.Loud:
		return text + " " + report.Percent(c.Loud)
	case s == report.Open && !c.Orders.Complete:
		return text + " (not all orders run)"
	case s == report.Open && c.Verdicts.Unknown > 0:
		return text + " " + report.Percent(odds.Share(c.Verdicts.Unknown))
	case s == report.Possible && c.Orders.Bad > 0:
		return fmt.Sprintf("%s %s/%s", text, tell.Short(c.Orders.Bad), tell.Short(c.Orders.Classes))
	case s == report.Possible:
		return text + " as pinned"
	}
	return text
}

// difference writes that of the shares in points of a hundred, with its interval.
func (c *Cell) difference() string {
	digits := 1
	for half := 50 * (c.High - c.Low); half < 0.3 && digits < 6; half *= 10 {
		digits++
	}
	for least := math.Abs(100 * c.Difference); least > 0 && math.Round(least*math.Pow10(digits)) == 0; {
		digits++ // what is not nothing does not look like it
	}
	points := func(x float64) string {
		text := strconv.FormatFloat(100*x, 'f', digits, 64)
		if x > 0 {
			text = "+" + text
		}
		return text
	}
	return fmt.Sprintf("%s (%s to %s)", points(c.Difference), points(c.Low), points(c.High))
}

// says puts a cost that moved into words.
func (m Moved) says() string {
	ms := func(x float64) string { return strconv.FormatFloat(math.Round(x), 'f', 0, 64) }
	per := func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
	percent := report.Percent
	x := map[string]struct {
		name, unit string
		write      func(float64) string
	}{
		"waits": {"waits", " ms", ms}, "p50": {"p50", " ms", ms}, "p99": {"p99", " ms", ms}, "blocked": {"blocked", " ms", ms},
		"requestsPerSave": {"requests a save", "", per}, "unanswered": {"never answered", "", percent}, "loud": {"loud", "", percent},
	}[m.Cost]
	return fmt.Sprintf("%s %s -> %s%s", x.name, x.write(m.Old), x.write(m.New), x.unit)
}

// head says what was compared, in words.
func (d *Diff) head() (words []string) {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	say("%s", d.trials())
	for _, r := range d.Renamed {
		say("%s is compared with %s", tell.Clean(r.Old), tell.Clean(r.New))
	}
	for _, e := range d.New.strategies {
		if says := d.client(e); says != "" {
			say("%s", says)
		}
	}
	same := []string{}
	if says := d.program(); says != "" {
		say("%s", says)
	} else {
		same = append(same, "program")
	}
	if says := d.network(); says != "" {
		say("%s", says)
	} else {
		same = append(same, "network")
	}
	if len(same) > 0 {
		say("the same %s", strings.Join(same, " and "))
	}
	if was, is := d.Old.answer.Strategy, d.New.answer.Strategy; was != nil && is != nil && *was != *is {
		say("the answer was %s, and is %s", tell.Fit(*was, 60), tell.Fit(*is, 60))
	}
	words = []string{d.Old.Name, "->", d.New.Name + gap}
	return append(words, strings.Fields(strings.Join(parts, "; "))...)
}

// trials says how many trials a cell has, and whether they are pairs.
func (d *Diff) trials() string {
	n, loose, fewer := tell.Grouped(d.New.trials), 0, false
	for i := range d.Cells {
		if c := &d.Cells[i]; c.Pairs == 0 {
			loose++
		} else if c.Pairs < d.New.trials {
			fewer = true
		}
	}
	switch {
	case loose == 0 && fewer:
		return "up to " + n + " pairs a cell"
	case loose == 0:
		return n + " pairs a cell"
	case loose < len(d.Cells):
		return fmt.Sprintf("%s trials a cell; in %s it is not known which were bad, beyond %s, and the shares are compared as if nothing bound them (Newcombe’s interval)", n, cells(loose), tell.Grouped(maxPairs))
	}
	return fmt.Sprintf("%s trials a cell; beyond %s it is not known which were bad, and the shares are compared as if nothing bound them (Newcombe’s interval)", n, tell.Grouped(maxPairs))
}

// client says what of a client of the user's own is another; "" if nothing is.
func (d *Diff) client(e strategy) string {
	at := slices.IndexFunc(d.Old.strategies, func(o strategy) bool { return renamed(o.Name, d.Renamed) == e.Name })
	if at < 0 {
		return ""
	}
	o := d.Old.strategies[at]
	was, is := d.Old.programs[o.Name], d.New.programs[e.Name]
	bundle := func(e strategy, p program) string {
		if e.Bundle != nil {
			return *e.Bundle
		}
		return p.Bundle
	}
	name, own := tell.Fit(e.Name, 60), func(e strategy, p program) bool { return e.Bundle != nil || p.Runs != "" }
	switch a, b := bundle(o, was), bundle(e, is); {
	case !own(o, was) || !own(e, is):
		return ""
	case a != b:
		return name + ": another bundle"
	case was.Runs != is.Runs || !slices.Equal(was.Of, is.Of):
		return fmt.Sprintf("%s: on %s, and before on %s", name, d.New.runs(e.Name), d.Old.runs(o.Name))
	case b == "":
		return name + ": a command, of which nothing says whether it is another"
	}
	return ""
}

// program says that another program, or one that nobody can tell from another, has made
// the reports; "" if it was the same.
func (d *Diff) program() string {
	named := func(r *Report) string { return tell.Fit(cmp.Or(strings.Trim(r.program, "()"), unnamed), 60) }
	was, is := named(d.Old), named(d.New)
	switch {
	case was != is:
		return fmt.Sprintf("by program %s, and before by %s", is, was)
	case is == unnamed || strings.HasSuffix(is, "+dirty"):
		return fmt.Sprintf("both by %s, which may be two programs", is)
	}
	return ""
}

// unnamed is the version of a program that was built without one.
const unnamed = "devel"

// network says what networks are others; "" if none is.
func (d *Diff) network() string {
	n, all, turned, drawn := 0, 0, 0, false
	example := ""
	for _, o := range d.Old.scenarios {
		at := slices.IndexFunc(d.New.scenarios, func(s scenario) bool { return s.Name == renamed(o.Name, d.Renamed) })
		if at < 0 {
			continue
		}
		all++
		was, is := o.Network, d.New.scenarios[at].Network
		if was == is {
			drawn = drawn || strings.Contains(is, " samples, ")
			continue
		}
		if n++; n == 1 {
			example = fmt.Sprintf("%s, and before %s", tell.Fit(is, 100), tell.Fit(was, 100))
		}
		if quick(was)*quick(is) < 0 {
			turned++
		}
	}
	if n == 0 && drawn {
		return "both over as many samples of the same quantiles, which may be two networks"
	}
	if n == 0 {
		return ""
	}
	says := "another network"
	if n < all {
		says += fmt.Sprintf(" in %d of %d scenarios", n, all)
	}
	switch was, is := d.Old.network, d.New.network; {
	case was != is:
		example = fmt.Sprintf("%s, and before %s", given(is), given(was))
	case all > 1:
		example = "as " + example
	}
	says += " (" + example + ")"
	if turned > 0 {
		says += ": the luck of a seed runs the other way, so the intervals hold, but are wider"
	}
	return says
}

// given puts into words what latencies a report was given.
func given(network string) string {
	if network == "own" {
		return "each scenario its own"
	}
	return tell.Fit(network, 100)
}

// quick says which luck makes a network quick whose two legs these words begin with: 1
// if a high number does, as where a latency is exponential, -1 if a low one does, and
// 0 if the legs differ, or nothing is drawn.
func quick(network string) int {
	high, low := 0, 0
	for i, leg := range strings.SplitN(network, " / ", 3) {
		switch {
		case i == 2: // this is of reads
		case strings.HasPrefix(leg, "exp "), strings.HasPrefix(leg, "from "):
			high = 1
		case strings.HasPrefix(leg, "median "), strings.HasPrefix(leg, "p50 "), strings.HasPrefix(leg, "one of "), strings.Contains(leg, " to "):
			low = 1
		}
	}
	return high - low
}
