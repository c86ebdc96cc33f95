package learn

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/lesson"
)

// reveal tells what is true of a prediction, or of a check: the trace runs,
// then the answer and the truth stand side by side, what was wrong is met, and where it
// was decided, and is seen, is pointed at.
type reveal struct {
	q      *lesson.Question
	step   *lessons.Step // what was asked
	say    string
	answer lesson.Answer
	truth  *lesson.Truth // nil: not known yet
	right  bool
	met    []lesson.Met
	ticks  []lesson.Tick
	scene  int // of the truth's, which is in view
	*playback

	turned map[[2]int]*lesson.Turned // by scene and lane; nil values: asked for, or cannot be told
	twin   *twin                     // the run that was turned, beside the first; nil: it is not shown

	closed bool // for a wall: nothing is shown before R, twice
	failed string
	curve  *curve // odds against the gap; nil: there is none, or not yet
}

// closed reports whether what is true has to wait for the teacher.
func (m *Model) closed() bool {
	return m.o.Present || m.o.Follows && !(m.may.Shown && m.may.Step == m.run.At())
}

func newReveal(m *Model) *reveal {
	p := &reveal{q: m.run.Question(), step: m.run.Step(), say: m.run.Step().Say, closed: m.closed()}
	if s := m.run.Step(); s.Kind == lessons.Reveal {
		p.step = &m.run.Book().Lesson.Steps[s.Of]
	}
	p.answer, _ = m.run.Answered()
	return p
}

func (p *reveal) begin(m *Model) tea.Cmd {
	if p.closed {
		return m.prepare()
	}
	return p.reveal(m)
}

// reveal lets the trace begin, or asks for it.
func (p *reveal) reveal(m *Model) tea.Cmd {
	t, err := m.run.Truth()
	if err != nil {
		return m.prepare()
	}
	p.truth, p.right = t, m.run.Right()
	p.met, p.ticks, p.turned = m.run.Met(), m.run.Ticks(), map[[2]int]*lesson.Turned{}
	lane := max(m.run.First(), 0)
	if len(p.met) > 0 && p.met[0].Lane >= 0 {
		lane = p.met[0].Lane
	}
	_, p.scene = t.Shown(lane)
	p.show(lane)
	m.say(true)
	turn := p.turn(m)
	if p.step.Answer != lessons.Odds || m.small() || p.asksAgain(m) {
		return turn
	}
	return tea.Batch(turn, m.work(p, func(ctx context.Context, b *lesson.Book, n int) func() {
		c, err := b.Curve(ctx, n)
		if err != nil || c == nil || !hasShape(c) {
			return nil
		}
		return func() { p.curve = newCurve(c, p) }
	}))
}

// asksAgain reports whether a later question of the lesson is about the same odds: its
// reveal has the curve, on which this one could be read.
func (p *reveal) asksAgain(m *Model) bool {
	l := m.run.Book().Lesson
	for n := m.run.At() + 1; n < len(l.Steps); n++ {
		if s := &l.Steps[n]; s.Asks() && s.Kind != lessons.Break && s.Kind != lessons.Mend && s.Answer == lessons.Odds && s.Scenario.Name == p.step.Scenario.Name {
			return true
		}
	}
	return false
}

func (p *reveal) show(lane int) {
	var trials []*report.Trial
	scene := p.truth.Scenes[p.scene]
	for i := range scene {
		trials = append(trials, scene[i].Trial)
	}
	p.playback, p.twin = newPlayback(trials), nil
	for i := range p.lanes {
		if p.step.Answer == lessons.Stands {
			p.lanes[i] = laneOf(trials[i], sight{p.lanes[i].View(), p.step.Field})
		}
		p.lanes[i].Name = scene[i].Name
	}
	for i := range p.ticks {
		p.notes = append(p.notes, itoa(i+1)+"  "+p.ticked(i))
	}
	p.at = lane
}

// ticked says how somebody did with a lane, and whether it is to be seen in this scene.
func (p *reveal) ticked(lane int) string {
	f, tick := &p.truth.Scenes[p.scene][lane], &p.ticks[lane]
	did, _, _ := strings.Cut(tick.Says, ":")
	switch {
	case !f.Bad || f.Loses():
		return tick.Says
	case tick.Right:
		return tick.Says + "; it loses, not in this order"
	}
	return did + ": it loses, not in this order"
}

func (p *reveal) finding() *lesson.Finding { return &p.truth.Scenes[p.scene][p.at] }

func (p *reveal) prepared(m *Model, err error) tea.Cmd {
	switch {
	case err != nil && !errors.Is(err, m.ctx.Err()):
		p.failed = err.Error()
	case p.truth == nil && !p.closed:
		return p.reveal(m)
	}
	return nil
}

func (p *reveal) shown(m *Model) tea.Cmd {
	if !p.closed {
		return nil
	}
	p.closed = false
	return p.reveal(m)
}

func (p *reveal) keys(m *Model) []binding {
	switch {
	case p.closed && m.o.Follows:
		return nil
	case p.closed:
		return m.revealKeys()
	case p.truth == nil:
		return nil
	}
	onward := m.goOn()
	if p.curve != nil {
		onward = bind("enter", "go on", func(string) tea.Cmd { m.page = p.curve; return nil }, "enter")
	}
	if p.twin != nil {
		return p.twin.keys(m, p, onward)
	}
	return p.sceneKeys(m, onward)
}

// sceneKeys move time and choose what is in view, as those of a playback; and behind the
// end, what the run could have been.
func (p *reveal) sceneKeys(m *Model, onward binding) []binding {
	all := p.playback.keys(onward)
	for i, b := range all {
		if len(b.Keys()) > 0 && b.Keys()[0] == "up" {
			move := b.do
			all[i].do = func(k string) tea.Cmd { move(k); return p.turn(m) }
		}
	}
	if !p.over() {
		return all
	}
	rest := slices.Clone(all[1:])
	all = all[:1]
	if ways := p.ways(); len(ways) > 0 {
		all = append(all, bind("space", "play the other run", then(func() { p.twin = newTwin(p, 0) }), "space"))
		rest = slices.DeleteFunc(rest, func(b binding) bool { return slices.Contains(b.Keys(), "space") })
	}
	if n := len(p.truth.Scenes); n > 1 {
		next := func(string) tea.Cmd {
			p.scene = (p.scene + 1) % n
			p.show(p.at)
			p.finish()
			return p.turn(m)
		}
		all = append(all, bind("tab", fmt.Sprintf("another order (%d of %d)", p.scene+1, n), next, "tab"))
	}
	if p.step.Answer == lessons.Odds && !m.o.Present {
		all = append(all, spreadKey(m))
	}
	if m.canLookAgain() && !p.right {
		all = append(all, bind("l", "look again", func(string) tea.Cmd { return m.lookAgainAt(m.run.Book().Lesson, m.place()) }, "l"))
	}
	return append(all, rest...)
}

func (p *reveal) draw(sc drawing) {
	switch {
	case p.closed && sc.m.o.Follows && sc.m.class != nil && sc.m.class.Closed:
		postedOf(p.q, p.step, p.answer).posted(sc)
		return
	case p.closed && sc.m.o.Follows:
		y := sc.text(sc.left(), 2, sc.H-4, p.q.Ask, bold)
		sc.text(sc.left(), y+1, sc.H-1, "You said: "+said(p.q, p.answer)+". The teacher shows what is true.", dim)
		return
	case p.closed:
		sc.curtain(p)
		return
	case p.truth == nil:
		text, s := "Working it out …", dim
		if p.failed != "" {
			text, s = "This could not be worked out: "+p.failed, plain
		}
		sc.text(sc.left(), 3, sc.H-1, text, s)
		return
	}
	if p.twin != nil {
		p.twin.draw(sc, p)
		return
	}
	f := p.finding()
	text := p.paragraphs(sc)
	rows := 2 + frame.Rows(text)
	if sc.m.o.Present {
		rows += 2
	}
	most := sc.H - 11 - min(len(p.notes)/2, 3) // the lanes have something to say too
	if sc.low() && p.over() && !sc.m.o.Present {
		most = sc.H - 10
	}
	rows = min(rows, most)
	p.point(f)
	p.playback.draw(sc, 2, sc.H-1-rows-1)
	if p.over() {
		p.told(sc, sc.H-1-rows, text)
		return
	}
	says := "What happens, slowly …"
	switch {
	case p.step.Answer == lessons.Odds && f.Bad:
		says = "One of those that end badly, slowly …"
	case f.Orders != nil && f.Loses():
		says = "An order that ends badly, slowly …"
	}
	sc.Put(sc.left(), sc.H-1-rows, says, dim)
}

// point says what is marked in the lane in view: of one that loses where it was decided
// and where that is seen, of another the event that made it what it is.
func (p *reveal) point(f *lesson.Finding) {
	t := p.turnedHere()
	p.turning, p.pointed = nil, false
	switch {
	case f.Loses() && t != nil:
		p.turning = &t.Turning
	case f.Event >= 0 && !(f.Loses() && p.asking()):
		p.pointed, p.playback.point = true, f.At
	}
}

// told puts the answer and the truth side by side, and says what there is to it.
func (p *reveal) told(sc drawing, y int, text []frame.Paragraph) {
	x, room := sc.left(), sc.room()
	switch {
	case sc.m.o.Present:
		x = max(sc.W/20, 2)
		y = sc.big(p.isSo(), y, y+ink.BigRows, accent)
	case p.answer.Passed:
		sc.Put(x, y, "it is", dim)
		sc.Put(x+11, y, ink.Cut(p.isSo(), room-11), bold)
		y++
	default:
		y = p.sides(sc, x, y, room)
	}
	sc.Paragraphs(x, y, sc.H-1, text)
}

// paragraphs are what there is to say of an answer, in the order in which it is said.
func (p *reveal) paragraphs(sc drawing) (all []frame.Paragraph) {
	room := sc.room()
	if sc.m.o.Present {
		room = sc.W - 2*max(sc.W/20, 2)
	}
	add := func(text string, s ink.Style, gap, worth int) {
		if text != "" {
			all = append(all, frame.Paragraph{Lines: ink.Wrap(clean(text), room), Style: s, Gap: gap, Worth: worth})
		}
	}
	for i := range p.met {
		m := &p.met[i]
		if m.Is != nil && !(i == 0 && !sc.m.o.Present && p.had(room) != "") {
			add("“"+m.Is.Name+"”", accent, 0, 8-2*i)
		}
		if !m.Made || p.q.Form == lesson.Number { // else the lanes say it
			add(m.Say, plain, 0, 9-2*i)
		}
	}
	if sc.low() && p.notes != nil {
		add(p.named(p.ticked(p.at)+"."), plain, 0, 6)
	}
	decides, worth := p.decides(), 4
	if len(p.met) > 0 && p.met[0].Made && p.q.Form == lesson.One && decides != "" {
		decides, worth = "Not “"+said(p.q, p.answer)+"”. "+decides, 9
	}
	add(decides, dim, 0, worth)
	add(p.finding().Moved(p.step), dim, 0, 4)
	add(p.turnedHere().Turns(p.finding()), dim, 0, 3)
	if lines := p.runs(room); lines != nil {
		all = append(all, frame.Paragraph{Lines: lines, Style: dim, Gap: 1, Worth: 2})
	}
	add(p.say, bold, 1, 5)
	return all
}

// runs has a mark for each of the first hundred runs that odds are made of, if there is
// room for fifty in a line.
func (p *reveal) runs(room int) (lines []string) {
	const across, label = 50, "%-12s"
	for i, bad := range p.finding().Runs(2 * across) {
		if i%across == 0 {
			lines = append(lines, fmt.Sprintf(label, fmt.Sprintf("runs %d–%d", i+1, i+across)))
		}
		mark := "·"
		if bad {
			mark = "✗"
		}
		lines[len(lines)-1] += mark
	}
	if len(lines) > 0 && ink.Width(lines[0]) > room {
		return nil
	}
	return lines
}

// had says which idea the answer stood for, where it has room beside what is true.
func (p *reveal) had(room int) string {
	if len(p.met) == 0 || p.met[0].Is == nil {
		return ""
	}
	text := "not yet: you had “" + p.met[0].Is.Name + "”"
	if 11+ink.Width(p.isSo())+2+ink.Width(text) > room {
		return ""
	}
	return text
}

func (p *reveal) sides(sc drawing, x, y, room int) int {
	sure := ""
	if c := p.answer.Confidence; c >= 1 && c <= 4 {
		sure = lesson.Confidences[c]
	}
	mark, s := "not yet", ink.Style{FG: ink.Loud, Bold: true}
	switch {
	case p.answer.Unknown:
		mark, s = "you did not know", dim
	case p.right && p.q.Form == lesson.Number && p.answer.Number != p.truth.Number:
		mark, s = "✓ near enough", good
	case p.right:
		mark, s = "✓ right", good
	case p.had(room) != "":
		mark = p.had(room)
	}
	tail := max(ink.Width(mark), ink.Width(sure)) + 2
	sc.Put(x, y, "you said", dim)
	sc.Put(x+11, y, ink.Cut(said(p.q, p.answer), room-13-ink.Width(sure)), plain)
	sc.Right(x+room, y, sure, dim)
	sc.Put(x, y+1, "it is", dim)
	sc.Put(x+11, y+1, ink.Cut(p.isSo(), room-11-tail), bold)
	sc.Right(x+room, y+1, mark, s)
	return y + 2
}

// isSo says in words what is true, as the answer is said.
func (p *reveal) isSo() string {
	if len(p.truth.Picks) == 0 && p.q.Form == lesson.One {
		return p.truth.Says
	}
	return p.q.Said(p.truth.Picks, p.truth.Number, ", ")
}

// decides says what came of the lane in view, and where that was decided.
func (p *reveal) decides() string {
	f, text := p.finding(), ""
	t := p.turnedHere()
	switch {
	case f.Bad && !f.Loses():
		text = "not in this order; " + f.Orders.Says()
	case f.Loses():
		text = clean(f.Says)
		if t != nil && t.Seen >= 0 && t.Seen < len(f.Trial.Events) {
			text += ", seen at " + tell.Rounded(f.Trial.Events[t.Seen].At) + " ms"
		} else if f.Event >= 0 {
			text += ", at " + tell.Rounded(f.At) + " ms"
		}
		if f.Orders != nil && (t == nil || !t.Always) {
			text += "; " + f.Orders.Says()
		}
		return p.named(strings.TrimSpace(text + ". " + t.Decides(f)))
	case f.Orders != nil && f.Orders.RaceFree():
		text = "it ends well in " + tell.AllOrders(f.Orders.Classes) + " in which things can happen"
	default:
		text = clean(f.Says)
		if f.Event >= 0 && text != "" && !strings.Contains(text, " here") {
			text += ", at " + tell.Rounded(f.At) + " ms"
		}
	}
	if text == "" {
		return ""
	}
	return p.named(text + ".")
}

// named says of which lane something is said, if there are several.
func (p *reveal) named(text string) string {
	if len(p.truth.Lanes) > 1 {
		return p.finding().Name + ": " + text
	}
	return tell.Capital(text)
}
