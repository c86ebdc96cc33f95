package export

import (
	"fmt"
	"io"
	"strings"

	"photofinish/report"
	"photofinish/sim"
)

// The first two lines of a ShiViz log: how its events are read, and how its
// trials are told apart.
const shivizHead = `(?<host>\S*) (?<clock>{.*})\n(?<event>.*)` + "\n" + `^=== (?<trace>.*) ===$` + "\n"

// WriteShiViz writes trials as a log with vector clocks: two hosts, client and
// server, and an event for each thing that happened at one of them.
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

// clock is a vector clock.
type clock struct{ client, server int }

// shiviz writes one trial.
type shiviz struct {
	*strings.Builder
	client, server clock
	sent, answered map[int]clock // by request
}

// event writes what happened where it did. What an event knows of, it has
// heard from the message that brought it about.
func (s *shiviz) event(t *report.Trial, e *sim.Event) {
	words := fmt.Sprintf("%s ms %s", report.Milliseconds(e.At), t.Says(e))
	switch e.Kind {
	case sim.EventWake:
		return
	case sim.EventArrive:
		s.server.client = max(s.server.client, s.sent[e.Request.Number].client)
		s.server.server++
		s.answered[e.Request.Number] = s.server
		fmt.Fprintf(s, "server {\"server\":%d,\"client\":%d}\n%s\n", s.server.server, s.server.client, report.Clean(words))
		return
	case sim.EventReply:
		s.client.server = max(s.client.server, s.answered[e.Request.Number].server)
	}
	s.client.client++
	if e.Kind == sim.EventSend {
		s.sent[e.Request.Number] = s.client
	}
	clock := fmt.Sprintf(`{"client":%d}`, s.client.client)
	if s.client.server > 0 {
		clock = fmt.Sprintf(`{"client":%d,"server":%d}`, s.client.client, s.client.server)
	}
	fmt.Fprintf(s, "client %s\n%s\n", clock, report.Clean(words))
}
