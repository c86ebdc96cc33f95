package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestFilm: what stays is drawn once, and what changes is seen in its time alone; the
// last screen is the one without motion.
func TestFilm(t *testing.T) {
	var out bytes.Buffer
	film := "\f250\n" + "a b\n━\n" + "\f500\n" + "a c\n━\n" + "\f250\n" + "a d\n\x1b[41m \x1b[m\n"
	if err := run(strings.NewReader(film), &out, []string{"3", "2", "Two & a half"}); err != nil {
		t.Fatal(err)
	}
	svg := out.String()
	for part, times := range map[string]int{
		">a</text>": 1, ">b</text>": 1, ">c</text>": 1, ">d</text>": 1,
		"<rect ": 2, "<path ": 1, "<title>Two &amp; a half</title>": 1,
		"animation:1000ms step-end infinite":                                                                          1,
		"@keyframes s0-1{0%{visibility:visible}25%{visibility:hidden}}":                                               1,
		"@keyframes s1-2{0%{visibility:hidden}25%{visibility:visible}75%{visibility:hidden}}":                         1,
		"@keyframes s0-2{0%{visibility:visible}75%{visibility:hidden}}":                                               1,
		"@keyframes s2-3{0%{visibility:hidden}75%{visibility:visible}}":                                               1,
		`<g id="s2-3" class="at last">`:                                                                               1,
		` class="at">`:                                                                                                3,
		"<g id=\"s0-1\" class=\"at\">\n<text x=\"30.8\" y=\"27.32\" textLength=\"8.4\"":                               1,
		"<g id=\"s0-2\" class=\"at\">\n<path d=\"M14 41H22.4\" fill=\"none\" stroke=\"#E8ECF2\" stroke-width=\"2.6\"": 1,
	} {
		if n := strings.Count(svg, part); n != times {
			t.Errorf("the picture has %q %d times, and should %d times:\n%s", part, n, times, svg)
		}
	}
}

// TestFilmRefused: what is no film says which screen is wrong.
func TestFilmRefused(t *testing.T) {
	for film, want := range map[string]string{
		"":                   "there is no screen",
		"\f0\na":             "screen 1: behind a form feed",
		"\f10\na\fsoon\nb\n": `screen 2: behind a form feed stands for how many ms it is shown, from 1, and not "soon"`,
	} {
		err := run(strings.NewReader(film), new(bytes.Buffer), []string{"3", "2", "No film"})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is refused with %v, and not with %q", film, err, want)
		}
	}
}
