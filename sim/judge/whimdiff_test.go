package judge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
)

func TestWhimDiff(t *testing.T) {
	var w sim.World
	var j judge.Judge
	diffs := map[string]int{}
	ex := map[string]string{}
	for k := range 2000000 {
		s := randomScript(rand.New(rand.NewPCG(5, uint64(k))))
		l := w.Run(s, &whim{seed: uint64(k)}, 1, sim.Options{})
		got := j.Judge(s, l)
		var have []string
		for _, a := range got.Anomalies {
			have = append(have, fmt.Sprint(a.Kind, a.Actions))
		}
		slices.Sort(have)
		v, found := dumbJudge(s, l)
		if got.Verdict == v && slices.Equal(have, found) {
			continue
		}
		key := func(x, y []string) string {
			var out []string
			for _, a := range x {
				if !slices.Contains(y, a) {
					out = append(out, a[:strings.IndexByte(a, '[')])
				}
			}
			return fmt.Sprint(slices.Compact(out))
		}
		kk := "judge only " + key(have, found) + " dumb only " + key(found, have)
		diffs[kk]++
		if old, ok := ex[kk]; !ok || strings.Count(old, "\n") > 2*len(s.Actions)+8 {
			w.Run(s, &whim{seed: uint64(k)}, 1, sim.Options{Trace: true})
			text := steps(s)
			for _, e := range w.Trace().Events {
				text += fmt.Sprintf("   %v %v ", e.At, e.Kind)
				if e.Request != nil {
					text += fmt.Sprint(e.Request.Do, e.Request.Actions, " ", e.ID, " ", e.Status)
				} else {
					text += fmt.Sprint(e.Action)
				}
				text += "\n"
			}
			text += fmt.Sprint("  judge: ", have, "\n  dumb: ", found, "\n")
			if ok && len(old) < len(text) {
				continue
			}
			ex[kk] = text
		}
	}
	var keys []string
	for k := range diffs {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return diffs[b] - diffs[a] })
	for _, k := range keys {
		fmt.Println("######", diffs[k], k)
		fmt.Println(ex[k])
	}
}
