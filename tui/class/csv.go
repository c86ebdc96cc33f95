package class

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"photofinish/report/disk"
	"photofinish/report/tell"
)

// WriteCSV writes all ballots, one vote a line. Without names the votes of a
// round are sorted by what they say, so that their order does not tell whose
// they are either.
func (h *Hub) WriteCSV(w io.Writer, names bool) error {
	out := csv.NewWriter(w)
	head := []string{"ballot", "round", "lesson", "step", "about", "question", "choice", "confidence", "answer", "right"}
	if names {
		head = append(head, "name")
	}
	out.Write(head)
	for _, line := range h.lines(names) {
		for i := range line {
			line[i] = tell.Cell(line[i])
		}
		out.Write(line)
	}
	out.Flush()
	return out.Error()
}

func (h *Hub) lines(names bool) (lines [][]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, b := range h.ballots {
		for i, r := range b.rounds {
			part := b.lines(i+1, r, names)
			slices.SortFunc(part, slices.Compare)
			lines = append(lines, part...)
		}
	}
	return lines
}

// lines returns what the export says of each vote of a round, in no order.
func (b *ballot) lines(number int, r round, names bool) (lines [][]string) {
	q := &b.question
	for m, v := range r {
		step, answer, right := "", "", ""
		if q.Place > 0 {
			step = strconv.Itoa(q.Place)
		}
		if b.phase == Revealed {
			answer, right = q.Said(b.answer.Picks, b.answer.Number, "; "), "no"
			if q.Right(v, b.answer) {
				right = "yes"
			}
		}
		choice, sure := q.Said(v.Picks, v.Number, "; "), strconv.Itoa(v.Confidence)
		if v.Unknown {
			choice, sure = "do not know", ""
		}
		line := []string{strconv.Itoa(b.number), strconv.Itoa(number), q.Lesson, step, q.About, q.Ask,
			choice, sure, answer, right}
		if names {
			line = append(line, m.name)
		}
		lines = append(lines, line)
	}
	return lines
}

// SaveCSV writes all ballots to a file, whole or not at all.
func (h *Hub) SaveCSV(path string, names bool) error {
	f, err := disk.New(path)
	if err == nil {
		err = f.Write(func(w io.Writer) error { return h.WriteCSV(w, names) })
	}
	if err != nil {
		return fmt.Errorf("the ballots are not written: %w", err)
	}
	return nil
}
