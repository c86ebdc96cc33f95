// Package tui is the playground: several clients race on one screen.
//
// What is shown is a function of a [session.Session] (script, seed, cursor,
// lanes) and of the window's size:
//
//	session ──▶ diagram.Lane (one traced trial each) ──▶ race ──▶ ink ──▶ text
//
// [Model] routes keys, mouse, clock and results; it holds nothing else that
// could not be worked out anew. What the user can do is one table of commands
// (keys.go), from which key presses, help, palette and foot are taken. What
// fills the screen is a place: the lanes (strips.go, columns.go, small.go),
// the focus on one of them (focus.go), the network (network.go), the chart
// (chart.go). What lies over it is an overlay: menu, prompt, question, help,
// the chooser of lanes. What takes longer than a frame runs in the background
// (background.go) and brings its job's number along.
package tui
