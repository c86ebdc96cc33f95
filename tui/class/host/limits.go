package host

import (
	"cmp"
	"time"
)

// Limits bound what sessions may cost, all together and each. A zero stands for
// the default.
type Limits struct {
	Sessions   int           // students at once; 200
	PerAddress int           // connections at once from one address; 200, for a class often shares one
	Memory     uint64        // bytes of this program beyond which nobody new is let in; 1 GiB
	Idle       time.Duration // without a key before a session ends; 30 minutes
	Handshake  time.Duration // until a connection must have become a session; 15 s
	Stall      time.Duration // that a client may take to read what was written; 10 s
	Width      int           // columns of a window that are used; 240
	Height     int           // rows; 70
	Keys       int           // keys and mouse events a second, more of which are dropped; 100
	Paste      int           // bytes of a paste that are taken; 4096
	Rate       int           // bytes a second that are read from a connection; 64 KiB
}

// waiting is how many connections may be there besides the sessions: on their
// way to become one, or to be told that there is no room.
const waiting = 100

// Names returns how many names a class should remember: five for each session that it
// has room for.
func (l Limits) Names() int { return l.filled().Sessions * 5 }

func (l Limits) filled() Limits {
	return Limits{
		Sessions:   cmp.Or(l.Sessions, 200),
		PerAddress: cmp.Or(l.PerAddress, 200),
		Memory:     cmp.Or(l.Memory, 1<<30),
		Idle:       cmp.Or(l.Idle, 30*time.Minute),
		Handshake:  cmp.Or(l.Handshake, 15*time.Second),
		Stall:      cmp.Or(l.Stall, 10*time.Second),
		Width:      cmp.Or(l.Width, 240),
		Height:     cmp.Or(l.Height, 70),
		Keys:       cmp.Or(l.Keys, 100),
		Paste:      cmp.Or(l.Paste, 4096),
		Rate:       cmp.Or(l.Rate, 64<<10),
	}
}

// clamp returns a window's size within the limits: nothing is drawn beyond
// them, and a window always has a cell.
func (l *Limits) clamp(w, h uint32) (width, height int) {
	return int(min(max(w, 1), uint32(l.Width))), int(min(max(h, 1), uint32(l.Height)))
}

// idle returns how long somebody may press no key; the teacher is one whom a class may
// keep from the keyboard.
func (l *Limits) idle(name string) time.Duration {
	if name == Teacher {
		return max(l.Idle, 24*time.Hour)
	}
	return l.Idle
}
