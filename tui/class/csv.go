package class

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"photofinish/report/disk"
	"photofinish/report/tell"
)

// writeCSV writes all ballots, one vote a line, sorted by ballot, round and who: a
// word that is drawn for a member, lasts for the class and is kept nowhere else. So
// neither the lines nor their order tell a name.
func (h *Hub) writeCSV(w io.Writer, names bool) error {
	out := csv.NewWriter(w)
	head := []string{"ballot", "round", "lesson", "step", "about", "question", "choice", "confidence", "answer", "right", "time", "who"}
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
			lines = append(lines, b.lines(i+1, r, names)...)
		}
	}
	return lines
}

// lines returns what the export says of each vote of a round. No file has both a name
// and the word that stands for it in others.
func (b *ballot) lines(number int, r round, names bool) (lines [][]string) {
	q := &b.question
	for _, m := range slices.SortedFunc(maps.Keys(r), func(a, b *member) int { return cmp.Compare(a.who, b.who) }) {
		v := r[m]
		step, answer, right := "", "", ""
		if q.Place > 0 {
			step = strconv.Itoa(q.Place)
		}
		if b.answer != nil {
			answer, right = q.Said(b.answer.Picks, b.answer.Number, "; "), "no"
			if q.Right(v.Answer, b.answer) {
				right = "yes"
			}
		}
		choice, sure := q.Said(v.Picks, v.Number, "; "), strconv.Itoa(v.Confidence)
		if v.Unknown {
			choice, sure = "do not know", ""
		}
		line := []string{strconv.Itoa(b.number), strconv.Itoa(number), q.Lesson, step, q.About, q.Ask,
			choice, sure, answer, right, v.at.UTC().Format(time.RFC3339), m.who}
		if names {
			line[len(line)-1] = ""
			line = append(line, m.name)
		}
		lines = append(lines, line)
	}
	return lines
}

// saveCSV writes all ballots to a file, whole or not at all.
func (h *Hub) saveCSV(path string, names bool) error {
	f, err := disk.New(path)
	if err == nil {
		err = f.Write(func(w io.Writer) error { return h.writeCSV(w, names) })
	}
	if err != nil {
		return fmt.Errorf("the ballots are not written: %w", err)
	}
	return nil
}
