package lesson

import (
	"context"
	"time"

	"photofinish/report"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
)

// Move is something that may happen next, when the user is the network.
type Move struct {
	What   sim.What // the user acts, a request arrives, an answer arrives, …
	Action int      // whose it is
	Label  string   // as in a schedule: "u2", "u2>", "<c1"
	Says   string   // in words: "u2 reaches the server"
}

// Game is a break as it is being played.
type Game struct{}

// By returns with what it is broken.
func (g *Game) By() lessons.By { return 0 }

// Strategy returns the name of what is to be broken.
func (g *Game) Strategy() string { return "" }

// Moves returns what may happen next; none when all is quiet, and none when
// it is the clicks that are moved.
func (g *Game) Moves() []Move { return nil }

// Pick lets a move happen.
func (g *Game) Pick(i int) error { return nil }

// Shift moves click n by some time, earlier if it is negative, but not past
// its neighbours.
func (g *Game) Shift(n int, by time.Duration) error { return nil }

// Undo takes the last pick or shift back, and reports whether there was one.
func (g *Game) Undo() bool { return false }

// Restart takes all back.
func (g *Game) Restart() {}

// Trial returns the trial as it stands: with the picks made so far, or with
// the clicks as they are now. It is not over while there are moves; then its
// verdict is what is proved already.
func (g *Game) Trial() *report.Trial { return nil }

// Over reports whether nothing is left to happen.
func (g *Game) Over() bool { return false }

// Broken reports whether the strategy has lost: the run counts it as done.
func (g *Game) Broken() bool { return false }

// Lost says where and why it has lost; nil while it has not.
func (g *Game) Lost() *Finding { return nil }

// Outlook says how many of the orders that are left from here end badly, of
// how many. Slow; complete is false where there were too many to count.
func (g *Game) Outlook(ctx context.Context) (bad, all int, complete bool) { return 0, 0, false }
