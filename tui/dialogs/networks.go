package dialogs

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// chooseNetwork offers the networks, with what a request's way up takes in each.
func (ds Dialogs) chooseNetwork() tea.Cmd {
	l := &Menu{Host: ds.Host, title: "another network: latencies are drawn anew", width: 106, rows: 3,
		head: "a request's way up", below: spreadAxis, short: shortAxis}
	is, was := ds.Session.Script.Network, ds.Session.Scenario.Script.Network
	used := ds.Session.Network
	add := func(name, about, more string, up *sim.Latency, inUse bool, do func() tea.Cmd) {
		mark := "  "
		if inUse {
			mark = "● "
			l.at = len(l.Items)
		}
		it := l.add(fmt.Sprintf("%s%-10s %s", mark, name, about), "", do)
		it.more = strings.Repeat(" ", 13) + ink.Printable(more, 60)
		if up != nil {
			once := sync.OnceValue(func() *spread { return spreadOf(up) }) // when it is first seen
			it.picture = func(sc page.Screen, x, y, rows, room int, chosen bool) int {
				return once().draw(sc, x, y, rows, room, chosen)
			}
		}
	}
	asItIs := used == "" && is.Up == was.Up && is.Down == was.Down
	add("as it is", "as the scenario has it: "+was.Up.Dist.String(), legsText(&was), &was.Up, asItIs, func() tea.Cmd {
		return ds.EditAs(ds.Session.OnScenarioNetwork(), "on the scenario's network:", "the network is as the scenario has it already")
	})
	for _, p := range scenarios.Networks() {
		add(p.Name, p.About, quantilesText(&p.Network.Up), &p.Network.Up, used == p.Name,
			func() tea.Cmd {
				return ds.EditAs(ds.Session.OnNetwork(p), "on "+p.Name+":", "it is on "+p.Name+" already: r draws other latencies")
			})
	}
	if own := used == "" && !asItIs; own {
		add("yours", "its median and its 99th percentile", legsText(&is), &is.Up, true, ds.askNetwork)
	} else {
		add("yours", "its median and its 99th percentile", "", nil, false, ds.askNetwork)
	}
	add("habits", "what every client and the server do besides: read again, poll, lag …", "", nil, false, ds.chooseHabit)
	ds.Over = l
	return nil
}

// habits are what every client and the server may do besides, by the key of a file,
// and how it is begun and left off.
var habits = []struct {
	key  string
	flip func(n *sim.Network)
}{
	{"echo", func(n *sim.Network) { n.Echo = !n.Echo }},
	{"fifo", func(n *sim.Network) { n.Fifo = !n.Fifo }},
	{"reread", func(n *sim.Network) { n.Reread = !n.Reread }},
	{"poll", func(n *sim.Network) { n.Poll = flipped(n.Poll, 5*time.Second) }},
	{"push", func(n *sim.Network) { n.Push = !n.Push }},
	{"cancel", func(n *sim.Network) { n.Cancel = !n.Cancel }},
	{"lag", func(n *sim.Network) { n.Lag = flipped(n.Lag, sim.Latency{A: time.Second}) }},
	{"isolation", func(n *sim.Network) { n.Torn = !n.Torn }},
	{"key-in-use", func(n *sim.Network) { n.KeyInUse = !n.KeyInUse }},
}

// flipped returns nothing of something, and of nothing what it begins with.
func flipped[T comparable](is, first T) (off T) {
	if is == off {
		return first
	}
	return off
}

// chooseHabit offers what every client and the server may do besides, a line each.
func (ds Dialogs) chooseHabit() tea.Cmd {
	l := &Menu{Host: ds.Host, title: "what every client and the server do", say: "begin it, or leave it off", width: 106}
	for _, h := range habits {
		is := ds.Session.Script.Network
		with := is
		h.flip(&with)
		mark, shows := "  ", &with // of one that is off, what it would be
		if f := factOf(&is, h.key); f != nil {
			mark, shows = "● ", &is
		}
		f := factOf(shows, h.key)
		about := f.Says
		if f.Value != true {
			about += " " + fmt.Sprint(f.Value)
		}
		did := h.key + " begins:"
		if shows == &is {
			did = h.key + " is left off:"
		}
		l.add(fmt.Sprintf("%s%-11s %s", mark, h.key, about), "", func() tea.Cmd {
			return ds.EditAs(ds.Session.WithHabits(with), did, "")
		})
	}
	ds.Over = l
	return nil
}

// factOf returns what a network says under a key of a file, nil if nothing.
func factOf(n *sim.Network, key string) *scenarios.Fact {
	for _, f := range scenarios.NetworkFacts(n) {
		if f.Key == key {
			return &f
		}
	}
	return nil
}

// legsText says what both ways of a network take, as "mean 120 ms up, 80 ms back".
func legsText(n *sim.Network) string {
	if n.Up == n.Down {
		return quantilesText(&n.Up)
	}
	if n.Up.Dist == n.Down.Dist && n.Up.Dist == sim.Exponential {
		return "mean " + inWords(n.Up.A) + " up, " + inWords(n.Down.A) + " back"
	}
	return "up " + quantilesText(&n.Up) + "; back " + quantilesText(&n.Down)
}

// quantilesText describes a latency, as "median 38 ms · p99 350 ms".
func quantilesText(l *sim.Latency) string {
	switch l.Dist {
	case sim.Lognormal:
		return "median " + inWords(l.A) + " · p99 " + inWords(l.B)
	case sim.Exponential:
		return "mean " + inWords(l.A)
	}
	return l.String()
}

// inWords writes a duration in ms below a second, as "38 ms" and "1.5 s".
func inWords(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%g ms", float64(d.Round(100*time.Microsecond))/float64(time.Millisecond))
	}
	return fmt.Sprintf("%g s", math.Round(d.Seconds()*10)/10)
}

// A spread is a histogram of latencies along an axis whose steps are equal factors, from
// 1 ms to 10 s: two columns of dots a cell, the highest of which is 1. What lies beyond
// the axis is not in it.
type spread [2 * spreadCells]float64

const (
	spreadCells = 26
	spreadAxis  = "1 ms   10    100   1 s  10 s"
	shortAxis   = "1 ms     10 s"
	spreadRoom  = 45 // from how many cells on there is room for all of them
	spreadDraws = 4096
	least       = 0.01 // what is drawn, of the highest
)

// spreadOf draws from a latency as a trial does, always with the same luck.
func spreadOf(l *sim.Latency) *spread {
	s := &sim.Script{Network: sim.Network{Up: *l}}
	for n := range sim.MaxActions {
		s.Actions = append(s.Actions, sim.Action{Number: n + 1, Up: sim.Unpinned, Down: sim.Unpinned})
	}
	var out spread
	for seed := range spreadDraws / len(s.Actions) {
		for _, a := range s.Drawn(uint64(seed)).Actions {
			of := math.Log10(float64(a.Up)/float64(time.Millisecond)) / 4
			if of >= 0 && of < 1 {
				out[int(of*float64(len(out)))]++
			}
		}
	}
	most := slices.Max(out[:])
	for i := range out {
		if out[i] /= max(most, 1); out[i] < least {
			out[i] = 0
		}
	}
	return &out
}

// draw draws it in braille, filled from below.
func (s *spread) draw(sc page.Screen, x, y, rows, room int, chosen bool) (width int) {
	of := frame.On(ink.Dim, false)
	if chosen {
		of = frame.On(ink.Accent, true)
	}
	cells, per := spreadCells, 1
	if room < spreadRoom {
		cells, per = cells/2, 2
	}
	for cell := range cells {
		for row := range rows {
			var bits rune
			for side := range 2 {
				i := per * (2*cell + side)
				dots := int(math.Ceil(slices.Max(s[i:i+per]) * float64(4*rows)))
				bits |= rune(filled[side][min(max(dots-4*(rows-1-row), 0), 4)])
			}
			if bits != 0 {
				sc.Put(x-cells+cell, y+row, string(rune(0x2800)|bits), of)
			}
		}
	}
	return cells
}

// filled are the dots of the left and the right half of a braille cell that is filled
// from below, by how many.
var filled = [2][5]uint8{{0, 0x40, 0x44, 0x46, 0x47}, {0, 0x80, 0xa0, 0xb0, 0xb8}}

func (ds Dialogs) askNetwork() tea.Cmd {
	ds.ask("median and p99 of each way, such as: 80ms 900ms", "", func(text string) (tea.Cmd, error) {
		words := strings.Fields(strings.ReplaceAll(text, ",", " "))
		if len(words) != 2 {
			return nil, fmt.Errorf("two durations with their units, such as: 80ms 900ms")
		}
		var d [2]time.Duration
		for i, w := range words {
			var err error
			if d[i], err = time.ParseDuration(w); err != nil {
				return nil, fmt.Errorf("%s is no duration with its unit, such as 80ms or 1.5s", ink.Printable(w, 20))
			}
		}
		s, err := ds.Session.OnOwnNetwork(d[0], d[1])
		if err != nil {
			return nil, err
		}
		return ds.EditAs(s, "on your network:", "it is on this network already: r draws other latencies"), nil
	})
	return nil
}
