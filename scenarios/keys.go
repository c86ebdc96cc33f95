package scenarios

import (
	"time"

	"photofinish/sim"
)

// The tables of keys. To add a key, add a row: it is read, saved, told by
// explain and refused where it is wrong, and go test -update puts it into
// schema.json.

var scenarioKeys = table[Scenario]{
	what:  "a scenario",
	about: "A timed script of what a user does, the network it meets, and what is expected to come of it.",
	blank: Scenario{Script: new(sim.Script)},
	keys: []key[Scenario]{
		{name: "name", must: true, says: elsewhere,
			slot:  in(label, func(s *Scenario) *string { return &s.Name }),
			about: "What the scenario is called on the command line and in reports."},
		{name: "title", says: elsewhere,
			slot:  in(line, func(s *Scenario) *string { return &s.Title }),
			about: "A few words to show above it."},
		{name: "about", says: elsewhere,
			slot:  in(prose, func(s *Scenario) *string { return &s.About }),
			about: "What the user does and what can go wrong, in one to three sentences."},
		{name: "source",
			slot:  in(line, func(s *Scenario) *string { return &s.Source }),
			about: "The article or ticket that it comes from."},
		{name: "seed",
			slot: in(whole[uint64](1, MaxSeed), func(s *Scenario) *uint64 { return &s.Seed }),
			about: "Of the luck that draws what is not pinned, in a replay and in the playground; 1 without this key. " +
				"Odds have seeds of their own."},
		{name: "given", says: elsewhere,
			slot: givenSlot,
			about: "The first person exists already, on the server and on every client's screen, as record 1 " +
				"and with these fields; in a list, the first ones do, as records of these numbers. Without this key nobody exists yet."},
		{name: "clients", says: elsewhere,
			slot: clientsSlot,
			about: "What is to be said of each client, in order. A client is a tab, a window or a device: " +
				"it is there as soon as a step says so. Or programs of your own, by name, which expect may speak of."},
		{name: "network", always: true, says: elsewhere,
			slot: networkSlot},
		{name: "offline",
			slot: offlineSlot,
			about: "When clients have no network, those of one client in order. What is on its way then is lost, " +
				"and what is sent fails at once. Odds and orders keep the place of both ends among the clicks."},
		{name: "steps", must: true, says: elsewhere,
			slot:  stepsSlot,
			about: "What the user does, in order of time."},
		{name: "expect", says: elsewhere,
			slot:  expectSlot,
			about: "What is expected, by the name of the strategy, such as naive or action-queue+hold, or of a client of your own."},
	},
}

// client is a client of a script, numbered from 0, whose keys a file may give.
type client struct {
	*sim.Script
	number int
}

var clientKeys = table[client]{
	what:  "a client",
	about: "A tab, a window or a device.",
	blank: client{Script: new(sim.Script)},
	keys: []key[client]{
		{name: "skew", always: true, says: "clock ahead by",
			slot:  in(duration, func(c *client) *time.Duration { return &c.Skew[c.number] }),
			about: "How far its clock is ahead; 0 without this key. Only strategies that stamp their writes look at it."},
	},
}

var stepKeys = table[sim.Action]{
	what:  "a step",
	about: "One thing that the user does.",
	blank: sim.Action{Up: sim.Unpinned, Down: sim.Unpinned},
	keys: []key[sim.Action]{
		{name: "at", must: true, says: elsewhere,
			slot:  in(duration, func(a *sim.Action) *time.Duration { return &a.At }),
			about: "When, from the start; never earlier than the step before."},
		{name: "do", must: true, says: elsewhere,
			slot: doSlot,
			about: "What the user asks for; or that the client is closed, as a tab is, or opened again, which reads; " +
				"or that all its persons are read at once."},
		{name: "client", says: "on client",
			slot: in(ordinal(sim.MaxClients), func(a *sim.Action) *uint8 { return &a.Client }),
			about: "On which client: a tab, a window, a device; 1 without this key. What each of them shows, and its connection, " +
				"is its own; the record of a given person is shared."},
		{name: "person", says: "about person",
			slot: but(in(ordinal(sim.MaxPersons), func(a *sim.Action) *uint8 { return &a.Person }), "close", "list"),
			about: "Whom it is about; 1 without this key. A person who is not given is the client's own: " +
				"of the same number elsewhere it knows nothing."},
		{name: "parent", says: "needs the record of person",
			slot: only(in(whole[uint8](1, sim.MaxPersons), func(a *sim.Action) *uint8 { return &a.Parent }), "create"),
			about: "The person whose record a create needs. Its request says the id that the client knows of them when it leaves, " +
				"and the server answers 422 unless such a record lives."},
		{name: "set", says: elsewhere,
			slot:  only(setSlot, "create", "update"),
			about: "The fields that a create or an update writes."},
		{name: "add", says: elsewhere,
			slot: only(addSlot, "update"),
			about: "The fields to which an update adds a number, and how much. What is not there counts as 0. " +
				"Each request that carries it adds it once more when the server handles it."},
		{name: "append", says: elsewhere,
			slot: only(appendSlot, "update"),
			about: "The fields to which an update appends a thing, and what: their values are lists, in whatever order. " +
				"Each request that carries it appends it once more when the server handles it."},
		{name: "saved", says: elsewhere,
			slot: only(savedSlot, "create", "update"),
			about: "What the server makes of a create or an update: the values that it saves instead of those it was sent, " +
				"and fields that it sets by itself. The client learns of it by an echo or a fetch."},
		{name: "to", says: elsewhere,
			slot:  only(toSlot, "set-permissions"),
			about: "The permissions that set-permissions writes; read-only locks the record against updates."},
		{name: "up",
			slot: but(in(duration, func(a *sim.Action) *time.Duration { return &a.Up }), "close"),
			about: "Pins how long the first request takes; later attempts are left to luck. " +
				"Odds and orders do not look at it."},
		{name: "down",
			slot: but(in(duration, func(a *sim.Action) *time.Duration { return &a.Down }), "close"),
			about: "Pins how long the answer to the first request takes; later attempts are left to luck. " +
				"Odds and orders do not look at it."},
		{name: "processing", says: "server",
			slot: but(in(aboveZero("leave it out to leave it to chance"),
				func(a *sim.Action) *time.Duration { return &a.Processing }), "close"),
			about: "Pins how long the server takes for the first request, above 0; later attempts are left to luck. " +
				"Odds and orders do not look at it."},
		{name: "status", says: "answered",
			slot: but(in(whole[int](400, 599), func(a *sim.Action) *int { return &a.Status }), "close"),
			about: "The server refuses the request with this status, and nothing changes. Below 500 it is a standing no: " +
				"every request that carries the action is refused, whole, at every attempt. From 500 on it refuses the first " +
				"attempt only, and of a request that carries several actions only the first one's is looked at."},
		{name: "lose", says: "lost on the way",
			slot: but(in(word("leg", sim.Uplink, legs), func(a *sim.Action) *sim.Leg { return &a.Lose }), "close"),
			about: "The first request, or its answer, is lost. " +
				"Of a request that carries several actions, only the first one's is looked at."},
		{name: "twice", says: "delivered twice",
			slot: but(in(boolean, func(a *sim.Action) *bool { return &a.Twice }), "close"),
			about: "The network delivers the first request twice; how long the copy takes is left to chance. " +
				"Of a request that carries several actions, only the first one's is looked at."},
	},
}

var spanKeys = table[sim.Span]{
	what:  "a span",
	about: "A while in which a client has no network.",
	keys: []key[sim.Span]{
		{name: "client", always: true,
			slot:  in(ordinal(sim.MaxClients), func(o *sim.Span) *uint8 { return &o.Client }),
			about: "Which client; 1 without this key."},
		{name: "from", must: true,
			slot:  in(duration, func(o *sim.Span) *time.Duration { return &o.From }),
			about: "When it goes offline, from the start."},
		{name: "to",
			slot:  in(aboveZero("leave it out if it is never back"), func(o *sim.Span) *time.Duration { return &o.To }),
			about: "When it is back, later than from. Without it, never."},
	},
}

var networkKeys = table[sim.Network]{
	what: "network",
	keys: []key[sim.Network]{
		{name: "uplink", always: true,
			slot:  in(latency, func(n *sim.Network) *sim.Latency { return &n.Up }),
			about: "How long requests take. Without it, as on 4g."},
		{name: "downlink", always: true,
			slot:  in(latency, func(n *sim.Network) *sim.Latency { return &n.Down }),
			about: "How long answers take. Without it, as on 4g."},
		{name: "paired", says: "an answer has the luck of its request",
			slot: in(boolean, func(n *sim.Network) *bool { return &n.Paired }),
			about: "Whether an answer has the luck of its request: the slowest request the slowest answer. " +
				"The halves of measured round trips, as samples both ways, add up to them then."},
		{name: "save",
			slot:  apartSlot(func(n *sim.Network) *sim.Apart { return &n.Save }),
			about: "What takes another time for all requests but fetches. What is not said is as for both."},
		{name: "read", was: "reads",
			slot:  apartSlot(func(n *sim.Network) *sim.Apart { return &n.Read }),
			about: "What takes another time for fetches. What is not said is as for both."},
		{name: "processing", says: "server",
			slot:  in(latency, func(n *sim.Network) *sim.Latency { return &n.Processing }),
			about: "How long the server takes before it handles a request. Without it, no time."},
		{name: "workers",
			slot: in(whole[int](1, 1000), func(n *sim.Network) *int { return &n.Workers }),
			about: "How many requests the server works at together; the others wait there, first in, first out. " +
				"Without it, any number."},
		{name: "echo", says: "an answer carries the record, which the client takes over",
			slot:  in(boolean, func(n *sim.Network) *bool { return &n.Echo }),
			about: "Whether the answer to a save carries the whole record as it is then, which the client takes over."},
		{name: "reread", says: "every save that is answered makes its client read again",
			slot:  in(said("after-save"), func(n *sim.Network) *bool { return &n.Reread }),
			about: "Whether each client reads the record again once a save of it is answered."},
		{name: "poll", says: "polls every",
			slot:  in(aboveZero("leave it out not to poll"), func(n *sim.Network) *time.Duration { return &n.Poll }),
			about: "How often every client reads, whatever the user does. Without it, never."},
		{name: "push", says: "what a save changed goes to the other clients",
			slot:  in(boolean, func(n *sim.Network) *bool { return &n.Push }),
			about: "Whether the server sends a record that a save has changed to the other clients."},
		{name: "cancel", says: "to press a save cancels the reads under way",
			slot:  in(boolean, func(n *sim.Network) *bool { return &n.Cancel }),
			about: "Whether to press a save makes the client ignore the answers to the reads that are under way."},
		{name: "lag", says: "reads lag",
			slot:  in(latency, func(n *sim.Network) *sim.Latency { return &n.Lag }),
			about: "How much later reads show what was written, as from a replica. Without it, at once."},
		{name: "isolation", says: "none: a request reads the row when it begins, and writes it when it is done",
			slot: in(said("none"), func(n *sim.Network) *bool { return &n.Torn }),
			about: "Whether the server reads the whole row when it begins with a request and writes it back when it is done, " +
				"over what others have written meanwhile. Without it, a request is handled at one instant."},
		{name: "key-in-use", says: "409 while a request with the same key is being worked at",
			slot:  in(boolean, func(n *sim.Network) *bool { return &n.KeyInUse }),
			about: "Whether a request is answered 409 while the first one under its key is being worked at."},
		{name: "fifo", says: "messages never overtake on a link",
			slot:  in(boolean, func(n *sim.Network) *bool { return &n.Fifo }),
			about: "Whether messages never overtake each other on a link, as on one WebSocket."},
		{name: "connections",
			slot: in(whole[int](1, 1000), func(n *sim.Network) *int { return &n.Connections }),
			about: "How many requests may be under way at once; browsers allow 6. " +
				"Without it, any number."},
		{name: "timeout",
			slot:  in(aboveZero("leave it out to wait for ever"), func(n *sim.Network) *time.Duration { return &n.Timeout }),
			about: "When the client stops waiting for an answer. Without it, never."},
		{name: "loss", says: "lost",
			slot:  in(share, func(n *sim.Network) *float64 { return &n.Loss }),
			about: "The share of messages that are lost."},
		{name: "duplicates", says: "duplicated",
			slot:  in(share, func(n *sim.Network) *float64 { return &n.Duplicates }),
			about: "The share of requests that the server gets, and handles, twice."},
		{name: "errors",
			slot:  in(share, func(n *sim.Network) *float64 { return &n.Errors }),
			about: "The share of requests that the server answers with 500."},
	},
}

// latencies lists the distributions. The one parameter of those without keys
// is the value itself.
var latencies = [...]table[sim.Latency]{
	sim.Constant: {about: "Always the same."},
	sim.Uniform: {about: "Anything between two durations.", keys: []key[sim.Latency]{
		parameter("from", latencyA, "The shortest."),
		parameter("to", latencyB, "The longest."),
	}},
	sim.Exponential: {about: "The mean."},
	sim.Lognormal: {about: "What most networks look like: a bulk and a long tail.", keys: []key[sim.Latency]{
		parameter("median", latencyA, "Half of the messages are quicker; above 0."),
		parameter("p99", latencyB, "One in a hundred is slower."),
	}},
	sim.Pareto: {about: "A very long tail.", keys: []key[sim.Latency]{
		parameter("min", latencyA, "The least; above 0."),
		{name: "alpha", must: true,
			slot:  in(exponent, func(l *sim.Latency) *float64 { return &l.Alpha }),
			about: "The exponent: the smaller, the heavier the tail."},
	}},
	sim.Quantiles: {about: "Taken from measurements.", keys: []key[sim.Latency]{
		parameter("p50", latencyA, "The median; above 0."),
		parameter("p90", latencyB, "One in ten is slower."),
		parameter("p99", latencyC, "One in a hundred is slower."),
	}},
	sim.Sampled: {about: "Measured: each as often as another."},
}

var apartKeys = table[sim.Apart]{
	what:  "what takes another time",
	about: "What takes another time for some requests.",
	keys: []key[sim.Apart]{
		{name: "uplink",
			slot:  ownSlot(func(a *sim.Apart) *sim.Own { return &a.Up }),
			about: "How long the requests take."},
		{name: "downlink",
			slot:  ownSlot(func(a *sim.Apart) *sim.Own { return &a.Down }),
			about: "How long their answers take."},
		{name: "processing",
			slot:  ownSlot(func(a *sim.Apart) *sim.Own { return &a.Processing }),
			about: "How long the server takes before it handles one."},
	},
}

// parameter is the row of a parameter that is a duration.
func parameter(name string, field func(*sim.Latency) *time.Duration, about string) key[sim.Latency] {
	return key[sim.Latency]{name: name, must: true, slot: in(duration, field), about: about}
}

func latencyA(l *sim.Latency) *time.Duration { return &l.A }
func latencyB(l *sim.Latency) *time.Duration { return &l.B }
func latencyC(l *sim.Latency) *time.Duration { return &l.C }

var expectationKeys = table[Expectation]{
	what:  "what is expected",
	about: "What is expected of one strategy.",
	keys: []key[Expectation]{
		{name: "verdict", slot: verdictSlot},
		{name: "anomalies",
			slot:  anomaliesSlot,
			about: "The exact set of kinds that the replay with the file's seed shows. Without it, they are not looked at."},
		{name: "odds", says: "odds below", slot: oddsSlot},
		{name: "orders",
			slot:  in(claim, func(x *Expectation) *string { return &x.Orders }),
			about: "Whether no order of deliveries is bad, or some is."},
	},
}

var oddsKeys = table[Expectation]{
	what:  "odds",
	about: "The share of 10,000 trials, from seed 1 on, that end wrong or stuck.",
	keys: []key[Expectation]{
		{name: "below", must: true,
			slot:  in(bound, func(x *Expectation) *float64 { return &x.OddsBelow }),
			about: "The upper end of its 95 % interval is below this."},
	},
}
