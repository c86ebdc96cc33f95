// Package tui is the playground: several clients race on one screen.
//
// What is shown is a function of a [session.Session] (script, seed, cursor,
// lanes) and of the window's size:
//
//	session ──▶ diagram.Lane (one traced trial each) ──▶ race ──▶ ink ──▶ text
//
// [Model] is a [page.Host] with its pages, listed in pages.go: the lanes, the focus
// on one of them, the network, the chart. Each is a package of its own; none knows
// another. The state in use is a desk.Desk. What the user can do is one table of
// commands, put together from the pages' own and those that several have
// (page/keys.go), from which key presses, help, palette and foot are taken. What
// takes longer than a frame runs in the background and brings its job's number
// along.
package tui
