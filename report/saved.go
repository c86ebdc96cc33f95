package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// partialFile is how a share is written down. Scenarios stand in it whole, so
// that who merges does not need their files.
type partialFile struct {
	Partial    int           `json:"photofinishPartial"` // the version of the format
	Program    string        `json:"program"`
	Shard      int           `json:"shard"`
	Of         int           `json:"of"`
	Seed       uint64        `json:"seed"`
	Trials     int           `json:"trials"`
	SavesADay  int           `json:"savesADay,omitempty"`
	Within     time.Duration `json:"withinNs,omitempty"` // 0 or less: [OwnWithin]
	Latency    latency.RoundTrip
	Strategies []string       `json:"strategies"`
	Named      []string       `json:"named,omitempty"` // see [Choice]
	Added      []string       `json:"added,omitempty"`
	Scenarios  []scenarioText `json:"scenarios"`
	Cells      [][]cellFile   `json:"cells"`

	// What clients of the user's own ran on, by the names of the strategies. Their
	// figures are of that, and are put together with those of nothing else.
	Programs map[string]programFile `json:"programs,omitempty"`
}

// programFile is what a [strategies.Own] ran on.
type programFile struct {
	Runs   string   `json:"runs"`
	Of     []string `json:"of"`
	Bundle string   `json:"bundle"`
}

func programOf(o *strategies.Own) programFile { return programFile{o.Runs, o.Of, o.Bundle} }

func (p programFile) is(o programFile) bool {
	return p.Runs == o.Runs && slices.Equal(p.Of, o.Of) && p.Bundle == o.Bundle
}

type scenarioText struct {
	File string `json:"file,omitempty"`
	Text string `json:"text"`
}

// cellFile holds the sums of a cell. Times are in µs, but for the least of a
// bucket, which is in ns. Counts are slices, of which too few or too many can be
// told.
type cellFile struct {
	Trials   int         `json:"trials"`
	Verdicts []int       `json:"verdicts"`
	Kinds    []int       `json:"kinds"`
	First    *FirstBad   `json:"first,omitempty"`
	BadAt    badAt       `json:"badAt,omitempty"` // but where all are bad; the first of the share is trial 0
	Requests int64       `json:"requests"`
	Blocked  int64       `json:"blocked"`
	Settled  [][]int64   `json:"settled"` // but of the good trials: bucket, how many, the least
	Sent     int64       `json:"sent"`
	Saves    int64       `json:"saves"`
	Impeded  int64       `json:"impeded"`
	Answered int64       `json:"answered"`
	Waited   int64       `json:"waited"`
	OK       *goodFile   `json:"ok,omitempty"` // of trials that ended so, if any did
	Loud     *goodFile   `json:"loud,omitempty"`
	Orders   *ordersFile `json:"orders,omitempty"`
	Over     bool        `json:"over,omitempty"` // of a client of the user's own: its time was

	// How the scenario ends as its file pins it, of the share that has the orders.
	Replayed judge.Verdict `json:"replayed,omitempty"`
}

// goodFile is a [good] without the number of its trials, which verdicts has.
type goodFile struct {
	Clicks     int64     `json:"clicks"`
	Unanswered int64     `json:"unanswered"`
	Waits      int64     `json:"waits"`
	Blocked    int64     `json:"blocked"`
	Means      uint64    `json:"means"`
	Sum        uint64    `json:"sum"`
	Squares    [2]uint64 `json:"squares"` // high, low
	Settled    [][]int64 `json:"settled"`
}

// ordersFile is an [explore.Result].
type ordersFile struct {
	Classes  int64
	Orders   uint64
	Verdicts []int64
	Blocked  int64
	Refused  int64
	Complete bool
}

// partialVersion changes with the format: no version reads another.
const partialVersion = 3

// The bounds of what is written down.
const (
	MaxShards    = 100_000           // shares of a run
	MaxTrials    = 10_000_000        // of a cell
	MaxSavesADay = 1_000_000_000_000 // that rates are for
	MaxCells     = 20_000            // scenarios times strategies; each takes some 20 kB of memory, and of 100,000 trials 12 kB more
	maxPages     = 40 * MaxCells     // of all histograms: 60 kB a cell, many times what a run needs
	maxPartial   = 256 << 20         // bytes of a file
)

// Write writes the share down, whether or not it is complete. Program is the
// version of the program, which all shares must have in common.
func (p *Partial) Write(w io.Writer, program string) error {
	f := partialFile{
		Partial: partialVersion, Program: program, Shard: p.Shard, Of: p.Of,
		Seed: p.Seed, Trials: p.Trials, SavesADay: p.SavesADay, Within: p.Within, Latency: p.Latency,
		Strategies: strategies.Lineup(p.Strategies).Names(), Named: p.Named, Added: p.Added,
	}
	for _, e := range p.Strategies {
		if own := e.Own(); own != nil {
			if f.Programs == nil {
				f.Programs = map[string]programFile{}
			}
			f.Programs[e.Name] = programOf(own)
		}
	}
	for i, s := range p.Scenarios {
		f.Scenarios = append(f.Scenarios, scenarioText{s.File, string(s.YAML())})
		var row []cellFile
		for j, c := range p.cells[i] {
			cell := c.file()
			cell.Replayed = p.replayed[i][j]
			cell.BadAt = c.badAt.part(p.from(), c.sum.Trials).some(c.sum.Trials)
			if o := &p.orders[i][j]; o.Classes > 0 {
				cell.Orders = &ordersFile{o.Classes, o.Orders, o.Verdicts[:], o.Blocked, o.Refused, o.Complete}
			}
			row = append(row, cell)
		}
		f.Cells = append(f.Cells, row)
	}
	return json.NewEncoder(w).Encode(f)
}

func (t *sums) file() cellFile {
	c := cellFile{
		Trials: t.sum.Trials, Verdicts: t.sum.Verdicts[:], Kinds: t.sum.Kinds[:], Requests: t.requests, Blocked: t.blocked,
		Settled: t.settled.file(), Sent: t.costs.sent, Saves: t.costs.saves, Impeded: t.costs.impeded,
		Answered: t.costs.answered, Waited: t.costs.waited,
		OK: t.costs.good[judge.OK].file(), Loud: t.costs.good[judge.Loud].file(), Over: t.over,
	}
	if b := &t.sum.FirstBad; b.Verdict.Bad() {
		c.First = b
	}
	return c
}

func (g *good) file() *goodFile {
	if g.trials == 0 {
		return nil
	}
	return &goodFile{g.clicks, g.unanswered, g.waits, g.blocked, g.means, g.sum, [2]uint64{g.high, g.low}, g.settled.file()}
}

func (h *histogram) file() [][]int64 {
	list := [][]int64{}
	h.all(func(b int, n uint32, least time.Duration) bool {
		list = append(list, []int64{int64(b), int64(n), int64(least)})
		return true
	})
	return list
}

// ReadPartial reads a share that was written down, of strategies of a lineup.
// Nothing in it is believed: the error says what is not as a run writes it, in which
// cell, and what to do.
func ReadPartial(r io.Reader, program string, lineup strategies.Lineup) (*Partial, error) {
	f, err := decodePartial(r, maxPartial)
	if err != nil {
		return nil, err
	}
	switch {
	case f.Partial != partialVersion:
		return nil, fmt.Errorf("a partial result of version %d, and this program knows version %d", f.Partial, partialVersion)
	case f.Program != program:
		return nil, fmt.Errorf("it was made by version %q, and this is version %q: take the same program everywhere", f.Program, program)
	}
	if err := f.programs(lineup); err != nil {
		return nil, err
	}
	p, err := f.partial(lineup, maxPages)
	if err != nil {
		return nil, fmt.Errorf("%w: no run writes that; run this share again, without this file", err)
	}
	return p, nil
}

// decodePartial reads JSON of at most so many bytes, and nothing besides.
func decodePartial(r io.Reader, most int64) (*partialFile, error) {
	var f partialFile
	in := io.LimitedReader{R: r, N: most + 1}
	d := json.NewDecoder(&in)
	d.DisallowUnknownFields()
	err := d.Decode(&f)
	if err == nil && d.Decode(new(any)) != io.EOF {
		err = errors.New("something stands behind its end")
	}
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		err = fmt.Errorf("%s cannot be %s (byte %d)", cmp.Or(wrong.Field, "it"), tell.Clean(wrong.Value), wrong.Offset)
	}
	switch {
	case in.N == 0:
		return nil, fmt.Errorf("this is no partial result: it has more than %d bytes", most)
	case err != nil:
		return nil, fmt.Errorf("this is no partial result: %w", err)
	}
	return &f, nil
}

// programs holds what clients of the user's own ran on to what those of the lineup
// run on.
func (f *partialFile) programs(lineup strategies.Lineup) error {
	for _, name := range slices.Sorted(maps.Keys(f.Programs)) {
		was, clean := f.Programs[name], tell.Clean(name)
		var own *strategies.Own
		if e, err := lineup.Find(name); err == nil {
			own = e.Own()
		}
		switch {
		case own == nil:
			return fmt.Errorf("it has figures of a client of your own, %s: name that, as when it was made: --client %s=…", clean, clean)
		case !was.is(programOf(own)):
			is := programOf(own)
			return fmt.Errorf("%s ran on %s when this was made, and now it is %s: run this share again",
				clean, Ran(&strategies.Own{Runs: was.Runs, Of: was.Of, Bundle: was.Bundle}),
				Ran(&strategies.Own{Runs: is.Runs, Of: is.Of, Bundle: is.Bundle}))
		}
	}
	return nil
}

// partial returns the share, with every figure held to its bounds and to the
// others, and its histograms to so many pages in all.
func (f *partialFile) partial(lineup strategies.Lineup, pages int) (*Partial, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	var ss []*scenarios.Scenario
	var es []strategies.Entry
	for _, text := range f.Scenarios {
		s, err := scenarios.Parse(text.File, []byte(text.Text))
		if err != nil {
			return nil, fmt.Errorf("a scenario in it is broken: %w", err)
		}
		ss = append(ss, s)
	}
	for _, name := range f.Strategies {
		e, err := lineup.Find(name)
		if err != nil {
			return nil, err
		}
		if _, own := f.Programs[name]; own != (e.Own() != nil) {
			return nil, fmt.Errorf("programs does not say what %s ran on", tell.Clean(name))
		}
		es = append(es, e)
	}
	if err := checkLatency(f.Latency, ss); err != nil {
		return nil, err
	}
	o := Options{Seed: f.Seed, Trials: f.Trials, SavesADay: f.SavesADay, Within: f.Within, Latency: f.Latency}
	p := NewPartial(ss, es, o, f.Shard, f.Of)
	p.Choice = Choice{f.Named, f.Added}
	for i := range f.Cells {
		for j := range f.Cells[i] {
			if err := f.Cells[i][j].into(p, i, j); err != nil {
				return nil, fmt.Errorf("%s under %s: %w", tell.Clean(ss[i].Ref()), es[j].Name, err)
			}
			if pages -= p.cells[i][j].pages(); pages < 0 {
				return nil, fmt.Errorf("%s under %s: settled is spread too widely", tell.Clean(ss[i].Ref()), es[j].Name)
			}
		}
	}
	return p, nil
}

// into fills a cell with what was written down, if that can be what its trials
// add up to.
func (c *cellFile) into(p *Partial, i, j int) error {
	if err := c.check(p, i, j); err != nil {
		return err
	}
	t := p.cells[i][j]
	t.sum.Trials, t.requests, t.blocked, t.over = c.Trials, c.Requests, c.Blocked, c.Over
	copy(t.sum.Verdicts[:], c.Verdicts)
	copy(t.sum.Kinds[:], c.Kinds)
	if c.First != nil {
		t.sum.FirstBad = *c.First
	}
	t.settled.read(c.Settled)
	t.badAt = c.read(p)
	t.costs.sent, t.costs.saves, t.costs.impeded, t.costs.answered, t.costs.waited = c.Sent, c.Saves, c.Impeded, c.Answered, c.Waited
	for v, g := range c.good() {
		if g != nil {
			t.costs.good[v] = g.good(c.Verdicts[v])
		}
	}
	if o := c.Orders; o != nil {
		p.orders[i][j] = explore.Result{Classes: o.Classes, Orders: o.Orders, Blocked: o.Blocked, Refused: o.Refused, Complete: o.Complete}
		copy(p.orders[i][j].Verdicts[:], o.Verdicts)
	}
	p.replayed[i][j] = c.Replayed
	return p.contradiction(i, j)
}

// good returns what is said of the trials that are good, by how they ended.
func (c *cellFile) good() [judge.Loud + 1]*goodFile {
	return [...]*goodFile{judge.OK: c.OK, judge.Loud: c.Loud}
}

// good returns it as the sums of so many trials.
func (f *goodFile) good(trials int) good {
	g := good{
		trials: int64(trials), clicks: f.Clicks, unanswered: f.Unanswered, waits: f.Waits, blocked: f.Blocked,
		means: f.Means, sum: f.Sum, high: f.Squares[0], low: f.Squares[1],
	}
	g.settled.read(f.Settled)
	return g
}

// read fills a histogram with what was written down and checked.
func (h *histogram) read(list [][]int64) {
	for _, b := range list {
		h.put(int(b[0]), uint32(b[1]), time.Duration(b[2]))
	}
}
