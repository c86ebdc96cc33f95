package tell_test

import (
	"strconv"
	"strings"
	"testing"

	"photofinish/report/tell"
	"photofinish/sim"
)

// TestFate: where a click has got to is what was said of it last, told from the first
// event on.
func TestFate(t *testing.T) {
	says, met := map[int]string{}, map[sim.EventKind]bool{}
	told(t, func(l *tell.Teller, i int) {
		if i == 0 {
			clear(says)
		}
		e := &l.Events[i]
		text := map[sim.EventKind]string{
			sim.EventAct:    "N has just been pressed.",
			sim.EventHold:   "N still waits in the client.",
			sim.EventMerge:  "N still waits in the client.",
			sim.EventBlock:  "N still waits in the client.",
			sim.EventDrop:   "N was dropped at T ms and never leaves.",
			sim.EventRefuse: "N was refused at T ms.",
			sim.EventFail:   "N could not leave: its client was offline.",
			sim.EventSend:   "N is on its way.",
			sim.EventLost:   "N was lost on its way.",
			sim.EventArrive: "N landed on record ID at T ms.",
		}[e.Kind]
		if e.Kind == sim.EventArrive && e.Status != 200 {
			text = "It refused N at T ms: STATUS."
		}
		if text == "" || e.Kind == sim.EventLost && e.Leg == sim.Downlink {
			return
		}
		for _, n := range e.About() {
			of := strings.NewReplacer("N ", tell.Label(l.Script, n)+" ", "T ", tell.Rounded(e.At)+" ", "ID", strconv.Itoa(e.ID), "STATUS", tell.Status(e.Status))
			says[n] = of.Replace(text)
		}
		met[e.Kind] = true
		for n := range len(l.Script.Actions) + 1 {
			if got := l.Fate(n, i); got != says[n] {
				t.Errorf("after event %d it says %q of %d, want %q", i, got, n, says[n])
			}
		}
	})
	if len(met) < 10 {
		t.Errorf("of what can become of a click only %v are met", met)
	}
}
