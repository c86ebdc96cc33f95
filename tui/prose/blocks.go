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
	"photofinish/tui/ink"
)

// Block is a paragraph of Markdown, a heading, an item of a list, or a line of code.
type Block struct {
	Item  string // its bullet or number; "": it is in no list, or not the first of its item
	Spans []Span
	depth int  // in how many lists it stands
	tight bool // no blank line before it
}

// Span is a piece of text in one style.
type Span struct {
	Text  string
	Style Style
	Click int // of code: the number of the click that it names, as "u2"; 0: none
}

// Style is how a piece of text stands out.
type Style uint8

// The styles. A heading is strong.
const (
	Plain Style = iota
	Emphasis
	Strong
	Code
)

// Text returns what the block says, with its bullet and without its styles.
func (b *Block) Text() string {
	text := b.Item + " "
	for _, s := range b.Spans {
		text += s.Text
	}
	return strings.TrimSpace(text)
}

// Blocks reads a text of a few lines of Markdown. Of what it could bring along, links and
// pictures, the text alone is left; and nothing that is not printable.
func Blocks(text string) []Block {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, ink.Printable(tell.Clean(strings.TrimRight(line, "\r\n")), 2000))
	}
	r := parser{source: []byte(strings.Join(lines, "\n")), marked: map[ast.Node]bool{}}
	ast.Walk(goldmark.DefaultParser().Parse(gmtext.NewReader(r.source)), r.node)
	return slices.DeleteFunc(r.all, func(b Block) bool { return b.Text() == "" })
}

type parser struct {
	source []byte
	all    []Block
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
		text := r.inside(n)
		r.add(Span{text, Code, click(text)})
		return ast.WalkSkipChildren, nil
	case *ast.AutoLink:
		r.add(Span{Text: string(n.Label(r.source)), Style: styleOf(n)})
	case *ast.RawHTML:
		r.add(Span{Text: string(n.Segments.Value(r.source)), Style: styleOf(n)})
	case *ast.Text:
		text := string(util.UnescapePunctuations(n.Value(r.source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			text += " "
		}
		r.add(Span{Text: text, Style: styleOf(n)})
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
func styleOf(n ast.Node) Style {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *ast.Heading:
			return Strong
		case *ast.Emphasis:
			return [...]Style{1: Emphasis, 2: Strong}[n.Level]
		}
	}
	return Plain
}

// block begins a block. One of a list stands close to the one before it, and the first
// of an item has its bullet or number.
func (r *parser) block(n ast.Node) {
	var b Block
	var item ast.Node // the closest
	for a := n.Parent(); a != nil; a = a.Parent() {
		if a.Kind() == ast.KindListItem {
			b.depth++
			if item == nil {
				item = a
			}
		}
	}
	if item != nil {
		b.tight = n.Kind() == ast.KindTextBlock && len(r.all) > 0 && r.all[len(r.all)-1].depth > 0
		if !r.marked[item] {
			b.Item = bullet(item)
		}
		r.marked[item] = true
	}
	r.all = append(r.all, b)
}

// bullet returns the bullet of an item of a list, or its number.
func bullet(item ast.Node) string {
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
			r.all = append(r.all, Block{tight: i > 0, Spans: []Span{{Text: text, Style: Code}}})
		}
	}
}

func (r *parser) add(s Span) {
	if len(r.all) > 0 && s.Text != "" {
		last := &r.all[len(r.all)-1]
		last.Spans = append(last.Spans, s)
	}
}

// click returns the number of the click that a word of code names, as "u2"; 0 if it
// names none.
func click(code string) int {
	if len(code) == 2 && strings.ContainsRune("cudpf", rune(code[0])) && code[1] >= '1' && code[1] <= '9' {
		return int(code[1] - '0')
	}
	return 0
}
