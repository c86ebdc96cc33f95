package html

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed" // the template, the style sheet and the script
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"sync"

	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/report/tell"
)

//go:embed page.gohtml
var pageTemplate string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// page is parsed when one is written: it would cost each start of the program half a
// millisecond of five.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"clean": tell.Clean}).Parse(pageTemplate))
})

// Write writes the page, made by that version of the program. When ctx ends, what
// has not been looked for by then is left out: a cell then shows its first bad
// trial instead of the shortest bad order.
func Write(ctx context.Context, w io.Writer, m *report.Matrix, version string) error {
	sum := sha256.Sum256([]byte(pageJS))
	data := &content{
		Matrix: m, Version: version,
		Policy: template.HTMLAttr(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'; img-src data:; base-uri 'none'; form-action 'none'"`),
		CSS:    template.CSS(svg.Colours() + pageCSS + svg.PageRules()),
		JS:     template.JS(pageJS),
	}
	if err := data.fill(ctx); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := page().Execute(&b, data); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Title is that of the window.
func (v *content) Title() string {
	if v.One() {
		return tell.Clean(v.Scenarios[0].Name) + ": who loses the user’s data"
	}
	return "Who loses the user’s data"
}

// Headline is what stands over the answer.
func (v *content) Headline() string {
	if v.One() {
		s := v.Scenarios[0]
		return tell.Clean(cmp.Or(s.Title, s.Name))
	}
	return v.Title()
}

// Below stands beside the headline.
func (v *content) Below() string {
	if v.One() {
		return tell.Clean(v.Scenarios[0].Name)
	}
	return fmt.Sprintf("%d scenarios, %d strategies", len(v.Scenarios), len(v.Matrix.Strategies))
}
