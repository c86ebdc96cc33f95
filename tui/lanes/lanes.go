// Package lanes is the page of all lanes, with which the playground begins: as
// strips one below the other, as columns side by side, or as one strip and a line
// for each of the others.
package lanes

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"photofinish/tui/page"
	"photofinish/tui/session"
)

type layout uint8

const (
	tooSmall      layout = iota
	oneStrip             // one strip, and a server line a lane
	strips               // time goes right
	columnsLayout        // time goes down
)

// The least windows of the layouts, where they are no others'.
const (
	stripsHeight                = 34
	columnsWidth, columnsHeight = 120, 36
)

// choice is the layout that w has chosen, in the words in which it is remembered;
// any other leaves it to the window.
type choice string

const (
	wantStrips  choice = "strips"
	wantColumns choice = "columns"
)

// layoutFor returns the layout for a window: columns where six fit with their
// words, strips where they fit, else one strip. What the user has chosen
// holds while it fits.
func layoutFor(w, h int, want choice) layout {
	switch {
	case w < page.MinWidth || h < page.MinHeight:
		return tooSmall
	case want == wantColumns && w >= columnsWidth && h >= columnsHeight:
		return columnsLayout
	case want != wantStrips && w >= page.WideWidth && h >= page.WideHeight:
		return columnsLayout
	case w >= page.MidWidth && h >= stripsHeight:
		return strips
	}
	return oneStrip
}

// Lanes is the page of all lanes, one beside the other or one below the other.
type Lanes struct {
	page.Base
	choice choice
}

// Profile lets all shared commands work.
func (*Lanes) Profile() (heading string, traits page.Trait) {
	return "", page.Any | page.Timed | page.Overview | page.Editing | page.First
}

func (l *Lanes) layout() layout { return layoutFor(l.Width, l.Height, l.choice) }

// Down reports whether time goes down.
func (l *Lanes) Down() bool { return l.layout() == columnsLayout }

// Tall is from how many rows on the foot has two lines.
func (l *Lanes) Tall() int {
	if l.layout() == oneStrip {
		return 22
	}
	return page.WideHeight
}

type drawing struct {
	page.Screen
	m *Lanes
}

// Draw draws the lanes, all of them if they fit.
func (l *Lanes) Draw(sc page.Screen) {
	p := drawing{sc, l}
	switch l.layout() {
	case columnsLayout:
		p.columns()
	case strips:
		p.strips()
	default:
		p.small()
	}
}

// Commands returns the one that is about the whole page.
func (l *Lanes) Commands() []page.Command {
	return []page.Command{{
		Group: page.OfLanes, After: "1 2 3 4 5 6 7 8 9", In: page.First,
		Keys: "w", Does: "strips or columns", Short: "layout", Do: page.Once(l.otherLayout),
		Names: "lanes as strips or as columns",
	}}
}

// otherLayout goes from strips to columns and back, where both fit.
func (l *Lanes) otherLayout() tea.Cmd {
	was, choice := layoutFor(l.Width, l.Height, l.choice), l.choice
	l.choice = wantColumns
	if was == columnsLayout {
		l.choice = wantStrips
	}
	if layoutFor(l.Width, l.Height, l.choice) == was {
		l.choice = choice
		l.Message = "columns need a window of " + strconv.Itoa(columnsWidth) + "×" + strconv.Itoa(columnsHeight)
		return nil
	}
	name := string(l.choice) // as it is now: what is remembered is written in the background
	return l.Remember(func(s *session.State) { s.Layout = name })
}

// Recall takes the choice that was remembered.
func (l *Lanes) Recall(st session.State) { l.choice = choice(st.Layout) }
