package class

import (
	"net"
	"sync"
	"time"
)

// door lets connections in, as many as the limits say.
type door struct {
	limits *Limits

	mu     sync.Mutex
	lines  map[*line]bool
	from   map[string]int // lines by address
	closed bool
}

func newDoor(l *Limits) *door {
	return &door{limits: l, lines: map[*line]bool{}, from: map[string]int{}}
}

// admit lets a connection in, or returns nil.
func (d *door) admit(c net.Conn) *line {
	l := &line{Conn: c, door: d, address: host(c.RemoteAddr()), gone: make(chan struct{})}
	l.pace = bucket{rate: d.limits.Rate, most: 4 * d.limits.Rate}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || len(d.lines) >= d.limits.Sessions+waiting || d.from[l.address] >= d.limits.PerAddress {
		return nil
	}
	d.lines[l] = true
	d.from[l.address]++
	l.expire(d.limits.Handshake)
	return l
}

// host returns an address without its port.
func host(a net.Addr) string {
	h, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	return h
}

// forget is told that a line is closed.
func (d *door) forget(l *line) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.lines, l)
	if d.from[l.address]--; d.from[l.address] == 0 {
		delete(d.from, l.address)
	}
}

// shut lets nobody in any more and closes all lines.
func (d *door) shut() {
	d.mu.Lock()
	d.closed = true
	var open []*line
	for l := range d.lines {
		open = append(open, l)
	}
	d.mu.Unlock()
	for _, l := range open {
		l.Close()
	}
}

// line is one connection: it closes by itself where nobody has sat down in
// time, and is read no faster than it may be.
type line struct {
	net.Conn
	door    *door
	address string
	pace    bucket // of whoever reads, which is one goroutine
	gone    chan struct{}

	mu     sync.Mutex
	closed bool
	seated bool // it has, or has had, its session
	expiry *time.Timer
}

// expire closes the line after a while, unless stay comes before.
func (l *line) expire(after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.expiry != nil {
		l.expiry.Stop()
	}
	if !l.closed {
		l.expiry = time.AfterFunc(after, func() { l.Close() })
	}
}

// stay takes an expiry back.
func (l *line) stay() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expiry.Stop()
}

// sit reports whether this is the first session on the line: there is one.
func (l *line) sit() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := !l.seated
	l.seated = true
	return first
}

// Read reads, and then waits for as long as it takes until so much may have
// been read.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if wait := l.pace.take(time.Now(), n); wait > 0 && err == nil {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-l.gone:
		}
	}
	return n, err
}

// Close closes the line; a second time does nothing.
func (l *line) Close() error {
	l.mu.Lock()
	was := l.closed
	l.closed = true
	l.expiry.Stop()
	l.mu.Unlock()
	if was {
		return nil
	}
	close(l.gone)
	l.door.forget(l)
	return l.Conn.Close()
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
