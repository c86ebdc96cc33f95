package tell

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/sim"
)

// kinds names the events of each kind: a sign, at most four columns wide, and a
// word for what becomes of the action or the message.
var kinds = [...]struct{ sign, word string }{
	sim.EventAct:     {"you", "pressed"},
	sim.EventBlock:   {"■", "blocked"},
	sim.EventHold:    {"…", "waits"},
	sim.EventMerge:   {"+", "merged"},
	sim.EventDrop:    {"✗", "dropped"},
	sim.EventRefuse:  {"!", "refused"},
	sim.EventSend:    {"sent", "leaves"},
	sim.EventArrive:  {"▼", "arrives"},
	sim.EventReply:   {"▲", "answer"},
	sim.EventLost:    {"✗", "lost"},
	sim.EventTimeout: {"×", "no answer in time"},
	sim.EventWake:    {"?", "timer fires"},
	sim.EventTell:    {"!", "told"},
	sim.EventAsk:     {"ask", "fetches by itself"},
	sim.EventPush:    {"▲", "news"},
	sim.EventFail:    {"✗", "cannot leave"},
	sim.EventOffline: {"╳", "offline"},
	sim.EventOnline:  {"○", "back online"},
	sim.EventBegin:   {"▽", "begins"},
	sim.EventVisible: {"=", "is visible"},
	sim.EventRevert:  {"↶", "taken back"},
}

// Glyph returns the sign of an event.
func Glyph(e *sim.Event) string {
	switch {
	case e.Kind == sim.EventHold && e.Reason == "busy":
		return "?"
	case e.Kind == sim.EventHold && e.Reason == "merged":
		return kinds[sim.EventMerge].sign
	}
	return kinds[e.Kind].sign
}

// Word returns the word of an event; of one that waits, the strategy's own, if
// it gave one.
func Word(e *sim.Event) string {
	if e.Kind == sim.EventHold && e.Reason != "" {
		return e.Reason
	}
	return kinds[e.Kind].word
}

// Does says, behind the label of an action that does not go out at once, what
// becomes of it: "waits", "is dropped".
func Does(e *sim.Event) string {
	if e.Kind == sim.EventHold {
		return kinds[e.Kind].word
	}
	return "is " + kinds[e.Kind].word
}

// Says puts an event into a sentence, as "u2 arrives: ✗ 404" or "…u2 queued".
func Says(s *sim.Script, e *sim.Event) string {
	label := About(s, e)
	switch e.Kind {
	case sim.EventAct:
		return where(s, e.First()) + Action(s, s.Action(e.Action))
	case sim.EventSend:
		if e.Beacon {
			return label + " " + Word(e) + " as a beacon"
		}
		return label + " " + Word(e)
	case sim.EventAsk:
		return label + " " + Word(e)
	case sim.EventOffline, sim.EventOnline:
		return Glyph(e) + " " + Client(s, e.Client) + " is " + Word(e)
	case sim.EventFail:
		return Glyph(e) + " " + label + " " + Word(e) + ": offline"
	case sim.EventBegin:
		return label + " " + Word(e) + " at the server"
	case sim.EventVisible:
		return label + " " + Word(e) + " to reads"
	case sim.EventRevert:
		text := where(s, e.First()) + Glyph(e) + " " + label + " is " + Word(e)
		if e.Row {
			text += ", and its row"
		}
		return text
	case sim.EventArrive:
		return label + " " + Word(e) + ": " + Made(s, e)
	case sim.EventReply, sim.EventPush:
		return where(s, e.First()) + learned(s, e)
	case sim.EventLost:
		if e.Leg == sim.Downlink {
			label = "the answer to " + label
		}
		return label + " is " + Word(e)
	case sim.EventTimeout:
		return label + " got " + Word(e)
	case sim.EventWake:
		return label + "'s " + Word(e)
	case sim.EventTell:
		why := strconv.Itoa(e.Status)
		switch {
		case e.Request.Unsent:
			why = "not sent"
		case e.Status == 0:
			why = "no answer"
		}
		return Glyph(e) + label + " told the user: " + why
	case sim.EventDrop:
		return Glyph(e) + " " + label + " " + Word(e) + ": " + Clean(e.Reason)
	case sim.EventRefuse:
		return Glyph(e) + label + " " + Word(e) + ": " + Clean(e.Reason)
	}
	return Glyph(e) + label + " " + Word(e)
}

// Client names a client, numbered from 0, where there are several: "client 2", or
// else "the client".
func Client(s *sim.Script, number uint8) string {
	if s.Clients() == 1 {
		return "the client"
	}
	return "client " + strconv.Itoa(int(number)+1)
}

// where says whose screen it is on which an action shows, if there are several.
func where(s *sim.Script, n int) string {
	if where := s.Where(s.Action(n)); where != "" {
		return where + ": "
	}
	return ""
}

// Made says what the server made of a request, as `#1 name "Ada"` or "✗ 404".
func Made(s *sim.Script, e *sim.Event) string {
	if e.Status != 200 {
		if e.Status == 404 && e.ID == 0 && e.Request.Do != sim.Create {
			return "✗ 404: no id"
		}
		return "✗ " + strconv.Itoa(e.Status)
	}
	if ReadsAll(s, e) {
		return "all read"
	}
	id := "#" + strconv.Itoa(e.ID) + " "
	switch e.Request.Do {
	case sim.Delete:
		return id + "deleted"
	case sim.Fetch:
		return id + "read"
	}
	body, set := e.Request.Body, e.Request.Sets
	for f, by := range e.Record.State {
		if e.Request.Adds.Has(f) || by.ByServer() && slices.Contains(e.Request.Actions, by.Action()) {
			body[f], set = by, set.With(f)
		}
	}
	return id + Fields(s, body, set)
}

// ReadsAll reports whether a request that the server has carried out read all persons of
// its client. A client of the user's own may read one record where that was asked of it.
func ReadsAll(s *sim.Script, e *sim.Event) bool { return s.Action(e.First()).Lists && e.ID == 0 }

// Overwrites notes, in more and in fewer words, that a write lands on the newer
// one of that label.
func Overwrites(label string) (long, short string) {
	return "✗ overwrites " + label, "✗ over " + label
}

// Replaces notes, in more and in fewer words, that an answer wipes the edit of that label
// off the screen.
func Replaces(label string) (long, short string) {
	return "✗ replaces " + label, "✗ for " + label
}

// Stays notes that the write of that label stands, though a newer one has come.
func Stays(label string) string { return "✗ " + label + " stays" }

// learned says what an answer told the client.
func learned(s *sim.Script, e *sim.Event) string {
	label := About(s, e)
	switch {
	case e.Kind == sim.EventPush && e.Ignored:
		return "the news of " + News(s, e) + " are ignored"
	case e.Kind == sim.EventPush:
		return "the news of " + News(s, e) + " show " + taken(s, e)
	case e.Late:
		return label + " answered too late"
	case changesNothing(s, e):
		return label + " answered: no change"
	case e.Ignored:
		return label + " answered, and is ignored"
	case e.Status != 200:
		return "✗ " + label + " failed: " + strconv.Itoa(e.Status)
	case e.Request.Do == sim.Create:
		return label + " saved: it is #" + strconv.Itoa(e.ID) + echo(s, e)
	case e.Request.Do == sim.Delete:
		return label + " deleted"
	case ReadsAll(s, e):
		return label + " shows " + listed(s, e)
	case e.Request.Do == sim.Fetch:
		return label + " shows " + taken(s, e)
	}
	return label + " saved" + echo(s, e)
}

// News returns the label of the save whose news an event brings, or loses.
func News(s *sim.Script, e *sim.Event) string {
	if errand := s.Action(e.First()).Errand; errand != nil && errand.Cause != nil {
		return errand.Cause.Label()
	}
	return Label(s, e.First())
}

// changesNothing reports whether an answer left the screen as it was, of which
// nobody can say whether the client looked at it: it is a client of the user's
// own, which shows what the answer has, or has read by itself.
func changesNothing(s *sim.Script, e *sim.Event) bool {
	if e.Ignored {
		return s.Action(e.First()).Errand != nil
	}
	return e.Request.Do == sim.Fetch && e.Status == 200 && e.Kept != 0 && e.Kept == there(&e.Body)
}

// there returns the fields that a record has.
func there(state *sim.State) (set sim.FieldSet) {
	for f, by := range state {
		if by != sim.Nobody {
			set = set.With(f)
		}
	}
	return set
}

// echo says what an answer to a save shows, if it brings the record.
func echo(s *sim.Script, e *sim.Event) string {
	if e.Body == (sim.State{}) {
		return ""
	}
	return ", and shows " + taken(s, e)
}

// listed says what the screens took over from the answer to a list, as
// `#1 name "Ada"; #2 name "Bo"`.
func listed(s *sim.Script, e *sim.Event) string {
	var persons []string
	for i := range e.Rows {
		if r := &e.Rows[i]; r.Shown {
			one := sim.Event{Body: r.Body, Kept: r.Kept}
			persons = append(persons, "#"+strconv.Itoa(r.ID)+" "+taken(s, &one))
		}
	}
	if len(persons) == 0 {
		return "nobody whom the client knows"
	}
	return strings.Join(persons, "; ")
}

// taken says what the screen took over from an answer, and what it did not.
func taken(s *sim.Script, e *sim.Event) string {
	if e.Kept == 0 {
		return Fields(s, e.Body, All)
	}
	var words []string
	if shows := Fields(s, e.Body, All&^e.Kept); shows != "" {
		words = append(words, shows)
	}
	for f := range e.Kept.All {
		words = append(words, "keeps "+Fit(s.FieldName(f), 24))
	}
	return strings.Join(words, ", ")
}
