//go:build unix

package tui

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// underJobControl reports whether somebody can bring the program back when it is
// stopped. Nobody can where it is in the group of the session's leader, as a command
// that a terminal has been opened with: there the system stops nothing, and Bubble
// Tea would wait for ever.
func underJobControl() bool {
	session, err := unix.Getsid(0)
	return err == nil && session != syscall.Getpgrp()
}
