// Package strategies holds the ways to write the same client, one short file
// each: it is what a learner reads on screen next to the race. A strategy
// answers two questions, and each of them can be answered by itself:
//
//   - what happens to an action that cannot be posted yet? (drop it, disable
//     the buttons, queue it, merge it, poll): a client, as [naive];
//   - how do posts leave? (at once, one at a time, numbered, under a key): a
//     drop-in replacement for post, as [hold], that any such client can be put over.
//
// To add one, write its file and one line in [Catalogue].
package strategies

import (
	"embed"
	"fmt"
	"strings"

	"photofinish/sim"
)

// The words that strategies are written in.
type (
	Strategy = sim.Strategy
	Client   = sim.Client
	Action   = sim.Action
	Request  = sim.Request
	Reply    = sim.Reply
	Timer    = sim.Timer
	Version  = sim.Version
	FieldSet = sim.FieldSet
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
	Yours    Group = "your own" // a program of the user's
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

// Own returns what stands behind a program of the user's; nil of a strategy of
// the catalogue.
func (e Entry) Own() *Own {
	if p, ok := e.New().(interface{ Own() *Own }); ok {
		return p.Own()
	}
	return nil
}

// Own says what stands behind the figures of a user's own client.
type Own struct {
	Runs   string   // what it runs on, as "node 20.20.2"
	Of     []string // the libraries in it, as "swr 2.5.1"
	Bundle string   // a hash of the program that ran, as "sha256:…"; empty of a command
	Args   []string // the flags by which the command line names it, as --client ours=./save.tsx

	// Used says what its trials so far have depended on beside the clicks and the
	// answers, in the words of a proof: "the clock at the clicks' own times".
	Used func() []string
	// Source returns a file of the user's, as an event's source names it: from Dir on,
	// which is a path as the user names it.
	Source func(file string) ([]byte, bool)
	Dir    string
}

// Uncaught is an error in the code of a client of the user's own that nobody caught.
type Uncaught struct {
	What string     // "threw", "unhandled rejection"
	Says string     // one line, fit to be shown
	At   sim.Source // the line that threw it; the zero value: not known
}

// String says it in a line.
func (u Uncaught) String() string {
	says := u.What + ": " + u.Says
	if u.At.Line > 0 {
		says += fmt.Sprintf(" (%s:%d)", u.At.File, u.At.Line)
	}
	return says
}

// Sources of the strategies.
const (
	steele   = "Oliver Steele, \"Synchronizing client models\", 2008"
	goodEggs = "Good Eggs, \"Synchronize AJAX calls for Backbone models\", 2012"
	breeze   = "Breeze, \"Concurrent saves\""
)

// Catalogue lists the strategies in the order in which they are shown.
var Catalogue = Lineup{
	{"naive", Sources, "posts at once; drops what lacks its id", steele, "naive.go",
		func() Strategy { return naive{} }},
	{"callbacks", Sources, "greys the buttons from a create to its success", steele, "callbacks.go",
		func() Strategy { return new(callbacks) }},
	{"action-queue", Sources, "during a create, queues what needs its id", steele, "action_queue.go",
		func() Strategy { return new(actionQueue) }},
	{"merged-updates", Sources, "merges the updates that wait for a create's id", steele, "merged_updates.go",
		func() Strategy { return new(mergedUpdates) }},
	{"hold-outgoing", Sources, "waits for each answer; drops what lacks its id", steele, "hold.go",
		func() Strategy { return &hold{Strategy: naive{}} }},
	{"polling", Sources, "each action asks every 50 ms until it may go", breeze, "polling.go",
		func() Strategy { return new(polling) }},
	{"update-queue", Sources, "queues only updates that need a create's id", steele, "update_queue.go",
		func() Strategy { return new(updateQueue) }},
	{"merging-queue", Sources, "the action queue, with updates in a row merged", steele, "merging_queue.go",
		func() Strategy { return new(mergingQueue) }},
	{"disabled-buttons", Sources, "refuses a second create, and the rest before the id", steele, "disabled_buttons.go",
		func() Strategy { return new(disabledButtons) }},
	{"queue-ball", Sources, "starts an action when the one before has ended", steele, "queue_ball.go",
		func() Strategy { return new(queueBall) }},
	{"implicit-callbacks", Sources, "waits for each answer; an error rejects what waits", steele, "implicit_callbacks.go",
		func() Strategy { return new(implicitCallbacks) }},
	{"sequenced", Sources, "numbers its messages; the server keeps the order", steele, "sequenced.go",
		func() Strategy { return &sequenced{Strategy: naive{}} }},
	{"promise-chain", Sources, "chains the saves; after an error, no more is sent", goodEggs, "promise_chain.go",
		func() Strategy { return new(promiseChain) }},
	{"save-queue", Sources, "one action at a time; an error rejects what waits", breeze, "save_queue.go",
		func() Strategy { return new(saveQueue) }},
	{"refuse", Sources, "refuses to save while it waits for another save", breeze, "refuse.go",
		func() Strategy { return new(refuse) }},
	{"allow-concurrent", Sources, "each update sends the unconfirmed ones again", breeze, "allow_concurrent.go",
		func() Strategy { return new(allowConcurrent) }},
	{"block-ui", Sources, "blocks the screen while it waits for an answer", breeze, "block_ui.go",
		func() Strategy { return new(blockUI) }},
	{"switch", Today, "cancels the action before: its answer is ignored", "RxJS 7, switchMap", "switch.go",
		func() Strategy { return new(switchMap) }},
	{"exhaust", Today, "ignores what is done while it waits for an answer", "RxJS 7, exhaustMap", "exhaust.go",
		func() Strategy { return new(exhaust) }},
	{"mutation-scope", Today, "runs the actions on a person one after the other", "TanStack Query 5, mutation scopes", "mutation_scope.go",
		func() Strategy { return new(mutationScope) }},
	{"conflate", Today, "one at a time; updates that wait in a row are merged", "Kotlin flows, conflate; Breeze, the save-queuing plugin", "conflate.go",
		func() Strategy { return new(conflate) }},
	{"debounce", Today, "gathers updates until none came for 300 ms", "Lodash, debounce", "debounce.go",
		func() Strategy { return new(debounce) }},
	{"debounce-beacon", Today, "debounce that sends what waits when it is left", "W3C, Beacon", "debounce_beacon.go",
		func() Strategy { return new(debounceBeacon) }},
	{"batch", Today, "gathers the updates of 100 ms into one", "Apollo Link, BatchHttpLink", "batch.go",
		func() Strategy { return new(batch) }},
	{"ignore-stale", Today, "takes only answers to creates and the newest action", "SWR, deduplication and mutate", "ignore_stale.go",
		func() Strategy { return new(ignoreStale) }},
	{"overlay", Today, "takes an answer, but not over edits it cannot know", "TanStack DB, optimistic transactions", "overlay.go",
		func() Strategy { return new(overlay) }},
	{"rollback", Today, "overlay; takes back and tells what is refused", "TanStack DB, optimistic transactions", "rollback.go",
		func() Strategy { return new(rollback) }},
	{"hold-per-person", Today, "waits for each answer about the same person", "Breeze, sandbox editors", "hold.go",
		func() Strategy { return &hold{Strategy: naive{}} }},
	{"client-id", Today, "makes new ids itself, so that nothing waits for one", "RFC 9562, UUIDs", "client_id.go",
		func() Strategy { return new(clientID) }},
	{"client-id-upsert", Today, "makes new ids itself; any write can make the record", "RFC 9110, PUT", "client_id.go",
		func() Strategy { return &clientID{upsert: true} }},
	{"last-write-wins", Today, "stamps its edits; the latest stamp stands", "Cassandra, last write wins", "last_write_wins.go",
		func() Strategy { return lastWriteWins{naive{}} }},
	{"if-match", Today, "names the version it last heard of; 412 is told", "RFC 9110, If-Match", "if_match.go",
		func() Strategy { return new(ifMatch) }},
	{"if-match-rebase", Today, "names the version it last heard of; retries on 412", "RFC 9110, If-Match", "if_match.go",
		func() Strategy { return &ifMatch{rebase: true} }},
	{"optimistic-lock", Today, "names the version it has seen; 412 is told", "Martin Fowler, \"Patterns of Enterprise Application Architecture\", Optimistic Offline Lock, 2002", "optimistic_lock.go",
		func() Strategy { return new(optimisticLock) }},
	{"if-match-reload", Today, "names the version it shows; 412 is told: reload", "n8n, saving workflows", "if_match_reload.go",
		func() Strategy { return new(ifMatchReload) }},
	{"retry", Today, "posts again after a timeout or a 5xx, twice at most", "Marc Brooker, \"Timeouts, retries, and backoff with jitter\", Amazon Builders' Library", "retry.go",
		func() Strategy { return &retry{Strategy: naive{}} }},
	{"idempotency-key", Today, "posts again under one key: one at most is done", "Stripe, idempotent requests", "retry.go",
		func() Strategy { return &retry{Strategy: naive{}, keyed: true} }},
	{"outbox", Today, "a durable queue, with retries; what fails is told", "Workbox, background sync", "outbox.go",
		func() Strategy { return new(outbox) }},
	{"outbox-forever", Today, "a durable queue; what fails is tried for ever", "Firebase, offline writes", "outbox_forever.go",
		func() Strategy { return new(outboxForever) }},
	{"outbox-gone-is-done", Today, "a durable queue; to delete what is gone is done", "RFC 9110, idempotent methods", "outbox_gone_is_done.go",
		func() Strategy { return new(outboxGoneIsDone) }},
	{"local-first", Today, "a durable queue; what is in it stays on the screen", "Kleppmann et al., \"Local-first software\", 2019", "local_first.go",
		func() Strategy { return new(localFirst) }},
	{"rollback-row", Museum, "overlay; a refusal puts the whole row back as it was", "TanStack Query, optimistic updates", "rollback_row.go",
		func() Strategy { return new(rollbackRow) }},
	{"hold-as-published", Museum, "holds messages, and never sends what it holds", steele, "hold_as_published.go",
		func() Strategy { return &holdAsPublished{hold{Strategy: naive{}}} }},
	{"delete-as-published", Museum, "the action queue; outside it, a delete never leaves", steele, "delete_as_published.go",
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

// layers can each be put over a client, as "action-queue+hold". Over naive it is
// a strategy of the catalogue.
var layers = []layer{
	{"hold", "hold-outgoing", "waits for each answer",
		func(s Strategy) Strategy { return &hold{Strategy: s} }, false},
	{"hold-per-person", "hold-per-person", "waits for each answer about the same person",
		func(s Strategy) Strategy { return &hold{Strategy: s} }, true},
	{"sequenced", "sequenced", "the server keeps the order",
		func(s Strategy) Strategy { return &sequenced{Strategy: s} }, false},
	{"last-write-wins", "last-write-wins", "the latest stamp stands",
		func(s Strategy) Strategy { return lastWriteWins{s} }, false},
	{"idempotency-key", "idempotency-key", "tried again, and done once at most",
		func(s Strategy) Strategy { return &retry{Strategy: s, keyed: true} }, false},
}

// Listed is the composition that stands in lists for all of them.
const Listed = "action-queue+hold"

// Layers returns the names of what can be put over a client that does not decide
// itself how its messages leave.
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

// Naive returns the client that everybody writes first, which others are measured by.
func Naive() Entry { return Catalogue[0] }

// Names returns the name of every strategy of the catalogue.
func Names() []string { return Catalogue.Names() }

// Find returns the strategy of that name: one of the catalogue, or one with a
// layer over it, as "action-queue+hold". The error names the ones there are.
func Find(name string) (Entry, error) { return Catalogue.Find(name) }

//go:embed *.go javascript/*.mjs
var files embed.FS

// JavaScript returns the file in which a strategy is written over fetch, as a client of
// a user's own, and its text; "" of one that is written in Go alone.
func JavaScript(name string) (file, text string) {
	file = "javascript/" + name + ".mjs"
	b, err := files.ReadFile(file)
	if err != nil {
		return "", ""
	}
	return file, string(b)
}

// Code returns the source of a strategy's file, as in [Entry].File.
func Code(file string) (string, error) {
	b, err := files.ReadFile(file)
	return string(b), err
}

// Line is a line of a strategy's file: the code, and the comment behind it.
type Line struct{ Code, Comment string }

// Lines returns a strategy's file, in Go or in JavaScript, in lines, with two blanks for
// a tab; nil if there is no such file.
func Lines(file string) (lines []Line) {
	text, err := Code(file)
	if err != nil {
		return nil
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		line = strings.ReplaceAll(line, "\t", "  ")
		at := commentAt(line)
		lines = append(lines, Line{line[:at], line[at:]})
	}
	return lines
}

// commentAt returns where the comment of a line of Go begins, or else the line
// ends.
func commentAt(line string) int {
	quoted := false
	for i := range line {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(line[i:], "//"):
			return i
		}
	}
	return len(line)
}
