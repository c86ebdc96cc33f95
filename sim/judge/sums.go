package judge

import (
	"slices"

	"photofinish/sim"
)

// What is owed of a field to which actions add is one number, or one list: what was
// set last, and all that was to be added since. The rules here are those of other
// fields for it. They ask what a value is made of; what another client adds to it is
// the weather.

// onlyAdds reports whether action n adds to a field, and the server makes no value of
// its own of that.
func (j *Judge) onlyAdds(n, f int) bool {
	a := j.click(max(n, 1))
	return n > 0 && a.Adds.Has(f) && !a.Saves.Has(f)
}

// owe notes what an owed write adds, and that what it sets covers what was added
// before.
func (j *Judge) owe(a *sim.Action) {
	for f := range ((a.Sets | a.Saves) & j.adds).All {
		if j.onlyAdds(a.Number, f) {
			j.plus[f] |= 1 << (a.Number - 1)
		} else {
			j.plus[f] = 0
		}
	}
}

// has reports whether what action n gave a field is in a writer's value, or is that
// value.
func (j *Judge) has(w sim.Writer, n, f int) bool {
	if !j.adds.Has(f) {
		return j.same(w, j.s.Kept(n, f), f)
	}
	return j.l.Sums.Has(w, n) || !j.onlyAdds(n, f) && j.s.Value(j.l.Sums.Base(w), f) == j.s.Value(j.s.Kept(n, f), f)
}

// sameSum reports whether the values of two writers are the same.
func (j *Judge) sameSum(a, b sim.Writer, f int) bool {
	x, y := j.l.Sums.Amount(a), j.l.Sums.Amount(b)
	return j.s.Same(&x, &y, f)
}

// amount returns what a value is made of, but for what other screens have added.
func (j *Judge) amount(w sim.Writer) sim.Amount {
	a := j.l.Sums.Amount(w)
	for n := 1; n <= len(j.s.Actions); n++ {
		if !j.own(n) {
			a.Times[n] = 0
		}
	}
	return a
}

func (j *Judge) wanted(f int) sim.Amount {
	a := sim.Amount{Base: j.want[f]}
	for n := 1; n <= len(j.s.Actions); n++ {
		a.Times[n] = uint8(j.plus[f] >> (n - 1) & 1)
	}
	return a
}

// other reports whether a writer's value is another than what is owed of a field.
func (j *Judge) other(w sim.Writer, f int) bool {
	is, want := sim.Amount{Base: w}, j.wanted(f)
	return !j.s.Same(&is, &want, f)
}

// agreeSums names what is wrong with some fields of the record that stands, and returns
// those that are still to be held against screen and intent.
func (j *Judge) agreeSums(fields sim.FieldSet) (left sim.FieldSet) {
	for f := range fields.All {
		torn := false
		for n, by := j.torn(f, 0); n != 0; n, by = j.torn(f, n) {
			j.name(LostUpdate, []int{n, by.Action}, by.Began, j.whenLanded(n, f), by.Landed).Server = true
			torn = true
		}
		if !torn && j.agreeSum(f) {
			left = left.With(f)
		}
	}
	return left
}

// agreeSum names what is wrong with a field of the record that stands, and reports
// whether it is still to be held against screen and intent.
func (j *Judge) agreeSum(f int) bool {
	server := j.l.Records[j.stand-1].State[f]
	for n := 1; n <= len(j.s.Actions); n++ {
		if j.owes(n) && int(j.owed[n].life) == j.last && j.onlyAdds(n, f) && j.l.Sums.Times(server, n) > 1 {
			j.name(AppliedTwice, []int{n}, j.whenLanded(n, f), j.l.Fates[n].Again)
		}
	}
	if base := j.l.Sums.Base(server).Action(); !j.own(base) {
		j.overrun(j.stand, f, base)
		return false
	}
	if i, m := j.newerSum(f); m != 0 {
		j.name(MonotonicWrites, []int{i, m}, j.whenLanded(m, f), j.whenLanded(i, f))
		return false
	}
	for n := range j.l.Sums.All(server) {
		if !j.own(n) {
			j.overrun(j.stand, f, n) // which may have come as a value, and not as something to add
			break
		}
	}
	return true
}

// newerSum returns the latest owed write of the field that landed on the standing
// record and is not in its value as it should be, and an older one that is; 0 if
// there are none, if the value is the one that should be, or if the user knows.
func (j *Judge) newerSum(f int) (older, newer int) {
	server := j.l.Records[j.stand-1].State[f]
	base := j.l.Sums.Base(server).Action()
	is, want := j.amount(server), j.wanted(f)
	if !j.own(base) || j.s.Same(&is, &want, f) {
		return 0, 0
	}
	for n := len(j.s.Actions); n > 0; n-- {
		adds := j.onlyAdds(n, f)
		switch {
		case !j.latest(n, j.stand, f), adds && (j.has(server, n, f) || j.l.Fates[n].Told != 0):
			continue
		case j.has(server, n, f): // the set that should; what is older may have been added to it
			if i := j.under(server, n, f, true); i != 0 {
				return i, n
			}
			return 0, 0
		case j.l.Fates[n].Told != 0 || base > n:
			return 0, 0
		case base > 0:
			return base, n
		}
		if i := j.under(server, n, f, false); i != 0 {
			return i, n
		}
		return 0, 0
	}
	return 0, 0
}

// under returns the latest own action before n that is in a value; 0 if none is.
func (j *Judge) under(w sim.Writer, n, f int, adds bool) int {
	for i := n - 1; i > 0; i-- {
		if j.own(i) && j.l.Sums.Has(w, i) && (!adds || j.onlyAdds(i, f)) {
			return i
		}
	}
	return 0
}

// overrunSum is overrun of a field to which actions add: what is in the value that
// stands was not overrun.
func (j *Judge) overrunSum(record, f, stands int) {
	deleted, server := j.click(stands).Do == sim.Delete, j.l.Records[record-1].State[f]
	base := j.l.Sums.Base(server).Action()
	for n := len(j.s.Actions); n > 0; n-- {
		adds := j.onlyAdds(n, f)
		switch {
		case !j.latest(n, record, f):
			continue
		case j.want[f].Action() > n:
			return // what was set later covers it
		case j.l.Fates[n].Told != 0, !deleted && j.has(server, n, f):
			if adds {
				continue
			}
			return
		case !deleted && base > 0 && j.own(base) && j.whenLanded(base, f) > j.whenLanded(n, f):
			return // an own one did
		}
		if over := j.comesOver(record, n, f, stands); !j.saw(over, n, f) {
			j.name(LostUpdate, []int{n, over}, j.whenLanded(n, f), j.whenLanded(over, f))
		}
		return
	}
}

// fieldSum is field of one to which actions add.
func (j *Judge) fieldSum(f int, server, client sim.Writer) {
	is, shows, want := j.amount(server), j.amount(client), j.wanted(f)
	if j.less.Has(f) || j.away() {
		shows = want
	}
	if j.agreed(&is, &shows, &want, f) {
		return
	}
	bases := [...]int{is.Base.Action(), want.Base.Action(), shows.Base.Action()}
	for _, n := range bases {
		if j.accounted(n) {
			return
		}
	}
	var differ uint64
	for n := 1; n <= len(j.s.Actions); n++ {
		if is.Times[n] == want.Times[n] && shows.Times[n] == want.Times[n] {
			continue
		}
		if differ |= 1 << (n - 1); j.accounted(n) {
			is.Times[n], shows.Times[n] = want.Times[n], want.Times[n]
			differ &^= 1 << (n - 1)
		}
	}
	if j.agreed(&is, &shows, &want, f) {
		return
	}
	for _, n := range bases {
		if n > 0 {
			differ |= 1 << (n - 1)
		}
	}
	for n := 1; n <= len(j.s.Actions); n++ {
		if differ>>(n-1)&1 != 0 && !slices.Contains(j.differ, n) {
			j.differ = append(j.differ, n)
		}
	}
}

// agreed reports whether server and screen have what is wanted.
func (j *Judge) agreed(is, shows, want *sim.Amount, f int) bool {
	return j.s.Same(is, want, f) && j.s.Same(shows, want, f)
}

// tookOffSum is tookOff of a field to which actions add.
func (j *Judge) tookOffSum(r *sim.Read, f int) bool {
	if !j.replaced(r, f) {
		return false
	}
	for was := range j.l.Sums.All(r.Before[f]) {
		gone := was < 1 && j.l.Sums.Base(r.Body[f]).Action() > 0 || was > 0 && !j.has(r.Body[f], was, f)
		if gone && (!j.earlier(r.Action, was) || !j.own(was)) {
			return true
		}
	}
	return false
}

// lessSum names a fetch that misses what a fetch shown before it had shown in a
// field.
func (j *Judge) lessSum(r, g *sim.Read, f int) bool {
	if g.Record != r.Record || g.Kept.Has(f) || !j.counts(g) || j.same(g.Body[f], r.Body[f], f) {
		return false
	}
	for n := range j.l.Sums.All(g.Body[f]) {
		if n < 1 || j.has(r.Body[f], n, f) || j.own(n) && j.owed[n].life == 0 {
			continue
		}
		if base := j.l.Sums.Base(r.Body[f]).Action(); j.own(n) && j.own(base) && j.earlier(base, n) || !(j.own(n) && j.own(base)) && r.Was < g.Was {
			j.name(MonotonicReads, []int{r.Action, g.Action}, g.Shown, r.Shown)
			j.less = j.less.With(f)
			return true
		}
	}
	return false
}
