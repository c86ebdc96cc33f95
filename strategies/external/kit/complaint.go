package kit

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

var unresolved = regexp.MustCompile(`^Could not resolve "(.*)"$`)

// complaint makes of what esbuild says one sentence: the first thing that is
// wrong, where, and the way out, which is one for all libraries that are missing. It is
// nil if there is nothing.
func complaint(name string, r api.BuildResult) error {
	if len(r.Errors) > 0 {
		return errors.New(explain(name, r.Errors))
	}
	for _, m := range r.Warnings {
		if m.ID == "empty-import-meta" && m.Location != nil && strings.Contains(m.Location.LineText, "import.meta.glob") {
			return errors.New(place(m) + " uses import.meta.glob, which only Vite knows. Import the files by their names")
		}
	}
	return nil
}

// place is where something is: save.tsx:3.
func place(m api.Message) string {
	if m.Location == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d", m.Location.File, m.Location.Line)
}

func explain(name string, all []api.Message) string {
	m, at := all[0], place(all[0])
	switch found := unresolved.FindStringSubmatch(m.Text); {
	case found != nil && libraryOf(found[1]) != "":
		return fmt.Sprintf("cannot find %q: npm install %s beside %s", found[1], strings.Join(absent(all), " "), name)
	case found != nil:
		return missing(found[1], at)
	case strings.HasPrefix(m.Text, "Top-level await"), strings.Contains(m.Text, "contains a top-level await"):
		return at + ": await outside a function: start it in the default function"
	case m.PluginName != "" && strings.HasPrefix(m.Text, "imports "):
		return strings.TrimSpace(at + " " + m.Text)
	case m.PluginName != "" && at != "":
		return fmt.Sprintf("%s (%s)", m.Text, at)
	case m.Location != nil:
		return fmt.Sprintf("%s:%d: %s", at, m.Location.Column+1, m.Text)
	}
	return m.Text
}

// missing tells what to do about an import that leads nowhere, and to no library.
func missing(path, at string) string {
	short, _, _ := strings.Cut(path, "/")
	if strings.HasPrefix(path, ".") || short == "" {
		return fmt.Sprintf("cannot find %q (%s)", path, at)
	}
	return fmt.Sprintf("cannot find %q (%s): --alias %s=./src, or paths in tsconfig.json", path, at, short)
}

// absent returns the libraries that cannot be found, by their names.
func absent(all []api.Message) (names []string) {
	for _, m := range all {
		if found := unresolved.FindStringSubmatch(m.Text); found != nil && libraryOf(found[1]) != "" {
			names = append(names, libraryOf(found[1]))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// libraryOf returns the name of the library of an import, or "" if it leads to a file.
func libraryOf(path string) string {
	parts := strings.SplitN(path, "/", 3)
	switch {
	case strings.HasPrefix(path, "@/"), path != "" && strings.Contains("./~#$", path[:1]):
		return ""
	case strings.HasPrefix(path, "@") && len(parts) > 1:
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
