package grade

import (
	"slices"
	"strings"
	"testing"

	"photofinish/exercises"
	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestSays holds what is said of an order to its events, read once more: what left
// together or while another was on its way did, and what decided came when it is said to
// have, with the other still on its way.
func TestSays(t *testing.T) {
	said := map[string]int{}
	for _, s := range testkit.Some(testkit.Part(scenarios.All(), 46), 31) {
		if len(s.Script.Actions) > 3 {
			continue
		}
		for _, name := range []string{"naive", "polling", "action-queue", "refuse"} {
			o := run(t.Context(), exercises.Trial{Scenario: s, Ends: judge.OK}, find(t, name), Options{})
			if o.Shown == nil {
				continue
			}
			if o.Shown.Verdict == judge.OK || o.Orders.Bad() > 0 != o.Shown.Verdict.Bad() {
				t.Errorf("%s, %s: shows an order that ends %v, of %s", s.Name, name, o.Shown.Verdict, o.Says())
			}
			o.hold(t, said)
		}
	}
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	o := Outcome{Trial: exercises.Trial{Scenario: s}, Schedule: explore.ParseSchedule("c1 u2 u3 c1> <c1 u3> <u3 u2> <u2")}
	if o.Shown, err = report.ReplaySchedule(s.Name, s.Script, find(t, "action-queue"), o.Schedule); err != nil {
		t.Fatal(err)
	}
	o.Decision.Event = -1
	o.hold(t, said)
	for sign, least := range map[string]int{" left together": 1, " left while ": 3, " landed first": 3} {
		if said[sign] < least {
			t.Errorf("%q was said %d times: this looks at nothing", sign, said[sign])
		}
	}
}

func find(t *testing.T, name string) strategies.Entry {
	t.Helper()
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// hold counts what is said of an outcome, and sees to it that it is so.
func (o *Outcome) hold(t *testing.T, said map[string]int) {
	t.Helper()
	for _, text := range []string{o.Left(), o.Decided()} {
		for _, sign := range []string{" left together", " left again while ", " left while ", " landed first", " landed"} {
			if first, second, is := strings.Cut(text, sign); is {
				said[sign]++
				if !so(o, first, sign, second) {
					t.Errorf("%s, %s, %s: %s", o.Scenario.Name, o.Shown.Strategy, o.Schedule, text)
				}
				break
			}
		}
	}
}

// so reports whether what is said of two messages is so.
func so(o *Outcome, first, sign, second string) bool {
	const left, landed = sim.EventSend, sim.EventArrive
	at := func(label string, kind sim.EventKind) (all []int) {
		for i := range o.Shown.Events {
			if e := &o.Shown.Events[i]; e.Kind == kind && tell.About(o.Shown.Script, e) == label {
				all = append(all, i)
			}
		}
		return all
	}
	events := o.Shown.Events
	switch sign {
	case " left together":
		a, b, _ := strings.Cut(first, " and ")
		for _, i := range at(a, left) {
			for _, k := range at(b, left) {
				if events[i].At == events[k].At {
					return true
				}
			}
		}
		return false
	case " left again while ", " left while ":
		second = strings.TrimSuffix(second, " was on its way")
		for n, k := range at(first, left) {
			for m, i := range at(second, left) {
				end := len(events)
				if arrived := at(second, landed); m < len(arrived) {
					end = arrived[m]
				}
				if i < k && k < end && (n > 0) == (sign == " left again while ") {
					return true
				}
			}
		}
		return false
	}
	d := o.Decision.Event
	if events[d].Kind != landed || tell.About(o.Shown.Script, &events[d]) != first {
		return false
	}
	if sign == " landed" {
		return true
	}
	for i, e := range events[:d] {
		number := func(other sim.Event) bool { return other.Kind == landed && other.Request.Number == e.Request.Number }
		if e.Kind == left && !slices.ContainsFunc(events[i:d+1], number) && slices.ContainsFunc(events[d+1:], number) {
			return true
		}
	}
	return false
}
