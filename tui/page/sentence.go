package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/tui/frame"
	"photofinish/tui/ink"
)

// Sentence returns the foot of the lanes: what there is to see on the screen, in one
// sentence, and the keys that follow from it.
func (h *Host) Sentence() frame.Foot { return h.SentenceBeside(false) }

// SentenceBeside is Sentence; told says that what has gone wrong in the lane in view,
// and what is proved of it, stands on the screen already: then it is not said twice.
func (h *Host) SentenceBeside(told bool) frame.Foot {
	f := h.sentence(told)
	f.More, f.Tight = h.more(), tight(f.Keys)
	return f
}

func (h *Host) sentence(told bool) frame.Foot {
	switch s := &h.Session; {
	case len(s.Script.Actions) == 0:
		return frame.Foot{Says: []string{"nothing has happened yet"}, Keys: slices.Concat(h.HintAs("c", "create"), h.Hints("O"))}
	case h.Did != "":
		return h.edited()
	case h.Clock.Playing:
		return h.soFar()
	case s.Picked.Action != 0 && s.Picked.Action <= len(s.Script.Actions):
		return h.picked()
	case h.chosen():
		return h.selected()
	case h.Looked && told && h.SettledNow() && h.Lane().At(s.Now).Kind != "ok":
	case h.Looked && told && !h.Lane().At(s.Now).Open && h.Lane().At(s.Now).Kind != "ok":
		return frame.Foot{Says: h.ofAll().Says, Keys: h.ofLane(true).Keys}
	case h.Looked && !h.Lane().At(s.Now).Open:
		return h.ofLane(told)
	}
	return h.ofAll()
}

// ofAll says what became of all lanes so far, or in the end.
func (h *Host) ofAll() frame.Foot {
	switch {
	case h.Clock.Playing:
		return h.soFar()
	case !h.SettledNow():
		return h.midFlight()
	}
	return h.settled(" " + h.luck())
}

// edited says what an edit did, and what became of that.
func (h *Host) edited() frame.Foot {
	f := h.ofAll()
	if h.SettledNow() && !h.Clock.Playing {
		f = h.settled("")
	}
	var says []string
	for _, text := range f.Says {
		says = append(says, h.joined(text))
	}
	f.Says = append(says, f.Says...)
	var back []frame.Hint
	if h.History.Any() {
		back = h.only("z", "back")
	}
	turned := h.Ends()
	switch {
	case turned != "":
		f.Says = []string{h.joined(turned), h.joined(h.EndsInShort())}
		next := ""
		if h.HintText() != "" {
			next = "next way"
		}
		f.Keys = slices.Concat(h.HintAs("a", next), back, h.HintAs("L", h.never()))
	case h.Clock.Playing:
		f.Keys = append(f.Keys, back...)
	case h.Session.Picked.Action != 0:
		f.Keys = append(h.picked().Keys, back...)
	case h.chosen():
		f.Keys = append(h.selected().Keys, back...)
	default:
		f.Keys = append(f.Keys, back...)
	}
	if h.Left != "" {
		f.Keys = slices.Concat(h.only("P", h.Left+" again"), f.Keys)
	}
	return f
}

func (h *Host) joined(text string) string {
	did := ink.Printable(h.Did, 100)
	switch {
	case strings.HasSuffix(did, "."):
		text = tell.Capital(text)
	case strings.HasPrefix(text, "at "): // a colon of its own follows
		did = strings.TrimSuffix(did, ":") + ","
	}
	return did + " " + text
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func (h *Host) soFar() frame.Foot {
	f := frame.Foot{Keys: h.HintAs("space", "stop")}
	if h.FirstRun {
		f.Says = h.Question()
		return f
	}
	f.Says = []string{"so far nothing is lost"}
	if t := h.tally(); t.wrong > 0 {
		f.Says = []string{t.perfect(h.harm()) + h.whose() + " so far", t.perfect(h.harm()) + " so far"}
	}
	return f
}

// Question returns the question of a first run: how many saves, in which time; and
// in fewer words.
func (h *Host) Question() []string {
	short := "Who loses a save?"
	actions := h.Session.Script.Actions
	if h.Width < 80 || len(actions) < 2 || slices.ContainsFunc(actions, func(a sim.Action) bool { return a.Do == sim.Fetch }) {
		return []string{short}
	}
	span := actions[len(actions)-1].At - actions[0].At
	return []string{strconv.Itoa(len(actions)) + " saves in " + tell.Rounded(span) + " ms. Who loses one?", short}
}

// midFlight says what is on its way, and what is lost by now.
func (h *Host) midFlight() frame.Foot {
	text := "at " + tell.Rounded(h.Session.Now) + " ms: "
	flies := h.onItsWay()
	lost := "nothing lost yet"
	if t := h.tally(); t.wrong > 0 {
		lost = t.perfect(h.harm())
	}
	f := frame.Foot{Says: []string{text + flies + ", " + lost, text + lost}, Keys: slices.Concat(h.HintAs("space", "play"), h.Hints(",", "n"))}
	if h.tally().wrong > 0 {
		f.Keys = slices.Concat(f.Keys, h.HintAs("enter", "how"), h.HintAs("a", h.HintText()))
	}
	return f
}

// onItsWay names what is in flight now, and in how many lanes.
func (h *Host) onItsWay() string {
	type flight struct {
		label string
		lanes int
	}
	var up, down []flight
	for _, l := range h.Lanes {
		seen := map[string]bool{}
		for i := range l.Messages {
			m := &l.Messages[i]
			label := l.Labels(m.Actions)
			if m.From > h.Session.Now || m.To <= h.Session.Now || m.Lost || seen[label] {
				continue
			}
			seen[label] = true
			all := &down
			if m.Up {
				all = &up
			}
			if at := slices.IndexFunc(*all, func(f flight) bool { return f.label == label }); at >= 0 {
				(*all)[at].lanes++
			} else {
				*all = append(*all, flight{label, 1})
			}
		}
	}
	what := ""
	if len(up) == 0 {
		up, what = down, "the answer to "
	}
	if len(up) == 0 {
		return "nothing on its way"
	}
	slices.SortStableFunc(up, func(a, b flight) int { return b.lanes - a.lanes })
	text := what + ink.Printable(up[0].label, 20) + " on its way in " + strconv.Itoa(up[0].lanes) + plural(up[0].lanes, " lane", " lanes")
	if len(up) > 1 {
		text += ", " + ink.Printable(up[1].label, 20) + " in " + strconv.Itoa(up[1].lanes)
	}
	return text
}

func (h *Host) ofLane(told bool) frame.Foot {
	l := h.Lane()
	st := l.At(h.Session.Now)
	says, joint := ink.Printable(st.Says, 300), ": "
	if strings.HasPrefix(says, "ends right") {
		joint = " "
	}
	f := frame.Foot{Says: []string{l.Name + joint + says}, Keys: slices.Concat(h.HintAs("enter", "how"), h.HintAs("a", h.HintText()))}
	more := ""
	switch {
	case told || !l.Turning.Always || l.Failed != "":
	case st.Verdict == judge.OK:
		more = "; race-free"
	default:
		more = "; " + l.Turning.Every(st.Verdict)
	}
	if more != "" {
		f.Says = append([]string{f.Says[0] + more}, f.Says...)
	}
	return f
}

// chosen reports whether an action is selected, or the end of a span.
func (h *Host) chosen() bool {
	label, _ := h.Session.Selection()
	return label != ""
}

// selected names the action that is selected, or the end of a span.
func (h *Host) selected() frame.Foot {
	label, at := h.Session.Selection()
	f := frame.Foot{
		Says: []string{label + " selected, at " + tell.Rounded(at) + " ms", label + " at " + tell.Rounded(at) + " ms"},
		Keys: slices.Concat(h.HintAs("[", "10 ms"), h.HintAs("x", "delete the span")),
	}
	if h.Session.Action() != nil {
		f.Keys = slices.Concat(h.HintAs("[", "10 ms"), h.HintAs("e", "what it sets"), h.HintAs("x", "delete"), h.HintAs("m", "a message"))
	}
	return f
}

func (h *Host) picked() frame.Foot {
	leg := h.Session.Picked
	of := h.LegText(leg)
	says := []string{of + ": not sent here"}
	if takes, sent := h.Takes(leg); sent {
		says = []string{of + ": " + tell.Rounded(takes) + " ms, drawn"}
		if h.Pinned(leg) {
			says = []string{of + ": " + tell.Rounded(takes) + " ms in every lane", of + ": " + tell.Rounded(takes) + " ms"}
		}
	}
	hint := strings.TrimPrefix(h.HintText(), "try ")
	other := "its answer"
	if leg.Leg == sim.Downlink {
		other = "another"
	}
	keys := slices.Concat(h.HintAs("+", "10 ms slower, faster"), h.HintAs("a", strings.TrimPrefix(hint, of+" ")), h.HintAs("m", other), h.HintAs("0", "luck"), h.HintAs("esc", "let go"))
	return frame.Foot{Says: says, Keys: keys}
}

type tally struct {
	lanes, open, healed             int
	ok, loud, unknown, stuck, wrong int
}

func (h *Host) tally() (t tally) {
	t.lanes = len(h.Lanes)
	for _, l := range h.Lanes {
		st := l.At(h.Session.Now)
		if st.Open {
			t.open++
			continue
		}
		*[...]*int{judge.OK: &t.ok, judge.Loud: &t.loud, judge.Unknown: &t.unknown, judge.Stuck: &t.stuck, judge.Wrong: &t.wrong}[st.Verdict]++
		if is := l.Ending(); st.Verdict == judge.OK && is.Healed() {
			t.healed++
		}
	}
	return t
}

func (t *tally) perfect(of harm) string {
	return fmt.Sprintf("%d of %d %s %s", t.wrong, t.lanes, plural(t.wrong, "has", "have"), harms[of].perfect)
}

// harm is what can silently be wrong, in the words of somebody who has not read
// about anomalies.
type harm uint8

const (
	loses   harm = iota // a write, or a part of it
	doubles             // a second record
	leaves              // a record that nobody holds
	wipes               // an edit, off the screen
	shows               // a read that misses something
	goes                // anything else, or not all the same
)

var harms = [...]struct{ past, perfect, never, how, short string }{
	loses:   {"lost a save", "lost a save", "who never does", "lost it", "lost"},
	doubles: {"made a second record", "made a second record", "who makes one", "made two", "made two"},
	leaves:  {"left a record behind", "left a record behind", "who leaves none", "left it", "left one"},
	wipes:   {"wiped an edit off the screen", "wiped an edit off the screen", "who never does", "wiped it off", "wiped an edit"},
	shows:   {"showed old data", "shown old data", "who never does", "did", "showed old data"},
	goes:    {"went wrong", "gone wrong", "who never does", "went wrong", "went wrong"},
}

// never asks who does not do what is wrong by now.
func (h *Host) never() string {
	if t := h.tally(); t.wrong == 0 {
		return "who never loses"
	}
	return harms[h.harm()].never
}

// harmOf returns what an anomaly is.
func harmOf(s *sim.Script, a *judge.Anomaly) harm {
	switch a.Kind {
	case judge.UnsentWrite, judge.LostWrite, judge.MonotonicWrites, judge.LostUpdate:
		return loses
	case judge.ClobberedEdit:
		return wipes
	case judge.FailedByOrder, judge.SilentFailure:
		if do := s.Action(a.Actions[0]).Do; do != sim.Fetch && do != sim.Delete {
			return loses
		}
	case judge.DuplicateRecord:
		return doubles
	case judge.OrphanRecord:
		return leaves
	case judge.MonotonicReads, judge.StaleRead, judge.ReadYourWrites:
		return shows
	}
	return goes
}

// proved calls do with each anomaly of a lane that makes it wrong by now.
func (h *Host) proved(l *diagram.Lane, do func(a *judge.Anomaly)) {
	if l.At(h.Session.Now).Verdict != judge.Wrong {
		return
	}
	for i := range l.Anomalies {
		a := &l.Anomalies[i]
		if judge.Kinds[a.Kind].Verdict == judge.Wrong && (a.At().Index() < l.After(h.Session.Now) || h.Session.Now >= l.Settled) {
			do(a)
		}
	}
}

// harm returns what is wrong in every lane that is wrong by now.
func (h *Host) harm() harm {
	all := 1<<goes - 1
	for _, l := range h.Lanes {
		if l.At(h.Session.Now).Verdict != judge.Wrong {
			continue
		}
		here := 0
		h.proved(l, func(a *judge.Anomaly) { here |= 1 << harmOf(l.Script, a) })
		all &= here
	}
	for of := loses; of < goes; of++ {
		if all&(1<<of) != 0 {
			return of
		}
	}
	return goes
}

// luck says with what the latencies are as they are.
func (h *Host) luck() string {
	s := &h.Session
	switch {
	case s.Network != "" && s.Network != s.Scenario.Network:
		return "on " + ink.Printable(s.Network, 20)
	case s.Scripted():
		return "with these latencies"
	}
	return "with " + s.Luck()
}

// whose names the one person whom all is about that is wrong, where there are
// several, as " of Ada"; "" where it is about several.
func (h *Host) whose() string {
	persons, about := 0, 0
	for i := range h.Session.Script.Actions {
		persons |= 1 << h.Session.Script.Actions[i].Person
	}
	for _, l := range h.Lanes {
		h.proved(l, func(a *judge.Anomaly) {
			if n := a.Actions[0]; n > 0 {
				about |= 1 << l.Script.Action(n).Person
			}
		})
	}
	if persons&(persons-1) == 0 || about == 0 || about&(about-1) != 0 {
		return ""
	}
	for i := range h.Session.Script.Actions {
		a := &h.Session.Script.Actions[i]
		if a.Do != sim.Create || about != 1<<a.Person {
			continue
		}
		for f := range a.Sets.All {
			return " of " + ink.Printable(frame.ValueOf(h.Session.Script, sim.By(a.Number), f), 20)
		}
	}
	return ""
}

// settled says what became of all lanes; where tells of the latencies.
func (h *Host) settled(where string) frame.Foot {
	t := h.tally()
	switch {
	case t.wrong == t.lanes:
		return h.allLost(t)
	case t.ok == t.lanes && t.healed > 0:
		return h.allHealed(t)
	case t.ok == t.lanes:
		return h.allKept(t, where)
	}
	of := h.harm()
	var parts []string
	add := func(n int, one, many string) {
		if n == 0 {
			return
		}
		count := strconv.Itoa(n)
		if len(parts) == 0 {
			count += " of " + strconv.Itoa(t.lanes)
		}
		parts = append(parts, count+" "+plural(n, one, many))
	}
	lost := harms[of].past + h.whose()
	add(t.wrong, lost, lost)
	add(t.loud, "told the user", "told the user")
	add(t.stuck, "waits for ever", "wait for ever")
	add(t.unknown, "is not known", "are not known")
	add(t.open, "still runs", "still run")
	text := strings.Join(parts, ", ")
	f := frame.Foot{Says: []string{text}, Keys: h.ask(of)}
	if t.wrong+t.ok == t.lanes && where != "" {
		f.Says = []string{text + where, text}
	}
	if len(parts) == 1 && t.wrong > 0 {
		f.Says = append(f.Says, fmt.Sprintf("%d of %d %s", t.wrong, t.lanes, harms[of].short))
	}
	if of == doubles && t.wrong+t.ok == t.lanes {
		f.Says = []string{fmt.Sprintf("two records%s in %d of %d", h.whose(), t.wrong, t.lanes)}
	}
	return f
}

// ask returns the keys that follow from what went wrong: who never loses, how it happened, and
// what would turn it.
func (h *Host) ask(of harm) []frame.Hint {
	never := harms[of].never
	if t := h.tally(); t.wrong == 0 && t.stuck == 0 {
		never = h.never()
	}
	if _, _, ok := h.Survivor(); !ok && h.Surveyed() {
		never = "by how much"
	}
	how := "how"
	lanes := []frame.Hint(nil)
	if h.Width >= WideWidth {
		lanes = h.Hints("up")
		if h.Lane().At(h.Session.Now).Verdict == judge.Wrong {
			how += " " + h.Lane().Name + " " + harms[of].how
		}
	}
	return slices.Concat(h.HintAs("L", never), lanes, h.HintAs("enter", how), h.HintAs("a", h.HintText()))
}

// tight names the same keys in as few words as can be.
func tight(keys []frame.Hint) []frame.Hint {
	keys = slices.Clone(keys)
	for i := range keys {
		what, _, _ := strings.Cut(keys[i].What, ", ")
		switch {
		case strings.HasPrefix(what, "who never "):
			what = "who never"
		case strings.HasPrefix(what, "try "):
			what = "hint"
		case what == "next way":
			what = "next"
		}
		keys[i].What = what
	}
	return keys
}

// allLost says that every lane has lost something, and who of all would not.
func (h *Host) allLost(t tally) frame.Foot {
	of := h.harm()
	text := fmt.Sprintf("%d of %d %s%s", t.wrong, t.lanes, harms[of].past, h.whose())
	if of == doubles {
		text = fmt.Sprintf("two records%s in %d of %d", h.whose(), t.wrong, t.lanes)
	}
	f := frame.Foot{Says: []string{text}, Keys: h.ask(of)}
	name, state, ok := h.Survivor()
	switch {
	case ok:
		show := "show " + name + ", which never does"
		if state == report.Loud {
			show = "show " + name + ", which tells the user"
		}
		all := "all " + strconv.Itoa(len(h.Listed()))
		if h.Width >= WideWidth {
			all += " clients"
		}
		f.Keys = slices.Concat(h.HintAs("A", show), h.HintAs("L", all), f.Keys[1:])
		if len(f.Keys) > 0 && f.Keys[0].Keys != "A" {
			f.Keys = h.ask(of)
		}
	case h.Surveyed() && h.everyOrder(func(r *answer.Row) bool { return r.Orders.Verdicts[judge.Wrong] > 0 }, h.Survey()):
		f.Says = append([]string{text + ", and so does every client here, in some order"}, f.Says...)
	}
	if h.everyOrder(func(r *answer.Row) bool {
		return r.Orders.Complete && r.Orders.Verdicts[judge.Wrong] == r.Orders.Classes
	}, h.rows()) {
		f.Says = []string{text + ", whatever the latencies", text}
	}
	return f
}

// rows returns what is known of the lanes.
func (h *Host) rows() (rows []answer.Row) {
	for _, e := range h.Entries {
		rows = append(rows, h.Row(e))
	}
	return rows
}

// everyOrder reports whether something holds of all rows, and orders of each are known.
func (h *Host) everyOrder(holds func(*answer.Row) bool, rows []answer.Row) bool {
	return !slices.ContainsFunc(rows, func(r answer.Row) bool { return r.Orders.Classes == 0 || !holds(&r) })
}

// allKept says that nothing was lost, and whether it can be.
func (h *Host) allKept(t tally, where string) frame.Foot {
	text := fmt.Sprintf("%d of %d kept everything", t.ok, t.lanes)
	f := frame.Foot{
		Says: []string{text + where, text},
		Keys: slices.Concat(h.only("r", "other latencies"), h.HintAs("b", "break it"), h.HintAs("L", "who never loses")),
	}
	can, proved, counted := 0, 0, true
	for _, r := range h.rows() {
		counted = counted && r.Odds.Trials > 0 && r.Orders.Classes > 0
		switch r.State() {
		case report.Wrong, report.Stuck, report.Possible:
			can++
		case report.Proved:
			proved++
		}
	}
	switch {
	case proved == t.lanes:
		f.Says = []string{fmt.Sprintf("%d of %d keep everything, in every order", t.ok, t.lanes)}
		f.Keys = slices.Concat(h.HintAs("u", "save once more"), h.HintAs("n", "be the network"), h.HintAs("L", "who else"))
	case can > 0 && counted:
		f.Says = []string{fmt.Sprintf("%s%s; %d can lose it", text, where, can), fmt.Sprintf("%s; %d can lose it", text, can), text}
	}
	return f
}

// allHealed says that all end right, and that something had been lost on the way.
func (h *Host) allHealed(t tally) frame.Foot {
	text := fmt.Sprintf("%d of %d end right", t.ok, t.lanes)
	f := frame.Foot{Keys: slices.Concat(h.HintAs("enter", "how"), h.HintAs("L", "who never loses"))}
	f.Says = []string{fmt.Sprintf("%s; in %d something went wrong on the way", text, t.healed), fmt.Sprintf("%s; on the way %d did not", text, t.healed)}
	if by := h.goodBy(); by > 0 {
		f.Says[0] = fmt.Sprintf("%s; on the way %d lost a save that %s made good", text, t.healed, h.Session.Script.Action(by).Label())
		f.Says[1] = fmt.Sprintf("%s; on the way %d lost", text, t.healed)
	}
	return f
}

// goodBy returns the one action whose value stands, in all lanes that have lost a
// save on the way, in all fields that had been lost; 0 if there is none.
func (h *Host) goodBy() (by int) {
	for _, l := range h.Lanes {
		e := l.Ending()
		if !e.Healed() {
			continue
		}
		good := e.Stands > 0 && slices.ContainsFunc(e.Faults, func(f diagram.Fault) bool {
			a := l.Script.Action(f.Action)
			return (f.Kind == diagram.Dropped || f.Kind == diagram.Overwritten) && f.Action < e.Stands &&
				a.Sets != 0 && a.Sets&^l.Script.Action(e.Stands).Sets == 0
		})
		if !good || by != 0 && by != e.Stands {
			return 0
		}
		by = e.Stands
	}
	return by
}

// more lists what else can be pressed, the most useful first.
func (h *Host) more() []frame.Hint {
	play := "play"
	switch {
	case h.Clock.Playing && h.FirstRun:
		return nil
	case h.Clock.Playing:
		return slices.Concat(h.HintAs("space", "stop"), h.Hints("<"), h.HintAs("u", "save once more"))
	case h.SettledNow():
		play = "again"
	}
	var besides []frame.Hint
	switch {
	case h.Session.Picked.Action != 0:
		besides = slices.Concat(h.HintAs("esc", "let go"), h.Hints("z"))
	case h.chosen():
		besides = slices.Concat(h.HintAs("[", "10 ms"), h.HintAs("{", "100 ms"), h.HintAs("(", "1 ms"), h.HintAs("g", "another action"), h.HintAs("esc", "let go"), h.Hints("z"))
	}
	var client []frame.Hint
	if h.Session.Script.Clients() > 1 {
		client = frame.Keys("C", "act in client "+strconv.Itoa(2-h.Session.View/sim.MaxPersons))
	}
	return slices.Concat(besides, h.HintAs("space", play), h.Hints("left", "up", ","), client, h.Hints("n", "b", "o"), h.only("r", "other latencies"),
		h.Hints("N"), h.HintAs("u", "save once more"), h.Hints("O", ":", "q"))
}
