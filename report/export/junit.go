package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"photofinish/report"
	"photofinish/report/tell"
)

// Suite is a file in a check: what it expects and whether it holds, or why it
// could not be read.
type Suite struct {
	Name    string // of the file, or of the scenario in the catalogue
	Checked report.Checked
	Broken  error // the file could not be read
	Skipped bool  // it expects nothing
	Lesson  bool  // it is a lesson, without a mistake

	Ran [][2]string // clients of the user's own, and what they ran on
}

// The elements of JUnit's XML that servers for continuous integration read.
type (
	junitSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		junitCounts
		Suites []junitSuite
	}
	junitSuite struct {
		XMLName xml.Name `xml:"testsuite"`
		junitCounts
		Properties *junitProperties `xml:"properties"`
		Cases      []junitCase
	}
	junitProperties struct {
		All []junitProperty `xml:"property"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCounts struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Errors   int    `xml:"errors,attr"`
		Skipped  int    `xml:"skipped,attr"`
	}
	junitCase struct {
		XMLName xml.Name      `xml:"testcase"`
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Failure *junitMessage `xml:"failure"`
		Error   *junitMessage `xml:"error"`
		Skipped *junitMessage `xml:"skipped"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes a check as JUnit XML: a suite a file, a case an
// expectation. A file that cannot be read is a case that is in error.
func WriteJUnit(w io.Writer, suites []Suite) error {
	all := junitSuites{junitCounts: junitCounts{Name: "photofinish check"}}
	for _, s := range suites {
		j := s.junit()
		all.Tests += j.Tests
		all.Failures += j.Failures
		all.Errors += j.Errors
		all.Skipped += j.Skipped
		all.Suites = append(all.Suites, j)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

func (s Suite) junit() junitSuite {
	name := tell.Clean(s.Name)
	j := junitSuite{junitCounts: junitCounts{Name: name}}
	switch {
	case s.Broken != nil:
		j.Errors = 1
		j.Cases = append(j.Cases, junitCase{Class: name, Name: "can be read", Error: &junitMessage{Message: tell.Clean(s.Broken.Error())}})
	case s.Lesson:
		j.Cases = append(j.Cases, junitCase{Class: name, Name: "can be read"})
	case s.Skipped:
		j.Skipped = 1
		j.Cases = append(j.Cases, junitCase{Class: name, Name: "expects something", Skipped: &junitMessage{Message: "the file expects nothing"}})
	}
	if s.Ran != nil {
		j.Properties = new(junitProperties)
	}
	for _, r := range s.Ran {
		j.Properties.All = append(j.Properties.All, junitProperty{r[0], r[1]})
	}
	for _, x := range s.Checked {
		c := junitCase{Class: name, Name: x.Strategy + ": " + x.Want}
		if x.Unheld != "" {
			j.Errors++
			c.Name, c.Error = x.Strategy+": can be held to it", &junitMessage{Message: tell.Clean(x.Unheld), Text: tell.Clean(x.Place)}
		} else if !x.Holds {
			j.Failures++
			c.Failure = &junitMessage{
				Message: tell.Clean(fmt.Sprintf("expected %s, got %s", x.Want, x.Got)),
				Text:    tell.Clean(x.Place) + "\n" + tell.Clean(x.Replay),
			}
		}
		j.Cases = append(j.Cases, c)
	}
	j.Tests = len(j.Cases)
	return j
}
