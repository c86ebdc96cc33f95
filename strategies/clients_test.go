package strategies_test

import (
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestSecondPress: whatever two clients do with a record, under optimistic-lock
// neither writes over what it has not seen. Under if-match one does that presses
// again after a 412.
func TestSecondPress(t *testing.T) {
	clobbers := func(strategy, actions string) bool {
		s := given(scattered(actions))
		for _, c := range explore(s, named(strategy, s)).classes {
			if slices.Contains(c.kinds, judge.LostUpdate) {
				return true
			}
		}
		return false
	}
	for actions, want := range map[string]bool{"u1@2 u2 u3": true, "u1@2 u2 f3 u4": true, "u1@2 u2": false} {
		if clobbers("if-match", actions) != want {
			t.Errorf("if-match: that %s can show lost-update is not %v", actions, want)
		}
	}
	words := []string{""}
	for range testkit.Size(3, 1) {
		var longer []string
		for _, w := range words {
			for _, next := range []string{"u0", "f0", "d0", "u0@2", "f0@2", "d0@2"} {
				if w == "" && strings.HasSuffix(next, "@2") {
					continue // it is the same with the clients changed for each other
				}
				longer = append(longer, strings.TrimSpace(w+" "+next))
			}
		}
		words = longer
		for _, actions := range words {
			if clobbers("optimistic-lock", actions) {
				t.Errorf("optimistic-lock: %s can show lost-update", actions)
			}
		}
	}
}

// scattered returns a script: "u1@2" is client 2's, "c1.2" makes person 2, "e"
// writes another field than "u".
func scattered(actions string) *sim.Script {
	words := strings.NewReplacer("u", "update ", "e", "update ", "c", "create ", "f", "fetch ", "p", "set-permissions ", "d", "delete ")
	s := press(strings.Join(strings.FieldsFunc(words.Replace(actions), func(r rune) bool { return strings.ContainsRune("0123456789@. ", r) }), " "))
	for i, word := range strings.Fields(actions) {
		a := &s.Actions[i]
		if strings.HasSuffix(word, "@2") {
			a.Client = 1
		}
		if strings.HasSuffix(word, ".2") {
			a.Person = 1
		}
		if word[0] == 'e' {
			a.Sets, a.Values[1] = 2, a.Values[0]
		}
		if a.Do == sim.SetPermissions {
			a.Sets = a.Sets.With(sim.Permissions)
			s.ReadOnly = 0
		}
	}
	s.Fields = []string{"name", "email"}
	return s
}
