// Package external lets a program of the user's own be a strategy. It is told
// what happens at the client, one JSON line a turn and in virtual time, and says
// in one line what it did and what its screen shows.
//
// A program knows nothing of clicks, attempts and writers: it sends requests,
// and it has a screen. What they are is found out here, in three steps: what a
// request asks for (route.go), which clicks it carries (attribute.go), and who
// wrote what the screen shows (screen.go). A wrong answer to any of them is a
// wrong verdict.
//
// Start with [Open].
package external

import (
	"photofinish/sim"
	"photofinish/strategies"
)

// lane is one screen of a trial.
type lane struct {
	client *Client
}

var _ sim.Foreign = (*lane)(nil)

func (s *lane) Own() *strategies.Own              { return &s.client.own }
func (s *lane) Start(h *sim.Host, view int)       {}
func (s *lane) End(h *sim.Host, view int)         {}
func (s *lane) Act(c *sim.Client, a *sim.Action)  {}
func (s *lane) Reply(c *sim.Client, r *sim.Reply) {}
func (s *lane) Wake(c *sim.Client, t sim.Timer)   {}
func (s *lane) Reset()                            {}

// Post is never called: see [sim.Foreign].
func (s *lane) Post(c *sim.Client, r *sim.Request) { c.Send(r) }
