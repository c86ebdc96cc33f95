package terminal

import (
	"cmp"
	"strings"

	"photofinish/report/tell"
)

// grid is a table that folds: where it is wider than there is room for, it goes on
// below with its first column once more.
type grid struct {
	columns []column
	rows    int
	tight   bool // there is no room for blanks that need not be
}

// column is one of a grid. Heads are as many lines as its name needs.
type column struct {
	heads  []string
	colour string // of the heads; faint if there is none
	cells  []cell
	right  bool // aligned so
	tight  bool // no blank has to stand before it
	begins bool // it rather begins a part of the table than be parted from what follows
}

type cell struct{ text, colour string }

// add makes a column of texts the last one.
func (g *grid) add(c column, texts []string) *column {
	for _, text := range texts {
		c.cells = append(c.cells, cell{text, ""})
	}
	g.columns = append(g.columns, c)
	return &g.columns[len(g.columns)-1]
}

// crossed makes a table of cells that have a name at their row and at their column.
func crossed(rows, columns []string, of func(row, column int) cell) *grid {
	g := &grid{rows: len(rows)}
	g.add(column{heads: []string{""}}, rows)
	for k, name := range columns {
		c := column{heads: broken(name)}
		for i := range rows {
			c.cells = append(c.cells, of(i, k))
		}
		g.columns = append(g.columns, c)
	}
	return g
}

// width returns how wide the column is.
func (c *column) width() (w int) {
	for _, head := range c.heads {
		w = max(w, tell.Columns(head))
	}
	for _, cell := range c.cells {
		w = max(w, tell.Columns(cell.text))
	}
	return w
}

// gap returns how many blanks stand before the column.
func (g *grid) gap(c *column) int {
	if c.tight && g.tight {
		return 0
	}
	return 1
}

// pad fills a text up to the width of the column.
func (c *column) pad(text string, width int) (left, right string) {
	blanks := strings.Repeat(" ", max(0, width-tell.Columns(text)))
	if c.right {
		return blanks, ""
	}
	return "", blanks
}

// fold parts the columns after the first, so that each part is at most width columns
// wide with the first, if that can be done; it parts them where one begins, if it can.
func (g *grid) fold(width int) (parts [][]column) {
	g.tight = false
	if parts = g.parted(width); len(parts) > 1 {
		g.tight = true
		parts = g.parted(width)
	}
	return parts
}

func (g *grid) parted(width int) (parts [][]column) {
	room := width - g.columns[0].width()
	wide := func(cs []column) (w int) {
		for i := range cs {
			w += g.gap(&cs[i]) + cs[i].width()
		}
		return w
	}
	rest := g.columns[1:]
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && wide(rest[:n+1]) <= room {
			n++
		}
		if n < len(rest) {
			for k := n; k > 0; k-- {
				if rest[k].begins {
					n = k
					break
				}
			}
		}
		parts, rest = append(parts, rest[:n]), rest[n:]
	}
	return parts
}

// lines returns how many lines the grid takes.
func (g *grid) lines(width int) (n int) {
	for _, part := range g.fold(width) {
		n += 1 + g.heads(part) + g.rows
	}
	return n - 1
}

// heads returns how many lines the heads of a part take.
func (g *grid) heads(part []column) int {
	n := len(g.columns[0].heads)
	for i := range part {
		n = max(n, len(part[i].heads))
	}
	return n
}

// write writes the grid, in parts that are at most width columns wide; what is wider
// by itself is cut.
func (g *grid) write(b *strings.Builder, width int, p Palette) {
	for i, part := range g.fold(width) {
		if i > 0 {
			b.WriteByte('\n')
		}
		part = append([]column{g.columns[0]}, part...)
		heads := g.heads(part)
		for k := range heads {
			g.line(b, part, width, func(c *column) cell {
				if at := k - heads + len(c.heads); at >= 0 { // they stand on the table
					return cell{c.heads[at], cmp.Or(c.colour, p.Faint)}
				}
				return cell{}
			})
		}
		for k := range g.rows {
			g.line(b, part, width, func(c *column) cell { return c.cells[k] })
		}
	}
}

// line writes one line of a part.
func (g *grid) line(b *strings.Builder, part []column, width int, of func(*column) cell) {
	at, blanks := 0, ""
	for i := range part {
		c := &part[i]
		if i > 0 {
			blanks += strings.Repeat(" ", g.gap(c))
		}
		it, w := of(c), c.width()
		text := tell.Fit(it.text, max(0, width-at-len(blanks)))
		left, right := c.pad(text, w)
		ink := strings.TrimRight(text, " ")
		right = text[len(ink):] + right
		if blanks += left; ink != "" {
			b.WriteString(blanks + Paint(it.colour, ink))
			at += len(blanks) + tell.Columns(ink)
			blanks = ""
		}
		blanks += right
	}
	b.WriteByte('\n')
}
