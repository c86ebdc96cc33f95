package learn

import (
	"slices"
	"strings"

	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// The least window in which a class votes.
const slipWidth, slipHeight = 30, 8

// SlipFits reports whether a window too small for a lesson is large enough to vote in.
func SlipFits(width, height int) bool { return width >= slipWidth && height >= slipHeight }

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
	s.header(f)
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

func (s *Slip) header(f frame.Frame) {
	at := f.W - 1 - ink.Width(s.Right)
	f.Put(1, 0, ink.Cut(s.Title, max(at-2, 4)), frame.Bold)
	f.Put(max(at, 6), 0, s.Right, frame.Dim)
}

type slipCell struct {
	text  string
	style ink.Style
}

// cells are what can be picked, each behind its key.
func (s *Slip) cells() (all []slipCell) {
	q, d := s.Question, s.Draft
	add := func(k, text string, picked bool) {
		c := slipCell{k + " " + text, frame.Plain}
		if picked {
			c = slipCell{k + "▸" + text, frame.Accent}
		}
		all = append(all, c)
	}
	for i, c := range q.Choices {
		if s.Votes != nil {
			c = itoa(s.Votes[len(s.Votes)-1].Bars[i].Votes) + ": " + c
		}
		add(itoa(i+1), c, slices.Contains(d.Picks, i))
	}
	if q.Form == lesson.Some {
		add("0", "none of them", d.None)
	}
	if q.Form == lesson.Number {
		all = append(all, slipCell{q.Said(nil, q.Low, "") + " to " + q.Said(nil, q.High, ""), frame.Dim})
		if d.Moved {
			all[0] = slipCell{"← " + q.Said(nil, d.Number, "") + " →", frame.Accent}
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

// slip returns the page in view if it is one to vote on in a small window.
func (m *Model) slip() *asking {
	p, is := m.page.(*asking)
	if !is || !m.o.Follows || !m.small() || !SlipFits(m.term.Width, m.term.Height) || m.over != nil {
		return nil
	}
	return p
}

// slip draws the question, or what the user does.
func (p *asking) slip(sc drawing) {
	m := sc.m
	s := Slip{
		Title: clean(m.run.Book().Lesson.Title), Right: itoa(m.run.At()+1) + " of " + itoa(m.run.Len()),
		Question: p.q, Draft: &p.draft, Weighing: p.weighing, Given: p.given, Foot: "c clicks",
	}
	if c := m.class; c != nil {
		s.Closed, s.Votes = c.Closed, c.Bars
	}
	if !p.turned {
		s.Draw(sc.Frame)
		if m.message != "" {
			sc.Repeat(0, sc.H-1, sc.W, ' ', plain)
			sc.Put(1, sc.H-1, ink.Cut(ink.Printable(m.message, 300), sc.W-2), bold)
		}
		return
	}
	s.header(sc.Frame)
	y := 1
	put := func(text string, of ink.Style) {
		if y < sc.H-1 {
			sc.Put(1, y, ink.Cut(clean(text), sc.W-2), of)
			y++
		}
	}
	script := p.step.Scenario.Script
	for _, c := range explain.Steps(script) {
		a, legs := script.Action(c.Number), " "
		if !p.free() && a.Up >= 0 && a.Down >= 0 {
			legs = " " + tell.Rounded(a.Up) + "↑ " + tell.Rounded(a.Down) + "↓ "
		}
		put(c.Label+" "+c.At+legs+script.Where(a)+" "+c.Says, plain)
	}
	if p.free() {
		put(p.freely(), dim)
	}
	for i := range p.q.Pages {
		if page := &p.q.Pages[i]; len(p.step.Worlds) == 0 || i == 0 {
			put(page.Name+": "+page.Told, dim)
		}
	}
	foot := "c question"
	if !p.free() {
		foot += "   ↑ up ↓ back, ms"
	}
	sc.Put(1, sc.H-1, foot, faint)
}
