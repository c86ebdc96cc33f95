package tui

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// teller puts what happens in a lane into plain words.
type teller struct{ *diagram.Lane }

// told is an event in words: who or what, of which actions, and what.
//
//	you u2 update Ada Byron
//	  … u2 queued: no id yet
//	  ▼ u3 lands, 200 OK
type told struct {
	who   string // at most four cells
	label string // "u2", or "u2+u3"
	words string
	short string     // fewer words, where there is no room; "": the same, cut
	first int        // the action that gives the label its colour
	of    ink.Colour // of who
}

// event tells event i.
func (l teller) event(i int) told {
	e := &l.Events[i]
	t := told{of: ink.Dim, first: e.Action, label: l.Label(e.Action)}
	if e.Request != nil {
		t.first, t.label = e.Request.Actions[0], l.Labels(e.Request.Actions)
	}
	switch e.Kind {
	case sim.EventAct:
		t.who = "you"
		t.words, t.short = l.pressed(e.Action)
	case sim.EventSend:
		t.who, t.words = "sent", l.sent(i)
	case sim.EventArrive:
		t.who, t.words = "▼", l.landed(i)
		_, t.short, _ = strings.Cut(t.words, ", ")
	case sim.EventReply:
		t.who, t.words = "▲", l.answered(i)
	case sim.EventBlock, sim.EventHold, sim.EventMerge:
		t.who, t.words = l.waits(i)
		t.short, _, _ = strings.Cut(t.words, ":")
	default:
		t.who, t.words, t.of = l.failed(i)
		if e.Kind == sim.EventDrop || e.Kind == sim.EventRefuse {
			t.short, _, _ = strings.Cut(t.words, ":")
		}
	}
	return t
}

// failed tells what did not go as it was meant to, and timers.
func (l teller) failed(i int) (who, words string, of ink.Colour) {
	e := &l.Events[i]
	switch e.Kind {
	case sim.EventDrop:
		return "✗", "dropped" + because(e.Reason), race.Grave(l.Gravity(e.Action))
	case sim.EventRefuse:
		return "!", "refused" + because(e.Reason), ink.Loud
	case sim.EventLost:
		words = "lost on its way"
		if e.Leg == sim.Downlink {
			words = "answer lost"
		}
		return "✗", words, race.Grave(l.Gravity(e.Request.Actions...))
	case sim.EventTimeout:
		return "×", "no answer in time", ink.Dim
	case sim.EventTell:
		if e.Status == 0 {
			return "!", "told: no answer", ink.Loud
		}
		return "!", "told: it failed, " + status(e.Status), ink.Loud
	case sim.EventWake:
		if l.Caused(i) != nil {
			return "?", "its time has come", ink.Dim
		}
		return "?", "asks: not yet", ink.Dim
	}
	return "·", e.Kind.String(), ink.Dim
}

// because writes a strategy's reason behind a colon.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + ink.Printable(reason, 40)
}

// pressed tells what the user asked for.
func (l teller) pressed(n int) (words, short string) {
	a := l.Script.Action(n)
	var values []string
	for f := range a.Sets.All {
		values = append(values, valueOf(l.Script, sim.By(n), f))
	}
	words, short = a.Do.String(), strings.Join(values, ", ")
	if a.Do == sim.SetPermissions {
		words = "set"
	}
	if short != "" {
		words += " " + short
	}
	return words, short
}

// asked is the word for what an action asks for.
func asked(do sim.Do) string {
	if do == sim.SetPermissions {
		return "set permissions"
	}
	return do.String()
}

// sent tells what a request asks for.
func (l teller) sent(i int) string {
	e := &l.Events[i]
	words := asked(e.Request.Do)
	if len(e.Request.Actions) > 1 {
		words = "as one " + words
	}
	if e.ID == 0 && e.Request.Do != sim.Create {
		words += ", without id"
	}
	return words
}

// landed tells what the server made of a request.
func (l teller) landed(i int) string {
	e := &l.Events[i]
	words := "lands"
	if l.Script.Network.Duplicates > 0 && slices.ContainsFunc(l.Events[:i], func(b sim.Event) bool {
		return b.Kind == sim.EventArrive && b.Request.Number == e.Request.Number
	}) {
		words = "lands again"
	}
	words += ", " + status(e.Status)
	switch {
	case e.Request.Do == sim.Create: // which asks for no record
		return words
	case e.Status == 404 && e.ID == 0:
		return words + " no id"
	case e.Status == 404 && (e.Record.Version == 0 || e.Record.Deleted):
		return words + " no record"
	case e.Status == 403 && l.Script.Value(e.Record.State[sim.Permissions], sim.Permissions) == int(l.Script.ReadOnly):
		return words + " locked"
	}
	return words
}

// status writes a status as people say it.
func status(n int) string {
	if n == 200 {
		return "200 OK"
	}
	return strconv.Itoa(n)
}

// answered tells what an answer brought.
func (l teller) answered(i int) string {
	e := &l.Events[i]
	words := "answer"
	switch {
	case e.Status != 200:
		words += ", " + status(e.Status)
	case e.Request.Do == sim.Create:
		words += ", id " + itoa(e.ID)
	case e.Request.Do == sim.Fetch:
		words += ", " + valueOf(l.Script, e.Body[l.Field], l.Field)
	}
	switch {
	case e.Late:
		return words + ": late"
	case e.Ignored:
		return words + ": ignored"
	}
	return words
}

// waits tells why an action does not go out at once.
func (l teller) waits(i int) (who, words string) {
	e := &l.Events[i]
	switch e.Kind {
	case sim.EventBlock:
		return "■", "blocked: button off"
	case sim.EventMerge:
		return "+", "joins the patch"
	}
	who, words = "…", ink.Printable(e.Reason, 30)
	switch e.Reason {
	case "":
		words = "waits"
	case "busy":
		who = "?"
	case "merged":
		who = "+"
	}
	after := l.behind(e.Action, i)
	switch {
	case l.Shown(i).ID == 0 && (e.Reason == "queued" || e.Reason == "merged"):
		words += ": no id yet"
	case after != 0 && (e.Reason == "busy" || e.Reason == "held" || e.Reason == "queued" && l.Script.Action(after).Do == sim.Create):
		words += ": after " + l.Label(after)
	}
	return who, words
}

// isAbout reports whether an event is about an action.
func isAbout(e *sim.Event, n int) bool {
	return e.Action == n || e.Request != nil && slices.Contains(e.Request.Actions, n)
}

// behind returns the action on whose answer n waits after event i, 0 if it
// waits for none that is under way: the oldest of its person on its client. What
// waits for an id waits for a create first; what is held, if for nobody else, for
// another person; and what waits for the clock for nobody.
func (l teller) behind(n, i int) int {
	a, reason, forID := l.Script.Action(n), "", false
	for k := range l.Events[:i+1] {
		if e := &l.Events[k]; e.Action == n {
			reason = e.Reason
			forID = e.Kind == sim.EventBlock || reason == "queued" || reason == "merged"
		}
	}
	if reason == "waits for a pause" || reason == "the batch is open" {
		return 0
	}
	found, best := 0, 0
	for _, m := range l.flying(i) {
		b, near := l.Script.Action(m), 0
		switch {
		case m == n || b.Client != a.Client:
		case b.Person != a.Person && (reason == "held" || reason == "no connection free"):
			near = 1
		case b.Person == a.Person && forID && b.Do == sim.Create:
			near = 3
		case b.Person == a.Person:
			near = 2
		}
		if near > best {
			found, best = m, near
		}
	}
	return found
}

// flying returns the first actions of the requests that the clients still wait
// for after event i, oldest first. They wait for what is lost too: they cannot
// know.
func (l teller) flying(i int) (open []int) {
	var numbers []int
	for k := range l.Events[:i+1] {
		switch e := &l.Events[k]; e.Kind {
		case sim.EventSend:
			numbers, open = append(numbers, e.Request.Number), append(open, e.Request.Actions[0])
		case sim.EventReply, sim.EventTimeout:
			if at := slices.Index(numbers, e.Request.Number); at >= 0 {
				numbers, open = slices.Delete(numbers, at, at+1), slices.Delete(open, at, at+1)
			}
		}
	}
	return open
}

// cause returns the event whose line of code brought event i about, -1 if
// there is none. Where that line only has something to do with it, it is not
// sure: for a click, what the strategy did with it; else the last line that
// did anything before.
func (l teller) cause(i int) (k int, sure bool) {
	if i < 0 {
		return -1, false
	}
	e := &l.Events[i]
	if e.Source.File != "" {
		return i, true
	}
	if e.Request != nil {
		for k := i; k >= 0; k-- {
			if b := &l.Events[k]; b.Source.File != "" && isAbout(b, e.Request.Actions[0]) && (b.Request == nil || b.Request.Number == e.Request.Number) {
				return k, true
			}
		}
	}
	if next := l.Caused(i); next != nil && (e.Kind == sim.EventAct && isAbout(next, e.Action) || e.Kind == sim.EventWake) {
		return i + 1, false
	}
	for k := i; k >= 0; k-- {
		if l.Events[k].Source.File != "" {
			return k, false
		}
	}
	return -1, false
}

// remark says in a few words what the line did that caused event k.
func (l teller) remark(k int) string {
	e := &l.Events[k]
	switch e.Kind {
	case sim.EventSend:
		labels := []string{}
		for j := range l.Events {
			if b := &l.Events[j]; b.Kind == sim.EventSend && b.At == e.At {
				labels = append(labels, l.Labels(b.Request.Actions))
			}
		}
		text := "sent " + l.Labels(e.Request.Actions)
		if n := len(labels); n > 1 && n < 5 {
			text = "sent " + strings.Join(labels[:n-1], ", ") + " and " + labels[n-1] + " in the same instant"
		} else if n > 1 {
			text += " and " + itoa(n-1) + " more in the same instant"
		}
		return text
	case sim.EventTell:
		if e.Status == 0 {
			return "told the user: no answer to " + l.Labels(e.Request.Actions)
		}
		return "told the user that " + l.Labels(e.Request.Actions) + " failed"
	case sim.EventDrop:
		return l.Label(e.Action) + " is thrown away, and nobody is told"
	case sim.EventRefuse:
		return "said no to " + l.Label(e.Action)
	case sim.EventBlock:
		return l.Label(e.Action) + " has not happened yet"
	}
	_, words := l.waits(k)
	return l.Label(e.Action) + " " + words
}
