package lesson

import (
	"time"

	"photofinish/report"
)

// Truth is what is true of a step that asks, as the engine found it.
type Truth struct {
	Picks  []int   // of a question with choices: the right ones
	Number float64 // of a question of a number
	Says   string  // in a sentence
	Lanes  []Finding
}

// Finding is what is true of one strategy, with the trial that shows it.
type Finding struct {
	Strategy string
	Bad      bool   // it ends badly: in this trial, or, where all orders are asked about, in some
	Says     string // why, in a sentence, as "u2 never left, and nobody was told"

	// Trial shows it: the trial that was predicted, or else the shortest bad
	// order with times that bring it about, or else the first bad seed.
	Trial *report.Trial
	Event int           // the place of the deciding event in Trial.Events; -1: none
	At    time.Duration // when that is
	Proof []int         // the places of all the events that prove it, ascending

	Orders *report.Orders // all orders, where they are asked about
	Odds   *report.Odds   // 10,000 trials, where they are asked about
}
