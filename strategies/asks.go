package strategies

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

// asks lists what a strategy asks of others than the code of the client: what the
// server has to do for it, and what it changes for the user, a phrase each.
var asks = []struct{ name, needs, changes string }{
	{"callbacks", "", "greys the buttons out"},
	{"disabled-buttons", "", "disables the buttons"},
	{"sequenced", "keeps the order of its numbers", ""},
	{"refuse", "", "refuses clicks"},
	{"block-ui", "", "blocks the screen"},
	{"exhaust", "", "ignores clicks"},
	{"client-id", "takes ids that clients make", ""},
	{"client-id-upsert", "makes a record from any id", ""},
	{"last-write-wins", "compares stamps", ""}, // of clocks that are right
	{"if-match", "compares versions", ""},      // own edits that overlap are refused too
	{"if-match-rebase", "compares versions", ""},
	{"optimistic-lock", "compares versions", ""},
	{"if-match-reload", "compares versions", ""},
	{"idempotency-key", "remembers keys", ""},
	{"outbox", "remembers keys", ""},
	{"outbox-forever", "remembers keys", ""},
	{"outbox-gone-is-done", "remembers keys", ""},
	{"local-first", "remembers keys", ""},
}

// Needs says what the server has to do for the strategy, as "compares stamps"; ""
// if nothing. Of a composition it is what both parts need.
func (e Entry) Needs() string { needs, _ := e.asks(); return needs }

// Changes says what the strategy changes for the user, as "disables the buttons"; ""
// if nothing. Of a composition it is what both parts change.
func (e Entry) Changes() string { _, changes := e.asks(); return changes }

func (e Entry) asks() (needs, changes string) {
	client, over, _ := strings.Cut(e.Name, "+")
	for _, a := range asks {
		part := a.name == client || slices.ContainsFunc(layers, func(l layer) bool { return l.name == over && l.alone == a.name })
		if part {
			needs, changes = joined(needs, a.needs), joined(changes, a.changes)
		}
	}
	return needs, changes
}

// joined puts two phrases together, of which either may be empty.
func joined(a, b string) string {
	if a != "" && b != "" {
		return a + " and " + b
	}
	return a + b
}

// preferred lists which of several that are equal is to be taken first, and why.
var preferred = []struct {
	name   string
	before []string
	why    string
}{
	{"save-queue", []string{"implicit-callbacks", "promise-chain"},
		"people know it by this name, and it goes in at one place: where the client saves"},
	{"ignore-stale", []string{"switch"},
		"it says what it does: a request that is cancelled lands all the same"},
	{"if-match", []string{"optimistic-lock", "if-match-reload"},
		"people know the header by this name, and they differ only in what is pressed after a 412"},
}

// Prefer moves strategies that are equal to where they are preferred: save-queue
// comes before implicit-callbacks, if both are there. The others stay in order.
func Prefer(equal []Entry) {
	at := func(name string) int { return slices.IndexFunc(equal, func(e Entry) bool { return e.Name == name }) }
	for _, p := range preferred {
		from := at(p.name)
		for _, name := range p.before {
			if to := at(name); to >= 0 && to < from {
				e := equal[from]
				copy(equal[to+1:from+1], equal[to:from])
				equal[to], from = e, to
			}
		}
	}
}

//go:embed proved.txt
var proved string

// Proved returns in how many scenarios of the catalogue the strategy, one of the
// catalogue or a composition of it, was found safe, and in how many of these it was
// never loud: what the probe of an answer finds, written down.
func (e Entry) Proved() (safe, quiet int) {
	_, line, there := strings.Cut(proved, "\n"+e.Name+" ")
	if !there {
		return 0, 0
	}
	line, _, _ = strings.Cut(line, "\n")
	a, b, _ := strings.Cut(line, " ")
	safe, _ = strconv.Atoi(a)
	quiet, _ = strconv.Atoi(b)
	return safe, quiet
}

// Compositions returns every client of the lineup over every layer that can be put
// over it, but those that are a strategy of the catalogue.
func (l Lineup) Compositions() (all []Entry) {
	for _, e := range l {
		for _, over := range layers {
			if e.Group == Museum || e.Name == Naive().Name {
				continue
			}
			if c, err := l.Find(e.Name + "+" + over.name); err == nil {
				all = append(all, c)
			}
		}
	}
	return all
}
