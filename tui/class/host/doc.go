// Package host runs programs for whoever comes over SSH, and knows nothing of what a
// class does: it has a [Server], which gives each [Guest] a program with their screen.
//
//	ssh client ── line (limits of a connection) ── gate (requests) ── wish
//	                                                                   │
//	                       screen (tea.Model) ── guard ── tea.Program ─┤
//	                                              keys ──▲     │
//	                                                           ▼ patient writer
//
// What one session does (panic, never read, send garbage) ends in itself: the guard
// catches panics, the patient writer and the line close what hangs or floods. Most of
// its tests are those of a class, in ../hostile_test.go.
package host
