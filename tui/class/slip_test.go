package class

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
)

// A small window votes, from 30×8 up to where a lesson can be read, and below that it
// says how large it has to be.
func TestSlips(t *testing.T) {
	var out strings.Builder
	for _, size := range [][2]int{{30, 8}, {59, 15}, {120, 8}, {29, 8}, {30, 7}} {
		r := newRoom(t, 1, 80, 24, colorprofile.ASCII)
		r.student.get(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		scene := func(what string, keys ...string) {
			r.student.press(keys...)
			r.wall.look()
			r.student.look()
			text := trim(r.student.text())
			if strings.Count(text, "\n") >= size[1]+1 {
				t.Errorf("%v, %s: %d lines", size, what, strings.Count(text, "\n"))
			}
			for line := range strings.Lines(text) {
				if n := ansi.StringWidth(strings.TrimSuffix(line, "\n")); n > size[0] {
					t.Errorf("%v, %s: %d columns", size, what, n)
				}
			}
			fmt.Fprintf(&out, "== %d×%d %s\n%s\n", size[0], size[1], what, text)
		}
		scene("before the lesson")
		r.wall.press("enter")
		scene("told")
		r.wall.press("enter")
		scene("asked")
		if size[0] < 30 || size[1] < 8 {
			continue
		}
		scene("clicks", "c")
		scene("picked", "c", "2")
		scene("how sure", "enter")
		scene("voted", "3")
		if v := r.seat.See(); !v.Voted || v.Mine.Confidence != 3 {
			t.Errorf("%v: %+v", size, v)
		}
		r.wall.press("enter")
		scene("closed", "1")
		r.wall.press("enter")
		scene("shown")
		r.wall.press("R", "R")
		scene("revealed")
		r.wall.press("enter", "enter", "enter", "enter")
		r.both()
		r.at(4, Voting)
		scene("a number", "right")
		r.wall.press("enter", "enter", "R", "R", "enter", "enter")
		r.both()
		r.at(6, Voting)
		scene("several", "1")
	}
	testkit.Golden(t, "slips.txt", out.String())
}

// Each question of the catalogue has a slip on which all that can be picked is to be seen.
func TestSlipsOfTheCatalogue(t *testing.T) {
	for _, name := range lessons.Names() {
		l, err := lessons.Find(name)
		must(t, err)
		c := course(t, l)
		for n := range l.Steps {
			q := c.Book(l).Question(n)
			if q == nil {
				continue
			}
			hub := newHub(1)
			must(t, hub.Ask(Question{Question: *q, About: l.Title}))
			d := drive(t, newStudent(join(t, hub, "ada"), StudentScreens{}), 30, 8, colorprofile.ASCII)
			d.m.Init()
			for i := range q.Choices {
				d.shows(fmt.Sprint(i+1, " "))
			}
			d.shows("i do no")
		}
	}
}
