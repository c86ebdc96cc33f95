// Package class lets a class join the playground over SSH.
//
// A [Hub] knows who is there and what is asked: members, ballots with their
// rounds, and where the teacher is. It is plain data under a lock. Whoever
// looks at it (a [Seat] of a student, or the teacher) is told that something has
// changed by a channel that never makes the hub wait, and asks for a [Sheet] or
// a [Board] then.
//
//	ssh ── host.Server ── Seat ── student (tea.Model) ── Hub ── teacher, wall, console (tea.Model)
//
// What comes in over the network, and how much of it, is the business of
// [photofinish/tui/class/host]. [Run] puts all of it together.
package class
