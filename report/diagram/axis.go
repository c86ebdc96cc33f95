package diagram

import (
	"math"
	"time"
)

// Axis lays time along one direction of a picture, in cells of a terminal or in
// parts of a pixel.
type Axis struct {
	Origin int // the first cell
	Cells  int
	End    time.Duration // the time at the end of the last cell; the first begins at 0
	Per    int           // dots a cell: in a terminal 2 across and 4 down
}

// Dot returns the dot at which t is.
func (a Axis) Dot(t time.Duration) int {
	part := min(float64(t)/float64(max(a.End, 1)), 100) // what never ends lies far outside
	return a.Origin*a.Per + int(math.Round(part*float64(a.Cells*a.Per)))
}

// Cell returns the cell in which t is.
func (a Axis) Cell(t time.Duration) int {
	d := a.Dot(t)
	if d < 0 {
		return -1
	}
	return d / a.Per
}

// Time returns the time in the middle of a cell.
func (a Axis) Time(cell int) time.Duration {
	return time.Duration((float64(cell-a.Origin) + 0.5) / float64(a.Cells) * float64(a.End))
}

// First returns the first cell whose middle is not before t.
func (a Axis) First(t time.Duration) int {
	cell := min(max(a.Cell(t), a.Origin), a.Last())
	if a.Time(cell) < t {
		cell++
	}
	return min(cell, a.Last())
}

// Last returns the cell behind the axis.
func (a Axis) Last() int { return a.Origin + a.Cells }

// EndOfAxis returns the length of an axis on which the last event is at t:
// about a seventh more, so that the last words have room, in round steps.
func EndOfAxis(t time.Duration) time.Duration {
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

// Tick returns the distance between two ticks that stand at least n cells
// apart.
func (a Axis) Tick(n int) time.Duration {
	return max(time.Duration(niceStep(float64(a.End)*float64(n)/float64(a.Cells))), time.Millisecond)
}
