package report_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/report"
	"photofinish/report/export"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// TestEveryFigureRecounted recounts every number of a report, and every word that a
// trial or an order decides, from replays of its seeds and from its orders one by
// one. What is owed to the user is the judge's to say; all else is counted here, as
// slowly as it can be read.
func TestEveryFigureRecounted(t *testing.T) {
	o := report.Options{Seed: 11, Trials: 90, SavesADay: 500, Workers: 2}
	var ss []*scenarios.Scenario
	for _, name := range []string{"create-then-two-updates", "two-tabs", "one-queue-for-all", "save-then-fetch", "lost-answer"} {
		s, err := scenarios.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, s)
	}
	m, err := report.Run(context.Background(), ss, find(t, "naive", "block-ui", "refuse", "if-match", "polling", "conflate"), o)
	if err != nil {
		t.Fatal(err)
	}
	m.Answer = &report.Answer{Kind: report.Use, Strategy: m.Strategies[5], SafeIn: 3, Of: 5, Candidates: 9}
	m.Added = []string{"conflate"}
	want := recount(t, m)
	var got any
	d := json.NewDecoder(bytes.NewReader(written(t, func(b *bytes.Buffer) error { return export.WriteMatrixJSON(b, m) })))
	d.UseNumber()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	// Both screens are owed something, and of each two requests one is refused.
	if two := m.Cell(1, 3); two.Costs.Sent != 2*two.Costs.Saves {
		t.Errorf("two-tabs under if-match: %d requests for %d saves", two.Costs.Sent, two.Costs.Saves)
	}
	shortest := 0
	for c := range m.Each {
		found := c.Shortest()
		if v := &c.Orders.Verdicts; (found != nil) != (v[judge.Wrong]+v[judge.Stuck] > 0) {
			t.Errorf("%s under %s: shortest is there: %v", c.Scenario.Name, c.Strategy.Name, found != nil)
		} else if found != nil {
			trial, err := report.ReplaySchedule("", c.Scenario.Script, c.Strategy, explore.ParseSchedule(found.Schedule.String()))
			if err != nil || !trial.Verdict.Bad() {
				t.Errorf("%s under %s: %v, %v", c.Scenario.Name, c.Strategy.Name, found.Schedule, err)
			}
			shortest++
		}
	}
	if shortest < 5 {
		t.Errorf("only %d cells have a shortest bad order", shortest)
	}
	states := map[any]bool{}
	leaves(got, "", func(path string, is any) {
		f, counted := want[path]
		delete(want, path)
		switch n, number := is.(json.Number); {
		case !counted && slices.ContainsFunc(words, func(end string) bool { return strings.HasSuffix(path, end) }) && !number:
		case !counted:
			t.Errorf("nobody recounts %s: %v", path, is)
		case number:
			x, err := n.Float64()
			if err != nil || f.figure == nil || math.Abs(x-*f.figure) > f.within || x < *f.figure-f.within {
				t.Errorf("%s is %v, recounted %v", path, is, f)
			}
		case is != f.word || f.figure != nil:
			t.Errorf("%s is %v, recounted %v", path, is, f)
		}
		if strings.HasSuffix(path, ".state") {
			states[is] = true
		}
	})
	for path, f := range want {
		t.Errorf("%s is not there, recounted %v", path, f)
	}
	if len(states) < 5 {
		t.Errorf("the report has only the states %v", states)
	}
}

// words ends the paths of what is no figure and is decided by no trial.
var words = []string{
	".program", ".command", ".network", ".hash", ".name", ".scenario", ".strategy", ".group", ".needs", ".changes", ".bundle", ".added",
	".kind", ".replay", ".shortest",
}

// figure is a number that was recounted, and how exactly it can be; or a word, or nil.
type figure struct {
	figure *float64
	within float64
	word   any
}

func (f figure) String() string {
	if f.figure != nil {
		return fmt.Sprintf("%v ± %v", *f.figure, f.within)
	}
	return fmt.Sprint(f.word)
}

// sheet has figures by their paths.
type sheet map[string]figure

func (s sheet) put(path string, x, within float64) { s[path] = figure{&x, within, nil} }
func (s sheet) count(path string, n int)           { s.put(path, float64(n), 0) }
func (s sheet) say(path string, word any)          { s[path] = figure{word: word} }

// leaves yields what stands at the ends of a JSON value.
func leaves(v any, path string, yield func(string, any)) {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			leaves(inner, path+"."+k, yield)
		}
	case []any:
		for i, inner := range v {
			leaves(inner, fmt.Sprintf("%s[%d]", path, i), yield)
		}
	default:
		yield(path, v)
	}
}

func recount(t *testing.T, m *report.Matrix) sheet {
	w := sheet{}
	w.count(".version", 1)
	w.count(".seed", 11)
	w.count(".trials", 90)
	w.count(".savesADay", 500)
	w.count(".answer.safeIn", 3)
	w.count(".answer.of", 5)
	w.count(".answer.candidates", 9)
	tallies := make([]map[string]int, len(m.Strategies))
	worst := make([]float64, len(m.Strategies))
	for i, s := range m.Scenarios {
		w.say(fmt.Sprintf(".scenarios[%d].pinned", i), report.Pinned(s.Script))
		for j, e := range m.Strategies {
			c := &recounted{sheet: w, at: fmt.Sprintf(".cells[%d]", i*len(m.Strategies)+j), s: s, e: e}
			state := c.cell(t, m.Seed, m.Trials)
			if tallies[j] == nil {
				tallies[j] = map[string]int{"proved": 0, "loud": 0, "possible": 0, "open": 0, "wrong": 0, "stuck": 0}
			}
			tallies[j][state]++
			worst[j] = max(worst[j], float64(c.bad)/float64(m.Trials))
		}
	}
	for j := range m.Strategies {
		at := fmt.Sprintf(".strategies[%d]", j)
		for state, n := range tallies[j] {
			w.count(at+".scenarios."+state, n)
		}
		if tallies[j]["wrong"]+tallies[j]["stuck"]+tallies[j]["possible"] == 0 {
			w.say(at+".worst", nil)
		} else {
			w.put(at+".worst.share", worst[j], 1e-12)
		}
	}
	return w
}

// recounted is a cell in the making.
type recounted struct {
	sheet
	at string
	s  *scenarios.Scenario
	e  strategies.Entry

	verdicts [judge.Wrong + 1]int
	kinds    map[string]int
	bad      int
	badAt    []byte

	requests, sent, saves      int
	blocked, settled           []float64 // ms, by trial
	goodBlocked, goodSettled   [2][]float64
	means                      [2][]float64
	waited                     [2]float64
	clicks, answered, goodOnes [2]int
}

// cell recounts a cell, and returns the word of its state.
func (c *recounted) cell(t *testing.T, seed uint64, trials int) string {
	c.kinds, c.badAt = map[string]int{}, make([]byte, (trials+7)/8)
	for k := range trials {
		c.trial(t, seed+uint64(k), k)
	}
	c.shares(seed, trials)
	c.costs(trials)
	ended := c.orders(t)
	pinned := judge.OK
	c.say(c.at+".replayed", nil)
	if report.Pinned(c.s.Script) {
		pinned = report.Replay("", c.s.Script, c.e, max(1, c.s.Seed)).Verdict
		c.say(c.at+".replayed", pinned.String())
	}
	state := "proved"
	switch v := &c.verdicts; {
	case v[judge.Wrong] > 0:
		state = "wrong"
	case v[judge.Stuck] > 0:
		state = "stuck"
	case ended[judge.Wrong]+ended[judge.Stuck] > 0 || pinned == judge.Wrong || pinned == judge.Stuck:
		state = "possible"
	case v[judge.Unknown]+ended[judge.Unknown] > 0 || pinned == judge.Unknown:
		state = "open"
	case v[judge.Loud] > 0:
		state = "loud"
	}
	c.say(c.at+".state", state)
	return state
}

// trial counts trial k.
func (c *recounted) trial(t *testing.T, seed uint64, k int) {
	script := c.s.Script.Unpinned()
	trial := report.Replay("", script, c.e, seed)
	var w sim.World
	var j judge.Judge
	j.Run(&w, script, c.e.For(script), seed, sim.Options{})
	v := trial.Verdict
	c.verdicts[v]++
	for _, name := range trial.Kinds().Names() {
		c.kinds[name]++
	}
	if v == judge.Wrong || v == judge.Stuck {
		if c.bad++; c.bad == 1 {
			c.count(c.at+".first.seed", int(seed))
			c.say(c.at+".first.verdict", v.String())
			for i, name := range trial.Kinds().Names() {
				c.say(fmt.Sprintf("%s.first.anomalies[%d]", c.at, i), name)
			}
		}
		c.badAt[k/8] |= 1 << (k % 8)
	}
	last, sum, answered := time.Duration(0), time.Duration(0), 0
	for i := range script.Actions {
		last = max(last, script.Actions[i].At)
	}
	for i := range trial.Events {
		if e := &trial.Events[i]; e.Kind == sim.EventSend {
			c.requests++
			if e.Request.Do != sim.Fetch {
				c.sent++
			}
		}
	}
	settled, blocked := ms(max(0, trial.Ledger.Settled-last)), ms(trial.Ledger.Blocked)
	c.settled, c.blocked = append(c.settled, settled), append(c.blocked, blocked)
	if v > judge.Loud {
		return
	}
	for n := 1; n <= len(script.Actions); n++ {
		if !j.Owed(n) {
			continue
		}
		a := script.Action(n)
		told := slices.ContainsFunc(trial.Events, func(e sim.Event) bool {
			return (e.Kind == sim.EventTell || e.Kind == sim.EventRefuse) && slices.Contains(e.About(), n)
		})
		if a.Do != sim.Fetch && !told {
			c.saves++
		}
		c.clicks[v]++
		if end, ok := answer(trial, n); ok {
			c.answered[v]++
			answered++
			sum += end - a.At
		}
	}
	c.goodOnes[v]++
	c.goodSettled[v], c.goodBlocked[v] = append(c.goodSettled[v], settled), append(c.goodBlocked[v], blocked)
	c.waited[v] += ms(sum)
	if answered > 0 {
		c.means[v] = append(c.means[v], ms(sum)/float64(answered))
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// answer returns when the user knew what had become of action n: of the first success,
// or else of the last no. What left in no request of its own has the fate of the
// create that had its value.
func answer(t *report.Trial, n int) (end time.Duration, ok bool) {
	sent, rode, success := false, 0, false
	for i := range t.Events {
		e := &t.Events[i]
		if e.Kind == sim.EventArrive && e.Status == 200 && e.Request.Do == sim.Create {
			for _, by := range e.Request.Body {
				if by > sim.Given && by.Action() == n {
					rode = e.Request.Actions[0]
				}
			}
		}
		if !slices.Contains(e.About(), n) || success {
			continue
		}
		switch e.Kind {
		case sim.EventSend:
			sent = true
		case sim.EventTell, sim.EventRefuse:
			end, ok = e.At, true
		case sim.EventReply:
			if !e.Late {
				end, ok, success = e.At, true, e.Status == 200
				if success && e.Request.Do == sim.Fetch && e.Ignored {
					return 0, false
				}
			}
		}
	}
	if !sent && !ok && rode != 0 && rode != n {
		return answer(t, rode)
	}
	return end, ok
}

// shares writes what the trials come to.
func (c *recounted) shares(seed uint64, trials int) {
	c.count(c.at+".trials", trials)
	for v, n := range c.verdicts {
		c.count(c.at+".verdicts."+judge.Verdict(v).String(), n)
	}
	for name, n := range c.kinds {
		c.count(c.at+".anomalies."+name, n)
	}
	n := float64(trials)
	share := float64(c.bad) / n
	low, high := score(share, n)
	for _, x := range []struct {
		name string
		is   float64
	}{{"rate", share}, {"low", low}, {"high", high}} {
		c.put(c.at+"."+strings.Replace(x.name, "rate", "share", 1), x.is, 1e-9)
		c.put(c.at+".badADay."+x.name, 500*x.is, 1e-6)
	}
	if c.bad == 0 {
		c.say(c.at+".first", nil)
	} else if c.bad < trials {
		c.say(c.at+".badAt", base64.StdEncoding.EncodeToString(c.badAt))
	}
	c.put(c.at+".loud", float64(c.verdicts[judge.Loud])/n, 1e-12)
	c.put(c.at+".requests", float64(c.requests)/n, 1e-9)
	c.put(c.at+".blocked", mean(c.blocked), 0.002)
	c.percentiles(c.at+".settled", c.settled)
}

// score finds the ends of the interval of a share by halving: where the share lies
// 1.96 standard deviations of the share that is sought beside it.
func score(share, n float64) (low, high float64) {
	beyond := func(p float64) bool { return math.Abs(share-p) > 1.959963984540054*math.Sqrt(p*(1-p)/n) }
	find := func(out, in float64) float64 {
		for range 100 {
			if mid := (out + in) / 2; beyond(mid) {
				out = mid
			} else {
				in = mid
			}
		}
		return in
	}
	low, high = find(0, share), find(1, share)
	if share == 0 {
		low = 0
	}
	if share == 1 {
		high = 1
	}
	return low, high
}

func mean(xs []float64) (x float64) {
	for _, y := range xs {
		x += y / float64(len(xs))
	}
	return x
}

// percentiles writes those of times, of which a report may fall short by 1 %.
func (c *recounted) percentiles(at string, xs []float64) {
	xs = slices.Clone(xs)
	slices.Sort(xs)
	for _, p := range []int{50, 99} {
		exact := xs[(len(xs)*p+99)/100-1]
		c.put(fmt.Sprint(at, ".p", p), exact*0.995, exact*0.005+0.001)
	}
}

// costs writes what the good trials come to.
func (c *recounted) costs(trials int) {
	at, of := c.at+".costs.", judge.OK
	if c.goodOnes[judge.OK] == 0 && c.goodOnes[judge.Loud] > 0 {
		of = judge.Loud
	}
	c.count(at+"good", c.goodOnes[of])
	c.put(at+"never", float64(c.verdicts[judge.Stuck])/float64(trials), 1e-12)
	c.say(at+"requestsPerSave", nil)
	if c.saves > 0 {
		c.put(at+"requestsPerSave", float64(c.sent)/float64(c.saves), 1e-9)
	}
	for _, name := range []string{"of", "waits", "unanswered", "p50", "p99", "blocked"} {
		c.say(at+name, nil)
	}
	if c.goodOnes[of] > 0 {
		c.say(at+"of", of.String())
		c.put(at+"blocked", mean(c.goodBlocked[of]), 0.002)
		c.percentiles(c.at+".costs", c.goodSettled[of])
	}
	if c.clicks[of] > 0 {
		c.put(at+"unanswered", 1-float64(c.answered[of])/float64(c.clicks[of]), 1e-9)
	}
	if n := float64(c.answered[of]); n > 0 {
		delete(c.sheet, at+"waits")
		waits, half, all := c.waited[of]/n, 0., c.means[of]
		if len(all) > 1 {
			variance := 0.
			for _, x := range all {
				variance += (x - mean(all)) * (x - mean(all)) / float64(len(all)-1)
			}
			half = 1.96 * math.Sqrt(variance/float64(len(all)))
		}
		c.put(at+"waits.mean", waits, 0.003)
		c.put(at+"waits.low", max(0, waits-half), 0.005)
		c.put(at+"waits.high", waits+half, 0.005)
	}
}

// orders runs every class of orders by itself, and returns how they end.
func (c *recounted) orders(t *testing.T) (ended [judge.Wrong + 1]int) {
	var x explore.Explorer
	classes, orders, blocked, refused := 0, 0, 0, 0
	for class := range x.Classes(c.s.Script, c.e.For(c.s.Script)) {
		classes++
		orders += int(class.Orders)
		ended[class.Judged.Verdict]++
		b, r := false, false
		for n := range class.Ledger.Fates {
			b, r = b || class.Ledger.Fates[n].Blocked, r || class.Ledger.Fates[n].Refused != 0
		}
		if b {
			blocked++
		}
		if r && class.Refused { // that it was owed is the judge's to say
			refused++
		}
	}
	at := c.at + ".orders."
	c.count(at+"classes", classes)
	c.count(at+"orders", orders)
	c.count(at+"bad", ended[judge.Wrong]+ended[judge.Stuck]+ended[judge.Unknown])
	c.count(at+"blocked", blocked)
	c.count(at+"refused", refused)
	c.count(at+"loud", ended[judge.Loud])
	c.say(at+"complete", true)
	return ended
}
