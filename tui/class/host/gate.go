package host

import (
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// gate lets through of a session's requests what a class needs, a terminal and
// a shell request, and refuses all others: commands, subsystems, agents,
// windowing. New sizes of the window it keeps to itself: only the last counts,
// and whoever sends thousands makes nobody wait.
type gate struct {
	gossh.NewChannel
	limits *Limits
	sizes  chan tea.WindowSizeMsg // the last that nobody has looked at yet

	// What the session reads once its shell was asked for; from then on nothing
	// changes here.
	asked bool
	env   []string
	term  string
	size  tea.WindowSizeMsg // of the terminal when it was asked for
}

func (g *gate) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	c, in, err := g.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	go func() {
		defer close(out)
		for r := range in {
			if g.passes(r) {
				out <- r
			} else {
				r.Reply(r.Type == "window-change" || r.Type == "env", nil)
			}
		}
	}()
	return c, out, nil
}

// window is the size in a request, see RFC 4254, 6.7.
type window struct{ Columns, Rows, Width, Height uint32 }

func (g *gate) passes(r *gossh.Request) bool {
	switch r.Type {
	case "shell":
		first := !g.asked
		g.asked = true
		return first
	case "pty-req":
		var ask struct {
			Term                         string
			Columns, Rows, Width, Height uint32
			Modes                        string
		}
		if len(r.Payload) > 4096 || gossh.Unmarshal(r.Payload, &ask) != nil || g.term != "" || g.asked {
			return false
		}
		if g.term = ask.Term; !plainWord.MatchString(ask.Term) {
			g.term = "vt100"
		}
		g.size.Width, g.size.Height = g.limits.clamp(ask.Columns, ask.Rows)
		return true
	case "window-change":
		var w window
		if gossh.Unmarshal(r.Payload, &w) == nil {
			g.resize(w)
		}
	case "env":
		if !g.asked {
			g.setEnv(r.Payload)
		}
	}
	return false
}

func (g *gate) resize(w window) {
	var size tea.WindowSizeMsg
	size.Width, size.Height = g.limits.clamp(w.Columns, w.Rows)
	select {
	case <-g.sizes: // too old
	default:
	}
	g.sizes <- size // nobody else sends
}

// colourEnv are the variables that a client may set besides TERM. Others could make a library look for files or run programs.
var colourEnv = []string{"COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"}

// setEnv notes a variable, if it is one of those.
func (g *gate) setEnv(payload []byte) {
	var kv struct{ Key, Value string }
	if len(payload) > 256 || gossh.Unmarshal(payload, &kv) != nil ||
		!slices.Contains(colourEnv, kv.Key) || !plainWord.MatchString(kv.Value) {
		return
	}
	if kv.Key == "NO_COLOR" {
		kv.Value = "1" // whatever it says
	}
	g.env = slices.DeleteFunc(g.env, func(have string) bool { return strings.HasPrefix(have, kv.Key+"=") })
	g.env = append(g.env, kv.Key+"="+kv.Value)
}

// plainWord is the name of a terminal that is not a path.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9+._-]{0,63}$`)

// environ returns what a program may know of the client's terminal. SSH_TTY
// makes Bubble Tea ask the terminal only what every one answers.
func (g *gate) environ() []string {
	return append(slices.Clone(g.env), "TERM="+g.term, "SSH_TTY=class")
}
