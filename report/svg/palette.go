package svg

import (
	"fmt"
	"strings"

	"photofinish/report"
	"photofinish/report/diagram"
	"photofinish/report/tell"
)

func hue(action int) string {
	if action <= 0 {
		return "dim"
	}
	return fmt.Sprintf("h%d", (action-1)%6+1)
}

// ink returns the class of the colour in which a strategy is drawn.
func ink(l report.Look) string {
	if l.Hue == 0 {
		return "text"
	}
	return fmt.Sprintf("h%d", l.Hue)
}

// dashes tell curves apart without colour, one for each shape of a [report.Look].
var dashes = [report.Shapes]string{"", "7 3", "2 2.5", "9 3 2 3", "4 2", "1 3.5", "12 3 2 3 2 3", "14 4"}

// markers are the shapes of points, around one.
var markers = [report.Shapes]string{
	"m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", "m-3.5 -3.5h7v7h-7", "m0 -4.5l4.4 7.8h-8.8", "m0 -5l5 5l-5 5l-5 -5",
	"m0 4.5l4.4 -7.8h-8.8", "m-1.4 -4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3", "m-4 -4l4 2.4l4 -2.4l-2.4 4l2.4 4l-4 -2.4l-4 2.4l2.4 -4",
	"m-4.4 -2.6l1.8 -1.8l2.6 2.6l2.6 -2.6l1.8 1.8l-2.6 2.6l2.6 2.6l-1.8 1.8l-2.6 -2.6l-2.6 2.6l-1.8 -1.8l2.6 -2.6",
}

// marker marks a point in a shape.
func marker(shape int, x, y float64, class string) string {
	return fmt.Sprintf(`<path class="%s" d="M%s %s%sZ"/>`, class, num(x), num(y), markers[shape])
}

func ofMark(m *diagram.Mark) string {
	if m.Plain {
		return hue(m.Action)
	}
	return tell.Harm(m.Of).String()
}

// shapes are the rules that do not depend on the ground.
const shapes = `
.pf{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.pf text{fill:currentColor}
.pf .b{font-weight:700}
.pf .e{text-anchor:end}
.pf .c{text-anchor:middle}
.pf path,.pf line{fill:none;stroke:currentColor}
.pf .rail{stroke-width:4}
.pf .none{stroke-width:1.5;stroke-dasharray:2 4}
.pf .up{stroke-width:2.4}
.pf .down{stroke-width:1.2}
.pf .tip{fill:currentColor;stroke:currentColor;stroke-width:1}
.pf .hollow{fill:none}
.pf .begin{stroke-width:1.6}
.pf .wait{stroke-dasharray:1.5 3}
.pf .tick{stroke-width:.6}
.pf .x{stroke-width:2.2}
.pf .curve{stroke-width:2}
.pf .rest{stroke-width:1;opacity:.55}
.pf .lead{stroke-width:.8;opacity:.8}
.pf .band{fill:currentColor;stroke:none;opacity:.13}
.pf .hit{stroke-width:14;stroke-opacity:0}
.pf .chip rect{fill:currentColor}
`

// hex writes a colour as style sheets do.
func hex(rgb uint32) string { return fmt.Sprintf("#%06X", rgb) }

// fileRules returns the style sheet of drawings, for a file of its own: light, and
// dark where the reader's screen is.
func fileRules() string {
	light := rules(func(c tell.Shade) string { return hex(c.Light) })
	dark := rules(func(c tell.Shade) string { return hex(c.Dark) })
	return shapes + light + "@media screen and (prefers-color-scheme:dark){\n" + dark + "}\n"
}

// PageRules returns the style sheet of drawings in a page that defines the
// colours as --h1 and so on.
func PageRules() string {
	return shapes + rules(func(c tell.Shade) string { return "var(--" + c.Class + ")" })
}

func rules(of func(tell.Shade) string) string {
	var b strings.Builder
	for _, c := range tell.Theme {
		fmt.Fprintf(&b, ".pf .%s{color:%s}\n", c.Class, of(c))
	}
	ground := of(tell.Theme[0])
	fmt.Fprintf(&b, ".pf .bg{fill:%s}\n.pf .chip text{fill:%s}\n.pf .halo{paint-order:stroke;stroke:%s;stroke-width:4px}\n", ground, ground, ground)
	return b.String()
}

// Colours returns the palette as variables of a page, --h1 and so on: light, and dark
// on a screen that is.
func Colours() string {
	var light, dark strings.Builder
	for _, c := range tell.Theme {
		fmt.Fprintf(&light, "--%s:%s;", c.Class, hex(c.Light))
		fmt.Fprintf(&dark, "--%s:%s;", c.Class, hex(c.Dark))
	}
	return ":root{color-scheme:light dark;" + light.String() + "}\n@media screen and (prefers-color-scheme:dark){:root{" + dark.String() + "}}\n@media print{:root{color-scheme:light}}\n"
}
