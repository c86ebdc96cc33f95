package cli

import (
	"bytes"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"photofinish/strategies"
)

// An argument goes before the environment, the last argument before the others, and
// no colour before colour.
func TestColourOf(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    colourAuto,
		"TERM=dumb":                           colourNever,
		"NO_COLOR=1":                          colourNever,
		"NO_COLOR=0":                          colourNever, // whatever it is
		"CLICOLOR_FORCE=1":                    colourAlways,
		"CLICOLOR_FORCE=0":                    colourAuto,
		"CLICOLOR=0":                          colourNever,
		"CLICOLOR=0 CLICOLOR_FORCE=1":         colourAlways,
		"NO_COLOR=1 CLICOLOR_FORCE=1":         colourNever,
		"TERM=dumb CLICOLOR_FORCE=1":          colourAlways,
		"list --color always NO_COLOR=1":      colourAlways,
		"list --color=never CLICOLOR_FORCE=1": colourNever,
		"--no-color list CLICOLOR_FORCE=1":    colourNever,
		"--color=always list --no-color":      colourNever,
		"--no-color list --color always":      colourAlways,
		"--color auto NO_COLOR=1":             colourNever,
		"replay -- --color=always":            colourAuto,
		"replay --color":                      colourAuto,
		"replay --color red NO_COLOR=1":       colourNever, // and the flag says what it wants
		"replay --colour=always":              colourAuto,
	} {
		var args []string
		env := map[string]string{}
		for _, word := range strings.Fields(text) {
			if name, value, is := strings.Cut(word, "="); is && !strings.HasPrefix(word, "-") {
				env[name] = value
			} else {
				args = append(args, word)
			}
		}
		if got := colourOf(args, func(name string) string { return env[name] }); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for _, c := range []struct{ file, want, says string }{
		{"out.html", "html", ""}, {"dir.d/OUT.HTM", "html", ""}, {"a.b.md", "markdown", ""}, {"x.json", "json", ""},
		{"x.csv", "csv", ""}, {"x.txt", "text", ""}, {"out", "", ""}, {".hidden", "", ""}, {"dir.d/out", "", ""}, {"out.", "", ""},
		{".hidden.html", "html", ""},
		{"x.pdf", "", "--output x.pdf: no format of this command ends in .pdf, but .txt, .md, .html, .json or .csv; or say --format text, markdown, html, json or csv"},
		{"x.svg", "", "no format of this command ends in .svg"},
	} {
		got, err := formatOf(c.file, reportFormats.names())
		if got != c.want || err == nil != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q, %v, want %q, %s", c.file, got, err, c.want, c.says)
		}
	}
}

// No ending stands for two formats of one command.
func TestEndingsAreOfOneFormat(t *testing.T) {
	seen := map[string]string{}
	for format, list := range endings {
		for _, e := range list {
			if other, twice := seen[e]; twice {
				t.Errorf("%s is %s and %s", e, format, other)
			}
			seen[e] = format
		}
	}
}

func TestFullVersion(t *testing.T) {
	by := runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + ")"
	vcs := []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.time", Value: "2026-11-27T20:00:00Z"}, {Key: "vcs.modified", Value: "false"}}
	changed := append(vcs[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for want, info := range map[string]*debug.BuildInfo{
		"devel (":  {Main: debug.Module{Version: "(devel)"}},
		"v1.2.3 (": {Main: debug.Module{Version: "v1.2.3"}},
		"v1.2.3 (0123456789ab, 2026-11-27T20:00:00Z, ":               {Main: debug.Module{Version: "v1.2.3"}, Settings: vcs},
		"devel (0123456789ab, 2026-11-27T20:00:00Z, changed since, ": {Settings: changed},
	} {
		if got := fullVersion(info); got != want+by {
			t.Errorf("%q, want %q", got, want+by)
		}
	}
	if got := fullVersion(nil); got != "devel ("+by {
		t.Error(got)
	}
	release, commit, date = "v2.0.0", "abcdef0123456789", "2026-12-01T00:00:00Z" // as the linker does
	t.Cleanup(func() { release, commit, date = "", "", "" })
	info := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: changed} // knows less
	if got, want := fullVersion(info), "v2.0.0 (abcdef012345, 2026-12-01T00:00:00Z, "+by; got != want || version() != "v2.0.0" {
		t.Errorf("%q and %q, want %q", got, version(), want)
	}
}

// completed returns what a shell is offered for the last of some arguments.
func completed(t *testing.T, args ...string) (words []string, how string) {
	t.Helper()
	root := newApp(nil, nil).root()
	var out, rest bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&rest)
	root.SetArgs(append([]string{"__completeNoDesc"}, args...))
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	return lines[:len(lines)-1], lines[len(lines)-1]
}

func TestCompletion(t *testing.T) {
	const none, files, more = ":4", ":0", ":38"  // no files; files; no files and no blank behind it, in this order
	named := func(start, before string) string { // who of the catalogue begins so, behind somebody else
		var words []string
		for _, name := range strategies.Names() {
			if strings.HasPrefix(name, start) && name+"," != before {
				words = append(words, before+name)
			}
		}
		return strings.Join(words, " ")
	}
	for text, want := range map[string]struct{ words, how string }{
		"report --strategy callb":                       {named("callb", ""), more},
		"report --strategy naive,callb":                 {named("callb", "naive,"), more},
		"report --strategy naive,nai":                   {named("nai", "naive,"), more},
		"report --strategy a":                           {"all " + named("a", ""), more},
		"report --strategy museum,saf":                  {"museum,safe", more},
		"report --strategy naive,switch+h":              {"naive,switch+hold naive,switch+hold-per-person", more},
		"report --strategy if-match+":                   {"", more},
		"report --client ours=a.js --strategy ou":       {"ours " + named("ou", ""), more},
		"explore --client dir/mine.tsx --strategy x,mi": {"x,mine", more},
		"report --format m":                             {"markdown", none},
		"replay --format s":                             {"svg shiviz", none},
		"explore --format sc":                           {"scenario", none},
		"chart --against g":                             {"gap", none},
		"report --color ":                               {"auto always never", none},
		"report --trials ":                              {"", none},
		"explore --within ":                             {"", none},
		"report --latency p":                            {"p50= p90= p99=", more},
		"report --latency p50=8,":                       {"p50=8,p90= p50=8,p99= p50=8,read-p50= p50=8,read-p90= p50=8,read-p99=", more},
		"report --latency ":                             {"", files},
		"report --latency sam":                          {"", files},
		"report --output ":                              {"", files},
		"list n":                                        {"networks", none},
		"explain sat":                                   {"satellite", files},
		"explain monotonic-w":                           {"monotonic-writes", files},
		"explain last-write":                            {"last-write-wins", files},
		"learn lost-c":                                  {"lost-click", files},
		"client new sw":                                 {"swr", files},
		"replay two-t":                                  {"two-tabs", files},
		"class --lesson lost-c":                         {"lost-click", files},
	} {
		args := strings.Split(text, " ")
		words, how := completed(t, args...)
		last := args[len(args)-1]
		words = slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, last) }) // as the shell does
		if got := strings.Join(words, " "); got != want.words || how != want.how {
			t.Errorf("%s: %s %s, want %v", text, got, how, want)
		}
	}
}
