package lessons

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
	"photofinish/sim"
)

// aside decodes what a step has beside what it shows: what it tells of pages,
// and what is for the teacher.
func (d *decoder) aside(o strict.Object, s *Step) {
	s.Minutes = int(strict.Optional(o, "minutes", d.Whole(1, maxStep), 0))
	if e, ok := o.Find("notes"); ok {
		s.Notes = d.short(e.Value, "notes", d.Prose(e.Value, "notes"), maxNotes)
	}
	e, ok := o.Find("told")
	if !ok {
		return
	}
	d.tells = true
	s.Told = map[string]string{}
	for _, e := range d.Mapping(e.Value, "told").Entries {
		scenarios.DecodeStrategy(d.Decoder, e)
		line := d.short(e.Value, "what is told", d.Line(e.Value, "what is told"), maxLine)
		if utf8.RuneCountInString(line) > MaxTold {
			d.Fail(e.Value, "what is told of a page is longer than %d characters: it stands behind its name", MaxTold)
		}
		s.Told[e.Key], d.told[e.Key] = line, line
	}
	if len(s.Told) == 0 {
		d.Fail(e.Value, "nothing is told: say of which page, such as {naive: saves each edit when you make it}")
	}
}

// rules are what "rule" can be.
var rules = []string{"shown"}

// linesOf finds the line of each page that a question is about. Where there is none,
// and the catalogue's rule is not shown, that is a mistake; but a file that tells
// of no page at all is of the time before they could, and shows the rules.
func (d *decoder) linesOf(o strict.Object, s *Step) {
	if e, ok := o.Find("rule"); ok {
		d.Word(e.Value, "rule", rules)
		d.tells, s.Rule = true, true
	}
	if d.Err != nil {
		return
	}
	s.Lines = make([]string, len(s.Strategies))
	for i, name := range s.Strategies {
		s.Lines[i] = d.told[name]
		if s.Lines[i] == "" && !s.Rule {
			e := &scenarios.Error{File: d.File, Message: name + " has not been told of: add told:, or rule: shown"}
			e.Line, e.Column = placeOf(o.Node)
			d.untold = append(d.untold, e)
		}
	}
}

// linesKnown returns the line of each page of a mend, as far as the lesson has told of
// it: of a page under a layer that of the page alone, if there is no other.
func (d *decoder) linesKnown(s *Step) (lines []string) {
	for _, name := range s.Strategies {
		client, _, _ := strings.Cut(name, "+")
		line := d.told[name]
		if line == "" {
			line = d.told[client]
		}
		lines = append(lines, line)
	}
	return lines
}

// placeOf returns where a node stands, from 1.
func placeOf(n ast.Node) (line, column int) {
	if t := strict.Start(n); t != nil && t.Position != nil {
		return t.Position.Line, t.Position.Column
	}
	return 0, 0
}

func itoa(n int) string { return strconv.Itoa(n) }

// draw puts the pages that can be picked into an order of their own, made from the
// lesson's name and the place of the step: where a page stands tells nothing of
// it, and it stands at the same place for everybody.
func (d *decoder) draw(s *Step, place string) {
	n := len(s.Strategies)
	if len(s.Worlds) > 0 {
		n = len(s.Worlds)
	}
	s.Places = shuffled(n, d.lesson.Name+" "+place)
	if len(s.Worlds) > 0 {
		s.Worlds = inOrder(s.Worlds, s.Places)
		return
	}
	s.Strategies = inOrder(s.Strategies, s.Places)
	if s.Lines != nil {
		s.Lines = inOrder(s.Lines, s.Places)
	}
}

func inOrder[T any](all []T, places []int) []T {
	out := make([]T, len(all))
	for i, p := range places {
		if p < len(all) {
			out[i] = all[p]
		}
	}
	return out
}

// shuffled returns the numbers below n in an order that a word decides.
func shuffled(n int, word string) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	x := uint64(14695981039346656037) // FNV-1a
	for _, b := range []byte(word) {
		x = (x ^ uint64(b)) * 1099511628211
	}
	for i := n - 1; i > 0; i-- {
		x += 0x9e3779b97f4a7c15 // SplitMix64
		z := (x ^ x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		k := int((z ^ z>>31) % uint64(i+1))
		all[i], all[k] = all[k], all[i]
	}
	return all
}

// Values returns the values that a field can have, in the order in which they are
// given and set.
func Values(s *sim.Script, field int) (ids []sim.ValueID) {
	add := func(set sim.FieldSet, values *[sim.NumFields]sim.ValueID) {
		if set.Has(field) && !slices.Contains(ids, values[field]) {
			ids = append(ids, values[field])
		}
	}
	add(s.GivenSets, &s.GivenValues)
	for i := range s.Beside {
		add(s.Beside[i].Sets, &s.Beside[i].Values)
	}
	for i := range s.Actions {
		add(s.Actions[i].Sets, &s.Actions[i].Values)
		add(s.Actions[i].Saves, &s.Actions[i].Saved)
	}
	return ids
}
