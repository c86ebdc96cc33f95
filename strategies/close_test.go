package strategies_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
	clever "photofinish/sim/explore"
)

// Classes of orders in which a client is closed, counted by hand; and of each class
// times are found that bring it about.
func TestClassesOfClosing(t *testing.T) {
	const given = "given: {name: Ada, age: 3}\n"
	for _, c := range []struct {
		name, strategy, text string
		classes, bad         int64
	}{
		// The answer is heard or not.
		{"a save", "naive", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: close}]", 2, 0},
		// The pause ends before, and the answer is heard or not; or it does not.
		{"a save in a pause", "debounce", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: close}]", 3, 1},
		{"a beacon", "debounce-beacon", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: close}]", 3, 0},
		// What waits is lost, unless its turn has come before it was pressed or since: then
		// its answer is heard or not.
		{"a queue", "queue-ball", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: update, set: {age: 4}}, {at: 2ms, do: close}]", 5, 1},
		// u1 x2 o3: the server sees u1 before the read or after it, which then misses it,
		// and the read is heard of. Or the answer to u1 is heard before x2.
		{"a save and a read", "naive", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: close}, {at: 2ms, do: open}]", 3, 1},
		// u1's answer is heard, and then x2, o3, the read; or not, and then u1 goes again,
		// which lands before the first attempt or after it, heard of before that or not;
		// the read follows: [u1> u1#2> o3>], [u1#2> u1> o3>], [u1#2> o3> u1>], where the
		// first attempt is answered alike, and nothing is written.
		{"a durable queue", "outbox", given + "steps: [{at: 0, do: update, set: {name: Eve}}, {at: 1ms, do: close}, {at: 2ms, do: open}]", 4, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := parse(t, []byte("name: classes\n"+c.text)).Script
			got := new(clever.Explorer).Count(t.Context(), s, named(c.strategy, s), clever.Bounds{})
			if !got.Complete || got.Classes != c.classes || got.Bad() != c.bad {
				t.Errorf("%+v, want %d classes, %d bad", got, c.classes, c.bad)
			}
			var w sim.World
			for class := range new(clever.Explorer).Classes(s, named(c.strategy, s)) {
				l := labels{chooser: &sim.Replay{Choices: class.Choices}}
				w.Run(clever.Script(s), named(c.strategy, s), 1, sim.Options{Chooser: &l})
				schedule := l.all[:len(class.Choices)]
				if _, ok := clever.Pin(s, named(c.strategy, s), schedule); !ok {
					t.Errorf("no times bring about %v", schedule)
				}
			}
		})
	}
}

// labels notes those of what another chooser chooses.
type labels struct {
	chooser sim.Chooser
	all     clever.Schedule
}

func (l *labels) Choose(w *sim.World, pending []sim.Pending) int {
	i := l.chooser.Choose(w, pending)
	if i >= 0 {
		l.all = append(l.all, w.Label(&pending[i]))
	}
	return i
}

// Of scripts in which a client is closed the clever explorer knows what the dumb one
// does, and chance finds nothing that it does not.
func TestClosingAgainstTheDumbOne(t *testing.T) {
	leg, err := sim.NewLatency(sim.Exponential, 0, 90*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	property.Check(t, func(t *rapid.T) {
		s := anyScript(t, 3)
		property.Closing(t, s)
		s.Network.Up, s.Network.Down = leg, leg
		name := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy").Name
		calm(s, name)
		againstTheDumbOne(t, s, name, named(name, s))
		chanceFindsNothingElse(t, s, name, 20)
	})
}
