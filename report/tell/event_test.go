package tell_test

import (
	"strings"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/strategies"
)

// told calls do with every event of every second scenario, or of all, and of one that
// loses a request, under every strategy, and with who tells them.
func told(t *testing.T, do func(l *tell.Teller, i int)) {
	var w sim.World
	lost, err := scenarios.Find("lost-request")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(testkit.Some(testkit.Part(scenarios.All(), 46), 23), lost) {
		for _, e := range strategies.Catalogue {
			ledger := w.Run(s.Script, e.For(s.Script), s.ReplaySeed(), sim.Options{Trace: true})
			l := &tell.Teller{Script: ledger.Script(s.Script), Events: w.Trace().Events, Fit: tell.Fit}
			for i := range l.Events {
				do(l, i)
			}
		}
	}
}

// TestOneWording: however long an event is told, it is the same word for what
// becomes of it.
func TestOneWording(t *testing.T) {
	words := map[sim.EventKind]string{
		sim.EventBlock: "blocked", sim.EventMerge: "merged", sim.EventDrop: "dropped", sim.EventRefuse: "refused",
		sim.EventArrive: "arrives", sim.EventLost: "lost", sim.EventTimeout: "no answer in time",
	}
	met := map[sim.EventKind]bool{}
	told(t, func(l *tell.Teller, i int) {
		e := &l.Events[i]
		word, is := words[e.Kind]
		if !is {
			return
		}
		met[e.Kind] = true
		for _, text := range []string{tell.Says(l.Script, e), l.Clause(i), l.Event(i).Long} {
			if !strings.Contains(text, word) {
				t.Errorf("event %v is told as %q, without %q", e.Kind, text, word)
			}
		}
	})
	if len(met) < len(words) {
		t.Errorf("of the events that have one word, only %v are met", met)
	}
	next := (&tell.Teller{Script: &sim.Script{}, Fit: tell.Fit}).Next(sim.Choice{What: sim.RequestArrives, N: 1}, "u1")
	if next.Says != "u1 arrives at the server" {
		t.Errorf("a request that may arrive is told as %q", next.Says)
	}
}

// TestTold: every event has words at every length, a sign that fits its column,
// and the label of what it is about.
func TestTold(t *testing.T) {
	told(t, func(l *tell.Teller, i int) {
		e, line := &l.Events[i], l.Event(i)
		for _, text := range []string{line.Sign, line.Label, line.Long, tell.Says(l.Script, e), l.Clause(i)} {
			nobody := text == line.Label && len(e.About()) == 0 // a client goes offline, or is back
			if text == "" && !nobody || text != tell.Clean(text) || strings.TrimSpace(text) != text {
				t.Errorf("event %v is told as %q", e.Kind, text)
			}
		}
		if tell.Columns(line.Sign) > 4 {
			t.Errorf("the sign %q is wider than its column", line.Sign)
		}
		for _, n := range e.About() {
			label, clause := tell.Label(l.Script, n), l.Clause(i)
			if e.Kind == sim.EventPush { // "the news of u1"
				clause = strings.ReplaceAll(clause, "the news of "+tell.News(l.Script, e), label)
			}
			if !strings.Contains(clause, label) || !strings.Contains(line.Label, label) {
				t.Errorf("event %v is told as %q and %q, without %s", e.Kind, line.Label, l.Clause(i), label)
			}
		}
	})
}

// TestDecided: what is said of an event that decided a trial is so, of every event that
// can: who landed first had company, whose turn came left, and no other timer sent.
func TestDecided(t *testing.T) {
	said := map[string]int{}
	told(t, func(l *tell.Teller, i int) {
		e, says := &l.Events[i], tell.Decided(l.Script, l.Events, i)
		if says != tell.Clean(says) || len(e.About()) > 0 && e.Kind != sim.EventWake && e.Kind != sim.EventPush && !strings.Contains(says, tell.About(l.Script, e)) {
			t.Errorf("event %v decided, as %q", e.Kind, says)
		}
		switch e.Kind {
		case sim.EventArrive:
			under := map[int]bool{} // requests on their way when it landed
			later := false
			for k, other := range l.Events {
				switch other.Kind {
				case sim.EventSend:
					under[other.Request.Number] = under[other.Request.Number] || k < i
				case sim.EventArrive:
					later = later || k > i && under[other.Request.Number] && other.Request.Number != e.Request.Number
					delete(under, other.Request.Number)
				}
			}
			if first := strings.HasSuffix(says, " landed first"); first != (later && e.Status < 400) {
				t.Errorf("%q, and another one landed later: %v", says, later)
			}
			said["landed"]++
		case sim.EventWake:
			left := i+1 < len(l.Events) && l.Events[i+1].Kind == sim.EventSend && l.Events[i+1].At == e.At
			if strings.HasSuffix(says, "'s turn came, and it left") != left {
				t.Errorf("%q, and a request left: %v", says, left)
			}
			said["turn"]++
		}
	})
	if said["landed"] == 0 || said["turn"] == 0 {
		t.Errorf("looked at %v", said)
	}
}

// TestNoChange: of an answer that leaves the screen of a client of the user's own
// as it was, nobody says that it was ignored, which nobody can know.
func TestNoChange(t *testing.T) {
	s := &sim.Script{Fields: []string{"name", "city"}, Actions: []sim.Action{{Number: 1, Do: sim.Fetch}}, Values: []any{"A"}}
	body := sim.State{sim.Given, sim.Given}
	for _, c := range []struct {
		kept    sim.FieldSet
		ignored bool
		says    string
	}{
		{0, true, "f1 answered, and is ignored"},
		{3, false, "f1 answered: no change"},
		{1, false, `f1 shows city "A", keeps name`},
	} {
		e := sim.Event{Kind: sim.EventReply, Request: &sim.Sent{Do: sim.Fetch, Actions: []int{1}}, Status: 200, Body: body, Kept: c.kept, Ignored: c.ignored}
		if got := tell.Says(s, &e); got != c.says {
			t.Errorf("it says %q, and not %q", got, c.says)
		}
	}
}

// TestListOfOne: where a client of the user's own reads one record when it is told to list,
// that record is what was read and shown, and not nobody.
func TestListOfOne(t *testing.T) {
	s := &sim.Script{Fields: []string{"name"}, Actions: []sim.Action{{Number: 1, Do: sim.Fetch, Lists: true}}, Values: []any{"A"}}
	e := sim.Event{Kind: sim.EventReply, Request: &sim.Sent{Do: sim.Fetch, Actions: []int{1}}, Status: 200, Body: sim.State{sim.Given}}
	for _, c := range []struct {
		id         int
		says, made string
	}{
		{0, "l1 shows nobody whom the client knows", "all read"},
		{1, `l1 shows name "A"`, "#1 read"},
	} {
		e.ID = c.id
		if says, made := tell.Says(s, &e), tell.Made(s, &e); says != c.says || made != c.made {
			t.Errorf("with id %d it says %q, made %q", c.id, says, made)
		}
	}
}

// Of more words than most, the first few stand, and how many more there are.
func TestAndMore(t *testing.T) {
	for _, c := range []struct {
		words     string
		most, few int
		want      string
	}{
		{"a", 1, 1, "a"}, {"a b", 2, 2, "a and b"}, {"a b c", 3, 2, "a, b and c"}, {"a b c d", 3, 2, "a, b and 2 more"}, {"a b c d", 3, 3, "a, b, c and 1 more"},
	} {
		words := strings.Fields(c.words)
		if got := tell.AndMore(words, c.most, c.few); got != c.want || strings.Join(words, " ") != c.words {
			t.Errorf("%s, %d, %d: %q of %v", c.words, c.most, c.few, got, words)
		}
	}
}
