package machine

import (
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"photofinish/tui/ink"
)

// patience is how long a terminal has to say where its cursor is: what it says later is
// typed to the shell, so this is longer than a slow network.
const patience = 2 * time.Second

// signs are some that lanes are drawn with: all of them take one cell.
var signs = []string{"⠿", "│", "╳", "✓", "…", "█"}

// Look asks the environment, the terminal and the folder of what is kept. Where in or
// out is no terminal, as in a pipe, it asks the one that the process belongs to. A
// terminal is asked for its cursor if it can be drawn on, and not from the background:
// who does so is stopped.
func Look(in, out *os.File, env func(string) string, state string) *Machine {
	m := &Machine{State: lookAt(state)}
	m.fromEnvironment(env)
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		from, to := "/dev/tty", "/dev/tty"
		if runtime.GOOS == "windows" {
			from, to = "CONIN$", "CONOUT$"
		}
		var err error
		if in, err = os.OpenFile(from, os.O_RDWR, 0); err != nil {
			return m
		}
		defer in.Close()
		if out, err = os.OpenFile(to, os.O_RDWR, 0); err != nil || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
			return m
		}
		defer out.Close()
	}
	m.TTY = true
	m.Depth = ink.DepthOf(colorprofile.Detect(out, os.Environ()))
	if w, h, err := term.GetSize(out.Fd()); err == nil {
		m.Width, m.Height = w, h
	}
	m.Behind = inBackground(in)
	if m.Term != "dumb" && !m.Behind {
		m.measure(in, out)
	}
	return m
}

// report is what a terminal says when it is asked for its cursor (CPR): line and column.
var report = regexp.MustCompile(`\x1b\[[0-9]+;([0-9]+)R`)

// measure asks a terminal how wide the signs are. What is typed meanwhile is lost.
func (m *Machine) measure(in, out *os.File) {
	if was, err := term.MakeRaw(in.Fd()); err == nil {
		defer term.Restore(in.Fd(), was)
		m.ask(in, out, patience)
	}
}

// ask writes each sign at the beginning of a line and asks where the cursor is then.
func (m *Machine) ask(in io.Reader, out io.Writer, patience time.Duration) {
	question := ""
	for _, s := range signs {
		question += "\r" + s + "\x1b[6n"
	}
	if _, err := io.WriteString(out, question+"\r\x1b[K"); err != nil {
		return
	}
	said, done := make(chan []byte), make(chan struct{})
	defer close(done)
	go func() { // it may read for ever: the process ends soon
		for b := make([]byte, 256); ; {
			n, err := in.Read(b)
			if err != nil {
				return
			}
			select {
			case said <- slices.Clone(b[:n]):
			case <-done:
				return
			}
		}
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	for answer := []byte(nil); ; {
		select {
		case more := <-said:
			answer = append(answer, more...)
		case <-late.C:
			return
		}
		if all := report.FindAllSubmatch(answer, -1); len(all) >= len(signs) {
			m.answered(all[:len(signs)])
			return
		}
	}
}

// answered takes the answer for each sign.
func (m *Machine) answered(all [][][]byte) {
	m.Answers = true
	for i, a := range all {
		if column, _ := strconv.Atoi(string(a[1])); column != 2 {
			m.Wide = append(m.Wide, Sign{signs[i], column - 1})
		}
	}
}
