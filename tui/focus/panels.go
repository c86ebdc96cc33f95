package focus

import "slices"

type panel uint8

const (
	logPanel    panel = iota
	otherPanel        // the log of the lane that this one is compared with
	statesPanel       // who wrote what
	sourcePanel       // the strategy's code
)

// panelWidths are the cells that a panel needs, wants, and has use for.
var panelWidths = [...]struct{ least, want, most int }{
	logPanel:    {24, 34, 46},
	otherPanel:  {24, 30, 42},
	statesPanel: {30, 30, 46},
	sourcePanel: {46, 52, 56},
}

// gap is how many cells stay blank behind a panel. A log ends with its marks,
// or blank.
func gap(p panel) int {
	if p == logPanel {
		return 1
	}
	return 2
}

type box struct{ x, y, w, h int }

// all lists the panels that there are something to show in.
func (f *Focus) all() []panel {
	if f.compared.rows != nil {
		return []panel{logPanel, otherPanel, statesPanel, sourcePanel}
	}
	return []panel{logPanel, statesPanel, sourcePanel}
}

// panels picks those that fit beside each other: all, or else with every turn
// of tab others. The log and the source stay while they can.
func (f *Focus) panels(w int) []panel {
	all := f.all()
	wide := len(all) > 3 // four of them are worth it only with their words
	if fit(all, w, wide) {
		return all
	}
	turned := func(of []panel) panel { return of[(f.turn%len(of)+len(of))%len(of)] }
	if wide {
		if three := []panel{logPanel, turned(all[1:3]), sourcePanel}; fit(three, w, false) {
			return three
		}
	}
	p := turned(all[1:])
	if two := []panel{logPanel, p}; fit(two, w, false) {
		return two
	}
	return []panel{p}
}

// nextPanel names the panel that tab brings; "" if it brings none.
func (f *Focus) nextPanel() string {
	next := *f
	next.turn++
	is := f.panels(f.Width)
	for _, p := range next.panels(f.Width) {
		if !slices.Contains(is, p) {
			return [...]string{logPanel: "log", otherPanel: "its log", statesPanel: "states", sourcePanel: "code"}[p]
		}
	}
	return ""
}

// fit reports whether panels fit beside each other, with all that they want
// or just so.
func fit(panels []panel, w int, well bool) bool {
	need := 1 - gap(sourcePanel)
	for _, p := range panels {
		n := panelWidths[p].least
		if well {
			n = panelWidths[p].want
		}
		need += n + gap(p)
	}
	return need <= w
}

// placePanels gives each panel its columns: what it needs, then, the last one first,
// what it wants, and then what there is.
func placePanels(panels []panel, width, y, h int) []box {
	boxes, left := make([]box, len(panels)), width-1+gap(sourcePanel)
	for i, p := range panels {
		boxes[i] = box{y: y, w: panelWidths[p].least, h: h}
		left -= panelWidths[p].least + gap(p)
	}
	if len(panels) == 1 {
		return []box{{1, y, width - 2, h}}
	}
	grow := func(i, to int) {
		more := min(max(to-boxes[i].w, 0), max(left, 0))
		boxes[i].w, left = boxes[i].w+more, left-more
	}
	for i := len(panels) - 1; i >= 0; i-- {
		grow(i, panelWidths[panels[i]].want)
	}
	for i, p := range panels {
		grow(i, min(boxes[i].w+max(left, 0)/(len(panels)-i), panelWidths[p].most))
	}
	x := 1
	for i := range boxes {
		boxes[i].x = x
		x += boxes[i].w + gap(panels[i])
	}
	return boxes
}

// focusRows are the first rows of the parts of the focus, counted from the top, 0.
type focusRows struct {
	hands    int // the user's actions, and the ticks below them
	top      int // of the strip; where there is no room for one, the server's line
	braille  int // rows of lines; 0: only the server's line
	marks    int // below the strip: where it was decided, and seen; 0: none
	sentence int
	text     int // the last row of what has been proved
	says     int // the last row of the sentence, which says what decided
	there    int // the server's line of the lane that this one is compared with; 0: none
	heads    int // of the panels
	end      int // behind the last row of the panels
}

// focusRowsFor divides a window. What gives way: blank rows, lines, and at last the strip itself.
func focusRowsFor(w, h, foot int, compared bool) (r focusRows) {
	blank, more := 0, 0
	if h >= 34 {
		blank = 1
		if w < 116 {
			more = 1 // the sentence itself has two rows
		}
	}
	r.hands = 1 + blank
	r.top = r.hands + 2
	bottom := r.top
	used := 10 + 2*blank + more + foot // header, hands, ticks, waiting row, two rails, marks, sentence and what decided, heads
	if compared {
		used++
	}
	if h >= 20 {
		r.braille = min(max((h-used+1)/4, 2), 10)
		bottom = r.top + r.braille + 3
		r.marks = bottom
	}
	if compared {
		bottom++
		r.there = bottom
	}
	r.sentence = bottom + 1
	r.says = r.sentence + 1 + more
	if r.text = r.says - 1; blank == 0 {
		r.text = r.says // what the one does not need the other has
	}
	r.heads = r.says + 1
	r.end = h - foot - blank
	return r
}
