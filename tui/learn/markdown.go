package learn

import (
	"strings"

	"photofinish/report"
	"photofinish/tui/ink"
)

// The Markdown of a lesson is what a few lines of text need: paragraphs,
// lists, headings, **strong**, *stressed* and `code`. What is more than that
// stands as it was written. A library that knows all of Markdown was tried:
// the program started 27 ms later with it, and starts in less than ten.

// word is a piece of text that is not broken.
type word struct {
	text  string
	s     ink.Style
	label int  // the click that the word names, as "u2"; 0: none
	glued bool // no blank before it
}

// paragraph is words that flow.
type paragraph struct {
	words  []word
	indent int  // of a list
	tight  bool // no blank line before it
}

// parse reads Markdown.
func parse(text string) (all []paragraph) {
	var flows []string // the text of each paragraph
	open := false      // one that goes on
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(ink.Printable(report.Clean(strings.TrimRight(line, "\r\n")), 2000))
		mark, item := itemMark(line)
		head := strings.HasPrefix(line, "#")
		switch {
		case line == "":
			open = false
			continue
		case item:
			tight := len(all) > 0 && all[len(all)-1].indent > 0 && open
			line = strings.TrimSpace(line[len(mark):])
			if mark == "* " || mark == "- " {
				mark = "· "
			}
			all = append(all, paragraph{indent: ink.Width(mark), tight: tight, words: []word{{text: strings.TrimSpace(mark), s: dim}}})
			flows = append(flows, line)
		case head:
			all = append(all, paragraph{})
			flows = append(flows, "**"+strings.TrimSpace(strings.TrimLeft(line, "#"))+"**")
		case open:
			flows[len(flows)-1] += " " + line
		default:
			all = append(all, paragraph{})
			flows = append(flows, line)
		}
		open = !head
	}
	for i := range all {
		all[i].words = append(all[i].words, spans(flows[i])...)
	}
	return all
}

// itemMark returns what makes a line an item of a list: a bullet, or a number.
func itemMark(line string) (mark string, is bool) {
	if strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "- ") {
		return line[:2], true
	}
	n := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if n > 0 && n < 3 && strings.HasPrefix(line[n:], ". ") {
		return line[:n+2], true
	}
	return "", false
}

// spans splits a line into words with their styles.
func spans(line string) (out []word) {
	s, glued := plain, false
	for line != "" {
		mark, before, after := nextMark(line)
		out = appendWords(out, before, s, glued)
		if mark == "" {
			return out
		}
		glued = before != "" && !strings.HasSuffix(before, " ") || before == "" && glued
		inside, rest, closed := strings.Cut(after, mark)
		if !closed || inside == "" || strings.HasPrefix(inside, " ") {
			out = appendWords(out, mark, s, glued)
			line, glued = after, true
			continue
		}
		of := map[string]ink.Style{"**": bold, "*": {FG: ink.Accent}, "_": {FG: ink.Accent}, "`": bold}[mark]
		if mark == "`" {
			out = append(out, code(inside, of, glued))
		} else {
			out = appendWords(out, inside, of, glued)
		}
		line, glued = rest, !strings.HasPrefix(rest, " ")
	}
	return out
}

// nextMark finds the first sign of Markdown in a line.
func nextMark(line string) (mark, before, after string) {
	at := len(line)
	for _, m := range []string{"**", "*", "`", "_"} {
		i := strings.Index(line, m)
		if m == "_" && i > 0 && line[i-1] != ' ' {
			continue // inside of a name
		}
		if i >= 0 && i < at {
			at, mark = i, m
		}
	}
	return mark, line[:at], line[min(at+len(mark), len(line)):]
}

// appendWords appends the words of a text; glued is whether the first belongs
// to the word before it.
func appendWords(out []word, text string, s ink.Style, glued bool) []word {
	for i, w := range strings.Fields(text) {
		out = append(out, word{text: w, s: s, glued: i == 0 && glued && !strings.HasPrefix(text, " ")})
	}
	return out
}

// code is a word of code; the name of a click has the click's colour.
func code(text string, s ink.Style, glued bool) word {
	w := word{text: text, s: s, glued: glued}
	if len(text) == 2 && strings.ContainsRune("cudpf", rune(text[0])) && text[1] >= '1' && text[1] <= '9' {
		w.label = int(text[1] - '0')
	}
	return w
}

// flow places words into lines of at most a width.
func (p *paragraph) flow(room int) (lines [][]word) {
	x := room + 1
	for i := 0; i < len(p.words); {
		n, end := ink.Width(p.words[i].text), i+1
		for end < len(p.words) && p.words[end].glued {
			n += ink.Width(p.words[end].text)
			end++
		}
		if x+1+n > room {
			lines, x = append(lines, nil), -1
		}
		last := &lines[len(lines)-1]
		*last = append(*last, p.words[i:end]...)
		x += 1 + n
		i = end
	}
	return lines
}

// markdown writes paragraphs and returns the row behind them. With no rows
// between, it leaves the blank lines out.
func (sc screen) markdown(all []paragraph, x, y, below int) int {
	tall := 0
	for i := range all {
		tall += len(all[i].flow(sc.room()-all[i].indent)) + 1
	}
	for i := range all {
		p := &all[i]
		if i > 0 && !p.tight && y+tall-1 <= below+len(all) {
			y++
		}
		for k, line := range p.flow(sc.room() - p.indent) {
			if y >= below {
				return y
			}
			at := x
			if k > 0 {
				at += p.indent
			}
			for j, w := range line {
				if j > 0 && !w.glued {
					at++
				}
				if w.label > 0 {
					at = sc.Chip(at, y, w.text, ink.Hue(w.label), false)
				} else {
					at = sc.Put(at, y, ink.Cut(w.text, sc.W-at), w.s)
				}
			}
			y++
		}
	}
	return y
}
