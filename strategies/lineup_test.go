package strategies

import (
	"slices"
	"strings"
	"testing"
)

// A lineup may have others beside the catalogue, which layers can be put over
// too; a name that it lacks is named.
func TestLineup(t *testing.T) {
	ours := Catalogue[0]
	ours.Name = "ours"
	all := append(slices.Clip(Catalogue), ours)
	for _, name := range []string{"naive", "ours", "ours+hold", "action-queue+sequenced"} {
		if e, err := all.Find(name); err != nil || e.Name != name {
			t.Errorf("%s: found %q, %v", name, e.Name, err)
		}
	}
	for name, want := range map[string]string{"ours+wait": "what can follow the +", "theirs": `unknown strategy "theirs"`, "hold-outgoing+hold": "decides itself"} {
		if _, err := all.Find(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, err := Find("ours"); err == nil {
		t.Error("the catalogue has changed")
	}
}
