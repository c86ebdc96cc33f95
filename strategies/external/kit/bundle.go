package kit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// bundled is a user's file with all that it imports.
type bundled struct {
	code, sourceMap, about []byte

	own   []string          // the user's own files, with their whole path
	texts map[string][]byte // what is in them, by their path from the file
}

// about is what the kit has to know of a bundle.
type about struct {
	File   string   `json:"file"`   // base name of the user's file
	Path   string   `json:"path"`   // from where libraries are looked for
	Mode   string   `json:"mode"`   // NODE_ENV
	Of     []string `json:"of"`     // libraries that are in it, with their versions
	Bundle string   `json:"bundle"` // its hash
	Memory int      `json:"memory"` // the most that it may keep, in MiB
	// Page says whether a document is made: "must" be if the user's own files
	// name it, "may" if only a library in it can make use of one.
	Page string `json:"page,omitempty"`
}

func (b *bundled) files() map[string][]byte {
	return map[string][]byte{"bundle.js": b.code, "bundle.js.map": b.sourceMap, "about.json": b.about}
}

func (b *bundled) source(file string) ([]byte, bool) {
	text, is := b.texts[file]
	return text, is
}

// bundle puts a file together with all that it imports, the way Vite does it for
// a browser: as the code that ships, or, as soon as @testing-library is in it, as
// the code that is tested.
func bundle(path string, o Options) (*bundled, error) {
	dir, name := filepath.Dir(path), filepath.Base(path)
	const testing = "@testing-library/"
	mode, other := "production", "test"
	if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(testing)) {
		mode, other = other, mode // likely, and one build is enough
	}
	result, meta := build(path, mode, o)
	if meta.has(testing) != (mode == "test") {
		mode = other
		result, meta = build(path, mode, o)
	}
	if err := complaint(name, result); err != nil {
		return nil, err
	}
	b := &bundled{texts: map[string][]byte{}}
	for _, f := range result.OutputFiles {
		if strings.HasSuffix(f.Path, ".map") {
			b.sourceMap = f.Contents
		} else {
			b.code = f.Contents
		}
	}
	a := about{File: name, Path: path, Mode: mode, Memory: memory, Of: meta.libraries()}
	for _, input := range meta.files() {
		if !strings.Contains(input, "node_modules/") {
			full := filepath.Join(dir, filepath.FromSlash(input))
			text, err := os.ReadFile(full)
			if err != nil {
				return nil, err
			}
			b.own, b.texts[input] = append(b.own, full), text
			a.Page = max(a.Page, page(input, text))
		}
	}
	if slices.ContainsFunc(pages, func(library string) bool { return meta.has(library + "/") }) {
		a.Page = max(a.Page, "may") // "may" < "must"
	}
	a.Bundle = fmt.Sprintf("sha256:%x", sha256.Sum256(b.code))
	var err error
	b.about, err = json.MarshalIndent(a, "", "  ")
	return b, err
}
