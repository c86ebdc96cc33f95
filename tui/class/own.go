package class

import (
	"context"
	"errors"
	"strings"

	"photofinish/tui/lesson"
)

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
