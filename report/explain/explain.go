// Package explain writes what there is to know of a strategy, a scenario, a network, an
// anomaly or an exercise, and what there is of each.
package explain

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"photofinish/exercises"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/scenarios"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// topic is something that there are several of.
type topic struct {
	name  string
	names func() []string
	about func(name string) string // in a few words
	group func(name string) string // what it is listed under; nil: it is not
}

var topics = []topic{
	{"strategies", func() []string { return append(strategies.Names(), strategies.Listed) }, func(name string) string {
		e, _ := strategies.Find(name)
		if name == strategies.Listed {
			e.Rule += " (" + strings.Join(strategies.Layers(), ", ") + " can be put over any client that has no way of its own to post)"
		}
		return e.Rule
	}, func(name string) string {
		e, _ := strategies.Find(name)
		return string(e.Group)
	}},
	{"scenarios", scenarios.Names, scenarios.Title, nil},
	{"networks", networkNames, func(name string) string {
		n, _ := scenarios.Network(name)
		return n.About
	}, nil},
	{"anomalies", judge.KindNames, func(name string) string {
		k := judge.Kinds[slices.Index(judge.KindNames(), name)]
		return k.Verdict.String() + ": " + k.When
	}, nil},
	{"exercises", exercises.Names, func(name string) string {
		title, _ := exercises.Head(name)
		return title
	}, nil},
	{"lessons", lessons.Names, func(name string) string {
		title, minutes, inClass := lessons.Head(name)
		return title + ", " + Minutes(minutes, inClass)
	}, nil},
}

// Minutes says how long a lesson takes, as "5 min, 12 in a class"; inClass may be 0.
func Minutes(alone, inClass int) string {
	text := fmt.Sprintf("%d min", alone)
	if inClass > 0 {
		text += fmt.Sprintf(", %d in a class", inClass)
	}
	return text
}

func networkNames() (names []string) {
	for _, n := range scenarios.Networks() {
		names = append(names, n.Name)
	}
	return names
}

// Topics returns what [List] can list.
func Topics() (names []string) {
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}

// page is held until it is whole: a mistake in a name writes nothing.
type page struct {
	strings.Builder
	palette terminal.Palette
}

// List writes the names of a topic, each with a few words about it; without a
// topic, all of them.
func List(w io.Writer, name string, palette terminal.Palette) error {
	p := page{palette: palette}
	for i, t := range topics {
		if name == "" {
			fmt.Fprintf(&p, "%s%s\n", strings.Repeat("\n", min(i, 1)), terminal.Paint(palette.Strong, t.name))
		}
		if name == "" || name == t.name {
			p.list(t)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) list(t topic) {
	width := 0
	for _, name := range t.names() {
		width = max(width, tell.Columns(name))
	}
	group, indent := "", "  "
	for _, name := range t.names() {
		if t.group != nil && t.group(name) != group {
			group, indent = t.group(name), "    "
			fmt.Fprintf(p, "  %s\n", terminal.Paint(p.palette.Faint, group))
		}
		terminal.Hang(&p.Builder, indent+tell.Pad(name, width)+"  ", tell.Clean(t.about(name)))
	}
}

// Write writes all there is to say of a strategy, a scenario, a network, an anomaly, an
// exercise or a lesson.
func Write(w io.Writer, name string, palette terminal.Palette) error {
	p := page{palette: palette}
	if err := p.explain(name); err != nil {
		return err
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) explain(name string) error {
	if e, err := strategies.Find(name); err == nil {
		return p.strategy(e)
	}
	if s, err := scenarios.Find(name); err == nil {
		p.scenario(s)
		return nil
	}
	if n, ok := scenarios.Network(name); ok {
		p.heading(n.Name, "network: "+n.About)
		p.items(network(&n.Network))
		return nil
	}
	if i := slices.Index(judge.KindNames(), name); i >= 0 {
		k := judge.Kinds[i]
		p.heading(k.Name, "anomaly")
		p.fact("when", k.When)
		p.fact("makes it", k.Verdict.String())
		p.fact("term", k.Source)
		return nil
	}
	if e, err := exercises.Find(name); err == nil {
		p.exercise(e)
		return nil
	}
	if l, err := lessons.Find(name); err == nil {
		p.heading(l.Name, "lesson: "+l.Title)
		p.fact("takes", Minutes(l.Minutes, l.InClass()))
		p.fact("begin with", "photofinish learn "+l.Name)
		return nil
	}
	return NoSuch(name)
}

// exercise writes what is to be done, and the file with the hole.
func (p *page) exercise(e *exercises.Exercise) {
	p.heading(e.Name, "exercise: "+e.Title)
	terminal.Hang(&p.Builder, "  ", tell.Clean(e.Story))
	p.WriteByte('\n')
	p.fact("lesson", e.Lesson)
	var ends []string
	for _, t := range e.Trials {
		ends = append(ends, fmt.Sprintf("%s: every order ends %s", t.Scenario.Name, t.End()))
	}
	p.fact("solved when", ends...)
	p.fact("begin with", "photofinish exercise "+e.Name)
	p.file(e.Name+".mjs", e.Start)
}

// Names returns all that can be explained.
func Names() (names []string) {
	for _, t := range topics {
		for _, name := range t.names() {
			if !slices.Contains(names, name) { // a lesson may be called as its scenario, which is the more
				names = append(names, name)
			}
		}
	}
	return names
}

// NoSuch returns the error for a name that nothing has.
func NoSuch(name string) error { return Unknown("name", name, Names(), "photofinish list") }

// Scenario writes what a scenario is about, what happens in it, and in sentences which
// client to take there.
func Scenario(w io.Writer, s *scenarios.Scenario, answer []string, palette terminal.Palette) error {
	p := page{palette: palette}
	p.scenario(s)
	p.fact("answer", strings.Join(answer, " "))
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) scenario(s *scenarios.Scenario) {
	p.heading(s.Name, s.Title)
	for line := range strings.Lines(s.About) {
		terminal.Hang(&p.Builder, "  ", tell.Clean(strings.TrimSpace(line)))
	}
	p.WriteByte('\n')
	script := s.Script
	p.fact("given", Given(script)...)
	for i := range script.Actions {
		a := &script.Actions[i]
		besides := pins(script, a)
		if besides != "" {
			besides = ", " + besides
		}
		terminal.Hang(&p.Builder, tell.PadLeft(tell.Milliseconds(a.At), 8)+" ms  ", tell.Action(script, a)+terminal.Paint(p.palette.Faint, besides))
	}
	p.WriteByte('\n')
	for i := range sim.MaxClients {
		p.fact(fmt.Sprint("client ", i+1), inLine(items(scenarios.ClientFacts(script, i))))
	}
	for _, c := range s.Clients {
		p.fact("your own", tell.Clean(c.Name+", "+c.File))
	}
	p.fact("network", s.Network)
	p.items(network(&script.Network))
	p.items(items(s.Facts()))
	p.fact("orders", Varied(script)...)
	var expects []string
	for _, x := range s.Expect {
		expects = append(expects, x.Strategy+": "+strings.Join(phrases(x.Facts()), ", "))
	}
	p.fact("expects", expects...)
}

func (p *page) heading(name, about string) {
	name = terminal.Paint(p.palette.Strong, tell.Clean(name))
	if about == "" {
		p.WriteString(name + "\n")
		return
	}
	terminal.Hang(&p.Builder, name+"  ", tell.Clean(about))
}

func (p *page) items(list []item) {
	for _, x := range list {
		p.fact(x.name, x.about)
	}
}

// fact writes what is known under a name, if anything is, each on a line of its
// own.
func (p *page) fact(name string, list ...string) {
	for _, about := range list {
		if about != "" {
			terminal.Hang(&p.Builder, "  "+tell.Pad(name, 11)+"  ", tell.Clean(about))
			name = ""
		}
	}
}
