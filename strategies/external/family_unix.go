//go:build unix

package external

import (
	"os/exec"
	"syscall"
)

// family is a program with all that it has started: a process group.
type family struct{ cmd *exec.Cmd }

// newFamily makes a program, before it is started, the head of a family of its
// own. A ctrl+c that is meant for photofinish does not reach it.
func newFamily(cmd *exec.Cmd) *family {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return &family{cmd}
}

// started has nothing to do: the system has counted the program in.
func (f *family) started() {}

// kill ends the family.
func (f *family) kill() error { return syscall.Kill(-f.cmd.Process.Pid, syscall.SIGKILL) }

// close ends the family, of which nobody is needed any more.
func (f *family) close() {
	if f.cmd.Process != nil { // it could be started
		f.kill()
	}
}
