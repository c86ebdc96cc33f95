package report

import (
	"fmt"
	"slices"
	"strings"

	"photofinish/report/tell"
	"photofinish/strategies"
)

// Named is a share with the name of the file that it was read from.
type Named struct {
	Name string
	*Partial
}

// Merge puts all shares of a run together. What comes out is what one run
// would have given, to the last bit. The error says which share is missing, is
// there twice, is not complete, or belongs to another run.
func Merge(parts []Named) (*Matrix, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("nothing to merge")
	}
	first := parts[0]
	byShard := make([]*Named, first.Of+1)
	for i := range parts {
		p := &parts[i]
		if what := first.differs(p.Partial); what != "" {
			return nil, fmt.Errorf("%s and %s do not belong together: they differ in %s", first.Name, p.Name, what)
		}
		if was := byShard[p.Shard]; was != nil {
			return nil, fmt.Errorf("shard %d is there twice: %s and %s", p.Shard, was.Name, p.Name)
		}
		if !p.Complete() {
			done, all := p.Done()
			return nil, fmt.Errorf("%s is not complete: %s of %s trials; go on with it by --resume", p.Name, tell.Grouped(done), tell.Grouped(all))
		}
		byShard[p.Shard] = p
	}
	var missing []string
	for i, p := range byShard[1:] {
		if p == nil {
			missing = append(missing, fmt.Sprint(i+1))
		}
	}
	if n := len(missing); n > 0 {
		if n > 8 {
			missing = append(missing[:8], "…")
		}
		return nil, fmt.Errorf("of %d shards there is no %s", first.Of, strings.Join(missing, ", "))
	}
	whole := NewPartial(first.Scenarios, first.Strategies, first.Options, 1, 1)
	whole.Choice = first.Choice
	for _, p := range byShard[1:] {
		whole.add(p.Partial)
	}
	for i, s := range whole.Scenarios {
		for j, e := range whole.Strategies {
			if err := whole.contradiction(i, j); err != nil {
				return nil, fmt.Errorf("the shards do not fit each other: %s under %s: %w; run them again", tell.Clean(s.Ref()), e.Name, err)
			}
		}
	}
	return whole.Matrix(), nil
}

// add adds the next share.
func (p *Partial) add(o *Partial) {
	for i := range p.cells {
		for j, c := range p.cells[i] {
			c.gap = c.gap || c.sum.Trials < o.from()
			c.merge(o.cells[i][j])
			if o.ownsOrders(i, j) {
				p.orders[i][j], p.replayed[i][j] = o.orders[i][j], o.replayed[i][j]
			}
		}
	}
}

// differs says in what two shares differ that must be the same; "" if they
// belong to one run.
func (p *Partial) differs(o *Partial) string {
	texts := func(p *Partial) (all []string) {
		for _, s := range p.Scenarios {
			all = append(all, s.File, string(s.YAML()))
		}
		return all
	}
	names := func(p *Partial) []string { return strategies.Lineup(p.Strategies).Names() }
	switch {
	case p.Of != o.Of:
		return fmt.Sprintf("how many shards there are (%d, %d)", p.Of, o.Of)
	case p.Seed != o.Seed:
		return fmt.Sprintf("the seed (%d, %d)", p.Seed, o.Seed)
	case p.Trials != o.Trials:
		return fmt.Sprintf("the number of trials (%d, %d)", p.Trials, o.Trials)
	case p.Latency != o.Latency:
		return "the latencies"
	case p.SavesADay != o.SavesADay || p.Within != o.Within:
		return "the saves a day, or the time of a cell (--within)"
	case !slices.Equal(names(p), names(o)), !slices.Equal(p.Named, o.Named), !slices.Equal(p.Added, o.Added):
		return "the strategies"
	case !slices.Equal(texts(p), texts(o)):
		return "the scenarios"
	}
	return ""
}

// Continues says why this share cannot go on where another, that was written
// down, has stopped; "" if it can, and then it does.
func (p *Partial) Continues(o *Partial) string {
	if what := p.differs(o); what != "" {
		return what
	}
	if p.Shard != o.Shard {
		return fmt.Sprintf("the shard (%d, %d)", p.Shard, o.Shard)
	}
	p.cells, p.orders, p.replayed = o.cells, o.orders, o.replayed
	return ""
}
