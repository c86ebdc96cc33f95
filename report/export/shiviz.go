package export

import (
	"fmt"
	"io"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
)

// The first two lines of a ShiViz log: how its events are read, and how its
// trials are told apart.
const shivizHead = `(?<host>\S*) (?<clock>{.*})\n(?<event>.*)` + "\n" + `^=== (?<trace>.*) ===$` + "\n"

// WriteShiViz writes trials as a log with vector clocks: a host for each
// client and one for the server, and an event for each thing that happened at one of them.
func WriteShiViz(w io.Writer, trials []*report.Trial) error {
	var b strings.Builder
	b.WriteString(shivizHead)
	for _, t := range trials {
		fmt.Fprintf(&b, "\n=== %s, seed %d: %v ===\n", t.Strategy, t.Seed, t.Verdict)
		s := shiviz{Builder: &b, sent: map[int]clock{}, answered: map[int]clock{}}
		for i := range t.Events {
			s.event(t, &t.Events[i])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// atServer is the place of the server among the hosts, behind the clients.
const atServer = sim.MaxClients

// hosts name the places; without blanks, at which the head of the log ends a name.
var hosts = [...]string{"client", "client2", "server"}

// clock is a vector clock: how much of each place is known.
type clock [len(hosts)]int

// shiviz writes one trial.
type shiviz struct {
	*strings.Builder
	places         [len(hosts)]clock
	sent, answered map[int]clock // by request
}

// event writes what happened where it did. What an event knows of, it has
// heard from the message that brought it about.
func (s *shiviz) event(t *report.Trial, e *sim.Event) {
	if e.Kind == sim.EventWake {
		return
	}
	at, heard := e.ClientOf(t.Script), clock{}
	switch e.Kind {
	case sim.EventVisible:
		at = atServer
	case sim.EventPush:
		heard = s.answered[s.sender(t, e)]
	case sim.EventBegin, sim.EventArrive:
		at, heard = atServer, s.sent[e.Request.Number]
	case sim.EventReply:
		heard = s.answered[e.Request.Number]
	}
	known := &s.places[at]
	for i := range known {
		known[i] = max(known[i], heard[i])
	}
	known[at]++
	switch e.Kind {
	case sim.EventSend:
		s.sent[e.Request.Number] = *known
	case sim.EventArrive:
		s.answered[e.Request.Number] = *known
	}
	words := fmt.Sprintf("%s ms %s", tell.Milliseconds(e.At), tell.Says(t.Script, e))
	fmt.Fprintf(s, "%s {%s}\n%s\n", hosts[at], known.text(at), tell.Clean(words))
}

// sender returns the request whose news an event brings: that which was handled when
// the news were sent.
func (s *shiviz) sender(t *report.Trial, e *sim.Event) int {
	if i := t.Ledger.Fates[e.Action].Pressed.Index(); i >= 0 && i < len(t.Events) && t.Events[i].Request != nil {
		return t.Events[i].Request.Number
	}
	return 0
}

// text writes what is known at a place, its own time first.
func (c clock) text(at int) string {
	parts := []string{fmt.Sprintf("%q:%d", hosts[at], c[at])}
	for i, n := range c {
		if i != at && n > 0 {
			parts = append(parts, fmt.Sprintf("%q:%d", hosts[i], n))
		}
	}
	return strings.Join(parts, ",")
}
