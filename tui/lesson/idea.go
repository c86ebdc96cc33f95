package lesson

import (
	"slices"

	"photofinish/scenarios/lessons"
)

// Idea is a misconception that somebody had before the first lesson, or has now.
type Idea struct {
	Name   string
	Before bool
	Now    Standing
	Lesson *lessons.Lesson // in which it is met; nil: none
	Step   int
}

// Ideas returns those behind the answers to both checks, in the order of their file. The
// shelf has all lessons, with the last check at its end.
func Ideas(shelf []*lessons.Lesson, first, last []Mark) (all []Idea) {
	check := shelf[len(shelf)-1]
	for _, c := range lessons.Misconceptions() {
		before := slices.ContainsFunc(first, func(k Mark) bool { return slices.Contains(k.Is, c.Name) })
		i := Idea{Name: c.Name, Before: before, Now: Stands(c.Name, check, last)}
		if !i.Before && i.Now != Kept {
			continue
		}
		for _, l := range shelf {
			if n := slices.IndexFunc(l.Steps, func(s lessons.Step) bool { return s.Meets(c.Name) }); n >= 0 && !l.Unnamed() {
				i.Lesson, i.Step = l, n
				break
			}
		}
		all = append(all, i)
	}
	return all
}

// Tally returns how many of several answers were right, how many sure and wrong, and how
// many say that their author does not know.
func Tally(all []Mark) (right, sure, unknown int) {
	for i := range all {
		switch m := &all[i]; {
		case m.Right:
			right++
		case m.Unknown:
			unknown++
		case m.ConfidentlyWrong():
			sure++
		}
	}
	return right, sure, unknown
}
