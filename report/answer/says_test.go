package answer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// recount has what the trials of a strategy come to, counted one by one and by
// nothing that the sentences are made with.
type recount struct {
	trials, bad, loud, orders, badOrders int
	kinds                                map[judge.Kind]int
	waits                                time.Duration // mean over the clicks of trials that ended ok, or, if none did, loud
	any                                  time.Duration // mean over those of all trials
}

func recounted(t *testing.T, s *scenarios.Scenario, name string, trials int) *recount {
	t.Helper()
	r := &recount{kinds: map[judge.Kind]int{}}
	script, e := s.Script.Unpinned(), testkit.Strategy(t, name)
	var w sim.World
	var j judge.Judge
	sums, counts := [judge.Wrong + 1]time.Duration{}, [judge.Wrong + 1]time.Duration{}
	for seed := range uint64(trials) {
		l, found := j.Run(&w, script, e.For(script), 1+seed, sim.Options{})
		r.trials++
		if found.Verdict.Bad() {
			r.bad++
		}
		if found.Verdict == judge.Loud {
			r.loud++
		}
		seen := map[judge.Kind]bool{}
		for _, a := range found.Anomalies {
			if !seen[a.Kind] && judge.Kinds[a.Kind].Verdict.Bad() {
				r.kinds[a.Kind]++
			}
			seen[a.Kind] = true
		}
		for n := range script.Actions {
			if f := &l.Fates[n+1]; j.Owed(n+1) && f.Known() {
				sums[found.Verdict] += max(0, f.Ended-script.Actions[n].At)
				counts[found.Verdict]++
			}
		}
	}
	of := judge.OK
	if counts[of] == 0 {
		of = judge.Loud
	}
	r.waits = sums[of] / max(1, counts[of])
	for v := range sums {
		r.any += sums[v]
	}
	r.any /= max(1, counts[0]+counts[1]+counts[2]+counts[3]+counts[4])
	return r
}

// run runs all orders, up to a bound.
func (r *recount) run(t *testing.T, s *scenarios.Scenario, name string) {
	found := testkit.Orders(s.Script, testkit.Strategy(t, name).For(s.Script), 10_000)
	if !found.Complete {
		t.Errorf("%s: there are more orders of %s", s.Name, name)
	}
	r.orders, r.badOrders = int(found.Classes), int(found.Verdicts[judge.Wrong]+found.Verdicts[judge.Stuck]+found.Verdicts[judge.Unknown])
}

// most returns the anomaly that most of the trials show.
func (r *recount) most() string {
	all := []judge.Kind{}
	for k := range r.kinds {
		all = append(all, k)
	}
	k := slices.MaxFunc(all, func(a, b judge.Kind) int { return 1000*(r.kinds[a]-r.kinds[b]) + int(b) - int(a) })
	return anomalies[k].does
}

// claims are the sentences, or parts of them, that say something in figures: who is
// meant is the first group, and what is claimed the second.
var claims = []struct {
	of    *regexp.Regexp
	truth func(t *testing.T, s *scenarios.Scenario, r *recount, name string) string
}{
	{regexp.MustCompile(`^(?:Use|Keep) ([a-z+-]+).*: (?:no order goes wrong|it loses nothing silently) \((both|all [0-9,]+|there is one order)`),
		func(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
			if r.run(t, s, name); r.badOrders > 0 || r.bad > 0 {
				t.Errorf("%s: %s loses something in %d orders and %d trials", s.Name, name, r.badOrders, r.bad)
			}
			switch r.orders {
			case 1:
				return "there is one order"
			case 2:
				return "both"
			}
			return "all " + tell.Grouped(r.orders)
		}},
	{regexp.MustCompile(`^(?:Use|Keep) ([a-z+-]+).* fails aloud in ([0-9.]+ %)`), tells},
	{regexp.MustCompile(`([a-z+-]+),? (?:which )?\(?tells of a failed save in ([0-9.]+ %)`), tells},
	{regexp.MustCompile(`([a-z+-]+) (?:comes closest and |\()?(?:drops|loses an|lets|overwrites|shows|reads|wipes|makes|leaves|has an|hides|ends|waits for).*? in ([0-9.]+ % \([0-9.–]+ %\))`), loses},
	{regexp.MustCompile(`([a-z+-]+) comes closest: wrong in ([0-9.]+ % \([0-9.–]+ %\))`), loses},
	{regexp.MustCompile(`([a-z+-]+) (?:comes closest and )?goes wrong in ([0-9.]+ % \([0-9.–]+ %\))`), loses},
	{regexp.MustCompile(`([a-z+-]+) (?:comes closest and )?goes wrong .* as it ([a-z' ]+)\.$`), does0},
	{regexp.MustCompile(`([a-z+-]+) (?:comes closest and |\()?((?:drops|loses an|lets|overwrites|shows|reads|wipes|makes|leaves|has an|hides|ends|waits for)[a-z' ]*) in [0-9]`),
		func(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
			if does := r.most(); !slices.ContainsFunc(all(r), func(k judge.Kind) bool { return anomalies[k].does == does && r.kinds[k] == r.bad }) {
				t.Errorf("%s: not every bad trial of %s %s", s.Name, name, does)
			}
			return r.most()
		}},
	{regexp.MustCompile(`([a-z+-]+) (?:comes closest and )?goes wrong in none of [0-9,]+ trials, but in ([0-9,]+ of [0-9,]+ orders)`),
		func(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
			if r.run(t, s, name); r.bad > 0 {
				t.Errorf("%s: %s loses something in %d trials", s.Name, name, r.bad)
			}
			return fmt.Sprintf("%s of %s orders", tell.Grouped(r.badOrders), tell.Grouped(r.orders))
		}},
	{regexp.MustCompile(`^With the server's help: ([a-z+-]+), ([0-9,]+ ms)`), waited},
}

func all(r *recount) (kinds []judge.Kind) {
	for k := range r.kinds {
		kinds = append(kinds, k)
	}
	return kinds
}

func tells(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
	return report.Percent(float64(r.loud) / float64(r.trials))
}

func loses(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
	low, high := report.Wilson(r.bad, r.trials)
	return report.Percent(float64(r.bad)/float64(r.trials)) + " (" + report.Interval(low, high) + ")"
}

func does0(t *testing.T, s *scenarios.Scenario, r *recount, name string) string { return r.most() }

func waited(t *testing.T, s *scenarios.Scenario, r *recount, name string) string {
	return tell.Grouped(r.waits.Round(time.Millisecond).Milliseconds()) + " ms"
}

// simple reports whether the user's clicks wait for answers of their own: no reads, of
// which the client may take none, and no edit that rides in another's request.
func simple(s *scenarios.Scenario) bool {
	return !slices.ContainsFunc(s.Script.Actions, func(a sim.Action) bool { return a.Do == sim.Fetch || a.Do == sim.Create })
}

// price is what a click waits, and what it would if it were posted at once.
var price = regexp.MustCompile(`^A click waits ([0-9,]+) ms for its answer(?:; posted at once it would be ([0-9,]+))?\.$`)

// held holds all claims of an answer to figures that are counted anew, and counts them.
func held(t *testing.T, s *scenarios.Scenario, a *report.Answer, trials int, made map[string]int) {
	t.Helper()
	ms := func(d time.Duration) string { return tell.Grouped(d.Round(time.Millisecond).Milliseconds()) }
	known := map[string]*recount{}
	of := func(name string) *recount {
		if known[name] == nil {
			known[name] = recounted(t, s, name, trials)
		}
		return known[name]
	}
	for _, text := range a.Says {
		for _, c := range claims {
			for _, m := range c.of.FindAllStringSubmatch(text, -1) {
				made[c.of.String()]++
				if want := c.truth(t, s, of(m[1]), m[1]); m[2] != want {
					t.Errorf("%s: %q\nand for %s it is %q", s.Name, text, m[1], want)
				}
			}
		}
		if strings.Contains(text, "%!") || strings.Contains(text, "NaN") || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q is no sentence", s.Name, text)
		}
		if m := price.FindStringSubmatch(text); m != nil && simple(s) {
			made["price"]++
			if want := ms(of(a.Strategy.Name).waits); m[1] != want {
				t.Errorf("%s: %q, and it is %s", s.Name, text, want)
			}
			if want := ms(of("naive").any); m[2] != "" && m[2] != want {
				t.Errorf("%s: %q, and it is %s", s.Name, text, want)
			}
		}
	}
}

// TestClaims: what the sentences of the catalogue say in figures is so, counted anew
// trial by trial and order by order; and each of the claims is made somewhere.
func TestClaims(t *testing.T) {
	testkit.Long(t, "these are many trials")
	made := map[string]int{}
	for _, s := range tried(t) {
		held(t, s, in(t, s.Name).Answer(t.Context(), nil), Trials, made)
	}
	for _, c := range claims {
		if made[c.of.String()] == 0 {
			t.Errorf("nobody claims %s", c.of)
		}
	}
	if made["price"] < 5 {
		t.Errorf("%d prices were counted anew", made["price"])
	}
}

// TestClaimsOfAny: and so of any other scenario.
func TestClaimsOfAny(t *testing.T) {
	testkit.Random(t, func(t *testing.T, r *rand.Rand) {
		for range testkit.Size(6, 1) {
			any := anyScenario(t, r)
			o := report.Options{Seed: 1, Trials: 100, Workers: workers}
			found, err := Probe(t.Context(), []*scenarios.Scenario{any}, Candidates(strategies.Catalogue), strategies.Catalogue, o)
			if err != nil {
				t.Fatal(err)
			}
			if held(t, any, found.Answer(t.Context(), nil), o.Trials, map[string]int{}); t.Failed() {
				t.Fatalf("%s", any.YAML())
			}
		}
	})
}

// anyScenario draws a scenario.
func anyScenario(t *testing.T, r *rand.Rand) *scenarios.Scenario {
	text := "name: any\nnetwork: {uplink: {exponential: 120ms}, downlink: {exponential: 80ms}}\nsteps:\n  - {at: 0ms, do: create, set: {name: a}}\n"
	for at := range 1 + r.IntN(2) {
		text += fmt.Sprintf("  - {at: %dms, do: %s", 50+200*at+r.IntN(200), []string{
			"update, set: {name: b}", "update, set: {name: c}, lose: up", "fetch", "delete", "update, set: {name: d}, status: 500", "update, set: {name: e}",
		}[r.IntN(6)]) + "}\n"
	}
	s, err := scenarios.Parse("any.yaml", []byte(text))
	if err != nil {
		t.Fatal(err, text)
	}
	return s
}

// TestClaimsOfAll: what is said of many scenarios together adds up, and of the whole
// catalogue is what strategies/proved.txt has.
func TestClaimsOfAll(t *testing.T) {
	testkit.Long(t, "there are too many")
	all := tried(t)
	a := together(t, all).Answer(t.Context(), nil)
	text := strings.Join(a.Says, " ")
	safe := func(name string) (n int) {
		e := testkit.Strategy(t, name)
		if testkit.All() {
			n, _ = e.Proved()
			return n
		}
		for i := range all {
			if prove(t.Context(), new(explore.Explorer), all[i], &known(all, []strategies.Entry{e})[0].Rows[i], probe) {
				n++
			}
		}
		return n
	}
	for _, m := range regexp.MustCompile(`\b([a-z-]+) (?:is |is safe )?in (\d+)`).FindAllStringSubmatch(text, -1) {
		if m[1] != "safe" && m[1] != "is" && m[1] != "aloud" && strconv.Itoa(safe(m[1])) != m[2] {
			t.Errorf("%s: %s was proved in %d", m[0], m[1], safe(m[1]))
		}
	}
	loud, trials := 0, 0
	for _, s := range all {
		for _, c := range candidates(in(t, s.Name).first) {
			if c.Name == a.Strategy.Name {
				loud, trials = loud+c.rows[0].Odds.Verdicts[judge.Loud], trials+c.rows[0].Odds.Trials
			}
		}
	}
	if want := fmt.Sprintf("aloud in %s of all trials.", report.Percent(float64(loud)/float64(trials))); !strings.Contains(text, want) {
		t.Errorf("it is not said that it fails %s", want)
	}
	_, where, _ := strings.Cut(text, "Where it is not: ")
	where, _, _ = strings.Cut(where, ".")
	sum := 0
	for _, m := range regexp.MustCompile(`\d+`).FindAllString(where, -1) {
		n, _ := strconv.Atoi(m)
		sum += n
	}
	if want := len(all) - safe(a.Strategy.Name); sum != want {
		t.Errorf("%q are %d, want %d", where, sum, want)
	}
	nobody := map[string]bool{}
	for _, s := range all {
		if in(t, s.Name).Answer(t.Context(), nil).Kind == report.Nobody {
			nobody[s.Name] = true
		}
	}
	m := regexp.MustCompile(`Nobody is safe in (\d+): ([a-z0-9, -]+?)(?: and (\d+) more)?\.`).FindStringSubmatch(text)
	if m == nil || m[1] != strconv.Itoa(len(nobody)) {
		t.Fatalf("nobody is safe in %d, and said is %q", len(nobody), m)
	}
	named := strings.FieldsFunc(strings.ReplaceAll(m[2], " and ", ", "), func(r rune) bool { return r == ',' || r == ' ' })
	for _, name := range named {
		if !nobody[name] {
			t.Errorf("somebody is safe in %s, and %q", name, m[0])
		}
	}
	if more, _ := strconv.Atoi(m[3]); len(named)+more != len(nobody) {
		t.Errorf("%q are not %d", m[0], len(nobody))
	}
}

// TestPlaces: a few by name, and of more who it is how often.
func TestPlaces(t *testing.T) {
	of := func(names string) (where []place) {
		for i, name := range strings.Fields(names) {
			where = append(where, place{name, fmt.Sprint("s", i)})
		}
		return where
	}
	for names, want := range map[string]string{
		"":                      "",
		"a nobody a":            "Where it is not: a in s0, nobody in s1, a in s2.",
		"a b nobody b":          "Where it is not: b 2, a 1, nobody 1. Nobody is safe in 1: s2.",
		"a b c d e":             "Where it is not: a 1, b 1, c 1, d 1, e 1.",
		"a b c d e e nobody":    "Where it is not: e 2, a 1, b 1, c 1, others 2. Nobody is safe in 1: s6.",
		"a b c d e f g g f h h": "Where it is not: f 2, g 2, h 2, a 1, others 4.",
	} {
		if got := strings.Join(places(of(names)), " "); got != want {
			t.Errorf("%s: %s\nwant %s", names, got, want)
		}
	}
}

// askedOne are scenarios, and strategies that somebody asks for in them.
var askedOne = []string{
	"create-then-two-updates callbacks outbox refuse", "overlapping-updates block-ui queue-ball sequenced",
	"create-then-update save-queue", "lost-answer if-match refuse", "works-on-my-machine-fast naive",
	"looked-first if-match callbacks", "computed-by-server callbacks", "echoed-create hold-as-published switch+hold",
}

// TestAsked: what is said of the strategies that somebody asked for, of a client of
// their own, and of a few scenarios together.
func TestAsked(t *testing.T) {
	testkit.Long(t, "these are many trials")
	text := new(strings.Builder)
	say := func(found *Found, m *report.Matrix, of string) {
		fmt.Fprintf(text, "%s\n  %s\n", of, strings.Join(found.Answer(t.Context(), m).Says, "\n  "))
	}
	for _, of := range askedOne {
		words := strings.Fields(of)
		found := in(t, words[0])
		say(found, run(t, found, 500, words[1:]...), of)
	}
	for _, name := range []string{"create-then-two-updates", "nobody-else-edits", "computed-by-server"} {
		found := in(t, name)
		es := append([]strategies.Entry{ours(Row{}).Entry}, strategies.Catalogue[:6]...)
		m, err := report.Run(t.Context(), found.scenarios, es, report.Options{Seed: 1, Trials: 300})
		if err != nil {
			t.Fatal(err)
		}
		say(found, m, name+" ours")
	}
	for _, of := range []string{
		"create-then-two-updates overlapping-updates", "overlapping-updates failure-first", "toggled-back two-tabs",
		"double-delete own-fields", "create-then-two-updates overlapping-updates failure-first toggled-back two-tabs",
	} {
		ss := find(t, strings.Fields(of)...)
		found, err := Probe(t.Context(), ss, Candidates(strategies.Catalogue), strategies.Catalogue, report.Options{Seed: 1, Trials: 500, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		say(found, nil, of)
		say(found, run(t, found, 500, "callbacks"), of+" callbacks")
	}
	testkit.Golden(t, "asked.txt", text.String())
}

// TestReadme: the answer that the README shows is the one that is given.
func TestReadme(t *testing.T) {
	testkit.Long(t, "it is one of those by hand")
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := ""
	for line := range strings.Lines(string(page)) {
		if text, quoted := strings.CutPrefix(line, "> "); quoted {
			shown += strings.TrimSpace(text) + " "
		}
	}
	found := in(t, "create-then-two-updates")
	if want := strings.Join(found.Answer(t.Context(), run(t, found, 10_000)).Says, " "); !strings.Contains(shown, want) {
		t.Errorf("the README has %q\nand not %q", shown, want)
	}
}

// There are words for each anomaly that is bad: what a client does that shows it, and
// what it would take.
func TestWordsForEachBadAnomaly(t *testing.T) {
	for k := range judge.Kinds {
		kind := judge.Kind(k)
		if words := anomalies[kind]; judge.Kinds[kind].Verdict.Bad() && (words.does == "" || words.needed == "") {
			t.Errorf("%v has no words", kind)
		}
	}
}

// The sentences that docs/ANSWERS.md has as examples are said today: of a scenario of the
// catalogue, of all of it, of five of it, or in a test of what a user has. One in which
// figures differ is written anew.
func TestExamplesOfTheDocs(t *testing.T) {
	testkit.Long(t, "these are many trials")
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	said := read("testdata/says.txt") + read("testdata/asked.txt")
	five := find(t, "create-then-update", "create-then-delete", "create-then-set-permissions", "create-then-two-updates", "early-update")
	said += "  " + strings.Join(together(t, five).Answer(t.Context(), nil).Says, "\n  ") + "\n"
	page := read("../../docs/ANSWERS.md")
	_, table, _ := strings.Cut(page, "| when | the answer |")
	table, _, _ = strings.Cut(table, "\n\n")
	examples := regexp.MustCompile("`([A-Z][^`]*)`").FindAllStringSubmatch(table, -1)
	for _, e := range examples {
		if strings.Contains(said, "  "+e[1]+"\n") {
			continue
		}
		anew := regexp.MustCompile(`(?m)^  (` + regexp.MustCompile(`\d+`).ReplaceAllString(regexp.QuoteMeta(e[1]), `\d+`) + `)$`).FindStringSubmatch(said)
		if anew == nil {
			t.Fatalf("docs/ANSWERS.md has `%s`, and that is nowhere said: it needs another example", e[1])
		}
		page = strings.ReplaceAll(page, "`"+e[1]+"`", "`"+anew[1]+"`")
	}
	testkit.Golden(t, "../../../docs/ANSWERS.md", page)
	if len(examples) < 10 {
		t.Errorf("%d examples", len(examples))
	}
}
