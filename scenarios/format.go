package scenarios

import (
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// The keys of the format. The schema lists the same ones.
var (
	fileKeys        = []string{"name", "title", "about", "source", "seed", "given", "clients", "network", "steps", "expect"}
	networkKeys     = []string{"uplink", "downlink", "processing", "workers", "echo", "fifo", "connections", "timeout", "loss", "duplicates", "errors"}
	clientKeys      = []string{"skew"}
	stepKeys        = []string{"at", "do", "client", "person", "set", "saved", "to", "up", "down", "processing", "status", "lose", "twice"}
	expectationKeys = []string{"verdict", "anomalies", "odds", "orders"}
	oddsKeys        = []string{"below"}
)

// latencies lists the distributions with their parameters. The one parameter
// of those without keys is the value itself.
var latencies = [...]struct {
	name string
	keys []string
}{
	sim.Constant:    {"constant", nil},
	sim.Uniform:     {"uniform", []string{"from", "to"}},
	sim.Exponential: {"exponential", nil},
	sim.Lognormal:   {"lognormal", []string{"median", "p99"}},
	sim.Pareto:      {"pareto", []string{"min", "alpha"}},
	sim.Quantiles:   {"quantiles", []string{"p50", "p90", "p99"}},
}

var (
	legs   = []string{"up", "down"} // in the order of sim.Uplink, sim.Downlink
	orders = []string{RaceFree, Racy}
)

// scenario decodes a file.
func (d *decoder) scenario(data []byte) *Scenario {
	root := d.parse(data)
	if root == nil {
		return nil
	}
	o := d.object(root, "a scenario", fileKeys)
	d.script.ReadOnly = d.intern("read-only")
	s := &Scenario{
		File:   d.file,
		Name:   d.label(o.need("name"), "name"),
		Title:  optional(o, "title", d.line, ""),
		About:  optional(o, "about", d.prose, ""),
		Source: optional(o, "source", d.line, ""),
		Seed:   uint64(optional(o, "seed", d.whole(1, MaxSeed), 0)),
		Script: d.script,
	}
	if e, ok := o.find("given"); ok {
		d.script.Given = true
		d.script.GivenSets, d.script.GivenValues = d.fields(e.value, "given")
	}
	optional(o, "clients", d.clients, nil)
	s.Network, d.script.Network = d.network(o)
	d.steps(o.need("steps"))
	s.Expect = optional(o, "expect", d.expect, nil)
	return s
}

// clients decodes what is to be said of each client.
func (d *decoder) clients(n ast.Node, what string) any {
	for i, n := range d.list(n, what) {
		if i == sim.MaxClients {
			d.fail(n, "more than %d clients", sim.MaxClients)
			break
		}
		o := d.object(n, "a client", clientKeys)
		d.script.Skew[i] = optional(o, "skew", d.duration, 0)
	}
	return nil
}

// steps decodes the user's actions.
func (d *decoder) steps(n ast.Node) {
	list := d.list(n, "steps")
	if len(list) == 0 {
		d.fail(n, "a scenario needs at least one step")
	}
	var last time.Duration
	for i, n := range list {
		if i == sim.MaxActions {
			d.fail(n, "more than %d steps", sim.MaxActions)
			return
		}
		a := d.step(n, i+1, last)
		d.script.Actions = append(d.script.Actions, a)
		last = a.At
	}
}

// step decodes an action. The one before it is at last.
func (d *decoder) step(n ast.Node, number int, last time.Duration) sim.Action {
	o := d.object(n, "a step", stepKeys)
	at := o.need("at")
	a := sim.Action{
		Number:     number,
		At:         d.duration(at, "at"),
		Do:         sim.Do(d.word(o.need("do"), "action", sim.Dos())),
		Client:     uint8(optional(o, "client", d.whole(1, sim.MaxClients), 1) - 1),
		Person:     uint8(optional(o, "person", d.whole(1, sim.MaxPersons), 1) - 1),
		Up:         optional(o, "up", d.duration, sim.Unpinned),
		Down:       optional(o, "down", d.duration, sim.Unpinned),
		Processing: optional(o, "processing", d.aboveZero("leave it out to leave it to chance"), 0),
		Status:     int(optional(o, "status", d.whole(400, 599), 0)),
		Lose:       optional(o, "lose", d.leg, sim.NoLeg),
		Twice:      optional(o, "twice", d.flag, false),
	}
	if a.At < last {
		d.fail(at, "steps stand in order of time, and %v comes after %v", a.At, last)
	}
	d.writes(o, &a)
	return a
}

// writes decodes what an action writes.
func (d *decoder) writes(o object, a *sim.Action) {
	set, hasSet := o.find("set")
	to, hasTo := o.find("to")
	switch {
	case hasSet && a.Do != sim.Create && a.Do != sim.Update:
		d.fail(set.at, `%v takes no "set": only create and update do`, a.Do)
	case hasTo && a.Do != sim.SetPermissions:
		d.fail(to.at, `%v takes no "to": only set-permissions does`, a.Do)
	case a.Do == sim.SetPermissions:
		a.Sets = a.Sets.With(sim.Permissions)
		if !hasTo {
			d.fail(o.node, `set-permissions needs the key "to", as to: read-only`)
			return
		}
		a.Values[sim.Permissions] = d.intern(d.text(to.value, "to"))
	case hasSet:
		a.Sets, a.Values = d.fields(set.value, "set")
	}
	if saved, ok := o.find("saved"); ok {
		if a.Do != sim.Create && a.Do != sim.Update {
			d.fail(saved.at, `%v takes no "saved": only create and update do`, a.Do)
			return
		}
		a.Saves, a.Saved = d.fields(saved.value, "saved")
	}
	if a.Do == sim.Update && a.Sets == 0 {
		d.fail(o.node, `an update needs a "set" with at least one field`)
	}
}

// leg decodes the name of a leg.
func (d *decoder) leg(n ast.Node, _ string) sim.Leg {
	return sim.Uplink + sim.Leg(d.word(n, "leg", legs))
}

// fields decodes the fields that are written, and with what.
func (d *decoder) fields(n ast.Node, what string) (sets sim.FieldSet, ids [sim.NumFields]sim.ValueID) {
	var values [sim.NumFields]any
	for _, e := range d.mapping(n, what).entries {
		if f := d.field(e); f >= 0 {
			sets = sets.With(f)
			values[f] = d.scalar(e.value, quote(e.key))
		}
	}
	// By number, not as they stand: a file written anew has the same numbers.
	for f := range sets.All {
		ids[f] = d.intern(values[f])
	}
	return sets, ids
}

// field returns the number of a field, in order of first appearance, and -1
// if it cannot be one.
func (d *decoder) field(e entry) int {
	name := d.label(e.at, "the name of a field")
	for f, known := range d.script.Fields {
		if known == name {
			return f
		}
	}
	switch {
	case name == "id" || name == "permissions":
		d.fail(e.at, "%s cannot be the name of a field: it has a meaning of its own", name)
		return -1
	case len(d.script.Fields) == sim.MaxFields:
		d.fail(e.at, "more than %d different fields", sim.MaxFields)
		return -1
	}
	d.script.Fields = append(d.script.Fields, name)
	return len(d.script.Fields) - 1
}

// intern returns the number of a value, the same for equal ones.
func (d *decoder) intern(v any) sim.ValueID {
	id, ok := d.values[v]
	if !ok {
		id = sim.ValueID(len(d.script.Values))
		d.values[v] = id
		d.script.Values = append(d.script.Values, v)
	}
	return id
}

// network decodes a preset's name, or a network that is spelled out and has
// none. If nothing is said of it, it is the default preset.
func (d *decoder) network(o object) (string, sim.Network) {
	preset, _ := Network(DefaultNetwork)
	if e, ok := o.find("network"); ok {
		if _, ok := e.value.(*ast.MappingNode); ok {
			return "", d.spelledOut(e.value, preset.Network)
		}
		names := networkNames()
		preset, _ = Network(names[d.word(e.value, "network", names)])
	}
	return preset.Name, preset.Network
}

// spelledOut decodes the parts of a network. A leg that is left out stays as
// it is in net.
func (d *decoder) spelledOut(n ast.Node, net sim.Network) sim.Network {
	o := d.object(n, "network", networkKeys)
	net.Up = optional(o, "uplink", d.latency, net.Up)
	net.Down = optional(o, "downlink", d.latency, net.Down)
	net.Processing = optional(o, "processing", d.latency, net.Processing)
	net.Workers = int(optional(o, "workers", d.whole(1, 1000), 0))
	net.Echo = optional(o, "echo", d.flag, false)
	net.Fifo = optional(o, "fifo", d.flag, false)
	net.Connections = int(optional(o, "connections", d.whole(1, 1000), 0))
	net.Timeout = optional(o, "timeout", d.aboveZero("leave it out to wait for ever"), 0)
	net.Loss = optional(o, "loss", d.share, 0)
	net.Duplicates = optional(o, "duplicates", d.share, 0)
	net.Errors = optional(o, "errors", d.share, 0)
	return net
}

// aboveZero returns a reader of durations above 0, which says what to do
// instead of writing 0.
func (d *decoder) aboveZero(instead string) func(n ast.Node, what string) time.Duration {
	return func(n ast.Node, what string) time.Duration {
		t := d.duration(n, what)
		if t == 0 {
			d.fail(n, "%s must be above 0: %s", what, instead)
		}
		return t
	}
}

// latency decodes a distribution.
func (d *decoder) latency(n ast.Node, what string) sim.Latency {
	o := d.mapping(n, what)
	if len(o.entries) != 1 {
		d.fail(n, "%s must be one distribution, such as {constant: 50ms}", what)
		return sim.Latency{}
	}
	var names []string
	for _, l := range latencies {
		names = append(names, l.name)
	}
	e := o.entries[0]
	kind := sim.Distribution(d.word(e.at, "distribution", names))
	p, alpha := d.parameters(kind, e.value)
	for i, keys := 1, latencies[kind].keys; i < len(p); i++ {
		if p[i] < p[i-1] {
			d.fail(e.value, "%s is %v, less than %s, which is %v: they must ascend", keys[i], p[i], keys[i-1], p[i-1])
		}
	}
	l, err := sim.NewLatency(kind, alpha, p...)
	if err != nil {
		d.fail(e.value, "%v", err)
	}
	return l
}

// parameters decodes the parameters of a distribution.
func (d *decoder) parameters(kind sim.Distribution, n ast.Node) (p []time.Duration, alpha float64) {
	l := latencies[kind]
	if l.keys == nil {
		return []time.Duration{d.duration(n, l.name)}, 0
	}
	o := d.object(n, l.name, l.keys)
	for _, key := range l.keys {
		n := o.need(key)
		if key != "alpha" {
			p = append(p, d.duration(n, key))
		} else if alpha, _ = value(n).(float64); alpha <= 0 {
			d.wrong(n, key, "a number above 0")
		}
	}
	return p, alpha
}

// expect decodes what is expected, strategy by strategy.
func (d *decoder) expect(n ast.Node, what string) []Expectation {
	var all []Expectation
	for _, e := range d.mapping(n, what).entries {
		d.checkStrategy(e)
		at := start(e.at).Position
		x := Expectation{Strategy: e.key, Line: at.Line, Column: at.Column}
		d.expectation(e.value, &x)
		all = append(all, x)
	}
	return all
}

// checkStrategy refuses a strategy that there is not.
func (d *decoder) checkStrategy(e entry) {
	if _, err := strategies.Find(e.key); err == nil {
		return
	}
	var known []string
	for _, name := range strategies.Names() {
		known = append(known, name)
		for _, layer := range strategies.Layers() {
			if over := name + "+" + layer; over != e.key {
				known = append(known, over)
			}
		}
	}
	d.fail(e.at, "%s", unknown("strategy", e.key, known))
}

// expectation decodes what is expected of one strategy.
func (d *decoder) expectation(n ast.Node, x *Expectation) {
	o := d.object(n, "what is expected", expectationKeys)
	if len(o.entries) == 0 {
		d.fail(n, "nothing is expected: say %s", strings.Join(expectationKeys, ", "))
	}
	if e, ok := o.find("verdict"); ok {
		v := judge.Verdict(d.word(e.value, "verdict", judge.Verdicts()))
		x.Verdict = &v
	}
	if e, ok := o.find("anomalies"); ok {
		x.AnomaliesSet = true
		for _, n := range d.list(e.value, "anomalies") {
			x.Anomalies = append(x.Anomalies, judge.Kind(d.word(n, "anomaly", judge.KindNames())))
		}
	}
	if e, ok := o.find("odds"); ok {
		below := d.object(e.value, "odds", oddsKeys).need("below")
		if x.HasOdds, x.OddsBelow = true, d.share(below, "below"); x.OddsBelow == 0 {
			d.fail(below, "below must be above 0: no odds are below nothing")
		}
	}
	if e, ok := o.find("orders"); ok {
		x.Orders = orders[d.word(e.value, "claim about orders", orders)]
	}
}
