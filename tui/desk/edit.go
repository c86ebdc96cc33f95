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

// Act lets the user of all clients do something at the cursor. Where all had come to
// rest, time goes on.
func (d *Desk) Act(do sim.Do) tea.Cmd {
	s, meant, err := d.Session.Press(do)
	if err != nil {
		d.Message = err.Error()
		return nil
	}
	was := d.Session
	d.History.Did(was)
	change := d.show(s)
	switch meant {
	case session.Somebody:
		d.Left = was.Name(was.View)
		d.Did = fmt.Sprintf("%s exists already, so c created person %d.", d.Left, s.View%sim.MaxPersons+1)
	case session.Twice:
		d.Did = fmt.Sprintf("c twice at once is a double click on %s:", d.who())
	}
	var on tea.Cmd
	if change.rest && !d.SettledNow() {
		d.Clock.Playing = true
		on = d.Clock.Next()
	}
	return tea.Batch(change.cmd, d.Changed(), on)
}

// who names the person in view: where there are several, by their number.
func (d *Desk) who() string {
	s := &d.Session
	if s.Script.Views().Count() > 1 {
		return fmt.Sprint("person ", s.View%sim.MaxPersons+1)
	}
	return s.Name(s.View)
}

// Selected returns the session with an action selected: the one that is, or
// else the nearest to the cursor.
func (d *Desk) Selected() session.Session {
	if d.Session.Action() != nil {
		return d.Session
	}
	return d.Session.Select(d.Session.Nearest())
}

// selection returns the session with something selected, be it the end of a span.
func (d *Desk) selection() session.Session {
	if label, _ := d.Session.Selection(); label != "" {
		return d.Session
	}
	return d.Selected()
}

// Moves returns a command that moves the selected action.
func (d *Desk) Moves(ms int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		was := d.selection()
		next := was.Move(time.Duration(Sign(v)*ms) * time.Millisecond)
		if next.Script == d.Session.Script {
			d.Session = next
			label, at := was.Selection()
			if d.Message = label + " is at " + tell.Rounded(at) + " ms already"; at != 0 {
				d.Message = label + " stays at " + tell.Rounded(at) + " ms: it can go no further that way"
			}
			return d.Changed()
		}
		cmd := d.Edit(next)
		d.SayMoved(was.Selection())
		return cmd
	}
}

// SayMoved says how far the selected action has been moved from what it was, and what
// it is called now if it has passed another one.
func (d *Desk) SayMoved(name string, at time.Duration) {
	is, now := d.Session.Selection()
	by, way := now-at, "later"
	if by < 0 {
		by, way = -by, "earlier"
	}
	if is != name {
		name += ", now called " + is + ","
	}
	if d.Did = name + " " + tell.Rounded(by) + " ms " + way + ":"; by == 0 {
		d.Did = name + " where it was:"
	}
}

// DeleteAction deletes the selected action. Where none was selected it selects
// one first: nobody should lose what they did not see to be meant.
func (d *Desk) DeleteAction() tea.Cmd {
	label, _ := d.Session.Selection()
	if label == "" {
		d.Session = d.Selected()
		d.Message = "x again deletes " + d.Session.Action().Label()
		return d.Changed()
	}
	if _, _, end := d.Session.SpanEnd(); end {
		label = "the span of " + label
	}
	return d.EditAs(d.Session.Delete(), label+" deleted:", "")
}

// SelectNext selects the action after the selected one, or the one before it.
func (d *Desk) SelectNext(v int) tea.Cmd {
	all := d.Session.InOrder()
	n := d.Session.Nearest()
	if i := slices.Index(all, d.Session.Selected); i >= 0 {
		n = all[(i-Sign(v)+len(all))%len(all)]
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

// LegText names a message, as "u2's way up".
func (d *Desk) LegText(leg diagram.Leg) string {
	return tell.Leg(d.Lane().Script, leg.Action, leg.Leg)
}

// Takes returns how long a message takes that is in the lane in view. What it
// waits at the server, or for those before it, is not its own.
func (d *Desk) Takes(leg diagram.Leg) (time.Duration, bool) {
	for i := range d.Lane().Messages {
		if msg := &d.Lane().Messages[i]; msg.Leg() == leg && !msg.Lost && leg.Action <= len(d.Session.Script.Actions) {
			return *session.Takes(d.Session.Script.Drawn(d.Session.Seed).Action(leg.Action), leg.Leg), true
		}
	}
	return 0, false
}

// PinMessage makes the picked message 10 ms slower or faster.
func (d *Desk) PinMessage(v int) tea.Cmd {
	leg := d.Session.Picked
	was, ok := d.Takes(leg)
	if !ok {
		d.Message = "that message is not in this lane: m picks another"
		return nil
	}
	takes := min(max(was-time.Duration(Sign(v)*10)*time.Millisecond, 0), sim.MaxLatency)
	if takes == was && d.Pinned(leg) {
		d.Message = d.LegText(leg) + " is at " + tell.Rounded(was) + " ms already"
		return nil
	}
	return d.Edit(d.Session.Pin(leg, takes))
}

// Pinned reports whether the latency of a message is pinned, and not drawn.
func (d *Desk) Pinned(leg diagram.Leg) bool {
	if leg.Action < 1 || leg.Action > len(d.Session.Script.Actions) || leg.Leg == sim.NoLeg {
		return false
	}
	return *session.Takes(d.Session.Script.Action(leg.Action), leg.Leg) != sim.Unpinned
}

// UnpinMessage lets luck draw the latency of the picked message again.
func (d *Desk) UnpinMessage() tea.Cmd {
	leg := d.Session.Picked
	if !d.Pinned(leg) {
		d.Message = d.LegText(leg) + " is drawn by luck already"
		return nil
	}
	return d.Edit(d.Session.Pin(leg, sim.Unpinned))
}

// Reseed draws what is not pinned from the next seed, or from the one before.
func (d *Desk) Reseed(v int) tea.Cmd {
	next := d.Session.Reseed(2*(1-v) - 1)
	end := [...]string{"last", "first"}[v]
	return d.EditAs(next, next.Luck()+":", d.Session.Luck()+" is the "+end+" there is")
}

// Undo takes the last edit back, or does it again.
func (d *Desk) Undo(v int) tea.Cmd {
	step, none, did := d.History.Undo, "nothing more to take back", "undone:"
	if v == 1 {
		step, none, did = d.History.Redo, "nothing to do again", "done again:"
	}
	s, ok := step(d.Session)
	if !ok {
		d.Message = none
		return nil
	}
	cmd := d.Show(s)
	d.Did = did
	return cmd
}

// LetGo lets go of the message that is picked, else of the action that is
// selected.
func (d *Desk) LetGo() tea.Cmd {
	if d.Session.Picked.Action != 0 {
		d.Session.Picked = diagram.Leg{}
	} else {
		d.Session = d.Session.Select(0)
	}
	d.Scale()
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

// AddLane gives a strategy a lane, the last one, and brings it into view.
func (d *Desk) AddLane(name string) tea.Cmd {
	edit := d.Edit(d.Session.WithLanes(append(slices.Clone(d.Session.Strategies), name)))
	return tea.Batch(edit, d.ShowLane(len(d.Session.Strategies)-1))
}

// OtherLane brings the next lane into view, or the one before.
func (d *Desk) OtherLane(v int) tea.Cmd {
	if v == 0 && d.Session.Lane == 0 {
		d.Message = d.Lane().Name + " is the first lane"
		return nil
	}
	return d.ShowLane(d.Session.Lane + Sign(v))
}

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

// Away takes the network from the client in view at the cursor, or gives it back; or it
// closes that client, or opens it.
func (d *Desk) Away(v int) tea.Cmd {
	_, was := d.Session.Offline()
	toggle, begun, ended := d.Session.ToggleOffline, "goes offline", "is back online"
	if v == 1 {
		was = d.Session.Closed()
		toggle, begun, ended = d.Session.ToggleClosed, "is closed", "is opened"
	}
	next, err := toggle()
	if err != nil {
		d.Message = err.Error()
		return nil
	}
	did := begun
	if was {
		did = ended
	}
	client := tell.Client(d.Session.Script, uint8(d.Session.View/sim.MaxPersons))
	return d.EditAs(next, client+" "+did+":", "")
}
