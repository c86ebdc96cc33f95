//go:build unix

package tui

import (
	"io"
	"os"
	"syscall"
)

// pipe makes a file that is no regular one.
func pipe(path string) error { return syscall.Mkfifo(path, 0o600) }

// ends returns the signals that end a program, by name.
func ends() map[string]ending {
	all := map[string]ending{}
	for name, s := range map[string]syscall.Signal{
		"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT, "INT": syscall.SIGINT,
	} {
		all[name] = ending{func(io.Writer) { syscall.Kill(os.Getpid(), s) }, Signal(s)}
	}
	return all
}
