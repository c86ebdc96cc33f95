//go:build !unix

package tui

// underJobControl reports that nobody could bring the program back.
func underJobControl() bool { return false }
