package survivors

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"photofinish/report/answer"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
)

// stage says what is known of the rows. They are put into order when it rises, so that
// none moves while others are being counted.
type stage uint8

const (
	uncounted stage = iota // some are missing: they stand as in the catalogue
	counted                // but for the user's own
	complete
)

type sorting uint8

const (
	bySurvival sorting = iota
	byRequests
	byDone
	byCatalogue
	sortings
)

// String says it at the foot.
func (s sorting) String() string {
	return [...]string{"by survival, then by cost", "by requests", "by when it is done", "as in the catalogue"}[s]
}

// known returns what is known of the rows by now.
func (p *Survivors) known() stage {
	switch {
	case !p.Surveyed():
		return uncounted
	case p.OwnCounting():
		return counted
	}
	return complete
}

// read takes in what is known of the rows, if that is another thing than it was.
func (p *Survivors) read() {
	if p.row != nil && p.news == p.SurveyNews() {
		return
	}
	p.news, p.rows = p.SurveyNews(), p.Survey()
	p.row = make(map[string]*answer.Row, len(p.rows))
	for i := range p.rows {
		p.row[p.rows[i].Entry.Name] = &p.rows[i]
	}
}

// arrange puts the rows into order if more is known of them than when that was done
// last, and takes in those that are new.
func (p *Survivors) arrange() {
	p.read()
	if is := p.known(); is > p.stage || p.order == nil {
		p.stage = is
		p.reorder()
		if !p.moved {
			p.at = p.best()
		}
	} else {
		p.stage = is
	}
	p.order = slices.DeleteFunc(p.order, func(name string) bool { return p.row[name] == nil })
	for i := range p.rows {
		if name := p.rows[i].Entry.Name; !slices.Contains(p.order, name) {
			p.order = append(p.order, name)
		}
	}
	if rows := p.visible(); len(rows) > 0 && !slices.Contains(rows, p.at) {
		p.at = rows[0]
	}
}

// reorder sorts the rows anew; as long as some are missing, as in the catalogue.
func (p *Survivors) reorder() {
	rows := slices.Clone(p.rows)
	by := p.sort
	if p.stage == uncounted {
		by = byCatalogue
	}
	measure := func(cost func(r *answer.Row) float64) {
		unknown := func(r *answer.Row) int { return map[bool]int{true: 1}[unmeasured(r)] }
		slices.SortStableFunc(rows, func(a, b answer.Row) int {
			return cmp.Or(unknown(&a)-unknown(&b), cmp.Compare(cost(&a), cost(&b)))
		})
	}
	switch by {
	case bySurvival:
		rows = answer.Rank(rows)
	case byRequests:
		measure(func(r *answer.Row) float64 { return r.Odds.Requests })
	case byDone:
		measure(func(r *answer.Row) float64 { return float64(r.Odds.P50) })
	}
	p.order = p.order[:0]
	for i := range rows {
		p.order = append(p.order, rows[i].Entry.Name)
	}
}

func (p *Survivors) resort(v int) tea.Cmd {
	p.sort = (p.sort + sortings + sorting(desk.Sign(1-v))) % sortings
	p.reorder()
	return nil
}

// visible returns the rows that have what is typed in their name or rule.
func (p *Survivors) visible() []string {
	if p.find == "" {
		return p.order
	}
	var rows []string
	for _, name := range p.order {
		if text := strings.ToLower(name + " " + p.says(name)); strings.Contains(text, strings.ToLower(p.find)) {
			rows = append(rows, name)
		}
	}
	return rows
}

// longest is how many characters can be typed.
const longest = 40

// typed finds what has been typed, and what is typed now behind it.
func (p *Survivors) typed(text string) tea.Cmd {
	if p.find == "" {
		text, p.before = strings.TrimLeft(text, " "), p.at
	}
	room := longest - utf8.RuneCountInString(p.find)
	p.find += strings.TrimSuffix(ink.Printable(text, room), "…")
	return p.found()
}

func (p *Survivors) backspace() tea.Cmd {
	_, n := utf8.DecodeLastRuneInString(p.find)
	p.find = p.find[:len(p.find)-n]
	return p.found()
}

// found brings the first row that has what is typed into view, if the one in view has
// it not.
func (p *Survivors) found() tea.Cmd {
	if rows := p.visible(); !slices.Contains(rows, p.at) {
		return p.look(rows, 0)
	}
	return nil
}
