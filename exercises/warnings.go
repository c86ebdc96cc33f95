package exercises

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// warn notes what keeps an exercise from being a good one, at a place of its file.
func (d *decoder) warn(e *Exercise, n ast.Node, format string, args ...any) {
	p := strict.Start(n).Position
	e.Warnings = append(e.Warnings, &scenarios.Error{
		File: FileName, Line: p.Line, Column: p.Column, Message: fmt.Sprintf(format, args...),
	})
}

// look warns of what can be seen without running anything: files that are too long to be
// read on one screen, a hole that is missing or still there, and files that nobody names.
func (d *decoder) look(e *Exercise, root ast.Node) {
	o := d.Mapping(root, "an exercise")
	if next, there := o.Find("next"); there && (!slices.Contains(catalogue, e.Next) || e.Next == e.Name) {
		d.warn(e, next.Value, "next is none of the other exercises that there are: photofinish list exercises has them")
	}
	wrong := o.Need("wrong")
	if len(e.Wrong) == 0 {
		d.warn(e, wrong, "no filling is known to be wrong, so that no wrong idea can be met")
	}
	named := map[string]string{"start.mjs": e.Start, "right.mjs": e.Right}
	for _, w := range e.Wrong {
		named[w.File] = w.Text
	}
	there, _ := fs.Glob(d.dir, "*.mjs")
	for _, file := range there {
		text, is := named[file]
		n := strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1
		switch {
		case !is:
			d.warn(e, wrong, "%s is not named: {file: %s, …} under wrong says how it loses", file, file)
		case n > MaxLines:
			d.warn(e, root, "%s has %d lines, and more than %d do not fit beside a race", file, n, MaxLines)
		case file == "start.mjs" && e.Hole(text) == 0:
			d.warn(e, root, "start.mjs has no hole: a comment that begins /* HOLE says what is to be written, and where")
		case file != "start.mjs" && bare(text) == bare(e.Start):
			d.warn(e, root, "%s is start.mjs: nothing is written in it", file)
		}
	}
}
