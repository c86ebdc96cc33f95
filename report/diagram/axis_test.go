package diagram_test

import (
	"testing"
	"time"

	"photofinish/report/diagram"
)

const ms = time.Millisecond

func TestAxisRoundTrip(t *testing.T) {
	for _, per := range []int{2, 4} {
		for _, cells := range []int{1, 2, 7, 30, 76, 144, 500} {
			for _, end := range []time.Duration{ms, 100 * ms, 440 * ms, 7 * time.Second, 24 * time.Hour, 28 * time.Hour} {
				ax := diagram.Axis{Origin: 13, Cells: cells, End: end, Per: per}
				if ax.Dot(0) != 13*per || ax.Cell(0) != 13 || ax.Dot(end) != ax.Last()*per || ax.Cell(end) != ax.Last() {
					t.Errorf("%+v begins at dot %d and ends at %d", ax, ax.Dot(0), ax.Dot(end))
				}
				for cell := ax.Origin; cell < ax.Last(); cell++ {
					if got := ax.Cell(ax.Time(cell)); got != cell {
						t.Fatalf("%+v: the middle of cell %d is in cell %d", ax, cell, got)
					}
				}
				last := ax.Dot(0)
				for i := range time.Duration(1000) {
					if d := ax.Dot(i * end / 500); d < last {
						t.Fatalf("%+v: time goes back at %v", ax, i*end/500)
					} else {
						last = d
					}
				}
				if ax.Cell(diagram.Forever) <= ax.Last() {
					t.Errorf("%+v: what never ends is on the axis", ax)
				}
				if ax.Cell(-end) >= ax.Origin {
					t.Errorf("%+v: what was before the start is on the axis", ax)
				}
			}
		}
	}
}

func TestAxisWithoutLength(t *testing.T) {
	if ax := (diagram.Axis{Origin: 13, Cells: 30, Per: 2}); ax.Cell(0) != 13 || ax.Cell(ms) < ax.Last() {
		t.Errorf("0 ms is in cell %d, 1 ms in cell %d", ax.Cell(0), ax.Cell(ms))
	}
}

func TestEndOfAxis(t *testing.T) {
	for last := time.Duration(0); last < 20*time.Second; last = last*9/8 + ms {
		end := diagram.EndOfAxis(last)
		if end < last*7/6 || end < 100*ms || end > max(last*7/6, 100*ms)*11/10 {
			t.Errorf("the last event is at %v, the end of the axis at %v", last, end)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, cells := range []int{20, 47, 76, 144} {
		for _, end := range []time.Duration{100 * ms, 170 * ms, 440 * ms, 3 * time.Second, 70 * time.Second} {
			ax := diagram.Axis{Cells: cells, End: end, Per: 2}
			tick := ax.Tick(7)
			digits := tick
			for digits%10 == 0 {
				digits /= 10
			}
			if digits != 1 && digits != 2 && digits != 5 {
				t.Errorf("%+v: a tick every %v", ax, tick)
			}
			if apart := float64(tick) / float64(end) * float64(cells); apart < 7 || apart > 7*2.5 {
				t.Errorf("%+v: a tick every %v, which is %.1f cells", ax, tick, apart)
			}
		}
	}
}
