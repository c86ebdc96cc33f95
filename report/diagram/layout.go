package diagram

import (
	"iter"
	"time"

	"photofinish/sim/judge"
)

// Layout places a lane along an axis: what stands where on the rails and beside
// them, and which words there is room for. Who paints it adds the direction of
// time, the distance between the rails, and colours.
type Layout struct {
	Lane   *Lane
	Axis   Axis
	Now    time.Duration
	Future bool // what has not happened yet is there too, as a ghost
	Words  bool // words may stand beside the marks
	Brief  bool // only what changes something or is refused; of a note only its mark
	Picked Leg  // the message whose label has handles where it lands
	Event  int  // the place of the event behind whose label a mark stands, counted from 1; 0: none
	Type   Type // of the labels at the rails
}

// Type says what text takes of an axis, in its cells.
type Type struct {
	Size    func(text string) int // of a label; of none, where it has a row of its own all the same
	Sign    int                   // of an arrowhead before a label
	Gap     int                   // behind a label
	Pad     string                // on both sides of the words of a note
	Down    bool                  // a note stands in the row below its label
	Centred bool                  // a label has its middle where it belongs, not its beginning
	Late    [2]int                // how far behind its instant the label of a press and of a message may stand
	Beyond  int                   // room behind the axis, where nothing else stands
}

// Shows reports whether the picture has what happens at t.
func (l *Layout) Shows(t time.Duration) bool { return l.Future || t <= l.Now }

// Until returns the cell behind what lasts until t: behind the axis, if t is
// beyond its end.
func (l *Layout) Until(t time.Duration) int {
	if t >= l.Axis.End {
		return l.Axis.Last()
	}
	return l.Axis.Cell(t)
}

// Piece is a part of a rail that looks the same, from a cell to the one behind
// it.
type Piece struct {
	Hold
	From, To int
}

// Pieces cuts a rail where another writer's value comes to be held.
func (l *Layout) Pieces(rail int) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		p := Piece{From: l.Axis.Origin}
		for _, h := range l.Lane.Rails[rail].Holds {
			if h.Exists == p.Exists && (!h.Exists || l.Lane.Script.Wrote(h.Writer) == l.Lane.Script.Wrote(p.Writer)) {
				continue
			}
			if p.To = l.Axis.First(h.At); p.To > p.From && !yield(p) {
				return
			}
			p = Piece{Hold: h, From: p.To}
		}
		if p.To = l.Axis.Last(); p.To > p.From {
			yield(p)
		}
	}
}

// Label stands at a rail where an action shows or a message lands. Its places are
// along the axis, in the units of that.
type Label struct {
	Touch
	Ghost  bool
	From   int    // where it begins, with an arrowhead if it has one
	Text   string // of an action, or a request's; "" without room
	TextAt int
	ID     bool   // there is room to say that the answer brings an id
	Held   bool   // it has a handle before it
	Behind int    // where the handle behind it stands; 0: there is no room for one
	MarkAt int    // where the mark of [Layout.Event] stands behind it; 0: nowhere
	Note   string // what was wrong, in as many words as there is room for
	NoteAt int
	Of     judge.Verdict // how grave that is
}

// Labels places what stands at a rail, each behind the one before. What would
// stand too far from its instant is left out: it would tell another time.
func (l *Layout) Labels(rail int) iter.Seq[Label] {
	return func(yield func(Label) bool) {
		touches, free := l.Lane.Touches(rail), 0
		for i, t := range touches {
			next := Forever
			if i+1 < len(touches) {
				next = touches[i+1].At
			}
			label, end := l.fit(rail, t, next, free)
			if end < 0 {
				continue
			}
			if free = end; !yield(label) {
				return
			}
		}
	}
}

// fit places one label behind what is taken, and returns where it ends: below 0 if
// it is left out.
func (l *Layout) fit(rail int, t Touch, next time.Duration, free int) (label Label, end int) {
	m, at, late := t.Message, l.Axis.Cell(t.At), l.Type.Late[0]
	text, note := l.Lane.Label(t.Press), ""
	if m != nil {
		late = l.Type.Late[1]
		if m.Up {
			text = l.Lane.Labels(m.Actions)
		}
		_, note, label.Of = l.Lane.Note(m)
	}
	x, size := max(at-l.before(text), free), l.Type.Size(text)
	if label.Held = l.held(m); label.Held {
		x = max(x, max(free, l.Axis.Origin)+1)
		late++
	}
	fits := x+l.sign(m)+size <= l.Axis.Last()+l.Type.Beyond
	switch {
	case !l.Shows(t.At), x >= l.Axis.Last(), x-at > late:
		return label, -1
	case l.Brief && (!fits || m != nil && !m.Writes && m.Status < 400):
		return label, -1
	case text == "" && note == "" && (l.Type.Centred || size+l.sign(m) == 0):
		return label, -1 // an arrowhead of the message's own says it
	}
	label.Touch, label.Ghost, label.From = t, t.At > l.Now, x
	x += l.sign(m)
	if fits {
		label.Text, label.TextAt = text, x
		if x += size; text != "" {
			x += l.Type.Gap
		}
	}
	if m != nil && m.Taken && l.Words {
		alone := l.Axis.Cell(next) > x+1 && x+l.Type.Size("id") <= l.Axis.Last()
		if label.ID = alone || l.Type.Down; alone && !l.Type.Down {
			x += l.Type.Size("id")
		}
	}
	spare := func() bool { // a cell that the words of the note do not need
		return x < l.Axis.Last() && (note == "" || l.note(rail, m, x) == l.note(rail, m, x+1))
	}
	if label.Held && spare() {
		label.Behind = x
		x++
	}
	if l.Event > 0 && t.Event == l.Event-1 && !l.Type.Down && spare() {
		label.MarkAt = x
		x++
	}
	if note != "" && x < l.Axis.Last()+l.Type.Beyond {
		label.Note, label.NoteAt = l.note(rail, m, x), x
		x += l.Type.Size(label.Note) + l.Type.Gap
	}
	return label, x
}

// held reports whether the label of what lands has handles along the axis.
func (l *Layout) held(m *Message) bool {
	return m != nil && l.Picked.Action != 0 && m.Leg() == l.Picked && !l.Type.Down
}

// before returns what a label takes before its instant.
func (l *Layout) before(text string) int {
	if l.Type.Centred && text != "" {
		return l.Type.Size(text) / 2
	}
	return 0
}

// sign returns what stands before a label: only messages have arrowheads.
func (l *Layout) sign(m *Message) int {
	if m == nil || l.Type.Centred && m.Up {
		return 0
	}
	return l.Type.Sign
}

// note returns what to write of what was wrong about a message, as far as there
// is room until the next of its like on that rail; for the mark alone there is
// always room.
func (l *Layout) note(rail int, m *Message, x int) string {
	long, short, _ := l.Lane.Note(m)
	if l.Type.Down {
		return long
	}
	room := l.Axis.Last() - x
	if m.Up {
		room += l.Type.Beyond
	}
	for i := range l.Lane.Messages {
		next := &l.Lane.Messages[i]
		if next.Up != m.Up || next.Lost || next.To <= m.To || !l.Shows(next.To) || !m.Up && l.Lane.RailOf(next) != rail {
			continue
		}
		before := 0
		if m.Up {
			before = l.before(l.Lane.Labels(next.Actions))
		}
		if l.held(next) {
			before++
		}
		room = min(room, l.Axis.Cell(next.To)-before-x)
	}
	for _, more := range []string{long, short} {
		if more = l.Type.Pad + more + l.Type.Pad; l.Words && !l.Brief && l.Type.Size(more) <= room {
			return more
		}
	}
	return short[:len("✗")]
}

// Word is a mark beside the rails, as much of it as there is room for.
type Word struct {
	*Mark
	Ghost bool
	Row   int
	At    int
	Text  string
}

// Marks places marks in rows, each behind the one before. Rows says in which
// row each stands, below 0 in none; if all stand in the same one, rows is nil,
// and a mark has words only where they hide nothing of what follows.
func (l *Layout) Marks(t Type, rows []int) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		var free [8]int
		for i := range l.Lane.Marks {
			m := &l.Lane.Marks[i]
			w := Word{Mark: m, Ghost: m.At > l.Now, At: l.Axis.Cell(m.At), Text: m.Symbol}
			if !l.Shows(m.At) || w.At >= l.Axis.Last() {
				continue
			}
			if rows != nil {
				w.Row, w.Text = rows[i], m.Says()
			} else if full := m.Symbol + " " + m.Word; l.Words && m.Word != "" && t.Size(full) < l.roomFor(i, w.At) {
				w.Text = full
			}
			if w.Row < 0 {
				continue
			}
			if at, end := w.At, free[w.Row]; end > at {
				if w.At = end + t.Gap; m.Wake || w.At > at+t.Late[0] {
					continue
				}
			}
			end := w.At + t.Size(w.Text)
			if end > l.Axis.Last()+t.Beyond {
				continue
			}
			if free[w.Row] = end; !yield(w) {
				return
			}
		}
	}
}

// roomFor returns the cells between mark i, which is at cell x, and what follows
// it in its row.
func (l *Layout) roomFor(i, x int) int {
	end := l.Axis.Last()
	for _, w := range l.Lane.Waits {
		if w.Leaves && w.Action == l.Lane.Marks[i].Action && w.From == l.Lane.Marks[i].At {
			end = min(end, l.Axis.Cell(w.To))
		}
	}
	for _, next := range l.Lane.Marks[i+1:] {
		if l.Shows(next.At) {
			end = min(end, l.Axis.Cell(next.At))
			break
		}
	}
	return end - x
}
