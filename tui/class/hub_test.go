package class

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"photofinish/internal/testkit"
	"photofinish/tui/frame"
	"photofinish/tui/learn"
	"photofinish/tui/lesson"
)

// choices is a question for tests: one of three.
var choices = Question{Question: lesson.Question{Ask: "Who wins?", Choices: []string{"first", "last", "nobody"}}}

// vote returns an answer to such a question, with how sure somebody is of it.
func vote(sure int, picks ...int) lesson.Answer { return lesson.Answer{Picks: picks, Confidence: sure} }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func join(t *testing.T, h *Hub, user string) *Seat {
	t.Helper()
	s, err := h.Join(user)
	must(t, err)
	return s
}

func TestBallot(t *testing.T) {
	h := newHub(10)
	ann, bob := join(t, h, "ann"), join(t, h, "bob")
	if err := ann.Vote(1, vote(1, 0)); err == nil {
		t.Error("a vote is taken though nothing is asked")
	}
	must(t, h.Ask(choices))
	must(t, ann.Vote(1, vote(1, 0)))
	must(t, ann.Vote(1, vote(4, 1))) // changed
	must(t, bob.Vote(1, vote(2, 0)))
	if v := bob.See(); v.Tallies != nil || !v.Voted || !slices.Equal(v.Mine.Picks, []int{0}) {
		t.Errorf("while votes are taken a student sees %+v", v)
	}
	if err := h.Show(); err == nil {
		t.Error("votes are shown though votes are still taken")
	}
	must(t, h.Close())
	if err := bob.Vote(1, vote(1, 1)); err == nil {
		t.Error("a vote is taken after the vote was closed")
	}
	must(t, h.Show())
	if err := h.Reveal(&lesson.Truth{Picks: []int{1}}); err != nil {
		t.Fatal(err)
	}
	if err := h.Again(); err == nil {
		t.Error("there is another round though the answer is revealed")
	}
	v := bob.See()
	want := []frame.Tally{{Votes: 2, Bars: []frame.Bar{{Label: "first", Votes: 1}, {Label: "last", Votes: 1, Right: true}, {Label: "nobody", Votes: 0}}, Sure: [4]int{0, 1, 0, 1}}}
	if diff := cmp.Diff(want, v.Tallies); diff != "" {
		t.Error(diff)
	}
	h.Dismiss()
	if v := ann.See(); v.Phase != Idle {
		t.Errorf("a ballot that is over is seen: %+v", v)
	}
	if err := ann.Vote(1, vote(1, 0)); err == nil {
		t.Error("a vote is taken in a ballot that is over")
	}
}

func TestSecondRoundKeepsTheFirst(t *testing.T) {
	h := newHub(10)
	ann, bob := join(t, h, "ann"), join(t, h, "bob")
	must(t, h.Ask(choices))
	must(t, ann.Vote(1, vote(4, 0)))
	must(t, bob.Vote(1, vote(3, 0)))
	must(t, h.Close())
	must(t, h.Show())
	must(t, h.Again())
	if v := ann.See(); v.Round != 2 || v.Voted || v.Tallies != nil {
		t.Errorf("the second round begins with %+v", v)
	}
	must(t, ann.Vote(1, vote(4, 1)))
	must(t, h.Close())
	must(t, h.Show())
	must(t, h.Reveal(&lesson.Truth{Picks: []int{1}}))
	b := h.Board()
	if len(b.Tallies) != 2 || b.Tallies[0].Bars[0].Votes != 2 || b.Tallies[1].Bars[1].Votes != 1 {
		t.Errorf("the rounds are %+v", b.Tallies)
	}
	if b.Right != 1 || b.Misled != 0 {
		t.Errorf("right %d, misled %d", b.Right, b.Misled)
	}
}

func TestVotesThatAreNone(t *testing.T) {
	several := choices
	several.Form = lesson.Some
	number := Question{Question: lesson.Question{Ask: "How often?", Form: lesson.Number, Low: 0, High: 100, Step: 5, Unit: "%"}}
	for _, c := range []struct {
		name string
		q    Question
		v    lesson.Answer
		ok   bool
	}{
		{"one", choices, vote(1, 2), true},
		{"none", choices, vote(1), false},
		{"two of one", choices, vote(1, 0, 1), false},
		{"no such choice", choices, vote(1, 3), false},
		{"a number", choices, lesson.Answer{Picks: []int{0}, Number: 3, Confidence: 1}, false},
		{"not said how sure", choices, vote(0, 0), false},
		{"too sure", choices, vote(5, 0), false},
		{"none of several", several, vote(1), true},
		{"all of several", several, vote(1, 0, 1, 2), true},
		{"number", number, lesson.Answer{Number: 100, Confidence: 1}, true},
		{"too high", number, lesson.Answer{Number: 101, Confidence: 1}, false},
		{"too low", number, lesson.Answer{Number: -1, Confidence: 1}, false},
		{"choice of a number", number, vote(1, 0), false},
	} {
		if err := c.q.Takes(c.v); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestQuestionsThatAreNone(t *testing.T) {
	for _, q := range []lesson.Question{
		{}, {Ask: " "}, {Ask: "?"}, {Ask: "?", Form: lesson.Some}, {Ask: "?", Choices: []string{"one"}},
		{Ask: "?", Choices: make([]string, 10)}, {Ask: "?", Choices: []string{"a", " "}},
		{Ask: strings.Repeat("x", 301), Choices: []string{"a", "b"}}, {Ask: "?", Choices: []string{"a", strings.Repeat("b", 61)}},
		{Ask: "?", Form: lesson.Number, Low: 3, High: 3, Step: 1}, {Ask: "?", Form: lesson.Number, Low: 0, High: 3},
		{Ask: "?", Form: lesson.Number, High: 1 << 40, Step: 1},
	} {
		if err := newHub(1).Ask(Question{Question: q}); err == nil {
			t.Errorf("it takes %+v", q)
		}
	}
}

// Each number falls into exactly one bar, whose label names it.
func TestBarsOfNumbers(t *testing.T) {
	for _, of := range []lesson.Question{
		{Low: 0, High: 100, Step: 5, Unit: "%"}, {Low: 1, High: 4, Step: 1}, {Low: -7, High: 9, Step: 2}, {Low: 0, High: 1, Step: 1}, {Low: 0, High: 1000, Step: 7},
	} {
		q := Question{Question: of}
		q.Form = lesson.Number
		var votes []lesson.Answer
		for n := q.Low; n <= q.High; n++ {
			votes = append(votes, lesson.Answer{Number: n, Confidence: 1})
		}
		tally, sum := q.tally(votes, nil), 0
		for _, b := range tally.Bars {
			sum += b.Votes
		}
		if sum != len(votes) || len(tally.Bars) > maxBars+1 {
			t.Errorf("%+v: %d of %d votes are in bars %+v", q, sum, len(votes), tally.Bars)
		}
	}
	q := Question{Question: lesson.Question{Form: lesson.Number, Low: 0, High: 100, Step: 5, Unit: "%"}}
	if got := q.bars()[1].Label; got != "15–29 %" {
		t.Errorf("the second bar is %q", got)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"ada", "ada"},
		{"  Ada   Lovelace ", "Ada Lovelace"},
		{"", "student"},
		{"\x1b[31mred\x07", "[31mred"},
		{"a\u202eb\u200bc\u2066d\ufeff", "abcd"},
		{"z\u0351\u0352\u0353\u0354algo", "zalgo"},
		{"\xff\xfe", "student"},
		{"\u0000\r\n", "student"},
		{strings.Repeat("x", 5000), strings.Repeat("x", 24)},
		{"Łukasz 王", "Łukasz 王"},
	} {
		if got := cleanName(c.in); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("ada")
	f.Add("\x1b]0;title\x07")
	testkit.Fuzz(f, func(t *testing.T, user string) {
		name := cleanName(user)
		if name == "" || len([]rune(name)) > longestName || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q becomes %q", user, name)
		}
		if again := cleanName(name); again != name {
			t.Errorf("%q becomes %q, and that %q", user, name, again)
		}
	})
}

func TestSameNames(t *testing.T) {
	h := newHub(100)
	seats := map[string]*Seat{}
	for _, user := range []string{"ada", "Ada", "ada", "ada 2", strings.Repeat("x", 30), strings.Repeat("x", 40)} {
		s := join(t, h, user)
		if seats[strings.ToLower(s.Name())] != nil {
			t.Fatalf("two are called %q", s.Name())
		}
		seats[strings.ToLower(s.Name())] = s
	}
	for _, want := range []string{"ada", "ada 2", "ada 3", "ada 2 2", strings.Repeat("x", 24), strings.Repeat("x", 22) + " 2"} {
		if seats[want] == nil {
			t.Errorf("nobody is called %q", want)
		}
	}
}

// Who comes again under the same name takes up the vote, and has no second one.
func TestComeAgain(t *testing.T) {
	h := newHub(2)
	must(t, h.Ask(choices))
	ann := join(t, h, "ann")
	must(t, ann.Vote(1, vote(1, 0)))
	ann.Leave()
	ann.Leave()
	if err := ann.Vote(1, vote(1, 1)); err == nil {
		t.Error("who has left can vote")
	}
	again := join(t, h, "ann")
	if v := again.See(); !v.Voted || !slices.Equal(v.Mine.Picks, []int{0}) {
		t.Errorf("who comes again sees %+v", v)
	}
	must(t, again.Vote(1, vote(1, 1)))
	if n := h.Board().Tallies[0].Votes; n != 1 {
		t.Errorf("%d votes of one student", n)
	}
	for range 20 { // of those who do not vote nothing stays
		join(t, h, "passer-by").Leave()
	}
	join(t, h, "bob")
	if _, err := h.Join("carol"); err != errFull {
		t.Errorf("a third of two names: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	h := newHub(200)
	must(t, h.Ask(choices))
	var all, voted sync.WaitGroup
	voted.Add(100)
	for i := range 100 {
		all.Go(func() {
			defer voted.Done()
			s, err := h.Join("ada")
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Vote(1, vote(1+i%4, i%3)); err != nil {
				t.Error(err)
			}
			s.See()
			h.Board()
			all.Go(func() { // a name that is free would be taken again, with its vote
				voted.Wait()
				s.Leave()
			})
		})
	}
	all.Wait()
	want := []frame.Tally{{Votes: 100, Bars: []frame.Bar{{Label: "first", Votes: 34}, {Label: "last", Votes: 33}, {Label: "nobody", Votes: 33}}, Sure: [4]int{25, 25, 25, 25}}}
	if diff := cmp.Diff(want, h.Board().Tallies); diff != "" {
		t.Error(diff)
	}
	if n := len(h.Board().Members); n != 0 {
		t.Errorf("%d are here after all have left", n)
	}
	<-h.changed
}

func TestCSV(t *testing.T) {
	h := newHub(10)
	evil := Question{About: "@SUM(1)", Question: lesson.Question{Ask: "=cmd|' /C calc'!A0", Choices: []string{"+1+1", "-2", "a,\"b\"\n"}}}
	must(t, h.Ask(evil))
	for i, name := range []string{"=HYPERLINK(1)", "bob", "carol"} {
		must(t, join(t, h, name).Vote(1, vote(1+i, i)))
	}
	must(t, h.Close())
	must(t, h.Show())
	must(t, h.Reveal(&lesson.Truth{Picks: []int{1}}))
	for _, names := range []bool{false, true} {
		var b bytes.Buffer
		must(t, h.writeCSV(&b, names))
		rows, err := csv.NewReader(&b).ReadAll()
		must(t, err)
		if len(rows) != 4 {
			t.Fatalf("%d lines: %q", len(rows), rows)
		}
		for _, row := range rows {
			for _, text := range row {
				if text != "" && strings.ContainsAny(text[:1], "=+@\t\r") || strings.HasPrefix(text, "-") && text != "-2" {
					t.Errorf("a spreadsheet would work %q out", text)
				}
			}
		}
		if has := strings.Contains(fmt.Sprint(rows), "carol"); has != names {
			t.Errorf("names %v: %q", names, rows)
		}
	}
}

// Without names a file says who has voted twice, and neither by its lines nor by
// their order who that is. With names it does not say which word was whose.
func TestCSVIsAnonymous(t *testing.T) {
	h := newHub(50)
	must(t, h.Ask(choices))
	for i := range 20 {
		must(t, join(t, h, fmt.Sprintf("student %02d", i)).Vote(1, vote(1+i%4, i%3)))
	}
	must(t, h.Close())
	must(t, h.Show())
	must(t, h.Again())
	for _, m := range h.members {
		must(t, m.seat.Vote(1, vote(1, 1)))
	}
	rows := func(names bool) [][]string {
		var b bytes.Buffer
		must(t, h.writeCSV(&b, names))
		all, err := csv.NewReader(&b).ReadAll()
		must(t, err)
		return all[1:]
	}
	who := func(rows [][]string) (all []string) {
		for _, row := range rows {
			all = append(all, row[11])
			if _, err := time.Parse(time.RFC3339, row[10]); err != nil {
				t.Error(err)
			}
		}
		return all
	}
	first, second := who(rows(false)[:20]), who(rows(false)[20:])
	if !slices.Equal(first, second) || !slices.IsSorted(first) || len(slices.Compact(slices.Clone(first))) != 20 {
		t.Errorf("%q and %q", first, second)
	}
	var seated []string
	for _, m := range h.members {
		seated = append(seated, m.who)
	}
	if slices.IsSorted(seated) || !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(first[0]) {
		t.Errorf("the words tell who came when: %q", seated)
	}
	for _, row := range rows(true) {
		if row[11] != "" || row[12] == "" {
			t.Errorf("with names: %q", row)
		}
	}
}

func TestSaveCSV(t *testing.T) {
	h := newHub(1)
	path := filepath.Join(t.TempDir(), "votes.csv")
	must(t, h.saveCSV(path, false))
	data, err := os.ReadFile(path)
	must(t, err)
	if string(data) != "ballot,round,lesson,step,about,question,choice,confidence,answer,right,time,who\n" {
		t.Errorf("an empty class is %q", data)
	}
	if err := h.saveCSV(t.TempDir(), false); err == nil {
		t.Error("a folder is written to")
	}
}

func TestOwnQuestion(t *testing.T) {
	item, err := parseOwn(" Who wins? / *the first /the last ")
	must(t, err)
	if diff := cmp.Diff(Question{Question: lesson.Question{Ask: "Who wins?", Choices: []string{"the first", "the last"}}}, item.Question); diff != "" {
		t.Error(diff)
	}
	if a, err := item.Answer(t.Context()); err != nil || !slices.Equal(a.Picks, []int{0}) {
		t.Errorf("the answer is %+v, %v", a, err)
	}
	if item, err = parseOwn("a/b/c"); err != nil || item.Answer != nil || item.Form != lesson.One {
		t.Errorf("without a star: %+v, %v", item, err)
	}
	if item, err = parseOwn("a/*b/*c/d"); err != nil || item.Form != lesson.Some {
		t.Errorf("with two stars: %+v, %v", item, err)
	}
	for _, text := range []string{"", "/", "only a question", "a/b", "a/b/", "a/1/2/3/4/5/6/7/8/9/10"} {
		if _, err := parseOwn(text); err == nil {
			t.Errorf("%q is a question", text)
		}
	}
}

// TestNoneOfThem: who says none of them, and who does not know, have a bar of their own,
// where somebody has said so or it is so.
func TestNoneOfThem(t *testing.T) {
	q := Question{Question: lesson.Question{Ask: "Which?", Form: lesson.Some, Choices: []string{"a", "b"}}}
	for _, test := range []struct {
		said  []lesson.Answer
		truth *lesson.Truth
		want  string
	}{
		{[]lesson.Answer{{Picks: []int{1}, Confidence: 1}}, nil, "a 0  b 1"},
		{[]lesson.Answer{{Confidence: 2}, {Picks: []int{0, 1}, Confidence: 1}}, nil, "a 1  b 1  0 none of them 1"},
		{[]lesson.Answer{lesson.DoNotKnow()}, nil, "a 0  b 0  i I do not know 1"},
		{[]lesson.Answer{lesson.DoNotKnow()}, &lesson.Truth{}, "a 0  b 0  0 none of them 0 ✓  i I do not know 1"},
	} {
		b := ballot{question: q, phase: Shown, answer: test.truth, rounds: []round{{}}}
		for i, a := range test.said {
			b.rounds[0][&member{who: fmt.Sprint(i)}] = voted{Answer: a}
		}
		var got []string
		for _, bar := range b.tallies()[0].Bars {
			text := fmt.Sprintf("%s %s %d", bar.Key, bar.Label, bar.Votes)
			if bar.Right {
				text += " ✓"
			}
			got = append(got, strings.TrimSpace(text))
		}
		if text := strings.Join(got, "  "); text != test.want {
			t.Errorf("%+v are drawn as %q, and should be %q", test.said, text, test.want)
		}
	}
}

// TestSettle: what was voted on and never revealed is told in the file of the ballots once
// the class is over, and not before.
func TestSettle(t *testing.T) {
	l := twoWrites(t, 1)
	c, h := course(t, l), newHub(9)
	ada := join(t, h, "ada")
	at := learn.At{Lesson: l, Step: 1}
	must(t, h.Turn(at, c.Asks(at)))
	must(t, ada.Vote(ada.See().Ballot, lesson.Answer{Picks: []int{0}, Confidence: 4}))
	csv := func() string {
		var out strings.Builder
		must(t, h.writeCSV(&out, false))
		return out.String()
	}
	c.Settle(t.Context(), h)
	if text := csv(); !strings.Contains(text, ",red,4,,,") {
		t.Errorf("while votes are taken the file has\n%s", text)
	}
	must(t, h.Close())
	c.Settle(t.Context(), h)
	if text := csv(); !strings.Contains(text, ",red,4,green,no,") {
		t.Errorf("after the class the file has\n%s", text)
	}
}
