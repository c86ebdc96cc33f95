package answer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report"
	"photofinish/scenarios"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

const ms = time.Millisecond

// with returns a row that is safe and costs what all do, but for some changes.
func with(t *testing.T, name string, changes ...func(*Row)) Row {
	r := row(nil, nil)
	r.Odds.Trials, r.Odds.Verdicts[judge.OK] = 10_000, 10_000
	r.Entry = testkit.Strategy(t, name)
	r.Odds.Costs = report.Costs{
		Good: 10_000, Clicks: 20_000, Waits: 200 * ms, Deviation: ms, P50: 300 * ms, P99: 900 * ms, Sent: 20_000, Saves: 20_000,
	}
	for _, change := range changes {
		change(&r)
	}
	return r
}

// Changes of a row.
func ends(v judge.Verdict, n int) func(*Row) {
	return func(r *Row) { r.Odds.Verdicts[judge.OK] -= n; r.Odds.Verdicts[v] += n }
}
func saves(n int) func(*Row)           { return func(r *Row) { r.Odds.Costs.Saves = n } }
func unanswered(n int) func(*Row)      { return func(r *Row) { r.Odds.Costs.Unanswered = n } }
func waits(d time.Duration) func(*Row) { return func(r *Row) { r.Odds.Costs.Waits = d } }
func off(d time.Duration) func(*Row)   { return func(r *Row) { r.Odds.Costs.Deviation = d } }
func p50(d time.Duration) func(*Row)   { return func(r *Row) { r.Odds.Costs.P50 = d } }
func sent(n int) func(*Row)            { return func(r *Row) { r.Odds.Costs.Sent = n } }
func impeded(r *Row)                   { r.Odds.Costs.Impeded = 1 }
func blocks(r *Row)                    { r.Orders.Blocked = 1 }
func refuses(r *Row)                   { r.Orders.Refused = 1 }
func racy(r *Row)                      { r.Orders.Verdicts[judge.Wrong] = 1 }
func bounded(r *Row)                   { r.Orders.Complete = false }

// own is the naive client as a program of the user's.
type own struct {
	testkit.Stranger
	of *strategies.Own
}

func (o *own) Own() *strategies.Own { return o.of }

// ours makes a row one of a client of the user's own.
func ours(r Row) Row {
	r.Entry = strategies.Entry{Name: "ours", Group: strategies.Yours, New: func() strategies.Strategy { return &own{of: new(strategies.Own)} }}
	return r
}

// TestFilters: who is left, of rows made by hand, and in which order. Each filter is
// tried from both sides.
func TestFilters(t *testing.T) {
	loud := func(n int) func(*Row) { return ends(judge.Loud, n) }
	r := func(name string, changes ...func(*Row)) Row { return with(t, name, changes...) }
	for what, c := range map[string]struct {
		rows []Row
		want string // the answer, then what is as good
	}{
		"equal, by preference": {
			[]Row{r("queue-ball"), r("implicit-callbacks"), r("promise-chain"), r("save-queue")},
			"save-queue implicit-callbacks queue-ball promise-chain"},
		"equal, by the catalogue":     {[]Row{r("mutation-scope"), r("queue-ball")}, "mutation-scope queue-ball"},
		"composed after plain":        {[]Row{r("action-queue+hold"), r("naive", loud(1)), r("debounce")}, "debounce action-queue+hold"},
		"nothing needed":              {[]Row{r("conflate", waits(ms)), r("naive", unanswered(10_000))}, "naive"},
		"naive is loud":               {[]Row{r("conflate"), r("naive", loud(1))}, "conflate"},
		"naive can lose":              {[]Row{r("conflate"), r("naive", racy)}, "conflate"},
		"nobody":                      {[]Row{r("conflate", racy), r("naive", bounded)}, ""},
		"bounded is not safe":         {[]Row{r("conflate", bounded, waits(ms)), r("queue-ball")}, "queue-ball"},
		"a museum piece is no answer": {[]Row{r("hold-as-published", waits(ms)), r("queue-ball")}, "queue-ball"},

		"of loud and never loud, never": {[]Row{r("retry", loud(1), waits(ms)), r("outbox", waits(900*ms))}, "outbox"},
		"all loud, intervals that meet": {[]Row{r("conflate", loud(1000)), r("queue-ball", loud(1100))}, "queue-ball conflate"},
		"all loud, and far apart":       {[]Row{r("conflate", loud(1000)), r("queue-ball", loud(1140))}, "conflate"},
		"a loud leader saves less":      {[]Row{r("conflate", loud(1000), saves(19_000)), r("queue-ball", loud(1010))}, "queue-ball"},
		"and as much, to a hundredth":   {[]Row{r("conflate", loud(1000), saves(19_900)), r("queue-ball", loud(1010))}, "queue-ball conflate"},
		"what saves less, never loud":   {[]Row{r("conflate", saves(18_900)), r("queue-ball")}, "queue-ball conflate"},

		"unanswered, a point more":       {[]Row{r("conflate"), r("queue-ball", unanswered(200))}, "queue-ball conflate"},
		"unanswered, more":               {[]Row{r("conflate"), r("queue-ball", unanswered(201))}, "conflate"},
		"unanswered before what it asks": {[]Row{r("outbox"), r("queue-ball", unanswered(300))}, "outbox"},

		"the server after the client":  {[]Row{r("outbox", waits(ms)), r("queue-ball")}, "queue-ball"},
		"the user after the server":    {[]Row{r("block-ui", impeded, waits(ms)), r("outbox")}, "outbox"},
		"blocks in some order":         {[]Row{r("block-ui", blocks, waits(ms)), r("outbox")}, "outbox"},
		"refuses in some order":        {[]Row{r("refuse", refuses, waits(ms)), r("outbox")}, "outbox"},
		"it kept nobody from anything": {[]Row{r("block-ui", waits(ms)), r("outbox")}, "block-ui"},
		"a composition asks for both":  {[]Row{r("action-queue+sequenced", waits(ms)), r("block-ui", impeded)}, "action-queue+sequenced"},

		"waits, a tenth more":       {[]Row{r("conflate"), r("queue-ball", waits(220*ms))}, "queue-ball conflate"},
		"waits, more":               {[]Row{r("conflate"), r("queue-ball", waits(221*ms))}, "conflate"},
		"waits, in the noise":       {[]Row{r("conflate", off(10*ms)), r("queue-ball", waits(227*ms), off(10*ms))}, "queue-ball conflate"},
		"waits, beyond the noise":   {[]Row{r("conflate", off(10*ms)), r("queue-ball", waits(228*ms), off(10*ms))}, "conflate"},
		"waits, a millisecond more": {[]Row{r("conflate", waits(ms), off(0)), r("queue-ball", waits(2*ms), off(0))}, "queue-ball conflate"},

		"done, a fifth more": {[]Row{r("conflate"), r("queue-ball", p50(360*ms))}, "queue-ball conflate"},
		"done, later":        {[]Row{r("conflate"), r("queue-ball", p50(361*ms))}, "conflate"},
		"sent, a tenth more": {[]Row{r("conflate"), r("queue-ball", sent(22_000))}, "queue-ball conflate"},
		"sent, more":         {[]Row{r("conflate"), r("queue-ball", sent(22_001))}, "conflate"},
		"nothing was saved":  {[]Row{r("conflate", saves(0)), r("queue-ball", saves(0))}, "queue-ball conflate"},

		"a composition that asks less":       {[]Row{r("outbox"), r("switch+hold", waits(900*ms))}, "switch+hold"},
		"a composition that asks as much":    {[]Row{r("outbox"), r("switch+sequenced", waits(ms))}, "outbox"},
		"a composition, and nobody else":     {[]Row{r("outbox", racy), r("switch+sequenced")}, "switch+sequenced"},
		"a composition is faster":            {[]Row{r("conflate"), r("switch+hold", waits(ms))}, "conflate"},
		"a composition that is less loud":    {[]Row{r("conflate", loud(20)), r("switch+sequenced")}, "switch+sequenced"},
		"a composition, and hardly loud":     {[]Row{r("conflate", loud(10)), r("switch+hold")}, "conflate"},
		"a composition that does not answer": {[]Row{r("outbox"), r("switch+hold", unanswered(9000)), r("conflate+sequenced")}, "outbox"},
	} {
		var names []string
		for _, e := range best(c.rows) {
			names = append(names, e.Name)
		}
		want := strings.Fields(c.want)
		slices.Sort(names)
		slices.Sort(want)
		if !slices.Equal(names, want) {
			t.Errorf("%s: %v, want %v", what, names, want)
		}
	}
}

// TestPreference: which of several that are equal is the first.
func TestPreference(t *testing.T) {
	plain := func(c *candidate) {}
	for what, c := range map[string]struct{ first, second func(*candidate) }{
		"one's own":         {func(c *candidate) { c.own = true }, func(c *candidate) { c.proved = 60 }},
		"plain":             {plain, func(c *candidate) { c.composed, c.proved = true, 60 }},
		"changes nothing":   {func(c *candidate) { c.needs = true }, func(c *candidate) { c.changes, c.proved = true, 60 }},
		"needs nothing":     {plain, func(c *candidate) { c.needs, c.proved = true, 60 }},
		"proved most often": {func(c *candidate) { c.proved = 2 }, func(c *candidate) { c.proved, c.neverLoud = 1, 9 }},
		"never loud":        {func(c *candidate) { c.neverLoud = 2 }, func(c *candidate) { c.neverLoud = 1 }},
		"the catalogue":     {plain, func(c *candidate) { c.place = 1 }},
	} {
		a, b := &candidate{Entry: strategies.Entry{Name: "a"}}, &candidate{Entry: strategies.Entry{Name: "b"}}
		c.first(a)
		c.second(b)
		if got := preference([]*candidate{b, a}); got[0] != a {
			t.Errorf("%s: the other one comes first", what)
		}
	}
	var equal []*candidate
	for i, name := range strings.Fields("promise-chain switch other implicit-callbacks ignore-stale save-queue") {
		equal = append(equal, &candidate{Entry: strategies.Entry{Name: name}, place: i})
	}
	got := ""
	for _, c := range preference(equal) {
		got += " " + c.Name
	}
	if want := " save-queue promise-chain ignore-stale switch other implicit-callbacks"; got != want {
		t.Errorf("those that people know:%s, want%s", got, want)
	}
}

// TestRank: the order in which rows are shown.
func TestRank(t *testing.T) {
	r := func(name string, changes ...func(*Row)) Row { return with(t, name, changes...) }
	rows := []Row{
		r("polling", bounded),
		r("retry", ends(judge.Wrong, 9000)),
		r("batch", ends(judge.Stuck, 20)),
		r("naive", ends(judge.Wrong, 10_000)),
		r("switch", ends(judge.Wrong, 10_000), waits(ms)),
		r("debounce", racy),
		r("refuse", ends(judge.Loud, 3)),
		r("hold-as-published", waits(ms)),
		r("conflate", waits(900*ms)),
		r("queue-ball", waits(260*ms), sent(10_000)),
		r("callbacks", waits(250*ms)),
		r("outbox"),
	}
	got := ""
	for _, row := range Rank(rows) {
		got += " " + row.Entry.Name + row.State().Mark()
	}
	if want := " queue-ball✓ hold-as-published✓ callbacks✓ conflate✓ outbox✓ refuse! debounce○ batch… retry✗ switch✗ naive✗ polling?"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if rows[0].Entry.Name != "polling" {
		t.Error("the rows that were handed over have moved")
	}
}

// TestAlso: what stands beside an answer.
func TestAlso(t *testing.T) {
	one := func(rows ...Row) (all []Known) {
		for _, r := range rows {
			all = append(all, Known{r.Entry, []Row{r}})
		}
		return all
	}
	r := func(name string, changes ...func(*Row)) Row { return with(t, name, changes...) }
	loud, wrong := func(n int) func(*Row) { return ends(judge.Loud, n) }, func(n int) func(*Row) { return ends(judge.Wrong, n) }
	for what, c := range map[string]struct {
		rows []Row
		want string
	}{
		"told":                         {[]Row{r("refuse", loud(9000))}, "told refuse"},
		"nothing":                      {[]Row{r("naive"), r("sequenced", waits(ms))}, "nothing naive"},
		"faster with the server":       {[]Row{r("conflate"), r("sequenced", waits(170*ms))}, "use conflate; server sequenced"},
		"hardly faster":                {[]Row{r("conflate"), r("sequenced", waits(171*ms))}, "use conflate"},
		"faster and loud":              {[]Row{r("conflate"), r("sequenced", waits(ms), loud(1))}, "use conflate"},
		"faster, and does not answer":  {[]Row{r("conflate"), r("sequenced", waits(ms), unanswered(900))}, "use conflate"},
		"the server, and no button":    {[]Row{r("disabled-buttons"), r("client-id", waits(900*ms))}, "use disabled-buttons; server client-id"},
		"needs the server":             {[]Row{r("outbox"), r("polling", loud(9000))}, "use outbox; client-only polling"},
		"needs the server, or buttons": {[]Row{r("outbox"), r("block-ui", impeded)}, "use outbox; client-only block-ui"},
		"needs the server, and nobody": {[]Row{r("outbox"), r("polling", racy)}, "use outbox"},
		"your own":                     {[]Row{r("naive"), ours(r("retry", waits(900*ms))), r("conflate")}, "keep ours"},
		"your own, and loud":           {[]Row{r("naive"), ours(r("retry", loud(1)))}, "nothing naive"},
		"your own can lose":            {[]Row{ours(r("retry", racy)), r("conflate")}, "use conflate"},
		"your own, as good":            {[]Row{r("conflate", loud(1000)), ours(r("retry", loud(1010)))}, "told ours; as-good conflate"},
		"closest":                      {[]Row{r("naive", wrong(9000)), r("polling", wrong(500)), r("if-match", wrong(490), waits(ms))}, "none ; closest polling"},
		"closest, and further away":    {[]Row{r("polling", wrong(700)), r("if-match", wrong(490))}, "none ; closest if-match"},
		"all lose always":              {[]Row{r("polling", wrong(10_000)), r("if-match", wrong(10_000))}, "none"},
	} {
		if got := inLine(new(Choose(one(c.rows...), nil))); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

// TestSeveral: in several scenarios costs are the mean, loud trials add up, and who
// is not safe in all of them is no answer.
func TestSeveral(t *testing.T) {
	row := func(name string, changes ...func(*Row)) Row { return with(t, name, changes...) }
	k := func(rows ...Row) Known { return Known{rows[0].Entry, rows} }
	loud := ends(judge.Loud, 10)
	for what, c := range map[string]struct {
		all  []Known
		want string
	}{
		"the mean": {[]Known{
			k(row("conflate", waits(100*ms)), row("conflate", waits(300*ms))),
			k(row("debounce", waits(300*ms)), row("debounce", waits(100*ms))),
			k(row("batch", waits(100*ms)), row("batch", waits(350*ms))),
		}, "use conflate; as-good debounce"},
		"the noise of a mean": {[]Known{
			k(row("conflate", off(10*ms)), row("conflate", off(10*ms))),
			k(row("debounce", off(10*ms), waits(222*ms)), row("debounce", off(10*ms), waits(222*ms))),
		}, "use conflate"},
		"safe in all": {[]Known{
			k(row("conflate", waits(ms)), row("conflate", racy)), k(row("polling"), row("polling")),
		}, "use polling"},
		"loud in one": {[]Known{
			k(row("conflate", waits(ms)), row("conflate", loud)), k(row("polling"), row("polling")),
		}, "use polling"},
		"asked in one": {[]Known{
			k(row("block-ui", waits(ms)), row("block-ui", waits(ms), impeded)), k(row("polling"), row("polling")),
		}, "use polling"},
		"nobody: most": {[]Known{
			k(row("conflate", racy), row("conflate"), row("conflate"), row("conflate"), row("conflate")),
			k(row("polling", racy), row("polling"), row("polling"), row("polling", loud), row("polling")),
			k(row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox", racy)),
			k(row("block-ui", racy, impeded), row("block-ui", racy), row("block-ui"), row("block-ui"), row("block-ui")),
		}, "none conflate"},
		"nobody: a quarter more": {[]Known{
			k(row("conflate", racy), row("conflate"), row("conflate"), row("conflate"), row("conflate"), row("conflate", racy)),
			k(row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox", racy)),
		}, "none outbox"},
		"nobody: less than a quarter more": {[]Known{
			k(row("conflate", racy), row("conflate"), row("conflate"), row("conflate"), row("conflate"), row("conflate"), row("conflate", racy)),
			k(row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox"), row("outbox", racy)),
		}, "none conflate; server outbox"},
		"nobody: by what they cost where all are safe": {[]Known{
			k(row("conflate", racy, waits(900*ms)), row("conflate", waits(900*ms)), row("conflate", waits(100*ms))),
			k(row("polling"), row("polling", racy, waits(ms)), row("polling")),
		}, "none conflate"},
	} {
		if got := inLine(new(Choose(c.all, nil))); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

// TestOwn: of a client of the user's own it is known what the run has found out, and
// nobody probes it; what makes its orders prove nothing makes it no answer.
func TestOwn(t *testing.T) {
	s, err := scenarios.Find("nobody-else-edits")
	if err != nil {
		t.Fatal(err)
	}
	ss, es := []*scenarios.Scenario{s}, []strategies.Entry{ours(Row{}).Entry, testkit.Strategy(t, "conflate")}
	o := report.Options{Seed: 1, Trials: 50}
	found, err := Probe(t.Context(), ss, es, strategies.Catalogue, o)
	if err != nil {
		t.Fatal(err)
	}
	for want, sound := range map[string]error{"keep ours": nil, "use conflate": errors.New("it looks at the clock")} {
		o.Sound = func(*scenarios.Scenario, strategies.Entry) error { return sound }
		m, err := report.Run(t.Context(), ss, es, o)
		if got := found.Answer(t.Context(), m); err != nil || inLine(got) != want {
			t.Errorf("%s, %v, want %s", inLine(got), err, want)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Probe(stopped, ss, es, strategies.Catalogue, o); err == nil {
		t.Error("it has an answer though it was stopped")
	}
}

// TestAgain: when compositions are asked too.
func TestAgain(t *testing.T) {
	one := func(r Row) []Known { return []Known{{r.Entry, []Row{r}}} }
	for what, c := range map[string]struct {
		all  []Known
		want bool
	}{
		"plain":            {one(with(t, "conflate")), false},
		"hardly ever loud": {one(with(t, "conflate", ends(judge.Loud, 10))), false},
		"loud":             {one(with(t, "conflate", ends(judge.Loud, 11))), true},
		"the server":       {one(with(t, "outbox")), true},
		"the user":         {one(with(t, "block-ui", blocks)), true},
		"nobody":           {one(with(t, "conflate", racy)), true},
		"nothing":          {nil, false},
	} {
		if got := Again(c.all); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}

// BenchmarkRank puts the whole catalogue in order, as the screen does when results
// come in.
func BenchmarkRank(b *testing.B) {
	s := scenarios.All()[0]
	var rows []Row
	for _, k := range probeAll(b.Context(), []*scenarios.Scenario{s}, Candidates(strategies.Catalogue), report.Options{Seed: 1, Trials: 500}) {
		rows = append(rows, k.Rows...)
	}
	b.ReportAllocs()
	for b.Loop() {
		Rank(rows)
	}
}
