// Package prose reads the Markdown of lessons, and writes it into cells. What it is
// given is not trusted: nothing of it reaches a terminal raw.
package prose

import (
	"strings"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// word is a piece of text that is not broken.
type word struct {
	text  string
	s     ink.Style
	label int  // the click that the word names, as "u2"; 0: none
	glued bool // no blank before it
}

// Paragraph is words that flow.
type Paragraph struct {
	words  []word
	indent int  // of a list
	tight  bool // no blank line before it
}

// Parse reads a text of a few lines of Markdown.
func Parse(text string) (all []Paragraph) {
	for _, b := range Blocks(text) {
		all = append(all, b.paragraph())
	}
	return all
}

var styles = [...]ink.Style{Plain: frame.Plain, Emphasis: {FG: ink.Accent}, Strong: frame.Bold, Code: frame.Bold}

func (b *Block) paragraph() Paragraph {
	p := Paragraph{indent: 2 * b.depth, tight: b.tight}
	if b.Item != "" {
		p.words = []word{{text: b.Item, s: frame.Dim}}
		p.indent += ink.Width(b.Item) - 1
	}
	blank := true // there is one before the next word
	for _, s := range b.Spans {
		parts := strings.Fields(s.Text)
		if s.Style == Code {
			parts = []string{s.Text}
		}
		blank = blank || strings.HasPrefix(s.Text, " ")
		for _, text := range parts {
			p.words = append(p.words, word{text, styles[s.Style], s.Click, !blank && len(p.words) > 0})
			blank = true
		}
		blank = strings.HasSuffix(s.Text, " ") || blank && len(parts) == 0
	}
	return p
}

// flow places words into lines of at most a width.
func (p *Paragraph) flow(room int) (lines [][]word) {
	x := room + 1
	for i := 0; i < len(p.words); {
		n, end := ink.Width(p.words[i].text), i+1
		for end < len(p.words) && p.words[end].glued {
			n += ink.Width(p.words[end].text)
			end++
		}
		if x+1+n > room {
			lines, x = append(lines, nil), -1
		}
		last := &lines[len(lines)-1]
		*last = append(*last, p.words[i:end]...)
		x += 1 + n
		i = end
	}
	return lines
}

// Rows returns how many rows paragraphs take in a column of some width, each with a
// blank one behind it.
func Rows(all []Paragraph, room int) (n int) {
	for i := range all {
		n += len(all[i].flow(room-all[i].indent)) + 1
	}
	return n
}

// Text returns the words of paragraphs, one a line.
func Text(all []Paragraph) string {
	var b strings.Builder
	for i := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, w := range all[i].words {
			if j > 0 && !w.glued {
				b.WriteByte(' ')
			}
			b.WriteString(w.text)
		}
	}
	return b.String()
}

// Draw writes paragraphs in a column, no lower than the row below, and returns the row
// behind them. With no rows between, it leaves the blank lines out.
func Draw(sc frame.Frame, all []Paragraph, x, y, below, room int) int {
	tall := Rows(all, room)
	for i := range all {
		p := &all[i]
		if i > 0 && !p.tight && y+tall-1 <= below+len(all) {
			y++
		}
		for k, line := range p.flow(room - p.indent) {
			if y >= below {
				return y
			}
			at := x
			if k > 0 {
				at += p.indent
			}
			for j, w := range line {
				if j > 0 && !w.glued {
					at++
				}
				if w.label > 0 {
					at = sc.Chip(at, y, w.text, ink.Hue(w.label), false)
				} else {
					at = sc.Put(at, y, ink.Cut(w.text, sc.W-at), w.s)
				}
			}
			y++
		}
	}
	return y
}
