// Package svg paints a trial as a space-time diagram, by the same
// [diagram.Layout] as the playground: time goes right, the screen's rail is above,
// the server's below, requests are heavy lines between them and answers thin ones.
//
//	waiting rows     …u2 queued┄┄┄┄╮
//	screen rail   c1━━━━u2━━━u3━━━━▲━━━━━━━━━
//	                ╲          ╱ id
//	server rail   ┄┄┄┄▼━━━━━━━━━━━━━━━▼━━━━━━
//	                  c1              u2 ✗ overwrites u3
//
// Every text is escaped and cleaned before it is written, so that a drawing can
// stand in a page as it is. Colours are classes; [PageRules] gives them colours.
package svg
