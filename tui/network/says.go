package network

import (
	"slices"
	"strconv"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// counts says what is proved so far, and what the orders from here and all
// orders come to; at the right what both sides hold.
func (n *Network) counts(sc page.Screen, g networkRows, l *diagram.Lane) {
	x, room := 14, sc.W-15
	if g.right > 0 {
		room = g.right - 16
		at := sc.Put(g.right, g.counts, "server holds  ", ink.Style{FG: ink.Dim})
		sc.Value(l, l.Server(), at, g.counts, sc.W-at-1)
		sc.Put(g.right, g.counts+1, "screen shows  ", ink.Style{FG: ink.Dim})
		sc.Value(l, l.Screen(), at, g.counts+1, sc.W-at-1)
	}
	for i, label := range []string{"so far", "from here", "in all"} {
		sc.Put(2, g.counts+i, label, ink.Style{FG: ink.Dim})
	}
	text, of := n.soFar(l.At(sc.Look.Now), room)
	sc.Put(x, g.counts, ink.Cut(text, room), of)
	text, of = n.fromHere(room)
	sc.Put(x, g.counts+1, ink.Cut(text, room), of)
	text, of = n.inAll(sc.W - 15)
	if l.At(sc.Look.Now).Verdict.Bad() {
		text = strings.TrimSuffix(strings.TrimSuffix(text, " Break it."), ": break it.")
	}
	sc.Put(x, g.counts+2, ink.Cut(text, sc.W-15), of)
}

// counting stands where a count is not known yet.
const counting = "counting …"

// soFar says what is proved; by its name at the end, where its sentence stands
// above, and where there is no room for that.
func (n *Network) soFar(st diagram.Standing, room int) (string, ink.Style) {
	says := st.Says
	if n.Now.Over() || ink.Width(says)+2 > room {
		says = st.Kind
	}
	switch {
	case st.Open:
		return "nothing is wrong", ink.Style{FG: ink.Text, Bold: true}
	case st.Verdict == judge.OK:
		return "✓ nothing is wrong", ink.Style{FG: ink.Good, Bold: true}
	}
	return st.Mark() + " " + ink.Printable(says, 200), ink.Style{FG: ink.Of(tell.Verdict(st.Verdict).Role), Bold: true}
}

// fromHere counts the orders from here by their ends.
func (n *Network) fromHere(room int) (string, ink.Style) {
	if n.Now.Over() {
		return "nothing more can happen", ink.Style{FG: ink.Dim}
	}
	if n.outlook == nil {
		return counting, ink.Style{FG: ink.Faint}
	}
	r := &n.outlook.Result
	if r.Failed != nil {
		return "? failed: " + ink.Printable(r.Failed.Error(), 200), ink.Style{FG: ink.Unknown, Bold: true}
	}
	all := tell.Grouped(r.Classes)
	of := ink.Style{FG: ink.Of(tell.Verdict(r.Gravest()).Role), Bold: true}
	mark := tell.Mark(r.Gravest()) + " "
	switch {
	case r.RaceFree() && r.Classes == 1:
		return shorter("✓ the one order left ends well", room), of
	case r.RaceFree():
		return "✓ all " + all + " orders end well", of
	case r.Bad() == 0:
		return "? of " + all + "+ orders", ink.Style{FG: ink.Unknown, Bold: true}
	case r.Complete && r.Bad() == r.Classes && r.Classes == 1:
		return shorter(mark+"the one order left ends "+how(r), room), of
	case r.Complete && r.Bad() == r.Classes:
		return shorter(mark+"all "+all+" orders "+endBadly(r), room), of
	}
	return shorter(mark+tell.Orders(r.Bad(), r.Classes, r.Complete)+" orders "+endBadly(r), room), of
}

// shorter leaves out words, the least missed first, until a count fits.
func shorter(text string, room int) string {
	for _, words := range [][2]string{{" left", ""}, {" orders", ""}, {" of the first", " of"}, {" wrong", ""}, {" ends", ""}, {" end", ""}} {
		if ink.Width(text) > room {
			text = strings.Replace(text, words[0], words[1], 1)
		}
	}
	return text
}

// inAll counts all orders of the script by their ends, and says whether it is still
// the one that the lane has.
func (n *Network) inAll(room int) (string, ink.Style) {
	if n.all == nil || n.of != n.Turn().Script {
		return counting, ink.Style{FG: ink.Faint}
	}
	r, with := n.all, ""
	if n.Turn().Script != n.base {
		with = " with what you changed"
		made := 0
		for i := range n.Turn().Script.Actions {
			if !n.Turn().Script.Actions[i].Skip {
				made++
			}
		}
		if all := len(n.Turn().Script.Actions); made < all {
			with = " with " + strconv.Itoa(made) + " of the " + strconv.Itoa(all) + " clicks"
		}
	}
	switch all := tell.Grouped(r.Classes); {
	case r.Failed != nil:
		return "? failed: " + ink.Printable(r.Failed.Error(), 200), ink.Style{FG: ink.Unknown, Bold: true}
	case r.RaceFree():
		return "✓ race-free" + with + strings.TrimPrefix(tell.Orders(0, r.Classes, true), "race-free") + ": nobody can break it", ink.Style{FG: ink.Good, Bold: true}
	case r.Bad() == 0:
		return "? of " + all + "+" + with + ": nobody knows", ink.Style{FG: ink.Unknown, Bold: true}
	}
	text := tell.Mark(r.Gravest()) + " " + tell.Orders(r.Bad(), r.Classes, r.Complete) + with
	long, short := ": this strategy can be broken. Break it.", ": break it."
	if ink.Width(text+long) > room {
		long = short
	}
	return text + long, ink.Style{FG: ink.Text}
}

func how(r *explore.Result) string {
	switch {
	case r.Verdicts[judge.Wrong] == r.Bad():
		return "wrong"
	case r.Verdicts[judge.Stuck] == r.Bad():
		return "stuck"
	}
	return "badly"
}

func endBadly(r *explore.Result) string {
	if r.Bad() == 1 {
		return "ends " + how(r)
	}
	return "end " + how(r)
}

// foot names the keys, in fewer words where the window is narrow.
func (n *Network) foot(sc page.Screen, g networkRows) {
	if g.keys == 1 {
		sc.Footer(frame.Foot{Keys: append(n.pickHints("it arrives", "x"), n.otherHints("z", "esc", "b")...)})
		return
	}
	keys := n.pickHints("this one arrives", "enter", "x", "e")
	if !n.Now.Over() && (!n.next[0].Message() || n.next[0].Choice.What == sim.RequestBegins) {
		keys = n.pickHints("this one happens", "enter")
	}
	act := frame.Key("c u d p f", "act in between")
	if n.Now.Over() {
		act.What = "act once more, and go on"
	}
	sc.Footer(frame.Foot{Keys: append(keys, act), More: n.otherHints("z", "b", "esc", "space", "t")})
}

// pickHints names the numbers of what may happen next, at most nine.
func (n *Network) pickHints(what string, more ...string) (out []frame.Hint) {
	last := min(len(n.next), 9)
	if last == 0 {
		return nil
	}
	keys := "1"
	for i := 2; i <= min(last, 4); i++ {
		keys += " " + strconv.Itoa(i)
	}
	if last > 4 {
		keys = "1 … " + strconv.Itoa(last)
	}
	out = frame.Keys(keys, what)
	for _, h := range n.Hints(more...) {
		if h.Keys == "enter" {
			h = frame.Key("↑ ↓ enter", "the same")
		}
		out = append(out, h)
	}
	return out
}

// briefly says in a narrow window what a key does.
var briefly = map[string]string{"z": "back", "b": "break it", "space": "let time", "t": "to timeline"}

// otherHints names keys, in a narrow window briefly.
func (n *Network) otherHints(keys ...string) []frame.Hint {
	if n.Now.Over() {
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == "space" })
	}
	out := n.Hints(keys...)
	for i, h := range out {
		if brief, ok := briefly[h.Keys]; ok && n.Width < 100 {
			out[i].What = brief
		}
	}
	return out
}
