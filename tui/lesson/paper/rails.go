package paper

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"photofinish/report/diagram"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/sim"
)

// rails draws empty rails, on which the messages can be drawn: the screens, and the
// server between them. How long they are is told by the clicks and their latencies
// alone.
func (p *part) rails(step *lessons.Step) {
	script := step.Scenario.Script
	screens, end := 1, time.Duration(0)
	for i := range script.Actions {
		a := &script.Actions[i]
		screens = max(screens, int(a.Client)+1)
		end = max(end, a.At)
	}
	for i := range script.Actions { // as if each waited for the one before
		end += max(script.Actions[i].Up, 0) + max(script.Actions[i].Down, 0)
	}
	if screens > 2 || end > 5*time.Second {
		return // there is no room for them
	}
	p.Lines = []string{"screen", "server"}
	if screens == 2 {
		p.Lines = []string{"screen 1", "server", "screen 2"}
	}
	if step.Kind == lessons.Break && step.By == lessons.Network {
		end = 0 // time does not count
	}
	p.Rails = empty(p.Lines, script, end*11/10)
}

// The measures of empty rails, in the units of their view box.
const (
	railsWide = 700.
	railsLeft = 74.
	railsGap  = 110.
)

func empty(lines []string, script *sim.Script, end time.Duration) template.HTML {
	var b strings.Builder
	bottom := 14 + railsGap*float64(len(lines)-1)
	fmt.Fprintf(&b, `<svg class="pf rails" viewBox="0 0 %g %g" width="%g" height="%g" role="img" aria-label="Empty rails, to draw the messages on">`,
		railsWide, bottom+22, railsWide, bottom+22)
	at := func(t time.Duration) float64 { return railsLeft + (railsWide-railsLeft-20)*float64(t)/float64(end) }
	step := max(diagram.Axis{Cells: 10, End: end}.Tick(1), 10*time.Millisecond)
	for t := time.Duration(0); end > 0 && t <= end; t += step {
		x := at(t)
		fmt.Fprintf(&b, `<line class="tick rule" x1="%.1f" y1="8" x2="%.1f" y2="%g"/><text class="faint c" x="%.1f" y="%g">%s</text>`,
			x, x, bottom, x, bottom+18, tell.Milliseconds(t))
	}
	for i, name := range lines {
		y := 14 + railsGap*float64(i)
		fmt.Fprintf(&b, `<text class="dim e" x="%g" y="%g">%s</text><line class="faint" x1="%g" y1="%g" x2="%g" y2="%g"/>`,
			railsLeft-10, y+4, name, railsLeft, y, railsWide-6, y)
	}
	for i := range script.Actions {
		a := &script.Actions[i]
		if end == 0 {
			break
		}
		x, y := at(a.At), 14.
		if a.Client > 0 {
			y = bottom
		}
		fmt.Fprintf(&b, `<line class="x h%d" x1="%.1f" y1="%g" x2="%.1f" y2="%g"/><text class="b h%d" x="%.1f" y="%g">%s</text>`,
			(a.Number-1)%6+1, x, y-6, x, y+6, (a.Number-1)%6+1, x+4, y-3, tell.Clean(a.Label()))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}
