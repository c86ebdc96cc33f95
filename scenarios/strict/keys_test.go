package strict

import (
	"strings"
	"testing"
)

func TestTopKeys(t *testing.T) {
	for text, want := range map[string]string{
		"name: a\nsteps:\n  - {at: 0}\n":               "name steps",
		"\ufeff# b: c\r\n'name': a\r\n\"two\" :\r\n":   "name two",
		"---\nversion: 3\nservices:\n  a: {b: c}\n...": "version services",
		`{"name": "a", "steps": [{"at": 0}]}`:          "name steps",
		" \n{\"b\": 1,\n\"a\": {\"c\": 2}}\n":          "b a",
		`{"a": 1, "b": }`:                              "",
		`{"a": 1, 2: 3}`:                               "",
		"http://example.com\n":                         "",
		"- a: b\n":                                     "",
		"[1, 2]":                                       "",
		"{name: a}":                                    "",
		"a word":                                       "",
		"":                                             "",
	} {
		keys, ok := TopKeys([]byte(text))
		if got := strings.Join(keys, " "); ok && got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t", text, got, ok)
		}
	}
}
