package class

import (
	"context"
	"errors"
	"strings"
)

// ParseOwn reads a question that a teacher types: its text and its choices
// with slashes between them, a star before those that are right, as
//
//	Who wins? / *the first save / the last save
//
// Several stars make it a question of several choices. Without a star nobody
// knows the answer.
func ParseOwn(text string) (Item, error) {
	parts := strings.Split(text, "/")
	q := Question{Ask: strings.TrimSpace(parts[0])}
	var right uint16
	stars := 0
	for i, part := range parts[1:] {
		choice, star := strings.CutPrefix(strings.TrimSpace(part), "*")
		if star && i < MaxChoices {
			right |= 1 << i
			stars++
		}
		q.Choices = append(q.Choices, strings.TrimSpace(choice))
	}
	if len(q.Choices) == 0 {
		return Item{}, errors.New("the choices are missing: Who wins? / *the first save / the last save")
	}
	q.Several = stars > 1
	if err := q.Check(); err != nil || stars == 0 {
		return Item{Question: q}, err
	}
	return Item{q, func(context.Context) (Answer, error) { return Answer{Picks: right}, nil }}, nil
}
