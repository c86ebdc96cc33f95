package export

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"photofinish/report/tell"
)

// What GitHub takes for an end, in a text and in a property of an annotation.
var (
	ofText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	ofProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub writes findings as the lines that GitHub Actions turns into
// annotations, the gravest first: of one step it shows ten of each level.
func WriteGitHub(w io.Writer, all []Finding) error {
	var b strings.Builder
	for _, f := range grave(all) {
		level := "error"
		if f.Warning {
			level = "warning"
		}
		var properties []string
		add := func(key, value string) {
			properties = append(properties, key+"="+ofProperty.Replace(tell.Clean(value)))
		}
		if f.File != "" {
			add("file", filepath.ToSlash(filepath.Clean(f.File)))
			if f.Line > 0 {
				add("line", fmt.Sprint(f.Line))
				add("col", fmt.Sprint(f.Column))
			}
		}
		add("title", f.Title)
		fmt.Fprintf(&b, "::%s %s::%s\n", level, strings.Join(properties, ","), ofText.Replace(f.text(false)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
