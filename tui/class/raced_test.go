//go:build race

package class

// raced says that the race detector is on: all is ten times as slow.
const raced = true
