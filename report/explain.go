package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

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
		width = max(width, columns(name))
	}
	group, indent := "", "  "
	for _, name := range t.names() {
		var b strings.Builder
		if t.group != nil && t.group(name) != group {
			group, indent = t.group(name), "    "
			fmt.Fprintf(&b, "  %s\n", paint(p.Faint, group))
		}
		hanging(&b, indent+pad(name, width)+"  ", Clean(t.about(name)))
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
		hanging(b, "  ", Clean(strings.TrimSpace(line)))
	}
	b.WriteByte('\n')
	script := s.Script
	if script.Given {
		var state sim.State
		for f := range script.GivenSets.All {
			state[f] = sim.Given
		}
		facts(b, item{"given", "#1 " + fields(script, state, script.GivenSets)})
	}
	for i := range script.Actions {
		a := &script.Actions[i]
		hanging(b, padLeft(milliseconds(a.At).String(), timeWidth)+" ms  ", Describe(script, a)+paint(p.Faint, saved(script, a)+pins(a)))
	}
	b.WriteByte('\n')
	over := network(&script.Network)
	if s.Network != "" {
		over = append([]item{{"network", s.Network}}, over...)
	}
	seed := ""
	if s.Seed != 0 {
		seed = fmt.Sprint(s.Seed)
	}
	facts(b, append(over, item{"seed", seed}, item{"source", s.Source})...)
	explainExpect(b, s)
}

func explainExpect(b *strings.Builder, s *scenarios.Scenario) {
	for i, x := range s.Expect {
		var want []string
		if x.Verdict != nil {
			want = append(want, x.Verdict.String())
		}
		for _, k := range x.Anomalies {
			want = append(want, k.String())
		}
		if x.HasOdds {
			want = append(want, "odds below "+Percent(x.OddsBelow))
		}
		if x.Orders != "" {
			want = append(want, "orders "+x.Orders)
		}
		name := ""
		if i == 0 {
			name = "expects"
		}
		fact(b, item{name, x.Strategy + ": " + strings.Join(want, ", ")})
	}
}

// saved says what the server makes of an action, if it has its own mind.
func saved(s *sim.Script, a *sim.Action) string {
	if a.Saves == 0 {
		return ""
	}
	var state sim.State
	for f := range a.Saves.All {
		state[f] = sim.SavedBy(a.Number)
	}
	return ", saved as " + fields(s, state, a.Saves)
}

// pins lists what an action pins.
func pins(a *sim.Action) string {
	text := ""
	if a.Up != sim.Unpinned {
		text += ", up " + milliseconds(a.Up).String() + " ms"
	}
	if a.Down != sim.Unpinned {
		text += ", down " + milliseconds(a.Down).String() + " ms"
	}
	if a.Processing != 0 {
		text += ", server " + milliseconds(a.Processing).String() + " ms"
	}
	if a.Status != 0 {
		text += fmt.Sprintf(", answered %d", a.Status)
	}
	if a.Lose != sim.NoLeg {
		text += ", lost on the way " + a.Lose.String()
	}
	if a.Twice {
		text += ", delivered twice"
	}
	return text
}

// network lists what there is to say of a network.
func network(n *sim.Network) []item {
	list := []item{{"uplink", n.Up.String()}, {"downlink", n.Down.String()}}
	if n.Processing != (sim.Latency{}) {
		list = append(list, item{"server", n.Processing.String()})
	}
	if n.Workers > 0 {
		list = append(list, item{"workers", fmt.Sprint(n.Workers)})
	}
	if n.Echo {
		list = append(list, item{"echo", "an answer carries the record, which the client takes over"})
	}
	if n.Fifo {
		list = append(list, item{"fifo", "messages never overtake on a link"})
	}
	if n.Connections > 0 {
		list = append(list, item{"connections", fmt.Sprint(n.Connections)})
	}
	if n.Timeout > 0 {
		list = append(list, item{"timeout", n.Timeout.String()})
	}
	for _, share := range []struct {
		name string
		of   float64
	}{{"lost", n.Loss}, {"duplicated", n.Duplicates}, {"errors", n.Errors}} {
		if share.of > 0 {
			list = append(list, item{share.name, Percent(share.of)})
		}
	}
	return list
}

func heading(b *strings.Builder, p Palette, name, about string) {
	hanging(b, paint(p.Strong, Clean(name))+"  ", Clean(about))
}

func facts(b *strings.Builder, list ...item) {
	for _, x := range list {
		fact(b, x)
	}
}

// fact writes what is known under a name, if anything is.
func fact(b *strings.Builder, x item) {
	if x.about != "" {
		hanging(b, "  "+pad(x.name, 11)+"  ", Clean(x.about))
	}
}

// hanging writes text after a label, broken at 80 columns, the later lines
// under the first. Names are not broken at their hyphens.
func hanging(b *strings.Builder, label, text string) {
	const hyphen, stays = "-", "\u2011"
	width := columns(label)
	text = ansi.Wordwrap(strings.ReplaceAll(text, hyphen, stays), 80-width, "")
	for line := range strings.Lines(strings.ReplaceAll(text, stays, hyphen)) {
		fmt.Fprintf(b, "%s%s\n", label, strings.TrimRight(line, " \n"))
		label = strings.Repeat(" ", width)
	}
}
