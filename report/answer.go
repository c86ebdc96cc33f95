package report

import "photofinish/strategies"

// Answer says which strategy to take in some scenarios.
type Answer struct {
	Kind       Kind
	Strategy   strategies.Entry // without a name: there is none
	SafeIn, Of int              // in how many scenarios it is safe, and how many there are
	Candidates int              // how many could have been it, before compositions were asked
	Also       []Also
	Says       []string // sentences, the first of which is the answer; of plain text, and of names as they are
}

// Choice says how the strategies of a run came to be in it, by their names.
type Choice struct {
	Named []string // what the user has named, strategies and [strategies.Groups], in their words; nil: nothing
	Added []string // what nobody has named: the answer, and who survives besides
}

// Kind says what an answer is, in the word that JSON has.
type Kind string

// The kinds of answers.
const (
	Use      Kind = "use"     // take it: it is safe and never loud
	Tells    Kind = "told"    // take it: it is safe, and tells the user of failures
	Keep     Kind = "keep"    // your own is safe and never loud
	Needless Kind = "nothing" // nothing is needed: naive is safe and never loud
	Nobody   Kind = "none"    // nobody is safe in all scenarios; of several, the strategy is safe in most
)

// Also is what can be said of another strategy beside the answer.
type Also struct {
	strategies.Entry
	As As
}

// As says why a strategy stands beside the answer, in the word that JSON has.
type As string

// The reasons.
const (
	AsGood     As = "as-good"     // it cannot be told from the answer
	WithServer As = "server"      // the server helps it, and it waits less; or, of several scenarios, it is safe in more
	ClientOnly As = "client-only" // the answer needs the server, and this does not
	AsksUser   As = "user"        // it keeps the user from acting, and of several scenarios is safe in more
	Closest    As = "closest"     // nobody is safe, and this loses least
)

// Beside returns who stands beside the answer for that reason.
func (a *Answer) Beside(as As) (es []strategies.Entry) {
	for _, b := range a.Also {
		if b.As == as {
			es = append(es, b.Entry)
		}
	}
	return es
}
