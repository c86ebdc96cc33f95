package paper_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/report/tell"
	"photofinish/scenarios/lessons"
	"photofinish/tui/lesson"
	"photofinish/tui/lesson/paper"
	"photofinish/tui/prose"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// shelf has the book of each shipped lesson: what is true in it is worked out once.
var shelf = sync.OnceValue(func() (all []*lesson.Book) {
	for _, l := range lessons.All() {
		all = append(all, lesson.Open(l))
	}
	return all
})

// some returns the books that are made into papers: with PHOTOFINISH_ALL each.
func some() []*lesson.Book { return slices.Clip(testkit.Part(shelf(), testkit.Size(8, 3))) }

// shelved returns the book of a shipped lesson.
func shelved(name string) *lesson.Book {
	return shelf()[slices.IndexFunc(shelf(), func(b *lesson.Book) bool { return b.Lesson.Name == name })]
}

// made keeps what has been written, by writer, book and kind.
var made = map[string]string{}

func page(t testing.TB, b *lesson.Book, k paper.Kind) string {
	t.Helper()
	return write(t, "page", paper.Write, b, k)
}

func text(t testing.TB, b *lesson.Book, k paper.Kind) string {
	t.Helper()
	return write(t, "text", paper.WriteText, b, k)
}

func write(t testing.TB, as string, by func(context.Context, io.Writer, *lesson.Book, paper.Kind, string) error, b *lesson.Book, k paper.Kind) string {
	t.Helper()
	key := fmt.Sprintf("%s %p %v", as, b, k)
	if made[key] == "" {
		var out strings.Builder
		if err := by(context.Background(), &out, b, k, "v1"); err != nil {
			t.Fatal(err)
		}
		made[key] = out.String()
	}
	return made[key]
}

var markup = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)

// words returns what is read on a page, in one line.
func words(page string) string {
	return oneLine(html.UnescapeString(markup.ReplaceAllString(page, " ")))
}

// secrets returns what is true of a step that asks, in every form in which it could be
// given away; and those of it that a key must have.
func secrets(t *testing.T, b *lesson.Book, n int) (all, key []string) {
	t.Helper()
	truth, err := b.Key(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	s := &b.Lesson.Steps[n]
	if q := b.Question(n); q == nil || !slices.Contains(q.Choices, truth.Says) { // one of the boxes
		key = append(key, truth.Says)
	}
	for i := range truth.Lanes {
		f := &truth.Lanes[i]
		key = append(key, f.Says)
		if f.Orders != nil {
			key = append(key, f.Orders.Says())
		}
		all = append(all, lesson.Entry(f.Strategy).Rule)
	}
	if q := b.Question(n); q != nil && q.Unit == "%" && truth.Number != q.High {
		all = append(all, " "+q.Said(nil, truth.Number, ""))
	}
	for i := range truth.Lanes {
		if len(truth.Scenes) == 0 || !truth.Scenes[0][i].Loses() {
			continue
		}
		turned, err := b.Turned(context.Background(), n, 0, i)
		if err != nil {
			t.Fatal(err)
		}
		f := &truth.Scenes[0][i]
		key = append(key, strings.TrimPrefix(turned.Decides(f), "Decided "), turned.Turns(f))
		if turned != nil && turned.Seen >= 0 {
			key = append(key, "at "+tell.Rounded(f.Trial.Events[turned.Seen].At)+" ms")
		}
	}
	for _, w := range s.Wrong {
		key = append(key, w.Is, w.Say)
	}
	key = append(key, s.Notes)
	key = append(key, s.Hints...)
	for i := range b.Lesson.Steps {
		if r := &b.Lesson.Steps[i]; r.Kind == lessons.Reveal && r.Of == n || i == n {
			key = append(key, r.Say)
		}
	}
	return append(all, key...), key
}

var (
	verdicts = regexp.MustCompile(`[✓✗≠△]|\b(decided|seen at|race-free|orders? ends?|ends? badly)\b`)
	boxes    = regexp.MustCompile(`(?s)<ul class="boxes.*?</ul>`)
	box      = regexp.MustCompile(`<li[^>]*><span [^>]*>`)
)

// TestHandoutAndKey: a handout of any lesson holds no rule, no odds and nothing that is
// true, nor what the teacher says; a key holds all of it.
func TestHandoutAndKey(t *testing.T) {
	ruled, err := lessons.Parse("", []byte(ruled))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range append(some(), lesson.Open(ruled)) {
		l, made := b.Lesson, page(t, b, paper.Handout)
		handout, key := words(made), words(page(t, b, paper.Key))
		squashedKey := squashed(key)
		plain, plainKey := oneLine(text(t, b, paper.Handout)), oneLine(text(t, b, paper.Key))
		for n := range l.Steps {
			if !l.Steps[n].Asks() {
				said := []string{l.Steps[n].Notes}
				for _, p := range prose.Blocks(l.Steps[n].Say) {
					said = append(said, p.Text())
				}
				for _, s := range said {
					if s = squashed(s); !strings.Contains(squashedKey, s) || !strings.Contains(squashed(plainKey), s) {
						t.Errorf("%s: the key has not %q, which is to be said", l.Name, s)
					}
				}
				continue
			}
			all, keyed := secrets(t, b, n)
			for _, s := range all {
				if s = oneLine(s); s != "" && (strings.Contains(handout, s) || strings.Contains(html.UnescapeString(made), s) || strings.Contains(plain, s)) {
					t.Errorf("%s: the handout has %q", l.Name, s)
				}
			}
			for _, s := range keyed {
				if s = oneLine(s); !strings.Contains(key, s) || !strings.Contains(plainKey, s) {
					t.Errorf("%s: the key has not %q", l.Name, s)
				}
			}
			if ask := b.Question(n); ask != nil && (!strings.Contains(handout, ask.Ask) || !strings.Contains(plain, ask.Ask)) {
				t.Errorf("%s: the handout does not ask %q", l.Name, ask.Ask)
			}
		}
		if strings.Contains(html.UnescapeString(made)+plain, l.Remember) || !strings.Contains(key, l.Remember) {
			t.Errorf("%s: what to remember is written down by the class, and stands in the key alone", l.Name)
		}
		if found := verdicts.FindString(handout + plain); found != "" {
			t.Errorf("%s: the handout has the word of a verdict: %q", l.Name, found)
		}
		for _, list := range boxes.FindAllString(made, -1) {
			if all := slices.Sorted(slices.Values(box.FindAllString(list, -1))); len(slices.Compact(all)) != 1 {
				t.Errorf("%s: the boxes of a question are not all alike: %q", l.Name, all)
			}
		}
		for line := range strings.Lines(text(t, b, paper.Key)) {
			if n := len([]rune(line)) - 1; n > 78 {
				t.Errorf("%s: a line of the key is %d columns wide: %s", l.Name, n, line)
			}
		}
	}
}

// squashed leaves out the blanks: in a page there are some between the styles of a text.
func squashed(text string) string { return strings.ReplaceAll(oneLine(text), " ", "") }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestSlidesEndBeforeEachReveal: the slide of a question has nothing of what is true of
// it; where the lesson reveals it, the next one has.
func TestSlidesEndBeforeEachReveal(t *testing.T) {
	for _, b := range some() {
		l := b.Lesson
		slides := strings.Split(page(t, b, paper.Slides), `<section class="slide`)
		at := 0
		for n := range l.Steps {
			s := &l.Steps[n]
			if !s.Asks() {
				continue
			}
			for at++; !strings.HasPrefix(slides[at], " asked"); at++ {
			}
			asked := words(slides[at])
			_, keyed := secrets(t, b, n)
			for _, secret := range keyed {
				if secret != "" && strings.Contains(asked, oneLine(secret)) {
					t.Errorf("%s: the slide of a question has %q", l.Name, secret)
				}
			}
			revealed := s.Kind != lessons.Predict
			for i := range l.Steps {
				revealed = revealed || l.Steps[i].Kind == lessons.Reveal && l.Steps[i].Of == n
			}
			if truth, _ := b.Key(context.Background(), n); revealed && !strings.Contains(words(slides[at+1]), truth.Says) {
				t.Errorf("%s: what is true of question %d is not on the slide behind it", l.Name, n)
			}
		}
	}
}

// ruled is a lesson that shows a rule where it asks: on the wall, and not on a handout.
const ruled = `
name: ruled
title: Ruled
minutes: 3
remember: An edit has to name the id.
scenario: create-then-update
strategies: [naive]
steps:
  - predict: {ask: How does it end?, answer: verdict, rule: shown}
  - reveal: {say: It had none yet.}
`

const hostile = `
name: hostile
title: "<script>x()</script> & more"
minutes: 3
remember: "]]><img src=x onerror=x()>"
scenario: create-then-update
strategies: [naive]
steps:
  - tell: "[a link](javascript:x()) ![a picture](http://example.com/x.png) <script>x()</script>"
    told: {naive: "<b onclick=x()>saves</b>"}
  - predict: {ask: "<img src=x> & which?", answer: verdict, wrong: [{if: {said: well}, say: "<script>x()</script>"}]}
  - reveal: {say: "<script>x()</script>"}
  - break: {hints: ["<script>"]}
`

// TestWellFormed: every page is HTML that is XML as well, asks for nothing, and does
// nothing, whatever stands in the lesson.
func TestWellFormed(t *testing.T) {
	bad, err := lessons.Parse("hostile.yaml", []byte(hostile))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range append(some(), lesson.Open(bad)) {
		l := b.Lesson
		for k := range paper.Kinds() {
			made := page(t, b, paper.Kind(k))
			testkit.Printable(t, l.Name, []byte(strings.ReplaceAll(made, "\t", "")))
			d := xml.NewDecoder(strings.NewReader(made))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s %v: %v", l.Name, paper.Kind(k), err)
				}
				e, _ := token.(xml.StartElement)
				if name := e.Name.Local; name == "script" || name == "img" || name == "a" {
					t.Errorf("%s %v has an element %s", l.Name, paper.Kind(k), name)
				}
				for _, a := range e.Attr {
					if a.Name.Local == "href" && a.Value != "data:," || strings.HasPrefix(a.Name.Local, "on") {
						t.Errorf("%s %v: %s=%q", l.Name, paper.Kind(k), a.Name.Local, a.Value)
					}
				}
			}
		}
		testkit.Printable(t, l.Name, []byte(text(t, b, paper.Key)))
	}
}

// TestGoldens: what a change of words or of the layout looks like.
func TestGoldens(t *testing.T) {
	b := shelved("polling")
	style := regexp.MustCompile(`(?s)<style>.*?</style>`)
	testkit.Golden(t, "handout.html", style.ReplaceAllString(page(t, b, paper.Handout), ""))
	testkit.Golden(t, "handout.txt", text(t, b, paper.Handout))
	testkit.Golden(t, "key.txt", text(t, b, paper.Key))
	drawn := regexp.MustCompile(`(?s)<svg.*?</svg>`)
	testkit.Golden(t, "slides.html", drawn.ReplaceAllString(style.ReplaceAllString(page(t, b, paper.Slides), ""), "(a picture)"))
}

// TestPagesAreValid: a checker of HTML from npm finds no fault. It is tried where
// PHOTOFINISH_READERS names a folder with the node module html-validate.
func TestPagesAreValid(t *testing.T) {
	testkit.Long(t, "pages read by a checker from npm: not in short mode")
	modules := os.Getenv("PHOTOFINISH_READERS")
	if modules == "" {
		t.Skip("PHOTOFINISH_READERS names no folder with html-validate: the pages were not checked by it")
	}
	b := shelved("lost-click")
	if testkit.All() {
		b = shelved("two-tabs") // which is twice as long
	}
	args := []string{"--preset", "standard"}
	for k := range paper.Kinds() {
		file := filepath.Join(t.TempDir(), fmt.Sprint(k, ".html"))
		if err := os.WriteFile(file, []byte(page(t, b, paper.Kind(k))), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command(filepath.Join(modules, "node_modules", ".bin", "html-validate"), args...).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
