package lessons

import (
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// setting decodes what a step shows. What it does not say stands at the top.
func (d *decoder) setting(o strict.Object) Setting {
	s := Setting{
		Scenario:   strict.Optional(o, "scenario", d.scenario, d.base.Scenario),
		Strategies: strict.Optional(o, "strategies", d.strategies, d.base.Strategies),
		Thing:      strict.Optional(o, "thing", d.Label, d.base.Thing),
	}
	if e, ok := o.Find("worlds"); ok {
		s.Worlds = d.worlds(e.Value)
		if e, both := o.Find("scenario"); both {
			d.Fail(e.At, `there is a "scenario" beside the "worlds": leave one of them out`)
		}
		if d.Err == nil {
			s.Scenario = s.Worlds[0]
		}
	}
	if s.Scenario == nil {
		d.Fail(o.Node, `%s needs the key "scenario", here or at the top of the lesson`, o.What)
	}
	if d.Err == nil {
		s.Scenario = d.adjust(o, *s.Scenario)
	}
	for i := range s.Worlds {
		if d.Err == nil {
			s.Worlds[i] = d.adjust(o, *s.Worlds[i])
		}
	}
	return s
}

// worlds decodes a list of scenarios in which one strategy is asked about.
func (d *decoder) worlds(n ast.Node) (all []*scenarios.Scenario) {
	list := d.List(n, "worlds")
	if len(list) < 2 || len(list) > maxLanes {
		d.Fail(n, "worlds must be a list of 2 to %d", maxLanes)
	}
	for _, n := range list {
		s := d.scenario(n, "scenario")
		if d.Err != nil {
			return nil
		}
		if slices.ContainsFunc(all, func(o *scenarios.Scenario) bool { return o.Name == s.Name }) {
			d.Fail(n, "%s is here twice", strict.Quote(s.Name))
		}
		all = append(all, s)
	}
	return all
}

// adjust returns the scenario with what the step changes in it.
func (d *decoder) adjust(o strict.Object, s scenarios.Scenario) *scenarios.Scenario {
	if e, ok := o.Find("network"); ok {
		s.Script = s.Script.Unpinned()
		s.Network, s.Script.Network = scenarios.DecodeNetwork(d.Decoder, e.Value)
	}
	if e, ok := o.Find("seed"); ok {
		s.Script = s.Script.Unpinned()
		s.Seed = uint64(d.Whole(1, scenarios.MaxSeed)(e.Value, "seed"))
	}
	if e, ok := o.Find("gap"); ok {
		gap := d.Duration(e.Value, "gap")
		script := s.Script.Copy()
		for i := range script.Actions {
			script.Actions[i].At = min(script.Actions[0].At+time.Duration(i)*gap, strict.MaxDuration)
		}
		s.Script = script
	}
	return &s
}
