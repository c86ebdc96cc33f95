package main

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// film is what a terminal showed, one screen after the other.
type film struct {
	w, h    int
	screens []screen
}

// screen is one of them.
type screen struct {
	ms    int // how long it is shown
	cells *vt.Emulator
}

// read takes a film apart. A text without a form feed is one screen, for ever.
func read(text []byte, w, h int) (*film, error) {
	f := &film{w: w, h: h}
	for i, shown := range bytes.Split(text, []byte("\f")) {
		ms := 0
		if i > 0 {
			line, rest, _ := bytes.Cut(shown, []byte("\n"))
			n, err := strconv.Atoi(string(line))
			if err != nil || n < 1 {
				return nil, fmt.Errorf("screen %d: behind a form feed stands for how many ms it is shown, from 1, and not %q", i, line)
			}
			ms, shown = n, rest
		} else if len(bytes.TrimSpace(shown)) == 0 {
			continue // before the first form feed
		}
		cells := vt.NewEmulator(w, h)
		go io.Copy(io.Discard, cells) // what it answers to queries
		shown = bytes.ReplaceAll(bytes.TrimRight(shown, "\n"), []byte("\n"), []byte("\r\n"))
		if _, err := cells.Write(shown); err != nil {
			return nil, err
		}
		f.screens = append(f.screens, screen{ms, cells})
	}
	if len(f.screens) == 0 {
		return nil, fmt.Errorf("there is no screen to draw")
	}
	return f, nil
}

// span is from which screen on something is shown, and the first that does not show it.
type span struct{ from, to int }

// layers are the cells of all screens, by when they are shown.
func (f *film) layers() map[span]*picture {
	layers := map[span]*picture{}
	for y := range f.h {
		for x := range f.w {
			for at := (span{}); at.from < len(f.screens); at.from = at.to {
				c := f.screens[at.from].cells.CellAt(x, y)
				at.to = at.from + 1
				for at.to < len(f.screens) && same(c, f.screens[at.to].cells.CellAt(x, y)) {
					at.to++
				}
				if c == nil {
					continue
				}
				if layers[at] == nil {
					layers[at] = &picture{paths: map[string]*strings.Builder{}}
				}
				layers[at].cell(x, y, c)
			}
		}
		for _, p := range layers {
			p.endText()
		}
	}
	return layers
}

func same(a, b *uv.Cell) bool { return a == b || a != nil && b != nil && a.Equal(b) }

// write writes it as an SVG: what is always shown, and then what comes and goes.
func (f *film) write(out io.Writer, title string) error {
	w, h := 2*margin+float64(f.w)*cellWidth, 2*margin+float64(f.h)*cellHeight
	begin, total := make([]float64, len(f.screens)+1), 0.0
	for i, s := range f.screens {
		total += float64(s.ms)
		begin[i+1] = total
	}
	layers := f.layers()
	order := slices.SortedFunc(maps.Keys(layers), earlier)
	var style, body strings.Builder
	for _, at := range order {
		if at == (span{0, len(f.screens)}) {
			layers[at].write(&body)
			continue
		}
		var cells strings.Builder
		if layers[at].write(&cells); cells.Len() == 0 {
			continue // blanks
		}
		name := fmt.Sprintf("s%d-%d", at.from, at.to)
		frames := fmt.Sprintf("%s%%{visibility:visible}", num(begin[at.from]/total*100))
		if at.from > 0 {
			frames = "0%{visibility:hidden}" + frames
		}
		if at.to < len(f.screens) {
			frames += fmt.Sprintf("%s%%{visibility:hidden}", num(begin[at.to]/total*100))
		}
		fmt.Fprintf(&style, "@keyframes %s{%s}#%s{animation-name:%s}\n", name, frames, name, name)
		last := ""
		if at.to == len(f.screens) {
			last = " last"
		}
		fmt.Fprintf(&body, "<g id=\"%s\" class=\"at%s\">\n", name, last)
		body.WriteString(cells.String() + "</g>\n")
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="%d">`+"\n", num(w), num(h), fontSize)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(title))
	if len(f.screens) > 1 {
		fmt.Fprintf(&b, "<style>\n.at{visibility:hidden;animation:%sms step-end infinite}\n.last{visibility:visible}\n%s"+
			"@media (prefers-reduced-motion:reduce),print{.at{animation:none!important}}\n</style>\n", num(total), &style)
	}
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="10" fill="%s"/>`+"\n", ground)
	b.WriteString(body.String())
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// earlier puts what is always shown first, and then what is shown first.
func earlier(a, b span) int {
	if a.from != b.from {
		return a.from - b.from
	}
	return b.to - a.to
}
