package cli

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// isClosed reports whether nobody reads any more what was written.
func isClosed(err error) bool {
	return errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_NO_DATA)
}

// keyboard opens the one of the console, also where something else comes on standard
// input. Its modes can only be set by who may write to it.
func keyboard() (*os.File, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }
