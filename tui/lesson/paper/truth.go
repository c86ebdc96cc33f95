package paper

import (
	"context"
	"fmt"
	"html/template"
	"strings"

	"photofinish/report"
	"photofinish/report/svg"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/strategies"
	"photofinish/tui/lesson"
)

// truth is what is true of a step, in words and pictures.
type truth struct {
	Is     string // the right answer, in the words of the question; "" of a break
	Says   string
	Say    string // what the lesson says to it
	Lanes  []lane
	Likely []likely
	Hints  []string
}

// lane is a page in one run, and what is known of it.
type lane struct {
	Name, Says          string
	Sign                tell.Sign
	Orders              string // as "2 of 7 orders end badly"
	Decided, Seen, Turn string
	Costs               string // of what is offered to mend with
	Moved               string // when the clicks come, where that is not when they were asked about
	Strip, Column       template.HTML
}

// likely is a wrong answer, and what meets it.
type likely struct{ Answer, Is, Say string }

type code struct {
	Name, Rule, File string
	Lines            []string
}

func truthOf(ctx context.Context, b *lesson.Book, n int) (*truth, error) {
	t, err := b.Key(ctx, n)
	if err != nil || t == nil {
		return nil, err
	}
	step := &b.Lesson.Steps[n]
	out := &truth{Says: tell.Clean(t.Says), Say: tell.Clean(step.Say), Hints: step.Hints}
	q := step
	if step.Kind == lessons.Reveal {
		q = &b.Lesson.Steps[step.Of]
	} else if r := lesson.RevealOf(b.Lesson, n); r != nil {
		out.Say = tell.Clean(r.Say)
	}
	if question := b.Question(n); question != nil {
		out.Is = question.Said(t.Picks, t.Number, ", ")
		out.Likely = likelyOf(question, q)
		if out.Is == out.Says || question.Form == lesson.Some && len(t.Picks) > 0 {
			out.Is, out.Says = out.Says, "" // it names what is to be ticked
		}
	}
	for i := range t.Lanes {
		one, err := laneOf(ctx, b, n, t, i, q)
		if err != nil {
			return nil, err
		}
		out.Lanes = append(out.Lanes, one)
	}
	return out, nil
}

// laneOf puts what is known of a lane into words. Of one that can lose the run is shown
// in which it does.
func laneOf(ctx context.Context, b *lesson.Book, n int, t *lesson.Truth, i int, q *lessons.Step) (lane, error) {
	f, scene := t.Shown(i)
	one := lane{Name: tell.Clean(f.Name), Says: tell.Clean(f.Says)}
	if !f.Bad && f.Event >= 0 && (f.Orders == nil || f.Orders.Says() != f.Says) {
		one.Says = "at " + tell.Rounded(f.At) + " ms: " + one.Says
	}
	if q.Kind != lessons.Break || q.By == lessons.Clicks {
		one.Moved = f.Moved(q)
	}
	if f.Orders != nil && f.Orders.Says() != f.Says {
		one.Orders = f.Orders.Says()
	}
	if f.Odds != nil {
		one.Orders = fmt.Sprintf("%s of %s runs end badly, seeds from 1", tell.Grouped(f.Odds.Bad()), tell.Grouped(f.Odds.Trials))
	}
	if f.Trial != nil {
		one.draw(f.Trial, f.Name, q)
	}
	if q.Kind == lessons.Mend {
		m, err := b.Remedy(ctx, n, lesson.Remedy{Strategy: f.Strategy})
		if err != nil {
			return one, err
		}
		one.Costs = m.Costs()
	}
	if len(t.Scenes) == 0 || !f.Loses() {
		return one, nil
	}
	turned, err := b.Turned(ctx, n, scene, i)
	if err != nil || turned == nil {
		return one, err
	}
	one.Decided, one.Turn = afterWord(turned.Decides(f)), turned.Turns(f)
	if turned.Seen >= 0 {
		one.Seen = "at " + tell.Rounded(f.Trial.Events[turned.Seen].At) + " ms"
	}
	return one, nil
}

// draw draws a run, with the field in view that was asked about.
func (one *lane) draw(t *report.Trial, name string, q *lessons.Step) {
	l := t.Lane()
	if q.Answer == lessons.Stands && (q.Kind == lessons.Predict || q.Kind == lessons.Check) {
		l = l.In(q.Field)
	}
	l.Name, one.Sign = tell.Clean(name), tell.Verdict(t.Verdict)
	one.Strip, one.Column = template.HTML(svg.Strip(l, false)), template.HTML(svg.Column(l, false))
}

func watched(step *lessons.Step) *truth {
	out := &truth{Say: tell.Clean(step.Say)}
	for _, name := range step.Strategies {
		t := lesson.Replay(step, name)
		one := lane{Name: name, Says: t.Lane().At(t.Lane().Settled).Says}
		one.draw(t, name, step)
		out.Lanes = append(out.Lanes, one)
	}
	return out
}

// likelyOf returns the wrong answers that the lesson thinks of.
func likelyOf(q *lesson.Question, step *lessons.Step) (all []likely) {
	for i := range step.Wrong {
		w := &step.Wrong[i]
		one := likely{Answer: answerOf(q, w), Is: w.Is, Say: tell.Clean(w.Say)}
		if m, err := lessons.FindMisconception(w.Is); err == nil && one.Say == "" {
			one.Say = m.Meets
		}
		all = append(all, one)
	}
	return all
}

func answerOf(q *lesson.Question, w *lessons.Wrong) string {
	var names []string
	for _, p := range w.Pages {
		names = append(names, q.Choices[p])
	}
	switch w.If {
	case lessons.Below:
		return "below " + q.Said(nil, w.Number, "")
	case lessons.Above:
		return "above " + q.Said(nil, w.Number, "")
	case lessons.Said:
		if w.Choice == lessons.None {
			return "none of them"
		}
		return q.Choices[w.Choice]
	}
	return w.If.String() + " " + strings.Join(names, " or ")
}

func codeOf(name string) *code {
	e := lesson.Entry(name)
	c := &code{Name: e.Name, Rule: e.Rule}
	for _, file := range e.Files()[:1] {
		c.File = file
		for _, line := range strategies.Lines(file)[2:] {
			c.Lines = append(c.Lines, line.Code+line.Comment)
		}
	}
	return c
}

// afterWord leaves out the first word of what stands behind it.
func afterWord(text string) string { return strings.TrimPrefix(text, "Decided ") }
