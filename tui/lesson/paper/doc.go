// Package paper puts a lesson on paper, as one file that needs nothing else: a handout
// for a class to write on, a key to it for the teacher, and slides.
//
// A handout holds what is asked, and what was told before the first question; no rule,
// no odds, and nothing that is true: what comes later is heard, and written down. A key
// has what is true of every question, where it was decided and seen, what would have
// turned it, and the wrong ideas that are likely. Slides end before each reveal, and go
// on behind it.
//
//	err := paper.Write(ctx, w, lesson.Open(l), paper.Handout, "html", version)
package paper
