// Package desk is the state in use, without a screen: a [Desk] holds the session
// and its history, the lanes that were run for it, what is worked out of them in
// the background, and the clock. Pages draw it and let it do what was pressed.
package desk

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/clock"
	"photofinish/tui/session"
)

// Desk is the state in use: the session, what its lanes came to, what is known
// of them beyond that, and the clock. It knows no page and no canvas.
type Desk struct {
	Session session.Session
	History session.History
	Store   *session.Store // nil: nothing is kept
	told    bool           // the user knows that nothing can be kept
	Guest   func(func())   // nil: the machine is the user's own

	Lineup  strategies.Lineup // what lanes can be of
	Entries []strategies.Entry
	Lanes   []*diagram.Lane
	End     time.Duration // the end of the axis
	Settled time.Duration // of the last lane
	Held    bool          // an action is being dragged: the axis must not move under the hand
	Results Results
	Trials  int     // of which odds are, when they are no longer rough
	Bound   int     // of classes of orders, which is [LiveClasses]
	Counts  *Counts // of this desk alone, unless others have the same, and as many trials
	swing   swing
	own     map[string]*own // the user's own clients that have had a lane, by name
	survey  survey

	Clock    Playback
	Future   bool // shown while paused
	FirstRun bool // nobody has touched a key yet
	Message  string
	Whence   Place  // from which a page has been opened that looks elsewhere
	Left     string // whom the last key has left for somebody new: P leads back
	Looked   bool   // the user has brought the lane in view there, since the last edit
	Did      string // what the last edit did, as "seed 2:"; a sentence follows, and the next key clears it

	World sim.World
	Judge judge.Judge

	// Sound says why orders of the user's own client would prove nothing; nil: nobody
	// is asked. It is called in the background.
	Sound func(*scenarios.Scenario, strategies.Entry) error

	Changed func() tea.Cmd // lets who shows the session follow it
}

// New returns the desk of a session, on which time plays from the start. An
// error means that the lineup lacks a strategy, and that it cannot be one of the
// user's own, which would be a lane that says so.
func New(s session.Session, lineup strategies.Lineup, firstRun bool) (*Desk, error) {
	d := &Desk{Session: s, Lineup: lineup, Trials: oddsTrials, Bound: LiveClasses, Future: true, FirstRun: firstRun, Clock: Playback{Playing: true, speed: slowMotion}}
	d.own, d.Counts = map[string]*own{}, new(Counts)
	d.Changed = func() tea.Cmd { return nil }
	if err := d.findEntries(); err != nil {
		return nil, err
	}
	d.RunLanes()
	d.Telling()
	return d, nil
}

// Take does what a message says that is the desk's own, and reports whether it
// was.
func (d *Desk) Take(msg tea.Msg) (cmd tea.Cmd, own bool) {
	switch msg := msg.(type) {
	case clock.Tick:
		return d.advance(msg), true
	case resultMsg:
		return d.take(msg), true
	case swingMsg:
		return d.swings(msg), true
	case ownMsg:
		return d.takeOwn(msg), true
	case Reloaded:
		return d.reload(msg), true
	case lateMsg:
		return d.Results.wait(msg), true
	case keptMsg:
		d.notKept(msg)
		return nil, true
	}
	return nil, false
}

// Leave ends what is worked out in the background.
func (d *Desk) Leave() {
	if d.Results.cancel != nil {
		d.Results.cancel()
	}
}

func (d *Desk) findEntries() error {
	var found []strategies.Entry
	for _, name := range d.Session.Strategies {
		e, err := d.find(name)
		if err != nil {
			return err
		}
		found = append(found, e)
	}
	d.Entries = found
	return nil
}

// Telling brings the field into view in which the most lanes end with screen
// and server apart; where the busiest one is among them, that stays.
func (d *Desk) Telling() {
	var apart [sim.NumFields]int
	for _, l := range d.Lanes {
		for f := range l.Differ(diagram.At(l.Screen(), diagram.Forever), diagram.At(l.Server(), diagram.Forever)).All {
			apart[f]++
		}
	}
	best := d.Session.Field
	for f, n := range apart {
		if n > apart[best] {
			best = f
		}
	}
	if best != d.Session.Field {
		d.Session.Field = best
		d.RunLanes()
	}
}

// RunLanes runs every lane's trial anew. What is known of the user's own clients
// stays: [Desk.Estimate] lets them run.
func (d *Desk) RunLanes() {
	s := &d.Session
	d.Lanes = d.Lanes[:0]
	for _, e := range d.Entries {
		var l *diagram.Lane
		if o := d.own[e.Name]; o != nil {
			l = d.ownLane(o)
		} else {
			l = diagram.Run(&d.World, &d.Judge, e, s.Script, s.Seed, s.Field)
			l.Turning = d.Results.turning(e.Name, s.Script, s.Seed)
		}
		l.LookAt(s.View)
		d.Lanes = append(d.Lanes, l)
	}
	s.Lane = min(max(s.Lane, 0), len(d.Lanes)-1)
	d.settle()
}

// settle finds the end of all lanes, and with it that of the axis.
func (d *Desk) settle() {
	d.Settled = 0
	for _, l := range d.Lanes {
		d.Settled = max(d.Settled, l.Settled)
	}
	d.Scale()
}

// Scale lets the axis end where the lanes do, or at the cursor. It does not move while
// a hand drags, or a hint is on its way; while time plays, or something is in hand, it
// only grows.
func (d *Desk) Scale() {
	if d.Held || d.swing.frame > 0 {
		return
	}
	inHand := d.Session.Selected != 0 || d.Session.Picked.Action != 0
	if end := d.endNow(); end > d.End || !d.Clock.Playing && !inHand {
		d.End = end
	}
}

// endNow returns the end of an axis with all lanes and the cursor on it.
func (d *Desk) endNow() time.Duration { return diagram.EndOfAxis(max(d.Settled, d.Session.Now)) }

// Lane returns the lane in view.
func (d *Desk) Lane() *diagram.Lane { return d.Lanes[d.Session.Lane] }

// Edit makes a new session the current one; undo brings the old one back. If it says
// the same, nothing has been edited.
func (d *Desk) Edit(s session.Session) tea.Cmd {
	if d.Session.Same(&s) {
		if d.Message == "" {
			d.Message = "nothing changes by that"
		}
		s.Script = d.Session.Script
	} else {
		d.History.Did(d.Session)
	}
	return d.Show(s)
}

// EditAs is [Desk.Edit] with words: what was done, as "seed 2:", or, if that changes
// nothing, why.
func (d *Desk) EditAs(s session.Session, did, already string) tea.Cmd {
	if d.Session.Same(&s) {
		d.Message = already
		return nil
	}
	cmd := d.Edit(s)
	d.Did = did
	return cmd
}

// Show makes s the session on the screen, and works out what has changed. Where all
// had come to rest it has again; where time was playing it plays from the start.
func (d *Desk) Show(s session.Session) tea.Cmd {
	change := d.show(s)
	if !change.made {
		return change.cmd
	}
	if change.rest {
		d.toRest()
	} else if d.Clock.Playing {
		d.Session.Now = 0
	}
	return tea.Batch(change.cmd, d.Changed())
}

// change is what has become of the session on the screen.
type change struct {
	made, rest bool // there is another timeline, or another lane; all had come to rest before
	cmd        tea.Cmd
}

// show makes s the session on the screen, at the time that it says.
func (d *Desk) show(s session.Session) change {
	was, rest := d.Session, d.atRest()
	d.Session = s
	lanes := !slices.Equal(was.Strategies, s.Strategies)
	if lanes {
		if err := d.findEntries(); err != nil {
			d.Session, d.Message = was, err.Error()
			return change{}
		}
	}
	d.RunLanes()
	if !lanes && s.Script == was.Script && s.Seed == was.Seed {
		return change{cmd: d.Changed()}
	}
	d.Looked = false
	return change{true, rest, tea.Batch(d.Estimate(), d.Keep())}
}

// FutureShown reports whether what has not happened yet is drawn: while
// paused, not while playing.
func (d *Desk) FutureShown() bool { return d.Future && !d.Clock.Playing }

// Sign returns where a variant of a command goes: the first one back, the
// second one on.
func Sign(variant int) int { return 2*variant - 1 }
