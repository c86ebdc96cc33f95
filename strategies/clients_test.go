package strategies_test

import (
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestTwoClients holds, as TestTruthTable does, what each strategy can show
// where two clients edit one record: the same field, each its own field, after
// the second client has looked, and where one of two persons is still unknown.
func TestTwoClients(t *testing.T) {
	columns := [...]string{"u1 u2@2", "u1 e2@2", "u1 f2@2 u3@2", "c1 c2.2 p3.2"}
	shows := func(strategy string) (row [len(columns)]string) {
		for i, actions := range columns {
			s := scattered(actions)
			all := explore(s, named(strategy, s))
			row[i] = all.String()
		}
		return row
	}
	stated := map[string]bool{}
	for _, row := range []struct {
		strategy string
		want     [len(columns)]string
	}{
		{"naive", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"callbacks", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/22"}},
		{"action-queue", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/22"}},
		{"merged-updates", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"hold-outgoing", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "3/5 unsent-write"}},
		{"polling", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/24"}},
		{"update-queue", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"merging-queue", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/22"}},
		{"disabled-buttons", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/18 refused"}},
		{"queue-ball", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"implicit-callbacks", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"sequenced", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/16 unsent-write"}},
		{"promise-chain", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"save-queue", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"refuse", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/18 refused"}},
		{"allow-concurrent", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"block-ui", [...]string{"2/2 lost-update", "0/2", "5/6 lost-update", "0/22"}},
		{"switch", [...]string{"2/2 lost-update", "0/2", "14/15 lost-update", "7/18 orphan-record unsent-write"}},
		{"exhaust", [...]string{"2/2 lost-update", "0/2", "4/5 clobbered-edit lost-update unsent-write", "7/18 unsent-write"}},
		{"mutation-scope", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"conflate", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"debounce", [...]string{"2/2 lost-update", "0/2", "17/18 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"batch", [...]string{"2/2 lost-update", "0/2", "17/18 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"ignore-stale", [...]string{"2/2 lost-update", "0/2", "14/15 lost-update", "7/18 unsent-write"}},
		{"hold-per-person", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"client-id", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "22/57 failed-by-order"}},
		{"client-id-upsert", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/57"}},
		{"last-write-wins", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"if-match", [...]string{"0/2 failed", "0/2 failed", "2/15 clobbered-edit failed", "7/18 unsent-write"}},
		{"if-match-rebase", [...]string{"2/2 lost-update", "0/2", "21/22 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"optimistic-lock", [...]string{"0/2 failed", "0/2 failed", "2/15 clobbered-edit failed", "7/18 unsent-write"}},
		{"retry", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"idempotency-key", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"outbox", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
		{"hold-as-published", [...]string{"2/2 lost-update", "0/2", "4/5 clobbered-edit lost-update queue-stall", "7/18 unsent-write"}},
		{"delete-as-published", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "0/22"}},
		{"queue-as-published", [...]string{"2/2 lost-update", "0/2", "14/15 clobbered-edit lost-update", "7/18 unsent-write"}},
		{"action-queue+hold", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/5"}},
		{"action-queue+hold-per-person", [...]string{"2/2 lost-update", "0/2", "5/6 clobbered-edit lost-update", "0/22"}},
	} {
		stated[row.strategy] = true
		if got := shows(row.strategy); got != row.want {
			t.Errorf("over %q, %s can show\n%s\nwant\n%s", columns, row.strategy, rowOf(row.strategy, got[:]), rowOf(row.strategy, row.want[:]))
		}
	}
	for _, name := range strategies.Names() {
		if !stated[name] {
			got := shows(name)
			t.Errorf("the table has no row for %s. If that is what it is to show, add\n%s", name, rowOf(name, got[:]))
		}
	}
}

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
	for range testkit.Size(3, 2) {
		var longer []string
		for _, w := range words {
			for _, next := range []string{"u0", "f0", "d0", "u0@2", "f0@2", "d0@2"} {
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
