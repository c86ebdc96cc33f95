package export

import (
	"errors"
	"time"

	"photofinish/report"
	"photofinish/scenarios"
)

// Suite is a file in a check: what it expects and whether it holds, or why it
// could not be read.
type Suite struct {
	Name     string              // of the file, or of the scenario in the catalogue
	File     string              // empty where there is none: of the catalogue, and of the standard input
	Scenario *scenarios.Scenario // nil of a lesson, and of what could not be read
	Checked  report.Checked
	Broken   error // the file could not be read
	Skipped  bool  // it expects nothing
	Lesson   bool  // it is a lesson or an exercise, without a mistake

	Ran  [][2]string   // clients of the user's own, and what they ran on
	Took time.Duration // wall time
}

// mistake returns where in the file what could not be read is, 0 if it is the file as
// a whole.
func (s Suite) mistake() (line, column int) {
	if at, ok := errors.AsType[*scenarios.Error](s.Broken); ok {
		return at.Line, at.Column
	}
	return 0, 0
}
