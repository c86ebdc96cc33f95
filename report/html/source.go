package html

import (
	"fmt"
	"go/scanner"
	"go/token"
	"html/template"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/strategies"
)

// strategyPart is a strategy with its source.
type strategyPart struct {
	ID, Name, Rule, Source string
	Needs, Changes         string // of the server, and for the user
	Column                 int    // in the matrix
	Files                  []filePart
}

// filePart is a source file, which stands once in a page however many refer to it.
type filePart struct {
	Name  string
	Lines []linePart
	Above string // where the file stands already, if it does
}

// linePart is a line of source, coloured.
type linePart struct {
	ID   string
	N    int
	Code template.HTML
}

// strategy prepares a strategy. A file that two are written in stands in the
// page once.
func strategy(j int, e strategies.Entry, seen map[string]int) strategyPart {
	v := strategyPart{ID: "t" + strconv.Itoa(j+1), Name: e.Name, Rule: e.Rule, Source: e.Source, Needs: e.Needs(), Changes: e.Changes(), Column: j + 1}
	if own := e.Own(); own != nil {
		v.Rule, v.Source = "a client of your own", report.Ran(own)
		return v
	}
	for _, name := range e.Files() {
		f := filePart{Name: name}
		if at, ok := seen[name]; ok {
			f.Above = "t" + strconv.Itoa(at+1)
		} else if code, err := strategies.Code(name); err == nil {
			seen[name] = j
			f.Lines = lines(name, code)
		}
		v.Files = append(v.Files, f)
	}
	return v
}

// lineID returns the name of a line in the page.
func lineID(file string, line int) string {
	return fmt.Sprintf("%s-%d", strings.TrimSuffix(file, ".go"), line)
}

// lines colours Go code: keywords, comments and texts.
func lines(name, code string) []linePart {
	var b strings.Builder
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile(name, fset.Base(), len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	done := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		class := ""
		switch {
		case tok == token.COMMENT:
			class = "co"
		case tok.IsKeyword():
			class = "kw"
		case tok == token.STRING || tok == token.CHAR:
			class = "st"
		}
		if class == "" {
			continue
		}
		at := fset.Position(pos).Offset
		b.WriteString(escaped(code[done:at]))
		for i, part := range strings.Split(lit, "\n") { // a span ends with its line
			if i > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, `<span class="%s">%s</span>`, class, escaped(part))
		}
		done = at + len(lit)
	}
	b.WriteString(escaped(code[done:]))
	var out []linePart
	for i, line := range strings.Split(strings.TrimRight(b.String(), "\n"), "\n") {
		out = append(out, linePart{lineID(name, i+1), i + 1, template.HTML(line)})
	}
	return out
}

func escaped(code string) string {
	return template.HTMLEscapeString(strings.ReplaceAll(code, "\t", "  "))
}

// paragraphs splits prose at its line ends.
func paragraphs(text string) (out []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, tell.Clean(line))
		}
	}
	return out
}
