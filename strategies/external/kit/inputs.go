package kit

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// metafile is what esbuild says of what it has put together: paths from dir, the
// folder of the user's file, with slashes.
type metafile struct {
	Inputs map[string]struct{} `json:"inputs"`
	dir    string
}

// files returns the paths of all files in it. What is no file, or another form of
// one, has a word and a colon before it.
func (m metafile) files() (paths []string) {
	for _, input := range slices.Sorted(maps.Keys(m.Inputs)) {
		if before, after, is := strings.Cut(input, ":"); is && len(before) > 1 {
			if !slices.Contains([]string{"raw", "url", "inline"}, before) {
				continue // it was made up
			}
			input = after
		}
		input, _, _ = strings.Cut(input, "?")
		if rel, err := filepath.Rel(m.dir, filepath.FromSlash(input)); err == nil && filepath.IsAbs(filepath.FromSlash(input)) {
			input = filepath.ToSlash(rel)
		}
		paths = append(paths, input)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// has tells whether something of a library is in it.
func (m metafile) has(library string) bool {
	return slices.ContainsFunc(m.files(), func(path string) bool { return strings.Contains(path, "node_modules/"+library) })
}

// libraries returns what of node_modules is in it, with versions: "swr 2.5.1".
func (m metafile) libraries() []string {
	all := map[string]bool{}
	seen := map[string]bool{}
	for _, input := range m.files() {
		at := strings.LastIndex(input, "node_modules/")
		if at < 0 {
			continue
		}
		root := filepath.Join(m.dir, filepath.FromSlash(input[:at+len("node_modules")]))
		for folder := filepath.Dir(filepath.Join(m.dir, filepath.FromSlash(input))); len(folder) > len(root) && !seen[folder]; folder = filepath.Dir(folder) {
			seen[folder] = true
			var about struct{ Name, Version string }
			text, err := os.ReadFile(filepath.Join(folder, "package.json"))
			if err == nil && json.Unmarshal(text, &about) == nil && about.Name != "" && about.Version != "" {
				all[about.Name+" "+about.Version] = true
				break
			}
		}
	}
	return append([]string{}, slices.Sorted(maps.Keys(all))...) // never null
}

// pages are libraries that do most of their work in a document.
var pages = strings.Fields("react-dom preact @vue/runtime-dom svelte/src/internal/client solid-js/web jquery lit-html " +
	"@testing-library/dom @angular/platform-browser alpinejs htmx.org mithril")

var (
	document = regexp.MustCompile(`\bdocument\b`)
	window   = regexp.MustCompile(`\bwindow\b`)
)

// page tells how much one of the user's own files wants a document: see about.
func page(path string, text []byte) string {
	loader, is := loaders[filepath.Ext(path)]
	if !is {
		return ""
	}
	code := string(text)
	if r := api.Transform(code, api.TransformOptions{Loader: loader, MinifyWhitespace: true, LegalComments: api.LegalCommentsNone, JSX: api.JSXAutomatic}); len(r.Errors) == 0 {
		code = string(r.Code) // without comments
	}
	switch {
	case document.MatchString(code):
		return "must"
	case window.MatchString(code):
		return "may"
	}
	return ""
}

var loaders = map[string]api.Loader{
	".js": api.LoaderJSX, ".mjs": api.LoaderJSX, ".cjs": api.LoaderJSX, ".jsx": api.LoaderJSX,
	".ts": api.LoaderTS, ".mts": api.LoaderTS, ".cts": api.LoaderTS, ".tsx": api.LoaderTSX,
}
