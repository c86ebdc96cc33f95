// Package judge reads a finished trial and says what became of it.
//
// It knows nothing of the strategy. It compares what stands at the end, and
// what the user saw on the way, with the intent: the user's actions applied
// one at a time in the order of the user's hands, each completed before the
// next. Linearizability would not do: two overlapping saves may legally take
// effect in the wrong order, and what the user expects is issue order.
//
// Each person on each client's screen is judged alone. What another client does
// to the same record is like the weather there: it is owed to somebody else. It
// may cover what was written here, but not unseen: that is a lost update.
//
// Start with [Judge.Judge].
package judge

import (
	"math/bits"
	"slices"

	"photofinish/sim"
)

// Judge judges trials one after the other and reuses its memory: a trial
// without anomalies costs no allocation. The zero value is ready.
type Judge struct {
	s    *sim.Script
	l    *sim.Ledger
	view int // the screen and person in hand: see [sim.Action.View]

	given  int                      // the id of theirs, if they were there from the start; else 0
	owed   [sim.MaxActions + 1]owed // by action
	lives  [sim.MaxActions + 2]life // by number, from 1
	count  int                      // how many there are
	last   int                      // the life that goes on; 0: nobody is there
	want   sim.State                // the person as it should be
	set    sim.FieldSet             // the fields that owed writes of the last life set
	odd    uint64                   // the owed actions with which something may be wrong by itself, a bit each from 1 on
	stand  int                      // the record that should be that person; 0: none is alive
	stray  bool                     // another one is alive, or the client does not hold that one
	less   sim.FieldSet             // the fields of which a fetch showed less than it should
	wrote  sim.FieldSet             // of all screens and persons, the fields that actions write: of others no read shows too little
	adds   sim.FieldSet             // the fields that actions add to: what is owed of them is want, and plus
	plus   [sim.NumFields]uint64    // the owed actions that add to what want says, a bit each from 1 on
	bereft uint64                   // the creates that need a record which would not be there one at a time either, a bit each from 1 on
	due    uint64                   // of all screens and persons, the owed actions, a bit each from 1 on

	differ  []int // the writers of what differs
	out     []Anomaly
	mine    int // from where on they are of the screen and person in hand
	actions []int
	proof   []sim.Moment
}

// Judge returns the verdict on a trial. What it returns is valid until the
// next call.
func (j *Judge) Judge(s *sim.Script, l *sim.Ledger) Judgement {
	j.s, j.l = s, l
	j.out, j.actions, j.proof, j.due = j.out[:0], j.actions[:0], j.proof[:0], 0
	if l.Bounded {
		return Judgement{Verdict: Unknown}
	}
	var views sim.FieldSet
	j.wrote, j.adds, j.bereft = 0, 0, 0
	parents, lists := false, false
	actions := s.Actions
	for i := range actions {
		a := &actions[i]
		views = views.With(a.View())
		j.wrote |= a.Sets | a.Saves
		j.adds |= a.Adds
		if a.Parent != 0 {
			parents = true
		}
		if a.Lists {
			lists = true
		}
	}
	if lists {
		views = s.Views()
	}
	if parents {
		j.findBereft()
	}
	for ; views != 0; views &= views - 1 {
		j.view = bits.TrailingZeros32(uint32(views))
		j.person()
	}
	v := OK
	for i := range j.out {
		v = max(v, Kinds[j.out[i].Kind].Verdict)
	}
	return Judgement{v, j.out}
}

// Owed reports whether the user was owed that action n of the trial happens, or
// the news that it does not: the person was there, or was to begin, and it was not
// a second create that changes nothing. Of a trial without an end nothing is known.
func (j *Judge) Owed(n int) bool { return j.due>>(n-1)&1 != 0 }

// Impeded reports whether the client kept the user of the trial from acting: it
// blocked a press, or refused one that was owed.
func (j *Judge) Impeded() (blocked, refused bool) {
	for n := 1; n <= len(j.s.Actions); n++ {
		f := &j.l.Fates[n]
		blocked = blocked || f.Blocked
		refused = refused || f.Refused != 0 && j.Owed(n)
	}
	return blocked, refused
}

// person judges what became of one person on one screen.
func (j *Judge) person() {
	j.less, j.mine = 0, len(j.out)
	if j.given = 0; j.s.Gives(j.view) {
		j.given = j.view%sim.MaxPersons + 1
	}
	j.intend()
	j.records()
	if len(j.l.Reads) > 0 {
		j.clobbers()
	}
	if len(j.l.Reverts) > 0 {
		j.wiped()
	}
	for odd := j.odd; odd != 0; odd &= odd - 1 {
		j.fate(bits.TrailingZeros64(odd) + 1)
	}
	if len(j.l.Reads) > 0 {
		j.reads()
	}
	if j.stray {
		j.orphans()
	}
	j.agree()
}

// own reports whether action n is of the person and the screen in hand.
func (j *Judge) own(n int) bool { return n < 1 || j.s.Actions[n-1].View() == j.view }

func (j *Judge) click(n int) *sim.Action { return &j.s.Actions[n-1] }

// action returns action n, be it an errand.
func (j *Judge) action(n int) *sim.Action { return j.l.Action(j.s, n) }

// shown returns what the client shows of them at the end.
func (j *Judge) shown() *sim.Person { return &j.l.Views[j.view] }

// away reports whether the screen of the last life is not there to be compared, nor
// to miss a record: its client is closed, or was opened and has not shown them since.
// Of who begins after that there is nothing to be shown.
func (j *Judge) away() bool { return j.l.Away.Has(j.view) && j.unseen() }

// unseen is away where no record has been shown since the client was closed.
func (j *Judge) unseen() bool {
	opened := false
	for n := len(j.s.Actions); n > 0; n-- {
		switch a, f := j.click(n), &j.l.Fates[n]; {
		case f.Pressed == 0 || int(a.Client) != j.view/sim.MaxPersons:
		case a.Do == sim.Close:
			return true
		case a.Opens:
			opened = true
		case j.owed[n].first && int(j.owed[n].life) == j.last && !opened:
			return false
		}
	}
	return false
}

// done reports whether nothing can be wrong with a write by itself: the server
// accepted all of it, nobody was told otherwise, and no lock forbade it.
func (o *owed) done(a *sim.Action, f *sim.Fate) bool {
	return f.Status == 200 && f.Told|f.Waits == 0 && o.lock == 0 && a.Do != sim.Fetch && a.Sets&^f.Carried == 0
}

// lifeOf returns the life that a record belongs to.
func (j *Judge) lifeOf(id int) int {
	switch by := j.l.Records[id-1].Creator; {
	case by > 0 && j.own(by):
		return int(j.owed[by].life)
	case id == j.given:
		return 1 // given, or made anew by another client
	}
	return 0 // somebody else
}

// records counts the records of each life that are alive, and finds the one
// that is to be held against the intent: the one the client holds, or else the
// youngest of that life. Any other one that is alive is a stray.
func (j *Judge) records() {
	j.stand, j.stray = 0, false
	held := j.shown().ID
	for i := range j.l.Records {
		r := &j.l.Records[i]
		if r.Deleted {
			continue
		}
		n := j.lifeOf(i + 1)
		j.lives[n].alive++
		if n == j.last && n != 0 && (j.stand == 0 || held != j.stand) {
			j.stand = i + 1
		}
		j.stray = j.stray || n != j.last || held != i+1
	}
}

// name adds an anomaly, once. What it returns is valid until the next.
func (j *Judge) name(k Kind, actions []int, proof ...sim.Moment) *Anomaly {
	for i := range j.out {
		if j.out[i].Kind == k && slices.Equal(j.out[i].Actions, actions) {
			return &j.out[i]
		}
	}
	at, pt := len(j.actions), len(j.proof)
	j.actions = append(j.actions, actions...)
	for _, m := range proof {
		if m != 0 {
			j.proof = append(j.proof, m)
		}
	}
	j.out = append(j.out, Anomaly{Kind: k, Actions: j.actions[at:len(j.actions):len(j.actions)], Proof: j.proof[pt:len(j.proof):len(j.proof)]})
	return &j.out[len(j.out)-1]
}

// named reports whether an anomaly of one of the kinds names action n of the
// person in hand.
func (j *Judge) named(n int, in func(Kind) bool) bool {
	return slices.ContainsFunc(j.out[j.mine:], func(a Anomaly) bool { return in(a.Kind) && slices.Contains(a.Actions, n) })
}
