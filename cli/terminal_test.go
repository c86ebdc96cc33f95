package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
)

// tmux is a real terminal with a shell in it. Its commands go to a server of
// its own.
type tmux struct {
	t      *testing.T
	socket string
}

// openTerminal opens one of a size, or skips the test where there is no tmux.
func openTerminal(t *testing.T, w, h int) *tmux {
	t.Helper()
	testkit.Long(t, "the real program in a real terminal: not in short mode")
	testkit.Needs(t, "the real terminal was not tested", "tmux")
	path, dir := program(t), t.TempDir()
	term := &tmux{t: t, socket: filepath.Join(dir, "tmux")}
	t.Cleanup(func() { exec.Command("tmux", "-S", term.socket, "kill-server").Run() })
	shell := "cd " + dir + " && env -u NO_COLOR -u ENV HOME=" + dir + " XDG_STATE_HOME=" + dir + "/state XDG_CACHE_HOME=" + around()["XDG_CACHE_HOME"] + " PATH=" + filepath.Dir(path) + ":$PATH PS1='ready> ' sh"
	term.run("-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h), shell)
	term.see("ready>")
	return term
}

func (term *tmux) run(args ...string) string {
	term.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %v: %v: %s", args, err, out)
	}
	return string(out)
}

func (term *tmux) screen() string { return term.run("capture-pane", "-p") }

// press sends keys, as tmux names them.
func (term *tmux) press(keys ...string) {
	term.t.Helper()
	term.run(append([]string{"send-keys"}, keys...)...)
}

// enter types a command into the shell.
func (term *tmux) enter(command string) {
	term.t.Helper()
	term.run("send-keys", "-l", command)
	term.press("Enter")
}

// see waits until all texts are on the screen. A program in another process
// can only be waited for by looking again.
func (term *tmux) see(texts ...string) {
	term.t.Helper()
	screen := ""
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		screen = term.screen()
		all := true
		for _, text := range texts {
			all = all && strings.Contains(screen, text)
		}
		if all {
			return
		}
	}
	term.t.Fatalf("the screen never shows %q:\n%s", texts, screen)
}

// restored checks that the terminal is as it was before the program began.
func (term *tmux) restored() {
	term.t.Helper()
	flags := term.run("display-message", "-p", "alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag} paste #{bracket_paste_flag} keypad #{keypad_flag}")
	flags = strings.TrimSpace(strings.ReplaceAll(flags, "paste  ", "paste 0 ")) // an older tmux does not know it
	if want := "alternate 0 cursor 1 mouse 0 paste 0 keypad 0"; flags != want {
		term.t.Errorf("the terminal is left with %q, want %q", flags, want)
	}
	term.enter("clear; stty -g | cmp - before && echo the same")
	term.see("the same")
}

// start starts the program and says so with its exit code when it has ended.
func (term *tmux) start(args string) {
	term.enter("stty -g > before; clear; echo above; sh -c 'echo $$ > pid; exec photofinish " + args + "'; echo ended with $?.")
	term.see("photofinish", "naive")
}

// kill sends the program a signal.
func (term *tmux) kill(signal string) {
	term.run("run-shell", "kill -"+signal+" $(cat "+filepath.Dir(term.socket)+"/pid)")
}

// A user's way through the whole playground, in a real terminal.
func TestTerminal(t *testing.T) {
	for _, size := range testkit.Part([][2]int{{80, 24}, {120, 40}, {200, 50}}, 1) {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := openTerminal(t, size[0], size[1])
			term.start("overlapping-updates")
			term.press("Space")
			term.see("paused")
			term.press("End")
			term.see("settled", "24 %") // of runs end wrong

			term.press("u") // one more click, at the end
			term.see("u3")
			term.press("z", "End")

			term.press("g", "}", "}")    // the second click 200 ms later: nothing crosses any more
			term.see("✓  naive", " 5 %") // ½·e^(−290/120), or so
			if apart := term.screen(); strings.Contains(apart, "╳") {
				t.Errorf("two messages cross that are 200 ms apart:\n%s", apart)
			}
			term.press("{", "{", "End")
			term.see("✗  naive", "monotonic-writes")
			if crossed := term.screen(); size[0] < 188 && !strings.Contains(crossed, "╳") { // columns mark the overwritten value only
				t.Errorf("no crossing:\n%s", crossed)
			}

			term.press("Enter")
			term.see("u1 arrives")
			term.press("Escape")
			term.see("✗  naive")

			term.press("Home", "n")
			term.see("arrives next")
			term.press("1")
			term.see("pick 2")
			term.press("Escape")
			term.see("your hands", "naive", "0 ms")

			term.press("s")
			term.see(".yaml")
			term.press("Enter")
			term.see("saved")
			term.press("q")
			term.see("above", "ended with 0.")
			term.restored()
			term.enter("clear; photofinish check *.yaml")
			term.see("expectations hold")
		})
	}
}

// A client that only a file names is a lane that says how to start it; one that
// the command line names is a lane that is there anew when its file is saved.
func TestOwnClientInTerminal(t *testing.T) {
	t.Parallel()
	term := openTerminal(t, 120, 50)
	dir := filepath.Dir(term.socket)
	write := func(name, text string) { must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)) }
	write("bug.yaml", "name: bug\ngiven: {name: Ada}\nclients: {ours: ./save.js}\nsteps: [{at: 0, do: update, set: {name: B}}]\n")
	term.start("bug.yaml")
	term.see("ours is not here: --client ours=./save.js")
	term.press("q")
	term.see("ended with 0.")

	testkit.Needs(t, "no file of JavaScript was run in the terminal", "node")
	const drops = "export default ({ given }) => { const p = { ...given }; return { update: set => { Object.assign(p, set) }, screen: () => p } };"
	const saves = "export default ({ given }) => { const p = { ...given }; return { update: set => { Object.assign(p, set); return fetch('/people/1', { method: 'PATCH', body: JSON.stringify(set) }) }, screen: () => p } };"
	write("save.js", drops)
	term.start("bug.yaml --client ours=save.js --strategy ours,naive")
	term.press("Space", "End")
	term.see("✗  ours", "unsent-write")
	write("save.js", saves)
	term.see("✓  ours")
	term.press("q")
	term.see("ended with 0.")
	term.restored()
}

// Whatever ends the program, the terminal is as it was.
func TestTerminalIsRestored(t *testing.T) {
	for name, end := range map[string]struct {
		flags string
		by    func(*tmux)
		code  string
	}{
		"TERM":   {"", func(term *tmux) { term.kill("TERM") }, "143"},
		"HUP":    {"", func(term *tmux) { term.kill("HUP") }, "129"},
		"ctrl+c": {"", func(term *tmux) { term.press("C-c") }, "0"},
		"panic":  {"--panic ", func(term *tmux) { term.press("C-p") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := openTerminal(t, 100, 34)
			term.start(end.flags + "create-then-two-updates")
			end.by(term)
			term.see("ended with " + end.code)
			if end.code == "" && strings.Contains(term.screen(), "ended with 0.") {
				t.Error("a panic ends with 0")
			}
			term.restored()
		})
	}
}

// A class says on its wall where it is and to whom it is open, and on the standard
// error output too, where it can be read when the wall is gone.
func TestWallSaysWhere(t *testing.T) {
	for _, size := range testkit.Part([][2]int{{80, 24}, {120, 40}}, 1) {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := openTerminal(t, size[0], size[1])
			term.enter("clear; photofinish class --listen 127.0.0.1:0 2>log; clear; cat log")
			term.see("Students join with", "127.0.0.1", "Open to this machine only: --listen :", "Nobody is here yet.")
			term.press("q", "q")
			term.see("students join with: ssh -p", "Open to this machine only")
		})
	}
}

// A terminal may say that it has a billion cells: as many are drawn as a screen
// can have, and when it thinks better of it, the screen is right again. The
// shell lets no program have more than 4 GB.
func TestHugeWindow(t *testing.T) {
	for name, x := range map[string]struct{ command, text string }{
		"playground": {"create-then-two-updates", "Two edits before the id is back"},
		"lessons":    {"learn", "lost click"},
		"class":      {"class --lesson lost-click --listen 127.0.0.1:0", "begin the lesson"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := openTerminal(t, 120, 40)
			term.enter("stty -g > before; ulimit -v 4000000; stty cols 32767 rows 32767; sh -c 'echo $$ > pid; exec photofinish " + x.command + "'; echo ended with $?.")
			term.alternate() // drawn, if only in a corner
			term.run("resize-window", "-x", "100", "-y", "34")
			term.see(x.text)
			term.press("C-c")
			if name == "class" {
				term.see("End the class for everybody?")
				term.press("C-c")
			}
			term.see("ended with 0.")
		})
	}
}

// alternate waits until a program has taken the whole screen.
func (term *tmux) alternate() {
	term.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if strings.TrimSpace(term.run("display-message", "-p", "#{alternate_on}")) == "1" {
			return
		}
	}
	term.t.Fatalf("no program takes the whole screen:\n%s", term.screen())
}

// While nothing moves, the program does not wake up at all.
func TestSleeps(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/task"); err != nil {
		t.Skip("SKIPPED: wake-ups are counted by Linux")
	}
	term := openTerminal(t, 120, 40)
	term.start("create-then-two-updates")
	term.press("Space")
	term.see("paused", "orders")
	pid, err := os.ReadFile(filepath.Join(filepath.Dir(term.socket), "pid"))
	if err != nil {
		t.Fatal(err)
	}
	status := func() []byte {
		files, _ := filepath.Glob("/proc/" + string(bytes.TrimSpace(pid)) + "/task/*/status")
		var all []byte
		for _, f := range files {
			text, _ := os.ReadFile(f)
			for line := range bytes.Lines(text) {
				if bytes.Contains(line, []byte("ctxt_switches")) {
					all = append(all, line...)
				}
			}
		}
		return all
	}
	// A second is enough for 60 frames. A machine that is busy with something
	// else gets a few tries.
	for range 20 {
		before := status()
		time.Sleep(time.Second)
		if len(before) > 0 && bytes.Equal(before, status()) {
			return
		}
	}
	t.Errorf("it wakes up while nothing moves")
}

// ctrl-z stops the program as any other, and fg brings it back as it was: the
// screen, the mouse and the keys.
func TestSuspend(t *testing.T) {
	t.Parallel()
	term := openTerminal(t, 80, 24)
	term.start("overlapping-updates")
	term.press("End", "C-z")
	term.see("above", "Stopped", "ready>")
	flags := func() string {
		return term.run("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}")
	}
	if got := strings.TrimSpace(flags()); got != "0 1 0" {
		t.Errorf("stopped, the terminal has %s", got)
	}
	term.enter("fg")
	term.see("photofinish", "naive", "settled")
	if got := strings.TrimSpace(flags()); got != "1 0 1" {
		t.Errorf("back again, the terminal has %s", got)
	}
	term.press("Home")
	term.see("paused")
	term.press("q")
	term.see("Stopped")
	term.restored()
}
