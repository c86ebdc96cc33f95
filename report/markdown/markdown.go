// Package markdown writes what a pull request shows: the matrix, and trials as
// diagrams of Mermaid.
package markdown

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios"
)

// Layout says how much of a matrix is written.
type Layout struct {
	Stories bool        // what happened in each cell that may lose something, of more than [report.Few] scenarios too
	Brief   bool        // what a comment has room for: less than [Room] characters
	Sort    report.Sort // of the strategies; of none, one scenario has them as they were asked for
}

// Room is how many characters a comment of a pull request has, with some to spare.
const Room = 60_000

// Write writes the matrix as a pull request shows it: the answer, tables, what they
// mean, and of what may lose something a diagram of a trial, in Mermaid's language, with
// the command that replays it. When ctx ends, the shortest bad orders that were not
// found by then are left out.
func Write(ctx context.Context, w io.Writer, m *report.Matrix, l Layout) error {
	p := &page{Matrix: m, Layout: l, rows: m.Rows(l.Sort)}
	parts := []part{{p.answer, ""}, {p.table, "the table"}, {p.legend, "what the marks mean"}, {p.what, "what was run"}}
	if len(m.Scenarios) > 1 {
		parts = append(parts, part{p.marks, "the marks of each scenario"})
		if !l.Brief {
			parts = append(parts, part{p.figures, ""})
		}
	}
	parts = append(parts, part{p.diff, "how it compares"})
	if l.Brief {
		parts = append(parts, part{func(b *strings.Builder) { p.told(ctx, b) }, "what goes wrong"}, part{p.again, "the command that makes it again"})
	} else {
		parts = append(parts, part{func(b *strings.Builder) { p.bad(ctx, b) }, ""}, part{p.made, ""})
	}
	var b strings.Builder
	p.put(&b, parts)
	if ctx.Err() != nil {
		fmt.Fprintf(&b, "\n%s\n", report.LeftOut)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// page is a matrix that is being written.
type page struct {
	*report.Matrix
	Layout
	rows []report.Summary
}

// part is one of a page, and what it is called where there is no room for it.
type part struct {
	write func(*strings.Builder)
	name  string
}

// put writes the parts, each after a blank line; of a brief page those that there is
// room for, and which there is none for.
func (p *page) put(b *strings.Builder, parts []part) {
	var none []string
	for _, part := range parts {
		var one strings.Builder
		if part.write(&one); one.Len() == 0 {
			continue
		}
		const spare = 1000 // for what is said below
		if p.Brief && b.Len()+one.Len() > Room-spare {
			none = append(none, part.name)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(one.String())
	}
	if len(none) > 0 {
		fmt.Fprintf(b, "\nThere was no room for %s.\n", strings.Join(none, ", "))
	}
}

// answer writes the answer, as a paragraph.
func (p *page) answer(b *strings.Builder) {
	a := p.Answer
	if a == nil || len(a.Says) == 0 {
		b.WriteString("# Outcomes\n")
		return
	}
	fmt.Fprintf(b, "**%s**", prose(a.Says[0]))
	for _, s := range a.Says[1:] {
		if s = " " + prose(s); p.Brief && b.Len()+len(s) > Room/4 {
			break
		}
		b.WriteString(s)
	}
	b.WriteByte('\n')
}

// table writes the figures of one scenario, and of several a row a strategy.
func (p *page) table(b *strings.Builder) {
	if len(p.Scenarios) == 1 {
		s := p.Scenarios[0]
		fmt.Fprintf(b, "**%s** %s\n\n", escape(s.Name), escape(s.Title))
		p.outcomes(b, p.Scenarios)
		return
	}
	head, rule := []string{"strategy"}, "---"
	states := report.Counted(p.rows)
	for _, state := range states {
		head, rule = append(head, state.Mark()+" "+state.String()), rule+"|--:"
	}
	tableRow(b, append(head, "worst", "waits")...)
	tableRow(b, rule+"|---|--:")
	for i := range p.rows {
		r := &p.rows[i]
		row := []string{escape(r.Strategy.Name)}
		for _, state := range states {
			row = append(row, strconv.Itoa(r.States[state]))
		}
		name, figure := r.Worsts()
		if r.Known == 0 {
			figure = "failed"
		}
		tableRow(b, append(row, strings.TrimSpace(escape(name)+" "+figure), r.Waiting())...)
	}
}

// figures writes those of several scenarios, folded away.
func (p *page) figures(b *strings.Builder) {
	b.WriteString("<details><summary>All figures</summary>\n\n")
	p.outcomes(b, p.Scenarios)
	b.WriteByte('\n')
	list(b, p.ColumnNotes())
	b.WriteString("\n</details>\n")
}

// outcomes writes the table of figures, of several scenarios with their names.
func (p *page) outcomes(b *strings.Builder, ss []*scenarios.Scenario) {
	head := append([]string{"state", "strategy", "trials"}, report.FigureHeads...)
	rule := "---|---" + strings.Repeat("|--:", 1+len(report.FigureHeads))
	if len(ss) > 1 {
		head, rule = append([]string{"scenario"}, head...), "---|"+rule
	}
	tableRow(b, head...)
	tableRow(b, rule)
	for i, s := range ss {
		for j := range p.rows {
			c := p.Cell(i, p.rows[j].Column)
			row := []string{escape(c.Sign().Glyph + " " + c.Word()), escape(c.Strategy.Name), tell.Grouped(c.Trials)}
			switch {
			case c.Known():
				f := p.Figures(i, p.rows[j].Column)
				row = append(row, f.Row("")...)
			case c.Failed != nil:
				row[0] = c.Word()
				fallthrough
			default:
				row = append(row, make([]string, len(report.FigureHeads))...)
			}
			if len(ss) > 1 {
				row = append([]string{escape(s.Name)}, row...)
			}
			tableRow(b, row...)
		}
	}
}

// marks writes of several scenarios a mark a cell, with its word.
func (p *page) marks(b *strings.Builder) {
	head := []string{"scenario"}
	for i := range p.rows {
		head = append(head, escape(p.rows[i].Strategy.Name))
	}
	tableRow(b, head...)
	tableRow(b, "---"+strings.Repeat("|---", len(p.rows)))
	for i, s := range p.Scenarios {
		row, begun := []string{escape(s.Name)}, false
		for j := range p.rows {
			c := p.Cell(i, p.rows[j].Column)
			begun = begun || c.Known() || c.Failed != nil
			row = append(row, escape(marked(c)))
		}
		if begun {
			tableRow(b, row...)
		}
	}
}

// marked returns a cell as the terminal has it, with the word of its mark.
func marked(c report.Cell) string {
	if !c.Known() {
		return c.Text()
	}
	mark := c.Sign().Glyph
	return strings.Replace(c.Text(), mark, mark+" "+c.Word(), 1)
}

// legend says what marks and columns mean.
func (p *page) legend(b *strings.Builder) {
	if len(p.Scenarios) == 1 {
		list(b, append(p.Notes(), p.ColumnNotes()...))
		return
	}
	list(b, report.SummaryNotes(p.rows))
}

func list(b *strings.Builder, notes []report.Note) {
	for _, n := range notes {
		fmt.Fprintf(b, "* %s: %s\n", prose(n.Label()), prose(n.Says))
	}
}

// what says what was run, on what, and by what.
func (p *page) what(b *strings.Builder) {
	lines := append(strings.Split(p.What(), "\n"), p.Assumptions()...)
	for _, own := range p.Programs() {
		lines = append(lines, own.Says())
	}
	for c := range p.Each {
		if c.Failed != nil {
			lines = append(lines, c.Named()+" "+c.Says())
		} else if c.Orders.Failed != nil {
			lines = append(lines, c.Named()+", its orders: "+c.OrdersLong())
		}
	}
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "%s\n", prose(line))
	}
}

// diff writes how the matrix compares with an earlier one.
func (p *page) diff(b *strings.Builder) {
	if p.Diff != nil {
		b.WriteString("## Compared\n\n")
		WriteDiff(b, p.Diff)
	}
}

// again writes the command that makes the matrix again.
func (p *page) again(b *strings.Builder) { fmt.Fprintf(b, "```sh\n%s\n```\n", p.Command()) }

// WriteDiff writes how a report compares with an earlier one.
func WriteDiff(w io.Writer, d report.Compared) error {
	_, err := fmt.Fprintf(w, "    %s\n", strings.Join(d.Lines(100), "\n    "))
	return err
}

// bad tells of each cell that may lose something what happened, if that was asked for,
// or the scenarios are few. Cells of one scenario that show the same share a diagram.
func (p *page) bad(ctx context.Context, b *strings.Builder) {
	if !slices.ContainsFunc(p.rows, func(s report.Summary) bool { return s.MayLose() }) {
		return
	}
	if !p.Stories && len(p.Scenarios) > report.Few && p.SavesADay == 0 {
		b.WriteString("`--stories` tells what happened in a trial of each ✗, … and ○, with its command.\n")
		return
	}
	b.WriteString("## What goes wrong\n")
	for i, s := range p.Scenarios {
		drawn := map[string]string{} // by diagram, who has it
		head := fmt.Sprintf("\n### %s\n", escape(s.Name))
		for j := range p.rows {
			if c := p.Cell(i, p.rows[j].Column); c.Known() && c.State() <= report.Possible {
				b.WriteString(head)
				head = ""
				cell(ctx, b, c, drawn)
			}
		}
	}
}

// cell tells of a cell that may lose something.
func cell(ctx context.Context, b *strings.Builder, c report.Cell, drawn map[string]string) {
	sign, story := c.Sign(), c.Story(ctx)
	fmt.Fprintf(b, "\n**%s %s** %s\n%s", sign.Glyph, escape(c.Strategy.Name), prose(story.Says), shell(story.Command))
	w := c.Witness(ctx)
	if !w.Verdict.Bad() {
		return
	}
	diagram := mermaid(w.Trial)
	if who, ok := drawn[diagram]; ok {
		fmt.Fprintf(b, "\nIts shortest story is that of %s.\n", escape(who))
		return
	}
	drawn[diagram] = c.Strategy.Name
	fmt.Fprintf(b, "\n<details><summary>%s</summary>\n\n```mermaid\n%s```\n", escape(w.What), diagram)
	if w.Command != story.Command {
		b.WriteString(shell(w.Command))
	}
	b.WriteString("\n</details>\n")
}

// shell sets a command apart, if there is one.
func shell(command string) string {
	if command == "" {
		return ""
	}
	return "\n```sh\n" + command + "\n```\n"
}

func tableRow(b *strings.Builder, columns ...string) {
	fmt.Fprintf(b, "|%s|\n", strings.Join(columns, "|"))
}

var (
	markup  = strings.NewReplacer("<", "&lt;", "&", "&amp;")
	special = regexp.MustCompile("[\\\\`*_{}\\[\\]()#+!|~>@$]")
	round   = strings.NewReplacer(`\(`, "(", `\)`, ")", `\!`, "!")
)

// escape makes text from a scenario plain text in Markdown.
func escape(s string) string { return special.ReplaceAllString(markup.Replace(tell.Clean(s)), `\$0`) }

// prose is escape for sentences, which can be read as they are too: without a square
// bracket, a round one means nothing.
func prose(s string) string {
	if s = escape(s); strings.ContainsAny(s, "[]") {
		return s
	}
	return round.Replace(s)
}

// made says how the figures were made.
func (p *page) made(b *strings.Builder) {
	b.WriteString("## How it was made\n\n")
	b.WriteString("A trial is wrong if what the user asked for does not stand, once and in order, and nobody was told; stuck if something waits for ever. ")
	b.WriteString("The interval is Wilson's, at 95 %. Trial *k* of every cell has the same seed and meets the same luck. ")
	b.WriteString("Orders are all the orders of clicks, messages and timers, whatever the latencies; those that nobody can tell apart count once.\n\n")
	for i, s := range p.Scenarios {
		if i == 0 || s.Script.Network != p.Scenarios[i-1].Script.Network {
			fmt.Fprintf(b, "* %s: %s\n", escape(s.Name), escape(explain.Network(&s.Script.Network)))
		}
	}
	b.WriteString(shell(p.Command() + " --format markdown"))
}
