package machine

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"photofinish/report/disk"
	"photofinish/tui/ink"
)

func fine() *Machine {
	return &Machine{Version: "devel", System: "linux/amd64", TTY: true, Term: "xterm-256color", Width: 60, Height: 16, Depth: ink.TrueColour,
		Answers: true, Locale: "LANG=C.UTF-8", State: State{Dir: "/state"},
		Node: Tool{"20.1.0", nil}, Python: Tool{"3.9.1", nil}, SSH: Tool{"9.2p1", nil}}
}

// TestLines: there are ten; each says what is so, how to mend it unless it is well, and
// is missing only where the playground cannot do without.
func TestLines(t *testing.T) {
	for i, c := range []struct {
		change            func(m *Machine)
		name, state, says string
	}{
		{func(*Machine) {}, "window", Well, "60 × 16"},
		{func(*Machine) {}, "signs", Well, "⠿ │ ╳ ✓ … █ take one cell each"},
		{func(m *Machine) { m.TTY = false }, "terminal", Missing, "none"},
		{func(m *Machine) { m.TTY = false }, "window", Lacks, "not known without a terminal"},
		{func(m *Machine) { m.Term = "dumb" }, "terminal", Missing, "dumb"},
		{func(m *Machine) { m.Term = "" }, "terminal", Lacks, "of no name"},
		{func(m *Machine) { m.Term, m.Windows = "", true }, "terminal", Well, "of no name"},
		{func(m *Machine) { m.Over = "tmux, ssh" }, "terminal", Well, "xterm-256color, in tmux, ssh"},
		{func(m *Machine) { m.Width = 59 }, "window", Missing, "59 × 16"},
		{func(m *Machine) { m.Height = 15 }, "window", Missing, "60 × 15"},
		{func(m *Machine) { m.Width, m.Height = 0, 0 }, "window", Lacks, "does not say how large"},
		{func(m *Machine) { m.Depth = ink.Colours16 }, "colours", Well, "16"},
		{func(m *Machine) { m.Depth, m.Term = ink.NoColour, "vt100" }, "colours", Lacks, "none, as far as TERM=vt100 goes"},
		{func(m *Machine) { m.NoColour = "NO_COLOR" }, "colours", Well, "none, as NO_COLOR has it"},
		{func(m *Machine) { m.Answers = false }, "signs", Lacks, "does not say how wide"},
		{func(m *Machine) { m.Answers, m.Behind = false, true }, "signs", Lacks, "not known in the background"},
		{func(m *Machine) { m.Wide = []Sign{{"⠿", 3}, {"…", 2}} }, "signs", Missing, "⠿ takes 3 cells, … takes 2 cells"},
		{func(m *Machine) { m.Locale = "" }, "locale", Lacks, "none"},
		{func(m *Machine) { m.Locale = "LC_ALL=POSIX" }, "locale", Lacks, "LC_ALL=POSIX"},
		{func(m *Machine) { m.Locale = "LANG=de_DE.utf8" }, "locale", Well, "LANG=de_DE.utf8"},
		{func(m *Machine) { m.Locale, m.Windows = "", true }, "locale", Well, "none is needed"},
		{func(m *Machine) { m.State = State{} }, "state", Lacks, "there is no folder"},
		{func(m *Machine) { m.State.Err = errors.New("read-only") }, "state", Lacks, "/state: read-only"},
		{func(m *Machine) { m.State.New = true }, "state", Well, "/state, which will be made"},
		{func(m *Machine) { m.State.Running = 2 }, "state", Well, "/state, can be written to; 2 playgrounds run"},
		{func(*Machine) {}, "clients", Well, "Node 20.1.0, Python 3.9.1"},
		{func(m *Machine) { m.Node = Tool{"", errors.New("Node is 18.1")} }, "clients", Lacks, "Node is 18.1, Python 3.9.1"},
		{func(m *Machine) { m.SSH = Tool{"", errors.New("ssh is not there")} }, "ssh", Lacks, "ssh is not there"},
		{func(m *Machine) { m.Over = "\x1b[31m\nred " + strings.Repeat("x", 300) }, "terminal", Well, `xterm-256color, in \x1b[31m red xxx`},
	} {
		m := fine()
		c.change(m)
		lines, missing := m.Lines(), 0
		if len(lines) != 10 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, l := range lines {
			if l.State == Missing {
				missing++
			}
			if (l.State == Well) != (l.Mend == "") || l.Says == "" || len([]rune(l.Says)) > 200 || strings.ContainsAny(l.Says+l.Mend, "\n\x1b") {
				t.Errorf("%d: %+v", i, l)
			}
			if l.Name == c.name && (l.State != c.state || !strings.Contains(l.Says, c.says)) {
				t.Errorf("%d: %+v", i, l)
			}
		}
		if missing > 0 != (c.state == Missing || !m.TTY) {
			t.Errorf("%d: %d are missing", i, missing)
		}
	}
}

// TestAsk: a terminal says how wide each sign is, also in pieces and with keys between,
// or says nothing.
func TestAsk(t *testing.T) {
	const one, three = "\x1b[4;2R", "\x1b[4;4R"
	for _, c := range []struct {
		pieces []string
		wide   []Sign
		says   bool
	}{
		{[]string{strings.Repeat(one, 6)}, nil, true},
		{[]string{"keys", one + one + "\x1b[4", ";2", "R" + one, "\x1b[A" + one, one}, nil, true},
		{[]string{three + strings.Repeat(one, 4) + "\x1b[12;3R"}, []Sign{{"⠿", 3}, {"█", 2}}, true},
		{[]string{"\x1b[0n", one + one}, nil, false},
		{nil, nil, false},
	} {
		r, w := io.Pipe()
		patience := time.Hour
		if !c.says {
			patience = time.Millisecond
		}
		go func() {
			for _, p := range c.pieces {
				w.Write([]byte(p))
			}
		}()
		var m Machine
		var out strings.Builder
		m.ask(r, &out, patience)
		w.Close()
		if m.Answers != c.says || len(m.Wide) != len(c.wide) {
			t.Errorf("%q: %t, %v", c.pieces, m.Answers, m.Wide)
		}
		for i, s := range c.wide {
			if i < len(m.Wide) && m.Wide[i] != s {
				t.Errorf("%q: %v", c.pieces, m.Wide)
			}
		}
		if !strings.HasSuffix(out.String(), "\r\x1b[K") {
			t.Errorf("%q is left on the screen", &out)
		}
	}
}

func TestPrivate(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	t.Setenv("USERPROFILE", "/home/ada")
	t.Setenv("USER", "ada")
	for text, want := range map[string]string{
		"/home/ada/.local/state":                "~/.local/state",
		"/home/adam/x":                          "/home/adam/x",
		"open /data/ada: permission denied":     "open /data/…: permission denied",
		`D:\ada\state and /x/ada/ada`:           `D:\…\state and /x/…/…`,
		"TERM_PROGRAM=canada /usr/share/ada.so": "TERM_PROGRAM=canada /usr/share/ada.so",
	} {
		if got := private(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestState: a folder that can be written to, one that is not there yet, one where that
// is in vain, and who runs. Nothing is left behind.
func TestState(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	lock, err := os.Create(filepath.Join(dir, "running-1-a.lock"))
	if err == nil {
		err = os.WriteFile(file, nil, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	disk.WaitForLock(lock)
	if s := lookAt(dir); s.New || s.Err != nil || locks(t, lock) && s.Running != 1 {
		t.Errorf("%+v", s)
	}
	lock.Close()
	os.Remove(lock.Name())
	if s := lookAt(dir); s.Err != nil || s.Running != 0 {
		t.Errorf("%+v", s)
	}
	if s := lookAt(filepath.Join(dir, "a", "b")); !s.New || s.Err != nil {
		t.Errorf("%+v", s)
	}
	if s := lookAt(filepath.Join(file, "a")); s.Err == nil {
		t.Errorf("%+v", s)
	}
	if s := lookAt(""); s != (State{}) {
		t.Errorf("%+v", s)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left there: %v", left)
	}
}

// locks reports whether locks mean something here.
func locks(t *testing.T, held *os.File) bool {
	f, err := os.Open(held.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	free, err := disk.LockIsFree(f)
	return err == nil && !free
}
