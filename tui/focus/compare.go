package focus

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
)

// comparison is a lane held against another, event by event.
type comparison struct {
	here, there *diagram.Lane
	first       int           // the place, in both traces, of the first event in which they differ
	differ      bool          // there is such an event
	from        time.Duration // when it is, in the lane that has it first
	rows        []pair        // the events of both side by side
}

// pair is a row of two logs: places in the two traces, -1 where one has
// nothing to say at that instant.
type pair struct{ here, there int }

// border is the row between what two lanes share and what they do not.
var border = pair{-2, -2}

// compareLanes finds the first event in which two lanes differ and lays their
// events side by side: up to there by their order, from there on by time.
func compareLanes(here, there *diagram.Lane) comparison {
	c := comparison{here: here, there: there}
	a, b := here.Events, there.Events
	for c.first < min(len(a), len(b)) && sameEvent(&a[c.first], &b[c.first]) {
		c.rows = append(c.rows, pair{c.first, c.first})
		c.first++
	}
	c.differ = c.first < max(len(a), len(b))
	i, j := c.first, c.first
	c.rows = append(c.rows, border)
	for first := true; i < len(a) || j < len(b); first = false {
		t := diagram.Forever
		if i < len(a) {
			t = a[i].At
		}
		if j < len(b) {
			t = min(t, b[j].At)
		}
		if first {
			c.from = t
		}
		p := pair{-1, -1}
		if i < len(a) && a[i].At == t {
			p.here = i
			i++
		}
		if j < len(b) && b[j].At == t {
			p.there = j
			j++
		}
		c.rows = append(c.rows, p)
	}
	return c
}

// sameEvent reports whether two lanes do the same: the same kind of event, of
// the same actions, at the same time, to the same effect. What they call it
// does not count.
func sameEvent(a, b *sim.Event) bool {
	if !alike(a, b) || a.At != b.At || a.ID != b.ID || a.Status != b.Status ||
		a.Body != b.Body || a.Ignored != b.Ignored || a.Late != b.Late || a.Record != b.Record {
		return false
	}
	return a.Request == nil || a.Request.ID == b.Request.ID && a.Request.Sets == b.Request.Sets && a.Request.Body == b.Request.Body
}

// alike reports whether two events are of one kind and of the same actions.
func alike(a, b *sim.Event) bool {
	if a.Kind != b.Kind || a.Action != b.Action || a.Leg != b.Leg || (a.Request == nil) != (b.Request == nil) {
		return false
	}
	return a.Request == nil || a.Request.Do == b.Request.Do && slices.Equal(a.Request.Actions, b.Request.Actions)
}

// says puts the difference into words: what the other lane does there.
func (c *comparison) says() string {
	if !c.differ {
		return "no event differs"
	}
	here, there := teller{c.here}.words(), teller{c.there}.words()
	if c.first < len(there.Events) && there.Events[c.first].At == c.from {
		return "there " + there.Clause(c.first)
	}
	// Only this lane does something at that instant.
	if w := there.Waits(here.Events[c.first].First(), c.there.After(c.from)-1); w != "" {
		return "there " + w
	}
	return "only here " + here.Clause(c.first)
}

// Compare opens the focus with a comparison, and there goes on to the next
// lane; after the last one there is none.
func (f *Focus) Compare() tea.Cmd {
	if len(f.Lanes) < 2 {
		f.Message = "there is no other lane to compare with: L shows more"
		return nil
	}
	opened := f.Page != f
	if opened {
		f.Open()
		f.with = ""
	}
	n, at := len(f.Lanes), f.Session.Lane
	if i := f.other(); i >= 0 {
		at = i
	}
	f.with, f.turn = "", 0
	for at = (at + 1) % n; at != f.Session.Lane && f.with == ""; at = (at + 1) % n {
		if name := f.Lanes[at].Name; name != f.Lane().Name {
			f.with = name
		}
	}
	f.read()
	if c := &f.compared; opened && c.differ {
		return f.selectEvent(min(c.first, len(c.here.Events)-1))
	}
	return nil
}

// other returns the lane that the one in view is compared with, -1 if none is.
func (f *Focus) other() int {
	if f.with == "" || f.with == f.Lane().Name {
		return -1
	}
	return slices.IndexFunc(f.Lanes, func(l *diagram.Lane) bool { return l.Name == f.with })
}
