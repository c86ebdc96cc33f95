package paper

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
)

// sheet is a lesson as it is laid out: the same for a page and as text.
type sheet struct {
	Kind
	Lesson  *lessons.Lesson
	Version string
	Known   []prose.Block // told before anything is asked
	Closing []shown       // of a key: what is to be said and shown behind the last question
	Parts   []*part       // questions; of slides, all steps
	Minutes string        // as "5 min, 11 in a class"
}

// part is a step on a sheet.
type part struct {
	Step    *lessons.Step
	Number  int // of what is asked, from 1
	Ask     string
	Q       *lesson.Question // nil: it is a break or a mend
	Clicks  []click
	Times   string       // what is known of the latencies where they are not those of the clicks
	Page    *lesson.Page // the one that is asked about, and what was told of it; nil: there are several
	Boxes   []box
	Several bool          // any number of the boxes can be ticked
	Rails   template.HTML // empty ones, to draw on; "" where there is nothing to draw
	Lines   []string      // the names of the rails
	Heard   bool          // something is told before it: a line to write it on
	Before  []shown       // of a key: what is to be said and shown before it
	Prose   []prose.Block // of a tell
	Truth   *truth        // nil on a handout
	Code    *code         // of an explain
}

// shown is a step that asks nothing, as a key has it: what is to be said or shown.
type shown struct {
	Does    string // as "watch naive"
	Prose   []prose.Block
	Notes   string
	Minutes int
}

// showing returns what a key has of a step that asks nothing; nil of a reveal, which
// stands with its question.
func showing(step *lessons.Step) *shown {
	one := &shown{Does: step.Kind.String(), Prose: prose.Blocks(step.Say), Notes: tell.Clean(step.Notes), Minutes: step.Minutes}
	switch step.Kind {
	case lessons.Tell:
		one.Does = "say"
	case lessons.Watch, lessons.Explain:
		one.Does += " " + strings.Join(step.Strategies, ", ")
	default:
		return nil
	}
	return one
}

type click struct {
	Number          int
	Label, At, Says string
	Legs            string // as "150 ms up, 50 ms back"
}

type box struct{ Text, Told string }

func newSheet(ctx context.Context, b *lesson.Book, k Kind, version string) (*sheet, error) {
	l := b.Lesson
	s := &sheet{Kind: k, Lesson: l, Version: version, Minutes: explain.Minutes(l.Minutes, l.InClass())}
	asked, heard := 0, false
	for n := range l.Steps {
		step := &l.Steps[n]
		if step.Kind == lessons.Tell {
			if asked == 0 {
				s.Known = append(s.Known, prose.Blocks(step.Say)...)
			}
			heard = true
		}
		if one := showing(step); one != nil && k == Key {
			s.Closing = append(s.Closing, *one)
		}
		if k != Slides && !step.Asks() {
			continue
		}
		p := &part{Step: step}
		if step.Asks() {
			asked++
			p = newPart(b, n, k)
			p.Number, p.Heard, p.Before = asked, heard && asked > 1, s.Closing
			s.Closing, heard = nil, false
		}
		if err := s.fill(ctx, b, n, p); err != nil {
			return nil, err
		}
		s.Parts = append(s.Parts, p)
	}
	return s, nil
}

// fill adds what a handout has not: all that is true, and what the other steps show.
func (s *sheet) fill(ctx context.Context, b *lesson.Book, n int, p *part) (err error) {
	if s.Kind == Handout {
		return nil
	}
	switch p.Step.Kind {
	case lessons.Tell:
		p.Prose = prose.Blocks(p.Step.Say)
	case lessons.Explain:
		p.Code = codeOf(p.Step.Strategies[0])
	case lessons.Watch:
		p.Truth = watched(p.Step)
	case lessons.Predict:
		if s.Kind == Slides {
			return nil // its reveal tells
		}
		fallthrough
	default:
		p.Truth, err = truthOf(ctx, b, n)
	}
	return err
}

// newPart lays out what is asked, and holds nothing of what is true.
func newPart(b *lesson.Book, n int, k Kind) *part {
	step := &b.Lesson.Steps[n]
	p := &part{Step: step, Clicks: clicks(step)}
	switch step.Kind {
	case lessons.Break:
		p.Ask = "Make " + step.Strategies[0] + " lose: in which order must things happen? Or can nobody?"
		p.Times = "you are the network: every message takes as long as you want"
		if step.By == lessons.Clicks {
			p.Ask = "Make " + step.Strategies[0] + " lose: when would you have to click? Or can nobody?"
			p.Times = "the times of the clicks are yours; the latencies stay"
		}
		p.Boxes = []box{{Text: "nobody can"}}
		if told := tell.Clean(step.Lines[0]); told != "" {
			p.Page = &lesson.Page{Name: step.Strategies[0], Told: told}
		}
		p.rails(step)
	case lessons.Mend:
		p.Ask, p.Several = "Which of these never loses?", true
		for i, name := range step.Strategies {
			p.Boxes = append(p.Boxes, box{Text: name, Told: tell.Clean(step.Lines[i])})
		}
		p.Boxes = append(p.Boxes, box{Text: "I do not know"})
	default:
		p.question(b.Question(n), k)
	}
	return p
}

func (p *part) question(q *lesson.Question, k Kind) {
	p.Q, p.Ask, p.Several = q, q.Ask, q.Form == lesson.Some
	told := make([]string, len(q.Pages))
	for i := range q.Pages {
		told[i] = q.Pages[i].Told
		if k == Handout && (p.Step.Rule || i >= len(p.Step.Lines) || p.Step.Lines[i] == "") {
			told[i] = "________________________________" // its rule: it is on the wall
		}
	}
	worlds := len(p.Step.Worlds) > 0
	for i, c := range q.Choices {
		b := box{Text: c}
		if p.Several && !worlds {
			b.Told = told[i]
		}
		p.Boxes = append(p.Boxes, b)
	}
	if p.Several {
		p.Boxes = append(p.Boxes, box{Text: "none of them"})
	}
	if worlds || !p.Several {
		p.Page = &lesson.Page{Name: q.Pages[0].Name, Told: told[0]}
	}
	p.Boxes = append(p.Boxes, box{Text: "I do not know"})
	if p.Times = lesson.Freely(p.Step); p.Times == "" {
		p.rails(p.Step)
	}
}

// Told reports whether something is known of one of the boxes.
func (p *part) Told() bool {
	return slices.ContainsFunc(p.Boxes, func(b box) bool { return b.Told != "" })
}

// Range says from where to where a number goes.
func (p *part) Range() string {
	if p.Q == nil || p.Q.Form != lesson.Number {
		return ""
	}
	return fmt.Sprintf("%g to %g %s", p.Q.Low, p.Q.High, p.Q.Unit)
}

func clicks(step *lessons.Step) (all []click) {
	for _, c := range lesson.Clicks(step) {
		one := click{Number: (c.Number-1)%6 + 1, Label: tell.Clean(c.Label), At: tell.Clean(c.At), Says: tell.Clean(c.Says())}
		if c.Up != "" {
			one.Legs = c.Up + " ms up, " + c.Down + " ms back"
		}
		all = append(all, one)
	}
	return all
}
