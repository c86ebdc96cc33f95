package lessons

import (
	"embed"
	"errors"
	"slices"
	"strconv"
	"strings"

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

// Head returns what is listed of the lesson of that name: its title, its minutes, and
// those that it takes in a class. Unlike [Find] it does not parse the whole file: minutes
// of the lesson and of its steps stand on lines of their own.
func Head(name string) (title string, minutes, inClass int) {
	data, err := files.ReadFile(name + ".yaml")
	if err != nil {
		panic("lessons: there is no " + name)
	}
	for line := range strings.Lines(string(data)) {
		before, after, _ := strings.Cut(line, "minutes: ")
		n, err := strconv.Atoi(strings.TrimSpace(after))
		switch {
		case err != nil || strings.TrimSpace(before) != "":
		case before == "":
			minutes = n
		default:
			inClass += n
		}
	}
	return strict.TopLine(data, "title"), minutes, inClass
}

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
