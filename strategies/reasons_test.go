package strategies_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// TestReasons: whenever a strategy gives a reason for what it does with an
// action, the trace bears it out. A reason that is new has to be held here.
func TestReasons(t *testing.T) {
	scripts := []*sim.Script{}
	for _, s := range scenarios.All() {
		scripts = append(scripts, s.Script)
	}
	for _, status := range []int{0, 500} {
		for _, s := range testkit.Part(everyScript(3, "create", "update", "delete", "fetch"), testkit.Size(12, 3)) {
			s.Network.Timeout, s.Actions[0].Status = time.Second, status
			for k := range s.Actions {
				pin(s, k+1, 90*k, 120-50*k, 80)
			}
			scripts = append(scripts, s)
		}
	}
	seen := map[string]bool{}
	var w sim.World
	for _, script := range scripts {
		for _, e := range testkit.Size(testkit.Part(everyStrategy(), 80), strategies.Catalogue) {
			script := w.Run(script, e.For(script), 1, sim.Options{Trace: true}).Script(script) // with its errands
			events := w.Trace().Events
			for i := range events {
				reason := events[i].Reason
				if seen[reason] = true; reason == "" {
					continue
				}
				switch is, old := borneOut(script, events, i); {
				case old && !is:
					t.Fatalf("%s gives the reason %q, and borneOut, in this file, finds in the trace that it is not so. "+
						"The strategy needs another one, or past has to know more.\n%s%s", e.Name, reason, written(script), soFar(script, events[:i+1]))
				case !old:
					t.Fatalf("%s gives a reason that is new. Add to borneOut, in this file, when it is so, say\n\tcase %q:\n\t\treturn p.unfinished, true\n"+
						"or to its last list, if it says no more than its line of code does:\n\t\t%[2]q,", e.Name, reason)
				}
			}
		}
	}
	for _, reason := range []string{"no id", "no id yet", "no id any more", "an error came before", "closed"} {
		if !seen[reason] {
			t.Errorf("nothing was done for the reason %q", reason)
		}
	}
}

// soFar tells events in words, a line each.
func soFar(s *sim.Script, events []sim.Event) string {
	var text strings.Builder
	for i := range events {
		fmt.Fprintf(&text, "\n\t%s ms  %s", tell.Milliseconds(events[i].At), tell.Says(s, &events[i]))
	}
	return text.String()
}

// After a delete there is no id any more, whoever says so.
func TestAfterTheDelete(t *testing.T) {
	script := press("delete fetch fetch")
	pin(script, 1, 0, 60, 40)
	pin(script, 2, 100, 60, 40)
	pin(script, 3, 2000, 60, 40)
	var w sim.World
	for _, e := range strategies.Catalogue {
		w.Run(script, e.For(script), 1, sim.Options{Trace: true})
		for _, event := range w.Trace().Events {
			if event.Kind == sim.EventDrop && strings.Contains(event.Reason, "no id") && event.Reason != "no id any more" {
				t.Errorf("%s drops f%d: %s", e.Name, event.Action, event.Reason)
			}
		}
	}
}

// borneOut reports whether the reason of event i is true, and whether it is known here.
func borneOut(s *sim.Script, events []sim.Event, i int) (is, old bool) {
	e, p := &events[i], past(s, events, i)
	switch e.Reason {
	case "no id yet":
		return p.id == 0 && p.awaited > p.gone, true
	case "no id any more":
		return p.id == 0 && p.gone >= 0, true
	case "no id":
		return p.id == 0 && (p.gone < 0 || p.created > p.gone), true
	case "the id is forgotten already":
		return p.id == 0 && p.gone >= 0, true
	case "queued", "merged":
		return p.created >= 0, true
	case "a new queue begins", "a new patch begins":
		return p.created >= 0 && events[p.created].At == e.At, true
	case "busy", "another save is under way", "not its turn", "held":
		return p.unfinished || p.failed >= 0, true
	case "tries for ever":
		return p.failed >= 0 && events[p.failed].At == e.At && sends(events[:i], e.Action) == 8, true
	case "until online":
		return p.offline, true
	case "closed":
		return p.closed >= 0 && events[p.closed].At == e.At, true
	case "an error came before":
		return p.failed >= 0 && events[p.failed].At == e.At, true
	}
	is = slices.Contains([]string{ // which say no more than what their own line of code does
		"the batch is open", "waits for a pause", "the button is disabled", "{}.push is not a function", "no connection free",
	}, e.Reason)
	return is, is
}

// known is what a trace has shown of one person on one client, by the places
// of events; -1 is never.
type known struct {
	id         int  // that the client has
	gone       int  // the last time it had one no more
	created    int  // the last time create was pressed, or sent
	awaited    int  // the same, of those whose answer may still come
	closed     int  // the last time the client was closed
	failed     int  // the last error, or time of giving up, or of what could not leave
	offline    bool // the client is
	unfinished bool // something that was pressed before, for anybody on this client, has not been carried out, or a message is under way
}

// sends counts how often an action has left.
func sends(events []sim.Event, n int) (times int) {
	for i := range events {
		if events[i].Kind == sim.EventSend && events[i].Concerns(n) {
			times++
		}
	}
	return times
}

func past(s *sim.Script, events []sim.Event, at int) known {
	of := s.Action(events[at].Action)
	k := known{gone: -1, created: -1, awaited: -1, closed: -1, failed: -1}
	if s.Gives(of.View()) {
		k.id = int(of.Person) + 1
	}
	awaited, open, underWay := map[int]int{}, map[int]bool{}, map[int]bool{} // by action, the last one by request
	for i, e := range events[:at+1] {
		n := e.Action
		if e.Request != nil {
			n = e.Request.Actions[0]
		}
		if n == 0 {
			if e.Client == of.Client {
				k.offline = e.Kind == sim.EventOffline
			}
			continue
		}
		a := s.Action(n)
		if a.Client != of.Client {
			continue
		}
		switch e.Kind {
		case sim.EventSend:
			underWay[e.Request.Number] = true
		case sim.EventReply, sim.EventTimeout:
			delete(underWay, e.Request.Number)
		}
		switch over := e.Kind == sim.EventReply && !e.Late && e.Status == 200; {
		case e.Kind == sim.EventAct && n != of.Number:
			open[n] = true
		case e.Kind == sim.EventDrop, e.Kind == sim.EventRefuse:
			delete(open, n)
		case over:
			for _, n := range e.Request.Actions {
				delete(open, n)
			}
		}
		if a.Do == sim.Close {
			k.closed = i
		}
		if a.View() != of.View() {
			continue
		}
		if k.id != 0 && e.Views[a.View()].ID == 0 {
			k.gone = i
		}
		k.id = e.Views[a.View()].ID
		switch {
		case a.Do == sim.Create && (e.Kind == sim.EventAct || e.Kind == sim.EventSend):
			k.created, awaited[n] = i, i
		case e.Kind == sim.EventTimeout, e.Kind == sim.EventReply && !e.Late:
			if delete(awaited, n); e.Status != 200 {
				k.failed = i
			}
		case e.Kind == sim.EventFail:
			k.failed = i
		}
	}
	for _, i := range awaited {
		k.awaited = max(k.awaited, i)
	}
	k.unfinished = len(open) > 0 || len(underWay) > 0
	return k
}
