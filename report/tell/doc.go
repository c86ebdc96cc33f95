// Package tell puts what happens in a trial into words, once for everybody who
// shows it: the story, the logs of the playground, its game of being the
// network, lessons, titles in drawings and the formats of other programs. It has
// the signs of verdicts too, and makes texts from outside fit to be shown.
//
// An event is told at three lengths: as a sentence of its own ([Says]), as a
// clause behind another word ([Teller.Clause]), and in a log, behind its sign and
// its label ([Teller.Event]). All three take their words from one table.
package tell
