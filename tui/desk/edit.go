package desk

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/tui/session"
)

// Act lets the user of all clients do something at the cursor.
func (d *Desk) Act(do sim.Do) tea.Cmd {
	s, err := d.Session.Act(do)
	if err != nil {
		d.Message = err.Error()
		return nil
	}
	return d.Edit(s)
}

// Selected returns the session with an action selected: the one that is, or
// else the nearest to the cursor.
func (d *Desk) Selected() session.Session {
	if d.Session.Action() != nil {
		return d.Session
	}
	return d.Session.Select(d.Session.Nearest())
}

// Moves returns a command that moves the selected action.
func (d *Desk) Moves(ms int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		next := d.Selected().Move(time.Duration(Sign(v)*ms) * time.Millisecond)
		if next.Script == d.Session.Script { // at the start already
			d.Session = next
			return nil
		}
		sel := d.Selected()
		was := sel.Action().Label()
		cmd := d.Edit(next)
		if is := d.Session.Action().Label(); is != was {
			d.Message = was + " now comes at another place, and is called " + is
		}
		return cmd
	}
}

// DeleteAction deletes the selected action. Where none was selected it selects
// one first: nobody should lose what they did not see to be meant.
func (d *Desk) DeleteAction() tea.Cmd {
	if d.Session.Action() == nil {
		d.Session = d.Selected()
		d.Message = "x again deletes " + d.Session.Action().Label()
		return d.Changed()
	}
	s := d.Session
	label := s.Action().Label()
	cmd := d.Edit(s.Delete())
	d.Message = label + " is gone: z brings it back"
	return cmd
}

// SelectNext selects the action after the selected one, or before it.
func (d *Desk) SelectNext(v int) tea.Cmd {
	n := d.Session.Selected + Sign(v)
	switch last := len(d.Session.Script.Actions); {
	case d.Session.Selected == 0:
		n = d.Session.Nearest()
	case n < 1:
		n = last
	case n > last:
		n = 1
	}
	d.Session = d.Session.Select(n)
	return d.Changed()
}

// PickMessage picks the next of the messages that carry the selected action in
// the lane in view, and after the last one none.
func (d *Desk) PickMessage() tea.Cmd {
	d.Session = d.Selected()
	s := &d.Session
	var legs []diagram.Leg
	for i := range d.Lane().Messages {
		if msg := &d.Lane().Messages[i]; slices.Contains(msg.Actions, s.Selected) && !slices.Contains(legs, msg.Leg()) {
			legs = append(legs, msg.Leg())
		}
	}
	if len(legs) == 0 {
		d.Message = fmt.Sprintf("%s sends nothing for %s: look in another lane (↑ ↓), or at another action (g)",
			d.Lane().Name, s.Action().Label())
		return nil
	}
	at := slices.Index(legs, s.Picked) + 1
	s.Picked = diagram.Leg{}
	if at < len(legs) {
		s.Picked = legs[at]
	}
	return nil
}

// PickedText names the message that is picked, and says how long it takes.
func (d *Desk) PickedText() string {
	leg := d.Session.Picked
	if leg.Action == 0 || leg.Action > len(d.Session.Script.Actions) {
		return ""
	}
	a := d.Session.Script.Action(leg.Action)
	how := "drawn"
	if leg.Leg == sim.Uplink && a.Up != sim.Unpinned || leg.Leg == sim.Downlink && a.Down != sim.Unpinned {
		how = "pinned"
	}
	if takes, ok := d.Takes(leg); ok {
		return fmt.Sprintf("%s: %s ms, %s", d.LegText(leg), tell.Rounded(takes), how)
	}
	return d.LegText(leg)
}

// LegText names a message, as "u2's way up".
func (d *Desk) LegText(leg diagram.Leg) string {
	if leg.Leg == sim.Downlink {
		return d.Lane().Label(leg.Action) + "'s way back"
	}
	return d.Lane().Label(leg.Action) + "'s way up"
}

// Takes returns how long a message takes that is in the lane in view. What it
// waits at the server, or for those before it, is not its own.
func (d *Desk) Takes(leg diagram.Leg) (time.Duration, bool) {
	for i := range d.Lane().Messages {
		if msg := &d.Lane().Messages[i]; msg.Leg() == leg && !msg.Lost && leg.Action <= len(d.Session.Script.Actions) {
			a := d.Session.Script.Drawn(d.Session.Seed).Action(leg.Action)
			if leg.Leg == sim.Uplink {
				return a.Up, true
			}
			return a.Down, true
		}
	}
	return 0, false
}

// PinMessage makes the picked message 10 ms slower or faster.
func (d *Desk) PinMessage(v int) tea.Cmd {
	takes, ok := d.Takes(d.Session.Picked)
	if !ok {
		d.Message = "that message is not in this lane: m picks another"
		return nil
	}
	takes -= time.Duration(Sign(v)*10) * time.Millisecond
	takes = min(max(takes, 0), sim.MaxLatency)
	cmd := d.Edit(d.Session.Pin(d.Session.Picked, takes))
	d.Message = d.PickedText() + ", in every lane; odds draw it anew in every run"
	return cmd
}

// UnpinMessage lets luck draw the latency of the picked message again.
func (d *Desk) UnpinMessage() tea.Cmd {
	return d.Edit(d.Session.Pin(d.Session.Picked, sim.Unpinned))
}

// Reseed draws what is not pinned from the next seed, or from the one before.
func (d *Desk) Reseed(v int) tea.Cmd {
	next := d.Session.Reseed(2*(1-v) - 1)
	if next.Script == d.Session.Script && next.Seed == d.Session.Seed {
		d.Message = "this is the first seed"
		return nil
	}
	return d.Edit(next)
}

// Undo takes the last edit back, or does it again.
func (d *Desk) Undo(v int) tea.Cmd {
	step, none := d.History.Undo, "nothing more to take back"
	if v == 1 {
		step, none = d.History.Redo, "nothing to do again"
	}
	s, ok := step(d.Session)
	if !ok {
		d.Message = none
		return nil
	}
	return d.Show(s)
}

// LetGo lets go of the message that is picked, else of the action that is
// selected.
func (d *Desk) LetGo() tea.Cmd {
	if d.Session.Picked.Action != 0 {
		d.Session.Picked = diagram.Leg{}
	} else {
		d.Session = d.Session.Select(0)
	}
	return d.Changed()
}

// ShowLane brings a lane into view.
func (d *Desk) ShowLane(lane int) tea.Cmd {
	if lane >= len(d.Lanes) {
		d.Message = "there are " + strconv.Itoa(len(d.Lanes)) + " lanes: L chooses more"
	}
	d.Session.Lane = min(max(lane, 0), len(d.Lanes)-1)
	d.Looked = true
	return d.Changed()
}

// OtherLane brings the next lane into view, or the one before.
func (d *Desk) OtherLane(v int) tea.Cmd { return d.ShowLane(d.Session.Lane + Sign(v)) }

// OtherField brings the next field into view, and after the last one the next
// person.
func (d *Desk) OtherField() tea.Cmd { return d.Show(d.Session.NextField()) }

// LookAround puts another person in view, or another client's screen, and says
// what that means.
func (d *Desk) LookAround(v int) tea.Cmd {
	s := d.Session.Person()
	if v > 0 {
		s = d.Session.Client()
	}
	cmd := d.Show(s)
	if d.Message = "back on the first client, with the first person"; s.Where() != "" {
		d.Message = "in view: " + s.Where() + ". What you press now is pressed there"
	}
	return cmd
}

// SeveralFields reports whether there is another field to show, or another
// person.
func (d *Desk) SeveralFields() bool {
	return d.Session.Fields().Count() > 1 || d.Session.Script.Views().Count() > 1
}
