package focus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/sim"
	"photofinish/strategies"
	"photofinish/tui/ink"
	"photofinish/tui/page"
)

// origin is the line of code that the source panel shows.
type origin struct {
	file  string
	line  int          // from 1; 0: none
	calls []sim.Source // what it called, the innermost last
	event int          // that it caused
	sure  bool         // the selected event is its doing
}

// origin finds the line that brought the selected event about, in the lane's own file
// if it was there.
func (f *Focus) origin() origin {
	o := origin{event: -1}
	var own []string
	if i := f.Session.Lane; i < len(f.Entries) {
		o.file, own = f.Entries[i].File, f.Entries[i].Files()
	}
	if o.file == "" { // the user's own
		if i := slices.IndexFunc(f.lane.Events, func(e sim.Event) bool { return e.Source.File != "" }); i >= 0 {
			o.file = f.lane.Events[i].Source.File
		}
	}
	if k, sure := (teller{f.lane}).cause(f.at); k >= 0 {
		s, calls := f.guilty(&f.lane.Events[k], own)
		if s.Line >= 1 && s.Line <= len(f.lines(s.File)) {
			return origin{s.File, s.Line, calls, k, sure}
		}
	}
	return o
}

// guilty returns the line of a strategy's own files that brought an event about, and
// what that called: of the first of its files that had a part in it, the outermost
// line; if none had, of the file of the innermost one.
func (f *Focus) guilty(e *sim.Event, own []string) (sim.Source, []sim.Source) {
	for _, file := range append(slices.Clip(own), e.Source.File) {
		if i := slices.IndexFunc(e.Frames, func(s sim.Source) bool { return s.File == file }); i >= 0 {
			return e.Frames[i], slices.DeleteFunc(slices.Clone(e.Frames[i+1:]), f.passesOn)
		}
	}
	return e.Source, nil
}

// passesOn reports whether a line is in no strategy's file, but in what gives each
// client and person a strategy of its own.
func (f *Focus) passesOn(s sim.Source) bool {
	return !slices.ContainsFunc(f.Lineup, func(e strategies.Entry) bool { return e.File == s.File })
}

// listing is a file of the user's, as it was when a trial of theirs was there.
type listing struct {
	of    *diagram.Lane
	file  string
	lines []strategies.Line
}

// The longest file of the user's that is shown, and the longest line.
const (
	longestFile = 1 << 20
	longestLine = 400
)

// lines returns the lines of a file: of the strategy in view, or of the user's own.
func (f *Focus) lines(file string) []strategies.Line {
	own := f.Own(f.lane.Name)
	switch {
	case own == nil:
		return strategies.Lines(file)
	case f.listing.of == f.lane && f.listing.file == file:
		return f.listing.lines
	}
	f.listing = listing{of: f.lane, file: file}
	if own.Source == nil {
		return nil
	}
	text, _ := own.Source(file)
	for line := range strings.SplitSeq(strings.TrimRight(string(text[:min(len(text), longestFile)]), "\r\n"), "\n") {
		line = strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", "  ")
		f.listing.lines = append(f.listing.lines, strategies.Line{Code: ink.Printable(line, longestLine)})
	}
	return f.listing.lines
}

// source shows the code, with the line that brought the selected event about, and what
// that called.
func (f *Focus) source(sc page.Screen, b box) {
	o := f.origin()
	title := "strategies/" + o.file
	if f.Own(f.lane.Name) != nil {
		title = cmp.Or(ink.Printable(o.file, 200), "your own program")
	}
	head(sc, b, title, ink.Dim)
	lines, notes := f.lines(o.file), f.notes(o)
	rows := b.h - 1
	notes = notes[:min(len(notes), max(rows-1, 0))]
	all, first := len(lines)+len(notes), 1
	if all > rows {
		first = min(max(o.line-rows*2/3+max(len(notes)-rows/3, 0), 1), all-rows+1)
	}
	y := b.y + 1
	for n := first; n <= len(lines) && y < b.y+b.h; n++ {
		code(sc, lines[n-1], n, box{b.x, y, b.w, 1})
		if n == o.line {
			f.highlight(sc, lines[n-1], box{b.x, y, b.w, 1}, o)
			in := 4 + len(lines[n-1].Code) - len(strings.TrimLeft(lines[n-1].Code, " "))
			for _, note := range notes {
				if y++; y < b.y+b.h {
					sc.Put(b.x+in, y, ink.Cut(note.text, b.w-in), note.of)
				}
			}
		}
		y++
	}
}

// note is a row below the line of code in view.
type note struct {
	text string
	of   ink.Style
}

// notes says below the line what it did, and which lines did it.
func (f *Focus) notes(o origin) (notes []note) {
	if !o.sure {
		return nil
	}
	if remark := (teller{f.lane}).words().Remark(o.event); remark != "" {
		notes = append(notes, note{"▲ " + remark, ink.Style{FG: f.gravity(o), Bold: true}})
	}
	at := func(s sim.Source) string { return s.File + ":" + strconv.Itoa(s.Line) }
	wide := 0
	for _, s := range o.calls {
		wide = max(wide, ink.Width(at(s)))
	}
	for _, s := range o.calls {
		if lines := f.lines(s.File); s.Line <= len(lines) {
			pad := strings.Repeat(" ", wide-ink.Width(at(s)))
			notes = append(notes, note{"→ " + at(s) + pad + "  " + strings.TrimSpace(lines[s.Line-1].Code), ink.Style{FG: ink.Dim}})
		}
	}
	return notes
}

func code(sc page.Screen, l strategies.Line, n int, b box) {
	sc.Right(b.x+2, b.y, strconv.Itoa(n), ink.Style{FG: ink.Faint})
	room := b.w - 4
	x := sc.Put(b.x+4, b.y, ink.Cut(l.Code, room), ink.Style{FG: ink.Text})
	sc.Put(x, b.y, ink.Cut(l.Comment, b.x+b.w-x), ink.Style{FG: ink.Dim})
}

// gravity returns the colour of a line: red only if what it did is a proof of
// what went wrong.
func (f *Focus) gravity(o origin) ink.Colour {
	if v := max(f.lane.Proves(o.event), f.lane.Proves(f.at)); o.sure && v.Bad() {
		return ink.Of(tell.Verdict(v).Role)
	}
	return ink.Accent
}

// highlight fills a line; one that is not sure to be the cause only dimly.
func (f *Focus) highlight(sc page.Screen, l strategies.Line, b box, o origin) {
	s := ink.Style{FG: ink.Ground, BG: f.gravity(o), Bold: true}
	if !o.sure {
		s = ink.Style{FG: ink.Text, BG: ink.Panel, Bold: true}
	}
	text := " " + ink.Cut(l.Code+l.Comment, b.w-4)
	sc.Repeat(b.x+3, b.y, b.w-3, ' ', s)
	sc.Put(b.x+3, b.y, text, s)
}
