//go:build unix

package external

import (
	"os/exec"
	"syscall"
)

// family makes a program the head of a family of its own, so that it can be
// ended with all that it has started.
func family(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// kill ends the family.
func kill(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
