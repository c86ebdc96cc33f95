// Package disk writes files whole or not at all, and locks them in a way that ends
// with the process.
package disk

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// File is a file that is written whole or not at all: nothing is seen under
// its name until [File.Write] has succeeded, and then all of it.
type File struct {
	path string // with symbolic links followed
	mode fs.FileMode
}

// New says what can be said before a long run: whether the file could be
// written. A link is followed; one that leads nowhere is refused, and so is what
// is read-only, though the folder would let it be replaced. A device or a folder
// is no file.
func New(path string) (*File, error) {
	f := &File{path: path, mode: 0o644}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		f.path = real
	} else if to, err := os.Readlink(path); err == nil {
		return nil, fmt.Errorf("%s: is a link to %s, which is not there: make that, or remove the link", path, to)
	}
	if runtime.GOOS == "windows" && !filepath.IsLocal(filepath.Base(f.path)) { // as con.yaml, a:b
		return nil, fmt.Errorf("%s: Windows lets no file be called that: take another name", path)
	}
	switch info, err := os.Stat(f.path); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, cannot(path, err) // as of a name that is too long
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file, so it cannot be replaced", path)
	case err == nil:
		f.mode = info.Mode().Perm()
		if err := writable(f.path, f.mode); err != nil {
			return nil, fmt.Errorf("%s: is read-only: take another name, or make it writable with %s", path, makeWritable)
		}
	}
	if _, err := os.Stat(filepath.Dir(f.path)); err != nil {
		return nil, err
	}
	t, err := os.CreateTemp(filepath.Dir(f.path), f.unfinished()+"*")
	if err != nil {
		return nil, cannot(path, err)
	}
	t.Close()
	os.Remove(t.Name())
	return f, nil
}

// cannot says why nothing can be written there, in the operating system's words alone.
func cannot(path string, err error) error {
	return fmt.Errorf("%s: nothing can be written there: %w", path, cmp.Or(errors.Unwrap(err), err))
}

// writable says whether a file may be written. Its mode counts for itself: the
// superuser may write anything, and should not.
func writable(path string, mode fs.FileMode) error {
	if mode&0o222 == 0 {
		return fs.ErrPermission
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// Keep writes what only its owner may read, and makes the folder for it.
func Keep(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := New(path)
	if err != nil {
		return err
	}
	f.mode = 0o600
	return f.Write(func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Write lets write fill a new file and puts it in the place of the old one. What
// others, that were killed meanwhile, have left half written beside it is
// removed.
func (f *File) Write(write func(w io.Writer) error) (err error) {
	f.sweep()
	t, held, err := f.create()
	if err != nil {
		return err
	}
	defer held.Close() // when the file has its name
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	if err = write(t); err != nil {
		return err
	}
	if err = t.Chmod(f.mode); err != nil {
		return err
	}
	if err = t.Sync(); err != nil {
		return err
	}
	if err = t.Close(); err != nil {
		return err
	}
	return replace(t.Name(), f.path)
}

// replace gives a file the name of another, and waits a little where somebody has
// that open.
func replace(from, to string) error {
	err := os.Rename(from, to)
	for wait := 5 * time.Millisecond; busy(err) && wait < time.Second; wait *= 2 {
		time.Sleep(wait)
		err = os.Rename(from, to)
	}
	if busy(err) {
		return fmt.Errorf("%s: close it where it is open, or take another name: %w", to, cmp.Or(errors.Unwrap(err), err))
	}
	return err
}

// What is half written has a name with the file's in it, as a number, and is
// locked for as long as it is being written. So who sweeps can tell what is
// left from what is not, also where several machines share a folder and their
// locks do not reach each other: then they write files of different names.
var unfinished = regexp.MustCompile(`^\.photofinish-(?:[0-9a-f]{8}-)?[0-9]{1,10}$`)

// unfinished begins the names of what is half written of the file.
func (f *File) unfinished() string {
	h := fnv.New32a()
	h.Write([]byte(filepath.Base(f.path)))
	return fmt.Sprintf(".photofinish-%08x-", h.Sum32())
}

// create makes a new file beside the one that it will replace, and holds it.
func (f *File) create() (t, held *os.File, err error) {
	for range 3 { // somebody may sweep it away before it is held
		if t, err = os.CreateTemp(filepath.Dir(f.path), f.unfinished()+"*"); err != nil {
			return nil, nil, err
		}
		if held, err = hold(t.Name()); err == nil {
			return t, held, nil
		}
		t.Close()
		os.Remove(t.Name())
	}
	return nil, nil, err
}

// old is how long something half written must have been left alone before the
// save of another file sweeps it away.
const old = time.Hour

// sweep removes what is half written and not locked: of this file at once, of
// others when it is old.
func (f *File) sweep() {
	folder, err := os.Open(filepath.Dir(f.path))
	if err != nil {
		return
	}
	defer folder.Close()
	names, _ := folder.Readdirnames(-1)
	for _, name := range names {
		if unfinished.MatchString(name) {
			path := filepath.Join(folder.Name(), name)
			info, err := os.Lstat(path)
			if err == nil && info.Mode().IsRegular() && (strings.HasPrefix(name, f.unfinished()) || time.Since(info.ModTime()) > old) {
				removeLeft(path)
			}
		}
	}
}

// hold locks a file until what it returns is closed. An error means that the
// file is not there any more.
func hold(path string) (*os.File, error) {
	f, err := Open(path, false)
	if err != nil {
		return nil, err
	}
	WaitForLock(f)
	is, err := f.Stat()
	if err == nil {
		var now os.FileInfo
		if now, err = os.Stat(path); err == nil && os.SameFile(is, now) {
			return f, nil
		}
	}
	f.Close()
	return nil, fmt.Errorf("%s: somebody removes what is being written", path)
}

// removeLeft removes a file that nobody has locked.
func removeLeft(path string) {
	f, err := Open(path, false)
	if err != nil {
		return
	}
	defer f.Close()
	if free, err := LockIsFree(f); free && err == nil {
		os.Remove(path)
	}
}
