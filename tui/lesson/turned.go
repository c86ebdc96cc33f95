package lesson

import (
	"context"
	"fmt"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// decidedClasses bounds how many classes of orders are looked at to find where a trial
// was decided.
const decidedClasses = 2_000

// Turned says where the end of a trial was decided, and what would have turned it.
type Turned struct {
	diagram.Turning
	Ways []Way // the smallest change first; none: nothing within a second does
}

// Way is a change of one latency, or of the time of one click, that turns a trial.
type Way struct {
	explore.Way
	Change string // as "u1's way up 150 → 110 ms"
	Says   string // as "40 ms less on u1's way up"

	trial *report.Trial
}

// Trial runs the trial with the change.
func (w *Way) Trial() *report.Trial {
	t := w.trial
	script := t.Script.Drawn(t.Seed)
	a := script.Action(w.Action)
	switch w.Leg {
	case sim.Uplink:
		a.Up += w.By
	case sim.Downlink:
		a.Down += w.By
	default:
		a.At += w.By
	}
	return report.Replay(t.Scenario, script, Entry(t.Strategy), t.Seed)
}

// Turned works out where the trial of a lane was decided, in a scene of step n, and what
// turns it. It is nil where that cannot be told: of an order that no times bring about.
func (b *Book) Turned(ctx context.Context, n, scene, lane int) (*Turned, error) {
	n = b.of(n)
	t, ready := b.truths.get(n)
	if n < 0 || !ready || scene >= len(t.Scenes) || lane >= len(t.Scenes[scene]) {
		return nil, ErrNotReady
	}
	f := &t.Scenes[scene][lane]
	if f.Trial == nil || f.Trial.Ordered {
		return nil, nil
	}
	return b.turned.find(ctx, [3]int{n, scene, lane}, func() (*Turned, error) {
		e, tr := Entry(f.Strategy), f.Trial
		out := &Turned{Turning: tr.Lane().Turned(new(explore.Explorer).Decided(ctx, tr.Script, e.For(tr.Script), tr.Seed, decidedClasses))}
		for _, w := range explore.Ways(ctx, tr.Script, e.For(tr.Script), tr.Seed) {
			out.Ways = append(out.Ways, way(tr, w))
		}
		return out, ctx.Err()
	})
}

func way(t *report.Trial, w explore.Way) Way {
	a := t.Script.Drawn(t.Seed).Action(w.Action)
	was := a.At
	switch w.Leg {
	case sim.Uplink:
		was = a.Up
	case sim.Downlink:
		was = a.Down
	}
	of, _ := report.Change(t.Script, w)
	return Way{
		Way:    w,
		Change: of + " " + tell.Rounded(was) + " → " + tell.Rounded(was+w.By) + " ms",
		Says:   report.ChangeText(t.Script, w),
		trial:  t,
	}
}

// Turns says what would have turned the end of a lane, in a sentence; "" if there is
// nothing to say. A nil Turned says nothing.
func (t *Turned) Turns(f *Finding) string {
	switch {
	case t == nil || t.Always && len(t.Ways) == 0:
		return ""
	case len(t.Ways) > 0:
		return t.Ways[0].Says + ", and it would end " + EndsOf(t.Ways[0].To) + "."
	case f.Loses():
		return "Nothing within a second turns it."
	}
	return ""
}

// EndsOf says how a trial of a verdict ends, behind "it ends".
func EndsOf(v judge.Verdict) string {
	switch {
	case v.Bad():
		return "badly"
	case v == judge.Loud:
		return "with a word to the user"
	}
	return "well"
}

// Decides says where a lane that loses was decided, in a sentence; "" if that is not
// known. A nil Turned says nothing.
func (t *Turned) Decides(f *Finding) string {
	switch {
	case t == nil || !t.Known:
		return ""
	case t.TooMany:
		return "There are too many orders to say where it was decided."
	case t.Always:
		return tell.Capital(t.Every(f.Trial.Verdict)) + "."
	case t.Decided < 0:
		return ""
	}
	at, what := f.Trial.Events[t.Decided].At, tell.Decided(f.Trial.Script, f.Trial.Events, t.Decided)
	return fmt.Sprintf("Decided at %s ms, when %s: from there on no order ends otherwise.", tell.Rounded(at), what)
}
