package tui

import (
	"strings"

	"photofinish/sim"
	"photofinish/tui/game"
	"photofinish/tui/ink"
)

// option is something that may happen next, in words: "the answer to" c1
// ": id 1".
type option struct {
	game.Option
	before string // the words before the label, and after it
	after  string
	head   string // beside its head in the diagram: what it is
	value  string // and what it carries
}

// describe finds the words, in a script, after some events.
func (o *option) describe(s *sim.Script, events []sim.Event) {
	switch o.Choice.What {
	case sim.UserActs:
		a := s.Action(o.Choice.N)
		o.before, o.after = "you press ", ": "+asks(s, a)
		o.head = "you press"
	case sim.RequestArrives:
		sent := sentAs(events, o.Choice.N)
		o.after = " a request that " + carries(s, sent)
		o.head, o.value = "→ server  ", sets(s, sent.Do, sent.Sets, &sent.Body, ": ")
		if field, value, alone := strings.Cut(o.value, ": "); alone && sent.Do != sim.Create && sent.Sets&(sent.Sets-1) == 0 {
			o.head, o.value = o.head+field+": ", value
		}
	case sim.ReplyArrives:
		o.before = "the answer to "
		o.value = answers(s, arrivalOf(events, o.Choice.N))
		o.after, o.head = ": "+o.value, "→ screen  "
	case sim.TimerFires:
		o.after, o.head = "'s timer fires", "timer fires"
	case sim.ClientGivesUp:
		o.before, o.after = "the client gives up waiting for ", ""
		o.head = "times out"
	}
}

// brief returns the words around the label in fewer of them.
func (o *option) brief() (before, after string) {
	switch o.Choice.What {
	case sim.RequestArrives:
		return "", strings.TrimPrefix(o.after, " a request that")
	case sim.ReplyArrives:
		return "answer to ", o.after
	case sim.UserActs:
		return "press ", o.after
	case sim.ClientGivesUp:
		return "", " times out"
	}
	return "", " " + o.head
}

// sentAs returns the request of that number, as it was sent.
func sentAs(events []sim.Event, number int) *sim.Sent {
	for i := range events {
		if e := &events[i]; e.Kind == sim.EventSend && e.Request.Number == number {
			return e.Request
		}
	}
	return &sim.Sent{}
}

// arrivalOf returns the arrival of the request of that number.
func arrivalOf(events []sim.Event, number int) *sim.Event {
	for i := range events {
		if e := &events[i]; e.Kind == sim.EventArrive && e.Request.Number == number {
			return e
		}
	}
	return &sim.Event{Request: &sim.Sent{}}
}

// asks says what the user asks for.
func asks(s *sim.Script, a *sim.Action) string {
	var body sim.State
	for f := range a.Sets.All {
		body[f] = sim.By(a.Number)
	}
	if a.Do == sim.Update || a.Do == sim.SetPermissions {
		return "set " + sets(s, a.Do, a.Sets, &body, " to ")
	}
	return sets(s, a.Do, a.Sets, &body, " ")
}

// carries says what a request asks for.
func carries(s *sim.Script, r *sim.Sent) string {
	what := sets(s, r.Do, r.Sets, &r.Body, " to ")
	switch r.Do {
	case sim.Create:
		if r.Sets == 0 {
			return "creates a person"
		}
		return "creates a person, " + sets(s, sim.Update, r.Sets, &r.Body, " ")
	case sim.Delete:
		return "deletes " + record(r.ID)
	case sim.Fetch:
		return "reads " + record(r.ID)
	case sim.Update:
		if r.Sets == 0 {
			return "sets nothing"
		}
	}
	return "sets " + what
}

func record(id int) string {
	if id == 0 {
		return "a record it has no id of"
	}
	return "record " + itoa(id)
}

// sets lists fields and their values, or else says what is done.
func sets(s *sim.Script, do sim.Do, fields sim.FieldSet, body *sim.State, between string) string {
	var out []string
	for f := range fields.All {
		out = append(out, ink.Printable(s.FieldName(f), 20)+between+valueOf(s, body[f], f))
	}
	text := strings.Join(out, ", ")
	switch {
	case do == sim.Create && text != "":
		return "create, " + text
	case text == "":
		return do.String()
	}
	return text
}

// answers says what an answer brings.
func answers(s *sim.Script, e *sim.Event) string {
	switch {
	case e.Status >= 400:
		return itoa(e.Status)
	case e.Request.Do == sim.Create:
		return "id " + itoa(e.ID)
	case e.Request.Do == sim.Fetch:
		var read sim.FieldSet
		for f, by := range e.Record.State {
			if by != sim.Nobody {
				read = read.With(f)
			}
		}
		return "it reads " + sets(s, sim.Fetch, read, &e.Record.State, " ")
	}
	return "done"
}

// pick is something that has been chosen, in words.
type pick struct {
	press  bool // the user pressed a button: that is not the network's doing
	action int
	label  string
	text   string
}

// picksOf puts what has happened into words, step by step.
func picksOf(t *game.Turn, p *game.Position) (picks []pick) {
	losses := t.Losses
	lost := func(upto int) {
		for len(losses) > 0 && losses[0].After <= upto {
			picks = append(picks, lossOf(t.Script, p.Events, losses[0]))
			losses = losses[1:]
		}
	}
	for k, i := range p.Before {
		lost(k)
		if i < len(p.Events) {
			picks = append(picks, happening(t.Script, &p.Events[i]))
		}
	}
	lost(len(p.Before))
	return picks
}

// happening puts what was chosen into words: the first event of its step.
func happening(s *sim.Script, e *sim.Event) pick {
	if e.Request == nil {
		out := pick{press: e.Kind == sim.EventAct, action: e.Action, label: s.Action(e.Action).Label(), text: "its timer fires"}
		if out.press {
			out.text = "pressed"
		}
		return out
	}
	out := pick{action: e.Request.Actions[0], label: labelsOf(s, e.Request.Actions)}
	switch e.Kind {
	case sim.EventArrive:
		out.text = "→ server"
		if e.Status >= 400 {
			out.text += ", which answers " + itoa(e.Status)
		}
	case sim.EventReply:
		out.text = "→ screen"
		switch {
		case e.Late:
			out.text += ", too late"
		case e.Status >= 400:
			out.text += ", with " + itoa(e.Status)
		case e.Request.Do == sim.Create:
			out.text += ", with id " + itoa(e.ID)
		}
	case sim.EventTimeout:
		out.text = "times out"
	}
	return out
}

// lossOf puts a loss into words.
func lossOf(s *sim.Script, events []sim.Event, l game.Loss) pick {
	sent := sentAs(events, l.Request)
	out := pick{text: "lost on its way to the server"}
	if l.Leg == sim.Downlink {
		out.text = "its answer is lost"
	}
	if len(sent.Actions) > 0 {
		out.action, out.label = sent.Actions[0], labelsOf(s, sent.Actions)
	}
	return out
}

// labelsOf joins the short names of actions, as "u2+u3".
func labelsOf(s *sim.Script, actions []int) string {
	out := make([]string, len(actions))
	for i, n := range actions {
		out[i] = s.Action(n).Label()
	}
	return strings.Join(out, "+")
}
