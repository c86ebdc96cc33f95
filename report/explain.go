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
}

var topics = []topic{
	{"strategies", func() []string { return append(strategies.Names(), composed) }, func(name string) string {
		e, _ := strategies.Find(name)
		if name == composed {
			e.Rule += " (any client can be put over hold)"
		}
		return e.Rule
	}},
	{"scenarios", scenarios.Names, func(name string) string {
		s, err := scenarios.Find(name)
		if err != nil {
			return err.Error()
		}
		return s.Title
	}},
	{"networks", networkNames, func(name string) string {
		n, _ := scenarios.Network(name)
		return n.About
	}},
	{"anomalies", judge.KindNames, func(name string) string {
		k := judge.Kinds[slices.Index(judge.KindNames(), name)]
		return k.Verdict.String() + ": " + k.When
	}},
}

// composed stands in the list for every client put over the held post.
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
		if err := t.list(w); err != nil {
			return err
		}
	}
	return nil
}

func (t topic) list(w io.Writer) error {
	width := 0
	for _, name := range t.names() {
		width = max(width, columns(name))
	}
	for _, name := range t.names() {
		var b strings.Builder
		hanging(&b, "  "+pad(name, width)+"  ", Clean(t.about(name)))
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

func explainStrategy(b *strings.Builder, e strategies.Entry, p Palette) error {
	heading(b, p, e.Name, "strategy: "+e.Rule)
	facts(b, item{"source", e.Source})
	for _, f := range SourceFiles(e) {
		code, err := strategies.Code(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "\n%s\n", paint(p.Faint, f))
		for line := range strings.Lines(code) {
			if line != "\n" {
				line = "  " + strings.ReplaceAll(line, "\t", "  ")
			}
			b.WriteString(line)
		}
	}
	return nil
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
		fmt.Fprintf(b, "%s ms  %s%s\n", padLeft(milliseconds(a.At).String(), timeWidth), Describe(script, a), paint(p.Faint, pins(a)))
	}
	b.WriteByte('\n')
	over := network(&script.Network)
	if s.Network != "" {
		over = append([]item{{"network", s.Network}}, over...)
	}
	facts(b, append(over, item{"source", s.Source})...)
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
			want = append(want, "odds below "+percent(x.OddsBelow))
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

// pins lists what an action pins.
func pins(a *sim.Action) string {
	text := ""
	if a.Up != sim.Unpinned {
		text += ", up " + milliseconds(a.Up).String() + " ms"
	}
	if a.Down != sim.Unpinned {
		text += ", down " + milliseconds(a.Down).String() + " ms"
	}
	if a.Status != 0 {
		text += fmt.Sprintf(", answered %d", a.Status)
	}
	if a.Lose != sim.NoLeg {
		text += ", lost on the way " + a.Lose.String()
	}
	return text
}

// network lists what there is to say of a network.
func network(n *sim.Network) []item {
	list := []item{{"uplink", n.Up.String()}, {"downlink", n.Down.String()}}
	if n.Processing != (sim.Latency{}) {
		list = append(list, item{"server", n.Processing.String()})
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
			list = append(list, item{share.name, percent(share.of)})
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
// under the first.
func hanging(b *strings.Builder, label, text string) {
	width := columns(label)
	for line := range strings.Lines(ansi.Wordwrap(text, 80-width, "")) {
		fmt.Fprintf(b, "%s%s\n", label, strings.TrimRight(line, " \n"))
		label = strings.Repeat(" ", width)
	}
}
