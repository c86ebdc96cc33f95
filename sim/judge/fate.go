package judge

import (
	"slices"

	"photofinish/sim"
)

// fate names what went wrong with an owed action by itself.
func (j *Judge) fate(n int) {
	f, o := &j.l.Fates[n], &j.owed[n]
	a := j.click(n)
	if f.Status == 200 {
		j.slipped(n)
		if f.Told == 0 && f.Waits == 0 && a.Do != sim.Fetch && a.Sets&^f.Carried == 0 {
			return
		}
	}
	if o.idle {
		return
	}
	left := j.left(n)
	switch {
	case f.Refused != 0:
		j.name(Refused, []int{n}, f.Refused)
	case f.Waits != 0:
		j.name(QueueStall, []int{n}, f.Waits)
	case j.belied(f) && a.Do != sim.Fetch:
		j.name(Indeterminate, []int{n}, f.Landed, f.Told).Server = true
	case f.Told != 0 && f.TimedOut != 0:
		j.name(Indeterminate, []int{n}, f.Told)
	case f.Told != 0 && f.Sent == 0:
		j.name(Failed, []int{n}, f.Told, f.Failed) // could not leave: see failed
		j.continued(n)
	case f.Told != 0:
		j.name(Failed, []int{n}, f.Landed, f.Told)
		j.continued(n)
	case f.Status == 404 && j.notYet(n):
	case o.refuse:
		j.name(SilentFailure, []int{n}, f.Landed)
	case f.Sent == 0 && a.Sets == 0 || left != 0:
		j.unsent(n, left)
	case f.Sent == 0:
		// Its value rode in a create, whose fate it shares.
	case a.Do == sim.Fetch && f.Replied == 0 && (f.Landed == 0 || f.Status == 200):
		if !a.Opens && !j.excused(n, 0) { // an empty screen tells
			j.name(LostRead, []int{n}, f.Sent)
		}
	case f.Landed == 0:
		if a.Do != sim.Delete && !j.excused(n, a.Sets) {
			j.name(LostWrite, []int{n}, f.Sent)
		}
	case f.Status == 200:
		// It happened, whether or not the client knows.
	default:
		j.byOrder(n)
	}
}

// belied reports whether the user was told that a write had failed, which the server
// carried out all the same: its reply was that another request with its key was at work.
func (j *Judge) belied(f *sim.Fate) bool {
	return j.s.Network.KeyInUse && f.Told != 0 && f.Status == 200 && max(f.Replied, f.Failed) > f.TimedOut
}

// left returns the fields of which no request carried the action's value,
// save those that a later action covers in the same request: they share its
// fate.
func (j *Judge) left(n int) sim.FieldSet {
	f := &j.l.Fates[n]
	left := j.click(n).Sets &^ f.Carried
	if left == 0 || f.Sent == 0 {
		return left
	}
	for m := n + 1; m <= len(j.s.Actions); m++ {
		if j.l.Fates[m].Sent == f.Sent {
			left &^= j.click(m).Sets &^ j.click(m).Adds
		}
	}
	return left
}

// unsent names an action that left in no request, or without its value. Of a
// delete, the record that it leaves behind tells.
func (j *Judge) unsent(n int, left sim.FieldSet) {
	f, a := &j.l.Fates[n], j.click(n)
	if a.Do == sim.Delete || a.Opens || j.excused(n, left) {
		return
	}
	if a.Do == sim.Fetch {
		j.name(UnsentRead, []int{n}, f.Dropped, f.Failed)
		return
	}
	wiped := func(a Anomaly) bool { return a.Kind == ClobberedEdit && a.Actions[1] == n }
	if f.Sent != 0 && slices.ContainsFunc(j.out, wiped) {
		return // off the screen before its request left
	}
	j.name(UnsentWrite, []int{n}, f.Dropped, f.Failed, f.Sent)
}

// byOrder names an action that the server refused and would have accepted had
// everything been done one at a time.
func (j *Judge) byOrder(n int) {
	f, a := &j.l.Fates[n], j.click(n)
	if a.Do == sim.Delete || j.owed[n].lock != 0 || j.excused(n, a.Sets) {
		return
	}
	record := f.Record
	if f.Status == 422 {
		record = f.Parent
	}
	for m := len(j.s.Actions); m > 0; m-- {
		g := &j.l.Fates[m]
		if m != n && g.Status == 200 && g.Landed < f.Landed && g.Record == record && j.causes(m, n) {
			j.name(FailedByOrder, []int{n, m}, g.Landed, f.Landed)
			return
		}
	}
	j.name(FailedByOrder, []int{n}, f.Landed)
}

// causes reports whether action m, which landed before action n on the same
// record, is why the server refused n: it was pressed later, or it is an older
// delete that came late.
func (j *Judge) causes(m, n int) bool {
	do := j.click(m).Do
	switch j.l.Fates[n].Status {
	case 404, 422:
		return do == sim.Delete
	case 403:
		return m > n && j.locks(m)
	case 409:
		return m > n && do == sim.Create
	case 412:
		return m > n && do != sim.Fetch
	}
	return false
}

// excused reports whether what did not happen does not matter: the person was
// deleted later, or each of the fields was overwritten later, or its value
// stands all the same; of a fetch, whether one pressed later was shown.
func (j *Judge) excused(n int, fields sim.FieldSet) bool {
	if j.gone(n) {
		return true
	}
	if j.click(n).Do == sim.Fetch {
		return j.readAgain(n)
	}
	if j.owed[n].first && j.l.Fates[n].Status != 200 && j.lives[j.owed[n].life].alive == 0 {
		return false // a record is owed, not only its fields
	}
	for f := range fields.All {
		if !j.overwritten(n, f) && !j.stands(n, f) {
			return false
		}
	}
	return fields != 0
}

// gone reports whether the person of action n was deleted by a later delete
// that landed, and left no record.
func (j *Judge) gone(n int) bool {
	life := int(j.owed[n].life)
	if j.lives[life].alive > 0 {
		return false
	}
	for d := len(j.s.Actions); d > n; d-- {
		f := &j.l.Fates[d]
		if j.own(d) && j.click(d).Do == sim.Delete && f.Status == 200 &&
			(d == j.lives[life].end || j.lifeOf(int(f.Record)) == life) {
			return true
		}
	}
	return false
}

// overwritten reports whether a later own write of the field landed.
func (j *Judge) overwritten(n, f int) bool {
	for m := n + 1; m <= len(j.s.Actions); m++ {
		if j.owed[m].life == j.owed[n].life && j.landed(m, f) && !j.onlyAdds(m, f) {
			return true
		}
	}
	return false
}

// landed reports whether the server accepted what action n gave field f, in a
// request of its own or in a create that it rode in.
func (j *Judge) landed(n, f int) bool {
	fate := &j.l.Fates[n]
	return j.click(n).Sets.Has(f) && (fate.Rode.Has(f) || fate.Status == 200 && fate.Carried.Has(f))
}

// landedOn reports whether that happened on the record of that id. A create
// whose value rode in another one may have left without it.
func (j *Judge) landedOn(id, n, f int) bool {
	a, fate := j.click(n), &j.l.Fates[n]
	switch {
	case !j.landed(n, f):
		return false
	case fate.Rode.Has(f) && int(fate.RodeOn) == id:
		return true
	case fate.Rode.Has(f) && a.Do == sim.Create:
		return false
	}
	return fate.Status == 200 && int(fate.Record) == id
}

// stands reports whether a record of its life holds, at the end, the value
// that action n gave field f: of the life that lasts, the record that stands.
func (j *Judge) stands(n, f int) bool {
	life := int(j.owed[n].life)
	for i := range j.l.Records {
		r := &j.l.Records[i]
		if !r.Deleted && j.lifeOf(i+1) == life && (life != j.last || i+1 == j.stand) && j.has(r.State[f], n, f) {
			return true
		}
	}
	return false
}

// readAgain reports whether the user saw the reply to a fetch of the same
// person that was pressed after fetch n.
func (j *Judge) readAgain(n int) bool {
	for i := range j.l.Reads {
		r := &j.l.Reads[i]
		if a := j.action(r.Action); a.Do == sim.Fetch && int(r.View) == j.view && j.earlier(n, r.Action) {
			return true
		}
	}
	return false
}

// slipped names an update that landed, and stands, although an earlier own
// lock, which landed too, should have stopped it.
func (j *Judge) slipped(n int) {
	if !j.locked(n) {
		return
	}
	l, f := int(j.owed[n].lock), &j.l.Fates[n]
	r := &j.l.Records[f.Record-1]
	for i := range j.click(n).Sets.All {
		if !r.Deleted && j.has(r.State[i], n, i) {
			j.name(MonotonicWrites, []int{l, n}, f.Landed, j.l.Fates[l].Landed)
			return
		}
	}
}

// continued names the later writes that were pressed before the user knew of
// the failure of write n, and were sent and carried out after it.
func (j *Judge) continued(n int) {
	if j.click(n).Do == sim.Fetch {
		return
	}
	f := &j.l.Fates[n]
	for m := n + 1; m <= len(j.s.Actions); m++ {
		g := &j.l.Fates[m]
		if j.owed[m].life != 0 && j.click(m).Do != sim.Fetch &&
			g.Status == 200 && g.Pressed < f.Told && g.Sent > max(f.Replied, f.Failed) {
			j.name(ContinuedPastFailure, []int{n, m}, f.Told, g.Landed)
		}
	}
}
