package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"time"

	"photofinish/report/tell"
)

// The elements of JUnit's XML that servers for continuous integration read.
type (
	junitSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		junitCounts
		Time   seconds `xml:"time,attr"`
		Suites []junitSuite
	}
	junitSuite struct {
		XMLName xml.Name `xml:"testsuite"`
		junitCounts
		File       string           `xml:"file,attr,omitempty"`
		Time       seconds          `xml:"time,attr"`
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
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Time    seconds       `xml:"time,attr"`
		Failure *junitMessage `xml:"failure"`
		Error   *junitMessage `xml:"error"`
		Skipped *junitMessage `xml:"skipped"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// seconds is wall time, as JUnit's XML has it.
type seconds time.Duration

// MarshalXMLAttr returns it in seconds, to the millisecond.
func (s seconds) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: strconv.FormatFloat(time.Duration(s).Seconds(), 'f', 3, 64)}, nil
}

// WriteJUnit writes a check as JUnit XML: a suite a file, a case an
// expectation. A file that cannot be read is a case that is in error. The times in
// it are wall times, and so never the same again.
func WriteJUnit(w io.Writer, suites []Suite) error {
	all := junitSuites{junitCounts: junitCounts{Name: "photofinish check"}}
	for _, s := range suites {
		all.add(s.junit())
	}
	return all.write(w)
}

func (s *junitSuites) add(j junitSuite) {
	s.Tests += j.Tests
	s.Failures += j.Failures
	s.Errors += j.Errors
	s.Skipped += j.Skipped
	s.Time += j.Time
	s.Suites = append(s.Suites, j)
}

func (s junitSuites) write(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(s); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

func (s Suite) junit() junitSuite {
	name := tell.Clean(s.Name)
	j := junitSuite{junitCounts: junitCounts{Name: name}, File: tell.Clean(s.File), Time: seconds(s.Took)}
	one := junitCase{Class: name, Name: "can be read", File: j.File, Time: j.Time}
	switch {
	case s.Broken != nil:
		j.Errors = 1
		one.Line, _ = s.mistake()
		one.Error = &junitMessage{Message: tell.Clean(s.Broken.Error())}
		j.Cases = append(j.Cases, one)
	case s.Lesson:
		j.Cases = append(j.Cases, one)
	case s.Skipped:
		j.Skipped = 1
		one.Name, one.Skipped = "expects something", &junitMessage{Message: "the file expects nothing"}
		j.Cases = append(j.Cases, one)
	}
	if s.Ran != nil {
		j.Properties = new(junitProperties)
	}
	for _, r := range s.Ran {
		j.Properties.All = append(j.Properties.All, junitProperty{r[0], r[1]})
	}
	for _, x := range s.Checked {
		c := junitCase{Class: name, Name: x.Strategy + ": " + x.Want, File: j.File, Time: seconds(x.Took)}
		if j.File != "" {
			c.Line = x.Line
		}
		if x.Unheld != "" {
			j.Errors++
			c.Name, c.Error = x.Strategy+": can be held to it", &junitMessage{Message: tell.Clean(x.Unheld), Text: x.Place()}
		} else if !x.Holds {
			j.Failures++
			c.Failure = &junitMessage{
				Message: tell.Clean(fmt.Sprintf("expected %s, got %s", x.Want, x.Got)),
				Text:    x.Place() + "\n" + tell.Clean(x.Replay),
			}
		}
		j.Cases = append(j.Cases, c)
	}
	j.Tests = len(j.Cases)
	return j
}
