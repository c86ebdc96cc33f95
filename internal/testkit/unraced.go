//go:build !race

package testkit

// Raced says that the race detector is on: all is ten times as slow.
const Raced = false
