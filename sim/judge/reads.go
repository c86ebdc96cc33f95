package judge

import "photofinish/sim"

// clobbers names the edits that a late reply to an earlier fetch, or to an
// earlier save that echoes the record, wiped off the screen. An echo that tells
// what the server has lost itself is not to blame.
func (j *Judge) clobbers() {
	lost := j.inverted()
	for i := range j.l.Reads {
		r := &j.l.Reads[i]
		if int(r.View) != j.view {
			continue
		}
		for set := j.wrote; set != 0; set &= set - 1 {
			f := set.First()
			if r.Kept.Has(f) {
				continue
			}
			for was := range j.l.Sums.All(r.Before[f]) {
				if was < 1 || !j.earlier(r.Action, was) || !j.replaced(r, f) || j.adds.Has(f) && j.has(r.Body[f], was, f) {
					continue
				}
				if !j.owes(was) || j.l.Fates[was].Told != 0 {
					continue
				}
				if j.echo(r) && lost.Has(f) && j.landedOn(r.Record, was, f) && j.whenLanded(was, f) < r.Landed {
					continue
				}
				j.name(ClobberedEdit, []int{r.Action, was}, j.l.Fates[was].Pressed, r.Shown)
			}
		}
	}
}

// wiped names the edits that went off the screen when the client took another
// action back.
func (j *Judge) wiped() {
	for i := range j.l.Reverts {
		r := &j.l.Reverts[i]
		if j.click(r.Action).View() != j.view {
			continue
		}
		for set := j.wrote; set != 0; set &= set - 1 {
			f := set.First()
			was, now := r.Before[f], r.After[f]
			if j.same(was, now, f) {
				continue
			}
			for n := range j.l.Sums.All(was) {
				if n < 1 || n == r.Action || !j.own(n) || j.l.Sums.Has(now, n) || !j.owes(n) || j.l.Fates[n].Told != 0 {
					continue
				}
				j.name(ClobberedEdit, []int{r.Action, n}, r.At, j.l.Fates[n].Pressed)
			}
		}
	}
}

// earlier reports whether action n was pressed before action m. What was given
// was there before all of them.
func (j *Judge) earlier(n, m int) bool {
	if n < 1 || m < 1 {
		return n < m
	}
	return j.l.Fates[n].Pressed < j.l.Fates[m].Pressed
}

// echo reports whether the user had not asked for the read: it came with the
// reply to a save, or the client thought of it.
func (j *Judge) echo(r *sim.Read) bool {
	a := j.action(r.Action)
	return a.Do != sim.Fetch || a.Errand != nil
}

// counts reports whether what a read shows is to be judged: it is of this
// screen, and the user did ask somebody who existed.
func (j *Judge) counts(r *sim.Read) bool {
	return int(r.View) == j.view && (r.Action > sim.MaxActions || j.owed[r.Action].life != 0)
}

// replaced reports whether the reply put another value of the field on the
// screen. What the server made of the action whose value was there is none.
func (j *Judge) replaced(r *sim.Read, f int) bool {
	by, was := r.Body[f], r.Before[f]
	return by != sim.Nobody && (j.adds.Has(f) || by.Action() != was.Action()) && !j.same(by, was, f)
}

// tookOff reports whether a reply that nobody had asked for took off the screen what
// was there when it was asked for, or what is another client's.
func (j *Judge) tookOff(r *sim.Read, f int) bool {
	if j.adds.Has(f) {
		return j.tookOffSum(r, f)
	}
	was := r.Before[f].Action()
	return (!j.earlier(r.Action, was) || !j.own(was)) && j.replaced(r, f)
}

// reads names what the fetches should have shown and did not: one name for
// each fetch and field, the gravest that fits. An echo was not asked for: of it
// counts what it took off the screen, of the edits pressed before the save.
func (j *Judge) reads() {
	lost := j.inverted()
	for i := range j.l.Reads {
		r := &j.l.Reads[i]
		if !j.counts(r) {
			continue
		}
		for set := j.wrote; set != 0; set &= set - 1 {
			f := set.First()
			if r.Kept.Has(f) || j.echo(r) && !j.tookOff(r, f) {
				continue
			}
			if !j.wentBack(i, f) {
				j.missed(r, f, lost.Has(f))
			}
		}
	}
}

// same reports whether two writers gave a field the same value.
func (j *Judge) same(a, b sim.Writer, f int) bool { return a == b || j.equal(a, b, f) }

// equal is same for different writers.
func (j *Judge) equal(a, b sim.Writer, f int) bool {
	if j.adds.Has(f) {
		return j.sameSum(a, b, f)
	}
	return j.s.Value(a, f) == j.s.Value(b, f)
}

// wentBack names a fetch that misses what a fetch shown before it had shown.
func (j *Judge) wentBack(i, f int) bool {
	r := &j.l.Reads[i]
	for k := i - 1; k >= 0; k-- {
		g := &j.l.Reads[k]
		by := g.Body[f]
		if j.adds.Has(f) {
			if j.lessSum(r, g, f) {
				return true
			}
			continue
		}
		if g.Record == r.Record && by.Action() > 0 && !g.Kept.Has(f) && j.before(r, g, f) && !j.same(by, r.Body[f], f) &&
			(j.owed[by.Action()].life != 0 || !j.own(by.Action())) && j.counts(g) {
			j.name(MonotonicReads, []int{r.Action, g.Action}, g.Shown, r.Shown)
			j.less = j.less.With(f)
			return true
		}
	}
	return false
}

// before reports whether read r shows an older state of the field than read g.
func (j *Judge) before(r, g *sim.Read, f int) bool {
	if n, m := r.Body[f].Action(), g.Body[f].Action(); j.own(n) && j.own(m) {
		return j.earlier(n, m)
	}
	return r.Was < g.Was
}

// covered reports whether what a read shows of the field came after action n.
func (j *Judge) covered(r *sim.Read, n, f int) bool {
	by := j.l.Sums.Base(r.Body[f]).Action()
	if !j.own(by) {
		return j.whenLanded(n, f) < r.Was
	}
	return !j.earlier(by, n)
}

// missed names the latest own write of the field, pressed before the fetch
// and accepted, that the fetch does not show; one confirmed before the fetch
// was pressed is a stale read. What the server had already lost when it was
// read, as the end has it, is none.
func (j *Judge) missed(r *sim.Read, f int, lost bool) {
	pressed, recent := j.l.Fates[r.Action].Pressed, 0
	for n := len(j.s.Actions); n >= 1; n-- {
		fate := &j.l.Fates[n]
		if !j.earlier(n, r.Action) || j.owed[n].life == 0 || fate.Told != 0 || !j.landedOn(r.Record, n, f) {
			continue
		}
		if j.covered(r, n, f) || j.has(r.Body[f], n, f) || lost && j.whenLanded(n, f) < r.Was {
			if j.onlyAdds(n, f) {
				continue // what was added before may be missing all the same
			}
			break // what is shown is what should be
		}
		if fate.Replied != 0 && fate.Replied < pressed {
			j.name(StaleRead, []int{n, r.Action}, fate.Replied, r.Landed, r.Shown).Server = j.lagged(r, n, f)
			j.less = j.less.With(f)
			return
		}
		if recent == 0 {
			recent = n
		}
	}
	if recent != 0 {
		j.name(ReadYourWrites, []int{recent, r.Action}, r.Landed, r.Shown).Server = j.lagged(r, recent, f)
		j.less = j.less.With(f)
	}
}

// inverted returns the fields that monotonic-writes names at the end, or of a server
// that does not isolate requests lost-update.
func (j *Judge) inverted() (set sim.FieldSet) {
	if j.stand == 0 {
		return 0
	}
	for f := range j.set.All {
		if m, _ := j.torn(f, 0); m != 0 || j.newer(f) != 0 {
			set = set.With(f)
		}
	}
	return set
}

// lagged reports whether action n had landed when a read was made that does not show
// it, for reads lag behind.
func (j *Judge) lagged(r *sim.Read, n, f int) bool {
	at := j.whenLanded(n, f)
	return r.Was <= at && at < r.Landed
}

// notYet names a fetch that found nobody, for reads lag behind, though the create had
// been confirmed before it was pressed, and reports whether there is one.
func (j *Judge) notYet(n int) bool {
	f := &j.l.Fates[n]
	if !f.Behind {
		return false
	}
	for c := len(j.s.Actions); c > 0; c-- {
		g := &j.l.Fates[c]
		if j.own(c) && j.click(c).Do == sim.Create && g.Status == 200 && g.Record == f.Record && g.Replied != 0 && g.Replied < f.Pressed {
			if !j.excused(n, 0) {
				j.name(StaleRead, []int{c, n}, g.Replied, f.Landed).Server = true
			}
			return true
		}
	}
	return false
}
