package diagram

import (
	"strings"
	"time"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Mark is a word at an instant in the row where actions wait.
type Mark struct {
	At     time.Duration
	Symbol string // with the label: "…u2"
	Word   string
	Label  string
	Action int
	Event  int
	Wake   bool          // a timer that found nothing to do
	Plain  bool          // it means no harm: it has the colour of its action
	Of     judge.Verdict // if it is not plain: how bad it is
}

// Says returns symbol, label and word of a mark, each once.
func (m *Mark) Says() string {
	text := m.Symbol
	if m.Wake {
		return text
	}
	if !strings.Contains(text, m.Label) {
		text += " " + m.Label
	}
	return strings.TrimSpace(text + " " + m.Word)
}

// Wait is how long an action waits in the client.
type Wait struct {
	Action   int
	From, To time.Duration // To is [Forever] if it never leaves
	Leaves   bool          // it is sent at the end
}

// findMarks collects the waiting row.
func (l *Lane) findMarks() {
	for i := range l.Events {
		e := &l.Events[i]
		n := e.Action
		mark := Mark{At: e.At, Event: i, Action: n, Label: l.Label(n)}
		switch e.Kind {
		case sim.EventDrop:
			mark.Symbol, mark.Word, mark.Of = tell.Glyph(e), tell.Word(e), l.Gravity(n)
			l.leave(n, e.At, false)
		case sim.EventRefuse:
			mark.Symbol, mark.Word, mark.Of = tell.Glyph(e)+mark.Label, tell.Word(e), judge.Loud
			l.leave(n, e.At, false)
		case sim.EventBlock, sim.EventMerge, sim.EventHold:
			mark.Symbol, mark.Word, mark.Plain = tell.Glyph(e)+mark.Label, tell.Word(e), true
			l.Waits = append(l.Waits, Wait{Action: n, From: e.At, To: Forever})
		case sim.EventSend:
			for _, n := range e.Request.Actions {
				l.leave(n, e.At, true)
			}
			if !e.Beacon {
				continue
			}
			mark.Action, mark.Label = e.First(), l.Labels(e.Request.Actions)
			mark.Symbol, mark.Word, mark.Plain = mark.Label, "beacon", true
		case sim.EventFail:
			mark.Action, mark.Label = e.First(), l.Label(e.First())
			mark.Symbol, mark.Word, mark.Of = tell.Glyph(e), tell.Word(e), l.Gravity(e.About()...)
		case sim.EventRevert:
			mark.Symbol, mark.Plain = tell.Glyph(e), true
		case sim.EventTell:
			mark.Action, mark.Label = e.First(), l.Label(e.First())
			mark.Symbol, mark.Word, mark.Of = tell.Glyph(e)+l.Labels(e.Request.Actions), told(e), judge.Loud
		case sim.EventWake:
			next := tell.Caused(l.Events, i)
			mark.Plain = true
			switch {
			case next == nil:
				mark.Symbol, mark.Wake = tell.Glyph(e), true
			case next.Kind == sim.EventSend:
				mark.Action, mark.Label = next.First(), l.Label(next.First())
				mark.Symbol, mark.Word = mark.Label, "goes"
			default: // it has a mark of its own
				continue
			}
		default:
			continue
		}
		l.Marks = append(l.Marks, mark)
	}
}

// told says of what failure the user is told.
func told(e *sim.Event) string {
	switch {
	case e.Request.Unsent:
		return "not sent"
	case e.Status == 0:
		return "no answer"
	}
	return "failed"
}

// Shows returns the place of the event at which a picture shows what event i is: of
// a press that does not go out at once, what became of it. Below 0 it is no event.
func (l *Lane) Shows(i int) int {
	if i < 0 || l.Events[i].Kind != sim.EventAct {
		return i
	}
	for _, m := range l.Marks {
		if m.Event == i+1 && m.Action == l.Events[i].Action {
			return m.Event
		}
	}
	return i
}

// leave ends an action's wait.
func (l *Lane) leave(n int, at time.Duration, leaves bool) {
	for i := range l.Waits {
		if w := &l.Waits[i]; w.Action == n && w.To == Forever {
			w.To, w.Leaves = at, leaves
		}
	}
}
