package explain

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Step is an action of a script, in words.
type Step struct {
	At, Says, Pins string
	Label          string
	Number         int
}

// Steps puts what the user does into words.
func Steps(s *sim.Script) []Step {
	var steps []Step
	for i := range s.Actions {
		a := &s.Actions[i]
		steps = append(steps, Step{
			At: tell.Milliseconds(a.At) + " ms", Label: a.Label(), Number: a.Number,
			Says: tell.Asks(s, a), Pins: pins(s, a),
		})
	}
	return steps
}

// Network puts a network into one line, as "uplink exp 120ms, downlink exp
// 80ms, timeout 2s".
func Network(n *sim.Network) string { return inLine(network(n)) }

// Given says of each person who is given what is known of them, as `#1 name "Ada"`.
func Given(s *sim.Script) (all []string) {
	for i := range s.Givens() {
		all = append(all, strings.TrimSpace(fmt.Sprintf("#%d %s", i+1, tell.Fields(s, s.Start(i), s.Gave(i)))))
	}
	return all
}

// Offline says when clients have no network, as "client 1 from 2000 to 40000 ms"; "" if they
// always have.
func Offline(s *sim.Script) string {
	var spans []string
	for _, o := range s.Offline {
		if o.To == 0 {
			spans = append(spans, fmt.Sprintf("client %d from %s ms on, for ever", o.Client+1, tell.Milliseconds(o.From)))
			continue
		}
		spans = append(spans, fmt.Sprintf("client %d from %s to %s ms", o.Client+1, tell.Milliseconds(o.From), tell.Milliseconds(o.To)))
	}
	return strings.Join(spans, ", ")
}

// item is something that is known, under a name.
type item struct{ name, about string }

// pins lists what the script says of an action besides when and what it is.
func pins(s *sim.Script, a *sim.Action) string {
	list := phrases(scenarios.ActionFacts(s, a))
	if a.Saves != 0 {
		saved := tell.Fields(s, a.Saves.By(sim.SavedBy(a.Number)), a.Saves)
		list = append([]string{"saved as " + saved}, list...)
	}
	return strings.Join(list, ", ")
}

// network lists what there is to say of a network.
func network(n *sim.Network) []item { return items(scenarios.NetworkFacts(n)) }

// Varied says what orders vary beyond messages, timers and clicks, a phrase each.
func Varied(s *sim.Script) (all []string) {
	h := s.Habits()
	for _, v := range [...]struct {
		of   sim.Habits
		says string
	}{
		{sim.Polls, "each client polls at most twice at any moment, and once more when all is quiet"},
		{sim.Pushes, "news of saves reach the other clients at any time"},
		{sim.Lags, "commits become visible at any time, one after the other"},
		{sim.Torn | sim.UsesKeys, "the server begins with a request at any time, and ends it at any time after"},
		{sim.Offlines, "clients go offline, and are back, at their places among the clicks"},
	} {
		if h&v.of != 0 {
			all = append(all, v.says)
		}
	}
	return all
}

// items lists facts one below the other.
func items(list []scenarios.Fact) (all []item) {
	for _, f := range list {
		x := item{f.Says, text(f)}
		if f.Value == true {
			x = item{f.Key, f.Says}
		}
		all = append(all, x)
	}
	return all
}

// inLine puts items into one line.
func inLine(list []item) string {
	var parts []string
	for _, x := range list {
		parts = append(parts, x.name+" "+x.about)
	}
	return strings.Join(parts, ", ")
}

// phrases puts each fact into a few words, for a line of them.
func phrases(list []scenarios.Fact) (all []string) {
	for _, f := range list {
		words := f.Says + " " + text(f)
		switch v := f.Value.(type) {
		case bool:
			words = f.Says
		case time.Duration:
			words = f.Says + " " + tell.Milliseconds(v) + " ms"
		case judge.Verdict, []judge.Kind: // which say what they are
			words = text(f)
		}
		all = append(all, words)
	}
	return all
}

// text puts the value of a fact into words.
func text(f scenarios.Fact) string {
	switch v := f.Value.(type) {
	case string:
		return tell.Clean(v)
	case float64:
		return report.Percent(v)
	case sim.Latency:
		return v.String()
	case sim.Apart:
		return v.String()
	case []sim.Span:
		return Offline(&sim.Script{Offline: v})
	case []judge.Kind:
		var names []string
		for _, k := range v {
			names = append(names, k.String())
		}
		return cmp.Or(strings.Join(names, ", "), "no anomalies")
	}
	return f.Text
}

// Unknown returns the error for a word that means nothing here: it names the
// nearest that does, or the command that lists all.
func Unknown(what, word string, among []string, list string) error {
	if near := scenarios.Suggest(word, among); near != "" {
		return fmt.Errorf("unknown %s %q (did you mean %q?)", what, word, near)
	}
	return fmt.Errorf("unknown %s %q (%s shows what there is)", what, word, list)
}
