// Package survivors is the page that answers who never loses anything here: a table of
// every strategy, with its rule, odds, orders and costs, the safe ones first. It is
// also where lanes are chosen and put into order.
package survivors

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/answer"
	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/page"
)

// Survivors is the table of all strategies, and the lanes as they are being chosen.
// Letters find: none of them is a command in it.
type Survivors struct {
	page.Base
	back page.Page // from which it was opened
	was  desk.Place

	order []string // all names, as they stand
	stage stage    // what they have been put into order by
	sort  sorting
	find  string // what has been typed: only rows that have it are there
	at    string // the row in view

	before string // what it was before anything was typed
	moved  bool   // the user has gone to it

	news int // of the survey, for which the rows are
	rows []answer.Row
	row  map[string]*answer.Row // the same, by name

	lanes   []lane             // in their order
	besides []strategies.Entry // compositions that were made here
	from    int                // the first line of the table in the window
	hit     hits
}

// lane is one that there is, or will be if it is taken.
type lane struct {
	name  string
	shown bool
	new   bool // it is not one yet
}

// Profile lets none of the shared commands work that are letters.
func (*Survivors) Profile() (heading string, traits page.Trait) {
	return "who never loses it", page.Finding
}

// Open shows the table. The row in view is the answer, or else the best one without a
// lane.
func (p *Survivors) Open() tea.Cmd {
	p.back, p.was = p.Page, p.Place()
	p.Pause()
	p.Page = p
	p.find, p.moved, p.besides, p.from = "", false, nil, 0
	p.order, p.stage = nil, uncounted
	p.lanes, p.row = nil, nil
	for _, name := range p.Session.Strategies {
		p.lanes = append(p.lanes, lane{name: name, shown: true})
	}
	p.arrange()
	return p.Wanted()
}

// close goes back to where it was opened from, where nothing has moved since.
func (p *Survivors) close() tea.Cmd {
	p.Page = p.back
	return tea.Batch(p.Count(nil), p.Return(p.was))
}

// Follow takes in what has changed of the lineup and of what is known.
func (p *Survivors) Follow() tea.Cmd {
	p.arrange()
	return nil
}

// Command returns what replays the session, as the page below has it.
func (p *Survivors) Command() (string, error) { return p.back.Command() }

// Commands has the table's, and those that open it and add a lane to the others.
func (p *Survivors) Commands() []page.Command {
	found := func() bool { return p.find != "" }
	unfound := func() bool { return p.find == "" }
	some := func() bool { return len(p.visible()) > 0 }
	return []page.Command{
		{Keys: "space", Does: "show it as a lane, or hide it", Short: "show", When: some, Why: unseen, Do: page.Once(p.tick)},
		{Keys: "enter", Does: "take the lanes, or this one more, and go back", Short: "take, back", When: some, Why: unseen, Do: page.Once(p.take)},
		{Keys: "esc", Does: "clear what is typed", Short: "clear", When: found, Do: page.Once(p.clear)},
		{Keys: "esc", Does: "leave: no lane is another one", Short: "leave", When: unfound, Do: page.Once(p.close)},
		{Keys: "tab shift+tab", Show: "tab", Does: "sort by survival, requests, time, catalogue", Short: "sort", Do: p.resort},
		{Keys: "+", Does: "put a layer over it", Short: "a layer over it", When: unfound, Do: page.Once(p.compose)},
		{Keys: "[|shift+up ]|shift+down", Show: "[ ]", Does: "its lane up, down", Short: "up, down", When: unfound, Do: p.shift},
		{Keys: "up down", Show: "↑ ↓", Does: "another row", Do: p.steps(1)},
		{Keys: "pgup pgdown", Does: "… ten rows", Do: p.steps(10)},
		{Keys: "home end", Does: "first, last row", Do: p.toEnd},
		{Keys: "a", Show: "a … z", Does: "find a client by its name or rule", Do: page.Once(func() tea.Cmd { return p.typed("a") })},
		{Keys: "backspace", Does: "take back what is typed", Do: page.Once(p.backspace)},
		{Group: page.OfLanes, After: "w", In: page.Timed,
			Keys: "L", Does: "who never loses it; lanes", Short: "who never does", Do: page.Once(p.Open),
			Names: "who never loses it: all clients, choose and order lanes"},
		{Group: page.OfLanes, After: "L", In: page.Editing,
			Keys: "A", Does: "show one who never does", Short: "show who never does", Do: page.Once(p.AddSurvivor),
			Names: "add the lane of who never loses it"},
	}
}

// unseen is why nothing can be done with a row: what is typed is in none.
const unseen = "no row has what is typed: backspace, or esc"

// Type finds what is typed.
func (p *Survivors) Type(k tea.KeyPressMsg) tea.Cmd {
	if k.Text == "" {
		return nil
	}
	return p.typed(k.Text)
}

// Paste finds what is pasted.
func (p *Survivors) Paste(msg tea.PasteMsg) tea.Cmd { return p.typed(msg.Content) }

// clear takes back all that is typed. If that was in no row, the one in view is again
// what it was before.
func (p *Survivors) clear() tea.Cmd {
	if len(p.visible()) == 0 {
		p.at = p.before
	}
	p.find = ""
	return nil
}

func (p *Survivors) steps(by int) func(int) tea.Cmd {
	return func(v int) tea.Cmd {
		rows := p.visible()
		return p.look(rows, slices.Index(rows, p.at)+desk.Sign(v)*by)
	}
}

func (p *Survivors) toEnd(v int) tea.Cmd {
	rows := p.visible()
	return p.look(rows, v*(len(rows)-1))
}

// look brings a row into view, the first or the last one if there is none there.
func (p *Survivors) look(rows []string, i int) tea.Cmd {
	if p.moved = true; len(rows) > 0 {
		p.at = rows[min(max(i, 0), len(rows)-1)]
	}
	return nil
}

// Click brings a row into view; a click on the one in view shows it as a lane, or
// hides it.
func (p *Survivors) Click(_, y int) tea.Cmd {
	name, is := p.hit[y]
	switch {
	case !is:
	case name == p.at:
		return p.tick()
	default:
		p.at, p.moved = name, true
	}
	return nil
}

// Wheel goes along the rows.
func (p *Survivors) Wheel(_ int, by time.Duration) tea.Cmd {
	if by < 0 {
		return p.steps(1)(0)
	}
	return p.steps(1)(1)
}

// best returns the name of the answer among those without a lane, else the first row.
func (p *Survivors) best() string {
	without := slices.DeleteFunc(slices.Clone(p.rows), func(r answer.Row) bool { return p.shown(r.Entry.Name) })
	if row, ok := answer.Best(without); ok && p.stage > uncounted {
		return row.Entry.Name
	}
	if p.stage > uncounted {
		return p.order[0]
	}
	return p.Lane().Name
}
