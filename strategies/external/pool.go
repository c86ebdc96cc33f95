package external

import (
	"fmt"
	"io"
	"slices"
	"sync"
)

// program is somebody to play a turn with: a process, or what stands in for one
// in a test.
type program interface {
	turn(line []byte) ([]byte, error) // says a line, and hears one; valid until the next
	end()                             // it is not needed any more
}

// pool has as many processes as are needed at once. Those that are not in use
// wait for the next trial.
type pool struct {
	start func() (program, error)
	name  string // what messages call it
	trace io.Writer

	mu     sync.Mutex
	idle   []*running
	all    []*running
	closed bool
}

// running is a program that has said hello.
type running struct {
	program
	hello *hello
}

// take returns one that nobody uses.
func (p *pool) take() (*running, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, fmt.Errorf("%s: %w", p.name, errClosed)
	}
	if n := len(p.idle); n > 0 {
		one := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return one, nil
	}
	p.mu.Unlock()
	started, err := p.start()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	one := &running{program: &told{started, p}}
	if one.hello, err = greet(one.program); err == nil {
		err = p.join(one)
	}
	if err != nil {
		one.end()
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	return one, nil
}

// join counts one in, unless it comes too late.
func (p *pool) join(one *running) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return errClosed
	}
	p.all = append(p.all, one)
	return nil
}

// give takes it back.
func (p *pool) give(one *running) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.idle = append(p.idle, one)
	}
}

// discard ends one that has failed. The next one that is taken stands in for it.
func (p *pool) discard(one *running) {
	p.mu.Lock()
	p.all = slices.DeleteFunc(p.all, func(o *running) bool { return o == one })
	p.mu.Unlock()
	one.end()
}

// close ends all of them.
func (p *pool) close() {
	p.mu.Lock()
	all := p.all
	p.all, p.idle, p.closed = nil, nil, true
	p.mu.Unlock()
	var wait sync.WaitGroup
	for _, one := range all {
		wait.Go(one.end)
	}
	wait.Wait()
}

// told lets somebody read what is said.
type told struct {
	program
	pool *pool
}

func (t *told) turn(line []byte) ([]byte, error) {
	if t.pool.trace == nil {
		return t.program.turn(line)
	}
	answer, err := t.program.turn(line)
	t.pool.mu.Lock()
	defer t.pool.mu.Unlock()
	fmt.Fprintf(t.pool.trace, "→ %s\n← %s\n", clean(string(line)), clean(string(answer)))
	return answer, err
}
