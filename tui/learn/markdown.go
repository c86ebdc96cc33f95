package learn

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

// The Markdown of a lesson is read by goldmark and drawn here, into the cells of
// the screen.

// word is a piece of text that is not broken.
type word struct {
	text  string
	s     ink.Style
	label int  // the click that the word names, as "u2"; 0: none
	glued bool // no blank before it
}

// paragraph is words that flow.
type paragraph struct {
	words  []word
	indent int  // of a list
	tight  bool // no blank line before it
}

// parse reads Markdown.
func parse(text string) []paragraph {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, ink.Printable(tell.Clean(strings.TrimRight(line, "\r\n")), 2000))
	}
	source := []byte(strings.Join(lines, "\n"))
	r := parser{source: source, styles: []ink.Style{plain}}
	ast.Walk(goldmark.DefaultParser().Parse(gmtext.NewReader(source)), r.node)
	return slices.DeleteFunc(r.all, func(p paragraph) bool { return len(p.words) == 0 })
}

// parser makes paragraphs of the tree of a text.
type parser struct {
	source []byte
	all    []paragraph
	styles []ink.Style // the last is that of the words that come
	blank  bool        // there is one before the next word
	items  []int       // of each list that we are in, the number of the item; 0: bullets
	mark   string      // of the item that begins
}

// node reads a part of the tree, and again when its parts have been read.
func (r *parser) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.List:
		r.list(n, entering)
	case *ast.ListItem:
		if entering {
			r.item()
		}
	case *ast.Heading:
		r.style(entering, bold)
		r.block(n, entering)
	case *ast.Paragraph, *ast.TextBlock:
		r.block(n, entering)
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		if entering {
			r.raw(n)
		}
		return ast.WalkSkipChildren, nil
	case *ast.Emphasis:
		r.style(entering, [...]ink.Style{1: {FG: ink.Accent}, 2: bold}[n.Level])
	case *ast.CodeSpan:
		if entering {
			r.add(code(r.inside(n), bold))
		}
		return ast.WalkSkipChildren, nil
	case *ast.AutoLink:
		if entering {
			r.say(string(n.Label(r.source)))
		}
	case *ast.RawHTML:
		if entering {
			r.say(string(n.Segments.Value(r.source)))
		}
	case *ast.Text:
		if entering {
			r.say(string(util.UnescapePunctuations(n.Value(r.source))))
			r.blank = r.blank || n.SoftLineBreak() || n.HardLineBreak()
		}
	}
	return ast.WalkContinue, nil
}

// inside returns the text of code within a line.
func (r *parser) inside(n ast.Node) (text string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text += string(t.Value(r.source))
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

// style puts a style on what comes, or takes it off again.
func (r *parser) style(on bool, s ink.Style) {
	if on {
		r.styles = append(r.styles, s)
	} else {
		r.styles = r.styles[:len(r.styles)-1]
	}
}

// list begins or ends a list.
func (r *parser) list(l *ast.List, begins bool) {
	switch {
	case !begins:
		r.items = r.items[:len(r.items)-1]
	case l.IsOrdered():
		r.items = append(r.items, l.Start)
	default:
		r.items = append(r.items, 0)
	}
}

// item begins an item of a list.
func (r *parser) item() {
	n := &r.items[len(r.items)-1]
	if r.mark = "·"; *n > 0 {
		r.mark = strconv.Itoa(*n) + "."
		*n++
	}
}

// block begins a paragraph. One of a list stands close to the one before it.
func (r *parser) block(n ast.Node, begins bool) {
	if !begins {
		return
	}
	p := paragraph{}
	if len(r.items) > 0 {
		p.tight = n.Kind() == ast.KindTextBlock && len(r.all) > 0 && r.all[len(r.all)-1].indent > 0
		p.indent = 2 * len(r.items)
		if r.mark != "" {
			p.indent += ink.Width(r.mark) - 1
			p.words = []word{{text: r.mark, s: dim}}
		}
		r.mark = ""
	}
	r.all, r.blank = append(r.all, p), true
}

// raw stands as it was written, line by line.
func (r *parser) raw(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text := strings.TrimRight(string(line.Value(r.source)), "\n")
		if text != "" {
			r.all = append(r.all, paragraph{tight: i > 0, words: []word{{text: text, s: bold}}})
		}
	}
}

// say adds the words of a text.
func (r *parser) say(text string) {
	for i, w := range strings.Fields(text) {
		r.blank = r.blank || i > 0 || strings.HasPrefix(text, " ")
		r.add(word{text: w, s: r.styles[len(r.styles)-1]})
	}
	r.blank = r.blank || strings.HasSuffix(text, " ")
}

// add adds a word to the paragraph.
func (r *parser) add(w word) {
	if len(r.all) == 0 || w.text == "" {
		return
	}
	p := &r.all[len(r.all)-1]
	w.glued = !r.blank && len(p.words) > 0
	p.words, r.blank = append(p.words, w), false
}

// code is a word of code; the name of a click has the click's colour.
func code(text string, s ink.Style) word {
	w := word{text: text, s: s}
	if len(text) == 2 && strings.ContainsRune("cudpf", rune(text[0])) && text[1] >= '1' && text[1] <= '9' {
		w.label = int(text[1] - '0')
	}
	return w
}

// flow places words into lines of at most a width.
func (p *paragraph) flow(room int) (lines [][]word) {
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

// markdown writes paragraphs and returns the row behind them. With no rows
// between, it leaves the blank lines out.
func (sc drawing) markdown(all []paragraph, x, y, below int) int {
	tall := 0
	for i := range all {
		tall += len(all[i].flow(sc.room()-all[i].indent)) + 1
	}
	for i := range all {
		p := &all[i]
		if i > 0 && !p.tight && y+tall-1 <= below+len(all) {
			y++
		}
		for k, line := range p.flow(sc.room() - p.indent) {
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
