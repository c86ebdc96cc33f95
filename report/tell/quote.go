package tell

import (
	"runtime"
	"strconv"
	"strings"
)

// Quote quotes a word for the shells of the system that this program runs on, if it
// needs it: for those of POSIX, or for PowerShell and cmd.
func Quote(word string) string {
	if runtime.GOOS == "windows" {
		return quoteWindows(word)
	}
	return quotePOSIX(word)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func quotePOSIX(word string) string {
	const plain = letters + "._/+-"
	switch {
	case word != "" && strings.Trim(word, plain) == "":
		return word
	case Clean(word) == word && !strings.Contains(word, "'"):
		return "'" + word + "'"
	}
	return "$'" + strings.ReplaceAll(strings.Trim(strconv.QuoteToASCII(word), `"`), "'", `\'`) + "'"
}

// quoteWindows quotes with what PowerShell and cmd both take, double quotes, as
// long as neither finds something of its own between them. Else it is for
// PowerShell alone, which takes all quotes of typography for quotes, too. What no
// file can be called there is not looked after.
func quoteWindows(word string) string {
	const plain = letters + `._/\:+-`
	word = Clean(word)
	switch {
	case word != "" && strings.Trim(word, plain) == "":
		return word
	case !strings.ContainsAny(word, "\"$`%“”„"):
		return `"` + word + `"`
	}
	doubled := strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")
	return "'" + doubled.Replace(word) + "'"
}
