package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/strategies/external/examples"
)

// marked returns the code blocks of a page that stand below a line of their own.
func marked(t *testing.T, page, mark string) (code []string) {
	t.Helper()
	for i, part := range strings.Split(read(t, "../docs/"+page), "<!-- "+mark+" -->\n```") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "\n")
			part, _, _ = strings.Cut(part, "```")
			code = append(code, part)
		}
	}
	if len(code) == 0 {
		t.Fatalf("%s has nothing marked %q", page, mark)
	}
	return code
}

// TestClientPage runs the commands of docs/YOUR-CLIENT.md and docs/PROTOCOL.md, one
// after the other, as a reader does.
func TestClientPage(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	t.Parallel()
	testkit.Needs(t, "the commands of docs/YOUR-CLIENT.md were not run", "node", "python3")
	libraries, err := filepath.Abs("../strategies/external/kit/testdata/libraries/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(libraries, "react")); err != nil {
		t.Skip("libraries are not installed (npm ci in strategies/external/kit/testdata/libraries): the commands of docs/YOUR-CLIENT.md were not run")
	}
	script := "env HOME=$WORK/home\nsymlink node_modules -> " + libraries + "\n"
	const commands = "a test runs these commands"
	// TestTicket, of the examples, runs the clients of the ticket.
	ticket := strings.NewReplacer("then=toggle-then.tsx", "'then=fakeclient sends'", "now=toggle.tsx", "'now=fakeclient queues'")
	for _, block := range append(marked(t, "YOUR-CLIENT.md", commands), marked(t, "PROTOCOL.md", commands)...) {
		for line := range strings.Lines(block) {
			command, _, _ := strings.Cut(line, "  #")
			switch script += "exec " + strings.TrimSpace(ticket.Replace(command)); {
			case strings.Contains(command, " report "):
				script += " --trials 100" // else it draws for 10 s
			case strings.Contains(command, " client check "):
				script += "\nstdout '^save  node [0-9.]+, sha256:[0-9a-f]{12}$'\nstdout '^✓ overlapping-updates: 16 trials were the same'"
			}
			script += "\n"
		}
	}
	_, component, _ := examples.File("component")
	for name, text := range map[string]string{
		"save.tsx":        string(component),
		"edit-twice.yaml": marked(t, "YOUR-CLIENT.md", "a test checks this file: edit-twice.yaml")[0],
		"toggle.yaml":     marked(t, "YOUR-CLIENT.md", "a test runs this ticket: toggle.yaml")[0],
		"kit.py":          marked(t, "PROTOCOL.md", "a test runs this program")[0],
	} {
		script += "-- " + name + " --\n" + text
	}
	runPage(t, script)
}

// TestExercisePage runs the commands of docs/EXERCISES.md, and its workflow as it stands,
// where somebody has filled two of three files.
func TestExercisePage(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	t.Parallel()
	testkit.Needs(t, "the commands of docs/EXERCISES.md were not run", "node", "jq", "sh")
	script := "env HOME=$WORK/home\nenv XDG_STATE_HOME=$WORK/state\n"
	for line := range strings.Lines(marked(t, "EXERCISES.md", "a test runs these commands")[0]) {
		command, _, _ := strings.Cut(line, "  #")
		if script += "exec "; !strings.Contains(command, "--hint") && strings.TrimSpace(command) != "photofinish exercise" {
			script = strings.TrimSuffix(script, "exec ") + "! exec " // its hole is empty
		}
		script += strings.TrimSpace(command) + "\n"
	}
	script += "stdout 'the hole is still empty: in-turn.mjs:8'\ncp right.mjs in-turn.mjs\n"
	for line := range strings.Lines(marked(t, "EXERCISES.md", "a test runs this workflow")[0]) {
		if step, is := strings.CutPrefix(strings.TrimSpace(line), "- run: "); is {
			script += "exec sh -c '" + strings.ReplaceAll(step, "'", "''") + "'\n"
		}
	}
	script += "stdout '^2$'\nexec sh -c 'wc -l < grade.jsonl'\nstdout '^ *3$'\n"
	for name, of := range map[string]string{"right.mjs": "in-turn/right.mjs", "keep-the-edit.mjs": "keep-the-edit/right.mjs", "both-rules.mjs": "both-rules/start.mjs"} {
		script += "-- " + name + " --\n" + read(t, "../exercises/"+of)
	}
	runPage(t, script)
}

// TestDiffPage runs the commands of docs/REPORTS.md that compare two reports, and holds
// what the page says that the last of them prints. The program of a test has no version,
// by which one could tell whether it is the same; of the figures it holds that they are
// some, or where all is asked for, that they are these.
func TestDiffPage(t *testing.T) {
	testkit.Long(t, "short mode: the packages are tested, not the whole command")
	t.Parallel()
	script := ""
	for line := range strings.Lines(marked(t, "REPORTS.md", "a test runs these commands")[0]) {
		if script += "exec " + strings.TrimSpace(line); strings.Contains(line, "--output") && !testkit.All() {
			script += " --trials 200" // then figures are other ones, of the same kind
		}
		script += "\n"
	}
	printed := marked(t, "REPORTS.md", "the last of them prints")[0]
	at := strings.Index(printed, "\nbetter")
	if at < 0 {
		t.Fatal("nothing gets better on the page")
	}
	shown := "^before.json -> after.json   10,000 pairs a cell; callbacks is compared with\n(.*\n)+" + regexp.QuoteMeta(printed[at+1:]) + "$"
	if !testkit.All() {
		shown = regexp.MustCompile(`[0-9][0-9.,]*`).ReplaceAllString(shown, "[0-9.,]+")
	}
	script += "stdout '" + strings.ReplaceAll(shown, "\n", "\\n") + "'\n"
	runPage(t, script)
}

// TestTranscripts: what a page shows of a command is what that prints.
func TestTranscripts(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, page := range append(pages, "../README.md") {
		blocks := strings.Split(read(t, page), "```\n$ photofinish ")[1:]
		for _, block := range blocks {
			block, _, _ = strings.Cut(block, "\n```")
			command, shown, _ := strings.Cut(block, "\n")
			command, last, part := strings.Cut(command, " | tail -")
			printed := strings.TrimSpace(string(there(t, t.TempDir(), strings.Fields(command)...)))
			if part {
				n, err := strconv.Atoi(last)
				if err != nil {
					t.Fatalf("%s: tail -%s: %v", page, last, err)
				}
				lines := strings.Split(printed, "\n")
				printed = strings.Join(lines[max(0, len(lines)-n):], "\n")
			}
			told++
			if diff := cmp.Diff(shown, printed); diff != "" {
				t.Errorf("%s shows of photofinish %s what it does not print (-shown +printed):\n%s", page, command, diff)
			}
		}
	}
	if told < 3 {
		t.Errorf("%d transcripts were found: does a page begin them with $ photofinish?", told)
	}
}

// TestReadmeScenario: the bug report of the README is a file that holds.
func TestReadmeScenario(t *testing.T) {
	_, file, _ := strings.Cut(read(t, "../README.md"), "```yaml\n")
	file, _, _ = strings.Cut(file, "```")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "our-bug.yaml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := string(there(t, folder, "check", "our-bug.yaml")); !strings.Contains(said, "5 of 5 expectations hold") {
		t.Errorf("check says of the scenario in the README:\n%s", said)
	}
}
