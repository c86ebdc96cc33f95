package sim_test

import (
	"testing"

	"photofinish/sim"
)

// rows takes back what the server refuses: field by field, or with the whole row.
type rows struct {
	whole bool
}

func (s *rows) Act(c *sim.Client, a *sim.Action) { c.Post(a) }

func (s *rows) Reply(c *sim.Client, r *sim.Reply) {
	switch {
	case r.OK():
		c.Take(r)
	case s.whole:
		c.TakeBackRow(r.First())
	default:
		c.TakeBack(r.First())
	}
}

func (*rows) Wake(*sim.Client, sim.Timer) {}
func (*rows) Reset()                      {}

// TestTakeBack: what was there when an action was pressed is seen again, unless that
// was taken back since, or something later has covered it.
func TestTakeBack(t *testing.T) {
	const given = "given: {name: G, city: H}\nnetwork: {uplink: {constant: 50ms}, downlink: {constant: 50ms}}\n"
	for _, c := range []struct {
		name, steps    string
		whole          bool
		shows          string // the writers of both fields, as numbers; 0 is what was given
		deleted, known bool
		reverts        int
	}{
		{"what was given", "{at: 0, do: update, set: {name: A}, status: 422}", false, "00", false, true, 1},
		{"its own field alone", "{at: 0, do: update, set: {name: A}, status: 422}, {at: 1ms, do: update, set: {city: B}}", false, "02", false, true, 1},
		{"the row", "{at: 0, do: update, set: {name: A}, status: 422}, {at: 1ms, do: update, set: {city: B}}", true, "00", false, true, 1},
		{"covered by a later press", "{at: 0, do: update, set: {name: A}, status: 422}, {at: 1ms, do: update, set: {name: B}}", false, "20", false, true, 0},
		{"one after the other", "{at: 0, do: update, set: {name: A}, status: 422}, {at: 1ms, do: update, set: {name: B}, status: 422}", false, "00", false, true, 1},
		{"the later one first", "{at: 0, do: update, set: {name: A}, status: 422, up: 90ms}, {at: 1ms, do: update, set: {name: B}, status: 422}", false, "00", false, true, 2},
		{"the row brings back what was taken back", "{at: 0, do: update, set: {name: A}, status: 422}, {at: 1ms, do: update, set: {name: B}, status: 422}", true, "10", false, true, 2},
		{"a delete", "{at: 0, do: delete, status: 422}", false, "00", false, true, 1},
		{"a delete, and a create after it", "{at: 0, do: delete, status: 422}, {at: 1ms, do: create, set: {name: A}, up: 90ms}", false, "20", false, true, 0},
		{"a create after a delete", "{at: 0, do: delete}, {at: 1ms, do: create, set: {name: A}, status: 422}", false, "00", true, false, 1},
		{"a second create", "{at: 0, do: create, set: {name: A}, status: 422}", false, "00", false, true, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := story(t, given+"steps: ["+c.steps+"]")
			var w sim.World
			l := w.Run(s, &rows{whole: c.whole}, 1, sim.Options{Trace: true})
			p := l.Views[0]
			var shows string
			for f := range s.Fields {
				shows += string(rune('0' + p.State[f].Action()))
			}
			if shows != c.shows || p.Deleted != c.deleted || p.ID != 0 != c.known || len(l.Reverts) != c.reverts {
				t.Errorf("shows %s, deleted %t, id %d after %d reverts; want %s, %t, %t after %d",
					shows, p.Deleted, p.ID, len(l.Reverts), c.shows, c.deleted, c.known, c.reverts)
			}
		})
	}
}
