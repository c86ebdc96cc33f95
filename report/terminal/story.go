package terminal

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// WriteStories writes the trials of one scenario one below the other, for
// people: who did what when, which message was on its way, what the server
// made of it, and what stands at the end.
func WriteStories(w io.Writer, s *scenarios.Scenario, trials []*report.Trial, p Palette) error {
	var b strings.Builder
	b.WriteString(heading(s, p, 80))
	if len(trials) > 0 {
		note := fmt.Sprintf("seed %d, times in ms", trials[0].Seed)
		if trials[0].Ordered {
			note = "in the order of the schedule; time does not count"
		} else if report.Pinned(s.Script) && !report.Pinned(trials[0].Script) {
			note += ", pinned latencies ignored"
		}
		fmt.Fprintf(&b, "%s\n", Paint(p.Faint, note))
	}
	for _, t := range trials {
		story(&b, t, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// heading names a scenario, in a line of its own of at most width columns, if that can
// be done.
func heading(s *scenarios.Scenario, p Palette, width int) string {
	name := tell.Fit(s.Name, width)
	line := Paint(p.Strong, name)
	if room := width - 2 - tell.Columns(name); room >= 12 && s.Title != "" {
		line += "  " + tell.Fit(s.Title, room)
	}
	return line + "\n"
}

// The columns of a story, which with the blanks between them fill 80. Where times need
// more than theirs, the screen has less. What is seen on it is told in up to so many lines.
const (
	timeWidth   = 8
	screenWidth = 31
	screenLines = 3
	wireWidth   = 14
	serverWidth = 22
)

// Row is one line of a story: what is seen on the screen, on the way, and at
// the server, and the verdict that it proves. A row without anything at the
// server may say something that is as wide as both columns.
type Row struct {
	At                   time.Duration
	Event                *sim.Event // that it tells; of two, the click
	Screen, Wire, Server string
	Says                 string // the last event that it tells, as a sentence
	Proves               judge.Verdict
	Note                 bool // goes with the row above, which bears the mark
}

func story(b *strings.Builder, t *report.Trial, p Palette) {
	fmt.Fprintf(b, "\n%s %s\n", Paint(p.Of(t.Verdict), tell.Mark(t.Verdict)+" "+t.Strategy), Paint(p.Faint, t.Verdict.String()))
	if t.Own != nil {
		Hang(b, "  ", report.Ran(t.Own))
	}
	if err := t.Ledger.Failed; err != nil {
		Hang(b, "  ", "failed: "+tell.Clean(err.Error()))
	}
	if why := t.Ledger.Why; why != "" {
		Hang(b, "  ", "nobody knows how it ends: "+tell.Clean(why))
	}
	for _, a := range t.Anomalies {
		fmt.Fprintf(b, "  %s: %s\n", a.Kind, a.Says(t.Script))
	}
	if text := t.Margin(); text != "" && !t.Ordered {
		fmt.Fprintf(b, "  %s\n", Paint(p.Faint, text))
	}
	events(b, t, p)
}

// events writes what happened, and what stands at the end.
func events(b *strings.Builder, t *report.Trial, p Palette) {
	rows, times := Rows(t), timeWidth
	for _, r := range rows {
		times = max(times, tell.Columns(tell.Milliseconds(r.At)))
	}
	screen := screenWidth + timeWidth - times
	header := tell.PadLeft("ms", times) + "   " + tell.Pad("screen", screen) + " " + tell.Pad("network", wireWidth) + " server"
	fmt.Fprintf(b, "%s\n", Paint(p.Faint, header))
	last := time.Duration(-1)
	for _, r := range rows {
		at := ""
		if r.At != last {
			at, last = tell.Milliseconds(r.At), r.At
		}
		r.write(b, p, tell.PadLeft(at, times), screen)
	}
	ending(b, t, p)
}

// write writes a row, the screen of which is so many columns wide. What proves
// something bears its mark.
func (r *Row) write(b *strings.Builder, p Palette, at string, screen int) {
	sign, colour := " ", ""
	if r.Proves != judge.OK {
		colour = p.Of(r.Proves)
		if !r.Note {
			sign = tell.Mark(r.Proves)
		}
	}
	wide := wireWidth
	if r.Server == "" {
		wide += 1 + serverWidth
	}
	right := tell.Fit(r.Wire, wide)
	if r.Server != "" {
		right = tell.Pad(right, wireWidth) + " " + tell.Fit(r.Server, serverWidth)
	}
	seen := folded(r.Screen, screen)
	left := seen[0]
	if right != "" {
		left = tell.Pad(left, screen) + " "
	}
	fmt.Fprintf(b, "%s %s %s%s\n", at, Paint(colour, sign), left, Paint(colour, right))
	for _, line := range seen[1:] {
		fmt.Fprintf(b, "%s   %s\n", strings.Repeat(" ", len(at)), line)
	}
}

// folded breaks what is seen on a screen into lines, those after the first a little
// further in. What does not fit into the last of them is cut. Not by [wrap], since
// values in quotes stay whole, and a row has few lines.
func folded(text string, width int) []string {
	const indent = "  "
	const blank, stays = " ", "\u00a0"
	parts := strings.Split(tell.Clean(text), `"`)
	for i := 1; i < len(parts); i += 2 { // what stands in quotes is broken only where it must be
		parts[i] = strings.ReplaceAll(parts[i], blank, stays)
	}
	first, rest := cut(strings.Join(parts, `"`), width)
	lines := []string{first}
	for rest != "" {
		if len(lines) == screenLines-1 {
			first, rest = tell.Fit(rest, width-len(indent)), ""
		} else {
			first, rest = cut(rest, width-len(indent))
		}
		lines = append(lines, indent+first)
	}
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], stays, blank)
	}
	return lines
}

// cut returns what fits into one line of a text, and the rest.
func cut(text string, width int) (line, rest string) {
	line, rest, _ = strings.Cut(ansi.Wrap(text, width, ""), "\n")
	return strings.TrimRight(line, " "), strings.ReplaceAll(rest, "\n", " ")
}

// Rows turns events into rows. A send shares the row of the click that caused
// it. The firings of timers are left out: what they do is seen.
func Rows(t *report.Trial) []Row {
	proves := proves(t)
	var rows []Row
	for i := range t.Events {
		e := &t.Events[i]
		r := rowOf(t, e)
		r.At, r.Event, r.Proves = e.At, e, proves[i]
		n := len(rows)
		switch {
		case e.Kind == sim.EventWake:
			continue
		case n > 0 && r.Screen == "" && r.Server == "" && i > 0 && answersClick(t, i):
			rows[n-1].Wire, rows[n-1].Says = r.Wire, r.Says
			rows[n-1].Proves = max(rows[n-1].Proves, r.Proves)
		default:
			rows = append(rows, r)
		}
		if note := overwrites(t, i); note != "" {
			rows = append(rows, Row{At: e.At, Event: e, Server: note, Proves: r.Proves, Note: true})
		}
	}
	return rows
}

// proves says, for each event, the gravest verdict that it helps to prove.
func proves(t *report.Trial) []judge.Verdict {
	proves := make([]judge.Verdict, len(t.Events))
	for _, a := range t.Anomalies {
		for _, i := range t.Proof(a) {
			proves[i] = max(proves[i], judge.Kinds[a.Kind].Verdict)
		}
	}
	return proves
}

// answersClick reports whether event i is what the client did with the click
// just before it.
func answersClick(t *report.Trial, i int) bool {
	click, e := &t.Events[i-1], &t.Events[i]
	if click.Kind != sim.EventAct && click.Kind != sim.EventAsk {
		return false
	}
	return (e.Request == nil || e.Kind == sim.EventSend) && e.First() == click.Action
}

// overwrites says what an old write did to a newer one, at its arrival.
func overwrites(t *report.Trial, event int) string {
	if t.Events[event].Kind != sim.EventArrive {
		return ""
	}
	for _, a := range t.Anomalies {
		proof := t.Proof(a)
		if a.Kind != judge.MonotonicWrites && a.Kind != judge.LostUpdate || proof[len(proof)-1] != event {
			continue
		}
		old, newer := t.Script.Action(a.Actions[0]), t.Script.Action(a.Actions[1])
		if a.Kind == judge.LostUpdate {
			old, newer = newer, old
		}
		switch {
		case slices.Contains(t.Events[event].Request.Actions, newer.Number):
			return tell.Stays(old.Label()) // its stamp is later
		case old.Do == sim.Delete:
			return "✗ takes " + newer.Label() + " away"
		case old.Sets&newer.Sets != 0:
			note, _ := tell.Overwrites(newer.Label())
			return note
		}
	}
	return ""
}

// rowOf tells an event. What has no place on the way or at the server is seen on
// the screen.
func rowOf(t *report.Trial, e *sim.Event) Row {
	label, r := tell.About(t.Script, e), Row{Says: tell.Says(t.Script, e)}
	switch e.Kind {
	case sim.EventSend:
		if r.Wire = label + " ──▶"; e.Beacon {
			r.Wire = label + " beacon ──▶"
		}
	case sim.EventArrive:
		r.Wire, r.Server = tell.PadLeft("──▶ "+label, wireWidth), tell.Made(t.Script, e)
	case sim.EventReply, sim.EventPush:
		r.Screen, r.Wire = r.Says, "◀── "+label
	case sim.EventLost:
		if r.Wire = label + " ──✗ lost"; e.Leg == sim.Downlink {
			r.Wire = tell.PadLeft("lost ✗── "+label, wireWidth)
		}
	case sim.EventBegin, sim.EventVisible:
		r.Server = label + " " + tell.Word(e)
	case sim.EventAct, sim.EventAsk, sim.EventTimeout, sim.EventTell, sim.EventOffline, sim.EventOnline, sim.EventRevert:
		r.Screen = r.Says
	default:
		r.Wire = r.Says
	}
	return r
}

// ending writes what the screen and the server hold at the end, and who wrote
// it.
func ending(b *strings.Builder, t *report.Trial, p Palette) {
	for v := range t.Script.Views().All {
		c := &t.Ledger.Views[v]
		where := t.Script.Where(&sim.Action{Client: uint8(v / sim.MaxPersons), Person: uint8(v % sim.MaxPersons)})
		holder(b, t, p, "screen", where, c.ID, c.Deleted, c.State, c.State)
	}
	place := "server"
	for i, r := range t.Ledger.Records {
		if r.Version == 0 {
			continue // an id that the client made, of which the server never heard
		}
		holder(b, t, p, place, "", i+1, r.Deleted, r.State, screenOf(t, i+1, &r).State)
		place = ""
	}
	if place != "" {
		fmt.Fprintf(b, "%s   no record\n", tell.PadLeft(place, timeWidth))
	}
}

// screenOf returns the screen that a record is held against: that of the person
// it was made for; of one who was given, the first that shows them. From a screen that
// is closed, or has not shown them since, nothing differs.
func screenOf(t *report.Trial, id int, r *sim.Record) *sim.Person {
	view := t.View()
	if r.Creator != 0 {
		view = t.Script.Action(r.Creator).View()
	} else if person := id - 1; view%sim.MaxPersons != person {
		if view = person; !t.Script.Views().Has(view) {
			view += sim.MaxPersons
		}
	}
	if t.Ledger.Away.Has(view) {
		return &sim.Person{State: r.State}
	}
	return &t.Ledger.Views[view]
}

// holder writes one side's fields, as many on a line as fit, and marks those
// that differ from what the screen shows.
func holder(b *strings.Builder, t *report.Trial, p Palette, place, where string, id int, deleted bool, state, screen sim.State) {
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
	fmt.Fprintf(b, "%s   %s", Paint(p.Strong, tell.PadLeft(place, timeWidth)), line)
	width := timeWidth + 3 + len(line)
	for f := range tell.All.All {
		differs := !deleted && t.Script.Value(state[f], f) != t.Script.Value(screen[f], f)
		if state[f] == sim.Nobody && !differs {
			continue
		}
		text := held(t, state, f)
		if differs {
			text = "≠ " + text
		}
		if n := tell.Columns(text); width+2+n > 80 {
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
func held(t *report.Trial, state sim.State, f int) string {
	switch by := state[f]; {
	case by == sim.Nobody:
		return "no " + tell.Fit(t.Script.FieldName(f), 24)
	case by.WasGiven():
		return tell.Field(t.Script, state, f) + " from the start"
	case by.ByServer():
		return tell.Field(t.Script, state, f) + " by the server, for " + t.Script.Action(by.Action()).Label()
	default:
		return tell.Field(t.Script, state, f) + " by " + tell.Writers(t.Script, by)
	}
}
