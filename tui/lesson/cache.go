package lesson

import (
	"context"
	"sync"
)

// cache keeps what is slow to work out. Of several who want the same at once
// one works, and the others wait for it.
type cache[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]V
	busy  map[K]chan struct{} // closed when the work has ended, well or not
}

// maxKept is how much a cache keeps: enough for every question of a lesson,
// and for all that a mend has to choose from.
const maxKept = 512

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.known[key]
	return v, ok
}

// find returns what is known of a key, or lets work find it. Work that failed
// is tried again by the next who asks.
func (c *cache[K, V]) find(ctx context.Context, key K, work func() (V, error)) (V, error) {
	var none V
	for {
		c.mu.Lock()
		v, ok := c.known[key]
		wait, busy := c.busy[key]
		if !ok && !busy {
			if c.busy == nil {
				c.known, c.busy = map[K]V{}, map[K]chan struct{}{}
			}
			c.busy[key] = make(chan struct{})
		}
		c.mu.Unlock()
		switch {
		case ok:
			return v, nil
		case !busy:
			return c.work(key, work)
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return none, ctx.Err()
		}
	}
}

// work does the work and lets the others go, also if it panics.
func (c *cache[K, V]) work(key K, work func() (V, error)) (v V, err error) {
	done := false
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if done && err == nil && len(c.known) < maxKept {
			c.known[key] = v
		}
		close(c.busy[key])
		delete(c.busy, key)
	}()
	v, err = work()
	done = true
	return v, err
}
