package svg

import (
	"fmt"
	"io"
	"math"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
)

// WriteDocument writes trials of one scenario as an SVG file of its own, one
// strip below the other, with what is said of each, and how they were made.
func WriteDocument(w io.Writer, s *scenarios.Scenario, trials []*report.Trial, made report.Made) error {
	const margin, heading = 16, 46
	var head, body pen
	width, y := 560., 58.
	for _, t := range trials {
		strip := newStrip(t.Lane(), false)
		at := strip.Lane.At(strip.Lane.Settled)
		fmt.Fprintf(&body, `<g transform="translate(%d %s)"><text class="b %s" x="0" y="16">%s</text><text class="dim" x="0" y="33">%s</text><g transform="translate(0 %d)">%s</g></g>`+"\n",
			margin, num(y), tell.Verdict(t.Verdict).Role, text(at.Mark()+" "+t.Strategy), text(at.Kind+": "+at.Says), heading, strip.String())
		width = math.Max(width, strip.wide)
		y += heading + strip.high + 18
	}
	room := int(width / letter)
	width += 2 * margin
	head.text(margin, 26, "b text", tell.Fit(s.Name+"  "+s.Title, room))
	head.text(margin, 44, "dim", tell.Fit(clicks(trials), room))
	head.WriteByte('\n')
	for _, line := range wrapped(strings.Fields(made.Command), room) {
		body.text(margin, y+6, "dim", line)
		body.WriteByte('\n')
		y += row
	}
	y += row / 2
	title := fmt.Sprintf("<title>%s</title>\n<desc>%s</desc>\n", text(s.Name+": "+s.Title),
		text(fmt.Sprintf("one trial each, seed %d; network: %s; drawn by %s", made.Seed, made.Network, made.Command)))
	return writeFile(w, title, width, y, 1, head.String()+body.String())
}

// writeFile writes an SVG file, with a title, so many times as large as its view box
// where there is room for it.
func writeFile(w io.Writer, title string, width, height, zoom float64, body string) error {
	wide, high := num(width), num(height)
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="pf" viewBox="0 0 %s %s" width="%s" height="%s" style="max-width:100%%;height:auto">`+
		"\n%s<style>%s</style>\n"+`<rect class="bg" width="%s" height="%s"/>`+"\n%s</svg>\n",
		wide, high, num(zoom*width), num(zoom*height), title, fileRules(), wide, high, body)
	return err
}

func clicks(trials []*report.Trial) string {
	if len(trials) == 0 {
		return ""
	}
	var list []string
	script := trials[0].Script
	for i := range script.Actions {
		if a := &script.Actions[i]; !a.Skip {
			list = append(list, tell.Action(script, a))
		}
	}
	return strings.Join(list, " · ")
}
