package export

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"io"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// WriteMatrixJSON writes the matrix as one JSON object, one scenario, strategy and
// cell a line. [Schema] describes every key.
func WriteMatrixJSON(w io.Writer, m *report.Matrix) error {
	var b bytes.Buffer
	head := object{
		"version", Version, "program", m.Program, "command", m.Command(), "seed", m.Seed, "trials", m.Trials, "network", network(m),
	}
	head = head.when(m.SavesADay > 0, "savesADay", m.SavesADay)
	if r := m.Latency; r != (latency.RoundTrip{}) {
		head = append(head, "latency", latencyObject(r))
	}
	if all := m.Programs(); all != nil {
		programs := object{}
		for _, p := range all {
			programs = append(programs, p.Name, programObject(p.Own))
		}
		head = append(head, "programs", programs)
	}
	if m.Answer != nil {
		head = append(head, "answer", answerObject(m.Answer))
	}
	if err := encode(&b, head); err != nil {
		return err
	}
	b.Truncate(b.Len() - len("}"))
	var ss, cells []object
	for _, s := range m.Scenarios {
		ss = append(ss, object{"name", s.Name, "hash", s.Hash(), "network", networkOf(&s.Script.Network), "pinned", report.Pinned(s.Script)})
	}
	for c := range m.Each {
		cells = append(cells, cellObject(c))
	}
	for _, l := range []struct {
		key  string
		list []object
	}{{"scenarios", ss}, {"strategies", strategyObjects(m)}, {"cells", cells}} {
		if err := encodeList(&b, l.key, l.list); err != nil {
			return err
		}
	}
	if m.Diff != nil {
		b.WriteString(",\n\"diff\":")
		if err := encode(&b, m.Diff); err != nil {
			return err
		}
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// encodeList goes on in an object with a key and a list, one element a line.
func encodeList(b *bytes.Buffer, key string, list []object) error {
	b.WriteString(",\n\"" + key + "\":[")
	for i, o := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := encode(b, o); err != nil {
			return err
		}
	}
	b.WriteString("\n]")
	return nil
}

// network says over which network all scenarios have run: each its own, or the
// latencies that were given.
func network(m *report.Matrix) string {
	if m.Latency == (latency.RoundTrip{}) {
		return "own"
	}
	return m.Latency.String()
}

// latencyObject says what round trips were given, and those of reads where they are
// others.
func latencyObject(r latency.RoundTrip) object {
	o := measuredObject(r.Measured)
	if r.Apart() {
		o = append(o, "reads", measuredObject(r.Reads))
	}
	return o
}

func measuredObject(m latency.Measured) object {
	o := object{"p50", milliseconds(m.P50), "p90", milliseconds(m.P90), "p99", milliseconds(m.P99), "samples", m.Samples}
	return o.when(m.Failed > 0, "failed", m.Failed).when(m.Drawn.Len() > 0, "drawn", m.Drawn.Len())
}

// networkOf describes a network in a line, as "exp 120ms / exp 80ms, loss 0.02".
func networkOf(n *sim.Network) string {
	parts := []string{n.Up.String() + " / " + n.Down.String()}
	for _, f := range scenarios.NetworkFacts(n) {
		switch v := f.Value.(type) {
		case sim.Latency:
			if f.Key != "uplink" && f.Key != "downlink" {
				parts = append(parts, f.Key+" "+v.String())
			}
		case sim.Apart:
			parts = append(parts, f.Key+" "+v.String())
		case bool:
			parts = append(parts, f.Key)
		default:
			parts = append(parts, f.Key+" "+f.Text)
		}
	}
	return strings.Join(parts, ", ")
}

func answerObject(a *report.Answer) object {
	also := []object{}
	for _, x := range a.Also {
		also = append(also, object{"strategy", x.Name, "as", x.As})
	}
	return object{
		"kind", a.Kind, "strategy", orNull(a.Strategy.Name), "safeIn", a.SafeIn, "of", a.Of, "candidates", a.Candidates,
		"also", also, "says", cleaned(a.Says),
	}
}

// strategyObjects describes the strategies of the matrix, in its order.
func strategyObjects(m *report.Matrix) []object {
	all := make([]object, len(m.Strategies))
	for _, s := range m.Summaries(report.BySafety) {
		e := s.Strategy
		counts := object{}
		for _, state := range []report.State{report.Proved, report.Loud, report.Possible, report.Open, report.Wrong, report.Stuck} {
			counts = append(counts, state.String(), s.States[state])
		}
		var worst, bundle any
		if c := s.Worst; c.Odds != nil {
			worst = object{"scenario", c.Scenario.Name, "share", c.Share(c.Bad())}
		}
		if own := e.Own(); own != nil {
			bundle = orNull(tell.Clean(own.Bundle))
		}
		all[s.Column] = object{
			"name", e.Name, "group", groupOf(e), "needs", orNull(e.Needs()), "changes", orNull(e.Changes()), "bundle", bundle,
			"added", slices.Contains(m.Added, e.Name), "scenarios", counts, "worst", worst,
		}
	}
	return all
}

// groupOf returns the word of the group that a strategy is of, as --strategy takes
// it, but of a client of the user's own.
func groupOf(e strategies.Entry) string {
	switch e.Group {
	case strategies.Sources:
		return "sources"
	case strategies.Today:
		return "today"
	case strategies.Museum:
		return "museum"
	case strategies.Composed:
		return "composed"
	}
	return "own"
}

func cellObject(c report.Cell) object {
	verdicts, anomalies := object{}, object{}
	for v, n := range c.Verdicts {
		verdicts = append(verdicts, judge.Verdict(v).String(), n)
	}
	for k, n := range c.Kinds {
		if n > 0 {
			anomalies = append(anomalies, judge.Kind(k).String(), n)
		}
	}
	var first any
	if b := c.FirstBad; b.Verdict.Bad() {
		first = object{"seed", b.Seed, "verdict", b.Verdict.String(), "anomalies", b.Kinds.Names(), "replay", c.Replay()}
	}
	low, high := c.Interval()
	r := c.Orders
	out := object{
		"scenario", c.Scenario.Name, "strategy", c.Strategy.Name, "trials", c.Trials, "verdicts", verdicts,
		"share", c.Share(c.Bad()), "low", low, "high", high,
		"anomalies", anomalies, "first", first, "requests", c.Requests,
		"settled", object{"p50", milliseconds(c.P50), "p99", milliseconds(c.P99)},
		"blocked", milliseconds(c.Blocked),
		"orders", object{
			"classes", r.Classes, "orders", r.Orders, "bad", r.Bad(), "complete", r.Complete,
			"blocked", r.Blocked, "refused", r.Refused, "loud", r.Verdicts[judge.Loud],
		},
		"state", c.Word(), "replayed", orNull(replayed(c)), "loud", c.Share(c.Verdicts[judge.Loud]), "costs", costsObject(c),
		"shortest", orNull(shortest(c)),
	}
	out = out.when(c.Partial() && !c.Over, "partial", true)
	out = out.when(c.BadAt != "", "badAt", base64.StdEncoding.EncodeToString([]byte(c.BadAt)))
	if n := float64(c.Matrix.SavesADay); n > 0 {
		out = append(out, "badADay", object{"rate", n * c.Share(c.Bad()), "low", n * low, "high", n * high})
	}
	return ran(out, nil, cmp.Or(c.Failed, r.Failed))
}

// costs are what a cell costs, as JSON has it: nil is null.
type costs struct {
	good, of, waits, low, high, unanswered, p50, p99, never, requestsPerSave, blocked any
}

// costsOf returns what a cell costs: nothing if it has no trial.
func costsOf(c report.Cell) (all costs) {
	if !c.Known() {
		return costs{}
	}
	k := &c.Costs
	all.good, all.never = k.Good, c.Share(c.Verdicts[judge.Stuck])
	if k.Good > 0 {
		all.of, all.p50, all.p99, all.blocked = k.Of.String(), milliseconds(k.P50), milliseconds(k.P99), milliseconds(k.Blocked)
	}
	if k.Clicks > 0 {
		all.unanswered = float64(k.Unanswered) / float64(k.Clicks)
	}
	if k.Answered() > 0 {
		low, high := k.Interval()
		all.waits, all.low, all.high = milliseconds(k.Waits), milliseconds(low), milliseconds(high)
	}
	if sent, ok := k.PerSave(); ok {
		all.requestsPerSave = sent
	}
	return all
}

func costsObject(c report.Cell) any {
	k := costsOf(c)
	if k.good == nil {
		return nil
	}
	var waits any
	if k.waits != nil {
		waits = object{"mean", k.waits, "low", k.low, "high", k.high}
	}
	return object{
		"good", k.good, "of", k.of, "waits", waits, "unanswered", k.unanswered, "p50", k.p50, "p99", k.p99,
		"never", k.never, "requestsPerSave", k.requestsPerSave, "blocked", k.blocked,
	}
}

// replayed returns how the scenario ends as its file pins it; "" if it pins nothing, or
// was not run.
func replayed(c report.Cell) string {
	if !c.Known() || !report.Pinned(c.Scenario.Script) {
		return ""
	}
	return c.Replayed.String()
}

// shortest returns the schedule of the shortest bad order; "" if none is known.
func shortest(c report.Cell) string {
	if found := c.Shortest(); found != nil {
		return found.Schedule.String()
	}
	return ""
}
