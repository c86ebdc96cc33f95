package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// WriteStories writes the trials of one scenario one below the other, for
// people: who did what when, which message was on its way, what the server
// made of it, and what stands at the end.
func WriteStories(w io.Writer, s *scenarios.Scenario, trials []*Trial, p Palette) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", paint(p.Strong, Clean(s.Name)), fit(s.Title, max(20, 78-columns(s.Name))))
	if len(trials) > 0 {
		note := fmt.Sprintf("seed %d, times in ms", trials[0].Seed)
		if trials[0].ordered {
			note = "in the order of the schedule; time does not count"
		} else if Pinned(s.Script) && !Pinned(trials[0].Script) {
			note += ", pinned latencies ignored"
		}
		fmt.Fprintf(&b, "%s\n", paint(p.Faint, note))
	}
	for _, t := range trials {
		t.story(&b, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The columns of a story, which with the blanks between them fill 80.
const (
	timeWidth   = 8
	screenWidth = 31
	wireWidth   = 14
	serverWidth = 22
)

// row is one line of a story: what is seen on the screen, on the way, and at
// the server, and the verdict that it proves. A row without anything at the
// server may say something that is as wide as both columns.
type row struct {
	at                   time.Duration
	screen, wire, server string
	proves               judge.Verdict
	client               int  // whose it is, from 0
	note                 bool // goes with the row above, which bears the mark
}

func (t *Trial) story(b *strings.Builder, p Palette) {
	fmt.Fprintf(b, "\n%s %s\n", paint(p.Of(t.Verdict), mark(t.Verdict)+" "+t.Strategy), paint(p.Faint, t.Verdict.String()))
	for _, a := range t.Anomalies {
		fmt.Fprintf(b, "  %s: %s\n", a.Kind, a.Says(t.Script))
	}
	if text := t.Margin(); text != "" && !t.ordered {
		fmt.Fprintf(b, "  %s\n", paint(p.Faint, text))
	}
	t.rowsOf(b, p)
}

// rowsOf writes the events, and what stands at the end.
func (t *Trial) rowsOf(b *strings.Builder, p Palette) {
	header := padLeft("ms", timeWidth) + "   " + pad("screen", screenWidth) + " " + pad("network", wireWidth) + " server"
	fmt.Fprintf(b, "%s\n", paint(p.Faint, header))
	last := time.Duration(-1)
	for _, r := range t.rows() {
		at := ""
		if r.at != last {
			at, last = milliseconds(r.at).String(), r.at
		}
		r.write(b, p, at)
	}
	t.ending(b, p)
}

// write writes a row. What proves something bears its mark.
func (r *row) write(b *strings.Builder, p Palette, at string) {
	sign, colour := " ", ""
	if r.proves != judge.OK {
		colour = p.Of(r.proves)
		if !r.note {
			sign = mark(r.proves)
		}
	}
	wide := wireWidth
	if r.server == "" {
		wide += 1 + serverWidth
	}
	right := fit(r.wire, wide)
	if r.server != "" {
		right = pad(right, wireWidth) + " " + fit(r.server, serverWidth)
	}
	left := fit(r.screen, screenWidth)
	if right != "" {
		left = pad(left, screenWidth) + " "
	}
	fmt.Fprintf(b, "%s %s %s%s\n", padLeft(at, timeWidth), paint(colour, sign), left, paint(colour, right))
}

// rows turns events into rows. A send shares the row of the click that caused
// it. The firings of timers are left out: what they do is seen.
func (t *Trial) rows() []row {
	proves := t.proves()
	var rows []row
	for i := range t.Events {
		e := &t.Events[i]
		r := t.row(e)
		r.at, r.proves, r.client = e.At, proves[i], t.client(e)
		n := len(rows)
		switch {
		case e.Kind == sim.EventWake:
			continue
		case n > 0 && r.screen == "" && r.server == "" && i > 0 && t.answersClick(i):
			rows[n-1].wire = r.wire
			rows[n-1].proves = max(rows[n-1].proves, r.proves)
		default:
			rows = append(rows, r)
		}
		if note := t.overwrites(i); note != "" {
			rows = append(rows, row{at: e.At, server: note, proves: r.proves, note: true})
		}
	}
	return rows
}

// proves says, for each event, the gravest verdict that it helps to prove.
func (t *Trial) proves() []judge.Verdict {
	proves := make([]judge.Verdict, len(t.Events))
	for _, a := range t.Anomalies {
		for _, i := range t.proof(a) {
			proves[i] = max(proves[i], judge.Kinds[a.Kind].Verdict)
		}
	}
	return proves
}

// answersClick reports whether event i is what the client did with the click
// just before it.
func (t *Trial) answersClick(i int) bool {
	click, e := &t.Events[i-1], &t.Events[i]
	if click.Kind != sim.EventAct {
		return false
	}
	if e.Request != nil {
		return e.Kind == sim.EventSend && e.Request.Actions[0] == click.Action
	}
	return e.Action == click.Action
}

// overwrites says what an old write did to a newer one, at its arrival.
func (t *Trial) overwrites(event int) string {
	if t.Events[event].Kind != sim.EventArrive {
		return ""
	}
	for _, a := range t.Anomalies {
		proof := t.proof(a)
		if a.Kind != judge.MonotonicWrites && a.Kind != judge.LostUpdate || proof[len(proof)-1] != event {
			continue
		}
		old, newer := t.Script.Action(a.Actions[0]), t.Script.Action(a.Actions[1])
		if a.Kind == judge.LostUpdate {
			old, newer = newer, old
		}
		switch {
		case slices.Contains(t.Events[event].Request.Actions, newer.Number):
			return "✗ " + old.Label() + " stays" // its stamp is later
		case old.Do == sim.Delete:
			return "✗ takes " + newer.Label() + " away"
		case old.Sets&newer.Sets != 0:
			return "✗ overwrites " + newer.Label()
		}
	}
	return ""
}

func (t *Trial) row(e *sim.Event) row {
	s := t.Script
	switch e.Kind {
	case sim.EventAct:
		return row{screen: t.where(e.Action) + Describe(s, s.Action(e.Action))}
	case sim.EventSend:
		return row{wire: t.labels(e.Request) + " ──▶"}
	case sim.EventArrive:
		return row{wire: padLeft("──▶ "+t.labels(e.Request), wireWidth), server: t.handled(e)}
	case sim.EventReply:
		return row{screen: t.where(e.Request.Actions[0]) + t.learned(e), wire: "◀── " + t.labels(e.Request)}
	case sim.EventLost:
		if e.Leg == sim.Uplink {
			return row{wire: t.labels(e.Request) + " ──✗ lost"}
		}
		return row{wire: padLeft("lost ✗── "+t.labels(e.Request), wireWidth)}
	case sim.EventTimeout:
		return row{screen: t.labels(e.Request) + " got no answer in time"}
	case sim.EventTell:
		return row{screen: "!" + t.labels(e.Request) + " told the user: " + told(e)}
	}
	return row{wire: waiting(e, s.Action(e.Action).Label())}
}

// client returns the client that an event is of, from 0.
func (t *Trial) client(e *sim.Event) int {
	n := e.Action
	if e.Request != nil {
		n = e.Request.Actions[0]
	}
	return int(t.Script.Action(n).Client)
}

// where says whose screen it is on which an action shows, if there are several.
func (t *Trial) where(n int) string {
	if where := t.Script.Where(t.Script.Action(n)); where != "" {
		return where + ": "
	}
	return ""
}

// waiting describes what the client did with an action instead of sending it.
func waiting(e *sim.Event, label string) string {
	switch e.Kind {
	case sim.EventBlock:
		return "■" + label + " blocked"
	case sim.EventMerge:
		return "+" + label + " merged"
	case sim.EventDrop:
		return "✗ " + label + " dropped: " + e.Reason
	case sim.EventRefuse:
		return "!" + label + " refused: " + e.Reason
	}
	sign := "…"
	if e.Reason == "busy" {
		sign = "?"
	}
	return sign + label + " " + e.Reason
}

func told(e *sim.Event) string {
	if e.Status == 0 {
		return "no answer"
	}
	return strconv.Itoa(e.Status)
}

// labels lists what a request carries, as "u2+u3".
func (t *Trial) labels(r *sim.Sent) string {
	labels := make([]string, len(r.Actions))
	for i, n := range r.Actions {
		labels[i] = t.Script.Action(n).Label()
	}
	return strings.Join(labels, "+")
}

// handled describes what the server made of a request.
func (t *Trial) handled(e *sim.Event) string {
	if e.Status != 200 {
		if e.Status == 404 && e.ID == 0 && e.Request.Do != sim.Create {
			return "✗ 404: no id"
		}
		return "✗ " + strconv.Itoa(e.Status)
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
		if by.ByServer() && slices.Contains(e.Request.Actions, by.Action()) {
			body[f], set = by, set.With(f)
		}
	}
	return id + fields(t.Script, body, set)
}

// learned describes what an answer told the client.
func (t *Trial) learned(e *sim.Event) string {
	label := t.labels(e.Request)
	switch {
	case e.Late:
		return label + " answered too late"
	case e.Ignored:
		return label + " answered, and is ignored"
	case e.Status != 200:
		return "✗ " + label + " failed: " + strconv.Itoa(e.Status)
	case e.Request.Do == sim.Create:
		return label + " saved: it is #" + strconv.Itoa(e.ID) + t.echo(e)
	case e.Request.Do == sim.Delete:
		return label + " deleted"
	case e.Request.Do == sim.Fetch:
		return label + " shows " + fields(t.Script, e.Body, attributes.With(sim.Permissions))
	}
	return label + " saved" + t.echo(e)
}

// echo says what an answer to a save shows, if it brings the record.
func (t *Trial) echo(e *sim.Event) string {
	if e.Body == (sim.State{}) {
		return ""
	}
	return ", and shows " + fields(t.Script, e.Body, attributes.With(sim.Permissions))
}

// Describe puts an action into a few words, as `u2 update name "Ada"`.
func Describe(s *sim.Script, a *sim.Action) string {
	var state sim.State
	for f := range a.Sets.All {
		state[f] = sim.By(a.Number)
	}
	words := a.Label() + " " + a.Do.String()
	if a.Do == sim.SetPermissions {
		words = a.Label()
	}
	if a.Sets == 0 {
		return words
	}
	return words + " " + fields(s, state, a.Sets)
}

// fields lists the fields that somebody wrote, as `name "Ada", age 36`.
func fields(s *sim.Script, state sim.State, set sim.FieldSet) string {
	var list []string
	for f := range set.All {
		if state[f] != sim.Nobody {
			list = append(list, field(s, state, f))
		}
	}
	return strings.Join(list, ", ")
}

func field(s *sim.Script, state sim.State, f int) string {
	const most = 24
	v := fmt.Sprint(value(s, state, f))
	if text, ok := value(s, state, f).(string); ok {
		v = `"` + fit(text, most) + `"`
	}
	return fit(s.FieldName(f), most) + " " + v
}

// ending writes what the screen and the server hold at the end, and who wrote
// it.
func (t *Trial) ending(b *strings.Builder, p Palette) {
	for v := range t.Script.Views().All {
		c := &t.Ledger.Views[v]
		where := t.Script.Where(&sim.Action{Client: uint8(v / sim.MaxPersons), Person: uint8(v % sim.MaxPersons)})
		t.holder(b, p, "screen", where, c.ID, c.Deleted, c.State, c.State)
	}
	place := "server"
	for i, r := range t.Ledger.Records {
		if r.Version == 0 {
			continue // an id that the client made, of which the server never heard
		}
		t.holder(b, p, place, "", i+1, r.Deleted, r.State, t.screenOf(&r).State)
		place = ""
	}
	if place != "" {
		fmt.Fprintf(b, "%s   no record\n", padLeft(place, timeWidth))
	}
}

// screenOf returns the screen that a record is held against: that of the person
// it was made for; of one who was given, the first.
func (t *Trial) screenOf(r *sim.Record) *sim.Person {
	view := t.View()
	if r.Creator != 0 {
		view = t.Script.Action(r.Creator).View()
	} else if view%sim.MaxPersons != 0 {
		view = 0
	}
	return &t.Ledger.Views[view]
}

// holder writes one side's fields, as many on a line as fit, and marks those
// that differ from what the screen shows.
func (t *Trial) holder(b *strings.Builder, p Palette, place, where string, id int, deleted bool, state, screen sim.State) {
	line := "no id"
	if id != 0 {
		line = "#" + strconv.Itoa(id)
	}
	if deleted {
		line += ", deleted"
	}
	if where != "" {
		line = where + ": " + line
	}
	indent := strings.Repeat(" ", timeWidth+3)
	fmt.Fprintf(b, "%s   %s", paint(p.Strong, padLeft(place, timeWidth)), line)
	width := timeWidth + 3 + len(line)
	for f := range attributes.With(sim.Permissions).All {
		differs := !deleted && t.Script.Value(state[f], f) != t.Script.Value(screen[f], f)
		if state[f] == sim.Nobody && !differs {
			continue
		}
		text := t.held(state, f)
		if differs {
			text = "≠ " + text
		}
		if n := columns(text); width+2+n > 80 {
			fmt.Fprintf(b, "\n%s%s", indent, text)
			width = timeWidth + 3 + n
		} else {
			fmt.Fprintf(b, "  %s", text)
			width += 2 + n
		}
	}
	b.WriteByte('\n')
}

// held says what a field holds and who wrote it.
func (t *Trial) held(state sim.State, f int) string {
	switch by := state[f]; {
	case by == sim.Nobody:
		return "no " + fit(t.Script.FieldName(f), 24)
	case by == sim.Given:
		return field(t.Script, state, f) + " from the start"
	case by.ByServer():
		return field(t.Script, state, f) + " by the server, for " + t.Script.Action(by.Action()).Label()
	default:
		return field(t.Script, state, f) + " by " + t.Script.Action(by.Action()).Label()
	}
}
