package sim

import "time"

// Moment is the place of an event in its trial, counted from 1 whether or not
// the trial is traced; 0 is never. Moment m is event m-1 of the trace.
type Moment int32

// Index returns the place of the event in [Trace].Events, -1 if it never was.
func (m Moment) Index() int { return int(m) - 1 }

// Ledger has all of a trial that the judge may look at. It is small, of fixed
// size, and knows nothing of the strategy.
type Ledger struct {
	Commits []Commit         // what requests made of records, where that is asked for later
	Reads   []Read           // the records that replies brought and the client took, as they came
	Reverts []Revert         // the actions that the client took off the screen again, as it did
	Records []Record         // as they stand at the end
	Views   [MaxViews]Person // what the screens show at the end; see [Action.View]
	Sums    Sums             // what writers in the states of the trial name, if actions add
	Away    FieldSet         // the views of which no record has been shown since their client was closed

	Bounded  bool          // MaxEvents was reached before the end, or Failed says why there is none
	Failed   error         // why a client that is not ours could not go on; else nil
	Why      string        // why the end is not known, if a client that is not ours says so
	Events   int           // how many events there were
	Settled  time.Duration // when the last of them was, firings of timers aside
	Requests int           // how many requests were sent
	Blocked  time.Duration // how long something the user wanted was blocked
	Readings int           // in how many ways it could be read whom a request carried; 0: in one. See [Options.Reading]
	Doubt    bool          // and those whom it may have carried were to meet other luck

	Errands []*Action                         // the fetches that no user asked for, numbered on from MaxActions+1
	Fates   [MaxActions + MaxErrands + 1]Fate // by number; the first is unused
}

// Fate has the moments of one action: 0 is never.
type Fate struct {
	Pressed  Moment   // the user acted
	Waits    Moment   // the last time it was held, merged or blocked; 0 while it does not wait
	Dropped  Moment   // the client threw it away, silently
	Refused  Moment   // the client said no, aloud
	Sent     Moment   // the last send of a request that carried it
	Carried  FieldSet // fields that some sent request carried with its value
	Landed   Moment   // the server handled it; the first success, else the last refusal
	Status   int16    // what the server replied then
	Reason   bool     // the server refused it for a reason of its own (a status of the script, an error of the network)
	Blocked  bool     // its button was disabled for a while, or for ever
	Record   int16    // the record it landed on; 0 if there was none
	Parent   int16    // of a create: the record that it needs, as its request said; 0: it needs none, or it said none
	RodeOn   int16    // the record that Rode is of
	Behind   bool     // a fetch found no record, for reads lag behind: there was one
	Done     bool     // Ended is when a success was replied in time
	Rode     FieldSet // fields whose value landed in a request that another action made
	RodeAt   Moment
	Again    Moment   // what it adds was counted once more
	Beaten   FieldSet // fields of which the server kept what has a later stamp
	Beneath  FieldSet // and fields of which, on top of the value, what was added with a later stamp
	Replied  Moment   // the reply reached the client in time
	TimedOut Moment   // the client gave up waiting
	Told     Moment   // the user was told that it did not happen
	Failed   Moment   // the last time that a request with it could not leave
	Began    Moment   // the server began to work at the request that landed, if that is another moment
	Attempts uint16   // requests of which it was the first action
	Fails    uint16   // and those of them that could not leave

	Ended time.Duration // when the user could know what became of it: see [Fate.Known]
}

// Known reports whether the user could know what became of the action, at Ended:
// when the first success was replied in time; else at the last no, be it a reply in
// time or the client's own word. To give up waiting is none.
func (f *Fate) Known() bool { return f.Replied != 0 || f.Told != 0 || f.Refused != 0 }

// end notes that the user could know what became of the action by now.
func (f *Fate) end(now time.Duration, success bool) {
	if !f.Done {
		f.Ended, f.Done = now, success
	}
}

// Read is a record that the user was shown, by a fetch or by the echo of a save.
type Read struct {
	View   uint8  // the screen and person: see [Action.View]
	Action int    // the fetch, or the last action that the reply is to
	Landed Moment // the server read the record
	Was    Moment // it had been so just before: Landed, or earlier where reads lag behind
	Shown  Moment // the client took the reply
	Record int
	Body   State    // the record as it was read
	Before State    // the person as it was shown until then
	Kept   FieldSet // the fields in which the client went on to show what it had
}

// Revert is an action that a client took off the screen again, since the server had
// refused it.
type Revert struct {
	Action        int
	At            Moment
	Before, After State // what was shown, and what was seen instead
}

// reset empties the ledger for a script of n actions.
func (l *Ledger) reset(n int) {
	for i := 1; i <= n; i++ {
		l.Fates[i] = Fate{}
	}
	l.Reads, l.Reverts, l.Records = l.Reads[:0], l.Reverts[:0], l.Records[:0]
	l.Sums, l.Commits = l.Sums[:0], l.Commits[:0]
	l.Views, l.Away = [MaxViews]Person{}, 0
	if l.Bounded || l.Readings > 0 || len(l.Errands) > 0 { // else a client that is not ours has left nothing
		clear(l.Fates[MaxActions+1:][:len(l.Errands)])
		l.Errands, l.Failed, l.Why, l.Readings, l.Doubt = l.Errands[:0], nil, "", 0, false
	}
	l.Bounded, l.Events, l.Settled, l.Requests, l.Blocked = false, 0, 0, 0, 0
}
