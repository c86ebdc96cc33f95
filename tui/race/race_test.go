package race

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/ink"
)

const ms = time.Millisecond

// everyLane calls do with every scenario of the catalogue under each of the six
// strategies and one that composes two: as its pins have it, with other luck,
// and stopped on the way.
func everyLane(t *testing.T, do func(t *testing.T, l *diagram.Lane)) {
	t.Helper()
	var w sim.World
	var j judge.Judge
	for i, s := range scenarios.All() {
		for k, name := range append(strategies.Default(), "action-queue+hold") {
			if !testkit.All() && (i+k)%testkit.Size(3, 24) != 0 {
				continue // others are of the scenarios beside this one
			}
			e := testkit.Strategy(t, name)
			t.Run(s.Name+"/"+name, func(t *testing.T) {
				do(t, diagram.Run(&w, &j, e, s.Script, 1, 0))
				for seed := range uint64(2) {
					do(t, diagram.Run(&w, &j, e, s.Script.Unpinned(), seed+1, 0))
				}
				whole := diagram.Run(&w, &j, e, s.Script, 1, 0)
				views := s.Script.Views()
				for view := range views.All {
					if view%sim.MaxPersons == 0 && views.Has(view+sim.MaxPersons) {
						do(t, whole.Facing(view, view+sim.MaxPersons))
					}
					if views.Count() > 1 {
						do(t, whole.Apart(view))
					}
				}
				events := slices.Clone(whole.Events[:len(whole.Events)/2])
				part := diagram.New(e, whole.Script, events, judge.Judgement{}, events[len(events)-1].At, 0)
				part.Stopped = true
				do(t, part)
			})
		}
	}
}

// looked counts what could have been looked at.
var looked int

// looks calls do with axes and times of a lane: all of it, and less. Of the
// many ways there are it takes a few, others for each lane.
func looks(l *diagram.Lane, origin, per int, cells []int, do func(ax Axis, v Look)) {
	const few = 61
	for _, n := range cells {
		for _, end := range []time.Duration{diagram.EndOfAxis(l.Settled), max(l.Settled/3, ms)} {
			for _, now := range []time.Duration{0, l.Settled / 5, l.Settled / 2, l.Settled * 4 / 5, l.Settled, 2 * l.Settled} {
				for _, future := range []bool{false, true} {
					for _, words := range []bool{false, true} {
						if looked++; looked%few == 0 {
							v := Look{Now: now, Future: future, Words: words}
							if n := len(l.Messages); n > 0 && looked%3 > 0 {
								v.Picked = l.Messages[looked%n].Leg()
							}
							if n := len(l.Messages); n > 0 && looked%5 == 0 {
								v.Ghost, v.Was = l.Messages[looked/5%n].Leg(), time.Duration(looked%90)*3*ms
							}
							v.Apart, v.Event = looked%2 == 0, looked/few%(len(l.Events)+1)
							do(Axis{Origin: origin, Cells: n, End: end, Per: per}, v)
						}
					}
				}
			}
		}
	}
}

// inside checks that nothing is drawn outside of a box of cells.
func inside(c *ink.Canvas, box ink.Box) error {
	for y := range c.H {
		for x := range c.W {
			if in := x >= box.X0 && x <= box.X1 && y >= box.Y0 && y <= box.Y1; !in && !c.Blank(x, y) {
				r, _ := c.At(x, y)
				return fmt.Errorf("%q at column %d, row %d, outside of %v:\n%s", r, x, y, box, c.String())
			}
		}
	}
	return nil
}

// oneLabel matches the label of an action, of an errand or of news.
const oneLabel = `(<?[cudpfxol]|f·[cudpo]?)[0-9]+(·[0-9]+)?(@[12])?(/[1-4])?`

var labelled = regexp.MustCompile(oneLabel)

// labelsIn returns what matches in a picture, which is mostly of what no label is made of.
func labelsIn(picture string, labels *regexp.Regexp) []string {
	apart := strings.FieldsFunc(picture, func(r rune) bool { return !strings.ContainsRune("<cudpfxol·0123456789@/+", r) })
	return labels.FindAllString(strings.Join(apart, " "), -1)
}

// whole checks that what is written in a row is made of labels of the lane and
// of known words, none of them cut off or partly hidden.
func whole(c *ink.Canvas, l *diagram.Lane, y int, known []string) error {
	var row strings.Builder
	for x := range c.W {
		r, _ := c.At(x, y)
		row.WriteRune(r)
	}
	text := row.String()
	for i := range slices.Backward(l.Messages) { // "f·12" before "f·1"
		if n := l.Messages[i].Actions[0]; n > sim.MaxActions {
			text = strings.ReplaceAll(text, l.Label(n), "")
		}
	}
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
	for _, w := range words {
		rest := labelled.ReplaceAllStringFunc(w, func(label string) string {
			for i := range l.Script.Actions {
				if l.Script.Actions[i].Label() == label {
					return ""
				}
			}
			return label
		})
		if rest != "" && !slices.Contains(known, rest) {
			return fmt.Errorf("%q in row %d is neither a label nor a word:\n%s", w, y, c.String())
		}
	}
	return nil
}

// wordsOf returns every word that may stand beside the marks of a lane.
func wordsOf(l *diagram.Lane) (known []string) {
	known = []string{"id", "client", "person", "was", "here", "1", "2", "3", "4"}
	add := func(text string) {
		known = append(known, strings.FieldsFunc(text, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
		})...)
	}
	for i := range l.Messages {
		long, short, _ := l.Note(&l.Messages[i])
		add(long)
		add(short)
		add(tell.Rounded(l.Messages[i].To-l.Messages[i].From) + " ms")
	}
	for i := range l.Marks {
		add(l.Marks[i].Word)
	}
	return known
}

// ends checks the last cell of a rail that shows the rail: it has the colour
// of what is held there.
func ends(c *ink.Canvas, l *diagram.Lane, holds []diagram.Hold, ax Axis, at func(cell int) (x, y int), rail string) error {
	for cell := ax.Last() - 1; cell >= ax.Origin; cell-- {
		x, y := at(cell)
		r, s := c.At(x, y)
		if !strings.ContainsRune(rail, r) {
			continue
		}
		h := diagram.At(holds, ax.Time(cell))
		want := ink.Hue(l.Script.Wrote(h.Writer))
		if !h.Exists {
			want = ink.Faint
			if s.FG == ink.Rule {
				want = ink.Rule
			}
		}
		if s.FG != want {
			return fmt.Errorf("the rail's cell %d is %v, but %+v is held:\n%s", cell, s, h, c.String())
		}
		return nil
	}
	return nil
}

func TestStrips(t *testing.T) {
	everyLane(t, func(t *testing.T, l *diagram.Lane) {
		known := append(wordsOf(l), "lost")
		looks(l, 5, 2, []int{30, 50, 76, 144}, func(ax Axis, v Look) {
			for _, rows := range []int{2, 4} {
				var c ink.Canvas
				c.Resize(ax.Last()+40, rows+8)
				s := Strip{Canvas: &c, Lane: l, Axis: ax, Look: v, Wait: 2, Top: 3, Bottom: 4 + rows}
				s.Draw()
				check := func(err error) {
					if err != nil {
						t.Fatalf("%+v %+v: %v", ax, v, err)
					}
				}
				check(inside(&c, ink.Box{X0: ax.Origin, Y0: s.Wait, X1: ax.Last() - 1, Y1: s.Bottom}))
				for y := s.Wait; y <= s.Bottom; y++ {
					check(whole(&c, l, y, known))
				}
				check(ends(&c, l, l.Screen(), ax, func(cell int) (int, int) { return cell, s.Top }, "━─╌"))
				check(ends(&c, l, l.Server(), ax, func(cell int) (int, int) { return cell, s.Top + (s.Bottom-s.Top)/(len(l.Rails)-1) }, "━─╌"))
			}
		})
	})
}

func TestColumns(t *testing.T) {
	everyLane(t, func(t *testing.T, l *diagram.Lane) {
		known := append(wordsOf(l), "lost")
		looks(l, 3, 4, []int{24, 33}, func(ax Axis, v Look) {
			for _, wide := range [][3]int{{13, 24, 30}, {5, 14, 20}} { // the rails, and the end
				var c ink.Canvas
				c.Resize(wide[2]+30, ax.Last()+5)
				const left = 10
				s := Column{Canvas: &c, Lane: l, Axis: ax, Look: v, Left: left + wide[0], Right: left + wide[1], Least: left - 1, Most: left + wide[2] + 1}
				s.Draw()
				check := func(err error) {
					if err != nil {
						t.Fatalf("%+v %+v: %v", ax, v, err)
					}
				}
				check(inside(&c, ink.Box{X0: s.Least, Y0: ax.Origin, X1: left + wide[2], Y1: ax.Last() - 1}))
				for y := range c.H {
					check(whole(&c, l, y, known))
				}
				check(ends(&c, l, l.Screen(), ax, func(cell int) (int, int) { return s.Left, cell }, "┃│┆"))
				check(ends(&c, l, l.Server(), ax, func(cell int) (int, int) { return s.Left + (s.Right-s.Left)/(len(l.Rails)-1), cell }, "┃│┆"))
			}
		})
	})
}

func TestServerLines(t *testing.T) {
	everyLane(t, func(t *testing.T, l *diagram.Lane) {
		looks(l, 5, 2, []int{20, 30, 90}, func(ax Axis, v Look) {
			var c ink.Canvas
			c.Resize(ax.Last()+20, 3)
			ServerLine(&c, l, ax, v, 1)
			for _, err := range []error{
				inside(&c, ink.Box{X0: ax.Origin, Y0: 1, X1: ax.Last() - 1, Y1: 1}),
				whole(&c, l, 1, nil),
				ends(&c, l, l.Server(), ax, func(cell int) (int, int) { return cell, 1 }, "━─╌"),
			} {
				if err != nil {
					t.Fatalf("%+v %+v: %v", ax, v, err)
				}
			}
		})
	})
}

// Where there is room, no label hides another: each arrival and each press has
// its own, in order.
func TestEveryLabelIsSeen(t *testing.T) {
	everyLane(t, func(t *testing.T, l *diagram.Lane) {
		if len(l.Rails) > 2 {
			return
		}
		var arrivals, presses []string
		for i := range l.Messages {
			if m := &l.Messages[i]; m.Up && !m.Lost && m.To != diagram.Forever {
				arrivals = append(arrivals, l.Labels(m.Actions))
			}
		}
		for _, touch := range l.Touches(0) {
			if touch.Press != 0 {
				presses = append(presses, l.Label(touch.Press))
			}
		}
		seen := regexp.MustCompile(oneLabel + `(\+` + oneLabel + `)*`)
		compare := func(what, row string, want []string) {
			got := labelsIn(row, seen)
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s are %v, want %v", what, got, want)
			}
		}
		v := Look{Now: 2*l.Settled + ms}
		ax := Axis{Origin: 2, Cells: 400, End: diagram.EndOfAxis(l.Settled), Per: 2}
		var c ink.Canvas
		c.Resize(410, 8)
		Strip{Canvas: &c, Lane: l, Axis: ax, Look: v, Wait: 0, Top: 1, Bottom: 6}.Draw()
		rows := strings.Split(c.String(), "\n")
		compare("arrivals in a strip", rows[6], arrivals)
		compare("presses in a strip", rows[1], presses)

		ax.Cells, ax.Per = 60, 4
		c.Resize(50, 310)
		Column{Canvas: &c, Lane: l, Axis: ax, Look: v, Left: 13, Right: 24}.Draw()
		var left, right strings.Builder
		for y := range c.H {
			for x := range c.W {
				switch r, s := c.At(x, y); {
				case x < 12 && s.BG != ink.Plain: // filled, unlike the marks of what waits
					left.WriteRune(r)
				case x > 24:
					right.WriteRune(r)
				}
			}
			left.WriteByte('\n')
			right.WriteByte('\n')
		}
		compare("arrivals in a column", right.String(), arrivals)
		compare("presses in a column", left.String(), presses)
	})
}

// Two clients have two screens: the server stands between them, and what each
// does is told at its own rail, in strips and in columns.
func TestThreeRails(t *testing.T) {
	var w sim.World
	var j judge.Judge
	s, err := scenarios.Find("two-tabs")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strategies.Default() {
		e := testkit.Strategy(t, name)
		l := diagram.Run(&w, &j, e, s.Script, 1, 0)
		l.LookAt(0, sim.MaxPersons)
		v := Look{Now: 2 * l.Settled, Words: true}
		var c ink.Canvas
		c.Resize(200, 20)
		Strip{Canvas: &c, Lane: l, Axis: Axis{Origin: 1, Cells: 190, End: diagram.EndOfAxis(l.Settled), Per: 2}, Look: v, Wait: 0, Top: 1, Bottom: 15}.Draw()
		rows := strings.Split(c.String(), "\n")
		for y, want := range map[int]string{1: "u1", 8: "▲u2", 15: "u2"} {
			if !strings.Contains(rows[y], want) {
				t.Errorf("%s: row %d lacks %s:\n%s", name, y, want, c.String())
			}
		}
		c.Resize(70, 45)
		Column{Canvas: &c, Lane: l, Axis: Axis{Origin: 1, Cells: 40, End: diagram.EndOfAxis(l.Settled), Per: 4}, Look: v, Left: 15, Right: 45}.Draw()
		for _, want := range []string{"u1  ●", "▶u1", "u2◀", "● u2"} {
			if !strings.Contains(c.String(), want) {
				t.Errorf("%s: a column lacks %s:\n%s", name, want, c.String())
			}
		}
	}
}

// A column says of an answer what it takes off the screen, as a strip does.
func TestColumnTellsWhatAnAnswerReplaces(t *testing.T) {
	s, err := scenarios.Find("fetch-then-edit")
	if err != nil {
		t.Fatal(err)
	}
	e := testkit.Strategy(t, "naive")
	l := diagram.Run(new(sim.World), new(judge.Judge), e, s.Script, 1, 0)
	var c ink.Canvas
	c.Resize(60, 40)
	Column{Canvas: &c, Lane: l, Axis: Axis{Origin: 1, Cells: 36, End: diagram.EndOfAxis(l.Settled), Per: 4}, Look: Look{Now: 2 * l.Settled}, Left: 15, Right: 45}.Draw()
	if !strings.Contains(c.String(), "┃ ✗ for u2") {
		t.Errorf("it is not told:\n%s", c.String())
	}
}

// The message that is picked has handles around its label where it lands, and its
// milliseconds, and hides no label for them: in strips, columns and server lines.
func TestPickedMessage(t *testing.T) {
	everyLane(t, func(t *testing.T, l *diagram.Lane) {
		ax := Axis{Origin: 3, Cells: 400, End: diagram.EndOfAxis(l.Settled), Per: 2}
		down := Axis{Origin: 3, Cells: 100, End: diagram.EndOfAxis(l.Settled), Per: 4}
		draw := func(leg diagram.Leg) (strip, column, line string) {
			v := Look{Now: 2*l.Settled + ms, Picked: leg}
			var c ink.Canvas
			c.Resize(410, 10)
			Strip{Canvas: &c, Lane: l, Axis: ax, Look: v, Wait: 0, Top: 1, Bottom: 8}.Draw()
			strip = c.String()
			c.Resize(60, 110)
			Column{Canvas: &c, Lane: l, Axis: down, Look: v, Left: 20, Right: 40}.Draw()
			column = c.String()
			c.Resize(410, 1)
			ServerLine(&c, l, ax, v, 0)
			return strip, column, c.String()
		}
		strip, column, line := draw(diagram.Leg{})
		few := testkit.Size(8, 24)
		for i := range l.Messages {
			m := &l.Messages[i]
			if !m.Lands() || m.Copy || (i+len(l.Events))%few != 0 {
				continue
			}
			takes := tell.Rounded(m.To-m.From) + " ms"
			s, c, n := draw(m.Leg())
			for _, drawn := range []struct{ name, before, after string }{{"strip", strip, s}, {"column", column, c}, {"line", line, n}} {
				before, after := labelsIn(drawn.before, labelled), labelsIn(drawn.after, labelled)
				if !slices.Equal(before, after) {
					t.Errorf("%s: with %v picked it has the labels %v, not %v:\n%s", drawn.name, m.Leg(), after, before, drawn.after)
				}
			}
			label := ""
			if m.Up {
				label = l.Labels(m.Actions)
			}
			for _, want := range []string{"◂", label + "▸", takes} {
				if !strings.Contains(s, want) && (label != "" || want == takes) {
					t.Errorf("with %v picked a strip lacks %q:\n%s", m.Leg(), want, s)
				}
			}
			on := m.Up || l.Script.Action(m.Actions[0]).View() == l.View()
			if on && !strings.Contains(c, "◂") || on && !strings.Contains(c, "▸") {
				t.Errorf("with %v picked a column lacks handles:\n%s", m.Leg(), c)
			}
		}
	})
}

// Where the picked message was, before a key moved it, stays as a ghost, and hides no
// word; where nobody has moved it, there is none.
func TestGhost(t *testing.T) {
	s, err := scenarios.Find("create-then-two-updates")
	if err != nil {
		t.Fatal(err)
	}
	script := s.Script.Copy()
	script.Actions[1].Up = 10 * ms
	l := diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, "callbacks"), script, 1, 0)
	leg := diagram.Leg{Action: 2, Leg: sim.Uplink}
	for was, want := range map[time.Duration]string{100 * ms: "▼━was here", 10 * ms: ""} {
		v := Look{Now: 2 * l.Settled, Picked: leg, Ghost: leg, Was: was, Words: true}
		var strip, column ink.Canvas
		strip.Resize(120, 10)
		Strip{Canvas: &strip, Lane: l, Axis: Axis{Origin: 3, Cells: 76, End: 490 * ms, Per: 2}, Look: v, Wait: 0, Top: 1, Bottom: 5}.Draw()
		column.Resize(60, 40)
		Column{Canvas: &column, Lane: l, Axis: Axis{Origin: 1, Cells: 30, End: 490 * ms, Per: 4}, Look: v, Left: 20, Right: 31}.Draw()
		if got := strings.Contains(strip.String(), "was here"); got != (want != "") || !strings.Contains(strip.String(), want) {
			t.Errorf("it was %v, and is %v: in a strip it stands %v\n%s", was, 10*ms, got, strip.String())
		}
		if got := strings.Contains(column.String(), "was here"); got != (want != "") {
			t.Errorf("it was %v, and is %v: in a column it stands %v\n%s", was, 10*ms, got, column.String())
		}
	}
}

// Of two presses within a row of a column each has what became of it in the row of its
// own label: the second, which waits, is not taken for the first.
func TestMarksOfTwoPressesInARow(t *testing.T) {
	script := &sim.Script{Actions: []sim.Action{
		{Number: 1, Do: sim.Create, Sets: 1, Up: 100 * ms, Down: 100 * ms}, {Number: 2, Do: sim.Update, At: ms, Sets: 1},
	}}
	for name, want := range map[string]string{"callbacks": "■ blocked", "hold-outgoing": "✗ dropped", "polling": "? busy", "save-queue": "… not its turn"} {
		l := diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, name), script, 1, 0)
		var c ink.Canvas
		c.Resize(60, 40)
		Column{Canvas: &c, Lane: l, Axis: Axis{Origin: 1, Cells: 30, End: diagram.EndOfAxis(l.Settled), Per: 4}, Look: Look{Now: 2 * l.Settled, Words: true}, Left: 20, Right: 31}.Draw()
		rows := strings.Split(c.String(), "\n")
		if !strings.Contains(rows[2], want+" u2") || strings.TrimSpace(strings.Split(rows[1], "c1")[0]) != "" {
			t.Errorf("%s: the rows of c1 and u2 are\n%s\n%s\nnot with %s at u2", name, rows[1], rows[2], want)
		}
	}
}

// The name of a stranger stands once in a run, beside the beginning of a message of
// theirs, and nothing of another's is as near; where there is no room it is left out.
func TestStrangersAreNamedAtTheirOwn(t *testing.T) {
	script := &sim.Script{Actions: []sim.Action{
		{Number: 1, Do: sim.Create, Sets: 1, Up: 100 * ms, Down: 100 * ms},
		{Number: 2, Do: sim.Update, At: 40 * ms, Sets: 1, Up: 100 * ms, Down: 100 * ms},
		{Number: 3, Do: sim.Update, At: 70 * ms, Sets: 1, Up: 100 * ms, Down: 100 * ms},
		{Number: 4, Do: sim.Create, At: 600 * ms, Sets: 1, Up: 100 * ms, Down: 100 * ms, Person: 1},
		{Number: 5, Do: sim.Create, At: 620 * ms, Sets: 1, Up: 100 * ms, Down: 100 * ms, Person: 1},
	}}
	l := diagram.Run(new(sim.World), new(judge.Judge), testkit.Strategy(t, "save-queue"), script, 1, 0)
	l.LookAt(1)
	named := 0
	for cells := 20; cells < 150; cells++ {
		for _, end := range []time.Duration{l.Settled, l.Settled * 2, l.Settled * 4} {
			var c ink.Canvas
			c.Resize(cells+12, 12)
			Strip{Canvas: &c, Lane: l, Axis: Axis{Origin: 1, Cells: cells, End: end, Per: 2}, Look: Look{Now: end, Words: true, Apart: true}, Wait: 0, Top: 1, Bottom: 7}.Draw()
			if n := strings.Count(c.String(), "person 1"); n > 1 {
				t.Errorf("%d cells: it is named %d times:\n%s", cells, n, c.String())
			}
			for strip, row := range strings.Split(c.String(), "\n") {
				at := strings.Index(row, "person 1")
				if at < 0 {
					continue
				}
				named++
				own, x := 0, len([]rune(row[:at]))
				for y := max(strip-1, 2); y <= min(strip+1, 6); y++ {
					for i := -2; i < len("person 1")+2; i++ {
						r, of := c.At(max(x+i, 0), y)
						if r < 0x2801 || r > 0x28ff {
							continue
						}
						if of.FG == ink.Hue(4) || of.FG == ink.Hue(5) {
							if y != strip && (i < 0 || i >= len("person 1")) {
								continue // across a corner
							}
							t.Fatalf("%d cells: beside the name is a message of another's:\n%s", cells, c.String())
						}
						own++
					}
				}
				if own == 0 {
					t.Errorf("%d cells: the name stands beside nothing:\n%s", cells, c.String())
				}
			}
		}
	}
	if named < 50 {
		t.Errorf("it is named %d times only", named)
	}
}
