//go:build unix

package class

import (
	"syscall"
	"time"
)

// spent returns the processor time that this process has taken.
func spent() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
