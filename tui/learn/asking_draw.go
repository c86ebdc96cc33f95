package learn

import (
	"fmt"
	"slices"
	"strings"

	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

func (p *asking) draw(sc drawing) {
	switch {
	case sc.m.o.Present:
		p.present(sc)
		return
	case sc.m.class != nil && sc.m.class.Closed:
		p.posted(sc)
		return
	}
	x, below := sc.left(), sc.H-1
	rows := sc.lines(p.q.Ask) + len(p.step.Scenario.Script.Actions) + max(p.rows(), 3)
	gap := min(max((below-3-rows)/4, 0), 2)
	y := sc.text(x, 1+min(gap, 1), below, p.q.Ask, bold) + gap
	if !p.weighing || sc.H >= 20 { // what was asked is answered
		y = p.clicks(sc, x, y, below-max(p.rows(), 2)-gap) + gap
	}
	if p.weighing {
		y = sc.text(x, y, below-5, "You say: "+said(p.q, p.draft.Answer), accent)
		if y+6 < below {
			y++
		}
		sc.Put(x, y, "How sure are you?", bold)
		sc.confidences(x, y, p.draft.Confidence)
		return
	}
	text := "" // to a student, of what has become of the answer
	switch {
	case sc.m.o.Follows && sc.m.class != nil:
		text = clean(sc.m.class.Says)
	case sc.m.o.Follows && p.given:
		text = "You have answered, and may change it until the teacher goes on."
	}
	if text != "" {
		sc.Put(x, sc.H-2, ink.Cut(text, sc.W-x-1), dim)
		below--
	}
	if p.fixed {
		sc.Put(x, y, "You have seen what is true of this one: your answer stands.", dim)
		y++
	}
	if p.q.Form == lesson.Number {
		sc.slider(x, y+1, p.q, &p.draft)
		p.unknown(sc, x, y+4, below)
		return
	}
	p.choices(sc, x, y, below)
}

// rows is how many the choices take, with what else can be said.
func (p *asking) rows() int {
	switch p.q.Form {
	case lesson.Some:
		return len(p.q.Choices) + 2
	case lesson.Number:
		return 4
	}
	return len(p.q.Choices) + 1
}

// unknown is a choice everywhere, if there is a row for it.
func (p *asking) unknown(sc drawing, x, y, below int) {
	if y < below {
		s := plain
		if p.draft.Unknown {
			s = accent
		}
		sc.Put(x, y, "i", bold)
		sc.Put(x+2, y, "I do not know", s)
	}
}

func (p *asking) clickRows(sc drawing) int {
	n := len(p.step.Scenario.Script.Actions)
	if len(p.step.Worlds) > 0 || p.q.Form != lesson.Some {
		n++
	}
	if text := lesson.Freely(p.step); text != "" {
		n += sc.lines(text)
	}
	return n
}

func (p *asking) clicks(sc drawing, x, y, below int) int {
	all := lesson.Clicks(p.step)
	widest := func() (wide int) {
		for i := range all {
			wide = max(wide, ink.Width(clean(all[i].Says())))
		}
		return wide
	}
	ms, wide := "%s ms up, %s ms back", min(widest(), sc.room()-12)
	if pinned := slices.ContainsFunc(all, func(c lesson.Click) bool { return c.Up != "" }); pinned && wide > sc.room()-36 {
		for i := range all { // the values are what is asked about
			all[i].Where = strings.Replace(all[i].Where, "client ", "c", 1)
		}
		ms, wide = "%s↑ %s↓ ms", min(widest(), sc.room()-27)
	}
	for i := range all {
		if y >= below-1 && i < len(all)-1 {
			sc.Put(x, y, "… and "+itoa(len(all)-i)+" more", faint)
			return y + 1
		}
		c := &all[i]
		at := sc.Chip(x, y, c.Label, ink.Hue(c.Number), false)
		at = sc.Put(at+1, y, fmt.Sprintf("%8s", clean(c.At)), dim)
		sc.Put(at+2, y, ink.Cut(clean(c.Says()), max(wide, 12)), plain)
		if c.Up != "" {
			sc.Put(at+4+max(wide, 12), y, fmt.Sprintf(ms, c.Up, c.Down), faint)
		}
		y++
	}
	if len(p.step.Worlds) > 0 || p.q.Form != lesson.Some {
		if y < below {
			page := &p.q.Pages[0]
			y = sc.text(x, y, min(y+2, max(below, y+1)), "the page "+page.Name+": "+page.Told, dim)
		}
	}
	if text := lesson.Freely(p.step); text != "" && y < below {
		y = sc.text(x, y, below, text, faint)
	}
	return y
}

func (p *asking) choices(sc drawing, x, y, below int) {
	n, extra := len(p.q.Choices), p.rows()-len(p.q.Choices)
	wide, told := 0, false
	for i, c := range p.q.Choices {
		wide = max(wide, ink.Width(c))
		told = told || p.told(i) != ""
	}
	at := x + 6
	if p.q.Form == lesson.One {
		at = x + 4
	}
	if told && y+1+n+extra < below && sc.H >= 20 {
		says := "what is told of these pages:"
		if run := sc.m.run; run != nil && run.Book().Lesson.Unnamed() {
			says = "what each of these pages does:" // a check tells nothing beforehand
		}
		sc.Put(x, y, says, faint)
		y++
	}
	lines, room := 0, max(sc.W-at-wide-3, 12) // of what is told, each in as many as it takes
	for i := range p.q.Choices {
		lines += max(len(ink.Wrap(p.told(i), room)), 1)
	}
	left := below - y - extra
	if left < n && extra > 0 && left+1 >= n { // the foot says it too
		left, extra = left+1, extra-1
	}
	first, rows := frame.Window(n, left, max(min(p.at, n-1), 0))
	spare, top := max(left-rows, 0), y
	for i := first; i < first+rows; i++ {
		s := sc.row(x, y, i == p.at && !p.fixed)
		if i < 9 {
			sc.Put(x, y, itoa(i+1), bold)
		}
		sc.Put(x+2, y, p.mark(slices.Contains(p.draft.Picks, i)), s)
		sc.Put(at, y, ink.Cut(p.q.Choices[i], sc.W-at-1), s)
		if text := p.told(i); text != "" && at+wide+12 < sc.W {
			if k := len(ink.Wrap(text, room)) - 1; lines <= left || k <= spare && i == p.at {
				y = max(sc.wrapped(at+wide+2, y, below, room, text, dim)-1, y)
				spare -= k
			} else {
				sc.Put(at+wide+2, y, ink.Cut(text, room), dim)
			}
		}
		y++
	}
	sc.More(x-3, top, y-1, first, rows, n)
	if p.q.Form == lesson.Some && y < below {
		s := sc.row(x, y, p.at == n && !p.fixed)
		sc.Put(x, y, "0", bold)
		sc.Put(x+2, y, p.mark(p.draft.None), s)
		sc.Put(at, y, "none of them", s)
		y++
	}
	if extra > 0 {
		p.unknown(sc, x, y, below)
	}
}

// told is what is known of a choice before the answer: of a page, what the lesson
// has told of it.
func (p *asking) told(i int) string {
	if p.q.Form != lesson.Some || len(p.step.Worlds) > 0 {
		return ""
	}
	return p.q.Pages[i].Told
}

func (p *asking) mark(picked bool) string {
	marks := [2]string{"○", "●"}
	if p.q.Form == lesson.Some {
		marks = [2]string{"[ ]", "[x]"}
	}
	return marks[ink.One(picked)]
}

func (sc drawing) confidences(x, y, sure int) {
	for i := 1; i <= 4; i++ {
		s := sc.row(x, y+i, i == sure)
		sc.Put(x, y+i, itoa(i), bold)
		sc.Put(x+3, y+i, lesson.Confidences[i], s)
	}
}

func said(q *lesson.Question, a lesson.Answer) string {
	return q.Says(a, ", ")
}

func (sc drawing) slider(x, y int, q *lesson.Question, d *lesson.Draft) {
	says := func(n float64) string { return q.Said(nil, n, "") }
	sc.Slider(x, y, sc.room(), q.Share(d), says(d.Number), says(q.Low), says(q.High), accent)
}
