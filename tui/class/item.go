package class

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/lesson"
)

// Item is a question that a teacher can ask, with what answers it: nil if
// nobody knows. The answer is worked out when it is to be revealed.
type Item struct {
	Question
	Answer func(ctx context.Context) (*lesson.Truth, error)
}

const oddsTrials = 10_000

// predictions returns questions about a scenario: which of some clients lose,
// and how often each of them does. The engine answers them.
func predictions(s *scenarios.Scenario, es []strategies.Entry) (items []Item) {
	es = es[:min(len(es), maxChoices)]
	if len(es) > 1 {
		items = append(items, whichLose(s, es))
	}
	for _, e := range es {
		items = append(items, howOften(s, e))
	}
	return items
}

// whichLose asks which clients end wrong or stuck in the scenario as its file
// pins it.
func whichLose(s *scenarios.Scenario, es []strategies.Entry) Item {
	q := Question{About: s.Title}
	q.Ask, q.Form, q.Choices = "Which of these clients lose something?", lesson.Some, strategies.Lineup(es).Names()
	return Item{q, func(context.Context) (*lesson.Truth, error) {
		var a lesson.Truth
		for i, e := range es {
			t := report.Replay(s.Name, s.Script, e, s.ReplaySeed())
			if t.Verdict < judge.Stuck {
				continue
			}
			a.Picks = append(a.Picks, i)
			if a.Says == "" && len(t.Anomalies) > 0 {
				a.Says = e.Name + ": " + t.Anomalies[0].Says(t.Script) + "."
			}
		}
		return &a, nil
	}}
}

func howOften(s *scenarios.Scenario, e strategies.Entry) Item {
	q := Question{About: s.Title, Question: lesson.Question{Form: lesson.Number, High: 100, Step: 5, Unit: "%", Within: 7.5}}
	q.Ask = fmt.Sprintf("How often does %s lose something, with other latencies each time?", e.Name)
	return Item{q, func(ctx context.Context) (*lesson.Truth, error) {
		o := report.Estimate(ctx, s.Script, e, report.Options{Seed: 1, Trials: oddsTrials})
		share := o.Share(o.Bad())
		says := fmt.Sprintf("%d of %d runs end badly. Within ten of it counts as right.", o.Bad(), o.Trials)
		return &lesson.Truth{Number: math.Round(share * 100), Says: says}, ctx.Err()
	}}
}

// parseOwn reads a question that a teacher types: its text and its choices
// with slashes between them, a star before those that are right, as
//
//	Who wins? / *the first save / the last save
//
// Several stars make it a question of several choices. Without a star nobody
// knows the answer.
func parseOwn(text string) (Item, error) {
	parts := strings.Split(text, "/")
	var q Question
	var right []int
	q.Ask = strings.TrimSpace(parts[0])
	for i, part := range parts[1:] {
		choice, star := strings.CutPrefix(strings.TrimSpace(part), "*")
		if star {
			right = append(right, i)
		}
		q.Choices = append(q.Choices, strings.TrimSpace(choice))
	}
	if len(q.Choices) == 0 {
		return Item{}, errors.New("the choices are missing: Who wins? / *the first save / the last save")
	}
	if len(right) > 1 {
		q.Form = lesson.Some
	}
	if err := q.Check(); err != nil || right == nil {
		return Item{Question: q}, err
	}
	return Item{q, func(context.Context) (*lesson.Truth, error) { return &lesson.Truth{Picks: right}, nil }}, nil
}
