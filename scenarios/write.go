package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"photofinish/sim"
)

// YAML writes the scenario as a file that [Parse] reads as the same scenario
// again. A preset stands in it by name, if the network is still that preset.
// Skipped actions are left out.
func (s *Scenario) YAML() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "name: %s\n", scalar(s.Name))
	if s.Title != "" {
		fmt.Fprintf(&b, "title: %s\n", scalar(s.Title))
	}
	if s.About != "" {
		fmt.Fprintf(&b, "about: %s\n", prose(s.About))
	}
	if s.Source != "" {
		fmt.Fprintf(&b, "source: %s\n", scalar(s.Source))
	}
	if s.Seed != 0 {
		fmt.Fprintf(&b, "seed: %d\n", s.Seed)
	}
	if s.Script.Given {
		fmt.Fprintf(&b, "given: %s\n", fields(s.Script, s.Script.GivenSets, &s.Script.GivenValues))
	}
	if skew := s.Script.Skew; skew != ([sim.MaxClients]time.Duration{}) {
		fmt.Fprintf(&b, "clients: [{skew: %s}, {skew: %s}]\n", duration(skew[0]), duration(skew[1]))
	}
	if p, ok := Network(s.Network); ok && p.Network == s.Script.Network {
		fmt.Fprintf(&b, "network: %s\n", p.Name)
	} else {
		fmt.Fprintf(&b, "network: %s\n", network(&s.Script.Network))
	}
	b.WriteString("steps:\n")
	for i := range s.Script.Actions {
		if a := &s.Script.Actions[i]; !a.Skip {
			fmt.Fprintf(&b, "  - %s\n", step(s.Script, a))
		}
	}
	if len(s.Expect) > 0 {
		b.WriteString("expect:\n")
	}
	for _, x := range s.Expect {
		fmt.Fprintf(&b, "  %s: %s\n", scalar(x.Strategy), expectation(x))
	}
	return []byte(b.String())
}

// pairs is a mapping in the making.
type pairs []string

func (p *pairs) add(key, value string) { *p = append(*p, key+": "+value) }

// String returns the mapping in one line.
func (p pairs) String() string { return "{" + strings.Join(p, ", ") + "}" }

// step writes an action.
func step(s *sim.Script, a *sim.Action) pairs {
	var p pairs
	p.add("at", duration(a.At))
	p.add("do", a.Do.String())
	if a.Client != 0 {
		p.add("client", strconv.Itoa(int(a.Client)+1))
	}
	if a.Person != 0 {
		p.add("person", strconv.Itoa(int(a.Person)+1))
	}
	switch {
	case a.Do == sim.SetPermissions:
		p.add("to", scalar(s.Values[a.Values[sim.Permissions]]))
	case a.Sets != 0:
		p.add("set", fields(s, a.Sets, &a.Values).String())
	}
	if a.Saves != 0 {
		p.add("saved", fields(s, a.Saves, &a.Saved).String())
	}
	if a.Up != sim.Unpinned {
		p.add("up", duration(a.Up))
	}
	if a.Down != sim.Unpinned {
		p.add("down", duration(a.Down))
	}
	if a.Processing != 0 {
		p.add("processing", duration(a.Processing))
	}
	if a.Status != 0 {
		p.add("status", strconv.Itoa(a.Status))
	}
	if a.Lose != sim.NoLeg {
		p.add("lose", a.Lose.String())
	}
	if a.Twice {
		p.add("twice", "true")
	}
	return p
}

// fields writes what is set, in the order in which the fields first appeared.
func fields(s *sim.Script, set sim.FieldSet, values *[sim.NumFields]sim.ValueID) pairs {
	var p pairs
	for f := range set.All {
		p.add(scalar(s.FieldName(f)), scalar(s.Values[values[f]]))
	}
	return p
}

// network spells a network out.
func network(n *sim.Network) pairs {
	var p pairs
	p.add("uplink", latency(&n.Up))
	p.add("downlink", latency(&n.Down))
	if n.Processing != (sim.Latency{}) {
		p.add("processing", latency(&n.Processing))
	}
	if n.Workers != 0 {
		p.add("workers", strconv.Itoa(n.Workers))
	}
	if n.Echo {
		p.add("echo", "true")
	}
	if n.Fifo {
		p.add("fifo", "true")
	}
	if n.Connections != 0 {
		p.add("connections", strconv.Itoa(n.Connections))
	}
	if n.Timeout != 0 {
		p.add("timeout", duration(n.Timeout))
	}
	for _, share := range []struct {
		key string
		of  float64
	}{{"loss", n.Loss}, {"duplicates", n.Duplicates}, {"errors", n.Errors}} {
		if share.of != 0 {
			p.add(share.key, scalar(share.of))
		}
	}
	return p
}

// latency writes a distribution.
func latency(l *sim.Latency) string {
	var outer, inner pairs
	kind, left := latencies[l.Dist], []time.Duration{l.A, l.B, l.C}
	if kind.keys == nil {
		outer.add(kind.name, duration(l.A))
		return outer.String()
	}
	for _, key := range kind.keys {
		if key == "alpha" {
			inner.add(key, scalar(l.Alpha))
			continue
		}
		inner.add(key, duration(left[0]))
		left = left[1:]
	}
	outer.add(kind.name, inner.String())
	return outer.String()
}

// expectation writes what is expected of a strategy.
func expectation(x Expectation) pairs {
	var p pairs
	if x.Verdict != nil {
		p.add("verdict", x.Verdict.String())
	}
	if x.AnomaliesSet {
		var kinds []string
		for _, k := range x.Anomalies {
			kinds = append(kinds, k.String())
		}
		p.add("anomalies", "["+strings.Join(kinds, ", ")+"]")
	}
	if x.HasOdds {
		p.add("odds", pairs{"below: " + scalar(x.OddsBelow)}.String())
	}
	if x.Orders != "" {
		p.add("orders", x.Orders)
	}
	return p
}

// duration writes a duration in ASCII.
func duration(t time.Duration) string { return strings.Replace(t.String(), "µ", "u", 1) }

// scalar writes a value, in quotes where something else could be read.
func scalar(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	s := v.(string)
	if plain(s) {
		return s
	}
	// The escapes of Go are escapes of YAML too.
	return strconv.Quote(s)
}

// plain reports whether a string needs no quotes anywhere in a file.
func plain(s string) bool {
	reserved := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	if s == "" || strings.HasSuffix(s, " ") || slices.Contains(reserved, strings.ToLower(s)) {
		return false
	}
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && !strings.ContainsRune(" -_+./'", r)) {
			return false
		}
	}
	return true
}

// prose writes a paragraph in lines, and any other text in quotes.
func prose(s string) string {
	const width = 96
	words := strings.Fields(s)
	if len(s) <= width || strings.Join(words, " ") != s || strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return scalar(s)
	}
	var b strings.Builder
	b.WriteByte('>')
	column := width
	for _, w := range words {
		if column += 1 + utf8.RuneCountInString(w); column > width {
			b.WriteString("\n  " + w)
			column = 2 + utf8.RuneCountInString(w)
		} else {
			b.WriteString(" " + w)
		}
	}
	return b.String()
}
