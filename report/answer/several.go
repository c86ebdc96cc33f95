package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/strategies"
)

// nobodyInAll says that nobody is safe in all of several scenarios, and who is in
// most.
func (s *speech) nobodyInAll() []string {
	text := fmt.Sprintf("None of %d is safe%s", s.Candidates, s.several(" in all %d"))
	if s.is == nil {
		return []string{text + ", or in any of them."}
	}
	text += fmt.Sprintf("; %s is in %d", tell.Clean(s.is.Name), s.SafeIn)
	if asks := asked(s.is.Entry); asks != "" {
		text += " (" + asks + ")"
	} else if s.is.class == Nothing {
		text += ", most of those that ask nothing of server or user"
	}
	says := []string{text + ".", s.rule()}
	if s.is.tells() > someLoud {
		says = append(says, "It fails aloud in "+report.Percent(s.is.tells())+" of all trials.")
	}
	return says
}

// asked says on what condition a strategy is of use, and what it changes for the
// user.
func asked(e strategies.Entry) string {
	var words []string
	if needs := e.Needs(); needs != "" {
		words = append(words, "if the server "+needs)
	}
	if changes := e.Changes(); changes != "" {
		words = append(words, "it "+changes)
	}
	return strings.Join(words, "; ")
}

// elsewhere says who is safe in more of several scenarios, who is the answer where the
// answer is not safe, and where nobody is.
func (s *speech) elsewhere() []string {
	says := s.inMore()
	if s.is == nil {
		return says
	}
	var where []place
	for i, scenario := range s.found.scenarios {
		if s.is.rows[i].State().Safe() {
			continue
		}
		a := s.found.alone(s.ctx, s.m, i)
		if s.ctx.Err() != nil {
			return says
		}
		who := a.Strategy.Name
		if a.Kind == report.Nobody {
			who = nobody
		}
		where = append(where, place{tell.Clean(who), tell.Clean(scenario.Name)})
	}
	return append(says, places(where)...)
}

// inMore says who is safe in more of the scenarios.
func (s *speech) inMore() []string {
	var more []string
	for _, as := range []report.As{report.ClientOnly, report.WithServer, report.AsksUser} {
		for _, e := range s.Beside(as) {
			word := fmt.Sprintf("%s in %d", e.Name, s.known(e).safe)
			if asks := asked(e); asks != "" {
				word += " (" + asks + ")"
			}
			more = append(more, word)
		}
	}
	if more == nil {
		return nil
	}
	return []string{"Safe in more: " + strings.Join(more, ", ") + "."}
}

// place is a scenario, and who is the answer there.
type place struct{ who, scenario string }

const nobody = "nobody"

// places says who is the answer in scenarios: a few by name, of more who it is how
// often.
func places(where []place) (says []string) {
	const few = 3
	counts := map[string]int{}
	var names, words, nowhere []string
	for _, p := range where {
		if counts[p.who]++; counts[p.who] == 1 {
			names = append(names, p.who)
		}
		if p.who == nobody {
			nowhere = append(nowhere, p.scenario)
		}
		if len(where) <= few {
			words = append(words, p.who+" in "+p.scenario)
		}
	}
	if len(where) > few {
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
		others := 0
		for i, name := range names {
			if i < 4 || len(names) == 5 {
				words = append(words, fmt.Sprintf("%s %d", name, counts[name]))
			} else {
				others += counts[name]
			}
		}
		if others > 0 {
			words = append(words, fmt.Sprintf("others %d", others))
		}
	}
	if len(words) > 0 {
		says = append(says, "Where it is not: "+strings.Join(words, ", ")+".")
	}
	if n := len(nowhere); n > 0 && len(where) > few {
		says = append(says, fmt.Sprintf("Nobody is safe in %d: %s.", n, list(nowhere, 5)))
	}
	return says
}

// alone returns the choice in one of several scenarios.
func (f *Found) alone(ctx context.Context, m *report.Matrix, i int) report.Answer {
	one := f.in(ctx, i)
	first := slices.Clone(one.first)
	for j, k := range yours(m) {
		first = slices.Insert(first, j, Known{k.Entry, k.Rows[i : i+1]})
	}
	return Choose(first, one.second)
}

// naiveIn says in how many of several scenarios the naive client is safe.
func (s *speech) naiveIn() []string {
	if s.is != nil && s.is.Name == strategies.Naive().Name {
		return nil
	}
	return []string{fmt.Sprintf("%s is safe in %s of %d.", strategies.Naive().Name, orNone(s.known(strategies.Naive()).safe), s.of)}
}
