// Package sim is one trial: a user acts, a client built on some [Strategy]
// turns the actions into requests, a network delays them, a server handles
// them, and a [Ledger] (and, if asked for, a [Trace]) remembers what happened.
//
// A trial is a pure function of its script, strategy and seed. Time is
// virtual; nothing here reads a clock, a global random source, a goroutine
// schedule or a map's order, so the same input gives the same trace on every
// machine.
//
//	       your hands            network             server
//	Act ──▶ Strategy ──▶ Client ──▶ uplink ──▶ Record
//	          ▲  Reply               downlink ◀──┘
//	          └──────────────────────┘
//
// Start with [World.Run]. What may happen next is a list of [Pending] events;
// a [Chooser] picks one. Running by time, replaying a recorded order and
// exploring every order differ in the chooser and in nothing else.
//
// State is provenance: a person or a record holds, for every field, who last
// wrote it (a [Writer]) and not the value. That is small, comparable with ==,
// and lets a screen say who wrote what it shows. The values are in the
// [Script].
package sim
