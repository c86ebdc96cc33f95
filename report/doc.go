// Package report turns trials into something to read.
//
//	Replay    one traced trial       →  Trial
//	Estimate  many trials            →  Odds
//	Explore   all orders             →  Orders
//	Run       scenarios × strategies →  Matrix
//	Check     a scenario             →  does it do what its file expects?
//
// Each way of writing them has a package of its own: terminal, markdown, html, svg,
// chart, and what other programs read in export.
//
// Every trial that is counted can be replayed from its seed, and what is
// written is the same to the last byte whenever it is written again, on any
// machine and with any number of workers.
package report
