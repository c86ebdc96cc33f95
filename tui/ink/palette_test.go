package ink_test

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/report/svg"
	"photofinish/tui/ink"
)

// The colours of drawings are those of the screen.
func TestDrawingsHaveTheColoursOfTheScreen(t *testing.T) {
	of := map[string]ink.Colour{
		"text": ink.Text, "dim": ink.Dim, "faint": ink.Faint, "rule": ink.Rule, "panel": ink.Panel, "ground": ink.Ground,
		"h1": ink.Hue(1), "h2": ink.Hue(2), "h3": ink.Hue(3), "h4": ink.Hue(4), "h5": ink.Hue(5), "h6": ink.Hue(6),
		"good": ink.Good, "wrong": ink.Wrong, "loud": ink.Loud, "stuck": ink.Stuck, "unknown": ink.Unknown,
	}
	if len(of) != len(svg.Palette) {
		t.Errorf("%d colours in drawings, %d known here", len(svg.Palette), len(of))
	}
	for _, c := range svg.Palette {
		for _, light := range []bool{false, true} {
			hex := c.Dark
			if light {
				hex = c.Light
			}
			var r, g, b int
			if _, err := fmt.Sscanf(hex, "#%02X%02X%02X", &r, &g, &b); err != nil {
				t.Fatal(err)
			}
			var canvas ink.Canvas
			canvas.Resize(1, 1)
			canvas.Put(0, 0, "x", ink.Style{FG: of[c.Class]})
			if screen, want := canvas.Render(ink.NewTheme(ink.TrueColour, light)), fmt.Sprintf("38;2;%d;%d;%dm", r, g, b); !strings.Contains(screen, want) {
				t.Errorf("%s, light %v: %s, but the screen has %q", c.Class, light, hex, screen)
			}
		}
	}
}
