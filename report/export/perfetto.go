package export

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
)

// traceEvent is an event of Chrome's trace event format. Times are in
// microseconds.
type traceEvent struct {
	Name  string         `json:"name"`
	Cat   string         `json:"cat,omitempty"`
	Phase string         `json:"ph"`
	TS    float64        `json:"ts"`
	Dur   float64        `json:"dur,omitempty"`
	PID   int            `json:"pid"`
	TID   int            `json:"tid"`
	ID    string         `json:"id,omitempty"`
	Scope string         `json:"s,omitempty"`
	Args  map[string]any `json:"args,omitempty"`
}

// The threads of a lane.
const (
	hands = iota + 1
	screen
	server
)

// WritePerfetto writes trials of one scenario as Chrome trace events: a process
// a strategy, with what the user does, what the screen shows, what the server
// holds, and each message as an asynchronous slice.
func WritePerfetto(w io.Writer, scenario string, trials []*report.Trial) error {
	p := perfetto{}
	for i, t := range trials {
		p.lane(i+1, t)
	}
	data, err := json.MarshalIndent(map[string]any{
		"displayTimeUnit": "ms",
		"otherData":       map[string]any{"program": "photofinish", "scenario": tell.Clean(scenario)},
		"traceEvents":     p.events,
	}, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

type perfetto struct{ events []traceEvent }

func (p *perfetto) add(e traceEvent) { p.events = append(p.events, e) }

func us(t time.Duration) float64 { return float64(t) / float64(time.Microsecond) }

// lane writes one trial.
func (p *perfetto) lane(pid int, t *report.Trial) {
	l := t.Lane()
	p.name(pid, 0, "process_name", fmt.Sprintf("%s: %v", t.Strategy, t.Verdict))
	p.name(pid, hands, "thread_name", "your hands")
	p.name(pid, screen, "thread_name", "screen")
	p.name(pid, server, "thread_name", "server")
	end := t.Ledger.Settled + time.Millisecond
	p.holds(pid, screen, l, l.Screen(), end)
	p.holds(pid, server, l, l.Server(), end)
	for i := range t.Events {
		if e := &t.Events[i]; e.Kind == sim.EventAct {
			p.instant(pid, hands, e.At, tell.Action(t.Script, t.Script.Action(e.Action)))
		}
	}
	for i := range l.Messages {
		p.message(pid, l, &l.Messages[i], i)
	}
	for i, w := range l.Waits {
		id := fmt.Sprintf("%d.w%d", pid, i)
		p.span("waiting", l.Label(w.Action)+" waits", id, pid, w.From, min(w.To, end), nil)
	}
	for i, a := range l.Aways {
		name := "offline"
		if a.Closed {
			name = "closed"
		}
		if t.Script.Clients() > 1 {
			name = tell.Client(t.Script, uint8(a.Client)) + " " + name
		}
		p.span("away", name, fmt.Sprintf("%d.a%d", pid, i), pid, a.From, min(a.To, end), nil)
	}
	for _, tick := range l.Ticks {
		p.instant(pid, server, tick.At, tick.Says)
	}
	for _, m := range l.Marks {
		if !m.Wake {
			p.instant(pid, screen, m.At, l.Label(m.Action)+" "+m.Word)
		}
	}
	for _, a := range t.Anomalies {
		at := t.Ledger.Settled
		if i := a.At().Index(); i >= 0 && i < len(t.Events) {
			at = t.Events[i].At
		}
		p.instant(pid, server, at, a.Kind.String()+": "+a.Says(t.Script))
	}
}

func (p *perfetto) name(pid, tid int, what, name string) {
	p.add(traceEvent{Name: what, Phase: "M", PID: pid, TID: tid, Args: map[string]any{"name": tell.Clean(name)}})
}

func (p *perfetto) instant(pid, tid int, at time.Duration, name string) {
	p.add(traceEvent{Name: tell.Clean(name), Cat: "event", Phase: "i", TS: us(at), PID: pid, TID: tid, Scope: "t"})
}

// holds writes what one side holds as slices that follow each other.
func (p *perfetto) holds(pid, tid int, l *diagram.Lane, holds []diagram.Hold, end time.Duration) {
	for i, h := range holds {
		to := end
		if i+1 < len(holds) {
			to = holds[i+1].At
		}
		if h.Exists && to > h.At {
			p.add(traceEvent{
				Name: tell.Clean(l.Holds(h)), Cat: "state", Phase: "X", TS: us(h.At), Dur: us(to - h.At), PID: pid, TID: tid,
				Args: map[string]any{"record": h.ID, "field": tell.Clean(l.Script.FieldName(l.Field))},
			})
		}
	}
}

// message writes one leg of a request. Legs overlap, so each is a slice with an
// id of its own.
func (p *perfetto) message(pid int, l *diagram.Lane, m *diagram.Message, i int) {
	name, cat := l.Labels(m.Actions), "request"
	switch {
	case m.News:
		name, cat = "news of "+tell.News(l.Script, &l.Events[m.Event]), "news"
	case !m.Up:
		name, cat = "answer to "+name, "answer"
	}
	if m.Errand && !m.News {
		cat = "errand"
	}
	args := map[string]any{"request": m.Request, "status": m.Status}
	if m.Lost {
		name += " (lost)"
	}
	if long, _, _ := l.Note(m); long != "" {
		args["note"] = long
	}
	if m.To != diagram.Forever {
		p.span(cat, name, fmt.Sprintf("%d.m%d", pid, i), pid, m.From, m.To, args)
	}
}

func (p *perfetto) span(cat, name, id string, pid int, from, to time.Duration, args map[string]any) {
	p.add(traceEvent{Name: name, Cat: cat, Phase: "b", TS: us(from), PID: pid, TID: hands, ID: id, Args: args})
	p.add(traceEvent{Name: name, Cat: cat, Phase: "e", TS: us(to), PID: pid, TID: hands, ID: id})
}
