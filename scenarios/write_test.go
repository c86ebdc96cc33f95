package scenarios

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"photofinish/internal/testkit/property"
	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// again parses what a scenario is written as.
func again(s *Scenario) (*Scenario, error) {
	c, err := Parse(s.File, s.YAML())
	if err != nil {
		return nil, err
	}
	return c, nil
}

// same compares scenarios, but for the places of what is in them.
func same(a, b *Scenario) bool {
	place := func(s *Scenario) *Scenario {
		c := *s
		c.steps, c.programs = nil, nil
		c.Expect = slices.Clone(s.Expect)
		for i := range c.Expect {
			c.Expect[i].Line, c.Expect[i].Column = 0, 0
		}
		return &c
	}
	return reflect.DeepEqual(place(a), place(b))
}

func TestShippedScenariosAreWrittenTheSame(t *testing.T) {
	for _, s := range All() {
		if c, err := again(s); err != nil || !same(c, s) {
			t.Errorf("%s: %v\n%s", s.Name, err, s.YAML())
		}
	}
}

func TestWrittenFile(t *testing.T) {
	s, err := Parse("", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	s.About = strings.Repeat("One sentence in a few lines, since it is a long one. ", 3) + "That is all."
	want := `name: everything
title: All of it
about: >
  One sentence in a few lines, since it is a long one. One sentence in a few lines, since it is
  a long one. One sentence in a few lines, since it is a long one. That is all.
source: ours
seed: 9007199254740991
given: {name: Ada, age: 36, alive: false}
network: {uplink: {lognormal: {median: 80ms, p99: 900ms}}, downlink: {pareto: {min: 20ms, alpha: 1.5}}, processing: {uniform: {from: 1ms, to: 5ms}}, workers: 4, echo: true, fifo: true, connections: 6, timeout: 30s, loss: 0.02, duplicates: 0.01, errors: 0.005}
steps:
  - {at: 0s, do: create, set: {name: Ada, mail: "1"}, saved: {mail: "2", slug: ada}, up: 120ms, down: 80ms, status: 500}
  - {at: 40ms, do: update, set: {age: 1}, processing: 15ms, lose: up}
  - {at: 40ms, do: set-permissions, to: read-only, lose: down}
  - {at: 1s, do: fetch}
  - {at: 1m0s, do: delete, twice: true}
expect:
  naive: {verdict: wrong, anomalies: [unsent-write, orphan-record]}
  action-queue+hold: {verdict: ok, anomalies: [], odds: {below: 0.01}, orders: race-free}
`
	if got := string(s.YAML()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestChangedPresetIsSpelledOut(t *testing.T) {
	s, err := Parse("", []byte(fine+"network: lan\n"))
	if err != nil {
		t.Fatal(err)
	}
	s.Script.Network.Fifo = true
	c, err := again(s)
	if err != nil || c.Network != "" || c.Script.Network != s.Script.Network {
		t.Errorf("%v\n%s", err, s.YAML())
	}
}

func TestWrittenScenarioIsReadTheSame(t *testing.T) {
	property.Check(t, func(t *rapid.T) {
		s := drawScenario(t)
		if c, err := again(s); err != nil {
			t.Fatalf("%v\n%s", err, s.YAML())
		} else if !same(c, s) {
			t.Fatalf("got %+v %+v\nwant %+v %+v\n%s", c, c.Script, s, s.Script, s.YAML())
		}
	})
}

// nasty is text that something might take for something else.
var nasty = []string{"", " ", "a ", " a", "-", "- a", "?", "? a", ":", "a: b", "a:b", "#", "a #b", "a#b", "&a", "*a", "!a", "|", ">", "%a",
	"@a", "`a`", "'", "it's", `"`, `a"b`, `\`, `\n`, "{", "}", "[", "]", ",", "a, b", "<<", "---", "...", "--- a", "~", "null", "Null",
	"true", "True", "yes", "No", "on", "y", "1", "1.0", "-1", "+1", ".5", "5.", "1e3", "0x1f", "0o17", "017", "1_000", ".inf", "-.Inf", ".nan",
	"2026-10-01", "12:30", "e3", "Infinity", "a\nb", "\n", "a\n", "a\n\nb", "\ta", "a\tb", "\r", "a\r\nb", "\x00", "\x1b[31m", "\x7f", "\u0085",
	"\u00a0", "\u00ad", "\u200b", "\u2028", "\u202e", "\ufeff", "\ufffd", "é", "日本語", "😀", "👩‍👩‍👧", "a  b", strings.Repeat("long ", 50)}

func drawText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(nasty), rapid.StringN(0, 20, -1), rapid.StringMatching(`[A-Za-z' .-]{0,9}`))
}

func drawLabel() *rapid.Generator[string] {
	return drawText().Filter(func(s string) bool {
		return strings.TrimSpace(s) != "" && !strict.Unsafe(s, "") && len([]rune(s)) <= strict.MaxLabel && s != "id" && s != "permissions"
	})
}

func drawDuration() *rapid.Generator[time.Duration] {
	return rapid.OneOf(
		rapid.Map(rapid.Int64Range(0, 5000), func(n int64) time.Duration { return time.Duration(n) * time.Millisecond }),
		rapid.Map(rapid.Int64Range(0, int64(strict.MaxDuration)), func(n int64) time.Duration { return time.Duration(n) }),
	)
}

func drawLatency(t *rapid.T) sim.Latency {
	d := rapid.SampledFrom([]sim.Distribution{sim.Constant, sim.Uniform, sim.Exponential, sim.Lognormal, sim.Pareto, sim.Quantiles, sim.Sampled}).Draw(t, "distribution")
	if d == sim.Sampled {
		l, err := sim.NewSampled(rapid.SliceOfN(drawDuration(), 1, 20).Draw(t, "samples"))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	n, alpha := max(1, len(latencies[d].keys)), 0.0
	if d == sim.Pareto {
		n, alpha = 1, rapid.Float64Range(1e-9, 1000).Draw(t, "alpha")
	}
	p := rapid.SliceOfN(drawDuration(), n, n).Draw(t, "parameters")
	slices.Sort(p)
	for i := range p {
		p[i] = max(p[i], 1)
	}
	l, err := sim.NewLatency(d, alpha, p...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func drawNetwork(t *rapid.T) (string, sim.Network) {
	if rapid.Bool().Draw(t, "preset") {
		p := rapid.SampledFrom(Networks()).Draw(t, "network")
		return p.Name, p.Network
	}
	share := func(name string) float64 {
		return rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1)).Draw(t, name)
	}
	n := sim.Network{Up: drawLatency(t), Down: drawLatency(t), Workers: rapid.IntRange(0, 1000).Draw(t, "workers"), Echo: rapid.Bool().Draw(t, "echo"), Fifo: rapid.Bool().Draw(t, "fifo"),
		Connections: rapid.IntRange(0, 1000).Draw(t, "connections"), Timeout: drawDuration().Draw(t, "timeout"),
		Loss: share("loss"), Duplicates: share("duplicates"), Errors: share("errors")}
	if rapid.Bool().Draw(t, "processes") {
		n.Processing = drawLatency(t)
	}
	if n.Paired = rapid.Bool().Draw(t, "paired"); rapid.Bool().Draw(t, "reads") {
		n.Save.Processing = sim.Own{Said: true, Latency: drawLatency(t)}
		n.Read.Up, n.Read.Down = sim.Own{Said: true, Latency: drawLatency(t)}, sim.Own{Said: true, Latency: drawLatency(t)}
	}
	n.Reread, n.Cancel, n.Torn, n.KeyInUse = rapid.Bool().Draw(t, "reread"), rapid.Bool().Draw(t, "cancel"), rapid.Bool().Draw(t, "isolation"), rapid.Bool().Draw(t, "key in use")
	if n.Poll = drawDuration().Draw(t, "poll"); rapid.Bool().Draw(t, "lags") {
		n.Lag = drawLatency(t)
	}
	return "", n
}

// drawFields draws what is written, and numbers fields and values as the
// decoder does.
func drawFields(t *rapid.T, d *decoder, least int) (sets sim.FieldSet, values [sim.NumFields]sim.ValueID) {
	value := rapid.OneOf(drawText().AsAny(), rapid.Float64().AsAny(), rapid.SampledFrom([]float64{0, 1, -1, 1e21, 1e-9}).AsAny(), rapid.Bool().AsAny())
	for _, f := range rapid.SliceOfNDistinct(rapid.IntRange(0, sim.MaxFields-1), least, 5, rapid.ID[int]).Draw(t, "fields") {
		if f = min(f, len(d.script.Fields)); f == len(d.script.Fields) {
			name := drawLabel().Filter(func(s string) bool { return !slices.Contains(d.script.Fields, s) }).Draw(t, "name")
			d.script.Fields = append(d.script.Fields, name)
		}
		sets = sets.With(f)
	}
	for f := range sets.All {
		values[f] = d.intern(value.Draw(t, "value"))
	}
	return sets, values
}

func drawAction(t *rapid.T, d *decoder) sim.Action {
	pin := rapid.OneOf(rapid.Just(sim.Unpinned), drawDuration())
	a := sim.Action{
		Do:   sim.Do(rapid.IntRange(0, len(sim.Dos())-1).Draw(t, "do")),
		Up:   pin.Draw(t, "up"),
		Down: pin.Draw(t, "down"),

		Processing: rapid.OneOf(rapid.Just(time.Duration(0)), drawDuration()).Draw(t, "processing"),

		Status: rapid.SampledFrom([]int{0, 0, 400, 500, 599}).Draw(t, "status"),
		Lose:   rapid.SampledFrom([]sim.Leg{sim.NoLeg, sim.Uplink, sim.Downlink}).Draw(t, "lose"),
		Twice:  rapid.Bool().Draw(t, "twice"),

		Client: uint8(rapid.IntRange(0, sim.MaxClients-1).Draw(t, "client")),
		Person: uint8(rapid.IntRange(0, sim.MaxPersons-1).Draw(t, "person")),
	}
	switch a.Do {
	case sim.Create:
		a.Sets, a.Values = drawFields(t, d, 0)
		if p := uint8(rapid.IntRange(0, sim.MaxPersons).Draw(t, "parent")); p != a.Person+1 && !slices.Contains(d.script.Fields, "parent") {
			a.Parent = p
		}
	case sim.Update:
		a.Sets, a.Values = drawFields(t, d, 1)
	case sim.SetPermissions:
		a.Sets = a.Sets.With(sim.Permissions)
		a.Values[sim.Permissions] = d.intern(rapid.OneOf(rapid.Just("read-only"), drawText()).Draw(t, "to"))
	}
	if (a.Do == sim.Create || a.Do == sim.Update) && rapid.Bool().Draw(t, "revised") {
		a.Saves, a.Saved = drawFields(t, d, 0)
	}
	return a
}

func drawExpectation(t *rapid.T, strategy string) Expectation {
	x := Expectation{Strategy: strategy, Orders: rapid.SampledFrom([]string{"", RaceFree, Racy}).Draw(t, "orders")}
	if rapid.Bool().Draw(t, "odds") {
		x.HasOdds, x.OddsBelow = true, rapid.Float64Range(1e-9, 1).Draw(t, "below")
	}
	if rapid.Bool().Draw(t, "anomalies") {
		x.AnomaliesSet = true
		for _, k := range rapid.SliceOfN(rapid.IntRange(0, len(judge.Kinds)-1), 0, 3).Draw(t, "kinds") {
			x.Anomalies = append(x.Anomalies, judge.Kind(k))
		}
	}
	if rapid.Bool().Draw(t, "verdict") || x.Orders == "" && !x.HasOdds && !x.AnomaliesSet {
		v := judge.Verdict(rapid.IntRange(0, len(judge.Verdicts())-1).Draw(t, "verdict"))
		x.Verdict = &v
	}
	return x
}

func drawScenario(t *rapid.T) *Scenario {
	shown := func(s string) bool { return !strict.Unsafe(s, "") }
	prose := func(s string) bool { return !strict.Unsafe(s, "\n\t") && strings.TrimSpace(s) == s }
	d := newDecoder(new(strict.Decoder))
	s := &Scenario{
		Name:   drawLabel().Draw(t, "name"),
		Title:  drawText().Filter(shown).Draw(t, "title"),
		About:  rapid.OneOf(drawText(), rapid.StringMatching(`([a-z#:>-]{1,12} ){20}[a-z]`)).Filter(prose).Draw(t, "about"),
		Source: drawText().Filter(shown).Draw(t, "source"),
		Seed:   rapid.OneOf(rapid.Just(uint64(0)), rapid.Uint64Range(1, MaxSeed)).Draw(t, "seed"),
		File:   "session.yaml",
		Script: d.script,
	}
	d.script.ReadOnly = d.intern("read-only")
	if d.script.Given = rapid.Bool().Draw(t, "given"); d.script.Given {
		d.script.GivenSets, d.script.GivenValues = drawFields(t, d, 0)
		for range rapid.IntRange(0, sim.MaxPersons-1).Draw(t, "given beside") {
			sets, values := drawFields(t, d, 0)
			d.script.Beside = append(d.script.Beside, sim.Gift{Sets: sets, Values: values})
		}
	}
	s.Network, d.script.Network = drawNetwork(t)
	ats := rapid.SliceOfN(drawDuration(), 1, 8).Draw(t, "at")
	slices.Sort(ats)
	for i, at := range ats {
		a := drawAction(t, d)
		a.Number, a.At = i+1, at
		d.script.Actions = append(d.script.Actions, a)
	}
	for _, name := range []string{"naive", "action-queue+hold"} {
		if rapid.Bool().Draw(t, "expects") {
			s.Expect = append(s.Expect, drawExpectation(t, name))
		}
	}
	return s
}
