//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package session

import (
	"errors"
	"os"
	"syscall"
)

// waitForLock locks a file until it is closed, or its process ends in whatever
// way.
func waitForLock(f *os.File) { flock(f, syscall.LOCK_EX) }

// lockIsFree reports whether nobody has a file locked. An error means that it
// cannot be told.
func lockIsFree(f *os.File) (bool, error) {
	switch err := flock(f, syscall.LOCK_EX|syscall.LOCK_NB); {
	case err == nil:
		return true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return false, nil
	default:
		return false, err
	}
}

// flock locks a file, however often a signal interrupts it.
func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
