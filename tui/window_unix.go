//go:build unix

package tui

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

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
