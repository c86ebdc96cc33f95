package machine

import (
	"fmt"
	"strings"

	"photofinish/report/tell"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// How well something is.
const (
	Well    = "well"
	Lacks   = "lacks"   // something goes without, which the playground does not need
	Missing = "missing" // the playground needs it
)

// Line says one thing about a machine, and how to mend it unless it is well.
type Line struct {
	Name  string `json:"name"`
	State string `json:"state"` // one of the words above
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

// Lines returns what there is to say, ten lines. A machine on which nothing is missing
// can run the playground.
func (m *Machine) Lines() []Line {
	all := []Line{
		{"photofinish", Well, m.Version, ""},
		{"system", Well, m.System, ""},
		m.terminal(), m.window(), m.colours(), m.signs(), m.locale(), m.state(), m.clients(), m.ssh(),
	}
	for i := range all {
		l := &all[i]
		l.Says, l.Mend = clean(l.Says), clean(l.Mend)
	}
	return all
}

// clean makes a text fit to be shown, to anybody.
func clean(text string) string {
	r := []rune(tell.Clean(private(strings.Join(strings.Fields(text), " "))))
	if len(r) > 200 {
		r = append(r[:199], '…')
	}
	return string(r)
}

func (m *Machine) terminal() Line {
	l := Line{"terminal", Well, m.Term, ""}
	if m.Term == "" {
		l.Says = "of no name"
	}
	if m.Over != "" {
		l.Says += ", in " + m.Over
	}
	switch {
	case !m.TTY:
		l.State, l.Says, l.Mend = Missing, "none", "run this in a terminal; report, replay and check need none, and learn --plain"
	case m.Term == "dumb":
		l.State, l.Mend = Missing, "it cannot be drawn on: take another, or say what it is, as TERM=xterm-256color"
	case m.Term == "" && !m.Windows:
		l.State, l.Mend = Lacks, "TERM is not set: say what it is, as TERM=xterm-256color"
	}
	return l
}

// unknown is a line about a terminal that there is not.
func (m *Machine) unknown(name string) (Line, bool) {
	return Line{name, Lacks, "not known without a terminal", "run this in one"}, !m.TTY
}

func (m *Machine) window() Line {
	if l, is := m.unknown("window"); is {
		return l
	}
	l := Line{"window", Well, fmt.Sprintf("%d × %d", m.Width, m.Height), ""}
	switch {
	case m.Width <= 0 || m.Height <= 0:
		l.State, l.Says, l.Mend = Lacks, "the terminal does not say how large it is", "say it, as stty columns 80 rows 24"
	case m.Width < page.MinWidth || m.Height < page.MinHeight:
		l.State = Missing
		l.Mend = fmt.Sprintf("lanes need %d × %d: make it larger, or the letters smaller", page.MinWidth, page.MinHeight)
	}
	return l
}

func (m *Machine) colours() Line {
	if l, is := m.unknown("colours"); is {
		return l
	}
	switch {
	case m.NoColour != "":
		return Line{"colours", Well, "none, as " + m.NoColour + " has it", ""}
	case m.Depth == ink.TrueColour:
		return Line{"colours", Well, "256 or more", ""}
	case m.Depth == ink.Colours16:
		return Line{"colours", Well, "16", ""}
	}
	return Line{"colours", Lacks, "none, as far as TERM=" + m.Term + " goes", "if the terminal has some, say so, as TERM=xterm-256color"}
}

func (m *Machine) signs() Line {
	if l, is := m.unknown("signs"); is {
		return l
	}
	all := strings.Join(signs, " ")
	switch {
	case len(m.Wide) > 0:
		var wide []string
		for _, s := range m.Wide {
			wide = append(wide, fmt.Sprintf("%s takes %d cells", s.Text, s.Cells))
		}
		return Line{"signs", Missing, strings.Join(wide, ", ") + ", and lanes would be torn",
			"have the terminal read UTF-8, and show signs of ambiguous width narrow"}
	case m.Behind:
		return Line{"signs", Lacks, "not known in the background", "run this in the foreground"}
	case !m.Answers:
		return Line{"signs", Lacks, "the terminal does not say how wide " + all + " are", "look: each takes one cell, or take another terminal"}
	}
	return Line{"signs", Well, all + " take one cell each", ""}
}

func (m *Machine) locale() Line {
	l := Line{"locale", Well, m.Locale, ""}
	switch {
	case m.Windows || m.UTF8():
		if l.Says == "" {
			l.Says = "none, and none is needed"
		}
	case m.Locale == "":
		l.State, l.Says, l.Mend = Lacks, "none", "programs between this and the screen may not know that it writes UTF-8: export LANG=C.UTF-8"
	default:
		l.State, l.Mend = Lacks, "it is not UTF-8, which is what is written here: export LC_ALL=C.UTF-8"
	}
	return l
}

func (m *Machine) state() Line {
	s := m.State
	l := Line{"state", Well, s.Dir, ""}
	switch {
	case s.Dir == "":
		l.State, l.Says, l.Mend = Lacks, "there is no folder for what outlives the playground", "set HOME, or XDG_STATE_HOME to a folder of yours"
		return l
	case s.Err != nil:
		l.State, l.Says = Lacks, s.Dir+": "+s.Err.Error()
		l.Mend = "nothing outlives the playground: let the folder be written to, or set XDG_STATE_HOME to one that can"
		return l
	case s.New:
		l.Says += ", which will be made"
	default:
		l.Says += ", can be written to"
	}
	switch {
	case s.Running == 1:
		l.Says += "; 1 playground runs"
	case s.Running > 1:
		l.Says += fmt.Sprintf("; %d playgrounds run", s.Running)
	}
	return l
}

func (m *Machine) clients() Line {
	l := Line{Name: "clients", State: Well}
	var says, mend []string
	for _, t := range []struct {
		name, least, variable, of string
		Tool
	}{
		{"Node", "20", "PHOTOFINISH_NODE", "in JavaScript, and exercises", m.Node},
		{"Python", "3.9", "PHOTOFINISH_PYTHON", "in Python", m.Python},
	} {
		if t.Err == nil {
			says = append(says, t.name+" "+t.Version)
			continue
		}
		l.State = Lacks
		says = append(says, t.Err.Error())
		mend = append(mend, fmt.Sprintf("clients %s need %s %s: install it, or name it in %s", t.of, t.name, t.least, t.variable))
	}
	l.Says, l.Mend = strings.Join(says, ", "), strings.Join(mend, "; ")
	return l
}

func (m *Machine) ssh() Line {
	if m.SSH.Err != nil {
		return Line{"ssh", Lacks, m.SSH.Err.Error(), "who comes to a class needs a client: install OpenSSH"}
	}
	return Line{"ssh", Well, "OpenSSH " + m.SSH.Version, ""}
}
