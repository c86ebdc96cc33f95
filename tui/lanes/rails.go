package lanes

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// faces are the screens that the lanes show: in each that of the client and the
// person in view, and in the lane in view another one too, where there is room.
type faces struct {
	view             int
	both             []int // those of the lane in view, if there are two
	clients, persons bool  // there are several of the person in view; several
}

// faces finds out who is in use, or in view.
func (l *Lanes) faces() faces {
	views := l.Session.Script.Views().With(l.Session.View)
	f := faces{view: l.Session.View}
	person := f.view % sim.MaxPersons
	if own := []int{person, person + sim.MaxPersons}; views.Has(own[0]) && views.Has(own[1]) {
		f.both, f.clients = own, true
	}
	for p := sim.MaxPersons - 1; p >= 0; p-- {
		other := p + f.view - person // at the same client, if they are there
		if !views.Has(other) {
			other = p + (sim.MaxPersons - (f.view - person))
		}
		if p == person || !views.Has(other) {
			continue
		}
		if f.persons = true; !f.clients {
			f.both = []int{min(p, person), max(p, person)}
			f.both[slices.Index(f.both, p)], f.both[slices.Index(f.both, person)] = other, f.view
		}
	}
	return f
}

// one is the same without the second screen.
func (f faces) one() faces {
	f.both = nil
	return f
}

// names names the rails of a screen: "screen 2" if it is one of several of a
// person's, and "1 server" if there are several persons.
func (f faces) names(view int) (screen, server string) {
	screen, server = "screen", "server"
	if f.clients {
		screen += " " + strconv.Itoa(view/sim.MaxPersons+1)
	}
	if f.persons {
		of := strconv.Itoa(view%sim.MaxPersons+1) + " "
		screen, server = of+screen, of+server
	}
	return screen, server
}

// only returns a lane on the rails of the screen in view. In the lane in view, where
// it has no second screen, all that others send is there too, with their names.
func (f faces) only(l *diagram.Lane, inView bool) *diagram.Lane {
	if inView && f.both == nil {
		return l
	}
	return f.face(l, f.view)
}

// face returns a lane as some screens show it.
func (f faces) face(l *diagram.Lane, view int, others ...int) *diagram.Lane {
	switch {
	case f.persons:
		return l.Apart(view, others...)
	case len(others) > 0:
		return l.Facing(view, others...)
	}
	return l
}

// of says whom an end is about, if that is not the person in view.
func (f faces) of(l *diagram.Lane, actions []int) string {
	if !f.persons || len(actions) == 0 || actions[0] < 1 {
		return ""
	}
	if p := l.Script.Action(actions[0]).View() % sim.MaxPersons; p != f.view%sim.MaxPersons {
		return " of " + strconv.Itoa(p+1)
	}
	return ""
}

// standing returns what has been proved of a lane: of several things that are as bad,
// that about the person in view.
func (f faces) standing(l *diagram.Lane, now time.Duration) diagram.Standing {
	st := l.At(now)
	if f.persons && !st.Open {
		if own := f.face(l, f.view).At(now); own.Verdict == st.Verdict && own.Says != "" {
			return own
		}
	}
	return st
}

// briefly says in a few cells whom a verdict is about: "u2, u3", "u2 over u3".
func (f faces) briefly(l *diagram.Lane, st diagram.Standing) string {
	sep := ", "
	var labels []string
	for _, n := range st.Actions {
		if n > 0 {
			labels = append(labels, l.Label(n))
		}
	}
	switch st.Kind {
	case judge.MonotonicWrites.String():
		sep = " over "
	case judge.DuplicateRecord.String():
		sep = " and "
	case judge.LostUpdate.String(): // it names the one that is lost first
		sep = " over "
		slices.Reverse(labels)
	}
	if len(labels) == 0 {
		return ""
	}
	return strings.Join(labels, sep) + f.of(l, st.Actions)
}

type line struct {
	text string
	of   ink.Style
	on   bool // it goes on with the one above
}

func dim(texts []string) (lines []line) {
	for i, text := range texts {
		lines = append(lines, line{text, ink.Style{FG: ink.Dim}, i > 0})
	}
	return lines
}

// beside places lines in free rows, so that no rail parts what belongs together; nil if
// there is no room for that.
func beside(lines []line, free []int) (at []int) {
	for i := 0; i < len(lines); {
		n := 1
		for i+n < len(lines) && lines[i+n].on {
			n++
		}
		k := 0
		for ; k+n <= len(free) && free[k+n-1]-free[k] != n-1; k++ {
		}
		if k+n > len(free) {
			return nil
		}
		at, free = append(at, free[k:k+n]...), free[k+n:]
		i += n
	}
	return at
}

// margin says in free rows what came of a lane, and returns in which: the kind of its
// end, and as much as there is room for of whom it befell, and of the lane in view,
// when it was decided.
func (sc drawing) margin(f faces, l *diagram.Lane, free []int, width int, inView bool) (lines []line, at []int) {
	st := f.standing(l, sc.Look.Now)
	kind := []line{{text: st.Kind, of: ink.Style{FG: frame.Colour(st), Bold: !st.Open}}}
	ending := l.Ending()
	short := ending.Short(l)
	if st.Kind == "ok" {
		kind[0].text = short[0]
	}
	var says, brief, turning []line
	roomy := sc.W >= page.MidWidth
	turned, is := sc.m.Turned()[l.Name]
	switch {
	case st.Open || l.Failed != "":
	case is:
		kind = sc.turned(turned)
		if roomy {
			says = dim(ink.Wrap(sc.m.Tie(l), width))
		}
	default:
		if inView && !sc.m.Clock.Playing {
			turning = dim(turningLines(l, width))
		}
		if !roomy {
			break
		}
		if says = dim(ink.Wrap(st.Says, width)); st.Kind == "ok" {
			says = dim(ink.Wrap(strings.Join(short[1:], " "), width))
		} else if text := f.briefly(l, st); text != "" && ink.Width(text) <= width && (f.persons || f.clients) {
			brief = dim([]string{text})
		}
	}
	whole, few, most := slices.Concat(kind, says, turning), slices.Concat(kind, brief, turning), slices.Concat(kind, turning)
	if st.Kind == "ok" {
		few = slices.Concat(kind, says)
	}
	for _, lines := range [][]line{whole, few, most, kind} {
		if at := beside(lines, free); at != nil {
			return lines, at
		}
	}
	return nil, nil
}

// turned says that the hint has turned a lane. What stands below, if it did so by
// letting two requests land at once, is which of them was first: another time it may
// be the other.
func (sc drawing) turned(from [2]judge.Verdict) []line {
	return []line{{text: tell.Mark(from[0]) + " → " + tell.Mark(from[1]), of: ink.Style{FG: ink.Of(tell.Verdict(from[1]).Role), Bold: true}}}
}

// decidedSign is what stands before when a lane was decided, and in its picture.
const decidedSign = "△"

// turningLines says when a lane was decided, and when that is seen; nothing where
// that is not known, or no order ends otherwise.
func turningLines(l *diagram.Lane, width int) []string {
	t := l.Turning
	if !t.Known || t.Decided < 0 {
		return nil
	}
	at := func(i int) string { return tell.Rounded(l.Events[i].At) + " ms" }
	switch {
	case t.Seen < 0:
		return []string{decidedSign + " decided " + at(t.Decided)}
	case l.Events[t.Seen].At == l.Events[t.Decided].At:
		return ink.Wrap(decidedSign+" decided, seen at "+at(t.Seen), width)
	}
	return []string{decidedSign + " decided " + at(t.Decided), l.At(diagram.Forever).Mark() + " seen " + at(t.Seen)}
}
