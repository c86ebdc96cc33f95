package strategies

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"photofinish/sim"
)

// Lineup is what lanes can be of: the [Catalogue], or that and others. Each can
// be under a layer too, as long as it does not decide itself how its messages
// leave.
type Lineup []Entry

// Names lists the lineup, without what layers make of it.
func (l Lineup) Names() []string {
	names := make([]string, len(l))
	for i, e := range l {
		names[i] = e.Name
	}
	return names
}

// OwnNames is a regular expression: how the user's own clients may be called.
const OwnNames = "[A-Za-z][A-Za-z0-9._-]{0,39}"

var ownNames = regexp.MustCompile("^" + OwnNames + "$")

// CheckOwn says why a client of the user's own cannot have that name.
func CheckOwn(name string) error {
	switch {
	case !ownNames.MatchString(name):
		return fmt.Errorf("%q cannot be the name of a client: a letter, then at most 39 letters, digits or . _ -", name)
	case slices.Contains(Names(), name):
		return fmt.Errorf("%q is a strategy of the catalogue: give your client another name", name)
	case slices.Contains(Groups(), name):
		return fmt.Errorf("%q stands for several strategies: give your client another name", name)
	}
	return nil
}

// Find returns the strategy of that name: one of the lineup, or one with a layer
// over it, as "action-queue+hold". The error says what is unknown.
func (l Lineup) Find(name string) (Entry, error) {
	client, over, composed := strings.Cut(name, "+")
	i := slices.Index(l.Names(), client)
	k := slices.Index(Layers(), over)
	switch {
	case composed && k < 0:
		return Entry{}, fmt.Errorf("unknown strategy %q: what can follow the + is one of %s", name, strings.Join(Layers(), ", "))
	case i < 0:
		return Entry{}, fmt.Errorf("unknown strategy %q: see the list of strategies", name)
	case !composed:
		return l[i], nil
	}
	e, under := l[i], layers[k]
	if _, posts := e.New().(sim.Poster); posts {
		return Entry{}, fmt.Errorf("strategy %q decides itself how its messages leave", client)
	}
	inner := e.New
	e.Name, e.Group = name, Composed
	e.Rule += "; " + under.adds
	e.New = func() Strategy { return under.over(inner()) }
	return e, nil
}
