package external

import (
	"cmp"
	"slices"
	"sync"

	"photofinish/strategies"
)

// What is kept of what a client prints: its kit sends the first 50 lines of a
// trial already.
const (
	differentLines = 20
	lineLength     = 300
	fewErrors      = 5
)

// notebook has what is worth knowing of a client beside its verdicts.
type notebook struct {
	mu     sync.Mutex
	lines  []string
	fields map[string]bool // of the scenarios, and whether the screen has ever had it
	cries  string          // what it told of a failure while there was none
	thrown []strategies.Uncaught
}

// print notes lines that it has printed.
func (n *notebook) print(lines []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, line := range lines {
		line = cut(clean(line), lineLength)
		if len(n.lines) < differentLines && !slices.Contains(n.lines, line) {
			n.lines = append(n.lines, line)
		}
	}
}

// threw notes errors that nobody caught.
func (n *notebook) threw(all []thrown) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, t := range all {
		u := strategies.Uncaught{What: cut(clean(t.What), lineLength), Says: cut(clean(t.Says), lineLength), At: source(clean(t.At))}
		if len(n.thrown) < fewErrors && !slices.Contains(n.thrown, u) {
			n.thrown = append(n.thrown, u)
		}
	}
}

// saw notes whether the screen had a field in a trial.
func (n *notebook) saw(field string, there bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fields == nil {
		n.fields = map[string]bool{}
	}
	n.fields[field] = n.fields[field] || there
}

// cry notes what it told of a failure while there was none.
func (n *notebook) cry(text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cries = cmp.Or(n.cries, cut(clean(text), lineLength), "an error")
}

// Cries returns what it has told the user of a failure, in some trial, before any
// request had failed in that; "" if it has not.
func (c *Client) Cries() string {
	c.notebook.mu.Lock()
	defer c.notebook.mu.Unlock()
	return c.notebook.cries
}

// heard returns lines and errors, and may forget them.
func (n *notebook) heard(forget bool) (lines []string, thrown []strategies.Uncaught) {
	n.mu.Lock()
	defer n.mu.Unlock()
	lines, thrown = slices.Clone(n.lines), slices.Clone(n.thrown)
	if forget {
		n.lines, n.thrown = nil, nil
	}
	return lines, thrown
}

// Hidden returns the fields of its scenarios that its screen has never had.
func (c *Client) Hidden() (fields []string) {
	n := &c.notebook
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, there := range n.fields {
		if !there {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}
