package lessons

import (
	"embed"
	"errors"
	"slices"

	"photofinish/scenarios/strict"
)

//go:embed *.yaml
var files embed.FS

// The check before the first lesson and the one after the last: of the same
// difficulty, question by question, on other surfaces.
const (
	FirstCheck = "first-check"
	LastCheck  = "last-check"
)

// catalogue lists the shipped lessons in the order in which they are to be
// taken.
var catalogue = []string{
	FirstCheck, "lost-click", "orphan", "crossing", "waiting-buttons", "queue", "merging", "holding",
	"numbers", "polling", "save-then-fetch", "overlay", "failures", "two-tabs", "offline", "real-ticket", LastCheck,
}

// Names returns the names of the shipped lessons, in the order in which they
// are to be taken. The first is [FirstCheck], the last [LastCheck].
func Names() []string { return slices.Clone(catalogue) }

// Find returns the shipped lesson of that name.
func Find(name string) (*Lesson, error) {
	if !slices.Contains(catalogue, name) {
		return nil, errors.New(strict.OneLine(strict.Unknown("lesson", name, catalogue)))
	}
	return shipped(name), nil
}

// All returns the shipped lessons in the order of [Names].
func All() []*Lesson {
	var all []*Lesson
	for _, name := range catalogue {
		all = append(all, shipped(name))
	}
	return all
}

func shipped(name string) *Lesson {
	data, err := files.ReadFile(name + ".yaml")
	if err == nil {
		var l *Lesson
		if l, err = Parse(name+".yaml", data); err == nil {
			l.File = ""
			return l
		}
	}
	panic("lessons: a shipped lesson is missing or broken: " + err.Error())
}
