package sim

// TakeBack takes an action off the screen that the server has refused. In each field
// that still shows it is seen again what was seen when it was pressed; if that was an
// action that has been taken back since, what that had covered, and so on. Where a
// later press or reply has covered it, nothing changes. Who was created is there no
// more, and who was deleted is there again, with their id.
func (c *Client) TakeBack(a *Action) {
	w := c.w
	state := w.person(a).State
	for f := range a.Sets.All {
		by := state[f]
		if !w.ledger.Sums.Has(by, a.Number) {
			continue
		}
		under := w.ledger.Sums.Base(by)
		if under.Action() == a.Number {
			under = w.stayed(w.before[a.Number-1].State[f], f)
		}
		state[f] = w.onto(under, by, a.Number)
	}
	w.revert(a, state, false)
}

// TakeBackRow is TakeBack with a copy of all fields, made when the action was
// pressed: what they have shown since is gone with it.
func (c *Client) TakeBackRow(a *Action) {
	c.w.revert(a, c.w.before[a.Number-1].State, true)
}

// stayed returns what a field would show that shows by, but for what has been taken
// back: under that is seen what had been seen when it was pressed.
func (w *World) stayed(by Writer, f int) Writer {
	n, below := w.ledger.Sums.Last(by)
	switch {
	case by.isSum():
		if below = w.stayed(below, f); !w.stays(n) {
			return below
		}
		return w.plus(below, n)
	case n > 0 && !w.stays(n):
		return w.stayed(w.before[n-1].State[f], f)
	}
	return by
}

// stays reports whether an action is pressed, and is not taken back.
func (w *World) stays(n int) bool {
	f := &w.ledger.Fates[n]
	return f.Pressed != 0 && f.Refused == 0 && w.takenBack>>(n-1)&1 == 0
}

// revert takes an action back: from now on the screen shows a state without it. If
// that is what it shows already, nobody sees it.
func (w *World) revert(a *Action, state State, row bool) {
	w.takenBack |= 1 << (a.Number - 1)
	was := w.person(a)
	p := Person{was.ID, was.Deleted, state}
	if a.Do == Create || a.Do == Delete {
		w.revive(a, &p)
	}
	if p == *was {
		return
	}
	w.still.changes++
	w.seal()
	m := w.happens()
	w.ledger.Reverts = append(w.ledger.Reverts, Revert{a.Number, m, was.State, state})
	*was = p
	if w.tracing {
		w.note(Event{Kind: EventRevert, Action: a.Number, Row: row}, true)
	}
}

// revive sets whether somebody is there, now that a create or a delete has been
// taken back: the latest of the others says it. If there is none after a delete, its
// id is known again.
func (w *World) revive(a *Action, p *Person) {
	there, last := w.script.Gives(a.View()), 0
	for i := range w.script.Actions {
		if b := &w.script.Actions[i]; b.View() == a.View() && (b.Do == Create || b.Do == Delete) && w.stays(b.Number) {
			there, last = b.Do == Create, b.Number
		}
	}
	p.Deleted = !there
	if a.Do == Delete && last < a.Number && p.ID == 0 {
		p.ID = w.before[a.Number-1].ID
		w.gone &^= 1 << a.View()
	}
}
