package judge

import "photofinish/sim"

// barred reports whether the server refused action n because of what another
// client had done to the record: for the user that is a reason of its own. To
// delete what is deleted does no harm.
func (j *Judge) barred(n int) bool {
	f, last := &j.l.Fates[n], 0
	for m := 1; m <= len(j.s.Actions); m++ {
		g := &j.l.Fates[m]
		if g.Status != 200 || g.Record != f.Record || g.Landed > f.Landed {
			continue
		}
		var bars bool
		switch b := j.click(m); f.Status {
		case 404:
			bars = b.Do == sim.Delete && j.click(n).Do != sim.Delete
		case 403:
			bars = j.locks(m)
		case 412:
			bars = b.Do != sim.Fetch && !j.own(m)
		}
		if bars && (last == 0 || g.Landed > j.l.Fates[last].Landed) {
			last = m
		}
	}
	return !j.own(last)
}

func (j *Judge) locks(n int) bool {
	a := j.click(n)
	return a.Do == sim.SetPermissions && a.Values[sim.Permissions] == j.s.ReadOnly
}

// lifted reports whether another client had opened what the own lock forbids
// when action n landed.
func (j *Judge) lifted(lock, n int) bool {
	f := &j.l.Fates[n]
	for m := 1; m <= len(j.s.Actions); m++ {
		g := &j.l.Fates[m]
		if !j.own(m) && j.click(m).Do == sim.SetPermissions && !j.locks(m) && g.Status == 200 &&
			g.Record == f.Record && g.Landed > j.l.Fates[lock].Landed && g.Landed < f.Landed {
			return true
		}
	}
	return false
}

// overrun names the own write of a field of a record that another client
// replaced unseen, where a write or a delete of another client stands: the
// first that came over it.
func (j *Judge) overrun(record, f, stands int) {
	if j.adds.Has(f) {
		j.overrunSum(record, f, stands)
		return
	}
	n := len(j.s.Actions)
	for n > 0 && !j.latest(n, record, f) {
		n--
	}
	if n == 0 || j.l.Fates[n].Told != 0 || j.click(stands).Do != sim.Delete && j.alike(n, stands, f) {
		return
	}
	if over := j.comesOver(record, n, f, stands); !j.saw(over, n, f) {
		j.name(LostUpdate, []int{n, over}, j.whenLanded(n, f), j.whenLanded(over, f))
	}
}

// comesOver returns the first write of another client that gave a field another
// value than own write n had: the one that n was too late for by its stamp, unless
// an own one was there by then, or the first after it. If there is none, it is what
// stands.
func (j *Judge) comesOver(record, n, f, stands int) int {
	if j.s.Network.Torn {
		return j.cameOver(record, n, f, stands)
	}
	before, after := 0, 0
	for m := 1; m <= len(j.s.Actions); m++ {
		if j.onlyAdds(m, f) || !j.stood(record, m, f) || j.spared(n, m, f) {
			continue
		}
		switch at := j.whenLanded(m, f); {
		case at < j.whenLanded(n, f):
			if before == 0 || at > j.whenLanded(before, f) {
				before = m
			}
		case !j.own(m) && !j.alike(n, m, f) && (after == 0 || at < j.whenLanded(after, f)):
			after = m
		}
	}
	switch {
	case j.l.Fates[n].Beaten.Has(f) && before != 0 && !j.own(before) && !j.alike(n, before, f):
		return before
	case after != 0:
		return after
	}
	return stands
}

// spared reports whether what action n had added stayed, by its stamp, on top of what
// action m set.
func (j *Judge) spared(n, m, f int) bool {
	return j.l.Fates[m].Beneath.Has(f) && j.onlyAdds(n, f) && j.s.Later(sim.By(n), sim.By(m))
}

// cameOver is comesOver where requests are not isolated: a row that is written back may
// bring an earlier value again, so who stood there is read in the commits.
func (j *Judge) cameOver(record, n, f, stands int) int {
	at := j.whenLanded(n, f)
	for i := range j.l.Commits {
		c := &j.l.Commits[i]
		if c.ID != record || c.Landed < at || j.has(c.Record.State[f], n, f) {
			continue
		}
		by := j.l.Sums.Base(c.Record.State[f]).Action()
		if !j.own(by) && (c.Landed == at || j.whenLanded(by, f) > at) {
			return by
		}
	}
	return stands
}

// stood reports whether a record had, once, the value that action m gave field
// f: it was not too late by its stamp, nor covered in the same patch. There the
// later one stands, and over both what the server sets by itself.
func (j *Judge) stood(record, m, f int) bool {
	if !j.putOn(record, m, f) || j.l.Fates[m].Beaten.Has(f) {
		return false
	}
	byItself := func(n int) bool { return !j.click(n).Sets.Has(f) }
	for k := 1; k <= len(j.s.Actions); k++ {
		covers := k > m
		if byItself(k) != byItself(m) {
			covers = byItself(k)
		}
		if covers && !j.onlyAdds(k, f) && j.putOn(record, k, f) && j.whenLanded(k, f) == j.whenLanded(m, f) {
			return false
		}
	}
	return true
}

// putOn reports whether action m gave field f of a record a value, be it one
// that the server set by itself.
func (j *Judge) putOn(record, m, f int) bool {
	fate := &j.l.Fates[m]
	return j.landedOn(record, m, f) || j.click(m).Saves.Has(f) && fate.Status == 200 && int(fate.Record) == record
}

// alike reports whether two actions gave a field the same value.
func (j *Judge) alike(n, m, f int) bool {
	return !j.onlyAdds(n, f) && !j.onlyAdds(m, f) && j.same(j.s.Kept(n, f), j.s.Kept(m, f), f)
}

// saw reports whether the client of action m had been shown what action n gave
// field f, or the same value given since, when m was pressed.
func (j *Judge) saw(m, n, f int) bool {
	for i := range j.l.Reads {
		r := &j.l.Reads[i]
		base := j.l.Sums.Base(r.Body[f])
		by := base.Action()
		if !r.Kept.Has(f) && int(r.View) == j.click(m).View() && r.Shown < j.l.Fates[m].Pressed && (j.l.Sums.Has(r.Body[f], n) ||
			by > 0 && !j.onlyAdds(n, f) && j.same(base, j.s.Kept(n, f), f) && j.whenLanded(by, f) > j.whenLanded(n, f)) {
			return true
		}
	}
	return false
}
