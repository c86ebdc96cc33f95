package class

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
)

// racer is a playground that says what runs in it.
type racer interface{ Race() *sim.Script }

// barred says why the playground is not to be seen now; "" if it is. A race that is
// asked about stays closed until it is revealed, under whatever name it was opened,
// and at whatever times its clicks are made.
func (m *student) barred() string {
	v := &m.seen
	if v.Locked {
		return "the teacher has locked the playground"
	}
	race := m.screens.Race
	if r, is := m.child[onPlay].(racer); is {
		race = r.Race()
	}
	same := func(asked *sim.Script) bool { return sameSteps(asked, race) }
	if v.Phase != Idle && v.Phase < Revealed && slices.ContainsFunc(v.Question.Races, same) {
		return "this race is asked about: the playground shows it after the reveal"
	}
	return ""
}

// refuse says in the lesson, or else above the foot, why something is not done.
func (m *student) refuse(why string) tea.Cmd {
	if !m.follows() || m.lobby() {
		m.message = why
		return nil
	}
	c := m.around()
	c.Message = why
	return m.tell(onFollow, c)
}

// sameSteps reports whether two scripts have the same clicks in the same order, made
// whenever, with whatever values, and over whatever network.
func sameSteps(a, b *sim.Script) bool {
	if a == nil || b == nil {
		return false
	}
	steps := func(s *sim.Script) (all []sim.Action) {
		for _, a := range s.Actions {
			if !a.Skip {
				all = append(all, sim.Action{Do: a.Do, Client: a.Client, Person: a.Person, Parent: a.Parent, Opens: a.Opens, Lists: a.Lists, Sets: a.Sets, Adds: a.Adds})
			}
		}
		return all
	}
	return slices.Equal(steps(a), steps(b))
}
