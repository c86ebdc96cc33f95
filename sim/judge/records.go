package judge

import (
	"slices"

	"photofinish/sim"
)

// orphans names the records that are alive and should not be, or that the
// client has no hold of.
func (j *Judge) orphans() {
	for i := range j.l.Records {
		r := &j.l.Records[i]
		if r.Deleted {
			continue
		}
		switch n := j.lifeOf(i + 1); {
		case n == 0:
			// An upsert on nobody made it, for which nothing is owed.
		case n != j.last:
			j.leftBehind(r, j.lives[n].end)
		case j.lives[n].alive == 1 && j.shown().ID != i+1 && r.Creator != 0 && !j.away():
			f := &j.l.Fates[r.Creator]
			if f.Told == 0 {
				j.name(OrphanRecord, []int{r.Creator}, f.Landed, f.Replied)
			}
		}
	}
	for n := 1; n <= j.count; n++ {
		if j.lives[n].alive > 1 && (n == j.last || j.notDeleted(j.lives[n].end)) {
			j.duplicates(n)
		}
	}
}

// notDeleted reports whether a delete failed, as far as the user can know, or
// still waits: its own fate says why records of its life stand.
func (j *Judge) notDeleted(end int) bool {
	f := &j.l.Fates[end]
	return f.Told != 0 || f.Waits != 0 || j.owed[end].refuse
}

// leftBehind names a record that outlives the delete that ended its life,
// unless the delete's own fate tells why.
func (j *Judge) leftBehind(r *sim.Record, end int) {
	if j.notDeleted(end) {
		return
	}
	f := &j.l.Fates[end]
	if r.Creator == 0 {
		j.name(OrphanRecord, []int{end}, f.Pressed, f.Dropped, f.Failed, f.Landed)
		return
	}
	j.name(OrphanRecord, []int{r.Creator, end}, j.l.Fates[r.Creator].Landed, f.Pressed, f.Dropped, f.Failed, f.Landed)
}

// duplicates names the creates that made more than one record of a life.
func (j *Judge) duplicates(life int) {
	var creates [sim.MaxActions]int
	var proof [sim.MaxActions]sim.Moment
	n := 0
	for i := range j.l.Records {
		r := &j.l.Records[i]
		if !r.Deleted && r.Creator != 0 && j.lifeOf(i+1) == life && n < len(creates) && !slices.Contains(creates[:n], r.Creator) {
			creates[n], proof[n] = r.Creator, j.l.Fates[r.Creator].Landed
			n++
		}
	}
	slices.Sort(creates[:n])
	j.name(DuplicateRecord, creates[:n], proof[:n]...)
}

// agree holds screen, server and intent against each other.
func (j *Judge) agree() {
	if j.last == 0 {
		return
	}
	if j.stand == 0 {
		j.nobodyStands()
		return
	}
	j.differ = j.differ[:0]
	server, client := &j.l.Records[j.stand-1].State, &j.shown().State
	if j.l.Away != 0 && j.away() {
		client = &j.want // nobody looks at it
	}
	var left sim.FieldSet
	for set := j.set &^ j.adds; set != 0; set &= set - 1 {
		f := set.First()
		if server[f] == j.want[f] && client[f] == j.want[f] {
			continue
		}
		if j.s.Network.Torn && j.nameTorn(f) {
			continue
		}
		if i := server[f].Action(); !j.own(i) {
			j.overrun(j.stand, f, i)
		} else if m := j.newer(f); m != 0 {
			j.name(MonotonicWrites, []int{i, m}, j.whenLanded(m, f), j.whenLanded(i, f))
		} else {
			left = left.With(f)
		}
	}
	if sums := j.set & j.adds; sums != 0 {
		left |= j.agreeSums(sums)
	}
	if j.lives[j.last].alive > 1 {
		return // each record may lack what the other has: the duplicate says why
	}
	for f := range left.All {
		if j.adds.Has(f) {
			j.fieldSum(f, server[f], client[f])
		} else {
			j.field(f, server[f], client[f])
		}
	}
	if len(j.differ) > 0 {
		slices.Sort(j.differ)
		j.name(Diverged, j.differ, sim.Moment(j.l.Events))
	}
}

// field notes the writers on whose values screen, server and intent do not
// agree, unless something says why.
func (j *Judge) field(f int, server, client sim.Writer) {
	want := j.want[f]
	if (j.same(client, want, f) || j.less.Has(f)) && j.same(server, want, f) || j.told(server, want, client) {
		return
	}
	for _, w := range [...]sim.Writer{server, want, client} {
		if w.Action() > 0 && !slices.Contains(j.differ, w.Action()) {
			j.differ = append(j.differ, w.Action())
		}
	}
}

// told reports whether the user knows, or something else already says, why
// the writers of a field differ.
func (j *Judge) told(writers ...sim.Writer) bool {
	for _, w := range writers {
		if j.accounted(w.Action()) {
			return true
		}
	}
	return false
}

// accounted reports whether the user knows that own action n did not happen, or
// something else already says what became of it.
func (j *Judge) accounted(n int) bool {
	other := func(k Kind) bool {
		return k != OrphanRecord && k != DuplicateRecord && k != ContinuedPastFailure
	}
	return n > 0 && j.own(n) && (j.l.Fates[n].Told != 0 || j.named(n, other))
}

// torn returns the latest owed write of a field that landed on the standing record, and
// the request that took it off: one that did not carry the field, and wrote back a row
// without it. None if its value stands, or the user knows; nor where requests are
// isolated. Of a field that is added to, each write counts since it was set last, those
// before action m if m is not 0; and to add to it is not to carry it.
func (j *Judge) torn(f, m int) (n int, by *sim.Commit) {
	if j.s.Network.Torn {
		return j.tornOff(f, m)
	}
	return 0, nil
}

// tornOff is torn where requests are not isolated.
func (j *Judge) tornOff(f, m int) (n int, by *sim.Commit) {
	if m == 0 {
		m = len(j.s.Actions) + 1
	} else if !j.onlyAdds(m, f) {
		return 0, nil
	}
	for n = m - 1; n > 0; n-- {
		if !j.latest(n, j.stand, f) {
			if j.owes(n) && j.putOn(j.stand, n, f) {
				return 0, nil // the server has set it since, by itself
			}
			continue
		}
		if j.l.Fates[n].Told == 0 && !j.has(j.l.Records[j.stand-1].State[f], n, f) {
			if by = j.takenOff(n, f); by != nil {
				return n, by
			}
		}
		if !j.onlyAdds(n, f) {
			break
		}
	}
	return 0, nil
}

// nameTorn names a lost update of a field that a request of this or another client made
// where requests are not isolated, and reports whether there is one.
func (j *Judge) nameTorn(f int) bool {
	n, by := j.torn(f, 0)
	if n != 0 {
		j.name(LostUpdate, []int{n, by.Action}, by.Began, j.whenLanded(n, f), by.Landed).Server = true
	}
	return n != 0
}

// takenOff returns what took a write off the standing record for the last time, if that
// wrote back what it had read of the field, before the write was there.
func (j *Judge) takenOff(n, f int) (by *sim.Commit) {
	there := false
	for i := range j.l.Commits {
		if c := &j.l.Commits[i]; c.ID == j.stand {
			has := !c.Record.Deleted && j.has(c.Record.State[f], n, f)
			if there && !has {
				by = c
			}
			there = has
		}
	}
	if by == nil || by.Record.Deleted || by.Sets.Has(f) || by.Landed < j.whenLanded(n, f) {
		return nil
	}
	return by
}

// newer returns the latest owed write of the field that landed on the
// standing record and does not stand, while an older one does; 0 if none, if
// the value that stands is the one that should, or if the user knows.
func (j *Judge) newer(f int) int {
	if j.adds.Has(f) {
		_, n := j.newerSum(f)
		return n
	}
	by := j.l.Records[j.stand-1].State[f]
	if by.Action() < 1 || !j.own(by.Action()) || j.same(by, j.want[f], f) {
		return 0
	}
	for n := len(j.s.Actions); n > by.Action(); n-- {
		if !j.latest(n, j.stand, f) {
			continue
		}
		if j.same(j.s.Kept(n, f), by, f) || j.l.Fates[n].Told != 0 {
			return 0
		}
		return n
	}
	return 0
}

// latest reports whether action n is a candidate for the latest owed write of
// the field that landed on a record.
func (j *Judge) latest(n, record, f int) bool {
	return j.owes(n) && int(j.owed[n].life) == j.last && j.landedOn(record, n, f)
}

// whenLanded returns the moment at which the field's value of action n landed.
func (j *Judge) whenLanded(n, f int) sim.Moment {
	if fate := &j.l.Fates[n]; fate.Status != 200 && fate.Rode.Has(f) {
		return fate.RodeAt
	}
	return j.l.Fates[n].Landed
}

// nobodyStands names the deletes that took a later person, or, if nothing
// else says why nobody is there, says just that.
func (j *Judge) nobodyStands() {
	taken := false
	for i := range j.l.Records {
		d := j.deleter(i + 1)
		if !j.own(d) {
			if j.lifeOf(i+1) != j.last {
				continue // somebody else's
			}
			for f := range j.set.All {
				j.overrun(i+1, f, d)
			}
			return
		}
		if n := j.latestOn(i + 1); d != 0 && n > d {
			j.name(MonotonicWrites, []int{d, n}, j.l.Fates[n].Landed, j.l.Fates[d].Landed)
			taken = true
		}
	}
	first := 0
	for n := len(j.s.Actions); n > 0; n-- {
		if int(j.owed[n].life) != j.last || j.click(n).Do != sim.Create {
			continue
		}
		if taken || j.named(n, func(Kind) bool { return true }) {
			return
		}
		first = n
	}
	j.name(Diverged, []int{first}, sim.Moment(j.l.Events))
}

// latestOn returns the latest owed write of the last life that landed on a
// record, and of which the user was not told that it failed; 0 if none.
func (j *Judge) latestOn(id int) int {
	for n := len(j.s.Actions); n > 0; n-- {
		f := &j.l.Fates[n]
		if int(j.owed[n].life) == j.last && j.click(n).Do != sim.Fetch && f.Status == 200 && f.Told == 0 && int(f.Record) == id {
			return n
		}
	}
	return 0
}

// deleter returns the last delete that the server carried out on a record; 0
// if none.
func (j *Judge) deleter(id int) (last int) {
	for n := 1; n <= len(j.s.Actions); n++ {
		if f := &j.l.Fates[n]; j.click(n).Do == sim.Delete && f.Status == 200 && int(f.Record) == id && f.Landed >= j.l.Fates[last].Landed {
			last = n
		}
	}
	return last
}
