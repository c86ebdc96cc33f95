package paper

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"photofinish/report/tell"
	"photofinish/tui/prose"
)

// block is a paragraph of Markdown, an item of a list, or a line of code.
type block struct {
	Item  string // its bullet or number; "": it is in no list, or not the first of its item
	Spans []span
}

// span is a piece of text in one style.
type span struct {
	Text   string
	Style  string // the element of HTML: em, strong, code; "b": it names a click
	Action int    // the click that it names
}

// Text returns what the block says, without its styles.
func (b *block) Text() (text string) {
	for _, s := range b.Spans {
		text += s.Text
	}
	return text
}

// blocks reads Markdown. Of what it could bring along, links and pictures, the text alone
// is left.
func blocks(text string) []block {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, tell.Clean(strings.TrimRight(line, "\r\n")))
	}
	r := reader{source: []byte(strings.Join(lines, "\n"))}
	ast.Walk(goldmark.DefaultParser().Parse(gmtext.NewReader(r.source)), r.node)
	return r.all
}

type reader struct {
	source []byte
	all    []block
}

func (r *reader) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading, *ast.Paragraph, *ast.TextBlock:
		r.all = append(r.all, block{Item: item(n)})
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			r.all = append(r.all, block{})
			r.add(strings.TrimRight(string(line.Value(r.source)), "\n"), "code")
		}
		return ast.WalkSkipChildren, nil
	case *ast.AutoLink:
		r.add(string(n.Label(r.source)), "")
	case *ast.RawHTML:
		r.add(string(n.Segments.Value(r.source)), "")
	case *ast.Text:
		text := string(util.UnescapePunctuations(n.Value(r.source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			text += " "
		}
		r.add(text, style(n))
	}
	return ast.WalkContinue, nil
}

// item returns the bullet or number of what is the first of an item.
func item(n ast.Node) string {
	of := n.Parent()
	if of == nil || of.Kind() != ast.KindListItem || n.PreviousSibling() != nil {
		return ""
	}
	return prose.Bullet(of)
}

func style(n ast.Node) string {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *ast.CodeSpan:
			return "code"
		case *ast.Heading:
			return "strong"
		case *ast.Emphasis:
			return [...]string{1: "em", 2: "strong"}[n.Level]
		}
	}
	return ""
}

// add adds a piece of text. Code that is the name of a click has the click's colour.
func (r *reader) add(text, style string) {
	if len(r.all) == 0 || text == "" {
		return
	}
	s := span{Text: text, Style: style}
	if n := prose.Click(text); style == "code" && n > 0 {
		s.Style, s.Action = "b", n
	}
	last := &r.all[len(r.all)-1]
	last.Spans = append(last.Spans, s)
}

// Paragraphs returns the text of Markdown, a paragraph or an item of a list each.
func Paragraphs(text string) (all []string) {
	for _, b := range blocks(text) {
		all = append(all, strings.TrimSpace(b.Item+" "+b.Text()))
	}
	return all
}
