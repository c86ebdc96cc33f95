package exercises

import (
	"embed"
	"errors"
	"io/fs"
	"slices"

	"photofinish/scenarios/strict"
)

//go:embed */exercise.yaml */*.mjs */*.yaml
var files embed.FS

// catalogue lists the exercises in the order in which they are to be taken.
var catalogue = []string{
	"keep-the-edit", "delete-too", "in-turn", "both-rules", "save-then-look", "after-a-no", "try-again", "own-edits",
}

// Names returns the names of the exercises, in the order in which they are to be
// taken.
func Names() []string { return slices.Clone(catalogue) }

// Head returns the title of the exercise of that name, and the lesson that it belongs
// to. Unlike [Find] it does not parse the whole file.
func Head(name string) (title, lesson string) {
	data, err := files.ReadFile(name + "/" + FileName)
	if err != nil {
		panic("exercises: there is no " + name)
	}
	return strict.TopLine(data, "title"), strict.TopLine(data, "lesson")
}

// Find returns the exercise of that name.
func Find(name string) (*Exercise, error) {
	if !slices.Contains(catalogue, name) {
		return nil, errors.New(strict.OneLine(strict.Unknown("exercise", name, catalogue)))
	}
	return shipped(name), nil
}

// All returns the exercises in the order of [Names].
func All() (all []*Exercise) {
	for _, name := range catalogue {
		all = append(all, shipped(name))
	}
	return all
}

func shipped(name string) *Exercise {
	dir, err := fs.Sub(files, name)
	if err == nil {
		var e *Exercise
		if e, err = Read(dir); err == nil {
			return e
		}
	}
	panic("exercises: " + name + " is missing or broken: " + err.Error())
}
