package export

import (
	"bytes"
	_ "embed" // schema.json
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Schema is the JSON Schema of all that is written as JSON.
//
//go:embed schema.json
var Schema []byte

// Version is that of the JSON formats. It changes when a key changes its
// meaning or goes away, not when one is added.
const Version = 1

// WriteTrialJSON writes a trial as one JSON object on a line of its own.
// Attributes stand in the order in which the scenario first names them.
func WriteTrialJSON(w io.Writer, t *report.Trial) error { return writeLine(w, trialObject(t)) }

// WriteOrdersJSON writes counts of orders and the shortest bad one as one JSON
// object on a line of its own.
func WriteOrdersJSON(w io.Writer, o *report.Orders) error {
	verdicts := object{}
	for v, n := range slices.Backward(o.Verdicts[:]) {
		if n > 0 {
			verdicts = append(verdicts, judge.Verdict(v).String(), n)
		}
	}
	var shortest any
	if o.Shortest != nil {
		shortest = object{
			"actions", o.Shortest.Actions, "schedule", []string(o.Shortest.Schedule), "events", eventObjects(o.Trial()),
		}
	}
	out := object{
		"version", Version, "scenario", o.Scenario.Name, "strategy", o.Strategy.Name,
		"classes", o.Classes, "orders", o.Result.Orders, "bad", o.Bad(), "complete", o.Complete,
		"verdicts", verdicts, "shortest", shortest,
	}
	return writeLine(w, ran(out, o.Strategy.Own(), o.Failed))
}

// WriteDiffJSON writes how two reports compare as one JSON object on a line of its
// own, under the key that it has in a report too.
func WriteDiffJSON(w io.Writer, d report.Compared) error {
	return writeLine(w, object{"version", Version, "diff", d})
}

// ran adds what a client of the user's own ran on, and why it could not go on.
func ran(o object, own *strategies.Own, failed error) object {
	if own != nil {
		o = append(o, "program", programObject(own))
	}
	if failed != nil {
		o = append(o, "failed", tell.Clean(failed.Error()))
	}
	return o
}

func programObject(own *strategies.Own) object {
	return object{"runs", tell.Clean(own.Runs), "of", cleaned(own.Of), "bundle", tell.Clean(own.Bundle), "varied", report.Varied(own)}
}

func trialObject(t *report.Trial) object {
	s := t.Script
	server := []object{}
	for i, r := range t.Ledger.Records {
		if r.Version == 0 {
			continue // an id that the client made, of which the server never heard
		}
		server = append(server, holderObject(s, i+1, r.State, r.Deleted))
	}
	anomalies := []object{}
	for _, a := range t.Anomalies {
		anomalies = append(anomalies, anomalyObject(t, a))
	}
	o := object{
		"version", Version, "scenario", t.Scenario, "strategy", t.Strategy, "seed", t.Seed,
		"events", eventObjects(t),
		"server", server,
		"client", screenObject(t, t.View()),
		"verdict", t.Verdict.String(), "anomalies", anomalies, "settled", milliseconds(t.Ledger.Settled),
	}
	if views := s.Views(); views.Count() > 1 {
		screens := []object{}
		for v := range views.All {
			where := object{"client", v/sim.MaxPersons + 1, "person", v%sim.MaxPersons + 1}
			screens = append(screens, append(where, screenObject(t, v)...))
		}
		o = append(o, "screens", screens)
	}
	return ran(o, t.Own, t.Ledger.Failed)
}

// anomalyObject describes an anomaly. What the client read by itself has no number
// in the script.
func anomalyObject(t *report.Trial, a judge.Anomaly) object {
	actions, errands := []int{}, []string{}
	for _, n := range a.Actions {
		if n > sim.MaxActions {
			errands = append(errands, t.Script.Action(n).Label())
		} else {
			actions = append(actions, n)
		}
	}
	o := object{"kind", a.Kind.String(), "actions", actions}
	return append(o.when(len(errands) > 0, "errands", errands), "events", t.Proof(a), "says", a.Says(t.Script))
}

func eventObjects(t *report.Trial) []object {
	events := []object{}
	for i := range t.Events {
		events = append(events, eventObject(t.Script, &t.Events[i]))
	}
	return events
}

// screenObject describes what a client shows of a person at the end.
func screenObject(t *report.Trial, view int) object {
	p := &t.Ledger.Views[view]
	return holderObject(t.Script, p.ID, p.State, p.Deleted)
}

func eventObject(s *sim.Script, e *sim.Event) object {
	o := object{"t", milliseconds(e.At), "event", e.Kind.String()}
	switch e.Kind {
	case sim.EventAct:
		a := s.Action(e.Action)
		o = append(o, "action", e.Action, "do", a.Word())
		return o.when(a.Client != 0, "client", int(a.Client)+1).when(a.Person != 0, "person", int(a.Person)+1)
	case sim.EventBlock, sim.EventHold, sim.EventMerge, sim.EventDrop, sim.EventRefuse, sim.EventWake, sim.EventRevert:
		return append(o, "action", e.Action).when(e.Reason != "", "reason", e.Reason).when(e.Row, "row", true)
	case sim.EventAsk:
		return append(o, "errand", s.Action(e.Action).Label())
	case sim.EventOffline, sim.EventOnline:
		return append(o, "client", int(e.Client)+1)
	case sim.EventLost:
		return append(errandOf(s, e, append(o, "request", e.Request.Number)), "leg", e.Leg.String())
	case sim.EventTimeout, sim.EventBegin:
		return errandOf(s, e, append(o, "request", e.Request.Number))
	case sim.EventVisible:
		return append(o, "request", e.Request.Number, "id", e.ID)
	case sim.EventFail:
		if s.Action(e.First()).Errand != nil {
			return errandOf(s, e, append(o, "request", e.Request.Number))
		}
		return append(o, "request", e.Request.Number, "actions", e.Request.Actions)
	case sim.EventPush:
		o = append(o, "errand", s.Action(e.Action).Label(), "id", e.ID).when(e.Ignored, "taken", false)
		return append(o.when(e.Kept != 0, "kept", names(s, e.Kept)), bodyOf(s, e)...)
	case sim.EventTell:
		return append(o, "actions", e.Request.Actions, "request", e.Request.Number, "status", orNull(e.Status))
	}
	return messageObject(s, e, o)
}

// messageObject completes what leaves, arrives or comes back.
func messageObject(s *sim.Script, e *sim.Event, o object) object {
	r := e.Request
	o = append(o, "request", r.Number)
	if first := s.Action(r.Actions[0]); first.Errand != nil {
		o = append(o, "actions", []int{}, "errand", first.Label())
	} else {
		o = append(o, "actions", r.Actions)
	}
	o = append(o.when(r.Or != nil, "or", r.Or), "do", r.Do.String(), "id", orNull(e.ID))
	if e.Kind == sim.EventSend {
		o = o.when(e.Beacon, "beacon", true)
		if r.Do != sim.Delete && r.Do != sim.Fetch {
			body := patchObject(s, r)
			if r.Do == sim.Create && s.Action(r.Actions[0]).Parent != 0 {
				body = append(body, "parent", orNull(r.Parent))
			}
			o = append(o, "body", body)
		}
		return o
	}
	o = append(o, "status", e.Status).when(e.Ignored, "taken", false).when(e.Late, "late", true)
	o = o.when(e.Kept != 0, "kept", names(s, e.Kept))
	if e.Kind == sim.EventReply && e.Status == 200 && tell.ReadsAll(s, e) {
		return append(o, "list", listObjects(s, e.Rows))
	}
	if e.Kind == sim.EventReply && e.Status == 200 && (r.Do == sim.Fetch || e.Body != sim.State{}) {
		o = append(o, bodyOf(s, e)...)
	}
	return o
}

// patchObject describes the body of a request: what it sets, and, of what it adds to,
// how much, or what it appends.
func patchObject(s *sim.Script, r *sim.Sent) object {
	o := object{}
	for f := range r.Sets.All {
		switch v := value(s, r.Body, f); {
		case !r.Adds.Has(f):
			o = append(o, s.FieldName(f), v)
		case s.Bag(f):
			o = append(o, s.FieldName(f), object{"append", tell.List(v)})
		default:
			o = append(o, s.FieldName(f), object{"add", v})
		}
	}
	return o
}

// listObjects describes what the answer to a list has, and who took it.
func listObjects(s *sim.Script, rows []sim.Row) []object {
	list := []object{}
	for i := range rows {
		r := &rows[i]
		o := object{"id", r.ID}.when(r.Shown, "person", r.View%sim.MaxPersons+1)
		o = o.when(r.Kept != 0, "kept", names(s, r.Kept))
		list = append(list, append(o, bodyOf(s, &sim.Event{Body: r.Body})...))
	}
	return list
}

// bodyOf describes the record that an event brings to a screen.
func bodyOf(s *sim.Script, e *sim.Event) object {
	body := fieldsObject(s, e.Body, attributes)
	return object{"body", append(body, "permissions", value(s, e.Body, sim.Permissions))}
}

// errandOf adds which errand a message is of, if it is of one.
func errandOf(s *sim.Script, e *sim.Event, o object) object {
	if first := s.Action(e.First()); first.Errand != nil {
		o = append(o, "actions", []int{}, "errand", first.Label())
	}
	return o
}

// attributes is every field but permissions.
const attributes sim.FieldSet = 1<<sim.Permissions - 1

func holderObject(s *sim.Script, id int, state sim.State, deleted bool) object {
	return object{
		"id", orNull(id), "attributes", fieldsObject(s, state, attributes),
		"permissions", value(s, state, sim.Permissions), "deleted", deleted,
	}
}

// names lists the names of fields.
func names(s *sim.Script, fields sim.FieldSet) []string {
	list := []string{}
	for f := range fields.All {
		list = append(list, s.FieldName(f))
	}
	return list
}

// fieldsObject leaves out the fields that nobody wrote.
func fieldsObject(s *sim.Script, state sim.State, fields sim.FieldSet) object {
	o := object{}
	for f := range fields.All {
		if state[f] != sim.Nobody {
			o = append(o, s.FieldName(f), value(s, state, f))
		}
	}
	return o
}

// value returns the value of a field, nil if nobody wrote it.
func value(s *sim.Script, state sim.State, f int) any {
	if state[f] == sim.Nobody {
		return nil
	}
	return s.Values[s.Value(state[f], f)]
}

// orNull returns null in the place of 0 and of no word.
func orNull[T int | string](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// cleaned is never null.
func cleaned(texts []string) []string {
	list := []string{}
	for _, text := range texts {
		list = append(list, tell.Clean(text))
	}
	return list
}

// milliseconds writes a duration exactly, with as many decimals as it has.
func milliseconds(d time.Duration) json.Number { return json.Number(tell.Milliseconds(d)) }

// object is a JSON object that keeps the order of its keys: key, value, key,
// value.
type object []any

// when adds a key with its value where something is so.
func (o object) when(is bool, key string, value any) object {
	if is {
		return append(o, key, value)
	}
	return o
}

// MarshalJSON writes the pairs in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, v := range o {
		if i > 0 {
			b.WriteByte(",:"[i%2])
		}
		if err := e.Encode(v); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode writes v as JSON, which has no line break. A character with which a terminal would do
// something is an escape; the encoder has seen to those of ASCII.
func encode(b *bytes.Buffer, v any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	for _, r := range strings.TrimSuffix(text.String(), "\n") {
		switch high, low := utf16.EncodeRune(r); {
		case !tell.Unsafe(r):
			b.WriteRune(r)
		case high != unicode.ReplacementChar:
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	}
	return nil
}

// writeLine writes v as JSON on a line of its own.
func writeLine(w io.Writer, v any) error {
	var b bytes.Buffer
	if err := encode(&b, v); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}
