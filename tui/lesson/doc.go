// Package lesson is a run through a lesson, without any screen: where somebody
// is, what the step shows, what they answered, what is true, and which event
// decided it. It reads no clock and no file.
//
// A [Book] is a lesson with what is true in it, worked out when it is wanted
// and then kept; one serves a whole class. A [Run] is one person's way through
// it. Nothing true leaves a Run before an answer has gone in.
//
//	book := lesson.Open(l)
//	run := book.Resume(lesson.State{})
//	run.Step()              // what to show
//	run.Answer(a)           // a prediction, with confidence
//	book.Prepare(ctx, n)    // slow; in the background, as soon as the step is there
//	run.Next()              // to the reveal
//	run.Truth()             // now, and not before
package lesson
