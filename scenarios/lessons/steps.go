package lessons

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
	"photofinish/sim"
)

func (d *decoder) steps(n ast.Node) {
	list := d.List(n, "steps")
	if len(list) == 0 {
		d.Fail(n, "a lesson needs at least one step")
	}
	for i, n := range list {
		if i == maxSteps {
			d.Fail(n, "more than %d steps", maxSteps)
		}
		if d.Err != nil {
			return
		}
		d.lesson.Steps = append(d.lesson.Steps, d.step(n, i))
	}
}

// step decodes a step, counted from 0: a mapping of one key, its kind. Beside a
// text there may be others.
func (d *decoder) step(n ast.Node, index int) Step {
	s := Step{Of: -1}
	s.Line, s.Column = placeOf(n)
	o := d.Mapping(n, "a step")
	if e, tells := o.Find(kinds[Tell]); tells && !slices.ContainsFunc(o.Entries, func(e strict.Entry) bool { return slices.Contains(kinds[1:], e.Key) }) {
		d.Object(n, "a step", append([]string{kinds[Tell]}, tellKeys...))
		s.Say = d.text(e.Value, "tell")
		d.aside(o, &s)
		return s
	}
	if len(o.Entries) != 1 {
		d.Fail(n, "a step is one of %s, such as {tell: Some text.}", strings.Join(kinds, ", "))
		return s
	}
	e := o.Entries[0]
	s.Kind = Kind(d.Word(e.At, "kind of step", kinds))
	o = d.Object(e.Value, s.Kind.String(), stepKeys[s.Kind])
	s.Say = strict.Optional(o, "say", d.sentence, "")
	d.aside(o, &s)
	switch s.Kind {
	case Reveal:
		d.reveal(e.At, &s)
	case Explain:
		s.Setting = Setting{Strategies: strict.Optional(o, "strategies", d.strategies, d.base.Strategies)}
	default:
		s.Setting = d.setting(o)
	}
	s.Hints = strict.Optional(o, "hints", d.hints, nil)
	s.By = By(strict.Optional(o, "by", d.word(bys), 0))
	s.Clicks = strict.Optional(o, "clicks", d.Flag, false)
	if s.Kind == Predict || s.Kind == Check {
		s.Answer = Ask(d.Word(o.Need("answer"), "kind of answer", asks))
		d.question(o, &s)
	}
	if s.Kind == Predict {
		d.open, d.revealed = index, false
	}
	d.lanes(o, &s)
	switch s.Kind {
	case Predict, Check:
		d.linesOf(o, &s)
		d.draw(&s, itoa(index))
		s.Wrong = strict.Optional(o, "wrong", d.wrong(&s), nil)
		s.Again = strict.Optional(o, "again", d.again(&s, index), nil)
	case Break:
		s.Lines = d.linesKnown(&s)
	case Mend:
		s.Lines = d.linesKnown(&s)
		d.draw(&s, itoa(index))
	}
	return s
}

// reveal finds the prediction that a reveal belongs to.
func (d *decoder) reveal(n ast.Node, s *Step) {
	switch {
	case d.open >= 0:
		s.Of, d.open, d.revealed = d.open, -1, true
		s.Setting = d.lesson.Steps[s.Of].Setting
	case d.revealed:
		d.Fail(n, "the prediction before has been revealed already")
	default:
		d.Fail(n, `a reveal needs a prediction before it: the step "predict"`)
	}
}

func (d *decoder) hints(n ast.Node, what string) []string {
	var all []string
	for i, n := range d.List(n, what) {
		if i == maxHints {
			d.Fail(n, "more than %d hints", maxHints)
		}
		all = append(all, d.sentence(n, "a hint"))
	}
	return all
}

// word returns a reader of one of a few words.
func (d *decoder) word(among []string) func(n ast.Node, what string) int {
	return func(n ast.Node, what string) int { return d.Word(n, what, among) }
}

// defaults say how far off a number may be, in its unit.
var defaults = map[Ask]float64{Requests: 0, Blocked: 50, Odds: 10}

func (d *decoder) question(o strict.Object, s *Step) {
	s.Ask = d.sentence(o.Need("ask"), "ask")
	within, number := defaults[s.Answer]
	s.Within = within
	if e, ok := o.Find("within"); ok {
		if !number {
			d.Fail(e.At, `%v takes no "within": only a number can be nearly right`, s.Answer)
		}
		s.Within = float64(d.Whole(0, 10_000)(e.Value, "within"))
	}
	e, ok := o.Find("field")
	switch {
	case ok && s.Answer != Stands:
		d.Fail(e.At, `%v takes no "field": only stands does`, s.Answer)
	case s.Answer == Stands && d.Err == nil:
		d.field(o, e, ok, s)
	}
}

// field finds the field that a question is about. It need not be named if
// there is one only.
func (d *decoder) field(o strict.Object, e strict.Entry, named bool, s *Step) {
	script := s.Scenario.Script
	var names []string
	for f := range script.Writes().All {
		names = append(names, script.FieldName(f))
		s.Field = f
	}
	switch {
	case len(names) == 0:
		d.Fail(o.Node, "nothing stands in any field: the scenario sets none")
	case named:
		name := names[d.word(names)(e.Value, "field")]
		if s.Field = slices.Index(script.Fields, name); s.Field < 0 {
			s.Field = sim.Permissions
		}
	case len(names) > 1:
		d.Fail(o.Node, `stands needs the key "field": it is one of %s`, strings.Join(names, ", "))
	}
	if d.Err == nil && slices.ContainsFunc(script.Actions, func(a sim.Action) bool { return a.Adds.Has(s.Field) }) {
		d.Fail(o.Node, "what stands in %s is none of a few values: a step adds to it, or appends", strict.Quote(script.FieldName(s.Field)))
	}
}

// lanes checks how many strategies the step is about.
func (d *decoder) lanes(o strict.Object, s *Step) {
	if s.Kind == Reveal {
		return
	}
	at := o.Node
	if e, ok := o.Find("strategies"); ok {
		at = e.Value
	}
	asks := s.Kind == Predict || s.Kind == Check
	switch n := len(s.Strategies); {
	case n == 0:
		d.Fail(at, `%v needs the key "strategies"`, s.Kind)
	case len(s.Worlds) > 0 && s.Answer.One():
		d.Fail(at, "%v is asked of one world, and takes no \"worlds\"", s.Answer)
	case len(s.Worlds) > 0 && n > 1:
		d.Fail(at, "in several worlds one strategy is asked about, not %d", n)
	case asks && s.Answer.One() && n > 1:
		d.Fail(at, "%v is asked of one strategy, not of %d", s.Answer, n)
	case (s.Kind == Break || s.Kind == Explain) && n > 1:
		d.Fail(at, "%v takes one strategy, not %d", s.Kind, n)
	case s.Kind == Mend && n < 2 && !s.Clicks:
		d.Fail(at, "mend offers at least two strategies: with one there is nothing to choose")
	}
}
