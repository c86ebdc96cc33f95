//go:build unix

package tui

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
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

// eachResize calls do whenever the terminal says that its size is another, until
// ctx ends.
func eachResize(ctx context.Context, do func()) {
	resized := make(chan os.Signal, 1)
	signal.Notify(resized, syscall.SIGWINCH)
	defer signal.Stop(resized)
	for {
		select {
		case <-ctx.Done():
			return
		case <-resized:
			do()
		}
	}
}

// stateDir returns the user's folder for what programs remember, "" if there is none.
func stateDir() string {
	home, err := os.UserHomeDir()
	switch {
	case err != nil:
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "photofinish")
	}
	return filepath.Join(home, ".local", "state", "photofinish")
}
