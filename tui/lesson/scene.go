package lesson

import (
	"context"
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
func scenes(ctx context.Context, s *lessons.Step, lanes []laneOf, all []Finding) ([]Scene, error) {
	own := make(Scene, len(all))
	left := map[int]bool{}
	for i := range all {
		own[i] = all[i].as(Replay(lanes[i].step, lanes[i].strategy))
		left[i] = all[i].Bad
	}
	if len(s.Worlds) > 0 {
		for i := range own {
			if all[i].Bad && !own[i].Loses() {
				own[i] = all[i]
			}
		}
		return []Scene{own}, ctx.Err()
	}
	if own.strike(left, false) == losing(all) {
		return []Scene{own}, ctx.Err()
	}
	var out []Scene
	candidates := shortest(ctx, s, lanes, all)
	for {
		best, most := -1, 0
		for k, c := range candidates {
			if n := c.strike(left, false); n > most {
				best, most = k, n
			}
		}
		if best < 0 {
			break
		}
		candidates[best].strike(left, true)
		out = append(out, candidates[best])
	}
	if len(out) == 0 {
		out = []Scene{all} // no times bring it about
	}
	return out, ctx.Err()
}

// losing counts the lanes that can lose.
func losing(all []Finding) (n int) {
	for i := range all {
		if all[i].Bad {
			n++
		}
	}
	return n
}

// strike counts the lanes of those left that lose in a scene, and may strike them off.
func (sc Scene) strike(left map[int]bool, off bool) (n int) {
	for i := range sc {
		if left[i] && sc[i].Loses() {
			n++
			if off {
				left[i] = false
			}
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

// shownIn returns what is shown of each lane at first: the first scene in which it loses,
// or else the first of all.
func shownIn(scenes []Scene, lane int) Finding {
	for _, sc := range scenes {
		if sc[lane].Loses() {
			return sc[lane]
		}
	}
	return scenes[0][lane]
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
