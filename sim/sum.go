package sim

import (
	"iter"
	"slices"
)

// MaxSums bounds the sums of a trial. Past it nobody knows how the trial ends.
const MaxSums = 59

// firstSum is the writer that names the first of the trial's sums.
const firstSum Writer = byServer - MaxSums

// Sum is a value to which an action has added. A trial numbers its sums, equal ones
// once, and a writer may name one of them: so a field that several actions have
// added to has one writer, as every other has.
type Sum struct {
	Below Writer // who wrote what it was added to; perhaps another sum
	Added uint8  // the action
}

// Sums are those of a trial.
type Sums []Sum

func (w Writer) isSum() bool { return w >= firstSum && w < byServer }

// Last returns the action that wrote last, and the writer of what it has added to;
// [Nobody] if it has not added. Of what was given the action is 0, of nobody -1.
func (s Sums) Last(w Writer) (n int, below Writer) {
	if i := int(w) - int(firstSum); i >= 0 && i < len(s) {
		return int(s[i].Added), s[i].Below
	}
	return w.Action(), Nobody
}

// All yields the actions that are in a writer's value, the latest first, and the one
// that set it last: 0 where that was given.
func (s Sums) All(w Writer) iter.Seq[int] {
	return func(yield func(int) bool) {
		for w != Nobody {
			n, below := s.Last(w)
			if !yield(n) {
				return
			}
			w = below
		}
	}
}

// Base returns the writer of what lies under all that was added to it: of no sum,
// the writer itself.
func (s Sums) Base(w Writer) Writer {
	for w.isSum() {
		w = s[w-firstSum].Below
	}
	return w
}

// Times returns how often an action is in a writer's value.
func (s Sums) Times(w Writer, action int) (times int) {
	for n := range s.All(w) {
		if n == action {
			times++
		}
	}
	return times
}

// Has reports whether an action is in a writer's value.
func (s Sums) Has(w Writer, action int) bool { return s.Times(w, action) > 0 }

// Append appends to b what is in a writer's value: the same of two writers if and
// only if the same was set, and the same was added as often, in whatever order.
func (s Sums) Append(b []byte, w Writer) []byte {
	if !w.isSum() {
		return append(b, byte(w))
	}
	return s.appendSum(b, w)
}

// appendSum is Append where something was added.
func (s Sums) appendSum(b []byte, w Writer) []byte {
	b = append(b, byte(firstSum), byte(s.Base(w)))
	from := len(b)
	for w.isSum() {
		n, below := s.Last(w)
		b, w = append(b, byte(n)), below
	}
	slices.Sort(b[from:])
	return append(b, 0)
}

// plus returns the writer of a value to which an action has added.
func (w *World) plus(below Writer, n int) Writer {
	w.pluses++
	l, sum := &w.ledger, Sum{below, uint8(n)}
	for i := range l.Sums {
		if l.Sums[i] == sum {
			return firstSum + Writer(i)
		}
	}
	if len(l.Sums) == MaxSums {
		w.tooMany("more than " + itoa(MaxSums) + " different sums")
		return below
	}
	l.Sums = append(l.Sums, sum)
	return firstSum + Writer(len(l.Sums)-1)
}

// plusAll adds all that a patch adds, in its order: see [Request].Adds.
func (w *World) plusAll(below, patch Writer) Writer {
	if n, rest := w.ledger.Sums.Last(patch); n > 0 {
		return w.plus(w.plusAll(below, rest), n)
	}
	return below
}

// onto puts what was added to one value on another one, save what action n added.
func (w *World) onto(base, by Writer, n int) Writer {
	if !by.isSum() {
		return base
	}
	added, below := w.ledger.Sums.Last(by)
	if base = w.onto(base, below, n); added != n {
		base = w.plus(base, added)
	}
	return base
}

// apply is [Person.apply] for an action that may add to what is shown.
func (w *World) apply(p *Person, a *Action) {
	was := p.State
	p.apply(a)
	for f := range a.Adds.All {
		p.State[f] = w.plus(was[f], a.Number)
	}
}

// join puts an action into a patch. What is added to a field that the patch has
// already is added there, and what is set covers all of that.
func (w *World) join(r *Request, a *Action) {
	for f := range a.Sets.All {
		switch bit := FieldSet(0).With(f); {
		case !a.Adds.Has(f):
			r.Body[f] = By(a.Number)
			r.Adds &^= bit
		case !r.Sets.Has(f):
			r.Body[f] = By(a.Number)
			r.Adds |= bit
		default:
			r.Body[f] = w.plus(r.Body[f], a.Number)
		}
	}
	r.Sets |= a.Sets
}

// brings reports whether a request has, in a field that action a writes and
// another one too, what a gave it.
func (w *World) brings(r *Request, a *Action, f int) bool {
	by, sums := r.Body[f], w.ledger.Sums
	if sums.Has(by, a.Number) {
		return true
	}
	base := sums.Base(by)
	return !a.Adds.Has(f) && !r.Adds.Has(f) && w.script.Value(base, f) == int(a.Values[f])
}

// writeSums is [World.write] where actions add.
func (w *World) writeSums(rec *Record, r *Request) {
	before := rec.State
	for f := range r.Sets.All {
		was, by, adds := rec.State[f], r.Body[f], r.Adds.Has(f)
		switch {
		case r.Header.Newer:
			by = w.newest(was, by, adds)
		case adds:
			by = w.plusAll(was, by)
		}
		rec.State[f] = by
	}
	w.noteAgain(&before, rec)
}

// newest returns what stands by the stamps where a request comes upon a value: to
// add is beaten by nothing but what was set later, and what is set leaves what was
// added later.
func (w *World) newest(was, by Writer, adds bool) Writer {
	sums := w.ledger.Sums
	if adds {
		n, rest := sums.Last(by)
		if n < 1 {
			return was
		}
		if was = w.newest(was, rest, true); w.script.Later(By(n), w.ledger.Sums.Base(was)) { // by now there may be more of them
			was = w.plus(was, n)
		}
		return was
	}
	stamp := sums.Base(by)
	for top := by; top.isSum(); {
		n, below := sums.Last(top)
		if w.script.Later(By(n), stamp) {
			stamp = By(n)
		}
		top = below
	}
	if !w.script.Later(stamp, sums.Base(was)) {
		return was
	}
	return w.addLater(by, was, stamp)
}

// addLater adds to a value what was added to another one with a later stamp.
func (w *World) addLater(to, from, stamp Writer) Writer {
	if !from.isSum() {
		return to
	}
	n, below := w.ledger.Sums.Last(from)
	to = w.addLater(to, below, stamp)
	if !w.script.Later(stamp, By(n)) && !w.ledger.Sums.Has(to, n) {
		to = w.plus(to, n)
	}
	return to
}

// noteAgain notes what counts once more than before in a record.
func (w *World) noteAgain(before *State, rec *Record) {
	sums := w.ledger.Sums
	for f, by := range rec.State {
		for n := range sums.All(by) {
			if times := sums.Times(by, n); times > 1 && times > sums.Times(before[f], n) {
				w.ledger.Fates[n].Again = Moment(w.ledger.Events + 1) // as it lands
			}
		}
	}
}

// beginSums gives a record that has just been made what its request adds: nothing
// was there.
func (w *World) beginSums(rec *Record, r *Request) {
	for f := range r.Adds.All {
		rec.State[f] = w.plusAll(Nobody, r.Body[f])
	}
	w.noteAgain(&State{}, rec)
}

// reviseSum returns who wrote a field once the server has made of action a what it
// does: see [World.revise].
func (w *World) reviseSum(by Writer, a *Action, f int, newer bool) Writer {
	sums, saved := w.ledger.Sums, SavedBy(a.Number)
	switch n, _ := sums.Last(by); {
	case n == a.Number && !by.ByServer():
		return saved
	case a.Sets.Has(f) || newer && w.script.Later(sums.Base(by), saved):
		return by
	case newer:
		return w.addLater(saved, by, saved)
	}
	return saved
}
