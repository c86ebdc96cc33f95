package lesson

import (
	"context"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// sceneClasses bounds how many classes of orders are looked at for a scene.
const sceneClasses = 20_000

// Scene is one script, and what comes of it in each lane: the same clicks at the same
// times, and the same latencies. Only worlds have each their own.
type Scene []Finding

// scenes finds the scripts that show how lanes lose about which all orders were asked:
// the question's own pins, if every lane that can lose loses with them; else of the
// shortest bad orders that leave no click out the one in which most of them lose, and
// so on for those that are left.
func scenes(ctx context.Context, s *lessons.Step, lanes []laneOf, all []Finding) (out []Scene, err error) {
	own := make(Scene, len(all))
	var left []int // the lanes that can lose, and are not seen to yet
	for i := range all {
		own[i] = all[i].as(Replay(lanes[i].step, lanes[i].strategy))
		if all[i].Bad {
			left = append(left, i)
		}
	}
	if len(s.Worlds) > 0 {
		for _, i := range left {
			if !own[i].Loses() {
				own[i] = all[i]
			}
		}
		return []Scene{own}, ctx.Err()
	}
	if own.losing(left) == len(left) {
		return []Scene{own}, ctx.Err()
	}
	candidates := shortest(ctx, s, lanes, all)
	for len(candidates) > 0 {
		best := slices.MaxFunc(candidates, func(a, b Scene) int { return a.losing(left) - b.losing(left) }) // the first of them
		if best.losing(left) == 0 {
			break
		}
		out = append(out, best)
		left = slices.DeleteFunc(left, func(i int) bool { return best[i].Loses() })
	}
	if len(out) == 0 {
		out = []Scene{all} // no times bring it about
	}
	return out, ctx.Err()
}

// losing counts the lanes, of some, that lose in a scene.
func (sc Scene) losing(lanes []int) (n int) {
	for _, i := range lanes {
		if sc[i].Loses() {
			n++
		}
	}
	return n
}

// shortest returns a scene for each lane that can lose: the shortest order of all clicks
// in which it does, with times that bring it about, in every lane.
func shortest(ctx context.Context, s *lessons.Step, lanes []laneOf, all []Finding) (out []Scene) {
	script := s.Scenario.Script
	for i := range all {
		if !all[i].Bad {
			continue
		}
		e := Entry(lanes[i].strategy)
		found, _ := new(explore.Explorer).ShortestWhole(ctx, script, e.For(script), explore.Bounds{Classes: sceneClasses}, judge.Verdict.Bad)
		if found == nil {
			continue
		}
		pinned, ok := explore.Pin(script, e.For(script), found.Schedule)
		if !ok {
			continue
		}
		scene := make(Scene, len(all))
		for k := range all {
			scene[k] = all[k].as(report.Replay(s.Scenario.Name, pinned, Entry(lanes[k].strategy), 1))
		}
		out = append(out, scene)
	}
	return out
}

// as is what is known of a lane, shown by another trial.
func (f Finding) as(t *report.Trial) Finding {
	shown := found(t)
	shown.Name, shown.Bad, shown.Orders, shown.Odds = f.Name, f.Bad, f.Orders, f.Odds
	return shown
}

// Loses reports whether the trial that is shown ends badly: a lane that can lose may do
// so in another order only.
func (f *Finding) Loses() bool { return f.Trial != nil && f.Trial.Verdict.Bad() }

// Shown returns what is shown of a lane at first, and the place of its scene: the first in
// which it loses, or else the first of all. A break and a mend have none.
func (t *Truth) Shown(lane int) (f *Finding, scene int) {
	if len(t.Scenes) == 0 {
		return &t.Lanes[lane], 0
	}
	scene = max(slices.IndexFunc(t.Scenes, func(sc Scene) bool { return sc[lane].Loses() }), 0)
	return &t.Scenes[scene][lane], scene
}

// Moved says at which times the clicks come in what is shown, where they are not those
// of the question; empty where they are. Of worlds each has its own.
func (f *Finding) Moved(s *lessons.Step) string {
	if f.Trial == nil || f.Trial.Ordered || len(s.Worlds) > 0 {
		return ""
	}
	var all []string
	for i := range f.Trial.Script.Actions {
		a, was := &f.Trial.Script.Actions[i], s.Scenario.Script.Action(i+1)
		if !a.Skip && a.At != was.At {
			all = append(all, tell.Label(f.Trial.Script, i+1)+" at "+tell.Rounded(a.At)+" ms")
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "Here the clicks come at other times: " + strings.Join(all, ", ") + "."
}
