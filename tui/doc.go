// Package tui is the playground: six clients race on one screen.
//
// What is shown is a function of a [Session] (script, seed, cursor, lanes)
// and of the window's size:
//
//	Session ──▶ lanes (one traced trial each) ──▶ layout ──▶ canvas ──▶ text
//
// A lane ([lane]) turns a trace into what a picture needs: messages, who
// wrote what both sides hold, where something waited, when the verdict was
// proved. A layout (strips, columns, server lines) places lanes along a time
// axis ([axis]). A [canvas] is a grid of cells with a layer of braille dots
// under the text; it becomes a string once a frame. [Model] routes keys and
// clock to the session and holds nothing else that matters.
package tui
