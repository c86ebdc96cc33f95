package network

import (
	"time"

	"photofinish/tui/page"
)

// networkRows is where things stand in a window, from above: the diagram, the
// question with its list, the counts, the keys.
type networkRows struct {
	caption, wait, top, bottom int // caption: 0 if there is none
	question, list, counts     int
	keys                       int // how many rows of them
	origin                     int // the first column of the rails
	right                      int // the column of what was picked; 0: not shown
}

// networkLayout places things in a window, for a list of n lines. What gives
// way is the diagram's height, then the blank rows, then what was picked.
func networkLayout(w, h, n int) networkRows {
	g := networkRows{keys: 2, origin: 12}
	switch {
	case h >= 34:
		k := min(h-26, 22)
		g.caption, g.wait, g.top, g.bottom = 2, 4, 5, 6+k
		g.question, g.list = g.bottom+4, g.bottom+6
		g.counts = min(g.list+max(n, 6)+1, h-6)
	case h >= 20:
		g.wait, g.top, g.bottom = 2, 3, 4+h-19
		g.question, g.list, g.counts = g.bottom+2, g.bottom+3, h-6
	default:
		g.keys, g.wait, g.top, g.bottom = 1, 1, 2, 3+min(h-14, 4)
		g.question, g.list, g.counts = g.bottom+1, g.bottom+2, h-5
	}
	if w < 100 {
		g.origin = 8
	}
	if w >= 76 {
		g.right = max(w*54/100, 44)
	}
	return g
}

// paces is how the steps of an order lie along the rails: one column a step,
// and the present behind the last one.
type paces struct {
	width, shift int // of a step, in cells; how far the first one is out of the picture
	now          int // the cell of the present, counted from the origin
	count        int
}

// paceTime is the time that a cell of the rails stands for.
const paceTime = 10 * time.Millisecond

// along lays n steps along a window of width w, as far apart as is good to
// read. What does not fit leaves the picture at the left. Behind the present
// there is room for what is on its way, and at the end for a few words.
func along(w, origin, n int, over bool) paces {
	most, least := 10, 5
	if w >= page.WideWidth {
		most = 14
	}
	if w < 100 {
		most, least = 8, 4
	}
	room := w - w*43/100 - origin - 2
	if over {
		room = w - origin - 22
	}
	s := paces{count: n}
	s.width = min(max(room*5/(5*n+2), least), most)
	s.now = 2 + (n-1)*s.width + (7*s.width+4)/5
	s.shift = max(s.now-2-room, 0)
	s.now -= s.shift
	return s
}

func (s paces) at(i int) time.Duration { return time.Duration(2+i*s.width-s.shift) * paceTime }

// hidden returns how many steps are out of the picture.
func (s paces) hidden() (n int) {
	for n < s.count && s.at(n) < 0 {
		n++
	}
	return n
}
