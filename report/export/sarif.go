package export

import (
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
	"photofinish/sim/judge"
)

// SARIF is what programs that show findings beside the code are told of one run.
type SARIF struct {
	Of       string // what was run, as "check": results of one take the place of those of the same
	Version  string // of this program
	Findings []Finding
	Failed   bool   // not all of it could be done
	Ended    string // why it ended early; empty if it did not
}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// WriteSARIF writes it as SARIF 2.1.0. What belongs to no file has only a logical
// location, and code scanning shows none of it.
func WriteSARIF(w io.Writer, s SARIF) error {
	ids, rules := sarifRules()
	driver := object{"name", "photofinish", "version", tell.Clean(s.Version), "rules", rules}
	invocation := object{"executionSuccessful", !s.Failed && s.Ended == ""}
	if s.Ended != "" {
		notification := object{"level", "error", "message", sarifText(s.Ended)}
		invocation = append(invocation, "toolExecutionNotifications", []object{notification})
	}
	results := []object{}
	for _, f := range s.Findings {
		results = append(results, f.sarif(slices.Index(ids, f.Rule)))
	}
	return writeLine(w, object{
		"$schema", sarifSchema, "version", "2.1.0",
		"runs", []object{{
			"tool", object{"driver", driver}, "automationDetails", object{"id", "photofinish/" + tell.Clean(s.Of) + "/"},
			"invocations", []object{invocation}, "columnKind", "unicodeCodePoints", "results", results,
		}},
	})
}

// sarifRules returns the anomalies, and what else can be found.
func sarifRules() (ids []string, rules []object) {
	add := func(id, when, more, level string) {
		ids = append(ids, id)
		rules = append(rules, object{
			"id", id, "shortDescription", sarifText(when), "fullDescription", sarifText(when), "help", sarifText(more),
			"defaultConfiguration", object{"level", level},
		})
	}
	for _, k := range judge.Kinds {
		level := "error"
		if !k.Verdict.Bad() {
			level = "note"
		}
		add(k.Name, k.When, "photofinish explain "+k.Name, level)
	}
	add(RuleExpectation, "what a scenario file expects of a strategy does not hold", "photofinish check FILE says it in the terminal", "error")
	add(RuleBound, "a bound was reached before all was known: what is unknown is never safe", "Give it more: --limit, --within, or for a client that was not started --client or --trust", "warning")
	add(RuleFile, "a file cannot be read as a scenario or a lesson", "photofinish check FILE says it in the terminal", "error")
	return ids, rules
}

// sarif returns the finding as a result.
func (f Finding) sarif(rule int) object {
	level := "error"
	if f.Warning {
		level = "warning"
	}
	r := object{
		"ruleId", f.Rule, "ruleIndex", rule, "level", level, "message", sarifText(f.text(true)),
		"locations", []object{f.location()},
	}
	if f.shows != nil {
		s, t := f.shows()
		if cause := ownSource(t, t.Cause()); cause.File != "" {
			at := cause.location()
			r = append(r, "relatedLocations", []object{append(object{"id", 1}, append(at, "message", sarifText("the line of "+t.Strategy+" that decided"))...)})
		}
		r = append(r, "codeFlows", []object{{"threadFlows", []object{{"locations", sarifStory(s, t)}}}})
	}
	return append(r, "partialFingerprints", object{"photofinish/v1", f.fingerprint()})
}

// location returns where the finding is: in a file, and of which scenario.
func (f Finding) location() object {
	var at object
	if f.File != "" {
		at = f.Place.location()
	}
	if f.Scenario != "" {
		name := tell.Clean(f.Scenario)
		whole := path.Join(name, tell.Clean(f.Strategy))
		at = append(at, "logicalLocations", []object{{"name", name, "fullyQualifiedName", whole}})
	}
	return at
}

// location returns the place as a physical location. A file as a whole is its first
// line, for there are programs that want one.
func (p Place) location() object {
	region := object{"startLine", max(1, p.Line)}.when(p.Column > 0, "startColumn", p.Column)
	return object{"physicalLocation", object{"artifactLocation", object{"uri", sarifURI(p.File)}, "region", region}}
}

// sarifURI returns the name of a file as a URI: from where the program was started,
// or of a whole path, whole.
func sarifURI(file string) string {
	u := url.URL{Path: filepath.ToSlash(filepath.Clean(file))}
	if filepath.IsAbs(file) {
		u.Scheme = "file"
		if !strings.HasPrefix(u.Path, "/") {
			u.Path = "/" + u.Path // of a disk that has a letter
		}
	}
	return u.String()
}

// ownSource returns where a line of a client of the user's own is; no file if it is
// not one of its own files.
func ownSource(t *report.Trial, at sim.Source) Place {
	if t.Own == nil || t.Own.Source == nil || at.File == "" {
		return Place{}
	}
	if _, is := t.Own.Source(at.File); !is {
		return Place{}
	}
	return Place{File: path.Join(filepath.ToSlash(t.Own.Dir), at.File), Line: at.Line}
}

// sarifStory returns the events of a trial, each where it comes from: in the client,
// if that is the user's own and did it, or the step that it is about. What proves
// the gravest anomaly is essential.
func sarifStory(s *scenarios.Scenario, t *report.Trial) []object {
	var proof []int
	if worst := judge.Gravest(t.Anomalies); worst != nil {
		proof = t.Proof(*worst)
	}
	all := []object{}
	for i := range t.Events {
		e := &t.Events[i]
		if e.Kind == sim.EventWake {
			continue // what timers do is seen
		}
		text := tell.Says(t.Script, e)
		if !t.Ordered {
			text = tell.Milliseconds(e.At) + " ms: " + text
		}
		at := ownSource(t, e.Source)
		if file := fileOf(s); at.File == "" && file != "" {
			at.File = file
			at.Line, at.Column = s.Step(stepOf(t.Script, []int{e.First()}))
		}
		var location object
		if at.File != "" {
			location = at.location()
		}
		step := object{"location", append(location, "message", sarifText(text)), "executionOrder", len(all) + 1}
		all = append(all, step.when(slices.Contains(proof, i), "importance", "essential"))
	}
	return all
}

// sarifText returns a message of plain text. In one, [this](there) would be a link.
func sarifText(text string) object {
	lines := cleaned(strings.Split(text, "\n"))
	return object{"text", strings.ReplaceAll(strings.Join(lines, "\n"), "](", "] (")}
}
