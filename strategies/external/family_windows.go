package external

import (
	"errors"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// family is a program with all that it has started: a job of Windows, which ends
// with this process at the latest.
type family struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	job windows.Handle // 0: there is none
}

// newFamily makes a program, before it is started, the head of a family of its
// own. A ctrl+c that is meant for photofinish does not reach it.
func newFamily(cmd *exec.Cmd) *family {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return &family{cmd: cmd}
	}
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	return &family{cmd: cmd, job: job}
}

// started counts the program in, when it runs: what it starts from then on is of
// its family.
func (f *family) started() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cmd.Process.WithHandle(func(h uintptr) { windows.AssignProcessToJobObject(f.job, windows.Handle(h)) })
}

// kill ends the family.
func (f *family) kill() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.job != 0 {
		windows.TerminateJobObject(f.job, 1)
	}
	if err := f.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// close ends the family, of which nobody is needed any more.
func (f *family) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	windows.CloseHandle(f.job)
	f.job = 0
}
