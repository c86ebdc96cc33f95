// Package report turns trials into something to read.
//
//	Replay    one traced trial       →  WriteJSON, WriteStory
//	Estimate  many trials            →  Odds
//	Run       scenarios × strategies →  Matrix: WriteText, WriteMarkdown, WriteJSON
//	Check     a scenario             →  does it do what its file expects?
//
// Every trial that is counted can be replayed from its seed, and what is
// written is the same to the last byte whenever it is written again, on any
// machine and with any number of workers.
package report
