package svg

import (
	"fmt"
	"strings"

	"photofinish/report/diagram"
	"photofinish/report/tell"
)

// Colour is one of the palette, on a light and on a dark ground: those of the
// playground's screen, under the class that wears it.
type Colour struct{ Class, Light, Dark string }

// Palette is the palette of the playground's screen. h1 to h6 are the colours
// of actions; after six they repeat.
var Palette = []Colour{
	{"ground", "#FBFAF7", "#11151C"},
	{"panel", "#EFEDE7", "#1B212B"},
	{"text", "#1B1F24", "#E8ECF2"},
	{"dim", "#57606A", "#9CA7B8"},
	{"faint", "#6C737B", "#748094"},
	{"rule", "#D5D2CA", "#323B49"},
	{"h1", "#2F6BE0", "#62B2FF"},
	{"h2", "#9C6000", "#FFBC1F"},
	{"h3", "#BC2F86", "#EA58A6"},
	{"h4", "#454F08", "#86B554"},
	{"h5", "#0B5F59", "#22E5DE"},
	{"h6", "#5320D6", "#9A74FF"},
	{"good", "#1B7450", "#6FE3B0"},
	{"wrong", "#980E08", "#FF4B37"},
	{"loud", "#8C6600", "#F7DC2E"},
	{"stuck", "#6A3BC0", "#CB82F2"},
	{"unknown", "#59606F", "#8F98A8"},
}

// hue returns the class of an action's colour.
func hue(action int) string {
	if action <= 0 {
		return "dim"
	}
	return fmt.Sprintf("h%d", (action-1)%6+1)
}

// ofMark returns the class of a mark.
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
.pf .wait{stroke-dasharray:1.5 3}
.pf .tick{stroke-width:.6}
.pf .x{stroke-width:2.2}
.pf .band{fill:currentColor;stroke:none;opacity:.13}
.pf .hit{stroke-width:14;stroke-opacity:0}
.pf .chip rect{fill:currentColor}
`

// Rules returns the style sheet of drawings, for a file of its own: light, and
// dark where the reader's screen is.
func Rules() string {
	light, dark := rules(func(c Colour) string { return c.Light }), rules(func(c Colour) string { return c.Dark })
	return shapes + light + "@media screen and (prefers-color-scheme:dark){\n" + dark + "}\n"
}

// PageRules returns the style sheet of drawings in a page that defines the
// colours as --h1 and so on.
func PageRules() string {
	return shapes + rules(func(c Colour) string { return "var(--" + c.Class + ")" })
}

func rules(of func(Colour) string) string {
	var b strings.Builder
	for _, c := range Palette {
		fmt.Fprintf(&b, ".pf .%s{color:%s}\n", c.Class, of(c))
	}
	ground := of(Palette[0])
	fmt.Fprintf(&b, ".pf .bg{fill:%s}\n.pf .chip text{fill:%s}\n.pf .halo{paint-order:stroke;stroke:%s;stroke-width:4px}\n", ground, ground, ground)
	return b.String()
}
