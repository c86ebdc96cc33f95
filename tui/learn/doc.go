// Package learn is the screen of a lesson: it shows a step at a time, takes
// answers, and tells what is true once they are given. What is true, and who
// may know it when, is the business of [photofinish/tui/lesson].
//
//	contents ──enter──▶ step, step, … ──▶ the sentence to remember ──▶ next lesson
//
// A [Model] is an ordinary tea.Model. Each kind of step is a page of its own:
// a page says which keys it takes, and draws itself between the header and the
// line of keys. The same list of keys feeds that line, the help and what is
// done, so that none has to be guessed.
//
// Without a folder for its state nothing is read or written: progress lasts as
// long as the model does. That, and [At], is what a class needs.
package learn
