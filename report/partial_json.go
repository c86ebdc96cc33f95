package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"photofinish/report/latency"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// partialFile is how a share is written down. Scenarios stand in it whole, so
// that who merges does not need their files.
type partialFile struct {
	Partial    int    `json:"photofinishPartial"` // the version of the format
	Program    string `json:"program"`
	Shard      int    `json:"shard"`
	Of         int    `json:"of"`
	Seed       uint64 `json:"seed"`
	Trials     int    `json:"trials"`
	SavesADay  int    `json:"savesADay,omitempty"`
	Latency    latency.RoundTrip
	Strategies []string       `json:"strategies"`
	Scenarios  []scenarioText `json:"scenarios"`
	Cells      [][]cellFile   `json:"cells"`
}

type scenarioText struct {
	File string `json:"file,omitempty"`
	Text string `json:"text"`
}

// cellFile is what the trials of a cell added up to. Times are in ns, but for
// Blocked, which is in µs.
type cellFile struct {
	Trials   int                   `json:"trials"`
	Verdicts [judge.Wrong + 1]int  `json:"verdicts"`
	Kinds    [len(judge.Kinds)]int `json:"kinds"`
	First    *firstFile            `json:"first,omitempty"`
	Requests int64                 `json:"requests"`
	Blocked  int64                 `json:"blocked"`
	Settled  [][3]int64            `json:"settled"` // bucket, how many, the least
	Orders   *explore.Result       `json:"orders,omitempty"`
}

type firstFile struct {
	Seed    uint64        `json:"seed"`
	Verdict judge.Verdict `json:"verdict"`
	Kinds   Kinds         `json:"kinds"`
}

// partialVersion is that of the format.
const partialVersion = 1

// Write writes the share down, whether or not it is complete. Program is the
// version of the program, which all shares must have in common.
func (p *Partial) Write(w io.Writer, program string) error {
	f := partialFile{
		Partial: partialVersion, Program: program, Shard: p.Shard, Of: p.Of,
		Seed: p.Seed, Trials: p.Trials, SavesADay: p.SavesADay, Latency: p.Latency,
	}
	for _, e := range p.Strategies {
		f.Strategies = append(f.Strategies, e.Name)
	}
	for i, s := range p.Scenarios {
		f.Scenarios = append(f.Scenarios, scenarioText{s.File, string(s.YAML())})
		var row []cellFile
		for j, c := range p.cells[i] {
			cell := c.file()
			if o := &p.orders[i][j]; o.Classes > 0 {
				cell.Orders = o
			}
			row = append(row, cell)
		}
		f.Cells = append(f.Cells, row)
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(f); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (t *sums) file() cellFile {
	c := cellFile{
		Trials: t.sum.Trials, Verdicts: t.sum.Verdicts, Kinds: t.sum.Kinds, Requests: t.requests, Blocked: t.blocked,
		Settled: [][3]int64{},
	}
	if b := t.sum.FirstBad; b.Verdict.Bad() {
		c.First = &firstFile{b.Seed, b.Verdict, b.Kinds}
	}
	for b, n := range t.settled.count {
		if n > 0 {
			c.Settled = append(c.Settled, [3]int64{int64(b), int64(n), int64(t.settled.least[b])})
		}
	}
	return c
}

// ReadPartial reads a share that was written down. The error says what is not
// as it was written.
func ReadPartial(r io.Reader, program string) (*Partial, error) {
	var f partialFile
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("this is no partial result: %w", err)
	}
	switch {
	case f.Partial != partialVersion:
		return nil, fmt.Errorf("a partial result of version %d, and this program knows version %d", f.Partial, partialVersion)
	case f.Program != program:
		return nil, fmt.Errorf("it was made by version %q, and this is version %q: take the same program everywhere", f.Program, program)
	case f.Of < 1 || f.Of > MaxShards || f.Shard < 1 || f.Shard > f.Of:
		return nil, fmt.Errorf("there is no shard %d of %d", f.Shard, f.Of)
	case f.Trials < 1 || f.Trials > 10_000_000 || f.Seed > scenarios.MaxSeed || f.SavesADay < 0:
		return nil, errors.New("its seed, its trials or its saves a day are out of bounds")
	case len(f.Cells) != len(f.Scenarios) || len(f.Scenarios) == 0 || len(f.Strategies) == 0:
		return nil, errors.New("its cells are not those of its scenarios")
	}
	return f.partial()
}

// MaxShards is how many shares there can be.
const MaxShards = 100_000

func (f *partialFile) partial() (*Partial, error) {
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
		e, err := strategies.Find(name)
		if err != nil {
			return nil, err
		}
		es = append(es, e)
	}
	o := Options{Seed: f.Seed, Trials: f.Trials, SavesADay: f.SavesADay, Latency: f.Latency}
	p := NewPartial(ss, es, o, f.Shard, f.Of)
	for i, row := range f.Cells {
		if len(row) != len(es) {
			return nil, errors.New("its cells are not those of its strategies")
		}
		for j := range row {
			if err := row[j].into(p.cells[i][j], p.quota()); err != nil {
				return nil, fmt.Errorf("%s under %s: %w", Clean(ss[i].Name), es[j].Name, err)
			}
			if o := row[j].Orders; o != nil {
				p.orders[i][j] = *o
			}
		}
	}
	return p, nil
}

// into fills sums with what was written down, if that can be what so many
// trials add up to.
func (c *cellFile) into(t *sums, quota int) error {
	verdicts, settled := 0, int64(0)
	for _, n := range c.Verdicts {
		verdicts += n
		if n < 0 {
			return errors.New("a count below 0")
		}
	}
	for _, n := range c.Kinds {
		if n < 0 || n > c.Trials {
			return errors.New("more anomalies than trials")
		}
	}
	for _, b := range c.Settled {
		if b[0] < 0 || b[0] >= buckets || b[1] < 1 || b[1] > int64(quota) || bucket(time.Duration(b[2])) != int(b[0]) {
			return errors.New("times that are none")
		}
		t.settled.count[b[0]] += uint32(b[1])
		t.settled.least[b[0]] = time.Duration(b[2])
		settled += b[1]
	}
	bad := c.Verdicts[judge.Stuck]+c.Verdicts[judge.Wrong] > 0
	switch {
	case c.Trials < 0 || c.Trials > quota || verdicts != c.Trials || settled != int64(c.Trials) || c.Requests < 0 || c.Blocked < 0:
		return fmt.Errorf("its figures are not those of %d trials", c.Trials)
	case bad != (c.First != nil), bad && (c.First.Verdict > judge.Wrong || !c.First.Verdict.Bad() || c.First.Kinds >= 1<<len(judge.Kinds) || c.First.Seed > scenarios.MaxSeed):
		return errors.New("its first bad trial is none")
	}
	t.sum.Trials, t.sum.Verdicts, t.sum.Kinds, t.requests, t.blocked = c.Trials, c.Verdicts, c.Kinds, c.Requests, c.Blocked
	if c.First != nil {
		t.sum.FirstBad.Seed, t.sum.FirstBad.Verdict, t.sum.FirstBad.Kinds = c.First.Seed, c.First.Verdict, c.First.Kinds
	}
	return nil
}
