package paper

import (
	"fmt"
	"strings"

	"photofinish/report/tell"
	"photofinish/tui/lesson"
	"photofinish/tui/prose"
)

const textWidth = 78

type writer struct{ strings.Builder }

func (s *sheet) text() string {
	w := &writer{}
	rule := strings.Repeat("-", textWidth) + "\n"
	title := tell.Clean(s.Lesson.Title)
	if s.Kind == Key {
		w.hang("Key: ", title+" ("+s.Minutes+"), not for the class")
	} else {
		w.hang("", title)
		w.blanks("name ")
	}
	w.WriteString(rule)
	if s.Kind == Handout {
		w.prose("What we know    ", s.Known)
	}
	for _, p := range s.Parts {
		w.WriteString("\n")
		if p.Heard && s.Kind == Handout {
			w.blanks("What we hear first: ")
			w.WriteString("\n")
		}
		w.shows(p.Before)
		w.asked(p)
		if s.Kind == Key {
			w.key(p)
		} else {
			w.toWrite(p)
		}
	}
	w.WriteString("\n")
	w.shows(s.Closing)
	w.WriteString(rule)
	if s.Kind == Key {
		w.hang("remember  ", tell.Clean(s.Lesson.Remember))
		w.hang("", "Made by photofinish "+tell.Clean(s.Version)+" from the lesson "+tell.Clean(s.Lesson.Name)+". Every line is worked out; odds are of 10,000 runs, seeds from 1.")
	} else {
		w.blanks("The sentence to remember: ")
	}
	return w.String()
}

func (w *writer) prose(name string, all []prose.Block) {
	for _, b := range all {
		w.hang(name, b.Text())
		name = strings.Repeat(" ", tell.Columns(name))
	}
}

// shows writes what is to be said and shown.
func (w *writer) shows(all []shown) {
	for _, one := range all {
		if one.Minutes > 0 {
			one.Does += fmt.Sprintf(" (%d min)", one.Minutes)
		}
		if len(one.Prose) == 0 || tell.Columns(one.Does) > 12 {
			w.hang("  ", one.Does)
			one.Does = ""
		}
		w.prose("  "+tell.Pad(one.Does, 12), one.Prose)
		if one.Notes != "" {
			w.hang("  "+tell.Pad("notes", 12), one.Notes)
		}
		w.WriteString("\n")
	}
}

// hang writes a text behind a name, in as many lines as it takes.
func (w *writer) hang(name, text string) {
	line, blank := name, strings.Repeat(" ", tell.Columns(name))
	fresh := true
	for _, word := range strings.Fields(text) {
		if !fresh && tell.Columns(line)+1+tell.Columns(word) > textWidth {
			w.WriteString(strings.TrimRight(line, " ") + "\n")
			line, fresh = blank, true
		}
		if !fresh {
			line += " "
		}
		line, fresh = line+word, false
	}
	w.WriteString(strings.TrimRight(line, " ") + "\n")
}

func (w *writer) blanks(name string) {
	w.WriteString(name + strings.Repeat("_", textWidth-len(name)) + "\n")
}

func (w *writer) asked(p *part) {
	w.hang(fmt.Sprintf("%2d  ", p.Number), p.Ask)
	for _, c := range p.Clicks {
		legs := ""
		if c.Legs != "" {
			legs = " (" + c.Legs + ")"
		}
		w.hang("      "+c.Label+" "+tell.PadLeft(c.At, 8)+"  ", c.Says+legs)
	}
	if p.Page != nil {
		w.hang("      ", "the page "+p.Page.Name+": "+p.Page.Told)
	}
	if p.Times != "" {
		w.hang("      ", p.Times)
	}
}

func (w *writer) toWrite(p *part) {
	if p.Range() != "" {
		w.hang("      ", "it is ________  ("+p.Range()+")")
	}
	wide := 0
	for _, b := range p.Boxes {
		wide = max(wide, tell.Columns(b.Text))
	}
	line := "     "
	for _, b := range p.Boxes {
		switch one := " [ ] " + b.Text; {
		case p.Told():
			w.hang("      [ ] "+tell.Pad(b.Text, wide)+"  ", b.Told)
		case tell.Columns(line)+2+tell.Columns(one) > textWidth:
			w.WriteString(line + "\n")
			line = "     " + one
		case line == "     ":
			line += one
		default:
			line += "  " + one
		}
	}
	if strings.TrimSpace(line) != "" {
		w.WriteString(line + "\n")
	}
	var sure []string
	for i, text := range lesson.Confidences {
		if i > 0 {
			sure = append(sure, fmt.Sprint(i, " ", text))
		}
	}
	w.hang("      how sure?  ", strings.Join(sure, ",  "))
	w.blanks("      because ")
	if len(p.Lines) > 0 {
		w.WriteString("      draw the messages:\n")
		for _, name := range p.Lines {
			w.WriteString("\n")
			w.blanks("      " + tell.Pad(name, 9))
		}
	}
	w.blanks("      after the talk:   [ ] as before   [ ] now: ")
}

func (w *writer) key(p *part) {
	t := p.Truth
	says := t.Says
	switch {
	case says == "":
		says = t.Is
	case t.Is != "":
		says = t.Is + ": " + says
	}
	says += "."
	if p.Step.Minutes > 0 {
		says += fmt.Sprintf(" (%d min)", p.Step.Minutes)
	}
	w.hang("    is         ", says)
	row := func(name, text string) {
		if text != "" {
			w.hang("    "+tell.Pad(name, 11), text)
		}
	}
	row("say", t.Say)
	row("notes", tell.Clean(p.Step.Notes))
	for _, l := range t.Likely {
		says := l.Say
		if l.Is != "" {
			says = "“" + l.Is + "”: " + says
		}
		row("likely", l.Answer+" → "+says)
	}
	for i, h := range t.Hints {
		row(fmt.Sprint("hint ", i+1), tell.Clean(h))
	}
	for _, l := range t.Lanes {
		says := l.Says
		if l.Orders != "" {
			says += "; " + l.Orders
		}
		w.hang("    "+l.Sign.Glyph+" ", l.Name+": "+says)
		if l.Moved != "" {
			w.hang("      ", l.Moved)
		}
		row("  decided", l.Decided)
		row("  seen", l.Seen)
		row("  turn it", l.Turn)
		row("  it costs", l.Costs)
	}
}
