//go:build unix

package machine

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// inBackground reports whether somebody else has the terminal: who sets it up then is
// stopped.
func inBackground(terminal *os.File) bool {
	group, err := unix.IoctlGetInt(int(terminal.Fd()), unix.TIOCGPGRP)
	return err == nil && group != syscall.Getpgrp()
}
