// Package doctor looks at a client of the user's own before anything is believed
// of it: whether the same trial is the same in another process, whether the screen
// shows what the scenario is about, and whether a failure is seen. What is amiss it
// says in a line each, with what to mend.
package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// Client is a client of the user's own, in processes that no other client has.
type Client interface {
	Entry() strategies.Entry
	Does() []string    // what it can be asked for; nil before its first trial
	Hidden() []string  // the fields of its scenarios that its screen never had
	Printed() []string // lines that it has printed
	Skips() bool       // some of its requests were not about the record
}

// Scenarios are those in which a client is looked at, unless others are named:
// small ones in which it does what most can do.
var Scenarios = []string{"overlapping-updates", "create-then-two-updates", "save-then-fetch", "update-then-delete"}

// How many trials of a scenario are run in each process: more where the doctor is
// asked, fewer before a proof.
const (
	trials = 16
	few    = 4
)

// ErrDiffers is that of a client of which nothing can be proved.
var ErrDiffers = errors.New("the same trial went otherwise in another process")

// Same runs a few trials of a scenario in the one process, and in the other in
// another order. The error says why nothing that a trial shows can be proved of it:
// the client could not go on, or it is [ErrDiffers].
func Same(s *scenarios.Scenario, one, other strategies.Entry) error { return same(s, one, other, few) }

func same(s *scenarios.Scenario, one, other strategies.Entry, n int) error {
	first := make([]*report.Trial, n)
	for i := range first {
		if first[i] = trial(s, one, i); first[i].Ledger.Failed != nil {
			return first[i].Ledger.Failed
		}
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	for _, i := range append(order, order[0]) { // and once more, after the others
		again := trial(s, other, i)
		switch failed := again.Ledger.Failed; {
		case failed != nil:
			return failed
		case !alike(first[i], again):
			return fmt.Errorf("%w (%s, seed %d): it depends on something else than clicks, answers and time, or keeps something from trial to trial",
				ErrDiffers, tell.Clean(s.Name), again.Seed)
		}
	}
	return nil
}

func trial(s *scenarios.Scenario, e strategies.Entry, i int) *report.Trial {
	return report.Replay(s.Name, s.Script.Unpinned(), e, s.ReplaySeed()+uint64(i))
}

// alike reports whether two trials show the same.
func alike(a, b *report.Trial) bool {
	return a.Verdict == b.Verdict && reflect.DeepEqual(a.Events, b.Events) &&
		a.Ledger.Views == b.Ledger.Views && slices.Equal(a.Ledger.Records, b.Ledger.Records)
}

// Finding is a line of what the doctor says.
type Finding struct {
	Kind Kind
	Says string
}

// Kind says what a finding is.
type Kind uint8

// The kinds of findings.
const (
	Note Kind = iota // to know
	Good             // as it should be
	Mend             // to be mended
)

// Examine looks at a client, with a second one that is the same in other processes.
// The error is why nothing can be said of it.
func Examine(ctx context.Context, one, other Client, ss []*scenarios.Scenario) ([]Finding, error) {
	x := examination{one: one, other: other}
	for _, s := range ss {
		if err := ctx.Err(); err != nil {
			return x.findings, err
		}
		x.scenario(s)
	}
	if len(x.tried) == 0 {
		return x.findings, x.failed
	}
	x.screen()
	if x.reaches() {
		x.failures(x.tried[0])
	}
	x.used()
	x.pace(ctx, x.tried[0])
	return x.findings, nil
}

type examination struct {
	one, other Client
	tried      []*scenarios.Scenario
	failed     error // the first
	errands    int
	sent       bool // some request of a click has left
	saved      bool // and some has succeeded
	findings   []Finding
}

func (x *examination) find(k Kind, format string, args ...any) {
	x.findings = append(x.findings, Finding{k, tell.Clean(fmt.Sprintf(format, args...))})
}

// scenario runs the trials of one.
func (x *examination) scenario(s *scenarios.Scenario) {
	first := trial(s, x.one.Entry(), 0)
	if failed := first.Ledger.Failed; failed != nil {
		lacks := x.lacks(s.Script)
		switch {
		case lacks != "":
			x.find(Note, "%s was not tried: it needs %s, which the client has not", s.Name, lacks)
		case !begun(first):
			x.find(Note, "%s was not tried: %v", s.Name, failed)
		default:
			x.failed = failed
			x.find(Mend, "%s: %v", s.Name, failed)
		}
		x.failed = cmp.Or(x.failed, failed)
		return
	}
	x.tried = append(x.tried, s)
	if err := same(s, x.one.Entry(), x.other.Entry(), trials); err != nil {
		x.find(Mend, "%s: %v", s.Name, err)
		return
	}
	x.errands += len(first.Ledger.Errands)
	for i := range s.Script.Actions {
		fate := &first.Ledger.Fates[i+1]
		x.sent, x.saved = x.sent || fate.Sent != 0, x.saved || fate.Status == 200
	}
	x.find(Good, "%s: %d trials were the same in another process and in another order", s.Name, trials)
}

// begun reports whether anything was done in a trial: a client may be one that
// begins with somebody who exists, or with nobody.
func begun(t *report.Trial) bool {
	return slices.ContainsFunc(t.Ledger.Fates[1:len(t.Script.Actions)+1], func(f sim.Fate) bool { return f.Pressed != 0 })
}

// lacks lists what a script asks for and the client does not do.
func (x *examination) lacks(s *sim.Script) string {
	does := x.one.Does()
	var list []string
	for i := range s.Actions {
		if do := s.Actions[i].Do.String(); does != nil && !slices.Contains(does, do) && !slices.Contains(list, do) {
			list = append(list, do)
		}
	}
	return strings.Join(list, ", ")
}

// reaches reports whether its saves come as far as the server, and get a yes.
func (x *examination) reaches() bool {
	switch {
	case !x.sent:
		x.find(Mend, "no request ever left for a click: does what the client returns, as update(), reach your code? (photofinish replay --wire shows what was said)")
	case !x.saved:
		x.find(Mend, "no save ever succeeded, though nothing was to fail: do its requests name the record, as PATCH /people/1? (photofinish replay shows them)")
	}
	return x.saved
}

// screen says which fields it never had.
func (x *examination) screen() {
	hidden := x.one.Hidden()
	for _, field := range hidden {
		x.find(Mend, "the screen never showed %q: return it from screen(), or every trial ends with screen and server different", field)
	}
	if len(hidden) == 0 {
		x.find(Good, "the screen showed each field of the scenario")
	}
}

// failures refuses each save of a scenario in its turn, and looks who is told.
func (x *examination) failures(s *scenarios.Scenario) {
	var told, silent []string
	for i := range s.Script.Actions {
		script := s.Script.Copy()
		a := &script.Actions[i]
		if a.Do == sim.Fetch {
			continue
		}
		a.Status = 422 // a standing no: to try again is in vain
		t := report.Replay(s.Name, script, x.one.Entry(), s.ReplaySeed())
		if t.Ledger.Failed != nil {
			x.find(Mend, "a refusal with 422 at %s: %v", a.Label(), t.Ledger.Failed)
			continue
		}
		for _, found := range t.Anomalies {
			if slices.Contains(found.Actions, a.Number) {
				switch found.Kind {
				case judge.SilentFailure:
					silent = append(silent, a.Label())
				case judge.Failed:
					told = append(told, a.Label())
				}
			}
		}
	}
	if told != nil {
		x.find(Good, "a refusal with 422 was seen by the user at %s", strings.Join(slices.Compact(told), ", "))
	}
	if silent != nil {
		x.find(Mend, "a refusal with 422 at %s: the user saw nothing of it. If your screen does show it, say so: error in screen(), or tell(text); if not, it is a bug of your client", strings.Join(slices.Compact(silent), ", "))
	}
}

// used says what it depends on, and what it does besides.
func (x *examination) used() {
	if own := x.one.Entry().Own(); own != nil && own.Used != nil {
		if used := own.Used(); len(used) > 0 {
			x.find(Note, "proofs will add: %s", strings.Join(used, ", "))
		}
	}
	if x.errands > 0 {
		x.find(Note, "it reads by itself, %.1f times a trial: each errand is an event more in all orders", float64(x.errands)/float64(len(x.tried)))
	}
	if x.one.Skips() {
		x.find(Note, "some requests were not about the record, and were answered at once")
	}
	if lines := x.one.Printed(); len(lines) > 0 {
		x.find(Note, "it prints, as %q", lines[0])
	}
}

// pace says how many trials it does in a second.
func (x *examination) pace(ctx context.Context, s *scenarios.Scenario) {
	began := time.Now()
	o := report.Estimate(ctx, s.Script, x.one.Entry(), report.Options{Seed: 1, Trials: 4 * trials})
	if took := time.Since(began).Seconds(); o.Trials > 0 && took > 0 {
		x.find(Note, "about %.0f trials a second with one process", float64(o.Trials)/took)
	}
}
