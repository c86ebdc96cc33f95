//go:build unix

package cli

import (
	"errors"
	"os"
	"syscall"
)

// isClosed reports whether nobody reads any more what was written.
func isClosed(err error) bool { return errors.Is(err, syscall.EPIPE) }

// keyboard opens the one of the terminal, also where something else comes on standard
// input.
func keyboard() (*os.File, error) { return os.Open("/dev/tty") }
