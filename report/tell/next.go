package tell

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
)

// Next is something that may happen next, in words around the label of what it
// happens to.
type Next struct {
	Before, After string    // as a line of a list: "the answer to " c1 ": id 1"
	Brief         [2]string // the same in fewer words
	Head, Value   string    // beside it in a diagram: what it is, and what it carries
	Says          string    // as a sentence: "u2 arrives at the server"
}

// Next tells what may happen after the events, to the action or the request of
// that label.
func (t *Teller) Next(c sim.Choice, label string) (n Next) {
	switch c.What {
	case sim.UserActs:
		a := t.Script.Action(c.N)
		n.Before, n.After, n.Head = "you press ", ": "+t.asks(a), "you press"
		n.Brief = [2]string{"press ", n.After}
		n.Says = n.Before + Clean(Action(t.Script, a))
	case sim.ReplyArrives:
		n.Value = t.answers(c.N)
		n.Before, n.After, n.Head = "the answer to ", ": "+n.Value, "→ screen  "
		n.Brief = [2]string{"answer to ", n.After}
		n.Says = n.Before + label + " " + kinds[sim.EventArrive].word
	case sim.TimerFires:
		n.Head = kinds[sim.EventWake].word
		n.After, n.Brief[1] = "'s "+n.Head, " "+n.Head
		n.Says = label + n.After
	case sim.SpanEnds:
		span := t.Script.Offline[(c.N-1)/2]
		n.Says, n.Head = Client(t.Script, span.Client)+" goes offline", "offline"
		if c.N%2 == 0 {
			n.Says, n.Head = Client(t.Script, span.Client)+" is back online", "back online"
		}
		n.After, n.Brief[1] = ": "+n.Says, ": "+n.Head
	case sim.PollDue:
		n.Before, n.Head = "a poll is due: ", "polls"
		n.Brief[0] = "poll "
		n.Says = "the client polls, as it does every so often: " + label
	case sim.PushArrives:
		of, to, _ := strings.Cut(label, "@")
		to, _, _ = strings.Cut(to, "/")
		n.Before, n.After, n.Head = "the news of ", " to client "+to, "news → client "+to+"  "
		n.Brief = [2]string{n.Before, n.After}
		n.Says = n.Before + of + " " + kinds[sim.EventArrive].word + " at client " + to
	case sim.RequestBegins, sim.DuplicateBegins:
		n.Head = kinds[sim.EventBegin].word
		n.Before, n.After = "the server begins with ", ""
		n.Brief[1] = " " + n.Head
		n.Says = n.Before + label
	case sim.WriteVisible:
		n.Head = "visible"
		n.After = " becomes visible to reads"
		n.Brief[1] = " visible"
		n.Says = label + n.After
	case sim.ClientGivesUp:
		n.Before, n.Head = "the client gives up waiting for ", "times out"
		n.Brief[1] = " " + n.Head
		n.Says = n.Before + label
	default:
		t.request(&n, c.N, label)
		if c.What == sim.DuplicateArrives || c.What == sim.DuplicateEnters {
			n.Says = "a copy of " + n.Says
		}
	}
	return n
}

// request tells that a request may arrive.
func (t *Teller) request(n *Next, number int, label string) {
	sent := &sim.Sent{}
	if e := t.of(sim.EventSend, number); e != nil {
		sent = e.Request
	}
	n.Says = label + " " + kinds[sim.EventArrive].word + " at the server"
	n.After = " a request that " + t.carries(sent)
	n.Brief[1] = strings.TrimPrefix(n.After, " a request that")
	n.Head, n.Value = "→ server  ", t.sets(sent.Do, sent.Sets, sent.Adds, &sent.Body, ": ")
	if t.of(sim.EventBegin, number) != nil { // it has been there since
		n.Says, n.Head = "the server is done with "+label, "is done  "
		n.Before, n.After = "the server is done with ", ", which "+t.carries(sent)
		n.Brief = [2]string{"", " is done"}
	}
	if field, value, alone := strings.Cut(n.Value, ": "); alone && sent.Do != sim.Create && sent.Sets.Count() == 1 {
		n.Head, n.Value = n.Head+field+": ", value
	}
}

// of returns the first event of a kind that is of the request of that number,
// nil if there is none.
func (t *Teller) of(kind sim.EventKind, number int) *sim.Event {
	i := slices.IndexFunc(t.Events, func(e sim.Event) bool { return e.Kind == kind && e.Request.Number == number })
	if i < 0 {
		return nil
	}
	return &t.Events[i]
}

// asks says what the user asks for, field by field.
func (t *Teller) asks(a *sim.Action) string {
	body := a.Sets.By(sim.By(a.Number))
	switch {
	case a.Do == sim.Update && a.Sets == a.Adds:
		return "add " + t.sets(a.Do, a.Sets, a.Adds, &body, "")
	case a.Do == sim.Update, a.Do == sim.SetPermissions:
		return "set " + t.sets(a.Do, a.Sets, a.Adds, &body, " to ")
	}
	return t.sets(a.Do, a.Sets, 0, &body, " ")
}

// carries says what a request asks for.
func (t *Teller) carries(r *sim.Sent) string {
	switch r.Do {
	case sim.Create:
		if r.Sets == 0 {
			return "creates a person"
		}
		return "creates a person, " + t.sets(sim.Update, r.Sets, r.Adds, &r.Body, " ")
	case sim.Delete:
		return "deletes " + record(r.ID)
	case sim.Fetch:
		return "reads " + record(r.ID)
	case sim.Update:
		switch r.Sets {
		case 0:
			return "sets nothing"
		case r.Adds:
			return "adds " + t.sets(r.Do, r.Sets, r.Adds, &r.Body, "")
		}
	}
	return "sets " + t.sets(r.Do, r.Sets, r.Adds, &r.Body, " to ")
}

func record(id int) string {
	if id == 0 {
		return "a record it has no id of"
	}
	return "record " + strconv.Itoa(id)
}

// sets lists fields and their values, and of those that are added to how much is, or
// else says what is done.
func (t *Teller) sets(do sim.Do, fields, adds sim.FieldSet, body *sim.State, between string) string {
	var out []string
	for f := range fields.All {
		name := t.Fit(t.Script.FieldName(f), 20)
		if adds.Has(f) {
			out = append(out, name+" "+t.Fit(Added(t.Script, body[f], f), 40))
			continue
		}
		out = append(out, name+between+t.value(body[f], f))
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

// answers says what the answer to a request brings.
func (t *Teller) answers(number int) string {
	e := t.of(sim.EventArrive, number)
	switch {
	case e == nil:
		return "done"
	case e.Status >= 400:
		return strconv.Itoa(e.Status)
	case e.Request.Do == sim.Create:
		return "id " + strconv.Itoa(e.ID)
	case e.Request.Do == sim.Fetch:
		return "it reads " + t.sets(sim.Fetch, there(&e.Record.State), 0, &e.Record.State, " ")
	}
	return "done"
}

// Picked says what became of something that was chosen to happen, behind its
// label: "→ screen, with id 1". Event i is the first of its step.
func (t *Teller) Picked(i int) string {
	e := &t.Events[i]
	switch e.Kind {
	case sim.EventWake:
		return "its " + Word(e)
	case sim.EventTimeout:
		return "times out"
	case sim.EventPush:
		return "news → client " + strconv.Itoa(e.ClientOf(t.Script)+1)
	case sim.EventArrive:
		to := "→ server"
		if t.of(sim.EventBegin, e.Request.Number) != nil {
			to = "is done at the server"
		}
		if e.Status >= 400 {
			return to + ", which answers " + strconv.Itoa(e.Status)
		}
		return to
	case sim.EventReply:
		switch {
		case e.Late:
			return "→ screen, too late"
		case e.Status >= 400:
			return "→ screen, with " + strconv.Itoa(e.Status)
		case e.Request.Do == sim.Create:
			return "→ screen, with id " + strconv.Itoa(e.ID)
		}
		return "→ screen"
	}
	return Word(e)
}

// Sent returns the actions that the request of that number carries, nil if it
// was never sent.
func (t *Teller) Sent(number int) []int {
	if e := t.of(sim.EventSend, number); e != nil {
		return e.Request.Actions
	}
	return nil
}
