package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDoctor: what is said of a terminal is so, in a real one, in one that cannot be
// drawn on, in one that is too small, and behind a pipe.
func TestDoctor(t *testing.T) {
	t.Parallel()
	term := openTerminal(t, 100, 40)
	const say = "; echo ended with $?."
	const bare = "PATH=$(dirname $(command -v photofinish)) " // no Node and no Python is started
	for _, c := range []struct {
		command string
		want    []string
	}{
		{"TERM=screen-256color LANG=C.UTF-8 photofinish doctor", []string{"✓ terminal    screen-256color, in tmux", "✓ window      100 × 40", "✓ colours     256 or more", "✓ signs ", "✓ locale      LANG=C.UTF-8", "✓ state       ~/state/photofinish, which will be made", "ended with 0."}},
		{bare + "NO_COLOR=1 photofinish doctor", []string{"✓ colours     none, as NO_COLOR has it", "ended with 0."}},
		{bare + "TERM=dumb photofinish doctor", []string{"✗ terminal    dumb, in tmux: it cannot be drawn on", "· signs       the terminal does not say how wide", "is missing here: terminal", "ended with 1."}},
		{bare + "LC_ALL=C photofinish doctor 2>&1 | cat", []string{"✓ window      100 × 40", "✓ signs ", "· locale      LC_ALL=C: it is not UTF-8"}},
		{bare + "photofinish doctor & wait", []string{"✓ window      100 × 40", "· signs       not known in the background", "ended with 0."}},
		{bare + "PHOTOFINISH_NODE= photofinish doctor", []string{"· clients     Node is not there: PATH has none", "· ssh         ssh is not there", "ended with 0."}},
	} {
		term.enter("clear; " + c.command + say)
		term.see(append(c.want, "ended with")...)
		if screen := term.screen(); strings.Contains(screen, "[6n") || strings.Contains(screen, ";2R") {
			t.Errorf("%s leaves on the screen:\n%s", c.command, screen)
		}
	}
	term.run("resize-window", "-x", "59", "-y", "40")
	term.enter("clear; " + bare + "photofinish doctor" + say)
	term.see("✗ window      59 × 40: lanes need 60 × 16", "ended with 1.")
}

// TestDoctorWithout: with no terminal at all there are ten lines too, and the same as
// JSON.
func TestDoctorWithout(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("setsid"); err != nil || testing.Short() {
		t.Skip("short mode, or no setsid: nothing was started without a terminal")
	}
	b := newBuild(t)
	text := b.run("XDG_STATE_HOME= USER=ada setsid -w photofinish doctor 2>/dev/null", 1)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != 10 || !strings.HasPrefix(lines[2], "✗ terminal    none: run this in a terminal") || !strings.HasPrefix(lines[7], "✓ state       ~/.local/state/photofinish, which will be made") {
		t.Errorf("%s", text)
	}
	if host, err := os.Hostname(); err == nil && len(host) > 3 && strings.Contains(text, host) || strings.Contains(text, filepath.Dir(b.dir)) {
		t.Errorf("it says where it runs:\n%s", text)
	}
	var of struct {
		Version    int
		Playground bool
		Lines      []struct{ Name, State, Says, Mend string }
	}
	data := b.run("setsid -w photofinish doctor --format json 2>/dev/null", 1)
	if err := json.Unmarshal([]byte(data), &of); err != nil || of.Version != 1 || of.Playground || len(of.Lines) != 10 || of.Lines[2].State != "missing" {
		t.Errorf("%v: %s", err, data)
	}
}
