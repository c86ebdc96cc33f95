package host

import (
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// errStalled is the error of a write that nobody reads.
var errStalled = errors.New("the client does not read")

// patient is a writer that waits for its reader, but not for ever: a write
// that takes too long gives the session up. An ssh channel has no deadline of
// its own.
type patient struct {
	w      io.Writer
	stall  time.Duration
	giveUp func() // must let the write return
	gone   atomic.Bool
}

// Write writes, in time or not at all.
func (p *patient) Write(b []byte) (int, error) {
	if p.gone.Load() {
		return 0, errStalled
	}
	t := time.AfterFunc(p.stall, func() {
		p.gone.Store(true)
		p.giveUp()
	})
	defer t.Stop()
	return p.w.Write(b)
}
