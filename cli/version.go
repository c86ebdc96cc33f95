package cli

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"strings"
)

// What a release is, as .goreleaser.yaml has the linker write it; empty in any other
// program.
var (
	release string // its version, as v1.2.3
	commit  string // the revision of its sources, in full
	date    string // when that was committed, as 2006-01-02T15:04:05Z
)

// unreleased is the version of a program that was built from a folder, and of no
// release.
const unreleased = "(devel)"

// version returns the version of the release, else that of the module, which reports
// name and shares have in common.
func version() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return cmp.Or(info.Main.Version, unreleased)
	}
	return unreleased
}

// fullVersion is what --version says: the version, of which revision of the sources the
// program was built, as far as it knows, by which Go and for which system.
func fullVersion(info *debug.BuildInfo) string {
	number, revision, at, changed := release, commit, date, ""
	if info != nil && release == "" {
		number = strings.Trim(info.Main.Version, "()")
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
	}
	var more []string
	for _, s := range []string{revision[:min(len(revision), 12)], at, changed, runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH} {
		if s != "" {
			more = append(more, s)
		}
	}
	return cmp.Or(number, "devel") + " (" + strings.Join(more, ", ") + ")"
}
