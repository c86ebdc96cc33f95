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
	line  int  // from 1; 0: none
	event int  // that it caused
	sure  bool // the selected event is its doing
}

// origin finds the line that brought the selected event about.
func (f *Focus) origin() origin {
	o := origin{event: -1}
	if i := f.Session.Lane; i < len(f.Entries) {
		o.file = f.Entries[i].File
	}
	if o.file == "" { // the user's own
		if i := slices.IndexFunc(f.lane.Events, func(e sim.Event) bool { return e.Source.File != "" }); i >= 0 {
			o.file = f.lane.Events[i].Source.File
		}
	}
	if k, sure := (teller{f.lane}).cause(f.at); k >= 0 {
		if s := f.lane.Events[k].Source; s.Line >= 1 && s.Line <= len(f.lines(s.File)) {
			return origin{s.File, s.Line, k, sure}
		}
	}
	return o
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

// source shows the code, with the line that brought the selected event about.
func (f *Focus) source(sc page.Screen, b box) {
	o := f.origin()
	title := "strategies/" + o.file
	if f.Own(f.lane.Name) != nil {
		title = cmp.Or(ink.Printable(o.file, 200), "your own program")
	}
	head(sc, b, title, ink.Dim)
	lines := f.lines(o.file)
	rows, remark := b.h-1, ""
	if o.sure {
		remark = teller{f.lane}.words().Remark(o.event)
	}
	all := len(lines)
	if remark != "" {
		all++
	}
	first := 1
	if all > rows {
		first = min(max(o.line-rows*2/3, 1), all-rows+1)
	}
	y := b.y + 1
	for n := first; n <= len(lines) && y < b.y+b.h; n++ {
		code(sc, lines[n-1], n, box{b.x, y, b.w, 1})
		if n == o.line {
			f.highlight(sc, lines[n-1], box{b.x, y, b.w, 1}, o)
			if y+1 < b.y+b.h && remark != "" {
				y++
				in := 4 + len(lines[n-1].Code) - len(strings.TrimLeft(lines[n-1].Code, " "))
				sc.Put(b.x+in, y, ink.Cut("▲ "+remark, b.w-in), ink.Style{FG: f.gravity(o), Bold: true})
			}
		}
		y++
	}
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
