// Package prose reads the Markdown of lessons, and writes it into cells. What it is
// given is not trusted: nothing of it reaches a terminal raw.
package prose

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"photofinish/report/tell"
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
func Parse(text string) []Paragraph {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, ink.Printable(tell.Clean(strings.TrimRight(line, "\r\n")), 2000))
	}
	r := parser{source: []byte(strings.Join(lines, "\n")), marked: map[ast.Node]bool{}}
	ast.Walk(goldmark.DefaultParser().Parse(gmtext.NewReader(r.source)), r.node)
	return slices.DeleteFunc(r.all, func(p Paragraph) bool { return len(p.words) == 0 })
}

// parser makes paragraphs of the tree of a text.
type parser struct {
	source []byte
	all    []Paragraph
	blank  bool              // there is one before the next word
	marked map[ast.Node]bool // the items of lists that have their bullet or number
}

func (r *parser) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading, *ast.Paragraph, *ast.TextBlock:
		r.block(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		r.raw(n)
		return ast.WalkSkipChildren, nil
	case *ast.CodeSpan:
		r.add(code(r.inside(n)))
		return ast.WalkSkipChildren, nil
	case *ast.AutoLink:
		r.say(n, string(n.Label(r.source)))
	case *ast.RawHTML:
		r.say(n, string(n.Segments.Value(r.source)))
	case *ast.Text:
		r.say(n, string(util.UnescapePunctuations(n.Value(r.source))))
		r.blank = r.blank || n.SoftLineBreak() || n.HardLineBreak()
	}
	return ast.WalkContinue, nil
}

func (r *parser) inside(n ast.Node) (text string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text += string(t.Value(r.source))
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

// styleOf returns the style of what is within the closest that has one.
func styleOf(n ast.Node) ink.Style {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *ast.Heading:
			return frame.Bold
		case *ast.Emphasis:
			return [...]ink.Style{1: {FG: ink.Accent}, 2: frame.Bold}[n.Level]
		}
	}
	return frame.Plain
}

// block begins a paragraph. One of a list stands close to the one before it,
// and the first of an item has its bullet or number.
func (r *parser) block(n ast.Node) {
	var p Paragraph
	var item ast.Node // the closest
	for a := n.Parent(); a != nil; a = a.Parent() {
		if a.Kind() == ast.KindListItem {
			p.indent += 2
			if item == nil {
				item = a
			}
		}
	}
	if item != nil {
		p.tight = n.Kind() == ast.KindTextBlock && len(r.all) > 0 && r.all[len(r.all)-1].indent > 0
		if !r.marked[item] {
			p.words = []word{{text: Bullet(item), s: frame.Dim}}
			p.indent += ink.Width(p.words[0].text) - 1
		}
		r.marked[item] = true
	}
	r.all, r.blank = append(r.all, p), true
}

// Bullet returns the bullet of an item of a list, or its number.
func Bullet(item ast.Node) string {
	n := item.Parent().(*ast.List).Start
	if n == 0 {
		return "·"
	}
	for before := item.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		n++
	}
	return strconv.Itoa(n) + "."
}

// raw stands as it was written, line by line.
func (r *parser) raw(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if text := strings.TrimRight(string(line.Value(r.source)), "\n"); text != "" {
			r.all = append(r.all, Paragraph{tight: i > 0, words: []word{{text: text, s: frame.Bold}}})
		}
	}
}

// say adds the words of a text, in the style of where it stands.
func (r *parser) say(n ast.Node, text string) {
	for i, w := range strings.Fields(text) {
		r.blank = r.blank || i > 0 || strings.HasPrefix(text, " ")
		r.add(word{text: w, s: styleOf(n)})
	}
	r.blank = r.blank || strings.HasSuffix(text, " ")
}

func (r *parser) add(w word) {
	if len(r.all) == 0 || w.text == "" {
		return
	}
	p := &r.all[len(r.all)-1]
	w.glued = !r.blank && len(p.words) > 0
	p.words, r.blank = append(p.words, w), false
}

// code is a word of code; the name of a click has the click's colour.
func code(text string) word {
	return word{text: text, s: frame.Bold, label: Click(text)}
}

// Click returns the number of the click that a word of code names, as "u2"; 0 if it
// names none.
func Click(code string) int {
	if len(code) == 2 && strings.ContainsRune("cudpf", rune(code[0])) && code[1] >= '1' && code[1] <= '9' {
		return int(code[1] - '0')
	}
	return 0
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

// Plain returns the words of paragraphs, one a line.
func Plain(all []Paragraph) string {
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
