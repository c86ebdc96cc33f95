package paper

import (
	"bytes"
	"context"
	_ "embed" // the template and the style sheet
	"html/template"
	"io"
	"sync"

	"photofinish/report/svg"
	"photofinish/report/tell"
	"photofinish/tui/lesson"
)

// Kind is what a lesson is made into.
type Kind uint8

// The kinds of papers.
const (
	Handout Kind = iota // for a class to write on: it holds nothing that is true
	Key                 // for the teacher: all that is
	Slides              // for a wall
)

var kinds = []string{"handout", "key", "slides"}

// String returns the word for k.
func (k Kind) String() string { return kinds[k] }

// Kinds returns the word of every kind, in order.
func Kinds() []string { return kinds }

//go:embed paper.gohtml
var pageTemplate string

//go:embed paper.css
var pageCSS string

// page is parsed when one is written, and not at each start of the program.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("paper").Funcs(template.FuncMap{"clean": tell.Clean}).Parse(pageTemplate))
})

// Write writes a lesson as a page of HTML, made by that version of the program. A key is
// worked out first, which takes seconds; the error is that of ctx if it ends before, or
// of w.
func Write(ctx context.Context, w io.Writer, b *lesson.Book, k Kind, version string) error {
	s, err := newSheet(ctx, b, k, version)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := page().ExecuteTemplate(&out, "page", s); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// WriteText writes a handout or a key as text, at most 78 columns wide. Slides have none.
func WriteText(ctx context.Context, w io.Writer, b *lesson.Book, k Kind, version string) error {
	s, err := newSheet(ctx, b, k, version)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, s.text())
	return err
}

// Policy is that of the page: it loads nothing, and has no script.
func (s *sheet) Policy() template.HTMLAttr {
	return `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`
}

// CSS is the style of the page. What is laid on paper upright, and what lies, differ.
func (s *sheet) CSS() template.CSS {
	size := "@page{size:A4;margin:16mm 15mm}\n"
	if s.Kind == Slides {
		size = "@page{size:A4 landscape;margin:12mm}\n"
	}
	return template.CSS(svg.Colours() + size + pageCSS + svg.PageRules())
}
