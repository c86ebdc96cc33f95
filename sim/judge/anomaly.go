package judge

import (
	"slices"

	"photofinish/sim"
)

// Verdict grades a trial by its gravest anomaly.
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

// Kind is a row of [Kinds].
type Kind uint8

// The anomalies, in the order in which they are listed. [Kinds] says when exactly each is
// one.
const (
	UnsentWrite Kind = iota
	UnsentRead
	LostWrite
	LostRead
	MonotonicWrites
	LostUpdate
	AppliedTwice
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

// Kinds has a row for each anomaly: to add one is to add its constant, its row, what
// finds it, which [Judge.person] calls, and a test of its rule.
var Kinds = [...]struct {
	Name    string
	When    string // exactly when, in one sentence
	Verdict Verdict
	Source  string // of the term; empty where it is common usage
	says    sentence
}{
	UnsentWrite: {"unsent-write", "an owed write is in no request that left, or only in one without its value, and nobody was told", Wrong, ours,
		always("{all} never left, and nobody was told")},
	UnsentRead: {"unsent-read", "an owed fetch is in no request that left, no read pressed or asked for later was shown, and nobody was told", Wrong, ours,
		always("{all} {was} never asked, and nobody was told")},
	LostWrite: {"lost-write", "a write was sent and never arrived, and nobody was told", Wrong, "",
		always("{all} {was} lost on the way, and nobody was told")},
	LostRead: {"lost-read", "a fetch was sent and no answer came in time, no read pressed or asked for later was shown, and nobody was told", Wrong, ours,
		always("no answer to {all}, and nobody was told")},
	MonotonicWrites: {"monotonic-writes", "an older write stands over a newer one that landed too, or an action took effect on what came after it", Wrong, terry,
		inverted},
	LostUpdate: {"lost-update", "another client replaced or deleted a write that it had not seen, or a server that does not isolate requests wrote over it what it had read before, and nobody was told", Wrong, p4,
		unseen},
	AppliedTwice: {"applied-twice", "what an owed write adds is in the record more often than once", Wrong, ours,
		twice},
	MonotonicReads: {"monotonic-reads", "a fetch misses a write that had been shown before, or a reread, a poll, an echo or news takes it off the screen", Wrong, terry,
		always("{read 1} shows less than {read 2} had shown")},
	StaleRead: {"stale-read", "a fetch misses an own write, or the record, though the answer to that had come before it was pressed; or a reread, a poll, an echo or news takes the write off the screen", Wrong, "Jepsen",
		either("{read 2} does not show {1}, which was confirmed before", "{read 2} does not show {1}, confirmed before: reads lag behind")},
	ReadYourWrites: {"read-your-writes", "a fetch misses any other own write pressed before it that the server accepted, or a reread, a poll, an echo or news takes it off the screen", Wrong, terry,
		either("{read 2} does not show {1}, pressed before it", "{read 2} does not show {1}, pressed before it: reads lag behind")},
	ClobberedEdit: {"clobbered-edit", "the late answer to a fetch, a reread, a poll or a save that echoes the record replaced an edit made after it was asked for, or news one made after it was sent; or an edit was taken back with another one", Wrong, ours,
		wipedOut},
	DuplicateRecord: {"duplicate-record", "one person, two records alive; also where the delete failed or still waits", Wrong, "",
		several},
	OrphanRecord: {"orphan-record", "a record is alive that the client has no hold of: deleted here, or its id never learned", Wrong, ours,
		livesOn},
	FailedByOrder: {"failed-by-order", "the server refused what it would have accepted had everything been done one at a time, and nobody was told", Wrong, ours,
		failedBy},
	SilentFailure: {"silent-failure", "the server refused for a reason of its own, one at a time too, and nobody was told", Wrong, "",
		always("{all} failed, and nobody was told")},
	Diverged: {"diverged", "client, server and what was asked for do not agree, and nothing else says why", Wrong, "",
		always("screen and server do not agree, and nothing says why")},
	QueueStall: {"queue-stall", "an action still waits when all is quiet", Stuck, ours,
		always("still waiting when all is quiet: {all}")},
	Refused: {"refused", "the client said no to the user, aloud", Loud, "",
		always("refused, and you were told: {all}")},
	Failed: {"failed", "the server refused, or the request could not leave, and the user was told", Loud, "",
		failed},
	Indeterminate: {"indeterminate", "no answer came in time, and the user was told: it may have happened; or it was refused while its first request was at work, and happened", Loud, "Jepsen",
		either("no answer to {all}: it may have happened, you were told", "{all} {was} said to have failed, and happened")},
	ContinuedPastFailure: {"continued-past-failure", "a later write, pressed before a failure was known, was sent after it and carried out", Loud, "Breeze",
		always("{2} went on after {1} had failed")},
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
	Server  bool         // it comes of what this server does and others do not: its sentence says so
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

// Gravest returns the first of the gravest of some anomalies, nil if there are
// none.
func Gravest(all []Anomaly) (worst *Anomaly) {
	for i := range all {
		if worst == nil || Kinds[all[i].Kind].Verdict > Kinds[worst.Kind].Verdict {
			worst = &all[i]
		}
	}
	return worst
}

// Judgement is a verdict with its reasons.
type Judgement struct {
	Verdict   Verdict
	Anomalies []Anomaly
}
