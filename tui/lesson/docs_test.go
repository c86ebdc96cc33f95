package lesson

import (
	"os"
	"strings"
	"testing"

	"photofinish/scenarios/lessons"
)

// TestDocumentation: a lesson written from the documentation alone works, and
// its parts do.
func TestDocumentation(t *testing.T) {
	data, err := os.ReadFile("../../docs/LESSONS.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(data), "```")
	whole, parts := "", 0
	for i := 1; i < len(blocks); i += 2 {
		text, isYAML := strings.CutPrefix(blocks[i], "yaml\n")
		switch {
		case !isYAML:
		case strings.HasPrefix(text, "name:"):
			whole = text
		default:
			parts++
			before := ""
			if strings.HasPrefix(text, "- reveal") {
				before = "- predict: {ask: a, answer: lanes}\n"
			}
			file := "name: a\ntitle: A\nminutes: 3\nremember: b\nscenario: create-then-update\nstrategies: [naive]\nsteps:\n"
			if _, err := lessons.Parse("", []byte(file+before+text)); err != nil {
				t.Errorf("%v in\n%s", err, text)
			}
		}
	}
	for _, key := range []string{"told", "rule", "worlds", "wrong", "again", "minutes", "notes"} {
		if !strings.Contains(string(data), "| `"+key+"` |") {
			t.Errorf("no row of a table says what %s is", key)
		}
	}
	l, err := lessons.Parse("stamps.yaml", []byte(whole))
	if err != nil || parts < 7 {
		t.Fatalf("%d parts, %v", parts, err)
	}
	book := Open(l)
	for _, right := range []bool{true, false} {
		take(t, book, right)
	}
	if faults, err := book.Faults(t.Context()); err != nil || len(faults) > 0 || len(l.Warnings) > 0 {
		t.Errorf("%v, %v, %v", faults, err, l.Warnings)
	}
	var words []string
	for k := lessons.Tell; k <= lessons.Check; k++ {
		words = append(words, k.String())
	}
	for a := lessons.Lanes; a <= lessons.Odds; a++ {
		words = append(words, a.String())
	}
	for _, word := range words {
		if !strings.Contains(string(data), "`"+word+"`") {
			t.Errorf("the documentation does not say what %s is", word)
		}
	}
}

// TestDocumentedMistake: the mistake in the documentation is what the decoder
// says.
func TestDocumentedMistake(t *testing.T) {
	data, err := os.ReadFile("../../docs/LESSONS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, whole, _ := strings.Cut(string(data), "```yaml\n")
	whole, _, _ = strings.Cut(whole, "```")
	_, err = lessons.Parse("stamps.yaml", []byte(strings.Replace(whole, "answer: stands", "anwser: stands", 1)))
	if err == nil || !strings.Contains(string(data), err.Error()) {
		t.Errorf("the documentation does not have: %v", err)
	}
}
