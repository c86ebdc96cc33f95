package judge_test

import (
	"fmt"
	"slices"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// dumb is a second judge, written from the documentation and not from the
// first one: rule by rule, with no care for speed. Where the two disagree, one
// of them misreads the text.
type dumb struct {
	s *sim.Script
	l *sim.Ledger
	n int // of actions

	until int // the action up to which the intent is asked for

	view   int         // the screen and the person that are judged; all else is the weather
	events []sim.Event // of a record that two clients share: what became of it, and when

	life    []int        // by action: the life it belongs to; 0: void; -1: a create that begins none
	begins  []int        // by life, from 1: the create that began it; 0: it was given
	ends    []int        // by life: the delete that ended it; 0: it lasts
	failed  map[int]bool // the server refused it for a reason of its own
	lock    map[int]int  // by update: the own lock that should stop it
	nothing map[int]bool // double clicks that would change nothing
	applied []int        // the writes that the intent consists of, in issue order

	found    []string // "kind [actions]"
	verdict  judge.Verdict
	named    map[int]bool // actions of which an anomaly says what became of them
	inverted map[int]bool // fields that monotonic-writes names
	taken    bool         // a delete took what came after it
	twice    bool         // two records of the life that lasts are alive
	less     map[int]bool // fields of which a fetch showed less than it should
	overrun  map[int]bool // fields that a request wrote back as it had read them
}

// dumbJudge returns the verdict, and the anomalies in alphabetical order.
func dumbJudge(s *sim.Script, l *sim.Ledger, view int, events []sim.Event) (judge.Verdict, []string) {
	if l.Bounded {
		return judge.Unknown, nil
	}
	d := newDumb(s, l, view, events)
	d.intend()
	d.overruns()
	d.monotonicWrites()
	d.sums()
	d.takenByDelete()
	d.slippedLocks()
	d.reads()
	d.reverts()
	d.records()
	for n := 1; n <= d.n; n++ {
		if d.life[n] != 0 && !d.nothing[n] {
			d.action(s.Action(n), d.fate(n))
		}
	}
	d.continued()
	d.lostUpdates()
	d.agreement()
	slices.Sort(d.found)
	return d.verdict, slices.Compact(d.found)
}

func newDumb(s *sim.Script, l *sim.Ledger, view int, events []sim.Event) *dumb {
	return &dumb{
		s: s, l: l, n: len(s.Actions), until: len(s.Actions), view: view, events: events, life: make([]int, len(s.Actions)+1), begins: []int{-1}, ends: []int{-1},
		failed: map[int]bool{}, lock: map[int]int{}, nothing: map[int]bool{}, named: map[int]bool{}, inverted: map[int]bool{}, less: map[int]bool{}, overrun: map[int]bool{},
	}
}

func (d *dumb) name(k judge.Kind, actions ...int) {
	d.found = append(d.found, fmt.Sprint(k, actions))
	d.verdict = max(d.verdict, judge.Kinds[k].Verdict)
	if k != judge.DuplicateRecord && k != judge.OrphanRecord && k != judge.ContinuedPastFailure {
		for _, a := range actions {
			d.named[a] = true
		}
	}
}

func (d *dumb) fate(a int) *sim.Fate { return &d.l.Fates[a] }

func (d *dumb) told(a int) bool { return a > 0 && d.fate(a).Told != 0 }

// val is the value that the record has in field f once the server has saved
// action a: 0 is what was given, -1 nobody.
func (d *dumb) val(a, f int) int {
	if a > 0 && d.s.Action(a).Saves.Has(f) {
		return int(d.s.Action(a).Saved[f])
	}
	if a == 0 {
		return d.s.Value(sim.GivenTo(d.person()), f)
	}
	return d.s.Value(sim.Writer(a+1), f)
}

// writes are the fields that are other than before when a has been saved.
func (d *dumb) writes(a int) sim.FieldSet { return d.s.Action(a).Sets | d.s.Action(a).Saves }

// intend walks through the user's actions one at a time.
func (d *dumb) intend() {
	exists := false
	begin := func(create int) {
		d.begins, d.ends = append(d.begins, create), append(d.ends, 0)
		exists = true
	}
	if d.given() {
		begin(0)
	}
	for n := 1; n <= d.until; n++ {
		a, fate := d.s.Action(n), d.fate(n)
		if a.Skip || !d.ours(n) || a.Do == sim.Close {
			continue
		}
		again := a.Do == sim.Create && exists && fate.Status == 409 // the record is there, in any order
		early := a.Parent != 0 && fate.Status == 422 && !d.parentless(n)
		d.failed[n] = d.refused(n) && (fate.Reason || d.weather(n) || again || !early && d.oneAtATime(n) || a.Parent != 0 && fate.Status == 422 && !early)
		if a.Do == sim.Create && !exists {
			if fate.Refused != 0 || d.failed[n] {
				d.life[n] = -1
				continue
			}
			begin(n)
		}
		if !exists {
			continue
		}
		life := len(d.begins) - 1
		d.life[n] = life
		if by := d.want(life, sim.Permissions); a.Do == sim.Update && d.val(by, sim.Permissions) == int(d.s.ReadOnly) {
			d.lock[n] = by
			d.failed[n] = d.failed[n] || d.refused(n) && fate.Status == 403
		}
		if a.Do == sim.Create && d.begins[life] != n {
			d.nothing[n] = true
			for f := range a.Sets.All {
				d.nothing[n] = d.nothing[n] && d.alike(life, n, f)
			}
		}
		if a.Do == sim.Delete && fate.Refused == 0 {
			d.ends[life] = n
			exists = false
		}
		if d.owed(n) && !d.nothing[n] && !d.locked(n) {
			d.applied = append(d.applied, n)
		}
	}
}

// refused: the server did.
func (d *dumb) refused(a int) bool { return d.fate(a).Landed != 0 && d.fate(a).Status != 200 }

// oneAtATime: whatever was sent before had ended when a was pressed, and nothing
// that was pressed later came before it.
func (d *dumb) oneAtATime(a int) bool {
	if d.s.Action(a).Do == sim.Delete && d.fate(a).Status == 404 {
		return false // what it asks for is so
	}
	for b := 1; b <= d.n; b++ {
		fate := d.fate(b)
		if b == a || !d.ours(b) || fate.Sent == 0 {
			continue
		}
		over := fate.Replied != 0 && fate.Replied < d.fate(a).Pressed || fate.TimedOut != 0 && fate.TimedOut < d.fate(a).Pressed
		if fate.Replied > d.fate(a).Pressed || fate.TimedOut > d.fate(a).Pressed || fate.Landed > d.fate(a).Pressed {
			over = false
		}
		if b < a && !over || b > a && fate.Landed != 0 && fate.Landed < d.fate(a).Landed {
			return false
		}
	}
	return true
}

// owed: the user is owed that it happens.
func (d *dumb) owed(a int) bool { return d.life[a] > 0 && d.fate(a).Refused == 0 && !d.failed[a] }

// locked: an earlier own lock, which landed on the same record if both landed,
// should stop it.
func (d *dumb) locked(a int) bool {
	elsewhere := d.fate(a).Status == 200 && d.fate(a).Record != d.fate(d.lock[a]).Record
	return d.lock[a] > 0 && d.fate(d.lock[a]).Status == 200 && !d.lifted(a) && !elsewhere
}

// want is who should have the last word on a field in a life.
func (d *dumb) want(life, f int) int {
	who := -1
	if d.begins[life] == 0 && d.s.Gave(d.person()).Has(f) {
		who = 0
	}
	for _, a := range d.applied {
		if d.life[a] == life && d.writes(a).Has(f) && !d.adds(a, f) {
			who = a
		}
	}
	return who
}

// current is the life that lasts, 0 if nobody is there at the end.
func (d *dumb) current() int {
	if last := len(d.ends) - 1; d.ends[last] == 0 {
		return last
	}
	return 0
}

func (d *dumb) lifeOf(record int) int {
	r := d.l.Records[record-1]
	switch {
	case r.Creator > 0 && d.ours(r.Creator):
		return d.life[r.Creator]
	case d.given() && record == d.person()+1:
		return 1
	}
	return 0
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

// stand is the record that is to be the person's at the end: the one the
// client holds, or else the youngest; 0 if there is none.
func (d *dumb) stand() int {
	ids := d.alive(d.current())
	switch {
	case d.current() == 0 || len(ids) == 0:
		return 0
	case slices.Contains(ids, d.l.Views[d.view].ID):
		return d.l.Views[d.view].ID
	}
	return ids[len(ids)-1]
}

// on says whether what record id has in a field is the value of action a.
func (d *dumb) on(id, a, f int) bool { return d.has(d.l.Records[id-1], a, f) }

// has is on for a record as it is, or was.
func (d *dumb) has(r sim.Record, a, f int) bool {
	if d.summed(f) {
		return d.in(d.pile(r.State[f]), a, f)
	}
	return d.s.Value(r.State[f], f) == d.val(a, f)
}

// stands: the value of a stands, on the person's record or, of a life that is
// over, on one that outlived it.
func (d *dumb) stands(a, f int) bool {
	return slices.ContainsFunc(d.alive(d.life[a]), func(id int) bool {
		return d.on(id, a, f) && (d.life[a] != d.current() || id == d.stand())
	})
}

// landed lists the records that a's value of a field landed on, by itself or
// in a create.
func (d *dumb) landed(a, f int) (ids []int) {
	fate, action := d.fate(a), d.s.Action(a)
	if !action.Sets.Has(f) {
		return nil
	}
	if fate.Rode.Has(f) {
		ids = append(ids, int(fate.RodeOn))
	}
	if fate.Status == 200 && fate.Carried.Has(f) && (action.Do != sim.Create || len(ids) == 0) {
		ids = append(ids, int(fate.Record))
	}
	return ids
}

// monotonicWrites: the record has the value of i though a later j, whose value
// is another, landed too.
func (d *dumb) monotonicWrites() {
	stand := d.stand()
	if stand == 0 {
		return
	}
	for f, by := range d.l.Records[stand-1].State {
		if d.summed(f) {
			continue
		}
		i, j := by.Action(), 0
		for a := 1; a <= d.n; a++ {
			if d.life[a] == d.current() && d.owed(a) && slices.Contains(d.landed(a, f), stand) {
				j = a
			}
		}
		if !d.overrun[f] && d.compared(d.current(), f) && i > 0 && j > i && d.ours(i) && d.val(i, f) != d.val(j, f) && !d.on(stand, d.want(d.current(), f), f) && !d.told(j) {
			d.name(judge.MonotonicWrites, i, j)
			d.inverted[f] = true
		}
	}
}

// takenByDelete: a delete i landed on what a later create or write made, and
// nothing stands.
func (d *dumb) takenByDelete() {
	if d.current() == 0 || d.stand() != 0 {
		return
	}
	for i := 1; i <= d.n; i++ {
		if d.s.Action(i).Do != sim.Delete || d.fate(i).Status != 200 || !d.ours(i) {
			continue
		}
		latest := 0
		for j := i + 1; j <= d.n; j++ {
			if d.life[j] == d.current() && d.s.Action(j).Do != sim.Fetch && d.fate(j).Status == 200 &&
				d.fate(j).Record == d.fate(i).Record && !d.told(j) {
				latest = j
			}
		}
		if latest > 0 {
			d.taken = true
			d.name(judge.MonotonicWrites, i, latest)
		}
	}
}

// slippedLocks: an update landed, and stands, that an earlier own lock, which
// landed, should have stopped.
func (d *dumb) slippedLocks() {
	for u, lock := range d.lock {
		if !d.locked(u) || d.fate(u).Status != 200 || d.l.Records[d.fate(u).Record-1].Deleted {
			continue
		}
		for f := range d.s.Action(u).Sets.All {
			if d.on(int(d.fate(u).Record), u, f) {
				d.name(judge.MonotonicWrites, lock, u)
			}
		}
	}
}

func (d *dumb) reads() {
	for i, r := range d.l.Reads {
		asks := d.asks(r.Action)
		echo := asks.Do != sim.Fetch || asks.Errand != nil
		for f, by := range r.Body {
			if int(r.View) != d.view {
				break
			}
			if r.Kept.Has(f) {
				continue // it is as if the record had come without it
			}
			if d.summed(f) {
				d.readSum(d.l.Reads[:i], &r, f, echo)
				continue
			}
			// What was on the screen, and is there no more.
			e := r.Before[f].Action()
			gone := by != sim.Nobody && by.Action() != e && d.s.Value(r.Before[f], f) != d.s.Value(by, f)
			if d.judged(r.Action) && (!echo || gone && (!d.before(r.Action, e) || !d.ours(e))) && !d.monotonicRead(d.l.Reads[:i], &r, f) {
				d.missed(&r, f)
			}
			// Clobbered: the answer replaced the value of a later edit, and
			// did not just tell that the server had lost it already.
			tells := echo && d.inverted[f] && e > 0 && slices.Contains(d.landed(e, f), r.Record) && d.when(e, f) < r.Landed
			if gone && d.before(r.Action, e) && d.owed(e) && !d.told(e) && !tells {
				d.name(judge.ClobberedEdit, r.Action, e)
			}
		}
	}
}

// asks is the action that brought a read, be it one that nobody pressed.
func (d *dumb) asks(n int) *sim.Action {
	if n > d.n {
		return d.l.Errands[n-sim.MaxActions-1]
	}
	return d.s.Action(n)
}

// judged: a read is, if nobody had pressed it or those who are asked for exist.
func (d *dumb) judged(n int) bool {
	return n > d.n && d.asks(n).View() == d.view || n <= d.n && d.life[n] != 0
}

// before: a was pressed before b; what was given was there before either.
func (d *dumb) before(a, b int) bool {
	if a < 1 || b < 1 {
		return a < b
	}
	return d.fate(a).Pressed < d.fate(b).Pressed
}

// when a's value of a field landed.
func (d *dumb) when(a, f int) sim.Moment {
	if fate := d.fate(a); fate.Status != 200 && fate.Rode.Has(f) {
		return fate.RodeAt
	}
	return d.fate(a).Landed
}

// monotonicRead: a fetch shown before had shown an own write that this misses.
func (d *dumb) monotonicRead(before []sim.Read, r *sim.Read, f int) bool {
	for _, e := range slices.Backward(before) {
		w, now := e.Body[f].Action(), r.Body[f].Action()
		older := d.before(now, w)
		if !d.ours(w) || !d.ours(now) {
			older = r.Was < e.Was
		}
		if e.Record == r.Record && !e.Kept.Has(f) && d.judged(e.Action) && w > 0 && (d.life[w] != 0 || !d.ours(w)) &&
			older && d.s.Value(e.Body[f], f) != d.s.Value(r.Body[f], f) {
			d.name(judge.MonotonicReads, r.Action, e.Action)
			d.less[f] = true
			return true
		}
	}
	return false
}

// missed: a fetch does not show a newer own write pressed before it.
func (d *dumb) missed(r *sim.Read, f int) {
	stale, other := 0, 0
	for w := d.n; w > 0; w-- {
		if !d.before(w, r.Action) || d.life[w] == 0 || d.told(w) || !slices.Contains(d.landed(w, f), r.Record) {
			continue
		}
		if d.adds(w, f) && d.in(d.pile(r.Body[f]), w, f) {
			continue // what was added before may be missing all the same
		}
		if by := d.pile(r.Body[f]).set.Action(); d.ours(by) && !d.before(by, w) || !d.ours(by) && d.when(w, f) < r.Was {
			if d.adds(w, f) {
				continue // each is missing by itself
			}
			break // what it shows came after it
		}
		if d.shows(r, w, f) {
			break // it shows what it should
		}
		fate := d.fate(w)
		if d.inverted[f] && d.when(w, f) < r.Was { // the server had lost it already
			if d.adds(w, f) {
				continue
			}
			break
		}
		if fate.Replied != 0 && fate.Replied < d.fate(r.Action).Pressed {
			stale = max(stale, w)
		} else {
			other = max(other, w)
		}
	}
	switch {
	case stale > 0:
		d.name(judge.StaleRead, stale, r.Action)
	case other > 0:
		d.name(judge.ReadYourWrites, other, r.Action)
	default:
		return
	}
	d.less[f] = true
}

func (d *dumb) records() {
	for life := 1; life < len(d.begins); life++ {
		ids, end := d.alive(life), d.ends[life]
		var creates []int
		for _, id := range ids {
			if c := d.l.Records[id-1].Creator; c > 0 {
				creates = append(creates, c)
			}
		}
		switch {
		case end > 0 && !(d.failed[end] || d.told(end) || d.fate(end).Waits != 0):
			for _, id := range ids {
				if c := d.l.Records[id-1].Creator; c > 0 {
					d.name(judge.OrphanRecord, c, end)
				} else {
					d.name(judge.OrphanRecord, end)
				}
			}
		case len(ids) > 1:
			d.twice = d.twice || end == 0
			slices.Sort(creates)
			d.name(judge.DuplicateRecord, slices.Compact(creates)...)
		case end > 0:
			// The delete's failure is the anomaly, or the user knows.
		case !d.there():
			// Nobody misses a record on a screen that is closed.
		case len(creates) == 1 && ids[0] != d.l.Views[d.view].ID && !d.told(creates[0]):
			d.name(judge.OrphanRecord, creates[0])
		}
	}
}

// action says what became of one action by itself.
func (d *dumb) action(a *sim.Action, fate *sim.Fate) {
	n, fetch := a.Number, a.Do == sim.Fetch
	unsent := d.unsent(a)
	switch {
	case fate.Refused != 0:
		d.name(judge.Refused, n)
	case fate.Waits != 0:
		d.name(judge.QueueStall, n) // even if the user was told of a first try that could not leave
	case d.told(n) && fate.TimedOut != 0, d.told(n) && d.s.Network.KeyInUse && !fetch && fate.Status == 200:
		d.name(judge.Indeterminate, n)
	case d.told(n):
		d.name(judge.Failed, n)
	case fetch && d.lags(n):
		if !d.gone(n) && !d.askedAgain(n) { // it is a refusal that is called by another name
			d.name(judge.StaleRead, d.made(n), n)
		}
	case d.failed[n]:
		d.name(judge.SilentFailure, n)
	case a.Do == sim.Delete:
		// A record that is left behind is an orphan, and if none is, all is well.
	case d.gone(n):
	case d.refused(n) && unsent == 0:
		if d.lock[n] == 0 && !d.excused(n, a.Sets) && !(fetch && d.askedAgain(n)) {
			d.name(judge.FailedByOrder, append([]int{n}, d.cause(n)...)...)
		}
	case fetch && (fate.Replied != 0 || d.askedAgain(n)):
		// It was answered, whatever the client made of that; or the user asked again.
	case a.Opens:
		// An empty screen tells.
	case fetch && fate.Sent == 0:
		d.name(judge.UnsentRead, n)
	case fetch:
		d.name(judge.LostRead, n)
	case unsent != 0:
		clobbered := fate.Sent != 0 && slices.ContainsFunc(d.found, func(x string) bool {
			var f, e int
			read, _ := fmt.Sscanf(x, "clobbered-edit [%d %d]", &f, &e)
			return read == 2 && e == n
		})
		if !clobbered && !d.excused(n, unsent) {
			d.name(judge.UnsentWrite, n)
		}
	case fate.Sent != 0 && fate.Landed == 0:
		if !d.excused(n, a.Sets) {
			d.name(judge.LostWrite, n)
		}
	}
}

// askedAgain: a fetch pressed later was shown.
func (d *dumb) askedAgain(a int) bool {
	return slices.ContainsFunc(d.l.Reads, func(r sim.Read) bool {
		asks := d.asks(r.Action)
		return asks.Do == sim.Fetch && int(r.View) == d.view && d.before(a, r.Action)
	})
}

// unsent lists the fields whose value was in no request, unless a later action
// covered it in the very same one.
func (d *dumb) unsent(a *sim.Action) sim.FieldSet {
	fields := a.Sets &^ d.fate(a.Number).Carried
	for m := a.Number + 1; m <= d.n; m++ {
		if sent := d.fate(m).Sent; sent != 0 && sent == d.fate(a.Number).Sent {
			fields &^= d.s.Action(m).Sets &^ d.s.Action(m).Adds
		}
	}
	return fields
}

// gone: the person was deleted by a later own delete that landed, and no
// record of that life is alive.
func (d *dumb) gone(a int) bool {
	for i := a + 1; i <= d.n; i++ {
		if d.s.Action(i).Do == sim.Delete && d.fate(i).Status == 200 && d.ours(i) &&
			(d.ends[d.life[a]] == i || d.lifeOf(int(d.fate(i).Record)) == d.life[a]) {
			return len(d.alive(d.life[a])) == 0
		}
	}
	return false
}

// excused: each of the fields was overwritten by a later own write that
// landed, or the value stands all the same. A create owes a record, too.
func (d *dumb) excused(a int, fields sim.FieldSet) bool {
	if a == d.begins[d.life[a]] && d.fate(a).Status != 200 && len(d.alive(d.life[a])) == 0 {
		return false
	}
	for f := range fields.All {
		fine := d.stands(a, f)
		for b := a + 1; b <= d.n; b++ {
			fine = fine || d.life[b] == d.life[a] && len(d.landed(b, f)) > 0 && !d.adds(b, f)
		}
		if !fine {
			return false
		}
	}
	return fields != 0
}

// cause is the later action that made the server refuse a, or the older delete
// that came late.
func (d *dumb) cause(a int) []int {
	for j := d.n; j > 0; j-- {
		b, fate := d.s.Action(j), d.fate(j)
		if j != a && d.fate(a).Status == 422 && d.fate(a).Parent != 0 && b.Do == sim.Delete && fate.Status == 200 &&
			fate.Record == d.fate(a).Parent && fate.Landed < d.fate(a).Landed {
			return []int{j} // whom it needs is gone
		}
		if j == a || fate.Status != 200 || fate.Landed > d.fate(a).Landed || fate.Record != d.fate(a).Record {
			continue
		}
		if d.fate(a).Status == 404 && b.Do == sim.Delete {
			return []int{j}
		}
		if j < a {
			continue
		}
		if d.fate(a).Status == 409 && b.Do == sim.Create || d.fate(a).Status == 412 && b.Do != sim.Fetch ||
			d.fate(a).Status == 403 && b.Do == sim.SetPermissions && b.Values[sim.Permissions] == d.s.ReadOnly {
			return []int{j}
		}
	}
	return nil
}

// continued: a later owed write, pressed before the failure of a write was
// known, was sent after it and carried out.
func (d *dumb) continued() {
	for i := 1; i <= d.n; i++ {
		known := max(d.fate(i).Replied, d.fate(i).Failed)
		if !d.told(i) || d.fate(i).TimedOut != 0 || d.s.Network.KeyInUse && d.fate(i).Status == 200 || d.life[i] == 0 || d.nothing[i] || d.s.Action(i).Do == sim.Fetch {
			continue
		}
		for j := i + 1; j <= d.n; j++ {
			if fate := d.fate(j); d.owed(j) && d.s.Action(j).Do != sim.Fetch &&
				fate.Pressed < d.fate(i).Told && fate.Sent > known && fate.Status == 200 {
				d.name(judge.ContinuedPastFailure, i, j)
			}
		}
	}
}

// agreement names what nothing else names.
func (d *dumb) agreement() {
	life, stand := d.current(), d.stand()
	if life == 0 {
		return
	}
	if stand == 0 {
		if d.removedBy() != 0 {
			return
		}
		for n := 1; n <= d.n; n++ {
			if d.life[n] == life && d.s.Action(n).Do == sim.Create && (d.named[n] || d.taken) {
				return
			}
		}
		d.name(judge.Diverged, d.begins[life])
		return
	}
	known := func(a int) bool { return a > 0 && d.ours(a) && (d.named[a] || d.told(a)) }
	if d.twice {
		return // each record may lack what the other has
	}
	var differ []int
	for f := range sim.NumFields {
		if !d.compared(life, f) {
			continue
		}
		if d.summed(f) {
			if d.ours(d.pile(d.l.Records[stand-1].State[f]).set.Action()) && !d.overrun[f] && !d.inverted[f] {
				differ = append(differ, d.differSum(life, stand, f, known)...)
			}
			continue
		}
		if !d.ours(d.l.Records[stand-1].State[f].Action()) {
			continue // another client has covered it
		}
		want, server, client := d.want(life, f), d.l.Records[stand-1].State[f].Action(), d.l.Views[d.view].State[f].Action()
		if d.overrun[f] {
			continue
		}
		if !d.there() {
			client = want // nobody looks at it
		}
		if d.on(stand, want, f) && (d.less[f] || !d.there() || d.val(want, f) == d.s.Value(d.l.Views[d.view].State[f], f)) || known(want) || known(server) || known(client) {
			continue
		}
		differ = append(differ, want, server, client)
	}
	if differ = slices.DeleteFunc(differ, func(a int) bool { return a <= 0 }); len(differ) > 0 {
		slices.Sort(differ)
		d.name(judge.Diverged, slices.Compact(differ)...)
	}
}

// compared: an owed write of the life sets the field.
func (d *dumb) compared(life, f int) bool {
	for a := 1; a <= d.n; a++ {
		if d.life[a] == life && d.owed(a) && !d.nothing[a] && d.writes(a).Has(f) {
			return true
		}
	}
	return false
}
