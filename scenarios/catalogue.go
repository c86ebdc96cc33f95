package scenarios

import (
	"embed"
	"errors"
	"slices"
	"sync"

	"photofinish/scenarios/strict"
)

//go:embed *.yaml
var files embed.FS

// catalogue lists the shipped scenarios in the order in which they are best
// learned from.
var catalogue = []string{
	// No id yet.
	"create-then-update",
	"create-then-delete",
	"create-then-set-permissions",
	"create-then-two-updates",
	"double-click-create",
	"state-saved-twice",
	"cancelled-create",
	"debounced-in-vain",
	// An id of the client's own.
	"early-update",
	"late-update-revives",
	// Two messages that overtake each other.
	"overlapping-updates",
	"typing-burst",
	"three-waiters",
	"update-across-permissions",
	"works-on-my-machine-fast",
	"works-on-my-machine-slow",
	"ignored-edit",
	"overlapping-412",
	"nobody-else-edits",
	"like-unlike-like",
	"random-delay",
	"one-socket-many-workers",
	"one-socket-one-worker",
	"autosave-after-save",
	"publish-during-autosave",
	// Reading while writing.
	"save-then-fetch",
	"fetch-then-edit",
	"answer-too-old",
	"crossed-revalidations",
	"poll-during-save",
	"toggled-back",
	"inbox-came-back",
	"inbox-cancelled",
	"published-and-polled",
	"tick-list",
	"ticked-by-keyboard",
	// Answers that bring the record.
	"typed-while-saving",
	"echoed-create",
	"computed-by-server",
	"computed-and-echoed",
	"toggle-flash",
	"late-first-answer",
	"slider-drags",
	// Deleting.
	"double-delete",
	"update-then-delete",
	"delete-then-update",
	"delete-while-saving",
	// What fails, and what gets lost.
	"failure-first",
	"failure-middle",
	"failure-last",
	"poisoned-chain",
	"lost-answer",
	"lost-create-answer",
	"timeout",
	"lost-request",
	"retried-create",
	"gateway-timeout",
	"retry-overtaken",
	"delivered-twice",
	"counted-twice",
	"turn-said-twice",
	"rolled-back",
	// Two clients, and several persons.
	"two-tabs",
	"looked-first",
	"own-fields",
	"labels-appended",
	"whole-form",
	"dialog-with-etag",
	"again-after-412",
	"builder-saved",
	"clock-ahead",
	"deleted-elsewhere",
	"property-pushed-over",
	"one-queue-for-all",
	"sandbox-editors",
	"folder-before-its-page",
	// A server with habits.
	"two-patches",
	"status-restores-data",
	"status-behind-a-lock",
	"cloud-lags",
	"members-flash",
	"created-and-not-found",
	"answered-in-progress",
	// Without a network.
	"poison-in-the-queue",
	"gone-twice",
	"pulled-over",
	"typed-through-the-cut",
	// A client that goes away.
	"closed-in-the-pause",
	"flow-left",
	"left-while-saving",
	"flush-overtakes",
	// As published.
	"published-hold",
	"published-delete",
	"published-queue",
}

// Names returns the names of the shipped scenarios, in a good order to learn
// from them. Unlike [All] it reads nothing.
func Names() []string { return slices.Clone(catalogue) }

// Title returns the title of the shipped scenario of that name. Unlike [Find] it does
// not parse the whole file.
func Title(name string) string {
	data, err := files.ReadFile(name + ".yaml")
	if err != nil {
		panic("scenarios: there is no " + name)
	}
	return strict.TopLine(data, "title")
}

// Find returns the shipped scenario of that name.
func Find(name string) (*Scenario, error) {
	if !slices.Contains(catalogue, name) {
		return nil, errors.New(strict.OneLine(strict.Unknown("scenario", name, catalogue)))
	}
	return shipped(name), nil
}

// All returns the shipped scenarios in the order of [Names].
func All() []*Scenario {
	var all []*Scenario
	for _, name := range catalogue {
		all = append(all, shipped(name))
	}
	return all
}

// read holds what has been read of the catalogue, by name.
var read sync.Map

// shipped returns a scenario of the catalogue, which is read once. The actions and the
// network of its script may be changed.
func shipped(name string) *Scenario {
	known, ok := read.Load(name)
	if !ok {
		known, _ = read.LoadOrStore(name, readShipped(name))
	}
	s := *known.(*Scenario)
	s.Script = s.Script.Copy()
	return &s
}

func readShipped(name string) *Scenario {
	data, err := files.ReadFile(name + ".yaml")
	if err == nil {
		var s *Scenario
		if s, err = Parse(name+".yaml", data); err == nil {
			s.File = ""
			s.Expect, s.Script.Values, s.Script.Fields = slices.Clip(s.Expect), slices.Clip(s.Script.Values), slices.Clip(s.Script.Fields)
			s.Script.Beside, s.Script.Offline = slices.Clip(s.Script.Beside), slices.Clip(s.Script.Offline)
			return s
		}
	}
	panic("scenarios: a shipped scenario is missing or broken: " + err.Error())
}
