package class

import (
	"fmt"
	"strconv"

	"photofinish/scenarios/lessons"
	"photofinish/tui/ink"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// Pair is how a class did with one question of both checks: of those who took both.
type Pair struct {
	Ask           string
	Before, After int // were right
	Of            int // voted on it in both
}

// Checks returns the questions of two lessons that have the same places, as they were
// answered in both; right says whether an answer in a lesson is.
func (h *Hub) Checks(first, last string, right func(lesson string, place int, a lesson.Answer) bool) (all []Pair) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, b := range h.ballots {
		if b.question.Lesson != first {
			continue
		}
		after := h.asked(last, b.question.Place)
		p := Pair{Ask: b.question.Ask}
		for m, v := range b.now() {
			if after == nil || after.phase < Closed || b.phase < Closed {
				break
			}
			if w, both := after.now()[m]; both {
				p.Of++
				p.Before += ink.One(right(first, b.question.Place, v.Answer))
				p.After += ink.One(right(last, b.question.Place, w.Answer))
			}
		}
		all = append(all, p)
	}
	return all
}

// Checks returns how a class did in the two checks, see [Hub.Checks].
func (c *Course) Checks(h *Hub) []Pair {
	if c == nil {
		return nil
	}
	return h.Checks(lessons.FirstCheck, lessons.LastCheck, func(name string, place int, a lesson.Answer) bool {
		l := c.opened(name)
		if l == nil {
			return false
		}
		t, err := c.answer(learn.At{Lesson: l, Step: place - 1})
		return err == nil && c.Book(l).Question(place-1).Right(a, t)
	})
}

// drawChecks draws the two checks of the course as one picture, of those who took both.
func (p *paper) drawChecks(pairs []Pair) {
	var all Pair
	both := 0
	for _, pair := range pairs {
		both = max(both, pair.Of)
		all = Pair{Before: all.Before + pair.Before, After: all.After + pair.After, Of: all.Of + pair.Of}
	}
	if both == 0 {
		p.y++
		p.text("Nobody has taken both checks yet: each question counts once its vote has been closed in both.", 2, dim)
		return
	}
	p.line(strong, fmt.Sprintf("The two checks, by the %d who took both: %d %% right before, %d %% after", both, (all.Before*100+all.Of/2)/all.Of, (all.After*100+all.Of/2)/all.Of))
	room := (p.H - p.y - 2) / len(pairs) // rows of each
	for i, pair := range pairs {
		if room >= 5 {
			p.y++
		}
		p.Put(1, p.y, strconv.Itoa(i+1), strong)
		if room >= 3 {
			p.Put(3, p.y, ink.Cut(ink.Printable(pair.Ask, maxText), p.W-4), plain)
			p.y++
		}
		p.pair(3, pair.Before, pair.Of, dim, "before")
		p.pair(3, pair.After, pair.Of, good, "after")
		if room >= 4 {
			p.y++
		}
	}
}

func (p *paper) pair(x, n, of int, s ink.Style, word string) {
	if of == 0 || p.y >= p.H-2 {
		return
	}
	x = p.Put(x, p.y, fmt.Sprintf("%-6s", word), dim) + 1
	cells := max(n*min(p.W-x-16, 60)/of, ink.One(n > 0))
	p.Repeat(x, p.y, cells, '█', s)
	p.Put(x+cells+ink.One(cells > 0), p.y, fmt.Sprintf("%d of %d", n, of), plain)
	p.y++
}
