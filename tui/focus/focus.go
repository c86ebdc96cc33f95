// Package focus is the page of one lane large: its diagram, its log beside that of
// another lane, what both sides hold, and the line of code that brought an event
// about.
package focus

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/sim"
	"photofinish/tui/desk"
	"photofinish/tui/page"
	"photofinish/tui/session"
)

// Focus is one lane large. One event is selected, and shown in five places: a
// bigger diagram, the log, what both sides hold, a sentence, and the line of
// the strategy's own code that brought it about.
type Focus struct {
	page.Base
	lane *diagram.Lane // whose event is selected
	at   int           // its place in the trace; -1: nothing has happened yet
	now  time.Duration // the cursor when it was selected
	hint *session.Hint // by which the session had been turned
	rest bool          // it was at the end of all lanes
	with string        // the lane that this one is compared with, by name; "": none
	turn int           // how often tab has turned to another panel

	compared comparison
	listing  listing // of the user's own program, where that is in view
	landed   int     // the event at which enter has landed, as long as that is selected; then , goes to what decided
	row      int     // of the selected event, in the rows of the log
	hit      focusHits
	looked   [2]int // the screen that was in view before the focus opened, and that it has brought there
}

// Profile lets the shared commands work that suit the page.
func (*Focus) Profile() (heading string, traits page.Trait) {
	return "in the focus", page.Any | page.Timed | page.Editing
}

// Open shows the lane in view large: once all has come to rest, at the event that
// tells how the lane ends; on the way, at the last one so far.
func (f *Focus) Open() tea.Cmd {
	settled := f.SettledNow()
	if f.Page == f.Home {
		f.Whence = f.Place()
	}
	f.Pause()
	f.Page = f
	f.lane = nil
	cmd := f.Changed()
	f.looked = [2]int{}
	if i := f.telling(); settled && i >= 0 {
		cmd = tea.Batch(cmd, f.lookAt(i), f.selectEvent(i))
		f.landed = i
	}
	return cmd
}

// lookAt brings the screen into view on which event i is seen, if that is another
// client's.
func (f *Focus) lookAt(i int) tea.Cmd {
	e, was := &f.lane.Events[i], f.Session.View
	if e.Kind != sim.EventReply && e.Kind != sim.EventPush || e.ClientOf(f.lane.Script) == was/sim.MaxPersons {
		return nil
	}
	f.looked = [2]int{was, f.lane.Script.Action(e.First()).View()}
	return f.face(f.looked[1])
}

// face lets all lanes show the screen of a view.
func (f *Focus) face(view int) tea.Cmd {
	f.Session.View = view
	for _, l := range f.Lanes {
		l.LookAt(view)
	}
	return f.Changed()
}

// close goes back to the lanes, and to the time at which they were left.
func (f *Focus) close() tea.Cmd {
	f.Page = f.Home
	f.with, f.turn = "", 0
	if f.looked[0] != f.looked[1] && f.Session.View == f.looked[1] {
		return tea.Batch(f.face(f.looked[0]), f.Return(f.Whence))
	}
	return f.Return(f.Whence)
}

// Follow lets the focus show the event at the cursor. After an edit it stays
// with the event that it showed, and the cursor goes along: so one sees what a
// slower message or another seed makes of it. From the end of all lanes it leads to
// their end.
//
// After a hint it goes to where the new end of the lane is to be seen.
func (f *Focus) Follow() tea.Cmd {
	l, was := f.Lane(), f.lane
	edited := was != nil && l != was && l.Name == was.Name && len(l.Script.Actions) == len(was.Script.Actions)
	hint := f.Session.Hint()
	hinted := edited && hint != nil && hint != f.hint
	f.hint = hint
	switch {
	case hinted && !f.rest && !f.Clock.Playing && len(l.Events) > 0:
		f.lane = l
		if f.at = f.telling(); f.at < 0 {
			f.at = len(l.Events) - 1
		}
		f.Session.Now = l.Events[f.at].At
		f.Scale()
	case l == was && f.at >= 0 && f.at < len(l.Events) && l.Events[f.at].At == f.Session.Now:
	case edited && f.Session.Now == f.now && !f.Clock.Playing && !f.rest && again(was, f.at, l) >= 0:
		f.at = again(was, f.at, l)
		f.Session.Now = l.Events[f.at].At
		f.Scale()
	default:
		f.at = l.After(f.Session.Now) - 1
	}
	if was != nil && l.Name != was.Name && f.with == l.Name {
		f.with = was.Name // they change places
	}
	f.lane, f.now, f.rest = l, f.Session.Now, f.SettledNow()
	f.read()
	return nil
}

// again returns the place of an event in the lane that an edit has made of
// another one: the same of the same actions, and as many of them before it.
// It returns -1 if there is none.
func again(was *diagram.Lane, i int, is *diagram.Lane) int {
	if i < 0 || i >= len(was.Events) {
		return -1
	}
	e, n := &was.Events[i], 0
	for k := range i {
		if alike(&was.Events[k], e) {
			n++
		}
	}
	return slices.IndexFunc(is.Events, func(b sim.Event) bool {
		if !alike(&b, e) {
			return false
		}
		n--
		return n < 0
	})
}

// read works out anew what is compared, if a lane has changed, and where the
// selected event stands in the log.
func (f *Focus) read() {
	switch i := f.other(); {
	case i < 0:
		f.compared = comparison{}
	case f.compared.here != f.lane || f.compared.there != f.Lanes[i]:
		f.compared = compareLanes(f.lane, f.Lanes[i])
	}
	f.row = f.at
	if f.compared.rows != nil {
		f.row = slices.IndexFunc(f.compared.rows, func(p pair) bool { return p.here == f.at })
	}
}

// rows returns how many rows the log has, and pair what stands in one.
func (f *Focus) rows() int {
	if f.compared.rows != nil {
		return len(f.compared.rows)
	}
	return len(f.lane.Events)
}

func (f *Focus) pair(row int) pair {
	if f.compared.rows != nil {
		return f.compared.rows[row]
	}
	return pair{row, -1}
}

// selectEvent selects an event of the lane in view; the cursor goes there.
func (f *Focus) selectEvent(i int) tea.Cmd {
	n := len(f.lane.Events)
	if n == 0 {
		return nil
	}
	f.at, f.landed = min(max(i, 0), n-1), -1
	f.Session.Picked = diagram.Leg{}
	return f.MoveTo(f.lane.Events[f.at].At)
}

func (f *Focus) steps(by int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		to := f.at + desk.Sign(v)*by
		if between := f.at >= 0 && f.at < len(f.lane.Events) && f.Session.Now > f.lane.Events[f.at].At; between && v == 0 {
			to++ // the one before the cursor is the selected one
		}
		return f.selectEvent(to)
	}
}

// back goes to the previous event, or to the next one. From where enter has landed it
// goes back to the event that decided what is seen there.
func (f *Focus) back(v int) tea.Cmd {
	if d := f.lane.Turning.Decided; v == 0 && f.landed == f.at && d >= 0 && d < f.at {
		return f.selectEvent(d)
	}
	return f.steps(1)(v)
}

func (f *Focus) toEndOfLog(v int) tea.Cmd { return f.selectEvent(v * (len(f.lane.Events) - 1)) }

func (f *Focus) otherPanel(v int) tea.Cmd {
	f.turn += desk.Sign(1 - v)
	return nil
}

// leg names the message that the selected event sends or ends, no message if
// it does neither.
func (f *Focus) leg() diagram.Leg {
	if f.lane == nil || f.at < 0 || f.at >= len(f.lane.Events) {
		return diagram.Leg{}
	}
	e := &f.lane.Events[f.at]
	if e.First() > sim.MaxActions {
		return diagram.Leg{} // nobody has asked for it: there is no click to pin it to
	}
	for i := range f.lane.Messages {
		m := &f.lane.Messages[i]
		if m.Lost {
			continue
		}
		if m.Event == f.at || e.Kind == sim.EventSend && m.Up && m.Request == e.Request.Number {
			return m.Leg()
		}
	}
	return diagram.Leg{}
}

// pinSelected makes the message of the selected event slower or faster, unless
// another one has been picked.
func (f *Focus) pinSelected(v int) tea.Cmd {
	if f.Session.Picked.Action == 0 {
		f.Session.Picked = f.leg()
	}
	return f.PinMessage(v)
}

// Commands has the log, which goes by events instead of lanes, and two that open it.
func (f *Focus) Commands() []page.Command {
	hidden := func() bool { return len(f.panels(f.Width)) < len(f.all()) }
	message := func() bool { return f.Session.Picked.Action != 0 || f.leg().Action != 0 }
	return []page.Command{
		{Keys: "esc|backspace", Does: "back to all lanes", Short: "all lanes", Do: page.Once(f.close),
			Names: "back to all lanes"},
		{Keys: ", .", Does: "previous, next event", Short: "event", Do: f.back,
			Names: "go to the previous event; go to the next event"},
		{Keys: "up|k down|j", Show: "↑ ↓", Does: "along the log", Short: "log", Do: f.steps(1)},
		{Keys: "pgup pgdown", Does: "… ten events", Do: f.steps(10)},
		{Keys: "home end", Does: "first, last event", Do: f.toEndOfLog, Names: "go to the first event; go to the last event"},
		{Keys: "+ -", Does: "its message slower, faster", Short: "slower, faster", When: message, Why: "this event neither sends a message nor brings one: , and . go on to another", Do: f.pinSelected,
			Names: "message of the event: 10 ms slower; message of the event: 10 ms faster"},
		{Keys: "tab shift+tab", Show: "tab", Does: "another panel", Short: "panel", When: hidden, Why: "all panels are on the screen", Do: f.otherPanel},
		{Keys: "F", Does: "another field", Short: "field", Do: page.Once(f.OtherField), When: f.SeveralFields, Why: "there is one field only, of one person on one screen",
			Names: "show another field"},
		{Group: page.OfLanes, After: "1 2 3 4 5 6 7 8 9", In: page.Overview,
			Keys: "enter", Does: "focus: log and code", Short: "focus", Do: page.Once(f.Open),
			Names: "focus on this lane: log, states, source"},
		{Group: page.OfLanes, After: "L", In: page.Editing,
			Keys: "=", Does: "compare with another", Short: "compare", Do: page.Once(f.Compare),
			Names: "compare this lane with another"},
	}
}
