package desk

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/diagram"
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

// LiveClasses is how many classes of orders are run for a lane, where they cannot
// be counted without that, before the screen says that it does not know.
const LiveClasses = 20_000

// late is how long results may be missing before a spinner says so.
const late = 100 * time.Millisecond

// Results are what is known of the lanes beyond the trial in view: odds,
// orders and ways to turn them, by the strategy's name. They are worked out in the
// background; what belongs to an older script is dropped by its job.
type Results struct {
	job    int
	ctx    context.Context
	cancel context.CancelFunc
	lanes  []strategies.Entry // the one in view first, without the user's own
	tasks  []task             // what is to be worked out, in this order
	next   int                // the task under way; behind the last one: none
	Odds   map[string]report.Odds
	Orders map[string]explore.Result
	Ways   map[string][]explore.Way // how the trial in view can be turned, the smallest change first
	Margin map[string]string        // the first of them in words; "" if there is none

	Runs    map[string]*Runs           // the first of the odds, one by one; they stay while only latencies change
	Turning map[string]diagram.Turning // where the lanes were decided; what is known of one stays while the trial does
	turned  struct {                   // of which trials that is known
		script *sim.Script
		seed   uint64
	}
	late int // how often the spinner has turned; 0: nothing is late
}

// resultMsg brings what one task came to, and asks for the next.
type resultMsg struct {
	job, task int
	note      func(*Results)
}

type task func(ctx context.Context) (note func(*Results))

// lateMsg asks whether results are still missing.
type lateMsg struct{ job int }

// Estimate begins to work out odds, orders and ways to turn verdicts; the user's own clients run
// their trials first, which nobody has waited for.
func (d *Desk) Estimate() tea.Cmd {
	r := &d.Results
	d.Leave()
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.job, r.late = r.job+1, 0
	r.lanes = slices.Concat(d.Entries[d.Session.Lane:], d.Entries[:d.Session.Lane])
	r.lanes = slices.DeleteFunc(r.lanes, func(e strategies.Entry) bool { return d.own[e.Name] != nil })
	r.Odds, r.Orders = map[string]report.Odds{}, map[string]explore.Result{}
	r.Ways, r.Margin = map[string][]explore.Way{}, map[string]string{}
	r.turnOver(d.Session.Script, d.Session.Seed)
	for _, o := range d.own {
		d.ownResults(o)
	}
	d.resurvey()
	if r.tasks, r.next = nil, 0; len(d.Session.Script.Actions) > 0 {
		r.tasks = d.tasks()
	}
	if len(r.tasks) == 0 {
		return d.ownWork()
	}
	return tea.Batch(d.spare(d.task(0)), r.lateAfter(), d.ownWork())
}

// lateAfter asks after a while whether anything of the lanes is missing, if it is
// now.
func (r *Results) lateAfter() tea.Cmd {
	if !slices.ContainsFunc(r.lanes, r.missing) {
		return nil
	}
	job := r.job
	return tea.Tick(late, func(time.Time) tea.Msg { return lateMsg{job} })
}

// wait turns the spinner while results are missing.
func (r *Results) wait(msg lateMsg) tea.Cmd {
	if msg.job != r.job || !slices.ContainsFunc(r.lanes, r.missing) {
		return nil
	}
	r.late++
	return r.lateAfter()
}

func (r *Results) missing(e strategies.Entry) bool {
	_, odds := r.Odds[e.Name]
	_, orders := r.Orders[e.Name]
	return !odds || !orders
}

// spinner returns a sign that something is being worked out; "" if it is not
// late yet.
func (r *Results) spinner() string {
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
	msg.note(r)
	d.noteCounted()
	d.turnLanes()
	r.next = msg.task + 1
	return d.spare(d.task(r.next))
}

// more has tasks done behind all others.
func (d *Desk) more(tasks ...task) tea.Cmd {
	r := &d.Results
	idle := r.next == len(r.tasks)
	if r.tasks = append(r.tasks, tasks...); !idle || r.ctx == nil {
		return nil
	}
	return d.spare(d.task(r.next))
}

func (d *Desk) task(n int) tea.Cmd {
	r := &d.Results
	if n == len(r.tasks) {
		return nil
	}
	ctx, job, work := r.ctx, r.job, r.tasks[n]
	return func() tea.Msg {
		note := work(ctx)
		if ctx.Err() != nil { // nobody waits for it any more
			return nil
		}
		return resultMsg{job, n, note}
	}
}

// tasks returns what is to be worked out for the script: rough odds of all lanes,
// where those in view are decided, which time must not pass by, their first runs, and
// what turns them, which is quick; then the odds of all, and then orders, of the lanes
// and of the others. What has been counted is not counted again.
func (d *Desk) tasks() []task {
	s, seed, lanes := d.Session.Script, d.Session.Seed, d.Results.lanes
	undrawn, unordered := without(lanes, d.survey.odds), without(lanes, d.survey.orders)
	each := func(lanes []strategies.Entry, of func(e strategies.Entry) task) (all []task) {
		for _, e := range lanes {
			all = append(all, of(e))
		}
		return all
	}
	soon, more := d.decided(lanes)
	rough := []task{d.roughly(undrawn)}
	if len(undrawn) == 0 {
		rough = nil
	}
	return slices.Concat(
		rough,
		soon,
		[]task{d.firstRuns(lanes)},
		each(lanes, func(e strategies.Entry) task { return waysOf(s, e, seed) }),
		each(undrawn, func(e strategies.Entry) task { return d.oddsOf(e, d.Results.Odds) }),
		d.draws(d.surveyed()), // they cost little, and orders may cost much
		each(unordered, func(e strategies.Entry) task { return d.ordersOf(e, d.Results.Orders) }),
		more,
		d.surveyOrders(d.surveyed()),
	)
}

func estimate(ctx context.Context, s *sim.Script, e strategies.Entry, trials int) report.Odds {
	return report.Estimate(ctx, s, e, report.Options{Seed: 1, Trials: trials, Workers: runtime.GOMAXPROCS(0)})
}

func (d *Desk) roughly(lanes []strategies.Entry) task {
	s, trials := d.Session.Script, min(roughTrials, d.Trials)
	return func(ctx context.Context) func(*Results) {
		rough := map[string]report.Odds{}
		for _, e := range lanes {
			rough[e.Name] = estimate(ctx, s, e, trials)
		}
		return func(r *Results) { maps.Copy(r.Odds, rough) }
	}
}

func (d *Desk) oddsOf(e strategies.Entry, in map[string]report.Odds) task {
	s, trials := d.Session.Script, d.Trials
	return func(ctx context.Context) func(*Results) {
		o := estimate(ctx, s, e, trials)
		return func(*Results) { in[e.Name] = o }
	}
}

func waysOf(s *sim.Script, e strategies.Entry, seed uint64) task {
	return func(ctx context.Context) func(*Results) {
		ways, margin := explore.Ways(ctx, s, e.For(s), seed), ""
		if len(ways) > 0 {
			margin = report.MarginText(s, ways[0])
		}
		return func(r *Results) { r.Ways[e.Name], r.Margin[e.Name] = ways, margin }
	}
}

func (d *Desk) ordersOf(e strategies.Entry, in map[string]explore.Result) task {
	s, most := d.Session.Script, d.Bound
	return func(ctx context.Context) func(*Results) {
		o := new(explore.Explorer).Count(ctx, s, e.For(s), explore.Bounds{Classes: most})
		return func(*Results) { in[e.Name] = o }
	}
}
