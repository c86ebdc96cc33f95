package strategies

import "slices"

// Safe is the word for those that are safe where they are asked for. Who they are, a
// probe says, and not the catalogue.
const Safe = "safe"

// Groups returns the words that stand for several strategies. No client has such a
// name.
func Groups() []string { return []string{"all", Safe, "sources", "today", "museum", string(Composed)} }

// Group returns the strategies of the lineup that a word of [Groups] stands for; nil
// for [Safe], and for any other word.
func (l Lineup) Group(word string) []Entry {
	of := func(g Group) []Entry {
		return slices.DeleteFunc(slices.Clone(l), func(e Entry) bool { return e.Group != g })
	}
	switch word {
	case "all":
		listed, _ := l.Find(Listed)
		return append(slices.Clone(l), listed)
	case "sources":
		return of(Sources)
	case "today":
		return of(Today)
	case "museum":
		return of(Museum)
	case string(Composed):
		return l.Compositions()
	}
	return nil
}
