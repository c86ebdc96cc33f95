// Package scenarios reads scenario files: what a user does and when, over
// which network, and what is expected to come of it. It also holds the
// catalogue of scenarios and the network presets.
//
// A file is YAML (or JSON, which is YAML), one scenario a file:
//
//	name: create-then-update
//	title: Update before the id is back
//	about: The second click comes before the first answer.
//	source: Oliver Steele, "Synchronizing client models", 2008
//	network: {uplink: {exponential: 120ms}, downlink: {exponential: 80ms}}
//	steps:
//	  - {at: 0ms, do: create, set: {name: Ada}, up: 120ms, down: 80ms}
//	  - {at: 40ms, do: update, set: {name: Ada Lovelace}, up: 30ms, down: 30ms}
//	expect:
//	  naive: {verdict: wrong, anomalies: [unsent-write]}
//	  action-queue: {verdict: ok, orders: race-free}
//
// [Schema] describes every key. A file is decoded strictly, and its text is
// not trusted: an error names file, line and column and is one printable line,
// and names and titles have no control characters in them. Values may be any
// text, so whoever prints them has to escape them.
package scenarios

import (
	"cmp"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios/strict"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// Scenario is a timed script of actions, a network, and what to expect.
type Scenario struct {
	Name   string // in the catalogue, the name of the file without .yaml
	Title  string // one line
	About  string // a few sentences
	Source string // the article or ticket it comes from
	Seed   uint64 // of the luck that a replay draws; 0 counts as 1

	File    string // where it was read from, for messages; empty in the catalogue
	Network string // the name of the preset; empty if the file spells the network out

	// The values of Script are strings, float64s and bools, each once, so that
	// equal values have the same [sim.ValueID].
	Script *sim.Script

	Clients []Program     // of the user's own, in the order of the file
	Expect  []Expectation // in the order of the file

	// Where the file says each of the script's actions and each of Clients, as it was
	// read.
	steps, programs []place
}

// place is where something stands in a file.
type place struct{ line, column int }

// Step returns where the file says the action of a number, from 1, in characters;
// 0 of one that it did not say.
func (s *Scenario) Step(number int) (line, column int) { return at(s.steps, number-1) }

// Program returns where the file names a client of the user's own; 0 if it does not.
func (s *Scenario) Program(name string) (line, column int) {
	named := func(p Program) bool { return p.Name == name }
	return at(s.programs, slices.IndexFunc(s.Clients, named))
}

// at returns a place in the words of messages.
func at(places []place, i int) (line, column int) {
	if i < 0 || i >= len(places) {
		return 0, 0
	}
	return places[i].line, places[i].column
}

// Program is a client of the user's own that a file names, so that it can expect
// something of it. To read the file starts nothing.
type Program struct {
	Name string
	File string // from the folder of the scenario's file, with slashes; in that folder or below
}

// MaxPrograms is how many clients of the user's own a file may name.
const MaxPrograms = 16

// MaxSeed is the highest seed of a trial: all up to there are exact in JSON.
const MaxSeed = 1<<53 - 1

// ReplaySeed returns the seed with which the scenario is replayed unless
// another is asked for.
func (s *Scenario) ReplaySeed() uint64 { return cmp.Or(s.Seed, 1) }

// Ref returns the name by which the command line finds the scenario again: its
// file, or else its name in the catalogue.
func (s *Scenario) Ref() string { return cmp.Or(s.File, s.Name) }

// Expectation is one line of a file's expect, about one strategy. What is nil or
// empty in it is not expected.
type Expectation struct {
	Strategy     string
	Line, Column int // where the file says so

	Verdict      *judge.Verdict // of the replay with the file's seed; nil if nothing is said of it
	Anomalies    []judge.Kind   // exactly these kinds, in any order
	AnomaliesSet bool           // whether anything is said of them
	OddsBelow    float64        // the upper end of the interval is below this share
	HasOdds      bool           // whether anything is said of the odds
	Orders       string         // "race-free", "racy" or, if nothing is said, ""
}

// What a file says of all orders.
const (
	RaceFree = "race-free" // no order is bad
	Racy     = "racy"      // some order is
)

// MaxSize is the size in bytes of the largest scenario file.
const MaxSize = strict.MaxSize

// Error is a mistake in a scenario file.
type Error = strict.Error

// Suggest returns the word that a misspelt one was probably meant to be, or ""
// if none is near. Of several that are equally near it is the first.
func Suggest(word string, among []string) string { return strict.Suggest(word, among) }

// decoder turns the tree of a file into a scenario.
type decoder struct {
	*strict.Decoder
	script *sim.Script
	values map[any]sim.ValueID
	adds   [sim.MaxFields]strict.Entry // by field, where it is first said to be added to, or appended to
}

func newDecoder(d *strict.Decoder) *decoder {
	return &decoder{Decoder: d, script: new(sim.Script), values: make(map[any]sim.ValueID)}
}

// Parse decodes a scenario file. The name of the file only serves messages; it
// may be empty. The error is an [*Error].
func Parse(file string, data []byte) (*Scenario, error) {
	d := &strict.Decoder{File: file, What: "scenario"}
	if root := d.Parse(data); root != nil {
		if s := Decode(d, root); d.Err == nil {
			return s, nil
		}
	}
	return nil, d.Err
}

// Decode decodes a scenario that stands inside of another file. A mistake is
// kept in d.
func Decode(d *strict.Decoder, n ast.Node) *Scenario { return newDecoder(d).scenario(n) }

// DecodeNetwork decodes what a scenario says of its network, where another
// file says it: the name of a preset, or a network that is spelled out and has
// none.
func DecodeNetwork(d *strict.Decoder, n ast.Node) (name string, net sim.Network) {
	preset, _ := Network(DefaultNetwork)
	if _, ok := n.(*ast.MappingNode); ok {
		networkKeys.decode(newDecoder(d), n, &preset.Network)
		return "", preset.Network
	}
	names := networkNames()
	preset, _ = Network(names[d.Word(n, "network", names)])
	return preset.Name, preset.Network
}

// DecodeStrategies decodes a list of names of strategies.
func DecodeStrategies(d *strict.Decoder, n ast.Node, what string) []string {
	var names []string
	for _, n := range d.List(n, what) {
		e := strict.Entry{Key: d.Text(n, "a strategy"), At: n}
		DecodeStrategy(d, e)
		names = append(names, e.Key)
	}
	return names
}

// DecodeStrategy refuses the name of a strategy that there is not.
func DecodeStrategy(d *strict.Decoder, e strict.Entry) { newDecoder(d).checkStrategy(e) }

// Keys returns the keys at the top of a scenario file.
func Keys() []string { return scenarioKeys.names() }
