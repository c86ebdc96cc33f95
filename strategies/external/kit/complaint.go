package kit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

var unresolved = regexp.MustCompile(`^Could not resolve "(.*)"$`)

// complaint makes of what esbuild says one sentence: the first thing that is
// wrong, where, and the way out. It is nil if there is nothing.
func complaint(name string, r api.BuildResult) error {
	for _, m := range r.Errors {
		return errors.New(inFront(name, explain(name, m)))
	}
	for _, m := range r.Warnings {
		if m.ID == "empty-import-meta" && m.Location != nil && strings.Contains(m.Location.LineText, "import.meta.glob") {
			return errors.New(inFront(name, place(m)+" uses import.meta.glob, which only Vite knows. Import the files by their names"))
		}
	}
	return nil
}

// inFront puts the file before a sentence that does not begin with it.
func inFront(name, text string) string {
	if strings.HasPrefix(text, name+":") {
		return text
	}
	return name + ": " + text
}

// place is where something is: save.tsx:3.
func place(m api.Message) string {
	if m.Location == nil {
		return ""
	}
	return fmt.Sprintf("%s:%d", m.Location.File, m.Location.Line)
}

func explain(name string, m api.Message) string {
	at := place(m)
	switch found := unresolved.FindStringSubmatch(m.Text); {
	case found != nil:
		return missing(name, found[1], at)
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

// missing tells what to do about an import that leads nowhere.
func missing(name, path, at string) string {
	switch {
	case strings.HasPrefix(path, "."), strings.HasPrefix(path, "/"):
		return fmt.Sprintf("cannot find %q (%s)", path, at)
	case strings.HasPrefix(path, "@/"), strings.HasPrefix(path, "~"), strings.HasPrefix(path, "#"), strings.HasPrefix(path, "$"):
		short, _, _ := strings.Cut(path, "/")
		return fmt.Sprintf("cannot find %q (%s): --alias %s=./src, or paths in tsconfig.json", path, at, short)
	}
	parts := strings.SplitN(path, "/", 3)
	library := parts[0]
	if strings.HasPrefix(path, "@") && len(parts) > 1 {
		library += "/" + parts[1]
	}
	return fmt.Sprintf("cannot find %q: npm install %s beside %s", path, library, name)
}
