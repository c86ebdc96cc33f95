package terminal

import (
	"fmt"
	"io"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
)

// WriteOrdersHeader writes what the orders that follow are of.
func WriteOrdersHeader(w io.Writer, s *scenarios.Scenario, faults int, p Palette) {
	io.WriteString(w, heading(s, p, 80))
	what := "every order of clicks and messages; those nobody can tell apart count once"
	switch {
	case faults == 1:
		what += ",\nalso with one message lost, delivered twice, or refused"
	case faults > 1:
		what += fmt.Sprintf(",\nalso with up to %d messages lost, delivered twice, or refused", faults)
	}
	fmt.Fprintf(w, "%s\n", Paint(p.Faint, what))
}

// WriteOrders writes the result for people: what is proved, and the shortest
// story in which it goes wrong.
func WriteOrders(w io.Writer, o *report.Orders, p Palette) error {
	var b strings.Builder
	v := o.Verdict()
	fmt.Fprintf(&b, "\n%s %s\n", Paint(p.Of(v), tell.Mark(v)+" "+o.Strategy.Name), Paint(p.Of(v), o.Says()))
	if own := o.Strategy.Own(); own != nil {
		Hang(&b, "  ", report.Ran(own)+"; varied: clicks, messages, "+o.Varied)
	}
	if o.Shortest != nil {
		shortest(&b, o, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shortest tells the shortest bad order.
func shortest(b *strings.Builder, o *report.Orders, p Palette) {
	if n, all := len(o.Shortest.Actions), len(o.Scenario.Script.Actions); n < all {
		fmt.Fprintf(b, "  the shortest needs %d of the %d clicks:\n", n, all)
	} else {
		fmt.Fprintf(b, "  the shortest:\n")
	}
	t := o.Trial()
	for _, a := range t.Anomalies {
		fmt.Fprintf(b, "  %s: %s\n", a.Kind, a.Says(t.Script))
	}
	events(b, t, p)
	fmt.Fprintf(b, "  %s\n", Paint(p.Faint, o.Command()))
}
