package report

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file that is written whole or not at all: nothing is seen under
// its name until [File.Write] has succeeded, and then all of it.
type File struct {
	path string // with symbolic links followed
	mode fs.FileMode
}

// Unfinished begins the names of files that are being written. One that stays
// is of a process that was killed meanwhile.
const Unfinished = ".photofinish-"

// NewFile says what can be said before a long run: whether the file could be
// written. A device or a folder is no file.
func NewFile(path string) (*File, error) {
	f := &File{path: path, mode: 0o644}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		f.path = real
	}
	switch info, err := os.Stat(f.path); {
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file, so it cannot be replaced", path)
	case err == nil:
		f.mode = info.Mode().Perm()
	}
	if _, err := os.Stat(filepath.Dir(f.path)); err != nil {
		return nil, err
	}
	return f, nil
}

// Private lets nobody but the owner read the file. It returns f.
func (f *File) Private() *File {
	f.mode = 0o600
	return f
}

// Write lets write fill a new file and puts it in the place of the old one.
func (f *File) Write(write func(w io.Writer) error) (err error) {
	t, err := os.CreateTemp(filepath.Dir(f.path), Unfinished+"*")
	if err != nil {
		return err
	}
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
	return os.Rename(t.Name(), f.path)
}
