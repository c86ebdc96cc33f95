package judge_test

import (
	"fmt"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// What the dumb judge has to know of fields to which actions add, written from the text:
// a value there is a pile, of what was set and of what was added to that.

// pile is what a value is made of: who set it, as a writer, and how often each action
// is in it that adds.
type pile struct {
	set   sim.Writer
	times map[int]int
}

// summed: actions add to the field, or append.
func (d *dumb) summed(f int) bool {
	return slices.ContainsFunc(d.s.Actions, func(a sim.Action) bool { return a.Adds.Has(f) })
}

// adds: what a does to the field is to add, and the server makes nothing else of it.
func (d *dumb) adds(a, f int) bool {
	return a > 0 && d.s.Action(a).Adds.Has(f) && !d.s.Action(a).Saves.Has(f)
}

func (d *dumb) pile(w sim.Writer) pile {
	p := pile{set: d.l.Sums.Base(w), times: map[int]int{}}
	for w != p.set {
		n, below := d.l.Sums.Last(w)
		p.times[n]++
		w = below
	}
	return p
}

// in: what a gave the field is in the pile, or the same was set there.
func (d *dumb) in(p pile, a, f int) bool {
	if d.adds(a, f) {
		return p.times[a] > 0
	}
	return p.set.Action() == a || a >= 0 && d.s.Value(p.set, f) == d.val(a, f)
}

// members are the actions that are in the pile, the latest first.
func (d *dumb) members(p pile) (all []int) {
	for n := d.n; n > 0; n-- {
		if p.times[n] > 0 || p.set.Action() == n {
			all = append(all, n)
		}
	}
	return all
}

// worth is the value of a pile, alike for equal ones: the number, or the list with what
// was appended in whatever order.
func (d *dumb) worth(p pile, f int) string {
	set := any(nil)
	if v := d.s.Value(p.set, f); v >= 0 {
		set = d.s.Values[v]
	}
	sum, _ := set.(float64)
	var items []string
	bag := false
	for n := 1; n <= d.n; n++ {
		a := d.s.Action(n)
		bag = bag || a.Bags.Has(f)
		for range p.times[n] {
			v := d.s.Values[a.Values[f]]
			more, _ := v.(float64)
			sum += more
			items = append(items, fmt.Sprint(v))
		}
	}
	if bag {
		slices.Sort(items)
		return fmt.Sprint(set, items)
	}
	return fmt.Sprint(sum)
}

// alone is a pile but for what other screens have added, which is the weather.
func (d *dumb) alone(p pile) pile {
	q := pile{set: p.set, times: map[int]int{}}
	for n, times := range p.times {
		if d.ours(n) {
			q.times[n] = times
		}
	}
	return q
}

// wanted is the pile that is owed in a life: what was set last, and all that was to be
// added since, once each.
func (d *dumb) wanted(life, f int) pile {
	p := pile{set: sim.Nobody, times: map[int]int{}}
	if d.begins[life] == 0 && d.s.Gave(d.person()).Has(f) {
		p.set = sim.GivenTo(d.person())
	}
	for _, a := range d.applied {
		switch {
		case d.life[a] != life || !d.writes(a).Has(f):
		case d.adds(a, f):
			p.times[a] = 1
		default:
			p = pile{set: d.s.Kept(a, f), times: map[int]int{}}
		}
	}
	return p
}

// sums names what is wrong with the fields of the record that stands to which actions
// add: what counts twice, and what is not in it, or under something older.
func (d *dumb) sums() {
	stand := d.stand()
	if stand == 0 {
		return
	}
	for f, by := range d.l.Records[stand-1].State {
		if !d.summed(f) || !d.compared(d.current(), f) {
			continue
		}
		is, want := d.pile(by), d.wanted(d.current(), f)
		if !d.overrun[f] {
			for n, times := range is.times {
				if d.life[n] == d.current() && d.owed(n) && times > 1 {
					d.name(judge.AppliedTwice, n)
				}
			}
		}
		if d.overrun[f] || !d.ours(is.set.Action()) || d.worth(d.alone(is), f) == d.worth(want, f) {
			continue
		}
		if i, j := d.older(is, stand, f); i > 0 {
			d.name(judge.MonotonicWrites, i, j)
			d.inverted[f] = true
		}
	}
}

// older is what is in the pile though a later own write j is not, or not as it should
// be: what was set is to cover all that is older.
func (d *dumb) older(is pile, record, f int) (i, j int) {
	for j = d.n; j > 0; j-- {
		if d.life[j] != d.current() || !d.owed(j) || !slices.Contains(d.landed(j, f), record) {
			continue
		}
		if d.adds(j, f) && (d.in(is, j, f) || d.told(j)) {
			continue // it is there, or the user knows better
		}
		below := slices.DeleteFunc(d.members(is), func(n int) bool { return n >= j || !d.ours(n) })
		switch {
		case d.in(is, j, f): // set as it should be; what is older may have been added to it
			below = slices.DeleteFunc(below, func(n int) bool { return !d.adds(n, f) })
		case d.told(j) || is.set.Action() > j:
			return 0, 0
		case is.set.Action() > 0:
			return is.set.Action(), j
		}
		if len(below) > 0 {
			return below[0], j
		}
		return 0, 0
	}
	return 0, 0
}

// readSum judges a field of a read as reads does, by what is in the piles.
func (d *dumb) readSum(before []sim.Read, r *sim.Read, f int, echo bool) {
	body, was := d.pile(r.Body[f]), d.pile(r.Before[f])
	gone := r.Body[f] != sim.Nobody && d.worth(body, f) != d.worth(was, f)
	var off []int // what it took off the screen, given things (0) too
	for _, n := range append(d.members(was), 0) {
		if gone && (n > 0 && !d.in(body, n, f) || n == 0 && was.set.Action() == 0 && body.set.Action() > 0) {
			off = append(off, n)
		}
	}
	counts := !echo || slices.ContainsFunc(off, func(n int) bool { return !d.ours(n) || n == 0 || !d.before(r.Action, n) })
	if d.judged(r.Action) && counts && !d.lessSum(before, r, f) {
		d.missed(r, f)
	}
	for _, e := range off {
		tells := echo && d.inverted[f] && e > 0 && slices.Contains(d.landed(e, f), r.Record) && d.when(e, f) < r.Landed
		if e > 0 && d.before(r.Action, e) && d.owed(e) && !d.told(e) && !tells {
			d.name(judge.ClobberedEdit, r.Action, e)
		}
	}
}

// lessSum: a read shown before had shown something that this misses, and that nothing
// later has covered.
func (d *dumb) lessSum(before []sim.Read, r *sim.Read, f int) bool {
	now := d.pile(r.Body[f])
	for _, e := range slices.Backward(before) {
		then := d.pile(e.Body[f])
		if e.Record != r.Record || e.Kept.Has(f) || !d.judged(e.Action) || int(e.View) != d.view || d.worth(then, f) == d.worth(now, f) {
			continue
		}
		for _, w := range d.members(then) {
			if d.in(now, w, f) || d.ours(w) && d.life[w] == 0 {
				continue
			}
			set := now.set.Action()
			older := d.before(set, w)
			if !d.ours(w) || !d.ours(set) {
				older = r.Was < e.Was
			}
			if older {
				d.name(judge.MonotonicReads, r.Action, e.Action)
				d.less[f] = true
				return true
			}
		}
	}
	return false
}

// differSum is what agreement asks of such a field: who differs, if anybody does whom
// nothing else names.
func (d *dumb) differSum(life, stand, f int, known func(int) bool) (differ []int) {
	is, want, shows := d.alone(d.pile(d.l.Records[stand-1].State[f])), d.wanted(life, f), d.alone(d.pile(d.l.Views[d.view].State[f]))
	if d.less[f] || !d.there() {
		shows = want
	}
	agree := func() bool { return d.worth(is, f) == d.worth(want, f) && d.worth(shows, f) == d.worth(want, f) }
	bases := []int{is.set.Action(), want.set.Action(), shows.set.Action()}
	if agree() || slices.ContainsFunc(bases, known) {
		return nil
	}
	for n := 1; n <= d.n; n++ {
		if is.times[n] == want.times[n] && shows.times[n] == want.times[n] {
			continue
		}
		if known(n) {
			is.times[n], shows.times[n] = want.times[n], want.times[n]
		} else {
			differ = append(differ, n)
		}
	}
	if agree() {
		return nil
	}
	return append(differ, bases...)
}

// lostSums is lostUpdates of such a field: another client's value came over what is
// not in the field any more, and its client had not seen it.
func (d *dumb) lostSums(record, removed, f int) {
	is := d.pile(d.l.Records[record-1].State[f])
	if removed == 0 && (d.overrun[f] || d.inverted[f] || !slices.ContainsFunc(d.members(is), func(n int) bool { return !d.ours(n) })) {
		return
	}
	for n := d.n; n > 0; n-- {
		if d.life[n] != d.current() || !d.owed(n) || !slices.Contains(d.landed(n, f), record) {
			continue
		}
		if d.wanted(d.current(), f).set.Action() > n {
			return // what was set later covers it
		}
		if d.told(n) || removed == 0 && d.in(is, n, f) {
			if d.adds(n, f) {
				continue
			}
			return
		}
		if over := d.overSum(record, removed, n, f); over > 0 && !d.shownSum(over, n, f) {
			d.name(judge.LostUpdate, n, over)
		}
		return
	}
}

// overSum is who of another client came over what n gave the field: who set what is
// there instead, the first time that it is not there and another client's is. What lands
// once more has landed the first time.
func (d *dumb) overSum(record, removed, n, f int) int {
	for i, e := range d.events {
		if e.Kind != sim.EventArrive || e.Status != 200 || e.ID != record || i < d.when(n, f).Index() {
			continue
		}
		p := d.pile(e.Record.State[f])
		if by := p.set.Action(); !d.in(p, n, f) && !d.ours(by) && (i == d.when(n, f).Index() || d.when(by, f) > d.when(n, f)) {
			return by
		}
	}
	is := d.pile(d.l.Records[record-1].State[f])
	switch base := is.set.Action(); {
	case removed != 0, base > 0 && d.ours(base) && d.when(base, f) > d.when(n, f):
		return removed // or an own one took it off
	case !d.ours(base):
		return base
	}
	for _, by := range d.members(is) {
		if !d.ours(by) {
			return by // which came as a value
		}
	}
	return 0
}

// shownSum: the client of action m had been shown what n gave the field, be it set once
// more since, when m was pressed.
func (d *dumb) shownSum(m, n, f int) bool {
	return slices.ContainsFunc(d.l.Reads, func(r sim.Read) bool {
		p := d.pile(r.Body[f])
		by := p.set.Action()
		carried := by == n || p.times[n] > 0 || by > 0 && d.in(p, n, f) && d.when(by, f) > d.when(n, f)
		return carried && !r.Kept.Has(f) && int(r.View) == d.s.Action(m).View() && r.Shown < d.fate(m).Pressed
	})
}

// revertSum: what a revert takes off the screen out of such a field, but for its own.
func (d *dumb) revertSum(r *sim.Revert, f int) {
	was, now := d.pile(r.Before[f]), d.pile(r.After[f])
	if d.worth(was, f) == d.worth(now, f) {
		return
	}
	for _, n := range d.members(was) {
		if n != r.Action && !slices.Contains(d.members(now), n) && d.ours(n) && d.owed(n) && !d.told(n) {
			d.name(judge.ClobberedEdit, r.Action, n)
		}
	}
}

// alike: what a second create sets is there as it should be.
func (d *dumb) alike(life, n, f int) bool {
	if d.summed(f) {
		return d.worth(d.wanted(life, f), f) == d.worth(pile{set: d.s.Kept(n, f)}, f)
	}
	return d.val(d.want(life, f), f) == d.val(n, f)
}

// shows: a read has the value of a.
func (d *dumb) shows(r *sim.Read, a, f int) bool {
	if d.summed(f) {
		return d.in(d.pile(r.Body[f]), a, f)
	}
	return d.val(a, f) == d.s.Value(r.Body[f], f)
}
