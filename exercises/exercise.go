// Package exercises holds clients with a hole in them, to be filled by whoever learns:
// material and format. Nothing is run here.
//
// An exercise is a folder: exercise.yaml says what is asked, start.mjs is the file
// that a learner gets, right.mjs one that is proved, and each wrong*.mjs a filling
// that people are known to write. All of them are clients of at most [MaxLines] lines
// in the form of docs/YOUR-CLIENT.md:
//
//	name: keep-the-edit
//	title: Keep the edit until the id is there
//	lesson: lost-click
//	story: Ada is created, and renamed before the server has said which number she has.
//	scenarios: [create-then-update]
//	wrong:
//	  - {file: wrong.mjs, in: create-then-update, bad: 1 of 2, order: "c1 u2 c1> <c1", anomaly: unsent-write, meets: late means lost}
//	hints: [the vaguest, a better one, nearly the line itself]
//	next: delete-too
//
// It is solved when every order of each scenario ends as the exercise says: ok, or
// told where ends says so.
package exercises

import (
	"regexp"
	"strings"

	"photofinish/scenarios"
	"photofinish/sim/judge"
)

// Exercise is a client with a hole, and what must hold of it once that is filled.
type Exercise struct {
	Name   string // of its folder, and of the file that a learner gets, without .mjs
	Title  string // one line
	Lesson string // the shipped lesson that it belongs to
	Story  string // what is to be done, one paragraph
	Trials []Trial
	Hints  []string // three; the first is the vaguest
	Wrong  []Wrong  // fillings that are known; the first that fits counts
	Next   string   // the exercise to take after it; "": it is the last

	Start, Right string // files, as they are shipped

	Warnings []*scenarios.Error // what keeps it from being a good one, each with its place
}

// Trial is a scenario of an exercise, and how each of its orders must end:
// [judge.OK], or [judge.Loud], where the user has to be told.
type Trial struct {
	Scenario *scenarios.Scenario
	Ends     judge.Verdict
}

// Wrong is a filling that is known, by how it loses.
type Wrong struct {
	File    string     // its name, and its text
	Text    string     //
	In      string     // the scenario that tells it from others
	Bad     string     // how many of its orders end badly there, as "2 of 5"
	Order   string     // the shortest of these, as a schedule
	Anomaly judge.Kind // that this has
	Has     string     // what must stand in the lines that were written; "": anything
	Meets   string     // the name of the misconception behind it, as lessons have it
}

// Hole returns the line, counted from 1, at which a file is still as it was handed out, or
// 0 if something has been written. Comments and blanks are nothing.
func (e *Exercise) Hole(file string) int {
	if bare(file) != bare(e.Start) {
		return 0
	}
	for _, text := range []string{file, e.Start} {
		n := 0
		for line := range strings.Lines(text) {
			if n++; strings.Contains(line, "/* HOLE") {
				return n
			}
		}
	}
	return 0
}

// bare leaves out comments and blanks. What begins with // within a string is taken for
// a comment, too: the same in both files that are compared.
func bare(code string) string {
	return strings.Join(strings.Fields(comment.ReplaceAllString(code, "")), "")
}

var comment = regexp.MustCompile(`(?s)//[^\n]*|/\*.*?\*/`)
