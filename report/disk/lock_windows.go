package disk

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// A lock here keeps others from what it covers. So it covers one byte that no file
// has: what is locked can be read and written all the same.
var noByte = windows.Overlapped{OffsetHigh: 1 << 30}

// WaitForLock locks a file until it is closed, or its process ends in whatever
// way. Where files cannot be locked it does nothing.
func WaitForLock(f *os.File) { lock(f, windows.LOCKFILE_EXCLUSIVE_LOCK) }

// LockIsFree reports whether nobody had a file locked, and then locks it. An
// error means that it cannot be told.
func LockIsFree(f *os.File) (bool, error) {
	switch err := lock(f, windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY); {
	case err == nil:
		return true, nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return false, nil
	default:
		return false, err
	}
}

func lock(f *os.File, how uint32) error {
	at := noByte
	return windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, &at)
}

// Open opens a file for reading and writing, and makes it if it shall, so that it
// may be locked, and renamed or removed while it is open: os.OpenFile forbids both
// here.
func Open(path string, create bool) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	how := uint32(windows.OPEN_EXISTING)
	if create {
		how = windows.OPEN_ALWAYS
	}
	const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, share, nil, how, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

// busy reports whether somebody else has a file open just now: a virus scanner, an
// indexer, an editor. Most of them let go of it soon.
func busy(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

// makeWritable is the command that takes a file's protection away.
const makeWritable = "attrib -r"
