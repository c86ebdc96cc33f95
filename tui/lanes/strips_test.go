package lanes

import "testing"

// Whatever the window, the lane in view is among those that are shown, all of them fit,
// and each has its rails and two rows between them; two screens in one have as many.
func TestShares(t *testing.T) {
	for name, f := range map[string]faces{
		"one": {}, "clients": {both: []int{0, 4}, clients: true}, "persons": {both: []int{0, 1}, persons: true},
	} {
		for n := 1; n <= 24; n++ {
			for rows := 29; rows < 100; rows++ {
				for at := range n {
					s := f.shares(n, at, rows)
					taken := s.tall + (s.shown-1)*s.each
					if s.shown < n {
						taken++ // the row for the others
					}
					least := 5
					if f.both != nil {
						least = 10
					}
					if taken > rows || s.each < 5 || s.tall < least || at < s.first || at >= s.first+s.shown || s.first+s.shown > n {
						t.Fatalf("%s, lane %d of %d in %d rows: %+v takes %d", name, at, n, rows, s, taken)
					}
					if f.persons && s.tall%2 != 0 {
						t.Fatalf("%s, %d lanes in %d rows: %d do not part in two", name, n, rows, s.tall)
					}
				}
			}
		}
	}
}
