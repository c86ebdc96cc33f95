package lessons

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
)

// If is the kind of wrong answer that a [Wrong] speaks of.
type If uint8

// The kinds of wrong answers.
const (
	Ticked If = iota // one of the Pages was ticked, wrongly
	Missed           // one of the Pages was not, wrongly
	Said             // the Choice was picked
	Below            // the number was below Number, and wrong
	Above            // the number was above Number, and wrong
)

var ifs = []string{"ticked", "missed", "said", "below", "above"}

// String returns the word for i that lesson files use.
func (i If) String() string { return ifs[i] }

// None is the [Wrong].Choice of those who ticked nothing.
const None = -1

// Wrong is a wrong answer that somebody may have given, with the idea that it
// stands for and a sentence that meets it.
type Wrong struct {
	If     If
	Pages  []int   // ticked, missed: places in the step's strategies, or worlds
	Choice int     // said: the place among the choices; None
	Number float64 // below, above: in the question's unit
	Is     string  // the name of a [Misconception]; "": it has none
	Say    string  // in a line or two; "": what the misconception is met with

	Line, Column int // where it stands in the file, from 1
}

// again returns a reader of questions with the same answer on other surfaces, of
// the same pages if they name no others.
func (d *decoder) again(of *Step, index int) func(n ast.Node, what string) []Step {
	return func(n ast.Node, what string) (all []Step) {
		top := d.base
		d.base.Strategies = of.Strategies
		defer func() { d.base = top }()
		list := d.List(n, what)
		if len(list) == 0 || len(list) > maxAgain {
			d.Fail(n, "%s must be a list of 1 to %d", what, maxAgain)
		}
		for i, n := range list {
			s := Step{Kind: Check, Of: -1, Answer: of.Answer}
			s.Line, s.Column = placeOf(n)
			o := d.Object(n, "a question of again", againKeys)
			s.Say = strict.Optional(o, "say", d.sentence, "")
			d.aside(o, &s)
			s.Setting = d.setting(o)
			d.question(o, &s)
			d.lanes(o, &s)
			d.linesOf(o, &s)
			d.draw(&s, fmt.Sprint(index, " again ", i))
			s.Wrong = strict.Optional(o, "wrong", d.wrong(&s), nil)
			all = append(all, s)
		}
		return all
	}
}

// wrong returns a reader of the wrong answers to a question.
func (d *decoder) wrong(s *Step) func(n ast.Node, what string) []Wrong {
	return func(n ast.Node, what string) (all []Wrong) {
		for i, n := range d.List(n, what) {
			if i == maxWrong {
				d.Fail(n, "more than %d entries", maxWrong)
			}
			if d.Err != nil {
				return nil
			}
			all = append(all, d.entry(n, s))
		}
		return all
	}
}

func (d *decoder) entry(n ast.Node, s *Step) (w Wrong) {
	w.Line, w.Column = placeOf(n)
	o := d.Object(n, "an entry of wrong", []string{"if", "is", "say"})
	d.condition(o.Need("if"), s, &w)
	if e, ok := o.Find("is"); ok {
		w.Is = d.Text(e.Value, "is")
		if d.ideas == nil {
			d.ideas = misconceptionNames()
		}
		if !slices.Contains(d.ideas, w.Is) {
			d.Fail(e.Value, "%s", strict.Unknown("misconception", w.Is, d.ideas))
		}
	}
	w.Say = strict.Optional(o, "say", d.sentence, "")
	if w.Is == "" && w.Say == "" {
		d.Fail(n, `an entry of wrong needs the key "is" or "say"`)
	}
	return w
}

// condition decodes which answer is meant: one of a few words, and what it is about.
func (d *decoder) condition(n ast.Node, s *Step, w *Wrong) {
	o := d.Object(n, "if", ifs)
	if len(o.Entries) != 1 {
		d.Fail(n, "if is one of ticked, missed, said, below, above, such as {ticked: naive}")
	}
	if d.Err != nil {
		return
	}
	e := o.Entries[0]
	w.If = If(slices.Index(ifs, e.Key))
	number := s.Answer == Requests || s.Answer == Blocked || s.Answer == Odds
	switch {
	case w.If == Said && !number:
		d.choice(e.Value, s, w)
	case (w.If == Ticked || w.If == Missed) && s.Several():
		d.pages(e.Value, s, w)
	case (w.If == Below || w.If == Above) && number:
		w.Number = float64(d.Whole(0, 10_000)(e.Value, e.Key))
	default:
		takes := "said"
		if number {
			takes = "below or above"
		} else if s.Several() {
			takes = "ticked, missed or said"
		}
		d.Fail(e.At, "no answer to this question is %s: it takes %s", e.Key, takes)
	}
}

func (d *decoder) pages(n ast.Node, s *Step, w *Wrong) {
	list := []ast.Node{n}
	if l, is := n.(*ast.SequenceNode); is {
		list = l.Values
	}
	for _, n := range list {
		w.Pages = append(w.Pages, d.Word(n, "page of this question", s.Pages()))
	}
}

func (d *decoder) choice(n ast.Node, s *Step, w *Wrong) {
	words := s.words()
	word := fmt.Sprint(d.Scalar(n, "said"))
	if w.Choice = slices.Index(words, word); w.Choice < 0 {
		d.Fail(n, "%s", strict.Unknown("choice", word, words))
	}
	if s.Several() {
		w.Choice = None
	}
}

// words are what stands for the choices of a question in "said".
func (s *Step) words() (all []string) {
	switch {
	case s.Several():
		return []string{"none"}
	case s.Answer == Verdict:
		return []string{"well", "told", "waits", "wrong"}
	case s.Answer == Stands:
		for _, id := range Values(s.Scenario.Script, s.Field) {
			all = append(all, fmt.Sprint(s.Scenario.Script.Values[id]))
		}
		return append(all, "nothing")
	}
	return []string{"yes", "no"}
}

// Pages returns what can be picked in a question about several: its strategies,
// or the names of its worlds.
func (s *Step) Pages() []string {
	if len(s.Worlds) == 0 {
		return s.Strategies
	}
	var all []string
	for _, w := range s.Worlds {
		all = append(all, w.Name)
	}
	return all
}

// Meets reports whether a wrong answer to what the step asks may stand for the
// misconception of that name.
func (s *Step) Meets(name string) bool {
	return slices.ContainsFunc(s.Wrong, func(w Wrong) bool { return w.Is == name })
}

// Several reports whether any number of the pages can be ticked, none too.
func (s *Step) Several() bool {
	switch s.Answer {
	case Lanes:
		return true
	case Possible, RaceFree:
		return len(s.Pages()) > 1
	}
	return false
}
