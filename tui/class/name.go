package class

import (
	"strconv"
	"strings"
	"unicode"

	"photofinish/tui/class/host"
)

// longestName is how many characters of a name are kept.
const longestName = 24

// cleanName makes a name of what somebody calls themselves: no control
// characters, none that join, hide or turn the direction of writing, single
// blanks, at most 24 characters. What leaves nothing is a student, and so is who
// takes the teacher's name.
func cleanName(text string) string {
	var name []rune
	for _, r := range strings.ToValidUTF8(text, "") {
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !unicode.IsPrint(r) || unicode.Is(unicode.M, r) || r == unicode.ReplacementChar:
			continue
		}
		if r == ' ' && (len(name) == 0 || name[len(name)-1] == ' ') {
			continue
		}
		if len(name) == longestName {
			break
		}
		name = append(name, r)
	}
	clean := strings.TrimRight(string(name), " ")
	if first, _, _ := strings.Cut(clean, " "); clean == "" || strings.EqualFold(first, host.Teacher) {
		return "student"
	}
	return clean
}

// numbered returns the name with a number behind it, no longer than a name may
// be.
func numbered(name string, n int) string {
	end := " " + strconv.Itoa(n)
	runes := []rune(name)
	if most := longestName - len(end); len(runes) > most {
		runes = runes[:most]
	}
	return strings.TrimRight(string(runes), " ") + end
}
