package tui

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"photofinish/internal/testkit"
	"photofinish/report/diagram"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
	"photofinish/tui/frame"
	"photofinish/tui/page/pagetest"
	"photofinish/tui/session"
)

// counted returns a playground at the end of a scenario, with all that is worked out
// in the background. It is for bubbles of synctest.
func counted(t *testing.T, scenario string, w, h int) *Model {
	t.Helper()
	m := open(t, scenario, w, h, time.Hour)
	m.Session.Lane = 0
	pagetest.Work(m.Route, m.Estimate())
	m.MoveTo(m.Settled)
	return m
}

// begin shows a session as if nothing had been done yet.
func begin(m *Model, s session.Session) {
	m.Message, m.Did, m.FirstRun, m.History = "", "", false, session.History{}
	m.Page, m.Over = m.Home, nil
	m.Pause()
	pagetest.Work(m.Route, m.Show(s))
	m.Looked = false
	m.MoveTo(m.Settled)
}

// keysOf writes keys as "L who never does, enter how".
func keysOf(hints []frame.Hint) string {
	var all []string
	for _, h := range hints {
		all = append(all, strings.TrimSpace(h.Keys+" "+h.What))
	}
	return strings.Join(all, ", ")
}

// everybody is what L leads to where nothing is hidden: the catalogue, and who stands for what
// is composed.
var everybody = fmt.Sprintf("all %d", len(strategies.Catalogue)+1)

// TestSentences brings the playground into each state by keys, and compares what the
// foot says there.
func TestSentences(t *testing.T) {
	testkit.Alone(t)
	testkit.Long(t, "it counts many orders")
	type row struct{ keys, says, then string }
	for _, c := range []struct {
		scenario string
		w, h     int
		rows     []row
	}{
		{"create-then-two-updates", 120, 40, []row{
			{"", "5 of 6 lost a save with these latencies", "L who never does, enter how, a try u3 131 ms later"},
			{"home space", "so far nothing is lost", "space stop"},
			{"r", "seed 1: 4 of 6 lost a save", "L who never does, enter how"},
			{"r r", "seed 2: 4 of 6 lost a save", "L who never does, enter how"},
			{"r r r R", "seed 2: 4 of 6 lost a save", "L who never does, enter how"},
			{"r z", "undone: 5 of 6 lost a save", "L who never does, enter how"},
			{"r Z", "nothing to do again", ""},
			{"r left right", "4 of 6 lost a save with seed 1", "L who never does, enter how"},
			{"down", "callbacks: newer edit u3 was overwritten by older u2", "enter how, a try u2's way up 90 ms less"},
			{"1", "naive: u2 and u3 never left, and nobody was told", "enter how, a try u3 131 ms later"},
			{"4", "merged-updates ends right: u2 and u3 went as one, u3 stands", "enter how, a "},
			{"down a", "u2's way up 100 → 10 ms: callbacks and action-queue end ok now", "a next way, z back, L who never does"},
			{"down a z", "undone: 5 of 6 lost a save", "L who never does, enter how, a try u2's way up 90 ms less"},
			{"home right right right right down a", "u2's way up 100 → 10 ms: ", "a next way, z back"},
			{"home space down a", "callbacks still runs: a comes later", "space stop"},
			{"home right right right right right right right right right right right right right r", "seed 1, at 130 ms: the answer to c1 ", "space play"},
			{"G", "u3 selected, at 70 ms", "[ ] 10 ms, e what it sets, x delete, m a message"},
			{"G ]", "u3 10 ms later: 5 of 6 lost a save", "[ ] 10 ms"},
			{"2 g G m", "u2's way up: 100 ms in every lane", "+ - 10 ms slower, faster, a 90 ms less, m its answer, 0 luck, esc let go"},
			{"1 g esc", "naive: u2 and u3 never left, and nobody was told", "enter how"},
			{"A", "conflate ends right: u2 and u3 went as one, u3 stands", "enter how"},
			{"P", "in view: person 2. What you press now is pressed there", ""},
			{"z", "nothing more to take back", "L who never does"},
			{"end right right right right right right right right u end", "6 of 6 end right; on the way 5 lost a save that u4 made good", "enter how"},
			{"end right right right right right right right right u end 2", "callbacks ends right: u4 stands. On the way u2 overwrote u3 (300–", "enter how"},
			{"end right right right right right right right right u end 1", "naive ends right: u4 stands. u2 and u3 were dropped", "enter how"},
			{"N 3 g enter", "on 3g: 3 of 6 lost a save", "L who never does"},
			{"N 3 g enter right", "3 of 6 lost a save on 3g", "L who never does"},
			{"end right right right right right right right right c end", "5 of 6 lost a save of Ada with seed 1", "L who never does"},
			{"end right right right right right right right right c", "Ada exists already, so c created person 2.", "P Ada again"},
			{"end right right right right right right right right c c", "c twice at once is a double click on person 2:", ""},
			{"x x x x", "nothing has happened yet", "c create, O open"},
		}},
		{"lost-answer", 120, 40, []row{{"", "2 of 6 wait for ever", "L who never does, enter how"}}},
		{"computed-by-server", 120, 40, []row{{"", "6 of 6 went wrong, whatever the latencies", "L "}}},
		{"create-then-two-updates", 200, 50, []row{
			{"", "5 of 6 lost a save with these latencies", "L who never does, ← → lane, enter how naive lost it, a try u3 131 ms later"},
			{"right", "callbacks: newer edit u3 was overwritten by older u2", "enter how"},
			{"home down down down down down down down down down down down down down down down down down down down down down down down",
				"at 230 ms: u2 on its way in 2 lanes, u2+u3 in 1, 2 of 6 have lost a save", "space play, , . event, n be the network"},
		}},
		{"two-tabs", 120, 40, []row{
			{"", "6 of 6 lost a save, whatever the latencies", "A show if-match, which tells the user, L " + everybody + ", enter how"},
		}},
		{"answer-too-old", 120, 40, []row{{"", "6 of 6 wiped an edit off the screen", "A show rollback, which never does, L " + everybody + ", enter how"}}},
		{"nobody-else-edits", 120, 40, []row{{"", "6 of 6 keep everything, in every order", "u save once more, n be the network"}}},
		{"clock-ahead", 120, 40, []row{{"", "6 of 6 kept everything with these latencies; 6 can lose it", "r other latencies, b break it"}}},
		{"failure-first", 120, 40, []row{{"", "5 of 6 lost a save, 1 told the user", "L who never does, enter how"}}},
		{"lost-create-answer", 120, 40, []row{{"", "6 of 6 left a record behind, whatever the latencies", "L by how much, enter how"}}},
	} {
		t.Run(fmt.Sprintf("%s %dx%d", c.scenario, c.w, c.h), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := counted(t, c.scenario, c.w, c.h)
				first := m.Session
				for _, r := range c.rows {
					begin(m, first)
					for _, key := range strings.Fields(r.keys) {
						cmd := press(m, key)
						if !m.Clock.Playing {
							pagetest.Work(m.Route, cmd)
						}
					}
					f := m.Sentence()
					says := m.Saying()
					if says == "" {
						says = f.Says[0]
					}
					if !strings.HasPrefix(says, r.says) || !strings.HasPrefix(keysOf(f.Keys), strings.TrimSpace(r.then)) {
						t.Errorf("%q: it says %q, want %q,\nand then %q, want %q", r.keys, says, r.says, keysOf(f.Keys), r.then)
					}
					atTheFoot(t, m)
				}
			})
		})
	}
}

// TestTightFoot: where there is one row, the sentence and the keys are in so few words
// that the keys that follow from it are named.
func TestTightFoot(t *testing.T) {
	testkit.Long(t, "it counts many orders")
	for _, c := range []struct{ scenario, keys, want string }{
		{"create-then-two-updates", "", " 5 of 6 lost   L  who never  enter  how  a  hint    ?  help"},
		{"create-then-two-updates", "a", " u3 131 ms later: 2 ok, 1 loses    z  back          ?  help"},
		{"create-then-two-updates", "down a", " u2's way up 100 → 10 ms: 2 ok   a  next  z  back   ?  help"},
		{"create-then-two-updates", "P", ""},
		{"two-tabs", "", " 6 of 6 lost a save   A  show if-match  L  " + everybody + "   ?  help"},
		{"two-tabs", "a", " no single change within 1 s turns it"},
	} {
		synctest.Test(t, func(t *testing.T) {
			m := counted(t, c.scenario, 60, 16)
			begin(m, m.Session)
			for _, key := range strings.Fields(c.keys) {
				pagetest.Work(m.Route, press(m, key))
			}
			m.View()
			rows := strings.Split(strings.TrimSuffix(m.Canvas.String(), "\n"), "\n")
			if last := rows[len(rows)-1]; !strings.HasPrefix(last, c.want) || strings.Contains(last, "…") {
				t.Errorf("%s %q: the foot is %q, want %q", c.scenario, c.keys, last, c.want)
			}
		})
	}
}

// TestNotTwice: what the row under the lanes says of the lane in view, the foot does not.
func TestNotTwice(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, func(t *testing.T) {
		m := counted(t, "create-then-two-updates", 80, 24)
		begin(m, m.Session)
		for _, want := range []string{" 5 of 6 lost a save", " 5 of 6 lost a save", " merged-updates ends right", " 5 of 6"} {
			pagetest.Work(m.Route, press(m, "down"))
			m.View()
			rows := strings.Split(strings.TrimSuffix(m.Canvas.String(), "\n"), "\n")
			if foot := rows[len(rows)-2]; !strings.HasPrefix(foot, want) || strings.Contains(foot, "race-free") {
				t.Errorf("%s: the foot is %q, want %q", m.Lane().Name, foot, want)
			}
		}
	})
}

// TestBackHasWhere: z is named only while there is an edit to take back.
func TestBackHasWhere(t *testing.T) {
	testkit.Alone(t)
	synctest.Test(t, func(t *testing.T) {
		m := counted(t, "create-then-two-updates", 120, 40)
		begin(m, m.Session)
		for _, step := range []struct {
			key  string
			back bool
		}{{"r", true}, {"r", true}, {"z", true}, {"z", false}} {
			pagetest.Work(m.Route, press(m, step.key))
			if named := strings.Contains(keysOf(m.Sentence().Keys), "z back"); named != step.back {
				t.Errorf("after %s z back is named: %v", step.key, named)
			}
		}
	})
}

// atTheFoot checks that help stands at the right end in every size, and that no key
// is named twice.
func atTheFoot(t *testing.T, m *Model) {
	t.Helper()
	w, h := m.Width, m.Height
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {188, 44}, {200, 50}} {
		m.Width, m.Height = size[0], size[1]
		fits(t, m)
		rows := strings.Split(strings.TrimSuffix(m.Canvas.String(), "\n"), "\n")
		last := rows[len(rows)-1]
		if !strings.HasSuffix(last, "?  help") || len([]rune(last)) != size[0]-1 {
			t.Errorf("%v: the last row is %q", size, last)
		}
		foot := last
		if m.FootRows() > 1 {
			foot = rows[len(rows)-2] + "   " + last
		}
		seen := map[string]bool{}
		for _, part := range strings.Split(foot, "   ") {
			if key, does, ok := strings.Cut(strings.TrimSpace(part), "  "); ok && does != "" {
				if seen[key] {
					t.Errorf("%v: %q is there twice in %q", size, key, foot)
				}
				seen[key] = true
			}
		}
	}
	m.Width, m.Height = w, h
}

// TestFirstQuestion: while a first run plays there is one question, in as many words
// as there is room for.
func TestFirstQuestion(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want string
	}{
		{60, 16, " Who loses a save?    space  stop                   ?  help"},
		{120, 40, " 3 saves in 70 ms. Who loses one?    space  stop"},
	} {
		m := open(t, "create-then-two-updates", c.w, c.h, 96*time.Millisecond)
		m.FirstRun, m.Clock.Playing = true, true
		fits(t, m)
		rows := strings.Split(strings.TrimSuffix(m.Canvas.String(), "\n"), "\n")
		if last := rows[len(rows)-1]; !strings.HasPrefix(last, c.want) {
			t.Errorf("%d wide it is %q, want %q", c.w, last, c.want)
		}
		atTheFoot(t, m)
	}
}

// claims are the counts in a sentence about all lanes, and what each is of.
var claims = regexp.MustCompile(`(\d+)(?: of (\d+))? (lost a save|made a second record|left a record behind|wiped an edit|showed old data|went wrong|told the user|waits? for ever|end right|kept everything|keep everything|(?:has|have) \w+)`)

// TestCounts: the counts in the sentence are those of trials that are run anew.
func TestCounts(t *testing.T) { testkit.Random(t, counts) }

func counts(t *testing.T, rnd *rand.Rand) {
	met := map[string]int{}
	var w sim.World
	var j judge.Judge
	for _, sc := range testkit.Some(scenarios.All(), 40) {
		m, err := newModel(session.New(sc, strategies.Default(), uint64(1+rnd.IntN(50))), strategies.Catalogue, false)
		if err != nil {
			t.Fatal(err)
		}
		for range rnd.IntN(3) {
			m.Reseed(0)
		}
		m.Did = ""
		m.MoveTo(m.Settled)
		says := m.Sentence().Says
		got := map[judge.Verdict]int{}
		healed := 0
		for _, e := range m.Entries {
			l := diagram.Run(&w, &j, e, m.Session.Script, m.Session.Seed, 0)
			got[l.Verdict]++
			if is := l.Ending(); l.Verdict == judge.OK && is.Healed() { // which is held to the trace where it is made
				healed++
			}
		}
		for _, text := range says {
			for _, claim := range claims.FindAllStringSubmatch(text, -1) {
				n, _ := strconv.Atoi(claim[1])
				if claim[2] != "" && claim[2] != strconv.Itoa(len(m.Lanes)) {
					t.Errorf("%s: %q of %d lanes", sc.Name, text, len(m.Lanes))
				}
				want, word := got[judge.Wrong], strings.Fields(claim[3])[0]
				switch {
				case word == "told":
					want = got[judge.Loud]
				case strings.HasPrefix(word, "wait"):
					want = got[judge.Stuck]
				case word == "end" || word == "kept" || word == "keep":
					want = got[judge.OK]
				case claim[2] == "" && strings.Contains(text, "end right"):
					want = healed
				}
				if met[word]++; n != want {
					t.Errorf("%s, seed %d: %q, but it is %d: %v, %d healed", sc.Name, m.Session.Seed, text, want, got, healed)
				}
			}
		}
	}
	if met["lost"] == 0 || met["kept"]+met["keep"] == 0 {
		t.Errorf("it never says that anything is lost, or kept: %v", met)
	}
}
