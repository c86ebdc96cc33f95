package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// scenario decodes the tree of a file. Without a network it is the default
// preset.
func (d *decoder) scenario(root ast.Node) *Scenario {
	preset, _ := Network(DefaultNetwork)
	s := &Scenario{File: d.File, Network: preset.Name, Script: d.script}
	d.script.Network = preset.Network
	d.script.ReadOnly = d.intern("read-only")
	d.together(scenarioKeys.decode(d, root, s))
	return s
}

// The slots from here on are of values that are more than one field, or less.

var givenSlot = slot[Scenario]{
	schema: fmt.Sprintf(`"oneOf": [{%s}, {"type": "array", "minItems": 1, "maxItems": %d, "items": {%[1]s}}]`, ref("fields"), sim.MaxPersons),
	read: func(d *decoder, e strict.Entry, to *Scenario) {
		to.Script.Given = true
		if _, list := e.Value.(*ast.SequenceNode); list {
			d.given(e.Value, e.Key)
		} else {
			to.Script.GivenSets, to.Script.GivenValues = d.fields(e.Value, e.Key)
		}
	},
	said: func(from, _ *Scenario) bool { return from.Script.Given },
	write: func(s *sim.Script, _ *Scenario) string {
		first := sim.Gift{Sets: s.GivenSets, Values: s.GivenValues}
		one := func(g sim.Gift) string { return writeFields(s, g.Sets, &g.Values) }
		if len(s.Beside) == 0 {
			return one(first)
		}
		return writeList(slices.Concat([]sim.Gift{first}, s.Beside), one)
	},
}

// given decodes what is given of several persons.
func (d *decoder) given(n ast.Node, what string) {
	s, list := d.script, d.List(n, what)
	if len(list) == 0 {
		d.Fail(n, "nobody is given: leave it out, or say {} of whom nothing is known")
	}
	for i, n := range list {
		sets, values := d.fields(n, "person "+strconv.Itoa(i+1))
		switch {
		case i == sim.MaxPersons:
			d.Fail(n, "more than %d persons", sim.MaxPersons)
			return
		case i == 0:
			s.GivenSets, s.GivenValues = sets, values
		default:
			s.Beside = append(s.Beside, sim.Gift{Sets: sets, Values: values})
		}
	}
}

var clientsSlot = slot[Scenario]{
	schema: `"oneOf": [{` + fmt.Sprintf(`"type": "array", "maxItems": %d, "items": {%s}`, sim.MaxClients, ref("client")) + `}, {` + ref("clients") + `}]`,
	read: func(d *decoder, e strict.Entry, to *Scenario) {
		if _, named := e.Value.(*ast.MappingNode); named {
			to.Clients, to.programs = d.named(e.Value, e.Key)
		} else {
			d.clients(e.Value, e.Key)
		}
	},
	said: func(from, _ *Scenario) bool { return len(from.Clients) > 0 || skewed(from.Script) },
	write: func(s *sim.Script, from *Scenario) string {
		var list pairs
		if len(from.Clients) > 0 {
			for _, c := range from.Clients {
				list.add(c.Name, writeText(c.File))
			}
			for i, c := range clientsOf(s) {
				if clientKeys.says(&c) {
					list.add(strconv.Quote(strconv.Itoa(i+1)), clientKeys.write(s, &c).String())
				}
			}
			return list.String()
		}
		return writeList(clientsOf(s), func(c client) string { return clientKeys.write(s, &c).String() })
	},
}

func clientsOf(s *sim.Script) (all []client) {
	for i := range sim.MaxClients {
		all = append(all, client{s, i})
	}
	return all
}

// skewed reports whether there is anything to say of a client of a script.
func skewed(s *sim.Script) bool {
	return slices.ContainsFunc(clientsOf(s), func(c client) bool { return clientKeys.says(&c) })
}

// clients decodes what is to be said of each client.
func (d *decoder) clients(n ast.Node, what string) {
	for i, n := range d.List(n, what) {
		if i == sim.MaxClients {
			d.Fail(n, "more than %d clients", sim.MaxClients)
			return
		}
		clientKeys.decode(d, n, &client{d.script, i})
	}
}

// named decodes clients by name: programs of the user's own, and, by their
// numbers, what is to be said of the others. It returns where the programs stand.
func (d *decoder) named(n ast.Node, what string) (own []Program, places []place) {
	for _, e := range d.Mapping(n, what).Entries {
		if number, err := strconv.Atoi(e.Key); err == nil && number >= 1 && number <= sim.MaxClients {
			clientKeys.decode(d, e.Value, &client{d.script, number - 1})
			continue
		}
		if err := strategies.CheckOwn(e.Key); err != nil {
			d.Fail(e.At, "%v", err)
		}
		if len(own) == MaxPrograms {
			d.Fail(e.At, "more than %d clients of your own", MaxPrograms)
			break
		}
		file := d.Line(e.Value, strict.Quote(e.Key))
		if d.Err == nil && !below(file) {
			d.Fail(e.Value, "%s is no file in the folder of this one or below it, as ./save.tsx, without blanks: nothing else is started because a file names it", strict.Quote(file))
		}
		own = append(own, Program{Name: e.Key, File: file})
		places = append(places, placeOf(e.At))
	}
	return own, places
}

// programFile matches a file, in the folder of the scenario's or below it, on
// whichever system: no part is hidden, none leads up, and it has an extension.
const programFile = `^(\./)*([^./ \\:][^/ \\:]*/)*[^./ \\:][^/ \\:]*\.[^./ \\:]+$`

var below = regexp.MustCompile(programFile).MatchString

var stepsSlot = slot[Scenario]{
	schema: fmt.Sprintf(`"type": "array", "minItems": 1, "maxItems": %d, "items": {%s}`, sim.MaxActions, ref("step")),
	read:   func(d *decoder, e strict.Entry, to *Scenario) { to.steps = d.steps(e.Value, e.Key) },
	said:   func(from, _ *Scenario) bool { return len(from.Script.Actions) > 0 },
	write: func(s *sim.Script, _ *Scenario) string {
		var b strings.Builder
		for i := range s.Actions {
			if a := &s.Actions[i]; !a.Skip {
				b.WriteString("\n  - " + stepKeys.write(s, a).String())
			}
		}
		return b.String()
	},
}

// steps decodes the user's actions, and returns where they stand.
func (d *decoder) steps(n ast.Node, what string) (at []place) {
	list := d.List(n, what)
	if len(list) == 0 {
		d.Fail(n, "a scenario needs at least one step")
	}
	var last time.Duration
	var closed [sim.MaxClients]bool
	for i, n := range list {
		if i == sim.MaxActions {
			d.Fail(n, "more than %d steps", sim.MaxActions)
			return nil
		}
		at = append(at, placeOf(n))
		a := d.step(n, i+1, last)
		if d.Err != nil {
			return nil
		}
		switch is := &closed[a.Client]; {
		case a.Opens && !*is:
			d.Fail(n, "client %d is open already: close it first", a.Client+1)
		case *is && a.Do == sim.Close:
			d.Fail(n, "client %d is closed already: leave this step out, or open it before", a.Client+1)
		case *is && !a.Opens:
			d.Fail(n, "client %d is closed: open it first", a.Client+1)
		default:
			*is = a.Do == sim.Close
		}
		d.script.Actions = append(d.script.Actions, a)
		last = a.At
	}
	return at
}

// placeOf returns where n begins.
func placeOf(n ast.Node) place {
	at := strict.Start(n).Position
	return place{at.Line, at.Column}
}

// step decodes an action. The one before it is at last.
func (d *decoder) step(n ast.Node, number int, last time.Duration) sim.Action {
	a := stepKeys.blank
	a.Number = number
	o := stepKeys.decode(d, n, &a)
	_, permissions := o.Find("to")
	switch {
	case a.At < last:
		d.Fail(o.Need("at"), "steps stand in order of time, and %v comes after %v", a.At, last)
	case a.Parent == a.Person+1:
		d.Fail(n, "person %d cannot need a record of their own: give \"parent\" another person", a.Parent)
	case a.Do == sim.SetPermissions && !permissions:
		d.Fail(n, `set-permissions needs the key "to", as to: read-only`)
	case a.Do == sim.Update && a.Sets == 0:
		d.Fail(n, `an update needs a "set", an "add" or an "append" with at least one field`)
	}
	return a
}

// asks are what steps can do that no [sim.Do] has a word for: how a fetch is done.
var asks = []struct {
	word string
	is   sim.Action
}{
	{"close", sim.Action{Do: sim.Close}},
	{"open", sim.Action{Do: sim.Fetch, Opens: true}},
	{"list", sim.Action{Do: sim.Fetch, Lists: true}},
}

// does returns the words for what steps can do.
func does() []string {
	words := slices.Clone(sim.Dos())
	for _, a := range asks {
		words = append(words, a.word)
	}
	return words
}

var doSlot = slot[sim.Action]{
	schema: `"enum": ` + words(does()),
	read: func(d *decoder, e strict.Entry, to *sim.Action) {
		i := d.Word(e.Value, "action", does())
		if i < len(sim.Dos()) {
			to.Do = sim.Do(i)
			return
		}
		is := &asks[i-len(sim.Dos())].is
		to.Do, to.Opens, to.Lists = is.Do, is.Opens, is.Lists
	},
	said:  func(from, blank *sim.Action) bool { return true },
	write: func(_ *sim.Script, from *sim.Action) string { return from.Word() },
	value: func(from *sim.Action) any { return from.Word() },
}

var offlineSlot = slot[Scenario]{
	schema: `"type": "array", "minItems": 1, "items": {` + ref("span") + `}`,
	read:   func(d *decoder, e strict.Entry, to *Scenario) { d.offline(e.Value, e.Key) },
	said:   func(from, _ *Scenario) bool { return len(from.Script.Offline) > 0 },
	write: func(s *sim.Script, _ *Scenario) string {
		return writeList(s.Offline, func(o sim.Span) string { return spanKeys.write(s, &o).String() })
	},
	value: func(from *Scenario) any { return from.Script.Offline },
}

// MaxSpans is how many spans without network a file may have.
const MaxSpans = 16

// offline decodes the spans in which clients have no network.
func (d *decoder) offline(n ast.Node, what string) {
	var free [sim.MaxClients]time.Duration // from when on the next span of a client may begin; -1: it is never back
	if _, is := n.(*ast.SequenceNode); !is {
		d.Wrong(n, what, "a list of spans, such as [{client: 1, from: 2s, to: 40s}]")
		return
	}
	list := d.List(n, what)
	if len(list) == 0 {
		d.Fail(n, "nobody is offline: leave it out")
	}
	for i, n := range list {
		if i == MaxSpans {
			d.Fail(n, "more than %d spans", MaxSpans)
			return
		}
		if _, is := n.(*ast.MappingNode); !is {
			d.Wrong(n, "a span", "a mapping, such as {client: 1, from: 2s, to: 40s}")
			return
		}
		var o sim.Span
		spanKeys.decode(d, n, &o)
		if d.Err != nil {
			return
		}
		next := &free[o.Client]
		switch {
		case *next < 0:
			d.Fail(n, "client %d is never back from the span before: give that one a \"to\"", o.Client+1)
		case o.From < *next:
			d.Fail(n, "the spans of client %d stand in order and apart, and the one before ends at %v", o.Client+1, *next)
		case o.To != 0 && o.To <= o.From:
			d.Fail(n, "client %d goes offline at %v and is back at %v: give \"to\" a later time", o.Client+1, o.From, o.To)
		}
		if *next = o.To; o.To == 0 {
			*next = -1
		}
		d.script.Offline = append(d.script.Offline, o)
	}
}

// together checks what only all of a file can say.
func (d *decoder) together(o strict.Object) {
	s := d.script
	if slices.Contains(s.Fields, "parent") && slices.ContainsFunc(s.Actions, func(a sim.Action) bool { return a.Parent != 0 }) {
		e, _ := o.Find("steps")
		d.Fail(e.At, "parent cannot be the name of a field where a step has a parent: it has a meaning of its own there")
	}
	d.sums()
	if s.Clients() > 1 || d.Err != nil {
		return
	}
	if s.Network.Push {
		e, _ := o.Find("network")
		d.Fail(e.At, "there is nobody to push news to: push needs a step with client: 2")
	}
	for _, span := range s.Offline {
		if span.Client > 0 {
			e, _ := o.Find("offline")
			d.Fail(e.At, "client %d is offline and does nothing: no step has client: %d", span.Client+1, span.Client+1)
		}
	}
}

var setSlot = slot[sim.Action]{
	schema: ref("fields"),
	read:   func(d *decoder, e strict.Entry, to *sim.Action) { to.Sets, to.Values = d.fields(e.Value, e.Key) },
	said:   func(from, _ *sim.Action) bool { return from.Do != sim.SetPermissions && from.Sets&^from.Adds != 0 },
	write: func(s *sim.Script, from *sim.Action) string {
		return writeFields(s, from.Sets&^from.Adds, &from.Values)
	},
}

var savedSlot = slot[sim.Action]{
	schema: ref("fields"),
	read:   func(d *decoder, e strict.Entry, to *sim.Action) { to.Saves, to.Saved = d.fields(e.Value, e.Key) },
	said:   func(from, _ *sim.Action) bool { return from.Saves != 0 },
	write:  func(s *sim.Script, from *sim.Action) string { return writeFields(s, from.Saves, &from.Saved) },
}

var toSlot = slot[sim.Action]{
	schema: `"type": "string"`,
	read: func(d *decoder, e strict.Entry, to *sim.Action) {
		to.Sets = to.Sets.With(sim.Permissions)
		to.Values[sim.Permissions] = d.intern(d.Text(e.Value, e.Key))
	},
	said:  func(from, _ *sim.Action) bool { return from.Do == sim.SetPermissions },
	write: func(s *sim.Script, from *sim.Action) string { return scalar(s.Values[from.Values[sim.Permissions]]) },
}

// legs are in the order of sim.Uplink, sim.Downlink.
var legs = []string{sim.Uplink.String(), sim.Downlink.String()}

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

var networkSlot = slot[Scenario]{
	schema: ref("network"),
	read: func(d *decoder, e strict.Entry, to *Scenario) {
		to.Network, to.Script.Network = DecodeNetwork(d.Decoder, e.Value)
	},
	said: func(from, _ *Scenario) bool { return from.Network != DefaultNetwork },
	write: func(s *sim.Script, from *Scenario) string {
		if p, ok := Network(from.Network); ok && p.Network == s.Network {
			return p.Name
		}
		return networkKeys.write(s, &s.Network).String()
	},
}

// latency decodes a distribution.
func (d *decoder) latency(n ast.Node, what string) sim.Latency {
	const must = "one distribution, such as {constant: 50ms}"
	if _, is := n.(*ast.MappingNode); !is {
		d.Wrong(n, what, must)
		return sim.Latency{}
	}
	o := d.Mapping(n, what)
	if len(o.Entries) != 1 {
		d.Fail(n, "%s must be %s", what, must)
		return sim.Latency{}
	}
	var names []string
	for i := range latencies {
		names = append(names, sim.Distribution(i).String())
	}
	e := o.Entries[0]
	kind := sim.Distribution(d.Word(e.At, "distribution", names))
	if kind == sim.Sampled {
		return sim.Latency{Dist: kind, Samples: samples.read(d, e.Value, e.Key)}
	}
	p, alpha := d.parameters(kind, e.Value)
	for i, keys := 1, latencies[kind].keys; i < len(p); i++ {
		if p[i] < p[i-1] {
			d.Fail(e.Value, "%s is %v, less than %s, which is %v: they must ascend", keys[i].name, p[i], keys[i-1].name, p[i-1])
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
	t, l := latencies[kind], sim.Latency{}
	if t.keys == nil {
		return []time.Duration{d.Duration(n, kind.String())}, 0
	}
	t.what = kind.String()
	t.decode(d, n, &l)
	for _, k := range t.keys {
		if v, ok := k.value(&l).(time.Duration); ok {
			p = append(p, v)
		}
	}
	return p, l.Alpha
}

// samples decodes the delays that a latency is one of.
func (d *decoder) samples(n ast.Node, what string) sim.Samples {
	nodes := d.List(n, what)
	list := make([]time.Duration, len(nodes))
	for i, node := range nodes {
		list[i] = d.Duration(node, "a sample")
	}
	s, err := sim.NewSamples(list)
	if err != nil {
		d.Fail(n, "%v", err)
	}
	return s
}

func writeSamples(s sim.Samples) string { return writeList(slices.Collect(s.All), writeDuration) }

// writeLatency writes a distribution.
func writeLatency(l sim.Latency) string {
	var p pairs
	switch t := &latencies[l.Dist]; {
	case l.Dist == sim.Sampled:
		p.add(l.Dist.String(), samples.write(l.Samples))
	case t.keys != nil:
		p.add(l.Dist.String(), t.write(nil, &l).String())
	default:
		p.add(l.Dist.String(), writeDuration(l.A))
	}
	return p.String()
}

// apartSlot is where a network has what takes another time for some requests.
func apartSlot(field func(*sim.Network) *sim.Apart) slot[sim.Network] {
	return slot[sim.Network]{
		schema: ref("apart"),
		read: func(d *decoder, e strict.Entry, to *sim.Network) {
			if _, is := e.Value.(*ast.MappingNode); !is {
				d.Wrong(e.Value, e.Key, "a mapping, such as {processing: {constant: 3s}}")
				return
			}
			if o := apartKeys.decode(d, e.Value, field(to)); len(o.Entries) == 0 {
				d.Fail(e.Value, "nothing is said of %s: say %s", e.Key, strings.Join(apartKeys.names(), ", "))
			}
		},
		said:  func(from, blank *sim.Network) bool { return *field(from) != *field(blank) },
		write: func(s *sim.Script, from *sim.Network) string { return apartKeys.write(s, field(from)).String() },
		value: func(from *sim.Network) any { return *field(from) },
	}
}

// ownSlot is where a latency of its own is.
func ownSlot(field func(*sim.Apart) *sim.Own) slot[sim.Apart] {
	return slot[sim.Apart]{
		schema: latency.schema,
		read: func(d *decoder, e strict.Entry, to *sim.Apart) {
			*field(to) = sim.Own{Said: true, Latency: latency.read(d, e.Value, e.Key)}
		},
		said:  func(from, _ *sim.Apart) bool { return field(from).Said },
		write: func(_ *sim.Script, from *sim.Apart) string { return latency.write(field(from).Latency) },
	}
}

// exponent is that of a Pareto distribution.
var exponent = form[float64]{
	`"type": "number", "exclusiveMinimum": 0, "maximum": 1000`,
	func(d *decoder, n ast.Node, what string) float64 {
		f, _ := strict.Value(n).(float64)
		if f <= 0 {
			d.Wrong(n, what, "a number above 0")
		}
		return f
	},
	writeNumber,
}

var expectSlot = slot[Scenario]{
	schema: `"type": "object", "propertyNames": {"pattern": "^` + strategies.OwnNames + `(\\+[a-z-]+)?$"}, ` +
		`"additionalProperties": {` + ref("expectation") + `}`,
	read: func(d *decoder, e strict.Entry, to *Scenario) { to.Expect = d.expect(e.Value, e.Key, to.Clients) },
	said: func(from, _ *Scenario) bool { return len(from.Expect) > 0 },
	write: func(s *sim.Script, from *Scenario) string {
		var b strings.Builder
		for _, x := range from.Expect {
			fmt.Fprintf(&b, "\n  %s: %s", scalar(x.Strategy), expectationKeys.write(s, &x))
		}
		return b.String()
	},
}

// expect decodes what is expected, strategy by strategy. Those that the file
// names itself count as well.
func (d *decoder) expect(n ast.Node, what string, own []Program) []Expectation {
	var all []Expectation
	for _, e := range d.Mapping(n, what).Entries {
		if !slices.ContainsFunc(own, func(p Program) bool { return p.Name == e.Key }) {
			d.checkStrategy(e)
		}
		at := placeOf(e.At)
		x := Expectation{Strategy: e.Key, Line: at.line, Column: at.column}
		if o := expectationKeys.decode(d, e.Value, &x); len(o.Entries) == 0 {
			d.Fail(e.Value, "nothing is expected: say %s", strings.Join(expectationKeys.names(), ", "))
		}
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
	text := strict.Unknown("strategy", e.Key, known)
	if strict.Suggest(e.Key, known) == "" {
		text += ": photofinish list strategies shows what there is"
	}
	d.Fail(e.At, "%s", text)
}

var verdictSlot = slot[Expectation]{
	schema: ref("verdict"),
	read: func(d *decoder, e strict.Entry, to *Expectation) {
		v := judge.Verdict(d.Word(e.Value, "verdict", judge.Verdicts()))
		to.Verdict = &v
	},
	said:  func(from, _ *Expectation) bool { return from.Verdict != nil },
	write: func(_ *sim.Script, from *Expectation) string { return from.Verdict.String() },
	value: func(from *Expectation) any { return *from.Verdict },
}

var anomaliesSlot = slot[Expectation]{
	schema: `"type": "array", "items": {` + ref("anomaly") + `}`,
	read: func(d *decoder, e strict.Entry, to *Expectation) {
		to.AnomaliesSet = true
		for _, n := range d.List(e.Value, e.Key) {
			to.Anomalies = append(to.Anomalies, judge.Kind(d.Word(n, "anomaly", judge.KindNames())))
		}
	},
	said:  func(from, _ *Expectation) bool { return from.AnomaliesSet },
	write: func(_ *sim.Script, from *Expectation) string { return writeList(from.Anomalies, judge.Kind.String) },
	value: func(from *Expectation) any { return from.Anomalies },
}

var oddsSlot = slot[Expectation]{
	schema: ref("odds"),
	read: func(d *decoder, e strict.Entry, to *Expectation) {
		to.HasOdds = true
		oddsKeys.decode(d, e.Value, to)
	},
	said:  func(from, _ *Expectation) bool { return from.HasOdds },
	write: func(s *sim.Script, from *Expectation) string { return oddsKeys.write(s, from).String() },
	value: func(from *Expectation) any { return from.OddsBelow },
}

// bound is a share above 0.
var bound = form[float64]{
	share.schema,
	func(d *decoder, n ast.Node, what string) float64 {
		f := d.Share(n, what)
		if f == 0 {
			d.Fail(n, "%s must be above 0: no odds are below nothing", what)
		}
		return f
	},
	writeNumber,
}

// claim is a word about all orders, as "race-free".
var claim = form[string]{
	`"enum": ` + words(claims),
	func(d *decoder, n ast.Node, _ string) string { return claims[d.Word(n, "claim about orders", claims)] },
	func(v string) string { return v },
}

var claims = []string{RaceFree, Racy}
