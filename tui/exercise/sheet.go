package exercise

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/exercises"
	"photofinish/report/diagram"
	"photofinish/report/grade"
	"photofinish/scenarios/lessons"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/race"
)

// column is the widest that text to read gets, in cells.
const column = 76

// sheet draws what there is to say of an exercise. It is made of blocks, one below the
// other.
type sheet struct {
	frame.Frame
	News
	hints  int // that are shown
	height int // of the picture of a race: rows between its rails
	blocks []block
	gap    int  // rows between blocks
	less   bool // something has been left out
}

// block is something to draw that takes so many rows. What has no room is left out,
// the highest rank first.
type block struct {
	rows  int
	draw  func(y int)
	rank  int
	tight bool // the next one stands right below it
	grows bool // it is a race, which takes what is to spare between its rails
}

const highest = 8

// fit lays out all that has room in so many rows: first the gaps go, then what is least
// needed; what is to spare makes the race higher.
func (s *sheet) fit(rows int) {
	s.gap = 1
	s.lay()
	if free := rows - s.rows(); free > 1 {
		s.blocks, s.height = nil, min(free, highest)
		s.lay()
	}
	s.drop(spare, rows)
	if s.rows() > rows {
		s.gap = 0
	}
	for rank := spare - 1; rank > 0; rank-- {
		s.drop(rank, rows)
	}
	s.grow(rows - s.rows())
}

// grow gives rows that are left to the race.
func (s *sheet) grow(rows int) {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.grows && rows > 0 {
			more := min(rows, highest-s.height)
			b.rows += more
			s.height += more
		}
	}
}

// spare is the rank of what goes before gaps do.
const spare = 4

// drop leaves out what has a rank, from the end, until the rest fits.
func (s *sheet) drop(rank, rows int) {
	for i := len(s.blocks) - 1; i >= 0 && s.rows() > rows; i-- {
		if s.blocks[i].rank == rank {
			if i > 0 && !s.blocks[i].tight {
				s.blocks[i-1].tight = false
			}
			s.blocks, s.less = slices.Delete(s.blocks, i, i+1), true
		}
	}
}

func (s *sheet) rows() (n int) {
	for i, b := range s.blocks {
		n += b.rows
		if i > 0 && !s.blocks[i-1].tight {
			n += s.gap
		}
	}
	return n
}

// paint draws the blocks from row y on, above row below.
func (s *sheet) paint(y, below int) {
	if s.less || y+s.rows() > below {
		text := "… a larger window has more"
		if s.W < 80 {
			text = "…"
		}
		s.Right(s.W-1, y, text, frame.Faint)
	}
	for i, b := range s.blocks {
		if i > 0 && !s.blocks[i-1].tight {
			y += s.gap
		}
		if y+b.rows > below {
			return
		}
		b.draw(y)
		y += b.rows
	}
}

func (s *sheet) lay() {
	g := s.Grade
	s.title()
	s.text(3, frame.Plain, g.Exercise.Story)
	s.trials()
	switch o := g.Told(); {
	case s.Running && len(g.Outcomes) == 0:
		s.text(1, frame.Dim, "running …")
	case s.Err != nil:
		s.text(0, wrong, s.Err.Error())
	case g.Hole > 0:
		s.text(0, frame.Bold, g.Empty())
		if s.Path != "" {
			s.text(1, frame.Dim, "Fill it in your editor, and save: "+s.Path)
			s.join(2)
		}
	case g.Solved():
		s.solved()
	case o == nil && len(g.Outcomes) > 0:
		s.against()
	case o != nil:
		s.told(o)
	}
	s.printed()
	s.hinted()
}

var wrong = ink.Style{FG: ink.Wrong, Bold: true}

func (s *sheet) room() int { return min(s.W-2, column) }

func (s *sheet) add(rank, rows int, draw func(y int)) {
	s.blocks = append(s.blocks, block{rows: rows, draw: draw, rank: rank})
}

func (s *sheet) text(rank int, of ink.Style, texts ...string) {
	var lines []string
	for _, text := range texts {
		lines = append(lines, ink.Wrap(clean(text), s.room())...)
	}
	s.add(rank, len(lines), func(y int) {
		for i, line := range lines {
			s.Put(1, y+i, line, of)
		}
	})
}

func (s *sheet) title() {
	e := s.Grade.Exercise
	names := exercises.Names()
	s.add(0, 1, func(y int) {
		x := s.Put(1, y, ink.Cut(e.Title, s.W-12), frame.Accent)
		s.Put(x+3, y, fmt.Sprintf("%d of %d", slices.Index(names, e.Name)+1, len(names)), frame.Dim)
	})
}

// trials says of each scenario what is known of it; where there is less room, of the
// one that is told of.
func (s *sheet) trials() {
	g, told := s.Grade, s.Grade.Told()
	width := 0
	for _, t := range g.Exercise.Trials {
		width = max(width, ink.Width(t.Scenario.Name))
	}
	for i, t := range g.Exercise.Trials {
		rank := 2
		if i >= len(g.Outcomes) {
			s.add(rank, 1, func(y int) {
				s.Put(1, y, "· "+t.Scenario.Name, frame.Dim)
			})
			continue
		}
		o := &g.Outcomes[i]
		mark, of := "✗", wrong
		says := o.Says()
		switch {
		case o.Proved():
			mark, of = "✓", frame.Good
		case o.Orders.Failed != nil: // which is said below
			says = "unknown"
		}
		if o == told {
			rank = 0
			more := ": the shortest"
			if short := o.Orders.Shortest; short != nil && len(short.Schedule) < len(o.Schedule) {
				more += " with all clicks"
			}
			if o.Shown != nil && o.Orders.Classes > 1 && width+ink.Width(says+more)+5 <= s.W {
				says += more
			}
		}
		s.add(rank, 1, func(y int) {
			x := s.Put(1, y, mark, of)
			s.Put(x+1, y, t.Scenario.Name, frame.Bold)
			x += width + 3
			s.Put(x, y, ink.Cut(clean(says), s.W-x-1), frame.Plain)
		})
	}
	s.join(len(g.Exercise.Trials))
}

// join lets the last n blocks stand without gaps between them.
func (s *sheet) join(n int) {
	for i := len(s.blocks) - n; i < len(s.blocks)-1; i++ {
		s.blocks[i].tight = true
	}
}

func (s *sheet) solved() {
	e := s.Grade.Exercise
	text := "Solved: every order ends ok."
	if slices.ContainsFunc(e.Trials, func(t exercises.Trial) bool { return t.Ends != judge.OK }) {
		text = "Solved: every order ends as it is to."
	}
	s.text(0, frame.Good, "✓ "+text)
	next := "It was the last one: photofinish list exercises has them all."
	if e.Next != "" {
		next = "The next one is " + e.Next + "."
	}
	s.text(1, frame.Plain, next)
}

func (s *sheet) against() {
	g := s.Grade
	s.text(0, wrong, g.Against())
	if g.Cries == "" {
		s.text(1, frame.Plain, "Every order ends as it is to, and it is not solved all the same: mend that line, or catch the error.")
		s.join(2)
	}
}

// printed shows what the file has printed, as its own words.
func (s *sheet) printed() {
	lines, _ := s.Grade.Heard()
	if len(lines) == 0 || s.Running {
		return
	}
	where := "your code prints"
	if o := s.Grade.Told(); o != nil && o.Shown != nil {
		where += " in this order"
	}
	s.text(2, frame.Dim, where)
	n := len(lines)
	if n > mostPrinted {
		lines = lines[:mostPrinted-1]
	}
	for _, line := range lines {
		s.add(2, 1, func(y int) {
			s.Put(1, y, "│", frame.Faint)
			s.Put(3, y, ink.Cut(clean(line), s.W-4), frame.Plain)
		})
	}
	if n > len(lines) {
		s.text(2, frame.Dim, "and more")
	}
	s.join(min(n, mostPrinted) + 1)
}

const mostPrinted = 4

func (s *sheet) told(o *grade.Outcome) {
	if o.Shown != nil {
		s.race(o)
		s.lines(o)
	}
	lost := o.Lost()
	if n := len(lost); n > 3 {
		lost = append(lost[:2], fmt.Sprintf("and %d more", n-2))
	}
	n := len(s.blocks)
	if against := s.Grade.Against(); against != "" {
		s.text(0, wrong, against)
	}
	if lost != nil {
		s.text(0, wrong, lost...)
	}
	if m := s.Grade.Met; m != nil && o.Scenario.Name == m.In {
		text, see := strconv.Quote(m.Meets), ""
		if idea, err := lessons.FindMisconception(m.Meets); err == nil {
			text += ": " + idea.Meets
			see = "See it: photofinish explore " + idea.Shows.Scenario + " --strategy " + idea.Shows.Strategy
		}
		s.text(0, frame.Bold, text)
		if see != "" && ink.Width(see) <= s.room() { // a command is one line
			s.text(spare, frame.Dim, see)
		}
	}
	s.join(len(s.blocks) - n)
}

const most = 3

// lines adds what the learner has written, if it is a few lines, with the one pointed at
// that it went wrong by; else that one.
func (s *sheet) lines(o *grade.Outcome) {
	written := s.Grade.Written()
	if len(written) > most {
		written = []int{o.Line}
	}
	all := strings.Split(s.Grade.Text, "\n")
	for _, n := range written {
		if n < 1 || n > len(all) {
			return
		}
		code := clean(all[n-1])
		if n != o.Line {
			s.add(1, 1, func(y int) {
				s.Right(5, y, strconv.Itoa(n), frame.Faint)
				s.Put(10, y, ink.Cut(code, s.W-11), frame.Dim)
			})
			continue
		}
		left, rows := o.Left(), 1
		beside := ink.Width(code)+ink.Width(left)+15 <= s.W
		if left != "" && !beside {
			rows = 2
		}
		s.add(0, rows, func(y int) {
			s.Right(5, y, strconv.Itoa(n), frame.Faint)
			s.Put(6, y, "▸", frame.Accent)
			x := s.Put(10, y, ink.Cut(code, s.W-11), frame.Plain)
			if beside {
				s.Put(x+4, y, left, frame.Dim)
			} else {
				s.Put(10, y+1, ink.Cut(left, s.W-11), frame.Dim)
			}
		})
	}
	s.join(len(written))
}

// race draws the order as a lane.
func (s *sheet) race(o *grade.Outcome) {
	l := laneOf(o)
	left, right := 8, 18
	ax := race.Axis{Origin: left, Cells: s.W - left - right, End: diagram.EndOfAxis(l.Settled), Per: 2}
	s.Look = race.Look{Now: l.Settled, Words: true}
	top := 2
	rows := 5 + s.height
	s.add(0, rows, func(y int) {
		s.pressed(l, left, y)
		strip := race.Strip{Canvas: s.Canvas, Lane: l, Axis: ax, Look: s.Look, Wait: y + 1, Top: y + top, Bottom: y + top + 1 + s.height}
		strip.Draw()
		s.Right(left-1, strip.Top, "screen", frame.Faint)
		s.Right(left-1, strip.Bottom, "server", frame.Faint)
		s.Value(l, l.Screen(), ax.Last()+2, strip.Top, right-3)
		s.Value(l, l.Server(), ax.Last()+2, strip.Bottom, right-3)
		s.Agreement(l, ax.Last(), strip.Bottom)
		s.decided(o, l, ax, strip.Bottom+1)
	})
	s.blocks[len(s.blocks)-1].grows = true
}

func (s *sheet) pressed(l *diagram.Lane, x, y int) {
	for i := range l.Script.Actions {
		a := &l.Script.Actions[i]
		if a.Skip {
			continue
		}
		does := strings.ReplaceAll(a.Do.String(), "-", " ")
		for f := range a.Sets.All {
			if does = clean(frame.Wants(l.Script, a, f)); f == l.Field {
				break
			}
		}
		if x+ink.Width(a.Label()+does)+1 >= s.W {
			return
		}
		_, x = s.Hand(a, x, y, false)
		x = s.Put(x+1, y, does, frame.Dim) + 2
	}
}

func (s *sheet) decided(o *grade.Outcome, l *diagram.Lane, ax race.Axis, y int) {
	says := o.Decided()
	switch {
	case o.Decision.Always:
		s.Put(ax.Origin, y, "no order ends otherwise", frame.Dim)
		return
	case says == "":
		return
	}
	text := "△ decided here: " + says
	x := max(ax.Cell(l.Events[o.Decision.Event].At), ax.Origin)
	s.Put(x, y, "△", frame.Accent)
	if x+ink.Width(text) < s.W {
		s.Put(x, y, text, frame.Accent)
	} else {
		s.Right(x+1, y, "decided here: "+says+" △", frame.Accent)
	}
}

// laneOf prepares what is shown of an outcome, with the field in view that went wrong, if
// it is one, or else one that is written.
func laneOf(o *grade.Outcome) *diagram.Lane {
	t, field := o.Shown, 0
	var about []int
	for i := range t.Script.Actions {
		about = append(about, t.Script.Actions[i].Number)
	}
	if a := o.Anomaly(); a != nil {
		about = append(about, a.Actions...)
	}
	for _, n := range about { // the last one counts
		if n > 0 {
			for f := range t.Script.Action(n).Sets.All {
				field = f
			}
		}
	}
	l := diagram.New(strategies.Entry{Name: t.Strategy}, t.Script, t.Events, t.Judgement, t.Ledger.Settled, field)
	if apart := l.Differ(l.Ends()); !apart.Has(field) {
		for f := range apart.All {
			l = l.In(f)
			break
		}
	}
	l.Turning = l.Turned(o.Decision)
	return l
}

func (s *sheet) hinted() {
	all := s.Grade.Exercise.Hints
	if s.Grade.Solved() {
		return
	}
	for i, hint := range all[:min(s.hints, len(all))] {
		rank := 1
		if i == s.hints-1 {
			rank = 0
		}
		s.text(rank, frame.Plain, fmt.Sprintf("Hint %d of %d: %s", i+1, len(all), hint))
	}
	s.join(min(s.hints, len(all)))
}

func clean(text string) string { return ink.Line(text) }
