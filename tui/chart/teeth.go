package chart

import "time"

// What a tooth is: the curve falls by so much within so short a gap, and has
// risen before by at least half of that.
const (
	toothFall   = 0.06
	toothWithin = 10 * time.Millisecond
	leastTeeth  = 4
)

// fall is where a curve falls suddenly: from a point to another.
type fall struct{ from, to int }

// findTeeth returns the distance between the teeth of a curve, if it has
// several and they come evenly; else 0. Every point must be known.
func (l *curve) findTeeth(step time.Duration) time.Duration {
	if !l.all() {
		return 0
	}
	within := max(int(toothWithin/step), 1)
	falls := l.falls(within)
	if len(falls) < leastTeeth {
		return 0
	}
	last := len(falls) - 1
	mean := time.Duration(falls[last].to-falls[0].to) * step / time.Duration(last)
	for i := range last {
		a, b := falls[i], falls[i+1]
		if rise := l.points[b.from].share() - l.points[a.to].share(); rise < toothFall/2 {
			return 0
		}
		off := time.Duration(b.to-a.to)*step - mean
		if max(off, -off) > mean/5+step || b.to-b.from > 2*within {
			return 0
		}
	}
	return mean
}

// falls returns the sudden falls of a curve; those that follow at once are
// one.
func (l *curve) falls(within int) (out []fall) {
	for i := 0; i+1 < len(l.points); i++ {
		deepest, to := toothFall, 0
		for j := i + 1; j <= min(i+within, len(l.points)-1); j++ {
			if d := l.points[i].share() - l.points[j].share(); d >= deepest {
				deepest, to = d, j
			}
		}
		switch {
		case to == 0:
			continue
		case len(out) > 0 && i <= out[len(out)-1].to+1:
			out[len(out)-1].to = to
		default:
			out = append(out, fall{i, to})
		}
		i = to - 1
	}
	return out
}
