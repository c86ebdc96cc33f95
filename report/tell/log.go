package tell

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
	"photofinish/sim/judge"
)

// Teller tells the events of one trial, each in the light of those before it.
type Teller struct {
	Script    *sim.Script
	Events    []sim.Event
	Anomalies []judge.Anomaly
	Field     int                                // the field in view: the one whose value is told of an answer
	Fit       func(text string, most int) string // cleans a text from outside and cuts it to so many columns
}

// Telling is an event as a line of a log:
//
//	you u2 update Ada Byron
//	  … u2 queued: no id yet
//	  ▼ u3 arrives, 200 OK
type Telling struct {
	Sign  string // who or what, at most four columns
	Role  Role   // of the sign
	Label string // "u2", or "u2+u3"
	First int    // the action that gives the label its colour
	Long  string
	Short string // where there is no room for Long; "": the same, cut
}

// Event tells event i.
func (t *Teller) Event(i int) Telling {
	e := &t.Events[i]
	l := Telling{Sign: Glyph(e), First: e.First(), Label: About(t.Script, e), Long: Word(e)}
	switch e.Kind {
	case sim.EventAct:
		l.Long, l.Short = t.pressed(e.Action)
	case sim.EventSend:
		l.Long = sent(e)
	case sim.EventArrive:
		l.Long = t.arrived(i)
		_, l.Short, _ = strings.Cut(l.Long, ", ")
	case sim.EventReply:
		l.Long = t.answered(e)
	case sim.EventBlock, sim.EventHold, sim.EventMerge:
		l.Long = t.waits(i)
		l.Short, _, _ = strings.Cut(l.Long, ":")
	case sim.EventDrop, sim.EventRefuse:
		if l.Role = Loud; e.Kind == sim.EventDrop {
			l.Role = Harm(Gravity(t.Anomalies, e.Action))
		}
		if l.Short = l.Long; e.Reason != "" {
			l.Long += ": " + t.Fit(e.Reason, 40)
		}
	case sim.EventLost:
		l.Role = Harm(Gravity(t.Anomalies, e.About()...))
		l.Long = Lost(e.Leg)
	case sim.EventFail:
		l.Role = Harm(Gravity(t.Anomalies, e.About()...))
		l.Long += ": offline"
	case sim.EventPush:
		l.Long = t.news(e)
	case sim.EventOffline, sim.EventOnline:
		l.Label, l.Long = "", Client(t.Script, e.Client)+" "+Word(e)
		l.Short = Word(e)
	case sim.EventRevert:
		if e.Row {
			l.Short = l.Long
			l.Long += ", with the whole row"
		}
	case sim.EventTell:
		l.Role = Loud
		l.Long += ": no answer"
		switch {
		case e.Request.Unsent:
			l.Long = Word(e) + ": it was not sent"
		case e.Status != 0:
			l.Long = Word(e) + ": it failed, " + Status(e.Status)
		}
	case sim.EventWake:
		l.Long = "asks: not yet"
		if t.caused(i) {
			l.Long = "its time has come"
		}
	}
	return l
}

// Lost says, behind the label of a request, which leg of it was lost.
func Lost(leg sim.Leg) string {
	if leg == sim.Downlink {
		return "answer " + kinds[sim.EventLost].word
	}
	return kinds[sim.EventLost].word + " on its way"
}

// caused reports whether the strategy did something about event i: that stands
// right behind it.
func (t *Teller) caused(i int) bool {
	return i+1 < len(t.Events) && t.Events[i+1].Source.File != ""
}

// value returns what a writer gave a field.
func (t *Teller) value(w sim.Writer, f int) string { return t.Fit(Value(t.Script, w, f), 40) }

// pressed tells what the user asked for.
func (t *Teller) pressed(n int) (long, short string) {
	a := t.Script.Action(n)
	var values []string
	for f := range a.Sets.All {
		if a.Adds.Has(f) {
			values = append(values, t.Fit(Added(t.Script, sim.By(n), f), 40))
			continue
		}
		values = append(values, t.value(sim.By(n), f))
	}
	long, short = a.Word(), strings.Join(values, ", ")
	if a.Do == sim.SetPermissions {
		long = "set"
	}
	if short != "" {
		long += " " + short
	}
	return long, short
}

// sent tells what a request asks for.
func sent(e *sim.Event) string {
	words := e.Request.Do.String()
	if e.Request.Do == sim.SetPermissions {
		words = "set permissions"
	}
	if len(e.Request.Actions) > 1 {
		words = "as one " + words
	}
	if e.ID == 0 && e.Request.Do != sim.Create {
		words += ", without id"
	}
	return words
}

// arrived tells what the server made of a request.
func (t *Teller) arrived(i int) string {
	e := &t.Events[i]
	words := Word(e)
	if t.Script.Network.Duplicates > 0 && slices.ContainsFunc(t.Events[:i], func(b sim.Event) bool {
		return b.Kind == sim.EventArrive && b.Request.Number == e.Request.Number
	}) {
		words += " again"
	}
	words += ", " + Status(e.Status)
	switch {
	case e.Request.Do == sim.Create: // which asks for no record
		return words
	case e.Status == 404 && e.ID == 0:
		return words + " no id"
	case e.Status == 404 && (e.Record.Version == 0 || e.Record.Deleted):
		return words + " no record"
	case e.Status == 403 && t.Script.Value(e.Record.State[sim.Permissions], sim.Permissions) == int(t.Script.ReadOnly):
		return words + " locked"
	}
	return words
}

// Status writes a status as people say it.
func Status(n int) string {
	if n == 200 {
		return "200 OK"
	}
	return strconv.Itoa(n)
}

// answered tells what an answer brought.
func (t *Teller) answered(e *sim.Event) string {
	words := Word(e)
	switch {
	case e.Status != 200:
		words += ", " + Status(e.Status)
	case e.Request.Do == sim.Create:
		words += ", id " + strconv.Itoa(e.ID)
	case e.Request.Do == sim.Fetch:
		words += ", " + t.value(e.Body[t.Field], t.Field)
	}
	switch {
	case e.Late:
		return words + ": late"
	case changesNothing(t.Script, e):
		return words + ": no change"
	case e.Ignored:
		return words + ": ignored"
	}
	return words
}

// news tells what the news of another client's save brought.
func (t *Teller) news(e *sim.Event) string {
	words := Word(e) + ", " + t.value(e.Body[t.Field], t.Field)
	if e.Ignored {
		return words + ": ignored"
	}
	return words
}

// waits tells why an action does not go out at once.
func (t *Teller) waits(i int) string {
	e := &t.Events[i]
	words := t.Fit(Word(e), 30)
	if e.Kind == sim.EventBlock {
		return words + ": button off"
	}
	after := t.behind(e.Action, i)
	switch {
	case e.Kind == sim.EventMerge:
	case t.shown(e).ID == 0 && (e.Reason == "queued" || e.Reason == "merged"):
		words += ": no id yet"
	case after != 0 && (e.Reason == "busy" || e.Reason == "held" || e.Reason == "queued" && t.Script.Action(after).Do == sim.Create):
		words += ": after " + Label(t.Script, after)
	}
	return words
}

// shown returns the person that an event is about, as the screen shows them from
// then on.
func (t *Teller) shown(e *sim.Event) *sim.Person {
	return &e.Views[t.Script.Action(e.First()).View()]
}

// Clause tells event i so that it can stand behind another word, as in "there
// u3 is dropped".
func (t *Teller) Clause(i int) string {
	e := &t.Events[i]
	label := About(t.Script, e)
	switch e.Kind {
	case sim.EventAct:
		return "you press " + label
	case sim.EventSend:
		if len(e.Request.Actions) > 1 {
			return label + " leave as one"
		}
		return Says(t.Script, e)
	case sim.EventTimeout, sim.EventLost, sim.EventWake, sim.EventAsk, sim.EventBegin, sim.EventVisible:
		return Says(t.Script, e)
	case sim.EventOffline, sim.EventOnline:
		return Client(t.Script, e.Client) + " is " + Word(e)
	case sim.EventPush:
		return "the news of " + News(t.Script, e) + " arrive"
	case sim.EventFail:
		return label + " " + Word(e)
	case sim.EventArrive:
		return label + " " + Word(e) + ", " + Status(e.Status)
	case sim.EventReply:
		if changesNothing(t.Script, e) {
			return "the answer to " + label + " changes nothing"
		}
		if e.Ignored {
			return "the answer to " + label + " is ignored"
		}
		return "the answer to " + label + " " + kinds[sim.EventArrive].word
	case sim.EventHold:
		if e.Reason != "merged" {
			return t.Waits(e.Action, i)
		}
		return label + " is " + Word(e)
	case sim.EventTell:
		return "you are told of " + label
	}
	return label + " " + Does(e)
}

// Remark says what the line of code did that caused event i.
func (t *Teller) Remark(i int) string {
	e := &t.Events[i]
	label := About(t.Script, e)
	switch e.Kind {
	case sim.EventSend:
		return "sent " + t.together(i)
	case sim.EventTell:
		switch {
		case e.Request.Unsent:
			return "told the user that " + label + " could not leave"
		case e.Status == 0:
			return "told the user: no answer to " + label
		}
		return "told the user that " + label + " failed"
	case sim.EventDrop:
		return label + " is thrown away, and nobody is told"
	case sim.EventRefuse:
		return "said no to " + label
	case sim.EventBlock:
		return label + " has not happened yet"
	case sim.EventAsk:
		return Says(t.Script, e)
	case sim.EventRevert:
		return "took " + label + " off the screen"
	case sim.EventFail:
		return "could not send " + label + ": offline"
	}
	return label + " " + t.waits(i)
}

// together names what is sent at the instant of event i.
func (t *Teller) together(i int) string {
	var labels []string
	for k := range t.Events {
		if e := &t.Events[k]; e.Kind == sim.EventSend && e.At == t.Events[i].At {
			labels = append(labels, About(t.Script, e))
		}
	}
	switch n := len(labels); {
	case n == 1:
		return labels[0]
	case n > 4:
		labels = []string{Labels(t.Script, t.Events[i].Request.Actions), strconv.Itoa(n-1) + " more"}
	}
	return judge.And(labels) + " in the same instant"
}
