package ink

import (
	"testing"

	"photofinish/report/tell"
)

// The names of colours stand in the order of the theme.
func TestColoursAreOfTheTheme(t *testing.T) {
	for c, class := range map[Colour]string{
		Ground: "ground", Panel: "panel", Text: "text", Dim: "dim", Faint: "faint", Rule: "rule",
		Hue(1): "h1", Hue(2): "h2", Hue(3): "h3", Hue(4): "h4", Hue(5): "h5", Hue(6): "h6",
		Good: "good", Wrong: "wrong", Loud: "loud", Stuck: "stuck", Unknown: "unknown",
	} {
		if got := tell.Theme[c-Ground].Class; got != class {
			t.Errorf("colour %d is %s in the theme, not %s", c, got, class)
		}
	}
}
