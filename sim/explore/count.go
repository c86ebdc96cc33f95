package explore

import "math"

// counter counts the orders of a class: the ways to lay the events of the
// client and those of the server into one line, each side in its own order
// and each event behind what caused it.
type counter struct {
	client, server []int32  // how many events of the other side come first
	ways           []uint64 // to have reached (·, j) events of the two sides
}

// orders returns the number of orders, or the largest uint64 if there are
// more.
func (c *counter) orders(events []event) uint64 {
	c.client, c.server, c.ways = c.client[:0], c.server[:0], c.ways[:0]
	for _, e := range events {
		if e.server {
			c.server = append(c.server, e.after)
		} else {
			c.client = append(c.client, e.after)
		}
	}
	for range len(c.server) + 1 {
		c.ways = append(c.ways, 0)
	}
	for i := 0; i <= len(c.client); i++ {
		for j := range c.ways {
			switch {
			case i == 0 && j == 0:
				c.ways[0] = 1
				continue
			case i == 0 || c.client[i-1] > int32(j):
				c.ways[j] = 0 // the last event of the client may not come here
			}
			if j > 0 && c.server[j-1] <= int32(i) {
				c.ways[j] = add(c.ways[j], c.ways[j-1])
			}
		}
	}
	return c.ways[len(c.server)]
}

// add returns a+b, or the largest uint64 if that is too much.
func add(a, b uint64) uint64 {
	if a > math.MaxUint64-b {
		return math.MaxUint64
	}
	return a + b
}
