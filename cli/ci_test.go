package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"photofinish/internal/testkit"
)

// workflow is what a test knows of one of GitHub Actions.
type workflow struct {
	Jobs map[string]struct {
		Steps []struct{ Name, Uses, Run, If string }
	}
}

// TestWorkflow runs the steps of docs/CI.md one after the other, as they stand there,
// in a repository with the files of that page: with its client all of them pass, as a push;
// with one that saves without a queue those fail that are to, as a pull request, which has
// an earlier report to be compared with.
func TestWorkflow(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	t.Parallel()
	testkit.Needs(t, "the workflow of docs/CI.md was not run", "node", "git", "bash")
	var w workflow
	if err := yaml.Unmarshal([]byte(marked(t, "CI.md", "a test runs this workflow")[0]), &w); err != nil {
		t.Fatal(err)
	}
	b := newBuild(t)
	for _, name := range []string{"races/two-edits.yaml", "races/save.js"} {
		b.write(name, marked(t, "CI.md", "a test writes this file: "+name)[0])
	}
	b.run("git init --quiet && git add races && git -c user.name=a -c user.email=a@b.c commit --quiet -m races && git update-ref refs/remotes/origin/main HEAD", 0)
	fails := map[string]bool{"What the files expect": true, "Every order": true, "Odds, and not worse than before": true}
	for _, queue := range []bool{true, false} {
		said, failed := "", 0
		if b.env = append(b.env, "GITHUB_BASE_REF="); !queue {
			b.env[len(b.env)-1] += "main"
			save := marked(t, "CI.md", "a test writes this file: races/save.js")[0]
			b.write("races/save.js", strings.Replace(save, "last = last.then(() => send(set))", "last = send(set)", 1))
		}
		for _, s := range w.Jobs["races"].Steps {
			if s.Run == "" || s.Name == "Install photofinish" {
				continue
			}
			code := 0
			if !queue && fails[s.Name] {
				code, failed = 1, failed+1
			}
			said += b.run(s.Run, code)
		}
		if queue {
			continue
		}
		for line := range strings.Lines(marked(t, "CI.md", "a test expects these lines")[0]) {
			if !strings.Contains(said, line) {
				t.Errorf("no step says %q, but\n%s", line, said)
			}
		}
		if failed != len(fails) {
			t.Errorf("%d steps were to fail, and there are %d", len(fails), failed)
		}
		if text := read(t, filepath.Join(b.dir, "summary.md")); !strings.Contains(text, "two-edits") || strings.Count(b.run("cat commented", 0), "two-edits") == 0 {
			t.Errorf("the summary is %q", text)
		}
		for _, command := range strings.Split(strings.TrimSpace(marked(t, "CI.md", "a test runs these commands")[0]), "\n") {
			if strings.Contains(command, "--output") { // else it is a step of the workflow, and has been run
				client := "--client 'ours=fakeclient sends'" // as the other, which has been run
				b.run(strings.NewReplacer("--trials 400", "--trials 40", "--trust", client, "--client ours=races/save.js", client).Replace(command), 1)
			}
		}
	}
}

// build is a folder in which commands are run as a server does.
type build struct {
	*testing.T
	dir string
	env []string
}

func newBuild(t *testing.T) build {
	dir := t.TempDir()
	b := build{t, dir, append(os.Environ(),
		"PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+dir,
		"GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary.md"), "PR=7")}
	for name, value := range around() {
		b.env = append(b.env, name+"="+value)
	}
	if err := os.Mkdir(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program(t), filepath.Join(dir, "bin", "photofinish")); err != nil {
		t.Skipf("links cannot be made here, so the workflow of docs/CI.md was not run: %v", err)
	}
	gh := "#!/bin/sh\ntest \"$*\" = 'pr comment 7 --body-file report.md --edit-last --create-if-none' && cat report.md > commented\n"
	b.write("bin/gh", gh)
	if err := os.Chmod(filepath.Join(dir, "bin/gh"), 0o755); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b build) write(name, text string) {
	b.Helper()
	file := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		b.Fatal(err)
	}
}

// run runs a step, and returns what it says.
func (b build) run(script string, code int) string {
	b.Helper()
	c := exec.Command("bash", "-e", "-o", "pipefail", "-c", script)
	var said bytes.Buffer
	c.Dir, c.Env, c.Stdout, c.Stderr = b.dir, b.env, &said, &said
	err, got := c.Run(), 0
	if failed, is := errors.AsType[*exec.ExitError](err); is {
		got = failed.ExitCode()
	} else if err != nil {
		b.Fatal(err)
	}
	if got != code {
		b.Errorf("%s\nends with %d, and not with %d:\n%s", script, got, code, &said)
	}
	return said.String()
}
