package class

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/class/host"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

const notesRows = 3

func (m *console) View() tea.View {
	return m.view(func() {
		m.top()
		switch {
		case m.checks:
			m.drawChecks(m.Course.Checks(m.hub))
		case m.seen.Began.IsZero() && m.Course != nil:
			m.drawWaiting()
		default:
			m.drawStep()
		}
		if m.message != "" {
			m.say(m.message)
		}
		m.foot()
	})
}

func (m *console) step() *lessons.Step { return m.seen.Step.In() }

func (m *console) top() {
	title, right := m.Title, strconv.Itoa(len(m.seen.Members))+" here"
	if m.Course != nil && !m.seen.Began.IsZero() {
		title = "between two lessons"
	}
	if s := m.step(); s != nil {
		at := m.seen.Step
		title = fmt.Sprintf("%s  %d of %d %s", at.Lesson.Name, at.Step+1, len(at.Lesson.Steps), s.Kind)
		if m.W < 70 {
			title = fmt.Sprintf("%d of %d %s", at.Step+1, len(at.Lesson.Steps), s.Kind)
		}
		planned := ""
		if s.Minutes > 0 {
			planned = fmt.Sprintf(" of %d:00", s.Minutes)
		}
		right = clockOf(m.now().Sub(m.seen.Since)) + planned + "   class " + clockOf(m.now().Sub(m.seen.Began))
	}
	m.header("teacher  "+tell.Clean(title), right)
	m.y = 1
}

func clockOf(d time.Duration) string {
	s := int(max(d, 0).Seconds())
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func (m *console) drawWaiting() {
	m.y++
	m.text(strconv.Itoa(len(m.seen.Members))+" here. enter begins the lesson, on the wall and everywhere.", 2, strong)
	m.gap(3)
	m.text("Students join with", 1, dim)
	for _, join := range m.Join[:min(len(m.Join), 3)] {
		m.text(join, 1, accent)
	}
	m.gap(2)
	m.text("Another console: photofinish class --console on this machine, or", 2, dim)
	m.text(m.As(host.Teacher)+"   with the key "+m.Word()+", once", 1, accent)
}

func (m *console) drawStep() {
	v := &m.seen
	m.line(dim, m.phase())
	m.gap(14)
	if v.Phase != Idle && m.truth != nil {
		m.fact("truth", m.truthIs(), strong)
	}
	if s := m.step(); s != nil {
		m.notes(s.Notes)
		if tried(s) {
			if m.truth != nil {
				m.fact("truth", m.truth.Says, strong)
			}
			m.drawDoing(s)
		}
	}
	if v.Phase == Idle {
		m.next()
		return
	}
	m.gap(12)
	m.rounds()
	m.gap(6)
	m.doubts()
	if n := len(v.Missing); n > 0 {
		text := strconv.Itoa(n) + " of " + strconv.Itoa(len(v.Members)) + " who are here"
		if m.Names {
			text = strings.Join(v.Missing, ", ")
		}
		m.fact("not voted", text, plain)
	}
	m.next()
}

func (p *paper) line(s ink.Style, text string) {
	if p.y < p.H-2 {
		p.Put(1, p.y, ink.Cut(ink.Printable(text, 400), p.W-2), s)
		p.y++
	}
}

// fact writes a word, and behind it what there is to say of it, in two lines at most.
func (m *console) fact(word, text string, s ink.Style) {
	if m.y < m.H-2 {
		m.Put(1, m.y, word, dim)
		m.y = m.Text(1+factAt, m.y, min(m.y+2, m.H-2), m.W-factAt-2, ink.Printable(tell.Clean(text), 600), s)
	}
}

const factAt = 16 // the column of facts

func (m *console) phase() string {
	v := &m.seen
	if v.Phase == Idle {
		return strconv.Itoa(len(v.Members)) + " here" + m.locks()
	}
	text := fmt.Sprintf("round %d: ", len(v.Tallies))
	votes := v.Tallies[len(v.Tallies)-1].Votes
	count := fmt.Sprintf("%d of %d have voted", votes, votes+len(v.Missing))
	switch v.Phase {
	case Voting:
		text += count
	case Closed:
		text += "closed, " + count + ", nobody sees how"
	case Shown:
		text += "shown, " + count + " · talking " + clockOf(m.now().Sub(v.Closed))
	default:
		text += fmt.Sprintf("revealed, %d of %d right", v.Right, votes)
	}
	return text + " · " + strconv.Itoa(len(v.Members)) + " here" + m.locks()
}

func (m *console) locks() string {
	if m.seen.Locked {
		return " · playgrounds locked"
	}
	return ""
}

// truthIs says what is true, and, of the lane that shows it, which event decided it.
func (m *console) truthIs() string {
	q, t := &m.seen.Question, m.truth
	text := q.Said(t.Picks, t.Number, ", ")
	if len(t.Lanes) == 0 {
		return text
	}
	f := &t.Lanes[0]
	if q.Form == lesson.Some && len(t.Picks) > 0 {
		f = &t.Lanes[t.Picks[0]]
	}
	if f.Says == "" {
		return text
	}
	text += " · "
	if len(t.Lanes) > 1 {
		text += f.Name + ": "
	}
	text += f.Says
	if f.Event >= 0 && f.Orders == nil {
		text += ", decided at " + tell.Rounded(f.At) + " ms"
	}
	return text
}

func (m *console) notes(text string) {
	lines := ink.Wrap(ink.Printable(tell.Clean(strings.Join(strings.Fields(text), " ")), 600), m.W-factAt-2)
	if text == "" || m.y >= m.H-2 {
		return
	}
	if m.note >= len(lines) {
		m.note = 0
	}
	word := "notes"
	if len(lines) > notesRows {
		word = "notes (n)"
	}
	m.Put(1, m.y, word, dim)
	for _, line := range lines[m.note:min(m.note+notesRows, len(lines))] {
		if m.y < m.H-2 {
			m.Put(1+factAt, m.y, line, plain)
			m.y++
		}
	}
}

func (m *console) drawDoing(s *lessons.Step) {
	v := &m.seen
	done := "broken"
	if s.Kind == lessons.Mend {
		done = "mended"
	}
	trying := len(v.Members) - v.Doing[1] - v.Doing[2] - v.Doing[3]
	text := fmt.Sprintf("%s %d · trying %d", done, v.Doing[Done], max(trying, 0))
	if s.Kind == lessons.Break {
		text += fmt.Sprintf(" · say nobody can %d", v.Doing[2])
	}
	m.gap(4)
	m.fact("so far", text+fmt.Sprintf(" · given up %d", v.Doing[3]), strong)
	var times []string
	for _, d := range v.Done[:min(len(v.Done), 12)] {
		times = append(times, clockOf(d))
	}
	if times != nil {
		m.fact(done+" after", strings.Join(times, " "), plain)
	}
}

// rounds draws how the class voted, the last two rounds with who went where.
func (m *console) rounds() {
	v := &m.seen
	wide := 0
	for _, l := range v.Labels {
		wide = max(wide, ink.Width(l))
	}
	if short := min(24, m.W/3); m.toldApart(short) {
		wide = min(wide, short)
	}
	wide = min(wide, m.W-8-12*len(v.Rounds))
	at, last := 4+wide, len(v.Rounds)-1
	first := len(v.Tallies) - len(v.Rounds) + 1
	for i := range v.Rounds {
		m.Put(at+i*12, m.y, "round "+strconv.Itoa(first+i), dim)
	}
	moves := at + len(v.Rounds)*12 + 1
	if m.room(moves) {
		x := m.Put(moves, m.y, strconv.Itoa(first)+" ╲ "+strconv.Itoa(first+1), dim) + 1
		for j := range len(v.Labels) + 1 {
			m.Right(x+(j+1)*6, m.y, m.column(j), dim)
		}
	}
	m.y++
	right := -1
	if m.truth != nil {
		right = slices.Index(v.Labels, m.seen.Question.label(lesson.Answer{Picks: m.truth.Picks, Number: m.truth.Number}))
	}
	for i, l := range v.Labels {
		if m.y >= m.H-3 {
			break
		}
		s := plain
		if i == right && v.Phase == Revealed {
			s = good
			m.Put(1, m.y, "✓", good)
		}
		m.Put(3, m.y, ink.Cut(ink.Printable(l, maxText), wide), s)
		for r, n := range v.Rounds {
			m.Put(at+r*12, m.y, shareOf(n[i], v.Tallies[len(v.Tallies)-len(v.Rounds)+r].Votes), s)
		}
		if m.room(moves) {
			x := moves + len("1 ╲ 2") + 1
			for j, n := range v.Moves[i] {
				text, of := strconv.Itoa(n), dim
				if n > 0 && i != j {
					of = strong
				}
				m.Right(x+(j+1)*6, m.y, text, of)
			}
		} else if n := v.Rounds[last][i]; n > 0 && m.W-moves > 8 {
			most := slices.Max(v.Rounds[last])
			m.Repeat(moves, m.y, max(n*min(m.W-moves-2, 40)/most, 1), '█', s)
		}
		m.y++
	}
	if len(v.Labels) == 0 {
		m.line(dim, "  nobody has voted")
	}
}

// toldApart reports whether no two answers are the same where they are cut.
func (m *console) toldApart(wide int) bool {
	short := map[string]bool{}
	for _, l := range m.seen.Labels {
		short[ink.Cut(ink.Printable(l, maxText), wide)] = true
	}
	return len(short) == len(m.seen.Labels)
}

// room reports whether there are two rounds, and room to say who went where.
func (m *console) room(x int) bool {
	return m.seen.Moves != nil && x+6+6*(len(m.seen.Labels)+1) < m.W
}

func (m *console) column(j int) string {
	if j == len(m.seen.Labels) {
		return "gone"
	}
	l := m.seen.Labels[j]
	if l == doNotKnow {
		return "?"
	}
	// What two values have in common does not tell them apart.
	words := strings.Fields(l)
	return ink.Cut(words[len(words)-1], 5)
}

func shareOf(n, of int) string {
	text := fmt.Sprintf("%3d", n)
	if of > 0 {
		text += fmt.Sprintf("%4d %%", (n*100+of/2)/of)
	}
	return text
}

// doubts say who was sure and wrong, and which ideas stand behind it, by round.
func (m *console) doubts() {
	v := &m.seen
	if m.truth == nil || len(v.Rounds) == 0 {
		return
	}
	all, ideas := map[string]int{}, map[string][]int{} // of each how often, in all and by round
	var sure, says []string
	for r, said := range v.Said {
		sure = append(sure, fmt.Sprintf("%d of %d", v.Sure[r], len(said)))
		for _, a := range said {
			for _, name := range m.wrong(&v.Question, a) {
				if all[name]++; ideas[name] == nil {
					ideas[name] = make([]int, len(v.Said))
				}
				ideas[name][r]++
			}
		}
	}
	m.fact("sure and wrong", strings.Join(sure, " → "), plain)
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(all[b]-all[a], cmp.Compare(a, b)) })
	for _, name := range names {
		var n []string
		for _, k := range ideas[name] {
			n = append(n, strconv.Itoa(k))
		}
		says = append(says, name+" "+strings.Join(n, " → "))
	}
	if says != nil {
		m.fact("misconceptions", strings.Join(says, " · "), plain)
	}
}

func (m *console) next() {
	at, s := m.seen.Step, m.step()
	if s == nil {
		if m.Course != nil {
			m.fact("next", "the lessons are on the wall: enter begins the one that is marked there", dim)
		}
		return
	}
	var all []string
	if closed(m.seen.Phase) {
		all = append(all, "R R reveals")
	}
	for i, s := range at.Lesson.Steps[min(at.Step+1, len(at.Lesson.Steps)):] {
		if i == 2 {
			break
		}
		text := fmt.Sprintf("step %d %s", at.Step+2+i, s.Kind)
		if s.Minutes > 0 {
			text += fmt.Sprintf(" (%d min)", s.Minutes)
		}
		all = append(all, text)
	}
	if all == nil {
		all = []string{"the end of the lesson"}
	}
	if m.H-m.y > 4 {
		m.y++
	}
	m.fact("next", strings.Join(all, " · then "), dim)
}

func (m *console) foot() {
	keys := []string{"enter", "go on"}
	switch m.seen.Phase {
	case Voting:
		nobody := len(m.seen.Members) > 0 && m.seen.Tallies[len(m.seen.Tallies)-1].Votes == 0
		keys = [][]string{{"enter", "close"}, {"enter enter", "close, though nobody has voted"}}[ink.One(nobody)]
	case Closed:
		keys = []string{"enter", "show", "R R", "reveal"}
	case Shown:
		if keys = append(keys, "v", "vote again", "R R", "reveal"); m.step() != nil && m.step().Kind == lessons.Check {
			keys = keys[2:] // a check goes on once it is revealed
		}
	}
	if s := m.step(); s != nil && m.seen.Phase != Voting && m.seen.Phase != Closed && m.seen.Phase != Revealed &&
		(s.Kind == lessons.Reveal || tried(s)) {
		keys = []string{"R R", "reveal", "enter", "go on, once revealed"}
	}
	lock := "lock"
	if m.seen.Locked {
		lock = "open"
	}
	keys = append(keys, "P P", lock)
	if s := m.step(); s != nil && len(s.Notes) > notesRows*(m.W-factAt) {
		keys = append(keys, "n", "next note")
	}
	keys = append(keys, "k", "checks", "q q", "end", "b", "back")
	m.Hints(m.H-1, 2, frame.Keys(keys...)...)
}
