package export

import (
	"bytes"
	"cmp"
	"io"

	"photofinish/report"
	"photofinish/report/latency"
	"photofinish/sim/judge"
)

// WriteMatrixJSON writes the matrix as one JSON object, one cell a line:
//
//	{"version":1,"seed":1,"trials":10000,"cells":[
//	{"scenario":"…","strategy":"naive","trials":10000,
//	 "verdicts":{"ok":5089,"loud":0,"unknown":0,"stuck":0,"wrong":4911},
//	 "share":0.4911,"low":0.4813,"high":0.5009,
//	 "anomalies":{"unsent-write":4911},
//	 "first":{"seed":1,"verdict":"wrong","anomalies":["unsent-write"],"replay":"photofinish replay …"},
//	 "requests":1,"settled":{"p50":188.2,"p99":612.5},"blocked":0,
//	 "orders":{"classes":2,"orders":3,"bad":1,"complete":true}}
//	]}
//
// share is that of trials that end wrong or stuck, low and high its 95 %
// interval; anomalies counts trials, and leaves out what none of them shows;
// first is the bad trial with the lowest seed, or null; requests is a mean,
// settled the time from the user's last action until everything had settled
// and blocked the mean time that something the user wanted was blocked, all in
// milliseconds; orders counts the classes of orders and those of them that end
// wrong or stuck, and complete says that all were run, without which nothing is
// proved. Where saves a day or latencies were given, savesADay and latency stand
// before the cells, and each cell has badADay with rate, low and high. A cell that
// was cancelled has fewer trials than asked for, or none, and then share, low and
// high are 0, 0 and 1. So has one of a client of the user's own, of which programs
// says what it ran on; why it could not go on is its failed.
func WriteMatrixJSON(w io.Writer, m *report.Matrix) error {
	var b bytes.Buffer
	head := object{"version", Version, "seed", m.Seed, "trials", m.Trials}
	if m.SavesADay > 0 {
		head = append(head, "savesADay", m.SavesADay)
	}
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
	if err := encode(&b, head); err != nil {
		return err
	}
	b.Truncate(b.Len() - len("}\n"))
	b.WriteString(`,"cells":[`)
	sep := "\n"
	for c := range m.Each {
		b.WriteString(sep)
		if err := encode(&b, cellObject(c)); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1)
		sep = ",\n"
	}
	b.WriteString("\n]")
	if m.Diff != nil {
		b.WriteString(",\n\"diff\":")
		if err := encode(&b, m.Diff); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
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
	out := object{
		"scenario", c.Scenario.Name, "strategy", c.Strategy.Name, "trials", c.Trials, "verdicts", verdicts,
		"share", c.Share(c.Bad()), "low", low, "high", high,
		"anomalies", anomalies, "first", first, "requests", c.Requests,
		"settled", object{"p50", milliseconds(c.P50), "p99", milliseconds(c.P99)},
		"blocked", milliseconds(c.Blocked),
		"orders", object{
			"classes", c.Orders.Classes, "orders", c.Orders.Orders, "bad", c.Orders.Bad(), "complete", c.Orders.Complete,
		},
	}
	if n := float64(c.Matrix.SavesADay); n > 0 {
		out = append(out, "badADay", object{"rate", n * c.Share(c.Bad()), "low", n * low, "high", n * high})
	}
	return ran(out, nil, cmp.Or(c.Failed, c.Orders.Failed))
}
