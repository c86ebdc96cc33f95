//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package disk

import (
	"errors"
	"os"
)

// WaitForLock does nothing: there are no locks that end with their process.
func WaitForLock(*os.File) {}

// LockIsFree cannot tell.
func LockIsFree(*os.File) (bool, error) { return false, errors.ErrUnsupported }

// hold does nothing: what is open could not be given another name here.
func hold(string) (*os.File, error) { return nil, nil }
