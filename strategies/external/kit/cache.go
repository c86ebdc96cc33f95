package kit

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

//go:embed js/*.mjs js/*.cjs python/*.py
var programs embed.FS

// embedded returns the files of a kit.
func embedded(kit string) map[string][]byte {
	list, err := programs.ReadDir(kit)
	files := map[string][]byte{}
	for _, f := range list {
		if files[f.Name()], err = programs.ReadFile(path.Join(kit, f.Name())); err != nil {
			break
		}
	}
	if err != nil {
		panic(err) // it is embedded
	}
	return files
}

// month is how long what nobody asks for any more is kept.
const month = 30 * 24 * time.Hour

// cache keeps folders whose names tell what is in them, so that nothing in it is
// ever wrong or out of date, and whoever comes second has nothing to write.
type cache struct {
	root  string
	close func() // removes it, if it is only for this program
}

// openCache opens a cache in a folder that nobody but the user can write to. Where
// there is none, it is one for this program alone.
func openCache(root string) cache {
	if root == "" {
		if dir, err := os.UserCacheDir(); err == nil {
			root = filepath.Join(dir, "photofinish")
		}
	}
	if root != "" && private(root) == nil {
		return cache{root, func() {}}
	}
	dir, err := os.MkdirTemp("", "photofinish-")
	if err != nil {
		return cache{root, func() {}} // what is then written says what is wrong
	}
	return cache{dir, sync.OnceFunc(func() { os.RemoveAll(dir) })}
}

// private makes a folder that only the user can write to, or sees that it is one.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	is, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !is.IsDir() || is.Mode().Perm()&0o022 != 0 && filepath.Separator == '/' {
		return fmt.Errorf("%s is not a folder of yours alone", dir)
	}
	return nil
}

// folder returns a folder of that kind with these files in it, and at most what Python
// compiles of them. It comes into being whole, and what is there already is not believed,
// but compared.
func (c cache) folder(kind string, files map[string][]byte) (string, error) {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(sum, "%s %d\n", name, len(files[name]))
		sum.Write(files[name])
	}
	parent := filepath.Join(c.root, kind)
	dir := filepath.Join(parent, fmt.Sprintf("%x", sum.Sum(nil)[:16]))
	if holds(dir, files) {
		now := time.Now()
		_ = os.Chtimes(dir, now, now) // it is in use
		return dir, nil
	}
	if err := private(parent); err != nil {
		return "", err
	}
	tidy(parent)
	made, err := os.MkdirTemp(parent, "new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(made)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(made, name), text, 0o600); err != nil {
			return "", err
		}
	}
	for wait := time.Millisecond; wait < time.Second; wait *= 4 {
		if os.Rename(made, dir) == nil || holds(dir, files) { // somebody else may have been first
			return dir, nil
		}
		if err := os.RemoveAll(dir); err != nil { // it is not what its name says
			return "", err
		}
		time.Sleep(wait) // on Windows who reads a file of it, as a virus scanner, holds it
	}
	return "", fmt.Errorf("%s cannot be written", dir)
}

func holds(dir string, files map[string][]byte) bool {
	if private(filepath.Dir(dir)) != nil {
		return false
	}
	for name, want := range files {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return false
		}
		is, err := io.ReadAll(io.LimitReader(f, int64(len(want))+1))
		f.Close()
		if err != nil || !bytes.Equal(is, want) {
			return false
		}
	}
	return true
}

// tidy removes what nobody has asked for in a month.
func tidy(parent string) {
	all, _ := os.ReadDir(parent)
	for _, dir := range all {
		if is, err := dir.Info(); err == nil && time.Since(is.ModTime()) > month {
			os.RemoveAll(filepath.Join(parent, dir.Name()))
		}
	}
}
