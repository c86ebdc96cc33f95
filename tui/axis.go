package tui

import (
	"fmt"
	"math"
	"time"
)

// axis lays time along one direction of the screen.
type axis struct {
	origin int // the first cell
	cells  int
	end    time.Duration // the time at the end of the last cell; the first begins at 0
	per    int           // dots a cell: 2 across, 4 down
}

// dot returns the dot at which t is.
func (a axis) dot(t time.Duration) int {
	return a.origin*a.per + int(math.Round(float64(t)/float64(a.end)*float64(a.cells*a.per)))
}

// cell returns the cell in which t is.
func (a axis) cell(t time.Duration) int {
	d := a.dot(t)
	if d < 0 {
		return -1
	}
	return d / a.per
}

// time returns the time in the middle of a cell.
func (a axis) time(cell int) time.Duration {
	return time.Duration((float64(cell-a.origin) + 0.5) / float64(a.cells) * float64(a.end))
}

// last returns the cell behind the axis.
func (a axis) last() int { return a.origin + a.cells }

// endOfAxis returns the length of an axis on which the last event is at t:
// about a seventh more, so that the last words have room, in round steps.
func endOfAxis(t time.Duration) time.Duration {
	raw := float64(t) * 7 / 6
	raw = max(raw, float64(100*time.Millisecond))
	step := niceStep(raw / 24)
	return time.Duration(math.Ceil(raw/step) * step)
}

// niceStep returns the least of 1, 2, 5, 10, … that is not below x.
func niceStep(x float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(x)))
	for _, k := range []float64{1, 2, 5} {
		if k*p >= x*(1-1e-9) {
			return k * p
		}
	}
	return 10 * p
}

// tick returns the distance between two ticks that stand at least n cells
// apart.
func (a axis) tick(n int) time.Duration {
	return max(time.Duration(niceStep(float64(a.end)*float64(n)/float64(a.cells))), time.Millisecond)
}

// ms writes a time in whole milliseconds.
func ms(t time.Duration) string { return fmt.Sprint(t.Milliseconds()) }
