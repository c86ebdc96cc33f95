package judge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// What the dumb judge has to know of the world as people meet it: written from the
// text, and read in the trace.

// there: the client of the screen that is judged is there at the end. It is not if it
// is closed, or has not shown them since it was opened again; of a life that began
// after that there is nothing to be shown.
func (d *dumb) there() bool {
	there := true
	for n := 1; n <= d.n; n++ {
		a := d.s.Action(n)
		if a.View()/sim.MaxPersons != d.view/sim.MaxPersons || d.fate(n).Pressed == 0 {
			continue
		}
		switch {
		case a.Do == sim.Close:
			there = false
		case a.Opens:
			there = d.begins[len(d.begins)-1] > n || slices.ContainsFunc(d.l.Reads, func(r sim.Read) bool {
				return int(r.View) == d.view && r.Shown > d.fate(n).Pressed
			})
		}
	}
	return there
}

// parentless: whom a create needs does not exist at that point of the script, nor would
// it if all were done one at a time; or another client has deleted the record that its request named.
func (d *dumb) parentless(n int) bool {
	a := d.s.Action(n)
	p := newDumb(d.s, d.l, a.ParentView(), d.events)
	p.until = n - 1 // on what comes later nothing hangs
	p.intend()
	for life := 1; life < len(p.begins); life++ {
		if p.ends[life] == 0 {
			gone := slices.ContainsFunc(d.past(int(d.fate(n).Parent), d.fate(n).Landed), func(e sim.Event) bool {
				return e.Request.Do == sim.Delete && int(d.s.Action(e.First()).Client) != int(a.Client)
			})
			return gone
		}
	}
	return true
}

// lags: the fetch was answered that there is no such record, though there was one
// whose create had been confirmed to the user: what was read was a copy of it all.
func (d *dumb) lags(n int) bool {
	fate := d.fate(n)
	if d.s.Network.Lag == (sim.Latency{}) || fate.Status != 404 || fate.Reason || d.made(n) == 0 {
		return false
	}
	there := false
	for _, e := range d.past(int(fate.Record), fate.Landed) {
		there = e.Request.Do != sim.Delete && (there || e.Request.Do != sim.Fetch)
	}
	return there
}

// made is the own create of the record that a fetch was for, confirmed before that was
// pressed; 0 if none was.
func (d *dumb) made(n int) int {
	id := int(d.fate(n).Record)
	for c := d.n; c > 0 && id > 0; c-- {
		confirmed := d.fate(c).Replied != 0 && d.fate(c).Replied < d.fate(n).Pressed
		if confirmed && d.ours(c) && d.s.Action(c).Do == sim.Create && d.fate(c).Status == 200 && int(d.fate(c).Record) == id {
			return c
		}
	}
	return 0
}

// reverts: a revert of another action takes an owed edit off the screen.
func (d *dumb) reverts() {
	for _, r := range d.l.Reverts {
		if d.s.Action(r.Action).View() != d.view {
			continue
		}
		for f, by := range r.Before {
			edit, now := by.Action(), r.After[f]
			if d.summed(f) {
				d.revertSum(&r, f)
				continue
			}
			if d.s.Value(by, f) != d.s.Value(now, f) && edit > 0 && edit != r.Action && edit != now.Action() && d.ours(edit) && d.owed(edit) && !d.told(edit) {
				d.name(judge.ClobberedEdit, r.Action, edit)
			}
		}
	}
}

// overruns: a request wrote back a row without an own write that had landed, and what was
// written so is not in the record at the end.
func (d *dumb) overruns() {
	stand := d.stand()
	if !d.s.Network.Torn || stand == 0 {
		return
	}
	for n := 1; n <= d.n; n++ {
		if d.life[n] != d.current() || !d.owed(n) || d.told(n) {
			continue
		}
		for f := range d.s.Action(n).Sets.All {
			if !slices.Contains(d.landed(n, f), stand) || d.on(stand, n, f) || d.covered(stand, n, f) {
				continue
			}
			if m := d.overrunBy(stand, n, f); m != 0 {
				d.name(judge.LostUpdate, n, m)
				d.overrun[f], d.inverted[f] = true, true
			}
		}
	}
}

// covered: a later own write of the field landed on the record too.
func (d *dumb) covered(record, n, f int) bool {
	for m := n + 1; m <= d.n; m++ {
		saved := d.s.Action(m).Saves.Has(f) && d.fate(m).Status == 200 && int(d.fate(m).Record) == record
		if d.life[m] == d.current() && d.owed(m) && (saved || slices.Contains(d.landed(m, f), record) && !d.adds(m, f)) {
			return true
		}
	}
	return false
}

// overrunBy is the request that took the value of n off the record for the last time,
// if it does not carry the field: it had read a row without the value.
func (d *dumb) overrunBy(record, n, f int) (m int) {
	was := false // the record has the value
	for i, e := range d.events {
		if e.Kind != sim.EventArrive || e.Status != 200 || e.ID != record {
			continue
		}
		is := !e.Record.Deleted && d.has(e.Record, n, f)
		if was && !is {
			m = 0
			carried := (e.Request.Sets &^ e.Request.Adds).Has(f) || slices.Contains(e.Request.Actions, d.pile(e.Record.State[f]).set.Action())
			if !carried && !e.Record.Deleted && i > d.when(n, f).Index() {
				m = e.Request.Actions[0]
			}
		}
		was = is
	}
	return m
}

// TestWorldAgainstDumbJudge holds the judge against the dumb one where the world has
// more in it than clicks and messages, whatever of it comes together.
func TestWorldAgainstDumbJudge(t *testing.T) { testkit.Random(t, worldAgainstDumbJudge) }

func worldAgainstDumbJudge(t *testing.T, r *rand.Rand) {
	var w sim.World
	var j judge.Judge
	every := everyStrategy()
	for n := range testkit.Sample(3000, 1000, 200) {
		s, seed := worldlyScript(r), r.Uint64()
		for range 6 {
			e := every[r.IntN(len(every))]
			if s.Clients() > 1 && strings.HasPrefix(e.Name, "allow-concurrent") {
				continue // which sends again what has landed: a ledger does not say when it landed last
			}
			end := w.Run(s, e.For(s), seed, sim.Options{Trace: true})
			judged := j.Judge(s, end)
			var got []string
			for _, a := range judged.Anomalies {
				got = append(got, fmt.Sprint(a.Kind, a.Actions))
			}
			slices.Sort(got)
			if verdict, want := dumbJudges(s, end, w.Trace().Events); judged.Verdict != verdict || !slices.Equal(got, want) {
				t.Fatalf("script %d under %s, seed %d, is %v:\n\t%v\nthe dumb judge, in dumb_test.go, which has each rule too, says %v:\n\t%v\n%s%s",
					n, e.Name, seed, judged.Verdict, got, verdict, want, steps(s), happened(end.Script(s), w.Trace().Events))
			}
		}
	}
}

// worldlyScript is a random script, or one of a record that is shared, with something
// of what the world has beyond clicks and messages.
func worldlyScript(r *rand.Rand) *sim.Script {
	draw := randomScript
	if r.IntN(2) == 0 {
		draw = sharedScript
	}
	s := draw(r)
	testkit.Worldly(r.IntN, s, testkit.Built)
	for i := range s.Actions {
		a := &s.Actions[i]
		a.Saves &^= a.Adds // what the server makes of what was added the text does not say
		if s.Network.Torn && a.Do == sim.SetPermissions {
			a.Values[sim.Permissions] = 1 // what a lock should have stopped, and a row that was written back takes off, has no name
		}
	}
	return s
}

// happened tells a trace in a line.
func happened(s *sim.Script, events []sim.Event) string {
	var out strings.Builder
	for _, e := range events {
		fmt.Fprint(&out, e.At, " ", e.Kind)
		for _, n := range e.About() {
			fmt.Fprint(&out, " ", s.Action(n).Label())
		}
		if e.Status != 0 {
			fmt.Fprint(&out, " ", e.Status, " #", e.ID)
		}
		out.WriteString("; ")
	}
	return out.String()
}
