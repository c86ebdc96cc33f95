// Package class lets a class join the playground over SSH.
//
// A [Hub] knows who is there and what is asked: members, ballots with their
// rounds, and where the teacher is. It is plain data under a lock. Whoever
// looks at it (a [Seat] of a student, or the teacher) is told that something has
// changed by a channel that never makes the hub wait, and asks for a [Sheet] or
// a [Board] then.
//
//	ssh client ── line (limits of a connection) ── gate (requests) ── wish
//	                                                                   │
//	        hub ◀── Seat ── student (tea.Model) ── guard ── tea.Program ┘
//	         ▲                                  keys ──▲     │
//	         └─────────── teacher (tea.Model)               ▼ patient writer
//
// Each session has a program of its own. What one of them does (panic, never
// read, send garbage) ends in itself: the guard catches panics, the patient
// writer and the line close what hangs or floods.
package class
