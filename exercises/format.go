package exercises

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/scenarios/strict"
	"photofinish/sim/judge"
)

// The keys of the format. The schema lists the same ones.
var (
	fileKeys  = []string{"name", "title", "lesson", "story", "scenarios", "ends", "wrong", "hints", "next"}
	wrongKeys = []string{"file", "in", "bad", "order", "anomaly", "has", "meets"}
)

// Bounds of an exercise: it is read on one screen.
const (
	MaxLines     = 14 // of each file
	maxHints     = 3
	maxScenarios = 6
	maxText      = 400 // characters of the story
	maxLine      = 160 // characters of a hint
)

// ends are the words for how an order must end, by their verdicts.
var ends = []string{judge.OK: "ok", judge.Loud: "told"}

// End returns the word for how the orders of a scenario must end: ok, or told.
func (t Trial) End() string { return ends[t.Ends] }

var ofOrders = regexp.MustCompile(`^[1-9]\d* of [1-9]\d*$`)

// FileName is the name of the file of an exercise, in the folder that it is.
const FileName = "exercise.yaml"

// Meant reports whether a file of that name is meant to be an exercise, with or without
// mistakes, and no scenario.
func Meant(data []byte) bool {
	keys, _ := strict.TopKeys(data)
	return slices.Contains(keys, "story") || slices.Contains(keys, "hints")
}

// decoder turns a folder into an exercise.
type decoder struct {
	*strict.Decoder
	dir fs.FS
}

// Read reads the exercise of a folder. The error is a [*scenarios.Error] of its
// exercise.yaml, or says which file is missing.
func Read(dir fs.FS) (*Exercise, error) {
	data, err := fs.ReadFile(dir, FileName)
	if err != nil {
		return nil, err
	}
	d := decoder{&strict.Decoder{File: FileName, What: "exercise"}, dir}
	root := d.Parse(data)
	if root == nil {
		return nil, d.Err
	}
	e := d.exercise(root)
	if d.Err != nil {
		return nil, d.Err
	}
	start, err := fs.ReadFile(dir, "start.mjs")
	if err != nil {
		return nil, err
	}
	right, err := fs.ReadFile(dir, "right.mjs")
	if err != nil {
		return nil, err
	}
	e.Start, e.Right = string(start), string(right)
	d.look(e, root)
	return e, nil
}

func (d *decoder) exercise(root ast.Node) *Exercise {
	o := d.Object(root, "an exercise", fileKeys)
	e := &Exercise{
		Name:   d.Label(o.Need("name"), "name"),
		Title:  d.Label(o.Need("title"), "title"),
		Story:  d.short(o.Need("story"), "story", maxText),
		Trials: d.trials(o),
		Next:   strict.Optional(o, "next", d.Label, ""),
	}
	lesson := o.Need("lesson")
	e.Lesson = lessons.Names()[d.Word(lesson, "lesson", lessons.Names())]
	n := o.Need("hints")
	for _, hint := range d.List(n, "hints") {
		e.Hints = append(e.Hints, d.short(hint, "a hint", maxLine))
	}
	if len(e.Hints) != maxHints {
		d.Fail(n, "an exercise has %d hints, the vaguest first", maxHints)
	}
	for _, n := range d.List(o.Need("wrong"), "wrong") {
		e.Wrong = append(e.Wrong, d.wrong(e, n))
	}
	return e
}

// short reads one line that is not empty, and fits on a screen.
func (d *decoder) short(n ast.Node, what string, most int) string {
	s := strings.TrimSpace(d.Line(n, what))
	switch {
	case s == "":
		d.Fail(n, "%s is empty", what)
	case utf8.RuneCountInString(s) > most:
		d.Fail(n, "%s is longer than %d characters", what, most)
	}
	return s
}

// trials reads the scenarios, and how each must end.
func (d *decoder) trials(o strict.Object) (all []Trial) {
	n := o.Need("scenarios")
	for _, n := range d.List(n, "scenarios") {
		s := d.scenario(n)
		if s == nil {
			continue
		}
		if slices.ContainsFunc(all, func(t Trial) bool { return t.Scenario.Name == s.Name }) {
			d.Fail(n, "%s is here twice", strict.Quote(s.Name))
		}
		all = append(all, Trial{Scenario: s, Ends: judge.OK})
	}
	if d.Err == nil && len(all) == 0 || len(all) > maxScenarios {
		d.Fail(n, "scenarios must be a list of 1 to %d", maxScenarios)
	}
	e, there := o.Find("ends")
	if !there || d.Err != nil {
		return all
	}
	for _, e := range d.Mapping(e.Value, "ends").Entries {
		if i := d.among(e.At, e.Key, all); i >= 0 {
			all[i].Ends = judge.Verdict(d.Word(e.Value, "end", ends))
		}
	}
	return all
}

// among returns the place of a scenario among those of the exercise, or -1.
func (d *decoder) among(n ast.Node, name string, all []Trial) int {
	var names []string
	for _, t := range all {
		names = append(names, t.Scenario.Name)
	}
	i := slices.Index(names, name)
	if i < 0 {
		d.Fail(n, "%s", strict.Unknown("scenario of this exercise", name, names))
	}
	return i
}

// scenario reads the name of a scenario of the catalogue, or that of a file beside.
func (d *decoder) scenario(n ast.Node) *scenarios.Scenario {
	name := d.Text(n, "scenario")
	if path.Ext(name) == ".yaml" && path.Base(name) == name {
		text, err := fs.ReadFile(d.dir, name)
		if err != nil {
			d.Fail(n, "there is no %s beside this file", strict.Quote(name))
			return nil
		}
		s, err := scenarios.Parse(name, text)
		if err != nil {
			d.Fail(n, "%s", err)
			return nil
		}
		s.File = ""
		return s
	}
	s, err := scenarios.Find(name)
	if err != nil {
		d.Fail(n, "%s", strict.Unknown("scenario", name, scenarios.Names()))
		return nil
	}
	return s
}

// wrong reads a filling that is known.
func (d *decoder) wrong(e *Exercise, n ast.Node) (w Wrong) {
	o := d.Object(n, "a wrong filling", wrongKeys)
	text := func(key string) string { return d.Label(o.Need(key), key) }
	w = Wrong{File: text("file"), In: text("in"), Bad: text("bad"), Order: text("order"), Has: strict.Optional(o, "has", d.Label, ""), Meets: text("meets")}
	if _, err := lessons.FindMisconception(w.Meets); err != nil {
		d.Fail(o.Need("meets"), "%s", err)
	}
	w.Anomaly = judge.Kind(d.Word(o.Need("anomaly"), "anomaly", judge.KindNames()))
	if !ofOrders.MatchString(w.Bad) {
		d.Fail(o.Need("bad"), "bad must be so many of all orders, such as 2 of 5, not %s", strict.Quote(w.Bad))
	}
	data, err := fs.ReadFile(d.dir, w.File)
	if err != nil {
		d.Fail(o.Need("file"), "there is no %s beside this file", strict.Quote(w.File))
	}
	if w.Text = string(data); !strings.Contains(w.Text, w.Has) {
		d.Fail(o.Need("file"), "%s has no %s, and is to", w.File, strict.Quote(w.Has))
	}
	if d.Err == nil {
		d.among(o.Need("in"), w.In, e.Trials)
	}
	return w
}
