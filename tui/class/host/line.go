package host

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// line is one connection: it closes by itself where nobody has sat down in
// time, and is read no faster than it may be.
type line struct {
	net.Conn
	server  *Server
	address string // without the port
	local   bool   // it comes by a socket that only the teacher's account reaches
	pace    bucket // of whoever reads, which is one goroutine
	gone    chan struct{}
	closes  sync.Once
	seated  atomic.Bool // it has, or has had, its session
	gate    *gate       // of that
	expiry  *time.Timer // closes the line
}

// Read reads, and then waits for as long as it takes until so much may have
// been read.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if wait := l.pace.take(time.Now(), n); wait > 0 && err == nil {
		select {
		case <-time.After(wait):
		case <-l.gone:
		}
	}
	return n, err
}

// Close closes the line; a second time does nothing.
func (l *line) Close() (err error) {
	l.closes.Do(func() {
		close(l.gone)
		l.server.forget(l)
		err = l.Conn.Close()
	})
	return err
}

// bucket lets so much through a second, and at most so much at once. It is
// full when it is first used.
type bucket struct {
	rate, most int
	left       float64
	at         time.Time
}

// take takes n out, and returns how long to wait until they are there.
func (b *bucket) take(now time.Time, n int) time.Duration {
	if b.at.IsZero() {
		b.left = float64(b.most)
	} else {
		b.left = min(b.left+now.Sub(b.at).Seconds()*float64(b.rate), float64(b.most))
	}
	b.at = now
	b.left -= float64(n)
	if b.left >= 0 {
		return 0
	}
	return time.Duration(-b.left / float64(b.rate) * float64(time.Second))
}

// spill takes n out if they are there.
func (b *bucket) spill(now time.Time, n int) bool {
	if b.take(now, n) == 0 {
		return true
	}
	b.left += float64(n)
	return false
}
