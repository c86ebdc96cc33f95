package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/sim"
)

// TestWorldByTheText reads traces with the text beside: what may be there, and must.
// It knows nothing of how the world comes to it.
func TestWorldByTheText(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(everyStrategy()).Draw(t, "strategy")
		script, seed := worldly(t), rapid.Uint64().Draw(t, "seed")
		var w sim.World
		l := w.Run(script, e.For(script), seed, sim.Options{Trace: true})
		if l.Bounded {
			return
		}
		r := reading{s: l.Script(script), l: l, events: w.Trace().Events, readsByItself: e.Name == "local-first"}
		for _, rule := range []func() error{r.spans, r.closes, r.rereads, r.polls, r.news, r.cancelled} {
			if err := rule(); err != nil {
				t.Fatalf("%s: %v\n%+v offline %v\n%s", e.Name, err, script.Network, script.Offline, tell(r.s, r.events))
			}
		}
	})
}

// reading is a trace that is read.
type reading struct {
	s             *sim.Script
	l             *sim.Ledger
	events        []sim.Event
	readsByItself bool
}

// client returns whose an event is.
func (r *reading) client(e *sim.Event) uint8 {
	if e.Kind == sim.EventOffline || e.Kind == sim.EventOnline {
		return e.Client
	}
	return r.s.Action(e.First()).Client
}

// cause returns that of an errand; 0 if it has none, or is none.
func (r *reading) cause(n int) int {
	if a := r.s.Action(n); a.Errand != nil && a.Errand.Cause != nil {
		return a.Errand.Cause.Number
	}
	return 0
}

// spans: a client that is offline gets nothing and sends nothing, and nothing of it
// reaches the server that had not reached it.
func (r *reading) spans() error {
	var offline [sim.MaxClients]bool
	for i := range r.events {
		e := &r.events[i]
		c := r.client(e)
		switch e.Kind {
		case sim.EventOffline, sim.EventOnline:
			at := func(s sim.Span) bool {
				return s.Client == c && (e.Kind == sim.EventOffline && s.From == e.At || e.Kind == sim.EventOnline && s.To == e.At)
			}
			if !slices.ContainsFunc(r.s.Offline, at) {
				return fmt.Errorf("event %d: no span says so", i)
			}
			offline[c] = e.Kind == sim.EventOffline
		case sim.EventSend, sim.EventReply, sim.EventPush, sim.EventAsk:
			if offline[c] {
				return fmt.Errorf("event %d: %v while offline", i, e.Kind)
			}
		case sim.EventFail:
			if !offline[c] {
				return fmt.Errorf("event %d: fails, and is not offline", i)
			}
		case sim.EventArrive:
			if !offline[c] {
				continue
			}
			if !r.s.TakesTime() && !r.s.Network.Torn {
				return fmt.Errorf("event %d: reaches the server while offline", i)
			}
			first := !slices.ContainsFunc(r.events[:i], func(b sim.Event) bool { return b.Kind == e.Kind && b.Request.Number == e.Request.Number })
			if next := i + 1; first && !(next < len(r.events) && r.events[next].Kind == sim.EventLost && r.events[next].Request.Number == e.Request.Number) {
				return fmt.Errorf("event %d: its answer is not lost as it is sent", i)
			}
		}
	}
	return nil
}

// closes: of a client that is closed nothing leaves, and nothing reaches it.
func (r *reading) closes() error {
	var closed [sim.MaxClients]bool
	for i := range r.events {
		e := &r.events[i]
		c := r.client(e)
		switch e.Kind {
		case sim.EventAct:
			a := r.s.Action(e.Action)
			if closed[c] && !a.Opens {
				return fmt.Errorf("event %d: pressed on a closed client", i)
			}
			closed[c] = false
		case sim.EventSend, sim.EventReply, sim.EventPush, sim.EventAsk, sim.EventWake, sim.EventTimeout, sim.EventTell, sim.EventRefuse, sim.EventHold, sim.EventRevert:
			if closed[c] {
				return fmt.Errorf("event %d: %v while closed", i, e.Kind)
			}
		}
		if last := i+1 == len(r.events) || r.events[i+1].Kind == sim.EventAct || r.events[i+1].At > e.At; last {
			for k := i; k >= 0 && r.events[k].At == e.At; k-- { // all that the click did
				if b := &r.events[k]; b.Kind == sim.EventAct {
					closed[r.client(b)] = closed[r.client(b)] || r.s.Action(b.Action).Do == sim.Close
					break
				}
			}
		}
	}
	return nil
}

// saves reports whether this is a save.
func saves(do sim.Do) bool {
	return do == sim.Create || do == sim.Update || do == sim.Delete || do == sim.SetPermissions
}

// rereads: each save that is answered is followed by a read, at once; and none reads
// for another reason.
func (r *reading) rereads() error {
	for i := range r.events {
		e := &r.events[i]
		switch {
		case e.Kind == sim.EventAsk && r.cause(e.Action) != 0 && !r.s.Action(r.cause(e.Action)).Opens:
			answered := func(b sim.Event) bool {
				return b.At == e.At && b.Kind == sim.EventReply && !b.Late && b.First() == r.cause(e.Action)
			}
			if !r.s.Network.Reread || !slices.ContainsFunc(r.events[:i], answered) {
				return fmt.Errorf("event %d: asks for no reason", i)
			}
		case r.s.Network.Reread && e.Kind == sim.EventReply && !e.Late && saves(e.Request.Do) && (e.Request.Do != sim.Delete || e.Status != 200):
			view, asked := r.s.Action(e.First()).View(), false
			last := i
			for ; last+1 < len(r.events) && r.events[last+1].At == e.At && r.events[last+1].Kind != sim.EventReply; last++ {
				b := &r.events[last+1]
				asked = asked || b.Kind == sim.EventAsk && r.cause(b.Action) == e.First() && r.s.Action(b.Action).View() == view
			}
			if known := e.Views[view].ID != 0; known && r.events[last].Views[view].ID != 0 && !asked {
				return fmt.Errorf("event %d: nobody reads after it", i)
			}
		}
	}
	return nil
}

// polls: each client reads each person whose id it has when it is time, while there is
// anything else; and for no other reason at no other time.
func (r *reading) polls() error {
	every, end := r.s.Network.Poll, len(r.events)
	if r.readsByItself {
		return nil
	}
	poll := func(n int) bool { a := r.s.Action(n); return a.Errand != nil && a.Errand.Cause == nil }
	for i := range r.events {
		if e := &r.events[i]; e.Kind == sim.EventAsk && poll(e.Action) && (every == 0 || e.At%every != 0) {
			return fmt.Errorf("event %d: polls at %v", i, e.At)
		}
	}
	for end > 0 && (r.events[end-1].First() > sim.MaxActions || r.events[end-1].Kind == sim.EventWake) {
		end-- // errands, and who asks in vain
	}
	if end == 0 || every == 0 {
		return nil
	}
	for at := every; at < r.events[end-1].At; at += every {
		var offline, closed [sim.MaxClients]bool
		views := r.events[0].Views
		asked := map[int]int{}
		for i := range r.events {
			e := &r.events[i]
			if e.At < at {
				views = e.Views
				c := r.client(e)
				offline[c] = e.Kind == sim.EventOffline || offline[c] && e.Kind != sim.EventOnline
				if e.Kind == sim.EventAct {
					closed[c] = r.s.Action(e.Action).Do == sim.Close || closed[c] && !r.s.Action(e.Action).Opens
				}
			}
			if e.At == at {
				if e.Kind != sim.EventAsk || !poll(e.Action) {
					views = nil // at one instant with it: who knows which came first
					break
				}
				asked[r.s.Action(e.Action).View()]++
			}
		}
		for v := range r.s.Views().All {
			if want := views != nil && views[v].ID != 0 && !offline[v/sim.MaxPersons] && !closed[v/sim.MaxPersons]; views != nil && want != (asked[v] == 1) {
				return fmt.Errorf("at %v view %d polls %d times", at, v, asked[v])
			}
		}
	}
	return nil
}

// news: what a save changed of a record that clients share is sent to each other
// client that shows it, as it is then, and nothing else is.
func (r *reading) news() error {
	type sent struct{ cause, view int }
	due := map[sent][]sim.State{}
	states := map[int]sim.State{}
	for p := range r.s.Givens() {
		states[p+1] = r.s.Start(p)
	}
	for i := range r.events {
		switch e := &r.events[i]; e.Kind {
		case sim.EventArrive:
			before, shared := states[e.ID]
			if e.Status != 200 || !shared || !r.s.Network.Push {
				continue
			}
			if states[e.ID] = e.Record.State; e.Record.Deleted || before == e.Record.State {
				continue
			}
			for v := range r.s.Views().All {
				if v%sim.MaxPersons == e.ID-1 && v/sim.MaxPersons != int(r.client(e)) {
					k := sent{e.First(), v}
					due[k] = append(due[k], e.Record.State)
				}
			}
		case sim.EventPush:
			k := sent{r.cause(e.Action), r.s.Action(e.Action).View()}
			if !slices.Contains(due[k], e.Body) {
				return fmt.Errorf("event %d: news of what nobody saved", i)
			}
		}
	}
	got := map[sent]int{}
	for _, a := range r.l.Errands {
		if a.Errand.News {
			got[sent{a.Errand.Cause.Number, a.View()}]++
		}
	}
	for k, all := range due {
		if got[k] != len(all) {
			return fmt.Errorf("news of %d to view %d is sent %d times, want %d", k.cause, k.view, got[k], len(all))
		}
	}
	return nil
}

// cancelled: the answer to a read that was under way when a save was pressed is not
// taken. A list that was read before there was anybody has nothing to be taken.
func (r *reading) cancelled() error {
	left := map[int]int{} // by request: the event
	for i := range r.events {
		e := &r.events[i]
		if e.Kind == sim.EventSend {
			left[e.Request.Number] = i
		}
		if e.Kind != sim.EventReply || e.Request.Do != sim.Fetch || e.Status != 200 || e.Late || !r.s.Network.Cancel {
			continue
		}
		if r.s.Action(e.First()).Lists && e.Body == (sim.State{}) {
			continue
		}
		view := r.s.Action(e.First()).View()
		for k := left[e.Request.Number]; k < i; k++ {
			b := &r.events[k]
			pressed := b.Kind == sim.EventAct && saves(r.s.Action(b.Action).Do) && r.s.Action(b.Action).View() == view &&
				r.l.Fates[b.Action].Refused == 0 && !r.l.Fates[b.Action].Blocked
			if pressed && !e.Ignored {
				return fmt.Errorf("event %d: taken, though %s was pressed", i, r.s.Action(b.Action).Label())
			}
		}
	}
	return nil
}
