//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package disk

import (
	"errors"
	"fmt"
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

// hold locks a file until what it returns is closed. An error means that the
// file is not there any more.
func hold(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	WaitForLock(f)
	is, err := f.Stat()
	if err == nil {
		var now os.FileInfo
		if now, err = os.Stat(path); err == nil && os.SameFile(is, now) {
			return f, nil
		}
	}
	f.Close()
	return nil, fmt.Errorf("%s: somebody removes what is being written", path)
}

// flock locks a file, however often a signal interrupts it.
func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
