package judge

import (
	"slices"
	"strings"

	"photofinish/sim"
)

// Verdict is what became of a trial.
type Verdict uint8

// The verdicts, in order of gravity.
const (
	OK      Verdict = iota // what the user asked for stands, once, in order
	Loud                   // something did not happen, and the user was told
	Unknown                // a bound was reached before the end; never safe
	Stuck                  // an action neither happened nor ended
	Wrong                  // something is silently wrong
)

var verdictNames = [...]string{"ok", "loud", "unknown", "stuck", "wrong"}

// String returns the word for v that scenario files use.
func (v Verdict) String() string { return verdictNames[v] }

// Verdicts returns the word of every verdict, in order of gravity.
func Verdicts() []string { return verdictNames[:] }

// Bad reports whether the trial ended wrong or stuck: what the odds count.
func (v Verdict) Bad() bool { return v >= Stuck }

// Kind is what an anomaly is.
type Kind uint8

// The anomalies. The order is that of the table in the documentation, which
// says when exactly each is one.
const (
	UnsentWrite Kind = iota
	UnsentRead
	LostWrite
	LostRead
	MonotonicWrites
	LostUpdate
	MonotonicReads
	StaleRead
	ReadYourWrites
	ClobberedEdit
	DuplicateRecord
	OrphanRecord
	FailedByOrder
	SilentFailure
	Diverged
	QueueStall
	Refused
	Failed
	Indeterminate
	ContinuedPastFailure
)

const (
	ours  = "photofinish"
	terry = "session guarantees, Terry et al. 1994"
	p4    = "phenomenon P4, Berenson et al. 1995"
)

// Kinds describes every anomaly, in the order of the constants.
var Kinds = [...]struct {
	Name    string
	When    string // exactly when, in one sentence
	Verdict Verdict
	Source  string // of the term; empty where it is common usage
}{
	{"unsent-write", "an owed write is in no request, or only in one without its value, and nobody was told", Wrong, ours},
	{"unsent-read", "an owed fetch is in no request, no fetch pressed later was shown, and nobody was told", Wrong, ours},
	{"lost-write", "a write was sent and never arrived, and nobody was told", Wrong, ""},
	{"lost-read", "a fetch was sent and no answer came in time, no fetch pressed later was shown, and nobody was told", Wrong, ours},
	{"monotonic-writes", "an older write stands over a newer one that landed too, or an action took effect on what came after it", Wrong, terry},
	{"lost-update", "another client replaced or deleted a write that it had not seen, and nobody was told", Wrong, p4},
	{"monotonic-reads", "a fetch misses a write that a fetch shown before it had shown", Wrong, terry},
	{"stale-read", "a fetch misses an own write whose answer had come before the fetch was pressed", Wrong, "Jepsen"},
	{"read-your-writes", "a fetch, or the echo of a save, misses any other own write pressed before it that the server accepted", Wrong, terry},
	{"clobbered-edit", "the late answer to a fetch, or to a save that echoes the record, replaced an edit made after it was pressed", Wrong, ours},
	{"duplicate-record", "one person, two records alive; also where the delete failed or still waits", Wrong, ""},
	{"orphan-record", "a record is alive that the client has no hold of: deleted here, or its id never learned", Wrong, ours},
	{"failed-by-order", "the server refused what it would have accepted had everything been done one at a time, and nobody was told", Wrong, ours},
	{"silent-failure", "the server refused for a reason of its own, one at a time too, and nobody was told", Wrong, ""},
	{"diverged", "client, server and what was asked for do not agree, and nothing else says why", Wrong, ""},
	{"queue-stall", "an action still waits when all is quiet", Stuck, ours},
	{"refused", "the client said no to the user, aloud", Loud, ""},
	{"failed", "the server refused, and the user was told", Loud, ""},
	{"indeterminate", "no answer came in time, and the user was told: it may have happened", Loud, "Jepsen"},
	{"continued-past-failure", "a later write, pressed before a failure was known, was sent after it and carried out", Loud, "Breeze"},
}

// String returns the anomaly's name.
func (k Kind) String() string { return Kinds[k].Name }

// KindNames returns the name of every anomaly.
func KindNames() []string {
	names := make([]string, len(Kinds))
	for i := range Kinds {
		names[i] = Kinds[i].Name
	}
	return names
}

// Anomaly is one thing that a trial shows.
type Anomaly struct {
	Kind    Kind
	Actions []int        // the actions it names, in the order that its sentence wants
	Proof   []sim.Moment // the events that prove it; the last of them is when it is proved
}

// Clone returns a copy that outlives the judge's next trial.
func (a Anomaly) Clone() Anomaly {
	a.Actions, a.Proof = slices.Clone(a.Actions), slices.Clone(a.Proof)
	return a
}

// At returns the moment at which the anomaly is proved.
func (a Anomaly) At() sim.Moment {
	var last sim.Moment
	for _, m := range a.Proof {
		last = max(last, m)
	}
	return last
}

// Judgement is a verdict with its reasons.
type Judgement struct {
	Verdict   Verdict
	Anomalies []Anomaly
}

// Says puts the anomaly into one plain sentence with the labels of its
// actions in it, as "newer edit u3 was overwritten by older u2". Where an
// anomaly is about one action, several of its kind may be put together by
// putting their actions together.
func (a Anomaly) Says(s *sim.Script) string {
	var l [2]string
	for i, n := range a.Actions {
		if n > 0 && i < len(l) {
			l[i] = s.Action(n).Label()
		}
	}
	all := labels(s, a.Actions)
	switch a.Kind {
	case UnsentWrite:
		return all + " never left, and nobody was told"
	case UnsentRead:
		return all + " was never asked, and nobody was told"
	case LostWrite:
		return all + " was lost on the way, and nobody was told"
	case LostRead:
		return "no answer to " + all + ", and nobody was told"
	case MonotonicWrites:
		switch s.Action(a.Actions[0]).Do {
		case sim.Delete:
			return "older delete " + l[0] + " took what newer " + l[1] + " had made"
		case sim.SetPermissions:
			switch {
			case s.Action(a.Actions[1]).Do != sim.Update:
			case len(a.Proof) > 1 && a.Proof[1] < a.Proof[0]:
				return l[1] + " landed though the older lock " + l[0] + " was to stop it"
			default:
				return l[1] + " slipped in before the older lock " + l[0]
			}
		}
		return "newer edit " + l[1] + " was overwritten by older " + l[0]
	case LostUpdate:
		if s.Action(a.Actions[1]).Do == sim.Delete {
			return l[1] + " of another client took " + l[0] + ", which it had not seen"
		}
		if len(a.Proof) > 1 && a.Proof[1] < a.Proof[0] {
			return l[1] + " of another client stands over " + l[0] + ", which it had not seen"
		}
		return l[1] + " of another client replaced " + l[0] + ", which it had not seen"
	case MonotonicReads:
		return reader(s, a.Actions[0]) + " shows less than " + reader(s, a.Actions[1]) + " had shown"
	case StaleRead:
		return reader(s, a.Actions[1]) + " does not show " + l[0] + ", which was confirmed before"
	case ReadYourWrites:
		return reader(s, a.Actions[1]) + " does not show " + l[0] + ", pressed before it"
	case ClobberedEdit:
		return "the late answer to " + l[0] + " replaced newer edit " + l[1]
	case DuplicateRecord:
		switch len(a.Actions) {
		case 1:
			return "a second record of one person, made by " + all
		case 2:
			return "two records of one person, made by " + all
		}
		return "several records of one person, made by " + all
	case OrphanRecord:
		if len(a.Actions) == 1 && s.Action(a.Actions[0]).Do == sim.Create {
			return "the record of " + l[0] + " lives on, its id never learned"
		}
		return "a record lives on after its delete " + labels(s, a.Actions[len(a.Actions)-1:])
	case FailedByOrder:
		switch {
		case len(a.Actions) > 1 && a.Actions[1] < a.Actions[0]:
			return l[0] + " failed because older " + l[1] + " came late, and nobody was told"
		case len(a.Actions) > 1:
			return l[0] + " failed because " + l[1] + " came first, and nobody was told"
		}
		return l[0] + " failed because it came too early, and nobody was told"
	case SilentFailure:
		return all + " failed, and nobody was told"
	case Diverged:
		return "screen and server do not agree, and nothing says why"
	case QueueStall:
		return "still waiting when all is quiet: " + all
	case Refused:
		return "refused, and you were told: " + all
	case Failed:
		return all + " failed, and you were told"
	case Indeterminate:
		return "no answer to " + all + ": it may have happened, you were told"
	default:
		return l[1] + " went on after " + l[0] + " had failed"
	}
}

// reader is what showed the user a record: a fetch, or the echo of a save.
func reader(s *sim.Script, n int) string {
	if a := s.Action(n); a.Do != sim.Fetch {
		return "the answer to " + a.Label()
	}
	return s.Action(n).Label()
}

// labels lists the labels of actions, leaving out what was given.
func labels(s *sim.Script, actions []int) string {
	var l []string
	for _, n := range actions {
		if n > 0 {
			l = append(l, s.Action(n).Label())
		}
	}
	return strings.Join(l, " and ")
}
