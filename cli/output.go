package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// output is the standard output. It remembers that something could not be
// written: not everybody who writes to it looks, and a command that says nothing
// must not end as if it had.
type output struct {
	*os.File
	err error // the first
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

func (o *output) WriteString(text string) (int, error) { return o.Write([]byte(text)) }

func (o *output) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{o}, r) }

// errReplaces is that of a command that would write over what it reads.
var errReplaces = errors.New("is read by this command, and would be replaced: take another name")

// reads is told which file is read, before it is or after; - is the standard
// input. The error says that what is written would take its place.
func (a *app) reads(path string) error {
	is, err := os.Stat(path)
	if path == "-" {
		is, err = a.in.Stat()
	}
	if err != nil {
		return nil // who reads it will say so
	}
	for _, out := range []struct{ flag, path string }{{"--output", a.output}, {"--ballots", a.ballots}} {
		if other, err := os.Stat(out.path); err == nil && os.SameFile(is, other) {
			return fmt.Errorf("%s %s: %w", out.flag, out.path, errReplaces)
		}
	}
	return nil
}

// sameFile reports whether two paths lead to one file, or will.
func sameFile(a, b string) bool {
	is, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	if err1 == nil && err2 == nil {
		return os.SameFile(is, other)
	}
	abs1, err1 := filepath.Abs(a)
	abs2, err2 := filepath.Abs(b)
	return err1 == nil && err2 == nil && abs1 == abs2
}
