package judge_test

import (
	"fmt"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// dumb is a second judge, written from the documentation ("Verdicts and
// anomalies") and not from the first one: rule by rule, with no care for speed.
// Where the two disagree, one of them misreads the text.
type dumb struct {
	s *sim.Script
	l *sim.Ledger

	life    []int            // by action: the life of the person it belongs to; 0: it is void
	begins  []int            // by life: the create that began it; 0: it was given
	ends    []int            // by life: the delete that ended it; 0: it lasts
	failed  map[int]bool     // actions that the server refused for a reason of its own
	lockOf  map[int]int      // by update: the own lock that, one at a time, would stop it
	nothing map[int]bool     // double clicks that would change nothing
	writers map[[2]int][]int // by life and field: the owed writes, in issue order
	found   []string         // "kind [actions]"
	verdict judge.Verdict
	named   map[int]bool // actions that some anomaly names
}

func dumbJudge(s *sim.Script, l *sim.Ledger) *dumb {
	d := &dumb{
		s: s, l: l, life: make([]int, len(s.Actions)+1), begins: []int{-1}, ends: []int{0},
		failed: map[int]bool{}, lockOf: map[int]int{}, nothing: map[int]bool{},
		writers: map[[2]int][]int{}, named: map[int]bool{},
	}
	if l.Bounded {
		d.verdict = judge.Unknown
		return d
	}
	d.readLives()
	d.judgeOrders()
	d.judgeReads()
	d.judgeRecords()
	d.judgeActions()
	d.judgeContinued()
	d.judgeAgreement()
	slices.Sort(d.found)
	d.found = slices.Compact(d.found)
	return d
}

func (d *dumb) name(k judge.Kind, actions ...int) {
	d.found = append(d.found, fmt.Sprint(k, actions))
	for _, a := range actions {
		d.named[a] = true
	}
	d.verdict = max(d.verdict, judge.Kinds[k].Verdict)
}

func (d *dumb) has(k judge.Kind, actions ...int) bool {
	return slices.Contains(d.found, fmt.Sprint(k, actions))
}

func (d *dumb) fate(a int) *sim.Fate { return &d.l.Fates[a] }

// val is the value that action a gave field f; a is 0 for what was given and
// -1 for nobody.
func (d *dumb) val(a, f int) int { return d.s.Value(sim.Writer(a+1), f) }

func (d *dumb) readLives() {
	exists := false
	begin := func(by int) {
		d.begins, d.ends = append(d.begins, by), append(d.ends, 0)
		exists = true
	}
	if d.s.Given {
		begin(0)
	}
	for i := range d.s.Actions {
		a := &d.s.Actions[i]
		n, fate := a.Number, d.fate(a.Number)
		now := len(d.begins) - 1
		last := func(f int) int {
			if w := d.writers[[2]int{now, f}]; len(w) > 0 {
				return w[len(w)-1]
			}
			if d.begins[now] == 0 && d.s.GivenSets.Has(f) {
				return 0
			}
			return -1
		}
		refused := fate.Landed != 0 && fate.Status != 200
		d.failed[n] = refused && fate.Reason
		if a.Do == sim.Create && !exists {
			if fate.Refused != 0 || d.failed[n] {
				d.life[n] = -1 // owed, but no life begins
				continue
			}
			begin(n)
			now++
		}
		if !exists {
			continue // void
		}
		d.life[n] = now
		if a.Do == sim.Update && d.val(last(sim.Permissions), sim.Permissions) == int(d.s.ReadOnly) {
			d.lockOf[n] = last(sim.Permissions)
			d.failed[n] = d.failed[n] || refused && fate.Status == 403
		}
		if a.Do == sim.Create && d.begins[now] != n {
			d.nothing[n] = true
			for f := range a.Sets.All {
				if d.val(last(f), f) != int(a.Values[f]) {
					d.nothing[n] = false
				}
			}
		}
		if a.Do == sim.Delete && fate.Refused == 0 {
			d.ends[now] = n
			exists = false
		}
		if fate.Refused == 0 && !d.failed[n] && !d.nothing[n] {
			for f := range a.Sets.All {
				k := [2]int{now, f}
				d.writers[k] = append(d.writers[k], n)
			}
		}
	}
}

// owed says whether the user is owed that a happens.
func (d *dumb) owed(a int) bool {
	return d.life[a] != 0 && d.fate(a).Refused == 0 && !d.failed[a]
}

// lifeOf returns the life of a record.
func (d *dumb) lifeOf(record int) int {
	creator := d.l.Records[record-1].Creator
	if creator == 0 {
		return 1
	}
	return d.life[creator]
}

// alive lists the records of a life that are alive.
func (d *dumb) alive(life int) (ids []int) {
	for i, r := range d.l.Records {
		if !r.Deleted && d.lifeOf(i+1) == life {
			ids = append(ids, i+1)
		}
	}
	return ids
}

// current returns the life that lasts, 0 if nobody exists at the end.
func (d *dumb) current() int {
	if n := len(d.ends) - 1; d.ends[n] == 0 {
		return n
	}
	return 0
}

// stands returns the record that is the person's at the end, 0 if none is.
func (d *dumb) stands(life int) int {
	ids := d.alive(life)
	if len(ids) == 0 {
		return 0
	}
	if slices.Contains(ids, d.l.Client.ID) {
		return d.l.Client.ID
	}
	return ids[len(ids)-1]
}

// landedOn lists the records on which a's value of field f landed.
func (d *dumb) landedOn(a, f int) (ids []int) {
	fate := d.fate(a)
	if fate.Status == 200 && fate.Carried.Has(f) {
		ids = append(ids, int(fate.Record))
	}
	if fate.Rode.Has(f) {
		for i := range d.s.Actions {
			if b := d.fate(i + 1); d.s.Actions[i].Do == sim.Create && b.Landed == fate.RodeAt {
				ids = append(ids, int(b.Record))
			}
		}
	}
	return ids
}

// gone: the person was deleted by a later own delete that landed, and no
// record of that life is alive.
func (d *dumb) gone(a int) bool {
	for i := a; i < len(d.s.Actions); i++ {
		b := d.fate(i + 1)
		if d.s.Actions[i].Do == sim.Delete && b.Status == 200 && d.lifeOf(int(b.Record)) == d.life[a] {
			return len(d.alive(d.life[a])) == 0
		}
	}
	return false
}

// excused: each of the fields was overwritten by a later own write that
// landed, or the value stands all the same.
func (d *dumb) excused(a int, fields sim.FieldSet) bool {
	for f := range fields.All {
		fine := false
		for b := a + 1; b <= len(d.s.Actions); b++ {
			fine = fine || d.life[b] == d.life[a] && d.s.Action(b).Sets.Has(f) && len(d.landedOn(b, f)) > 0
		}
		for _, r := range d.alive(d.life[a]) {
			if d.life[a] != d.current() || r == d.stands(d.current()) {
				fine = fine || d.s.Value(d.l.Records[r-1].State[f], f) == d.val(a, f)
			}
		}
		if !fine {
			return false
		}
	}
	return fields != 0
}

// judgeOrders finds monotonic-writes.
func (d *dumb) judgeOrders() {
	life := d.current()
	if life == 0 {
		return
	}
	if r := d.stands(life); r > 0 {
		for f, by := range d.l.Records[r-1].State {
			latest := -1
			for _, j := range d.writers[[2]int{life, f}] {
				if slices.Contains(d.landedOn(j, f), r) {
					latest = j
				}
			}
			i := by.Action()
			if i > 0 && latest > i && d.val(i, f) != d.val(latest, f) && d.fate(latest).Told == 0 {
				d.name(judge.MonotonicWrites, i, latest)
			}
		}
	} else {
		// A delete landed on what came after it.
		for i := range d.s.Actions {
			del := d.fate(i + 1)
			if d.s.Actions[i].Do != sim.Delete || del.Status != 200 {
				continue
			}
			latest := 0
			for j := i + 2; j <= len(d.s.Actions); j++ {
				a := d.s.Action(j)
				if d.life[j] != life || !d.owed(j) || d.fate(j).Told != 0 {
					continue
				}
				on := false
				for f := range a.Sets.All {
					on = on || slices.Contains(d.landedOn(j, f), int(del.Record))
				}
				if on && d.fate(j).Landed < del.Landed {
					latest = j
				}
			}
			if latest > 0 {
				d.name(judge.MonotonicWrites, i+1, latest)
			}
		}
	}
	for u, lock := range d.lockOf {
		if d.life[u] == life && d.fate(u).Status == 200 && d.fate(lock).Status == 200 {
			d.name(judge.MonotonicWrites, lock, u)
		}
	}
}

// judgeReads finds what fetches missed and what they wiped out.
func (d *dumb) judgeReads() {
	for at, r := range d.l.Reads {
		if d.life[r.Action] == 0 {
			continue
		}
		for f := range sim.NumFields {
			d.judgeRead(d.l.Reads[:at], &r, f)
		}
		for f, by := range r.Body {
			e := r.Before[f].Action()
			if by != sim.Nobody && e > r.Action && d.owed(e) && d.fate(e).Told == 0 &&
				d.s.Value(by, f) != d.val(e, f) {
				d.name(judge.ClobberedEdit, r.Action, e)
			}
		}
	}
}

func (d *dumb) judgeRead(before []sim.Read, r *sim.Read, f int) {
	got := r.Body[f].Action()
	missed := func(w int) bool {
		return w > got && w > 0 && d.life[w] != 0 && d.val(w, f) != d.val(got, f) && d.fate(w).Told == 0
	}
	for _, e := range slices.Backward(before) {
		if w := e.Body[f].Action(); e.Record == r.Record && missed(w) && d.life[e.Action] != 0 {
			d.name(judge.MonotonicReads, e.Action, r.Action)
			return
		}
	}
	stale, other := 0, 0
	for w := 1; w < r.Action; w++ {
		fate := d.fate(w)
		if !d.s.Action(w).Sets.Has(f) || !missed(w) || !slices.Contains(d.landedOn(w, f), r.Record) {
			continue
		}
		if fate.Landed < r.Landed && slices.ContainsFunc(d.found, func(x string) bool {
			var i, j int
			n, _ := fmt.Sscanf(x, "monotonic-writes [%d %d]", &i, &j)
			return n == 2 && d.s.Action(i).Sets.Has(f) && d.s.Action(j).Sets.Has(f)
		}) {
			continue
		}
		if fate.Answered != 0 && fate.Answered < d.fate(r.Action).Pressed {
			stale = w
		} else {
			other = w
		}
	}
	switch {
	case stale > 0:
		d.name(judge.StaleRead, stale, r.Action)
	case other > 0:
		d.name(judge.ReadYourWrites, other, r.Action)
	}
}

// ended says whether a failure, told or not, or a doubt is a's own name.
func (d *dumb) ended(a int) bool { return a > 0 && (d.failed[a] || d.fate(a).Told != 0) }

// judgeRecords finds duplicates and orphans.
func (d *dumb) judgeRecords() {
	for life := 1; life < len(d.begins); life++ {
		ids, end := d.alive(life), d.ends[life]
		switch {
		case end > 0:
			if d.ended(end) || d.fate(end).Waits != 0 {
				continue
			}
			for _, id := range ids {
				d.orphan(id, end)
			}
		case len(ids) > 1:
			var creates []int
			for _, id := range ids {
				if c := d.l.Records[id-1].Creator; c > 0 {
					creates = append(creates, c)
				}
			}
			slices.Sort(creates)
			d.name(judge.DuplicateRecord, slices.Compact(creates)...)
		case len(ids) == 1 && ids[0] != d.l.Client.ID:
			if c := d.l.Records[ids[0]-1].Creator; c > 0 && d.fate(c).Told == 0 {
				d.orphan(ids[0], 0)
			}
		}
	}
}

func (d *dumb) orphan(id, end int) {
	create := d.l.Records[id-1].Creator
	d.name(judge.OrphanRecord, slices.DeleteFunc([]int{create, end}, func(n int) bool { return n == 0 })...)
}

// judgeActions finds what became of each action by itself.
func (d *dumb) judgeActions() {
	for n := 1; n <= len(d.s.Actions); n++ {
		if d.life[n] != 0 {
			d.judgeAction(d.s.Action(n), d.fate(n))
		}
	}
}

func (d *dumb) judgeAction(a *sim.Action, fate *sim.Fate) {
	n := a.Number
	write := a.Do != sim.Fetch
	late := d.uncarried(a)
	switch {
	case d.nothing[n]:
	case fate.Refused != 0:
		d.name(judge.Refused, n)
	case fate.Told != 0:
		switch {
		case fate.TimedOut != 0:
			d.name(judge.Indeterminate, n)
		default:
			d.name(judge.Failed, n)
		}
	case fate.Waits != 0:
		d.name(judge.QueueStall, n)
	case d.failed[n]:
		d.name(judge.SilentFailure, n)
	case fate.Landed != 0 && fate.Status != 200:
		if d.orphaned(n) || d.noneLeft(a) || d.gone(n) || write && d.excused(n, a.Sets) || d.lockOf[n] > 0 {
			return
		}
		d.name(judge.FailedByOrder, append([]int{n}, d.cause(a, fate)...)...)
	case write && (fate.Sent == 0 && fate.Carried == 0 || late != 0):
		if d.orphaned(n) || d.noneLeft(a) || d.gone(n) || d.excused(n, late) || fate.Sent != 0 && d.clobbered(n) {
			return
		}
		d.name(judge.UnsentWrite, n)
	case !write && fate.Sent == 0:
		if !d.gone(n) {
			d.name(judge.UnsentRead, n)
		}
	case write && fate.Sent != 0 && fate.Landed == 0:
		if !d.orphaned(n) && !d.noneLeft(a) && !d.gone(n) && !d.excused(n, a.Sets) {
			d.name(judge.LostWrite, n)
		}
	case !write && fate.Answered == 0:
		if !d.gone(n) {
			d.name(judge.LostWrite, n)
		}
	}
}

// uncarried lists the fields whose value was in no request, unless a later
// action covered it in the same one.
func (d *dumb) uncarried(a *sim.Action) sim.FieldSet {
	set := a.Sets &^ d.fate(a.Number).Carried
	for m := a.Number + 1; m <= len(d.s.Actions); m++ {
		if sent := d.fate(m).Sent; sent != 0 && sent == d.fate(a.Number).Sent {
			set &^= d.s.Action(m).Sets
		}
	}
	return set
}

// orphaned: an orphan names this delete already.
func (d *dumb) orphaned(a int) bool {
	return slices.ContainsFunc(d.found, func(x string) bool {
		var create, del int
		if n, _ := fmt.Sscanf(x, "orphan-record [%d %d]", &create, &del); n == 1 {
			del = create
		}
		return del == a
	})
}

// noneLeft: of a delete, no record of its life is alive.
func (d *dumb) noneLeft(a *sim.Action) bool {
	return a.Do == sim.Delete && len(d.alive(d.life[a.Number])) == 0
}

func (d *dumb) clobbered(a int) bool {
	for f := 1; f < a; f++ {
		if d.has(judge.ClobberedEdit, f, a) {
			return true
		}
	}
	return false
}

// cause returns the later action that made the server refuse a.
func (d *dumb) cause(a *sim.Action, fate *sim.Fate) []int {
	for j := a.Number + 1; j <= len(d.s.Actions); j++ {
		b := d.s.Action(j)
		switch {
		case fate.Status == 404 && b.Do == sim.Delete,
			fate.Status == 403 && b.Sets.Has(sim.Permissions) && b.Values[sim.Permissions] == d.s.ReadOnly:
			return []int{j}
		}
	}
	return nil
}

func (d *dumb) judgeContinued() {
	for i := 1; i <= len(d.s.Actions); i++ {
		told := d.fate(i).Told
		if told == 0 || d.fate(i).TimedOut != 0 || d.life[i] == 0 || d.nothing[i] || d.s.Action(i).Do == sim.Fetch {
			continue
		}
		for j := i + 1; j <= len(d.s.Actions); j++ {
			b := d.fate(j)
			if d.owed(j) && d.s.Action(j).Do != sim.Fetch && b.Pressed < told && b.Sent > told && b.Status == 200 {
				d.name(judge.ContinuedPastFailure, i, j)
			}
		}
	}
}

// judgeAgreement finds what nothing else names.
func (d *dumb) judgeAgreement() {
	life := d.current()
	if life == 0 {
		return
	}
	ofLife := func(a int) bool { return d.named[a] && (d.life[a] == life || d.life[a] == -1) }
	r := d.stands(life)
	if r == 0 {
		for a := range d.life {
			if ofLife(a) {
				return
			}
		}
		d.name(judge.Diverged)
		return
	}
	var differ []int
	for f := range sim.NumFields {
		w := d.writers[[2]int{life, f}]
		if len(w) == 0 {
			continue
		}
		want, server, client := w[len(w)-1], d.l.Records[r-1].State[f].Action(), d.l.Client.State[f].Action()
		somewhere := false
		for _, id := range d.alive(life) {
			somewhere = somewhere || d.s.Value(d.l.Records[id-1].State[f], f) == d.val(want, f)
		}
		if somewhere && d.val(want, f) == d.val(client, f) {
			continue
		}
		if d.named[want] || client > 0 && d.named[client] || server > 0 && d.named[server] {
			continue
		}
		for _, w := range []int{want, server, client} {
			if w > 0 {
				differ = append(differ, w)
			}
		}
	}
	if len(differ) > 0 {
		slices.Sort(differ)
		d.name(judge.Diverged, slices.Compact(differ)...)
	}
}
