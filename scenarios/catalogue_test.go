package scenarios

import (
	"path"
	"slices"
	"strings"
	"testing"

	"photofinish/sim"
)

func TestCatalogueIsTheFiles(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), path.Ext(e.Name())))
	}
	if got := slices.Sorted(slices.Values(Names())); !slices.Equal(got, names) {
		t.Errorf("the catalogue lists %v\nthe files are %v", got, names)
	}
}

func TestShippedScenarios(t *testing.T) {
	all := All()
	if len(all) != len(Names()) {
		t.Fatalf("%d scenarios of %d", len(all), len(Names()))
	}
	for i, name := range Names() {
		s, err := Find(name)
		switch {
		case err != nil:
			t.Error(err)
		case s.Name != name || all[i].Name != name:
			t.Errorf("%s.yaml says that its name is %s", name, s.Name)
		case s.Title == "" || s.About == "" || s.Source == "" || s.File != "":
			t.Errorf("%s has no title, no text or no source, or has a file: %+v", name, s)
		case Title(name) != s.Title:
			t.Errorf("%s is listed as %q, and its title is %q", name, Title(name), s.Title)
		case len(s.Title) > 48:
			t.Errorf("%s: the title is too long to be one: %s", name, s.Title)
		}
		for _, a := range s.Script.Actions {
			if a.Do != sim.Close && (a.Up < 0 || a.Down < 0 && a.Lose == 0) {
				t.Errorf("%s: %s is left to chance", name, a.Label())
			}
		}
	}
}

func TestFindUnknown(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"create-then-updat", `unknown scenario "create-then-updat" (did you mean "create-then-update"?)`},
		{"../go.mod", `unknown scenario "../go.mod"`},
		{"\x1b[2J", `unknown scenario "\x1b[2J"`},
	} {
		if _, err := Find(test.name); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

// TestSameClicks holds the two scenarios to what they say of each other.
func TestSameClicks(t *testing.T) {
	fast, _ := Find("works-on-my-machine-fast")
	slow, _ := Find("works-on-my-machine-slow")
	a, b := fast.Script.Unpinned(), slow.Script.Unpinned()
	if !slices.Equal(a.Actions, b.Actions) || !slices.Equal(a.Values, b.Values) {
		t.Error("the scripts differ")
	}
	if fast.Network != "lan" || slow.Network != "3g" {
		t.Error("the networks are", fast.Network, slow.Network)
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		if _, err := Find("create-then-update"); err != nil {
			b.Fatal(err)
		}
	}
}
