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
	"strings"
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
	there := func(dir string) bool { return holds(dir, files) }
	return c.keep(kind, sum(files), there, func() (map[string][]byte, error) { return files, nil })
}

// made returns a folder of that kind with what make makes of files, which is as good the
// next time: it takes longer to make than to see that it is what was made.
func (c cache) made(kind string, of map[string][]byte, make func(of map[string][]byte) (map[string][]byte, error)) (string, error) {
	return c.keep(kind, sum(of), sound, func() (map[string][]byte, error) {
		files, err := make(of)
		if err != nil {
			return nil, err
		}
		sums := ""
		for _, name := range slices.Sorted(maps.Keys(files)) {
			sums += fmt.Sprintf("%x %s\n", sha256.Sum256(files[name]), name)
		}
		files[sumsFile] = []byte(sums)
		return files, nil
	})
}

// sumsFile has the sums of all files of a folder that was made.
const sumsFile = "sha256sums"

// sound reports whether a folder is as it was made.
func sound(dir string) bool {
	sums, err := os.ReadFile(filepath.Join(dir, sumsFile))
	if err != nil || private(filepath.Dir(dir)) != nil || len(sums) == 0 {
		return false
	}
	for line := range strings.Lines(string(sums)) {
		want, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		text, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(text)) != want {
			return false
		}
	}
	return true
}

// sum is a name for files.
func sum(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(sum, "%s %d\n", name, len(files[name]))
		sum.Write(files[name])
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:16])
}

// keep returns a folder that is there, or else writes it.
func (c cache) keep(kind, name string, there func(dir string) bool, files func() (map[string][]byte, error)) (string, error) {
	parent := filepath.Join(c.root, kind)
	dir := filepath.Join(parent, name)
	if there(dir) {
		now := time.Now()
		_ = os.Chtimes(dir, now, now) // it is in use
		return dir, nil
	}
	all, err := files()
	if err != nil {
		return "", err
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
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(made, name), text, 0o600); err != nil {
			return "", err
		}
	}
	for wait := time.Millisecond; wait < time.Second; wait *= 4 {
		if os.Rename(made, dir) == nil || there(dir) { // somebody else may have been first
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
