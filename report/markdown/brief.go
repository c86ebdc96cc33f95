package markdown

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/strategies"
)

// told tells in a line each what happened in cells that may lose something: of one
// scenario in all, of several in those of clients of the user's own, and of strategies
// that were named one by one. What there is no room for is counted.
func (p *page) told(ctx context.Context, b *strings.Builder) {
	var cells []report.Cell
	asked := p.Asked()
	for i := range p.Scenarios {
		for j := range p.rows {
			c := p.Cell(i, p.rows[j].Column)
			named := func(e strategies.Entry) bool { return e.Name == c.Strategy.Name }
			if c.Known() && c.State() <= report.Possible && (len(p.Scenarios) == 1 || c.Strategy.Own() != nil || slices.ContainsFunc(asked, named)) {
				cells = append(cells, c)
			}
		}
	}
	if len(cells) == 0 {
		return
	}
	b.WriteString("<details><summary>What goes wrong</summary>\n")
	const most = 10_000
	for i, c := range cells {
		story := c.Story(ctx)
		text := fmt.Sprintf("\n%s %s %s\n%s", c.Sign().Glyph, escape(c.Named()), prose(story.Says), shell(story.Command))
		if b.Len()+len(text) > most {
			fmt.Fprintf(b, "\nThere was no room for %d more.\n", len(cells)-i)
			break
		}
		b.WriteString(text)
	}
	b.WriteString("\n</details>\n")
}
