package lessons

import (
	"errors"
	"strings"
	"testing"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// top is the beginning of a file without a mistake, to which steps are added;
// fine is a whole one.
const (
	top  = "name: a\ntitle: A\nminutes: 3\nremember: b\nscenario: create-then-update\nstrategies: [naive]\nsteps:"
	fine = top + "\n  - tell: Hello.\n"
)

// step1 returns a file with one step, which stands in line 8.
func step1(text string) string { return top + "\n  - " + text + "\n" }

// bare is a file in which nothing stands at the top.
func bare(step string) string {
	return "name: a\ntitle: A\nminutes: 3\nremember: b\nsteps:\n  - " + step + "\n"
}

func question(keys string) string { return step1("predict: {ask: a, " + keys + "}") }

var mistakes = []struct{ name, text, want string }{
	{"nothing", ``, `f.yaml: is empty: a lesson has at least a name and steps`},
	{"a list", "- a\n", `f.yaml:1:1: a lesson must be a mapping, not a list`},
	{"two documents", fine + "---\nname: b\n", `f.yaml:9:1: a second document begins here: a file holds one lesson`},
	{"unknown key", fine + "titel: x\n", `f.yaml:9:1: unknown key "titel" (did you mean "title"?)`},
	{"key twice", fine + "title: x\n", `f.yaml:9:1: key "title" is here twice`},
	{"no remember", "name: a\ntitle: A\nminutes: 3\nsteps:\n  - tell: b\n", `f.yaml:1:1: a lesson needs the key "remember"`},
	{"empty remember", strings.Replace(fine, "remember: b", `remember: " "`, 1), `f.yaml:4:11: remember is empty`},
	{"minutes is a word", strings.Replace(fine, "minutes: 3", `minutes: four`, 1), `f.yaml:3:10: minutes must be a whole number from 1 to 60, not "four"`},
	{"escape sequence in the title", strings.Replace(fine, "title: A", `title: "a\e[31m"`, 1), `f.yaml:2:8: title has a control character in it: "a\x1b[31m"`},
	{"escape sequence in a tell", step1(`tell: "a\e[31m"`), `f.yaml:8:11: tell has a control character in it: "a\x1b[31m"`},
	{"no step", strings.Replace(fine, "\n  - tell: Hello.", " []", 1), `f.yaml:7:8: a lesson needs at least one step`},
	{"too many steps", top + strings.Repeat("\n  - tell: a", 61), `f.yaml:68:5: more than 60 steps`},
	{"unknown kind", step1("predikt: {ask: a, answer: lanes}"), `f.yaml:8:5: unknown kind of step "predikt" (did you mean "predict"?)`},
	{"two kinds", step1("tell: a\n    watch: {}"), `f.yaml:8:5: a step is one of tell, watch, predict, reveal, break, mend, explain, check, such as {tell: Some text.}`},
	{"step is a word", step1("tell"), `f.yaml:8:5: a step must be a mapping, not "tell"`},
	{"long tell", step1("tell: " + strings.Repeat("a", 1001)), `f.yaml:8:11: tell is longer than 1000 characters: make two steps of it`},
	{"long say", step1("watch: {say: " + strings.Repeat("a", 241) + "}"), `f.yaml:8:18: say is longer than 240 characters: make two steps of it`},
	{"unknown key of a step", step1("watch: {strategy: naive}"), `f.yaml:8:13: unknown key "strategy" (did you mean "strategies"?)`},
	{"key of another kind", step1("reveal: {ask: a}"), `f.yaml:8:14: unknown key "ask": it is one of minutes, notes, say`},
	{"unknown scenario", step1("watch: {scenario: create-than-update}"), `f.yaml:8:23: unknown scenario "create-than-update" (did you mean "create-then-update"?)`},
	{"mistake in a scenario inside", step1("watch: {scenario: {name: b, steps: [{at: 0, do: crate}]}}"), `f.yaml:8:53: unknown action "crate" (did you mean "create"?)`},
	{"unknown key in a scenario inside", step1("watch: {scenario: {name: b, stps: []}}"), `f.yaml:8:33: unknown key "stps" (did you mean "steps"?)`},
	{"scenario is a list", step1("watch: {scenario: [a]}"), `f.yaml:8:23: scenario must be a string, not a list`},
	{"no scenario", bare("watch: {strategies: [naive]}"), `f.yaml:6:12: watch needs the key "scenario", here or at the top of the lesson`},
	{"no strategies", bare("watch: {scenario: create-then-update}"), `f.yaml:6:12: watch needs the key "strategies"`},
	{"unknown strategy", step1("watch: {strategies: [naive, pollling]}"), `f.yaml:8:33: unknown strategy "pollling" (did you mean "polling"?)`},
	{"strategy twice", step1("watch: {strategies: [naive, naive]}"), `f.yaml:8:25: "naive" is here twice`},
	{"no strategy", step1("watch: {strategies: []}"), `f.yaml:8:25: strategies must be a list of 1 to 12`},
	{"strategies is a word", step1("watch: {strategies: naive}"), `f.yaml:8:25: strategies must be a list, not "naive"`},
	{"unknown network", step1("watch: {network: 4gg}"), `f.yaml:8:22: unknown network "4gg" (did you mean "4g"?)`},
	{"seed of zero", step1("watch: {seed: 0}"), `f.yaml:8:19: seed must be a whole number from 1 to 9007199254740991, not 0`},
	{"gap without a unit", step1("watch: {gap: 40}"), `f.yaml:8:18: gap must be a duration with its unit, such as 40ms or 1.5s, not 40`},
	{"no question", step1("predict: {answer: lanes}"), `f.yaml:8:14: predict needs the key "ask"`},
	{"no answer", step1("predict: {ask: a}"), `f.yaml:8:14: predict needs the key "answer"`},
	{"the answer itself", question("answer: naive"), `f.yaml:8:31: unknown kind of answer "naive": it is one of lanes, verdict, stands, requests, blocked, possible, race-free, odds`},
	{"unknown answer", question("answer: oods"), `f.yaml:8:31: unknown kind of answer "oods" (did you mean "odds"?)`},
	{"odds of two", question("answer: odds, strategies: [naive, polling]"), `f.yaml:8:49: odds is asked of one strategy, not of 2`},
	{"field of lanes", question("answer: lanes, field: name"), `f.yaml:8:38: lanes takes no "field": only stands does`},
	{"unknown field", question("answer: stands, field: nmae"), `f.yaml:8:46: unknown field "nmae" (did you mean "name"?)`},
	{"which field", question("answer: stands, scenario: works-on-my-machine-slow"), `f.yaml:8:14: stands needs the key "field": it is one of name, title`},
	{"no field", question("answer: stands, scenario: {name: b, steps: [{at: 0, do: create}]}"), `f.yaml:8:14: nothing stands in any field: the scenario sets none`},
	{"field that is added to", question("answer: stands, scenario: {name: b, steps: [{at: 0, do: create}, {at: 1ms, do: update, add: {n: 1}}]}"), `f.yaml:8:14: what stands in "n" is none of a few values: a step adds to it, or appends`},
	{"no field, and one is named", question("answer: stands, field: name, scenario: {name: b, steps: [{at: 0, do: create}]}"), `f.yaml:8:14: nothing stands in any field: the scenario sets none`},
	{"nearly right lanes", question("answer: lanes, within: 5"), `f.yaml:8:38: lanes takes no "within": only a number can be nearly right`},
	{"nearly right by a word", question("answer: odds, within: five"), `f.yaml:8:45: within must be a whole number from 0 to 10000, not "five"`},
	{"reveal of nothing", step1("reveal: {}"), `f.yaml:8:5: a reveal needs a prediction before it: the step "predict"`},
	{"reveal of a check", step1("check: {ask: a, answer: lanes}\n  - reveal: {}"), `f.yaml:9:5: a reveal needs a prediction before it: the step "predict"`},
	{"revealed twice", step1("predict: {ask: a, answer: lanes}\n  - reveal: {}\n  - reveal: {}"), `f.yaml:10:5: the prediction before has been revealed already`},
	{"break of two", step1("break: {strategies: [naive, polling]}"), `f.yaml:8:25: break takes one strategy, not 2`},
	{"unknown way to break", step1("break: {by: click}"), `f.yaml:8:17: unknown by "click" (did you mean "clicks"?)`},
	{"too many hints", step1("break: {hints: [a, b, c, d, e, f]}"), `f.yaml:8:36: more than 5 hints`},
	{"empty hint", step1(`break: {hints: [""]}`), `f.yaml:8:21: a hint is empty`},
	{"nothing to choose", step1("mend: {strategies: [naive]}"), `f.yaml:8:24: mend offers at least two strategies: with one there is nothing to choose`},
	{"clicks is a word", step1("mend: {clicks: maybe}"), `f.yaml:8:20: clicks must be true or false, not "maybe"`},
	{"explain of two", step1("explain: {strategies: [naive, polling]}"), `f.yaml:8:27: explain takes one strategy, not 2`},
	{"explain with a scenario", step1("explain: {scenario: create-then-update}"), `f.yaml:8:15: unknown key "scenario": it is one of minutes, notes, strategies, say`},
	{"anchor", fine + "source: &a b\n", `f.yaml:9:9: anchors, aliases and merge keys (&, *, <<) are not allowed: write it out`},
	{"too large", fine + strings.Repeat("#", strict.MaxSize), `f.yaml: is larger than 1 MiB, the most that a lesson file may have`},
	{"tell with a key of others", step1("tell: a\n    say: b"), `f.yaml:9:5: unknown key "say": it is one of tell, minutes, notes, told`},
	{"told of a page that there is not", step1("tell: a\n    told: {naiv: b}"), `f.yaml:9:12: unknown strategy "naiv" (did you mean "naive"?)`},
	{"told at length", step1("tell: a\n    told: {naive: " + strings.Repeat("a", 53) + "}"), `f.yaml:9:19: what is told of a page is longer than 52 characters: it stands behind its name`},
	{"told nothing", step1("tell: a\n    told: {}"), `f.yaml:9:11: nothing is told: say of which page, such as {naive: saves each edit when you make it}`},
	{"a page untold", step1("tell: a\n    told: {naive: b}\n  - predict:\n      ask: a\n      answer: lanes\n      strategies: [naive, polling]"), `f.yaml:11:7: polling has not been told of: add told:, or rule: shown`},
	{"minutes of a step", step1("tell: a\n    minutes: 21"), `f.yaml:9:14: minutes must be a whole number from 1 to 20, not 21`},
	{"a long note", step1("reveal: {notes: " + strings.Repeat("a", 481) + "}"), `f.yaml:8:21: notes is longer than 480 characters: make two steps of it`},
	{"rule is a flag", question("answer: lanes, rule: true"), `f.yaml:8:44: rule must be a string in quotes, not true`},
	{"one world", question("answer: possible, worlds: [two-tabs]"), `f.yaml:8:49: worlds must be a list of 2 to 12`},
	{"worlds of two pages", question("answer: possible, worlds: [two-tabs, lost-request], strategies: [naive, polling]"), `f.yaml:8:87: in several worlds one strategy is asked about, not 2`},
	{"worlds and a value", question("answer: stands, field: name, worlds: [two-tabs, lost-request]"), `f.yaml:8:14: stands is asked of one world, and takes no "worlds"`},
	{"worlds and a scenario", question("answer: possible, worlds: [two-tabs, lost-request], scenario: two-tabs"), `f.yaml:8:75: there is a "scenario" beside the "worlds": leave one of them out`},
	{"a world twice", question("answer: possible, worlds: [two-tabs, two-tabs]"), `f.yaml:8:60: "two-tabs" is here twice`},
	{"an entry without if", question("answer: verdict, wrong: [{say: b}]"), `f.yaml:8:48: an entry of wrong needs the key "if"`},
	{"an entry that says nothing", question("answer: verdict, wrong: [{if: {said: well}}]"), `f.yaml:8:48: an entry of wrong needs the key "is" or "say"`},
	{"two conditions", question("answer: verdict, wrong: [{if: {said: well, above: 3}, say: b}]"), `f.yaml:8:53: if is one of ticked, missed, said, below, above, such as {ticked: naive}`},
	{"unknown choice", question("answer: verdict, wrong: [{if: {said: wel}, say: b}]"), `f.yaml:8:60: unknown choice "wel" (did you mean "well"?)`},
	{"a value that is not there", question("answer: stands, field: name, wrong: [{if: {said: Adda}, say: b}]"), `f.yaml:8:72: unknown choice "Adda": it is one of Ada, Ada Lovelace, nothing`},
	{"a tick of a page that is not asked about", question("answer: lanes, strategies: [naive, polling], wrong: [{if: {ticked: hold-outgoing}, say: b}]"), `f.yaml:8:90: unknown page of this question "hold-outgoing": it is one of polling, naive`},
	{"a tick of what is no tick", question("answer: verdict, wrong: [{if: {ticked: naive}, say: b}]"), `f.yaml:8:54: no answer to this question is ticked: it takes said`},
	{"a number of what is none", question("answer: lanes, wrong: [{if: {below: 3}, say: b}]"), `f.yaml:8:52: no answer to this question is below: it takes ticked, missed or said`},
	{"a choice of a number", question("answer: odds, wrong: [{if: {said: 3}, say: b}]"), `f.yaml:8:51: no answer to this question is said: it takes below or above`},
	{"unknown misconception", question("answer: verdict, wrong: [{if: {said: well}, is: my tab is lonely}]"), `f.yaml:8:71: unknown misconception "my tab is lonely" (did you mean "my tab is alone"?)`},
	{"again too often", question("answer: lanes, again: [{ask: a}, {ask: b}, {ask: c}]"), `f.yaml:8:45: again must be a list of 1 to 2`},
	{"again with another answer", question("answer: lanes, again: [{ask: a, answer: odds}]"), `f.yaml:8:55: unknown key "answer": it is one of ask, field, within, told, rule, wrong, worlds, scenario, network, seed, gap, strategies, thing, say`},
}

func TestMistakes(t *testing.T) {
	for _, test := range mistakes {
		l, err := Parse("f.yaml", []byte(test.text))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v\nwant %s", test.name, err, test.want)
		}
		if l != nil {
			t.Errorf("%s: there is a lesson all the same", test.name)
		}
		checkMessage(t, err)
	}
}

// checkMessage checks that an error is a mistake with a place, in a short
// printable line.
func checkMessage(t *testing.T, err error) {
	var e *scenarios.Error
	if !errors.As(err, &e) || e.Line < 0 || e.Line > 0 && e.Column < 1 {
		t.Errorf("%#v is not a mistake with a place", err)
		return
	}
	if s := err.Error(); strict.Printable(s) != s || len(s) > 1500 {
		t.Errorf("message is not a printable line: %q", s)
	}
}
