package cli

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit"
)

// action is what a test knows of action.yml.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Name, ID, If, Uses, Shell, Run string
			Env                            map[string]string
			With                           map[string]string
		}
	}
}

func readAction(t *testing.T) (a action) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, "../action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestActionPastesNothing: no step has an expression in its script, so that no input is
// ever a command; and every input reaches some step.
func TestActionPastesNothing(t *testing.T) {
	a := readAction(t)
	used := map[string]bool{}
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") || strings.Contains(s.Run, "eval ") || (s.Run != "") != (s.Shell == "bash") {
			t.Errorf("the script of %q has an expression in it, or no shell", s.Name)
		}
		for name, value := range s.Env {
			for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(value, -1) {
				used[m[1]] = true
			}
			if !strings.Contains(s.Run, name) {
				t.Errorf("%q does not read %s", s.Name, name)
			}
		}
	}
	for name, in := range a.Inputs {
		if !used[name] || in.Description == "" || !strings.Contains(read(t, "../docs/CI.md"), "`"+name+"`") {
			t.Errorf("the input %s is not read, or docs/CI.md does not tell of it", name)
		}
	}
	if a.Runs.Using != "composite" {
		t.Errorf("it runs with %s", a.Runs.Using)
	}
}

// TestActionSchema holds action.yml to the schema that is published for such files, where
// PHOTOFINISH_READERS names a folder with the node module @action-validator/cli.
func TestActionSchema(t *testing.T) {
	t.Parallel()
	testkit.Long(t, "short mode: Node is not started")
	path := filepath.Join(os.Getenv("PHOTOFINISH_READERS"), "node_modules/.bin/action-validator")
	if _, err := os.Stat(path); err != nil {
		t.Skip("PHOTOFINISH_READERS names no folder with @action-validator/cli: action.yml was not held to its schema")
	}
	if out, err := exec.Command(path, "../action.yml").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// action runs the steps of the action as a server does that knows no network but one: what
// it says, and whether it fails. Actions of others are not run.
func (b build) action(inputs, context map[string]string) (said string, failed bool) {
	b.Helper()
	a := readAction(b.T)
	value := func(name string) string {
		if of, is := strings.CutPrefix(name, "inputs."); is {
			if v, given := inputs[of]; given {
				return v
			}
			return a.Inputs[of].Default
		}
		v, known := context[name]
		if !known && !strings.HasPrefix(name, "steps.") {
			b.Fatalf("an expression asks for %s", name)
		}
		return v
	}
	for _, name := range []string{"path", "out"} {
		os.Remove(filepath.Join(b.dir, name))
	}
	expression := regexp.MustCompile(`\$\{\{ ([a-z._-]+) \}\}`)
	for _, s := range a.Runs.Steps {
		if s.Run == "" || failed && !strings.Contains(s.If, "!cancelled()") || !holds(b.T, s.If, value) {
			continue
		}
		c := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		c.Dir, c.Env = b.dir, append(slices.Clone(b.env), "RUNNER_TEMP="+filepath.Join(b.dir, "temp dir"), "GITHUB_PATH="+filepath.Join(b.dir, "path"), "GITHUB_OUTPUT="+filepath.Join(b.dir, "out"))
		for name, text := range s.Env {
			c.Env = append(c.Env, name+"="+expression.ReplaceAllStringFunc(text, func(e string) string { return value(expression.FindStringSubmatch(e)[1]) }))
		}
		if path, err := os.ReadFile(filepath.Join(b.dir, "path")); err == nil {
			c.Env = append(c.Env, "PATH="+strings.TrimSpace(string(path))+":"+filepath.Join(b.dir, "bin")+":"+os.Getenv("PATH"))
		}
		out, err := c.CombinedOutput()
		said += string(out)
		failed = failed || err != nil
		if data, err := os.ReadFile(filepath.Join(b.dir, "out")); err == nil && s.ID != "" {
			for line := range strings.Lines(string(data)) {
				name, v, _ := strings.Cut(strings.TrimSpace(line), "=")
				context["steps."+s.ID+".outputs."+name] = v
			}
		}
	}
	return said, failed
}

// holds says whether the condition of a step holds, of the kind that action.yml has.
func holds(t *testing.T, condition string, value func(string) string) bool {
	t.Helper()
	condition = strings.TrimSuffix(strings.TrimPrefix(condition, "${{ "), " }}")
	for _, part := range strings.Split(condition, " && ") {
		name, word, is := strings.Cut(part, " != ")
		switch {
		case part == "" || part == "!cancelled()":
		case !is:
			t.Fatalf("%q is no condition that this test knows", part)
		case value(name) == strings.Trim(word, "'"):
			return false
		}
	}
	return true
}

// newRunner returns a folder with a repository in it, as the runner of a server has it.
func newRunner(t *testing.T) build {
	t.Helper()
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	testkit.Needs(t, "action.yml was not run", "bash", "curl", "awk", "tar", "unzip")
	b := newBuild(t)
	if err := os.Mkdir(filepath.Join(b.dir, "temp dir"), 0o700); err != nil {
		t.Fatal(err)
	}
	// A Go that makes what it is asked for of what is there.
	self := filepath.Join(b.dir, "bin/photofinish")
	b.write("bin/go", "#!/bin/sh\necho \"go $*\" >> '"+b.dir+"/built'\nfor last; do out=$before; before=$last; done\nmkdir -p \"$out\" && ln -sf '"+self+"' \"$out/photofinish\"\n")
	if err := os.Chmod(filepath.Join(b.dir, "bin/go"), 0o755); err != nil {
		t.Fatal(err)
	}
	b.write("races/good.yaml", "name: good\nsteps:\n  - {at: 0ms, do: create, set: {name: Ada}}\nexpect: {naive: {verdict: ok}}\n")
	b.write("races/bad.yaml", "name: bad\nsteps:\n  - {at: 0ms, do: create, set: {name: Ada}}\nexpect: {naive: {verdict: wrong}}\n")
	b.write("races/package.json", `{"name": "races", "private": true}`)
	return b
}

func runner() map[string]string {
	return map[string]string{"github.server_url": "http://127.0.0.1:1", "github.action_repository": "a/photofinish", "github.action_ref": "main",
		"github.action_path": "/the/action", "runner.os": "Linux", "runner.arch": "X64"}
}

// TestAction runs action.yml where there is no release: it is built, checks a folder and
// annotates; inputs that mean harm are paths that are not there.
func TestAction(t *testing.T) {
	t.Parallel()
	b := newRunner(t)
	for _, c := range []struct {
		inputs map[string]string
		failed bool
		says   []string
	}{
		{map[string]string{"paths": "races/good.yaml"}, false, []string{"no release: no version as v1.2.3 is asked for", "1 of 1 expectations hold, in 1 scenario"}},
		{map[string]string{"paths": "races\n"}, true, []string{"::error file=races/bad.yaml,line=4,col=10,title=naive in bad::expected verdict wrong, got ok", "races/package.json: is no scenario, lesson or exercise: skipped"}},
		{map[string]string{"paths": "races/good.yaml\r\nraces/package.json\r\n"}, true, []string{"::error file=races/package.json"}},
		{map[string]string{"strict": "true"}, true, []string{"::error file=races/bad.yaml"}},
		{map[string]string{"paths": " \n"}, true, []string{"::error title=photofinish::paths is empty"}},
		{map[string]string{"version": "v9.9.9"}, true, []string{"::error title=photofinish::the release that version asks for cannot be used: photofinish_9.9.9_linux_amd64.tar.gz cannot be had"}},
		{map[string]string{"version": "$(touch owned)"}, true, []string{"cannot be used: no version"}},
		{map[string]string{"paths": "$(touch owned)\n`touch owned`\n; touch owned #\n\"; touch owned; \"\n--output=owned", "clients": "a='; touch owned; '", "trust": "$(touch owned)", "strict": "; touch owned"}, true, []string{""}},
		{map[string]string{"paths": "$(touch owned)\n--output=owned"}, true, []string{"$(touch owned)", "output=owned"}},
		{map[string]string{"paths": "races/good.yaml", "scenarios": "races/good.yaml", "clients": "$(touch owned)", "fail-above": "1%; touch owned", "baseline": "`touch owned`"}, true, []string{""}},
	} {
		said, failed := b.action(c.inputs, runner())
		if failed != c.failed {
			t.Errorf("%v: failed %t\n%s", c.inputs, failed, said)
		}
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%v: %q is not in\n%s", c.inputs, want, said)
			}
		}
		if _, err := os.Stat(filepath.Join(b.dir, "owned")); err == nil {
			t.Fatalf("%v is a command", c.inputs)
		}
	}
	if made := read(t, filepath.Join(b.dir, "built")); !strings.HasPrefix(made, "go build -C /the/action -trimpath -buildvcs=false -o "+filepath.Join(b.dir, "temp dir", "photofinish")+"/ .\n") {
		t.Errorf("it is built by %s", made)
	}
}

// TestActionReports: odds of a client of one's own stand in the summary, and fail the
// build above a share.
func TestActionReports(t *testing.T) {
	t.Parallel()
	b := newRunner(t)
	b.write("races/two-edits.yaml", marked(t, "CI.md", "a test writes this file: races/two-edits.yaml")[0])
	inputs := map[string]string{"paths": "races/two-edits.yaml\nraces/good.yaml", "clients": "ours=fakeclient queues", "scenarios": "races/two-edits.yaml", "fail-above": "10%", "trials": "40"}
	said, failed := b.action(inputs, runner())
	if text := read(t, filepath.Join(b.dir, "summary.md")); failed || !strings.Contains(text, "two-edits") || !strings.Contains(said, "3 of 3 expectations hold, in 2 scenarios") {
		t.Errorf("failed %t: %s\n%s", failed, said, text)
	}
	inputs["clients"] = "ours=fakeclient sends"
	said, failed = b.action(inputs, runner())
	if !failed || !strings.Contains(said, "::error file=races/two-edits.yaml") || !strings.Contains(said, "is above 10 %") {
		t.Errorf("failed %t: %s", failed, said)
	}
}

// TestActionRelease: where there is a release for the machine it is taken, and must be
// what its checksums say. Its name is that which .goreleaser.yaml gives.
func TestActionRelease(t *testing.T) {
	t.Parallel()
	releases := read(t, "../.goreleaser.yaml")
	for _, line := range []string{`- name_template: "photofinish_{{ .Version }}_{{ .Os }}_{{ .Arch }}"`, "wrap_in_directory: true", "name_template: SHA256SUMS"} {
		if !strings.Contains(releases, line) {
			t.Errorf(".goreleaser.yaml has no %s: action.yml looks for such a name", line)
		}
	}
	for _, c := range []struct{ system, arch, version, file, program string }{
		{"Linux", "X64", "v1.2.3", "photofinish_1.2.3_linux_amd64", "photofinish"},
		{"macOS", "ARM64", "v1.2.3-rc.1", "photofinish_1.2.3-rc.1_darwin_arm64", "photofinish"},
		{"Windows", "X64", "v0.1.0", "photofinish_0.1.0_windows_amd64", "photofinish.exe"},
	} {
		for _, torn := range []bool{false, true} {
			b := newRunner(t)
			script := "#!/bin/sh\necho \"released: $*\"\n"
			archive, ending := packed1(t, c.file, c.program, script, c.system == "Windows")
			sums := fmt.Sprintf("%x  other.tar.gz\n%x  %s%s\n", sha256.Sum256(nil), sha256.Sum256(archive), c.file, ending)
			if torn {
				archive = append(archive, 0)
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/a/photofinish/releases/download/" + c.version + "/" + c.file + ending:
					w.Write(archive)
				case "/a/photofinish/releases/download/" + c.version + "/SHA256SUMS":
					io.WriteString(w, sums)
				default:
					http.NotFound(w, r)
				}
			}))
			context := runner()
			context["github.server_url"], context["github.action_ref"], context["runner.os"], context["runner.arch"] = server.URL, c.version, c.system, c.arch
			if c.system == "Windows" { // what ends in .exe is found without it there
				os.Remove(filepath.Join(b.dir, "bin/photofinish"))
				b.write("bin/photofinish", "#!/bin/sh\nexec photofinish.exe \"$@\"\n")
				os.Chmod(filepath.Join(b.dir, "bin/photofinish"), 0o755)
			}
			said, failed := b.action(nil, context)
			server.Close()
			_, built := os.Stat(filepath.Join(b.dir, "built"))
			if failed != torn || built == nil || torn != strings.Contains(said, "is not what SHA256SUMS of "+c.version+" says") || torn == strings.Contains(said, "released: check --format github -- .") {
				t.Errorf("%s, torn %t: failed %t\n%s", c.system, torn, failed, said)
			}
		}
	}
}

// packed1 returns an archive with a program in a folder, and how its name ends.
func packed1(t *testing.T, folder, program, script string, zipped bool) (archive []byte, ending string) {
	t.Helper()
	var b bytes.Buffer
	name := folder + "/" + program
	if zipped {
		w := zip.NewWriter(&b)
		h := &zip.FileHeader{Name: name}
		h.SetMode(0o755)
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(f, script)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), ".zip"
	}
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o755, Size: int64(len(script))})
	if err == nil {
		_, err = io.WriteString(w, script)
	}
	if err := errors.Join(err, w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), ".tar.gz"
}

// TestHook does with the hook of pre-commit what that does: its entry, of the program that
// go install makes of this module, on the files that fit its pattern.
func TestHook(t *testing.T) {
	t.Parallel()
	var hooks []struct {
		ID, Entry, Language, Files string
		Args                       []string
	}
	if err := yaml.Unmarshal([]byte(read(t, "../.pre-commit-hooks.yaml")), &hooks); err != nil || len(hooks) != 1 {
		t.Fatalf("%v: %v", err, hooks)
	}
	h := hooks[0]
	if page := read(t, "../docs/CI.md"); h.Language != "golang" || !strings.Contains(page, "- id: "+h.ID+"\n") {
		t.Errorf("docs/CI.md has no %+v", h)
	}
	module, _, _ := strings.Cut(strings.TrimPrefix(read(t, "../go.mod"), "module "), "\n")
	if name, _, _ := strings.Cut(h.Entry, " "); name != module[strings.LastIndex(module, "/")+1:] {
		t.Errorf("go install makes no %s of %s", name, module)
	}
	files := regexp.MustCompile(h.Files)
	for name, fits := range map[string]bool{
		"races/a.yaml": true, "test/races/deep/a.yml": true, "scenarios/a.yaml": true, "exercises/in-turn/exercise.yaml": true,
		"a.yaml": false, "traces/a.yaml": false, "races/save.js": false, "races/package.json": false, "races.yaml": false, "races/a.yaml.orig": false,
	} {
		if files.MatchString(name) != fits {
			t.Errorf("%s: %t", name, !fits)
		}
	}
	b, entry := newRunner(t), strings.Join(append([]string{h.Entry}, h.Args...), " ")
	b.run(entry+" races/good.yaml", 0)
	if said := b.run(entry+" '--client=sh races/evil.yaml'", 2); !strings.Contains(said, "--client=sh races/evil.yaml: no such file") {
		t.Errorf("the name of a file is a flag: %s", said)
	}
	if said := b.run(entry+" races/good.yaml races/bad.yaml", 1); !strings.Contains(said, "races/bad.yaml:4:10: naive: expected verdict wrong, got ok") {
		t.Error(said)
	}
}
