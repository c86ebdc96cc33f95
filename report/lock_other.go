//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package session

import (
	"errors"
	"os"
)

func waitForLock(*os.File) {}

// lockIsFree cannot tell: there are no locks that end with their process.
func lockIsFree(*os.File) (bool, error) { return false, errors.ErrUnsupported }
