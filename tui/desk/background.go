package desk

import (
	"context"
	"runtime"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// How much is worked out for a lane: first a few trials, within a frame, then
// as many as the odds are given for.
const (
	roughTrials = 1_000
	oddsTrials  = 10_000
)

// LiveClasses is how many classes of orders are run for a lane before the
// screen says that it does not know.
const LiveClasses = 20_000

// late is how long results may be missing before a spinner says so.
const late = 100 * time.Millisecond

// Results are what is known of the lanes beyond the trial in view: odds,
// orders and flip margins, by the strategy's name. They are worked out in the
// background; what belongs to an older script is dropped by its job.
type Results struct {
	job    int
	ctx    context.Context
	cancel context.CancelFunc
	lanes  []strategies.Entry // the one in view first
	Odds   map[string]report.Odds
	Orders map[string]explore.Result
	flips  map[string]explore.Flip
	Margin map[string]string // the same in words; "" if no single change turns the verdict
	late   int               // how often the spinner has turned; 0: nothing is late
}

// resultMsg brings what one task came to, and asks for the next.
type resultMsg struct {
	job, task int
	name      string
	rough     []report.Odds // of all lanes
	odds      *report.Odds
	orders    *explore.Result
	flip      *explore.Flip
	margin    string
}

// lateMsg asks whether results are still missing.
type lateMsg struct{ job int }

// Estimate begins to work out odds, orders and margins.
func (d *Desk) Estimate() tea.Cmd {
	r := &d.Results
	if r.cancel != nil {
		r.cancel()
	}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.job, r.late = r.job+1, 0
	r.lanes = slices.Concat(d.Entries[d.Session.Lane:], d.Entries[:d.Session.Lane])
	r.Odds, r.Orders = map[string]report.Odds{}, map[string]explore.Result{}
	r.flips, r.Margin = map[string]explore.Flip{}, map[string]string{}
	if len(d.Session.Script.Actions) == 0 {
		return nil
	}
	return tea.Batch(d.Spare(d.task(0)), r.lateAfter())
}

func (r *Results) lateAfter() tea.Cmd {
	job := r.job
	return tea.Tick(late, func(time.Time) tea.Msg { return lateMsg{job} })
}

// wait turns the spinner while results are missing.
func (r *Results) wait(msg lateMsg) tea.Cmd {
	if msg.job != r.job || len(r.Odds) == len(r.lanes) && len(r.Orders) == len(r.lanes) {
		return nil
	}
	r.late++
	return r.lateAfter()
}

// Spinner returns a sign that something is being worked out; "" if it is not
// late yet.
func (r *Results) Spinner() string {
	if r.late == 0 {
		return ""
	}
	return string([]rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")[r.late%10])
}

// take notes what a task came to, if it is not stale, and begins the next.
func (d *Desk) take(msg resultMsg) tea.Cmd {
	r := &d.Results
	if msg.job != r.job {
		return nil
	}
	for i, o := range msg.rough {
		r.Odds[r.lanes[i].Name] = o
	}
	switch {
	case msg.odds != nil:
		r.Odds[msg.name] = *msg.odds
	case msg.flip != nil:
		r.flips[msg.name], r.Margin[msg.name] = *msg.flip, msg.margin
	case msg.orders != nil:
		r.Orders[msg.name] = *msg.orders
	}
	return d.Spare(d.task(msg.task + 1))
}

// task returns the command that works out part n: rough odds of all lanes, then
// lane by lane odds, margins and orders.
func (d *Desk) task(n int) tea.Cmd {
	r := &d.Results
	ctx, job, lanes := r.ctx, r.job, r.lanes
	s, seed := d.Session.Script, d.Session.Seed
	if n == 0 {
		return func() tea.Msg { return alive(ctx, resultMsg{job: job, rough: rough(ctx, s, lanes)}) }
	}
	part, i := (n-1)/len(lanes), (n-1)%len(lanes)
	if part > 2 {
		return nil
	}
	e := lanes[i]
	return func() tea.Msg {
		msg := resultMsg{job: job, task: n, name: e.Name}
		switch part {
		case 0:
			o := report.Estimate(ctx, s, e, report.Options{Seed: 1, Trials: oddsTrials, Workers: runtime.GOMAXPROCS(0)})
			msg.odds = &o
		case 1:
			f, ok := explore.Margin(s, e.For(s), seed)
			if ok {
				msg.margin = report.MarginText(s, f)
			}
			msg.flip = &f
		case 2:
			o := new(explore.Explorer).Count(ctx, s, e.For(s), explore.Bounds{Classes: LiveClasses})
			msg.orders = &o
		}
		return alive(ctx, msg)
	}
}

// alive returns the message, unless nobody waits for it any more.
func alive(ctx context.Context, msg resultMsg) tea.Msg {
	if ctx.Err() != nil {
		return nil
	}
	return msg
}

// rough works out odds of all lanes from few trials.
func rough(ctx context.Context, s *sim.Script, lanes []strategies.Entry) []report.Odds {
	out := make([]report.Odds, len(lanes))
	for i, e := range lanes {
		out[i] = report.Estimate(ctx, s, e, report.Options{Seed: 1, Trials: roughTrials, Workers: runtime.GOMAXPROCS(0)})
	}
	return out
}
