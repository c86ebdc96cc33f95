// Package slip draws what somebody in a class sees whose window is too small for more,
// a telephone say: what is asked, with all that can be picked, and what came of it.
package slip

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// The least window in which a class votes.
const minWidth, minHeight = 30, 8

// Fits reports whether a window too small for a lesson is large enough to vote in.
func Fits(width, height int) bool { return width >= minWidth && height >= minHeight }

// Slip is a question to vote on in a window that is too small for more.
type Slip struct {
	Title, Right string // in the first line
	Question     *lesson.Question
	Draft        *lesson.Draft
	Weighing     bool          // how sure?
	Given        bool          // it is their vote
	Closed       bool          // no votes are taken now
	Votes        []frame.Tally // by round; nil: nobody may see them
	Foot         string        // what can be pressed besides; may be empty
}

// Draw draws a slip. The question is cut where it must be, never what can be picked.
func (s *Slip) Draw(f frame.Frame) {
	Header(f, s.Title, s.Right)
	q := s.Question
	cells := s.cells()
	room := f.H - 4 // between the first line, a line of the question, and the last two
	cols := 2
	if len(cells) <= room-len(ink.Wrap(clean(q.Ask), f.W-2))+1 {
		cols = 1
	}
	cols = max(cols, (len(cells)+room-1)/room)
	rows := (len(cells) + cols - 1) / cols
	f.Text(1, 1, f.H-2-rows, f.W-2, clean(q.Ask), frame.Bold)
	wide := (f.W - 1) / cols
	for i, c := range cells {
		x, y := 1+i/rows*wide, f.H-2-rows+i%rows
		f.Put(x, y, ink.Cut(c.text, wide-1), c.style)
	}
	f.Put(1, f.H-2, ink.Cut(s.says(), f.W-2), frame.Accent)
	f.Put(1, f.H-1, ink.Cut(s.keys(), f.W-2), frame.Dim)
}

// Header writes the first line of a small window.
func Header(f frame.Frame, title, right string) {
	at := f.W - 1 - ink.Width(right)
	f.Put(1, 0, ink.Cut(title, max(at-2, 4)), frame.Bold)
	f.Put(max(at, 6), 0, right, frame.Dim)
}

// Brief is what there is to say where nothing is asked, in a window that is too small
// for more.
type Brief struct {
	Title, Right string // in the first line
	Strong, Text string // what has come out, and what else there is to say; may be empty
	Foot         string
}

// Draw draws it. What there is no room for ends in an ellipsis.
func (b *Brief) Draw(f frame.Frame) {
	Header(f, b.Title, b.Right)
	y := f.Text(1, 1, f.H-1, f.W-2, clean(b.Strong), frame.Bold)
	f.Text(1, y, f.H-1, f.W-2, clean(b.Text), frame.Plain)
	f.Put(1, f.H-1, ink.Cut(b.Foot, f.W-2), frame.Dim)
}

func clean(text string) string { return ink.Line(text) }

type cell struct {
	text  string
	style ink.Style
}

func (s *Slip) cells() (all []cell) {
	q, d := s.Question, s.Draft
	add := func(k, text string, picked bool) {
		c := cell{k + " " + text, frame.Plain}
		if picked {
			c = cell{k + "▸" + text, frame.Accent}
		}
		all = append(all, c)
	}
	for i, c := range q.Choices {
		if s.Votes != nil {
			c = strconv.Itoa(s.Votes[len(s.Votes)-1].Bars[i].Votes) + ": " + c
		}
		add(strconv.Itoa(i+1), c, slices.Contains(d.Picks, i))
	}
	if q.Form == lesson.Some {
		add("0", "none of them", d.None)
	}
	if q.Form == lesson.Number {
		all = append(all, cell{q.Said(nil, q.Low, "") + " to " + q.Said(nil, q.High, ""), frame.Dim})
		if d.Moved {
			all[0] = cell{"← " + q.Said(nil, d.Number, "") + " →", frame.Accent}
		}
	}
	add("i", "do not know", d.Unknown)
	return all
}

func (s *Slip) says() string {
	switch {
	case s.Closed && s.Given:
		return "closed · " + s.Question.Says(s.Draft.Answer, "; ")
	case s.Closed:
		return "The vote is closed."
	case s.Weighing:
		return "1–4: how sure are you?"
	case s.Given:
		return "voted · " + s.Question.Says(s.Draft.Answer, "; ")
	case s.Draft.None || s.Draft.Moved || len(s.Draft.Picks) > 0:
		return s.Question.Says(s.Draft.Answer, "; ") + " · enter"
	}
	return ""
}

func (s *Slip) keys() string {
	first := "enter answers"
	switch {
	case s.Closed:
		first = ""
	case s.Weighing:
		first = "esc changes"
	case s.Question.Form == lesson.Number:
		first = "← → enter"
	}
	return strings.TrimSpace(s.Foot + "  " + first)
}
