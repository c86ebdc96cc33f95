package lesson

import (
	"regexp"
	"slices"
	"strings"

	"photofinish/scenarios/lessons"
)

// asked is a question with what is true of it, as a reader meets it.
type asked struct {
	lesson *lessons.Lesson
	step   *lessons.Step
	*Question
	truth *Truth
}

// lossy are the words that give away what a page does when all does not go well.
var lossy = regexp.MustCompile(`(?i)\b(drop|lost|los(e|es|ing|s)\b|older|never|tell|told|refus|ignor|order|first)`)

// readers answer without having understood anything: by where a page stands, by its
// name, or by the mood of a question. Each returns its picks, and whether this is a
// question that it has an answer to. Opposites go by the same thing.
var readers = []struct {
	name, by string
	says     func(a *asked) (picks []int, can bool)
}{
	{"all but the last", "its place", func(a *asked) ([]int, bool) {
		return a.those(func(i int) bool { return i < len(a.Choices)-1 }), a.Form == Some
	}},
	{"only the last", "its place", func(a *asked) ([]int, bool) { return []int{len(a.Choices) - 1}, a.Form == Some }},
	{"naive alone is bad", "the name naive", func(a *asked) ([]int, bool) {
		can := a.Form == Some && slices.Contains(a.Choices, "naive")
		return a.bad(func(i int) bool { return a.Choices[i] == "naive" }), can
	}},
	{"what has a plus is safe", "a plus in a name", func(a *asked) ([]int, bool) {
		can := a.Form == Some && strings.Contains(strings.Join(a.Choices, ""), "+")
		return a.bad(func(i int) bool { return !strings.Contains(a.Choices[i], "+") }), can
	}},
	{"the newest but one", "the order of the values", func(a *asked) ([]int, bool) {
		return []int{len(a.Choices) - 3}, a.step.Answer == lessons.Stands && len(a.Choices) > 2
	}},
	{"the worse of it", "the worse of it", func(a *asked) ([]int, bool) {
		switch {
		case a.step.Answer == lessons.Verdict:
			return []int{3}, true
		case a.Form == One && a.step.Answer == lessons.Possible:
			return []int{0}, true
		}
		return []int{1}, a.Form == One && a.step.Answer == lessons.RaceFree
	}},
	{"the first choice", "its place", func(a *asked) ([]int, bool) { return []int{0}, a.Form != Number }},
	{"a line with a word of loss", "a word of loss", func(a *asked) ([]int, bool) { return a.lossy(true) }},
	{"a line with no word of loss", "a word of loss", func(a *asked) ([]int, bool) { return a.lossy(false) }},
}

func (a *asked) those(is func(i int) bool) (picks []int) {
	for i := range a.Choices {
		if is(i) {
			picks = append(picks, i)
		}
	}
	return picks
}

// lossy picks the pages of which a word of loss is told, or those of which none is. It
// can where the choices are pages and not worlds.
func (a *asked) lossy(has bool) (picks []int, can bool) {
	if a.Form != Some || a.step.Worlds != nil {
		return nil, false
	}
	return a.those(func(i int) bool { return lossy.MatchString(a.Pages[i].Told) == has }), true
}

// bad picks those that are thought bad, whichever of both is asked for.
func (a *asked) bad(is func(i int) bool) []int {
	return a.those(func(i int) bool { return is(i) == (a.step.Answer != lessons.RaceFree) })
}

// blind returns what a question can be answered by without having understood anything:
// there are at least three such things, and each is right. Of two choices one is right
// by chance, so that less says nothing. A word of loss is one only where a line has it.
func (a *asked) blind() (by []string) {
	right := map[string]bool{}
	for _, r := range readers {
		picks, can := r.says(a)
		if !can || r.by == "a word of loss" && !slices.ContainsFunc(a.Pages, func(p Page) bool { return lossy.MatchString(p.Told) }) {
			continue
		}
		if _, met := right[r.by]; !met {
			by = append(by, r.by)
		}
		right[r.by] = right[r.by] || a.Right(Answer{Picks: picks}, a.truth)
	}
	if len(by) < 3 || slices.ContainsFunc(by, func(by string) bool { return !right[by] }) {
		return nil
	}
	return by
}
