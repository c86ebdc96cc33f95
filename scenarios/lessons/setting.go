package lessons

import (
	"time"

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
	if s.Scenario == nil {
		d.Fail(o.Node, `%s needs the key "scenario", here or at the top of the lesson`, o.What)
	}
	if d.Err == nil {
		s.Scenario = d.adjust(o, *s.Scenario)
	}
	return s
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
