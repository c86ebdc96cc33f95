package lanes

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
	"photofinish/tui/race"
)

// strips draws the lanes one below the other, as many as fit around the lane
// in view.
func (sc drawing) strips() {
	left, right, top, foot := 22, 22, 3, sc.m.FootRows()
	if sc.W >= page.WideWidth {
		left, right = 27, 29
	}
	if foot > 1 {
		top = 4
	}
	f := sc.m.faces()
	if sc.W < roomyWidth || sc.H < roomyHeight {
		f = f.one()
	}
	s := f.shares(len(sc.m.Lanes), sc.m.Session.Lane, sc.H-top-foot)
	ax := race.Axis{Origin: left, Cells: sc.W - left - right, End: sc.m.End, Per: 2}
	sc.Head()
	sc.DrawHands(ax, top-2)
	sc.LettersOfHands(ax, top-2)
	sc.Put(ax.Last()+3, top-2, ink.Cut(sc.fieldInView(f)+"held now", right-4), ink.Style{FG: ink.Dim})
	if sc.m.OddsShown() {
		sc.Put(ax.Last()+1, top-1, "✗ ends wrong in", ink.Style{FG: ink.Dim})
	}
	y := top
	for i := s.first; i < s.first+s.shown; i++ {
		rows := s.each
		if i == sc.m.Session.Lane {
			rows = s.tall
		}
		sc.strip(f, i, ax, y, rows, right)
		y += rows
	}
	sc.Cursor(ax, top, y-1)
	sc.m.Hit.LanesAt(ax, top, s.each, s.first, s.shown)
	sc.m.Hit.Taller(sc.m.Session.Lane, s.tall-s.each)
	sc.others(s.first, s.shown, y)
	sc.Footer(sc.m.Sentence())
}

// fieldInView names the field that values are of. Whom they are of stands at the
// rails, where there are several.
func (sc drawing) fieldInView(f faces) string {
	if f.clients || f.persons {
		return ""
	}
	return sc.FieldInView()
}

// The least window in which the lane in view has two screens.
const (
	roomyWidth, roomyHeight     = 120, 40
	roomyColumns, roomyColsHigh = 200, 50
)

type shares struct {
	first, shown int // the lanes that fit
	each, tall   int // the rows of a lane, and of the one in view
}

// shares gives each of n lanes as many rows as there are for all of them. Where the one
// in view, at, has two screens it takes those that the others give up.
func (f faces) shares(n, at, rows int) shares {
	if n > rows/5 || f.both != nil && n > (rows-5)/5 {
		rows-- // for those that do not fit
	}
	k := min(max(rows/n-3, 2), 7)
	s := shares{each: k + 3, tall: k + 3}
	if f.both == nil {
		s.first, s.shown = frame.Window(n, rows/s.each, at)
		return s
	}
	s.each = max(s.each-1, 5)
	if s.first, s.shown = frame.Window(n, (rows-10)/s.each+1, at); s.shown < n {
		s.each = 5
		s.first, s.shown = frame.Window(n, (rows-10)/s.each+1, at)
	}
	s.tall = min(rows-(s.shown-1)*s.each, 2*(k+3))
	if f.clients {
		s.tall = min(s.tall, 2*k+4)
	}
	s.tall = max(s.tall-s.tall%2, 10)
	return s
}

// strip draws a lane from row y on.
func (sc drawing) strip(f faces, lane int, ax race.Axis, y, rows, right int) {
	l, inView := sc.m.Lanes[lane], lane == sc.m.Session.Lane
	s := race.Strip{Canvas: sc.Canvas, Axis: ax, Look: sc.looks(l, inView), Wait: y, Top: y + 1, Bottom: y + rows - 1}
	s.Lane = f.only(l, inView)
	parts := []race.Strip{s}
	if inView && f.both != nil {
		parts = f.parts(l, s)
	}
	told := sc.laneMargin(f, l, s, parts, inView)
	for _, s := range parts {
		if !told {
			s.Look.Event = 0
		}
		sc.m.Hit.Lands(lane, s.Draw())
		sc.held(f, s, ax.Last()+1, right-3)
		sc.ownIn(l, s)
	}
	sc.laneName(l, s, inView)
	sc.oddsMargin(l, parts[0], ax.Last()+1, right-1)
	sc.rule(l, parts[0])
}

// looks is how a lane is looked at: what decided it is marked in the one in view,
// unless time plays.
func (sc drawing) looks(l *diagram.Lane, inView bool) race.Look {
	look := sc.Look
	look.Apart = true
	if t := l.Turning; inView && t.Known && !t.Always && !l.At(look.Now).Open && !sc.m.Clock.Playing {
		look.Event = l.Shows(t.Decided) + 1
	}
	return look
}

// parts returns a lane with two screens, above and below their server; or of two
// persons, who have a record each, one above the other.
func (f faces) parts(l *diagram.Lane, s race.Strip) []race.Strip {
	if f.clients {
		s.Lane = f.face(l, f.both[0], f.both[1])
		return []race.Strip{s}
	}
	above, below, rows := s, s, (s.Bottom-s.Wait+1)/2
	above.Lane, below.Lane = f.face(l, f.both[0]), f.face(l, f.both[1])
	above.Bottom = s.Wait + rows - 1
	below.Wait, below.Top = s.Wait+rows, s.Wait+rows+1
	return []race.Strip{above, below}
}

// held names the rails of a strip, and writes right of it what they hold now.
func (sc drawing) held(f faces, s race.Strip, x, room int) {
	name := func(y int, text string) { sc.Right(s.Axis.Origin-1, y, text, ink.Style{FG: ink.Faint}) }
	screen, server := f.names(s.Lane.View())
	name(s.Top, screen)
	sc.Value(s.Lane, s.Lane.Screen(), x+2, s.Top, room)
	at := s.Bottom
	if len(s.Lane.Rails) > 2 {
		at = s.Server()
		second := s.Lane.Rails[2]
		screen, _ = f.names(second.View)
		name(s.Bottom, screen)
		sc.Value(s.Lane, second.Holds, x+2, s.Bottom, room)
		sc.AgreementOf(s.Lane, s.Lane.Screen(), x, s.Top)
		sc.AgreementOf(s.Lane, second.Holds, x, s.Bottom)
	} else {
		sc.agreement(f, s.Lane, x, at)
	}
	name(at, server)
	sc.server(s.Lane, x+2, at, room)
}

// agreement says whether both sides of a lane hold the same: where there are several
// persons, of the one in view alone.
func (sc drawing) agreement(f faces, l *diagram.Lane, x, y int) {
	switch h := diagram.At(l.Server(), sc.Look.Now); {
	case h.Alive > 1 && l.Failed == "":
		sc.Put(x, y, "≠", ink.Style{FG: frame.Colour(l.At(sc.Look.Now)), Bold: true})
	case f.persons:
		sc.AgreementOf(l, l.Screen(), x, y)
	default:
		sc.Agreement(l, x, y)
	}
}

// server writes what the server holds now: of several records of one person, how many
// there are, if there is room to say so.
func (sc drawing) server(l *diagram.Lane, x, y, room int) {
	h := diagram.At(l.Server(), sc.Look.Now)
	if text := count(h.Alive) + " records"; h.Alive > 1 && ink.Width(text) <= room {
		sc.Put(x, y, text, ink.Style{FG: frame.Colour(l.At(sc.Look.Now)), Bold: true})
		return
	}
	sc.Value(l, l.Server(), x, y, room)
}

func count(n int) string {
	if words := []string{"no", "one", "two", "three", "four", "five", "six"}; n < len(words) {
		return words[n]
	}
	return tell.Short(n)
}

// laneName writes name and verdict left of a strip, and over what waits, if the name is
// long.
func (sc drawing) laneName(l *diagram.Lane, s race.Strip, inView bool) {
	x := sc.Verdict(1, s.Wait, l.At(sc.Look.Now))
	sc.Put(x+1, s.Wait, ink.Cut(l.Name, s.Axis.Last()-x-2), sc.inView(inView, 0, s.Wait, s.Bottom))
}

// laneMargin writes left of a strip what there is to say of it, in the rows in which no rail of its parts is named. It reports whether that
// says when the lane was decided.
func (sc drawing) laneMargin(f faces, l *diagram.Lane, s race.Strip, parts []race.Strip, inView bool) (told bool) {
	var free []int
	for _, s := range parts {
		for y := s.Top + 1; y < s.Bottom; y++ {
			if len(s.Lane.Rails) < 3 || s.Server() != y {
				free = append(free, y)
			}
		}
	}
	left := s.Axis.Origin
	lines, at := sc.margin(f, l, free, left-6, inView)
	x := 5
	if slices.ContainsFunc(lines, func(l line) bool { return ink.Width(l.text) >= left-x }) {
		x-- // a blank stands before the picture
	}
	for i, line := range lines {
		sc.Put(x, at[i], ink.Cut(line.text, left-x-1), line.of)
		if strings.HasPrefix(line.text, decidedSign) {
			told = true
		}
	}
	return told
}

func (sc drawing) oddsMargin(l *diagram.Lane, s race.Strip, x, room int) {
	bottom := s.Bottom
	if len(s.Lane.Rails) > 2 {
		bottom = s.Server()
	}
	y := s.Top + 1
	if bottom-s.Top > 4 {
		y++
	}
	sc.OddsLine(l.Name, x, y, min(room-12, 13))
	if y+1 < bottom {
		sc.OrdersLine(l.Name, x, y+1, room)
	}
}

// ownIn says in a strip why there is nothing in it to go by: faintly, what is of an
// older script; or in a line, that the client could not go on.
func (sc drawing) ownIn(l *diagram.Lane, s race.Strip) {
	if l.Waiting || l.Failed != "" {
		sc.Fade(s.Axis.Origin, s.Wait, sc.W-s.Axis.Origin, s.Bottom-s.Wait+1)
	}
	sc.failed(l, s.Axis, s.Top+1)
}

// failed writes why a client could not go on, across a row of its lane.
func (sc drawing) failed(l *diagram.Lane, ax race.Axis, y int) {
	if l.Failed != "" {
		text := " " + ink.Printable(l.Failed, ax.Cells-3) + " "
		sc.Wipe(ax.Origin, y, ink.Width(text), 1, ink.Plain)
		sc.Put(ax.Origin, y, text, ink.Style{FG: ink.Unknown, Bold: true})
	}
}

// inView returns the style of a lane's name, and draws a bar beside the rows of the
// one that is in view.
func (sc drawing) inView(is bool, x, first, last int) ink.Style {
	if !is {
		return frame.Bold
	}
	for y := first; y <= last; y++ {
		sc.Put(x, y, "▌", ink.Style{FG: ink.Accent})
	}
	return frame.Accent
}

// rule says what a lane does, at the right end of its waiting row: in whole, or
// where what waits takes the room, not at all.
func (sc drawing) rule(l *diagram.Lane, s race.Strip) {
	text := ink.Printable(l.Rule, 60)
	x := sc.W - 1 - ink.Width(text)
	if s.Axis.Cell(sc.Look.Now) == x-1 {
		x++ // the line of time would touch it
	}
	if x > s.WaitsUntil()+1 && sc.free(x-2, s.Wait, ink.Width(text)+2) {
		sc.Put(x, s.Wait, text, frame.Dim)
	}
}

// free reports whether n cells from x on are empty.
func (sc drawing) free(x, y, n int) bool {
	for i := range n {
		if !sc.Blank(x+i, y) {
			return false
		}
	}
	return true
}

// others names the lanes that do not fit, with their verdicts, in one row.
func (sc drawing) others(first, shown, y int) {
	if shown == len(sc.m.Lanes) {
		return
	}
	x := 1
	for i, l := range sc.m.Lanes {
		if i >= first && i < first+shown {
			continue
		}
		name := strconv.Itoa(i+1) + " " + l.Name
		if x+ink.Width(name)+4 > sc.W {
			sc.Put(x, y, "…", ink.Style{FG: ink.Dim})
			return
		}
		x = sc.Verdict(x, y, l.At(sc.Look.Now))
		x = sc.Put(x, y, name, ink.Style{FG: ink.Dim}) + 2
	}
}
