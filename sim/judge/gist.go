package judge

import (
	"encoding/binary"
	"math/bits"

	"photofinish/sim"
)

// Gist appends to b all that a verdict can depend on in what a trial's ledger has
// noted so far, beside the screens and the records. Two trials of a script that
// are in the same state (see [sim.Snapshot]), and of which the gist is the same,
// get the same verdict if they go on alike, and impede the user alike.
//
// It is to be read beside the rules: what they ask of a fate is in it as it
// stands; of moments it has only those comparisons that the rules make and that
// may still decide something. Moments grow, and what comes is later than all that
// was; so a comparison with what is still to come needs no note. Those that only
// choose between two anomalies of one gravity are left out too.
func Gist(b []byte, s *sim.Script, l *sim.Ledger) []byte {
	g := gist{b: b, s: s, l: l, several: s.Views().Count() > 1, lossy: s.Habits()&(sim.Offlines|sim.Closes) != 0, shows: s.Network.Echo}
	g.look()
	for n := 1; n <= len(s.Actions); n++ {
		if l.Fates[n].Pressed != 0 {
			g.fate(n)
			g.together(n)
			g.alone(n)
			g.continued(n)
		}
	}
	g.deleted()
	g.blocked()
	g.reverts()
	g.number(uint64(min(1, len(l.Errands))))
	if g.several || g.shows {
		g.server()
		g.errands(g.rank)
		g.reads()
	} else if len(l.Errands) > 0 { // nothing else shows records
		for i := range l.Reads {
			g.behind(l.Reads[i].Landed)
		}
		g.errands(g.behind)
		g.reads()
	}
	return g.b
}

// gist is a gist that is being written.
type gist struct {
	b       []byte
	s       *sim.Script
	l       *sim.Ledger
	several bool // screens or persons
	lossy   bool // a reply may be lost or not, and nothing that is pending tells
	shows   bool // replies show records, now or later

	creates, deletes uint64 // the actions that do this, a bit each from 1 on
}

// look looks what there is to be asked of the script's actions.
func (g *gist) look() {
	for i := range g.s.Actions {
		switch g.s.Actions[i].Do {
		case sim.Create:
			g.creates |= 1 << i
		case sim.Delete:
			g.deletes |= 1 << i
		case sim.Fetch:
			g.shows = true
		}
	}
}

func (g *gist) number(n uint64) {
	if n < 0x80 { // as most are
		g.b = append(g.b, byte(n))
		return
	}
	g.b = binary.AppendUvarint(g.b, n)
}

func (g *gist) numbers(all ...uint64) {
	for _, n := range all {
		g.number(n)
	}
}

// fate writes what became of an action so far.
func (g *gist) fate(n int) {
	f := &g.l.Fates[n]
	var set byte
	for i, m := range [...]sim.Moment{f.Waits, f.Refused, f.Sent, f.Landed, f.TimedOut, f.Told} {
		if m != 0 {
			set |= 1 << i
		}
	}
	if f.Reason {
		set |= 1 << 6
	}
	if f.Replied != 0 && g.s.Actions[n-1].Do == sim.Fetch {
		set |= 1 << 7 // of other actions it is asked for its moment alone
	}
	g.b = append(g.b, set)
	if g.lossy {
		g.number(uint64(min(f.Failed, 1) | min(f.Replied, 1)<<1))
	}
	g.numbers(uint64(f.Carried), uint64(f.Status), uint64(f.Record), uint64(f.Rode), uint64(f.RodeOn), uint64(f.Parent))
	if g.several {
		g.numbers(uint64(f.Beaten), uint64(f.Beneath))
	}
}

// together writes which later actions the last request of n carried too, while
// that may excuse it: see left.
func (g *gist) together(n int) {
	f, set := &g.l.Fates[n], uint64(0)
	if f.Sent == 0 || g.s.Actions[n-1].Sets&^f.Carried == 0 {
		return
	}
	for m := n + 1; m <= len(g.s.Actions); m++ {
		if g.l.Fates[m].Sent == f.Sent {
			set |= 1 << (m - 1)
		}
	}
	g.number(set)
}

// alone writes whether n can still have met the server as it does one at a time,
// while the server may still refuse it. It has not for good once something sent
// before had not ended when it was pressed, or something pressed later was done
// before it.
func (g *gist) alone(n int) {
	f := &g.l.Fates[n]
	if f.Status == 200 {
		return
	}
	before := uint64(0)
	for m := 1; m <= len(g.s.Actions); m++ {
		h := &g.l.Fates[m]
		ended := max(h.Replied, h.TimedOut)
		met := m < n && (ended == 0 || ended > f.Pressed || h.Landed > f.Pressed) || m > n && h.Landed != 0 && h.Landed < f.Landed
		if !met || h.Sent == 0 || !g.near(m, n) {
			continue
		}
		if m < n || h.Status == 200 {
			g.b = append(g.b, 1)
			return
		}
		before |= 1 << (m - 1)
	}
	g.b = append(g.b, 0)
	g.number(before)
}

// near reports whether action m is about the person of action n, as far as what became
// of n may hang on it.
func (g *gist) near(m, n int) bool {
	a, b := &g.s.Actions[m-1], &g.s.Actions[n-1]
	return a.View() == b.View() || a.Lists && a.Client == b.Client
}

// continued writes which later creates went on after n had failed: to be named
// by that says why nobody is there.
func (g *gist) continued(n int) {
	f := &g.l.Fates[n]
	for later := g.creates >> n << n; later != 0; later &= later - 1 {
		h, set := &g.l.Fates[bits.TrailingZeros64(later)+1], uint64(0)
		if h.Pressed == 0 {
			continue
		}
		if h.Pressed < f.Told {
			set |= 1
		}
		if h.Sent > max(f.Replied, f.Failed) {
			set |= 2
		}
		g.number(set)
	}
}

// deleted writes, by record, which delete was carried out last.
func (g *gist) deleted() {
	for i := range g.l.Records {
		last := 0
		for all := g.deletes; all != 0; all &= all - 1 {
			n := bits.TrailingZeros64(all) + 1
			if f := &g.l.Fates[n]; f.Status == 200 && int(f.Record) == i+1 && f.Landed >= g.l.Fates[last].Landed {
				last = n
			}
		}
		g.number(uint64(last))
	}
}

// blocked writes whether a press was blocked: see Impeded.
func (g *gist) blocked() {
	for n := range g.s.Actions {
		if g.l.Fates[n+1].Blocked {
			g.b = append(g.b, 1)
			return
		}
	}
	g.b = append(g.b, 0)
}

// reverts writes what was taken off the screen, and by taking back what.
func (g *gist) reverts() {
	for i := range g.l.Reverts {
		r := &g.l.Reverts[i]
		g.number(uint64(r.Action))
		for f := range r.Before {
			if f < len(g.s.Fields) || f == sim.Permissions {
				g.b = append(g.b, byte(r.Before[f]), byte(r.After[f]))
			}
		}
	}
	g.number(0)
}

// server writes in which order the server did what it did.
func (g *gist) server() {
	for n := range g.s.Actions {
		f := &g.l.Fates[n+1]
		g.rank(f.Landed)
		g.rank(f.RodeAt)
	}
	for i := range g.l.Reads {
		g.rank(g.l.Reads[i].Landed)
	}
}

// errands writes of those whose reply is under way, screen by screen, when the server
// handled them.
func (g *gist) errands(when func(sim.Moment)) {
	for view := range sim.MaxViews {
		for _, a := range g.l.Errands {
			if a.View() == view && g.replying(a) {
				when(g.l.Fates[a.Number].Landed)
			}
		}
		g.number(0)
	}
}

// behind writes what the server had done before the moment of a read, and how many other
// reads: of more nothing hangs on when it was, where no screen is shown but by errands.
func (g *gist) behind(m sim.Moment) {
	landed, rode, read := uint64(0), uint64(0), uint64(1)
	for n := range g.s.Actions {
		f := &g.l.Fates[n+1]
		if f.Landed != 0 && f.Landed < m {
			landed |= 1 << n
		}
		if f.RodeAt != 0 && f.RodeAt < m {
			rode |= 1 << n
		}
	}
	for i := range g.l.Reads {
		if g.l.Reads[i].Landed < m {
			read++
		}
	}
	for _, a := range g.l.Errands {
		if g.replying(a) && g.l.Fates[a.Number].Landed < m {
			read++
		}
	}
	g.numbers(read, landed, rode)
}

// replying reports whether the server has handled an errand, or sent news, and the
// client has no reply yet.
func (g *gist) replying(a *sim.Action) bool {
	f := &g.l.Fates[a.Number]
	return f.Landed != 0 && f.Replied == 0
}

// rank writes the place of a moment among those at which the server did
// something; 0 if it is never.
func (g *gist) rank(m sim.Moment) {
	if m == 0 {
		g.number(0)
		return
	}
	place := uint64(1)
	before := func(o sim.Moment) {
		if o != 0 && o < m {
			place++
		}
	}
	for n := range g.s.Actions {
		f := &g.l.Fates[n+1]
		before(f.Landed)
		before(f.RodeAt)
	}
	for i := range g.l.Reads {
		before(g.l.Reads[i].Landed)
	}
	for _, a := range g.l.Errands {
		if g.replying(a) {
			before(g.l.Fates[a.Number].Landed)
		}
	}
	g.number(place)
}

// reads writes what was shown, and before which presses.
func (g *gist) reads() {
	g.number(uint64(len(g.l.Reads)))
	for i := range g.l.Reads {
		r := &g.l.Reads[i]
		if r.Action <= sim.MaxActions {
			g.number(uint64(r.Action))
		} else { // of an errand it matters who had pressed what by then
			g.number(sim.MaxActions + 1)
			g.number(uint64(g.l.PressedBefore(g.s, g.l.Action(g.s, r.Action))))
		}
		g.numbers(uint64(r.View), uint64(r.Record), uint64(r.Kept))
		for f := range r.Body {
			if f < len(g.s.Fields) || f == sim.Permissions {
				g.b = g.l.Sums.Append(g.l.Sums.Append(g.b, r.Body[f]), r.Before[f])
			}
		}
		pressed := uint64(0)
		for n := range g.s.Actions {
			if p := g.l.Fates[n+1].Pressed; p != 0 && p < r.Shown {
				pressed++
			}
		}
		g.number(pressed)
	}
}
