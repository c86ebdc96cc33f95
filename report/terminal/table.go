package terminal

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"photofinish/report"
	"photofinish/report/tell"
)

// Layout says how a matrix is laid out.
type Layout struct {
	Width   int         // of the terminal: nothing but commands is wider
	Stories bool        // of several scenarios too, what happened in each cell that may lose something
	Sort    report.Sort // of the strategies; of none, one scenario has them as they were asked for
}

// page is a matrix that is being written.
type page struct {
	strings.Builder
	*report.Matrix
	Layout
	p    Palette
	rows []report.Summary // of the strategies of which there is anything to say, in their order
	ss   []int            // the scenarios likewise
}

// WriteMatrix writes the matrix for people: the answer; the figures of one scenario, or
// of several a row a strategy and, if they are few, a mark a cell; what it means, and
// what was run; and of what may lose something, what happened in one trial, with the
// command that replays it. When ctx ends, orders that were not found by then are left
// out.
func WriteMatrix(ctx context.Context, w io.Writer, m *report.Matrix, l Layout, p Palette) error {
	b := &page{Matrix: m, Layout: l, p: p}
	b.Width = max(l.Width, 40)
	b.Stories = l.Stories || len(m.Scenarios) == 1 || m.SavesADay > 0 // which they say
	b.choose()
	b.lead()
	if len(m.Scenarios) == 1 {
		b.figures()
	} else {
		b.several()
	}
	b.what()
	b.troubles()
	if b.Stories {
		b.stories(ctx)
	}
	if m.Diff != nil {
		fmt.Fprintf(b, "\n%s\n", strings.Join(m.Diff.Lines(b.Width), "\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// choose leaves out what has no trial.
func (b *page) choose() {
	b.rows = b.Rows(b.Sort)
	for i := range b.Scenarios {
		if slices.ContainsFunc(b.rows, func(s report.Summary) bool { c := b.Cell(i, s.Column); return c.Known() || c.Failed != nil }) {
			b.ss = append(b.ss, i)
		}
	}
}

// lead writes the answer: the first sentence by itself, the others below it.
func (b *page) lead() {
	a := b.Answer
	if a == nil || len(a.Says) == 0 {
		return
	}
	for _, line := range wrap(b.Width, "", "", a.Says[:1]) {
		fmt.Fprintf(b, "%s\n", Paint(b.p.Strong, line))
	}
	for _, line := range wrap(b.Width, "  ", "  ", a.Says[1:]) {
		fmt.Fprintf(b, "%s\n", line)
	}
	b.WriteByte('\n')
}

// several writes what several scenarios come to.
func (b *page) several() {
	if len(b.rows) == 0 {
		return
	}
	g := b.summary()
	g.write(&b.Builder, b.Width, b.p)
	notes := report.SummaryNotes(b.rows)
	if b.Stories || len(b.Scenarios) <= report.Few {
		b.WriteByte('\n')
		b.marks().write(&b.Builder, b.Width, b.p)
		notes = append(b.Notes(), report.WaitsNote)
	}
	b.WriteByte('\n')
	b.legend(notes)
	if !b.Stories && slices.ContainsFunc(b.rows, func(s report.Summary) bool { return s.MayLose() }) {
		b.note("--stories: what happened in a trial of each ✗, … and ○, and its command")
	}
}

// summary makes a table with a row a strategy.
func (b *page) summary() *grid {
	g := &grid{rows: len(b.rows)}
	add := func(c column, of func(*report.Summary) string) { g.add(c, texts(b.rows, of)) }
	add(column{heads: []string{"strategy"}}, func(s *report.Summary) string { return s.Strategy.Name })
	for _, state := range report.Counted(b.rows) {
		sign := state.Sign()
		add(column{heads: []string{tell.PadLeft(sign.Glyph, 3)}, colour: b.p.role(sign.Role), right: true},
			func(s *report.Summary) string { return strconv.Itoa(s.States[state]) })
	}
	room := b.Width - len(" waits")
	for i := range g.columns {
		room -= 1 + g.columns[i].width()
	}
	add(column{heads: []string{"worst"}}, func(s *report.Summary) string { return worst(s, room) })
	add(column{heads: []string{"waits"}, right: true}, (*report.Summary).Waiting)
	return g
}

// worst names the worst scenario with its share, in so many columns: the name is cut
// or left out.
func worst(s *report.Summary, room int) string {
	if s.Known == 0 {
		return "failed"
	}
	name, figure := s.Worsts()
	if room -= tell.Columns(figure) + 1; room < 10 {
		return figure
	}
	return strings.TrimSpace(tell.Fit(name, room) + " " + figure)
}

// marks makes a table with a mark a cell: a row a scenario, or a row a strategy if
// that takes fewer lines.
func (b *page) marks() *grid {
	of := func(scenario, strategy int) cell {
		c := b.Cell(b.ss[scenario], b.rows[strategy].Column)
		return cell{c.Text(), b.p.role(c.Sign().Role)}
	}
	strategies := texts(b.rows, func(s *report.Summary) string { return s.Strategy.Name })
	scenarios := func(width int) []string {
		return texts(b.ss, func(i *int) string { return tell.Fit(b.Scenarios[*i].Name, width) })
	}
	wide := crossed(scenarios(31), strategies, of)
	tall := crossed(strategies, scenarios(48), func(strategy, scenario int) cell { return of(scenario, strategy) })
	if tall.lines(b.Width) < wide.lines(b.Width) {
		return tall
	}
	return wide
}

// texts returns what there is to say of each.
func texts[T any](all []T, says func(*T) string) (list []string) {
	for i := range all {
		list = append(list, says(&all[i]))
	}
	return list
}

// broken breaks a name at its hyphens into lines, as few as there can be of at most
// so many columns as its longest part has, and no fewer than eight.
func broken(name string) (lines []string) {
	parts := strings.Fields(strings.NewReplacer("-", "- ", "+", " +").Replace(name))
	width := 8
	for _, part := range parts {
		width = max(width, tell.Columns(part))
	}
	for _, part := range parts {
		if n := len(lines); n > 0 && tell.Columns(lines[n-1]+part) <= width {
			lines[n-1] += part
		} else {
			lines = append(lines, part)
		}
	}
	return lines
}

// figures writes what there is to say of one scenario, a row a strategy.
func (b *page) figures() {
	b.WriteString(heading(b.Scenarios[0], b.p, b.Width))
	if len(b.rows) == 0 {
		return
	}
	b.WriteByte('\n')
	b.outcomes().write(&b.Builder, b.Width, b.p)
	b.WriteByte('\n')
	b.legend(b.Notes())
	b.legend(b.ColumnNotes())
}

// outcomes makes the table of figures.
func (b *page) outcomes() *grid {
	g := &grid{rows: len(b.rows)}
	all := make([]report.Figures, len(b.rows))
	for i := range b.rows {
		if c := b.Cell(0, b.rows[i].Column); c.Known() {
			all[i] = b.Figures(0, b.rows[i].Column)
		}
	}
	signs := column{heads: []string{"  strategy"}}
	for i := range b.rows {
		c := b.Cell(0, b.rows[i].Column)
		sign := c.Sign()
		mark := sign.Glyph
		if c.Partial() {
			mark = "~" + mark
		}
		signs.cells = append(signs.cells, cell{mark + " " + c.Strategy.Name, b.p.role(sign.Role)})
	}
	g.columns = []column{signs}
	add := func(head string, of func(*report.Figures) string) *column {
		return g.add(column{heads: []string{head}, right: true}, texts(all, of))
	}
	wrong := add("wrong", func(f *report.Figures) string { return f.Wrong })
	for i := range all {
		if c := b.Cell(0, b.rows[i].Column); c.Failed != nil {
			wrong.cells[i].text = c.Word()
		}
		wrong.cells[i].colour = signs.cells[i].colour
	}
	if slices.ContainsFunc(all, func(f report.Figures) bool { return f.Stuck != "" && f.Stuck != "0 %" }) {
		add("stuck", func(f *report.Figures) string { return f.Stuck })
	}
	add("95 %", func(f *report.Figures) string { return f.Interval })
	add("loud", func(f *report.Figures) string { return f.Loud })
	add("orders", func(f *report.Figures) string { return f.Orders })
	b.costs(g, all)
	return g
}

// costs adds the columns of costs, of which those that are to be compared with nobody's
// are in parentheses.
func (b *page) costs(g *grid, all []report.Figures) {
	add := func(head string, figures []string) *column {
		c := g.add(column{heads: []string{head}, right: true}, figures)
		for i := range all {
			if !all[i].Eligible {
				c.cells[i].colour = b.p.Faint
			}
		}
		c.tight = c.width() > tell.Columns(strings.TrimLeft(head, " ")) && aside(figures)
		return c
	}
	of := func(figure func(*report.Figures) string) []string {
		list := texts(all, func(f *report.Figures) string { return f.Cost(figure(f)) })
		if aside(list) {
			for i, text := range list {
				if !strings.HasSuffix(text, ")") {
					list[i] = text + " "
				}
			}
		}
		return list
	}
	add("waits", of(func(f *report.Figures) string { return f.Waits })).begins = true
	half, most := of(func(f *report.Figures) string { return f.P50 }), of(func(f *report.Figures) string { return f.P99 })
	wide := func(list []string) int {
		w := len("p50")
		for _, text := range list {
			w = max(w, tell.Columns(text))
		}
		return w
	}
	w, v := wide(half), wide(most)
	if !aside(most) {
		v++ // a blank before it
	}
	for i := range all {
		if half[i] = tell.PadLeft(half[i], w) + tell.PadLeft(most[i], v); all[i].Never != "" {
			half[i] = all[i].Never
		}
	}
	add(tell.PadLeft("p50", w)+tell.PadLeft("p99", v), half)
	add("sent", of(func(f *report.Figures) string { return f.Sent }))
	add("blocked", of(func(f *report.Figures) string { return f.Blocked }))
}

// aside reports whether a figure stands in parentheses.
func aside(texts []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.HasPrefix(text, "(") })
}

// what says what was run, and by what.
func (b *page) what() {
	b.WriteByte('\n')
	for _, line := range append(strings.Split(b.What(), "\n"), b.Assumptions()...) {
		b.hang(line, "")
	}
	for _, own := range b.Programs() {
		b.hang(own.Says(), "")
	}
}

// legend explains marks and words.
func (b *page) legend(notes []report.Note) {
	for _, n := range notes {
		b.note(n.Label() + ": " + n.Says)
	}
}

// note writes what is read when all else was.
func (b *page) note(text string) { b.hang(text, b.p.Faint) }

// hang writes a text, the later lines further in.
func (b *page) hang(text, colour string) {
	for _, line := range wrap(b.Width, "", "  ", []string{text}) {
		fmt.Fprintf(b, "%s\n", Paint(colour, line))
	}
}

// troubles says of each cell without figures, or without orders, why.
func (b *page) troubles() {
	before := "\n"
	for c := range b.Each {
		text := ""
		switch {
		case c.Failed != nil:
			text = c.Says()
		case c.Orders.Failed != nil:
			text = "its orders: " + c.OrdersLong()
		default:
			continue
		}
		b.WriteString(before)
		before = ""
		b.hang("? "+c.Named()+" "+text, "")
	}
}

// stories tells of each cell that may lose something what happened.
func (b *page) stories(ctx context.Context) {
	for _, i := range b.ss {
		head := "\n"
		if len(b.Scenarios) > 1 {
			head = "\n" + heading(b.Scenarios[i], b.p, b.Width)
		}
		for j := range b.rows {
			c := b.Cell(i, b.rows[j].Column)
			if !c.Known() || c.State() > report.Possible {
				continue
			}
			sign, story := c.Sign(), c.Story(ctx)
			b.WriteString(head)
			head = ""
			name := sign.Glyph + " " + c.Strategy.Name
			lines := wrap(b.Width, "", "  ", []string{name + " " + story.Says})
			lines[0] = Paint(b.p.role(sign.Role), name) + strings.TrimPrefix(lines[0], name)
			fmt.Fprintf(b, "%s\n", strings.Join(lines, "\n"))
			if story.Command != "" {
				fmt.Fprintf(b, "  %s\n", story.Command)
			}
		}
	}
	if ctx.Err() != nil {
		b.WriteByte('\n')
		b.hang(report.LeftOut, "")
	}
}

// wrap breaks sentences into lines of at most width columns, of which the first begins
// with one text and the others with another: at blanks, but not before a percent sign;
// and a sentence that has no room left in a line begins the next, if it has room there,
// which nothing else that breaks lines does. A word that is longer is cut.
func wrap(width int, first, later string, sentences []string) (lines []string) {
	const stays = "\u00a0"
	line, empty := first, true
	fits := func(text string) bool { return tell.Columns(line)+1+tell.Columns(text) <= width }
	next := func() {
		if !empty {
			lines, line, empty = append(lines, strings.ReplaceAll(line, stays, " ")), later, true
		}
	}
	for _, s := range sentences {
		s = strings.ReplaceAll(tell.Clean(s), " %", stays+"%")
		if !fits(s) && tell.Columns(later+s) <= width {
			next()
		}
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
			if !empty && !fits(word) {
				next()
			}
			if !empty {
				line += " "
			}
			line, empty = line+word, false
			for tell.Columns(line) > width {
				cut := ansi.Truncate(line, width, "")
				rest := line[len(cut):]
				line = cut
				next()
				line, empty = later+rest, false
			}
		}
	}
	next()
	return lines
}
