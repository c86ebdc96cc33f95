package diagram

import (
	"time"

	"photofinish/sim"
)

// Away is a while in which a client is not there: without a network, or closed.
type Away struct {
	Client   int           // from 0
	From, To time.Duration // To is [Forever] if it is never back
	Closed   bool          // else it is offline
}

// Tick is something that the server does between the arrival of a request and its
// answer, or after it.
type Tick struct {
	At    time.Duration
	Text  string // "" where it begins with a request, "=" where reads show it from then on
	Says  string
	Event int
}

// findAway notes when clients are not there, and what the server does by itself.
func (l *Lane) findAway() {
	back := func(client int, closed bool, at time.Duration) {
		for i := range l.Aways {
			if a := &l.Aways[i]; a.Client == client && a.Closed == closed && a.To == Forever {
				a.To = at
			}
		}
	}
	for i := range l.Events {
		e := &l.Events[i]
		client := e.ClientOf(l.Script)
		switch e.Kind {
		case sim.EventOffline:
			l.Aways = append(l.Aways, Away{client, e.At, Forever, false})
		case sim.EventOnline:
			back(client, false, e.At)
		case sim.EventAct:
			if a := l.Script.Action(e.Action); a.Do == sim.Close {
				l.Aways = append(l.Aways, Away{client, e.At, Forever, true})
			} else if a.Opens {
				back(client, true, e.At)
			}
		case sim.EventBegin:
			l.Ticks = append(l.Ticks, Tick{e.At, "", l.Labels(e.About()) + " begins", i})
		case sim.EventVisible:
			l.Ticks = append(l.Ticks, Tick{e.At, "=", l.Labels(e.About()) + " is visible to reads", i})
		}
	}
}

// Gone returns the whiles in which the client of a screen's rail is not there.
func (l *Lane) Gone(rail int) (all []Away) {
	for _, a := range l.Aways {
		if r := &l.Rails[rail]; !r.Server && r.View/sim.MaxPersons == a.Client {
			all = append(all, a)
		}
	}
	return all
}
