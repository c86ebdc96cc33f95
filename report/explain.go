package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"photofinish/report/tell"
	"photofinish/scenarios"
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
	{"strategies", func() []string { return append(strategies.Names(), composed) }, func(name string) string {
		e, _ := strategies.Find(name)
		if name == composed {
			e.Rule += " (" + strings.Join(strategies.Layers(), ", ") + " can be put over any client that has no way of its own to post)"
		}
		return e.Rule
	}, func(name string) string {
		e, _ := strategies.Find(name)
		return string(e.Group)
	}},
	{"scenarios", scenarios.Names, func(name string) string {
		s, err := scenarios.Find(name)
		if err != nil {
			return err.Error()
		}
		return s.Title
	}, nil},
	{"networks", networkNames, func(name string) string {
		n, _ := scenarios.Network(name)
		return n.About
	}, nil},
	{"anomalies", judge.KindNames, func(name string) string {
		k := judge.Kinds[slices.Index(judge.KindNames(), name)]
		return k.Verdict.String() + ": " + k.When
	}, nil},
}

// composed stands in the list for every client put over a layer.
const composed = "action-queue+hold"

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

// List writes the names of a topic, each with a few words about it; without a
// topic, all of them. What it has it writes at once.
func List(w io.Writer, name string, p Palette) error {
	for i, t := range topics {
		if name != "" && name != t.name {
			continue
		}
		if name == "" {
			if _, err := fmt.Fprintf(w, "%s%s\n", strings.Repeat("\n", min(i, 1)), paint(p.Strong, t.name)); err != nil {
				return err
			}
		}
		if err := t.list(w, p); err != nil {
			return err
		}
	}
	return nil
}

func (t topic) list(w io.Writer, p Palette) error {
	width := 0
	for _, name := range t.names() {
		width = max(width, tell.Columns(name))
	}
	group, indent := "", "  "
	for _, name := range t.names() {
		var b strings.Builder
		if t.group != nil && t.group(name) != group {
			group, indent = t.group(name), "    "
			fmt.Fprintf(&b, "  %s\n", paint(p.Faint, group))
		}
		hanging(&b, indent+tell.Pad(name, width)+"  ", tell.Clean(t.about(name)))
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// item is something that is known, under a name.
type item struct{ name, about string }

// Explain writes all there is to say of a strategy, a scenario, a network or
// an anomaly.
func Explain(w io.Writer, name string, p Palette) error {
	var b strings.Builder
	if err := explain(&b, name, p); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func explain(b *strings.Builder, name string, p Palette) error {
	if e, err := strategies.Find(name); err == nil {
		return explainStrategy(b, e, p)
	}
	if s, err := scenarios.Find(name); err == nil {
		scenario(b, s, p)
		return nil
	}
	if n, ok := scenarios.Network(name); ok {
		heading(b, p, n.Name, "network: "+n.About)
		facts(b, network(&n.Network)...)
		return nil
	}
	for _, k := range judge.Kinds {
		if k.Name == name {
			heading(b, p, k.Name, "anomaly")
			facts(b, item{"when", k.When}, item{"makes it", k.Verdict.String()}, item{"term", k.Source})
			return nil
		}
	}
	var names []string
	for _, t := range topics {
		names = append(names, t.names()...)
	}
	return Unknown("name", name, names, "photofinish list")
}

// Unknown is the error for a word that is none of those there are.
func Unknown(what, word string, among []string, list string) error {
	if near := scenarios.Suggest(word, among); near != "" {
		return fmt.Errorf("unknown %s %q (did you mean %q?)", what, word, near)
	}
	return fmt.Errorf("unknown %s %q (%s shows what there is)", what, word, list)
}

// ExplainScenario writes what a scenario is about and what happens in it.
func ExplainScenario(w io.Writer, s *scenarios.Scenario, p Palette) error {
	var b strings.Builder
	scenario(&b, s, p)
	_, err := io.WriteString(w, b.String())
	return err
}

func scenario(b *strings.Builder, s *scenarios.Scenario, p Palette) {
	heading(b, p, s.Name, s.Title)
	for line := range strings.Lines(s.About) {
		hanging(b, "  ", tell.Clean(strings.TrimSpace(line)))
	}
	b.WriteByte('\n')
	script := s.Script
	if script.Given {
		var state sim.State
		for f := range script.GivenSets.All {
			state[f] = sim.Given
		}
		facts(b, item{"given", "#1 " + tell.Fields(script, state, script.GivenSets)})
	}
	for i := range script.Actions {
		a := &script.Actions[i]
		besides := pins(script, a)
		if besides != "" {
			besides = ", " + besides
		}
		hanging(b, tell.PadLeft(tell.Milliseconds(a.At), timeWidth)+" ms  ", tell.Action(script, a)+paint(p.Faint, besides))
	}
	b.WriteByte('\n')
	for i := range sim.MaxClients {
		facts(b, item{fmt.Sprint("client ", i+1), inLine(items(scenarios.ClientFacts(script, i)))})
	}
	facts(b, item{"network", s.Network})
	facts(b, network(&script.Network)...)
	facts(b, items(s.Facts())...)
	explainExpect(b, s)
}

func explainExpect(b *strings.Builder, s *scenarios.Scenario) {
	name := "expects"
	for _, x := range s.Expect {
		fact(b, item{name, x.Strategy + ": " + strings.Join(phrases(x.Facts()), ", ")})
		name = ""
	}
}

// pins lists what the script says of an action besides when and what it is.
func pins(s *sim.Script, a *sim.Action) string {
	list := phrases(scenarios.ActionFacts(s, a))
	if a.Saves != 0 {
		var state sim.State
		for f := range a.Saves.All {
			state[f] = sim.SavedBy(a.Number)
		}
		list = append([]string{"saved as " + tell.Fields(s, state, a.Saves)}, list...)
	}
	return strings.Join(list, ", ")
}

// network lists what there is to say of a network.
func network(n *sim.Network) []item { return items(scenarios.NetworkFacts(n)) }

// items lists facts one below the other.
func items(list []scenarios.Fact) (all []item) {
	for _, f := range list {
		x := item{f.Says, text(f)}
		if f.Value == true {
			x = item{f.Key, f.Says}
		}
		all = append(all, x)
	}
	return all
}

// inLine puts items into one line.
func inLine(list []item) string {
	var parts []string
	for _, x := range list {
		parts = append(parts, x.name+" "+x.about)
	}
	return strings.Join(parts, ", ")
}

// phrases puts each fact into a few words, for a line of them.
func phrases(list []scenarios.Fact) (all []string) {
	for _, f := range list {
		words := f.Says + " " + text(f)
		switch v := f.Value.(type) {
		case bool:
			words = f.Says
		case time.Duration:
			words = f.Says + " " + tell.Milliseconds(v) + " ms"
		case judge.Verdict, []judge.Kind: // which say what they are
			words = text(f)
		}
		all = append(all, words)
	}
	return all
}

// text puts the value of a fact into words.
func text(f scenarios.Fact) string {
	switch v := f.Value.(type) {
	case string:
		return tell.Clean(v)
	case float64:
		return Percent(v)
	case sim.Latency:
		return v.String()
	case []judge.Kind:
		var names []string
		for _, k := range v {
			names = append(names, k.String())
		}
		return cmp.Or(strings.Join(names, ", "), "no anomalies")
	}
	return f.Text
}

func heading(b *strings.Builder, p Palette, name, about string) {
	name = paint(p.Strong, tell.Clean(name))
	if about == "" {
		b.WriteString(name + "\n")
		return
	}
	hanging(b, name+"  ", tell.Clean(about))
}

func facts(b *strings.Builder, list ...item) {
	for _, x := range list {
		fact(b, x)
	}
}

// fact writes what is known under a name, if anything is.
func fact(b *strings.Builder, x item) {
	if x.about != "" {
		hanging(b, "  "+tell.Pad(x.name, 11)+"  ", tell.Clean(x.about))
	}
}

// hanging writes text after a label, broken at 80 columns, the later lines
// under the first. Names are not broken at their hyphens.
func hanging(b *strings.Builder, label, text string) {
	const hyphen, stays = "-", "\u2011"
	width := tell.Columns(label)
	text = ansi.Wordwrap(strings.ReplaceAll(text, hyphen, stays), 80-width, "")
	for line := range strings.Lines(strings.ReplaceAll(text, stays, hyphen)) {
		fmt.Fprintf(b, "%s%s\n", label, strings.TrimRight(line, " \n"))
		label = strings.Repeat(" ", width)
	}
}
