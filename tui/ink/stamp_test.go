package ink

import "testing"

func TestStamp(t *testing.T) {
	var c, from Canvas
	c.Resize(6, 2)
	c.Put(0, 0, "abcdef", Style{})
	c.Put(0, 1, "ghijkl", Style{})
	from.Resize(3, 2)
	from.Put(0, 0, "xyz", Style{})
	c.Stamp(4, 0, &from)
	if got := c.String(); got != "abcdxy\nghij\n" {
		t.Errorf("got %q", got)
	}
}
