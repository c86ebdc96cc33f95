package judge_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// TestSharedAgainstDumbJudge holds the judge against the dumb one where two
// clients have the same record: the dumb one reads in the trace what became of
// it, and who had been shown what.
func TestSharedAgainstDumbJudge(t *testing.T) { testkit.Random(t, sharedAgainstDumbJudge) }

func sharedAgainstDumbJudge(t *testing.T, r *rand.Rand) {
	scripts := testkit.Sample[uint64](1000, 320, 120)
	met := map[judge.Kind]int{}
	var w sim.World
	var j judge.Judge
	for n := range scripts {
		s, seed := sharedScript(r), r.Uint64()
		if n%2 == 0 { // the other person, too, is there for both
			s.Beside = []sim.Gift{{Sets: 3, Values: [sim.NumFields]sim.ValueID{3, 4}}}
		}
		clients := map[string]sim.Strategy{"reader": &reader{seed: seed}}
		for _, e := range everyStrategy() {
			if !strings.HasPrefix(e.Name, "allow-concurrent") { // which sends again what has landed: a ledger does not say when it landed last
				clients[e.Name] = e.For(s)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(clients)) {
			end := w.Run(s, clients[name], seed, sim.Options{Trace: true})
			judged := j.Judge(s, end)
			var got []string
			for _, a := range judged.Anomalies {
				got = append(got, fmt.Sprint(a.Kind, a.Actions))
				met[a.Kind]++
			}
			slices.Sort(got)
			if verdict, want := dumbJudges(s, end, w.Trace().Events); judged.Verdict != verdict || !slices.Equal(got, want) {
				t.Fatalf("script %d under %s is %v:\n\t%v\nthe dumb judge, in dumb_test.go, which has each rule too, says %v:\n\t%v\n%s",
					n, name, judged.Verdict, got, verdict, want, steps(s))
			}
		}
	}
	for k := range judge.Kinds {
		if met[judge.Kind(k)] == 0 && judge.Kind(k) != judge.StaleRead && judge.Kind(k) != judge.AppliedTwice { // once in 50,000 trials: TestKinds has it
			t.Errorf("no trial shows %v", judge.Kind(k))
		}
	}
}

// sharedScript is a random script about a person who is given, on two clients,
// one of which may have a clock that is ahead. Sometimes there is somebody else.
func sharedScript(r *rand.Rand) *sim.Script {
	s := randomScript(r)
	s.Given, s.GivenSets = true, sim.FieldSet(r.IntN(4))
	s.GivenValues[0], s.GivenValues[1] = 2, 3
	for c := range s.Skew {
		s.Skew[c] = []time.Duration{0, 0, 0, 100, 1000}[r.IntN(5)] * time.Millisecond
	}
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Client = uint8(r.IntN(sim.MaxClients))
		if r.IntN(8) == 0 {
			a.Person = 1
		}
		if a.Do == sim.Create && a.Person == 0 && r.IntN(2) == 0 {
			a.Do = sim.Fetch
			a.Sets, a.Saves = 0, 0
		}
	}
	return s
}

// ours says that an action is of the screen and the person that are judged.
// A list is of every person of its client.
func (d *dumb) ours(a int) bool {
	return a < 1 || d.s.Action(a).View() == d.view || d.s.Action(a).Lists && int(d.s.Action(a).Client) == d.view/sim.MaxPersons
}

// given: the person was there from the start.
func (d *dumb) given() bool { return d.s.Gives(d.view) }

// person numbers whom they all are about, from 0: who is given is the record after it.
func (d *dumb) person() int { return d.view % sim.MaxPersons }

// past lists the arrivals that a record took, before moment m.
func (d *dumb) past(record int, m sim.Moment) (arrivals []sim.Event) {
	for i, e := range d.events {
		if e.Kind == sim.EventArrive && e.Status == 200 && e.ID == record && i < m.Index() {
			arrivals = append(arrivals, e)
		}
	}
	return arrivals
}

// weather: the server refused it because of what another client had done. A
// delete of what is deleted has done no harm.
func (d *dumb) weather(a int) bool {
	fate := d.fate(a)
	for _, e := range slices.Backward(d.past(int(fate.Record), fate.Landed)) {
		by := e.Request.Actions[0]
		if d.copied(e) {
			continue // what lands once more has landed the first time
		}
		switch do := e.Request.Do; {
		case fate.Status == 404 && do == sim.Delete:
			return !d.ours(by) && d.s.Action(a).Do != sim.Delete
		case fate.Status == 403 && do == sim.SetPermissions && d.locks(by):
			return !d.ours(by)
		case fate.Status == 412 && do != sim.Fetch && !d.ours(by):
			return true
		}
	}
	return false
}

// copied: an earlier one of the same request has landed.
func (d *dumb) copied(e sim.Event) bool {
	return slices.ContainsFunc(d.events, func(b sim.Event) bool {
		return b.Kind == sim.EventArrive && b.Status == 200 && b.At < e.At && b.Request.Number == e.Request.Number
	})
}

func (d *dumb) locks(a int) bool { return d.val(a, sim.Permissions) == int(d.s.ReadOnly) }

// lifted: another client had opened what the own lock forbids.
func (d *dumb) lifted(a int) bool {
	fate, lock := d.fate(a), d.fate(d.lock[a])
	for _, e := range d.past(int(fate.Record), fate.Landed) {
		by := e.Request.Actions[0]
		if e.Request.Do == sim.SetPermissions && !d.ours(by) && !d.locks(by) && d.fate(by).Landed > lock.Landed {
			return true
		}
	}
	return false
}

// removedBy is another client's delete that took the record which is owed.
func (d *dumb) removedBy() int {
	if d.current() != 1 || !d.given() || d.stand() != 0 {
		return 0
	}
	for _, e := range slices.Backward(d.past(d.person()+1, sim.Moment(len(d.events)+1))) {
		if by := e.Request.Actions[0]; e.Request.Do == sim.Delete {
			if d.ours(by) {
				return 0
			}
			return by
		}
	}
	return 0
}

// lostUpdates: another client's write stands at the end, or its delete does,
// and came over an own write that it had not been shown when it was pressed.
func (d *dumb) lostUpdates() {
	record, removed := d.stand(), d.removedBy()
	if removed != 0 {
		record = d.person() + 1
	}
	if d.current() == 0 || record == 0 {
		return
	}
	for f, stands := range d.l.Records[record-1].State {
		if !d.compared(d.current(), f) {
			continue
		}
		if d.summed(f) {
			d.lostSums(record, removed, f)
			continue
		}
		last, end := 0, stands.Action() // the latest own write that is owed, and landed
		for a := 1; a <= d.n; a++ {
			if d.life[a] == d.current() && d.owed(a) && slices.Contains(d.landed(a, f), record) {
				last = a
			}
		}
		if removed != 0 {
			end = removed
		} else if d.ours(end) || d.overrun[f] || d.val(last, f) == d.s.Value(stands, f) {
			continue
		}
		if over := d.first(record, last, f, end); last != 0 && !d.told(last) && !d.shown(over, last, f) {
			d.name(judge.LostUpdate, last, over)
		}
	}
}

// first is the action of another client with which, at first after own write a
// has landed, the field has its value, and that is another; else what stands.
// What lands once more has landed the first time.
func (d *dumb) first(record, a, f, stands int) int {
	for i, e := range d.events {
		if e.Kind == sim.EventArrive && e.Status == 200 && e.ID == record && i >= d.when(a, f).Index() {
			by := e.Record.State[f]
			if d.ours(by.Action()) || i > d.when(a, f).Index() && d.when(by.Action(), f) < d.when(a, f) {
				continue
			}
			if d.s.Value(by, f) != d.val(a, f) {
				return by.Action()
			}
		}
	}
	return stands
}

// shown: the client of action m had taken an answer that carried what a gave
// the field, be it written once more since, when m was pressed.
func (d *dumb) shown(m, a, f int) bool {
	return slices.ContainsFunc(d.l.Reads, func(r sim.Read) bool {
		by := r.Body[f].Action()
		carried := by == a || by > 0 && d.s.Value(r.Body[f], f) == d.val(a, f) && d.when(by, f) > d.when(a, f)
		return carried && !r.Kept.Has(f) && int(r.View) == d.s.Action(m).View() && r.Shown < d.fate(m).Pressed
	})
}
