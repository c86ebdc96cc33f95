package sim

import "fmt"

func (w *World) Timers() int { return len(w.timers) }
func (w *World) LastIdle() bool {
	for i := range w.pending {
		if w.Idle(&w.pending[i]) && int(w.pending[i].N) == len(w.timers) {
			return true
		}
	}
	return false
}
func (w *World) Describe(p *Pending) string {
	switch p.What {
	case TimerFires:
		return "t" + w.timers[p.N-1].Action.Label()
	}
	s := p.What
	out := fmt.Sprint(s)
	for _, a := range w.requests[p.N-1].Actions {
		out += a.Label()
	}
	return out
}
