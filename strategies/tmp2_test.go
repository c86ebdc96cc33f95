package strategies

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"photofinish/sim"
	"photofinish/sim/judge"
)

func TestTmpJudged(t *testing.T) {
	f, _ := os.Open("/work/shared/conformance/judged.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	var w sim.World
	var j judge.Judge
	n := 0
	for sc.Scan() {
		var l struct {
			Scenario               jsc
			Strategy, Verdict, Why string
			Kinds                  []string
		}
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		e, err := Find(l.Strategy)
		if err != nil {
			continue
		}
		n++
		s := tmpScript(l.Scenario)
		got := j.Judge(s, w.Run(s, e.New(), 1, sim.Options{}))
		set := map[string]bool{}
		for _, a := range got.Anomalies {
			set[a.Kind.String()] = true
		}
		kinds := []string{}
		for k := range set {
			kinds = append(kinds, k)
		}
		sort.Strings(kinds)
		if got.Verdict.String() != l.Verdict || strings.Join(kinds, ",") != strings.Join(l.Kinds, ",") {
			t.Errorf("%s %s: got %v %v want %v %v: %s", l.Scenario.Name, l.Strategy, got.Verdict, kinds, l.Verdict, l.Kinds, l.Why)
		}
	}
	fmt.Println("judged", n)
}

type dumb struct {
	prefix  []int
	trail   []int
	width   []int
	key     [2][]string
	bad     bool
	last    sim.Pending
	started bool
}

func (d *dumb) Choose(w *sim.World, p []sim.Pending) int {
	if d.started && d.last.What == sim.TimerFires {
		// did it re-arm in vain?
		for i := range p {
			if w.Idle(&p[i]) && p[i].What == sim.TimerFires && int(p[i].N) == w.Timers() {
				d.bad = true
				return -1
			}
		}
	}
	var ok []int
	for i := range p {
		if !w.Idle(&p[i]) {
			ok = append(ok, i)
		}
	}
	if len(ok) == 0 {
		return -1
	}
	k := 0
	if len(d.trail) < len(d.prefix) {
		k = d.prefix[len(d.trail)]
	}
	d.trail = append(d.trail, k)
	d.width = append(d.width, len(ok))
	e := p[ok[k]]
	d.last, d.started = e, true
	side := 0
	if e.What == sim.RequestArrives {
		side = 1
	}
	c := sim.Choice{What: e.What, N: int(e.N)}.String()
	if e.What == sim.TimerFires || e.What == sim.RequestArrives || e.What == sim.AnswerArrives {
		c = w.Describe(&e)
	}
	d.key[side] = append(d.key[side], c)
	return ok[k]
}

func TestTmpOrders(t *testing.T) {
	b, _ := os.ReadFile("/work/shared/conformance/orders.json")
	var all []struct {
		Scenario jsc
		Expected map[string]struct {
			Classes, Bad, Orders int
			Verdicts             map[string]int
		}
	}
	json.Unmarshal(b, &all)
	var w sim.World
	var j judge.Judge
	for _, l := range all {
		s := tmpScript(l.Scenario)
		for name, want := range l.Expected {
			e, _ := Find(name)
			st := e.New()
			classes := map[string]judge.Verdict{}
			orders := 0
			example := map[judge.Verdict]string{}
			stack := [][]int{nil}
			for len(stack) > 0 {
				p := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				d := &dumb{prefix: p}
				led := w.Run(s, st, 1, sim.Options{Chooser: d})
				if d.last.What == sim.TimerFires && !d.bad && w.LastIdle() {
					d.bad = true
				}
				for i := len(p); i < len(d.trail); i++ {
					for k := 1; k < d.width[i]; k++ {
						stack = append(stack, append(append([]int(nil), d.trail[:i]...), k))
					}
				}
				if d.bad {
					continue
				}
				orders++
				v := j.Judge(s, led)
				classes[strings.Join(d.key[0], " ")+"|"+strings.Join(d.key[1], " ")] = v.Verdict
				example[v.Verdict] = strings.Join(d.key[0], " ") + "|" + strings.Join(d.key[1], " ") + fmt.Sprint(v.Anomalies)
			}
			bad := 0
			vs := map[string]int{}
			for _, v := range classes {
				vs[v.String()]++
				if v >= judge.Unknown {
					bad++
				}
			}
			if len(classes) != want.Classes || orders != want.Orders || bad != want.Bad || fmt.Sprint(vs) != fmt.Sprint(want.Verdicts) {
				t.Errorf("%s %s: got classes %d orders %d bad %d %v want %+v  %v", l.Scenario.Name, name, len(classes), orders, bad, vs, want, example)
			}
		}
	}
}
