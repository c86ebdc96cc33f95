package scenarios

import (
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
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

// scenario decodes the tree of a file.
func (d *decoder) scenario(root ast.Node) *Scenario {
	o := d.Object(root, "a scenario", fileKeys)
	d.script.ReadOnly = d.intern("read-only")
	s := &Scenario{
		File:   d.File,
		Name:   d.Label(o.Need("name"), "name"),
		Title:  strict.Optional(o, "title", d.Line, ""),
		About:  strict.Optional(o, "about", d.Prose, ""),
		Source: strict.Optional(o, "source", d.Line, ""),
		Seed:   uint64(strict.Optional(o, "seed", d.Whole(1, MaxSeed), 0)),
		Script: d.script,
	}
	if e, ok := o.Find("given"); ok {
		d.script.Given = true
		d.script.GivenSets, d.script.GivenValues = d.fields(e.Value, "given")
	}
	strict.Optional(o, "clients", d.clients, nil)
	s.Network, d.script.Network = d.network(o)
	d.steps(o.Need("steps"))
	s.Expect = strict.Optional(o, "expect", d.expect, nil)
	return s
}

// clients decodes what is to be said of each client.
func (d *decoder) clients(n ast.Node, what string) any {
	for i, n := range d.List(n, what) {
		if i == sim.MaxClients {
			d.Fail(n, "more than %d clients", sim.MaxClients)
			break
		}
		o := d.Object(n, "a client", clientKeys)
		d.script.Skew[i] = strict.Optional(o, "skew", d.Duration, 0)
	}
	return nil
}

// steps decodes the user's actions.
func (d *decoder) steps(n ast.Node) {
	list := d.List(n, "steps")
	if len(list) == 0 {
		d.Fail(n, "a scenario needs at least one step")
	}
	var last time.Duration
	for i, n := range list {
		if i == sim.MaxActions {
			d.Fail(n, "more than %d steps", sim.MaxActions)
			return
		}
		a := d.step(n, i+1, last)
		d.script.Actions = append(d.script.Actions, a)
		last = a.At
	}
}

// step decodes an action. The one before it is at last.
func (d *decoder) step(n ast.Node, number int, last time.Duration) sim.Action {
	o := d.Object(n, "a step", stepKeys)
	at := o.Need("at")
	a := sim.Action{
		Number:     number,
		At:         d.Duration(at, "at"),
		Do:         sim.Do(d.Word(o.Need("do"), "action", sim.Dos())),
		Client:     uint8(strict.Optional(o, "client", d.Whole(1, sim.MaxClients), 1) - 1),
		Person:     uint8(strict.Optional(o, "person", d.Whole(1, sim.MaxPersons), 1) - 1),
		Up:         strict.Optional(o, "up", d.Duration, sim.Unpinned),
		Down:       strict.Optional(o, "down", d.Duration, sim.Unpinned),
		Processing: strict.Optional(o, "processing", d.AboveZero("leave it out to leave it to chance"), 0),
		Status:     int(strict.Optional(o, "status", d.Whole(400, 599), 0)),
		Lose:       strict.Optional(o, "lose", d.leg, sim.NoLeg),
		Twice:      strict.Optional(o, "twice", d.Flag, false),
	}
	if a.At < last {
		d.Fail(at, "steps stand in order of time, and %v comes after %v", a.At, last)
	}
	d.writes(o, &a)
	return a
}

// writes decodes what an action writes.
func (d *decoder) writes(o strict.Object, a *sim.Action) {
	set, hasSet := o.Find("set")
	to, hasTo := o.Find("to")
	switch {
	case hasSet && a.Do != sim.Create && a.Do != sim.Update:
		d.Fail(set.At, `%v takes no "set": only create and update do`, a.Do)
	case hasTo && a.Do != sim.SetPermissions:
		d.Fail(to.At, `%v takes no "to": only set-permissions does`, a.Do)
	case a.Do == sim.SetPermissions:
		a.Sets = a.Sets.With(sim.Permissions)
		if !hasTo {
			d.Fail(o.Node, `set-permissions needs the key "to", as to: read-only`)
			return
		}
		a.Values[sim.Permissions] = d.intern(d.Text(to.Value, "to"))
	case hasSet:
		a.Sets, a.Values = d.fields(set.Value, "set")
	}
	if saved, ok := o.Find("saved"); ok {
		if a.Do != sim.Create && a.Do != sim.Update {
			d.Fail(saved.At, `%v takes no "saved": only create and update do`, a.Do)
			return
		}
		a.Saves, a.Saved = d.fields(saved.Value, "saved")
	}
	if a.Do == sim.Update && a.Sets == 0 {
		d.Fail(o.Node, `an update needs a "set" with at least one field`)
	}
}

// leg decodes the name of a leg.
func (d *decoder) leg(n ast.Node, _ string) sim.Leg {
	return sim.Uplink + sim.Leg(d.Word(n, "leg", legs))
}

// fields decodes the fields that are written, and with what.
func (d *decoder) fields(n ast.Node, what string) (sets sim.FieldSet, ids [sim.NumFields]sim.ValueID) {
	var values [sim.NumFields]any
	for _, e := range d.Mapping(n, what).Entries {
		if f := d.field(e); f >= 0 {
			sets = sets.With(f)
			values[f] = d.Scalar(e.Value, strict.Quote(e.Key))
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
func (d *decoder) field(e strict.Entry) int {
	name := d.Label(e.At, "the name of a field")
	for f, known := range d.script.Fields {
		if known == name {
			return f
		}
	}
	switch {
	case name == "id" || name == "permissions":
		d.Fail(e.At, "%s cannot be the name of a field: it has a meaning of its own", name)
		return -1
	case len(d.script.Fields) == sim.MaxFields:
		d.Fail(e.At, "more than %d different fields", sim.MaxFields)
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
func (d *decoder) network(o strict.Object) (string, sim.Network) {
	preset, _ := Network(DefaultNetwork)
	if e, ok := o.Find("network"); ok {
		return DecodeNetwork(d.Decoder, e.Value)
	}
	return preset.Name, preset.Network
}

// spelledOut decodes the parts of a network. A leg that is left out stays as
// it is in net.
func (d *decoder) spelledOut(n ast.Node, net sim.Network) sim.Network {
	o := d.Object(n, "network", networkKeys)
	net.Up = strict.Optional(o, "uplink", d.latency, net.Up)
	net.Down = strict.Optional(o, "downlink", d.latency, net.Down)
	net.Processing = strict.Optional(o, "processing", d.latency, net.Processing)
	net.Workers = int(strict.Optional(o, "workers", d.Whole(1, 1000), 0))
	net.Echo = strict.Optional(o, "echo", d.Flag, false)
	net.Fifo = strict.Optional(o, "fifo", d.Flag, false)
	net.Connections = int(strict.Optional(o, "connections", d.Whole(1, 1000), 0))
	net.Timeout = strict.Optional(o, "timeout", d.AboveZero("leave it out to wait for ever"), 0)
	net.Loss = strict.Optional(o, "loss", d.Share, 0)
	net.Duplicates = strict.Optional(o, "duplicates", d.Share, 0)
	net.Errors = strict.Optional(o, "errors", d.Share, 0)
	return net
}

// latency decodes a distribution.
func (d *decoder) latency(n ast.Node, what string) sim.Latency {
	o := d.Mapping(n, what)
	if len(o.Entries) != 1 {
		d.Fail(n, "%s must be one distribution, such as {constant: 50ms}", what)
		return sim.Latency{}
	}
	var names []string
	for _, l := range latencies {
		names = append(names, l.name)
	}
	e := o.Entries[0]
	kind := sim.Distribution(d.Word(e.At, "distribution", names))
	p, alpha := d.parameters(kind, e.Value)
	for i, keys := 1, latencies[kind].keys; i < len(p); i++ {
		if p[i] < p[i-1] {
			d.Fail(e.Value, "%s is %v, less than %s, which is %v: they must ascend", keys[i], p[i], keys[i-1], p[i-1])
		}
	}
	l, err := sim.NewLatency(kind, alpha, p...)
	if err != nil {
		d.Fail(e.Value, "%v", err)
	}
	return l
}

// parameters decodes the parameters of a distribution.
func (d *decoder) parameters(kind sim.Distribution, n ast.Node) (p []time.Duration, alpha float64) {
	l := latencies[kind]
	if l.keys == nil {
		return []time.Duration{d.Duration(n, l.name)}, 0
	}
	o := d.Object(n, l.name, l.keys)
	for _, key := range l.keys {
		n := o.Need(key)
		if key != "alpha" {
			p = append(p, d.Duration(n, key))
		} else if alpha, _ = strict.Value(n).(float64); alpha <= 0 {
			d.Wrong(n, key, "a number above 0")
		}
	}
	return p, alpha
}

// expect decodes what is expected, strategy by strategy.
func (d *decoder) expect(n ast.Node, what string) []Expectation {
	var all []Expectation
	for _, e := range d.Mapping(n, what).Entries {
		d.checkStrategy(e)
		at := strict.Start(e.At).Position
		x := Expectation{Strategy: e.Key, Line: at.Line, Column: at.Column}
		d.expectation(e.Value, &x)
		all = append(all, x)
	}
	return all
}

// checkStrategy refuses a strategy that there is not.
func (d *decoder) checkStrategy(e strict.Entry) {
	if _, err := strategies.Find(e.Key); err == nil {
		return
	}
	var known []string
	for _, name := range strategies.Names() {
		known = append(known, name)
		for _, layer := range strategies.Layers() {
			if over := name + "+" + layer; over != e.Key {
				known = append(known, over)
			}
		}
	}
	d.Fail(e.At, "%s", strict.Unknown("strategy", e.Key, known))
}

// expectation decodes what is expected of one strategy.
func (d *decoder) expectation(n ast.Node, x *Expectation) {
	o := d.Object(n, "what is expected", expectationKeys)
	if len(o.Entries) == 0 {
		d.Fail(n, "nothing is expected: say %s", strings.Join(expectationKeys, ", "))
	}
	if e, ok := o.Find("verdict"); ok {
		v := judge.Verdict(d.Word(e.Value, "verdict", judge.Verdicts()))
		x.Verdict = &v
	}
	if e, ok := o.Find("anomalies"); ok {
		x.AnomaliesSet = true
		for _, n := range d.List(e.Value, "anomalies") {
			x.Anomalies = append(x.Anomalies, judge.Kind(d.Word(n, "anomaly", judge.KindNames())))
		}
	}
	if e, ok := o.Find("odds"); ok {
		below := d.Object(e.Value, "odds", oddsKeys).Need("below")
		if x.HasOdds, x.OddsBelow = true, d.Share(below, "below"); x.OddsBelow == 0 {
			d.Fail(below, "below must be above 0: no odds are below nothing")
		}
	}
	if e, ok := o.Find("orders"); ok {
		x.Orders = orders[d.Word(e.Value, "claim about orders", orders)]
	}
}
