package scenarios

import (
	"cmp"

	"photofinish/sim"
)

// Fact is one key of a scenario with its value. Keys that are told in words of
// their own, such as name or set, have none.
type Fact struct {
	Key   string // as the file has it
	Says  string // what to call it, or what a flag means
	Text  string // the value as the file has it
	Value any    // true of a flag; a float64 is a share
}

// Facts returns what the file says about the scenario itself.
func (s *Scenario) Facts() []Fact { return scenarioKeys.facts(s.Script, s) }

// ClientFacts returns what is said of a client, numbered from 0.
func ClientFacts(s *sim.Script, number int) []Fact {
	c := client{s, number}
	if !clientKeys.says(&c) {
		return nil
	}
	return clientKeys.facts(s, &c)
}

// ActionFacts returns what is said of an action besides when and what it does.
func ActionFacts(s *sim.Script, a *sim.Action) []Fact { return stepKeys.facts(s, a) }

// NetworkFacts returns what there is to say of a network.
func NetworkFacts(n *sim.Network) []Fact { return networkKeys.facts(nil, n) }

// Facts returns what is expected.
func (x *Expectation) Facts() []Fact { return expectationKeys.facts(nil, x) }

// facts lists what a mapping would say.
func (t *table[T]) facts(s *sim.Script, from *T) (all []Fact) {
	for _, k := range t.keys {
		if k.says != elsewhere && t.has(k, from) {
			all = append(all, Fact{k.name, cmp.Or(k.says, k.name), k.write(s, from), k.value(from)})
		}
	}
	return all
}
