package judge

import (
	"fmt"
	"strings"

	"photofinish/sim"
)

// sentence returns what an anomaly of its kind says, with marks where labels go:
// {1} and {2} stand for the first two actions, {read 1} and {read 2} for them as
// what brought a record to the screen, {last} for the last one, {all} for all, and
// {was} for what is said of all: was, or were.
type sentence func(s *sim.Script, a Anomaly) string

// Says puts the anomaly into one plain sentence with the labels of its
// actions in it, as "newer edit u3 was overwritten by older u2". Where an
// anomaly is about one action, several of its kind may be put together by
// putting their actions together.
func (a Anomaly) Says(s *sim.Script) string {
	text := strings.ReplaceAll(Kinds[a.Kind].says(s, a), "{all}", labels(s, a.Actions...))
	was := "was"
	if len(a.Actions) > 1 {
		was = "were"
	}
	text = strings.ReplaceAll(text, "{was}", was)
	for i, n := range a.Actions {
		label := labels(s, n)
		read := brought(s, n)
		if strings.HasPrefix(read, "the news") {
			text = strings.ReplaceAll(text, fmt.Sprintf("the late answer to {%d}", i+1), read)
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i+1), label)
		if i == len(a.Actions)-1 {
			text = strings.ReplaceAll(text, "{last}", label)
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{read %d}", i+1), read)
	}
	return text
}

// brought says what of an action brought a record to the screen.
func brought(s *sim.Script, n int) string {
	label := labels(s, n)
	switch {
	case n < 1:
	case s.Action(n).Do != sim.Fetch:
		return "the answer to " + label // which echoed the record
	case s.Action(n).Errand != nil && s.Action(n).Errand.News:
		return "the news of " + s.Action(n).Errand.Cause.Label()
	}
	return label
}

// labels lists the labels of actions, leaving out what was given.
func labels(s *sim.Script, actions ...int) string {
	var l []string
	for _, n := range actions {
		if n > 0 {
			l = append(l, s.Action(n).Label())
		}
	}
	return And(l)
}

// And lists words, as "u2, u3 and u4".
func And(words []string) string {
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " and " + words[last]
	}
	return strings.Join(words, "")
}

func always(text string) sentence { return func(*sim.Script, Anomaly) string { return text } }

// either says one thing, or another if it comes of what this server does and others do
// not.
func either(text, server string) sentence {
	return func(_ *sim.Script, a Anomaly) string {
		if a.Server {
			return server
		}
		return text
	}
}

// backwards reports whether the first two events of the proof are in the order
// opposite to that in which the kind names their actions.
func (a Anomaly) backwards() bool { return len(a.Proof) > 1 && a.Proof[1] < a.Proof[0] }

// Alike reports whether two anomalies that are each about one action can be put
// together.
func (a Anomaly) Alike(b Anomaly) bool {
	return a.Kind == b.Kind && a.Server == b.Server && (a.Kind != Failed || a.backwards() == b.backwards())
}

// inverted says of monotonic-writes which older action has the last word.
func inverted(s *sim.Script, a Anomaly) string {
	switch older := s.Action(a.Actions[0]).Do; {
	case older == sim.Delete:
		return "older delete {1} took what newer {2} had made"
	case older != sim.SetPermissions || s.Action(a.Actions[1]).Do != sim.Update:
		return "newer edit {2} was overwritten by older {1}"
	case a.backwards():
		return "{2} landed though the older lock {1} was to stop it"
	}
	return "{2} slipped in before the older lock {1}"
}

// wipedOut says of clobbered-edit what took the edit off the screen.
func wipedOut(_ *sim.Script, a Anomaly) string {
	if a.backwards() {
		return "taking {1} back wiped out {2}"
	}
	return "the late answer to {1} replaced newer edit {2}"
}

// unseen says of lost-update what another client did to the write.
func unseen(s *sim.Script, a Anomaly) string {
	switch {
	case a.Server && a.backwards(): // it was back
		return "{2}, which had read a row without it, wrote over {1}"
	case a.Server:
		return "{2}, which had read before it, wrote over {1}"
	case s.Action(a.Actions[1]).Do == sim.Delete:
		return "{2} of another client took {1}, which it had not seen"
	case a.backwards():
		return "{2} of another client stands over {1}, which it had not seen"
	}
	return "{2} of another client replaced {1}, which it had not seen"
}

// failed says whether the server refused, or the request never left.
func failed(_ *sim.Script, a Anomaly) string {
	if a.backwards() {
		return "{all} could not leave, and you were told"
	}
	return "{all} failed, and you were told"
}

// twice says of applied-twice whose additions count more often than once.
func twice(_ *sim.Script, a Anomaly) string {
	if len(a.Actions) > 1 {
		return "{all} count twice"
	}
	return "{all} counts twice"
}

// several says of duplicate-record how many there are.
func several(_ *sim.Script, a Anomaly) string {
	switch len(a.Actions) {
	case 1:
		return "a second record of one person, made by {all}"
	case 2:
		return "two records of one person, made by {all}"
	}
	return "several records of one person, made by {all}"
}

// livesOn says of orphan-record why the client has no hold of it.
func livesOn(s *sim.Script, a Anomaly) string {
	if s.Action(a.Actions[len(a.Actions)-1]).Do == sim.Delete {
		return "a record lives on after its delete {last}"
	}
	return "the record of {last} lives on, its id never learned"
}

// failedBy says of failed-by-order which order did it.
func failedBy(_ *sim.Script, a Anomaly) string {
	switch {
	case len(a.Actions) < 2:
		return "{1} failed because it came too early, and nobody was told"
	case a.Actions[1] < a.Actions[0]:
		return "{1} failed because older {2} came late, and nobody was told"
	}
	return "{1} failed because {2} came first, and nobody was told"
}
