package judge

import "photofinish/sim"

// owed says whether, and why, the user is owed that an action happens.
type owed struct {
	life   uint8 // the life it belongs to; 0: it is void, and nothing is owed
	first  bool  // it is a create that begins that life
	idle   bool  // it is a double click that would change nothing
	lock   uint8 // the earlier set-permissions that forbids this update; 0: none
	refuse bool  // the server refused it for a reason of its own
}

// life is one person from its create to its delete.
type life struct {
	end   int // the delete that ended it; 0: none
	alive int // records of this life that are alive
}

// intend applies the user's actions to the person in hand, one at a time and each
// completed before the next: what is there after the last of them is owed. An
// action on a person who does not exist at that point is void. What was refused is not
// applied: of that the user is owed the news.
func (j *Judge) intend() {
	j.count, j.last, j.odd = 0, 0, 0
	if j.given > 0 {
		j.begin()
		j.want.Put(j.s.Gave(j.given-1), sim.GivenTo(j.given-1))
	}
	actions := j.s.Actions
	for i := range actions {
		a, o, f := &actions[i], &j.owed[i+1], &j.l.Fates[i+1]
		*o = owed{}
		switch {
		case a.Skip || !j.about(a) || a.Do == sim.Close || j.last == 0 && a.Do != sim.Create:
			continue
		case j.last == 0:
			o.first = true
			j.begin()
		}
		o.life = uint8(j.last)
		if f.Status >= 400 {
			o.refuse = j.ownReason(i + 1)
		}
		switch a.Do {
		case sim.Create:
			j.create(a, o, f)
		case sim.Update:
			if j.want[sim.Permissions].Action() > 0 {
				j.lock(a, o, f)
			}
		case sim.Delete:
			j.delete(a)
		}
		if !o.idle {
			j.due |= 1 << (i & 63)
			if a.Do != sim.Delete && a.Do != sim.Fetch && !o.refuse && f.Refused == 0 {
				j.write(a, o)
			}
		}
		if !o.done(a, f) {
			j.odd |= 1 << (i & 63)
		}
	}
}

// about reports whether an action is about the person in hand: theirs, or a list of all
// persons of the client.
func (j *Judge) about(a *sim.Action) bool {
	return a.View() == j.view || a.Lists && int(a.Client) == j.view/sim.MaxPersons
}

// begin starts a life. Fields that no owed write of it sets are not compared.
func (j *Judge) begin() {
	j.count++
	j.last = j.count
	j.lives[j.last] = life{}
	j.want, j.set = sim.State{}, 0
	if j.adds != 0 {
		j.plus = [sim.NumFields]uint64{}
	}
}

// create: the person exists from a create on that neither the client refused
// nor, for a reason of its own, the server. A create of a person who exists is a
// double click: one record is owed, and what the second one sets is owed like an
// update.
func (j *Judge) create(a *sim.Action, o *owed, f *sim.Fate) {
	if o.first && (o.refuse || f.Refused != 0) {
		j.last = 0
		return
	}
	o.idle = !o.first && !j.changes(a)
}

// lock: an update of a person whom an own earlier write has locked is owed its
// refusal.
func (j *Judge) lock(a *sim.Action, o *owed, f *sim.Fate) {
	if by := j.want[sim.Permissions]; j.s.Value(by, sim.Permissions) == int(j.s.ReadOnly) {
		o.lock = uint8(by.Action())
		o.refuse = o.refuse || f.Status == 403
	}
}

// write: what an action sets is owed. Where a lock forbids it, what was there before
// still is.
func (j *Judge) write(a *sim.Action, o *owed) {
	j.set |= a.Sets | a.Saves
	if o.lock != 0 && j.locked(a.Number) {
		return
	}
	j.want.Put(a.Sets&^a.Adds, sim.By(a.Number))
	j.want.Put(a.Saves, sim.SavedBy(a.Number))
	if j.adds != 0 {
		j.owe(a)
	}
}

// delete: the person exists until the next press of delete that the client did
// not refuse. That press ends the life whatever becomes of it.
func (j *Judge) delete(a *sim.Action) {
	if j.l.Fates[a.Number].Refused == 0 {
		j.lives[j.last].end, j.last = a.Number, 0
	}
}

// ownReason reports whether the server refused action n, which it did, for a
// reason of its own: it says so, another client is to blame, or the action was
// refused as it is one at a time.
func (j *Judge) ownReason(n int) bool {
	if f := &j.l.Fates[n]; f.Status == 422 && !f.Reason { // it needs a record that was not there
		return j.bereft>>(n-1)&1 != 0
	}
	return j.l.Fates[n].Reason || j.barred(n) || !j.owed[n].first && j.double(n) || j.alone(n)
}

// owes reports whether the user is owed that action n happens.
func (j *Judge) owes(n int) bool {
	return j.owed[n].life != 0 && !j.owed[n].refuse && j.l.Fates[n].Refused == 0
}

// locked reports whether the lock that forbids update n was there to do so.
// One that never landed has its own name, and stops nothing; nor does one that
// another client has lifted, or that is on another record.
func (j *Judge) locked(n int) bool {
	lock, f := int(j.owed[n].lock), &j.l.Fates[n]
	if lock == 0 || j.l.Fates[lock].Status != 200 || j.lifted(lock, n) {
		return false
	}
	return f.Status != 200 || f.Record == j.l.Fates[lock].Record
}

// double reports whether the server refused action n, a create of a person who
// exists, because the record is there: it would in any order.
func (j *Judge) double(n int) bool {
	return j.click(n).Do == sim.Create && j.l.Fates[n].Status == 409
}

// alone reports whether action n met the server as it does one at a time: what
// was sent before had ended for the client when it was pressed, and nothing that
// was pressed later had landed before it. To delete what is not there does no
// harm.
func (j *Judge) alone(n int) bool {
	f := &j.l.Fates[n]
	if f.Status == 404 && j.click(n).Do == sim.Delete {
		return false
	}
	for m := 1; m <= len(j.s.Actions); m++ {
		g := &j.l.Fates[m]
		if m == n || g.Sent == 0 || !j.about(j.click(m)) {
			continue
		}
		ended := max(g.Replied, g.TimedOut)
		if m < n && (ended == 0 || ended > f.Pressed || g.Landed > f.Pressed) || m > n && g.Landed != 0 && g.Landed < f.Landed {
			return false
		}
	}
	return true
}

// changes reports whether a would change the person as it should be.
func (j *Judge) changes(a *sim.Action) bool {
	for f := range a.Sets.All {
		if by := j.s.Kept(a.Number, f); j.adds.Has(f) && j.other(by, f) || !j.adds.Has(f) && !j.same(j.want[f], by, f) {
			return true
		}
	}
	return false
}
