package explore

import "math"

// counter counts the orders of a class: the ways to lay the events of the
// sites into one line, each site in its own order and each event behind what
// caused it.
type counter struct {
	events [sites][][sites]int32 // by site: how many events of the others come first
	ways   []uint64              // to have reached (·, j, k) events of the sites
}

// orders returns the number of orders, or the largest uint64 if there are
// more.
func (c *counter) orders(events []event) uint64 {
	for p := range c.events {
		c.events[p] = c.events[p][:0]
	}
	for i := range events {
		p := events[i].site
		c.events[p] = append(c.events[p], events[i].after)
	}
	first, second, third := c.events[0], c.events[1], c.events[2]
	wide := len(third) + 1
	c.ways = c.ways[:0]
	for range (len(second) + 1) * wide {
		c.ways = append(c.ways, 0)
	}
	c.ways[0] = 1
	for i := 0; i <= len(first); i++ {
		for j := 0; j <= len(second); j++ {
			row := c.ways[j*wide : (j+1)*wide]
			for k := range row {
				at := &row[k]
				if i > 0 && !caused(&first[i-1], i, j, k) {
					*at = 0 // the last event of the first site may not come here
				}
				if j > 0 && caused(&second[j-1], i, j, k) {
					*at = add(*at, c.ways[(j-1)*wide+k])
				}
				if k > 0 && caused(&third[k-1], i, j, k) {
					*at = add(*at, row[k-1])
				}
			}
		}
	}
	return c.ways[len(c.ways)-1]
}

// caused reports whether an event comes behind what caused it where so many
// events of each site have happened.
func caused(after *[sites]int32, i, j, k int) bool {
	return after[0] <= int32(i) && after[1] <= int32(j) && after[2] <= int32(k)
}

// add returns a+b, or the largest uint64 if that is too much.
func add(a, b uint64) uint64 {
	if a > math.MaxUint64-b {
		return math.MaxUint64
	}
	return a + b
}
