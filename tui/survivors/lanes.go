package survivors

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"photofinish/strategies"
	"photofinish/tui/desk"
	"photofinish/tui/ink"
	"photofinish/tui/session"
)

// lane returns where the lane of a strategy is among all, -1 if it has none.
func (p *Survivors) lane(name string) int {
	return slices.IndexFunc(p.lanes, func(l lane) bool { return l.name == name })
}

// shown reports whether a strategy has a lane, or will have one.
func (p *Survivors) shown(name string) bool {
	i := p.lane(name)
	return i >= 0 && p.lanes[i].shown
}

func (p *Survivors) names() (names []string) {
	for _, l := range p.lanes {
		if l.shown {
			names = append(names, l.name)
		}
	}
	return names
}

// show makes a lane of a strategy, the last one if it had none, and reports whether
// there was room.
func (p *Survivors) show(name string) bool {
	if len(p.names()) == session.MaxLanes {
		p.Message = fmt.Sprintf("%d lanes are as many as there can be: space on one of them takes it away", session.MaxLanes)
		return false
	}
	if i := p.lane(name); i >= 0 {
		p.lanes[i].shown = true
	} else {
		p.lanes = append(p.lanes, lane{name: name, shown: true, new: true})
	}
	return true
}

func (p *Survivors) tick() tea.Cmd {
	if p.moved = true; len(p.visible()) == 0 {
		return nil
	}
	if i := p.lane(p.at); i >= 0 && p.lanes[i].shown {
		p.lanes[i].shown = false
	} else {
		p.show(p.at)
	}
	return nil
}

// take makes lanes of what is shown. Where nothing has been added, the row in view is,
// unless it has just been hidden. It, or what was added last, comes into view.
func (p *Survivors) take() tea.Cmd {
	added := func(l lane) bool { return l.shown && l.new }
	if !slices.ContainsFunc(p.lanes, added) && p.lane(p.at) < 0 && len(p.visible()) > 0 && !p.show(p.at) {
		return nil
	}
	names := p.names()
	if len(names) == 0 {
		p.Message = "one lane at least: space shows the row in view"
		return nil
	}
	inView := p.at
	if !p.shown(inView) {
		for _, l := range p.lanes {
			if added(l) {
				inView = l.name
			}
		}
	}
	if !slices.Equal(names, p.Session.Strategies) {
		p.was = desk.Place{} // those are other lanes
	}
	cmd := p.close()
	if !slices.Equal(names, p.Session.Strategies) {
		cmd = tea.Batch(cmd, p.Edit(p.Session.WithLanes(names)))
	}
	if i := slices.Index(p.Session.Strategies, inView); i >= 0 {
		cmd = tea.Batch(cmd, p.ShowLane(i))
	}
	return cmd
}

// shift moves the lane of the row in view up or down among the lanes.
func (p *Survivors) shift(v int) tea.Cmd {
	p.moved = true
	i := p.lane(p.at)
	if i < 0 || !p.lanes[i].shown {
		p.Message = p.at + " has no lane that could go up or down: space shows it"
		return nil
	}
	to := i + desk.Sign(v)
	for to >= 0 && to < len(p.lanes) && !p.lanes[to].shown {
		to += desk.Sign(v)
	}
	if to >= 0 && to < len(p.lanes) {
		p.lanes[i], p.lanes[to] = p.lanes[to], p.lanes[i]
	}
	names := p.names()
	p.Message = fmt.Sprintf("%s: lane %d of %d", p.at, slices.Index(names, p.at)+1, len(names))
	return nil
}

// compose puts the next layer over the client in view, as a row with a lane of its
// own.
func (p *Survivors) compose() tea.Cmd {
	p.moved = true
	client, _, _ := strings.Cut(p.at, "+")
	why := "every layer over " + client + " has a lane already"
	for _, layer := range strategies.Layers() {
		e, err := p.Lineup.Find(client + "+" + layer)
		if err != nil {
			why = client + " decides itself how its messages leave: there is no layer over it"
			continue
		}
		if p.shown(e.Name) {
			continue
		}
		if !p.show(e.Name) {
			return nil
		}
		if !slices.Contains(p.order, e.Name) {
			p.order = slices.Insert(p.order, slices.Index(p.order, p.at)+1, e.Name)
			p.besides = append(p.besides, e)
		}
		p.at = e.Name
		cmd := p.Count(p.besides)
		p.read()
		return cmd
	}
	p.Message = why
	return nil
}

// says returns the rule of a strategy, and of the user's own client that it is one.
func (p *Survivors) says(name string) string {
	r := p.row[name]
	if r == nil {
		return ""
	}
	e := &r.Entry
	if e.Group != strategies.Yours {
		return e.Rule
	}
	text := e.Rule
	if args := e.Own().Args; len(args) > 0 {
		text = args[len(args)-1] // as ours=./save.tsx
	}
	return string(e.Group) + ": " + ink.Printable(text, 100)
}
