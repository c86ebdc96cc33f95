package focus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// field tells, in a sentence or two, how the field in view has come to be what
// it is on both sides after event i.
func (l teller) field(i int) string {
	name := fieldName(l.Script, l.Field)
	if name == "" || i < 0 {
		return ""
	}
	screen, server := diagram.Upto(l.Screen(), i), diagram.Upto(l.Server(), i)
	if !server.Exists {
		return l.noRecord(server, i)
	}
	return strings.TrimSpace(l.standing(name, screen, server, i) + " " + l.others(server.ID, i))
}

// standing tells it of a field that the server holds.
func (l teller) standing(name string, screen, server diagram.Hold, i int) string {
	if text := l.putBack(screen, i); text != "" {
		return text
	}
	was, is := l.lastWrites(server, i)
	by, at := tell.Writers(l.Script, is.Writer), tell.Rounded(is.At)
	switch {
	case screen.Closed:
		return "The client is closed. " + l.standsAt(is, name)
	case screen.Opened:
		return "The client is open again and shows nothing yet. " + l.standsAt(is, name)
	case was.Writer > is.Writer && !l.same(was.Writer, is.Writer) && !l.Script.Has(is.Writer, l.Script.Wrote(was.Writer)):
		text := fmt.Sprintf("%s over %s's of %s ms.", l.wrote(is, name), l.Label(l.Script.Wrote(was.Writer)), tell.Rounded(was.At))
		if l.same(was.Writer, screen.Writer) {
			text += fmt.Sprintf(" For %s ms the server had it right.", tell.Rounded(is.At-was.At))
		}
		return text
	case !screen.Exists:
		return fmt.Sprintf("The screen shows nobody, the server still has record %d. %s", server.ID, l.words().Fate(l.lastPress(sim.Delete, i), i))
	case !l.same(screen.Writer, is.Writer):
		return l.standsAt(is, name) + " " + l.words().Fate(l.Script.Wrote(screen.Writer), i)
	case is.Writer == sim.Nobody:
		return "Nobody has written " + name + " yet."
	case is.Writer.WasGiven():
		return "Both sides hold " + name + " as it was from the start."
	case screen.Writer != is.Writer:
		return "Both sides hold the same " + name + ", though not from the same hand."
	}
	return fmt.Sprintf("%s wrote %s at %s ms, and both sides hold it.", by, name, at)
}

// wrote says who wrote the field in view, and when: a request that wrote back what it
// had read is named with whose that was.
func (l teller) wrote(is diagram.Hold, name string) string {
	by, at := tell.Writers(l.Script, is.Writer), tell.Rounded(is.At)
	if q := l.Events[is.Event].Request; q != nil && !slices.Contains(q.Actions, l.Script.Wrote(is.Writer)) {
		of := "as it was from the start"
		if by != "" {
			of = "as " + by + " wrote it"
		}
		return fmt.Sprintf("%s put %s back %s, at %s ms,", l.Labels(q.Actions), name, of, at)
	}
	return fmt.Sprintf("%s wrote %s at %s ms", by, name, at)
}

// others names the records that are alive beside one; "" if there are none.
func (l teller) others(id, i int) string {
	var alive []string
	seen := map[int]bool{id: true}
	for k := i; k >= 0; k-- {
		e := &l.Events[k]
		if e.Kind != sim.EventArrive || e.Status != 200 || seen[e.ID] {
			continue
		}
		if seen[e.ID] = true; !e.Record.Deleted {
			alive = append(alive, strconv.Itoa(e.ID))
		}
	}
	for id := 1; id <= l.Script.Givens(); id++ {
		if !seen[id] {
			alive = append(alive, strconv.Itoa(id))
		}
	}
	switch len(alive) {
	case 0:
		return ""
	case 1:
		return "Record " + alive[0] + " is alive too."
	}
	return "Records " + strings.Join(alive, ", ") + " are alive too."
}

func (l teller) noRecord(server diagram.Hold, i int) string {
	if e := server.Event; e > 0 && e <= i && l.Events[e].Request != nil {
		return fmt.Sprintf("%s took the record away at %s ms.", l.Labels(l.Events[e].Request.Actions), tell.Rounded(server.At))
	}
	return strings.TrimSpace("The server has no record. " + l.words().Fate(l.lastPress(sim.Create, i), i))
}

// putBack tells of a late answer, or of news, that has put an older value on the
// screen, and that still stands there; "" if none has.
func (l teller) putBack(screen diagram.Hold, i int) string {
	for k := i; k > 0 && k >= screen.Event; k-- {
		e := &l.Events[k]
		if e.Kind != sim.EventPush && (e.Kind != sim.EventReply || e.Request.Do != sim.Fetch) {
			continue
		}
		was, is := l.Before(k).State[l.Field], l.Shown(k).State[l.Field]
		if is == screen.Writer && !l.same(was, is) && l.Newer(was, is) {
			what := "The answer to " + tell.About(l.Script, e)
			if e.Kind == sim.EventPush {
				what = "The news of " + tell.News(l.Script, e)
			}
			return fmt.Sprintf("%s put %s back at %s ms, over your newer %s.",
				what, frame.ValueOf(l.Script, is, l.Field), tell.Rounded(e.At), l.Label(l.Script.Wrote(was)))
		}
	}
	return ""
}

// lastWrites returns the last two writes of the field in view to a record, up
// to event i: what each began. The first is empty if there was only one.
func (l teller) lastWrites(server diagram.Hold, i int) (was, is diagram.Hold) {
	for _, h := range l.Server() {
		switch {
		case h.Event > i:
			return was, is
		case h.Exists && h.ID == server.ID && (h.Writer != is.Writer || !is.Exists):
			was, is = is, h
		}
	}
	return was, is
}

// lastPress returns the last create or delete that was pressed by event i, 0 if
// none was.
func (l teller) lastPress(do sim.Do, i int) int {
	for k := i; k >= 0; k-- {
		if e := &l.Events[k]; e.Kind == sim.EventAct && l.Script.Action(e.Action).Do == do {
			return e.Action
		}
	}
	return 0
}

func (l teller) standsAt(is diagram.Hold, name string) string {
	switch is.Writer {
	case sim.Nobody:
		return "The server has no " + name + "."
	case sim.GivenTo(l.View() % sim.MaxPersons):
		return "The server has " + name + " as it was from the start."
	}
	return fmt.Sprintf("The server has the %s that %s wrote at %s ms.", name, tell.Writers(l.Script, is.Writer), tell.Rounded(is.At))
}

// same reports whether two writers gave the field in view the same value.
func (l teller) same(a, b sim.Writer) bool {
	return l.Script.Value(a, l.Field) == l.Script.Value(b, l.Field)
}

// fieldName returns the name of a field, fit for the screen; "" if the script
// has no such field.
func fieldName(s *sim.Script, field int) string {
	if field != sim.Permissions && field >= len(s.Fields) {
		return ""
	}
	return ink.Printable(s.FieldName(field), 24)
}
