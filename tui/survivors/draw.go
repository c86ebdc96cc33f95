package survivors

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/report/tell"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// hits is which row stands in which line of the window.
type hits map[int]string

type table struct {
	page.Screen
	*Survivors
	columns
}

type group struct {
	title string
	of    ink.Colour
	is    []report.State
}

// groups are the headings, in the order of [answer.Rank].
var groups = []group{
	{"never loses it: proved", ink.Good, []report.State{report.Proved}},
	{"never loses it, but tells the user no: proved", ink.Loud, []report.State{report.Loud}},
	{"not seen to lose it, but possible", ink.Text, []report.State{report.Possible}},
	{"seen to lose it", ink.Wrong, []report.State{report.Wrong, report.Stuck}},
	{"not counted to the end", ink.Dim, []report.State{report.Open}},
}

// line is one of the table: a row, a heading with a number, or a blank.
type line struct {
	row     string
	heading string
	n       int
	of      ink.Colour
}

// Draw draws the table, as much of it around the row in view as fits.
func (p *Survivors) Draw(sc page.Screen) {
	p.arrange()
	rules := 0
	for i := range p.rows {
		rules = max(rules, min(ink.Width(p.says(p.rows[i].Entry.Name)), mostRule))
	}
	t := table{sc, p, columnsFor(sc.W, p.rows, rules)}
	t.head(len(p.rows))
	top := 3
	if sc.H < 20 {
		top = 2
	}
	t.header(top - 1)
	below := sc.H - 3
	if t.rule == 0 && sc.H >= 20 {
		below-- // the rule of the row in view stands there
	}
	first, last := t.body(top, below)
	t.foot(first, last, len(p.rows))
}

// head is the first line: the question, and how many are the answer.
func (t *table) head(of int) {
	var n [len(report.States)]int
	for i := range t.rows {
		n[t.rows[i].State()]++
	}
	says := frame.Part{Of: frame.Good, Text: fmt.Sprintf("%d of %d, proved", n[report.Proved], of)}
	switch counted, all := t.SurveyedOf(); {
	case all == 0:
		says = frame.Part{Of: frame.Dim, Text: "nothing has happened yet"}
	case counted < all:
		says = frame.Part{Of: frame.Dim, Text: fmt.Sprintf("%d of %d counted", counted, all)}
	case n[report.Proved] > 0:
	case n[report.Loud] > 0:
		says = frame.Part{Of: ink.Style{FG: ink.Loud, Bold: true}, Text: fmt.Sprintf("%d of %d, and tells the user no", n[report.Loud], of)}
	default:
		says = frame.Part{Of: ink.Style{FG: ink.Text, Bold: true}, Text: fmt.Sprintf("none of %d is proved", of)}
	}
	title := "Who never loses “" + ink.Printable(t.Session.Title(), 60) + "”?"
	if room := t.W - 16 - ink.Width(says.Text) - 3; ink.Width(title) > room {
		title = "Who never loses it?"
	}
	t.Header(title, says)
}

func (t *table) header(y int) {
	t.Put(left, y, "client", frame.Dim)
	if t.rule > 0 {
		t.Put(t.ruleAt, y, "its rule", frame.Dim)
	}
	t.Put(t.shareAt-1, y, "lost in", frame.Dim)
	t.Put(t.ordersAt, y, "orders", frame.Dim)
	sent, done := "sent", "done"
	if t.howAt > 0 {
		sent, done = "requests", "done after"
		t.Put(t.howAt, y, "how it loses", frame.Dim)
	}
	if t.sentAt > 0 {
		t.Right(t.sentAt+t.sent, y, sent, frame.Dim)
	}
	if t.doneAt > 0 {
		t.Right(t.doneAt+t.done, y, done, frame.Dim)
	}
}

// lines returns all of the table, with headings where it is sorted by survival.
func (t *table) lines() (all []line) {
	rows := t.visible()
	if t.stage == uncounted || t.sort != bySurvival {
		for _, name := range rows {
			all = append(all, line{row: name})
		}
		return all
	}
	for _, g := range groups {
		in := slices.DeleteFunc(slices.Clone(rows), func(name string) bool {
			return !slices.Contains(g.is, t.row[name].State())
		})
		if len(in) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, line{})
		}
		all = append(all, line{heading: t.title(g, in), n: len(in), of: g.of})
		for _, name := range in {
			all = append(all, line{row: name})
		}
	}
	return all
}

// title returns the heading of some rows: of what was seen it says whether any waits.
func (t *table) title(g group, in []string) string {
	stuck := func(name string) bool { return t.row[name].State() == report.Stuck }
	switch some := slices.ContainsFunc(in, stuck); {
	case !some:
		return g.title
	case slices.ContainsFunc(in, func(name string) bool { return !stuck(name) }):
		return g.title + ", or to wait for ever"
	}
	return "seen to wait for ever"
}

// body draws the table between two rows of the window, and returns which of its rows
// are the first and the last that are seen, from 1 on.
func (t *table) body(top, below int) (first, last int) {
	all := t.lines()
	at := slices.IndexFunc(all, func(l line) bool { return l.row == t.at && l.row != "" })
	room := max(below-top, 1)
	before := at
	for before > 0 && all[before-1].row == "" { // its heading is seen with it
		before--
	}
	t.from = min(t.from, max(before, 0))
	t.from = max(t.from, at-room+1)
	t.from = max(min(t.from, len(all)-room), 0)
	t.hit = hits{}
	n := 0
	for i, l := range all {
		y := top + i - t.from
		if l.row != "" {
			n++
		}
		if y < top || y >= below {
			continue
		}
		switch {
		case l.row != "":
			if last = n; first == 0 {
				first = n
			}
			t.hit[y] = l.row
			t.line(l.row, y)
		case l.heading != "" && y < below-1:
			x := t.Put(1, y, l.heading, ink.Style{FG: l.of, Bold: true})
			t.Put(x+2, y, strconv.Itoa(l.n), frame.Dim)
		}
	}
	if len(all) == 0 {
		t.Put(left, top, ink.Cut("no client has “"+t.find+"” in its name or its rule: backspace, or esc", t.W-left), frame.Dim)
	}
	return first, last
}

func (t *table) line(name string, y int) {
	r := t.row[name]
	ground := ink.Plain
	if name == t.at {
		ground = ink.Panel
		t.Wipe(0, y, t.W-1, 1, ground)
		t.Put(0, y, "▌", ink.Style{FG: ink.Accent, BG: ground, Bold: true})
	}
	style := func(of ink.Colour, bold bool) ink.Style { return ink.Style{FG: of, BG: ground, Bold: bold} }
	lane := t.shown(name)
	if lane {
		t.Put(2, y, "●", style(ink.Accent, true))
	}
	sign := r.State().Sign()
	t.Put(4, y, sign.Glyph, style(ink.Of(sign.Role), true))
	of := ink.Text
	if name == t.at {
		of = ink.Accent
	}
	t.Put(left, y, ink.Cut(name, t.name), style(of, lane || name == t.at))
	if t.rule > 0 {
		t.Put(t.ruleAt, y, ink.Cut(t.says(name), t.rule), style(ink.Dim, false))
	}
	t.share(r, y, ground)
	orders := style(ink.Dim, false)
	if r.Orders.RaceFree() {
		orders.FG = ink.Good
		if r.State() == report.Loud {
			orders.FG = ink.Loud
		}
	}
	t.Put(t.ordersAt, y, ordersText(r, t.exact), orders)
	if t.sentAt > 0 {
		t.Right(t.sentAt+t.sent, y, sentText(r), style(ink.Dim, false))
	}
	if t.doneAt > 0 {
		t.Right(t.doneAt+t.done, y, doneText(r), style(ink.Dim, false))
	}
	if t.howAt > 0 {
		t.Put(t.howAt, y, ink.Cut(t.how(r), t.W-t.howAt-1), style(ink.Dim, false))
	}
}

// share draws in how many of the runs it is lost, with a bar.
func (t *table) share(r *answer.Row, y int, ground ink.Colour) {
	o := &r.Odds
	if o.Trials == 0 {
		t.Right(t.shareAt+shareCells, y, "–", ink.Style{FG: ink.Faint, BG: ground})
		return
	}
	of := ink.Style{FG: ink.Dim, BG: ground}
	if o.Bad() > 0 {
		of = ink.Style{FG: ink.Text, BG: ground, Bold: true}
	}
	t.Right(t.shareAt+shareCells, y, page.Bad(*o), of)
	t.Bar(*o, t.shareAt+shareCells+2, y, t.bar, ground)
}

// foot writes what there was no room for of the row in view, what is seen, and the keys.
func (t *table) foot(first, last, of int) {
	t.rest(t.H - 3)
	y := t.H - 2
	seen := fmt.Sprintf("%d–%d of %d", first, last, of)
	if last-first+1 == of {
		seen = fmt.Sprintf("%d of %d", of, of)
	}
	sort := t.sort.String()
	switch _, all := t.SurveyedOf(); {
	case all == 0:
		sort = byCatalogue.String()
	case t.stage == uncounted:
		sort = byCatalogue.String() + " until all are counted"
	}
	x := 1
	switch {
	case t.Message != "":
		t.Put(x, y, ink.Cut(ink.Printable(t.Message, 200), t.W-2), frame.Bold)
	case t.find != "":
		x = t.Put(x, y, "find: ", frame.Dim)
		x = t.Put(x, y, t.find, frame.Bold)
		x = t.Put(x, y, "█", frame.Dim)
		t.Put(x+3, y, fmt.Sprintf("%d of %d", len(t.visible()), of), frame.Dim)
	default:
		for _, text := range []string{seen, sort, "● has a lane", "type to find"} {
			if x+ink.Width(text) >= t.W {
				break
			}
			x = t.Put(x, y, text, frame.Dim) + 3
		}
	}
	keys := t.Host.Hints("space", "enter", "esc", "tab", "+")
	if t.shown(t.at) { // a lane can go up and down
		keys = append(keys, t.Host.Hints("[")...)
	}
	t.Foot(t.H-1, 1, frame.Foot{Keys: keys, Help: t.Host.Hints("?")})
}

// rest writes what the table has no room for of the row in view.
func (t *table) rest(y int) {
	r := t.row[t.at]
	if r == nil || len(t.visible()) == 0 {
		return
	}
	text := t.says(t.at)
	if ink.Width(t.at) <= t.name && ink.Width(text) <= t.rule {
		text = ""
	}
	if t.howAt == 0 {
		if how := t.how(r); text == "" || how == "" {
			text += how
		} else if long := text + " · " + how; 2+ink.Width(t.at+long) < t.W {
			text = long
		}
	}
	if text != "" {
		x := t.Put(1, y, ink.Cut(t.at, t.W-2), frame.Bold)
		t.Put(x+1, y, ink.Cut(text, t.W-x-2), frame.Dim)
	}
}

// how says in a few words how it loses, tells the user, or why nothing is proved; ""
// where all is said.
func (t *table) how(r *answer.Row) string {
	o := &r.Orders
	few := ""
	if text := t.Of(r.Odds, r.Entry.Name); text != "" && r.Odds.Trials > 0 {
		few = " " + text + " runs"
	}
	switch r.State() {
	case report.Wrong, report.Stuck:
		if r.Odds.Bad() > 0 && o.Complete && o.Bad() == 0 {
			return t.chance() + ", no order"
		}
		kind, drawn := r.Odds.Mostly()
		if !drawn {
			return "in the run of its lane"
		}
		return kind.String() + few
	case report.Loud:
		return "tells the user in " + page.Share(r.Odds.Share(r.Odds.Verdicts[judge.Loud]))
	case report.Possible:
		if o.Verdicts[judge.Wrong]+o.Verdicts[judge.Stuck] == 0 {
			return "with these latencies"
		}
		if o.Verdicts[judge.Wrong] == 0 {
			return "waits for ever, in an order"
		}
		return "in an order nobody drew"
	case report.Open:
		return t.open(r) + few
	}
	return few
}

// open says why nothing is known of a row for sure.
func (t *table) open(r *answer.Row) string {
	switch trouble := t.Trouble(r.Entry.Name); {
	case trouble != "":
		return trouble
	case r.Odds.Trials == 0 && r.Entry.Group == strategies.Yours && !slices.Contains(t.Session.Strategies, r.Entry.Name):
		return "not run: it has no lane"
	case r.Odds.Trials == 0 || r.Orders.Classes == 0:
		return "not counted yet"
	case !r.Orders.Complete:
		return "more orders than " + tell.Short(r.Orders.Classes)
	}
	return "an end that is unknown"
}

// chance names what of the network loses something that no order does.
func (t *table) chance() string {
	n := &t.Session.Script.Network
	what := ""
	for _, part := range []struct {
		share float64
		name  string
	}{{n.Loss, "lost messages"}, {n.Duplicates, "doubled requests"}, {n.Errors, "errors"}} {
		switch {
		case part.share == 0:
		case what == "":
			what = part.name
		default:
			return "by chance"
		}
	}
	return cmp.Or(what, "by chance")
}
