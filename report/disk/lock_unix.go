//go:build unix

package disk

import (
	"errors"
	"os"
	"syscall"
)

// WaitForLock locks a file until it is closed, or its process ends in whatever
// way. Where files cannot be locked it does nothing.
func WaitForLock(f *os.File) { flock(f, syscall.LOCK_EX) }

// LockIsFree reports whether nobody had a file locked, and then locks it. An
// error means that it cannot be told.
func LockIsFree(f *os.File) (bool, error) {
	switch err := flock(f, syscall.LOCK_EX|syscall.LOCK_NB); {
	case err == nil:
		return true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return false, nil
	default:
		return false, err
	}
}

// Open opens a file for reading and writing, and makes it if it shall, so that it
// may be locked, and renamed or removed while it is open.
func Open(path string, create bool) (*os.File, error) {
	how := os.O_RDWR
	if create {
		how |= os.O_CREATE
	}
	return os.OpenFile(path, how, 0o600)
}

// flock locks a file, however often a signal interrupts it.
func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// busy reports that nobody stands in the way: what is open may be replaced.
func busy(error) bool { return false }

// makeWritable is the command that takes a file's protection away.
const makeWritable = "chmod u+w"
