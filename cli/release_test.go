package cli

import (
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit"
)

// releases is what a test knows of .goreleaser.yaml.
type releases struct {
	Before struct{ Hooks []string }
	Builds []struct {
		Goos, Goarch, Env, Flags, Ldflags []string
	}
	Archives []struct{ Files []packed }
	Nfpms    []struct{ Contents []packed }
	Brews    []struct{ Install string }
}

// packed is a file of the project, or one that packaging/prepare.sh makes.
type packed struct{ Src, Dst string }

// TestReleases holds .goreleaser.yaml to the project, without goreleaser: what it names
// is there or is made, and what is made is in it. What goreleaser itself says of the file,
// .ci/run asks where it has changed.
func TestReleases(t *testing.T) {
	var r releases
	if err := yaml.Unmarshal([]byte(read(t, "../.goreleaser.yaml")), &r); err != nil {
		t.Fatal(err)
	}
	prepare := read(t, "../packaging/prepare.sh")
	if !slices.Equal(r.Before.Hooks, []string{"packaging/prepare.sh"}) {
		t.Errorf("%q make what is packed", r.Before.Hooks)
	}
	shells := regexp.MustCompile(`(?m)^for shell in (.*); do$`).FindStringSubmatch(prepare)
	if shells == nil {
		t.Fatal("packaging/prepare.sh makes no completions")
	}
	makes, files := strings.Fields(shells[1]), map[string]string{"bash": "photofinish.bash", "zsh": "_photofinish", "fish": "photofinish.fish", "powershell": "photofinish.ps1"}
	root := newApp(nil, nil).root()
	completion, _, err := root.Find([]string{"completion"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range completion.Commands() {
		if !slices.Contains(makes, c.Name()) || files[c.Name()] == "" {
			t.Errorf("the program writes completions for %s, and packaging/prepare.sh makes %q", c.Name(), makes)
		}
	}
	made := []string{"LICENCES.txt", "man/photofinish.1", "photofinish.1.gz"}
	for _, shell := range makes {
		made = append(made, "completions/"+files[shell])
	}
	archived := missing(t, made, r.Archives[0].Files)
	installed := missing(t, made, r.Nfpms[0].Contents)
	if want := []string{"photofinish.1.gz"}; !slices.Equal(archived, want) {
		t.Errorf("archives lack %q of what is made, and are to lack %q", archived, want)
	}
	if want := []string{"man/photofinish.1"}; !slices.Equal(installed, want) {
		t.Errorf("packages lack %q of what is made, and are to lack %q", installed, want)
	}
	for _, name := range regexp.MustCompile(`install "([^"/]+/[^"]+)"`).FindAllStringSubmatch(r.Brews[0].Install, -1) {
		if !slices.Contains(made, name[1]) {
			t.Errorf("the formula installs %s, which no archive has", name[1])
		}
	}
	page := read(t, "../docs/RELEASES.md")
	for _, name := range append(made, regexp.MustCompile(`github\.com/goreleaser/\S+`).FindString(read(t, "../packaging/try.sh"))) {
		if name == "photofinish.1.gz" || strings.Contains(page, "`"+path.Base(name)) || strings.Contains(page, name) {
			continue
		}
		t.Errorf("docs/RELEASES.md does not tell of %s", name)
	}
	b := r.Builds[0]
	if len(b.Goos) != 3 || len(b.Goarch) != 2 || !slices.Contains(b.Flags, "-trimpath") || !slices.Contains(b.Env, "CGO_ENABLED=0") {
		t.Errorf("it builds %+v", b)
	}
	linked(t, b.Ldflags)
}

// missing returns what is made and in none of the files, each of which is to be one that
// is made, or that is there.
func missing(t *testing.T, made []string, files []packed) (not []string) {
	t.Helper()
	not = slices.Clone(made)
	for _, f := range files {
		pattern, is := strings.CutPrefix(f.Src, "packaging/made/")
		if !is {
			there, err := filepath.Glob("../" + f.Src)
			if err != nil || len(there) == 0 {
				t.Errorf("there is no %s: %v", f.Src, err)
			}
			continue
		}
		of := func(name string) bool { ok, err := path.Match(pattern, name); return ok && err == nil }
		if !slices.ContainsFunc(made, of) {
			t.Errorf("packaging/prepare.sh makes no %s", f.Src)
		}
		not = slices.DeleteFunc(not, of)
	}
	return not
}

// linked holds what the linker writes to the variables that are there: it says nothing of
// a name that it does not know.
func linked(t *testing.T, flags []string) {
	t.Helper()
	module, _, _ := strings.Cut(strings.TrimPrefix(read(t, "../go.mod"), "module "), "\n")
	source := read(t, "version.go")
	for _, name := range []string{"release", "commit", "date"} {
		if !regexp.MustCompile(`(?m)^\t` + name + ` +string `).MatchString(source) {
			t.Errorf("version.go has no %s", name)
		}
		if !slices.ContainsFunc(flags, func(f string) bool { return strings.HasPrefix(f, "-X "+module+"/cli."+name+"=") }) {
			t.Errorf("the linker writes no %s", name)
		}
	}
	for _, f := range flags {
		if name, is := strings.CutPrefix(f, "-X "); is && !strings.HasPrefix(name, module+"/cli.") {
			t.Errorf("%s is of another module than %s", f, module)
		}
	}
}

// TestLinked: what only tests need is not in the program, which everybody loads.
func TestLinked(t *testing.T) {
	t.Parallel()
	testkit.Long(t, "short mode: go is not asked")
	out, err := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}}", "..").Output()
	if err != nil {
		t.Skipf("no go to ask what is linked: %v", err)
	}
	forTests := strings.Fields("github.com/google/go-cmp github.com/chromedp/chromedp github.com/santhosh-tekuri/jsonschema/v6 " +
		"github.com/rogpeppe/go-internal pgregory.net/rapid go.uber.org/goleak github.com/charmbracelet/x/vt")
	all, mods := strings.Fields(string(out)), read(t, "../go.mod")
	for _, only := range forTests {
		if !strings.Contains(mods, "\t"+only+" ") {
			t.Errorf("go.mod knows no %s", only)
		}
	}
	forTests = append(forTests, "testing", "photofinish/internal/testkit")
	if !slices.Contains(all, "photofinish/cli") {
		t.Fatalf("%d packages are linked, and not the commands", len(all))
	}
	for _, p := range all {
		for _, only := range forTests {
			if p == only || strings.HasPrefix(p, only+"/") {
				t.Errorf("%s is linked into the program", p)
			}
		}
	}
}
