// Package strategies holds the ways to write the same client, one short file
// each: it is what a learner reads on screen next to the race. A strategy
// answers two questions, and each of them can be answered by itself:
//
//   - what happens to an action that cannot be posted yet? (drop it, disable
//     the buttons, queue it, merge it, poll): a client, as [naive];
//   - how do posts leave? (at once, one at a time, numbered, under a key): a
//     drop-in replacement for post, as [hold], that any client can be put over.
//
// To add one, write its file and one line in [Catalogue].
package strategies

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"photofinish/sim"
)

// The words that strategies are written in.
type (
	Strategy = sim.Strategy
	Client   = sim.Client
	Action   = sim.Action
	Request  = sim.Request
	Response = sim.Response
	Timer    = sim.Timer
)

// What an action asks for.
const (
	Create         = sim.Create
	Update         = sim.Update
	Delete         = sim.Delete
	SetPermissions = sim.SetPermissions
	Fetch          = sim.Fetch
)

// Group says where a strategy comes from.
type Group string

// The groups, in the order of the catalogue.
const (
	Sources  Group = "from the sources"
	Today    Group = "of today"
	Museum   Group = "museum: as published, bugs and all"
	Composed Group = "composed" // a client of the catalogue over a layer
)

// Entry describes a strategy of the catalogue.
type Entry struct {
	Name   string // as on the command line
	Group  Group  // where it comes from
	Rule   string // what it does, in one line of at most 52 columns
	Source string // who proposed it, or where it is in use
	File   string // its Go file, for [Code]

	New func() Strategy // a fresh value for one person on one client: see [Entry.For]
}

// Sources of the strategies.
const (
	steele   = "Oliver Steele, \"Synchronizing client models\", 2008"
	goodEggs = "Good Eggs, \"Synchronize AJAX calls for Backbone models\", 2012"
	breeze   = "Breeze, \"Concurrent saves\""
)

// Catalogue lists the strategies in the order in which they are shown.
var Catalogue = []Entry{
	{"naive", Sources, "posts at once; without an id, the edit is dropped", steele, "naive.go",
		func() Strategy { return naive{} }},
	{"callbacks", Sources, "greys the buttons out until the first save is back", steele, "callbacks.go",
		func() Strategy { return new(greyed) }},
	{"action-queue", Sources, "queues the edits until the first save is back", steele, "action_queue.go",
		func() Strategy { return new(queue) }},
	{"merged-updates", Sources, "folds the edits into one, to be sent later", steele, "merged_updates.go",
		func() Strategy { return new(merged) }},
	{"hold-outgoing", Sources, "one message at a time; without an id, dropped too", steele, "hold.go",
		func() Strategy { return &hold{Strategy: naive{}} }},
	{"polling", Sources, "asks every 50 ms whether it may save", breeze, "polling.go",
		func() Strategy { return new(polls) }},
	{"update-queue", Sources, "queues updates only until the first save is back", steele, "update_queue.go",
		func() Strategy { return new(edits) }},
	{"merging-queue", Sources, "queues the edits, and merges updates in a row", steele, "merging_queue.go",
		func() Strategy { return new(merges) }},
	{"disabled-buttons", Sources, "refuses all that is pressed before the first save", steele, "disabled_buttons.go",
		func() Strategy { return new(barred) }},
	{"queue-ball", Sources, "starts an action when the one before has ended", steele, "queue_ball.go",
		func() Strategy { return new(ball) }},
	{"implicit-callbacks", Sources, "waits for each answer; an error ends what waits", steele, "implicit_callbacks.go",
		func() Strategy { return new(direct) }},
	{"sequenced", Sources, "numbers its messages; the server keeps the order", steele, "sequenced.go",
		func() Strategy { return &numbers{Strategy: naive{}} }},
	{"promise-chain", Sources, "chains the saves; the first error ends them all", goodEggs, "promise_chain.go",
		func() Strategy { return new(chain) }},
	{"save-queue", Sources, "one save at a time; an error rejects what waits", breeze, "save_queue.go",
		func() Strategy { return new(saves) }},
	{"refuse", Sources, "refuses to save while another save is under way", breeze, "refuse.go",
		func() Strategy { return new(single) }},
	{"allow-concurrent", Sources, "saves all that is unconfirmed, again and again", breeze, "allow_concurrent.go",
		func() Strategy { return new(states) }},
	{"block-ui", Sources, "blocks the screen until the save has ended", breeze, "block_ui.go",
		func() Strategy { return new(modal) }},
	{"switch", Today, "cancels the save before, which lands all the same", "RxJS 7, switchMap", "switch.go",
		func() Strategy { return new(newest) }},
	{"exhaust", Today, "ignores what is done while a save is under way", "RxJS 7, exhaustMap", "exhaust.go",
		func() Strategy { return new(deaf) }},
	{"mutation-scope", Today, "runs the saves of a scope one after the other", "TanStack Query 5, mutation scopes", "mutation_scope.go",
		func() Strategy { return new(scope) }},
	{"conflate", Today, "one save under way, one waiting that edits join", "Kotlin flows, conflate; Breeze, the save-queuing plugin", "conflate.go",
		func() Strategy { return new(slot) }},
	{"debounce", Today, "saves when nothing was typed for 300 ms", "Lodash, debounce", "debounce.go",
		func() Strategy { return new(calm) }},
	{"batch", Today, "saves the edits of 100 ms in one request", "Apollo Link, BatchHttpLink", "batch.go",
		func() Strategy { return new(batch) }},
	{"ignore-stale", Today, "ignores an answer when something newer was asked", "SWR, deduplication and mutate", "ignore_stale.go",
		func() Strategy { return new(fresh) }},
	{"hold-per-person", Today, "one message at a time, of each person", "Breeze, sandbox editors", "hold.go",
		func() Strategy { return &hold{Strategy: naive{}} }},
	{"client-id", Today, "makes the id itself, and posts at once", "RFC 9562, UUIDs", "client_id.go",
		func() Strategy { return new(minted) }},
	{"client-id-upsert", Today, "makes the id itself; the server makes the record", "RFC 9110, PUT", "client_id.go",
		func() Strategy { return &minted{upsert: true} }},
	{"last-write-wins", Today, "stamps its edits; the latest stamp stands", "Cassandra, last write wins", "last_write_wins.go",
		func() Strategy { return stamps{naive{}} }},
	{"if-match", Today, "names the version it knows; 412 is told", "RFC 9110, If-Match", "if_match.go",
		func() Strategy { return new(match) }},
	{"if-match-rebase", Today, "names the version it knows; after 412, tries again", "RFC 9110, If-Match", "if_match.go",
		func() Strategy { return &match{rebase: true} }},
	{"retry", Today, "posts again what failed or was not answered", "Marc Brooker, \"Timeouts, retries, and backoff with jitter\", Amazon Builders' Library", "retry.go",
		func() Strategy { return &retry{Strategy: naive{}} }},
	{"idempotency-key", Today, "posts again under one key, and it is done once", "Stripe, idempotent requests", "retry.go",
		func() Strategy { return &retry{Strategy: naive{}, keyed: true} }},
	{"outbox", Today, "a durable queue, with retries; parks what fails", "Workbox, background sync", "outbox.go",
		func() Strategy { return new(outbox) }},
	{"hold-as-published", Museum, "holds messages, and never sends what it holds", steele, "hold_as_published.go",
		func() Strategy { return &holdAsPublished{hold{Strategy: naive{}}} }},
	{"delete-as-published", Museum, "the action queue, whose delete forgets to delete", steele, "delete_as_published.go",
		func() Strategy { return new(deleteAsPublished) }},
	{"queue-as-published", Museum, "the action queue, whose queue throws", steele, "queue_as_published.go",
		func() Strategy { return new(queueAsPublished) }},
}

// layer is a drop-in replacement for post.
type layer struct {
	name  string
	alone string // what it is called over naive
	adds  string // to the client's rule
	over  func(client Strategy) Strategy
	each  bool // it is there once a person, not once a client
}

// layers are what can be put over any client, as "action-queue+hold". Over
// naive each of them is a strategy of the catalogue.
var layers = []layer{
	{"hold", "hold-outgoing", "one message at a time",
		func(s Strategy) Strategy { return &hold{Strategy: s} }, false},
	{"hold-per-person", "hold-per-person", "one message a person at a time",
		func(s Strategy) Strategy { return &hold{Strategy: s} }, true},
	{"sequenced", "sequenced", "the server keeps the order",
		func(s Strategy) Strategy { return &numbers{Strategy: s} }, false},
	{"last-write-wins", "last-write-wins", "the latest stamp stands",
		func(s Strategy) Strategy { return stamps{s} }, false},
	{"idempotency-key", "idempotency-key", "tried again, and done once",
		func(s Strategy) Strategy { return &retry{Strategy: s, keyed: true} }, false},
}

// Layers returns the names of what can be put over any client.
func Layers() []string {
	var names []string
	for _, l := range layers {
		names = append(names, l.name)
	}
	return names
}

// Files returns the files that the strategy is written in: that of the client,
// and that of the layer over it, if there is one.
func (e Entry) Files() []string {
	files := []string{e.File}
	_, over, _ := strings.Cut(e.Name, "+")
	for _, l := range layers {
		if alone, err := Find(l.alone); l.name == over && err == nil {
			files = append(files, alone.File)
		}
	}
	return files
}

// Default returns the names of the six strategies that every view shows
// unless told otherwise.
func Default() []string { return Names()[:6] }

// Names returns the name of every strategy of the catalogue.
func Names() []string {
	var names []string
	for _, e := range Catalogue {
		names = append(names, e.Name)
	}
	return names
}

// Find returns the strategy of that name: one of the catalogue, or one with a
// layer over it, as "action-queue+hold". The error names the ones there are.
func Find(name string) (Entry, error) {
	client, over, composed := strings.Cut(name, "+")
	i := slices.Index(Names(), client)
	k := slices.Index(Layers(), over)
	switch {
	case composed && k < 0:
		return Entry{}, fmt.Errorf("unknown strategy %q: what can follow the + is one of %s", name, strings.Join(Layers(), ", "))
	case i < 0:
		return Entry{}, fmt.Errorf("unknown strategy %q: see the list of strategies", name)
	case !composed:
		return Catalogue[i], nil
	}
	e, l := Catalogue[i], layers[k]
	if _, posts := e.New().(sim.Poster); posts {
		return Entry{}, fmt.Errorf("strategy %q decides itself how its messages leave", client)
	}
	inner := e.New
	e.Name, e.Group = name, Composed
	e.Rule += "; " + l.adds
	e.New = func() Strategy { return l.over(inner()) }
	return e, nil
}

//go:embed *.go
var files embed.FS

// Code returns the source of a strategy's file, as in [Entry].File.
func Code(file string) (string, error) {
	b, err := files.ReadFile(file)
	return string(b), err
}
