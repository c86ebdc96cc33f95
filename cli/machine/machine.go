// Package machine looks at the machine that photofinish runs on: its terminal, what is
// kept, and the programs of others that are made use of. [Look] asks, [Machine.Lines]
// says what that comes to, in ten lines that can be shown to strangers: no secret is in
// them, nor the name of the user.
package machine

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"

	"photofinish/tui/ink"
)

// Machine is what there is to know. Its zero value has no terminal.
type Machine struct {
	Version string // of photofinish, and of what made it
	System  string // as linux/amd64, 8 processors
	Windows bool   // where a locale says nothing of a terminal

	TTY           bool   // there is a terminal
	Term, Over    string // TERM, and what is between it and the program, as tmux
	Width, Height int    // cells; 0 if the terminal does not say
	Depth         ink.Depth
	NoColour      string // who wants none; "": nobody
	Behind        bool   // the program is in the background, and asks for no cursor
	Answers       bool   // it says where its cursor is
	Wide          []Sign // that are not one cell wide

	Locale string // the variable that decides, NAME=value; "": none is set
	State  State

	Node, Python, SSH Tool
}

// Sign is a sign on the screen, and how many cells it takes.
type Sign struct {
	Text  string
	Cells int
}

// Tool is a program of others: its version, or why it cannot be made use of.
type Tool struct {
	Version string
	Err     error
}

// UTF8 reports whether the locale says so.
func (m *Machine) UTF8() bool {
	l := strings.ToLower(m.Locale)
	return strings.Contains(l, "utf-8") || strings.Contains(l, "utf8")
}

// fromEnvironment fills in what the environment says.
func (m *Machine) fromEnvironment(env func(string) string) {
	m.System = fmt.Sprintf("%s/%s, %d processors", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	m.Windows = runtime.GOOS == "windows"
	m.Term = env("TERM")
	var over []string
	if env("TMUX") != "" {
		over = append(over, "tmux")
	} else if env("STY") != "" {
		over = append(over, "screen")
	}
	if name := env("TERM_PROGRAM"); name != "" && name != "tmux" {
		over = append(over, strings.TrimSpace(name+" "+env("TERM_PROGRAM_VERSION")))
	}
	if env("SSH_CONNECTION") != "" {
		over = append(over, "ssh")
	}
	m.Over = strings.Join(over, ", ")
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := env(name); value != "" {
			m.Locale = name + "=" + value
			break
		}
	}
}

// private hides the user's name in the paths of a text, and what is above their home.
func private(text string) string {
	hide := func(name, instead string) {
		whole := regexp.MustCompile(regexp.QuoteMeta(name) + `($|[^A-Za-z0-9._-])`)
		for range 2 { // what ends one name may begin the next
			text = whole.ReplaceAllString(text, instead+"$1")
		}
	}
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		hide(home, "~")
	}
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if user := os.Getenv(name); user != "" {
			hide("/"+user, "/…")
			hide(`\`+user, `\…`)
		}
	}
	return text
}
