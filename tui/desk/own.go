package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// ownClasses is [Desk.Bound] of a client of the user's own.
const ownClasses = 2_000

// ownOdds is how long the odds of a client of the user's own may take, of one
// script, and ownTrials to how many trials they go on by then: after each of them
// the screen has better ones. Orders are counted when the first three are there.
const (
	ownOdds   = 10 * time.Second
	ownFirst  = 64
	ownOrders = 1_024
)

// own works for the lane of a client of the user's own, which is a program of
// theirs, and a thousand times slower than a strategy of the catalogue. So no key
// waits for it: what it does it does in the background, one thing at a time.
type own struct {
	entry strategies.Entry
	lane  *diagram.Lane // its last trial; nil: there was none yet
	of    *sim.Script   // whose that was
	seed  uint64
	busy  bool // it is at work: nothing else of it is begun
	turn  int  // how often its program has been another one

	counted *sim.Script // what the rest is known of
	odds    report.Odds
	spent   time.Duration   // on them
	orders  *explore.Result // nil: not known yet
	wrong   string          // why its program cannot be run: then the lane is of an older one
}

type ownMsg struct {
	own  *own
	turn int
	note func() tea.Cmd
}

// Reloaded says that the program of a client of the user's own is another one
// now: Entry is in the place of the one of that name. If Err is not nil, it could
// not be read, and Entry says nothing but the name.
type Reloaded struct {
	Entry strategies.Entry
	Err   error
}

// Own returns what stands behind the client of that name, nil if it is not the
// user's own.
func (d *Desk) Own(name string) *strategies.Own {
	if o := d.own[name]; o != nil {
		return o.entry.Own()
	}
	return nil
}

// Classes is how many classes of orders are run of the strategy of that name before
// the screen says that it does not know.
func (d *Desk) Classes(name string) int {
	if d.own[name] != nil {
		return ownClasses
	}
	return d.Bound
}

// Awaits returns a sign that something of a lane is being worked out, "" if
// nothing is, or it is not late yet. That of the user's own client stands still: it
// may be long, and nothing wakes up for it.
func (d *Desk) Awaits(name string) string {
	switch o := d.own[name]; {
	case o == nil:
		return d.Results.spinner()
	case len(d.Session.Script.Actions) == 0, d.Trouble(name) != "", o.lane != nil && o.lane.Failed != "":
		return ""
	}
	return "…"
}

// find returns the strategy of that name. Of a client that is the user's own and
// not here it returns one that says so.
func (d *Desk) find(name string) (strategies.Entry, error) {
	e, err := d.Lineup.Find(name)
	if err != nil && strategies.CheckOwn(name) == nil {
		e, err = missing(name, d.Session.Scenario), nil
	}
	if err == nil && d.own[name] == nil && e.Own() != nil {
		d.own[name] = &own{entry: e}
	}
	return e, err
}

// Trouble says in a line, which is cleaned, why the program of the user's own
// client of that name cannot be run, or could not go on in one of its other trials
// or orders; "" if it could.
func (d *Desk) Trouble(name string) string {
	o := d.own[name]
	switch {
	case o == nil:
		return ""
	case o.wrong != "":
		return o.wrong
	case o.odds.Failed != nil:
		return "in another run: " + tell.Clean(o.odds.Failed.Error())
	case o.orders != nil && o.orders.Failed != nil:
		return "in another order: " + tell.Clean(o.orders.Failed.Error())
	}
	return ""
}

// ownLane returns the lane of a client of the user's own as far as it is known.
func (d *Desk) ownLane(o *own) *diagram.Lane {
	s := &d.Session
	if o.lane == nil {
		l := diagram.New(o.entry, s.Script, nil, judge.Judgement{Verdict: judge.Unknown}, 0, s.Field)
		l.Waiting = true
		return l
	}
	if o.lane.Field != s.Field {
		o.lane = o.lane.In(s.Field)
	}
	l := o.lane
	if l.Waiting = o.of != s.Script || o.seed != s.Seed; o.wrong != "" {
		old := *l
		l, old.Failed = &old, o.wrong
	}
	return l
}

// ownWork returns what the clients of the user's own have to do, as far as they are
// not at work.
func (d *Desk) ownWork() tea.Cmd {
	var all []tea.Cmd
	for _, e := range d.Entries {
		if o := d.own[e.Name]; o != nil {
			all = append(all, d.ownNext(o))
		}
	}
	return tea.Batch(all...)
}

// ownNext returns the command with which a client of the user's own goes on, nil
// if it is at work or has nothing more to do. It is told the desk's state, and
// touches nothing of it until its message is taken.
func (d *Desk) ownNext(o *own) tea.Cmd {
	shown := slices.ContainsFunc(d.Entries, func(e strategies.Entry) bool { return e.Name == o.entry.Name })
	if o.busy || !shown {
		return nil
	}
	s, seed, field := d.Session.Script, d.Session.Seed, d.Session.Field
	if o.of != s || o.seed != seed {
		entry := o.entry
		return o.does(func() func() tea.Cmd {
			l := diagram.Run(new(sim.World), new(judge.Judge), entry, s, seed, field)
			return func() tea.Cmd { return d.ran(o, l, s, seed) }
		})
	}
	ctx := d.Results.ctx
	if o.lane.Failed != "" || ctx == nil || len(s.Actions) == 0 {
		return nil
	}
	if more := min(max(4*o.odds.Trials, ownFirst), d.Trials); o.wants(more) {
		return o.does(o.estimate(ctx, s, more))
	}
	if o.orders != nil {
		return nil
	}
	entry, scenario := o.entry, *d.Session.Scenario
	scenario.Script = s
	return o.does(func() func() tea.Cmd {
		var r explore.Result
		if d.Sound != nil {
			r.Failed = d.Sound(&scenario, entry)
		}
		if r.Failed == nil {
			r = new(explore.Explorer).Count(ctx, s, entry.For(s), explore.Bounds{Classes: ownClasses})
		}
		return func() tea.Cmd {
			if ctx.Err() == nil {
				o.orders = &r
			}
			return nil
		}
	})
}

// wants reports whether so many trials are the next thing to do.
func (o *own) wants(trials int) bool {
	ready := o.odds.Failed != nil || o.odds.Trials >= trials || o.spent >= ownOdds
	return !ready && (trials <= ownOrders || o.orders != nil)
}

// estimate returns what brings the odds to so many trials, or to as many as there
// is time for.
func (o *own) estimate(ctx context.Context, s *sim.Script, trials int) func() func() tea.Cmd {
	entry, have, left := o.entry, o.odds.Trials, ownOdds-o.spent
	return func() func() tea.Cmd {
		within, stop := context.WithTimeout(ctx, left)
		defer stop()
		began := time.Now()
		got := report.Estimate(within, s, entry, report.Options{Seed: uint64(1 + have), Trials: trials - have, Workers: 1})
		took := time.Since(began)
		return func() tea.Cmd {
			if ctx.Err() == nil {
				o.odds, o.spent = both(o.odds, got), o.spent+took
			}
			return nil
		}
	}
}

// both adds up two odds with different seeds, the lower ones first, but for what
// the playground does not show: times, and the number of requests.
func both(a, b report.Odds) report.Odds {
	sum := report.Odds{Trials: a.Trials + b.Trials, FirstBad: a.FirstBad, Failed: cmp.Or(a.Failed, b.Failed)}
	if !a.FirstBad.Verdict.Bad() {
		sum.FirstBad = b.FirstBad
	}
	for v := range sum.Verdicts {
		sum.Verdicts[v] = a.Verdicts[v] + b.Verdicts[v]
	}
	for k := range sum.Kinds {
		sum.Kinds[k] = a.Kinds[k] + b.Kinds[k]
	}
	return sum
}

// does returns the command that lets the client do something in the background, and
// then what comes of it.
func (o *own) does(work func() func() tea.Cmd) tea.Cmd {
	o.busy = true
	turn := o.turn
	return func() tea.Msg { return ownMsg{o, turn, work()} }
}

// takeOwn notes what a client has done, unless its program is another one by now,
// and lets it go on.
func (d *Desk) takeOwn(msg ownMsg) tea.Cmd {
	o := msg.own
	o.busy = false
	var cmd tea.Cmd
	if msg.turn == o.turn {
		cmd = msg.note()
		d.ownResults(o)
	}
	d.survey.news++
	return tea.Batch(cmd, d.ownNext(o))
}

// ran takes the trial of a client into its lane, unless it is of an older script.
func (d *Desk) ran(o *own, l *diagram.Lane, s *sim.Script, seed uint64) tea.Cmd {
	if s != d.Session.Script || seed != d.Session.Seed {
		return nil
	}
	rest := d.atRest()
	o.lane, o.of, o.seed = l, s, seed
	for i, e := range d.Entries {
		if e.Name == l.Name {
			d.Lanes[i] = d.ownLane(o)
			d.Lanes[i].LookAt(d.Session.View)
		}
	}
	d.settle()
	if rest && !d.SettledNow() {
		d.toRest()
	}
	return d.Changed()
}

// ownResults puts what is known of the script in use where all results are.
func (d *Desk) ownResults(o *own) {
	r, s := &d.Results, d.Session.Script
	if o.counted != s {
		o.counted, o.odds, o.spent, o.orders = s, report.Odds{}, 0, nil
	}
	if r.Odds == nil {
		return
	}
	if o.odds.Trials > 0 || o.odds.Failed != nil {
		r.Odds[o.entry.Name] = o.odds
	}
	if o.orders != nil {
		r.Orders[o.entry.Name] = *o.orders
	}
}

// reload takes another program for a client of the user's own.
func (d *Desk) reload(r Reloaded) tea.Cmd {
	name := r.Entry.Name
	if d.Guest != nil { // it is not their machine
		return nil
	}
	if r.Err != nil {
		if o := d.own[name]; o != nil {
			o.wrong = tell.Clean(r.Err.Error())
			d.RunLanes()
		}
		return d.Changed()
	}
	if i := slices.Index(d.Lineup.Names(), name); i >= 0 {
		d.Lineup = slices.Clone(d.Lineup)
		d.Lineup[i] = r.Entry
	} else {
		d.Lineup = append(slices.Clip(d.Lineup), r.Entry)
	}
	o := d.own[name]
	if o == nil {
		return nil // it has no lane
	}
	o.entry, o.turn, o.wrong = r.Entry, o.turn+1, ""
	o.of, o.counted = nil, nil // what was known was of another program
	if err := d.findEntries(); err != nil {
		d.Message = err.Error()
		return nil
	}
	d.RunLanes()
	return tea.Batch(d.Estimate(), d.Changed())
}
