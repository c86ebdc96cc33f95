// Package lessons reads lesson files: a few short steps, each of which tells,
// shows or asks something about races. It also holds the catalogue of lessons.
//
// A file is YAML, one lesson a file:
//
//	name: lost-click
//	title: The lost click
//	minutes: 4
//	scenario: create-then-update
//	strategies: [naive]
//	steps:
//	  - tell: Ada is created, and then renamed.
//	    told: {naive: saves each edit when you make it, callbacks: has grey buttons until there is an id}
//	  - predict: {ask: "Which pages lose the new name?", answer: lanes, strategies: [naive, callbacks]}
//	  - reveal: {say: "One of them had no id yet."}
//	remember: A click that comes before the id has nowhere to go.
//
// No file holds an answer: it says what is asked, and the engine finds out
// what is true. [Schema] describes every key. A file is decoded as strictly as
// a scenario's, and its text is as little trusted.
package lessons

import (
	"photofinish/scenarios"
)

// Lesson is a list of steps, and the sentence that is worth remembering.
type Lesson struct {
	Name     string // in the catalogue, the name of the file without .yaml
	Title    string // one line
	Minutes  int    // how long it takes, about
	Remember string // one line
	Source   string // the article or ticket that it comes from; may be empty
	File     string // where it was read from, for messages; empty in the catalogue
	Steps    []Step

	// Warnings say what keeps a file that can be read from being a good lesson:
	// that it tells nothing of the pages that it asks about. Each has its place.
	Warnings []*scenarios.Error
}

// Unnamed reports whether pages are called A, B, C in the questions of the
// lesson: in the two checks, for before the first lesson nobody knows their
// names, and a name may tell.
func (l *Lesson) Unnamed() bool { return l.Name == FirstCheck || l.Name == LastCheck }

// InClass returns how long the lesson takes with a class that talks, in minutes:
// what its steps say; 0 if they say nothing.
func (l *Lesson) InClass() (minutes int) {
	for i := range l.Steps {
		minutes += l.Steps[i].Minutes
	}
	return minutes
}

// Kind says which of the fields of a [Step] count.
type Kind uint8

// The kinds of steps.
const (
	Tell    Kind = iota // a few lines to read
	Watch               // lanes play
	Predict             // a question, answered before anything is shown
	Reveal              // what is true of the prediction before it
	Break               // make the strategy lose, or say that nobody can
	Mend                // choose a client, or another order of clicks, that never loses
	Explain             // a strategy's rule, its source and its code
	Check               // a question that is answered and revealed in one step
)

var kinds = []string{"tell", "watch", "predict", "reveal", "break", "mend", "explain", "check"}

// String returns the word for k that lesson files use.
func (k Kind) String() string { return kinds[k] }

// Ask is a kind of question. The answer is in no file: the engine finds it out.
type Ask uint8

// The kinds of questions. Bad is what ends wrong or stuck.
const (
	Lanes    Ask = iota // which lanes end badly in the trial that is shown
	Verdict             // how the trial of one lane ends
	Stands              // what stands in a field on the server when its trial is over
	Requests            // how many requests it sends in its trial
	Blocked             // for how many ms of its trial something the user wants is blocked
	Possible            // which strategies can end badly at all, in some order
	RaceFree            // which cannot, in any order
	Odds                // in how many per cent of trials it ends badly, when luck draws the latencies
)

var asks = []string{"lanes", "verdict", "stands", "requests", "blocked", "possible", "race-free", "odds"}

// String returns the word for a that lesson files use.
func (a Ask) String() string { return asks[a] }

// One reports whether the question is about one strategy only.
func (a Ask) One() bool { return a != Lanes && a != Possible && a != RaceFree }

// By is with what the user breaks a strategy.
type By uint8

// The ways to break.
const (
	Network By = iota // the user picks what happens next
	Clicks            // the user moves the clicks; the latencies stay
)

var bys = []string{"network", "clicks"}

// String returns the word for b that lesson files use.
func (b By) String() string { return bys[b] }

// Setting is the race that a step shows or asks about.
type Setting struct {
	Scenario   *scenarios.Scenario // with the step's own seed, network and gap; nil where a step needs none
	Strategies []string            // one lane each
	// Worlds are scenarios in which one strategy is asked about, one lane each;
	// empty: the lanes are the strategies. Scenario is the first of them.
	Worlds []*scenarios.Scenario
	Thing  string // what a record is, as "order"; "person" unless the file says otherwise
}

// Step is one step. Which fields count depends on its kind.
type Step struct {
	Kind Kind
	Setting

	Say    string   // tell: Markdown. Others: a line or two, may be empty. Predict and check: shown with the truth
	Ask    string   // predict, check: the question
	Answer Ask      // predict, check
	Field  int      // stands: the field that is asked for
	Within float64  // questions of a number: how far off still counts as right, in its unit
	Of     int      // reveal: the place of the prediction in Steps; else -1
	By     By       // break
	Hints  []string // break, mend: the first is the vaguest
	Clicks bool     // mend: the clicks may change places too

	Told    map[string]string // tell, watch, predict, check: what it tells of pages, by their names
	Lines   []string          // predict, check, break, mend: of each of the Strategies, the latest line that has been told of it; of a break and a mend it may be empty
	Rule    bool              // predict, check: the rules of the catalogue are shown instead
	Places  []int             // predict, check, mend: of each page that can be picked, its place in the file, from 0
	Wrong   []Wrong           // predict, check: wrong answers, and what meets them
	Again   []Step            // predict, check: the same idea on another surface, each a check with the same Answer
	Minutes int               // with a class that talks; 0: it is not said
	Notes   string            // for the teacher, a line or three; may be empty

	Line, Column int // where it stands in the file, from 1
}

// Asks reports whether the step wants something of the user that can be right
// or wrong.
func (s *Step) Asks() bool {
	return s.Kind == Predict || s.Kind == Check || s.Kind == Break || s.Kind == Mend
}
