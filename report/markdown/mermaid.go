package markdown

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/report/terminal"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// WriteMermaid writes a trial as a Mermaid sequence diagram. Arrows stand at
// the moment at which a message arrives, so that their order is the order of
// delivery; what the user did and what was sent stands beside the screen. An arrow
// cannot slope, so a note says which message has overtaken which.
func WriteMermaid(w io.Writer, t *report.Trial) error {
	_, err := io.WriteString(w, "%% "+plain(t.Scenario+", "+t.Strategy)+"\n"+mermaid(t))
	return err
}

// mermaid returns the diagram alone. What proves something wrong stands in red
// boxes.
func mermaid(t *report.Trial) string {
	var b strings.Builder
	b.WriteString("sequenceDiagram\n  participant C as screen\n")
	if t.Script.Clients() > 1 {
		b.WriteString("  participant D as screen 2\n")
	}
	b.WriteString("  participant S as server\n")
	bad, overtook := false, overtakings(t)
	for _, r := range terminal.Rows(t) {
		if r.Proves.Bad() != bad {
			bad = !bad
			b.WriteString(map[bool]string{true: "  rect rgba(200, 60, 40, 0.18)\n", false: "  end\n"}[bad])
		}
		message(&b, t, r)
		if says := overtook[r.Event]; says != "" && !r.Note {
			indent := map[bool]string{true: "    ", false: "  "}[bad]
			fmt.Fprintf(&b, "%sNote over %s,S: %s\n", indent, screens[r.Event.ClientOf(t.Script)], plain(says))
		}
	}
	if bad {
		b.WriteString("  end\n")
	}
	for _, a := range t.Anomalies {
		fmt.Fprintf(&b, "  Note over C,S: %s %s\n", tell.Mark(judge.Kinds[a.Kind].Verdict), plain(a.Kind.String()+": "+a.Says(t.Script)))
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
		fmt.Fprintf(&b, "  Note over %s: %sends with %s\n", screens[who.Client], where, plain(lane.Holds(screen)))
		given := t.Script.Gives(v)
		if given {
			where = "" // the record is the same for all clients
		}
		if !given || who.Client == 0 || !views.Has(int(who.Person)) {
			fmt.Fprintf(&b, "  Note over S: %sends with %s\n", where, plain(lane.Holds(server)))
		}
	}
	return b.String()
}

// message writes a row of the story.
func message(b *strings.Builder, t *report.Trial, r terminal.Row) {
	indent := "  "
	if r.Proves.Bad() {
		indent = "    "
	}
	at, screen := tell.Milliseconds(r.At)+" ms ", screens[r.Event.ClientOf(t.Script)]
	arrow, says := "", r.Says
	switch r.Event.Kind {
	case sim.EventArrive:
		arrow, says = screen+"->>S", tell.About(t.Script, r.Event)+" "+r.Server
	case sim.EventReply, sim.EventPush:
		arrow = "S-->>" + screen
	case sim.EventLost:
		if arrow = screen + "--xS"; r.Event.Leg == sim.Downlink {
			arrow = "S--x" + screen
		}
	}
	switch {
	case r.Note:
		fmt.Fprintf(b, "%sNote right of S: %s\n", indent, plain(r.Server))
	case r.Event.Kind == sim.EventBegin, r.Event.Kind == sim.EventVisible:
		fmt.Fprintf(b, "%sNote right of S: %s\n", indent, plain(at+says))
	case arrow != "":
		fmt.Fprintf(b, "%s%s: %s\n", indent, arrow, plain(at+says))
	default:
		fmt.Fprintf(b, "%sNote left of %s: %s%s\n", indent, screen, plain(at), aside(r))
	}
}

// screens are the letters of the clients' lines.
var screens = [...]string{"C", "D"}

// aside returns what happens at the client alone: what is seen, and
// below it what the client does about it.
func aside(r terminal.Row) string {
	switch {
	case r.Wire == "":
		return plain(r.Screen)
	case r.Screen == "":
		return plain(r.Says)
	}
	return plain(r.Screen) + "<br/>" + plain(r.Says)
}

// plain makes text fit to stand in a diagram: whatever could mean
// something there, or in HTML, is written as the number of its character.
func plain(text string) string {
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
