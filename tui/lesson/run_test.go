package lesson

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios/lessons"
)

// TestRacesCanBeSeen: what a lesson is about is there to be seen. Most questions
// about several lanes have one that can lose in some order and one that cannot, each
// lesson has a trial that does, and nothing is left unproved.
func TestRacesCanBeSeen(t *testing.T) {
	asked, alike := 0, 0
	for _, book := range testkit.Some(shelf(), 6) {
		l, seen := book.Lesson, 0
		for n := range l.Steps {
			s := &l.Steps[n]
			if !s.Asks() {
				continue
			}
			truth := known(t, book, n)
			bad, good := 0, 0
			for _, f := range truth.Lanes {
				if f.Orders != nil && !f.Orders.Complete {
					t.Errorf("%s, step %d: %s has too many orders for a proof", l.Name, n, f.Strategy)
				}
				if f.Bad {
					bad++
				} else {
					good++
				}
			}
			seen += bad
			many := s.Kind == lessons.Mend || !s.Answer.One() && len(s.Pages()) > 1
			if !many {
				continue
			}
			if asked++; bad == 0 || good == 0 {
				alike++ // none of them is an answer too
			}
			if s.Kind == lessons.Mend && (bad == 0 || good == 0) {
				t.Errorf("%s, step %d: %d lanes lose and %d do not: there is nothing to tell apart", l.Name, n, bad, good)
			}
		}
		if seen == 0 {
			t.Errorf("%s: nothing goes wrong in it", l.Name)
		}
	}
	if 5*alike > asked {
		t.Errorf("in %d of %d questions about several lanes there is nothing to tell apart", alike, asked)
	}
}

// TestLessonsAreAlike: what every shipped lesson has.
func TestLessonsAreAlike(t *testing.T) {
	var first, last []lessons.Ask
	for _, b := range shelf() {
		l := b.Lesson
		checks := 0
		for i := range l.Steps {
			s := &l.Steps[i]
			if s.Kind == lessons.Check {
				checks++
			}
			switch {
			case l.Name == lessons.FirstCheck && s.Asks():
				first = append(first, s.Answer)
			case l.Name == lessons.LastCheck && s.Asks():
				last = append(last, s.Answer)
			}
		}
		if l.Minutes < 3 || l.Minutes > 6 {
			t.Errorf("%s takes %d minutes", l.Name, l.Minutes)
		}
		if l.Name != lessons.FirstCheck && checks == 0 {
			t.Errorf("%s checks nothing on another surface", l.Name)
		}
	}
	if !slices.Equal(first, last) {
		t.Errorf("the first check asks for %v, the last one for %v", first, last)
	}
}

// TestResume: at every step, what is kept brings back the same run.
func TestResume(t *testing.T) {
	for _, book := range testkit.Part(shelf(), testkit.Size(5, 2)) {
		l := book.Lesson
		x := &taker{t, book.Resume(State{}), true}
		for !x.run.Over() {
			x.step()
			data, err := json.Marshal(x.run.State())
			var s State
			if err == nil {
				err = json.Unmarshal(data, &s)
			}
			if err != nil {
				t.Fatal(err)
			}
			again := book.Resume(s)
			if !reflect.DeepEqual(again.Marks(), x.run.Marks()) || !reflect.DeepEqual(again.State(), x.run.State()) {
				t.Fatalf("%s, step %d: %s came back as %+v", l.Name, x.run.At(), data, again.State())
			}
			if err := x.run.Next(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestResumeOfAnother: what was kept of a lesson that has changed does no
// harm.
func TestResumeOfAnother(t *testing.T) {
	for _, s := range []State{
		{At: 1000}, {At: -3}, {At: 5, Answers: map[int]Answer{3: {Picks: []int{17}, Confidence: 3}}},
		{At: 5, Answers: map[int]Answer{3: {Picks: []int{-1}, Confidence: 9}, 6: {Number: 1e9, Confidence: 1}}, Shown: []int{-1, 99}},
	} {
		r := shelf()[1].Resume(s)
		if r.At() > 3 {
			t.Errorf("%+v goes on at step %d, past a question that is open", s, r.At())
		}
	}
}

// TestResumeBelievesNothing: whatever stands in a file as an answer, what comes
// of it can be shown.
func TestResumeBelievesNothing(t *testing.T) {
	var all []Answer
	for _, confidence := range []int{-1, 0, 1, 4, 5, 1 << 40} {
		for _, picks := range [][]int{nil, {0}, {-1}, {99}} {
			a := Answer{Picks: picks, Confidence: confidence}
			all = append(all, a)
			a.Passed = true
			all = append(all, a)
			a = Answer{Picks: picks, Confidence: confidence, Broke: true}
			all = append(all, a)
			a = Answer{Picks: picks, Confidence: confidence, Claimed: true}
			all = append(all, a, Answer{Picks: picks, Confidence: confidence, Mended: true, Tries: -1})
		}
	}
	for _, book := range shelf() {
		l := book.Lesson
		for n := range l.Steps {
			for _, a := range all {
				got, taken := book.Resume(State{At: 1, Answers: map[int]Answer{n: a}}).answers[n]
				switch q := book.questions[n]; {
				case !taken:
				case got.Confidence < 0 || got.Confidence > 4 || got.Claimed && got.Confidence == 0 || got.Tries < 0:
					t.Errorf("%s, step %d: %+v is taken", l.Name, n, a)
				case len(got.Picks) > 0 && (got.Passed || q == nil || got.Picks[0] < 0 || got.Picks[0] >= len(q.Choices)):
					t.Errorf("%s, step %d: %+v is taken", l.Name, n, a)
				}
			}
		}
	}
}

// TestClass: many take one book at once.
func TestClass(t *testing.T) {
	l, err := lessons.Find("lost-click")
	if err != nil {
		t.Fatal(err)
	}
	book := Open(l)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			r := book.Resume(State{})
			for n := range r.Len() {
				if err := book.Prepare(context.Background(), n); err != nil {
					t.Error(err)
				}
				_ = r.Pass()
				if err := r.Next(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// TestCancel: work that was cancelled fails, and is done when it is wanted
// again.
func TestCancel(t *testing.T) {
	l, err := lessons.Find("lost-click")
	if err != nil {
		t.Fatal(err)
	}
	book := Open(l)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for n := range l.Steps {
		if l.Steps[n].Kind == lessons.Reveal {
			continue // its prediction is ready by now
		}
		err := book.Prepare(ctx, n)
		if l.Steps[n].Asks() != (err != nil) || book.Ready(n) {
			t.Errorf("step %d: %v, ready %v", n, err, book.Ready(n))
		}
		if err := book.Prepare(context.Background(), n); err != nil {
			t.Error(err)
		}
	}
	if c, err := book.Curve(context.Background(), 6); err != nil || len(c.X) == 0 {
		t.Errorf("no curve: %v", err)
	}
}

// TestReorder: in a mend that allows it, the clicks may change places.
func TestReorder(t *testing.T) {
	book := shelved("save-then-fetch")
	n := slices.IndexFunc(book.Lesson.Steps, func(s lessons.Step) bool { return s.Clicks })
	for _, test := range []struct {
		r     Remedy
		holds bool
		fails bool
	}{
		{r: Remedy{"naive", nil}},
		{r: Remedy{"naive", []int{2, 1}}}, // a late answer to the read replaces the edit
		{r: Remedy{"hold-outgoing", nil}, holds: true},
		{r: Remedy{"naive", []int{1}}, fails: true},
		{r: Remedy{"naive", []int{1, 1}}, fails: true},
		{r: Remedy{"naive", []int{1, 3}}, fails: true},
		{r: Remedy{"polling", nil}, fails: true},
	} {
		m, err := book.Remedy(context.Background(), n, test.r)
		if (err != nil) != test.fails || err == nil && m.Holds != test.holds {
			t.Errorf("%+v: %+v, %v", test.r, m, err)
		}
	}
}

// TestPlaces: what is kept of a pick is its place in the file, so that what was kept
// before pages stood in an order of their own means what it meant.
func TestPlaces(t *testing.T) {
	const file = "name: a\ntitle: A\nminutes: 3\nremember: b\nscenario: create-then-update\nsteps:\n" +
		"  - predict: {ask: a, answer: lanes, strategies: [naive, callbacks, action-queue, polling]}\n  - reveal: {}\n"
	l, err := lessons.Parse("", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	r := Open(l).Resume(State{At: 1, Answers: map[int]Answer{0: {Picks: []int{0, 3}, Confidence: 2}}})
	a, _ := r.Answered()
	if got := r.Question().Says(a, " "); got != "naive polling" && got != "polling naive" {
		t.Errorf("naive and polling came back as %s", got)
	}
	if kept := r.State().Answers[0].Picks; !slices.Equal(kept, []int{0, 3}) {
		t.Errorf("they are kept as %v", kept)
	}
	again := Open(l).Rejoin(r.answers)
	if b, _ := again.Answered(); !slices.Equal(b.Picks, a.Picks) {
		t.Errorf("%v came again as %v", a.Picks, b.Picks)
	}
}

// TestDraft: to answer nothing is no answer.
func TestDraft(t *testing.T) {
	for _, test := range []struct {
		form Form
		want string
		do   func(q *Question, d *Draft)
	}{
		{One, "pick one, or i: I do not know", func(q *Question, d *Draft) { q.Pick(d, 1) }},
		{Some, "tick one, or 0: none of them", func(q *Question, d *Draft) { q.Pick(d, 1) }},
		{Some, "tick one, or 0: none of them", func(q *Question, d *Draft) { q.PickNone(d) }},
		{Number, "type it or move it, or i: I do not know", func(q *Question, d *Draft) { q.Slide(d, 0) }},
		{Number, "type it or move it, or i: I do not know", func(q *Question, d *Draft) { q.Type(d, 7) }},
	} {
		q := &Question{Form: test.form, Choices: []string{"a", "b"}, High: 10, Step: 1}
		d := q.Draft(nil)
		if err := q.Done(&d); err == nil || err.Error() != test.want || q.Share(&d) >= 0 {
			t.Errorf("%v: %v", test.form, err)
		}
		test.do(q, &d)
		if err := q.Done(&d); err != nil {
			t.Errorf("%v: %v", test.form, err)
		}
		d.Confidence = 2
		back := q.Draft(&d.Answer)
		if err := q.Done(&back); err != nil || q.Takes(back.Answer) != nil {
			t.Errorf("%v comes back as %+v", test.form, back)
		}
		a := DoNotKnow()
		if q.Takes(a) != nil || q.Right(a, &Truth{}) || q.Says(a, "") != "I do not know" {
			t.Errorf("%v does not take that they do not know", test.form)
		}
		if a.Confidence = 1; q.Takes(a) == nil {
			t.Error("who does not know is sure of nothing")
		}
	}
}

// TestSpreads: what 90 ms between two clicks come to on other networks, and that with no
// spread at all nothing crosses.
func TestSpreads(t *testing.T) {
	testkit.Long(t, "90,000 trials: not in short mode")
	book := shelved("crossing")
	n := 10 // 90 ms
	s, err := book.Spreads(t.Context(), n)
	if err != nil || book.Lesson.Steps[n].Answer != lessons.Odds {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, e := range slices.Concat(s.Networks, s.Spread) {
		got[e.Name] = math.Round(e.Bad)
	}
	for name, want := range map[string]float64{"lan": 0, "4g": 9, "3g": 31, "this network": 24, "120 ms, always": 0} {
		if got[name] != want {
			t.Errorf("on %s %v of 100 end badly, want %v", name, got[name], want)
		}
	}
	for i := range s.Spread[1:] {
		if s.Spread[i+1].Bad < s.Spread[i].Bad {
			t.Errorf("more spread, and less crosses: %+v", s.Spread)
		}
	}
	if s, err := book.Spreads(t.Context(), 1); s != nil || err != nil {
		t.Error("a question about a value has spreads")
	}
}

// TestType: digits make a number as on a calculator, and never one beyond the range.
func TestType(t *testing.T) {
	q := &Question{Form: Number, High: 120, Step: 10}
	d := q.Draft(nil)
	for _, test := range []struct {
		digit int
		want  float64
	}{{1, 1}, {0, 10}, {5, 105}, {7, 7}, {0, 70}} {
		if q.Type(&d, test.digit); d.Number != test.want || !d.Moved {
			t.Errorf("%d makes it %v, and should %v", test.digit, d.Number, test.want)
		}
	}
	q.Slide(&d, 1)
	if q.Type(&d, 3); d.Number != 3 {
		t.Errorf("a digit behind a slide makes it %v, and should begin anew", d.Number)
	}
	small := &Question{Form: Number, High: 6, Step: 1}
	d = small.Draft(nil)
	if small.Type(&d, 9); d.Moved {
		t.Errorf("9 of 6 is %v", d.Number)
	}
}
