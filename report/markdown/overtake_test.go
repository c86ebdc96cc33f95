package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/markdown"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
)

// A note is there for each message that arrived before one that was sent earlier, and
// no other: held against a look at every pair of requests in the trace.
func TestOvertakingIsOfTheTrace(t *testing.T) {
	seen, answers := 0, 0
	for _, s := range scenarios.All() {
		for _, name := range []string{"naive", "action-queue", "polling", "allow-concurrent"} {
			e := testkit.Strategy(t, name)
			for _, seed := range testkit.Some(testkit.Part([]uint64{0, 1, 2, 3, 4, 5}, 2), 1) {
				trial := report.Replay(s.Name, s.Script.Unpinned(), e, seed)
				var b strings.Builder
				if err := markdown.WriteMermaid(&b, trial); err != nil {
					t.Fatal(err)
				}
				got := ""
				for line := range strings.Lines(b.String()) {
					if _, text, is := strings.Cut(line, ",S: "); is && strings.Contains(text, " overtook ") {
						got += strings.ReplaceAll(text, "#183;", "·")
						seen++
						answers += strings.Count(text, "the answer")
					}
				}
				if want := dumb(trial); got != want {
					t.Fatalf("%s, %s, seed %d:\n%s\nand the trace has\n%s", s.Name, name, seed, got, want)
				}
			}
		}
	}
	if seen < 20 || answers < 1 {
		t.Errorf("only %d notes, %d of answers: nothing was tried", seen, answers)
	}
}

// Of a burst three are named; of more two, and how many more there are.
func TestOvertakesABurst(t *testing.T) {
	for slow, want := range map[int]string{
		3: "u4 overtook u1, u2 and u3",
		4: "u5 overtook u1, u2 and 2 more",
	} {
		text := "name: burst\ngiven: {name: A}\nsteps:\n" + strings.Repeat("- {at: 0, do: update, set: {name: B}, up: 90ms}\n", slow) + "- {at: 0, do: update, set: {name: C}, up: 1ms}\n"
		s, err := scenarios.Parse("", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := markdown.WriteMermaid(&b, report.Replay(s.Name, s.Script, testkit.Strategy(t, "naive"), 1)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), ",S: "+want+"\n") {
			t.Errorf("of %d it does not say %q:\n%s", slow, want, &b)
		}
	}
}

// dumb finds the same by the places of events alone.
func dumb(t *report.Trial) (all string) {
	place := func(kind sim.EventKind, n int) int {
		for i := range t.Events {
			if e := &t.Events[i]; e.Kind == kind && e.Request != nil && e.Request.Number == n {
				return i
			}
		}
		return -1
	}
	lost := func(n int, leg sim.Leg) bool {
		for _, e := range t.Events {
			if e.Kind == sim.EventLost && e.Request.Number == n && e.Leg == leg {
				return true
			}
		}
		return false
	}
	for i := range t.Events {
		e := &t.Events[i]
		up := e.Kind == sim.EventArrive
		if e.Kind != sim.EventReply && !up || place(e.Kind, e.Request.Number) != i {
			continue
		}
		begins, leg := sim.EventSend, sim.Uplink
		if !up {
			begins, leg = sim.EventArrive, sim.Downlink
		}
		var slower []string
		for k := range t.Events[:place(begins, e.Request.Number)] {
			o := &t.Events[k]
			if o.Kind != begins || place(begins, o.Request.Number) != k || lost(o.Request.Number, leg) {
				continue
			}
			if end := place(e.Kind, o.Request.Number); end >= 0 && end < i {
				continue
			}
			one, other := tell.Labels(t.Script, o.Request.Actions), tell.Labels(t.Script, e.Request.Actions)
			a, b := t.Script.Action(o.Request.Actions[0]), t.Script.Action(e.Request.Actions[0])
			if one == other || a.Client != b.Client || a.Person != b.Person || !tellable(t.Script, o.Request, e.Request, up) {
				continue
			}
			if !strings.Contains(" "+strings.Join(slower, " ")+" ", " "+one+" ") {
				slower = append(slower, one)
			}
		}
		if slower == nil {
			continue
		}
		if len(slower) > 3 {
			slower = append(slower[:2], fmt.Sprint(len(slower)-2, " more"))
		}
		list := strings.Join(slower, ", ")
		if at := strings.LastIndex(list, ", "); at >= 0 && len(slower) > 1 {
			list = list[:at] + " and " + list[at+2:]
		}
		is := tell.Labels(t.Script, e.Request.Actions)
		if up {
			all += is + " overtook " + list + "\n"
		} else {
			all += "the answer to " + is + " overtook that to " + list + "\n"
		}
	}
	return all
}

// tellable is a table of who can tell.
func tellable(s *sim.Script, a, b *sim.Sent, up bool) bool {
	if !up {
		for _, r := range []*sim.Sent{a, b} {
			if r.Do != sim.Fetch && (!s.Network.Echo || r.Do == sim.Delete) {
				return false
			}
		}
		return true
	}
	if a.Do == sim.Fetch && b.Do == sim.Fetch {
		return false
	}
	return a.Do != sim.Update || b.Do != sim.Update || a.Sets&b.Sets != 0
}
