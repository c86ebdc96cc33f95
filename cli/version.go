package cli

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// unreleased is the version of a program that was built from a folder, and of no
// release.
const unreleased = "(devel)"

// version returns the version of the module, which reports name and shares have in
// common.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return cmp.Or(info.Main.Version, unreleased)
	}
	return unreleased
}

// fullVersion is what --version says: the version, and of which revision of the sources
// the program was built, as far as it knows.
func fullVersion(info *debug.BuildInfo) string {
	if info == nil {
		return "devel"
	}
	var revision, at, changed string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.time":
			at = s.Value
		case "vcs.modified":
			changed = map[string]string{"true": "changed since"}[s.Value]
		}
	}
	text := cmp.Or(strings.Trim(info.Main.Version, "()"), "devel")
	var more []string
	for _, s := range []string{revision[:min(len(revision), 12)], at, changed} {
		if s != "" {
			more = append(more, s)
		}
	}
	if more != nil {
		text += " (" + strings.Join(more, ", ") + ")"
	}
	return text
}
