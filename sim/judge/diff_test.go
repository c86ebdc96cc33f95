package judge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

func randomScript(r *rand.Rand) *sim.Script {
	s := &sim.Script{
		Fields: []string{"name", "email"},
		Values: []any{"read-only", "open", "a", "b", "c"},
	}
	value := func() sim.ValueID { return sim.ValueID(2 + r.IntN(3)) }
	ms := func(n int) time.Duration { return time.Duration(r.IntN(n)) * time.Millisecond }
	if s.Given = r.IntN(2) == 0; s.Given {
		s.GivenSets, s.GivenValues[0] = 1, value()
	}
	if r.IntN(4) == 0 {
		s.Network.Timeout = 150*time.Millisecond + ms(200)
	}
	if r.IntN(8) == 0 {
		s.Network.Connections = 1 + r.IntN(2)
	}
	s.Network.Fifo = r.IntN(8) == 0
	var at time.Duration
	for n := range 1 + r.IntN(6) {
		if r.IntN(3) == 0 {
			at += ms(1000)
		} else {
			at += ms(100)
		}
		a := sim.Action{Number: n + 1, At: at, Up: ms(300), Down: ms(300)}
		a.Do = []sim.Do{sim.Create, sim.Update, sim.Update, sim.Update, sim.Delete, sim.SetPermissions, sim.Fetch}[r.IntN(7)]
		if n == 0 && !s.Given && r.IntN(8) > 0 {
			a.Do = sim.Create
		}
		switch a.Do {
		case sim.Create, sim.Update:
			a.Sets = []sim.FieldSet{1, 1, 2, 3}[r.IntN(4)]
			a.Values[0], a.Values[1] = value(), value()
		case sim.SetPermissions:
			a.Sets = 1 << sim.Permissions
			a.Values[sim.Permissions] = sim.ValueID(r.IntN(2))
		}
		if r.IntN(10) == 0 {
			a.Status = 500
		}
		if r.IntN(15) == 0 {
			a.Lose = sim.Leg(1 + r.IntN(2))
		}
		s.Actions = append(s.Actions, a)
	}
	return s
}

func show(s *sim.Script) string {
	out := fmt.Sprintf("given %v %v timeout %v conns %v fifo %v\n", s.Given, s.GivenValues[0], s.Network.Timeout, s.Network.Connections, s.Network.Fifo)
	for _, a := range s.Actions {
		out += fmt.Sprintf("  %s at %v up %v down %v", a.Label(), a.At, a.Up, a.Down)
		for f := range a.Sets.All {
			out += fmt.Sprintf(" %s=%v", s.FieldName(f), s.Values[a.Values[f]])
		}
		if a.Status > 0 {
			out += " 500"
		}
		if a.Lose > 0 {
			out += " lose " + a.Lose.String()
		}
		out += "\n"
	}
	return out
}

func TestDiff(t *testing.T) {
	names := append(strategies.Names(), "action-queue+hold")
	var w sim.World
	var j judge.Judge
	diffs := map[string]int{}
	ex := map[string]string{}
	n := 0
	for k := range 40000 {
		r := rand.New(rand.NewPCG(1, uint64(k)))
		s := randomScript(r)
		for _, name := range names {
			e, err := strategies.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			l := w.Run(s, e.New(), 1, sim.Options{Trace: true})
			got := j.Judge(s, l)
			var have []string
			for _, a := range got.Anomalies {
				have = append(have, fmt.Sprint(a.Kind, a.Actions))
			}
			slices.Sort(have)
			have = slices.Compact(have)
			d := dumbJudge(s, l)
			n++
			if got.Verdict == d.verdict && slices.Equal(have, d.found) {
				continue
			}
			var more, less []string
			for _, x := range have {
				if !slices.Contains(d.found, x) {
					more = append(more, strings.Fields(x)[0][:len(strings.Fields(x)[0])])
				}
			}
			for _, x := range d.found {
				if !slices.Contains(have, x) {
					less = append(less, strings.Fields(x)[0])
				}
			}
			key := func(x []string) string {
				for i := range x {
					if c := strings.IndexByte(x[i], '['); c > 0 {
						x[i] = x[i][:c]
					}
				}
				slices.Sort(x)
				return fmt.Sprint(slices.Compact(x))
			}
			kk := "judge only " + key(more) + " dumb only " + key(less)
			diffs[kk]++
			text := fmt.Sprintf("%s\n%s", name, show(s))
			for _, e := range w.Trace().Events {
				text += "   " + describe(e) + "\n"
			}
			text += fmt.Sprint("  judge: ", have, "\n  dumb: ", d.found, "\n")
			if old, ok := ex[kk]; !ok || len(old) > len(text) {
				ex[kk] = text
			}
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
	fmt.Println(n)
}

func describe(e sim.Event) string {
	out := fmt.Sprint(e.At, " ", e.Kind)
	if e.Request != nil {
		out += fmt.Sprint(" ", e.Request.Do, e.Request.Actions, " id ", e.ID, " ", e.Status)
	} else {
		out += fmt.Sprint(" ", e.Action)
	}
	return out
}
