package strategies_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	clever "photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// A create after an own delete, a fetch between edits and three waiters are
// races of their own.
func TestMoreRaces(t *testing.T) {
	for _, c := range []struct{ actions, strategy, want string }{
		{"create update update fetch update", "action-queue+hold", "28/42 clobbered-edit"},
		{"update update update", "polling", "2/7 monotonic-writes"},
		{"update delete create", "polling", "2/7 monotonic-writes orphan-record"},
		{"update update update", "hold-outgoing", "0/5"},
		{"update update update", "naive", "30/57 monotonic-writes"},
	} {
		if got := explore(press(c.actions), find(t, c.strategy)); got.String() != c.want {
			t.Errorf("%s: %s can show %v, want %s", c.actions, c.strategy, &got, c.want)
		}
	}
}

// The late answer to a fetch wipes out an edit under every one of them.
func TestFetchClobbersUnderAll(t *testing.T) {
	for _, name := range append(strategies.Default(), "action-queue+hold") {
		all := explore(press("fetch update"), find(t, name))
		if got := all.String(); !strings.Contains(got, "clobbered-edit") {
			t.Errorf("%s shows %s, want some clobbered-edit", name, got)
		}
	}
}

// Merged updates cannot be inverted while both come before the id.
func TestMergedBeforeTheID(t *testing.T) {
	id, second := sim.Choice{What: sim.ReplyArrives, N: 1}, sim.Choice{What: sim.UserActs, N: 3}
	early, late := 0, 0
	for class, c := range explore(press("create update update"), find(t, "merged-updates")).classes {
		bad := c.verdict != judge.OK
		if slices.Index(c.events, second) > slices.Index(c.events, id) {
			if bad {
				late++
			}
			continue
		}
		early++
		if bad {
			t.Errorf("%s ends %v: %v", class, c.verdict, c.kinds)
		}
	}
	if early == 0 || late != 4 {
		t.Errorf("%d orders with both before the id, %d bad ones with one after it; want some, 4", early, late)
	}
}

// TestLosesNoRace holds those to it whose comment says so, whatever is created,
// updated and deleted in up to four presses, if nothing times out. A double click
// on create is a second person in any order, and no race.
func TestLosesNoRace(t *testing.T) {
	var said []string
	for _, e := range strategies.Catalogue {
		code, err := strategies.Code(e.File)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.ReplaceAll(code, "\n// ", " "), "Loses no race of create, update and delete, unless") {
			continue
		}
		said = append(said, e.Name)
		for _, s := range everyScript(4, "create", "update", "delete") {
			for c := range new(clever.Explorer).Classes(s, e.For(s)) {
				if c.Judged.Verdict.Bad() {
					t.Errorf("%s: %s can end %v", e.Name, written(s), c.Judged.Verdict)
					break
				}
			}
		}
	}
	if want := []string{"queue-ball", "implicit-callbacks", "save-queue", "conflate", "outbox"}; !slices.Equal(said, want) {
		t.Errorf("it is said of %v, want %v", said, want)
	}
}

// n updates at once have (3n)!/(6·12·…·6n) orders.
func TestOrdersOfUpdates(t *testing.T) {
	for _, c := range []struct{ n, orders, classes, bad int }{
		{1, 1, 1, 0},
		{2, 10, 5, 2},
		{3, 280, 57, 30},
		{4, 15400, 1145, 674},
	} {
		if c.n > 3 && testing.Short() {
			continue
		}
		all := explore(press(strings.Repeat("update ", c.n)), find(t, "naive"))
		if all.orders != c.orders || len(all.classes) != c.classes || all.bad() != c.bad {
			t.Errorf("%d updates: %d orders, %d classes, %d bad, want %+v", c.n, all.orders, len(all.classes), all.bad(), c)
		}
	}
}

// press returns a script of the named actions, each write of the name with a
// value of its own. A person who is not created is given.
func press(actions string) *sim.Script {
	s := &sim.Script{Fields: []string{"name"}, Values: []any{"read-only", "given"}}
	for i, word := range strings.Fields(actions) {
		a := sim.Action{Number: i + 1, Do: sim.Do(slices.Index(sim.Dos(), word)), Up: sim.Unpinned, Down: sim.Unpinned}
		if a.Do == sim.Create || a.Do == sim.Update {
			a.Sets, a.Values[0] = 1, sim.ValueID(len(s.Values))
			s.Values = append(s.Values, fmt.Sprint("v", i+1))
		}
		s.Actions = append(s.Actions, a)
	}
	if s.Actions[0].Do != sim.Create {
		s.Given, s.GivenSets, s.GivenValues[0] = true, 1, 1
	}
	return s
}

// everyScript lists what a user can do in up to n presses with one person, who
// is given or not; nobody is created twice.
func everyScript(n int, dos ...string) (all []*sim.Script) {
	for words := []string{""}; n > 0; n-- {
		var longer []string
		for _, w := range words {
			for _, do := range dos {
				longer = append(longer, strings.TrimSpace(w+" "+do))
			}
		}
		words = longer
		for _, w := range words {
			for _, exists := range []bool{false, true} {
				s := press(w)
				if s.Given, s.GivenSets = exists, 0; exists {
					given(s)
				}
				if !createsTwice(s) {
					all = append(all, s)
				}
			}
		}
	}
	return all
}

// createsTwice reports whether somebody is created who is there.
func createsTwice(s *sim.Script) bool {
	there := s.Given
	for i := range s.Actions {
		switch s.Actions[i].Do {
		case sim.Create:
			if there {
				return true
			}
			there = true
		case sim.Delete:
			there = false
		}
	}
	return false
}

func find(t *testing.T, name string) sim.Strategy {
	t.Helper()
	e := testkit.Strategy(t, name)
	return e.For(nil)
}

// String gives the bad classes of all, and the anomalies that can be seen.
func (o *orders) String() string {
	if o.more {
		return "more than can be run one by one"
	}
	seen := map[string]bool{}
	for _, c := range o.classes {
		for _, k := range c.kinds {
			seen[k.String()] = true
		}
	}
	words := []string{fmt.Sprintf("%d/%d", o.bad(), len(o.classes))}
	for _, k := range judge.KindNames() {
		if seen[k] {
			words = append(words, k)
		}
	}
	slices.Sort(words[1:])
	return strings.Join(words, " ")
}
