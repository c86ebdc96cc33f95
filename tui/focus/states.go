package focus

import (
	"slices"
	"strconv"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// side is the state of the screen or the server after the selected event.
type side struct {
	diagram.Hold
	title   string
	creator int // the action that brought the id
}

func (f *Focus) sides() (screen, server side) {
	l := f.lane
	screen = side{diagram.Upto(l.Screen(), f.at), "screen", 0}
	server = side{diagram.Upto(l.Server(), f.at), "server", 0}
	for i := range l.Events[:max(f.at+1, 0)] {
		switch e := &l.Events[i]; {
		case e.Request == nil || e.Request.Do != sim.Create || e.Status != 200:
		case e.Kind == sim.EventArrive && e.ID == server.ID:
			server.creator = e.Record.Creator
		case e.Kind == sim.EventReply && e.ID == screen.ID && !e.Ignored && !e.Late:
			screen.creator = e.Request.Actions[0]
		}
	}
	if screen.ID == 0 {
		screen.creator = -1
	}
	switch {
	case server.Exists:
		server.title += ", record " + strconv.Itoa(server.ID)
	case server.Event > 0:
		server.title += ": deleted"
	default:
		server.title += ": no record yet"
	}
	if !screen.Exists {
		screen.title += ": " + diagram.Absent(diagram.Through(l.Screen(), f.at))
	}
	return screen, server
}

// states writes what both sides hold, field by field, who wrote it, and where
// they differ; below, how the field in view has come to that.
func (f *Focus) states(sc page.Screen, b box, st diagram.Standing) {
	title := "who wrote what"
	if f.at >= 0 {
		at := max(f.Session.Now, f.lane.Events[f.at].At) // nothing has happened in between
		title += ", at " + tell.Rounded(at) + " ms"
	}
	head(sc, b, title, ink.Dim)
	screen, server := f.sides()
	says := ink.Wrap(teller{f.lane}.field(f.at), min(b.w, 60))
	of := frame.Colour(st)
	t := table{Screen: sc, l: f.lane, of: of, differ: f.differing(&screen, &server, st)}
	t.sidesPlan = planSides(f.fields(&screen, &server), b.w, b.h-1-len(says))
	y := b.y + 1
	f.hit.states = b
	f.hit.fields = append(f.hit.fields, fieldHit{y + t.above(), t.fields})
	if half := (b.w - 2) / 2; t.beside {
		t.side(screen, box{b.x, y, half, 0})
		y = t.side(server, box{b.x + half + 2, y, b.w - half - 2, 0}) + t.blank
	} else {
		w := min(b.w, max(f.longest()+19, 30)) // who wrote a value stands near it
		y = t.side(screen, box{b.x, y, w, 0}) + t.blank
		f.hit.fields = append(f.hit.fields, fieldHit{y + t.above(), t.fields})
		y = t.side(server, box{b.x, y, w, 0}) + t.blank
	}
	for i, line := range says {
		if y+i < b.y+b.h {
			sc.Put(b.x, y+i, line, ink.Style{FG: ink.Dim})
		}
	}
}

type sidesPlan struct {
	fields []int
	beside bool // side by side, not one below the other
	bare   bool // the id stands in the title, not in a row of its own
	blank  int  // rows between them and what follows
}

// planSides returns the roomiest plan that fits. What gives way: blank rows,
// the rows of the ids, and the last fields, which tell the least.
func planSides(fields []int, w, rows int) sidesPlan {
	s := sidesPlan{fields: fields, blank: 1}
	s.beside = s.rows() > rows && w >= 54
	if s.rows() > rows {
		s.blank = 0
	}
	s.bare = s.rows() > rows
	for len(s.fields) > 1 && s.rows() > rows {
		s.fields = s.fields[:len(s.fields)-1]
	}
	return s
}

func (s *sidesPlan) above() int {
	if s.bare {
		return 1
	}
	return 2
}

func (s *sidesPlan) rows() int {
	one := s.above() + len(s.fields) + s.blank
	if s.beside {
		return one
	}
	return 2 * one
}

// differing returns the fields to be marked: none while nothing has come to the
// server yet, and those that there are where only one side holds anybody.
func (f *Focus) differing(screen, server *side, st diagram.Standing) (set sim.FieldSet) {
	if !server.Exists && st.Open {
		return 0
	}
	for field := range f.lane.Differ(screen.Hold, server.Hold).All {
		if screen.Exists && screen.State[field] != sim.Nobody || server.Exists && server.State[field] != sim.Nobody {
			set = set.With(field)
		}
	}
	return set
}

// longest returns the width of the longest value of the script.
func (f *Focus) longest() (n int) {
	s := f.lane.Script
	for i := range s.Actions {
		for field := range s.Actions[i].Sets.All {
			n = max(n, ink.Width(frame.ValueOf(s, sim.By(i+1), field)))
		}
	}
	for p := range sim.MaxPersons {
		for field := range s.Gave(p).All {
			n = max(n, ink.Width(frame.ValueOf(s, sim.GivenTo(p), field)))
		}
	}
	return n
}

// fields lists the fields to show: the one in view first where not all fit,
// else in their order, and permissions last.
func (f *Focus) fields(screen, server *side) []int {
	set := f.Session.Fields().With(sim.Permissions)
	if f.lane.Field < len(f.lane.Script.Fields) {
		set = set.With(f.lane.Field)
	}
	var out []int
	for field := range set.All {
		out = append(out, field)
	}
	if len(out) > 4 { // what differs, and what is in view, before the rest
		differ := f.lane.Differ(screen.Hold, server.Hold)
		rank := func(n int) int {
			switch {
			case n == f.lane.Field:
				return 0
			case differ.Has(n):
				return 1
			}
			return 2
		}
		slices.SortStableFunc(out, func(a, b int) int { return rank(a) - rank(b) })
	}
	return out
}

type table struct {
	page.Screen
	l      *diagram.Lane
	of     ink.Colour // of what differs
	differ sim.FieldSet
	sidesPlan
}

// side writes one side below its title and returns the row behind it.
func (t table) side(s side, b box) int {
	id := "–"
	if s.ID != 0 {
		id = strconv.Itoa(s.ID)
	}
	title := s.title
	if t.bare && title == "screen" {
		title += ", id " + id
	}
	t.Put(b.x, b.y, ink.Cut(title, b.w), ink.Style{FG: ink.Faint})
	if !s.Exists {
		return b.y + t.above() + len(t.fields)
	}
	if !t.bare {
		b.y++
		t.row(b, "id", id, s.creator, false, false)
	}
	for _, field := range t.fields {
		b.y++
		w := s.State[field]
		t.row(b, fieldName(t.l.Script, field), frame.ValueOf(t.l.Script, w, field), t.l.Script.Wrote(w), t.differ.Has(field), field == t.l.Field)
	}
	return b.y + 1
}

// row writes a field: its name, its value, who wrote it, and ≠ if the other
// side has another value.
func (t table) row(b box, name, value string, by int, differs, inView bool) {
	names := 12
	if b.w < 28 {
		names = 8
	}
	of := ink.Style{FG: ink.Dim}
	if inView {
		of = ink.Style{FG: ink.Text}
	}
	t.Put(b.x, b.y, ink.Cut(name, names-1), of)
	end := b.x + b.w
	if differs {
		t.Put(end-2, b.y, "≠", ink.Style{FG: t.of, Bold: true})
	}
	end -= 3
	if value == "–" {
		t.Put(b.x+names, b.y, value, ink.Style{FG: ink.Faint})
		return
	}
	label := t.l.Label(by)
	if by == 0 {
		label = "given"
	}
	if room := end - b.x - names - ink.Width(label) - 1; room < 4 {
		label = ""
	}
	if label != "" {
		t.Right(end, b.y, label, ink.Style{FG: ink.Hue(by)})
		end -= ink.Width(label) + 1
	}
	t.Put(b.x+names, b.y, ink.Cut(value, end-b.x-names), ink.Style{FG: ink.Hue(by), Bold: true})
}
