package strategies

import (
	"slices"
	"testing"
)

// TestGroups: who is in the groups, and that no client can be called like one.
func TestGroups(t *testing.T) {
	sizes := map[string]int{"all": len(Catalogue) + 1, "museum": 4, string(Composed): len(Catalogue.Compositions())}
	sizes["today"] = len(Catalogue) - 4 - len(Catalogue.Group("sources"))
	for _, word := range Groups() {
		es := Catalogue.Group(word)
		if want, known := sizes[word]; known && len(es) != want || !known && word != Safe && len(es) < 10 {
			t.Errorf("%s are %d", word, len(es))
		}
		if CheckOwn(word) == nil || slices.Contains(Names(), word) {
			t.Errorf("a client can be called %s", word)
		}
	}
	if all := Lineup(Catalogue.Group("all")).Names(); all[len(all)-1] != Listed {
		t.Errorf("what is listed for all compositions is not among all: %v", all)
	}
	if Catalogue.Group("nobody") != nil {
		t.Error("nobody is a group")
	}
}
