package export

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
)

// patience is how long the checker may look for a linearization. The histories
// are a few operations long.
const patience = 10 * time.Second

// WritePorcupine writes the history of one trial, as the server and the network
// made it, as Porcupine's page: which operations overlapped, and an order in
// which one at a time they would have given the same answers. It says on the
// page that linearizable is not the same as right here.
//
// Of a file in which reads lag behind, requests are not isolated, or updates add, there
// is none: no such model is one record that one request at a time changes.
func WritePorcupine(w io.Writer, t *report.Trial) error {
	for _, no := range [...]struct {
		habit sim.Habits
		why   string
	}{
		{sim.Lags, "its reads lag behind (network: lag)"},
		{sim.Torn, "its requests are not isolated (network: isolation)"},
		{sim.Adds, "its updates add or append"},
	} {
		if t.Script.Habits()&no.habit != 0 {
			return fmt.Errorf("%s has no history that could be linearizable: %s; the other formats tell it", t.Scenario, no.why)
		}
	}
	h := history{trial: t}
	h.collect()
	model := h.model()
	result, info := porcupine.CheckOperationsVerbose(model, h.operations, patience)
	info.AddAnnotations(h.annotations)
	var b bytes.Buffer
	if err := porcupine.Visualize(model, info, &b); err != nil {
		return err
	}
	page := strings.Replace(b.String(), "<body>", "<body>\n"+h.note(result), 1)
	page = strings.Replace(page, "<title>Porcupine</title>", "<title>"+html.EscapeString(tell.Clean(t.Scenario+", "+t.Strategy))+"</title>", 1)
	_, err := io.WriteString(w, page)
	return err
}

// note returns the text above the picture.
func (h *history) note(result porcupine.CheckResult) string {
	is := "This history is linearizable"
	if result != porcupine.Ok {
		is = "This history is not linearizable"
	}
	text := fmt.Sprintf("%s, %s, seed %d: %v. %s. That is not the same as right: linearizable asks whether some order of the overlapping requests explains the answers, the user expects the order of the hands. Times are in µs. ",
		h.trial.Scenario, h.trial.Strategy, h.trial.Seed, h.trial.Verdict, is)
	for _, a := range h.trial.Anomalies {
		text += a.Kind.String() + ": " + a.Says(h.trial.Script) + ". "
	}
	return `<p style="font:16px/1.5 system-ui,sans-serif;max-width:75ch;margin:3.2rem 1rem 1rem">` + html.EscapeString(tell.Clean(text)) + "</p>"
}

// history is a trial as operations on a server.
type history struct {
	trial       *report.Trial
	operations  []porcupine.Operation
	annotations []porcupine.Annotation
}

// asked is the input of an operation, answered its output.
type (
	asked struct {
		label  string
		do     sim.Do
		list   bool
		id     int
		needs  bool // the record parent
		parent int
		sets   sim.FieldSet
		body   sim.State
	}
	answered struct {
		status  int
		id      int
		refused bool // for a reason that is not the record's
		read    sim.State
		rows    []sim.Row // of a list, if it was answered
	}
)

// collect makes an operation of every request that the server handled, from
// when it was sent until its answer came, and an annotation of all else.
func (h *history) collect() {
	t := h.trial
	end := t.Ledger.Settled + time.Millisecond
	sent := map[int]time.Duration{}
	for i := range t.Events {
		e := &t.Events[i]
		switch e.Kind {
		case sim.EventSend:
			sent[e.Request.Number] = e.At
		case sim.EventArrive:
			h.operations = append(h.operations, h.operation(i, sent[e.Request.Number], end))
		case sim.EventReply, sim.EventWake:
		default:
			h.annotations = append(h.annotations, porcupine.Annotation{
				Tag: "client", Start: e.At.Microseconds(), End: e.At.Microseconds(), Description: harmless(tell.Says(t.Script, e)),
				Details: fmt.Sprintf("at %s ms", tell.Milliseconds(e.At)),
			})
		}
	}
}

// operation returns what the server handled at event i.
func (h *history) operation(i int, from, end time.Duration) porcupine.Operation {
	e := &h.trial.Events[i]
	r := e.Request
	back, after := end, h.trial.Events[i:]
	answers := func(x sim.Event) bool { return x.Kind == sim.EventReply && x.Request.Number == r.Number }
	var rows []sim.Row
	if k := slices.IndexFunc(after, answers); k >= 0 {
		back, rows = after[k].At, after[k].Rows
	}
	first := h.trial.Script.Action(r.Actions[0])
	return porcupine.Operation{
		ClientId: r.Number - 1,
		Input: asked{
			label: harmless(tell.Says(h.trial.Script, e)), do: r.Do, list: tell.ReadsAll(h.trial.Script, e), id: r.ID,
			needs: r.Do == sim.Create && first.Parent != 0, parent: r.Parent, sets: r.Sets, body: r.Body,
		},
		Call:   from.Microseconds(),
		Output: answered{status: e.Status, id: e.ID, refused: e.Status >= 500 || first.Status == e.Status, read: e.Record.State, rows: rows},
		Return: back.Microseconds(),
	}
}

// record is one of the server, as the model knows it.
type record struct {
	deleted bool
	state   sim.State
}

// model is a server that handles one request at a time.
func (h *history) model() porcupine.Model {
	script := h.trial.Script
	return porcupine.Model{
		Init: func() any {
			var given []record
			for p := range script.Givens() {
				given = append(given, record{state: script.Start(p)})
			}
			return given
		},
		Step: func(state, input, output any) (bool, any) {
			return step(script, state.([]record), input.(asked), output.(answered))
		},
		Equal:             func(a, b any) bool { return slices.Equal(a.([]record), b.([]record)) },
		DescribeOperation: func(input, _ any) string { return input.(asked).label },
		DescribeState:     func(state any) string { return h.describe(state.([]record)) },
	}
}

// step says whether the server gives that answer in that state, and what it
// holds then.
func step(script *sim.Script, records []record, in asked, out answered) (bool, any) {
	if out.refused {
		return true, records
	}
	alive := func(id int) bool { return id > 0 && id <= len(records) && !records[id-1].deleted }
	there := alive(in.id)
	switch {
	case in.list:
		return !slices.ContainsFunc(out.rows, func(r sim.Row) bool { return !alive(r.ID) || records[r.ID-1].state != r.Body }), records
	case out.status == 422 || in.needs && !alive(in.parent):
		return out.status == 422 && in.needs && !alive(in.parent), records
	case out.status == 404:
		return !there, records
	case in.do == sim.Create:
		r := record{}
		for f := range in.sets.All {
			r.state[f] = in.body[f]
		}
		return out.id == len(records)+1, append(slices.Clone(records), r)
	case !there:
		return false, records
	}
	r := records[in.id-1]
	locked := r.state[sim.Permissions] != sim.Nobody && script.Value(r.state[sim.Permissions], sim.Permissions) == int(script.ReadOnly)
	switch {
	case out.status == 403:
		return in.do == sim.Update && locked, records
	case in.do == sim.Fetch:
		return r.state == out.read, records
	case in.do == sim.Update && locked:
		return false, records
	case in.do == sim.Delete:
		r.deleted = true
	default:
		for f := range in.sets.All {
			r.state[f] = in.body[f]
		}
	}
	next := slices.Clone(records)
	next[in.id-1] = r
	return true, next
}

// describe says what the server holds.
func (h *history) describe(records []record) string {
	if len(records) == 0 {
		return "no record"
	}
	var parts []string
	for i, r := range records {
		text := fmt.Sprintf("#%d ", i+1)
		if r.deleted {
			text += "deleted"
		} else {
			text += tell.Fields(h.trial.Script, r.state, tell.All)
		}
		parts = append(parts, harmless(text))
	}
	return strings.Join(parts, "; ")
}

// harmless makes a text one that is not markup even where it is taken for some.
func harmless(s string) string {
	return strings.NewReplacer("<", `\x3c`, ">", `\x3e`, "&", `\x26`).Replace(tell.Clean(s))
}
