package class

import (
	"io"
	"net"
	"sync"
	"time"
)

// network is where a class listens, and how one gets there.
type network struct {
	net.Listener
	dial func() (net.Conn, error)
}

// tcp is the network that a class has.
func tcp() (n network, err error) {
	n.Listener, err = net.Listen("tcp", "127.0.0.1:0")
	n.dial = func() (net.Conn, error) { return net.Dial("tcp", n.Addr().String()) }
	return n, err
}

// inMemory is a network within the program, on which [synctest] knows who waits: time
// passes there when all do, and so a test takes no longer than what it computes.
func inMemory() network {
	e := &exchange{calls: make(chan net.Conn), over: make(chan struct{})}
	return network{e, e.dial}
}

// exchange is a listener in memory.
type exchange struct {
	calls  chan net.Conn
	over   chan struct{}
	closes sync.Once
}

func (e *exchange) Accept() (net.Conn, error) {
	select {
	case c := <-e.calls:
		return c, nil
	case <-e.over:
		return nil, net.ErrClosed
	}
}

func (e *exchange) dial() (net.Conn, error) {
	there, back := newWay(), newWay()
	select {
	case e.calls <- &conn{in: there, out: back}:
		return &conn{in: back, out: there}, nil
	case <-e.over:
		return nil, net.ErrClosed
	}
}

func (e *exchange) Close() error {
	e.closes.Do(func() { close(e.over) })
	return nil
}

func (e *exchange) Addr() net.Addr { return here }

var here = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 22}

// conn is one end of a connection in memory. It keeps no deadline: nobody sets any.
type conn struct {
	net.Conn
	in, out *way
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.write(p) }
func (c *conn) LocalAddr() net.Addr         { return here }
func (c *conn) RemoteAddr() net.Addr        { return here }

func (c *conn) SetDeadline(t time.Time) error {
	if !t.IsZero() {
		panic("a connection in memory has no deadlines yet")
	}
	return nil
}

func (c *conn) Close() error {
	c.in.close()
	c.out.close()
	return nil
}

// way leads from one end of a connection to the other, and holds as much of what nobody
// has read yet as a socket does.
type way struct {
	mu     sync.Mutex
	moved  sync.Cond
	held   []byte
	closed bool
}

const roomOfWay = 64 << 10

func newWay() *way {
	w := &way{}
	w.moved.L = &w.mu
	return w
}

func (w *way) read(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.held) == 0 {
		if w.closed {
			return 0, io.EOF
		}
		w.moved.Wait()
	}
	n := copy(p, w.held)
	w.held = w.held[n:]
	w.moved.Broadcast()
	return n, nil
}

func (w *way) write(p []byte) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(p) > 0 {
		if w.closed {
			return n, net.ErrClosed
		}
		if room := min(roomOfWay-len(w.held), len(p)); room > 0 {
			w.held, p, n = append(w.held, p[:room]...), p[room:], n+room
			w.moved.Broadcast()
			continue
		}
		w.moved.Wait()
	}
	return n, nil
}

func (w *way) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.moved.Broadcast()
}
