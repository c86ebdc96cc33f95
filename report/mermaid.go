package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// WriteMermaid writes the trial as a Mermaid sequence diagram. Arrows stand at
// the moment at which a message arrives, so that their order is the order of
// delivery; what the user did and what was sent stands beside the screen.
func (t *Trial) WriteMermaid(w io.Writer) error {
	_, err := io.WriteString(w, "%% "+mermaidText(t.Scenario+", "+t.Strategy)+"\n"+t.mermaid())
	return err
}

// mermaid returns the diagram alone. What proves something wrong stands in red
// boxes.
func (t *Trial) mermaid() string {
	var b strings.Builder
	b.WriteString("sequenceDiagram\n  participant C as screen\n")
	if t.Script.Clients() > 1 {
		b.WriteString("  participant D as screen 2\n")
	}
	b.WriteString("  participant S as server\n")
	bad := false
	for _, r := range t.rows() {
		if r.proves.Bad() != bad {
			bad = !bad
			b.WriteString(map[bool]string{true: "  rect rgba(200, 60, 40, 0.18)\n", false: "  end\n"}[bad])
		}
		t.mermaidRow(&b, r)
	}
	if bad {
		b.WriteString("  end\n")
	}
	for _, a := range t.Anomalies {
		fmt.Fprintf(&b, "  Note over C,S: %s %s\n", tell.Mark(judge.Kinds[a.Kind].Verdict), mermaidText(a.Kind.String()+": "+a.Says(t.Script)))
	}
	lane, views := t.Lane(), t.Script.Views()
	for v := range views.All {
		lane.LookAt(v)
		screen, server := lane.Ends()
		who := &sim.Action{Client: uint8(v / sim.MaxPersons), Person: uint8(v % sim.MaxPersons)}
		where := t.Script.Where(who)
		if where != "" {
			where += ": "
		}
		fmt.Fprintf(&b, "  Note over %s: %sends with %s\n", mermaidScreens[who.Client], where, mermaidText(lane.Holds(screen)))
		given := t.Script.Given && who.Person == 0
		if given {
			where = "" // the record is the same for all clients
		}
		if !given || who.Client == 0 || !views.Has(0) {
			fmt.Fprintf(&b, "  Note over S: %sends with %s\n", where, mermaidText(lane.Holds(server)))
		}
	}
	return b.String()
}

// mermaidRow writes a row of the story.
func (t *Trial) mermaidRow(b *strings.Builder, r row) {
	indent := "  "
	if r.proves.Bad() {
		indent = "    "
	}
	at, screen := tell.Milliseconds(r.at)+" ms ", mermaidScreens[t.Script.Action(r.event.First()).Client]
	arrow, says := "", r.says
	switch r.event.Kind {
	case sim.EventArrive:
		arrow, says = screen+"->>S", tell.Labels(t.Script, r.event.About())+" "+r.server
	case sim.EventReply:
		arrow = "S-->>" + screen
	case sim.EventLost:
		if arrow = screen + "--xS"; r.event.Leg == sim.Downlink {
			arrow = "S--x" + screen
		}
	}
	switch {
	case r.note:
		fmt.Fprintf(b, "%sNote right of S: %s\n", indent, mermaidText(r.server))
	case arrow != "":
		fmt.Fprintf(b, "%s%s: %s\n", indent, arrow, mermaidText(at+says))
	default:
		fmt.Fprintf(b, "%sNote left of %s: %s%s\n", indent, screen, mermaidText(at), mermaidAside(r))
	}
}

// mermaidScreens are the letters of the clients' lines.
var mermaidScreens = [...]string{"C", "D"}

// mermaidAside returns what happens at the client alone: what is seen, and
// below it what the client does about it.
func mermaidAside(r row) string {
	switch {
	case r.wire == "":
		return mermaidText(r.screen)
	case r.screen == "":
		return mermaidText(r.says)
	}
	return mermaidText(r.screen) + "<br/>" + mermaidText(r.says)
}

// mermaidText makes text fit to stand in a diagram: whatever could mean
// something there, or in HTML, is written as the number of its character.
func mermaidText(text string) string {
	var b strings.Builder
	word := ""
	flush := func() {
		if strings.EqualFold(word, "end") { // a word of the language
			fmt.Fprintf(&b, "#%d;", word[0])
			word = word[1:]
		}
		b.WriteString(word)
		word = ""
	}
	for _, r := range tell.Clean(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word += string(r)
			continue
		}
		flush()
		if strings.ContainsRune(" .,:!?()+=/_…✗✓≠■-", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	flush()
	return b.String()
}
